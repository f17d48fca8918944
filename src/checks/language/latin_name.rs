use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::foreign::{is_foreign, is_ordinary};
use crate::align::{Pair, Relation, Segment, SegmentPair, Unit};
use crate::checks::{Check, Context, Look};
use crate::diagnostic::{Diagnostic, Severity};
use crate::lang::en::function::{is_function, words};
use crate::lang::{self, Script};
use crate::source::{Sources, Span};

pub(in crate::checks) const CHECK: Check = Check {
    name: Check::code("latin-name"),
    group: "language",
    summary: msg!("a name in Latin letters is a different one in the other language"),
    default_level: Severity::Warning,
    page: page!("latin_name"),
    look: Look::Text(run),
};

/// The least score of a pair of sentences that surely translate each other.
const SURE: f32 = 0.5;
/// That of sentences of which each has a name of the other.
const PERHAPS: f32 = 0.3;
/// How far apart, as a share of a sentence, a name and the one in its place may be.
const NEAR: f32 = 0.5;

fn run(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let (source, target) = (context.alignment.source.script(), context.alignment.target.script());
    if source == target || ![source, target].contains(&Script::Latin) {
        return;
    }
    let usage = Usage::of(context, source == Script::Latin);
    for (chapter, segments) in context.alignment.chapters.iter().zip(&context.segments) {
        for block in segments.chunk_by(|a, b| a.pair == b.pair) {
            let swapped =
                usage.swapped(block).filter(|(sides, _)| !sides.iter().any(|side| context.is_excused(side.span)));
            found.extend(swapped.map(|(sides, names)| finding(context, sides, &names)));
        }
        for pair in segments.iter().filter(|pair| pair.relation == Relation::Equal && pair.score >= SURE) {
            let langs = [&context.alignment.source, &context.alignment.target];
            let sides = [&pair.sources[0], &pair.targets[0]];
            let Some(names) = usage.replaced(&chapter.pairs[pair.pair], sides) else { continue };
            let foreign = sides.iter().zip(langs).any(|(segment, lang)| is_foreign(&segment.text, lang));
            if !foreign && !sides.iter().any(|segment| context.is_excused(segment.span)) {
                found.push(finding(context, sides, &names));
            }
        }
    }
}

/// A name of the Chinese sentence, and the one that stands in its place: each with its place in its sentence.
struct Replaced {
    han: Range<usize>,
    latin: Range<usize>,
}

/// How the names in Latin letters of a Chinese text are kept in the other text.
struct Usage {
    /// Whether the source is the text in Latin letters.
    turned: bool,
    /// Of each name of the Chinese text the number of blocks in which the other text keeps it, and in which it does not.
    kept: BTreeMap<String, [usize; 2]>,
    /// Of each name of the other text the same.
    back: BTreeMap<String, [usize; 2]>,
}

impl Usage {
    fn of(context: &Context<'_>, turned: bool) -> Self {
        let mut usage = Self { turned, kept: BTreeMap::new(), back: BTreeMap::new() };
        for (sources, targets) in context.groups() {
            let [han, latin] = usage.order([text(sources), text(targets)]);
            usage.count(&han, &latin);
        }
        usage
    }

    fn count(&mut self, han: &str, latin: &str) {
        for (counts, names, other) in [(&mut self.kept, han, latin), (&mut self.back, latin, han)] {
            let names: BTreeSet<String> = self::names(names).map(|(_, name)| bare(name)).collect();
            if names.is_empty() {
                continue;
            }
            let known = Known::of(other);
            for name in names {
                let lost = usize::from(!known.has(&name));
                counts.entry(name).or_default()[lost] += 1;
            }
        }
    }

    /// Puts the Chinese text first.
    fn order<T>(&self, [source, target]: [T; 2]) -> [T; 2] {
        if self.turned { [target, source] } else { [source, target] }
    }

    /// The first name of a Chinese sentence that the other one lacks and has another name for.
    fn replaced(&self, block: &Pair<'_>, sides: [&Segment; 2]) -> Option<Replaced> {
        let [han, latin] = self.order(sides.map(|segment| segment.text.as_str()));
        let mut lost = names(han).peekable();
        lost.peek()?;
        let there = Known::of(latin);
        let mut lost = lost.filter(|(_, name)| !there.has(&bare(name)) && !there.spells_out(name)).peekable();
        lost.peek()?;
        let here = Known::of(han);
        // Any word has a capital at the head of a sentence.
        let head = words(latin).next().map(|(at, _)| at);
        let named = |at: usize, name: &str| Some(at) != head || is_marked(name) || !is_ordinary(name);
        let extra = names(latin).filter(|&(at, name)| named(at, name) && !here.has(&bare(name)));
        let extra: Vec<(usize, &str)> = extra.collect();
        if extra.is_empty() {
            return None;
        }
        let around = self.order([text(&block.sources), text(&block.targets)]);
        let [near, far] = around.each_ref().map(|text| Known::of(text));
        for (at, name) in lost {
            // What is spelled alike belongs to the check of spelling, whatever else stands near; another number is another name.
            let spelled = |other: &str| is_near(name, other) && !is_renumbered(name, other);
            if !is_acronym(name) && extra.iter().any(|(_, other)| spelled(other)) {
                continue;
            }
            let other = extra.iter().find(|(place, other)| {
                let gone = !far.has(&bare(name)) || !near.has(&bare(other));
                let share = at as f32 / han.len() as f32 - *place as f32 / latin.len() as f32;
                let near = share.abs() < NEAR || is_renumbered(name, other);
                gone && near && self.is_other(name, other) && !here.spells_out(other)
            });
            if let Some((place, other)) = other {
                return Some(Replaced { han: at..at + name.len(), latin: *place..place + other.len() });
            }
        }
        None
    }

