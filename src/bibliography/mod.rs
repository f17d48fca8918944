//! The words of citations and of the list of references, made once for all outputs, by hayagriva in the style of each
//! language.
//!
//! A citation is known by what it cites, not by where it stands ([`name`]): so pages, which are set anew when a letter is
//! typed, are given nothing that moves.
//!
//! Styles have the words of one language. Chinese practice words each work in its own: 等 after Chinese authors, et al. after
//! others. Where a list is Chinese, or in a Chinese style, it is therefore made once in each language of the works, and
//! each work is taken from its own.

mod address;
mod locales;
mod piece;
mod style;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};
use std::hash::{Hash, Hasher};
use std::sync::Arc;

use hayagriva::citationberg::taxonomy::Locator;
use hayagriva::citationberg::{IndependentStyle, Locale, LocaleCode};
use hayagriva::{
    BibliographyDriver, BibliographyRequest, CitationItem, CitationRequest, ElemChild, ElemChildren, ElemMeta, Entry,
    LocatorPayload, Rendered, SpecificLocator, standalone_citation,
};

pub use piece::{Look, Piece, Shift, Target};

use crate::lang::Script;
use crate::model::{Bibliography, Book, Chapter, CiteItem, InlineKind, Lang, Work, walk};

/// What an edition says of the works that it cites.
#[derive(Debug, Clone, Default)]
pub struct Worded {
    /// Each citation, by its [`name`].
    pub citations: BTreeMap<String, Vec<Piece>>,
    /// The list, in the order of the style.
    pub list: Vec<ListedWork>,
    /// Whether the lines of a work after its first are indented.
    pub hanging: bool,
}

/// A work in the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedWork {
    /// Its key.
    pub key: String,
    /// What stands before it, such as `[1]`, in a style with numbers.
    pub number: Option<Vec<Piece>>,
    /// What is said of it.
    pub text: Vec<Piece>,
}

/// What a citation is known by: its language, the works, and where in them.
pub fn name(lang: &Lang, items: &[CiteItem]) -> String {
    let item = |item: &CiteItem| format!("\u{1f}{}\u{1e}{}", item.key, item.locator.as_deref().unwrap_or_default());
    lang.tag().chars().chain(items.iter().map(item).collect::<String>().chars()).collect()
}

/// Words the citations of an edition and its list; `languages` are those that it shows, the leading one first. An edit that
/// changes neither citations nor bibliography costs nothing here.
pub fn worded(book: &Book, languages: &[&Lang]) -> Arc<Worded> {
    if languages.is_empty() {
        return Arc::default();
    }
    let citations = citations(book, languages);
    if citations.is_empty() && !book.bibliography.lists_all() {
        return Arc::default();
    }
    in_styles(&Wanted { bibliography: &book.bibliography, languages, citations })
}

/// All that the words depend on.
struct Wanted<'b> {
    bibliography: &'b Bibliography,
    languages: &'b [&'b Lang],
    /// Each citation in reading order, with the place of its language.
    citations: Vec<(usize, &'b [CiteItem])>,
}

impl Hash for Wanted<'_> {
    /// Where citations stand in the text says nothing about their words.
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.bibliography.hash(state);
        self.languages.hash(state);
        self.citations.len().hash(state);
        for (side, items) in &self.citations {
            (side, name(self.languages[*side], items)).hash(state);
        }
    }
}

#[comemo::memoize]
fn in_styles(wanted: &Wanted<'_>) -> Arc<Worded> {
    let Wanted { bibliography, languages, citations } = wanted;
    let Some(sides) = languages.iter().map(|lang| Side::new(bibliography, lang)).collect::<Option<Vec<_>>>() else {
        return Arc::default();
    };
    let voices = voices(bibliography, &sides);
    let words = locales::of(&voices);
    let parts: Vec<Part<'_>> =
        citations.iter().flat_map(|&(at, items)| split(bibliography, &sides[at], at, items, &words)).collect();
    let shelf = Shelf { bibliography, sides: &sides, parts: &parts, words: &words };
    let rendered: Vec<(LocaleCode, Rendered)> =
        voices.into_iter().map(|voice| (voice.clone(), shelf.render(&voice))).collect();
    let mut made = Worded { list: shelf.list(&rendered), ..Worded::default() };
    made.hanging = sides[0].style.bibliography.as_ref().is_some_and(|list| list.hanging_indent);
    let mut at = 0;
    for (side, items) in citations {
        let name = name(languages[*side], items);
        let count = parts[at..].iter().take_while(|part| std::ptr::eq(part.group, *items)).count();
        let pieces = (at..at + count).flat_map(|part| shelf.citation(&rendered, part)).collect();
        made.citations.entry(name).or_insert_with(|| piece::joined(pieces));
        at += count;
    }
    Arc::new(made)
}

