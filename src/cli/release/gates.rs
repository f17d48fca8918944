//! The conditions of a release: which hold, and what is said of those that do not.

use super::Clerk;
use super::made::Made;
use crate::align;
use crate::checks::baseline::Baseline;
use crate::checks::{self, Fingerprints};
use crate::cli::errand::{Errand, Question, Reply, Verdict};
use crate::diagnostic::{self, Diagnostic, Severity, nearest};
use crate::error::Error;
use crate::message::{List, Message};
use crate::model::{Book, Gate};
use crate::project::Project;
use crate::release::{Artifact, GateFacts, Outcome};
use crate::report::{Tally, stats};
use crate::source::Sources;

/// The conditions that the program can tell itself. Where a book does not say which hold these do, and those of other programs that are
/// here.
const OWN: [Gate; 5] = [Gate::Check, Gate::SignedOff, Gate::Preflight, Gate::Epub, Gate::Metadata];

/// The group of checks that are about e-books.
const OF_EPUB: &str = "epub";

/// Most chapters that are named.
const NAMED: usize = 5;

/// The gates of some names.
///
/// # Errors
/// All names that are none, together.
pub(super) fn named(names: &[String]) -> Result<Vec<Gate>, Error> {
    let (mut gates, mut wrong) = (Vec::new(), Vec::new());
    let known = || Gate::ALL.iter().map(|gate| gate.name());
    for name in names {
        match (Gate::of(name), nearest(name, known())) {
            (Some(gate), _) => gates.push(gate),
            (None, Some(near)) => {
                wrong.push(msg!("`{name}` is not a condition of a release; did you mean `{near}`?", name, near));
            }
            (None, None) => {
                let known = Message::list(List::Items, known());
                wrong.push(msg!("`{name}` is not a condition of a release; there are {known}", name, known));
            }
        }
    }
    if wrong.is_empty() { Ok(gates) } else { Err(Error::Usage(Message::list(List::Lines, wrong))) }
}

/// The conditions of a release.
pub(super) struct Gates {
    /// Those that are asked for, and whether `book.yaml` names them.
    wanted: Vec<(Gate, bool)>,
    allowed: Vec<Gate>,
    met: Vec<Met>,
    /// What cannot be made at all.
    unmade: Vec<Message>,
    /// What was seen of conditions that nobody asked for.
    unasked: Vec<Message>,
    /// What was found in the text.
    pub(super) found: Vec<Diagnostic>,
}

/// How a condition was met.
struct Met {
    facts: GateFacts,
    details: Message,
}

impl Gates {
    pub(super) fn of(book: &Book, allowed: Vec<Gate>) -> Self {
        let chosen = book.meta.release.as_ref().and_then(|release| release.gates.as_ref());
        let wanted = match chosen {
            Some(gates) => gates.iter().map(|gate| (gate.value, true)).collect(),
            None => {
                let outside = Gate::ALL.iter().copied().filter(|gate| gate.is_outside());
                OWN.into_iter().chain(outside).map(|gate| (gate, false)).collect()
            }
        };
        Self { wanted, allowed, met: Vec::new(), unmade: Vec::new(), unasked: Vec::new(), found: Vec::new() }
    }

    fn wants(&self, gate: Gate) -> bool {
        self.wanted.iter().any(|(wanted, _)| *wanted == gate)
    }

    /// Notes how a condition was met by what was found.
    fn met_by(&mut self, gate: Gate, found: &[&Diagnostic], waived: Option<usize>) {
        let count = |severity| found.iter().filter(|finding| finding.severity == severity).count();
        let (errors, warnings) = (count(Severity::Error), count(Severity::Warning));
        let owned: Vec<Diagnostic> = found.iter().map(|finding| (*finding).clone()).collect();
        let facts = GateFacts { waived, ..facts(gate, errors, warnings) };
        self.note(facts, Tally::of(&owned).message());
    }

    fn note(&mut self, mut facts: GateFacts, details: Message) {
        let gate = Gate::of(&facts.gate);
        if facts.outcome == Outcome::Failed && gate.is_some_and(|gate| self.allowed.contains(&gate)) {
            facts.outcome = Outcome::Allowed;
        }
        self.met.push(Met { facts, details });
    }

