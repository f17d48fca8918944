//! `dama-pub accept`.

use std::path::{Component, Path, PathBuf};

use super::Outcome;
use super::args::Accept;
use super::terminal::Terminal;
use crate::align::{self, ChapterPair};
use crate::checks::freshness::{SignedOff, sign_off};
use crate::diagnostic::{Diagnostic, any_error, nearest};
use crate::error::Error;
use crate::manuscript::{REVIEWED_FILE, load_reviewed, write_reviewed};
use crate::message::{List, Message};
use crate::model::{Book, Chapter, Lang, Reviewed};
use crate::project::Project;
use crate::source::{Files, Sources};

pub(super) fn run(args: &Accept, terminal: &Terminal) -> Result<Outcome, Error> {
    if args.files.is_empty() && !args.all {
        return Err(Error::Usage(nothing_named()));
    }
    let project = Project::find(&args.book)?;
    let mut sources = Sources::default();
    let mut found = Vec::new();
    let loaded = crate::layout::load(&project, &mut sources).take(&mut found);
    terminal.findings(&found, &sources);
    let Some((book, _)) = loaded.filter(|_| !any_error(&found)) else {
        return Ok(nothing(terminal));
    };
    if book.languages.len() < 2 {
        return Err(Error::Usage(msg!("the book has one language; there is no translation to accept")));
    }
    let alignments = align::align_book(&book);
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
    let mut record = Accepted { record: start, list: Vec::new(), pairs: 0, chapters: 0, new: 0 };
    for (target, pair) in &chosen {
        record.take(target, pair, &book.reviewed, &sources);
    }
    let chapters: Vec<&Chapter> =
        chosen.iter().flat_map(|(_, pair)| pair.source.into_iter().chain(pair.target)).collect();
    let mut now = Sources::default();
    let changes = Changes { before: &book.reviewed, after: &record.record, chapters: &chapters, sources: &sources };
    let unreadable = changes.write(&project, &mut now)?;
    if any_error(&unreadable) {
        terminal.findings(&unreadable, &now);
        return Ok(nothing(terminal));
    }
    for line in &record.list {
        terminal.print(&format!("{}\n", terminal.locale().say(line)))?;
    }
    terminal.done(msg!("accepted"), record.summary());
    Ok(Outcome::Clean)
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
    /// Makes the changes to the record as it is now: others may have accepted other chapters meanwhile. Returns what is
    /// wrong with that record; nothing is written if any of it is an error.
    fn write(&self, project: &Project, now: &mut Sources) -> Result<Vec<Diagnostic>, Error> {
        let mut found = Vec::new();
        project.update(REVIEWED_FILE, || {
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

/// What the user typed, as a name that can be compared with paths of the project.
fn name(file: &Path, root: &Path) -> String {
    // `..` is undone by name: a name can be wrong without the file being there.
    let mut whole = PathBuf::new();
    for part in std::path::absolute(file).unwrap_or_else(|_| file.to_owned()).components() {
        match part {
            Component::ParentDir => {
                whole.pop();
            }
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

/// Every name must mean a chapter; all that do not are reported together.
fn check_names(names: &[String], book: &Book) -> Result<(), Error> {
    let chapters = || book.chapters.values().flatten();
    let mut wrong = Vec::new();
    for name in names.iter().filter(|name| !chapters().any(|chapter| is_named(chapter, name))) {
        let stems = chapters().map(|chapter| chapter.stem.as_str());
        let short = name.rsplit('/').next().unwrap_or(name);
        let near = nearest(short.strip_suffix(".md").unwrap_or(short), stems);
        wrong.push(match near {
            Some(near) => msg!("this book has no chapter ‘{name}’; did you mean ‘{near}’?", name, near),
            None => msg!("this book has no chapter ‘{name}’", name),
        });
    }
    if wrong.is_empty() { Ok(()) } else { Err(Error::Usage(Message::list(List::Lines, wrong))) }
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
}

impl Accepted {
    fn take(&mut self, target: &Lang, pair: &ChapterPair<'_>, before: &Reviewed, sources: &Sources) {
        let (Some(source), Some(_)) = (pair.source, pair.target) else {
            let alone = pair.source.or(pair.target).expect("one of the two is there");
            let why = match pair.source {
                Some(_) => msg!("no such chapter in {language}", language = target.name()),
                None => msg!("no such chapter in the source language"),
            };
            self.left_out(&alone.path, why);
            return;
        };
        let SignedOff { records, refused } = sign_off(pair);
        for refused in refused {
            let file = sources.get(refused.span.file);
            let line = sources.snippet(refused.span).lines().find(|line| !line.trim().is_empty()).unwrap_or("");
            let text: String = line.trim().chars().take(EXCERPT).collect();
            let place = format!("{}:{}", file.path(), file.position(refused.span.start));
            self.left_out(&place, msg!("{reason}: “{text}”", reason = refused.why, text));
        }
        let old = before.chapter(target, &source.stem);
        self.new += records.iter().filter(|record| !old.contains(record)).count();
        self.pairs += records.len();
        self.chapters += 1;
        self.record.replace(target, &source.stem, records);
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
        Message::list(List::Clauses, [pairs, left_out])
    }
}

/// Characters of a block that are shown.
const EXCERPT: usize = 30;

#[cfg(test)]
mod tests {
    use std::fs;

    use clap::Parser;

    use super::*;
    use crate::cli::args::{Cli, Command};
    use crate::message::Locale;

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
        changes.write(project, &mut Sources::default())
    }

    fn accept(project: &Project, what: &str) {
        let root = project.root().to_str().unwrap();
        let cli = Cli::parse_from(["dama-pub", "--quiet", "accept", "--book", root, what]);
        let Command::Accept(args) = &cli.command else { unreachable!("accept was typed") };
        assert_eq!(run(args, &Terminal::new(&cli.global, Locale::English)).unwrap(), Outcome::Clean);
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
