use std::sync::LazyLock;

use super::usage::{place, text};
use crate::align::lexicon::Lexicon;
use crate::align::{Segment, SegmentPair};
use crate::checks::{Check, Context, Look};
use crate::diagnostic::{Diagnostic, Severity};
use crate::lang::zh::{self, regional};
use crate::lang::{Lang, Script};
use crate::message::{List, Message};
use crate::termbase::{Hit, Matcher};

pub(in crate::checks) const CHECK: Check = Check {
    name: Check::code("regional-word"),
    group: "terms",
    summary: msg!("a word of Taiwan in a text for the Mainland, or the other way round"),
    default_level: Severity::Warning,
    page: page!("regional_word"),
    look: Look::Text(run),
};

/// How often the book says the right word for what it says otherwise once, for a word that is no slip by itself.
const HABIT: usize = 3;

/// The words of one region in a text for the other one.
struct Words {
    /// Words that are wrong here, those that are right, and what English says; each by the place of its entry.
    wrong: Matcher,
    right: Matcher,
    english: Matcher,
}

impl Words {
    fn of(lang: &Lang) -> Option<&'static Self> {
        static MAINLAND: LazyLock<Words> = LazyLock::new(|| Words::made(false));
        static TAIWAN: LazyLock<Words> = LazyLock::new(|| Words::made(true));
        match zh::is_traditional(lang) {
            false => Some(&MAINLAND),
            // Hong Kong says 軟件.
            true => lang.tag().split('-').any(|part| part.eq_ignore_ascii_case("tw")).then_some(&TAIWAN),
        }
    }

    fn made(taiwan: bool) -> Self {
        let all = || regional::entries().iter().enumerate();
        let (here, there) =
            (move |word: &&regional::Word| word.is_said(taiwan), move |word: &&regional::Word| !word.is_said(taiwan));
        Self {
            wrong: Matcher::of_forms(
                all().flat_map(|(at, entry)| entry.words.iter().filter(there).map(move |word| (at, word.text))),
            ),
            right: Matcher::of_forms(
                all().flat_map(|(at, entry)| entry.words.iter().filter(here).map(move |word| (at, word.text))),
            ),
            english: Matcher::of_forms(all().flat_map(|(at, entry)| entry.english.iter().map(move |word| (at, *word)))),
        }
    }
}

/// A word of the other region.
struct Found<'p> {
    chinese: &'p [Segment],
    other: &'p [Segment],
    hit: Hit,
    word: &'static regional::Word,
    /// Whether the English sentence has what the word stands for.
    meant: bool,
    /// Whether it has it more often than the Chinese one has right words for it.
    wanting: bool,
}

fn run(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let langs = [&context.alignment.source, &context.alignment.target];
    let Some(chinese) = langs.iter().position(|lang| lang.script() == Script::Han) else { return };
    let Some(words) = Words::of(langs[chinese]).filter(|_| langs[1 - chinese].script() == Script::Latin) else {
        return;
    };
    let pairs: Vec<[&[Segment]; 2]> =
        context.segments.iter().copied().flatten().map(|pair| sides(pair, chinese)).collect();
    let all: Vec<Found<'_>> = pairs.iter().flat_map(|[zh, en]| in_pair(words, zh, en)).collect();
    if all.is_empty() {
        return;
    }
    let habits = Habits::of(words, &pairs, &all);
    let slips = all.iter().filter(|one| habits.make_a_slip(one));
    found.extend(slips.filter_map(|one| finding(context, one, habits.right(one.hit.term))));
}

fn sides(pair: &SegmentPair, chinese: usize) -> [&[Segment]; 2] {
    let sides: [&[Segment]; 2] = [&pair.sources, &pair.targets];
    [sides[chinese], sides[1 - chinese]]
}

/// A text in Simplified characters, each as long as before.
fn simplified(text: &str) -> String {
    let same = |c: char| Some(zh::simplified(c)).filter(|simple| simple.len_utf8() == c.len_utf8()).unwrap_or(c);
    text.chars().map(same).collect()
}

