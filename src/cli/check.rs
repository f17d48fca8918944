//! `dama-pub check`.

use std::collections::BTreeSet;
use std::path::Path;

use super::args::{Check, Fix, Form};
use super::editions;
use super::named::{self, Named, NamedFiles};
use super::selection::Selection;
use super::terminal::Terminal;
use super::{Outcome, fails, form, here, pair, preflight, revisions};
use crate::checks::baseline::{BASELINE_FILE, Baseline};
use crate::checks::fix::{self, Fixes};
use crate::checks::{self, Checked, Fingerprints, Waived};
use crate::codes;
use crate::diagnostic::{self, Diagnostic};
use crate::error::Error;
use crate::message::{Argument, List, Message};
use crate::model::{Book, Chapter, EditionKind, Lang};
use crate::project::{Project, Write, replace_text};
use crate::report::{self, Report, Tally};
use crate::source::{FileId, Files, Sources};

pub(super) fn run(args: &Check, terminal: &Terminal) -> Result<Outcome, Error> {
    if let Some(files) = &args.pdf {
        return preflight::run(args, files, terminal);
    }
    if args.baseline {
        // Before the book is read, so that what another run accepts meanwhile is noticed.
        let before = Named::find(&args.paths).ok().and_then(|named| named.project.read(BASELINE_FILE).ok());
        return CheckRun::new(args, terminal)?.accept(before.as_deref(), args, terminal);
    }
    let run = CheckRun::new(args, terminal)?;
    let Some(how) = args.fix else { return run.tell(args, terminal) };
    let fixes = fix::apply(&run.open, &run.sources);
    if how == Fix::Show || fixes.files.is_empty() {
        return run.propose(&fixes, args, terminal);
    }
    run.write(&fixes, &|path, bytes| terminal.outlet().put(path, bytes))?;
    terminal.done(msg!("fixed"), counted(&fixes));
    // What is left is reported for the files as they are now.
    CheckRun::new(args, terminal)?.tell(args, terminal)
}

/// A book and everything that was found in it.
struct CheckRun {
    /// Absent for two files outside a book.
    project: Option<Project>,
    sources: Sources,
    book: Option<Book>,
    scope: Scope,
    open: Vec<Diagnostic>,
    waived: Vec<Waived>,
    held: Option<Vec<Diagnostic>>,
}

/// Of what findings are reported.
#[derive(Default)]
struct Scope {
    codes: Selection,
    /// What was named; `None` for the whole book.
    named: Option<NamedFiles>,
    /// The languages whose text is looked at; `None` for all.
    langs: Option<BTreeSet<Lang>>,
    /// The chapters of other languages.
    other: BTreeSet<FileId>,
    /// Whether editions were named: that another language has no text is no matter then.
    of_editions: bool,
}

impl Scope {
    fn of(
        named: &Named,
        (args, terminal): (&Check, &Terminal),
        codes: Selection,
        book: &Book,
        sources: &Sources,
    ) -> Result<Self, Error> {
        let langs = langs(&args.edition, book)?;
        let other = |chapter: &&Chapter| langs.as_ref().is_some_and(|langs| !langs.contains(&chapter.lang));
        let other = book.chapters.values().flatten().filter(other).map(|chapter| chapter.file).collect();
        let of_editions = !args.edition.is_empty();
        let chosen = NamedFiles::all_of([named.files(book, sources)?, named::chapters(&args.chapter, book)?]);
        let named = match changed(args, named, book, sources, terminal)? {
            Some(changed) => {
                Some(chosen.map_or(NamedFiles::of(changed.clone()), |chosen| chosen.within(&NamedFiles::of(changed))))
            }
            None => chosen,
        };
        Ok(Self { codes, named, langs, other, of_editions })
    }

    fn takes(&self, finding: &Diagnostic) -> bool {
        let there = finding.primary.as_ref().is_none_or(|label| !self.other.contains(&label.span.file));
        let elsewhere = self.of_editions && finding.check == codes::NO_CHAPTERS;
        there
            && !elsewhere
            && self.named.as_ref().is_none_or(|named| named.hold(finding))
            && self.codes.takes(finding.check)
    }

    fn has(&self, file: FileId) -> bool {
        !self.other.contains(&file) && self.named.as_ref().is_none_or(|named| named.has(file))
    }

    /// What the checks find in the languages that are looked at.
    fn check(&self, book: &Book, sources: &Sources) -> Checked {
        match &self.langs {
            Some(langs) => checks::check_languages(book, langs, sources),
            None => checks::check(book, sources),
        }
    }
}

