//! What a formula may be, checked before Typst evaluates it.

use std::ops::Range;

use typst::syntax::{SyntaxKind, SyntaxNode, parse_math};

use crate::message::Message;

/// Longest formula in bytes.
const MAX_BYTES: usize = 4_000;

/// Deepest nesting. Typst's evaluation is recursive and its own limit does not count fractions of fractions.
const MAX_DEPTH: usize = 100;

/// Why a formula is refused, and where in bytes of the formula.
pub(super) struct Fault {
    pub(super) range: Range<usize>,
    pub(super) problem: Problem,
}

/// What is wrong with a formula.
#[derive(Clone, Copy)]
pub(super) enum Problem {
    TooLong,
    TooDeep,
    Code,
}

impl Problem {
    /// What is wrong.
    pub(super) fn message(self) -> Message {
        match self {
            Problem::TooLong => msg!("the formula is longer than {limit} bytes", limit = MAX_BYTES),
            Problem::TooDeep => msg!("the formula is nested too deeply"),
            Problem::Code => msg!("a formula cannot contain Typst code"),
        }
    }

    /// How to fix it.
    pub(super) fn hint(self) -> Message {
        match self {
            Problem::TooLong | Problem::TooDeep => msg!("split it into several formulas"),
            Problem::Code => msg!("write `\\#` for the sign itself"),
        }
    }
}

/// Refuses formulas that run code or that are too large to set.
pub(super) fn check(text: &str) -> Result<(), Fault> {
    if text.len() > MAX_BYTES {
        return Err(Fault { range: 0..text.len(), problem: Problem::TooLong });
    }
    let root = parse_math(text);
    let mut open: Vec<(&SyntaxNode, usize, usize)> = vec![(&root, 0, 0)];
    while let Some((node, offset, depth)) = open.pop() {
        let range = offset..offset + node.len();
        if node.kind() == SyntaxKind::Hash {
            return Err(Fault { range, problem: Problem::Code });
        }
        if depth > MAX_DEPTH {
            return Err(Fault { range, problem: Problem::TooDeep });
        }
        let mut end = range.end;
        for child in node.children().rev() {
            end -= child.len();
            open.push((child, end, depth + 1));
        }
    }
    Ok(())
}
