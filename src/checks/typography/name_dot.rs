//! A full stop for the dot between the parts of a foreign name: 约翰.史密斯（John Smith）.

use crate::checks::Context;
use crate::checks::prose::Prose;
use crate::lang::person::likeness;
use crate::lang::zh::is_han;
use crate::lang::{self, Script};
use crate::model::Lang;

/// The most characters of a part of a name, and the fewest of a part that is known by its sound.
const LONGEST: usize = 6;
const FEWEST: usize = 2;
/// How alike two names sound that are one. Many stretches around a stop are tried, so that it is more than for two names.
const SAME: f32 = 0.8;

/// The places of the full stops of a text that stand between the parts of a name: one whose name in Latin letters follows in
/// brackets, or that is named so in the other language.
pub(super) fn name_dots(context: &Context<'_>, prose: &Prose<'_>) -> Vec<usize> {
    let text = &prose.text;
    let within = |at: &usize| text[..*at].ends_with(is_han) && text[at + 1..].starts_with(is_han);
    let dots: Vec<usize> = text.match_indices('.').map(|(at, _)| at).filter(within).collect();
    if dots.is_empty() {
        return dots;
    }
    let names = names(context, prose);
    dots.into_iter()
        .filter(|at| is_glossed(&text[at + 1..]) || names.iter().any(|name| sounds(prose, *at, name)))
        .collect()
}

/// Whether the rest of a name is followed by a name of several words in brackets.
fn is_glossed(rest: &str) -> bool {
    let name = rest.trim_start_matches(|c: char| is_han(c) || ".·‧・".contains(c));
    let characters = rest[..rest.len() - name.len()].chars().count();
    let Some(inside) = name.trim_start().strip_prefix(['(', '（']) else { return false };
    let end = inside.find([')', '）', ',', '，', '、']).unwrap_or(0);
    characters <= 2 * LONGEST && is_name(&inside[..end])
}

fn is_name(words: &str) -> bool {
    let capital = |word: &str| word.starts_with(|c: char| c.is_uppercase() && !is_han(c));
    words.split_whitespace().count() > 1 && words.split_whitespace().all(capital)
}

/// The words with capitals that stand two by two in the translation of a text or in what it translates.
fn names(context: &Context<'_>, prose: &Prose<'_>) -> Vec<(String, Lang)> {
    let mut groups = context.groups().flat_map(|(sources, targets)| [(sources, targets), (targets, sources)]);
    let own = groups.find(|(own, _)| own.iter().any(|unit| unit.span == prose.span));
    let others = own.map_or(&[][..], |(_, others)| others);
    let mut found = Vec::new();
    for unit in others.iter().filter(|unit| unit.lang.script() == Script::Latin) {
        let words: Vec<&str> =
            unit.text.split_whitespace().map(|word| word.trim_matches(|c: char| !c.is_alphanumeric())).collect();
        let two = words.windows(2).map(|two| two.join(" ")).filter(|two| is_name(two));
        found.extend(two.map(|two| (two, unit.lang.clone())));
    }
    found
}

/// Whether what stands around a full stop sounds like a name.
fn sounds(prose: &Prose<'_>, at: usize, (name, latin): &(String, Lang)) -> bool {
    let text = &prose.text;
    let before: Vec<char> = text[..at].chars().rev().take_while(|c| is_han(*c)).take(LONGEST).collect();
    let after: Vec<char> = text[at + 1..].chars().take_while(|c| is_han(*c)).take(LONGEST).collect();
    let lengths = (FEWEST..=before.len()).flat_map(|first| (FEWEST..=after.len()).map(move |last| (first, last)));
    lengths.into_iter().any(|(first, last)| {
        let parts = before[..first].iter().rev().chain(['·'].iter()).chain(&after[..last]);
        let written: String = parts.collect();
        likeness((written.as_str(), prose.lang), (name.as_str(), latin)) >= SAME
    })
}

/// The mark that belongs there.
pub(super) fn right(lang: &Lang) -> char {
    lang::of(lang).name_dot(lang.tag())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_in_brackets_tells_that_a_stop_stands_in_a_name() {
        for (rest, wanted) in [
            ("史密斯（John Smith）说", true),
            ("沃克.史密斯 (John Walker Smith)", true),
            ("史密斯（John）说", false),
            ("史密斯（他的朋友）说", false),
            ("然后船来了。", false),
            ("然后他们一起上了那条很大很大的船（Big Ben）", false),
        ] {
            assert_eq!(is_glossed(rest), wanted, "{rest}");
        }
    }
}
