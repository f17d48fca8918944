//! The package of a Word document: a zip archive. Names of entries are keys and nothing else: no path is made of them.

use std::io::{Cursor, Read, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, System, ZipArchive, ZipWriter};

use crate::message::Message;

/// Largest file that is read, in bytes.
const MAX_FILE: usize = 64 * 1024 * 1024;
/// Most entries of an archive. Word writes twenty, and one for each picture.
const MAX_ENTRIES: usize = 10_000;
/// Largest entry that is unpacked, in bytes. The table of a book of 800 pages has 20 million.
const MAX_ENTRY: u64 = 128 * 1024 * 1024;

/// Why nothing fails here.
const IN_MEMORY: &str = "packing in memory does not fail";

/// How the file of Word 97 begins, and one with a password.
const OLE: [u8; 8] = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];

/// Packs entries in their order. The same entries give the same bytes.
pub(crate) fn pack(entries: &[(&str, String)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default()
        .system(System::Unix)
        .last_modified_time(zip::DateTime::default())
        .unix_permissions(0o644)
        .compression_method(CompressionMethod::Deflated);
    for (name, text) in entries {
        zip.start_file(*name, options).expect(IN_MEMORY);
        zip.write_all(text.as_bytes()).expect(IN_MEMORY);
    }
    zip.finish().expect(IN_MEMORY).into_inner()
}

/// A package that is read.
pub(crate) struct Archive<'a>(ZipArchive<Cursor<&'a [u8]>>);

/// Why a package is not read, and what helps.
pub(crate) struct Unreadable {
    pub(crate) message: Message,
    pub(crate) hint: Message,
}

impl<'a> Archive<'a> {
    /// Opens a package, of which nothing is unpacked yet.
    pub(crate) fn open(bytes: &'a [u8]) -> Result<Self, Unreadable> {
        let again = || msg!("open it in Word, WPS or LibreOffice and save it as a Word document (.docx)");
        if bytes.starts_with(&OLE) {
            let message = msg!("this is a document of Word 97 (.doc), or one with a password");
            return Err(Unreadable { message, hint: again() });
        }
        if bytes.len() > MAX_FILE {
            let message =
                msg!("the file has {size} bytes; at most {limit} are allowed", size = bytes.len(), limit = MAX_FILE);
            return Err(Unreadable { message, hint: msg!("remove pictures from it, or divide it by chapters") });
        }
        let zip = ZipArchive::new(Cursor::new(bytes));
        let zip = zip.map_err(|_| Unreadable { message: msg!("this is no Word document (.docx)"), hint: again() })?;
        if zip.len() > MAX_ENTRIES {
            let message =
                msg!("the file has {count} parts; at most {limit} are allowed", count = zip.len(), limit = MAX_ENTRIES);
            return Err(Unreadable { message, hint: again() });
        }
        if zip.index_for_name("META-INF/manifest.xml").is_some() {
            return Err(Unreadable { message: msg!("this is an OpenDocument text (.odt)"), hint: again() });
        }
        Ok(Self(zip))
    }

    /// The text of an entry; `None` if there is none of that name.
    pub(crate) fn text(&mut self, name: &str) -> Result<Option<String>, Message> {
        self.text_of_at_most(MAX_ENTRY, name)
    }

    fn text_of_at_most(&mut self, limit: u64, name: &str) -> Result<Option<String>, Message> {
        let bytes = self.bytes_of_at_most(limit, name)?;
        let text = bytes.map(String::from_utf8).transpose();
        text.map_err(|_| msg!("its part {name} is not UTF-8 text", name))
    }

    /// The bytes of an entry; `None` if there is none of that name.
    pub(crate) fn bytes(&mut self, name: &str) -> Result<Option<Vec<u8>>, Message> {
        self.bytes_of_at_most(MAX_ENTRY, name)
    }

    fn bytes_of_at_most(&mut self, limit: u64, name: &str) -> Result<Option<Vec<u8>>, Message> {
        let Some(index) = self.0.index_for_name(name) else { return Ok(None) };
        let damaged = || msg!("its part {name} is damaged", name);
        let entry = self.0.by_index(index).map_err(|_| damaged())?;
        let mut bytes = Vec::new();
        // What the archive says of its size is not believed.
        entry.take(limit + 1).read_to_end(&mut bytes).map_err(|_| damaged())?;
        if bytes.len() as u64 > limit {
            return Err(msg!("its part {name} has more than {limit} bytes", name, limit));
        }
        Ok(Some(bytes))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(bytes: &[u8]) -> String {
        match Archive::open(bytes) {
            Ok(_) => "it is read".to_owned(),
            Err(why) => why.message.to_string(),
        }
    }

    #[test]
    fn the_same_entries_give_the_same_bytes() {
        let entries = [("a/b.xml", "<a/>".to_owned()), ("c", "x".repeat(1000))];
        let packed = pack(&entries);
        assert_eq!(packed, pack(&entries));
        let mut archive = Archive::open(&packed).ok().expect("a package");
        assert_eq!(archive.text("c").unwrap().unwrap().len(), 1000);
        assert_eq!(archive.text("d").unwrap(), None);
    }

    #[test]
    fn other_documents_are_told_by_name() {
        assert!(refused(&[&OLE[..], b"..."].concat()).contains(".doc"));
        assert!(refused(b"hello").contains("no Word document"));
        assert!(refused(&pack(&[("META-INF/manifest.xml", String::new())])).contains(".odt"));
    }

    #[test]
    fn a_bomb_ends_with_a_refusal() {
        let bomb = pack(&[("word/document.xml", " ".repeat(1_000_000))]);
        assert!(bomb.len() < 2_000);
        let mut archive = Archive::open(&bomb).ok().expect("a package");
        let error = archive.text_of_at_most(999_999, "word/document.xml").unwrap_err().to_string();
        assert_eq!(error, "its part word/document.xml has more than 999999 bytes");
        assert!(archive.text_of_at_most(1_000_000, "word/document.xml").is_ok());
    }
}
