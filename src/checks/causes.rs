//! One cause, one finding: what another finding already explains is not reported twice.

use super::alignment::{extra_sentence, missing_sentence};
use super::freshness::{changed_translation, stale};
use super::language::{untranslated_block, untranslated_sentence};
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::message::Message;
use crate::source::{Span, SpanSet};

/// The most bytes of a place that names a change; a sentence or a block does not.
const SHORT: usize = 48;

/// Leaves out findings that a graver one explains:
///
/// - a changed translation with a graver finding in it;
/// - a missing sentence beside an untranslated one, and an extra sentence that translates an untranslated block;
/// - a changed source of which each changed place has a graver finding; that finding then names the change as its cause.
pub(super) fn merge(found: &mut Vec<Diagnostic>) {
    let graver: Vec<usize> = (0..found.len()).filter(|at| explains(&found[*at])).collect();
    let places_of_graver: SpanSet = graver.iter().flat_map(|at| places(&found[*at])).collect();
    let untranslated: SpanSet =
        of_check(found, &graver, untranslated_sentence::CHECK.name).filter_map(primary).collect();
    // A text that is quoted and then translated has its source once.
    let sources: SpanSet = of_check(found, &graver, untranslated_block::CHECK.name).flat_map(labels).collect();
    let causes = Causes::of(found, &graver);
    let mut reported: Vec<(usize, Message)> = Vec::new();
    let mut dropped = vec![false; found.len()];
    for at in 0..found.len() {
        let Some(place) = primary(&found[at]) else { continue };
        if found[at].check == changed_translation::CHECK.name {
            dropped[at] = places_of_graver.has_inside(place);
        } else if found[at].check == missing_sentence::CHECK.name {
            dropped[at] = labels(&found[at]).any(|label| untranslated.has_inside(label));
        } else if found[at].check == extra_sentence::CHECK.name {
            dropped[at] = labels(&found[at]).any(|label| sources.has_inside(label) || sources.encloses(label));
        } else if found[at].check == stale::CHECK.name {
            let causes: Option<Vec<usize>> = labels(&found[at]).map(|change| causes.of_change(change)).collect();
            if let Some(first) = causes.and_then(|causes| causes.first().copied()) {
                reported.push((first, found[at].message.clone()));
                dropped[at] = true;
            }
        }
    }
    for (at, message) in reported {
        found[at].hints.push(message);
    }
    let mut dropped = dropped.into_iter();
    found.retain(|_| !dropped.next().unwrap_or(false));
}

/// Whether a finding may be what a change of the text led to.
fn explains(finding: &Diagnostic) -> bool {
    let freshness = [changed_translation::CHECK.name, stale::CHECK.name].contains(&finding.check);
    finding.severity >= Severity::Warning && !freshness
}

/// Those of some findings that a check gave.
fn of_check<'f>(found: &'f [Diagnostic], some: &'f [usize], check: Code) -> impl Iterator<Item = &'f Diagnostic> {
    some.iter().map(|at| &found[*at]).filter(move |finding| finding.check == check)
}

fn primary(finding: &Diagnostic) -> Option<Span> {
    finding.primary.as_ref().map(|label| label.span)
}

fn labels(finding: &Diagnostic) -> impl Iterator<Item = Span> {
    finding.labels.iter().map(|label| label.span)
}

fn places(finding: &Diagnostic) -> impl Iterator<Item = Span> {
    primary(finding).into_iter().chain(labels(finding))
}

/// The short places of findings that a change of the text may have led to, in order, each with the number of its finding.
struct Causes(Vec<(Span, usize)>);

impl Causes {
    fn of(found: &[Diagnostic], graver: &[usize]) -> Self {
        let all = graver.iter().flat_map(|at| places(&found[*at]).map(move |place| (place, *at)));
        let mut short: Vec<(Span, usize)> = all.filter(|(place, _)| is_short(*place)).collect();
        short.sort_unstable();
        Self(short)
    }

    /// The first finding of which a place meets a change. A change may be a part of it, as a digit of a number.
    fn of_change(&self, change: Span) -> Option<usize> {
        if !is_short(change) {
            return None;
        }
        // A short place that begins earlier ends before the change.
        let first = (change.file, change.start.saturating_sub(SHORT));
        let first = self.0.partition_point(|(place, _)| (place.file, place.start) < first);
        let near =
            self.0[first..].iter().take_while(|(place, _)| place.file == change.file && place.start < change.end);
        near.filter(|(place, _)| place.overlaps(change)).map(|(_, at)| *at).min()
    }
}

fn is_short(span: Span) -> bool {
    span.range().len() <= SHORT
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{SourceFile, Sources};

    fn open(of: impl Fn(&dyn Fn(usize, usize) -> Span) -> Vec<Diagnostic>) -> Vec<Diagnostic> {
        let mut sources = Sources::default();
        let file = sources.add(SourceFile::new("a.md", " ".repeat(400)));
        let mut found = of(&|start, end| Span::new(file, start..end));
        merge(&mut found);
        found
    }

    fn finding(severity: Severity, check: &'static str) -> Diagnostic {
        Diagnostic::new(severity, check.into(), Message::empty())
    }

    fn stale() -> Diagnostic {
        Diagnostic::warning("stale".into(), Message::data("the source changed: [-236-]{+263+}"))
    }

    #[test]
    fn a_changed_figure_is_reported_once_with_its_cause() {
        let found = open(|at| {
            vec![
                finding(Severity::Error, "number").at(at(310, 313)).label(at(20, 23), Message::empty()),
                stale().at(at(300, 380)).label(at(20, 23), Message::empty()),
            ]
        });
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].check, found[0].hints.last()), ("number".into(), Some(&stale().message)));
    }

    #[test]
    fn a_change_that_no_finding_names_is_reported() {
        let found = open(|at| {
            let changes = [at(20, 23), at(60, 66)];
            let stale = changes.into_iter().fold(stale(), |finding, change| finding.label(change, Message::empty()));
            vec![finding(Severity::Error, "number").at(at(20, 23)), stale.at(at(300, 380))]
        });
        assert_eq!(found.len(), 2, "the second change is named by nothing");
    }

    #[test]
    fn a_changed_translation_is_reported_where_nothing_graver_is() {
        for (severity, left) in [(Severity::Error, 1), (Severity::Info, 2)] {
            let found = open(|at| {
                let changed = finding(Severity::Info, "changed-translation").at(at(0, 90));
                vec![finding(severity, "number").at(at(10, 13)), changed]
            });
            assert_eq!(found.len(), left, "{severity:?}");
        }
    }
}
