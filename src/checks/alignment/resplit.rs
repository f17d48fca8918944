//! Whether a sentence without a counterpart is said in the sentence beside it, as where the translation makes two sentences
//! of one or one of two, and how sure it is that it should have one.

use std::cell::{OnceCell, RefCell};
use std::collections::BTreeSet;
use std::rc::Rc;

use super::super::Context;
use super::lengths::{length, usual_ratio, without_addresses};
use crate::align::lexicon::Lexicon;
use crate::align::{Segment, SegmentPair};
use crate::diagnostic::Severity;
use crate::lang::en::function::{is_function, words};
use crate::lang::en::stems;
use crate::lang::number::{Number, numbers};
use crate::lang::{self, Language, Script};
use crate::maths;
use crate::model::Lang;

/// The least score at which a sentence is probably lost or added; below it, it is worth a look.
const PROBABLE: f32 = 0.9;
/// The letters below which a sentence is hardly more than a turn of speech: “How so?”
const SHORT: f32 = 30.0;
/// The letters of a text that is the same in both languages, of which a translation stands beside it.
const QUOTED: usize = 20;
/// The names, words of code and links of a sentence that the one beside it surely says with them.
const MANY: usize = 2;
/// How much longer than usual, as a logarithm, the counterpart of a sentence is that says one more.
const LONGER: f32 = 0.35;
/// How near to the usual, as a logarithm, it comes with that one added.
const EVEN: f32 = 0.3;

/// The sentences of a chapter that one of them is judged among.
pub(super) struct Among<'c> {
    context: &'c Context<'c>,
    segments: &'c [SegmentPair],
    /// How long a translation usually is for its source here, as a logarithm.
    usual: OnceCell<f32>,
    /// The block that was asked for last.
    block: RefCell<Option<(usize, Rc<Block>)>>,
}

/// What is known of all sentences of a block together; of the source, then of the translation.
#[derive(Default)]
struct Block {
    /// Whether it gives an original beside its translation.
    quoted: bool,
    lengths: [f32; 2],
    sentences: [usize; 2],
    /// The names in sentences that stand alone.
    alone: [BTreeSet<String>; 2],
}

/// How near to the usual, as a logarithm, the length of a block comes that says all that its counterpart says.
const FULL: f32 = 0.12;
/// The words that the counterpart of a sentence has of the one beside it alone, where it says that one too.
const RETOLD: usize = 2;
/// How probable a translation of a word is that tells it again.
const LIKELY: f32 = 0.05;

/// One side of a pair of sentences, and the other.
struct Sides<'c> {
    own: &'c [Segment],
    other: &'c [Segment],
}

/// The level of a sentence without a counterpart; `None` where it is said elsewhere in its block.
pub(super) fn severity(among: &Among<'_>, at: usize) -> Option<Severity> {
    let alone = &among.segments[at];
    let lost = alone.targets.is_empty();
    let own = sides(alone, lost).own;
    let text = own.iter().map(|segment| segment.text.trim()).collect::<Vec<_>>().join(" ");
    let named = among.named_beside(at, lost);
    if is_rest(&text) || among.is_quoted(at) || among.announces(at, lost) || named >= MANY {
        return None;
    }
    let of = lang::of(among.lang(lost));
    let short = length(among.context, own, of) * of.letters() < SHORT;
    let note = lang::is_translator_note(text.trim_start_matches(['（', '(', '【', '[', '*', ' ']));
    let asked = among.is_asked_beside(at, lost) || among.is_measured_beside(at, lost);
    let said =
        named > 0 || asked || among.makes_even(at, lost) || among.is_retold(at, lost) || among.fills_block(at, lost);
    let unsure = note || short || said || among.moved(at, lost);
    Some(if unsure || alone.score < PROBABLE { Severity::Info } else { Severity::Warning })
}

/// Whether a text is what follows a code span or a picture: “: a string.”
fn is_rest(text: &str) -> bool {
    text.starts_with([':', '：', ',', '，', '、', ';', '；', '’', '\''])
}

/// The sides of a pair, the one of a sentence that is lost or added first.
fn sides(pair: &SegmentPair, lost: bool) -> Sides<'_> {
    let (source, target) = (&pair.sources[..], &pair.targets[..]);
    if lost { Sides { own: source, other: target } } else { Sides { own: target, other: source } }
}

impl<'c> Among<'c> {
    /// The sentences of a chapter, in the order of their blocks.
    pub(super) fn of(context: &'c Context<'c>, segments: &'c [SegmentPair]) -> Self {
        Self { context, segments, usual: OnceCell::new(), block: RefCell::default() }
    }