/// The files that differ from those of a revision, and the chapters of other languages that go with them; `None` where none was named.
fn changed(
    args: &Check,
    named: &Named,
    book: &Book,
    sources: &Sources,
    terminal: &Terminal,
) -> Result<Option<BTreeSet<FileId>>, Error> {
    let Some(revision) = &args.changed_since else { return Ok(None) };
    let paths = revisions::changed_since(named.project.root().to_owned(), revision, terminal)?;
    let chapters = || book.chapters.values().flatten();
    let stems: BTreeSet<&str> =
        chapters().filter(|chapter| paths.contains(&chapter.path)).map(|chapter| chapter.stem.as_str()).collect();
    let of_chapters = chapters().filter(|chapter| stems.contains(chapter.stem.as_str())).map(|chapter| chapter.file);
    Ok(Some(paths.iter().filter_map(|path| sources.find(path)).chain(of_chapters).collect()))
}

/// The languages of some editions; `None` for all that the book has.
fn langs(names: &[String], book: &Book) -> Result<Option<BTreeSet<Lang>>, Error> {
    let mut langs = BTreeSet::new();
    for edition in editions::named(names, book)? {
        match edition {
            EditionKind::Single(lang) => drop(langs.insert(lang)),
            EditionKind::Bilingual => return Ok(None),
        }
    }
    Ok((!langs.is_empty() && langs.len() < book.languages.len()).then_some(langs))
}

impl CheckRun {
    fn new(args: &Check, terminal: &Terminal) -> Result<Self, Error> {
        let codes = Selection::new(&args.select, &args.ignore)?;
        let mut sources = Sources::default();
        let mut open = Vec::new();
        let (project, mut book, scope) = match args.pair.as_slice() {
            [source, target] => {
                // What this program does not accept in a manuscript is not a drift between two files that were not
                // written for it.
                let texts: [&Path; 2] = [source, target];
                let book = pair::load(texts, &args.languages, args.glossary.as_deref(), &mut sources)?.value;
                let named = named::chapters(&args.chapter, &book)?;
                (None, Some(book), Scope { codes, named, ..Scope::default() })
            }
            _ => {
                let named = Named::find(&args.paths)?;
                let loaded = crate::layout::load(&named.project, &mut sources).take(&mut open);
                let book = loaded.map(|(book, _)| book);
                // Where the book cannot be read at all, everything counts.
                let scope = match &book {
                    Some(book) => Scope::of(&named, (args, terminal), codes, book, &sources)?,
                    None => Scope::default(),
                };
                (Some(named.project), book, scope)
            }
        };
        if let Some(book) = &mut book {
            scope.codes.put_on(book);
        }
        let mut run = Self { project, sources, book, scope, open, waived: Vec::new(), held: None };
        run.check(args);
        Ok(run)
    }

    fn check(&mut self, args: &Check) {
        if let Some(book) = &self.book {
            let checked = self.scope.check(book, &self.sources);
            self.waived = checked.waived;
            let baseline = self.project.as_ref().filter(|_| !args.baseline && !args.no_baseline);
            let baseline = baseline.and_then(|project| Baseline::load(project, &mut self.sources).take(&mut self.open));
            let found = match baseline {
                None => checked.open,
                Some(baseline) => {
                    let prints = Fingerprints::of(book, &self.sources);
                    let measured = baseline.measure(checked.open, &prints, &self.sources);
                    self.held = Some(measured.held);
                    // What no longer occurs is known only where everything was looked at.
                    self.open.extend(measured.unused.filter(|_| self.scope.langs.is_none()));
                    measured.new
                }
            };
            self.open.extend(found);
        }
        let scope = &self.scope;
        self.open.retain(|finding| scope.takes(finding));
        self.waived.retain(|waived| scope.takes(&waived.finding));
        if let Some(held) = &mut self.held {
            held.retain(|finding| scope.takes(finding));
        }
        diagnostic::sort(&mut self.open);
    }

    /// Shows what was found, in the form that was asked for.
    fn tell(&self, args: &Check, terminal: &Terminal) -> Result<Outcome, Error> {
        let prefix = self.project.as_ref().map_or(String::new(), |project| here::prefix(project.root()));
        let report = Report {
            open: &self.open,
            waived: &self.waived,
            held: self.held.as_deref(),
            book: self.book.as_ref(),
            sources: &self.sources,
            prefix: &prefix,
            locale: terminal.locale_of(args.format),
        };
        match form::written(args.format, &report) {
            Some(text) => terminal.print_form(args.format, &text)?,
            None => terminal.report(&report, args.limit)?,
        }
        let outcome = self.outcome(args);
        if args.format == Form::Human {
            let chapters = self.book.iter().flat_map(|book| book.chapters.values().flatten());
            let chapters = chapters.filter(|chapter| self.scope.has(chapter.file)).count();
            let found = msg!(
                "{findings} in {files}",
                findings = Tally::of(&self.open).message(),
                files = plural!(files = chapters, "{files} chapter file", "{files} chapter files")
            );
            let summary = Message::list(List::Clauses, [found, self.drafts(), report.hidden().message()]);
            terminal.verdict(outcome != Outcome::Clean, msg!("checked"), summary);
        }
        Ok(outcome)
    }