/// A language of the edition, with its style.
struct Side {
    style: IndependentStyle,
    locale: LocaleCode,
    /// Whether each work is worded in its own language.
    own_words: bool,
}

impl Side {
    fn new(bibliography: &Bibliography, lang: &Lang) -> Option<Self> {
        let style = style::load(bibliography.style(lang))?;
        let of_style = style.default_locale.as_ref().and_then(|locale| Lang::new(&locale.0));
        let own_words = [of_style.as_ref(), Some(lang)].into_iter().flatten().any(|lang| lang.script() == Script::Han);
        Some(Self { style, locale: LocaleCode(lang.bcp47().to_owned()), own_words })
    }
}

/// Each citation in reading order, with the place of its language. Where a chapter has a translation, what the source cites
/// comes first.
fn citations<'b>(book: &'b Book, languages: &[&Lang]) -> Vec<(usize, &'b [CiteItem])> {
    let mut found = Vec::new();
    let mut stems: Vec<&str> = Vec::new();
    for lang in languages {
        stems.extend(book.chapters(lang).iter().map(|chapter| chapter.stem.as_str()));
    }
    let mut seen = BTreeSet::new();
    for stem in stems.into_iter().filter(|stem| seen.insert(*stem)) {
        for (at, lang) in languages.iter().enumerate() {
            for chapter in book.chapters(lang).iter().filter(|chapter| chapter.stem == stem) {
                of_chapter(book, chapter, at, &mut found);
            }
        }
    }
    found
}

fn of_chapter<'b>(book: &Book, chapter: &'b Chapter, at: usize, found: &mut Vec<(usize, &'b [CiteItem])>) {
    walk::chapter_inlines(chapter, &mut |inline| {
        if let InlineKind::Cite(items) = &inline.kind
            && items.iter().any(|item| book.bibliography.work(&item.key).is_some())
        {
            found.push((at, items.as_slice()));
        }
    });
}

/// The languages that works are worded in, that of the list first.
fn voices(bibliography: &Bibliography, sides: &[Side]) -> Vec<LocaleCode> {
    let mut voices: Vec<LocaleCode> = Vec::new();
    let works = bibliography.works.iter().filter(|_| sides.iter().any(|side| side.own_words));
    for voice in sides.iter().map(|side| side.locale.clone()).chain(works.map(|work| locales::own(&work.entry))) {
        if !voices.contains(&voice) {
            voices.push(voice);
        }
    }
    voices
}

/// What hayagriva words as one citation.
struct Part<'b> {
    /// The bracket that it is of.
    group: &'b [CiteItem],
    items: Vec<(&'b Work, Option<&'b str>)>,
    /// The place of its language.
    side: usize,
    /// The place in the work, where the style has none for it.
    after: Option<&'b str>,
}

/// A bracket as hayagriva can word it: where the style does not say at which page, a work with its page stands by itself.
fn split<'b>(
    bibliography: &'b Bibliography,
    side: &Side,
    at: usize,
    group: &'b [CiteItem],
    words: &[Locale],
) -> Vec<Part<'b>> {
    let works = group.iter().filter_map(|item| Some((bibliography.work(&item.key)?, item.locator.as_deref())));
    let mut parts: Vec<Part<'b>> = Vec::new();
    for (work, locator) in works {
        let after = locator.filter(|locator| !says(side, work, locator, words));
        let item = (work, locator.filter(|_| after.is_none()));
        match parts.last_mut().filter(|last| after.is_none() && last.after.is_none()) {
            Some(last) => last.items.push(item),
            None => parts.push(Part { group, items: vec![item], side: at, after }),
        }
    }
    parts
}

/// Whether a style shows a place in a work.
fn says(side: &Side, work: &Work, locator: &str, words: &[Locale]) -> bool {
    let request =
        CitationRequest::new(vec![item(work, Some(locator))], &side.style, Some(side.locale.clone()), words, None);
    format!("{:#}", standalone_citation(request)).contains(locator)
}

fn item<'a>(work: &'a Work, locator: Option<&'a str>) -> CitationItem<'a, Entry> {
    let locator = locator.map(|text| SpecificLocator(Locator::Custom, LocatorPayload::Str(text)));
    CitationItem::with_locator(&work.entry, locator)
}

