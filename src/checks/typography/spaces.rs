use std::ops::Range;

use super::super::prose::Prose;
use super::super::{Check, Context, Look};
use super::habit::tallied;
use crate::align::UnitKind;
use crate::diagnostic::{Diagnostic, Severity};
use crate::lang::Width;
use crate::lang::zh::is_han;
use crate::message::Message;

pub(in crate::checks) const CHECK: Check = Check {
    name: Check::code("spaces"),
    group: "typography",
    summary: msg!("a space too many or too few"),
    default_level: Severity::Warning,
    page: page!("spaces"),
    look: Look::Text(run),
};

/// A rule that spaces may break.
struct Rule {
    /// What is wrong at one place.
    message: Message,
    /// What is wrong with a book that does this throughout.
    habit: Message,
    /// What stands at the place after the fix.
    fix: &'static str,
    /// The place where a space at `at` breaks the rule, or where one is missing before `at`.
    broken: fn(&Prose<'_>, usize) -> Option<Range<usize>>,
    /// How often a text keeps the rule where it could break it.
    kept: fn(&str) -> usize,
}

const RULES: [Rule; 5] = [
    Rule {
        message: msg!("more than one space"),
        habit: msg!("this book has two spaces between sentences"),
        fix: " ",
        broken: doubled,
        kept: |text| text.match_indices(". ").filter(|(at, _)| !text[at + 2..].starts_with(' ')).count(),
    },
    Rule {
        message: msg!("a space before a punctuation mark"),
        habit: msg!("this book has a space before punctuation marks"),
        fix: "",
        broken: before_mark,
        kept: |text| text.matches([',', '.', ';', ':', '，', '。', '；', '：']).count(),
    },
    Rule {
        message: msg!("no space after the punctuation mark"),
        habit: msg!("this book has no space after commas"),
        fix: " ",
        broken: missing,
        kept: |text| text.matches(", ").count(),
    },
    Rule {
        message: msg!("a space inside a bracket"),
        habit: msg!("this book has spaces inside brackets"),
        fix: "",
        broken: in_bracket,
        kept: |text| text.matches(['(', '（']).count(),
    },
    Rule {
        message: msg!("a space between two Chinese characters"),
        habit: msg!("this book has spaces between Chinese characters"),
        fix: "",
        broken: in_chinese,
        kept: |text| text.chars().filter(|c| is_han(*c)).count(),
    },
];

fn run(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for lang in context.langs() {
        for rule in &RULES {
            tallied(context, lang, rule.habit.clone(), found, |prose, tally| {
                tally.keep((rule.kept)(&prose.text));
                for at in places(&prose.text) {
                    // Both sides must stand together in the file: markup between them separates the text.
                    if let Some(span) = (rule.broken)(prose, at).and_then(|place| prose.exact(place)) {
                        tally.slip(Diagnostic::warning(CHECK.name, rule.message.clone()).at(span).edit(span, rule.fix));
                    }
                }
            });
        }
    }
}

/// Where a text has a space, or a mark that one follows.
fn places(text: &str) -> impl Iterator<Item = usize> {
    let bytes = text.as_bytes();
    (1..bytes.len()).filter(|&at| bytes[at] == b' ' || matches!(bytes[at - 1], b',' | b';'))
}

/// The run of spaces that begins at `at`, unless it stands at an end of a line.
fn run_of_spaces(prose: &Prose<'_>, at: usize) -> Option<Range<usize>> {
    let begins = prose.text[at..].starts_with(' ') && prose.before(at).is_some_and(|c| !c.is_whitespace());
    let rest = prose.text[at..].trim_start_matches(' ');
    (begins && rest.starts_with(|c: char| !c.is_whitespace())).then(|| at..prose.text.len() - rest.len())
}

fn together(prose: &Prose<'_>, range: &Range<usize>) -> bool {
    let before = prose.before(range.start).map_or(0, char::len_utf8);
    let after = prose.after(range.end).map_or(0, char::len_utf8);
    prose.exact(range.start - before..range.end + after).is_some()
}

fn doubled(prose: &Prose<'_>, at: usize) -> Option<Range<usize>> {
    // Between quotation marks the spaces are what is quoted: {'  '}.
    let quote = |c: Option<char>| c.is_some_and(|c| matches!(c, '\'' | '"'));
    let quoted = |range: &Range<usize>| quote(prose.before(range.start)) || quote(prose.after(range.end));
    run_of_spaces(prose, at).filter(|range| range.len() > 1 && !quoted(range) && together(prose, range))
}

fn before_mark(prose: &Prose<'_>, at: usize) -> Option<Range<usize>> {
    let range = run_of_spaces(prose, at)?;
    let rest = &prose.text[range.end..];
    let mark = rest.chars().next()?;
    let closes = |rest: &str| rest.chars().next().is_none_or(char::is_whitespace);
    let wrong = match mark {
        ',' | ';' | '?' | '!' => closes(&rest[1..]),
        // A file name, an operator or a smiley may begin with these.
        '.' | ':' => closes(&rest[1..]) && prose.before(range.start).is_some_and(char::is_alphanumeric),
        '，' | '。' | '；' | '：' | '？' | '！' | '、' => true,
        _ => false,
    };
    (wrong && together(prose, &range)).then_some(range)
}

fn missing(prose: &Prose<'_>, at: usize) -> Option<Range<usize>> {
    let begins_word = prose.after(at).is_some_and(|c| c.is_alphabetic() && !is_han(c));
    let word = |text: &str| text.chars().rev().take_while(|c| c.is_alphabetic() && !is_han(*c)).count();
    let mark = prose.before(at).filter(|c| matches!(c, ',' | ';'))?;
    let before = &prose.text[..at - mark.len_utf8()];
    let follows = word(before) > 1;
    let short = |text: &str| text.chars().take_while(|c| c.is_alphabetic()).count() <= 2;
    // TL;DR is one word, tl;dr too, and &nbsp; a character.
    let abbreviation = before.ends_with(char::is_uppercase) && prose.after(at).is_some_and(char::is_uppercase)
        || mark == ';' && word(before) <= 2 && short(&prose.text[at..])
        || before.trim_end_matches(|c: char| c.is_ascii_alphanumeric()).ends_with('&');
    (begins_word && follows && !abbreviation && prose.lang.conventions().typography.width == Width::Half)
        .then_some(at..at)
}

fn in_bracket(prose: &Prose<'_>, at: usize) -> Option<Range<usize>> {
    let range = run_of_spaces(prose, at)?;
    let (before, after) = (prose.before(range.start)?, prose.after(range.end)?);
    let wrong = matches!(before, '(' | '（') != matches!(after, ')' | '）');
    (wrong && together(prose, &range)).then_some(range)
}

fn in_chinese(prose: &Prose<'_>, at: usize) -> Option<Range<usize>> {
    let range = run_of_spaces(prose, at)?;
    let (before, after) = (prose.before(range.start)?, prose.after(range.end)?);
    // A heading may have a space after its number or between its two characters.
    let wrong = is_han(before) && is_han(after) && prose.kind == UnitKind::Paragraph;
    (range.len() == 1 && wrong && together(prose, &range)).then_some(range)
}
