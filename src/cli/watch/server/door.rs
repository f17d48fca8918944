//! Who may come in: whoever knows the address.
//!
//! Every user of this machine can connect, so the address has a part that cannot be guessed. What programs are started with can be
//! seen by every user too: the address that a browser is opened with leads to the preview once and never again.

use std::fmt::Write as _;
use std::io;
use std::sync::{Arc, Mutex, PoisonError};

/// Bytes that nobody can guess.
const SECRET: usize = 16;

/// Who may come in.
#[derive(Debug)]
pub(super) struct Door {
    pub(super) port: u16,
    token: String,
    /// Leads in once.
    ticket: Mutex<Option<String>>,
}

impl Door {
    /// # Errors
    /// The system's, when it gives no random bytes.
    pub(super) fn new(port: u16) -> io::Result<Self> {
        Ok(Self { port, token: secret()?, ticket: Mutex::new(Some(secret()?)) })
    }

    /// What a target of someone who knows the address asks for: the path behind the token, with its `/`.
    pub(super) fn path<'t>(&self, target: &'t str) -> Option<&'t str> {
        let (token, path) = target.strip_prefix('/')?.split_at_checked(self.token.len())?;
        (same(token, &self.token) && path.starts_with('/')).then_some(path)
    }

    /// Where someone with a ticket is sent. It is good once.
    pub(super) fn takes(&self, target: &str) -> Option<String> {
        let given = target.strip_prefix("/once/")?;
        let mut ticket = self.ticket.lock().unwrap_or_else(PoisonError::into_inner);
        if !ticket.as_ref().is_some_and(|ticket| same(given, ticket)) {
            return None;
        }
        *ticket = None;
        Some(format!("/{}/", self.token))
    }
}

/// Where the preview is.
#[derive(Debug)]
pub(in super::super) struct Address(Arc<Door>);

impl Address {
    pub(super) fn of(door: &Arc<Door>) -> Self {
        Self(Arc::clone(door))
    }

    /// For the person who started the program.
    pub(in super::super) fn page(&self) -> String {
        format!("http://127.0.0.1:{}/{}/", self.0.port, self.0.token)
    }

    /// For a browser that is started with it: it leads there once.
    pub(in super::super) fn open_once(&self) -> String {
        let ticket = self.0.ticket.lock().unwrap_or_else(PoisonError::into_inner);
        format!("http://127.0.0.1:{}/once/{}", self.0.port, ticket.as_deref().unwrap_or_default())
    }
}

fn secret() -> io::Result<String> {
    let mut bytes = [0; SECRET];
    getrandom::fill(&mut bytes).map_err(|why| io::Error::other(why.to_string()))?;
    Ok(bytes.iter().fold(String::new(), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    }))
}

/// Whether two texts are the same. How long that takes tells nothing of where they differ.
fn same(a: &str, b: &str) -> bool {
    let differ = a.bytes().zip(b.bytes()).fold(0, |all, (a, b)| std::hint::black_box(all | (a ^ b)));
    a.len() == b.len() && differ == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_whole_token_leads_in() {
        let door = Door::new(1).expect("random bytes");
        let other = Door::new(1).expect("random bytes");
        assert_ne!(door.token, other.token);
        assert_eq!(door.path(&format!("/{}/page.js", door.token)), Some("/page.js"));
        assert_eq!(door.path(&format!("/{}/", door.token)), Some("/"));
        let half = &door.token[..SECRET];
        for wrong in [&other.token, half, "", &format!("{half}é"), &door.token.to_uppercase().replace(['1', '2'], "x")]
        {
            for target in [format!("/{wrong}/"), format!("{wrong}/"), format!("//{wrong}/")] {
                assert_eq!(door.path(&target), None, "{target}");
            }
        }
        assert_eq!(door.path(&format!("/{}x/", door.token)), None);
        assert_eq!(door.path(&format!("/{}", door.token)), None);
    }

    #[test]
    fn a_ticket_leads_in_once() {
        let door = Arc::new(Door::new(1).expect("random bytes"));
        let address = Address::of(&door);
        let once = address.open_once().replace("http://127.0.0.1:1", "");
        assert_eq!(door.takes("/once/"), None);
        assert!(door.takes(&once).is_some_and(|to| address.page().ends_with(&to)));
        assert_eq!(door.takes(&once), None);
        assert_eq!(door.takes("/once/"), None);
    }
}
