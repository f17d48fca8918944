//! How wide text is, and where its lines end.

/// Tells how wide letters are.
pub trait Measure {
    /// The width of a line of text, in the size of its letters.
    fn wide(&self, text: &str, bold: bool) -> f64;
}

/// An estimate for letters of a font that nobody knows, such as the reader's own: generous, for it may be wider than any that could
/// be measured.
#[derive(Debug, Clone, Copy, Default)]
pub struct Generous;

impl Measure for Generous {
    fn wide(&self, text: &str, bold: bool) -> f64 {
        let wide: f64 = text.chars().map(|c| if c >= '\u{2E80}' { 1.04 } else { 0.62 }).sum();
        if bold { wide * 1.03 } else { wide }
    }
}

/// The text in lines no wider than `width`, broken at spaces and between Chinese characters, and within a word only where it alone is
/// wider than a line.
pub(super) fn wrap(text: &str, width: f64, wide: &dyn Fn(&str) -> f64) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    for piece in pieces(text, width, wide) {
        if !line.is_empty() && wide(&format!("{line}{}", piece.trim_end())) > width {
            lines.push(std::mem::take(&mut line));
        }
        line.push_str(&piece);
    }
    lines.push(line);
    lines.iter().map(|line| line.trim().to_owned()).filter(|line| !line.is_empty()).collect()
}

/// The widest part of a text that is not broken.
pub(super) fn stiff(text: &str, wide: &dyn Fn(&str) -> f64) -> f64 {
    pieces(text, f64::INFINITY, wide).iter().map(|piece| wide(piece.trim())).fold(0.0, f64::max)
}

/// Marks that begin no line.
const CLOSING: &str = ",.;:!?)]}，。、；：！？）》」』”’〉】%％‰°";
/// Marks that end no line.
const OPENING: &str = "([{（《「『“‘〈【";

/// Pieces between which a line may break, none wider than `width`.
fn pieces(text: &str, width: f64, wide: &dyn Fn(&str) -> f64) -> Vec<String> {
    let mut pieces: Vec<String> = vec![String::new()];
    let mut before = ' ';
    for c in text.chars() {
        let last = pieces.last_mut().expect("invariant: there is always a piece");
        let square = before >= '\u{2E80}' || c >= '\u{2E80}';
        let parts = before.is_whitespace() && !c.is_whitespace()
            || square && !c.is_whitespace() && !CLOSING.contains(c) && !OPENING.contains(before);
        let full = || wide(&format!("{last}{c}")) > width;
        if !last.is_empty() && (parts || !c.is_whitespace() && full()) {
            pieces.push(String::new());
        }
        pieces.last_mut().expect("invariant: there is always a piece").push(c);
        before = c;
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::{Generous, Measure, stiff, wrap};

    #[test]
    fn labels_wrap_within_their_room() {
        let wide = |text: &str| Generous.wide(text, false);
        assert_eq!(wrap("one two three", 5.0, &wide), ["one two", "three"]);
        assert_eq!(wrap("人工智能算力", 4.25, &wide), ["人工智能", "算力"]);
        assert_eq!(wrap("算力（亿）", 3.2, &wide), ["算力", "（亿）"]);
        for text in ["", "a", "Donaudampfschifffahrtsgesellschaft", "很长很长的标签 with Latin inside，标点"]
        {
            let made = wrap(text, 3.75, &wide);
            assert!(made.iter().all(|line| wide(line) <= 3.75 + 2.1), "{made:?}");
            assert_eq!(made.concat().replace(' ', ""), text.replace(' ', ""));
        }
        assert!((stiff("a tower", &wide) - wide("tower")).abs() < 1e-9);
    }
}
