//! The words of a text, for comparing two versions of it.

use std::ops::Range;

use crate::align::lexicon::Lexicon;
use crate::lang::width::half;
use crate::lang::zh;

/// How a text is split.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum Style {
    /// Words, numbers and signs; punctuation and spaces do not count.
    #[default]
    Prose,
    /// Words and every mark: a listing or a formula.
    Code,
}

/// A word, a number or a sign.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Word {
    /// Where it stands in the text.
    pub(crate) range: Range<usize>,
    /// The part of it that counts.
    pub(crate) key: String,
    /// Whether it is kept separate from the word before it.
    pub(crate) alone: bool,
}

/// The words of a text in order: the longest Chinese words of the dictionary, or else a character each.
pub(crate) fn split(text: &str, style: Style) -> Vec<Word> {
    take_apart(text, style, chinese)
}

/// The same with each Chinese character as a word, where word boundaries do not matter: without the dictionary, so that a
/// new version of it leaves every fingerprint unchanged.
pub(crate) fn split_small(text: &str, style: Style) -> Vec<Word> {
    take_apart(text, style, |_, at| at + 1)
}

/// `chinese` gives the end of the Chinese word that begins at a character.
fn take_apart(text: &str, style: Style, chinese: fn(&[(usize, char)], usize) -> usize) -> Vec<Word> {
    let chars: Vec<(usize, char)> = text.char_indices().map(|(at, c)| (at, half(c))).collect();
    let mut words = Vec::new();
    let mut at = 0;
    while at < chars.len() {
        let end = match (chars[at].1, style) {
            (c, _) if zh::is_han(c) => chinese(&chars, at),
            (c, Style::Prose) if c.is_alphanumeric() || is_sign(&chars, at) => latin(&chars, at),
            (c, Style::Code) if c.is_alphanumeric() => run(&chars, at, char::is_alphanumeric),
            _ => at + 1,
        };
        let key = key(&chars[at..end], style);
        if !key.is_empty() {
            let stop = chars.get(end).map_or(text.len(), |(stop, _)| *stop);
            words.push(Word { range: chars[at].0..stop, key, alone: style == Style::Code });
        }
        at = end;
    }
    words
}

/// The end of the run of characters that begins at `from`.
fn run(chars: &[(usize, char)], from: usize, good: fn(char) -> bool) -> usize {
    let more = chars[from..].iter().take_while(|(_, c)| good(*c) && !zh::is_han(*c));
    from + more.count().max(1)
}

fn chinese(chars: &[(usize, char)], from: usize) -> usize {
    let run = chars[from..].iter().map(|(_, c)| *c).take_while(|c| zh::is_han(*c));
    let run: Vec<char> = run.take(zh::LONGEST).map(zh::simplified).collect();
    let longest =
        (2..=run.len()).rev().find(|count| Lexicon::shipped().knows(&run[..*count].iter().collect::<String>()));
    from + longest.unwrap_or(1)
}

/// A word or number with the marks inside it, such as the apostrophe in `don't` and the point in `3.5`.
fn latin(chars: &[(usize, char)], from: usize) -> usize {
    let mut end = from + 1;
    loop {
        end = match chars.get(end..).unwrap_or_default() {
            [(_, c), ..] if c.is_alphanumeric() && !zh::is_han(*c) => end + 1,
            [(_, c), (_, next), ..] if joins(*c, chars[end - 1].1, *next) => end + 2,
            _ => return end,
        };
    }
}

fn joins(c: char, before: char, after: char) -> bool {
    match c {
        '\'' | '’' => before.is_alphabetic() && after.is_alphabetic() && !zh::is_han(after),
        '.' | ',' => before.is_ascii_digit() && after.is_ascii_digit(),
        _ => false,
    }
}

/// Whether a hyphen or minus is the sign of a number: before a digit, and at the start or after a space or a bracket.
fn is_sign(chars: &[(usize, char)], at: usize) -> bool {
    let before = at.checked_sub(1).map(|at| chars[at].1);
    matches!(chars[at].1, '-' | '−')
        && chars.get(at + 1).is_some_and(|(_, next)| next.is_ascii_digit())
        && before.is_none_or(|c| c.is_whitespace() || matches!(c, '(' | '[' | '（'))
}

