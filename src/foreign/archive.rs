//! A zip archive. Names of entries are keys and nothing else: no path is made of them.

use std::io::{Cursor, Read, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, System, ZipArchive, ZipWriter};

use super::{Fault, bounds};
use crate::message::Message;

/// Why nothing fails here.
const IN_MEMORY: &str = "packing in memory does not fail";

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

/// An archive that is read.
pub(crate) struct Archive<'a> {
    zip: ZipArchive<Cursor<&'a [u8]>>,
    /// How many more bytes may be unpacked.
    left: u64,
}

impl<'a> Archive<'a> {
    /// Opens an archive, of which nothing is unpacked yet.
    pub(crate) fn open(bytes: &'a [u8]) -> Result<Self, Fault> {
        if bytes.len() > bounds::ARCHIVE {
            let (size, limit) = (bytes.len(), bounds::ARCHIVE);
            let message = msg!("the file has {size} bytes; at most {limit} are allowed", size, limit);
            return Err(Fault {
                hint: Some(msg!("remove pictures from it, or divide it by chapters")),
                ..message.into()
            });
        }
        let zip =
            ZipArchive::new(Cursor::new(bytes)).map_err(|_| msg!("this is no zip archive, or one that was cut off"))?;
        if zip.len() > bounds::ENTRIES {
            let (count, limit) = (zip.len(), bounds::ENTRIES);
            return Err(msg!("the file has {count} parts; at most {limit} are allowed", count, limit).into());
        }
        Ok(Self { zip, left: bounds::UNPACKED })
    }

    /// The names of all entries.
    pub(crate) fn names(&self) -> Vec<String> {
        self.zip.file_names().filter_map(|name| Some(name.ok()?.into_owned())).collect()
    }

    /// Whether there is an entry of a name.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.zip.index_for_name(name).is_some()
    }

    /// The bytes of an entry; `None` if there is none of that name.
    pub(crate) fn bytes(&mut self, name: &str) -> Result<Option<Vec<u8>>, Message> {
        let limit = bounds::ENTRY.min(self.left);
        let bytes = self.at_most(limit, name)?;
        self.left -= bytes.as_ref().map_or(0, |bytes| bytes.len() as u64);
        Ok(bytes)
    }

    /// The text of an entry; `None` if there is none of that name.
    pub(crate) fn text(&mut self, name: &str) -> Result<Option<String>, Message> {
        let text = self.bytes(name)?.map(String::from_utf8).transpose();
        text.map_err(|_| msg!("its part {name} is not UTF-8 text", name))
    }

    fn at_most(&mut self, limit: u64, name: &str) -> Result<Option<Vec<u8>>, Message> {
        let Some(index) = self.zip.index_for_name(name) else { return Ok(None) };
        let damaged = || msg!("its part {name} is damaged", name);
        let entry = self.zip.by_index(index).map_err(|_| damaged())?;
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

    #[test]
    fn the_same_entries_give_the_same_bytes() {
        let entries = [("a/b.xml", "<a/>".to_owned()), ("c", "x".repeat(1000))];
        let packed = pack(&entries);
        assert_eq!(packed, pack(&entries));
        let mut archive = Archive::open(&packed).expect("an archive");
        assert_eq!(archive.text("c").unwrap().unwrap().len(), 1000);
        assert_eq!(archive.text("d").unwrap(), None);
        assert!(archive.has("a/b.xml") && !archive.has("a"));
    }

    #[test]
    fn a_bomb_ends_with_a_refusal() {
        let bomb = pack(&[("word/document.xml", " ".repeat(1_000_000))]);
        assert!(bomb.len() < 2_000);
        let mut archive = Archive::open(&bomb).expect("an archive");
        let error = archive.at_most(999_999, "word/document.xml").unwrap_err().to_string();
        assert_eq!(error, "its part word/document.xml has more than 999999 bytes");
        assert!(archive.at_most(1_000_000, "word/document.xml").is_ok());
    }

    #[test]
    fn all_entries_together_are_bounded() {
        let packed = pack(&[("a", "x".repeat(600)), ("b", "x".repeat(600))]);
        let mut archive = Archive::open(&packed).expect("an archive");
        archive.left = 1000;
        assert!(archive.bytes("a").is_ok());
        assert_eq!(archive.bytes("b").unwrap_err().to_string(), "its part b has more than 400 bytes");
    }
}
