//! The values of paired units, as they are read and as they are written.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::align::{ChapterPair, Unit};
use crate::checks::Context;
use crate::checks::references::label::labels;
use crate::lang::number::{Kind, Number, end_of_unit, is_vague, numbers};
use crate::lang::{self, cjk};
use crate::model::{InlineKind, Lang};
use crate::source::{FileId, Span};

/// A value in the manuscript.
#[derive(Debug, Clone)]
pub(in crate::checks) struct Value {
    pub(super) number: Number,
    pub(super) span: Span,
    /// The number alone.
    pub(super) written: String,
    /// The number with its unit, with the rest of its date, or with the word that it counts.
    pub(super) shown: String,
    /// Where that stands in the text of its unit, and which of the units that is.
    pub(super) extent: Range<usize>,
    pub(super) unit: usize,
    /// Whether it is the number of a reference, which another check compares, or a label such as that of a verse.
    pub(super) labelled: bool,
    /// Whether it means “some”, “two of them” or “thirdly”.
    pub(super) vague: bool,
    /// Whether the percent sign of its neighbour holds for it too: between 30 and 43 percent.
    pub(super) shares_percent: bool,
    /// Whether it is a version, of which 1.20 is another one than 1.2.
    pub(super) is_version: bool,
}

impl Value {
    /// Whether it is written in digits, by intention.
    pub(super) fn in_digits(&self) -> bool {
        self.written.contains(|c: char| c.is_numeric())
    }

    /// The digits, where it is written with nothing else.
    pub(super) fn digits(&self) -> Option<String> {
        let plain: String = self.written.chars().filter(|c| *c != ',').collect();
        let only = plain.bytes().all(|b| b.is_ascii_digit() || b == b'.') && !plain.is_empty();
        only.then_some(plain)
    }
}

/// The places of numbers that are labels.
pub(super) type Heads = BTreeSet<(FileId, usize)>;

/// The values of some units in order of place.
pub(super) fn values(context: &Context<'_>, units: &[Unit<'_>], heads: &Heads) -> Vec<Value> {
    let mut found = Vec::new();
    for (at, unit) in units.iter().enumerate().filter(|(_, unit)| unit.written) {
        let labels: Vec<Range<usize>> = labels(&unit.text, unit.lang).into_iter().map(|label| label.range).collect();
        let numbers = numbers(&unit.text, unit.lang);
        for (number, all) in numbers.iter().zip(0..) {
            let span = unit.place(number.range.clone());
            if context.is_excused(span) {
                continue;
            }
            let overlaps = |label: &Range<usize>| label.start < number.range.end && number.range.start < label.end;
            let labelled = labels.iter().any(overlaps) || heads.contains(&(span.file, span.start));
            let extent = extent(&unit.text, unit.lang, &numbers, all);
            found.push(Value {
                span,
                written: unit.text[number.range.clone()].to_owned(),
                shown: unit.text[extent.clone()].trim().to_owned(),
                extent,
                unit: at,
                labelled,
                vague: is_vague(&unit.text, unit.lang, &number.range),
                shares_percent: shares_percent(&unit.text, unit.lang, &numbers, all),
                is_version: is_version(&unit.text, unit.lang, number),
                number: number.clone(),
            });
        }
    }
    found
}

/// A number with what belongs to it: the sign of its currency, its unit, its date, the word that it counts.
fn extent(text: &str, lang: &Lang, numbers: &[Number], at: usize) -> Range<usize> {
    let number = &numbers[at];
    if is_dated(number) {
        return date(text, lang, numbers, at);
    }
    let written = &text[number.range.clone()];
    let start = text[..number.range.start].trim_end_matches(|c: char| "$¥￥€£".contains(c)).len();
    let (digits, letters) = (written.contains(char::is_numeric), written.ends_with(|c: char| c.is_ascii_alphabetic()));
    let end = end_of_unit(text, number);
    let counted = match number.kind {
        Kind::Percent => digits && written.ends_with(|c: char| c.is_ascii_digit()),
        Kind::Multiple => !letters,
        Kind::Cardinal => !digits,
        _ => false,
    };
    start..if counted && end == number.range.end { end + word(&text[end..]) } else { end }
}

fn is_dated(number: &Number) -> bool {
    matches!(number.kind, Kind::Year | Kind::Month | Kind::Day)
}

