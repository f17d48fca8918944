//! `dama-pub lsp`: the language server, over the standard streams.
//!
//! Two kinds of processes: one speaks with the editor ([`desk`]); each book has a worker that reads it and knows the answers ([`inside`]).
//! The first keeps what is typed, so that a worker that takes too much can be ended and another one takes its place.

mod book;
mod client;
mod desk;
mod inside;
mod questions;
mod task;
mod watched;
mod wire;

use std::time::Duration;

use crossbeam_channel::{at, bounded, never, select, tick};
use lsp_server::{Connection, ErrorCode, Message, RequestId, Response};
use lsp_types::notification::{Exit, Notification as _};
use lsp_types::request::{Initialize, Request as _};
use serde_json::{Value, json};

use super::Outcome;
use super::args::Global;
use super::terminal::Terminal;
use crate::error::Error;
use crate::lsp::{TRIGGERS, legend};
use crate::message::Locale;
use client::Client;
use desk::{Desk, Turn};

/// How much of what workers say waits at most.
const WORDS: usize = 2;

/// How often files are looked at for an editor that does not tell of their changes.
const LOOK: Duration = Duration::from_secs(2);

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
    let client = Client::of(&editor);
    let about = json!({
        "capabilities": capabilities(&client),
        "serverInfo": {"name": "dama-pub", "version": env!("CARGO_PKG_VERSION")},
    });
    let _ = connection.sender.send(Message::Response(Response::new_ok(id, about)));
    let (words, said) = bounded(WORDS);
    let looks = if client.watches { never() } else { tick(LOOK) };
    let mut desk = Desk::new(connection.sender.clone(), (global, terminal, locale), client, words);
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
            recv(looks) -> _ => desk.look(),
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

/// What the server can do, as the protocol writes it.
fn capabilities(client: &Client) -> Value {
    let mut known = json!({
        "textDocumentSync": {"openClose": true, "change": 1, "save": {"includeText": false}},
        "completionProvider": {"triggerCharacters": TRIGGERS},
        "hoverProvider": true,
        "definitionProvider": true,
        "referencesProvider": true,
        "renameProvider": {"prepareProvider": true},
        "documentSymbolProvider": true,
        "workspaceSymbolProvider": true,
        "codeActionProvider": {"codeActionKinds": ["quickfix", "refactor", "source.fixAll.dama-pub"]},
        "foldingRangeProvider": true,
        "documentLinkProvider": {"resolveProvider": false},
        "documentFormattingProvider": true,
        "inlayHintProvider": true,
        "semanticTokensProvider": {"legend": legend(), "full": true},
    });
    if client.pulls {
        known["diagnosticProvider"] =
            json!({"identifier": "dama-pub", "interFileDependencies": true, "workspaceDiagnostics": true});
    }
    if client.ghosts {
        known["inlineCompletionProvider"] = Value::Bool(true);
    }
    known
}
