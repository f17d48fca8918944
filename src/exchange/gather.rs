//! A book as units.

use super::entries::{self, Entry};
use super::marks;
use super::slots::{Place, Slot};
use super::unit::{Code, CodeKind, Coded, File, NoteKind, Package, Piece, Sentence, Unit, UnitNote};
use crate::align::{Alignment, ChapterPair};
use crate::diagnostic::Diagnostic;
use crate::lang;
use crate::message::Message;
use crate::model::{Book, Lang};
use crate::source::Sources;
use crate::termbase::Matcher;

/// What an export needs besides the book and its alignment.
pub struct Gathering<'a> {
    /// The book.
    pub book: &'a Book,
    /// The files that it was read from.
    pub sources: &'a Sources,
    /// What the checks found, which becomes notes of units.
    pub findings: &'a [Diagnostic],
    /// Which chapters are wanted, by stem.
    pub wants: &'a dyn Fn(&str) -> bool,
    /// Says a message in the language of the user.
    pub say: &'a dyn Fn(&Message) -> String,
    /// Whether units hold Markdown as text, and no codes.
    pub markdown: bool,
}

impl Gathering<'_> {
    /// The units of the chapters that are wanted, in the order of the source.
    pub fn package(&self, alignment: &Alignment<'_>) -> Package {
        let files = alignment.chapters.iter().filter_map(|chapter| self.file(chapter, &alignment.target)).collect();
        Package {
            title: self.book.meta.title_in(&alignment.source).to_owned(),
            langs: [alignment.source.clone(), alignment.target.clone()],
            files,
        }
    }

    fn file(&self, chapter: &ChapterPair<'_>, target: &Lang) -> Option<File> {
        let source = chapter.source.filter(|source| (self.wants)(&source.stem))?;
        let entries = entries::of_chapter(chapter, self.book.reviewed.chapter(target, &source.stem));
        let terms = Terms::of(self.book, &source.lang, target);
        let units = entries.iter().map(|entry| self.unit(entry, &terms, [&source.lang, target])).collect();
        Some(File {
            stem: source.stem.clone(),
            source: self.sources.get(source.file).path().to_owned(),
            target: chapter.target.map(|target| self.sources.get(target.file).path().to_owned()),
            title: source.meta.title.value.clone(),
            units,
        })
    }

    fn unit(&self, entry: &Entry, terms: &Terms<'_>, langs: [&Lang; 2]) -> Unit {
        let (source, target) = if self.markdown { markdown(entry, self.sources) } else { coded(entry) };
        let place = entry.source[0].place.span();
        let plain = marks::plain(&source, &|code| code.shown.clone());
        let mut notes = terms.notes(&plain);
        notes.extend(self.found(entry));
        Unit {
            id: entry.id.clone(),
            kind: entry.kind,
            line: self.sources.get(place.file).position(place.start).line,
            extra_codes: target.as_ref().is_some_and(has_extra),
            sentences: target.as_ref().map(|target| sentences([&source, target], langs)).unwrap_or_default(),
            source,
            target,
            state: entry.state.clone(),
            notes,
        }
    }

    /// What the checks found in either side.
    fn found(&self, entry: &Entry) -> Vec<UnitNote> {
        let places: Vec<_> = entry.source.iter().chain(&entry.target).map(|slot| slot.place.span()).collect();
        let concerns = |finding: &&Diagnostic| {
            finding.primary.as_ref().is_some_and(|label| places.iter().any(|place| place.encloses(label.span)))
        };
        let note = |finding: &Diagnostic| UnitNote {
            kind: NoteKind::Finding,
            text: format!("{}: {}", finding.check, (self.say)(&finding.message)),
        };
        self.findings.iter().filter(concerns).map(note).collect()
    }
}

/// Both sides of an entry with the ids of their codes. What a skeleton has in place of a translation is none.
pub(super) fn coded(entry: &Entry) -> (Coded, Option<Coded>) {
    let (source, target) = (entry.source_marked(), entry.target_marked());
    let coded = marks::coded(&source, &marks::numbers(&source));
    let translation = entry.is_translated().then(|| marks::coded(&target, &marks::counterparts(&source, &target)));
    (coded, translation)
}

/// Both sides of an entry as Markdown, each a text without codes.
pub(super) fn markdown(entry: &Entry, sources: &Sources) -> (Coded, Option<Coded>) {
    let text = |slots: &[Slot]| {
        let parts: Vec<String> = slots.iter().map(|slot| written(slot, sources)).collect();
        vec![Piece::Text(parts.join(PARAGRAPHS))]
    };
    (text(&entry.source), entry.is_translated().then(|| text(&entry.target)))
}

/// What parts blocks in a text of several.
pub(super) const PARAGRAPHS: &str = "\n\n";

