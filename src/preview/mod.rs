//! The live preview: what a browser is shown of a book while it is written.
//!
//! Pure. Whoever sets the pages keeps a [`Preview`], tells it what happened, and tells others its [`State`]. Whoever serves the pages keeps
//! a [`Showing`] of what was told last, and answers requests from it.

mod answer;
mod heads;
mod places;
pub(crate) mod request;
mod showing;
mod state;
mod text;
mod words;

use std::sync::Arc;

pub(crate) use answer::{Answer, Ask, SignOff, ask, order, serves};
pub(crate) use showing::Showing;
pub(crate) use state::{State, Status};

use crate::diagnostic::Diagnostic;
use crate::message::Locale;
use crate::model::{Book, EditionKind};
use crate::source::{Sources, Span};
use crate::typeset::{Set, Sheet};
use state::{Finding, Page, Pages};

/// A book as it was read at one moment.
#[derive(Debug)]
pub(crate) struct Reading {
    /// The book.
    pub book: Book,
    /// Its texts.
    pub sources: Sources,
}

/// What is known of a book while it is watched.
pub(crate) struct Preview {
    /// The language of the page and of the findings.
    locale: Locale,
    /// Grows with every change that a browser should see.
    revision: u64,
    title: String,
    editions: Vec<Edition>,
    /// What was found while the book was read and set.
    findings: Vec<Finding>,
    /// What the checks found, which come later: until then, what they found the last time.
    checked: Vec<Finding>,
    status: Status,
}

/// An edition, as last set without errors.
struct Edition {
    name: String,
    /// Its name for people.
    word: String,
    title: String,
    shown: Option<Shown>,
    /// Whether its pages are older than the manuscript.
    stale: bool,
    /// Whether it was set since the book was read, with or without success.
    tried: bool,
}

/// Pages with what they were set from.
pub(crate) struct Shown {
    set: Arc<Set>,
    reading: Arc<Reading>,
    sheets: Vec<Sheet>,
    places: places::Places,
    anchors: Vec<places::Anchor>,
    heads: Vec<heads::Head>,
}

impl Preview {
    /// A book of which nothing is known yet, spoken of in a language.
    pub(crate) fn new(locale: Locale) -> Self {
        Self {
            locale,
            revision: 1,
            title: String::new(),
            editions: Vec::new(),
            findings: Vec::new(),
            checked: Vec::new(),
            status: Status::Working,
        }
    }

    /// How often something has changed that a browser should see.
    pub(crate) fn revision(&self) -> u64 {
        self.revision
    }

    /// The book was read again: every edition's pages are out of date. Editions that were removed go, new ones come.
    pub(crate) fn read(&mut self, book: &Book) {
        self.title = book.meta.title_in(book.source_language()).to_owned();
        let mut old = std::mem::take(&mut self.editions);
        for edition in &book.editions {
            let known = old.iter().position(|known| known.name == edition.name());
            let shown = known.and_then(|at| old.swap_remove(at).shown);
            let title = book.meta.title_in(language(book, edition)).to_owned();
            let (name, word) = (edition.name().to_owned(), self.locale.say(&words::edition(edition)));
            self.editions.push(Edition { name, word, title, shown, stale: true, tried: false });
        }
        self.revision += 1;
    }

    /// The manuscript has changed and cannot be read: every edition's pages are those of an earlier one, and what the checks
    /// found in that one says nothing of this one.
    pub(crate) fn unreadable(&mut self) {
        self.checked.clear();
        for edition in &mut self.editions {
            edition.stale = true;
        }
        self.revision += 1;
    }

    /// What is being done has changed.
    pub(crate) fn status(&mut self, status: Status) {
        if self.status != status {
            self.status = status;
            self.revision += 1;
        }
    }

