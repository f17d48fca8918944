//! Lists of people: who stands in each row, and what is said of them there.

use crate::align::Unit;
use crate::lang::person::{ALIKE, likeness};
use crate::lang::zh::is_han;
use crate::model::{InlineKind, text};

/// What parts a name from what is said of it.
const SEPARATORS: &str = "，,、：:；;—–|｜（(\t\u{3000}";
/// How far the likeness of two names that are one must be above any other.
const AHEAD: f32 = 0.15;

/// A row of a list of people in two parts: a name and a role, in either order.
pub(super) struct Row<'a> {
    pub(super) unit: &'a Unit<'a>,
    /// Its first line, to point at.
    pub(super) line: &'a Unit<'a>,
    pub(super) parts: [String; 2],
}

/// The rows of a building block that lists people.
pub(super) fn rows<'a>(unit: &'a Unit<'a>) -> Vec<Row<'a>> {
    let mut found = Vec::new();
    for list in &unit.children {
        found.extend(list.children.iter().filter_map(row));
    }
    found
}

fn row<'a>(item: &'a Unit<'a>) -> Option<Row<'a>> {
    let mut blocks = item.children.iter();
    let first = blocks.next()?;
    let rest: Vec<String> = blocks.map(Unit::full_text).collect();
    let [name, said] = split(first);
    let said = std::iter::once(said).chain(rest).collect::<Vec<_>>().join(" ");
    Some(Row { unit: item, line: first, parts: [name, said.trim().to_owned()] })
}

/// The two parts of a line: what stands in bold at its head, or before the first mark, and what follows.
fn split(line: &Unit<'_>) -> [String; 2] {
    if let [[head, rest @ ..]] = &line.runs[..]
        && let InlineKind::Strong(body) = &head.kind
    {
        return [text::plain(body), text::plain(rest)].map(|part| trimmed(&part));
    }
    // A space parts Chinese words as a mark does.
    let mut before = ' ';
    let mark = line.text.char_indices().find(|&(_, c)| {
        let ends = SEPARATORS.contains(c) || c == ' ' && is_han(before);
        before = c;
        ends
    });
    let (name, said) = line.text.split_at(mark.map_or(line.text.len(), |(at, _)| at));
    [name, said].map(trimmed)
}

fn trimmed(part: &str) -> String {
    part.trim_matches(|c: char| c.is_whitespace() || SEPARATORS.contains(c) || "）)".contains(c)).to_owned()
}

/// A table of how well each row of one list goes with each of another.
pub(super) type Scores = Vec<Vec<f32>>;

/// Which part of the rows of two lists are the names, and how alike each is to each.
pub(super) fn names(theirs: &[Row<'_>], ours: &[Row<'_>]) -> ([usize; 2], Scores) {
    let columns = [[0, 0], [1, 1], [0, 1], [1, 0]];
    let tables = columns.map(|columns| (columns, table(theirs, ours, columns)));
    let known = |(_, table): &([usize; 2], Scores)| matches(table, ALIKE, AHEAD).iter().flatten().count();
    // The first of the best: a name usually stands at the head.
    let best = tables.iter().map(known).max().unwrap_or(0);
    tables.into_iter().find(|table| known(table) == best).expect("there are four")
}

fn table(theirs: &[Row<'_>], ours: &[Row<'_>], [a, b]: [usize; 2]) -> Scores {
    let one = |there: &Row<'_>, here: &Row<'_>| {
        likeness((&there.parts[a], there.unit.lang), (&here.parts[b], here.unit.lang))
    };
    theirs.iter().map(|there| ours.iter().map(|here| one(there, here)).collect()).collect()
}

/// The rows whose names are surely one.
pub(super) fn same_names(table: &Scores) -> Vec<Option<usize>> {
    matches(table, ALIKE, AHEAD)
}

/// Whether a name of the second list is spelled as one of the first is read.
pub(super) fn is_spelled_exactly(table: &Scores, here: usize) -> bool {
    table.iter().any(|row| row[here] >= 1.0)
}

/// Whether a name of either list is like any of the other.
pub(super) fn is_known(table: &Scores, [there, here]: [usize; 2]) -> bool {
    table[there].iter().any(|score| *score >= ALIKE) || table.iter().any(|row| row[here] >= ALIKE)
}

/// For each row the one of the other list that it surely goes with: each is the other's best, by far.
pub(super) fn matches(table: &Scores, least: f32, ahead: f32) -> Vec<Option<usize>> {
    let best = |scores: &mut dyn Iterator<Item = f32>| -> Option<usize> {
        let scores: Vec<f32> = scores.collect();
        let at = (0..scores.len()).max_by(|a, b| scores[*a].total_cmp(&scores[*b]).then(b.cmp(a)))?;
        let alone = scores.iter().enumerate().all(|(other, score)| other == at || score + ahead <= scores[at]);
        (scores[at] >= least && alone).then_some(at)
    };
    let back = |at: usize| best(&mut table.iter().map(|row| row[at]));
    let forth = |there: usize| best(&mut table[there].iter().copied()).filter(|at| back(*at) == Some(there));
    (0..table.len()).map(forth).collect()
}
