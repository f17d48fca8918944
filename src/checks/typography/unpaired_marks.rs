use super::super::prose::Prose;
use super::super::{Check, Context, Look};
use super::habit::counted;
use super::pairs::{Loose, PAIRS, loose, wide};
use crate::align::UnitKind;
use crate::diagnostic::{Diagnostic, Severity};
use crate::message::Message;

pub(in crate::checks) const CHECK: Check = Check {
    name: Check::code("unpaired-marks"),
    group: "typography",
    summary: msg!("a bracket or quotation mark without its other half"),
    default_level: Severity::Warning,
    page: page!("unpaired_marks"),
    look: Look::Text(run),
};

/// The most units over which a quotation or an aside reaches.
const FAR: usize = 12;

fn run(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for lang in context.langs() {
        let prose = context.prose(lang);
        let mut loose: Vec<Vec<Loose>> =
            prose.iter().map(|text| if text.is_foreign() { Vec::new() } else { loose(text) }).collect();
        forgive_long_quotations(prose, &mut loose);
        let findings = prose.iter().zip(&loose).flat_map(|(text, loose)| findings(text, loose)).collect();
        found.extend(counted(findings, context.book));
    }
}

/// Takes out what opens in one unit and closes in another one of the same section: speech of several paragraphs may open
/// each of them and closes only the last.
fn forgive_long_quotations(prose: &[Prose<'_>], loose: &mut [Vec<Loose>]) {
    let mut open: Vec<(usize, Loose)> = Vec::new();
    for at in 0..prose.len() {
        let begins = at > 0 && prose[at - 1].span.file != prose[at].span.file;
        if begins || matches!(prose[at].kind, UnitKind::Heading(_)) {
            open.clear();
        }
        open.retain(|(start, _)| at - start <= FAR);
        let mut nth = 0;
        while let Some(mark) = loose[at].get(nth).copied() {
            let partner = open.iter().rev().find(|(_, other)| !mark.opens && other.kind == mark.kind).copied();
            let Some((unit, partner)) = partner else {
                nth += 1;
                continue;
            };
            // What opened before its partner is closed by no later mark.
            open.retain(|(_, other)| other.kind != mark.kind);
            loose[unit].retain(|other| other.at != partner.at);
            loose[at].remove(nth);
        }
        let reopened = |mark: &Loose| prose[at].text.trim_start().starts_with(mark.mark);
        for (start, mark) in open.clone() {
            if start + 1 == at && reopened(&mark) {
                loose[start].retain(|other| other.at != mark.at);
            }
        }
        open.extend(loose[at].iter().filter(|mark| mark.opens).map(|mark| (at, *mark)));
    }
}

/// What is said of a unit; of several marks of one kind, of the first.
fn findings(prose: &Prose<'_>, loose: &[Loose]) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for kind in 0..PAIRS.len() {
        let marks: Vec<&Loose> = loose.iter().filter(|mark| mark.kind == kind).collect();
        match marks[..] {
            [] => {}
            [first, second] if first.opens == second.opens => found.push(turned(prose, first, second)),
            [first, second] if !first.opens => found.push(swapped(prose, first, second)),
            [first, ..] => found.push(straight(prose, first).unwrap_or_else(|| unpaired(prose, first))),
        }
    }
    found
}

fn finding(prose: &Prose<'_>, mark: &Loose, message: Message) -> Diagnostic {
    Diagnostic::warning(CHECK.name, message).at(prose.place(mark.range()))
}

fn unpaired(prose: &Prose<'_>, mark: &Loose) -> Diagnostic {
    let (open, close) = PAIRS[mark.kind];
    let kind = prose.kind.word();
    let message = if mark.opens {
        msg!("‘{mark}’ is not closed by ‘{close}’ in this {kind}", mark = mark.mark, close, kind)
    } else {
        msg!("‘{mark}’ closes nothing: there is no ‘{open}’ before it in this {kind}", mark = mark.mark, open, kind)
    };
    finding(prose, mark, message).hint(msg!("add the missing mark, or remove this one"))
}

/// Of two marks that both open, the second was meant to close; of two that both close, the first to open.
fn turned(prose: &Prose<'_>, first: &Loose, second: &Loose) -> Diagnostic {
    let (open, close) = PAIRS[first.kind];
    let (wrong, other, right) = if first.opens { (second, first, close) } else { (first, second, open) };
    let message = msg!("‘{mark}’ stands here for ‘{right}’", mark = wrong.mark, right);
    let finding = finding(prose, wrong, message).label(prose.place(other.range()), msg!("the other half"));
    edited(prose, finding, &[(wrong, right)])
}

/// A mark that closes, and behind it the one that opens.
fn swapped(prose: &Prose<'_>, first: &Loose, second: &Loose) -> Diagnostic {
    let (open, close) = PAIRS[first.kind];
    let message = msg!("‘{mark}’ stands here for ‘{right}’", mark = first.mark, right = open);
    let finding = finding(prose, first, message).label(prose.place(second.range()), msg!("the other half"));
    edited(prose, finding, &[(first, open), (second, close)])
}

/// A curved quotation mark whose other half is a straight one.
fn straight(prose: &Prose<'_>, mark: &Loose) -> Option<Diagnostic> {
    let (open, close) = PAIRS[mark.kind];
    let quotes: Vec<usize> = prose.text.match_indices('"').map(|(at, _)| at).collect();
    if open != '“' || quotes.len().is_multiple_of(2) {
        return None;
    }
    let (at, right) = if mark.opens {
        (*quotes.iter().find(|at| **at > mark.at)?, close)
    } else {
        (*quotes.iter().rfind(|at| **at < mark.at)?, open)
    };
    let other = Loose { at, mark: '"', ..*mark };
    let message = msg!("‘{mark}’ stands here for ‘{right}’", mark = '"', right);
    let finding = finding(prose, &other, message).label(prose.place(mark.range()), msg!("the other half"));
    Some(edited(prose, finding, &[(&other, right)]))
}

/// A finding with the right marks, if all stand in the file as they do in the text; brackets keep their width.
fn edited(prose: &Prose<'_>, finding: Diagnostic, marks: &[(&Loose, char)]) -> Diagnostic {
    let narrow = |mark: &Loose, right| match right {
        '（' if wide(mark.mark) != mark.mark => '(',
        '）' if wide(mark.mark) != mark.mark => ')',
        _ => right,
    };
    let spans: Option<Vec<_>> = marks.iter().map(|(mark, _)| prose.exact(mark.range())).collect();
    let Some(spans) = spans else { return finding };
    spans
        .into_iter()
        .zip(marks)
        .fold(finding, |finding, (span, (mark, right))| finding.edit(span, narrow(mark, *right)))
}