    /// Whether a name is surely another than that of the Chinese text. One that Chinese writes in characters elsewhere is
    /// none, and a name that is spelled alike belongs to the check of spelling.
    fn is_other(&self, name: &str, other: &str) -> bool {
        let [kept, lost] = self.kept.get(&bare(name)).copied().unwrap_or_default();
        let [known, translated] = self.back.get(&bare(other)).copied().unwrap_or_default();
        let habit = lost > 1 && lost > kept || translated > 1 && translated > known;
        let shape = is_marked(other) || known > 0;
        // An abbreviation that the book uses may well stand for other words.
        let [short, also] = [name, other].map(is_acronym);
        let common = short != also && known + kept > 1;
        let apart = short && also || is_renumbered(name, other) || !is_near(name, other);
        !habit && shape && !common && !is_short_for(name, other) && apart
    }

    /// Two names of a block of which each sentence has the one that belongs to another sentence: the first of those
    /// sentences, with its names.
    fn swapped<'s>(&self, block: &'s [SegmentPair]) -> Option<([&'s Segment; 2], Replaced)> {
        // Sentences that have each other's names look as if they had changed places: they pair less surely, or all together.
        let even = |pair: &&SegmentPair| pair.sources.len() == pair.targets.len() && pair.score >= PERHAPS;
        let pairs = block.iter().filter(even).flat_map(|pair| pair.sources.iter().zip(&pair.targets));
        let own: Vec<Own<'s>> = pairs
            .map(|(source, target)| Own::of([source, target], self.order([source.text.as_str(), target.text.as_str()])))
            .collect();
        let mut couples = (0..own.len()).flat_map(|a| (a + 1..own.len()).map(move |b| (a, b)));
        couples.find_map(|(a, b)| {
            let (one, other) = (&own[a], &own[b]);
            let back = one.extra.iter().find(|(_, name)| other.lacks(name))?;
            let name = one.lost.iter().find(|(_, name)| other.adds(name) && bare(name) != bare(back.1))?;
            let range = |(at, name): &(usize, &str)| *at..at + name.len();
            Some((one.sides, Replaced { han: range(name), latin: range(back) }))
        })
    }
}

/// The names of two paired sentences that only one of them has, with their places.
struct Own<'s> {
    sides: [&'s Segment; 2],
    /// Those of the Chinese one.
    lost: Vec<(usize, &'s str)>,
    /// Those of the other one.
    extra: Vec<(usize, &'s str)>,
}

impl<'s> Own<'s> {
    fn of(sides: [&'s Segment; 2], [han, latin]: [&'s str; 2]) -> Self {
        let [here, there] = [han, latin].map(Known::of);
        let lost = names(han).filter(|(_, name)| !there.has(&bare(name))).collect();
        let extra = names(latin).filter(|(_, name)| !here.has(&bare(name))).collect();
        Self { sides, lost, extra }
    }

    fn lacks(&self, name: &str) -> bool {
        self.lost.iter().any(|(_, lost)| bare(lost) == bare(name))
    }

    fn adds(&self, name: &str) -> bool {
        self.extra.iter().any(|(_, extra)| bare(extra) == bare(name))
    }
}

/// The words of a text, to know a name again however it is written.
struct Known<'t> {
    text: &'t str,
    words: Vec<String>,
    /// All letters and digits in a row.
    squashed: String,
}

impl<'t> Known<'t> {
    fn of(text: &'t str) -> Self {
        let squashed = text.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect();
        Self { text, words: words(text).map(|(_, word)| bare(word)).collect(), squashed }
    }

    fn has(&self, bare: &str) -> bool {
        let inside = bare.len() > 2 && self.squashed.contains(bare);
        inside || self.words.iter().any(|word| word == bare || word.len() > 3 && bare.contains(word.as_str()))
    }

    /// Whether the text has the words that an abbreviation stands for.
    fn spells_out(&self, name: &str) -> bool {
        let letters: String = name.chars().filter(char::is_ascii_uppercase).collect::<String>().to_ascii_lowercase();
        let begins = self.squashed.contains(&letters) && letters.len() > 3;
        letters.len() > 1 && (begins || self.initials().iter().any(|initials| initials.contains(&letters)))
    }

    /// The initials of the words, with and without function words.
    fn initials(&self) -> [String; 2] {
        let parts = || words(self.text).flat_map(|(_, word)| word.split(['-', '_', '\'', '’']));
        let initial = |word: &str| word.chars().next().map(|c| c.to_ascii_lowercase());
        let strong = parts().filter(|word| !is_function(word)).filter_map(initial).collect();
        [parts().filter_map(initial).collect(), strong]
    }
}

/// The names of a text: words with a capital, of two letters at least.
fn names(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let capital = |word: &str| word.bytes().any(|byte| byte.is_ascii_uppercase());
    words(text).filter(move |(_, word)| word.len() > 1 && capital(word) && !is_function(word))
}

/// A word in lowercase without hyphens, apostrophes and the ending of a plural or a possessive.
fn bare(word: &str) -> String {
    let word = word.strip_suffix("'s").or_else(|| word.strip_suffix("’s")).unwrap_or(word);
    let mut bare: String = word.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect();
    if bare.len() > 3 {
        bare.truncate(bare.trim_end_matches('s').len());
    }
    bare
}

/// Whether a word is a name by its form: it has a capital or a digit behind its first letter.
fn is_marked(word: &str) -> bool {
    word.bytes().skip(1).any(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit())
}

fn is_acronym(word: &str) -> bool {
    word.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit())
}

