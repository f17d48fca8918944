//! How wide text is, in em. A reader's own font may be wider than any that we could measure, so this is a generous estimate.

/// The width of a text in em: a Chinese character is a square, a Latin one two thirds.
pub(super) fn wide(text: &str) -> f64 {
    text.chars().map(|c| if c >= '\u{2E80}' { 1.04 } else { 0.62 }).sum()
}

/// The text in lines no wider than `width` em, broken at spaces and between Chinese characters, and within a
/// word only when it alone is wider than a line.
pub(super) fn lines(text: &str, width: f64) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    for piece in pieces(text, width) {
        if !line.is_empty() && wide(&line) + wide(piece.trim_end()) > width {
            lines.push(std::mem::take(&mut line));
        }
        line.push_str(&piece);
    }
    lines.push(line);
    lines.iter().map(|l| l.trim().to_owned()).filter(|l| !l.is_empty()).collect()
}

/// Pieces between which a line may break, none wider than `width`.
fn pieces(text: &str, width: f64) -> Vec<String> {
    let mut pieces = vec![String::new()];
    let mut after = ' ';
    for c in text.chars() {
        let last = pieces.last_mut().expect("there is always a piece");
        let breaks = after.is_whitespace() || (after >= '\u{2E80}' && !",.;:!?)，。；：！？）》”、%".contains(c));
        if !last.is_empty() && (breaks || wide(last) + 1.0 > width) {
            pieces.push(String::new());
        }
        pieces.last_mut().expect("there is always a piece").push(c);
        after = c;
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::{lines, wide};

    #[test]
    fn labels_wrap_within_their_room() {
        assert_eq!(lines("one two three", 5.0), ["one two", "three"]);
        assert_eq!(lines("人工智能算力", 4.25), ["人工智能", "算力"]);
        for text in ["", "a", "Donaudampfschifffahrtsgesellschaft", "很长很长的标签 with Latin inside，标点"]
        {
            let made = lines(text, 3.75);
            assert!(made.iter().all(|line| wide(line) <= 3.75 + 1.07), "{made:?}");
            assert_eq!(made.concat().replace(' ', ""), text.replace(' ', ""));
        }
    }
}
