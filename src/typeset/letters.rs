//! Text as it was laid out compared with text as it is written.

use typst::text::{Glyph, is_default_ignorable};

/// What some glyphs of a line show.
pub(super) struct Letters<'t> {
    /// Their text.
    pub(super) shown: &'t str,
    /// Where it begins in the text of the line.
    pub(super) start: usize,
    /// How many bytes into the text it is said to begin.
    pub(super) offset: usize,
    /// How much of it belongs to these glyphs for certain: the last may be a ligature with letters of the next text.
    least: usize,
}

impl<'t> Letters<'t> {
    /// Those of glyphs of one element in the text of their line.
    pub(super) fn of(glyphs: &[Glyph], line: &'t str) -> Self {
        let starts = || glyphs.iter().map(|glyph| glyph.range().start);
        let (start, last) = (starts().min().unwrap_or(0), starts().max().unwrap_or(0));
        let end = glyphs.iter().map(|glyph| glyph.range().end).max().unwrap_or(0);
        let offset = glyphs.iter().map(|glyph| usize::from(glyph.span.1)).min().unwrap_or(0);
        let shown = line.get(start..end).unwrap_or_default();
        let least = shown.get(last - start..).and_then(|rest| rest.chars().next());
        Self { shown, start, offset, least: least.map_or(0, |c| last - start + c.len_utf8()) }
    }
}

/// How many bytes at the head of a text some letters show; `None` if they are others.
pub(super) fn covered(text: &str, letters: &Letters<'_>) -> Option<usize> {
    let (mut read, mut done, mut blank) = (0, 0, false);
    while let Some(shown) = letters.shown[done..].chars().next() {
        let written = text[read..].chars().next();
        let blanks = (written.is_some_and(char::is_whitespace), shown.is_whitespace());
        let (on, off) = (written.map_or(0, char::len_utf8), shown.len_utf8());
        let step = match blanks {
            (true, true) => (on, off),
            // A tab may be set as several spaces, a line's break with an indent as one.
            (true, false) if blank => (on, 0),
            (false, true) if blank => (0, off),
            _ if written.is_some_and(|written| alike(written, shown)) => (on, off),
            _ if is_default_ignorable(shown) => (0, off),
            _ => break,
        };
        (read, done) = (read + step.0, done + step.1);
        blank = blanks.0 || blanks.1;
    }
    (done >= letters.least).then_some(read)
}

/// How many bytes at the head of a text show nothing at the beginning of a line.
pub(super) fn gap(text: &str) -> usize {
    let unseen = |c: char| c.is_whitespace() || is_default_ignorable(c);
    text.len() - text.trim_start_matches(unseen).len()
}

/// Whether both are the same letter; a layout may set capitals.
fn alike(written: char, shown: char) -> bool {
    written == shown || written.to_lowercase().eq(shown.to_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(shown: &str) -> Letters<'_> {
        Letters { shown, start: 0, offset: 0, least: shown.len() }
    }

    #[test]
    fn letters_cover_the_text_that_they_show() {
        let cases = [
            ("灯火", "灯", Some(3)),
            ("灯火", "火", None),
            ("Word on", "WORD", Some(4)),
            ("a\n   b", "a b", Some(6)),
            ("\tx", "    x", Some(2)),
            ("ab", "a\u{ad}", Some(1)),
            ("ab", "\u{202b}ab", Some(2)),
            ("a", "ab", None),
            ("", "", Some(0)),
        ];
        for (text, letters, wanted) in cases {
            assert_eq!(covered(text, &shown(letters)), wanted, "{letters:?} in {text:?}");
        }
    }

    #[test]
    fn a_ligature_may_reach_into_the_next_text() {
        assert_eq!(covered("af", &Letters { least: 2, ..shown("afi") }), Some(2));
        assert_eq!(covered("a", &Letters { least: 2, ..shown("afi") }), None);
    }
}