/// Whether one name is an abbreviation of the other: its letters stand in that in the same order (JS, JavaScript; SVN,
/// Subversion). Tags of languages differ as the languages do.
fn is_short_for(name: &str, other: &str) -> bool {
    let (short, long) = if is_acronym(name) { (bare(name), bare(other)) } else { (bare(other), bare(name)) };
    let mut rest = long.chars();
    let abbreviated =
        short.chars().next() == long.chars().next() && short.chars().all(|c| rest.any(|other| other == c));
    is_acronym(name) != is_acronym(other) && abbreviated || lang::in_address(name) && lang::in_address(other)
}

/// Whether two names are alike but for their numbers: GPT-3 and GPT-4.
pub(super) fn is_renumbered(name: &str, other: &str) -> bool {
    let part = |name: &str, digits: bool| {
        let bare = name.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase());
        bare.filter(|c| c.is_ascii_digit() == digits).collect::<String>()
    };
    let [digits, others] = [name, other].map(|name| part(name, true));
    part(name, false) == part(other, false) && digits != others && !digits.is_empty() && !others.is_empty()
}

/// Whether two names, or parts of them, may be two spellings of one.
fn is_near(name: &str, other: &str) -> bool {
    let parts = |word: &str| word.split('-').map(bare).filter(|part| part.len() > 1).collect::<Vec<_>>();
    let near =
        |a: &str, b: &str| a.contains(b) || b.contains(a) || strsim::levenshtein(a, b) * 3 <= a.len().max(b.len());
    parts(name).iter().any(|a| parts(other).iter().any(|b| near(a, b)))
}

/// The text of some units.
fn text(units: &[Unit<'_>]) -> String {
    units.iter().map(|unit| unit.text.as_str()).collect::<Vec<_>>().join("\n")
}

fn finding(context: &Context<'_>, [source, target]: [&Segment; 2], names: &Replaced) -> Diagnostic {
    let turned = context.alignment.source.script() == Script::Latin;
    let (was, is) = if turned { (&names.latin, &names.han) } else { (&names.han, &names.latin) };
    let (was, is) = (&source.text[was.clone()], &target.text[is.clone()]);
    let language = context.alignment.source.name();
    Diagnostic::warning(CHECK.name, msg!("‘{is}’ here, where {language} has ‘{was}’", is, language = &language, was))
        .at(place(target, is, context.sources))
        .label(place(source, was, context.sources), msg!("in {language}", language))
        .hint(msg!("use the same name in both languages"))
}

/// The place of a name of a sentence: exact where the file has it as it is.
fn place(segment: &Segment, name: &str, sources: &Sources) -> Span {
    let at = sources.snippet(segment.span).find(name);
    at.map_or(segment.span, |at| {
        let start = segment.span.start + at;
        Span::new(segment.span.file, start..start + name.len())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_number_makes_another_name() {
        for (name, other) in [("GPT-3", "GPT-4"), ("H100", "H200"), ("ResNet50", "ResNet-101")] {
            assert!(is_renumbered(name, other), "{name} {other}");
        }
        for (name, other) in [("GPT-4", "GPT4"), ("GPT-4", "BERT-4"), ("GPT", "GPT-4"), ("M1", "Max")] {
            assert!(!is_renumbered(name, other), "{name} {other}");
        }
    }

    #[test]
    fn an_abbreviation_is_no_other_name() {
        for (name, other) in [("JS", "JavaScript"), ("Subversion", "SVN"), ("zh-CN", "en-US")] {
            assert!(is_short_for(name, other), "{name} {other}");
        }
        for (name, other) in [("NLP", "NPL"), ("RainLab", "ACME"), ("JavaScript", "JVM"), ("RainLab", "WindLab")] {
            assert!(!is_short_for(name, other), "{name} {other}");
        }
    }
}
