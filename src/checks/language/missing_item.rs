use std::ops::Range;

use super::foreign::is_foreign;
use super::listed::{List, Row, lists};
use crate::align::lexicon::Lexicon;
use crate::align::{Segment, SegmentPair};
use crate::checks::{Check, Context, Look};
use crate::diagnostic::{Diagnostic, Severity};
use crate::lang::en::function::{is_function, words};
use crate::lang::en::stems;
use crate::lang::zh::{LONGEST, beginnings, is_han};
use crate::lang::{Lang, Script};
use crate::source::{Sources, Span};

pub(in crate::checks) const CHECK: Check = Check {
    name: Check::code("missing-item"),
    group: "language",
    summary: msg!("one language lists more in a sentence than the other"),
    default_level: Severity::Info,
    page: page!("missing_item"),
    look: Look::Text(run),
};

/// The least certainty that two sentences belong together.
const SURE: f32 = 0.5;
/// The least probability of a translation; that of a single character, which stands in many words.
const POSSIBLE: f32 = 0.0078;
const LIKELY: f32 = 0.05;

fn run(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for (pair, here, there) in sides(context) {
        let lost = unanswered(&here, &there).map(|lone| (lone, true));
        let lone = lost.or_else(|| unanswered(&there, &here).map(|lone| (lone, false)));
        found.extend(lone.map(|(lone, lost)| finding(context, pair, &lone, lost)));
    }
}

/// Each pair of sentences in two scripts that surely translate each other, with what both list.
pub(super) fn sides<'c>(context: &'c Context<'_>) -> impl Iterator<Item = (&'c SegmentPair, Side<'c>, Side<'c>)> {
    let (source, target) = (&context.alignment.source, &context.alignment.target);
    let apart = source.script() != target.script();
    let pairs = context.segments.iter().copied().flatten().filter(move |pair| apart && pair.score >= SURE);
    pairs.filter_map(move |pair| {
        let ([theirs], [ours]) = (&pair.sources[..], &pair.targets[..]) else { return None };
        let foreign = is_foreign(&theirs.text, source) || is_foreign(&ours.text, target);
        let sides = || (pair, Side::of(&theirs.text, source), Side::of(&ours.text, target));
        (!foreign && !context.is_excused(theirs.span)).then(sides)
    })
}

/// A sentence with what it lists.
pub(super) struct Side<'s> {
    text: &'s str,
    lang: &'s Lang,
    pub(super) lists: Vec<List>,
}

impl<'s> Side<'s> {
    pub(super) fn of(text: &'s str, lang: &'s Lang) -> Self {
        Self { text, lang, lists: lists(text, lang) }
    }

    /// The things of a list, as [`Self::thing`] has them.
    pub(super) fn things(&self, list: &List) -> Vec<Option<Range<usize>>> {
        (0..list.parts.len()).map(|at| self.thing(list, at)).collect()
    }

    /// A thing of a list; of the first and the last one what stands at the mark beside it. None where that is not known.
    pub(super) fn thing(&self, list: &List, at: usize) -> Option<Range<usize>> {
        let part = &list.parts[at];
        if at > 0 && at + 1 < list.parts.len() { Some(part.clone()) } else { self.edge(part, at == 0) }
    }

    /// In how many words a part of this sentence is met by another text.
    pub(super) fn meets(&self, part: &Range<usize>, other: &Side<'_>, inside: &Range<usize>) -> usize {
        let (here, there) = (&self.text[part.clone()], &other.text[inside.clone()]);
        match self.lang.script() {
            Script::Latin => answered(here, self.lang, there),
            Script::Han => answered(there, other.lang, here),
        }
    }

    /// Whether it is written where a part begins and ends, and what it says is a thing: before the first and after the last
    /// one stands the rest of the sentence, and ‘such as’ and ‘is’ begin none.
    fn is_sharp(&self, list: &List, at: usize) -> bool {
        let part = &self.text[list.parts[at].clone()];
        let inner = at > 0 && at + 1 < list.parts.len();
        let telling = words(part).filter(|(_, word)| !is_function(word)).count();
        match list.row {
            Row::Clauses => telling > 2 || part.chars().filter(|c| is_han(*c)).count() > 5,
            Row::Things => inner && words(part).next().is_none_or(|(_, word)| !is_function(word)),
        }
    }

