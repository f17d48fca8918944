//! `dama-pub lsp`: the language server, over the standard streams.
//!
//! Two kinds of processes: one speaks with the editor ([`desk`]); each book has a worker that reads it and knows the answers ([`inside`]).
//! The first keeps what is typed, so that a worker that takes too much can be ended and another one takes its place.

mod book;
mod desk;
mod inside;
mod questions;
mod task;
mod wire;

use crossbeam_channel::{at, bounded, never, select};
use lsp_server::{Connection, ErrorCode, Message, RequestId, Response};
use lsp_types::notification::{Exit, Notification as _};
use lsp_types::request::{Initialize, Request as _};
use lsp_types::{
    CodeActionProviderCapability, HoverProviderCapability, OneOf, ServerCapabilities, TextDocumentSyncCapability,
    TextDocumentSyncKind,
};
use serde_json::Value;

use super::Outcome;
use super::args::Global;
use super::terminal::Terminal;
use crate::error::Error;
use crate::message::Locale;
use desk::{Desk, Turn};

/// How much of what workers say waits at most.
const WORDS: usize = 2;

/// Speaks the language that was asked for, else that of the editor, else that of the system.
pub(super) fn run(
    (asked, system): (Option<Locale>, Locale),
    global: &Global,
    terminal: &Terminal,
) -> Result<Outcome, Error> {
    if let Some(link) = terminal.outlet().supervisor() {
        inside::run(link);
        return Ok(Outcome::Clean);
    }
    let connection = wire::connect();
    let Some((id, editor)) = greeted(&connection) else { return Ok(Outcome::Findings) };
    let locale = asked.or_else(|| editor["locale"].as_str().map(Locale::of)).unwrap_or(system);
    let about = serde_json::json!({
        "capabilities": capabilities(),
        "serverInfo": {"name": "dama-pub", "version": env!("CARGO_PKG_VERSION")},
    });
    let _ = connection.sender.send(Message::Response(Response::new_ok(id, about)));
    let (words, said) = bounded(WORDS);
    let mut desk = Desk::new(connection.sender.clone(), (global, terminal, locale), words);
    loop {
        let late = desk.deadline().map_or_else(never, at);
        select! {
            recv(connection.receiver) -> message => match message.map(|message| desk.take(message)) {
                Ok(Turn::Next) => {}
                Ok(Turn::Ends(outcome)) => return Ok(outcome),
                // The editor has gone.
                Err(_) => return Ok(Outcome::Clean),
            },
            recv(said) -> said => if let Ok(said) = said {
                desk.hear(said);
            },
            recv(late) -> _ => {}
        }
        desk.end_late();
    }
}

/// Waits for the greeting of an editor: its number and what the editor says of itself. `None` where it ends before.
fn greeted(connection: &Connection) -> Option<(RequestId, Value)> {
    for message in &connection.receiver {
        match message {
            Message::Request(request) if request.method == Initialize::METHOD => {
                return Some((request.id, request.params));
            }
            Message::Request(request) => {
                let why = "the first request is `initialize`".to_owned();
                let answer = Response::new_err(request.id, ErrorCode::ServerNotInitialized as i32, why);
                connection.sender.send(Message::Response(answer)).ok()?;
            }
            Message::Notification(note) if note.method == Exit::METHOD => return None,
            Message::Notification(_) | Message::Response(_) => {}
        }
    }
    None
}

fn capabilities() -> ServerCapabilities {
    ServerCapabilities {
        text_document_sync: Some(TextDocumentSyncCapability::Kind(TextDocumentSyncKind::FULL)),
        definition_provider: Some(OneOf::Left(true)),
        hover_provider: Some(HoverProviderCapability::Simple(true)),
        code_action_provider: Some(CodeActionProviderCapability::Simple(true)),
        document_symbol_provider: Some(OneOf::Left(true)),
        workspace_symbol_provider: Some(OneOf::Left(true)),
        ..ServerCapabilities::default()
    }
}
