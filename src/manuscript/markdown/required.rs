//! What a building block cannot do without.

use std::ops::Range;

use super::{Lower, attrs};

/// Attributes without which a building block would be empty, each with an example.
const REQUIRED: [(&str, &str, &str); 1] = [("bignum", "value", "98.5%")];

impl Lower<'_, '_> {
    /// Reports a building block that lacks what it shows.
    pub(super) fn complete(&mut self, name: &str, attrs: &attrs::Attrs, line: &Range<usize>) {
        for (_, key, example) in REQUIRED.iter().filter(|(block, ..)| *block == name) {
            let has = |(written, value, _): &(String, String, Range<usize>)| written == key && !value.trim().is_empty();
            if !attrs.pairs.iter().any(has) {
                let hint = msg!("write `{example}`", example = format!(":::{name} {{{key}=\"{example}\"}}"));
                let message = msg!("the building block `{name}` needs a `{key}`", name, key = *key);
                self.error(line.clone(), message, hint);
            }
        }
    }
}
