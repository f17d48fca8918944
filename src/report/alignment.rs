//! An alignment, for people and for programs.

use std::fmt::Write as _;

use serde::Serialize;
use unicode_segmentation::UnicodeSegmentation;

use crate::align::{Explanation, Pair, Relation, SegmentPair};
use crate::source::{Sources, Span};
use crate::words::Tongue;

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
    /// `block` or `sentence`.
    pub level: &'static str,
    /// Where the source stands.
    pub source: Vec<Place<'a>>,
    /// Where the translation stands.
    pub target: Vec<Place<'a>>,
    /// How the one became the other.
    pub relation: &'static str,
    /// What the pair rests on; empty for a sentence and where there is no counterpart.
    pub basis: &'static str,
    /// The probability that the pair is right.
    pub score: f32,
}

/// A place with its text. Lines and columns count from 1, columns in characters.
#[derive(Serialize)]
pub struct Place<'a> {
    line: usize,
    column: usize,
    text: &'a str,
}

impl<'a> Chapter<'a> {
    /// The rows of a chapter: each pair of blocks, then the sentences in it if there are several.
    pub fn of(files: [&'a str; 2], pairs: &'a [Pair<'_>], segments: &'a [SegmentPair], sources: &Sources) -> Self {
        let place = |span: Span, text: &'a str| {
            let position = sources.get(span.file).position(span.start);
            Place { line: position.line, column: position.column, text: text.trim() }
        };
        let mut rows = Vec::new();
        let mut segments = segments.iter().peekable();
        for (at, pair) in pairs.iter().enumerate() {
            let places = |units: &'a [crate::align::Unit<'_>]| -> Vec<Place<'a>> {
                units.iter().map(|unit| place(unit.span, &unit.text)).collect()
            };
            rows.push(Row {
                level: "block",
                source: places(&pair.sources),
                target: places(&pair.targets),
                relation: pair.relation.name(),
                basis: pair.basis.name(),
                score: rounded(pair.score),
            });
            let inside = std::iter::from_fn(|| segments.next_if(|segment| segment.pair == at));
            rows.extend(inside.map(|segment| Row {
                level: "sentence",
                source: segment.sources.iter().map(|s| place(s.span, &s.text)).collect(),
                target: segment.targets.iter().map(|s| place(s.span, &s.text)).collect(),
                relation: segment.relation.name(),
                basis: "",
                score: rounded(segment.score),
            }));
        }
        Self { source: files[0], target: files[1], pairs: rows }
    }

    /// How many pairs of blocks there are of each relation, such as `12 equal, 1 missing`.
    pub fn summary(&self, level: &str) -> String {
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
            let count = self.pairs.iter().filter(|row| row.level == level && row.relation == relation.name()).count();
            (count > 0).then(|| format!("{count} {}", relation.name()))
        });
        counts.collect::<Vec<_>>().join(", ")
    }
}

fn rounded(score: f32) -> f32 {
    (score * 1000.0).round() / 1000.0
}

