//! A book of the editor, as the process knows it that speaks with the editor: what is typed, and the worker that reads it.

use std::collections::BTreeMap;
use std::time::Instant;

use crossbeam_channel::Sender;
use lsp_server::{ErrorCode, Message, Notification, Request, RequestId, Response};
use lsp_types::Uri;
use lsp_types::notification::{LogMessage, Notification as _, Progress, PublishDiagnostics};
use lsp_types::request::{Request as _, WorkDoneProgressCreate, WorkspaceDiagnosticRefresh};
use serde_json::{Value, json};

use super::client::Client;
use super::questions::{is_believed, is_shown};
use super::task::{Answered, Findings, Known, Task};
use crate::cli::args::Global;
use crate::cli::pipe::wire::Piece;
use crate::cli::terminal::Terminal;
use crate::cli::worker::{Heard, Living, Said};
use crate::error::Error;
use crate::lsp::{path_of, unplaced};
use crate::message::Locale;
use crate::project::{Project, Snapshot};
use crate::source::Sources;

/// Most bytes of the texts of a book that are typed and not saved; a text beyond them counts as it is saved.
const TEXTS: usize = 16 << 20;

/// Most questions of which the answer is waited for.
const QUESTIONS: usize = 64;

/// What books share.
pub(super) struct Common<'a> {
    pub(super) editor: Sender<Message>,
    pub(super) global: &'a Global,
    pub(super) terminal: &'a Terminal,
    pub(super) locale: Locale,
    /// What workers say.
    pub(super) words: Sender<Said>,
    /// Numbers workers and questions.
    pub(super) number: u64,
    /// What the editor can do.
    pub(super) client: Client,
}

impl Common<'_> {
    pub(super) fn next(&mut self) -> u64 {
        self.number += 1;
        self.number
    }

    pub(super) fn respond(&self, answer: Response) {
        // An editor that has gone needs no answer.
        let _ = self.editor.send(Message::Response(answer));
    }

    /// Asks the editor something of which the answer does not matter.
    pub(super) fn ask(&mut self, method: &str, params: Value) {
        let id = RequestId::from(format!("dama-pub-{}", self.next()));
        let _ = self.editor.send(Message::Request(Request { id, method: method.to_owned(), params }));
    }

    fn note(&self, method: &str, params: Value) {
        let _ = self.editor.send(Message::Notification(Notification { method: method.to_owned(), params }));
    }
}

/// A book of the editor.
pub(super) struct Book {
    project: Project,
    /// What is typed and not saved, by project-relative path.
    texts: BTreeMap<String, String>,
    worker: Option<Living>,
    /// Why there is no worker, when one broke off or cannot be started: until something changes, it would only do so again.
    broken: Option<String>,
    asked: BTreeMap<u64, RequestId>,
    /// The findings that the editor shows.
    told: Findings,
    /// The name of the work that the editor shows as being done.
    progress: Option<String>,
    /// The files as they were when they were last looked at.
    files: Option<Snapshot>,
    /// The address of the document that was changed last.
    last: Option<String>,
    /// When it was used last, in turns of the conversation.
    pub(super) used: u64,
}

impl Book {
    pub(super) fn new(project: Project) -> Self {
        Self {
            project,
            texts: BTreeMap::new(),
            worker: None,
            broken: None,
            asked: BTreeMap::new(),
            told: BTreeMap::new(),
            progress: None,
            files: None,
            last: None,
            used: 0,
        }
    }

    /// Takes the text that a document has now; `None` when it was closed, so that what is saved counts.
    pub(super) fn typed(&mut self, uri: &Uri, text: Option<String>, common: &mut Common<'_>) {
        let Some(path) = self.relative(uri) else { return };
        self.last = Some(uri.as_str().to_owned());
        self.texts.remove(&path);
        let size: usize = self.texts.values().map(String::len).sum();
        let text = text.filter(|text| {
            let fits = size + text.len() <= TEXTS;
            if !fits {
                let why = common
                    .locale
                    .say(&msg!("{path} is too long to be looked at before it is saved", path = path.as_str()));
                common.note(LogMessage::METHOD, json!({"type": 2, "message": why}));
            }
            fits
        });
        if let Some(text) = &text {
            self.texts.insert(path.clone(), text.clone());
        }
        self.tell(&Task::Typed { path, text }, common);
    }

