//! What no line ends within: a number and its unit, the word that says what is counted, the word before a number.
//!
//! A space there becomes one that does not break. Where none stands (5300亿, 第3章), the characters go into a box.

use std::ops::Range;

use crate::lang::cjk::is_han;
use crate::lang::{self, Lang, number};

/// The longest piece that is put into a box, in characters: a line must still find its end.
const LONGEST: usize = 12;

/// The longest number whose own spaces do not break, in bytes: what has more groups of digits is a row of numbers.
const LONGEST_NUMBER: usize = 32;

/// Signs that say what a number measures.
const SIGNS: &str = "%‰°℃℉Ωµμ€£";

/// Characters that multiply the number before them.
const SCALES: &str = "十百千万亿兆";

/// The longest unit that is kept whole, in characters; of a longer one the first keeps to the number.
const UNIT: usize = 4;

/// A part of a text that stands on one line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Hold {
    /// A space that does not break.
    Space(usize),
    /// Characters without a space.
    Whole(Range<usize>),
}

impl Hold {
    /// Where it stands in the text.
    pub(super) fn range(&self) -> Range<usize> {
        match self {
            Self::Space(at) => *at..*at + 1,
            Self::Whole(range) => range.clone(),
        }
    }
}

/// What holds together in a text, in order and without overlap.
pub(super) fn holds(text: &str, lang: &Lang) -> Vec<Hold> {
    if !text.bytes().any(|byte| byte.is_ascii_digit()) {
        return Vec::new();
    }
    let units = lang::of(lang).units(text);
    let mut found: Vec<Hold> = Vec::new();
    for range in numerals(text, lang) {
        let mut free = found.last().map_or(0, |hold| hold.range().end);
        for hold in around(text, &range, &units, lang) {
            if hold.range().start >= free {
                free = hold.range().end;
                found.push(hold);
            }
        }
    }
    found
}

/// A text with its spaces that do not break.
pub(super) fn spaced(text: &str, holds: &[Hold]) -> String {
    let mut spaced = text.to_owned();
    for hold in holds.iter().rev() {
        if let Hold::Space(at) = hold {
            spaced.replace_range(*at..*at + 1, "\u{a0}");
        }
    }
    spaced
}

/// The numbers that are written with digits, without 第 before them.
fn numerals(text: &str, lang: &Lang) -> Vec<Range<usize>> {
    let numbers = number::numbers(text, lang);
    let digits = |number: number::Number| {
        let range = number.range;
        let first = text[range.clone()].find(|c: char| c.is_ascii_digit())?;
        let start = range.start + first;
        text[range.start..start].chars().all(is_han).then_some(start..range.end)
    };
    let mut ranges: Vec<Range<usize>> = numbers.into_iter().filter_map(digits).collect();
    ranges.sort_by_key(|range| (range.start, std::cmp::Reverse(range.end)));
    ranges
}

