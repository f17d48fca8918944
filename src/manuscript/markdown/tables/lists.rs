//! Lists in cells, where a line of the file cannot end: lines parted by `<br>` that each begin as an item does, and the tags of a list.

use comrak::Node;
use comrak::nodes::NodeValue;

use crate::manuscript::markdown::tag::{self, TagKind};
use crate::model::{CellList, Inline, InlineKind};

/// What an item begins with.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sign {
    Bullet,
    Number(usize),
}

/// The list that the lines of a cell are. The signs before its items are taken away.
pub(super) fn listed(file: &str, body: &mut [Inline]) -> Option<CellList> {
    let lines = || body.split(|inline| matches!(inline.kind, InlineKind::LineBreak));
    let signs: Vec<(Sign, usize)> = lines().map(|line| sign(file, line.first()?)).collect::<Option<_>>()?;
    let list = match signs[..] {
        [(Sign::Bullet, _), _, ..] => CellList::Bullets,
        [(Sign::Number(first), _), _, ..] => CellList::Numbers(first),
        _ => return None,
    };
    let fits = |(index, (sign, _)): (usize, &(Sign, usize))| match list {
        CellList::Bullets => *sign == Sign::Bullet,
        CellList::Numbers(first) => *sign == Sign::Number(first + index),
    };
    if !signs.iter().enumerate().all(fits) {
        return None;
    }
    let lines = body.split_mut(|inline| matches!(inline.kind, InlineKind::LineBreak));
    for (line, (_, length)) in lines.zip(signs) {
        if let Some(Inline { kind: InlineKind::Text(text), span }) = line.first_mut() {
            text.drain(..length);
            span.start += length;
        }
    }
    Some(list)
}

/// The sign before an item and how long it is with the blanks around it, if the file has it as it is read.
fn sign(file: &str, first: &Inline) -> Option<(Sign, usize)> {
    let InlineKind::Text(text) = &first.kind else { return None };
    if file.get(first.span.range()) != Some(text.as_str()) {
        return None;
    }
    let line = text.trim_start();
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let (sign, rest) = match digits {
        0 => (Sign::Bullet, line.strip_prefix(['-', '+', '•', '·'])?),
        // Longer ones number nothing.
        1..=4 => (Sign::Number(line[..digits].parse().ok()?), line[digits..].strip_prefix(['.', ')'])?),
        _ => return None,
    };
    let item = rest.trim_start();
    let is_item = rest.starts_with(char::is_whitespace) && !item.is_empty();
    is_item.then_some((sign, text.len() - item.len()))
}

/// The list that a cell is between tags: `<ul><li>one</li><li>two</li></ul>`. In their place breaks part its items.
pub(super) fn tagged(cell: Node<'_>) -> Option<CellList> {
    let children: Vec<_> = cell.children().collect();
    let tags: Vec<Option<(String, TagKind)>> = children.iter().map(|child| named(child)).collect();
    let (first, last) = (tags.first()?.as_ref()?, tags.last()?.as_ref()?);
    let list = match first.0.as_str() {
        "ul" => CellList::Bullets,
        "ol" => CellList::Numbers(1),
        _ => return None,
    };
    let of_lists = || tags.iter().flatten().filter(|(name, _)| matches!(name.as_str(), "ul" | "ol"));
    let whole = first.1 == TagKind::Open && last.1 == TagKind::Close && first.0 == last.0 && of_lists().count() == 2;
    if !whole {
        return None;
    }
    for (child, tag) in children.iter().zip(&tags) {
        match tag {
            Some((name, TagKind::Open)) if name == "li" => {
                child.data_mut().value = NodeValue::HtmlInline("<br>".to_owned());
            }
            Some((name, _)) if matches!(name.as_str(), "ul" | "ol" | "li") => child.detach(),
            _ => {}
        }
    }
    Some(list)
}

/// The element and kind of a tag.
fn named(node: Node<'_>) -> Option<(String, TagKind)> {
    let NodeValue::HtmlInline(html) = &node.data().value else { return None };
    tag::read(html).map(|tag| (tag.name, tag.kind))
}
