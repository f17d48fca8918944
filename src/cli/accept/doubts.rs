//! What is open at error level, and what it keeps from being signed off.

use crate::align::{Alignment, ChapterPair, Pair, Unit};
use crate::checks::baseline::Baseline;
use crate::checks::freshness::Held;
use crate::checks::{self, Fingerprints};
use crate::cli::args::Accept;
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::message::{List, Message};
use crate::model::Book;
use crate::project::Project;
use crate::source::{Sources, Span, SpanSet};

/// Findings at error level.
pub(super) struct Doubts {
    /// For which a pair is not signed off.
    held: Vec<Diagnostic>,
    /// Where those are.
    places: SpanSet,
    /// That the user has taken upon themselves.
    waived: Vec<Diagnostic>,
}

impl Doubts {
    /// A chapter that is named was read by whoever names it, and what the checks find there is theirs to judge. The whole
    /// book is not signed off unread, and nowhere what could not be understood.
    pub(super) fn of(
        args: &Accept,
        book: &Book,
        project: &Project,
        found: Vec<Diagnostic>,
        alignments: &[Alignment<'_>],
        sources: &mut Sources,
    ) -> Self {
        let mut checked = checks::run(book, alignments, sources).open;
        if let Some(baseline) = Baseline::load(project, sources).value {
            checked = baseline.measure(checked, &Fingerprints::of(book, sources), sources).new;
        }
        // What is out of date is what signing off is for.
        let group = |finding: &Diagnostic| checks::named(finding.check.as_str()).map(|check| check.group);
        checked.retain(|finding| is_comment(finding) || group(finding) != Some("freshness"));
        let open = |finding: &Diagnostic| finding.severity == Severity::Error || is_comment(finding) && args.all;
        let errors = |found: Vec<Diagnostic>| found.into_iter().filter(open);
        let (mut held, mut waived): (Vec<_>, Vec<_>) = (errors(found).collect(), Vec::new());
        if args.all { &mut held } else { &mut waived }.extend(errors(checked));
        if args.with_findings {
            waived.append(&mut held);
        }
        Self { places: held.iter().filter_map(place).collect(), held, waived }
    }

    /// Why a pair is held back, if it is.
    pub(super) fn hold(&self, pair: &Pair<'_>) -> Option<Held> {
        let units = || pair.sources.iter().chain(&pair.targets);
        let unit = units().find(|unit| self.places.has_inside(unit.span))?;
        let concern = |finding: &&Diagnostic| units().any(|unit| concerns(finding, unit));
        let mut codes: Vec<Code> = self.held.iter().filter(concern).map(|finding| finding.check).collect();
        codes.dedup();
        let why = if self.held.iter().filter(concern).all(is_comment) {
            msg!("a reviewer's comment is open")
        } else {
            let codes = Message::list(List::Items, codes.into_iter().map(|code| code.as_str()));
            msg!("open at error level: {codes}", codes)
        };
        Some(Held { span: unit.span, why, record: None })
    }

    /// How many that the user has taken upon themselves stand in blocks of a chapter that have a counterpart.
    pub(super) fn waived_in(&self, chapter: &ChapterPair<'_>) -> usize {
        let coupled = chapter.pairs.iter().filter(|pair| !pair.sources.is_empty() && !pair.targets.is_empty());
        let units: SpanSet =
            coupled.flat_map(|pair| pair.sources.iter().chain(&pair.targets)).map(|unit| unit.span).collect();
        self.waived.iter().filter_map(place).filter(|place| units.encloses(*place)).count()
    }
}

/// Whether a finding is what a reviewer said. Nobody has answered it where the whole book is signed off.
fn is_comment(finding: &Diagnostic) -> bool {
    finding.check == "review-comment"
}

fn place(finding: &Diagnostic) -> Option<Span> {
    finding.primary.as_ref().map(|label| label.span)
}

fn concerns(finding: &Diagnostic, unit: &Unit<'_>) -> bool {
    place(finding).is_some_and(|place| unit.span.encloses(place))
}