/// One JSON object with a schema version.
pub fn json(chapters: &[Chapter<'_>]) -> String {
    let value = serde_json::json!({ "schema": SCHEMA, "chapters": chapters });
    serde_json::to_string_pretty(&value).expect("strings and numbers can be written") + "\n"
}

/// The head line of [`tsv`].
pub const TSV_HEAD: &str = "file\tlevel\tsource\ttarget\trelation\tbasis\tscore\tsource_text\ttarget_text\n";

/// A line a pair of a chapter. Places are `line` for blocks and `line:column` for sentences, several joined by commas.
pub fn tsv(chapter: &Chapter<'_>) -> String {
    let mut out = String::new();
    let file = if chapter.source.is_empty() { chapter.target } else { chapter.source };
    for row in &chapter.pairs {
        let _ = write!(out, "{file}\t{}\t", row.level);
        for places in [&row.source, &row.target] {
            for (at, place) in places.iter().enumerate() {
                let comma = if at == 0 { "" } else { "," };
                let _ = match row.level {
                    "block" => write!(out, "{comma}{}", place.line),
                    _ => write!(out, "{comma}{}:{}", place.line, place.column),
                };
            }
            out.push('\t');
        }
        let _ = write!(out, "{}\t{}\t{:.3}", row.relation, row.basis, row.score);
        for places in [&row.source, &row.target] {
            out.push('\t');
            join(places, &mut out);
        }
        out.push('\n');
    }
    out
}

/// Adds the texts of some places, on one line.
fn join(places: &[Place<'_>], out: &mut String) {
    let words = places.iter().flat_map(|place| place.text.split_whitespace());
    for (at, word) in words.enumerate() {
        if at > 0 {
            out.push(' ');
        }
        out.push_str(word);
    }
}

fn joined(places: &[Place<'_>]) -> String {
    let mut out = String::new();
    join(places, &mut out);
    out
}

/// For people: the table of a chapter with its summary; of the sentences those that are not one to one.
pub fn table(chapter: &Chapter<'_>, tongue: Tongue) -> String {
    let mut out = String::new();
    let named = |file: &str| if file.is_empty() { tongue.say("(no chapter)").into_owned() } else { file.to_owned() };
    let _ = writeln!(out, "{} ↔ {}", named(chapter.source), named(chapter.target));
    for row in chapter.pairs.iter().filter(|row| row.level == "block" || row.relation != "equal") {
        let indent = if row.level == "block" { "" } else { "  " };
        let lines = |places: &[Place<'_>]| {
            let lines: Vec<String> = places.iter().map(|place| place.line.to_string()).collect();
            if lines.is_empty() { "–".to_owned() } else { lines.join(",") }
        };
        let _ = writeln!(
            out,
            "  {indent}{:>7} {:>7}  {:<8}{:<6}{:>5.2}  {} │ {}",
            lines(&row.source),
            lines(&row.target),
            row.relation,
            row.basis,
            row.score,
            fitted(&joined(&row.source)),
            fitted(&joined(&row.target)).trim_end(),
        );
    }
    let sentences = chapter.summary("sentence");
    let blocks = format!("blocks: {}", chapter.summary("block"));
    let _ = writeln!(out, "  {}", tongue.say(&blocks));
    if !sentences.is_empty() {
        let sentences = format!("sentences: {sentences}");
        let _ = writeln!(out, "  {}", tongue.say(&sentences));
    }
    out.push('\n');
    out
}

/// A text cut or filled to the columns of an excerpt. A Chinese character takes two.
fn fitted(text: &str) -> String {
    let wide = |cluster: &str| if cluster.chars().next().is_some_and(|c| c as u32 >= 0x2e80) { 2 } else { 1 };
    let all: usize = text.graphemes(true).map(wide).sum();
    let room = if all > EXCERPT { EXCERPT - 1 } else { EXCERPT };
    let (mut out, mut used) = (String::new(), 0);
    for cluster in text.graphemes(true) {
        if used + wide(cluster) > room {
            break;
        }
        used += wide(cluster);
        out.push_str(cluster);
    }
    if all > EXCERPT {
        out.push('…');
        used += 1;
    }
    out + &" ".repeat(EXCERPT.saturating_sub(used))
}

/// Why a pair is one, for people.
pub fn explanation(row: &Row<'_>, why: Option<&Explanation>, tongue: Tongue) -> String {
    let say = |text: String| tongue.say(&text).into_owned();
    let mut out = String::new();
    for (side, places) in [("source", &row.source), ("target", &row.target)] {
        for place in places {
            let _ = writeln!(out, "{side}  {}:{}  {}", place.line, place.column, place.text);
        }
    }
    let basis = if row.basis.is_empty() { String::new() } else { format!(", by {}", row.basis) };
    let _ = writeln!(out, "\n{}", say(format!("{}{basis}, score {:.2}", row.relation, row.score)));
    let Some(why) = why else { return out };
    let [source, target] = why.letters;
    let odds = format!("words say {:+.1}, shape says {:+.1} (logarithms of odds)", why.words, why.shape);
    let length = format!("length: source {source:.0}, target {target:.0}, in letters of English");
    let _ = writeln!(out, "{}\n{}", say(odds), say(length));
    for link in why.links.iter().take(40) {
        let _ = writeln!(out, "  {} ← {}  ×{:.0}", link.target, link.source, link.factor);
    }
    if !why.unexplained.is_empty() {
        // The words are the book's.
        let _ = writeln!(out, "{}{}", say("without a counterpart: ".to_owned()), why.unexplained.join(", "));
    }
    out
}