    /// What is known of the text: `found` in reading it, and what the checks find that is not accepted.
    pub(super) fn of_text(
        &mut self,
        project: &Project,
        book: &Book,
        mut found: Vec<Diagnostic>,
        sources: &mut Sources,
    ) {
        let checked = checks::run(book, &align::align_book(book), sources);
        let mut open = checked.open;
        let mut waived = checked.waived.len();
        if let Some(baseline) = Baseline::load(project, sources).take(&mut found) {
            let measured = baseline.measure(open, &Fingerprints::of(book, sources), sources);
            waived += measured.held.len();
            open = measured.new;
        }
        found.extend(open);
        if self.wants(Gate::Check) {
            self.met_by(Gate::Check, &found.iter().collect::<Vec<_>>(), Some(waived));
        }
        if self.wants(Gate::SignedOff) {
            self.signed_off(book);
        }
        self.found = found;
    }

    fn signed_off(&mut self, book: &Book) {
        let figures = stats::of(book);
        let translations: Vec<_> = figures.translations.iter().filter(|one| one.language.is_some()).collect();
        let all: usize = translations.iter().map(|one| one.total.blocks).sum();
        let good: usize = translations.iter().map(|one| one.total.reviewed).sum();
        let chapters = translations.iter().flat_map(|one| &one.chapters).filter(|one| one.reviewed < one.blocks);
        let names: Vec<&str> = chapters.map(|one| one.chapter.as_str()).collect();
        let outcome = if good < all { Outcome::Failed } else { Outcome::Passed };
        let facts = GateFacts { outcome, looked_at: Some(all), good: Some(good), ..facts(Gate::SignedOff, 0, 0) };
        let counted = plural!(
            blocks = all,
            "{good} of {blocks} block is signed off",
            "{good} of {blocks} blocks are signed off",
            good
        );
        let more = names.len().saturating_sub(NAMED);
        let more = (more > 0).then(|| msg!("{more} more", more));
        let open = Message::list(List::Items, names.iter().take(NAMED).map(|name| Message::data(*name)).chain(more));
        let open = if names.is_empty() { Message::empty() } else { msg!("open: {chapters}", chapters = open) };
        self.note(facts, Message::list(List::Clauses, [counted, open]));
    }

    /// What is known of the finished files.
    pub(super) fn of_made(&mut self, made: &mut Made) {
        let of_epub =
            |finding: &&Diagnostic| checks::entry(finding.check.as_str()).is_some_and(|entry| entry.group == OF_EPUB);
        let found = self.found.clone();
        if self.wants(Gate::Preflight) {
            let on_pages: Vec<&Diagnostic> = made.found.iter().filter(|finding| !of_epub(finding)).collect();
            self.met_by(Gate::Preflight, &on_pages, None);
            if let Some(met) = self.met.last_mut() {
                met.facts.looked_at = Some(made.pages);
            }
        }
        if self.wants(Gate::Epub) {
            let of_books: Vec<&Diagnostic> = made.found.iter().chain(&found).filter(of_epub).collect();
            self.met_by(Gate::Epub, &of_books, None);
        }
        self.unmade.append(&mut made.unmade);
    }

    /// What the records for shops lack, which is shown only where it is a condition.
    pub(super) fn of_records(&mut self, found: Vec<Diagnostic>) -> Vec<Diagnostic> {
        let lacking: Vec<&Diagnostic> = found.iter().collect();
        if self.wants(Gate::Metadata) {
            self.met_by(Gate::Metadata, &lacking, None);
            return found;
        }
        let details = msg!(
            "{found}; `gates:` does not ask for it, `dama-pub metadata` shows it",
            found = Tally::of(&found).message()
        );
        if diagnostic::any_error(&found) {
            self.unasked.push(msg!("{gate}: {details}", gate = Gate::Metadata.name(), details));
        }
        Vec::new()
    }

    /// What programs of others say of the files.
    pub(super) fn of_others(&mut self, made: &Made, clerk: &mut Clerk<'_>) -> Result<(), Error> {
        for (gate, by_name) in self.wanted.clone().into_iter().filter(|(gate, _)| gate.is_outside()) {
            let questions: Vec<Question> =
                made.files.iter().filter_map(|(artifact, _)| question(gate, artifact)).collect();
            let files: Vec<String> = questions.iter().map(|question| question.file.clone()).collect();
            let verdicts = match questions.is_empty() {
                true => Vec::new(),
                false => match clerk.run(Errand::Ask(questions), &[])? {
                    Reply::Verdicts(verdicts) => verdicts,
                    _ => Vec::new(),
                },
            };
            let (facts, details) = heard(gate, by_name, &files, &verdicts);
            self.note(facts, details);
        }
        Ok(())
    }

