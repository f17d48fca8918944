//! How many may be connected at once.

use std::collections::VecDeque;
use std::net::{Shutdown, TcpStream};
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Most connections of which no request was read yet. Where one more comes, the one that has waited longest goes: whoever holds
/// connections open keeps nobody else out.
const UNREAD: usize = 32;

/// Most connections that are being answered.
const ANSWERED: usize = 32;

/// Who is connected.
#[derive(Debug, Default)]
pub(super) struct Crowd {
    unread: Mutex<Unread>,
    answered: AtomicUsize,
    /// Connections with a thread, in whatever state.
    all: AtomicUsize,
}

#[derive(Debug, Default)]
struct Unread {
    /// In the order in which they came.
    waiting: VecDeque<(u64, TcpStream)>,
    number: u64,
}

impl Crowd {
    fn unread(&self) -> MutexGuard<'_, Unread> {
        self.unread.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// One more comes; gives its number. `None` where it cannot stay: those that were cut off have not all gone.
    pub(super) fn comes(&self, stream: &TcpStream) -> Option<u64> {
        if self.all.load(SeqCst) >= 2 * (UNREAD + ANSWERED) {
            return None;
        }
        let mut unread = self.unread();
        while unread.waiting.len() >= UNREAD {
            if let Some((_, oldest)) = unread.waiting.pop_front() {
                // It fails only where it has gone.
                let _ = oldest.shutdown(Shutdown::Both);
            }
        }
        let stream = stream.try_clone().ok()?;
        unread.number += 1;
        let number = unread.number;
        unread.waiting.push_back((number, stream));
        self.all.fetch_add(1, SeqCst);
        Some(number)
    }

    /// The request of one was read, or will not be; whether it may stay.
    pub(super) fn was_read(&self, number: u64) -> bool {
        let mut unread = self.unread();
        let before = unread.waiting.len();
        unread.waiting.retain(|(other, _)| *other != number);
        unread.waiting.len() < before
    }

    /// A place among those that are answered, as long as it is held; `None` where there is none.
    pub(super) fn is_answered(&self) -> Option<Place<'_>> {
        let place = self.answered.fetch_update(SeqCst, SeqCst, |now| (now < ANSWERED).then_some(now + 1));
        place.ok().map(|_| Place(&self.answered))
    }

    /// One has gone.
    pub(super) fn goes(&self, number: u64) {
        self.was_read(number);
        self.all.fetch_sub(1, SeqCst);
    }
}

/// A place among those that are answered.
#[derive(Debug)]
pub(super) struct Place<'a>(&'a AtomicUsize);

impl Drop for Place<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, SeqCst);
    }
}

#[cfg(test)]
mod tests {
    use std::io::Read;
    use std::net::{Ipv4Addr, TcpListener};

    use super::*;

    #[test]
    fn who_waits_longest_makes_room() {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a port");
        let address = listener.local_addr().expect("an address");
        let crowd = Crowd::default();
        let mut clients = Vec::new();
        let mut numbers = Vec::new();
        for _ in 0..=UNREAD {
            clients.push(TcpStream::connect(address).expect("it listens"));
            let (stream, _) = listener.accept().expect("it came");
            numbers.push(crowd.comes(&stream).expect("there is room"));
        }
        assert_eq!(clients[0].read(&mut [0]).expect("it was cut off"), 0);
        assert!(!crowd.was_read(numbers[0]) && crowd.was_read(numbers[1]) && !crowd.was_read(numbers[1]));
        let places: Vec<_> = (0..ANSWERED).map(|_| crowd.is_answered().expect("a place")).collect();
        assert!(crowd.is_answered().is_none());
        drop(places);
        assert!(crowd.is_answered().is_some());
    }
}