    /// How many blocks are marked as unfinished, which the checks left alone.
    fn drafts(&self) -> Message {
        let chapters = self.book.iter().flat_map(|book| book.chapters.values().flatten());
        let drafts: usize =
            chapters.filter(|chapter| self.scope.has(chapter.file)).map(|chapter| chapter.drafts.len()).sum();
        match drafts {
            0 => Message::empty(),
            _ => plural!(drafts, "{drafts} draft left alone", "{drafts} drafts left alone"),
        }
    }

    fn outcome(&self, args: &Check) -> Outcome {
        if self.book.is_none() || fails(&self.open, args.fail_on) { Outcome::Findings } else { Outcome::Clean }
    }

    /// Shows the changes that would fix findings.
    fn propose(&self, fixes: &Fixes, args: &Check, terminal: &Terminal) -> Result<Outcome, Error> {
        terminal.print_styled(&report::diff(fixes, &self.sources, terminal.result_width().is_some()))?;
        if fixes.files.is_empty() {
            let left = Tally::of(&self.open).message();
            terminal.done(msg!("fixes"), msg!("nothing; left for an editor: {left}", left));
        } else {
            let changes = [counted(fixes), msg!("`--fix=write` makes these changes")];
            terminal.done(msg!("fixes"), Message::list(List::Clauses, changes));
        }
        Ok(self.outcome(args))
    }

    fn write(&self, fixes: &Fixes, write: Write<'_>) -> Result<(), Error> {
        for changed in &fixes.files {
            let file = self.sources.get(changed.file);
            let path = match &self.project {
                Some(project) => project.root().join(file.path()),
                None => file.path().into(),
            };
            replace_text(&path, file.written().unwrap_or(file.text()), &changed.text, write)?;
        }
        Ok(())
    }

    /// Writes the baseline that holds back everything that the checks find today, in place of the one that was there before.
    fn accept(&self, before: Option<&[u8]>, args: &Check, terminal: &Terminal) -> Result<Outcome, Error> {
        let (Some(project), Some(book)) = (&self.project, &self.book) else { return self.tell(args, terminal) };
        let prints = Fingerprints::of(book, &self.sources);
        let of_checks = |finding: &&Diagnostic| crate::checks::named(finding.check.as_str()).is_some();
        let (accepted, open): (Vec<Diagnostic>, Vec<Diagnostic>) =
            self.open.iter().cloned().partition(|finding| of_checks(&finding));
        // What was not looked at stays accepted.
        let old = Baseline::load(project, &mut Sources::default()).value.unwrap_or_default();
        let baseline = Baseline::of(&accepted, &prints, &self.sources).keeping(&old, |file, check| {
            let looked_at = self.sources.find(file).is_none_or(|file| self.scope.has(file));
            !looked_at || checks::named(check).is_some_and(|check| !self.scope.codes.takes(check.name))
        });
        let text = baseline.to_yaml().map_err(|reason| Error::Environment(reason.into_message()))?;
        project.update(BASELINE_FILE, &|path, bytes| terminal.outlet().put(path, bytes), || {
            let now = project.read(BASELINE_FILE).ok();
            let as_expected = [before, Some(text.as_bytes())].contains(&now.as_deref());
            if as_expected { Ok(Some(text)) } else { Err(Error::Changed(BASELINE_FILE.into())) }
        })?;
        let summary = plural!(
            findings = baseline.len(),
            "{findings} finding, in {file}",
            "{findings} findings, in {file}",
            file = BASELINE_FILE
        );
        terminal.done(msg!("accepted"), summary);
        // What keeps a book from being built cannot be accepted.
        let rest = Report {
            open: &open,
            waived: &self.waived,
            held: Some(&accepted),
            book: self.book.as_ref(),
            sources: &self.sources,
            prefix: "",
            locale: terminal.locale(),
        };
        terminal.report(&rest, args.limit)?;
        Ok(if diagnostic::any_error(&open) { Outcome::Findings } else { Outcome::Clean })
    }
}

fn counted(fixes: &Fixes) -> Message {
    let fixed = msg!(
        "{findings} in {files}",
        findings = plural!(findings = fixes.fixed, "{findings} finding", "{findings} findings"),
        files = plural!(files = fixes.files.len(), "{files} file", "{files} files")
    );
    let waiting = match fixes.waiting {
        0 => Message::empty(),
        waiting => msg!("{waiting} more in the same places, run it again for them", waiting),
    };
    Message::list(List::Clauses, [fixed, waiting])
}

#[cfg(test)]
mod tests {
    use std::fs;

    use clap::Parser;

    use super::*;
    use crate::cli::args::{Cli, Command};
    use crate::source::Span;

