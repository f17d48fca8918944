//! The page of review, and what is signed off on it.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::super::server::{Change, Verdict};
use super::alignment::Aligner;
use crate::align::{ChapterPair, Unit};
use crate::checks::freshness::{commented, fingerprint_of, sign_off_one, take_back};
use crate::diagnostic::{Diagnostic, any_error};
use crate::manuscript::{COMMENTS_FILE, REVIEWED_FILE, load_comments, load_reviewed, write_comments, write_reviewed};
use crate::message::{Locale, Message};
use crate::model::{Chapter, Lang};
use crate::preview::{Reading, SignOff};
use crate::project::Project;
use crate::report::review::{Review, page};
use crate::source::{Files as _, Sources};

/// A reading of the book, and what the checks found in it.
type Found = (Arc<Reading>, Arc<[Diagnostic]>);

/// The book as it was last checked.
pub(super) struct Desk {
    project: Project,
    locale: Locale,
    aligner: Arc<Aligner>,
    checked: Mutex<Option<Found>>,
}

impl Desk {
    pub(super) fn new(project: Project, locale: Locale, aligner: Arc<Aligner>) -> Self {
        Self { project, locale, aligner, checked: Mutex::default() }
    }

    fn checked(&self) -> MutexGuard<'_, Option<Found>> {
        self.checked.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Keeps what was found of a book.
    pub(super) fn put(&self, reading: Arc<Reading>, found: Vec<Diagnostic>) {
        *self.checked() = Some((reading, found.into()));
    }

    /// The page of a translation, or of the first; `None` while nothing is checked.
    pub(super) fn page(&self, lang: Option<&str>) -> Option<Vec<u8>> {
        let (reading, findings) = self.checked().clone()?;
        let alignments = self.aligner.align(&reading.book);
        let meant = |tag: &str| lang.is_none_or(|lang| lang == tag);
        let Some(alignment) = alignments.iter().find(|alignment| meant(alignment.target.tag())) else {
            return Some(
                self.locale.say(&msg!("the book has one language; there is no translation to review")).into_bytes(),
            );
        };
        let (book, sources) = (&reading.book, &reading.sources);
        let review = Review { book, sources, alignment, findings: &findings, locale: self.locale, live: true };
        Some(page(&review, |_| true).into_bytes())
    }

    /// What the record is to be when a pair is signed off or taken back.
    pub(super) fn sign(&self, order: &SignOff) -> Vec<u8> {
        let verdict = self.judge(order).unwrap_or_else(|why| Verdict::Refused(self.locale.say(&why)));
        serde_json::to_vec(&verdict).expect("plain data always serialises")
    }

    fn judge(&self, order: &SignOff) -> Result<Verdict, Message> {
        let changed = || msg!("the text has changed meanwhile; read it again");
        let (reading, _) = self.checked().clone().ok_or_else(changed)?;
        let alignments = self.aligner.align(&reading.book);
        let alignment = alignments.iter().find(|one| one.target.tag() == order.lang).ok_or_else(changed)?;
        let of_order = |pair: &&ChapterPair<'_>| pair.source.is_some_and(|chapter| chapter.stem == order.chapter);
        let chapter = alignment.chapters.iter().find(of_order).ok_or_else(changed)?;
        let both: Vec<&Chapter> = chapter.source.into_iter().chain(chapter.target).collect();
        // Only what stands in the manuscript can be signed off.
        let stands = |chapter: &&Chapter| {
            let read = reading.sources.get(chapter.file);
            let read = read.written().unwrap_or(read.text());
            self.project.read(&chapter.path).as_deref() == Ok(read.as_bytes())
        };
        if !both.iter().all(stands) {
            return Err(changed());
        }
        let said = |units: &[Unit<'_>]| {
            let prints: Vec<String> =
                units.iter().filter_map(fingerprint_of).map(|print| print.as_str().to_owned()).collect();
            prints.join("+")
        };
        let meant = chapter
            .pairs
            .iter()
            .position(|pair| said(&pair.sources) == order.source && said(&pair.targets) == order.target)
            .ok_or_else(changed)?;
        self.record(order, &alignment.target, chapter, meant)
    }

    /// The record as it is now, and with a pair signed off or taken back.
    fn record(&self, order: &SignOff, target: &Lang, chapter: &ChapterPair<'_>, at: usize) -> Result<Verdict, Message> {
        let mut found = Vec::new();
        let mut record = load_reviewed(&self.project, &mut Sources::default()).take(&mut found);
        let mut comments = load_comments(&self.project, &mut Sources::default()).take(&mut found);
        if any_error(&found) {
            return Err(msg!("what is on record has errors; `dama-pub check` shows them"));
        }
        let old = record.chapter(target, &order.chapter);
        let new = if order.on { sign_off_one(chapter, at, old)? } else { take_back(&chapter.pairs[at], old) };
        record.replace(target, &order.chapter, new);
        let on = commented(chapter, comments.chapter(target, &order.chapter));
        let answered = order.on && on.contains(&Some(at));
        comments.retain(target, &order.chapter, |comment| on[comment] != Some(at));
        Ok(Verdict::Signed {
            record: self.change(REVIEWED_FILE, write_reviewed(&record)),
            comments: answered.then(|| self.change(COMMENTS_FILE, write_comments(&comments))),
        })
    }

    fn change(&self, file: &str, after: String) -> Change {
        let before = self.project.read(file).ok();
        Change { before: before.map(|bytes| String::from_utf8_lossy(&bytes).into_owned()), after }
    }
}
