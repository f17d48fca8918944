//! `dama-pub accept`.

mod comments;
mod doubts;

use std::collections::BTreeSet;
use std::path::PathBuf;

use doubts::Doubts;

use super::Outcome;
use super::args::Accept;
use super::named::Named;
use super::terminal::Terminal;
use crate::align::{self, Alignment, ChapterPair};
use crate::checks::freshness::{Held, ReviewState, judged, sign_off_but};
use crate::codes;
use crate::diagnostic::{Diagnostic, Severity, any_error};
use crate::error::Error;
use crate::manuscript::{REVIEWED_FILE, load_reviewed, write_reviewed};
use crate::message::{List, Message};
use crate::model::{Book, Chapter, Lang, Reviewed};
use crate::project::{Project, Write};
use crate::source::{FileId, Files, Sources};

pub(super) fn run(args: &Accept, terminal: &Terminal) -> Result<Outcome, Error> {
    let named = named(args)?;
    let (mut sources, mut found) = (Sources::default(), Vec::new());
    let Some(book) = read(&named.project, &mut sources, &mut found) else {
        terminal.findings(&found, &sources);
        return Ok(nothing(terminal));
    };
    if book.languages.len() < 2 {
        return Err(Error::Usage(msg!("the book has one language; there is no translation to accept")));
    }
    named.check(&book)?;
    let alignments = align::align_book(&book);
    let chosen = Chosen::of(args, &named, &alignments, &found);
    let elsewhere = chosen.keep_own(&mut found, &book);
    terminal.findings(&found, &sources);
    // What was signed off of a chapter that cannot be read stays.
    let unread = !chosen.unread.is_empty() || args.all && elsewhere;
    let doubts = Doubts::of(args, &book, &named.project, found, &alignments, &mut sources);
    let start = if args.all && !unread { Reviewed::default() } else { book.reviewed.clone() };
    let mut accepted = Accepted::new(start);
    for (target, pair) in &chosen.read {
        accepted.take(target, pair, &book.reviewed, &doubts, &sources);
    }
    let chapters: Vec<&Chapter> = chosen.chapters().collect();
    let changes = Changes { before: &book.reviewed, after: &accepted.record, chapters: &chapters, sources: &sources };
    if !changes.record(&named.project, terminal)? {
        return Ok(nothing(terminal));
    }
    if !args.all || args.with_findings {
        accepted.resolved = comments::resolve(&chosen.read, &accepted.record, &named.project, terminal)?;
    }
    accepted.tell(terminal, unread)
}

/// The book, unless it cannot be read or what was signed off of it cannot.
fn read(project: &Project, sources: &mut Sources, found: &mut Vec<Diagnostic>) -> Option<Book> {
    let loaded = crate::layout::load(project, sources).take(found);
    let spoilt = |finding: &Diagnostic| finding.severity == Severity::Error && finding.check == codes::REVIEWED;
    loaded.filter(|_| !found.iter().any(spoilt)).map(|(book, _)| book)
}

/// A chapter and its translation, with the language of that.
type Choice<'a> = (&'a Lang, &'a ChapterPair<'a>);

/// The chapters that are to be signed off.
struct Chosen<'a> {
    read: Vec<Choice<'a>>,
    /// Those of which nothing is known.
    unread: Vec<Choice<'a>>,
}

impl<'a> Chosen<'a> {
    fn of(args: &Accept, named: &Named, alignments: &'a [Alignment<'a>], found: &[Diagnostic]) -> Self {
        let unreadable: BTreeSet<FileId> = found.iter().filter(|finding| is_unread(finding)).filter_map(file).collect();
        let all = alignments
            .iter()
            .flat_map(|alignment| alignment.chapters.iter().map(|chapter| (&alignment.target, chapter)));
        let (unread, read) = all
            .filter(|(_, pair)| args.all || both(pair).any(|chapter| named.means(chapter)))
            .partition(|(_, pair)| both(pair).any(|chapter| unreadable.contains(&chapter.file)));
        Self { read, unread }
    }

    /// Those that can be read, in both languages.
    fn chapters(&self) -> impl Iterator<Item = &'a Chapter> {
        self.read.iter().flat_map(|(_, pair)| both(pair))
    }

    /// Drops what is wrong with other chapters, which is no matter here. Whether there is a file that cannot be read and is none
    /// of the book's chapters, so that it may be any of them.
    fn keep_own(&self, found: &mut Vec<Diagnostic>, book: &Book) -> bool {
        let unread = self.unread.iter().flat_map(|(_, pair)| both(pair));
        let own: BTreeSet<FileId> = self.chapters().chain(unread).map(|chapter| chapter.file).collect();
        let all: BTreeSet<FileId> = book.chapters.values().flatten().map(|chapter| chapter.file).collect();
        let in_other = |finding: &Diagnostic| file(finding).is_some_and(|file| all.contains(&file));
        found.retain(|finding| file(finding).is_some_and(|file| own.contains(&file)) || !in_other(finding));
        found.iter().any(|finding| is_unread(finding) && !in_other(finding))
    }
}