/// A date from its first number to its last: 2018 年 1 月, 23 October 2019.
fn date(text: &str, lang: &Lang, numbers: &[Number], at: usize) -> Range<usize> {
    let signs = lang::of(lang).value_words().words("date");
    let joined = |first: &Number, second: &Number| {
        let between = text.get(first.range.end..second.range.start).unwrap_or("?");
        let kinds = is_dated(first) && is_dated(second) && first.kind != second.kind;
        kinds && between.split([' ', ',']).all(|part| part.is_empty() || signs.contains(&part))
    };
    let (mut first, mut last) = (at, at);
    while first > 0 && at - first < 2 && joined(&numbers[first - 1], &numbers[first]) {
        first -= 1;
    }
    while last + 1 < numbers.len() && last - at < 2 && joined(&numbers[last], &numbers[last + 1]) {
        last += 1;
    }
    let end = numbers[last].range.end;
    let rest = text[end..].trim_start_matches(' ');
    let sign = signs.iter().find(|sign| rest.starts_with(**sign));
    numbers[first].range.start..sign.map_or(end, |sign| text.len() - rest.len() + sign.len())
}

/// The bytes of the word that begins a text, with a space or hyphen before it: a character of Chinese, or letters.
fn word(text: &str) -> usize {
    let rest = text.strip_prefix([' ', '\u{a0}', '-']).unwrap_or(text);
    let len = match rest.chars().next() {
        Some(c) if cjk::is_han(c) => c.len_utf8(),
        _ => rest.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(rest.len()),
    };
    if len > 0 { text.len() - rest.len() + len } else { 0 }
}

/// Whether a plain number stands beside a percentage with nothing but “and” or “to” between.
fn shares_percent(text: &str, lang: &Lang, numbers: &[Number], at: usize) -> bool {
    let words = lang::of(lang).value_words();
    let joined = |first: &Number, second: &Number| {
        let between = text.get(first.range.end..second.range.start).unwrap_or("?").trim();
        words.words("and").contains(&between) || words.words("to").contains(&between)
    };
    let percent = |number: &Number| number.kind == Kind::Percent;
    let before = at.checked_sub(1).is_some_and(|last| percent(&numbers[last]) && joined(&numbers[last], &numbers[at]));
    let after = numbers.get(at + 1).is_some_and(|next| percent(next) && joined(&numbers[at], next));
    before || after
}

/// Whether a number stands beside a word for a version, or right after a name in Latin letters.
fn is_version(text: &str, lang: &Lang, number: &Number) -> bool {
    let words = lang::of(lang).value_words().words("version");
    let (before, after) = (text[..number.range.start].trim_end(), text[number.range.end..].trim_start());
    let named = before.rsplit(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default();
    let name = named.starts_with(|c: char| c.is_ascii_uppercase()) && number.unit.is_none();
    name || words.iter().any(|word| before.ends_with(word) || after.starts_with(word))
}

/// The numbers at the head of blocks that are labels of verses or sections: set in bold by themselves, or counting on from
/// block to block.
pub(super) fn heads(chapter: &ChapterPair<'_>) -> Heads {
    let mut heads = Heads::new();
    for side in [0, 1] {
        let units = chapter.pairs.iter().flat_map(|pair| if side == 0 { &pair.sources } else { &pair.targets });
        let counts: Vec<(&Unit<'_>, Option<u32>)> = units.map(|unit| (unit, head(&unit.text))).collect();
        for (at, (unit, count)) in counts.iter().enumerate() {
            let Some(count) = *count else { continue };
            let before = at.checked_sub(1).and_then(|at| counts[at].1);
            let after = counts.get(at + 1).and_then(|next| next.1);
            let counts_on = before.is_some_and(|n| n + 1 == count) || after == Some(count + 1);
            if counts_on || is_set_apart(unit) {
                let span = unit.place(0..1);
                heads.insert((span.file, span.start));
            }
        }
    }
    heads
}

/// The number that begins a text, with words after it.
fn head(text: &str) -> Option<u32> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let rest = text[digits..].strip_prefix([' ', '\u{a0}', '\u{3000}']).filter(|_| (1..=3).contains(&digits))?;
    if rest.trim().is_empty() { None } else { text[..digits].parse().ok() }
}

/// Whether the first inline of a unit is an emphasis of nothing but digits.
fn is_set_apart(unit: &Unit<'_>) -> bool {
    let body = match unit.runs.first().and_then(|run| run.first()).map(|inline| &inline.kind) {
        Some(InlineKind::Strong(body) | InlineKind::Emph(body) | InlineKind::Styled { body, .. }) => body,
        _ => return false,
    };
    matches!(&body[..], [only] if matches!(&only.kind, InlineKind::Text(text) if text.bytes().all(|b| b.is_ascii_digit())))
}