    /// Whether one does not hold.
    pub(super) fn fail(&self) -> bool {
        !self.unmade.is_empty() || self.met.iter().any(|met| met.facts.outcome == Outcome::Failed)
    }

    /// What helps where one does not hold, in the order in which they were looked at.
    pub(super) fn advice(&self) -> Vec<Message> {
        let failed: Vec<&GateFacts> =
            self.met.iter().map(|met| &met.facts).filter(|facts| facts.outcome == Outcome::Failed).collect();
        let advice = failed.iter().filter_map(|facts| advice(Gate::of(&facts.gate)?, facts));
        let gates: Vec<&str> = failed.iter().map(|facts| facts.gate.as_str()).collect();
        let pass = (!gates.is_empty()).then(|| {
            msg!("`--allow {gates}` releases the book all the same, and release.json tells it", gates = gates.join(","))
        });
        advice.chain(pass).collect()
    }

    /// The names of those that do not hold.
    pub(super) fn failed(&self) -> Vec<Message> {
        let build = (!self.unmade.is_empty()).then(|| msg!("not everything can be made"));
        let failed = self.met.iter().filter(|met| met.facts.outcome == Outcome::Failed);
        build.into_iter().chain(failed.map(|met| Message::data(&met.facts.gate))).collect()
    }

    /// How each was met, a line each, and the word before it.
    pub(super) fn lines(&self) -> Vec<(Outcome, Message)> {
        let line = |met: &Met| {
            let (gate, details) = (met.facts.gate.as_str(), met.details.clone());
            (met.facts.outcome, msg!("{gate}: {details}", gate, details))
        };
        let unmade = (!self.unmade.is_empty()).then(|| {
            let files = Message::list(List::Items, self.unmade.iter().cloned());
            (Outcome::Failed, msg!("these cannot be made: {files}", files))
        });
        let unasked = self.unasked.iter().map(|line| (Outcome::NotRun, line.clone()));
        unmade.into_iter().chain(self.met.iter().map(line)).chain(unasked).collect()
    }

    /// How each was met.
    pub(super) fn facts(&self) -> Vec<GateFacts> {
        self.met.iter().map(|met| met.facts.clone()).collect()
    }
}

fn facts(gate: Gate, errors: usize, warnings: usize) -> GateFacts {
    let outcome = if errors > 0 { Outcome::Failed } else { Outcome::Passed };
    let gate = gate.name().to_owned();
    GateFacts { gate, outcome, looked_at: None, good: None, errors, warnings, waived: None, program: None }
}

/// What helps where a condition does not hold.
fn advice(gate: Gate, facts: &GateFacts) -> Option<Message> {
    Some(match gate {
        Gate::Check => msg!(
            "`dama-pub check` shows what it is; what shall stay can be accepted at its place, or kept in the baseline"
        ),
        Gate::SignedOff => {
            msg!("`dama-pub review` makes a page to read the translation on, `dama-pub accept --all` signs it off")
        }
        Gate::Preflight => msg!("`dama-pub proof` shows on the pages what it is"),
        Gate::Epub => msg!("`dama-pub explain CODE` tells how a finding in an e-book is mended"),
        Gate::Metadata => msg!("`dama-pub metadata` shows what the records lack, with its line"),
        _ if facts.program.is_none() => {
            msg!("put `{program}` on the path, or take it out of `gates:` in book.yaml", program = gate.name())
        }
        _ => return None,
    })
}

/// What is asked of a program about a file, if it knows such files.
fn question(gate: Gate, artifact: &Artifact) -> Option<Question> {
    let asked = match gate {
        Gate::Epubcheck | Gate::Ace => artifact.kind.ends_with("epub"),
        Gate::Qpdf => artifact.media_type == "application/pdf",
        Gate::Verapdf => !flavours(artifact).is_empty(),
        _ => false,
    };
    asked.then(|| Question {
        gate: gate.name().to_owned(),
        file: artifact.name.clone(),
        flavours: if gate == Gate::Verapdf { flavours(artifact) } else { Vec::new() },
    })
}

/// What a PDF claims, as veraPDF calls it: `2a` for `PDF/A-2a`, `ua1` for `PDF/UA-1`.
fn flavours(artifact: &Artifact) -> Vec<String> {
    let flavour = |standard: &String| {
        let own = standard.strip_prefix("PDF/A-").map(str::to_owned);
        own.or_else(|| Some(format!("ua{}", standard.strip_prefix("PDF/UA-")?)))
    };
    artifact.standards.iter().filter_map(flavour).collect()
}