    fn lang(&self, lost: bool) -> &'c Lang {
        if lost { &self.context.alignment.source } else { &self.context.alignment.target }
    }

    /// The block that a pair stands in.
    fn block(&self, at: usize) -> Rc<Block> {
        let pair = self.segments[at].pair;
        let mut known = self.block.borrow_mut();
        match &*known {
            Some((last, block)) if *last == pair => Rc::clone(block),
            _ => {
                let from = self.segments.partition_point(|s| s.pair < pair);
                let to = self.segments.partition_point(|s| s.pair <= pair);
                let block = Rc::new(self.read(&self.segments[from..to]));
                *known = Some((pair, Rc::clone(&block)));
                block
            }
        }
    }

    fn read(&self, pairs: &[SegmentPair]) -> Block {
        let mut block = Block::default();
        let langs = [&self.context.alignment.source, &self.context.alignment.target].map(lang::of);
        for pair in pairs {
            let texts = [&pair.sources[..], &pair.targets[..]];
            if let [[source], [target]] = texts {
                block.quoted |= source.text.trim() == target.text.trim() && source.text.len() >= QUOTED;
            }
            for side in [0, 1] {
                block.lengths[side] += length(self.context, texts[side], langs[side]);
                block.sentences[side] += texts[side].len();
                if texts[1 - side].is_empty() {
                    block.alone[side].extend(self.names(texts[side]));
                }
            }
        }
        block
    }

    /// How long a counterpart usually is, as a logarithm.
    fn usual(&self, lost: bool) -> f32 {
        let usual = *self.usual.get_or_init(|| maths::ln(usual_ratio(self.context, self.segments)));
        if lost { usual } else { -usual }
    }

    /// The nearest pairs of its block with both sides, before and after it.
    fn beside(&self, at: usize, lost: bool) -> impl Iterator<Item = Sides<'c>> {
        let segments = self.segments;
        let pair = segments[at].pair;
        let both = |s: &&SegmentPair| !s.sources.is_empty() && !s.targets.is_empty();
        let before = segments[..at].iter().rev().take_while(|s| s.pair == pair).find(both);
        let after = segments[at + 1..].iter().take_while(|s| s.pair == pair).find(both);
        before.into_iter().chain(after).map(move |s| sides(s, lost))
    }

    /// Whether the block gives the original beside its translation, as it does with a quotation.
    fn is_quoted(&self, at: usize) -> bool {
        self.block(at).quoted
    }

    /// Whether it announces what follows the block, and its counterpart's last sentence does so too.
    fn announces(&self, at: usize, lost: bool) -> bool {
        let colon = |segments: &[Segment]| segments.last().is_some_and(|s| s.text.trim_end().ends_with([':', '：']));
        let pair = self.segments[at].pair;
        let is_last = self.segments.get(at + 1).is_none_or(|next| next.pair != pair);
        let before = self.beside(at, lost).last();
        is_last && colon(sides(&self.segments[at], lost).own) && before.is_some_and(|s| colon(s.other) && !colon(s.own))
    }

    /// How many names, words of code, numbers and links that only this one has the counterpart of a sentence beside it has.
    fn named_beside(&self, at: usize, lost: bool) -> usize {
        let own = self.names(sides(&self.segments[at], lost).own);
        let shared = self.beside(at, lost).map(|beside| {
            let theirs = self.names(beside.own);
            let other = self.names(beside.other);
            other.iter().filter(|name| own.contains(*name) && !theirs.contains(*name)).count()
        });
        shared.max().unwrap_or(0)
    }

    /// Whether it is a question, and the counterpart of a sentence beside it asks for as many things as both.
    fn is_asked_beside(&self, at: usize, lost: bool) -> bool {
        let asks = |segments: &[Segment], lost: bool| {
            segments.iter().map(|s| lang::of(self.lang(lost)).questions(&s.text)).sum::<usize>()
        };
        let own = asks(sides(&self.segments[at], lost).own, lost);
        own > 0 && self.beside(at, lost).any(|beside| asks(beside.other, !lost) >= own + asks(beside.own, lost))
    }

    /// Whether the counterpart of a sentence beside it gives an amount of this one, with its unit, that it has not itself.
    fn is_measured_beside(&self, at: usize, lost: bool) -> bool {
        let amounts = |segments: &[Segment], lost: bool| {
            let all = segments.iter().flat_map(|s| numbers(&s.text, self.lang(lost)));
            all.filter(|number| number.unit.is_some()).collect::<Vec<Number>>()
        };
        let has = |among: &[Number], amount: &Number| {
            among.iter().any(|other| other.unit == amount.unit && other.same_value(amount))
        };
        let own = amounts(sides(&self.segments[at], lost).own, lost);
        !own.is_empty()
            && self.beside(at, lost).any(|beside| {
                let (theirs, other) = (amounts(beside.own, lost), amounts(beside.other, !lost));
                own.iter().any(|amount| has(&other, amount) && !has(&theirs, amount))
            })
    }

    /// Whether the counterpart of a sentence beside it is longer by just what this one says.
    fn makes_even(&self, at: usize, lost: bool) -> bool {
        let usual = self.usual(lost);
        let (of, counterpart) = (lang::of(self.lang(lost)), lang::of(self.lang(!lost)));
        let measure = |segments: &[Segment], of: &dyn Language| length(self.context, segments, of);
        let spare = measure(sides(&self.segments[at], lost).own, of);
        self.beside(at, lost).any(|beside| {
            let (own, other) = (measure(beside.own, of), measure(beside.other, counterpart));
            let [without, with] = [own, own + spare].map(|own| maths::ln(other / own.max(0.1)) - usual);
            without > LONGER && with.abs() < EVEN
        })
    }

    /// Whether its block is just as long as its counterpart with it, though that has fewer sentences.
    fn fills_block(&self, at: usize, lost: bool) -> bool {
        let usual = self.usual(lost);
        let own = sides(&self.segments[at], lost).own;
        let spare = length(self.context, own, lang::of(self.lang(lost)));
        let (block, [this, that]) = (self.block(at), if lost { [0, 1] } else { [1, 0] });
        let (all, other) = (block.lengths[this], block.lengths[that]);
        let [with, without] = [all, all - spare].map(|own| maths::ln(other.max(0.1) / own.max(0.1)) - usual);
        // What stands alone counts as one.
        let fewer = block.sentences[that] < block.sentences[this] + 1 - own.len();
        fewer && with.abs() < FULL && without - with > FULL
    }

    /// Whether the counterpart of a sentence beside it has words of this one that are no words of that.
    fn is_retold(&self, at: usize, lost: bool) -> bool {
        let text = |segments: &[Segment]| segments.iter().map(|s| s.text.as_str()).collect::<Vec<_>>().join(" ");
        let alone = text(sides(&self.segments[at], lost).own);
        self.beside(at, lost).any(|beside| {
            let [alone, own] = [alone.as_str(), &text(beside.own)].map(|text| lang::of(self.lang(lost)).folded(text));
            let other = lang::of(self.lang(!lost)).folded(&text(beside.other));
            retold([self.lang(lost), self.lang(!lost)], [&alone, &own], &other) >= RETOLD
        })
    }

    /// Whether the other side of the block has a sentence alone that may be this one in another place.
    fn moved(&self, at: usize, lost: bool) -> bool {
        let block = self.block(at);
        let there = &block.alone[usize::from(lost)];
        !there.is_empty() && self.names(sides(&self.segments[at], lost).own).iter().any(|name| there.contains(name))
    }

    /// The words in Latin letters, code included, the numbers, and the addresses of links of some sentences.
    fn names(&self, segments: &[Segment]) -> BTreeSet<String> {
        let snippets = segments.iter().map(|segment| self.context.sources.snippet(segment.span));
        let text = snippets.collect::<Vec<_>>().join(" ").to_ascii_lowercase();
        let links = text.split("](").skip(1).filter_map(|rest| rest.split_once(')')).map(|(link, _)| link);
        let plain = without_addresses(&text);
        let words = plain.split(|c: char| !(c.is_ascii_alphanumeric() || c == '_')).filter(|word| word.len() > 1);
        words.chain(links).map(str::to_owned).collect()
    }
}

/// How many words of a text translate words of the first of two others, and none of the second. Words are parted in the text
/// that has letters.
fn retold([own, other]: [&Lang; 2], [alone, beside]: [&str; 2], text: &str) -> usize {
    let lettered = own.script() == Script::Latin;
    let translations = |word: &str| {
        let lang = if lettered { own } else { other };
        let words = Lexicon::shipped().translations(word, lang, LIKELY).filter(|word| word.chars().nth(1).is_some());
        words.collect::<Vec<_>>()
    };
    let has = |text: &str, word: &str| translations(word).into_iter().any(|word| text.contains(word));
    if !lettered {
        return content_words(text).iter().filter(|word| has(alone, word) && !has(beside, word)).count();
    }
    let known = content_words(beside);
    let told: BTreeSet<&str> = known.iter().flat_map(|word| translations(word)).collect();
    let says = |word: &&String| translations(word).iter().any(|word| text.contains(word) && !told.contains(word));
    content_words(alone).difference(&known).filter(says).count()
}

/// The stems of a text that are no function words.
fn content_words(text: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for (_, word) in words(text).filter(|(_, word)| !is_function(word)) {
        stems(word, &mut |stem| {
            found.insert(stem.to_owned());
        });
    }
    found
}
