//! An alignment, for people and for programs.

use std::fmt::Write as _;

use serde::{Serialize, Serializer};
use textwrap::core::display_width;

use super::columns::{aligned, padded};
use super::excerpt::forth;
use super::programs::{cell, pretty};
use crate::align::{Basis, Explanation, Pair, Relation, SegmentPair};
use crate::message::{List, Locale, Message, visible_in_line};
use crate::source::{Sources, Span};

/// Changes when a field is removed or changes its meaning; added fields leave it.
const SCHEMA: &str = "dama-pub/alignment/1";

/// How much of a text is shown, in columns of a terminal.
const EXCERPT: usize = 30;

/// A chapter and its translation.
#[derive(Serialize)]
pub struct Chapter<'a> {
    /// File of the source; empty when there is none.
    pub source: &'a str,
    /// File of the translation; empty when there is none.
    pub target: &'a str,
    /// Pairs of blocks, and of the sentences in them.
    pub pairs: Vec<Row<'a>>,
}

/// A pair of blocks or of sentences.
#[derive(Serialize)]
pub struct Row<'a> {
    /// What is paired.
    pub level: Level,
    /// Where the source stands.
    pub source: Vec<PlacedText<'a>>,
    /// Where the translation stands.
    pub target: Vec<PlacedText<'a>>,
    /// How the source became the translation.
    #[serde(serialize_with = "relation")]
    pub relation: Relation,
    /// What the pair rests on; nothing for a sentence and where there is no counterpart.
    #[serde(serialize_with = "basis")]
    pub basis: Basis,
    /// The probability that the pair is right.
    pub score: f32,
}

/// What a row pairs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// Blocks.
    Block,
    /// Sentences of paired blocks.
    Sentence,
}

impl Level {
    /// The word for programs.
    fn name(self) -> &'static str {
        match self {
            Level::Block => "block",
            Level::Sentence => "sentence",
        }
    }
}

fn relation<S: Serializer>(relation: &Relation, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(relation.name())
}

fn basis<S: Serializer>(basis: &Basis, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(basis.name())
}

/// A place with its text. Lines and columns count from 1, columns in characters.
#[derive(Serialize)]
pub struct PlacedText<'a> {
    line: usize,
    column: usize,
    text: &'a str,
}

impl<'a> PlacedText<'a> {
    fn new(span: Span, text: &'a str, sources: &Sources) -> Self {
        let position = sources.get(span.file).position(span.start);
        Self { line: position.line, column: position.column, text: text.trim() }
    }
}

