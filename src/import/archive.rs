//! A zip archive of a stranger. Names of entries are keys and nothing else: no path is made of them.

use std::io::{Cursor, Read};

use zip::ZipArchive;

use super::Unreadable;
use crate::message::Message;

/// Largest file that is read, in bytes.
const MAX_FILE: usize = 512 * 1024 * 1024;
/// Most entries of an archive.
const MAX_ENTRIES: usize = 20_000;
/// Largest entry that is unpacked, in bytes.
const MAX_ENTRY: u64 = 64 * 1024 * 1024;
/// Most bytes that are unpacked altogether.
const MAX_TOTAL: u64 = 1024 * 1024 * 1024;

/// An archive that is read.
pub(super) struct Archive<'a> {
    zip: ZipArchive<Cursor<&'a [u8]>>,
    /// How many more bytes may be unpacked.
    left: u64,
}

impl<'a> Archive<'a> {
    /// Opens an archive, of which nothing is unpacked yet.
    pub(super) fn open(bytes: &'a [u8]) -> Result<Self, Unreadable> {
        let fault = |message| Unreadable { message, hint: None };
        if bytes.len() > MAX_FILE {
            let (size, limit) = (bytes.len(), MAX_FILE);
            return Err(fault(msg!("the file has {size} bytes; at most {limit} are allowed", size, limit)));
        }
        let zip = ZipArchive::new(Cursor::new(bytes))
            .map_err(|_| fault(msg!("this is no zip archive, or one that was cut off")))?;
        if zip.len() > MAX_ENTRIES {
            let (count, limit) = (zip.len(), MAX_ENTRIES);
            return Err(fault(msg!("the file has {count} parts; at most {limit} are allowed", count, limit)));
        }
        Ok(Self { zip, left: MAX_TOTAL })
    }

    /// The names of all entries.
    pub(super) fn names(&self) -> Vec<String> {
        self.zip.file_names().filter_map(|name| Some(name.ok()?.into_owned())).collect()
    }

    /// The bytes of an entry; `None` if there is none of that name.
    pub(super) fn bytes(&mut self, name: &str) -> Result<Option<Vec<u8>>, Message> {
        let limit = MAX_ENTRY.min(self.left);
        let bytes = self.at_most(limit, name)?;
        self.left -= bytes.as_ref().map_or(0, |bytes| bytes.len() as u64);
        Ok(bytes)
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
