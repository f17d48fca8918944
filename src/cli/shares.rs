//! A file that is made by whoever writes it, share by share.

use std::io::{self, Write};
use std::path::Path;

use sha2::{Digest as _, Sha256};

use super::outlet::Outlet;
use super::pipe::wire::Share;
use crate::inputs::Digest;

/// Most bytes of a share.
const MOST: usize = 1 << 20;

/// A file of a run that takes its place with the others once all of it is there. One that is dropped before is never there. Its bytes are
/// never in memory together.
pub(super) struct Shares<'o> {
    outlet: &'o Outlet,
    path: &'o Path,
    held: Vec<u8>,
    /// Whether a share has gone out.
    begun: bool,
    sum: Sha256,
    bytes: usize,
}

impl<'o> Shares<'o> {
    /// A file of which nothing is there yet.
    pub(super) fn new(outlet: &'o Outlet, path: &'o Path) -> Self {
        Self { outlet, path, held: Vec::new(), begun: false, sum: Sha256::new(), bytes: 0 }
    }

    /// Ends the file; gives what is in it, and how many bytes.
    ///
    /// # Errors
    /// The system's.
    pub(super) fn finish(self) -> io::Result<(Digest, usize)> {
        let share = if self.begun { Share::Last } else { Share::All };
        self.outlet.stage_share(self.path, &self.held, share)?;
        Ok((self.sum.finalize().into(), self.bytes))
    }

    fn hand_on(&mut self) -> io::Result<()> {
        let share = if self.begun { Share::Next } else { Share::First };
        self.outlet.stage_share(self.path, &self.held, share)?;
        self.begun = true;
        self.held.clear();
        Ok(())
    }
}

impl Write for Shares<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.held.len() == MOST {
            self.hand_on()?;
        }
        let bytes = &bytes[..bytes.len().min(MOST - self.held.len())];
        self.held.extend_from_slice(bytes);
        self.sum.update(bytes);
        self.bytes += bytes.len();
        Ok(bytes.len())
    }

    // A share goes out when it is full: what waits for a flush is small.
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn a_file_is_there_once_all_of_it_is() {
        let dir = tempfile::tempdir().unwrap();
        let (outlet, path) = (Outlet::new(None), dir.path().join("out/a.epub"));
        let bytes: Vec<u8> = (0..MOST * 5 / 2).map(|n| (n % 251) as u8).collect();
        for length in [bytes.len(), MOST, 7, 0] {
            let mut shares = Shares::new(&outlet, &path);
            shares.write_all(&bytes[..length]).unwrap();
            assert_eq!(shares.finish().unwrap(), (Digest::of(&bytes[..length]), length));
            outlet.commit().unwrap();
            assert!(fs::read(&path).unwrap() == bytes[..length]);
        }
    }

    #[test]
    fn a_file_that_was_not_ended_is_never_there() {
        let dir = tempfile::tempdir().unwrap();
        let (outlet, path) = (Outlet::new(None), dir.path().join("a.epub"));
        Shares::new(&outlet, &path).write_all(&vec![1; MOST * 2]).unwrap();
        let mut whole = Shares::new(&outlet, &path);
        whole.write_all(&vec![2; MOST * 2]).unwrap();
        whole.finish().unwrap();
        Shares::new(&outlet, &dir.path().join("b.epub")).write_all(&vec![3; MOST * 2]).unwrap();
        assert!(outlet.stage_share(&dir.path().join("c.epub"), b"end", Share::Last).is_err());
        outlet.commit().unwrap();
        assert!(fs::read(&path).unwrap() == vec![2; MOST * 2]);
        assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 1, "nothing else is left");
    }
}