/// All that is worded together.
struct Shelf<'a> {
    bibliography: &'a Bibliography,
    sides: &'a [Side],
    parts: &'a [Part<'a>],
    words: &'a [Locale],
}

impl Shelf<'_> {
    /// Words everything with the terms of a language where works have their own, else with those of the text.
    fn render(&self, voice: &LocaleCode) -> Rendered {
        let locale = |side: &Side| Some(if side.own_words { voice.clone() } else { side.locale.clone() });
        let mut driver = BibliographyDriver::new();
        for work in self.uncited() {
            let hidden = CitationItem::new(&work.entry, None, None, true, None);
            let side = &self.sides[0];
            driver.citation(CitationRequest::new(vec![hidden], &side.style, locale(side), self.words, None));
        }
        for part in self.parts {
            let side = &self.sides[part.side];
            let items = part.items.iter().map(|(work, locator)| item(work, *locator)).collect();
            driver.citation(CitationRequest::new(items, &side.style, locale(side), self.words, None));
        }
        let side = &self.sides[0];
        driver.finish(BibliographyRequest::new(&side.style, locale(side), self.words))
    }

    /// The works that are listed before anything is cited: every one, if all are to be listed.
    fn uncited(&self) -> &[Work] {
        if self.bibliography.lists_all() { &self.bibliography.works } else { &[] }
    }

    /// The list: each work in its own language.
    fn list(&self, rendered: &[(LocaleCode, Rendered)]) -> Vec<ListedWork> {
        let side = &self.sides[0];
        let of = |voice: usize| {
            rendered[voice].1.bibliography.as_ref().map(|list| list.items.as_slice()).unwrap_or_default()
        };
        let mut list = Vec::new();
        // Every voice gives the same works; the order is that of the language of the list.
        for item in of(0) {
            let Some(work) = self.bibliography.work(&item.key) else { continue };
            let voice = if side.own_words { voice_of(rendered, &work.entry) } else { 0 };
            let own = of(voice).iter().find(|own| own.key == item.key).unwrap_or(item);
            let mut number =
                own.first_field.as_ref().map(|field| piece::pieces(std::slice::from_ref(field), &|_| None));
            let (before, text) = piece::apart(&own.content, &|_| None);
            if !before.is_empty() {
                number = Some(before);
            }
            let text = match &work.text {
                Some(ready) => piece::plain(ready.trim()),
                None => piece::trimmed(text),
            };
            list.push(ListedWork { key: item.key.clone(), number, text });
        }
        list
    }

    /// A part of a citation, each work in its own language.
    fn citation(&self, rendered: &[(LocaleCode, Rendered)], at: usize) -> Vec<Piece> {
        let part = &self.parts[at];
        let side = &self.sides[part.side];
        let index = self.uncited().len() + at;
        let of = |voice: usize| rendered[voice].1.citations.get(index).map(|citation| &citation.citation);
        let own = rendered.iter().position(|(voice, _)| *voice == side.locale).unwrap_or(0);
        let voice = |place: usize| match part.items.get(place) {
            Some((work, _)) if side.own_words => voice_of(rendered, &work.entry),
            _ => own,
        };
        let Some(whole) = of(voice(0)) else { return Vec::new() };
        let children: Vec<ElemChild> =
            whole.0.iter().map(|child| in_own_words(child, &|place| of(voice(place)))).collect();
        let target = |place: usize| part.items.get(place).map(|(work, _)| Target::Work(work.key().to_owned()));
        let mut pieces = piece::pieces(&children, &target);
        if let Some(after) = part.after {
            pieces.push(piece::raised(after));
        }
        if side.own_words {
            pieces.iter_mut().for_each(|piece| piece.text = piece::closed_up(&piece.text));
        }
        pieces
    }
}

/// The voice that words an entry, by its place.
fn voice_of(rendered: &[(LocaleCode, Rendered)], entry: &Entry) -> usize {
    let own = locales::own(entry);
    rendered.iter().position(|(voice, _)| *voice == own).unwrap_or(0)
}

/// One work of a citation, from the wording in its own language.
fn in_own_words<'a>(child: &ElemChild, of: &dyn Fn(usize) -> Option<&'a ElemChildren>) -> ElemChild {
    let ElemChild::Elem(elem) = child else { return child.clone() };
    let Some(meta @ ElemMeta::Entry(place)) = &elem.meta else { return child.clone() };
    let own = of(*place).and_then(|children| children.find_meta(meta));
    own.map_or_else(|| child.clone(), |own| ElemChild::Elem(own.clone()))
}
