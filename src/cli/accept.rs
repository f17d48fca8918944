//! `dama-pub accept`.

use std::fmt::Write as _;
use std::path::{Component, Path, PathBuf};

use super::Outcome;
use super::args::Accept;
use super::terminal::Terminal;
use crate::align::{self, ChapterPair};
use crate::checks::freshness::{SignedOff, sign_off};
use crate::diagnostic::{any_error, nearest};
use crate::error::Error;
use crate::manuscript::{REVIEWED_FILE, write_reviewed};
use crate::model::{Book, Chapter, Lang, Reviewed};
use crate::project::{Project, write_artifact};
use crate::source::Sources;

pub(super) fn run(args: &Accept, terminal: &Terminal) -> Result<Outcome, Error> {
    if args.files.is_empty() && !args.all {
        return Err(Error::Usage(NOTHING_NAMED.to_owned()));
    }
    let project = Project::find(&args.book)?;
    let mut sources = Sources::default();
    let mut found = Vec::new();
    let loaded = crate::load(&project, &mut sources).take(&mut found);
    terminal.findings(&found, &sources);
    let Some((book, _)) = loaded.filter(|_| !any_error(&found)) else {
        terminal.failed("accepted", "nothing: the book has errors");
        return Ok(Outcome::Findings);
    };
    let (source, targets) = book.languages.split_first().expect("a book has a language");
    if targets.is_empty() {
        return Err(Error::Usage("the book has one language; there is no translation to accept".into()));
    }
    let alignments: Vec<_> = targets.iter().map(|target| align::align(&book, source, target)).collect();
    let pairs = || alignments.iter().flat_map(|alignment| alignment.chapters.iter().map(|c| (&alignment.target, c)));
    let chosen: Vec<(&Lang, &ChapterPair<'_>)> = if args.all {
        pairs().collect()
    } else {
        let names = args.files.iter().map(|file| name(file, project.root())).collect::<Vec<_>>();
        check_names(&names, &book)?;
        let named = |chapter: &Chapter| names.iter().any(|name| is_named(chapter, name));
        pairs().filter(|(_, pair)| pair.source.into_iter().chain(pair.target).any(named)).collect()
    };
    let start = if args.all { Reviewed::default() } else { book.reviewed.clone() };
    let mut record = Accepted { record: start, list: String::new(), pairs: 0, chapters: 0, new: 0, left_out: 0 };
    for (target, pair) in chosen {
        record.take(target, pair, &book.reviewed, &sources);
    }
    let text = write_reviewed(&record.record);
    write_artifact(&project.root().join(REVIEWED_FILE), text.as_bytes())?;
    terminal.print(&record.list)?;
    terminal.done("accepted", &record.summary());
    Ok(Outcome::Clean)
}

const NOTHING_NAMED: &str = "\
say which chapters to accept, or --all for the whole book
  dama-pub accept zh/06-method.md        a chapter, by its file in either language
  dama-pub accept 06-method 07-results   chapters by name
  dama-pub accept --all                  every chapter";

/// What the user typed, as a name that can be compared with paths of the project.
fn name(file: &Path, root: &Path) -> String {
    // `..` is undone by name: the file need not be there for a name to be told wrong.
    let mut whole = PathBuf::new();
    for part in std::path::absolute(file).unwrap_or_else(|_| file.to_owned()).components() {
        match part {
            Component::ParentDir => drop(whole.pop()),
            part => whole.push(part),
        }
    }
    let typed = file.strip_prefix(".").unwrap_or(file);
    let inside =
        whole.strip_prefix(root).ok().filter(|inside| inside.starts_with("manuscript") && inside.extension().is_some());
    inside.unwrap_or(typed).to_string_lossy().replace('\\', "/")
}

/// Whether a name means a chapter: its path, the end of it, or its stem.
fn is_named(chapter: &Chapter, name: &str) -> bool {
    let path = &chapter.path;
    path == name || path.strip_suffix(name).is_some_and(|rest| rest.ends_with('/')) || chapter.stem == name
}

/// Every name must mean a chapter; all that do not are told together.
fn check_names(names: &[String], book: &Book) -> Result<(), Error> {
    let chapters = || book.chapters.values().flatten();
    let mut wrong = Vec::new();
    for name in names.iter().filter(|name| !chapters().any(|chapter| is_named(chapter, name))) {
        let stems = chapters().map(|chapter| chapter.stem.as_str());
        let short = name.rsplit('/').next().unwrap_or(name);
        let near = nearest(short.strip_suffix(".md").unwrap_or(short), stems);
        let question = near.map_or(String::new(), |near| format!("; did you mean ‘{near}’?"));
        wrong.push(format!("‘{name}’ is no chapter of this book{question}"));
    }
    if wrong.is_empty() { Ok(()) } else { Err(Error::Usage(wrong.join("\n       "))) }
}

/// The record in the making, and what is to be told of it.
struct Accepted {
    record: Reviewed,
    /// What was left out, a line each.
    list: String,
    pairs: usize,
    chapters: usize,
    /// Pairs that were not on record in these words.
    new: usize,
    left_out: usize,
}

impl Accepted {
    fn take(&mut self, target: &Lang, pair: &ChapterPair<'_>, before: &Reviewed, sources: &Sources) {
        let (Some(source), Some(_)) = (pair.source, pair.target) else {
            let alone = pair.source.or(pair.target).expect("one of the two is there");
            let other = if pair.source.is_some() { target.tag() } else { "the source language" };
            self.left_out(&alone.path, &format!("no such chapter in {other}"));
            return;
        };
        let SignedOff { records, refused } = sign_off(pair);
        for refused in refused {
            let file = sources.get(refused.span.file);
            let line = sources.snippet(refused.span).lines().find(|line| !line.trim().is_empty()).unwrap_or("");
            let text: String = line.trim().chars().take(EXCERPT).collect();
            let place = format!("{}:{}", file.path(), file.position(refused.span.start));
            self.left_out(&place, &format!("{}: “{text}”", refused.why));
        }
        let old = before.chapter(target, &source.stem);
        self.new += records.iter().filter(|record| !old.contains(record)).count();
        self.pairs += records.len();
        self.chapters += 1;
        self.record.replace(target, &source.stem, records);
    }

    fn left_out(&mut self, place: &str, why: &str) {
        self.left_out += 1;
        let _ = writeln!(self.list, "{place}: not accepted, {why}");
    }

    fn summary(&self) -> String {
        let Self { pairs, chapters, new, left_out, .. } = self;
        let files = if *chapters == 1 { "chapter" } else { "chapters" };
        let rest = if *left_out == 0 { String::new() } else { format!("; {left_out} not accepted") };
        format!("{pairs} pairs in {chapters} {files}, {new} of them new or changed{rest}")
    }
}

/// Characters of a block that are shown.
const EXCERPT: usize = 30;