    /// An edition was set; gives how many of its pages look different from before, and those before, which take their time to go.
    pub(crate) fn set(&mut self, edition: &EditionKind, shown: Shown) -> (usize, Option<Shown>) {
        let Some(known) = self.editions.iter_mut().find(|known| known.name == edition.name()) else { return (0, None) };
        let changed = {
            let before: std::collections::HashSet<u128> =
                known.shown.iter().flat_map(|shown| &shown.sheets).map(|sheet| sheet.look).collect();
            shown.sheets.iter().filter(|sheet| !before.contains(&sheet.look)).count()
        };
        let before = known.shown.replace(shown);
        known.stale = false;
        self.revision += 1;
        (changed, before)
    }

    /// An edition is being set. If that fails, its pages stay out of date, but trying again would give the same.
    pub(crate) fn tries(&mut self, edition: &EditionKind) {
        let untried = |known: &&mut Edition| known.name == edition.name() && !known.tried;
        if let Some(known) = self.editions.iter_mut().find(untried) {
            known.tried = true;
            self.revision += 1;
        }
    }

    /// Everything that was found while the book was read and set.
    pub(crate) fn findings(&mut self, found: &[Diagnostic], sources: &Sources) {
        let findings: Vec<Finding> = found.iter().map(|one| self.finding(one, sources)).collect();
        if findings != self.findings {
            self.findings = findings;
            self.revision += 1;
        }
    }

    /// Everything that the checks found.
    pub(crate) fn checked(&mut self, found: &[Diagnostic], sources: &Sources) {
        let checked: Vec<Finding> = found.iter().map(|one| self.finding(one, sources)).collect();
        if checked != self.checked {
            self.checked = checked;
            self.revision += 1;
        }
    }

    fn finding(&self, found: &Diagnostic, sources: &Sources) -> Finding {
        let page = |span: Span| {
            let path = sources.get(span.file).path();
            let shown =
                self.editions.iter().filter_map(|edition| Some((edition.name.as_str(), edition.shown.as_ref()?)));
            let mut pages = shown.filter_map(|(name, shown)| places::page_of(name, shown, path, span.start));
            pages.next()
        };
        finding_of(found, self.locale, Some((sources, page)))
    }

    /// All that is known.
    pub(crate) fn state(&self) -> State {
        State {
            title: self.title.clone(),
            status: self.status.clone(),
            editions: self.editions.iter().map(Edition::pages).collect(),
            findings: self.findings.iter().chain(&self.checked).cloned().collect(),
        }
    }

    /// The pages, and the number (from 1) of the one with this look.
    pub(crate) fn sheet(&self, edition: &str, look: &str) -> Option<(Arc<Set>, usize)> {
        let shown = self.shown(edition)?;
        Some((Arc::clone(&shown.set), shown.page(look)?))
    }

    /// The pages of an edition, if it was set.
    pub(crate) fn pages(&self, edition: &str) -> Option<Arc<Set>> {
        self.shown(edition).map(|shown| Arc::clone(&shown.set))
    }

    /// The text of the page with this look, as JSON.
    pub(crate) fn text(&self, edition: &str, look: &str) -> Option<Answer> {
        let shown = self.shown(edition)?;
        text::lines(shown, shown.page(look)?).map(|lines| Answer::json(&lines))
    }

    /// What of the manuscript stands at a place, or `null`.
    pub(crate) fn source(&self, edition: &str, page: usize, x: f64, y: f64) -> Answer {
        Answer::json(&self.shown(edition).and_then(|shown| places::at(shown, page, x, y)))
    }

    /// The editions, in the book's order, that were not set since the book was read.
    pub(crate) fn untried(&self) -> Vec<String> {
        self.editions.iter().filter(|edition| !edition.tried).map(|edition| edition.name.clone()).collect()
    }

    fn shown(&self, edition: &str) -> Option<&Shown> {
        self.editions.iter().find(|known| known.name == edition)?.shown.as_ref()
    }
}

impl Shown {
    /// Pages as a preview keeps them.
    pub(crate) fn new(edition: &EditionKind, set: Set, reading: Arc<Reading>) -> Self {
        let sheets = set.sheets();
        let anchors = places::anchors(&set.printed, &reading.sources);
        let places = places::Places::of(&set.printed);
        let heads = heads::heads(&reading.book, edition, &set.printed, &places);
        Self { set: Arc::new(set), reading, sheets, places, anchors, heads }
    }

