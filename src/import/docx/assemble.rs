//! Paragraphs put together: lists, quotations, code, figures with their captions.

use super::reader::Reader;
use super::typed::{self, Form, Typed};
use crate::diagnostic::Severity;
use crate::import::write::plain;
use crate::import::{Block, BlockKind, Inline, Kind};

/// What paragraphs of a kind stand in together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Held {
    Quote,
    Container(&'static str),
}

/// A paragraph or a table before it is put together with others.
#[derive(Debug)]
pub(super) enum Item {
    Block(Block),
    Title(Block),
    Author(String),
    Code(Block),
    Held(Held, Block),
    Listed { list: String, level: usize, number: Option<usize>, block: Block },
    Caption { kind: &'static str, id: String, label: String, run: Vec<Inline>, whole: Vec<Inline>, at: String },
}

/// How the title of a document is carried among its blocks.
pub(super) const TITLE: &str = "\u{0}title";

/// How an author of a document is carried among its blocks.
pub(super) const AUTHOR: &str = "\u{0}author";

/// Puts items together.
pub(super) fn blocks(reader: &mut Reader<'_>, items: Vec<Item>) -> Vec<Block> {
    let items = captioned(reader, items);
    let mut out: Vec<Block> = Vec::new();
    let mut items = items.into_iter().peekable();
    while let Some(item) = items.next() {
        match item {
            Item::Block(block) => out.push(block),
            Item::Title(block) => {
                out.push(Block {
                    at: block.at.clone(),
                    id: None,
                    kind: BlockKind::Container(TITLE.to_owned(), vec![block]),
                });
            }
            Item::Author(name) => {
                let run = vec![Inline::Text(name)];
                let block = Block { at: String::new(), id: None, kind: BlockKind::Paragraph(run) };
                out.push(Block {
                    at: String::new(),
                    id: None,
                    kind: BlockKind::Container(AUTHOR.to_owned(), vec![block]),
                });
            }
            Item::Code(block) => match (out.last_mut().map(|last| &mut last.kind), &block.kind) {
                (Some(BlockKind::Code(None, text)), BlockKind::Code(_, more)) => {
                    text.push('\n');
                    text.push_str(more);
                }
                _ => out.push(block),
            },
            Item::Held(held, block) => {
                let at = block.at.clone();
                let mut body = vec![block];
                while let Some(Item::Held(_, block)) =
                    items.next_if(|next| matches!(next, Item::Held(other, _) if *other == held))
                {
                    body.push(block);
                }
                let kind = match held {
                    Held::Quote => BlockKind::Quote(body),
                    Held::Container(name) => BlockKind::Container(name.to_owned(), body),
                };
                out.push(Block { at, id: None, kind });
            }
            Item::Listed { list, level, number, block } => {
                let mut listed = vec![(level, number, block)];
                while let Some(Item::Listed { level, number, block, .. }) = items.next_if(
                    |next| matches!(next, Item::Listed { list: other, level, .. } if *other == list || *level > 0),
                ) {
                    listed.push((level, number, block));
                }
                out.append(&mut nested(&mut listed.into_iter().peekable(), 0));
            }
            Item::Caption { whole, id, at, .. } => {
                out.push(Block { at, id: Some(id), kind: BlockKind::Paragraph(whole) });
            }
        }
    }
    typed_lists(reader, out)
}

type Listed = std::iter::Peekable<std::vec::IntoIter<(usize, Option<usize>, Block)>>;

/// Items of this level and those below them as lists.
fn nested(items: &mut Listed, level: usize) -> Vec<Block> {
    let mut lists: Vec<Block> = Vec::new();
    while let Some((at, number, _)) = items.peek() {
        let (at, number) = (*at, *number);
        if at < level {
            break;
        }
        if at > level && !lists.is_empty() {
            let mut inner = nested(items, at);
            if let Some(BlockKind::List(_, rows)) = lists.last_mut().map(|list| &mut list.kind)
                && let Some(last) = rows.last_mut()
            {
                last.append(&mut inner);
            }
            continue;
        }
        let Some((_, _, block)) = items.next() else { break };
        let place = block.at.clone();
        match lists.last_mut().map(|list| &mut list.kind) {
            Some(BlockKind::List(start, rows)) if start.is_some() == number.is_some() => rows.push(vec![block]),
            _ => lists.push(Block { at: place, id: None, kind: BlockKind::List(number, vec![vec![block]]) }),
        }
    }
    lists
}

fn is_picture(item: &Item) -> bool {
    let Item::Block(Block { kind: BlockKind::Paragraph(run), .. }) = item else { return false };
    let shown = |inline: &Inline| match inline {
        Inline::Picture(..) => true,
        Inline::Text(text) => text.trim().is_empty(),
        Inline::Break => true,
        _ => false,
    };
    run.iter().any(|inline| matches!(inline, Inline::Picture(..))) && run.iter().all(shown)
}

fn is_table(item: &Item) -> bool {
    matches!(item, Item::Block(Block { kind: BlockKind::Table { caption, .. }, .. }) if caption.is_empty())
}

/// Gives captions to what they are about: a table below, a picture above, else the other way round.
fn captioned(reader: &mut Reader<'_>, items: Vec<Item>) -> Vec<Item> {
    let mut out: Vec<Item> = Vec::new();
    let mut items = items.into_iter().peekable();
    while let Some(item) = items.next() {
        let Item::Caption { kind, id, label, run, whole, at } = item else {
            out.push(item);
            continue;
        };
        let fits = if kind == "tab" { is_table } else { is_picture };
        let above = out.last().is_some_and(fits);
        let below = items.peek().is_some_and(fits);
        let taken = match (above, below) {
            (_, true) if kind == "tab" || !above => items.next(),
            (true, _) => out.pop(),
            _ => None,
        };
        match taken {
            Some(Item::Block(block)) if !run.is_empty() => {
                reader.gone.labels.push_str(&label);
                out.push(Item::Block(with_caption(block, id, run)));
            }
            Some(other) => {
                out.push(other);
                out.push(Item::Block(Block { at, id: Some(id), kind: BlockKind::Paragraph(whole) }));
            }
            None => out.push(Item::Caption { kind, id, label, run, whole, at }),
        }
    }
    out
}

fn with_caption(block: Block, id: String, run: Vec<Inline>) -> Block {
    let at = block.at.clone();
    match block.kind {
        BlockKind::Table { head, rows, .. } => {
            Block { at, id: Some(id), kind: BlockKind::Table { head, rows, caption: run } }
        }
        _ => Block { at, id: Some(id), kind: BlockKind::Figure(vec![block], run) },
    }
}

/// The text that a paragraph begins with.
fn beginning(block: &Block) -> Option<&str> {
    match &block.kind {
        BlockKind::Paragraph(run) if block.id.is_none() => match run.first() {
            Some(Inline::Text(text)) => Some(text.trim_start()),
            _ => None,
        },
        _ => None,
    }
}

fn number(block: &Block) -> Option<Typed> {
    typed::read(beginning(block)?)
        .filter(|typed| !matches!(typed.form, Form::Named(_) | Form::Chapter | Form::Parts(_)))
}

/// Makes lists of paragraphs whose numbers or signs were typed: two or more that follow each other.
fn typed_lists(reader: &mut Reader<'_>, blocks: Vec<Block>) -> Vec<Block> {
    let mut out = Vec::new();
    let mut at = 0;
    while at < blocks.len() {
        let numbers = run_of_numbers(&blocks[at..]);
        let signs = blocks[at..].iter().take_while(|block| beginning(block).and_then(typed::bullet).is_some()).count();
        let count = numbers.max(signs);
        if count < 2 {
            out.push(blocks[at].clone());
            at += 1;
            continue;
        }
        let start = if numbers >= 2 { number(&blocks[at]).map(|typed| typed.number) } else { None };
        let mut lost = String::new();
        let items = blocks[at..at + count].iter().map(|block| vec![without_sign(block, &mut lost)]).collect();
        let message = msg!("numbers or signs that were typed are a list of {count} items", count);
        reader.tell_at(blocks[at].at.clone(), (Kind::Guessed, Severity::Info), message, &lost);
        out.push(Block { at: blocks[at].at.clone(), id: None, kind: BlockKind::List(start, items) });
        at += count;
    }
    out
}

fn run_of_numbers(blocks: &[Block]) -> usize {
    let Some(first) = blocks.first().and_then(number) else { return 0 };
    let follows = |(at, block): &(usize, &Block)| {
        number(block).is_some_and(|typed| typed.form == first.form && typed.number == first.number + at)
    };
    blocks.iter().enumerate().take_while(follows).count()
}

fn without_sign(block: &Block, lost: &mut String) -> Block {
    let mut block = block.clone();
    if let BlockKind::Paragraph(run) = &mut block.kind
        && let Some(Inline::Text(text)) = run.first_mut()
    {
        let begin = text.len() - text.trim_start().len();
        let length = typed::read(&text[begin..]).map(|typed| typed.length).or_else(|| typed::bullet(&text[begin..]));
        let end = begin + length.unwrap_or(0);
        lost.extend(text[begin..end].chars().filter(|c| !c.is_whitespace()));
        text.drain(..end);
    }
    block
}

/// Takes numbers off headings where all of a level are numbered in order: the book numbers them anew.
pub(super) fn unnumber(reader: &mut Reader<'_>, blocks: &mut [Block]) {
    for level in 1..=6u8 {
        let heading = |block: &Block| match &block.kind {
            BlockKind::Heading(known, run) if *known == level => Some(plain(run)),
            _ => None,
        };
        let found: Vec<Option<Typed>> =
            blocks.iter().filter_map(heading).map(|text| typed::read(text.trim_start())).collect();
        let numbers: Vec<Typed> = found.iter().copied().flatten().collect();
        // Chapters of a book have a preface beside them that bears no number.
        let enough = if level == 1 { 2 * numbers.len() > found.len() } else { numbers.len() == found.len() };
        let same = numbers.windows(2).all(|two| two[0].form == two[1].form);
        let counted =
            numbers.windows(2).all(|two| two[1].number == two[0].number + 1 || (level > 1 && two[1].number == 1));
        let begins = numbers.first().is_some_and(|first| first.number == 1);
        let alone = numbers.len() == 1 && !matches!(numbers[0].form, Form::Named(_) | Form::Chapter);
        if numbers.is_empty() || !enough || !same || !counted || !begins || alone {
            continue;
        }
        let mut lost = String::new();
        for block in blocks.iter_mut() {
            if let BlockKind::Heading(known, run) = &mut block.kind
                && *known == level
                && let Some(Inline::Text(text)) = run.first_mut()
            {
                let begin = text.len() - text.trim_start().len();
                let Some(typed) = typed::read(&text[begin..]) else { continue };
                lost.extend(text[begin..begin + typed.length].chars().filter(|c| !c.is_whitespace()));
                text.drain(..begin + typed.length);
            }
        }
        let message = msg!(
            "numbers that were typed before the headings of level {level} are left out; `numbering:` in book.yaml prints them",
            level
        );
        reader.tell_at(String::new(), (Kind::Changed, Severity::Info), message, &lost);
    }
}
