//! What can be said of an EPUB without a validator: the container's rules and well-formed XML.

use std::io::{Cursor, Read};

use crate::publication;

#[test]
fn the_package_is_sound() {
    for lang in ["zh", "en", "bilingual"] {
        let bytes = std::fs::read(publication::artifact(&format!("ten-trends-2022-{lang}.epub"))).expect("a file");
        assert_eq!(
            &bytes[30..58],
            b"mimetypeapplication/epub+zip",
            "mimetype comes first, stored, without extra field"
        );
        let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("a zip archive");
        let mut documents = 0;
        for at in 0..archive.len() {
            let mut entry = archive.by_index(at).expect("an entry");
            let name = entry.name().expect("a name").into_owned();
            assert!(name.is_ascii() && !name.contains("..") && !name.starts_with('/'), "{name}");
            if name.rsplit('.').next().is_some_and(|e| matches!(e, "xhtml" | "opf" | "ncx" | "xml" | "svg")) {
                let mut text = String::new();
                entry.read_to_string(&mut text).expect("UTF-8");
                well_formed(&name, &text);
                documents += 1;
            }
        }
        assert!(documents > 10, "{lang}: {documents} documents");
    }
}

fn well_formed(name: &str, text: &str) {
    let mut reader = quick_xml::Reader::from_str(text);
    reader.config_mut().check_end_names = true;
    loop {
        match reader.read_event() {
            Ok(quick_xml::events::Event::Eof) => return,
            Ok(_) => {}
            Err(error) => panic!("{name}: {error}"),
        }
    }
}
