//! One cause, one finding: what another finding already explains is not said twice.

use super::alignment::{extra_sentence, missing_sentence};
use super::freshness::{changed_translation, stale};
use super::language::{untranslated_block, untranslated_sentence};
use crate::diagnostic::{Diagnostic, Label, Severity};
use crate::source::Span;

/// Most bytes of a place that names a change; a sentence or a block is no such place.
const SHORT: usize = 48;

/// Leaves out that a translation changed where something graver is found in it; that a sentence is missing where one of
/// the block was left untranslated, or added where it translates such a block a second time; and that a source changed where each of the changed places is named by a graver
/// finding; that one then says that the change is the cause.
pub(super) fn merge(found: &mut Vec<Diagnostic>) {
    let graver: Vec<usize> = (0..found.len()).filter(|at| explains(&found[*at])).collect();
    let mut told: Vec<(usize, String)> = Vec::new();
    let mut dropped = vec![false; found.len()];
    for at in 0..found.len() {
        let Some(place) = found[at].primary.as_ref().map(|label| label.span) else { continue };
        if found[at].check == changed_translation::CHECK.name {
            let within = |other: &usize| places(&found[*other]).any(|span| inside(span, place));
            dropped[at] = graver.iter().any(within);
        } else if found[at].check == missing_sentence::CHECK.name {
            let left = |other: &usize| found[*other].check == untranslated_sentence::CHECK.name;
            let primary = |other: &usize| found[*other].primary.as_ref().map(|label| label.span);
            let untranslated: Vec<Span> = graver.iter().filter(|other| left(other)).filter_map(primary).collect();
            let here = |label: &Label| untranslated.iter().any(|span| inside(*span, label.span));
            dropped[at] = found[at].labels.iter().any(here);
        } else if found[at].check == extra_sentence::CHECK.name {
            // A text that is quoted and then translated has its source once.
            let left = |other: &&usize| found[**other].check == untranslated_block::CHECK.name;
            let sources: Vec<Span> = graver.iter().filter(left).flat_map(|other| labels(&found[*other])).collect();
            let here = |label: Span| sources.iter().any(|span| inside(*span, label) || inside(label, *span));
            dropped[at] = labels(&found[at]).any(here);
        } else if found[at].check == stale::CHECK.name {
            let named = |change: &Span| graver.iter().find(|other| touches(&found[**other], *change));
            let causes: Option<Vec<&usize>> = found[at].labels.iter().map(|label| named(&label.span)).collect();
            if let Some(first) = causes.as_ref().and_then(|causes| causes.first()) {
                told.push((**first, found[at].message.clone()));
                dropped[at] = true;
            }
        }
    }
    for (at, message) in told {
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

fn labels(finding: &Diagnostic) -> impl Iterator<Item = Span> {
    finding.labels.iter().map(|label| label.span)
}

fn places(finding: &Diagnostic) -> impl Iterator<Item = Span> {
    finding.primary.iter().chain(&finding.labels).map(|label| label.span)
}

fn inside(span: Span, whole: Span) -> bool {
    span.file == whole.file && whole.start <= span.start && span.end <= whole.end
}

/// Whether one of the places of a finding meets a change. A change may be a part of it, as a digit of a number.
fn touches(finding: &Diagnostic, change: Span) -> bool {
    let meets = |span: Span| span.file == change.file && span.start < change.end && change.start < span.end;
    let short = |span: Span| span.end - span.start <= SHORT;
    short(change) && places(finding).any(|span| short(span) && meets(span))
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

    #[test]
    fn a_changed_figure_is_told_once_with_its_cause() {
        let found = open(|at| {
            vec![
                Diagnostic::error("number", "263 here, 236 in en").at(at(310, 313)).label(at(20, 23), "its source"),
                Diagnostic::warning("stale", "the source changed: [-236-]{+263+}")
                    .at(at(300, 380))
                    .label(at(20, 23), ""),
            ]
        });
        assert_eq!(found.len(), 1);
        assert_eq!(
            (found[0].check, found[0].hints.last().map(String::as_str)),
            ("number", Some("the source changed: [-236-]{+263+}"))
        );
    }

    #[test]
    fn a_change_that_no_finding_names_is_told() {
        let stale = |at: &dyn Fn(usize, usize) -> Span| {
            Diagnostic::warning("stale", "the source changed")
                .at(at(300, 380))
                .label(at(20, 23), "")
                .label(at(60, 66), "")
        };
        let found = open(|at| vec![Diagnostic::error("number", "263 here").at(at(20, 23)), stale(at)]);
        assert_eq!(found.len(), 2, "the second change is named by nothing");
    }

    #[test]
    fn a_changed_translation_is_told_where_nothing_graver_is() {
        let changed = |at: &dyn Fn(usize, usize) -> Span| {
            Diagnostic::new(Severity::Info, "changed-translation", "").at(at(0, 90))
        };
        for (severity, left) in [(Severity::Error, 1), (Severity::Info, 2)] {
            let found = open(|at| vec![Diagnostic::new(severity, "number", "").at(at(10, 13)), changed(at)]);
            assert_eq!(found.len(), left, "{severity:?}");
        }
    }
}
