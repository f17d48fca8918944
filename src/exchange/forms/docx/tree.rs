//! From marks and looks in a row to pieces in pieces.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use super::codes::Codes;
use super::looks::{Looks, SHOWN};
use super::token::{Fault, Token, opens_pair};
use crate::exchange::{CodeKind, Piece, Tagged};

/// Deepest nesting of marks: what nests deeper was made by no manuscript.
const DEEPEST: usize = 32;

/// A piece of a cell after its marks are paired.
#[derive(Debug)]
pub(super) enum Node {
    /// Text that looks the same throughout.
    Text(String, Looks),
    /// A single code.
    Single(String, Looks),
    /// A pair of marks and what is between them; the looks that both marks have.
    Pair(String, Looks, Vec<Node>),
}

impl Node {
    /// The looks that a node can take from the pieces around it. A pair takes those that its marks and all between them have.
    fn looks(&self) -> Looks {
        match self {
            Node::Text(_, looks) | Node::Single(_, looks) => *looks,
            Node::Pair(_, looks, inner) => inner.iter().fold(*looks, |looks, node| looks.and(node.looks())),
        }
    }

    /// Whether there is nothing to be seen of it.
    fn is_blank(&self) -> bool {
        matches!(self, Node::Text(text, _) if text.trim().is_empty())
    }
}

/// Pairs the marks of a cell.
pub(super) fn nest(tokens: Vec<Token>, codes: &Codes) -> Result<Vec<Node>, Fault> {
    let closed: BTreeSet<String> = tokens
        .iter()
        .filter_map(|token| if let Token::Close(id, _) = token { Some(id.clone()) } else { None })
        .collect();
    let kinds = codes.kinds();
    let mut open: Vec<(String, Looks, Vec<Node>)> = Vec::new();
    let mut level: Vec<Node> = Vec::new();
    for token in tokens {
        match token {
            Token::Text(c, looks) => match level.last_mut() {
                Some(Node::Text(text, known)) if *known == looks => text.push(c),
                _ => level.push(Node::Text(c.to_string(), looks)),
            },
            Token::Open(id, looks) if opens_pair(&id, &kinds, &closed) => {
                if open.len() == DEEPEST {
                    return Err(Fault::Apart(id));
                }
                open.push((id, looks, std::mem::take(&mut level)));
            }
            Token::Open(id, looks) => level.push(Node::Single(id, looks)),
            Token::Close(id, end) => match open.pop() {
                Some((opened, looks, outer)) if opened == id => {
                    let inner = std::mem::replace(&mut level, outer);
                    level.push(Node::Pair(id, looks.and(end), inner));
                }
                _ => return Err(Fault::Apart(id)),
            },
        }
    }
    match open.pop() {
        Some((id, ..)) => Err(Fault::Apart(id)),
        None => Ok(level),
    }
}

/// The ids that looks get.
pub(super) struct LookIds {
    /// Those that are left of what was sent, by their kinds, with their places in its order.
    left: BTreeMap<usize, VecDeque<(usize, String)>>,
    /// The number of the last code, where ids are counted.
    counted: Option<usize>,
    /// Ids that were given, in order, where they are counted.
    pub(super) given: Codes,
    /// Whether text is marked in colour that was not sent so.
    pub(super) coloured: bool,
}

impl LookIds {
    /// Those of the codes that were sent and do not stand as marks.
    pub(super) fn new(codes: &Codes, marks: &BTreeSet<String>) -> Self {
        let mut left: BTreeMap<usize, VecDeque<(usize, String)>> = BTreeMap::new();
        for (place, (kind, id)) in codes.0.iter().enumerate() {
            if let Some(number) = number(*kind).filter(|_| !marks.contains(id)) {
                left.entry(number).or_default().push_back((place, id.clone()));
            }
        }
        Self { left, counted: None, given: Codes::default(), coloured: false }
    }

    /// By their place among all codes of a source, which are numbered in its order.
    pub(super) fn counted() -> Self {
        Self { left: BTreeMap::new(), counted: Some(0), given: Codes::default(), coloured: false }
    }

