//! Where an author wants a line of a title to end: `title: Ten years of the river / What was done`.

use crate::lang::zh::is_han;
use crate::model::{Inline, InlineKind, text};

/// The sign, with the spaces that set it off.
const SIGN: &str = " / ";

/// What stands in its place until the places are taken.
const END: char = '\u{2028}';

/// A text without its signs, and where they stood, in bytes. A stroke between words that stand alone is a sign of the text:
/// `TCP / IP`.
pub(super) fn of_text(written: &str) -> (String, Vec<usize>) {
    taken(&marked(written))
}

/// Takes the signs out of a line; gives where they stood in its words, in bytes.
pub(super) fn of_line(run: &mut [Inline]) -> Vec<usize> {
    if !breaks(&text::plain(run)) {
        return Vec::new();
    }
    each_text(run, &mut |text| *text = marked_all(text));
    let plain = text::plain(run);
    each_text(run, &mut |text| text.retain(|c| c != END));
    let before = plain.len() - plain.trim_start().len();
    taken(&plain).1.into_iter().map(|at| at.saturating_sub(before)).collect()
}

fn each_text(run: &mut [Inline], change: &mut dyn FnMut(&mut String)) {
    for inline in run {
        if let InlineKind::Text(text) = &mut inline.kind {
            change(text);
        }
    }
}

/// Whether the strokes of a text say where its lines end: those between words alone, and between Chinese and its translation, do not.
fn breaks(text: &str) -> bool {
    let lines: Vec<&str> = text.split(SIGN).map(str::trim).collect();
    let chinese = |line: &&str| line.contains(is_han);
    lines.len() > 1
        && lines.iter().all(|line| !line.is_empty())
        && lines.iter().any(|line| !is_short(line))
        && (lines.iter().all(chinese) || !lines.iter().any(chinese))
}

/// Whether a text is a word alone.
fn is_short(line: &str) -> bool {
    let han = line.chars().filter(|c| is_han(*c)).count();
    han <= 3 && !line.contains(char::is_whitespace)
}

fn marked(text: &str) -> String {
    if breaks(text) { marked_all(text) } else { text.to_owned() }
}

/// A text with an end of line for every sign: between Chinese characters without a space.
fn marked_all(text: &str) -> String {
    let mut lines = text.split(SIGN);
    let mut out = lines.next().unwrap_or_default().to_owned();
    for line in lines.map(str::trim_start) {
        out.truncate(out.trim_end().len());
        let wide = |c: Option<char>| c.is_some_and(|c| !c.is_ascii() && (is_han(c) || !c.is_alphanumeric()));
        if !wide(out.chars().next_back()) && !wide(line.chars().next()) {
            out.push(' ');
        }
        out.push(END);
        out.push_str(line);
    }
    out
}

fn taken(text: &str) -> (String, Vec<usize>) {
    let mut out = String::with_capacity(text.len());
    let mut places = Vec::new();
    for (at, line) in text.split(END).enumerate() {
        if at > 0 {
            places.push(out.len());
        }
        out.push_str(line);
    }
    (out, places)
}

#[cfg(test)]
mod tests {
    use super::of_text;

    /// A text with its ends of lines as `|`.
    fn read(text: &str) -> String {
        let (mut out, places) = of_text(text);
        places.into_iter().rev().for_each(|at| out.insert(at, '|'));
        out
    }

    #[test]
    fn a_stroke_between_spaces_ends_a_line() {
        assert_eq!(read("2025 年清河水质报告 / 一河清水"), "2025 年清河水质报告|一河清水");
        assert_eq!(read("The Qing River / Report of a year / 2025"), "The Qing River |Report of a year |2025");
        assert_eq!(read("清河 2025 / 水质报告全文"), "清河 2025|水质报告全文");
    }

    #[test]
    fn a_stroke_between_words_alone_is_a_sign() {
        for text in [
            "TCP / IP",
            "输入 / 输出",
            "and/or something",
            "a / ",
            "研究方法与过程 / Research Methods",
            "https://a.example/b",
            "",
        ] {
            assert_eq!(read(text), text);
        }
    }
}
