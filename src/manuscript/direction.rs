//! Characters that turn the direction of text, and the lines in which they deceive: code that looks harmless and is not, a name
//! with another ending.

/// Whether a character turns the direction of text or marks one.
pub(super) fn turns(c: char) -> bool {
    matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// The line that was looked at last, in which such characters stand.
#[derive(Default)]
pub(super) struct Line {
    end: usize,
    deceives: bool,
}

impl Line {
    /// Whether a character at a place of a text turns the direction of a line that has no need of it. Places come in order, and each
    /// line is looked at once.
    pub(super) fn deceives(&mut self, text: &str, place: usize, c: char) -> bool {
        if !turns(c) {
            return false;
        }
        if place >= self.end {
            let start = text[..place].rfind('\n').map_or(0, |at| at + 1);
            self.end = text[place..].find('\n').map_or(text.len(), |at| place + at);
            self.deceives = !is_honest(&text[start..self.end]);
        }
        self.deceives
    }
}

/// Whether a line has letters that are written from right to left, closes what it opens, and overrides nothing.
fn is_honest(line: &str) -> bool {
    let mut open = Vec::new();
    for c in line.chars() {
        match c {
            '\u{202d}' | '\u{202e}' => return false,
            '\u{202a}' | '\u{202b}' => open.push('\u{202c}'),
            '\u{2066}'..='\u{2068}' => open.push('\u{2069}'),
            '\u{202c}' | '\u{2069}' if open.pop() != Some(c) => return false,
            _ => {}
        }
    }
    open.is_empty() && line.chars().any(is_from_the_right)
}

/// Whether a letter belongs to a script that is written from right to left.
fn is_from_the_right(c: char) -> bool {
    let block = matches!(c, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}')
        || matches!(c, '\u{10800}'..='\u{10fff}' | '\u{1e800}'..='\u{1efff}');
    block && c.is_alphabetic()
}

#[cfg(test)]
mod tests {
    use super::is_honest;

    #[test]
    fn only_lines_that_need_it_turn() {
        for (line, honest) in [
            ("a\u{200f}b", false),
            ("a\u{2066}b\u{2069}", false),
            ("שלום\u{200f}!", true),
            ("a \u{2067}سلام\u{2069} b", true),
            ("\u{202b}سلام\u{2067}x\u{2069}\u{202c}", true),
            ("\u{202b}سلام\u{2067}x\u{202c}\u{2069}", false),
            ("سلام\u{2067}", false),
            ("سلام\u{2069}", false),
            ("سلام\u{202e}a\u{202c}", false),
            ("\u{660}\u{200f}", false),
        ] {
            assert_eq!(is_honest(line), honest, "{line:?}");
        }
    }
}
