//! The container: epub-builder gives what every e-book has, the book is packed around it, once.
//!
//! The package document of epub-builder 0.8.3 is one that EPUBCheck refuses (a repeated id), and its navigation document has
//! neither languages nor roles. Templates and archive writer cannot be replaced from outside (its trait `Zip` is private). So
//! it is asked for an e-book without content, of which `mimetype` and `META-INF/` are taken.

use std::collections::BTreeMap;
use std::io::{self, Cursor, Read, Write};
use std::sync::Arc;

use epub_builder::{EpubBuilder, EpubVersion, ZipLibrary};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, System, ZipArchive, ZipWriter};

use super::resource::{Body, Resource};
use super::window::Window;
use crate::source::Files;

/// The file that tells readers what the archive is. It is the first one, and stored.
const MIMETYPE: &str = "mimetype";

/// Apple Books shows a book's own fonts only when this file says so.
const OWN_FONTS: &str = "META-INF/com.apple.ibooks.display-options.xml";

/// Why nothing fails here.
const IN_MEMORY: &str = "packing in memory does not fail";

/// Packs the resources and the three package documents (name and bytes, relative to `OEBPS/`), file by file: no more of the archive is in
/// memory than the file that is being packed. The same input gives the same bytes. Gives the paths of pictures that have changed; with any
/// the archive is not whole.
///
/// # Errors
/// Those of the writer.
pub(super) fn pack(
    resources: &[Resource],
    documents: &[(&str, Arc<Vec<u8>>); 3],
    files: &dyn Files,
    to: &mut dyn Write,
) -> io::Result<Vec<String>> {
    let made = documents.iter().map(|(name, bytes)| (format!("OEBPS/{name}"), Body::Made(Arc::clone(bytes))));
    let mut entries: BTreeMap<String, Body> = container().into_iter().chain(made).collect();
    if !resources.iter().any(|resource| resource.media_type.starts_with("font/")) {
        entries.remove(OWN_FONTS);
    }
    entries.extend(resources.iter().map(|resource| (format!("OEBPS/{}", resource.href), resource.body.clone())));
    archive(entries, files, to)
}

/// The entries that do not depend on the book: `mimetype` and those of `META-INF/`.
fn container() -> Vec<(String, Body)> {
    let mut builder = EpubBuilder::new(ZipLibrary::new().expect(IN_MEMORY)).expect(IN_MEMORY);
    builder.epub_version(EpubVersion::V33);
    // Without these it would ask for a random number and the time.
    builder.set_uuid(uuid::Uuid::nil());
    builder.set_modified_date(chrono::DateTime::default());
    let mut packed = Vec::new();
    builder.generate(&mut packed).expect(IN_MEMORY);
    let mut archive = ZipArchive::new(Cursor::new(packed)).expect(IN_MEMORY);
    let mut entries = Vec::new();
    for index in 0..archive.len() {
        let mut entry = archive.by_index(index).expect(IN_MEMORY);
        let name = entry.name().expect(IN_MEMORY).into_owned();
        if name == MIMETYPE || name.starts_with("META-INF/") {
            let mut bytes = Vec::new();
            entry.read_to_end(&mut bytes).expect(IN_MEMORY);
            entries.push((name, Body::Made(Arc::new(bytes))));
        }
    }
    entries
}

/// A zip with `mimetype` first, the rest sorted.
fn archive(mut entries: BTreeMap<String, Body>, files: &dyn Files, to: &mut dyn Write) -> io::Result<Vec<String>> {
    let mut zip = ZipWriter::new(Window::new(to));
    let media_type = entries.remove(MIMETYPE).expect("epub-builder writes the media type");
    let mut changed = Vec::new();
    for (name, body) in std::iter::once((MIMETYPE.to_owned(), media_type)).chain(entries) {
        match body.bytes(files) {
            Ok(bytes) => put(&mut zip, &name, &bytes)?,
            Err(path) => changed.push(path.to_owned()),
        }
    }
    zip.finish()?.flush()?;
    Ok(changed)
}

/// Packs a file without its time, as Unix does: every system gives the same bytes. Pictures are stored, text is deflated.
fn put(zip: &mut ZipWriter<Window<'_>>, name: &str, bytes: &[u8]) -> io::Result<()> {
    let stored = name == MIMETYPE || name.ends_with(".jpg") || name.ends_with(".png");
    let method = if stored { CompressionMethod::Stored } else { CompressionMethod::Deflated };
    let options = SimpleFileOptions::default()
        .system(System::Unix)
        .last_modified_time(zip::DateTime::default())
        .unix_permissions(0o644)
        .compression_method(method);
    zip.start_file(name, options)?;
    zip.write_all(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::epub::resource::XHTML;

    fn written(resources: &[Resource], documents: &[(&str, Arc<Vec<u8>>); 3]) -> Vec<u8> {
        let (mut bytes, files) = (Vec::new(), BTreeMap::<&str, &[u8]>::new());
        assert!(pack(resources, documents, &files, &mut bytes).expect("packing in memory").is_empty());
        bytes
    }

    /// The names of the entries, in the order in which they are packed.
    fn packed(resources: &[Resource]) -> Vec<String> {
        let documents =
            [("content.opf", 1), ("nav.xhtml", 2), ("toc.ncx", 3)].map(|(name, byte)| (name, Arc::new(vec![byte])));
        let bytes = written(resources, &documents);
        assert_eq!(bytes, written(resources, &documents), "the same input gives the same bytes");
        assert_eq!(&bytes[30..58], b"mimetypeapplication/epub+zip", "stored, without an extra field");
        let mut archive = ZipArchive::new(Cursor::new(bytes)).expect("a zip");
        (0..archive.len())
            .map(|index| archive.by_index(index).expect("an entry").name().expect("a name").into_owned())
            .collect()
    }

    #[test]
    fn the_book_is_packed_around_the_container() {
        let page = Resource::new("a.xhtml", XHTML, b"a".to_vec());
        let book = ["OEBPS/a.xhtml", "OEBPS/content.opf", "OEBPS/nav.xhtml", "OEBPS/toc.ncx"];
        let container = ["mimetype", "META-INF/container.xml"];
        assert_eq!(packed(&[page]), [&container[..], &book].concat());
    }

    #[test]
    fn only_a_book_with_fonts_asks_for_its_own() {
        let font = Resource::new("f.ttf", "font/ttf", b"f".to_vec());
        assert!(packed(&[font]).iter().any(|name| name == OWN_FONTS));
    }
}