    /// The number (from 1) of the page with this look, in hexadecimal digits.
    fn page(&self, look: &str) -> Option<usize> {
        let look = u128::from_str_radix(look, 16).ok()?;
        self.sheets.iter().position(|sheet| sheet.look == look).map(|at| at + 1)
    }
}

impl Edition {
    fn pages(&self) -> Pages {
        let page = |sheet: &Sheet| {
            let ([width, height], label) = (sheet.size, sheet.label.clone());
            Page { look: format!("{:032x}", sheet.look), width, height, label }
        };
        let shown = self.shown.as_ref();
        Pages {
            name: self.name.clone(),
            word: self.word.clone(),
            title: self.title.clone(),
            stale: self.stale,
            tried: self.tried,
            pages: shown.iter().flat_map(|shown| &shown.sheets).map(page).collect(),
            anchors: shown.map_or_else(Vec::new, |shown| shown.anchors.clone()),
            heads: shown.map_or_else(Vec::new, |shown| shown.heads.clone()),
        }
    }
}

/// A finding in a language; with the texts that it is about, if there are any, and what tells where on the pages they stand.
fn finding_of(
    found: &Diagnostic,
    locale: Locale,
    texts: Option<(&Sources, impl Fn(Span) -> Option<places::OnPage>)>,
) -> Finding {
    let at = found.primary.as_ref().zip(texts);
    Finding {
        severity: found.severity.name().to_owned(),
        check: found.check.as_str().to_owned(),
        message: locale.say(&found.message),
        hints: found.hints.iter().map(|hint| locale.say(hint)).collect(),
        at: at.map(|(label, (sources, page))| places::At::new(sources, label.span, page(label.span))),
    }
}

fn language<'b>(book: &'b Book, edition: &'b EditionKind) -> &'b crate::model::Lang {
    match edition {
        EditionKind::Single(lang) => lang,
        EditionKind::Bilingual => book.source_language(),
    }
}

#[cfg(test)]
mod anywhere;
#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::manuscript;

    fn book() -> (Book, Sources) {
        let yaml = "title: T\nlanguages: [zh, en]\ndate: 2026-01-01\nlayout: report\n";
        let files = BTreeMap::from([("manuscript/book.yaml", yaml)]);
        let mut sources = Sources::default();
        let config = manuscript::load_config(&files, &mut sources).value.unwrap();
        (manuscript::load_book(&files, &mut sources, config, Some(&[])).value, sources)
    }

    #[test]
    fn an_edition_that_cannot_be_set_is_tried_once_for_each_state_of_the_book() {
        let (book, _) = book();
        let mut preview = Preview::new(Locale::English);
        preview.read(&book);
        assert_eq!(preview.untried(), ["zh", "en"]);
        preview.tries(&book.editions[0]);
        assert_eq!(preview.untried(), ["en"]);
        // It has no pages, and says so.
        assert!(preview.editions[0].stale);
        preview.editions[0].stale = false;
        preview.unreadable();
        assert!(preview.editions[0].stale && preview.untried() == ["en"]);
        preview.read(&book);
        assert_eq!(preview.untried(), ["zh", "en"]);
    }

    #[test]
    fn what_the_checks_found_stays_until_they_have_run_again() {
        let (_, sources) = book();
        let mut preview = Preview::new(Locale::English);
        let found = |check: &'static str| [Diagnostic::error(check.into(), crate::message::Message::data("wrong"))];
        preview.checked(&found("number"), &sources);
        preview.findings(&found("typeset"), &sources);
        let state = |preview: &Preview| serde_json::to_string(&preview.state()).expect("plain data");
        assert!(state(&preview).contains("number") && state(&preview).contains("typeset"));
        preview.findings(&[], &sources);
        assert!(state(&preview).contains("number"));
        preview.checked(&[], &sources);
        assert!(!state(&preview).contains("number"));
        preview.checked(&found("number"), &sources);
        preview.unreadable();
        assert!(!state(&preview).contains("number"));
    }
}
