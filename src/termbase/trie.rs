//! The forms of all terms, letter by letter.

use rustc_hash::FxHashMap;

/// A place in the [`Trie`].
pub(super) type Node = u32;

/// Where every form begins.
pub(super) const ROOT: Node = 0;

/// Texts that share their beginnings, each with the numbers that were given for it.
#[derive(Default)]
pub(super) struct Trie {
    children: FxHashMap<(Node, char), Node>,
    ends: FxHashMap<Node, Vec<usize>>,
    last: Node,
}

impl Trie {
    /// Goes along a text, making the way where there is none.
    pub(super) fn extend(&mut self, from: Node, text: &str) -> Node {
        text.chars().fold(from, |node, c| {
            *self.children.entry((node, c)).or_insert_with(|| {
                self.last += 1;
                self.last
            })
        })
    }

    /// Notes that a text that ends here has this number.
    pub(super) fn end(&mut self, node: Node, number: usize) {
        let numbers = self.ends.entry(node).or_default();
        if !numbers.contains(&number) {
            numbers.push(number);
        }
    }

    /// Goes along a text; `None` where no form goes on like this.
    pub(super) fn along(&self, from: Node, text: &str) -> Option<Node> {
        text.chars().try_fold(from, |node, c| self.children.get(&(node, c)).copied())
    }

    /// The numbers of the texts that end here.
    pub(super) fn ending(&self, node: Node) -> &[usize] {
        self.ends.get(&node).map_or(&[], Vec::as_slice)
    }
}
