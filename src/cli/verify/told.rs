//! What is said of a release that is looked at: to people line by line, to programs as one object.

use std::path::Path;

use serde::Serialize;

use crate::cli::args::VerifyForm;
use crate::cli::terminal::Terminal;
use crate::error::Error;
use crate::message::Message;

/// Changes when a field is removed or changes its meaning; added fields leave it.
const SCHEMA: &str = "dama-pub/verification/1";

/// What a line is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(not(feature = "pages"), expect(dead_code, reason = "half of them are about a book that is built again"))]
pub(super) enum Kind {
    Book,
    Built,
    Changed,
    Damaged,
    Differs,
    Extra,
    Missing,
    Program,
    Release,
    Signature,
    Signed,
    Sources,
    Unsigned,
}

impl Kind {
    fn word(self) -> Message {
        match self {
            Self::Book => msg!("book"),
            Self::Built => msg!("built"),
            Self::Changed => msg!("changed"),
            Self::Damaged => msg!("damaged"),
            Self::Differs => msg!("differs"),
            Self::Extra => msg!("extra"),
            Self::Missing => msg!("missing"),
            Self::Program => msg!("program"),
            Self::Release => msg!("release"),
            Self::Signature => msg!("signature"),
            Self::Signed => msg!("signed"),
            Self::Sources => msg!("sources"),
            Self::Unsigned => msg!("unsigned"),
        }
    }
}

/// A line.
#[derive(Debug, Serialize)]
struct Line {
    kind: Kind,
    /// The file of the folder that it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    file: Option<String>,
    message: String,
}

/// The object for programs.
#[derive(Debug, Serialize)]
struct Verification<'a> {
    schema: &'static str,
    folder: String,
    good: bool,
    files: usize,
    wrong: &'a [Line],
    notes: &'a [Line],
}

/// Whoever says it.
pub(super) struct Teller<'t> {
    pub(super) terminal: &'t Terminal,
    form: VerifyForm,
    wrong: Vec<Line>,
    notes: Vec<Line>,
}

impl<'t> Teller<'t> {
    pub(super) fn new(form: VerifyForm, terminal: &'t Terminal) -> Self {
        Self { terminal, form, wrong: Vec::new(), notes: Vec::new() }
    }

    fn line(&self, kind: Kind, file: Option<&str>, message: &Message) -> Line {
        Line { kind, file: file.map(str::to_owned), message: self.terminal.machine_locale().say(message) }
    }

    /// Something is not as released.
    pub(super) fn wrong(&mut self, kind: Kind, file: Option<&str>, message: Message) {
        self.wrong.push(self.line(kind, file, &message));
        if self.form == VerifyForm::Human {
            self.terminal.failed(kind.word(), message);
        }
    }

    /// Something to know.
    pub(super) fn note(&mut self, kind: Kind, message: Message) {
        self.notes.push(self.line(kind, None, &message));
        if self.form == VerifyForm::Human {
            self.terminal.done(kind.word(), message);
        }
    }

    /// Says how it ended; `true` when all is as released.
    ///
    /// # Errors
    /// When stdout takes no more.
    pub(super) fn end(self, folder: &Path, files: usize) -> Result<bool, Error> {
        let good = self.wrong.is_empty();
        match self.form {
            VerifyForm::Json => {
                let (wrong, notes) = (self.wrong.as_slice(), self.notes.as_slice());
                let folder = folder.display().to_string();
                let told = Verification { schema: SCHEMA, folder, good, files, wrong, notes };
                let text = serde_json::to_string_pretty(&told).expect("plain data always serialises");
                self.terminal.print(&(text + "\n"))?;
            }
            VerifyForm::Human if good => {
                let files = plural!(files, "{files} file is as released", "{files} files are as released");
                self.terminal.done(msg!("verified"), files);
            }
            VerifyForm::Human => {
                let wrong = self.wrong.len();
                let line = plural!(wrong, "{wrong} thing is not as released", "{wrong} things are not as released");
                self.terminal.failed(msg!("failed"), line);
            }
        }
        Ok(good)
    }
}
