//! What the program knows of languages.
//!
//! A language is one folder here with one value that implements [`Language`], named in [`ALL`]. Nothing outside asks which
//! language a text is in; it asks what holds of the language.

pub mod cjk;
mod conventions;
mod cues;
mod denials;
pub mod en;
mod export;
mod foreign;
pub(crate) mod key;
mod lists;
pub mod number;
mod numerals;
pub mod person;
mod range;
pub(crate) mod sequence;
pub mod shape;
mod tag;
pub mod width;
pub mod zh;

use std::ops::Range;

pub use conventions::{Conventions, ReadingSpeed, Script, Starter, Typography, Width};
pub use cues::{Cue, Sureness};
pub use denials::{Denial, Denials, Known};
pub use export::{ExportWords, ReferenceWords};
pub use lists::Lists;
use number::Number;
pub use numerals::{CountedName, Numerals};
pub use tag::{Lang, is_tag};
pub(crate) use tag::{loosely, meant};

use crate::message::{List, Message};

/// Every language that has a module.
pub const ALL: [&dyn Language; 2] = [&zh::Chinese, &en::English];

/// Stands in a text for what is no text: code, a formula, a picture.
pub const OBJECT: char = '\u{1}';

/// What is known of a language.
pub trait Language: Sync {
    /// Its tag, without script and region.
    fn tag(&self) -> &'static str;

    /// The language without script and region, as a book names it.
    fn lang(&self) -> Lang {
        Lang::new(self.tag()).expect("a module has the tag of its language")
    }

    /// What documents give as the language where a book says no more than the [`tag`](Self::tag).
    fn full_tag(&self) -> &'static str;

    /// The region that a tag without one stands for, if it stands for one.
    fn region(&self, tag: &str) -> Option<&'static str>;

    /// The script that a text with this tag is in, as ISO 15924 names it in small letters.
    fn writing(&self, tag: &str) -> &'static str;

    /// The form of the language that a text is in, as its characters show.
    fn form_of(&self, lines: &mut dyn Iterator<Item = &str>) -> Lang;

    /// What the form of the language with this tag is called in a sentence, if it has a name.
    fn name(&self, tag: &str) -> Option<Message>;

    /// What holds of it and can be said as plain data.
    fn conventions(&self) -> &'static Conventions;

    /// The marks that open and close a quotation in the form of the language with this tag.
    fn quotation_marks(&self, tag: &str) -> [char; 2];

    /// The mark between the parts of a foreign name that is written by its sound.
    fn name_dot(&self, tag: &str) -> char;

    /// The words that an e-book says in the form of the language with this tag.
    fn export_words(&self, tag: &str) -> &'static ExportWords;

    /// The words of references in the form of the language with this tag: those that Typst prints.
    fn reference_words(&self, tag: &str) -> &'static ReferenceWords;

    /// The titles of callouts in the form of the language with this tag, by the words that name them.
    fn callout_titles(&self, tag: &str) -> &'static [(&'static str, &'static str)];

    /// Whether a character is one that its own words are written in.
    fn is_letter(&self, c: char) -> bool;

    /// Takes a text apart into words.
    fn read(&self, text: &str, reader: &mut dyn Reader);

    /// The ways in which a text that is the name of a person is spelled in Latin letters, without spaces, marks and capitals.
    /// None for another text.
    fn romanised(&self, name: &str) -> Vec<String>;

    /// How a name is read, in Latin letters.
    fn sounded(&self, name: &str) -> String;

    /// Whether a name is one of another language, written by its sound.
    fn is_transliterated(&self, name: &str) -> bool;

    /// Whether a name in Latin letters is spelled as the language's own names are, if these are written otherwise in it.
    fn spells(&self, name: &str) -> bool;

    /// How long a text is, in a unit of the language's own: the aligner measures how many of one go to one of another.
    fn length(&self, text: &str) -> f32;

    /// Letters of English that usually go to one unit of length.
    fn letters(&self) -> f32;

    /// Whether a text quotes speech.
    fn quotes(&self, text: &str) -> bool;

    /// The sentences of a text, without the space between them, as byte ranges. Marks that close a sentence and the
    /// quotation marks and brackets after them belong to it.
    fn sentences(&self, text: &str) -> Vec<Range<usize>>;

    /// For how many things a sentence asks, where it is a question.
    fn questions(&self, text: &str) -> usize;

    /// The numbers of a text and what its words imply, in order of place, ranges not yet joined: [`number::numbers`] and
    /// [`number::hints`] tell them apart.
    fn numbers(&self, text: &str) -> Vec<Number>;

    /// Numbers that name a scale and no count, by that scale, in order of place: 数十亿 is a thousand million, “billions” too.
    fn scales(&self, text: &str) -> Vec<(f64, Range<usize>)>;

