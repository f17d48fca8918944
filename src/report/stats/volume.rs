//! How long a text is, and how long it takes to read.

use serde::Serialize;

use crate::lang::zh;
use crate::model::Lang;

/// How long a text is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize)]
pub struct Volume {
    /// Chinese characters.
    pub han: usize,
    /// Words in letters or figures, between spaces, dashes or Chinese characters.
    pub words: usize,
    /// Characters of any kind, without spaces.
    pub characters: usize,
    /// Minutes it takes to read, to a tenth.
    pub minutes: f64,
}

impl Volume {
    /// Counts a text in a language.
    pub fn of<'t>(texts: impl Iterator<Item = &'t str>, lang: &Lang) -> Self {
        let mut volume = Self::default();
        for text in texts {
            volume.add_text(text);
        }
        volume.minutes = volume.time(lang);
        volume
    }

    /// The one number by which texts are counted: Chinese characters and words together. A Chinese text has few words of
    /// the other kind, and an English one few characters.
    pub fn usual(&self) -> usize {
        self.han + self.words
    }

    fn add_text(&mut self, text: &str) {
        // Whether a word has begun, and whether it has a letter or figure yet: a lone mark is not a word.
        let mut word = false;
        for c in text.chars() {
            self.characters += usize::from(!c.is_whitespace());
            if zh::is_han(c) {
                self.han += 1;
                word = false;
            } else if parts(c) {
                word = false;
            } else if c.is_alphanumeric() && !word {
                self.words += 1;
                word = true;
            }
        }
    }

    /// Minutes to a tenth.
    fn time(&self, lang: &Lang) -> f64 {
        let reading = &lang.conventions().reading;
        let units = self.han + reading.word * self.words;
        (units as f64 / reading.per_minute * 10.0).round() / 10.0
    }

    /// The sum of two texts in one language.
    #[must_use]
    pub fn plus(&self, other: &Self) -> Self {
        Self {
            han: self.han + other.han,
            words: self.words + other.words,
            characters: self.characters + other.characters,
            minutes: ((self.minutes + other.minutes) * 10.0).round() / 10.0,
        }
    }
}

/// Whether a character stands between words: a space, a dash, an ellipsis, a mark of Chinese.
fn parts(c: char) -> bool {
    c.is_whitespace()
        || matches!(c, '–' | '—' | '…' | '\u{3001}'..='\u{303f}')
        || ('\u{ff01}'..='\u{ff65}').contains(&c) && !c.is_alphanumeric()
}