/// What keeps to one number: the word before it, its own parts, and what is behind it.
fn around(text: &str, number: &Range<usize>, units: &[(&'static str, Range<usize>)], lang: &Lang) -> Vec<Hold> {
    let mut spaces = Vec::new();
    let mut start = number.start;
    match before(&text[..number.start], lang) {
        Some((length, true)) => spaces.push(number.start - length),
        Some((length, false)) => start = number.start - length,
        None => {}
    }
    // Of 20 世纪 50 年代, which is one number, the second space is one between words.
    let behind_digit = |at: &usize| text[..*at].ends_with(|c: char| c.is_ascii_digit());
    if number.len() <= LONGEST_NUMBER {
        spaces.extend(text[number.clone()].match_indices(' ').map(|(at, _)| number.start + at).filter(behind_digit));
    }
    let rest = &text[number.end..];
    let (gap, behind) = match rest.strip_prefix(' ') {
        Some(behind) => (1, behind),
        None => (0, rest),
    };
    let unit = units.iter().find(|(_, unit)| unit.start == number.end + gap).map(|(_, unit)| unit.len());
    // 起 of 50年代起 is not what is counted: the number has said that itself, unless it is 万 or the like.
    let ends_in_word = text[number.clone()].ends_with(|c: char| is_han(c) && !SCALES.contains(c));
    let length = counted(behind, unit).filter(|_| unit.is_some() || !ends_in_word);
    let is_latin = behind.starts_with(|c: char| !is_han(c));
    let end = match length {
        Some(_) if gap == 1 => {
            spaces.push(number.end);
            number.end
        }
        Some(length) if !is_latin => number.end + length,
        _ => number.end,
    };
    let boxed = if text[start..end].contains(' ') { Vec::new() } else { boxes(text, start..end, number.start) };
    let mut holds: Vec<Hold> = spaces.into_iter().map(Hold::Space).chain(boxed).collect();
    holds.sort_by_key(|hold| hold.range().start);
    holds
}

/// The parts of a number with its words that stand in a box each: a line may end in it before further digits, as in 20世纪 / 50年代.
fn boxes(text: &str, whole: Range<usize>, first_digit: usize) -> Vec<Hold> {
    let begins = |at: &usize| text[*at..].starts_with(|c: char| c.is_ascii_digit()) && text[..*at].ends_with(is_han);
    let inner = text[whole.clone()].char_indices().map(|(at, _)| whole.start + at);
    let starts: Vec<usize> = inner.filter(|at| *at > first_digit).filter(begins).collect();
    let ends = starts.iter().copied().chain([whole.end]);
    let parts = std::iter::once(whole.start).chain(starts.iter().copied()).zip(ends).map(|(start, end)| start..end);
    let is_held = |part: &Range<usize>| {
        let part = &text[part.clone()];
        part.contains(is_han) && part.chars().count() <= LONGEST
    };
    parts.filter(is_held).map(Hold::Whole).collect()
}

/// How much of the text behind a number keeps to it: its unit, or the Chinese character that says what is counted.
fn counted(behind: &str, unit: Option<usize>) -> Option<usize> {
    let first = behind.chars().next()?;
    let whole = unit.filter(|length| behind[..*length].chars().count() <= UNIT || !is_han(first));
    whole.or_else(|| (is_han(first) || SIGNS.contains(first)).then(|| first.len_utf8()))
}

/// How many bytes before a number belong to the word that it numbers (第, 图, Figure), and whether these are a space.
fn before(text: &str, lang: &Lang) -> Option<(usize, bool)> {
    let lists = lang::of(lang).references();
    let named = |text: &str| {
        let names = ["nth", "figure", "table", "equation", "listing", "chapter", "section", "appendix", "part"];
        let mut words = names.iter().flat_map(|name| lists.words(name));
        words.find_map(|word| {
            let rest = text.strip_suffix(*word)?;
            let apart = word.starts_with(is_han) || !rest.ends_with(char::is_alphanumeric);
            apart.then_some(word.len())
        })
    };
    match text.strip_suffix(' ') {
        Some(text) => named(text).map(|_| (1, true)),
        None => named(text).filter(|_| text.ends_with(is_han)).map(|length| (length, false)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lang::ALL;

    /// A text in which `_` stands for a space that does not break, and brackets around what is in a box.
    fn held(text: &str) -> String {
        let lang = lang::of_text(std::iter::once(text));
        let mut shown = text.to_owned();
        for hold in holds(text, &lang).into_iter().rev() {
            let range = hold.range();
            let kept = match hold {
                Hold::Space(_) => "_".to_owned(),
                Hold::Whole(_) => format!("[{}]", &text[range.clone()]),
            };
            shown.replace_range(range, &kept);
        }
        shown
    }

    #[test]
    fn a_number_keeps_to_its_unit() {
        let cases = [
            ("It took 5 years and 30 km.", "It took 5_years and 30_km."),
            ("at 4 °C, 20 % of it", "at 4_°C, 20_% of it"),
            ("worth 5 million dollars", "worth 5_million_dollars"),
            ("See Figure 3 and Table 12.", "See Figure_3 and Table_12."),
            ("In 2021 the lamp was lit.", "In 2021 the lamp was lit."),
            ("达到 5,300 亿元", "达到 5,300_亿元"),
            ("从 20 世纪 50 年代起", "从 20_世纪 50_年代起"),
        ];
        for (text, wanted) in cases {
            assert_eq!(held(text), wanted);
        }
    }

    #[test]
    fn a_row_of_groups_of_digits_may_break() {
        assert_eq!(held("worth 1 234 567 890 of them"), "worth 1_234_567_890 of them");
        let row = "101 ".repeat(40);
        assert_eq!(held(&row), row);
    }

    #[test]
    fn a_chinese_number_without_spaces_is_in_a_box() {
        let cases = [
            ("规模达到5300亿元，增长", "规模达到[5300亿元]，增长"),
            ("见第3章的图2。", "见[第3章]的[图2]。"),
            ("在2021年3月5日", "在[2021年][3月][5日]"),
            ("增长98.5%，共30个", "增长98.5%，共[30个]"),
            ("从20世纪50年代起，", "从[20世纪][50年代]起，"),
            ("达到5300亿，有300万人", "达到[5300亿]，有[300万人]"),
            ("没有数字的文字", "没有数字的文字"),
        ];
        for (text, wanted) in cases {
            assert_eq!(held(text), wanted);
        }
    }

    #[test]
    fn spaces_that_do_not_break_are_put_into_a_text() {
        let text = "5 km and 30 kg";
        let lang = lang::of_text(std::iter::once(text));
        assert_eq!(spaced(text, &holds(text, &lang)), "5\u{a0}km and 30\u{a0}kg");
    }

    #[test]
    fn what_holds_together_never_overlaps() {
        for language in ALL {
            for text in
                ["第3章 图 4 5 km 6年7月 8 9 亿", "Figure 3 4 5 million years 2021年 12 34", "1 2 3 4 5 6", "第1第2第3"]
            {
                let found = holds(text, &language.lang());
                assert!(found.windows(2).all(|pair| pair[0].range().end <= pair[1].range().start), "{found:?}");
                assert!(found.iter().all(|hold| text.get(hold.range()).is_some()), "{found:?}");
            }
        }
    }
}
