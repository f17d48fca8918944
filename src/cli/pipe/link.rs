//! The worker's end of the pipe.

use std::io::{self, BufRead, Stdin, Stdout};
use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};

use serde::de::DeserializeOwned;

use super::super::errand::{Errand, Reply};
use super::super::git::{About, Refusal, Told};
use super::View;
use super::wire::{self, Keep, Output, Piece, When, Word, Written};
use crate::inputs::Digest;

/// The only way out of a worker.
#[derive(Debug)]
pub(in crate::cli) struct Link {
    ends: Mutex<Ends>,
    view: View,
}

#[derive(Debug)]
struct Ends {
    out: Stdout,
    answers: Stdin,
    /// Whether a word was said in part: what is said after it would be taken for the rest of it.
    cut: bool,
}

impl Ends {
    fn say(&mut self, word: &Word, with: &[u8]) -> io::Result<()> {
        if self.cut {
            return Err(io::ErrorKind::BrokenPipe.into());
        }
        let said = wire::say(&mut self.out, word, with);
        self.cut = said.is_err();
        said
    }
}

impl Link {
    pub(in crate::cli) fn new(view: View) -> Self {
        Self { ends: Mutex::new(Ends { out: io::stdout(), answers: io::stdin(), cut: false }), view }
    }

    /// The terminal that the supervisor sits at.
    pub(in crate::cli) fn view(&self) -> View {
        self.view
    }

    pub(in crate::cli) fn result(&self, text: &[u8]) -> io::Result<()> {
        self.pipes().say(&Word::Result, text)
    }

    pub(in crate::cli) fn said(&self, text: &[u8]) -> io::Result<()> {
        self.pipes().say(&Word::Said, text)
    }

    /// Tells which file is read, so that the supervisor can name it if it was the last one.
    pub(in crate::cli) fn reads(&self, path: &str) {
        self.tell(&Word::Reads(path.to_owned()));
    }

    #[cfg(feature = "pages")]
    pub(in crate::cli) fn progress(&self, step: wire::Step) {
        self.tell(&Word::Progress(step));
    }

    /// Tells what is known now.
    pub(in crate::cli) fn state(&self, known: &[u8]) {
        self.tell_with(&Word::State, known);
    }

    /// Answers a question.
    pub(in crate::cli) fn answer(&self, question: u64, answer: &[u8]) {
        self.tell_with(&Word::Answer(question), answer);
    }

    /// Tells that a piece of work begins, so that its time is measured.
    pub(in crate::cli) fn begins(&self, piece: Piece) {
        self.tell(&Word::Begins(piece));
    }

    /// Tells that a piece of work has ended.
    pub(in crate::cli) fn ends(&self, piece: Piece) {
        self.tell(&Word::Ends(piece));
    }

    /// Has a file written, and waits until it is.
    ///
    /// # Errors
    /// The system's, as the supervisor had it.
    pub(in crate::cli) fn write(&self, path: &Path, bytes: &[u8], when: When) -> io::Result<()> {
        self.ask(&Word::Write(Output { path: path.to_owned(), when }), bytes)
    }

    /// Has it tried whether files can be written in a folder.
    ///
    /// # Errors
    /// The system's, as the supervisor had it.
    pub(in crate::cli) fn try_folder(&self, folder: &Path) -> io::Result<()> {
        self.ask(&Word::Try(folder.to_owned()), &[])
    }

    /// Tells that a file stays as it is.
    pub(in crate::cli) fn stays(&self, path: &Path, content: Digest) {
        self.tell(&Word::Stays(path.to_owned(), content));
    }

    /// Asks whether there is a cache that lacks some of what has these digests.
    pub(in crate::cli) fn lacks(&self, digests: &[Digest]) -> bool {
        self.answered(&Word::Lacks(digests.to_vec()), &[]).unwrap_or(false)
    }

    /// Asks which further files are read where so much is known.
    pub(in crate::cli) fn plans(&self, base: Digest) -> Vec<Vec<String>> {
        self.answered(&Word::Plans(base), &[]).unwrap_or_default()
    }

    /// Has what was made from all that has a digest put into a place, and gives what is known of it.
    pub(in crate::cli) fn fetch(&self, digest: Digest, path: &Path) -> Option<String> {
        self.answered(&Word::Fetch(digest, path.to_owned()), &[]).ok().flatten()
    }

    /// Has an artifact kept for other runs, when the run ends.
    pub(in crate::cli) fn keep(&self, artifact: Keep) {
        self.tell(&Word::Keep(Box::new(artifact)));
    }

    /// Has version control asked what the command line asks of it.
    pub(in crate::cli) fn inquire(&self, about: &About) -> Told {
        self.answered(&Word::Inquire(about.clone()), &[])
            .unwrap_or_else(|why| Told::Nothing(Refusal::Failed(why.to_string())))
    }

    /// Has something done for a release.
    ///
    /// # Errors
    /// The system's, where the supervisor has gone.
    pub(in crate::cli) fn errand(&self, errand: Errand, bytes: &[u8]) -> io::Result<Reply> {
        self.answered(&Word::Errand(errand), bytes)
    }

    fn ask(&self, word: &Word, with: &[u8]) -> io::Result<()> {
        self.answered::<Written>(word, with)?.result()
    }

    fn answered<T: DeserializeOwned>(&self, word: &Word, with: &[u8]) -> io::Result<T> {
        let mut ends = self.pipes();
        ends.say(word, with)?;
        let mut answer = String::new();
        ends.answers.lock().read_line(&mut answer)?;
        Ok(serde_json::from_str(&answer)?)
    }

    // Where the supervisor has gone, nobody is left to be told.
    fn tell(&self, word: &Word) {
        self.tell_with(word, &[]);
    }

    fn tell_with(&self, word: &Word, with: &[u8]) {
        let _ = self.pipes().say(word, with);
    }

    fn pipes(&self) -> MutexGuard<'_, Ends> {
        self.ends.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
