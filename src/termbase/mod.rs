//! Where the terms of the termbase stand in a text: the one answer for the checks, for `dama-pub terms` and for the index.
//!
//! A text is taken apart into words, characters and marks ([`tokens`]). A form of a term is found in any letter case, unless
//! it is an abbreviation; in the plural ([`mod@plural`]); in Simplified and Traditional characters and full-width letters; and
//! whether its words are parted by a space, by a hyphen or by nothing.

mod matcher;
mod plural;
#[cfg(test)]
mod tests;
mod tokens;
mod trie;

pub(crate) use matcher::{Hit, Matcher};
