//! `dama-pub lsp`: the language server, over the standard streams.

mod wire;

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use lsp_server::{ErrorCode, Message, Notification, Request, Response};
use lsp_types::notification::{
    DidChangeTextDocument, DidChangeWatchedFiles, DidCloseTextDocument, DidOpenTextDocument, DidSaveTextDocument,
    Notification as _, PublishDiagnostics,
};
use lsp_types::request::{
    CodeActionRequest, DocumentSymbolRequest, GotoDefinition, HoverRequest, Request as _, WorkspaceSymbolRequest,
};
use lsp_types::{
    CodeActionOrCommand, CodeActionParams, CodeActionProviderCapability, DidChangeTextDocumentParams,
    DidCloseTextDocumentParams, DidOpenTextDocumentParams, DidSaveTextDocumentParams, DocumentSymbolParams,
    DocumentSymbolResponse, GotoDefinitionParams, GotoDefinitionResponse, HoverParams, HoverProviderCapability, OneOf,
    PublishDiagnosticsParams, ServerCapabilities, TextDocumentSyncCapability, TextDocumentSyncKind, Uri,
    WorkspaceSymbolParams,
};
use serde::de::DeserializeOwned;

use super::Outcome;
use crate::error::Error;
use crate::lsp::{Overlay, Reading, path_of};
use crate::message::Locale;
use crate::project::Project;

/// How long a question waits for a reading of what was typed last; then an older one answers.
const PATIENCE: Duration = Duration::from_secs(10);