impl<'a> Chapter<'a> {
    /// The rows of a chapter: each pair of blocks, then the sentences in it if there are several.
    pub fn of(files: [&'a str; 2], pairs: &'a [Pair<'_>], segments: &'a [SegmentPair], sources: &Sources) -> Self {
        let mut rows = Vec::new();
        let mut segments = segments.iter().peekable();
        for (at, pair) in pairs.iter().enumerate() {
            rows.push(Row {
                level: Level::Block,
                source: pair.sources.iter().map(|unit| PlacedText::new(unit.span, &unit.text, sources)).collect(),
                target: pair.targets.iter().map(|unit| PlacedText::new(unit.span, &unit.text, sources)).collect(),
                relation: pair.relation,
                basis: pair.basis,
                score: rounded(pair.score),
            });
            let inside = std::iter::from_fn(|| segments.next_if(|segment| segment.pair == at));
            rows.extend(inside.map(|segment| Row {
                level: Level::Sentence,
                source: segment.sources.iter().map(|s| PlacedText::new(s.span, &s.text, sources)).collect(),
                target: segment.targets.iter().map(|s| PlacedText::new(s.span, &s.text, sources)).collect(),
                relation: segment.relation,
                basis: Basis::Nothing,
                score: rounded(segment.score),
            }));
        }
        Self { source: files[0], target: files[1], pairs: rows }
    }

    /// How many pairs of a level there are of each relation, such as `12 equal, 1 missing`.
    fn summary(&self, level: Level) -> Message {
        let relations = [
            Relation::Equal,
            Relation::Merged,
            Relation::Split,
            Relation::Many,
            Relation::Moved,
            Relation::Missing,
            Relation::Extra,
        ];
        let counts = relations.iter().filter_map(|relation| {
            let count = self.pairs.iter().filter(|row| row.level == level && row.relation == *relation).count();
            (count > 0).then(|| msg!("{count} {relation}", count, relation = relation.word()))
        });
        Message::list(List::Items, counts)
    }
}

fn rounded(score: f32) -> f32 {
    (score * 1000.0).round() / 1000.0
}

/// One JSON object with a schema version.
pub fn json(chapters: &[Chapter<'_>]) -> String {
    pretty(&serde_json::json!({ "schema": SCHEMA, "chapters": chapters }))
}

/// The head line of [`tsv`].
pub const TSV_HEAD: &str = "file\tlevel\tsource\ttarget\trelation\tbasis\tscore\tsource_text\ttarget_text\n";

/// A line a pair of a chapter. Places are `line` for blocks and `line:column` for sentences, several joined by commas.
pub fn tsv(chapter: &Chapter<'_>) -> String {
    let mut out = String::new();
    let file = cell(if chapter.source.is_empty() { chapter.target } else { chapter.source });
    for row in &chapter.pairs {
        let _ = write!(out, "{file}\t{}\t", row.level.name());
        for places in [&row.source, &row.target] {
            for (at, place) in places.iter().enumerate() {
                let comma = if at == 0 { "" } else { "," };
                let _ = match row.level {
                    Level::Block => write!(out, "{comma}{}", place.line),
                    Level::Sentence => write!(out, "{comma}{}:{}", place.line, place.column),
                };
            }
            out.push('\t');
        }
        let _ = write!(out, "{}\t{}\t{:.3}", row.relation.name(), row.basis.name(), row.score);
        for places in [&row.source, &row.target] {
            out.push('\t');
            out.push_str(&cell(&joined(places)));
        }
        out.push('\n');
    }
    out
}

/// The texts of some places, on one line.
fn joined(places: &[PlacedText<'_>]) -> String {
    let mut out = String::new();
    let words = places.iter().flat_map(|place| place.text.split_whitespace());
    for (at, word) in words.enumerate() {
        if at > 0 {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

/// For people: the table of a chapter with its summary; of the sentences those that are not one to one.
pub fn table(chapter: &Chapter<'_>, locale: Locale) -> String {
    let mut out = String::new();
    let named = |file: &str| {
        if file.is_empty() { locale.say(&msg!("(no chapter)")) } else { visible_in_line(file).into_owned() }
    };
    let _ = writeln!(out, "{} ↔ {}", named(chapter.source), named(chapter.target));
    let shown = chapter.pairs.iter().filter(|row| row.level == Level::Block || row.relation != Relation::Equal);
    let rows: Vec<Vec<String>> = shown.map(|row| cells(row, locale)).collect();
    // Line numbers and scores are aligned right; relation, basis and texts left.
    for line in aligned(&rows, |at| matches!(at, 2 | 3 | 5)) {
        let _ = writeln!(out, "  {line}");
    }
    let (blocks, sentences) = (chapter.summary(Level::Block), chapter.summary(Level::Sentence));
    if !blocks.is_empty() {
        let _ = writeln!(out, "  {}", locale.say(&msg!("blocks: {pairs}", pairs = blocks)));
    }
    if !sentences.is_empty() {
        let _ = writeln!(out, "  {}", locale.say(&msg!("sentences: {pairs}", pairs = sentences)));
    }
    out.push('\n');
    out
}

fn cells(row: &Row<'_>, locale: Locale) -> Vec<String> {
    let indent = if row.level == Level::Block { "" } else { "  " };
    let texts = [&row.source, &row.target].map(|places| fitted(&visible_in_line(&joined(places))));
    vec![
        lines(&row.source),
        lines(&row.target),
        format!("{indent}{}", locale.say(&row.relation.word())),
        locale.say(&ground(row.basis)),
        format!("{:.2}", row.score),
        texts.join(" │ "),
    ]
}

/// The lines on which some places begin.
fn lines(places: &[PlacedText<'_>]) -> String {
    let lines: Vec<String> = places.iter().map(|place| place.line.to_string()).collect();
    if lines.is_empty() { "–".to_owned() } else { lines.join(",") }
}

/// What a pair rests on, for people.
fn ground(basis: Basis) -> Message {
    match basis {
        Basis::Id => msg!("same id"),
        Basis::Same => msg!("same content"),
        Basis::Words => msg!("wording"),
        Basis::Place => msg!("position"),
        Basis::Parts => msg!("what is inside it"),
        Basis::Nothing => Message::empty(),
    }
}

/// A text cut or filled to the columns of an excerpt.
fn fitted(text: &str) -> String {
    if display_width(text) <= EXCERPT {
        return padded(text, EXCERPT);
    }
    padded(&format!("{}…", &text[..forth(text, EXCERPT - 1)]), EXCERPT)
}

/// Why a pair is one, for people.
pub fn explanation(row: &Row<'_>, why: Option<&Explanation>, locale: Locale) -> String {
    let [source, target] = [msg!("source"), msg!("translation")].map(|side| locale.say(&side));
    let mut rows = Vec::new();
    for (side, places) in [(source, &row.source), (target, &row.target)] {
        rows.extend(
            places
                .iter()
                .map(|place| vec![side.clone(), format!("{}:{}", place.line, place.column), place.text.to_owned()]),
        );
    }
    let mut out = aligned(&rows, |_| true).join("\n") + "\n";
    let (relation, score) = (row.relation.word(), format!("{:.2}", row.score));
    let verdict = match row.basis {
        Basis::Nothing => msg!("{relation}; score {score}", relation, score),
        basis => msg!("{relation}, by {basis}; score {score}", relation, basis = ground(basis), score),
    };
    let _ = writeln!(out, "\n{}", locale.say(&verdict));
    if let Some(why) = why {
        reasons(why, locale, &mut out);
    }
    out
}

/// What speaks for a pair of texts and against it.
fn reasons(why: &Explanation, locale: Locale, out: &mut String) {
    let (words, shape) = (format!("{:+.1}", why.words), format!("{:+.1}", why.surface));
    let [source, target] = why.letters.map(|letters| format!("{letters:.0}"));
    for line in [
        msg!("log odds: words {words}, shape {shape}", words, shape),
        msg!("length: source {source}, translation {target}, in English letters", source, target),
    ] {
        let _ = writeln!(out, "{}", locale.say(&line));
    }
    for link in why.links.iter().take(40) {
        let _ = writeln!(out, "  {} ← {}  ×{:.0}", link.target, link.source, link.ratio);
    }
    if !why.unexplained.is_empty() {
        let words = Message::list(List::Items, &why.unexplained);
        let _ = writeln!(out, "{}", locale.say(&msg!("without a counterpart: {words}", words)));
    }
}
