//! What is answered, and how it is written.

use std::io::Write;
use std::net::TcpStream;
use std::sync::Arc;
use std::time::{Duration, Instant};

use super::super::shared::Shared;
use super::super::task::Question;
use super::door::Door;
use super::signing;
use crate::preview::request::Request;
use crate::preview::{self, Answer, Ask};
use crate::project::Project;

/// How long a browser waits for something new before the answer is that there is nothing.
const PATIENCE: Duration = Duration::from_secs(25);

/// How long a client has to take an answer.
const TAKEN: Duration = Duration::from_secs(30);

/// Bytes that are written at once, so that a slow client is noticed.
const PIECE: usize = 64 << 10;

/// What is answered from.
pub(super) struct Room {
    pub(super) door: Arc<Door>,
    pub(super) shared: Arc<Shared>,
    /// Where what is signed off is written.
    pub(super) project: Project,
}

/// An answer, with where else to look.
pub(super) struct Reply {
    answer: Answer,
    location: Option<String>,
}

impl From<Answer> for Reply {
    fn from(answer: Answer) -> Self {
        Self { answer, location: None }
    }
}

impl Room {
    /// Whoever does not know the address, or comes from another site, learns nothing: not even what is here.
    pub(super) fn answer(&self, asked: &Request, body: &[u8]) -> Reply {
        if !preview::serves(Some(&asked.host), self.door.port) {
            return Answer::missing().into();
        }
        if let Some(place) = self.door.takes(&asked.target) {
            return Reply { answer: Answer::refused(302), location: Some(place) };
        }
        if asked.body.is_some() {
            let order = self.door.path(&asked.target).and_then(|path| preview::order(path, body));
            return order
                .map_or_else(Answer::missing, |order| signing::sign(&self.shared, &self.project, &order))
                .into();
        }
        let ask = self.door.path(&asked.target).and_then(preview::ask);
        ask.and_then(|ask| self.value(ask)).unwrap_or_else(Answer::missing).into()
    }

    fn value(&self, ask: Ask) -> Option<Answer> {
        match ask {
            Ask::Page => Some(self.shared.showing().page()),
            Ask::Review(lang) => Some(match self.shared.ask(Question::Review { lang }) {
                Some(page) if !page.is_empty() => Answer::review(page),
                _ => self.shared.showing().waiting(),
            }),
            Ask::File(kind, body) => Some(Answer::file(kind, body)),
            Ask::State { since, editions } => {
                self.shared.look_at(&editions);
                Some(self.shared.newer(since, PATIENCE).state(&editions))
            }
            Ask::Sheet(edition, look) => self.shared.sheet(edition, look).map(Answer::sheet),
            Ask::Text(edition, look) => self.shared.text(edition, look).map(Answer::lasting),
            Ask::Leaf(edition, path) => {
                let leaf = self.shared.ask(Question::Leaf { edition, path: path.clone() });
                leaf.filter(|leaf| !leaf.is_empty()).map(|leaf| Answer::leaf(&path, leaf))
            }
            Ask::Source(edition, page, x, y) => {
                let found = self.shared.ask(Question::Source { edition, page, x, y });
                // Nobody is there to tell: nothing is known of the place.
                Some(Answer::data(found.filter(|found| !found.is_empty()).unwrap_or_else(|| b"null".to_vec())))
            }
        }
    }
}

/// Writes an answer. A browser that has gone, or does not take it in its time, needs none.
pub(super) fn write(stream: &mut TcpStream, reply: impl Into<Reply>, head_alone: bool) {
    let Reply { answer, location } = reply.into();
    let deadline = Instant::now() + TAKEN;
    let head = head(&answer, location.as_deref());
    let body: &[u8] = if head_alone { &[] } else { &answer.body };
    let _ = give(stream, head.as_bytes(), deadline) && give(stream, body, deadline);
}

/// Writes bytes as they are taken; whether all were taken in time.
fn give(stream: &mut TcpStream, mut bytes: &[u8], deadline: Instant) -> bool {
    while !bytes.is_empty() {
        let left = deadline.saturating_duration_since(Instant::now());
        if left.is_zero() || stream.set_write_timeout(Some(left)).is_err() {
            return false;
        }
        match stream.write(&bytes[..bytes.len().min(PIECE)]) {
            Ok(0) | Err(_) => return false,
            Ok(taken) => bytes = &bytes[taken..],
        }
    }
    true
}

fn head(answer: &Answer, location: Option<&str>) -> String {
    let lasting = if answer.lasting { "private, max-age=31536000, immutable" } else { "no-store" };
    let location = location.map(|place| format!("Location: {place}\r\n")).unwrap_or_default();
    format!(
        "HTTP/1.1 {} {}\r\nContent-Type: {}\r\nContent-Length: {}\r\nConnection: close\r\nCache-Control: {lasting}\r\n{location}\
         X-Content-Type-Options: nosniff\r\nReferrer-Policy: no-referrer\r\nCross-Origin-Resource-Policy: same-origin\r\n\
         Content-Security-Policy: {}\r\n\r\n",
        answer.status,
        reason(answer.status),
        answer.kind,
        answer.body.len(),
        answer.policy,
    )
}

fn reason(status: u16) -> &'static str {
    match status {
        200 => "OK",
        302 => "Found",
        400 => "Bad Request",
        404 => "Not Found",
        405 => "Method Not Allowed",
        408 => "Request Timeout",
        413 => "Content Too Large",
        431 => "Request Header Fields Too Large",
        _ => "Service Unavailable",
    }
}