    /// Whether a thing is all that its part says, but for words of the grammar: nothing else can be what has no counterpart.
    fn is_all(&self, thing: &Range<usize>, part: &Range<usize>) -> bool {
        let rest = [part.start..thing.start, thing.end..part.end].map(|range| &self.text[range]);
        rest.iter().all(|rest| !rest.contains(is_han) && words(rest).all(|(_, word)| is_function(word)))
    }

    /// Whether the dictionary has a word of a part: of another it cannot be told whether it is translated.
    fn is_known(&self, part: &Range<usize>) -> bool {
        self.lang.script() == Script::Han || words(&self.text[part.clone()]).any(|(_, word)| self.knows(word))
    }

    /// Whether a part is nothing but a name in Latin letters.
    fn is_name(&self, part: &Range<usize>) -> bool {
        let part = &self.text[part.clone()];
        words(part).next().is_some() && words(part).all(|(_, word)| word.starts_with(|c: char| c.is_ascii_uppercase()))
    }

    /// What stands in a part at the mark behind it, or at the mark before it: there the thing is, whatever else the clause
    /// says. Nothing where the dictionary does not know it.
    fn edge(&self, part: &Range<usize>, last: bool) -> Option<Range<usize>> {
        let text = &self.text[part.clone()];
        let range = match self.lang.script() {
            Script::Han if text.ends_with(is_latin) && last || text.starts_with(is_latin) && !last => {
                let edge = if last { words(text).last() } else { words(text).next() };
                edge.map(|(at, word)| at..at + word.len())?
            }
            Script::Han => self.edge_of_han(text, last)?,
            Script::Latin => {
                let telling: Vec<(usize, &str)> = words(text).filter(|(_, word)| !is_function(word)).collect();
                // Before a noun may stand what another language says otherwise.
                let edge = if last {
                    telling.get(telling.len().checked_sub(1)?..)?
                } else {
                    telling.get(..2.min(telling.len()))?
                };
                let (first, end) = (edge.first()?, edge.last()?);
                let known = |word: &str| self.knows(word) || word.starts_with(|c: char| c.is_ascii_uppercase());
                edge.iter().all(|(_, word)| known(word)).then_some(first.0..end.0 + end.1.len())?
            }
        };
        Some(part.start + range.start..part.start + range.end)
    }

    /// The longest word of the dictionary with which a part in characters begins or ends.
    fn edge_of_han(&self, text: &str, last: bool) -> Option<Range<usize>> {
        let known = |word: &str| word.chars().all(is_han) && Lexicon::shipped().has(self.lang, word);
        if last {
            let starts: Vec<usize> = text.char_indices().rev().map(|(at, _)| at).take(LONGEST).skip(1).collect();
            let mut longest_first = starts.into_iter().rev().map(|at| at..text.len());
            return longest_first.find(|range| known(&text[range.clone()]));
        }
        let words = beginnings(text).filter(|(_, word)| known(word));
        words.last().map(|(_, word)| 0..word.len())
    }

    /// Whether a word is one of the dictionary; of another it cannot be told whether it is translated.
    fn knows(&self, word: &str) -> bool {
        let mut known = false;
        stems(word, &mut |stem| known |= Lexicon::shipped().has(self.lang, stem));
        known
    }

    fn whole(&self) -> Range<usize> {
        0..self.text.len()
    }
}

fn is_latin(c: char) -> bool {
    c.is_ascii_alphabetic()
}