/// What the command line names, which must be chapters or all of them.
fn named(args: &Accept) -> Result<Named, Error> {
    if args.paths.is_empty() && !args.all {
        return Err(Error::Usage(nothing_named()));
    }
    let paths: Vec<PathBuf> = args.book.iter().chain(&args.paths).cloned().collect();
    let named = Named::find(&paths)?;
    match (named.is_whole(), args.all) {
        (true, false) => Err(Error::Usage(nothing_named())),
        (false, true) => Err(Error::Usage(msg!("--all is every chapter of the book: leave the names out"))),
        _ => Ok(named),
    }
}

/// The chapters of a pair that are there.
fn both<'a>(pair: &ChapterPair<'a>) -> impl Iterator<Item = &'a Chapter> {
    pair.source.into_iter().chain(pair.target)
}

/// The file that a finding stands in.
fn file(finding: &Diagnostic) -> Option<FileId> {
    finding.primary.as_ref().map(|label| label.span.file)
}

/// Whether a finding says that a file could not be read, so that nothing is known of what stands in it.
fn is_unread(finding: &Diagnostic) -> bool {
    [codes::UNREADABLE_FILE, codes::TOO_LARGE, codes::NOT_UTF8].contains(&finding.check)
        && finding.severity == Severity::Error
}

fn nothing(terminal: &Terminal) -> Outcome {
    terminal.failed(msg!("accepted"), msg!("nothing: the book has errors"));
    Outcome::Findings
}

/// What changes in the record of a book.
struct Changes<'a> {
    /// The record as it was read.
    before: &'a Reviewed,
    /// The record as it is to be, if nobody else has changed it.
    after: &'a Reviewed,
    /// What is accepted, in both languages.
    chapters: &'a [&'a Chapter],
    sources: &'a Sources,
}

impl Changes<'_> {
    /// Makes the changes, unless the record cannot be read any more: what is wrong with it is shown then.
    fn record(&self, project: &Project, terminal: &Terminal) -> Result<bool, Error> {
        let mut now = Sources::default();
        let found = self.write(project, &|path, bytes| terminal.outlet().put(path, bytes), &mut now)?;
        let whole = !any_error(&found);
        if !whole {
            terminal.findings(&found, &now);
        }
        Ok(whole)
    }

    /// Makes the changes to the record as it is now: others may have accepted other chapters meanwhile. Returns what is
    /// wrong with that record; nothing is written if any of it is an error.
    fn write(&self, project: &Project, write: Write<'_>, now: &mut Sources) -> Result<Vec<Diagnostic>, Error> {
        let mut found = Vec::new();
        project.update(REVIEWED_FILE, write, || {
            self.check_chapters(project)?;
            let mut record = load_reviewed(project, now).take(&mut found);
            record.apply(self.before, self.after);
            Ok((!any_error(&found)).then(|| write_reviewed(&record)))
        })?;
        Ok(found)
    }

    /// Only what stands in the manuscript can be accepted.
    fn check_chapters(&self, project: &Project) -> Result<(), Error> {
        for chapter in self.chapters {
            let read = self.sources.get(chapter.file).text();
            if project.read(&chapter.path).as_deref() != Ok(read.as_bytes()) {
                return Err(Error::Changed((&chapter.path).into()));
            }
        }
        Ok(())
    }
}

