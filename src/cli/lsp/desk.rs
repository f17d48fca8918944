//! The conversation with the editor.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Instant;

use crossbeam_channel::Sender;
use lsp_server::{ErrorCode, Message, Notification, Request, Response};
use lsp_types::notification::{
    DidChangeTextDocument, DidChangeWatchedFiles, DidCloseTextDocument, DidOpenTextDocument, DidSaveTextDocument, Exit,
    Initialized, Notification as _,
};
use lsp_types::request::{Formatting, RegisterCapability, Request as _, Shutdown};
use lsp_types::{
    DidChangeTextDocumentParams, DidCloseTextDocumentParams, DidOpenTextDocumentParams, DidSaveTextDocumentParams, Uri,
};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::book::{Book, Common};
use super::client::Client;
use super::questions::{GHOST, Question};
use super::watched::patterns;
use crate::cli::Outcome;
use crate::cli::args::Global;
use crate::cli::terminal::Terminal;
use crate::cli::worker::Said;
use crate::lsp::{page, path_of};
use crate::message::Locale;
use crate::project::{BOOK_FILE, Project};

/// The question for the page of a code.
const EXPLAIN: &str = "dama-pub/explain";

/// How deep below a folder of the editor books are looked for.
const DEPTH: usize = 3;

/// Most books that are kept at once, each with a process; the one that was used longest ago makes room.
const BOOKS: usize = 8;

/// Most documents of which it is remembered to which book they belong; others are looked up again.
const DOCUMENTS: usize = 4096;

/// What comes after a message.
pub(super) enum Turn {
    Next,
    Ends(Outcome),
}

/// The state of the conversation.
pub(super) struct Desk<'a> {
    common: Common<'a>,
    /// By their folders.
    books: BTreeMap<PathBuf, Book>,
    /// Books of open documents, by address.
    open: BTreeMap<String, PathBuf>,
    /// Whether the editor has said that it is about to end.
    ends: bool,
}

impl<'a> Desk<'a> {
    pub(super) fn new(
        editor: Sender<Message>,
        (global, terminal, locale): (&'a Global, &'a Terminal, Locale),
        client: Client,
        words: Sender<Said>,
    ) -> Self {
        let common = Common { editor, global, terminal, locale, words, number: 0, client };
        Self { common, books: BTreeMap::new(), open: BTreeMap::new(), ends: false }
    }

    /// Takes a message of the editor.
    pub(super) fn take(&mut self, message: Message) -> Turn {
        match message {
            Message::Notification(note) if note.method == Exit::METHOD => {
                return Turn::Ends(if self.ends { Outcome::Clean } else { Outcome::Findings });
            }
            Message::Notification(note) => self.note(note),
            Message::Request(request) => self.request(request),
            Message::Response(_) => {}
        }
        Turn::Next
    }

    fn request(&mut self, mut request: Request) {
        if self.ends {
            let why = "the conversation is about to end".to_owned();
            let answer = Response::new_err(request.id, ErrorCode::InvalidRequest as i32, why);
            return self.common.respond(answer);
        }
        if request.method == Shutdown::METHOD {
            self.ends = true;
            return self.common.respond(Response::new_ok(request.id, Value::Null));
        }
        if request.method == EXPLAIN {
            return self.explain(request);
        }
        if request.method == GHOST && !self.common.client.ghosts {
            let why = "suggestions were not asked for".to_owned();
            return self.common.respond(Response::new_err(request.id, ErrorCode::MethodNotFound as i32, why));
        }
        if request.method == Formatting::METHOD && self.common.client.sentences {
            request.params["options"]["sentencePerLine"] = Value::Bool(true);
        }
        let question = match Question::of(&request.method, &request.params) {
            Ok(question) => question,
            Err((code, why)) => return self.common.respond(Response::new_err(request.id, code as i32, why)),
        };
        let root = match question.document() {
            Some(document) => self.book(document),
            None => self.latest(),
        };
        match root {
            Some(root) => {
                let Some(book) = self.books.get_mut(&root) else { return };
                book.ask(request.id, request.method, request.params, &mut self.common);
            }
            // Outside of books nothing is known.
            None => self.common.respond(Response::new_ok(request.id, question.unknown())),
        }
    }

    /// The page of a code, for the address that a link gave.
    fn explain(&self, request: Request) {
        let page = request.params["code"].as_str().and_then(|code| page(code, self.common.locale));
        self.common.respond(Response::new_ok(request.id, page));
    }

    /// The editor is ready: the books of its folders are read, and it is asked to tell of changes of their files.
    fn begin(&mut self) {
        let folders = std::mem::take(&mut self.common.client.folders);
        let open: Vec<(PathBuf, Vec<Project>)> =
            folders.into_iter().map(|folder| (folder.clone(), projects(&folder))).collect();
        if self.common.client.watches {
            let options = json!({"watchers": patterns(&open, self.common.client.watches_beyond)});
            let registration =
                json!({"id": "dama-pub-files", "method": DidChangeWatchedFiles::METHOD, "registerOptions": options});
            self.common.ask(RegisterCapability::METHOD, json!({"registrations": [registration]}));
        }
        for project in open.into_iter().flat_map(|(_, projects)| projects) {
            let root = project.root().to_owned();
            if self.books.len() < BOOKS && !self.books.contains_key(&root) {
                let book = self.books.entry(root).or_insert_with(|| Book::new(project));
                book.again(&mut self.common);
            }
        }
    }