fn key(chars: &[(usize, char)], style: Style) -> String {
    let text: String = chars.iter().map(|(_, c)| *c).collect();
    match (style, text.chars().next()) {
        (_, None) => text,
        (_, Some(c)) if c.is_whitespace() || c.is_control() || is_invisible(c) => String::new(),
        (Style::Code, _) => text,
        (Style::Prose, Some('-' | '−')) if text.len() > '−'.len_utf8() || text.starts_with('-') && text.len() > 1 =>
        {
            format!("-{}", figures(text.trim_start_matches(['-', '−'])))
        }
        (Style::Prose, Some(c)) if is_mark(c) => String::new(),
        _ => figures(&text),
    }
}

/// A word without the apostrophes in it, a number without the commas between its thousands.
fn figures(text: &str) -> String {
    let mut out = String::new();
    let mut parts = text.split(',');
    out.push_str(parts.next().unwrap_or_default());
    for part in parts {
        let thousand = part.bytes().take_while(u8::is_ascii_digit).count() == 3;
        if !thousand {
            out.push(',');
        }
        out.push_str(part);
    }
    out.replace(['\'', '’'], "")
}

/// Invisible characters, and those that only select how the one before them looks.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202f}' | '\u{2060}'..='\u{206f}'
        | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}')
}

/// Punctuation: marks that do not change the meaning. Signs that say something (%, +, =, €, °, ✓) are not punctuation.
fn is_mark(c: char) -> bool {
    if c.is_alphanumeric() {
        return false;
    }
    match c {
        '%' | '+' | '<' | '=' | '>' | '$' | '&' | '@' | '#' | '‰' | '‱' => false,
        '!'..='~' | '¡' | '¿' | '¶' | '·' | '«' | '»' => true,
        '\u{2010}'..='\u{205e}' | '\u{3001}'..='\u{303f}' | '・' => true,
        '\u{fe10}'..='\u{fe1f}' | '\u{fe30}'..='\u{fe6f}' | '\u{ff5f}'..='\u{ff65}' => true,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::super::wording;
    use super::*;

    fn same(a: &str, b: &str) -> bool {
        let key = |text| wording::key(text, Style::Prose);
        key(a) == key(b)
    }

    #[test]
    fn marks_spaces_and_widths_do_not_count() {
        for (a, b) in [
            ("共有770万篇，其中", "共有 770 万篇,其中"),
            ("ＡＩ　２０２２", "AI 2022"),
            ("“好。”他说", "「好」，他说！"),
            ("1,000,000 people", "1000000 people"),
            ("co-packaged optics", "co‑packaged  optics"),
            ("don't stop", "don’t stop…"),
            ("2019-2020年", "2019—2020年"),
            ("3～5个", "3—5个"),
            ("caf\u{e9}", "cafe\u{301}"),
            ("re\u{ad}port", "report"),
        ] {
            assert!(same(a, b), "{a} / {b}");
        }
    }

    #[test]
    fn words_numbers_and_signs_count() {
        for (a, b) in [
            ("770万", "880万"),
            ("增长3.5倍", "增长35倍"),
            ("3 5", "35"),
            ("12-15", "1215"),
            ("5", "5%"),
            ("a -5 b", "a 5 b"),
            ("（-5）", "（5）"),
            ("C", "C++"),
            ("$5", "€5"),
            ("有 ✓", "有 ✗"),
            ("可以", "不可以"),
            ("1,5", "15"),
            ("〇", ""),
        ] {
            assert!(!same(a, b), "{a} / {b}");
        }
    }

    #[test]
    fn code_counts_to_the_mark() {
        let key = |text| wording::key(text, Style::Code);
        assert_ne!(key("a != b"), key("a == b"));
        assert_ne!(key("ab"), key("a b"));
        assert_eq!(key("if a {\n    b\n}"), key("if a { b }"));
    }

    #[test]
    fn chinese_words_are_those_of_the_dictionary() {
        let words =
            |text: &str| split(text, Style::Prose).iter().map(|w| text[w.range.clone()].to_owned()).collect::<Vec<_>>();
        assert_eq!(words("人工智能的3.5倍，don't"), ["人工智能", "的", "3.5", "倍", "don't"]);
    }
}