    /// Its files may have changed.
    pub(super) fn again(&mut self, common: &mut Common<'_>) {
        self.tell(&Task::Again, common);
    }

    /// Looks whether its files have changed, for an editor that does not tell.
    pub(super) fn look(&mut self, common: &mut Common<'_>) {
        let now = self.project.stamps();
        let before = self.files.replace(now);
        if before.is_some() && before != self.files {
            self.again(common);
        }
    }

    fn relative(&self, uri: &Uri) -> Option<String> {
        let path = path_of(uri)?;
        // The folder may be reached by a link.
        let folder = path.parent()?.canonicalize().ok()?;
        let inside = folder.join(path.file_name()?);
        Some(inside.strip_prefix(self.project.root()).ok()?.to_str()?.replace('\\', "/"))
    }

    /// Tells the worker of a change. A new one is told all that is typed.
    fn tell(&mut self, task: &Task, common: &mut Common<'_>) {
        self.broken = None;
        if let Some(outdated) = self.worker.take_if(|worker| !worker.reaches_all_of(&self.project)) {
            outdated.end();
            for id in std::mem::take(&mut self.asked).into_values() {
                common.respond(failed(id, "the book is read anew".to_owned()));
            }
        }
        if let Some(worker) = &mut self.worker {
            return worker.tell(task, None);
        }
        let is_told = !self.texts.is_empty();
        if let Some(worker) = self.start(common)
            && !is_told
        {
            worker.tell(&Task::Again, None);
        }
    }

    fn start(&mut self, common: &mut Common<'_>) -> Option<&mut Living> {
        let with = (common.next(), common.words.clone());
        match Living::start(&self.project, common.global, common.terminal, with) {
            Ok(mut worker) => {
                let (root, locale) = (self.project.root().to_owned(), common.locale.tag().to_owned());
                worker.tell(&Task::Begin { root, locale }, None);
                for (path, text) in &self.texts {
                    worker.tell(&Task::Typed { path: path.clone(), text: Some(text.clone()) }, None);
                }
                self.begin_progress(common);
                Some(self.worker.insert(worker))
            }
            Err(why) => {
                self.cannot(&why, common);
                None
            }
        }
    }

    /// Has the editor show that the book is being read.
    fn begin_progress(&mut self, common: &mut Common<'_>) {
        if !common.client.shows_progress {
            return;
        }
        let token = format!("dama-pub-{}", common.next());
        common.ask(WorkDoneProgressCreate::METHOD, json!({"token": token}));
        let folder = self.project.root().file_name().unwrap_or_default().to_string_lossy().into_owned();
        let title = common.locale.say(&msg!("reading the book"));
        let value = json!({"kind": "begin", "title": title, "message": folder});
        common.note(Progress::METHOD, json!({"token": token, "value": value}));
        self.progress = Some(token);
    }

    fn end_progress(&mut self, common: &Common<'_>) {
        if let Some(token) = self.progress.take() {
            common.note(Progress::METHOD, json!({"token": token, "value": {"kind": "end"}}));
        }
    }

    fn cannot(&mut self, why: &Error, common: &Common<'_>) {
        let why = common.locale.say(&why.message());
        common.note(LogMessage::METHOD, json!({"type": 1, "message": why}));
        self.broken = Some(why);
    }

    /// Hands on a question.
    pub(super) fn ask(&mut self, id: RequestId, method: String, params: Value, common: &mut Common<'_>) {
        if self.worker.is_none() && self.broken.is_none() {
            self.start(common);
        }
        if let Some(why) = &self.broken {
            return common.respond(failed(id, why.clone()));
        }
        if self.asked.len() >= QUESTIONS {
            return common.respond(failed(id, "too many questions wait for an answer".to_owned()));
        }
        let number = common.next();
        if let Some(worker) = &mut self.worker {
            worker.tell(&Task::Ask { number, method, params }, Some(Piece::Question(number)));
            self.asked.insert(number, id);
        }
    }

    pub(super) fn deadline(&self) -> Option<Instant> {
        self.worker.as_ref()?.deadline()
    }