    /// Looks whether files have changed.
    pub(super) fn look(&mut self) {
        self.books.values_mut().for_each(|book| book.look(&mut self.common));
    }

    fn note(&mut self, note: Notification) {
        match note.method.as_str() {
            Initialized::METHOD => self.begin(),
            DidOpenTextDocument::METHOD => {
                if let Some(DidOpenTextDocumentParams { text_document }) = params(note.params) {
                    self.typed(&text_document.uri, Some(text_document.text));
                }
            }
            DidChangeTextDocument::METHOD => {
                if let Some(DidChangeTextDocumentParams { text_document, content_changes }) = params(note.params)
                    && let Some(change) = content_changes.into_iter().last()
                {
                    self.typed(&text_document.uri, Some(change.text));
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
                    && let Some(root) = self.book(&text_document.uri)
                    && let Some(book) = self.books.get_mut(&root)
                {
                    book.again(&mut self.common);
                }
            }
            DidChangeWatchedFiles::METHOD => {
                self.books.values_mut().for_each(|book| book.again(&mut self.common));
            }
            _ => {}
        }
    }

    fn typed(&mut self, uri: &Uri, text: Option<String>) {
        let Some(root) = self.book(uri) else { return };
        let Some(book) = self.books.get_mut(&root) else { return };
        book.typed(uri, text, &mut self.common);
    }

    /// The folder of the book that a document belongs to, which is then among the books; none outside of books.
    fn book(&mut self, uri: &Uri) -> Option<PathBuf> {
        let root = match self.open.get(uri.as_str()) {
            Some(root) => root.clone(),
            None => Project::find(path_of(uri)?.parent()?).ok()?.root().to_owned(),
        };
        if !self.books.contains_key(&root) {
            let project = Project::find(&root).ok()?;
            self.make_room();
            self.books.insert(root.clone(), Book::new(project));
        }
        if self.open.len() < DOCUMENTS {
            self.open.insert(uri.as_str().to_owned(), root.clone());
        }
        let turn = self.common.next();
        self.books.get_mut(&root)?.used = turn;
        Some(root)
    }

    /// The book that was worked on last: the one that somebody means who names none.
    fn latest(&self) -> Option<PathBuf> {
        self.books.iter().max_by_key(|(_, book)| book.used).map(|(root, _)| root.clone())
    }

    fn make_room(&mut self) {
        if self.books.len() < BOOKS {
            return;
        }
        let oldest = self.books.iter().min_by_key(|(_, book)| book.used).map(|(root, _)| root.clone());
        let Some((root, book)) = oldest.and_then(|root| self.books.remove_entry(&root)) else { return };
        self.open.retain(|_, of| *of != root);
        book.forget(&mut self.common);
    }

    /// When the next piece of work of a book is late.
    pub(super) fn deadline(&self) -> Option<Instant> {
        self.books.values().filter_map(Book::deadline).min()
    }

    /// Ends what takes too long.
    pub(super) fn end_late(&mut self) {
        self.books.values_mut().for_each(|book| book.end_late(&self.common));
    }

    /// Takes what a worker says.
    pub(super) fn hear(&mut self, said: Said) {
        if let Some(book) = self.books.values_mut().find(|book| book.knows(&said)) {
            book.hear(said, &mut self.common);
        }
    }
}

/// The book that a folder lies in, else those that lie in it.
fn projects(folder: &Path) -> Vec<Project> {
    match Project::find(folder) {
        Ok(project) => vec![project],
        Err(_) => below(folder, DEPTH),
    }
}

fn below(folder: &Path, depth: usize) -> Vec<Project> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let is_folder = |entry: &std::fs::DirEntry| entry.file_type().is_ok_and(|kind| kind.is_dir());
    let mut inner: Vec<PathBuf> =
        entries.flatten().filter(is_folder).map(|entry| entry.path()).filter(|path| !is_hidden(path)).collect();
    inner.sort();
    let mut found = Vec::new();
    for folder in inner.into_iter().take(FOLDERS) {
        if folder.join(BOOK_FILE).is_file() {
            found.extend(Project::find(&folder));
        } else if depth > 1 {
            found.extend(below(&folder, depth - 1));
        }
    }
    found
}

/// Most folders that are looked into beside each other.
const FOLDERS: usize = 200;

/// Whether a folder is none that people keep books in.
fn is_hidden(path: &Path) -> bool {
    path.file_name().is_some_and(|name| {
        let name = name.to_string_lossy();
        name.starts_with('.') || matches!(&*name, "node_modules" | "target")
    })
}

fn params<T: DeserializeOwned>(value: Value) -> Option<T> {
    serde_json::from_value(value).ok()
}