/// How many words of a text in Latin letters have a translation in a Chinese one, or stand there themselves.
fn answered(latin: &str, lang: &Lang, han: &str) -> usize {
    let lower = han.to_lowercase();
    let is_there = |word: &str| {
        let mut there = lower.contains(&word.to_lowercase());
        stems(word, &mut |stem| {
            let lexicon = Lexicon::shipped();
            there = there
                || lower.contains(stem)
                || lexicon
                    .translations(stem, lang, POSSIBLE)
                    .any(|word| word.chars().nth(1).is_some() && han.contains(word))
                || lexicon.translations(stem, lang, LIKELY).any(|word| han.contains(word));
        });
        there
    };
    let digits = latin.split(|c: char| !c.is_ascii_digit()).filter(|number| !number.is_empty() && han.contains(number));
    words(latin).filter(|(_, word)| !is_function(word) && is_there(word)).count() + digits.count()
}

/// A part of a list that the other sentence does not have.
struct Lone {
    part: Range<usize>,
    /// How many parts the list has, and that of the other sentence.
    counts: [usize; 2],
    /// Whether nothing but a slip explains it.
    sure: bool,
}

/// The one part of a list that nothing in the other sentence says, where that lists all others.
fn unanswered(own: &Side<'_>, other: &Side<'_>) -> Option<Lone> {
    own.lists.iter().find_map(|list| {
        let rows = || other.lists.iter().filter(|answer| answer.row == list.row);
        // A list of as many parts answers it, whatever words it has.
        if rows().any(|answer| answer.parts.len() >= list.parts.len()) {
            return None;
        }
        let answer = rows().find(|answer| answer.parts.len() + 1 == list.parts.len() && list.parts.len() > 2)?;
        let lists = Lists { own, other, list, answer };
        let all = list.parts[0].start..list.parts[list.parts.len() - 1].end;
        if !answer.parts.iter().all(|part| other.meets(part, own, &all) >= lists.least()) {
            return None;
        }
        let counts = [list.parts.len(), answer.parts.len()];
        let found = lists.inside().or_else(|| lists.name()).or_else(|| lists.last());
        found.map(|(part, sure)| Lone { part, counts, sure })
    })
}

/// A list and the sentence that answers it.
struct Lists<'s> {
    own: &'s Side<'s>,
    other: &'s Side<'s>,
    list: &'s List,
    answer: &'s List,
}

impl Lists<'_> {
    /// The fewest words in which a part that is answered is met. A clause may share a word or two with its neighbours.
    fn least(&self) -> usize {
        if self.list.row == Row::Clauses { 3 } else { 1 }
    }

    fn met(&self, part: &Range<usize>) -> usize {
        self.own.meets(part, self.other, &self.other.whole())
    }

    /// How many parts besides one are met, and how many cannot be told of. None where one is surely not met.
    fn others(&self, lone: usize) -> Option<(usize, usize)> {
        let (mut met, mut unknown) = (0, 0);
        for (_, part) in self.list.parts.iter().enumerate().filter(|(at, _)| *at != lone) {
            if self.met(part) >= self.least() {
                met += 1;
            } else if self.list.row == Row::Things && !self.own.is_known(part) {
                unknown += 1;
            } else {
                return None;
            }
        }
        Some((met, unknown))
    }

    /// The one part that is known and not met.
    fn inside(&self) -> Option<(Range<usize>, bool)> {
        let most = if self.list.row == Row::Clauses { 1 } else { 0 };
        let parts = &self.list.parts;
        let silent = |at: &usize| self.met(&parts[*at]) <= most && self.own.is_known(&parts[*at]);
        let lone = (0..parts.len()).find(silent).filter(|at| self.own.is_sharp(self.list, *at))?;
        let (met, unknown) = self.others(lone)?;
        let long = parts.len() > 3 || self.list.row == Row::Clauses;
        let sure = long && unknown == 0 && self.met(&parts[lone]) == 0;
        (met > 0 && unknown < 2).then(|| (parts[lone].clone(), sure))
    }

    /// The one name that is not there, where all other parts are.
    fn name(&self) -> Option<(Range<usize>, bool)> {
        let parts = &self.list.parts;
        let missing = |at: &usize| self.met(&parts[*at]) == 0;
        let lone = (0..parts.len()).find(missing).filter(|at| self.own.is_sharp(self.list, *at))?;
        let (_, unknown) = self.others(lone)?;
        (self.list.row == Row::Things && unknown == 0 && self.own.is_name(&parts[lone]))
            .then(|| (parts[lone].clone(), false))
    }

    /// The last thing, which nothing says, where the other list ends with the one before it. The first is no such thing: ‘for
    /// example’ stands there too.
    fn last(&self) -> Option<(Range<usize>, bool)> {
        let (parts, end) = (&self.list.parts, self.list.parts.len() - 1);
        let thing = self.own.thing(self.list, end).filter(|thing| self.own.is_all(thing, &parts[end]))?;
        let theirs = &self.answer.parts[self.answer.parts.len() - 1];
        let ends = self.list.row == Row::Things && self.own.meets(&parts[end - 1], self.other, theirs) > 0;
        let (_, unknown) = self.others(end)?;
        (ends && unknown == 0 && self.met(&thing) == 0).then_some((thing, false))
    }
}

