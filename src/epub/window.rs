//! The end of an archive that is being written: so much of it as may be written again.

use std::io::{self, Seek, SeekFrom, Write};

/// A writer that goes back no further than to where its last return to the end was: an archive states the size of a file before the file,
/// knows it only after it, and returns to the end once it has stated it.
pub(super) struct Window<'w> {
    to: &'w mut dyn Write,
    /// Bytes that have gone out.
    gone: u64,
    held: Vec<u8>,
    /// Where in `held` is written.
    at: usize,
    /// Whether what takes it has failed. That has been said then, and an archive that is given up writes its end all the same.
    failed: bool,
}

impl<'w> Window<'w> {
    /// The whole of an archive, of which nothing is written yet.
    pub(super) fn new(to: &'w mut dyn Write) -> Self {
        Self { to, gone: 0, held: Vec::new(), at: 0, failed: false }
    }

    fn let_go(&mut self) -> io::Result<()> {
        let written = if self.failed { Ok(()) } else { self.to.write_all(&self.held) };
        self.failed |= written.is_err();
        self.gone += self.held.len() as u64;
        self.at = 0;
        self.held.clear();
        written
    }
}

impl Write for Window<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let over = bytes.len().min(self.held.len() - self.at);
        self.held[self.at..self.at + over].copy_from_slice(&bytes[..over]);
        self.held.extend_from_slice(&bytes[over..]);
        self.at += bytes.len();
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.let_go()?;
        if self.failed { Ok(()) } else { self.to.flush() }
    }
}

impl Seek for Window<'_> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let (gone, held) = (self.gone.cast_signed(), self.held.len() as i64);
        let place = match to {
            SeekFrom::Start(place) => place.cast_signed() - gone,
            SeekFrom::End(from) => held.saturating_add(from),
            SeekFrom::Current(from) => (self.at as i64).saturating_add(from),
        };
        let inside = usize::try_from(place).ok().filter(|place| *place <= self.held.len());
        let place = inside.ok_or_else(|| io::Error::from(io::ErrorKind::InvalidInput))?;
        let returns = self.at < place && place == self.held.len();
        self.at = place;
        if returns {
            self.let_go()?;
        }
        Ok(self.gone + self.at as u64)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_written_since_the_last_return_to_the_end_can_be_written_again() {
        let mut out = Vec::new();
        let mut window = Window::new(&mut out);
        window.write_all(b"... two").unwrap();
        window.seek(SeekFrom::Start(0)).unwrap();
        window.write_all(b"one").unwrap();
        assert_eq!(window.seek(SeekFrom::End(0)).unwrap(), 7);
        assert!(window.seek(SeekFrom::Start(6)).is_err(), "it has gone out");
        window.write_all(b" three").unwrap();
        assert_eq!(window.stream_position().unwrap(), 13);
        window.seek(SeekFrom::Start(8)).unwrap();
        window.write_all(b"four and five").unwrap();
        assert!(window.seek(SeekFrom::End(1)).is_err(), "nothing is there");
        window.flush().unwrap();
        assert_eq!(out, b"one two four and five");
    }

    #[test]
    fn what_fails_is_said_once() {
        let mut room = [0; 3];
        let mut to = &mut room[..];
        let mut window = Window::new(&mut to);
        window.write_all(b"more").unwrap();
        assert!(window.flush().is_err());
        window.write_all(b"and more").unwrap();
        assert_eq!(window.seek(SeekFrom::End(0)).unwrap(), 12, "it goes on as if it had been written");
        window.flush().unwrap();
    }
}
