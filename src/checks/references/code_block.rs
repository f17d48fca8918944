use super::super::{Check, Context, Look};
use crate::align::Unit;
use crate::diagnostic::{Diagnostic, Severity};
use crate::lang::zh;
use crate::model::BlockKind;
use crate::source::Span;

pub(in crate::checks) const CHECK: Check = Check {
    name: Check::code("code-block"),
    group: "references",
    summary: msg!("a code block differs in more than comments and strings"),
    default_level: Severity::Error,
    page: page!("code_block"),
    look: Look::Text(run),
};

fn run(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for (source, target) in context.translations() {
        let (Some(theirs), Some(ours)) = (code(source), code(target)) else { continue };
        if theirs == ours {
            continue;
        }
        let translated = [theirs, ours].iter().any(|text| text.chars().any(zh::is_han));
        let (wanted, got) = (lines(theirs, translated), lines(ours, translated));
        let Some(at) =
            (0..wanted.len().max(got.len())).find(|at| wanted.get(*at).map(|l| &l.1) != got.get(*at).map(|l| &l.1))
        else {
            continue;
        };
        let place = |unit: &Unit<'_>, line: Option<&(usize, String)>| {
            line.map_or(unit.span, |(number, _)| line_of(context, unit, *number))
        };
        let message = match (wanted.get(at), got.get(at)) {
            (Some(_), None) => msg!("this code block ends before its source"),
            (None, _) => msg!("this code block goes on after the end of its source"),
            _ => plural!(
                lines = differing(&wanted, &got).max(1),
                "{lines} line of this code block differs from the source",
                "{lines} lines of this code block differ from the source, starting here"
            ),
        };
        found.push(
            Diagnostic::error(CHECK.name, message)
                .at(place(target, got.get(at)))
                .label(place(source, wanted.get(at)), msg!("in {language}", language = source.lang.name()))
                .hint(msg!("use the same code in both languages; comments and strings may be translated")),
        );
    }
}

fn code<'a>(unit: &Unit<'a>) -> Option<&'a str> {
    match unit.block.map(|block| &block.kind) {
        Some(BlockKind::Code { text, .. }) => Some(text),
        _ => None,
    }
}

/// The place of a line of a code block, whose line 0 is the fence.
fn line_of(context: &Context<'_>, unit: &Unit<'_>, number: usize) -> Span {
    let file = context.sources.get(unit.span.file);
    let line = file.position(unit.span.start).line + number;
    let (start, end) = (file.line_start(line).max(unit.span.start), file.line_start(line + 1).min(unit.span.end));
    Span::new(unit.span.file, start..start + file.slice(start..end).trim_end().len())
}

/// The lines that must be equal, with their numbers from 1: without empty ones, and without what may be translated.
fn lines(code: &str, translated: bool) -> Vec<(usize, String)> {
    let kept =
        |line: &str| if translated { neutral(line) } else { line.split_whitespace().collect::<Vec<_>>().join(" ") };
    code.lines().enumerate().map(|(at, line)| (at + 1, kept(line))).filter(|(_, line)| !line.is_empty()).collect()
}

/// The number of lines of a code block that are nowhere in its source.
fn differing(wanted: &[(usize, String)], got: &[(usize, String)]) -> usize {
    got.iter().filter(|(_, line)| !wanted.iter().any(|(_, other)| other == line)).count()
}

/// A line without its comment and the text of its strings.
fn neutral(line: &str) -> String {
    let mut out = String::new();
    let mut quote = None;
    let mut chars = line.trim().char_indices();
    let line = line.trim();
    while let Some((at, c)) = chars.next() {
        if quote.is_none() && starts_comment(&line[at..], &out) {
            break;
        }
        match (quote, c) {
            (Some(mark), _) if mark == c => quote = None,
            (Some(_), '\\') => {
                chars.next();
            }
            (Some(_), _) => continue,
            (None, '"') => quote = Some(c),
            (None, _) if zh::is_han(c) || c.is_whitespace() => continue,
            (None, _) => {}
        }
        out.push(c);
    }
    out
}

fn starts_comment(rest: &str, before: &str) -> bool {
    let opens = ["//", "/*", "<!--", "--"].iter().any(|mark| rest.starts_with(mark));
    let hash = rest.starts_with('#') && !rest.starts_with("#[") && !rest.starts_with("#!");
    (opens && !before.ends_with(':')) || hash || (before.is_empty() && rest.starts_with("* "))
}
