//! Links and references that lead nowhere: each target is told once in a chapter, and where many lead to chapters that the
//! book does not have, all of them at once.

use std::collections::{BTreeMap, BTreeSet};

use crate::codes;
use crate::diagnostic::{Diagnostic, Slips};
use crate::manuscript::typed;
use crate::message::{List, Message};
use crate::outline::{Entry, Meaning, Outline};
use crate::source::Span;

/// Most links to missing chapters that are each told at their own place.
const FEW: usize = 3;
/// Most chapters that one finding names.
const NAMED: usize = 8;

/// The links and references of a chapter that lead nowhere.
#[derive(Default)]
pub(super) struct Astray {
    /// Names of chapters that do not exist and are like no other, each with its place.
    chapters: Vec<(String, Span)>,
    /// What is wrong with each other target, and its places.
    targets: Vec<(Diagnostic, Vec<Span>)>,
    /// The numbers of these by what they say.
    said: BTreeMap<Message, Vec<usize>>,
    /// The numbers of these by the targets that they were found at.
    known: BTreeMap<String, usize>,
}

impl Astray {
    /// Looks at what a link or reference leads to.
    pub(super) fn look(&mut self, target: &str, span: Span, outline: &Outline<'_>, slips: &mut Slips) {
        if let Some(known) = self.known.get(target) {
            self.targets[*known].1.push(span);
            return;
        }
        let found = match outline.meaning(target, span.file) {
            Meaning::Place(_) => return,
            Meaning::Ambiguous(places) => ambiguous(target, &places, outline),
            Meaning::NoChapter => {
                let (path, id) = target.split_once('#').unwrap_or((target, ""));
                let chapter = path.rsplit('/').next().unwrap_or(path);
                let stems = outline.chapters_beside(span.file).filter_map(|entry| entry.id);
                match slips.nearest(chapter, stems) {
                    Some(near) if id.is_empty() => no_chapter(chapter, msg!("did you mean `{near}`?", near)),
                    Some(near) => no_chapter(chapter, msg!("did you mean `{near}`?", near = format!("{near}#{id}"))),
                    None => return self.chapters.push((chapter.to_owned(), span)),
                }
            }
            Meaning::Nothing => nothing(target, outline, slips),
        };
        self.add(target, found, span);
    }

    fn add(&mut self, target: &str, found: Diagnostic, span: Span) {
        let alike = self.said.entry(found.message.clone()).or_default();
        let at = alike.iter().copied().find(|at| self.targets[*at].0 == found).unwrap_or_else(|| {
            alike.push(self.targets.len());
            self.targets.push((found, Vec::new()));
            self.targets.len() - 1
        });
        self.targets[at].1.push(span);
        self.known.insert(target.to_owned(), at);
    }

    /// Reports what was found.
    pub(super) fn report(self, sink: &mut Vec<Diagnostic>) {
        sink.extend(self.targets.into_iter().map(|(found, places)| found.at_first_of(&places)));
        if self.chapters.len() > FEW {
            sink.push(many(&self.chapters));
        } else {
            sink.extend(self.chapters.iter().map(|(chapter, span)| no_chapter(chapter, names()).at(*span)));
        }
    }
}

/// How chapters are named in links.
fn names() -> Message {
    msg!("a chapter is known by the name of its file, without folder and `.md`; addresses begin with `https://`")
}

fn no_chapter(chapter: &str, hint: Message) -> Diagnostic {
    Diagnostic::error(codes::UNKNOWN_ID, msg!("this language has no chapter `{chapter}`", chapter)).hint(hint)
}

/// One finding for many links to chapters that do not exist.
fn many(links: &[(String, Span)]) -> Diagnostic {
    let mut seen = BTreeSet::new();
    let chapters: Vec<&str> =
        links.iter().map(|(chapter, _)| chapter.as_str()).filter(|chapter| seen.insert(*chapter)).collect();
    let places: Vec<Span> = links.iter().map(|(_, place)| *place).collect();
    let found = match chapters.as_slice() {
        [chapter] => no_chapter(chapter, names()),
        _ => {
            let mut named: Vec<Message> = chapters.iter().take(NAMED).map(|chapter| typed(chapter)).collect();
            if chapters.len() > NAMED {
                named.push(msg!("{n} others", n = chapters.len() - NAMED));
            }
            let message = msg!(
                "{n} links lead to chapters that this language does not have: {chapters}",
                n = links.len(),
                chapters = Message::list(List::And, named)
            );
            Diagnostic::error(codes::UNKNOWN_ID, message).hint(names())
        }
    };
    found.at_first_of(&places)
}

/// Several places have the id, none of them in the chapter itself.
fn ambiguous(id: &str, places: &[&Entry<'_>], outline: &Outline<'_>) -> Diagnostic {
    let message = msg!("more than one place has the id `{id}`", id);
    let mut found = Diagnostic::error(codes::AMBIGUOUS_ID, message);
    for place in places {
        found = found.label(place.span, msg!("one of them"));
    }
    match places.first().map(|place| stem(place, outline)) {
        Some(chapter) => found.hint(msg!("name the chapter too, as in `{chapter}#{id}`", chapter, id)),
        None => found,
    }
}

fn nothing(target: &str, outline: &Outline<'_>, slips: &mut Slips) -> Diagnostic {
    let (chapter, id) = target.split_once('#').map_or((None, target), |(path, id)| (path.rsplit('/').next(), id));
    let within =
        |entry: &&Entry<'_>| chapter.is_none_or(|chapter| stem(entry, outline).rsplit('/').next() == Some(chapter));
    let names = outline.entries().iter().filter(within).filter_map(|entry| entry.id.or(entry.slug.as_deref()));
    let hint = match (slips.nearest(id, names), chapter) {
        (Some(near), Some(chapter)) => msg!("did you mean `{near}`?", near = format!("{chapter}#{near}")),
        (Some(near), None) => msg!("did you mean `{near}`?", near),
        (None, _) => msg!("mark the block that you mean with `{{#{target}}}`", target = id),
    };
    let message = match chapter {
        Some(chapter) => msg!("nothing in the chapter `{chapter}` has the id `{id}`", chapter, id),
        None => msg!("nothing in this language has the id `{target}`", target),
    };
    Diagnostic::error(codes::UNKNOWN_ID, message).hint(hint)
}

/// The name of the chapter that a place stands in.
fn stem<'o>(place: &Entry<'_>, outline: &'o Outline<'_>) -> &'o str {
    &outline.parts()[place.part].chapter.stem
}