    /// Ends a worker that takes too long.
    pub(super) fn end_late(&mut self, common: &Common<'_>) {
        if self.worker.as_mut().is_some_and(Living::is_late) {
            self.broke_off(common);
        }
    }

    /// Whether it is this book's worker that speaks.
    pub(super) fn knows(&self, said: &Said) -> bool {
        self.worker.as_ref().is_some_and(|worker| worker.said(said))
    }

    pub(super) fn hear(&mut self, said: Said, common: &mut Common<'_>) {
        let Some(worker) = &mut self.worker else { return };
        match worker.hear(said, common.terminal) {
            Heard::State(findings) => {
                match serde_json::from_slice(&findings) {
                    Ok(Known { whole: true, files }) => self.publish(files, common),
                    Ok(Known { whole: false, files }) => self.publish_some(files, common),
                    // The next state is understood again.
                    Err(_) => {}
                }
                self.end_progress(common);
            }
            Heard::Answer(number, answer) => self.answered(number, &answer, common),
            Heard::Gone => self.broke_off(common),
            Heard::Nothing => {}
        }
    }

    fn answered(&mut self, number: u64, answer: &[u8], common: &Common<'_>) {
        let Some(id) = self.asked.remove(&number) else { return };
        let answered: Answered = serde_json::from_slice(answer).unwrap_or_else(|why| Err(why.to_string()));
        common.respond(match answered {
            Ok(value) if is_believed(&value, self.project.root(), &self.project.shares()) => {
                Response::new_ok(id, value)
            }
            Ok(_) => failed(id, "the answer leads out of the book".to_owned()),
            Err(why) => failed(id, why),
        });
    }

    /// Shows the findings of each file that has others than before, and none for a file that had some and has none now.
    fn publish(&mut self, mut findings: Findings, common: &mut Common<'_>) {
        for uri in self.told.keys() {
            findings.entry(uri.clone()).or_default();
        }
        self.publish_some(findings, common);
    }

    /// Shows the findings of these files where they are others than before. An editor that asks itself is told to ask.
    fn publish_some(&mut self, findings: Findings, common: &mut Common<'_>) {
        let mut changed = false;
        let shares = self.project.shares();
        for (uri, found) in findings {
            let before = self.told.get(&uri).map_or(&[][..], Vec::as_slice);
            if !is_shown(&uri, self.project.root(), &shares) || before == found {
                continue;
            }
            changed = true;
            if !common.client.pulls {
                common.note(PublishDiagnostics::METHOD, json!({"uri": uri, "diagnostics": found}));
            }
            if found.is_empty() {
                self.told.remove(&uri)
            } else {
                self.told.insert(uri, found)
            };
        }
        if changed && common.client.pulls && common.client.refreshes {
            common.ask(WorkspaceDiagnosticRefresh::METHOD, Value::Null);
        }
    }

    /// The worker has ended, or is to: what it was asked has no answer, and the document that was changed last shows why.
    fn broke_off(&mut self, common: &Common<'_>) {
        let Some(worker) = self.worker.take() else { return };
        self.end_progress(common);
        let found = worker.end();
        common.terminal.findings(std::slice::from_ref(&found), &Sources::default());
        let why = common.locale.say(&found.message);
        for id in std::mem::take(&mut self.asked).into_values() {
            common.respond(failed(id, why.clone()));
        }
        self.broken = Some(why);
        if let Some(uri) = &self.last {
            let shown = self.told.entry(uri.clone()).or_default();
            shown.push(serde_json::to_value(unplaced(&found, common.locale)).unwrap_or_default());
            common.note(PublishDiagnostics::METHOD, json!({"uri": uri, "diagnostics": shown}));
        }
    }

    /// The editor has more books than are kept: this one is no longer looked at.
    pub(super) fn forget(mut self, common: &mut Common<'_>) {
        for id in std::mem::take(&mut self.asked).into_values() {
            common.respond(failed(id, "too many books are open".to_owned()));
        }
        self.end_progress(common);
        self.publish(BTreeMap::new(), common);
    }
}

/// What is said where a question was understood and cannot be answered now.
fn failed(id: RequestId, why: String) -> Response {
    Response::new_err(id, ErrorCode::RequestFailed as i32, why)
}
