//! How long a text is, and how long it takes to read.

use serde::Serialize;

use crate::align::lang::zh;
use crate::model::Lang;

/// Characters or words a minute: Chinese 255 characters, English 228 words, the mean of 17 languages 184 words.
///
/// From S. Trauzettel-Klosinski and K. Dietz, “Standardized Assessment of Reading Performance: The New International
/// Reading Speed Texts IReST”, Investigative Ophthalmology & Visual Science 53 (2012), 5452–5461: the same texts in all
/// languages, read aloud by 25 adults each, so that the languages can be compared. Silent reading is a little faster.
const CHINESE: f64 = 255.0;
const ENGLISH: f64 = 228.0;
const OTHER: f64 = 184.0;

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

    fn time(&self, lang: &Lang) -> f64 {
        let rate = match lang.primary() {
            "zh" => CHINESE,
            "en" => ENGLISH,
            _ => OTHER,
        };
        // A word in figures or foreign letters takes about as long as two characters, as a Chinese word does.
        let units = if lang.is_chinese() { self.han + 2 * self.words } else { self.usual() };
        (units as f64 / rate * 10.0).round() / 10.0
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