fn nothing_named() -> Message {
    msg!(
        "name the chapters to accept, or --all for the whole book
  dama-pub accept zh/06-method.md        a chapter, by its file in either language
  dama-pub accept 06-method 07-results   chapters by name
  dama-pub accept --all                  every chapter"
    )
}

/// The record in the making, and what is to be reported of it.
struct Accepted {
    record: Reviewed,
    /// What was left out, a line each.
    list: Vec<Message>,
    pairs: usize,
    chapters: usize,
    /// Pairs that were not on record in these words.
    new: usize,
    /// Pairs that were left out for a finding at error level.
    held: usize,
    /// Such findings that were accepted with the rest.
    waived: usize,
    /// Comments of reviewers that are dealt with by it.
    resolved: usize,
}

impl Accepted {
    fn new(record: Reviewed) -> Self {
        Self { record, list: Vec::new(), pairs: 0, chapters: 0, new: 0, held: 0, waived: 0, resolved: 0 }
    }

    fn take(&mut self, target: &Lang, pair: &ChapterPair<'_>, before: &Reviewed, doubts: &Doubts, sources: &Sources) {
        let (Some(source), Some(_)) = (pair.source, pair.target) else {
            let alone = pair.source.or(pair.target).expect("one of the two is there");
            let why = match pair.source {
                Some(_) => msg!("no such chapter in {language}", language = target.name()),
                None => msg!("no such chapter in the source language"),
            };
            self.left_out(&alone.path, why);
            return;
        };
        let old = before.chapter(target, &source.stem);
        let judged = judged(pair, old);
        let held = |at: usize| {
            // What is on record in these words stays so.
            let (state, record) = &judged[at];
            let held = doubts.hold(&pair.pairs[at]).filter(|_| *state != ReviewState::Reviewed)?;
            Some(Held { record: record.cloned(), ..held })
        };
        let signed = sign_off_but(pair, held);
        for refused in signed.refused {
            let file = sources.get(refused.span.file);
            let line = sources.snippet(refused.span).lines().find(|line| !line.trim().is_empty()).unwrap_or("");
            let text: String = line.trim().chars().take(EXCERPT).collect();
            let place = format!("{}:{}", file.path(), file.position(refused.span.start));
            self.left_out(&place, msg!("{reason}: “{text}”", reason = refused.why, text));
        }
        self.held += signed.held;
        self.waived += doubts.waived_in(pair);
        self.new += signed.records.iter().filter(|record| !old.contains(record)).count();
        self.pairs += signed.records.len() - signed.kept;
        self.chapters += 1;
        self.record.replace(target, &source.stem, signed.records);
    }

    /// Says what was signed off and what was not; `unread` says that there are chapters of which nothing is known.
    fn tell(&self, terminal: &Terminal, unread: bool) -> Result<Outcome, Error> {
        for line in &self.list {
            terminal.print(&format!("{}\n", terminal.locale().say(line)))?;
        }
        if self.pairs == 0 && self.held > 0 {
            terminal.failed(msg!("accepted"), self.summary());
            return Ok(Outcome::Findings);
        }
        terminal.done(msg!("accepted"), self.summary());
        Ok(if unread { Outcome::Findings } else { Outcome::Clean })
    }

    fn left_out(&mut self, place: &str, why: Message) {
        self.list.push(msg!("{place}: not accepted, {why}", place, why));
    }

    fn summary(&self) -> Message {
        let pairs = msg!(
            "{pairs} in {chapters}, {new} new or changed",
            pairs = plural!(pairs = self.pairs, "{pairs} pair", "{pairs} pairs"),
            chapters = plural!(chapters = self.chapters, "{chapters} chapter", "{chapters} chapters"),
            new = self.new
        );
        let left_out = match self.list.len() {
            0 => Message::empty(),
            left_out => msg!("{left_out} not accepted", left_out),
        };
        let waived = match self.waived {
            0 => Message::empty(),
            findings => plural!(
                findings,
                "with {findings} open finding at error level",
                "with {findings} open findings at error level"
            ),
        };
        let resolved = match self.resolved {
            0 => Message::empty(),
            comments => plural!(comments, "{comments} comment dealt with", "{comments} comments dealt with"),
        };
        let way_out = match self.held {
            0 => Message::empty(),
            _ => msg!("mend what is open, or accept it as it is with `--with-findings`"),
        };
        Message::list(List::Clauses, [pairs, waived, resolved, left_out, way_out])
    }
}

