//! Combining marks: what stands on one letter is set together, which takes time and memory by its square.

use unicode_normalization::char::is_combining_mark;

/// Most marks on one letter. Unicode asks for no more of any text that is passed on (UAX #15, stream-safe).
pub(super) const MOST: usize = 30;

/// The marks that follow each other in a text.
#[derive(Debug, Default)]
pub(super) struct Run(usize);

impl Run {
    /// Whether a character is a mark beyond the most that may stand on one letter.
    pub(super) fn is_over(&mut self, c: char) -> bool {
        if c.is_ascii() || !(is_combining_mark(c) || is_joined(c)) {
            self.0 = 0;
            return false;
        }
        self.0 += 1;
        self.0 > MOST
    }
}

/// Whether a character that is no mark belongs to the sign before it: joiners, colours of skin, tags of flags.
fn is_joined(c: char) -> bool {
    matches!(c, '\u{200c}' | '\u{200d}' | '\u{1f3fb}'..='\u{1f3ff}' | '\u{e0020}'..='\u{e007f}')
}

#[cfg(test)]
mod tests {
    use super::{MOST, Run};

    #[test]
    fn marks_are_counted_on_each_letter() {
        let over = |text: &str| {
            let mut run = Run::default();
            text.chars().filter(|c| run.is_over(*c)).count()
        };
        assert_eq!(over(&format!("e{}", "\u{301}".repeat(MOST))), 0);
        assert_eq!(over(&format!("e{}", "\u{301}".repeat(MOST + 3))), 3);
        assert_eq!(over(&"e\u{301}".repeat(1_000)), 0);
        assert_eq!(over("👩🏽\u{200d}🚒 กี่ क्षि بِّ"), 0);
        assert_eq!(over(&format!("甲{}", "\u{302a}\u{200d}".repeat(MOST))), MOST);
    }
}
