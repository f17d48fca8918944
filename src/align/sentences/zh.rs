//! Chinese words: those of a dictionary, by longest match, and every dictionary word and character as a feature.

use super::en;

/// Longest word of the dictionary, in characters.
pub const LONGEST: usize = 4;

/// Whether a character is a Chinese one.
pub fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{323af}')
}

/// A text taken apart.
pub struct Parts {
    /// Its words, one after the other; words in Latin letters stand last.
    pub words: Vec<String>,
    /// Its characters, every dictionary word in it, overlapping ones too, and its words in Latin letters.
    pub features: Vec<String>,
}

/// Takes a text apart with a dictionary of words of two to [`LONGEST`] characters.
pub fn parts(text: &str, known: &dyn Fn(&str) -> bool) -> Parts {
    let mut parts = Parts { words: Vec::new(), features: Vec::new() };
    let mut latin = String::new();
    let mut run: Vec<char> = Vec::new();
    for c in text.chars().chain(['\n']) {
        if is_han(c) {
            run.push(c);
            continue;
        }
        if !run.is_empty() {
            parts.run(&run, known);
            run.clear();
            latin.push(' ');
        }
        latin.push(half_width(c));
    }
    let latin = en::tokens(&latin);
    parts.words.extend(latin.iter().cloned());
    parts.features.extend(latin);
    parts
}

impl Parts {
    fn run(&mut self, run: &[char], known: &dyn Fn(&str) -> bool) {
        let mut at = 0;
        while at < run.len() {
            let longest = (2..=LONGEST.min(run.len() - at)).rev().map(|n| run[at..at + n].iter().collect::<String>());
            let word = longest.into_iter().find(|word| known(word)).unwrap_or_else(|| run[at].to_string());
            at += word.chars().count();
            self.words.push(word);
        }
        for at in 0..run.len() {
            self.features.push(run[at].to_string());
            let longer = (2..=LONGEST.min(run.len() - at)).map(|n| run[at..at + n].iter().collect::<String>());
            self.features.extend(longer.filter(|word| known(word)));
        }
    }
}

/// Full-width letters, digits and marks as their half-width forms.
fn half_width(c: char) -> char {
    match c {
        '！'..='～' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        other => other,
    }
}