    /// A mark is passed: what comes next has a higher number.
    fn pass(&mut self, id: &str) {
        if let Some(last) = &mut self.counted
            && let Ok(number) = id.parse()
        {
            *last = number;
        }
    }

    /// The id for the next look of a kind; `None` for one that is not taken.
    fn take(&mut self, kind: CodeKind, is_blank: bool) -> Option<String> {
        if let Some(last) = &mut self.counted {
            *last = last.saturating_add(1);
            let id = last.to_string();
            self.given.0.push((kind, id.clone()));
            return Some(id);
        }
        let sent = number(kind).and_then(|number| self.left.get_mut(&number)).and_then(VecDeque::pop_front);
        if let Some((_, id)) = sent {
            return Some(id);
        }
        // A reader marks in colour what is to be looked at.
        if kind == CodeKind::Highlight {
            self.coloured = true;
            return None;
        }
        (!is_blank).then(|| format!("+{}", kind.word()))
    }

    /// Which of several looks on the same text is the outer one: the one that was sent first.
    fn first(&self, kinds: &[CodeKind]) -> Option<CodeKind> {
        let place = |kind: &CodeKind| {
            let left = self.left.get(&number(*kind)?)?;
            left.front().map(|(place, _)| *place)
        };
        kinds.iter().copied().min_by_key(|kind| place(kind).unwrap_or(usize::MAX))
    }
}

/// The place of a kind among those that have looks.
fn number(kind: CodeKind) -> Option<usize> {
    SHOWN.iter().position(|shown| *shown == kind)
}

/// Makes pieces of nodes: neighbours with a look in common become a pair, the longest outside.
pub(super) fn shape(nodes: Vec<Node>, ids: &mut LookIds) -> Tagged {
    let mut out = Tagged::new();
    level(nodes, Looks::default(), ids, &mut out);
    out
}

/// `done` are the looks that pairs around these nodes have taken.
fn level(nodes: Vec<Node>, done: Looks, ids: &mut LookIds, out: &mut Tagged) {
    let looks: Vec<Looks> = nodes.iter().map(|node| node.looks().without(done)).collect();
    let mut nodes = nodes.into_iter();
    let mut at = 0;
    while at < looks.len() {
        let length = |kind: CodeKind| looks[at..].iter().take_while(|looks| looks.has(kind)).count();
        let longest = looks[at].kinds().map(length).max().unwrap_or(0);
        let Some(kind) = ids.first(&looks[at].kinds().filter(|kind| length(*kind) == longest).collect::<Vec<_>>())
        else {
            at += 1;
            nodes.by_ref().take(1).for_each(|node| alone(node, done, ids, out));
            continue;
        };
        at += longest;
        let inside: Vec<Node> = nodes.by_ref().take(longest).collect();
        let done = done.with(Looks::of(kind));
        match ids.take(kind, inside.iter().all(Node::is_blank)) {
            Some(id) => {
                let mut inner = Tagged::new();
                level(inside, done, ids, &mut inner);
                out.push(Piece::Pair(id, inner));
            }
            None => level(inside, done, ids, out),
        }
    }
}

/// A node with no look left of its own.
fn alone(node: Node, done: Looks, ids: &mut LookIds, out: &mut Tagged) {
    match node {
        Node::Text(text, _) => push_text(out, &text),
        Node::Single(id, _) => {
            ids.pass(&id);
            out.push(Piece::Single(id));
        }
        Node::Pair(id, _, inner) => {
            ids.pass(&id);
            let mut pieces = Tagged::new();
            level(inner, done, ids, &mut pieces);
            out.push(Piece::Pair(id, pieces));
        }
    }
}

/// Adds text, as one piece with text before it.
pub(super) fn push_text(out: &mut Tagged, text: &str) {
    match out.last_mut() {
        Some(Piece::Text(last)) => last.push_str(text),
        _ if text.is_empty() => {}
        _ => out.push(Piece::Text(text.to_owned())),
    }
}

/// The kinds that have looks are seven: each level of [`level`] takes one of them, so that it calls itself at most that
/// often between two marks.
const _: () = assert!(SHOWN.len() == 7);