fn in_pair<'p>(words: &Words, chinese: &'p [Segment], other: &'p [Segment]) -> Vec<Found<'p>> {
    let written = simplified(&text(chinese));
    let hits = words.wrong.hits(&written);
    if hits.is_empty() {
        return Vec::new();
    }
    let said = words.english.hits(&text(other));
    let right = words.right.hits(&written);
    let ends = Lexicon::shipped().words_end(&written);
    let is_end = |at: usize| at == 0 || ends.binary_search(&at).is_ok();
    let found = hits.into_iter().filter_map(|hit| {
        // 类型别名 has no 型别 in it, and a longer word that is right may have a shorter one that is not.
        let inside = |right: &Hit| right.range.start <= hit.range.start && hit.range.end <= right.range.end;
        if !is_end(hit.range.start) || !is_end(hit.range.end) || right.iter().any(inside) {
            return None;
        }
        let word = regional::entries()[hit.term].words.iter().find(|word| word.text == &written[hit.range.clone()])?;
        let times = |hits: &[Hit]| hits.iter().filter(|other| other.term == hit.term).count();
        let (meant, otherwise) = (times(&said), times(&right));
        Some(Found { chinese, other, word, meant: meant > 0, wanting: meant > otherwise, hit })
    });
    found.collect()
}

/// How often the book says each word of an entry where English has it.
struct Habits {
    right: Vec<usize>,
    wrong: Vec<usize>,
}

impl Habits {
    fn of(words: &Words, pairs: &[[&[Segment]; 2]], found: &[Found<'_>]) -> Self {
        let count = regional::entries().len();
        let mut habits = Self { right: vec![0; count], wrong: vec![0; count] };
        let mut asked = vec![false; count];
        for one in found {
            asked[one.hit.term] = true;
            habits.wrong[one.hit.term] += usize::from(one.meant);
        }
        for [chinese, other] in pairs {
            let mut said = words.english.hits(&text(other));
            said.retain(|said| asked[said.term]);
            if said.is_empty() {
                continue;
            }
            for hit in words.right.hits(&simplified(&text(chinese))) {
                habits.right[hit.term] += usize::from(said.iter().any(|said| said.term == hit.term));
            }
        }
        habits
    }

    fn right(&self, entry: usize) -> usize {
        self.right[entry]
    }

    /// Whether a word is a slip; one that has other senses is none where the book says it as often as the right one.
    fn make_a_slip(&self, one: &Found<'_>) -> bool {
        let (right, wrong) = (self.right[one.hit.term], self.wrong[one.hit.term]);
        let usual = wrong >= HABIT && wrong >= right;
        match one.word.sureness {
            regional::Sureness::Always => true,
            regional::Sureness::WhereMeant => one.meant && !usual,
            regional::Sureness::Perhaps => one.wanting && right >= HABIT && right >= HABIT * wrong,
        }
    }
}

fn finding(context: &Context<'_>, one: &Found<'_>, times: usize) -> Option<Diagnostic> {
    let span = place(one.chinese, &one.hit.range, context.sources)?;
    let entry = &regional::entries()[one.hit.term];
    let written = text(one.chinese)[one.hit.range.clone()].to_owned();
    let taiwan = !one.word.taiwan;
    let english = entry.english[0];
    let message = match one.word.taiwan {
        true => msg!("‘{written}’ is Taiwan’s word for ‘{english}’", written, english),
        false => msg!("‘{written}’ is the Mainland’s word for ‘{english}’", written, english),
    };
    let right = entry.words.iter().filter(|word| word.is_said(taiwan));
    let right = Message::list(List::Or, right.map(|word| msg!("‘{word}’", word = word.text)));
    let hint = match times {
        0 => msg!("write {right}", right),
        times => plural!(
            times,
            "write {right}, as in {times} other sentence",
            "write {right}, as in {times} other sentences",
            right
        ),
    };
    let mut finding = Diagnostic::new(Severity::Warning, CHECK.name, message).at(span).hint(hint);
    if let Some(theirs) = super::usage::whole(one.other).filter(|_| one.meant) {
        finding = finding.label(theirs, msg!("the other language"));
    }
    Some(finding)
}
