use std::ops::Range;

use super::foreign::is_foreign;
use super::listed::{List, Row, lists};
use crate::align::lexicon::Lexicon;
use crate::align::{Segment, SegmentPair};
use crate::checks::{Check, Context, Look};
use crate::diagnostic::{Diagnostic, Severity};
use crate::lang::en::function::{is_function, words};
use crate::lang::en::stems;
use crate::lang::zh::is_han;
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
    let (source, target) = (&context.alignment.source, &context.alignment.target);
    if source.script() == target.script() {
        return;
    }
    for pair in context.segments.iter().copied().flatten().filter(|pair| pair.score >= SURE) {
        let ([theirs], [ours]) = (&pair.sources[..], &pair.targets[..]) else { continue };
        if is_foreign(&theirs.text, source) || is_foreign(&ours.text, target) || context.is_excused(theirs.span) {
            continue;
        }
        let (here, there) = (Side::of(theirs, source), Side::of(ours, target));
        let lost = unanswered(&here, &there).map(|lone| (lone, true));
        let lone = lost.or_else(|| unanswered(&there, &here).map(|lone| (lone, false)));
        found.extend(lone.map(|(lone, lost)| finding(context, pair, &lone, lost)));
    }
}

/// A sentence with what it lists.
struct Side<'s> {
    text: &'s str,
    lang: &'s Lang,
    lists: Vec<List>,
}

impl<'s> Side<'s> {
    fn of(sentence: &'s Segment, lang: &'s Lang) -> Self {
        Self { text: &sentence.text, lang, lists: lists(&sentence.text, lang) }
    }

    /// In how many words a part of this sentence is met by another text.
    fn meets(&self, part: &Range<usize>, other: &Side<'_>, inside: &Range<usize>) -> usize {
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
        let known = self.lang.script() == Script::Han || words(part).any(|(_, word)| self.knows(word));
        match list.row {
            Row::Clauses => known && (telling > 2 || part.chars().filter(|c| is_han(*c)).count() > 5),
            Row::Things => known && inner && words(part).next().is_none_or(|(_, word)| !is_function(word)),
        }
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
        // A clause may share a word or two with its neighbours.
        let (most, least) = if list.row == Row::Clauses { (1, 3) } else { (0, 1) };
        let met: Vec<usize> = list.parts.iter().map(|part| own.meets(part, other, &other.whole())).collect();
        let lone = met.iter().position(|met| *met <= most).filter(|at| own.is_sharp(list, *at))?;
        let all = list.parts[0].start..list.parts[list.parts.len() - 1].end;
        let others = met.iter().enumerate().all(|(at, met)| at == lone || *met >= least);
        let answered = answer.parts.iter().all(|part| other.meets(part, own, &all) >= least);
        let counts = [list.parts.len(), answer.parts.len()];
        (others && answered).then(|| Lone { part: list.parts[lone].clone(), counts })
    })
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
    Diagnostic::new(CHECK.default_level, CHECK.name, message)
        .at(at)
        .label(label, msg!("in {language}", language = source))
        .hint(msg!("check whether both say the same"))
}

/// The place of a part of a sentence; of all of it where the file writes it otherwise.
fn place(sentence: &Segment, part: &str, sources: &Sources) -> Span {
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
        let side = |text: &'static str, lang| Side { text, lang, lists: lists(text, lang) };
        let (chinese, english): (&'static str, &'static str) =
            (Box::leak(chinese.to_owned().into_boxed_str()), Box::leak(english.to_owned().into_boxed_str()));
        let (zh, en) = (side(chinese, &zh), side(english, &en));
        let found = unanswered(&zh, &en).map(|lone| chinese[lone.part].to_owned());
        found.or_else(|| unanswered(&en, &zh).map(|lone| english[lone.part].to_owned()))
    }

    #[test]
    fn a_part_of_a_list_that_is_lost_is_told() {
        for (chinese, english, wanted) in [
            ("市场上卖苹果、香蕉、葡萄和西瓜。", "The market sells apples, bananas and watermelons.", Some("葡萄")),
            ("市场上卖苹果、香蕉、葡萄和西瓜。", "The market sells apples, bananas, grapes and watermelons.", None),
            ("市场上卖苹果、香蕉和西瓜。", "The market sells apples, bananas, grapes and watermelons.", Some("grapes")),
            ("船运来木材、煤炭和茶叶。", "The ships bring timber and tea.", Some("煤炭")),
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
