//! One file with both languages: paragraphs in turn, or a table of two columns. They are told apart by their script.

use std::collections::BTreeSet;

use super::reader::Reader;
use crate::diagnostic::Severity;
use crate::import::write::plain;
use crate::import::{Block, BlockKind, Cell, Document, Inline, Kind};
use crate::lang::cjk::is_han;

/// Fewest paragraphs in turn by which a file is taken for one in two languages.
const FEWEST: usize = 6;

/// Fewest rows of a table whose columns are two languages.
const FEWEST_ROWS: usize = 3;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Script {
    Chinese,
    Latin,
}

fn script(text: &str) -> Option<Script> {
    let han = text.chars().filter(|c| is_han(*c)).count();
    let latin = text.chars().filter(char::is_ascii_alphabetic).count();
    match (han, latin) {
        (0, 0) => None,
        // A Chinese text has names and code in Latin letters; an English one has hardly a character.
        _ if han * 4 >= latin => Some(Script::Chinese),
        _ if han * 20 <= latin => Some(Script::Latin),
        _ => None,
    }
}

fn words(block: &Block) -> Option<String> {
    match &block.kind {
        BlockKind::Heading(_, run) | BlockKind::Paragraph(run) => {
            Some(plain(run)).filter(|text| !text.trim().is_empty())
        }
        _ => None,
    }
}

/// The documents of a file: one, or two of two languages, the first of them first.
pub(super) fn split(reader: &mut Reader<'_>, document: Document) -> Vec<Document> {
    let columns = document.blocks.iter().filter(|block| is_two_columns(block)).count();
    let texts: Vec<Option<Script>> = document.blocks.iter().filter_map(words).map(|text| script(&text)).collect();
    let turns = texts.windows(2).filter(|two| two[0].is_some() && two[1].is_some() && two[0] != two[1]).count();
    let in_turn = texts.len() >= FEWEST && turns * 10 >= (texts.len() - 1) * 8;
    if columns == 0 && !in_turn {
        return vec![document];
    }
    let message = match in_turn {
        true => msg!("paragraphs in two languages stand in turn; they are taken apart by their script"),
        false => msg!("tables of two columns in two languages are taken apart by their script"),
    };
    reader.tell_at(String::new(), (Kind::Guessed, Severity::Warning), message, "");
    let first = first_script(&document).unwrap_or(Script::Chinese);
    let second = if first == Script::Chinese { Script::Latin } else { Script::Chinese };
    let sides: Vec<Document> = [first, second].into_iter().map(|side| of_side(&document, side, first)).collect();
    if sides.iter().any(|side| side.blocks.is_empty()) { vec![document] } else { sides }
}

fn first_script(document: &Document) -> Option<Script> {
    document.blocks.iter().find_map(|block| match (&block.kind, words(block)) {
        (BlockKind::Table { .. }, _) => {
            rows(block).find_map(|row| row.first().and_then(|cell| script(&plain(&cell.body))))
        }
        (_, Some(text)) => script(&text),
        _ => None,
    })
}

fn rows(block: &Block) -> impl Iterator<Item = &Vec<Cell>> {
    let (head, rows): (&[Vec<Cell>], &[Vec<Cell>]) = match &block.kind {
        BlockKind::Table { head, rows, .. } => (head, rows),
        _ => (&[], &[]),
    };
    head.iter().chain(rows)
}

/// Whether a table has a language in each of its two columns.
fn is_two_columns(block: &Block) -> bool {
    let all: Vec<&Vec<Cell>> = rows(block).collect();
    let mut differ = 0;
    let mut order = None;
    for row in &all {
        let [one, other] = row.as_slice() else { return false };
        if let (Some(a), Some(b)) = (script(&plain(&one.body)), script(&plain(&other.body)))
            && a != b
            && *order.get_or_insert(a) == a
        {
            differ += 1;
        }
    }
    all.len() >= FEWEST_ROWS && differ * 10 >= all.len() * 8
}

/// What a document says in one language. What has none, such as a picture, is in both.
fn of_side(document: &Document, side: Script, first: Script) -> Document {
    let mut out = Document { blocks: Vec::new(), ..document.clone() };
    let mut last = first;
    for block in &document.blocks {
        if is_two_columns(block) {
            let order = rows(block).find_map(|row| row.first().and_then(|cell| script(&plain(&cell.body))));
            let column = usize::from(order != Some(side));
            for row in rows(block) {
                out.blocks.extend(row.get(column).into_iter().flat_map(|cell| paragraphs(cell, &block.at)));
            }
            continue;
        }
        if let Some(half) = half(block, side) {
            out.blocks.push(half);
            continue;
        }
        match words(block) {
            Some(text) => {
                last = script(&text).unwrap_or(last);
                if last == side {
                    out.blocks.push(block.clone());
                }
            }
            None => out.blocks.push(block.clone()),
        }
    }
    let title = plain(&document.title);
    if !title.is_empty() && script(&title).is_some_and(|script| script != side) {
        out.title = Vec::new();
    }
    // A note belongs to the side that marks it.
    let (marked, all) = (marked(&out.blocks), marked(&document.blocks));
    // What nothing marks is told once, of the first.
    out.notes.retain(|note| marked.contains(&note.name) || (side == first && !all.contains(&note.name)));
    out
}

/// The names of the notes that blocks mark.
fn marked(blocks: &[Block]) -> BTreeSet<String> {
    let mut marked = BTreeSet::new();
    crate::import::write::each_inline(blocks, &mut |inline| {
        if let Inline::Note(name) = inline {
            marked.insert(name.clone());
        }
    });
    marked
}

/// What a heading in both languages says in one of them: `油灯 Oil Lamps`.
fn half(block: &Block, side: Script) -> Option<Block> {
    let BlockKind::Heading(level, run) = &block.kind else { return None };
    let [Inline::Text(text)] = run.as_slice() else { return None };
    let is_latin = |c: char| c.is_ascii_alphabetic();
    let (from, to) = (text.find(is_han)?, text.rfind(is_han)? + text.chars().rfind(|c| is_han(*c))?.len_utf8());
    let (before, behind) = (&text[..from], &text[to..]);
    // A word or a name alone in Latin letters belongs to the Chinese.
    let is_title = |text: &str| text.split_whitespace().filter(|word| word.contains(is_latin)).count() >= 2;
    let (chinese, latin) = match (is_title(before), is_title(behind)) {
        (true, false) => (&text[from..], before),
        (false, true) => (&text[..to], behind),
        _ => return None,
    };
    let words = if side == Script::Chinese { chinese } else { latin };
    let words = words.trim_matches(|c: char| c.is_whitespace() || "/|·—-".contains(c)).to_owned();
    Some(Block { kind: BlockKind::Heading(*level, vec![Inline::Text(words)]), ..block.clone() })
}

fn paragraphs(cell: &Cell, at: &str) -> Vec<Block> {
    let lines = cell.body.split(|inline| *inline == Inline::Break).filter(|line| !line.is_empty());
    lines.map(|line| Block { at: at.to_owned(), id: None, kind: BlockKind::Paragraph(line.to_vec()) }).collect()
}