fn finding(context: &Context<'_>, pair: &SegmentPair, lone: &Lone, lost: bool) -> Diagnostic {
    let (theirs, ours) = (&pair.sources[0], &pair.targets[0]);
    let source = context.alignment.source.name();
    let side = if lost { theirs } else { ours };
    let [more, fewer] = lone.counts;
    let (there, here) = if lost { (more, fewer) } else { (fewer, more) };
    let part = &side.text[lone.part.clone()];
    let span = place(side, part, context.sources);
    let message = msg!(
        "‘{part}’ has no counterpart: {there} parts stand in a row in {source}, {here} here",
        part,
        there,
        source = &source,
        here
    );
    let (at, label) = if lost { (ours.span, span) } else { (span, theirs.span) };
    let severity = if lone.sure { Severity::Warning } else { CHECK.default_level };
    Diagnostic::new(severity, CHECK.name, message)
        .at(at)
        .label(label, msg!("in {language}", language = source))
        .hint(msg!("check whether both say the same"))
}

/// The place of a part of a sentence; of all of it where the file writes it otherwise.
pub(super) fn place(sentence: &Segment, part: &str, sources: &Sources) -> Span {
    let at = sources.snippet(sentence.span).find(part);
    at.map_or(sentence.span, |at| {
        let start = sentence.span.start + at;
        Span::new(sentence.span.file, start..start + part.len())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lone(chinese: &str, english: &str) -> Option<String> {
        let [zh, en] = ["zh", "en"].map(|tag| Lang::new(tag).unwrap());
        let (zh, en) = (Side::of(chinese, &zh), Side::of(english, &en));
        let found = unanswered(&zh, &en).map(|lone| chinese[lone.part].to_owned());
        found.or_else(|| unanswered(&en, &zh).map(|lone| english[lone.part].to_owned()))
    }

    #[test]
    fn a_part_of_a_list_that_is_lost_is_told() {
        for (chinese, english, wanted) in [
            ("市场上卖苹果、香蕉、葡萄和西瓜。", "The market sells apples, bananas and watermelons.", Some("葡萄")),
            ("市场上卖苹果、香蕉、葡萄和西瓜。", "The market sells apples, bananas, grapes and watermelons.", None),
            ("市场上卖苹果、香蕉和西瓜。", "The market sells apples, bananas, grapes and watermelons.", Some("grapes")),
            ("她去过 Zagrib 和 Toledo。", "She has been to Zagrib, Vellora and Toledo.", Some("Vellora")),
            ("船运来木材、煤炭和茶叶。", "The ships bring timber and tea.", Some("煤炭")),
            ("船运来木材、煤炭和茶叶。", "The ships bring timber and coal.", Some("茶叶")),
            ("船运来木材和煤炭。", "The ships bring timber, coal and tea.", Some("tea")),
            ("船运来煤炭和茶叶。", "For example, ships bring coal and tea.", None),
            (
                "工厂在北方生产钢管；学校在南方教授音乐；医院在山区治疗眼睛。",
                "Factories make steel tubes in the north; hospitals treat eyes in the mountains.",
                Some("学校在南方教授音乐"),
            ),
        ] {
            assert_eq!(lone(chinese, english).as_deref(), wanted, "{chinese} {english}");
        }
    }
}
