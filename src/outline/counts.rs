//! The numbers of chapters, of what is counted in them, and of their headings.

use std::collections::BTreeMap;

use super::{Series, levels};
use crate::lang::{Numerals, ReferenceWords};
use crate::model::{Block, BlockKind, Chapter, Division, Lang};
use crate::source::Span;

/// The number of a chapter or of an appendix.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Ordinal {
    /// Whether it is an appendix.
    pub appendix: bool,
    /// Its number among its like.
    pub number: usize,
    /// Whether an appendix has a letter in every language, because what stands in it bears its number too.
    pub lettered: bool,
}

impl Ordinal {
    /// The number alone, as what stands in the chapter bears it: `3`, `B`.
    pub fn sign(self, words: &ReferenceWords) -> String {
        let numerals = match (self.appendix, self.lettered) {
            (false, _) => Numerals::Digits,
            (true, false) => words.appendix.numerals,
            (true, true) => Numerals::Letters,
        };
        numerals.write(self.number)
    }

    /// Its name: `第三章`, `Appendix B`.
    pub fn name(self, words: &ReferenceWords) -> String {
        if self.appendix { words.appendix.with(&self.sign(words)) } else { words.chapter.of(self.number) }
    }
}

/// The number of a figure, a table, a listing or a formula.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Count {
    /// The chapter that it is counted in; none where the whole book is counted through.
    pub chapter: Option<Ordinal>,
    /// Its number there.
    pub number: usize,
}

impl Count {
    /// The number as it stands beside what it is of: `3-1`, that of a formula in parentheses.
    pub fn text(self, series: Series, words: &ReferenceWords) -> String {
        let within = if series == Series::Formula { "." } else { words.within };
        let number = match self.chapter {
            Some(chapter) => format!("{}{within}{}", chapter.sign(words), self.number),
            None => self.number.to_string(),
        };
        if series == Series::Formula { format!("({number})") } else { number }
    }
}

/// A part of the book in an outline.
#[derive(Debug, Clone)]
pub struct Titled<'a> {
    /// What `book.yaml` says of it.
    pub division: &'a Division,
    /// Its number.
    pub number: Option<usize>,
    /// The anchor of its title.
    pub anchor: String,
}

impl Titled<'_> {
    /// Its number as a name: `第一部分`.
    pub fn name(&self, words: &ReferenceWords) -> Option<String> {
        self.number.map(|number| words.part.of(number))
    }

    /// Its title in a language, or in any.
    pub fn title(&self, lang: &Lang) -> &str {
        let titles = &self.division.title;
        titles.get(lang).or_else(|| titles.values().next()).map_or("", String::as_str)
    }
}

/// The numbers of the headings of a chapter, such as `1.2`, down to a number of levels; `sign` is that of the chapter. Headings
/// in boxes beside the text bear none.
pub(super) fn sections(chapter: &Chapter, depth: u8, sign: Option<&str>) -> BTreeMap<Span, String> {
    let mut counter = Counter { levels: levels(chapter), depth, sign, counts: Vec::new(), found: BTreeMap::new() };
    if depth > 0 {
        counter.blocks(&chapter.blocks);
    }
    counter.found
}

struct Counter<'c> {
    levels: BTreeMap<Span, u8>,
    depth: u8,
    sign: Option<&'c str>,
    /// How many headings of each level there are so far, from the second level on.
    counts: Vec<usize>,
    found: BTreeMap<Span, String>,
}

impl Counter<'_> {
    fn blocks(&mut self, blocks: &[Block]) {
        for block in blocks {
            match &block.kind {
                BlockKind::Heading { level, .. } => {
                    let level = self.levels.get(&block.span).copied().unwrap_or(*level).max(2) - 1;
                    if level <= self.depth {
                        self.heading(block.span, usize::from(level));
                    }
                }
                BlockKind::Container { name, body, .. } if name == "columns" => self.blocks(body),
                _ => {}
            }
        }
    }

    /// Numbers a heading that stands so many levels below the title.
    fn heading(&mut self, span: Span, depth: usize) {
        self.counts.resize(depth, 0);
        if let Some(last) = self.counts.last_mut() {
            *last += 1;
        }
        let numbers = self.counts.iter().map(usize::to_string);
        let number: Vec<String> = self.sign.map(str::to_owned).into_iter().chain(numbers).collect();
        self.found.insert(span, number.join("."));
    }
}
