//! The text in two listings: comments, strings, and what stands between tags. It may be translated.

use std::collections::BTreeMap;

use super::listing::wording::{self, Difference, Text};
use super::listing::{Comparison, Kind, Remark};
use super::listings::{Listings, line_of};
use super::{added, differs, missing};
use crate::checks::Context;
use crate::checks::habits::Habits;
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::message::Message;
use crate::source::FileId;

/// How many tokens further on a comment may stand in the translation.
const NEAR: usize = 12;
/// The longest text that is told whole, in characters.
const SHORT: usize = 60;

/// What a text in a listing is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Sort {
    Comment,
    String,
    /// Text between tags.
    Prose,
}

impl Sort {
    fn word(self) -> Message {
        match self {
            Self::Comment => msg!("comment"),
            Self::String => msg!("string"),
            Self::Prose => msg!("text"),
        }
    }

    /// How grave a change is that is no translation.
    fn severity(self, slip: bool) -> Severity {
        match (self, slip) {
            (Self::Comment, false) => Severity::Info,
            (Self::Comment, true) | (_, false) => Severity::Warning,
            (_, true) => Severity::Error,
        }
    }
}

/// What is known of the texts in all listings of a book.
pub(super) struct Texts<'a> {
    context: &'a Context<'a>,
    /// The code of the check that compares them.
    code: Code,
    sorts: BTreeMap<Sort, Known>,
}

/// What is known of the texts of one sort.
#[derive(Default)]
struct Known {
    /// How many are translated.
    translated: usize,
    /// Those that are not, each once in a chapter.
    left: Vec<(FileId, String, Diagnostic)>,
}

impl Known {
    fn add_left(&mut self, file: FileId, words: &str, finding: Diagnostic) {
        if !self.left.iter().any(|(other, left, _)| *other == file && left == words) {
            self.left.push((file, words.to_owned(), finding));
        }
    }
}

impl<'a> Texts<'a> {
    pub(super) fn new(context: &'a Context<'a>, code: Code) -> Self {
        Self { context, code, sorts: BTreeMap::new() }
    }

    /// Looks at the texts of two listings whose code is the same but for a few places.
    pub(super) fn look(&mut self, pair: &Listings<'_, '_, '_>, compared: &Comparison, found: &mut Vec<Diagnostic>) {
        for (theirs, ours) in &compared.pairs {
            let (theirs, ours) = (&pair.theirs.tokens[*theirs], &pair.ours.tokens[*ours]);
            if theirs.kind != Kind::Code && theirs.text != ours.text {
                let texts = [(theirs.text, theirs.line), (ours.text, ours.line)];
                self.compare(Sort::String, pair, texts, found);
            }
        }
        self.remarks(Sort::Prose, pair, [&pair.theirs.prose, &pair.ours.prose], compared, found);
        self.remarks(Sort::Comment, pair, [&pair.theirs.comments, &pair.ours.comments], compared, found);
    }

    /// Compares the comments, or the texts between tags, that stand at the same place.
    fn remarks(
        &mut self,
        sort: Sort,
        pair: &Listings<'_, '_, '_>,
        [theirs, ours]: [&[Remark]; 2],
        compared: &Comparison,
        found: &mut Vec<Diagnostic>,
    ) {
        let mut free: Vec<&Remark> = ours.iter().collect();
        let mut lost = Vec::new();
        for remark in theirs {
            let place = compared.counterpart(remark.before);
            match free.iter().position(|other| other.before == place) {
                Some(at) => self.compare(sort, pair, [part(remark), part(free.remove(at))], found),
                None => lost.push((remark, place)),
            }
        }
        lost.retain(|(remark, place)| {
            let near = free.iter().position(|other| other.before.abs_diff(*place) <= NEAR);
            if let Some(at) = near {
                self.compare(sort, pair, [part(remark), part(free.remove(at))], found);
            }
            near.is_none()
        });
        // Text between tags goes before or behind a tag as the language wants it.
        if sort == Sort::Comment {
            lost_or_added(pair, &lost, &free, compared, found);
        }
    }

    fn compare(
        &mut self,
        sort: Sort,
        pair: &Listings<'_, '_, '_>,
        [theirs, ours]: [(&str, usize); 2],
        found: &mut Vec<Diagnostic>,
    ) {
        let [source, target] = pair.units.map(|unit| unit.lang);
        let texts = [Text { words: theirs.0, lang: source }, Text { words: ours.0, lang: target }];
        let difference = wording::compare(texts[0], texts[1]);
        let known = self.sorts.entry(sort).or_default();
        if wording::is_translated(theirs.0, ours.0) {
            known.translated += 1;
        } else if sort != Sort::String
            && !matches!(difference, Some(Difference::Changed { slip: true }))
            && let Some(side) = (0..2).find(|side| wording::is_left(texts[*side]))
        {
            let finding = left_whole(pair, sort, side, [theirs.1, ours.1][side]);
            known.add_left(pair.units[side].span.file, texts[side].words, finding);
            return;
        }
        if let Some(difference) = difference {
            found.push(finding(pair, sort, &difference, [theirs, ours]));
        } else if let Some(words) = texts.into_iter().find_map(wording::left_in) {
            let words = short(words);
            let message = msg!("‘{words}’ is left untranslated in this {kind}", words, kind = sort.word());
            found.push(pair.at(Severity::Warning, message, [theirs.1, ours.1]));
        }
    }