    /// A small book in which one number differs, and what is typed at it.
    fn run(args: &[&str]) -> (tempfile::TempDir, CheckRun) {
        let dir = tempfile::tempdir().unwrap();
        for (path, text) in [
            ("manuscript/book.yaml", "title: T\nlanguages: [zh, en]\ndate: 2026-03-01\nlayout: report\n"),
            ("manuscript/zh/01-a.md", "---\ntitle: 起\n---\n共有12章,完。\n"),
            ("manuscript/en/01-a.md", "---\ntitle: Start\n---\nThere are 13 chapters, and that is all.\n"),
        ] {
            let path = dir.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        let run = CheckRun::new(&parsed(dir.path(), args), &terminal()).unwrap();
        (dir, run)
    }

    fn terminal() -> Terminal {
        let cli = Cli::parse_from(["dama-pub", "--quiet", "check"]);
        Terminal::new(&cli.global, crate::message::Locale::English, None)
    }

    fn parsed(dir: &Path, args: &[&str]) -> Check {
        let root = dir.to_str().unwrap();
        let Command::Check(parsed) = Cli::parse_from([&["dama-pub", "check", root], args].concat()).command else {
            unreachable!("check was typed")
        };
        parsed
    }

    #[test]
    fn changes_are_written_to_the_manuscript() {
        let (dir, mut run) = run(&[]);
        let file = run.sources.find("manuscript/zh/01-a.md").unwrap();
        let at = run.sources.get(file).text().find(',').unwrap();
        run.open =
            vec![Diagnostic::warning("punctuation".into(), Message::data("m")).edit(Span::new(file, at..at + 1), "，")];
        run.write(&fix::apply(&run.open, &run.sources), &crate::project::write_now).unwrap();
        let text = fs::read_to_string(dir.path().join("manuscript/zh/01-a.md")).unwrap();
        assert_eq!(text, "---\ntitle: 起\n---\n共有12章，完。\n");
    }

    #[test]
    fn a_file_that_somebody_changes_meanwhile_is_left_alone() {
        let (dir, mut run) = run(&[]);
        let file = run.sources.find("manuscript/zh/01-a.md").unwrap();
        run.open = vec![Diagnostic::warning("punctuation".into(), Message::data("m")).edit(Span::new(file, 0..0), "x")];
        let path = dir.path().join("manuscript/zh/01-a.md");
        fs::write(&path, "new").unwrap();
        assert!(run.write(&fix::apply(&run.open, &run.sources), &crate::project::write_now).is_err());
        assert_eq!(fs::read_to_string(path).unwrap(), "new");
    }

    #[test]
    fn an_accepted_finding_is_held_back_until_asked_for() {
        let (dir, run) = run(&["--baseline"]);
        assert_eq!(run.open.iter().filter(|finding| finding.check == "number").count(), 1);
        let args = parsed(dir.path(), &["--baseline", "--quiet"]);
        assert_eq!(run.accept(None, &args, &terminal()).unwrap(), Outcome::Clean);
        let count = |args: &[&str]| {
            let run = CheckRun::new(&parsed(dir.path(), args), &terminal()).unwrap();
            let held = run.held.as_ref().map(Vec::len);
            (
                run.open.iter().filter(|finding| finding.check == "number").count(),
                held,
                run.outcome(&parsed(dir.path(), args)),
            )
        };
        let all = run.open.len();
        assert_eq!(count(&[]), (0, Some(all), Outcome::Clean));
        assert_eq!(count(&["--no-baseline"]), (1, None, Outcome::Findings));
    }

    #[test]
    fn a_baseline_that_another_run_writes_meanwhile_is_not_lost() {
        let (dir, run) = run(&["--baseline"]);
        let args = parsed(dir.path(), &["--baseline", "--quiet"]);
        let terminal = terminal();
        let path = dir.path().join(BASELINE_FILE);
        fs::write(&path, "# another\n").unwrap();
        let error = run.accept(None, &args, &terminal).unwrap_err();
        assert!(matches!(error, Error::Changed(_)), "{error}");
        assert_eq!(fs::read_to_string(&path).unwrap(), "# another\n");
        run.accept(Some(b"# another\n"), &args, &terminal).unwrap();
        let written = fs::read_to_string(&path).unwrap();
        // Another run that found the same does not stand in the way.
        run.accept(None, &args, &terminal).unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), written);
    }

    #[test]
    fn the_level_that_fails_a_run_can_be_chosen() {
        let (dir, mut run) = run(&[]);
        run.open = vec![Diagnostic::warning("x".into(), Message::data("m"))];
        let outcome = |args: &[&str]| run.outcome(&parsed(dir.path(), args));
        assert_eq!(outcome(&[]), Outcome::Clean);
        assert_eq!(outcome(&["--fail-on", "warning"]), Outcome::Findings);
    }
}
