//! The preview served to browsers of this machine.

use std::net::{Ipv4Addr, TcpListener};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::mpsc::Sender;
use std::time::Duration;

use tiny_http::{Header, Method, Request, Response, Server};

use super::{Event, Shared};
use crate::error::Error;
use crate::message::{self, Message};
use crate::preview::{self, Answer, Ask};

/// How long a browser waits for something new before the answer is that there is nothing.
const PATIENCE: Duration = Duration::from_secs(25);

/// Listens on the loopback interface alone, at the given port or a free one, and returns the port.
///
/// # Errors
/// [`Error::Environment`] when the port is in use.
pub(super) fn open(port: u16, shared: Arc<Shared>, events: Sender<Event>) -> Result<u16, Error> {
    let refused = |reason: Message| Error::Environment(msg!("port {port} cannot be used: {reason}", port, reason));
    let fail = |why: std::io::Error| refused(message::reason(&why));
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).map_err(fail)?;
    let port = listener.local_addr().map_err(fail)?.port();
    let server = Server::from_listener(listener, None).map_err(|why| refused(Message::data(why.to_string())))?;
    std::thread::spawn(move || {
        for request in server.incoming_requests() {
            let (shared, events) = (Arc::clone(&shared), events.clone());
            // A request for news may wait long, and must not keep the others from their pages.
            std::thread::spawn(move || {
                let _ = catch_unwind(AssertUnwindSafe(|| respond(request, port, &shared, &events)));
            });
        }
    });
    Ok(port)
}

fn respond(request: Request, port: u16, shared: &Shared, events: &Sender<Event>) {
    let host = request.headers().iter().find(|header| header.field.equiv("Host")).map(|header| header.value.as_str());
    let good = preview::serves(host, port) && *request.method() == Method::Get;
    let asked = preview::ask(request.url()).filter(|_| good);
    let answer = asked.map_or_else(Answer::missing, |ask| answer(ask, shared, events));
    let header = |name: &str, value: &str| Header::from_bytes(name, value).expect("plain ASCII");
    let lasting = if answer.lasting { "max-age=31536000, immutable" } else { "no-store" };
    let response = Response::from_data(answer.body)
        .with_status_code(answer.status)
        .with_header(header("Content-Type", answer.kind))
        .with_header(header("Cache-Control", lasting))
        .with_header(header("X-Content-Type-Options", "nosniff"))
        .with_header(header(
            "Content-Security-Policy",
            "default-src 'self'; img-src 'self' data:; style-src 'self' 'unsafe-inline'; frame-ancestors 'none'",
        ));
    // A browser that has gone needs no answer.
    let _ = request.respond(response);
}

fn answer(ask: Ask, shared: &Shared, events: &Sender<Event>) -> Answer {
    match ask {
        Ask::Page => shared.preview().page(),
        Ask::File(kind, body) => Answer::file(kind, body),
        Ask::State { since, editions } => {
            if shared.look_at(&editions) {
                let _ = events.send(Event::LookedAt);
            }
            let preview = shared.newer(since, PATIENCE);
            preview.state(&editions)
        }
        Ask::Sheet(edition, look) => {
            // Drawn without the lock, so that nobody waits for it.
            let found = shared.preview().sheet(&edition, look);
            let svg = found.and_then(|(set, page)| set.svg(page));
            svg.map_or_else(Answer::missing, Answer::sheet)
        }
        Ask::Source(edition, page, x, y) => shared.preview().source(&edition, page, x, y),
    }
}