    /// The units that a text names, with and without a number, each with its place.
    fn units(&self, text: &str) -> Vec<(&'static str, Range<usize>)>;

    /// Whether every unit that [`units`](Self::units) gives is surely one: it stands after a numeral.
    fn counts_units(&self) -> bool;

    /// Whether a text measures in a unit by a word that does not name it: a fortnight is weeks.
    fn measures(&self, text: &str, unit: &str) -> bool;

    /// Whether a text is wholly in another language. Names, titles and codes alone belong to every language.
    fn is_foreign(&self, text: &str) -> bool;

    /// Whether a text has sentences of this language.
    fn is_prose(&self, text: &str) -> bool;

    /// The stretches of another language inside a text, without spaces and marks around them.
    fn foreign(&self, text: &str) -> Vec<Range<usize>>;

    /// Whether a stretch of another language is a clause rather than a name.
    fn is_foreign_clause(&self, stretch: &str) -> bool;

    /// A text in the characters that the word lists and the dictionary of the language are written in.
    fn folded(&self, text: &str) -> String;

    /// Whether a [folded](Self::folded) text may have a negation; cheaper than to look for them.
    fn may_deny(&self, text: &str) -> bool;

    /// The negations of a [folded](Self::folded) text.
    fn denials(&self, text: &str, known: Known<'_>) -> Denials;

    /// Whether a word of the dictionary says something by itself, and denies nothing.
    fn tells(&self, word: &str) -> bool;

    /// The clauses of a text: as far as a negation may reach.
    fn clauses(&self, text: &str) -> Vec<Range<usize>>;

    /// Where a word of the dictionary stands in a [folded](Self::folded) text.
    fn places(&self, text: &str, word: &str, known: Known<'_>) -> Vec<usize>;

    /// The words of a text that say one side of an opposition, in order of place.
    fn cues(&self, text: &str) -> Vec<Cue>;

    /// The words that [`cues`](Self::cues) knows, by the sides that they say.
    fn oppositions(&self) -> &'static Lists;

    /// The words that say how the numbers around them belong together: `and`, `from`, `to`, `part of`, `version`; and `dash`,
    /// the marks of ranges.
    fn value_words(&self) -> &'static Lists;

    /// The words of references, such as “Chapter” before 10 and 章 after 第十.
    fn references(&self) -> &'static Lists;

    /// The units of large values in the form of the language with this tag, the smallest first.
    fn magnitudes(&self, tag: &str) -> &'static [shape::Magnitude];

    /// What stands between such a unit and what is counted.
    fn magnitude_gap(&self) -> &'static str;

    /// What a chart shows, in a sentence.
    fn chart_sentence(&self, tag: &str, shape: &shape::Shape<'_>) -> String;
}

/// What takes the words of a text as a language reads them. It numbers them as it likes.
pub trait Reader {
    /// The number of a word.
    fn number(&mut self, word: &str) -> u32;

    /// The number of a word as it is written, which [`remember`](Self::remember) was told: what a word is made of need not
    /// be found again. It need not be known.
    fn recall(&self, _written: &str) -> Option<u32> {
        None
    }

    /// Takes the number of a word as it is written.
    fn remember(&mut self, _written: &str, _number: u32) {}

    /// Calls `found` with the number of characters, two or more, and the number of every word of a dictionary that a text
    /// begins with: for languages that do not part their words.
    fn known(&mut self, text: &str, found: &mut dyn FnMut(usize, u32));

    /// A word that the other text should explain; `at` is its place in the unit of [`extent`](Self::extent).
    fn word(&mut self, word: u32, at: f32);

    /// A word or part of a word that may explain words of the other text.
    fn feature(&mut self, word: u32, at: f32);

    /// How far the places reach.
    fn extent(&mut self, extent: f32);
}

/// The language of a tag.
pub fn of(lang: &Lang) -> &'static dyn Language {
    named(lang.primary()).expect("a tag is made only of a language that has a module")
}

/// The language of a tag without script and region, if it has a module.
pub fn named(primary: &str) -> Option<&'static dyn Language> {
    ALL.into_iter().find(|language| language.tag() == primary)
}

/// What a callout of a word is titled if its author says nothing else.
pub fn callout_title(lang: &Lang, word: &str) -> &'static str {
    let titles = of(lang).callout_titles(lang.tag());
    titles.iter().find(|(known, _)| *known == word).map_or("", |(_, title)| title)
}

/// Whether a full stop after a text would belong to its last word, an abbreviation of a language that has them.
pub fn keeps_stop(text: &str) -> bool {
    en::sentences::keeps_stop(text)
}

/// What to write where a language is not one of these.
pub fn supported() -> Message {
    let names = ALL
        .iter()
        .map(|language| msg!("{tag} ({name})", tag = format!("`{}`", language.tag()), name = language.lang().name()));
    msg!(
        "use {choices}, with a script or a region where needed: `zh-Hant`, `en-GB`",
        choices = Message::list(List::Or, names)
    )
}

/// Whether a text begins like a note of the translator, in any language, with or without a bracket.
pub fn is_translator_note(text: &str) -> bool {
    let text = text.trim_start_matches(['(', '（', '[', '［', '【', '〔', ' ']);
    let begins = |language: &&dyn Language| {
        language.conventions().translator_notes.iter().any(|beginning| text.starts_with(beginning))
    };
    ALL.iter().any(begins)
}

/// Whether a part of an address names a language: `en`, `zh-CN`, `zh_TW`.
pub fn in_address(part: &str) -> bool {
    let part = part.to_ascii_lowercase().replace('_', "-");
    ALL.iter().any(|language| language.conventions().in_addresses.contains(&part.as_str()))
}

/// The language that most letters of a text are of.
pub fn of_text<'t>(lines: impl Iterator<Item = &'t str>) -> Lang {
    let (mut han, mut other) = (0, 0);
    for c in lines.flat_map(str::chars).filter(|c| c.is_alphabetic()) {
        *(if cjk::is_han(c) { &mut han } else { &mut other }) += 1;
    }
    let chinese = zh::Chinese.conventions().letters_per_character * han > other;
    let language: &dyn Language = if chinese { &zh::Chinese } else { &en::English };
    language.lang()
}

#[cfg(test)]
mod tests;
