//! What holds of a language and can be said as plain data.

/// How a language is written, typeset and counted.
#[derive(Debug)]
pub struct Conventions {
    /// The writing that its own words are in.
    pub script: Script,
    /// Letters of English that a character of its writing says as much as, in whole numbers.
    pub letters_per_character: usize,
    /// Its marks.
    pub typography: Typography,
    /// The style of its citations, by the name that Typst and Hayagriva know it under.
    pub citation_style: &'static str,
    /// The style of its citations by author and year.
    pub author_date_style: &'static str,
    /// How fast it is read.
    pub reading: ReadingSpeed,
    /// The letters under which an index puts words that begin with none; empty where every word begins with one.
    pub index_initials: &'static str,
    /// How a note of the translator begins.
    pub translator_notes: &'static [&'static str],
    /// The words before a colon with which a note below a table begins.
    pub table_notes: &'static [&'static str],
    /// How parts of addresses name it, in small letters.
    pub in_addresses: &'static [&'static str],
    /// Between the number of a heading and its words.
    pub heading_gap: &'static str,
    /// What a new book starts with.
    pub starter: Starter,
}

/// A kind of writing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Script {
    /// Letters, with spaces between the words. What is left in another language is not in letters.
    Latin,
    /// Chinese characters, without spaces. Words in Latin letters among them are names, terms, or left untranslated.
    Han,
}

/// The marks of a language.
#[derive(Debug)]
pub struct Typography {
    /// An ellipsis.
    pub ellipsis: &'static str,
    /// A dash between two parts of a sentence.
    pub dash: &'static str,
    /// How wide its punctuation marks are.
    pub width: Width,
    /// Whether it writes apostrophes.
    pub apostrophes: bool,
}

/// The width of punctuation marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Width {
    /// As wide as a letter, with a space after most of them: `, `.
    Half,
    /// As wide as a Chinese character, with no space: `，`.
    Full,
}

/// How fast a language is read aloud.
///
/// From S. Trauzettel-Klosinski and K. Dietz, “Standardized Assessment of Reading Performance: The New International
/// Reading Speed Texts IReST”, Investigative Ophthalmology & Visual Science 53 (2012), 5452–5461: the same texts in all
/// languages, read aloud by 25 adults each, so that the languages can be compared. Silent reading is a little faster.
#[derive(Debug)]
pub struct ReadingSpeed {
    /// Characters or words a minute.
    pub per_minute: f64,
    /// How many of these a word in letters or figures counts for.
    pub word: usize,
}

/// The beginning of a new book.
#[derive(Debug)]
pub struct Starter {
    /// Its first chapter.
    pub chapter: &'static str,
    /// A term of that chapter, the same in every language.
    pub term: &'static str,
    /// The trim that its readers know from technical books, where the layout lets the book choose.
    pub technical_trim: &'static str,
}