/// Characters of a block that are shown.
const EXCERPT: usize = 30;

#[cfg(test)]
mod tests {
    use std::fs;

    use clap::Parser;

    use super::*;
    use crate::checks::freshness::sign_off;
    use crate::cli::args::{Cli, Command};
    use crate::message::Locale;
    use crate::project::write_now;

    fn book() -> (tempfile::TempDir, Project) {
        let dir = tempfile::tempdir().unwrap();
        for (path, text) in [
            ("book.yaml", "title: T\nlanguages: [zh, en]\ndate: 2026-03-01\nlayout: report\n"),
            ("zh/01-a.md", "---\ntitle: 起\n---\n共有12章。\n"),
            ("en/01-a.md", "---\ntitle: Start\n---\nThere are 12 chapters.\n"),
            ("zh/02-b.md", "---\ntitle: 终\n---\n共有15页。\n"),
            ("en/02-b.md", "---\ntitle: End\n---\nThere are 15 pages.\n"),
        ] {
            let path = dir.path().join("manuscript").join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        let project = Project::find(dir.path()).unwrap();
        (dir, project)
    }

    /// Accepts the first chapter, and does something else between reading the book and writing the record.
    fn meanwhile(project: &Project, other: impl FnOnce()) -> Result<Vec<Diagnostic>, Error> {
        let mut sources = Sources::default();
        let (book, _) = crate::layout::load(project, &mut sources).value.unwrap();
        let alignment = align::align(&book, &book.languages[0], &book.languages[1]);
        let pair = &alignment.chapters[0];
        let mut after = book.reviewed.clone();
        after.replace(&alignment.target, "01-a", sign_off(pair).records);
        let chapters: Vec<&Chapter> = pair.source.into_iter().chain(pair.target).collect();
        other();
        let changes = Changes { before: &book.reviewed, after: &after, chapters: &chapters, sources: &sources };
        changes.write(project, &write_now, &mut Sources::default())
    }

    fn accept(project: &Project, what: &str) {
        let root = project.root().to_str().unwrap();
        let cli = Cli::parse_from(["dama-pub", "--quiet", "accept", root, what]);
        let Command::Accept(args) = &cli.command else { unreachable!("accept was typed") };
        assert_eq!(run(args, &Terminal::new(&cli.global, Locale::English, None)).unwrap(), Outcome::Clean);
    }

    fn record(project: &Project) -> String {
        project.read(REVIEWED_FILE).map_or(String::new(), |bytes| String::from_utf8(bytes).unwrap())
    }

    #[test]
    fn what_others_accept_meanwhile_stays() {
        let (_dir, project) = book();
        accept(&project, "--all");
        let all = record(&project);
        fs::remove_file(project.root().join(REVIEWED_FILE)).unwrap();
        meanwhile(&project, || accept(&project, "02-b")).unwrap();
        assert_eq!(record(&project), all);
    }

    #[test]
    fn a_chapter_that_changes_meanwhile_is_not_accepted() {
        let (_dir, project) = book();
        for file in ["manuscript/zh/01-a.md", "manuscript/en/01-a.md"] {
            let edit = || fs::write(project.root().join(file), "---\ntitle: 13\n---\n13\n").unwrap();
            let error = meanwhile(&project, edit).unwrap_err().to_string();
            assert_eq!(error, format!("{file} was changed during the run; run the command again"));
            assert_eq!(record(&project), "", "nothing was written");
        }
        meanwhile(&project, || fs::write(project.root().join("manuscript/zh/02-b.md"), "# 别的\n").unwrap()).unwrap();
        assert!(record(&project).contains("  01-a:"), "another chapter does not stand in the way");
    }

    #[test]
    fn a_record_that_cannot_be_read_any_more_is_left_alone() {
        let (_dir, project) = book();
        let spoilt = "form: 1\nen:\n<<<<<<< ours\n=======\n>>>>>>> theirs\n";
        let found = meanwhile(&project, || fs::write(project.root().join(REVIEWED_FILE), spoilt).unwrap()).unwrap();
        assert!(any_error(&found));
        assert_eq!(record(&project), spoilt);
    }
}