/// Speaks the language that was asked for, else that of the editor, else that of the system.
pub(super) fn run(asked: Option<Locale>, system: Locale) -> Result<Outcome, Error> {
    let connection = wire::connect();
    let fail = |reason: &dyn std::fmt::Display| {
        Error::Environment(msg!("the editor cannot be understood: {reason}", reason = reason.to_string()))
    };
    let capabilities = serde_json::to_value(capabilities()).expect("plain data always serialises");
    let (id, editor) = connection.initialize_start().map_err(|why| fail(&why))?;
    let locale = asked.or_else(|| editor["locale"].as_str().map(Locale::of)).unwrap_or(system);
    let about = serde_json::json!({
        "capabilities": capabilities,
        "serverInfo": {"name": "dama-pub", "version": env!("CARGO_PKG_VERSION")},
    });
    connection.initialize_finish(id, about).map_err(|why| fail(&why))?;
    let mut server =
        Server { sender: connection.sender.clone(), workspaces: BTreeMap::new(), open: BTreeMap::new(), locale };
    while let Ok(message) = connection.receiver.recv() {
        match message {
            Message::Request(request) => {
                if connection.handle_shutdown(&request).map_err(|why| fail(&why))? {
                    break;
                }
                let answer = server.answer(request);
                // An editor that has gone needs no answer.
                let _ = connection.sender.send(Message::Response(answer));
            }
            Message::Notification(note) => server.note(note),
            Message::Response(_) => {}
        }
    }
    // A worker that still reads a book is not waited for: the process ends.
    Ok(Outcome::Clean)
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

/// What the connection sends with.
type Sender = crossbeam_channel::Sender<Message>;

/// The state of the conversation.
struct Server {
    sender: Sender,
    /// A worker for each book, by its folder.
    workspaces: BTreeMap<PathBuf, Arc<Workspace>>,
    /// Books of open documents, by address.
    open: BTreeMap<String, PathBuf>,
    locale: Locale,
}

impl Server {
    fn note(&mut self, note: Notification) {
        match note.method.as_str() {
            DidOpenTextDocument::METHOD => {
                if let Some(DidOpenTextDocumentParams { text_document }) = params(note.params) {
                    self.typed(&text_document.uri, Some(text_document.text));
                }
            }
            DidChangeTextDocument::METHOD => {
                if let Some(DidChangeTextDocumentParams { text_document, content_changes }) = params(note.params) {
                    let text = content_changes.into_iter().last().map(|change| change.text);
                    self.typed(&text_document.uri, text);
                }
            }
            DidCloseTextDocument::METHOD => {
                if let Some(DidCloseTextDocumentParams { text_document }) = params(note.params) {
                    self.typed(&text_document.uri, None);
                    self.open.remove(text_document.uri.as_str());
                }
            }
            DidSaveTextDocument::METHOD => {
                if let Some(DidSaveTextDocumentParams { text_document, .. }) = params(note.params)
                    && let Some(workspace) = self.workspace(&text_document.uri)
                {
                    workspace.change(|_| {});
                }
            }
            DidChangeWatchedFiles::METHOD => self.workspaces.values().for_each(|workspace| workspace.change(|_| {})),
            _ => {}
        }
    }

    /// Takes the text that a document has now; `None` when it was closed, so that what is saved counts.
    fn typed(&mut self, uri: &Uri, text: Option<String>) {
        let Some(workspace) = self.workspace(uri) else { return };
        let Some(path) = workspace.relative(uri) else { return };
        workspace.change(|open| {
            if let Some(text) = text {
                open.insert(path, text);
            } else {
                open.remove(&path);
            }
        });
    }

    /// The worker for the book that a document belongs to; none outside of books.
    fn workspace(&mut self, uri: &Uri) -> Option<Arc<Workspace>> {
        if let Some(root) = self.open.get(uri.as_str()) {
            return self.workspaces.get(root).cloned();
        }
        let path = path_of(uri)?;
        let project = Project::find(path.parent()?).ok()?;
        let root = project.root().to_owned();
        self.open.insert(uri.as_str().to_owned(), root.clone());
        let workspace =
            self.workspaces.entry(root).or_insert_with(|| Workspace::start(project, self.locale, self.sender.clone()));
        Some(Arc::clone(workspace))
    }

    fn answer(&mut self, request: Request) -> Response {
        let id = request.id.clone();
        let answered = catch_unwind(AssertUnwindSafe(|| self.value(request)));
        match answered {
            Ok(Ok(value)) => Response::new_ok(id, value),
            Ok(Err((code, why))) => Response::new_err(id, code as i32, why),
            Err(_) => Response::new_err(id, ErrorCode::InternalError as i32, "a defect of dama-pub".to_owned()),
        }
    }

    fn value(&mut self, request: Request) -> Result<serde_json::Value, (ErrorCode, String)> {
        let bad = || (ErrorCode::InvalidParams, format!("invalid parameters for {}", request.method));
        let given = request.params.clone();
        let nothing = serde_json::Value::Null;
        let value = match request.method.as_str() {
            GotoDefinition::METHOD => {
                let asked: GotoDefinitionParams = params(given).ok_or_else(bad)?;
                let at = asked.text_document_position_params;
                let found = self.reading(&at.text_document.uri);
                let places = found.map(|reading| reading.definition(&at.text_document.uri, at.position));
                serde_json::to_value(places.map(GotoDefinitionResponse::Array))
            }
            HoverRequest::METHOD => {
                let asked: HoverParams = params(given).ok_or_else(bad)?;
                let at = asked.text_document_position_params;
                let found = self.reading(&at.text_document.uri);
                serde_json::to_value(found.and_then(|reading| reading.hover(&at.text_document.uri, at.position)))
            }
            CodeActionRequest::METHOD => {
                let asked: CodeActionParams = params(given).ok_or_else(bad)?;
                let found = self.reading(&asked.text_document.uri);
                let actions = found.map(|reading| reading.actions(&asked.text_document.uri, asked.range));
                let actions = actions.unwrap_or_default().into_iter().map(CodeActionOrCommand::CodeAction);
                serde_json::to_value(actions.collect::<Vec<_>>())
            }
            DocumentSymbolRequest::METHOD => {
                let asked: DocumentSymbolParams = params(given).ok_or_else(bad)?;
                let found = self.reading(&asked.text_document.uri);
                let symbols = found.map(|reading| reading.symbols(&asked.text_document.uri));
                serde_json::to_value(symbols.map(DocumentSymbolResponse::Nested))
            }
            WorkspaceSymbolRequest::METHOD => {
                let asked: WorkspaceSymbolParams = params(given).ok_or_else(bad)?;
                let readings = self.workspaces.values().filter_map(|workspace| workspace.reading());
                serde_json::to_value(readings.flat_map(|read| read.everywhere(&asked.query)).collect::<Vec<_>>())
            }
            _ => return Err((ErrorCode::MethodNotFound, format!("{} is not supported", request.method))),
        };
        Ok(value.unwrap_or(nothing))
    }

    fn reading(&mut self, uri: &Uri) -> Option<Arc<Reading>> {
        self.workspace(uri)?.reading()
    }
}

fn params<T: DeserializeOwned>(value: serde_json::Value) -> Option<T> {
    serde_json::from_value(value).ok()
}

/// A book that somebody works on.
struct Workspace {
    project: Project,
    locale: Locale,
    state: Mutex<WorkspaceState>,
    changed: Condvar,
}

#[derive(Default)]
struct WorkspaceState {
    /// Unsaved texts by project-relative path.
    open: BTreeMap<String, String>,
    /// How often something changed, and which change the reading knows of.
    turn: u64,
    read: u64,
    reading: Option<Arc<Reading>>,
}

impl Workspace {
    fn start(project: Project, locale: Locale, sender: Sender) -> Arc<Self> {
        let workspace = Arc::new(Self { project, locale, state: Mutex::default(), changed: Condvar::new() });
        let worker = Arc::clone(&workspace);
        std::thread::spawn(move || worker.work(&sender));
        workspace
    }

    fn state(&self) -> MutexGuard<'_, WorkspaceState> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn relative(&self, uri: &Uri) -> Option<String> {
        let path = path_of(uri)?;
        // The folder may be reached by a link.
        let folder = path.parent()?.canonicalize().ok()?;
        let inside = folder.join(path.file_name()?);
        Some(inside.strip_prefix(self.project.root()).ok()?.to_str()?.replace('\\', "/"))
    }

    fn change(&self, change: impl FnOnce(&mut BTreeMap<String, String>)) {
        let mut state = self.state();
        change(&mut state.open);
        state.turn += 1;
        drop(state);
        self.changed.notify_all();
    }

    /// The reading of what was typed last, or after a while an older one.
    fn reading(&self) -> Option<Arc<Reading>> {
        let waited = self.changed.wait_timeout_while(self.state(), PATIENCE, |state| state.read < state.turn);
        waited.unwrap_or_else(PoisonError::into_inner).0.reading.clone()
    }

    /// Reads the book at each change; of several made meanwhile only the last counts.
    fn work(&self, sender: &Sender) {
        let mut published: BTreeMap<String, Uri> = BTreeMap::new();
        loop {
            let waited = self.changed.wait_while(self.state(), |state| state.read == state.turn);
            let state = waited.unwrap_or_else(PoisonError::into_inner);
            let (turn, open) = (state.turn, state.open.clone());
            drop(state);
            let files = Overlay { files: &self.project, open: &open };
            let read = || Reading::of(self.project.root(), &files, self.locale);
            let reading = catch_unwind(AssertUnwindSafe(read)).ok();
            let mut state = self.state();
            state.read = turn;
            let current = state.turn == turn;
            if let Some(reading) = reading.map(Arc::new) {
                state.reading = Some(Arc::clone(&reading));
                drop(state);
                if current && publish(&reading, &mut published, sender).is_none() {
                    return;
                }
            } else {
                drop(state);
            }
            self.changed.notify_all();
        }
    }
}

/// Sends the findings of each file, and an empty list for a file that had some and has none now. `None` when the
/// editor has gone.
fn publish(reading: &Reading, published: &mut BTreeMap<String, Uri>, sender: &Sender) -> Option<()> {
    let files = reading.diagnostics();
    let clean: Vec<(Uri, Vec<_>)> = published
        .iter()
        .filter(|(key, _)| !files.contains_key(*key))
        .map(|(_, uri)| (uri.clone(), Vec::new()))
        .collect();
    published.clear();
    published.extend(files.iter().map(|(key, (uri, _))| (key.clone(), uri.clone())));
    for (uri, diagnostics) in files.into_values().chain(clean) {
        let params = PublishDiagnosticsParams { uri, diagnostics, version: None };
        let note = Notification::new(PublishDiagnostics::METHOD.to_owned(), params);
        sender.send(Message::Notification(note)).ok()?;
    }
    Some(())
}