/// What a program said of all files.
fn heard(gate: Gate, by_name: bool, files: &[String], verdicts: &[Verdict]) -> (GateFacts, Message) {
    let count = verdicts.len();
    if count == 0 {
        return (GateFacts { outcome: Outcome::NotRun, ..facts(gate, 0, 0) }, msg!("there is nothing to look at"));
    }
    if verdicts.iter().any(|verdict| !verdict.asked) {
        return match by_name {
            true => (
                GateFacts { outcome: Outcome::Failed, ..facts(gate, 0, 0) },
                msg!("book.yaml asks for this program, and it is not installed"),
            ),
            false => (GateFacts { outcome: Outcome::NotInstalled, ..facts(gate, 0, 0) }, msg!("not installed")),
        };
    }
    let errors = verdicts.iter().map(|verdict| verdict.errors).sum();
    let warnings = verdicts.iter().map(|verdict| verdict.warnings).sum();
    let good = verdicts.iter().filter(|verdict| verdict.errors == 0).count();
    let program = verdicts.first().map(|verdict| verdict.program.clone());
    let said = files.iter().zip(verdicts).filter(|(_, verdict)| !verdict.said.is_empty());
    let said = said.map(|(file, verdict)| {
        msg!("{file}: {said}", file = file.as_str(), said = Message::list(List::Clauses, &verdict.said))
    });
    let summary = plural!(
        files = count,
        "{good} of {files} file is in order ({program})",
        "{good} of {files} files are in order ({program})",
        good,
        program = program.clone().unwrap_or_default()
    );
    let facts = GateFacts { looked_at: Some(count), good: Some(good), program, ..facts(gate, errors, warnings) };
    (facts, Message::list(List::Lines, std::iter::once(summary).chain(said)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_condition_that_does_not_hold_says_what_helps() {
        let advice = |gate, program: Option<&str>| {
            let facts = GateFacts { program: program.map(str::to_owned), ..facts(gate, 1, 0) };
            super::advice(gate, &facts).map(|said| said.to_string())
        };
        for gate in OWN {
            assert!(advice(gate, None).is_some_and(|said| said.contains("`dama-pub ")), "{gate:?}");
        }
        assert!(advice(Gate::Qpdf, None).is_some_and(|said| said.contains("put `qpdf` on the path")));
        assert_eq!(advice(Gate::Qpdf, Some("qpdf 11")), None, "it has said what is wrong");
    }

    fn verdict(asked: bool, errors: usize) -> Verdict {
        Verdict { asked, program: "qpdf 11".into(), errors, warnings: 0, said: Vec::new() }
    }

    #[test]
    fn a_program_that_is_asked_for_by_name_must_be_there() {
        let outcome = |by_name, verdicts: &[Verdict]| heard(Gate::Qpdf, by_name, &[], verdicts).0.outcome;
        assert_eq!(outcome(true, &[verdict(false, 0)]), Outcome::Failed);
        assert_eq!(outcome(false, &[verdict(false, 0)]), Outcome::NotInstalled);
        assert_eq!(outcome(false, &[verdict(true, 0), verdict(true, 1)]), Outcome::Failed);
        assert_eq!(outcome(true, &[verdict(true, 0)]), Outcome::Passed);
        assert_eq!(outcome(true, &[]), Outcome::NotRun);
    }

    #[test]
    fn a_slip_in_the_name_of_a_condition_is_named() {
        let said = named(&["signed-of".to_owned()]).unwrap_err().to_string();
        assert_eq!(said, "`signed-of` is not a condition of a release; did you mean `signed-off`?");
        assert_eq!(named(&["qpdf".to_owned()]).unwrap(), [Gate::Qpdf]);
    }

    #[test]
    fn what_a_pdf_claims_is_asked_of_verapdf() {
        let standards = ["PDF/A-2a", "PDF/UA-1", "PDF 1.7"].map(str::to_owned).to_vec();
        let artifact = Artifact { standards, ..Artifact::of("a.pdf", "pdf", b"") };
        assert_eq!(question(Gate::Verapdf, &artifact).unwrap().flavours, ["2a", "ua1"]);
        assert_eq!(question(Gate::Epubcheck, &artifact), None);
    }
}
