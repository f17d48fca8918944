//! The container: epub-builder makes it, then our package documents take the place of its own.
//!
//! epub-builder 0.8.3 writes a package document that EPUBCheck refuses (a repeated id) and a navigation
//! document without languages or roles, and its templates cannot be changed from outside. So its three
//! documents are replaced in memory, and everything is packed again with fixed times.

use std::collections::BTreeMap;
use std::io::{Cursor, Read, Write};

use epub_builder::{EpubBuilder, EpubContent, EpubVersion, ReferenceType, ZipLibrary};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

use super::package::Resource;

/// A file that epub-builder adds and this program does without.
const DROPPED: &str = "OEBPS/stylesheet.css";

/// Apple Books shows a book's own fonts only when this file says so.
const OWN_FONTS: &str = "META-INF/com.apple.ibooks.display-options.xml";

/// Packs the resources and the three package documents (name and bytes, relative to `OEBPS/`).
/// The same input gives the same bytes.
pub(super) fn pack(resources: &[Resource], documents: [(&str, Vec<u8>); 3]) -> Vec<u8> {
    let mut entries = built(resources);
    entries.remove(DROPPED);
    if !resources.iter().any(|resource| resource.media_type.starts_with("font/")) {
        entries.remove(OWN_FONTS);
    }
    for (name, bytes) in documents {
        entries.insert(format!("OEBPS/{name}"), bytes);
    }
    archive(entries)
}

/// The entries of the container as epub-builder writes it.
fn built(resources: &[Resource]) -> BTreeMap<String, Vec<u8>> {
    const WHY: &str = "packing in memory does not fail";
    let mut builder = EpubBuilder::new(ZipLibrary::new().expect(WHY)).expect(WHY);
    builder.epub_version(EpubVersion::V33);
    builder.set_uuid(uuid::Uuid::nil());
    builder.set_modified_date(chrono::DateTime::default());
    for resource in resources {
        // The bytes come in later: they would be deflated here only to be inflated again.
        let nothing: &[u8] = &[];
        if resource.media_type == super::package::XHTML {
            let content = EpubContent::new(&resource.href, nothing).title(&resource.href).reftype(ReferenceType::Text);
            builder.add_content(content).expect(WHY);
        } else {
            builder.add_resource(&resource.href, nothing, resource.media_type).expect(WHY);
        }
    }
    let mut packed = Vec::new();
    builder.generate(&mut packed).expect(WHY);
    let mut archive = ZipArchive::new(Cursor::new(packed)).expect(WHY);
    let mut entries = BTreeMap::new();
    for index in 0..archive.len() {
        let mut entry = archive.by_index(index).expect(WHY);
        let mut bytes = Vec::new();
        entry.read_to_end(&mut bytes).expect(WHY);
        entries.insert(entry.name().to_owned(), bytes);
    }
    for resource in resources {
        entries.insert(format!("OEBPS/{}", resource.href), resource.bytes.clone());
    }
    entries
}

/// A zip with `mimetype` first and stored, the rest sorted; pictures are stored, text is deflated; no times.
fn archive(mut entries: BTreeMap<String, Vec<u8>>) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let mimetype = entries.remove("mimetype").expect("epub-builder writes the media type");
    put(&mut zip, "mimetype", &mimetype);
    for (name, bytes) in &entries {
        put(&mut zip, name, bytes);
    }
    zip.finish().expect("packing in memory does not fail").into_inner()
}

fn put(zip: &mut ZipWriter<Cursor<Vec<u8>>>, name: &str, bytes: &[u8]) {
    let stored = name == "mimetype" || name.ends_with(".jpg") || name.ends_with(".png");
    let method = if stored { CompressionMethod::Stored } else { CompressionMethod::Deflated };
    let options = SimpleFileOptions::default()
        .last_modified_time(zip::DateTime::default())
        .unix_permissions(0o644)
        .compression_method(method);
    zip.start_file(name, options).expect("packing in memory does not fail");
    zip.write_all(bytes).expect("packing in memory does not fail");
}
