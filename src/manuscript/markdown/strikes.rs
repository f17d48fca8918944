//! Text struck out: `~~text~~`.
//!
//! comrak's extension takes a single tilde for a mark too, so that `10~20元，**约**30~40个` loses both tildes and its
//! emphasis. Therefore comrak leaves tildes and escaped characters as they are, and the marks are paired here, by its rules for
//! delimiters. Any other run of tildes is text.

use std::ops::Range;

use comrak::nodes::{Ast, NodeValue};
use comrak::{Arena, Node};

const MARK: &str = "~~";

/// Whether a text may strike anything out.
pub(super) fn may_stand_in(text: &str) -> bool {
    text.contains(MARK)
}

/// Puts all that is struck out into nodes of its own, and joins texts as comrak does when it hides escapes.
/// `typed` gives the parts of a text node that stand in the file as they are read, and not as entities.
pub(super) fn pair<'a>(arena: &'a Arena<'a>, root: Node<'a>, typed: impl Fn(&Ast) -> Vec<Range<usize>>) {
    let parents: Vec<Node<'a>> = root.descendants().filter(|node| node.first_child().is_some()).collect();
    for parent in parents {
        let mut open: Vec<Node<'a>> = Vec::new();
        for mark in marks(arena, parent, &typed) {
            match open.pop_if(|_| can_close(mark)) {
                Some(start) => strike(arena, start, mark),
                None if can_open(mark) => open.push(mark),
                None => {}
            }
        }
        join(parent);
    }
}

/// The marks among the children of a node, each in a text node of its own.
fn marks<'a>(arena: &'a Arena<'a>, parent: Node<'a>, typed: &impl Fn(&Ast) -> Vec<Range<usize>>) -> Vec<Node<'a>> {
    let mut marks = Vec::new();
    let children: Vec<Node<'a>> = parent.children().collect();
    for node in children.into_iter().rev() {
        // The last one first, so that the places before it stay valid.
        for place in places(node, typed).into_iter().rev() {
            cut(arena, node, place.end);
            marks.extend(if place.start > 0 { cut(arena, node, place.start) } else { Some(node) });
        }
    }
    marks.reverse();
    marks
}

/// Where the marks stand in a text node.
fn places(node: Node<'_>, typed: &impl Fn(&Ast) -> Vec<Range<usize>>) -> Vec<Range<usize>> {
    let data = node.data();
    match data.value.text() {
        Some(text) if may_stand_in(text) => typed(&data).into_iter().flat_map(|part| runs(text, part)).collect(),
        _ => Vec::new(),
    }
}

/// The runs of exactly two tildes in a part of a text.
fn runs(text: &str, part: Range<usize>) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut at = part.start;
    while let Some(start) = text[at..part.end].find('~').map(|n| at + n) {
        at = start + text[start..part.end].bytes().take_while(|byte| *byte == b'~').count();
        if at - start == MARK.len() {
            found.push(start..at);
        }
    }
    found
}

/// Moves the text of a node from byte `at` on, if there is any, into a node after it, which it gives.
fn cut<'a>(arena: &'a Arena<'a>, node: Node<'a>, at: usize) -> Option<Node<'a>> {
    let mut data = node.data_mut();
    let mut place = data.sourcepos;
    let text = data.value.text_mut().filter(|text| at < text.len())?;
    let rest = text.to_mut().split_off(at);
    place.start = place.start.column_add(at.cast_signed());
    data.sourcepos.end = place.start.column_add(-1);
    drop(data);
    let after = arena.alloc(Ast::new_with_sourcepos(NodeValue::Text(rest.into()), place).into());
    node.insert_after(after);
    Some(after)
}

fn can_open(mark: Node<'_>) -> bool {
    mark.next_sibling().is_some_and(|next| !is_blank_at(next, |text| text.chars().next()))
}

fn can_close(mark: Node<'_>) -> bool {
    mark.previous_sibling().is_some_and(|before| !is_blank_at(before, |text| text.chars().next_back()))
}

/// Whether a node shows a blank at one of its ends.
fn is_blank_at(node: Node<'_>, end: fn(&str) -> Option<char>) -> bool {
    match &node.data().value {
        NodeValue::Text(text) => end(text).is_none_or(char::is_whitespace),
        NodeValue::SoftBreak | NodeValue::LineBreak => true,
        _ => false,
    }
}

/// Puts what stands between two marks into a node in their place.
fn strike<'a>(arena: &'a Arena<'a>, start: Node<'a>, end: Node<'a>) {
    let place = (start.data().sourcepos.start, end.data().sourcepos.end).into();
    let struck = arena.alloc(Ast::new_with_sourcepos(NodeValue::Strikethrough, place).into());
    start.insert_before(struck);
    while let Some(inner) = start.next_sibling().filter(|next| !next.same_node(end)) {
        struck.append(inner);
    }
    start.detach();
    end.detach();
    join(struck);
}

/// Joins neighbouring texts and escaped characters among the children of a node.
fn join(parent: Node<'_>) {
    let mut next = parent.first_child();
    while let Some(node) = next {
        next = node.next_sibling();
        let text = unescaped(node);
        let Some(before) = text.previous_sibling() else { continue };
        let (mut before, data) = (before.data_mut(), text.data());
        let (NodeValue::Text(head), NodeValue::Text(tail)) = (&mut before.value, &data.value) else { continue };
        head.to_mut().push_str(tail);
        before.sourcepos.end = data.sourcepos.end;
        drop(data);
        text.detach();
    }
}

/// Puts the character of an escape in its place.
fn unescaped<'a>(node: Node<'a>) -> Node<'a> {
    if !matches!(node.data().value, NodeValue::Escaped) {
        return node;
    }
    let Some(text) = node.first_child() else { return node };
    node.insert_before(text);
    node.detach();
    text
}
