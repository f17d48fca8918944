use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use rustc_hash::{FxHashMap, FxHashSet};

use super::latin_name::is_renumbered;
use super::near::Near;
use crate::align::lexicon::Lexicon;
use crate::checks::prose::Prose;
use crate::checks::{Check, Context, Look};
use crate::diagnostic::{Diagnostic, Severity};
use crate::lang::Script;
use crate::lang::en::function::{is_function, words};
use crate::lang::en::stems;
use crate::lang::zh::is_han;
use crate::message::Message;
use crate::source::Span;

pub(in crate::checks) const CHECK: Check = Check {
    name: Check::code("name-spelling"),
    group: "language",
    summary: msg!("a name is spelled in two ways"),
    default_level: Severity::Error,
    page: page!("name_spelling"),
    look: Look::Text(run),
};

/// A spelling that occurs more often than this in a book is not a slip.
const SLIPS: usize = 2;

/// How often each word is written in the whole book.
type Counts<'p> = FxHashMap<&'p str, usize>;

/// A word in Latin letters, with the text that it stands in.
type Word<'p, 'a> = (&'p Prose<'a>, Range<usize>);

fn run(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let prose: Vec<&[Prose<'_>]> = context.langs().into_iter().map(|lang| context.prose(lang)).collect();
    let mut counts = Counts::default();
    for text in prose.iter().copied().flatten() {
        words(&text.text).for_each(|(_, word)| *counts.entry(word).or_default() += 1);
    }
    between(context, &counts, found);
    for texts in prose {
        within(texts, &counts, found);
        transliterated(texts, found);
    }
}

/// A word in Latin letters that the two languages of a unit spell differently.
fn between(context: &Context<'_>, counts: &Counts<'_>, found: &mut Vec<Diagnostic>) {
    if context.alignment.source.script() == context.alignment.target.script() {
        return;
    }
    for (sources, targets) in context.groups() {
        let [theirs, ours] = [sources, targets]
            .map(|units| units.iter().map(|unit| context.prose_of(unit)).collect::<Vec<&Prose<'_>>>());
        let pairs = slips([&ours, &theirs]);
        if pairs.is_empty() || theirs.iter().chain(&ours).any(|prose| prose.is_foreign()) {
            continue;
        }
        let mut reported: BTreeSet<[Span; 2]> = BTreeSet::new();
        for [(text, variant), (other, range)] in pairs {
            let (word, right) = (word_at(text, &variant), word_at(other, &range));
            // English has words of its own; in a Chinese sentence a word in Latin letters is a name or a term.
            if text.lang.script() == Script::Latin && is_word(word) {
                continue;
            }
            // The rarer form is the slip.
            let (slip, place, good, label) = if counts.get(word) <= counts.get(right) {
                (word, text.place(variant), right, other.place(range))
            } else {
                (right, other.place(range), word, text.place(variant))
            };
            // Where the book has both several times, they are two words.
            if counts.get(slip).is_some_and(|times| *times > SLIPS) {
                continue;
            }
            if !reported.contains(&[label, place]) && !reported.contains(&[place, label]) {
                reported.insert([place, label]);
                // Two spellings of a dictionary word are not a slip in a name.
                let severity = if is_word(slip) { Severity::Info } else { Severity::Error };
                found.push(finding(slip, place, good, counts, severity).label(label, msg!("the other spelling")));
            }
        }
    }
}

/// The words of either text that the other one does not have, each with the first word there that may be the same with a
/// slip.
fn slips<'p, 'a>(texts: [&[&'p Prose<'a>]; 2]) -> Vec<[Word<'p, 'a>; 2]> {
    // Most texts in Chinese have no word in Latin letters.
    if texts.iter().any(|texts| all(texts).next().is_none()) {
        return Vec::new();
    }
    let [here, there] = texts.map(Roll::of);
    let mut found = Vec::new();
    for (here, there) in [(&here, &there), (&there, &here)] {
        let near = OnceCell::new();
        for (text, range) in &here.words {
            let word = word_at(text, range);
            if there.bare.contains(&bare(word)) {
                continue;
            }
            let near = near.get_or_init(|| Near::of(there.distinct.iter().copied()));
            if let Some(right) = near.first(word, |right| is_slip(word, right)) {
                found.push([(*text, range.clone()), there.words[there.first[right]].clone()]);
            }
        }
    }
    found
}

/// The words in Latin letters of a text.
struct Roll<'p, 'a> {
    words: Vec<Word<'p, 'a>>,
    /// Each once, in the order in which they come.
    distinct: Vec<&'p str>,
    /// Where each stands first.
    first: FxHashMap<&'p str, usize>,
    /// Without what grammar adds.
    bare: FxHashSet<String>,
}

impl<'p, 'a> Roll<'p, 'a> {
    fn of(texts: &[&'p Prose<'a>]) -> Self {
        let words: Vec<Word<'p, 'a>> = all(texts).collect();
        let (mut distinct, mut first) = (Vec::new(), FxHashMap::default());
        for (at, (text, range)) in words.iter().enumerate() {
            let word = word_at(text, range);
            if !first.contains_key(word) {
                first.insert(word, at);
                distinct.push(word);
            }
        }
        let bare = distinct.iter().map(|word| bare(word)).collect();
        Self { words, distinct, first, bare }
    }
}

/// Every word in Latin letters.
fn all<'p, 'a>(texts: &[&'p Prose<'a>]) -> impl Iterator<Item = Word<'p, 'a>> {
    texts.iter().flat_map(|&text| words(&text.text).map(move |(at, word)| (text, at..at + word.len())))
}

fn word_at<'p>(prose: &'p Prose<'_>, range: &Range<usize>) -> &'p str {
    &prose.text[range.clone()]
}

/// A word in lowercase without a plural or possessive ending and without hyphens.
fn bare(word: &str) -> String {
    let lower = word.to_lowercase().replace('’', "'").replace('-', "");
    lower.trim_end_matches('s').trim_end_matches('\'').to_owned()
}

/// Whether one word is the other with a letter left out, inserted or changed, or with two letters swapped. A difference in
/// the ending alone is grammar.
fn is_slip(word: &str, right: &str) -> bool {
    // Most pairs of words are far apart and need no comparison letter by letter.
    let first = |word: &str| word.bytes().next().map(|byte| byte.to_ascii_lowercase());
    if word.len().abs_diff(right.len()) > 1 || first(word) != first(right) {
        return false;
    }
    let (a, b): (Vec<char>, Vec<char>) =
        (word.to_lowercase().chars().collect(), right.to_lowercase().chars().collect());
    // Short lowercase words are too similar to each other.
    let least = if right.starts_with(|c: char| c.is_ascii_uppercase()) && b.len() > 3 { 3 } else { 4 };
    if bare(word) == bare(right) || a.len().min(b.len()) < least || a == b || a[0] != b[0] {
        return false;
    }
    // Another number makes another name.
    if is_function(word) || is_function(right) || is_renumbered(word, right) {
        return false;
    }
    let same = a.iter().zip(&b).take_while(|(x, y)| x == y).count();
    let tail = a[same..].iter().rev().zip(b[same..].iter().rev()).take_while(|(x, y)| x == y).count();
    let (left, rest) = (a.len() - same - tail, b.len() - same - tail);
    let swapped = left == 2 && rest == 2 && a[same] == b[same + 1] && a[same + 1] == b[same];
    let ending = tail == 0 && (left == 0 || rest == 0);
    swapped || !ending && left <= 1 && rest <= 1 && (left != rest || a.len() > 4)
}

/// A capitalised word that is not in the dictionary and stands once in a book that often has another spelling.
#[expect(clippy::disallowed_methods, reason = "what comes out is sorted")]
fn within(texts: &[Prose<'_>], counts: &Counts<'_>, found: &mut Vec<Diagnostic>) {
    let is_name = |word: &str| word.len() >= 6 && word.starts_with(|c: char| c.is_ascii_uppercase()) && !is_word(word);
    let mut often: Vec<&str> =
        counts.iter().filter(|(word, count)| **count >= 4 && is_name(word)).map(|(word, _)| *word).collect();
    often.sort_unstable();
    let often = Near::of(often);
    for text in texts {
        for (at, word) in words(&text.text).filter(|(_, word)| counts.get(word) == Some(&1) && is_name(word)) {
            if let Some(right) = often.first(word, |right| is_slip(word, right)) {
                found.push(finding(word, text.place(at..at + word.len()), right, counts, Severity::Warning));
            }
        }
    }
}

fn is_word(word: &str) -> bool {
    let mut known = false;
    stems(word, &mut |stem| known |= Lexicon::shipped().english.number(stem).is_some());
    known
}

/// Transliterated names with a dot between their parts that differ in one character.
fn transliterated(texts: &[Prose<'_>], found: &mut Vec<Diagnostic>) {
    let mut names: BTreeMap<&str, Vec<(&Prose<'_>, Range<usize>)>> = BTreeMap::new();
    for text in texts {
        for range in dotted(&text.text) {
            names.entry(&text.text[range.clone()]).or_default().push((text, range));
        }
    }
    let mut apart: BTreeMap<(usize, String), Vec<&str>> = BTreeMap::new();
    for name in names.keys() {
        holes(name).for_each(|hole| apart.entry(hole).or_default().push(name));
    }
    for (name, places) in &names {
        let better = holes(name).flat_map(|hole| {
            let alike = &apart[&hole];
            // Where a part of a name has one character only, what stands beside it comes from the sentence, and differs each time.
            let inside = hole.0 > 0 && hole.0 + 1 < name.chars().count();
            let is_of_name = inside || alike.len() < 3;
            alike.iter().filter(move |other| is_of_name && **other != *name)
        });
        let better =
            better.filter_map(|other| names.get_key_value(other)).filter(|(_, more)| more.len() > places.len());
        let better = better.min_by_key(|(other, _)| **other);
        let Some((other, more)) = better else { continue };
        let (first, place) = &places[0];
        found.push(
            Diagnostic::new(Severity::Warning, CHECK.name, message(name, other, more.len()))
                .at(first.place(place.clone()))
                .label(more[0].0.place(more[0].1.clone()), msg!("the other spelling")),
        );
    }
}

/// Ranges of Chinese characters with a dot between them.
fn dotted(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    text.match_indices('·').filter_map(|(at, dot)| {
        let before: usize = text[..at].chars().rev().take_while(|c| is_han(*c)).take(2).map(char::len_utf8).sum();
        let after: usize = text[at + dot.len()..].chars().take_while(|c| is_han(*c)).take(2).map(char::len_utf8).sum();
        (before > 3 && after > 3).then(|| at - before..at + dot.len() + after)
    })
}

/// A name without each of its characters, with the place of the one that is left out: two names that differ in one
/// character have one of these in common.
fn holes(name: &str) -> impl Iterator<Item = (usize, String)> + '_ {
    name.char_indices().enumerate().map(|(at, (start, c))| {
        let mut rest = name[..start].to_owned();
        rest.push_str(&name[start + c.len_utf8()..]);
        (at, rest)
    })
}

fn finding(word: &str, place: Span, right: &str, counts: &Counts<'_>, severity: Severity) -> Diagnostic {
    let times = counts.get(right).copied().unwrap_or(0);
    Diagnostic::new(severity, CHECK.name, message(word, right, times))
        .at(place)
        .hint(msg!("use one spelling throughout the book"))
}

fn message(word: &str, right: &str, times: usize) -> Message {
    plural!(
        times,
        "‘{word}’ is spelled ‘{right}’ elsewhere ({times} time in this book)",
        "‘{word}’ is spelled ‘{right}’ elsewhere ({times} times in this book)",
        word,
        right
    )
}