/// What a text says, in one line that can stand in a comment.
pub(super) fn line(marked: &marks::Marked) -> String {
    let shows = |mark: &marks::Mark| matches!(mark.kind, CodeKind::Code | CodeKind::Formula | CodeKind::Ruby);
    let said = marks::plain(marked, &|mark| if shows(mark) { mark.shown.clone() } else { String::new() });
    let said = said.replace("--", "—").replace('|', "¦").replace(['<', '>'], "");
    said.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What stands at a place, as Markdown in one line.
fn written(slot: &Slot, sources: &Sources) -> String {
    match slot.place {
        Place::Run(span) => one_line(sources.snippet(span)),
        _ => marks::plain(&slot.marked, &|mark| mark.shown.clone()),
    }
}

/// Lines joined as they are read: without a space between two characters of Chinese.
fn one_line(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for line in text.lines() {
        let line = line.trim_start_matches(|c: char| c.is_whitespace() || c == '>').trim_end();
        let han = |c: Option<char>| c.is_some_and(lang::zh::is_han);
        let joins = out.is_empty() || line.is_empty();
        let chinese = han(out.chars().next_back()) && han(line.chars().next());
        if !joins && !chinese {
            out.push(' ');
        }
        out.push_str(line);
    }
    out
}

fn has_extra(target: &Coded) -> bool {
    let mut extra = false;
    marks::each(target, &mut |code| extra |= code.id.starts_with('t'));
    extra
}

/// The terms of a termbase, to be found in a source.
struct Terms<'a> {
    matcher: Matcher,
    /// How each term is written in both languages.
    said: Vec<[&'a str; 2]>,
}

impl<'a> Terms<'a> {
    fn of(book: &'a Book, source: &Lang, target: &Lang) -> Self {
        let word = |term: &'a crate::model::Term, lang: &Lang| term.word(lang).unwrap_or("");
        Self {
            matcher: Matcher::strict(&book.glossary, source),
            said: book.glossary.terms.iter().map(|term| [word(term, source), word(term, target)]).collect(),
        }
    }

    fn notes(&self, text: &str) -> Vec<UnitNote> {
        let mut terms: Vec<usize> = self.matcher.hits(text).into_iter().map(|hit| hit.term).collect();
        terms.sort_unstable();
        terms.dedup();
        let said = terms.into_iter().filter_map(|term| self.said.get(term)).filter(|[_, to]| !to.is_empty());
        said.map(|[from, to]| UnitNote { kind: NoteKind::Term, text: format!("{from} → {to}") }).collect()
    }
}

/// Sentences of both sides, where there are as many on both and no code goes over their bounds.
fn sentences(sides: [&Coded; 2], langs: [&Lang; 2]) -> Vec<Sentence> {
    let [Some(source), Some(target)] = [0, 1].map(|side| split(sides[side], langs[side])) else { return Vec::new() };
    if source.len() != target.len() || source.len() < 2 {
        return Vec::new();
    }
    source.into_iter().zip(target).map(|(source, target)| Sentence { source, target }).collect()
}

/// What stands for a code where sentences are looked for: nothing ends there.
const CODE: char = '\u{fffc}';

/// The sentences of a text, each with the space behind it; `None` where a pair of codes goes over their bounds.
fn split(text: &Coded, lang: &Lang) -> Option<Vec<Coded>> {
    let flat = flat(text);
    let ranges = lang::of(lang).sentences(&flat);
    let ends = ranges.iter().skip(1).map(|next| next.start).chain([flat.len()]);
    let (mut sentences, mut rest, mut at) = (Vec::new(), text.clone(), 0);
    for end in ends {
        let (sentence, after) = divide(rest, end - at)?;
        sentences.push(sentence);
        (rest, at) = (after, end);
    }
    Some(sentences)
}

fn flat(text: &[Piece<Code>]) -> String {
    marks::plain(text, &|_| CODE.to_string())
}

/// A text in two at a byte of what [`flat`] gives; `None` inside a pair of codes.
fn divide(text: Coded, mut at: usize) -> Option<(Coded, Coded)> {
    let (mut before, mut after) = (Coded::new(), Coded::new());
    for piece in text {
        let length = flat(std::slice::from_ref(&piece)).len();
        match piece {
            piece if at >= length => before.push(piece),
            piece if at == 0 => after.push(piece),
            Piece::Text(text) => {
                let (head, tail) = text.split_at_checked(at)?;
                before.push(Piece::Text(head.to_owned()));
                after.push(Piece::Text(tail.to_owned()));
            }
            Piece::Pair(..) | Piece::Single(_) => return None,
        }
        at = at.saturating_sub(length);
    }
    Some((before, after))
}