    /// Reports what is not translated: where most is, at each place.
    pub(super) fn report(self, found: &mut Vec<Diagnostic>) {
        let mut habits = Habits::of(self.code);
        let (source, target) = (&self.context.alignment.source, &self.context.alignment.target);
        for (sort, Known { translated, left }) in self.sorts {
            let habit = msg!(
                "{source} and {target} have the same {kind} in code",
                source = source.name(),
                target = target.name(),
                kind = sort.word()
            );
            habits.kept(&habit, translated);
            // Names, titles and the words of an example stand between tags too.
            let warned = sort == Sort::Comment && translated >= left.len();
            let severity = if warned { Severity::Warning } else { Severity::Info };
            for (_, _, finding) in left {
                habits.deviation(habit.clone(), Diagnostic { severity, ..finding });
            }
        }
        habits.report(found);
    }
}

fn part(remark: &Remark) -> (&str, usize) {
    (&remark.text, remark.line)
}

fn left_whole(pair: &Listings<'_, '_, '_>, sort: Sort, side: usize, line: usize) -> Diagnostic {
    let (unit, other) = (pair.units[side], pair.units[1 - side]);
    let message = msg!(
        "this {kind} is in {other}, not in {language}",
        kind = sort.word(),
        other = other.lang.name(),
        language = unit.lang.name()
    );
    Diagnostic::warning(pair.code, message)
        .at(line_of(pair.context, unit, line))
        .hint(msg!("translate it into {language}", language = unit.lang.name()))
}

/// Reports comments that only one of two listings has, unless the code around them differs too.
fn lost_or_added(
    pair: &Listings<'_, '_, '_>,
    lost: &[(&Remark, usize)],
    extra: &[&Remark],
    compared: &Comparison,
    found: &mut Vec<Diagnostic>,
) {
    let [source, target] = pair.units.map(|unit| unit.lang);
    let told = |remark: &Remark| remark.text.chars().any(char::is_alphanumeric);
    for (remark, place) in lost.iter().filter(|(remark, _)| told(remark)) {
        if compared.hunks.iter().any(|hunk| hunk.source.start <= remark.before && remark.before <= hunk.source.end) {
            continue;
        }
        let line = pair.ours.lines(&(*place..*place)).end.saturating_sub(1);
        let message = missing(Sort::Comment.word(), short(&remark.text), target);
        found.push(pair.at(Severity::Warning, message, [remark.line, line]));
    }
    for remark in extra.iter().filter(|remark| told(remark)) {
        if compared.hunks.iter().any(|hunk| hunk.target.start <= remark.before && remark.before <= hunk.target.end) {
            continue;
        }
        let theirs = compared.pairs.iter().find(|(_, ours)| *ours >= remark.before).map_or(0, |(theirs, _)| *theirs);
        let line = pair.theirs.lines(&(theirs..theirs)).end.saturating_sub(1);
        let message = added(Sort::Comment.word(), short(&remark.text), source);
        found.push(pair.at(Severity::Info, message, [line, remark.line]));
    }
}

fn finding(
    pair: &Listings<'_, '_, '_>,
    sort: Sort,
    difference: &Difference,
    [theirs, ours]: [(&str, usize); 2],
) -> Diagnostic {
    let [source, target] = pair.units.map(|unit| unit.lang);
    let one_sided =
        |kind, words: &str, lost| if lost { missing(kind, words, target) } else { added(kind, words, source) };
    let mut lines = [theirs.1, ours.1];
    let (severity, message) = match difference {
        Difference::Changed { slip } => {
            let (at, a, b) = first_difference(theirs.0, ours.0);
            lines = lines.map(|line| line + at);
            (sort.severity(*slip), differs(sort.word(), short(b), short(a), source))
        }
        Difference::Placeholder { words, lost } => {
            let severity = if sort == Sort::Comment { Severity::Info } else { Severity::Error };
            (severity, one_sided(msg!("placeholder"), words, *lost))
        }
        Difference::Number { words, lost } => (Severity::Warning, one_sided(msg!("number"), words, *lost)),
        Difference::Word { ours, theirs } => {
            (Severity::Warning, differs(msg!("word"), ours.as_str(), theirs.as_str(), source))
        }
    };
    pair.at(severity, message, lines).hint(msg!("translate words, and keep what stands for a value"))
}

/// The first line in which two texts differ, with its number, where they have as many.
fn first_difference<'t>(a: &'t str, b: &'t str) -> (usize, &'t str, &'t str) {
    if a.lines().count() != b.lines().count() {
        return (0, a, b);
    }
    let line = a.lines().zip(b.lines()).enumerate().find(|(_, (a, b))| a != b);
    line.map_or((0, a, b), |(at, (a, b))| (at, a.trim(), b.trim()))
}

/// A text short enough for a message.
fn short(text: &str) -> String {
    let text = wording::plain(text);
    if text.chars().count() <= SHORT {
        return text;
    }
    let head: String = text.chars().take(SHORT - 1).collect();
    format!("{}…", head.trim_end())
}
