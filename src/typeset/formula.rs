//! What a formula may be, checked before Typst evaluates it.

use std::ops::Range;

use typst::syntax::{SyntaxKind, SyntaxNode, parse_math};

/// Longest formula in bytes.
const MAX_BYTES: usize = 4_000;

/// Deepest nesting. Typst's evaluation is recursive and its own limit does not count fractions of fractions.
const MAX_DEPTH: usize = 100;

/// Why a formula is refused.
pub(super) struct Fault {
    /// Where, in bytes of the formula.
    pub(super) range: Range<usize>,
    /// One sentence.
    pub(super) message: &'static str,
    /// How to mend it.
    pub(super) hint: &'static str,
}

/// Refuses formulas that run code or that are too large to set.
pub(super) fn check(text: &str) -> Result<(), Fault> {
    if text.len() > MAX_BYTES {
        let message = "the formula is longer than 4,000 bytes";
        return Err(Fault { range: 0..text.len(), message, hint: "divide it into several" });
    }
    let root = parse_math(text);
    let mut open: Vec<(&SyntaxNode, usize, usize)> = vec![(&root, 0, 0)];
    while let Some((node, offset, depth)) = open.pop() {
        let range = offset..offset + node.len();
        if node.kind() == SyntaxKind::Hash {
            let message = "a formula cannot hold Typst code";
            return Err(Fault { range, message, hint: "write `\\#` for the sign itself" });
        }
        if depth > MAX_DEPTH {
            let message = "the formula is nested too deeply";
            return Err(Fault { range, message, hint: "divide it into several" });
        }
        let mut end = range.end;
        for child in node.children().rev() {
            end -= child.len();
            open.push((child, end, depth + 1));
        }
    }
    Ok(())
}
