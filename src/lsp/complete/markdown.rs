//! In a chapter.

use lsp_types::CompletionItemKind as Kind;

use super::{At, Offer, Offers, yaml};
use crate::lsp::Reading;
use crate::lsp::hover::{cited, people, year};
use crate::lsp::links;
use crate::manuscript::{is_key, is_short_reference};
use crate::model::{
    BUILDING_BLOCKS, CALLOUT_KINDS, CALLOUT_WORDS, Chapter, ChartKind, Role, block_attributes, callout_word,
};
use crate::outline::{self, Outline, Reference};
use crate::termbase::Matcher;

/// The keys of front matter that every layout is given.
const FRONT_MATTER: [&str; 7] = ["title", "subtitle", "byline", "theme", "role", "image", "draft"];

/// The keys of a chart, of an entry of its data, and of a QR code.
const CHART: [&str; 6] = ["type", "title", "unit", "source", "alt", "data"];
const DATUM: [&str; 2] = ["label", "value"];
const QR: [&str; 2] = ["data", "alt"];

/// What a comment for the program may say.
const COMMENTS: [&str; 3] = ["allow", "draft", "pagebreak"];

impl Reading {
    pub(super) fn in_chapter(&self, at: At<'_>) -> Option<Offers> {
        let chapter = self.chapter(at.file)?;
        if let Some(front) = front_matter(at) {
            return self.front_matter(at, front);
        }
        if let Some(fence) = fence(at) {
            return self.in_fence(at, &fence);
        }
        self.comment(at)
            .or_else(|| self.container(at))
            .or_else(|| self.note(at, chapter))
            .or_else(|| self.citation(at, chapter))
            .or_else(|| self.target(at, chapter))
            .or_else(|| self.terms(at, chapter))
    }

    fn front_matter(&self, at: At<'_>, yaml: At<'_>) -> Option<Offers> {
        let book = self.book.as_ref()?;
        let line = at.before();
        let values = |all: Vec<String>, typed: usize| Offers {
            replaced: at.last(typed),
            offers: all.into_iter().map(|value| Offer::new(value, Kind::ENUM_MEMBER)).collect(),
        };
        match line.split_once(':') {
            Some(("role", typed)) => {
                let roles = Role::ALL.iter().map(|role| role.name().to_owned()).collect();
                Some(values(roles, typed.trim_start().len()))
            }
            Some(("theme", typed)) => {
                let themes = book.meta.themes.iter().map(|theme| theme.id.clone()).collect();
                Some(values(themes, typed.trim_start().len()))
            }
            Some(("draft", typed)) => Some(values(vec!["head".to_owned()], typed.trim_start().len())),
            None if !line.starts_with(char::is_whitespace) => {
                let known = FRONT_MATTER.iter().copied().chain(self.words.front_matter.iter().map(String::as_str));
                let given = |key: &&str| yaml.text.lines().any(|line| line.split(':').next() == Some(*key));
                Some(keys(at, line.len(), known.filter(|key| !given(key))))
            }
            _ => None,
        }
    }

    fn in_fence(&self, at: At<'_>, fence: &Fence<'_>) -> Option<Offers> {
        let line = at.before();
        if fence.line == at.line {
            let word = line.trim_start_matches(['`', '~', ' ']);
            let offers = ["chart", "qr"].map(|word| Offer::new(word, Kind::KEYWORD));
            return Some(Offers { replaced: at.last(word.len()), offers: offers.into() });
        }
        let typed = line.trim_start_matches([' ', '-', '{']);
        match (fence.word, typed.split_once(':')) {
            ("chart", Some(("type", value))) => {
                let kinds = [ChartKind::Bar, ChartKind::Column, ChartKind::Line, ChartKind::Share];
                let offers = kinds.map(|kind| Offer::new(kind.name(), Kind::ENUM_MEMBER)).into();
                Some(Offers { replaced: at.last(value.trim_start().len()), offers })
            }
            ("chart", None) if line.starts_with([' ', '-']) => Some(keys(at, typed.len(), DATUM.into_iter())),
            ("chart", None) => Some(keys(at, typed.len(), CHART.into_iter().filter(|key| !fence.has(key)))),
            ("qr", None) => Some(keys(at, typed.len(), QR.into_iter().filter(|key| !fence.has(key)))),
            _ => None,
        }
    }

    /// In a comment for the program: what it may say, and the checks that it may name.
    fn comment(&self, at: At<'_>) -> Option<Offers> {
        let (_, inner) = at.before().rsplit_once("<!--").filter(|(_, inner)| !inner.contains("-->"))?;
        let said = inner.trim_start().strip_prefix("dama")?.trim_start().strip_prefix([':', '：'])?.trim_start();
        let Some(names) = said.strip_prefix("allow") else {
            let offers = COMMENTS.map(|word| Offer::new(word, Kind::KEYWORD)).into();
            return Some(Offers { replaced: at.last(said.len()), offers });
        };
        if names.contains([':', '：']) {
            return None;
        }
        let typed = names.rsplit([',', '，', '、', ' ']).next().unwrap_or_default();
        let offers = crate::checks::entries().map(|entry| {
            let name = entry.code.as_str();
            let about = links::page(name, self.locale).unwrap_or_default();
            Offer::new(name, Kind::VALUE).detail(self.locale.say(&entry.summary)).about(about)
        });
        Some(Offers { replaced: at.last(typed.len()), offers: offers.collect() })
    }

    /// At the head of a container: its name, and its attributes.
    fn container(&self, at: At<'_>) -> Option<Offers> {
        let head = at.before().trim_start();
        let rest = head.trim_start_matches(':');
        if head.len() - rest.len() < ":::".len() {
            return None;
        }
        let rest = rest.trim_start();
        let Some((name, attributes)) = rest.split_once('{') else {
            return (!rest.contains(char::is_whitespace)).then(|| self.blocks(at, rest));
        };
        let typed = attributes.rsplit([' ', '\t']).next().unwrap_or_default();
        let open = attributes.matches('"').count() % 2 == 1 || typed.contains(['=', '#', '.', '}']);
        let known = block_attributes(name.trim()).unwrap_or_default().iter().copied();
        let known = known.chain(self.words.attributes.iter().map(String::as_str));
        let offers = known.filter(|key| !attributes.contains(&format!("{key}=")));
        let offers = offers.map(|key| Offer::new(key, Kind::PROPERTY).text(format!("{key}=\"\"")));
        (!open).then(|| Offers { replaced: at.last(typed.len()), offers: offers.collect() })
    }

    fn blocks(&self, at: At<'_>, typed: &str) -> Offers {
        let callouts = CALLOUT_WORDS.into_iter().map(|(word, _)| word).take(CALLOUT_KINDS);
        let own = self.words.blocks.iter().flatten().map(String::as_str);
        let offers = BUILDING_BLOCKS.iter().copied().chain(callouts).chain(own).map(|name| {
            let attributes = block_attributes(name).unwrap_or_default().join(", ");
            let kind = if callout_word(name).is_some() { Kind::EVENT } else { Kind::CLASS };
            Offer::new(name, kind).detail(attributes)
        });
        Offers { replaced: at.last(typed.len()), offers: offers.collect() }
    }

    /// In `[^`: the notes of the chapter, then those that the other language has and this one lacks.
    fn note(&self, at: At<'_>, chapter: &Chapter) -> Option<Offers> {
        let (_, typed) = at.before().rsplit_once("[^").filter(|(_, typed)| !typed.contains(']'))?;
        let group = self.groups.group(chapter.file)?;
        let others = self.groups.files(group).iter().filter(|file| **file != chapter.file);
        let others = others.filter_map(|file| self.chapter(*file)).flat_map(|chapter| &chapter.notes);
        let lacking = others.filter(|note| chapter.notes.iter().all(|own| own.name != note.name));
        let offers = chapter.notes.iter().chain(lacking).map(|note| {
            let text = self.sources.snippet(note.span);
            let words = text.split_once("]:").map_or(text, |(_, words)| words).trim();
            let short: String = words.chars().take(60).collect();
            Offer::new(&note.name, Kind::REFERENCE).detail(short).about(words)
        });
        Some(Offers { replaced: at.last(typed.len()), offers: offers.collect() })
    }

    /// After `@`: works, and places by references of the short form.
    fn citation(&self, at: At<'_>, chapter: &Chapter) -> Option<Offers> {
        let (front, typed) = at.before().rsplit_once('@')?;
        let sound = typed.is_empty() || is_key(typed.trim_end_matches(['-', ':', '.', '/', '+']));
        if !sound || front.ends_with(|c: char| c.is_ascii_alphanumeric()) {
            return None;
        }
        let bracket = front.rfind('[').is_some_and(|open| !front[open..].contains(']'));
        let book = self.book.as_ref()?;
        let works = book.bibliography.works.iter().map(|work| {
            let key = work.key();
            let text = if bracket { format!("@{key}") } else { format!("[@{key}]") };
            let title = work.entry.title().map(|title| title.value.to_string()).unwrap_or_default();
            let detail: Vec<String> = [year(work), Some(title)].into_iter().flatten().collect();
            let typed = format!("@{key} {}", people(work));
            Offer::new(key, Kind::REFERENCE).detail(detail.join(" · ")).about(cited(work)).text(text).typed(typed)
        });
        let mut offers: Vec<Offer> = works.collect();
        if !bracket {
            let places = self.places(chapter).into_iter().filter(|offer| is_short_reference(&offer.label));
            offers.extend(places.map(|offer| {
                let text = format!("@{}", offer.label);
                offer.typed(text.clone()).text(text)
            }));
        }
        Some(Offers { replaced: at.last(typed.len() + 1), offers })
    }

    /// In the target of a link: ids with their captions, and chapters.
    fn target(&self, at: At<'_>, chapter: &Chapter) -> Option<Offers> {
        let (_, typed) = at.before().rsplit_once("](").filter(|(_, typed)| !typed.contains([')', ' ']))?;
        if let Some(id) = typed.strip_prefix('#') {
            return Some(Offers { replaced: at.last(id.len()), offers: self.places(chapter) });
        }
        let book = self.book.as_ref()?;
        let chapters = book.chapters(&chapter.lang).iter().filter(|other| other.file != chapter.file).map(|other| {
            let name = other.stem.rsplit('/').next().unwrap_or_default();
            Offer::new(format!("{name}.md"), Kind::FILE).detail(outline::title(other))
        });
        let places = self.places(chapter).into_iter().map(|offer| {
            let text = format!("#{}", offer.label);
            offer.typed(text.clone()).text(text)
        });
        Some(Offers { replaced: at.last(typed.len()), offers: places.chain(chapters).collect() })
    }

    /// The places with an id, those of the chapter first; one of another chapter by that chapter's name where it has to be.
    fn places(&self, chapter: &Chapter) -> Vec<Offer> {
        let Some(book) = &self.book else { return Vec::new() };
        let outline = Outline::single(book, &chapter.lang);
        let mut offers = Vec::new();
        for entry in outline.entries() {
            let Some(id) = entry.id.filter(|_| entry.kind != outline::Kind::Chapter) else { continue };
            let own = entry.span.file == chapter.file;
            let found = outline.named(id, chapter.file).is_some_and(|named| named.span == entry.span);
            let target = if found { id.to_owned() } else { format!("{}#{id}", self.stem(entry.span.file)) };
            let number = match outline.reference(entry) {
                Reference::Title(_) => String::new(),
                number => number.text(outline::words(entry.lang)),
            };
            let detail: Vec<String> =
                [number, entry.title.clone()].into_iter().filter(|part| !part.is_empty()).collect();
            offers.push((!own, Offer::new(target, Kind::REFERENCE).detail(detail.join(" · "))));
        }
        offers.sort_by_key(|(other, _)| *other);
        offers.into_iter().map(|(_, offer)| offer).collect()
    }

    fn stem(&self, file: crate::source::FileId) -> &str {
        self.chapter(file).map_or("", |chapter| chapter.stem.as_str())
    }

    /// In running text of a translation: the terms of the source, as they are to be rendered.
    fn terms(&self, at: At<'_>, chapter: &Chapter) -> Option<Offers> {
        let book = self.book.as_ref()?;
        let (pair, side) = self.counterpart(at.file, at.offset)?;
        let other = pair.sides[1 - side].first()?.file;
        let source = &self.chapter(other)?.lang;
        let matcher = Matcher::strict(&book.glossary, source);
        let mut seen: Vec<usize> = Vec::new();
        for span in &pair.sides[1 - side] {
            let hits = matcher.hits(self.sources.snippet(*span)).into_iter().map(|hit| hit.term);
            hits.for_each(|term| {
                if !seen.contains(&term) {
                    seen.push(term)
                }
            });
        }
        let typed = at.before().rsplit(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default();
        let offers = seen.into_iter().filter_map(|term| {
            let term = book.glossary.terms.get(term)?;
            let rendered = term.word(&chapter.lang)?;
            Some(Offer::new(rendered, Kind::TEXT).detail(term.word(source)?).about(self.explained(term)))
        });
        let offers: Vec<Offer> = offers.collect();
        (!offers.is_empty()).then(|| Offers { replaced: at.last(typed.len()), offers })
    }
}

fn keys<'k>(at: At<'_>, typed: usize, keys: impl Iterator<Item = &'k str>) -> Offers {
    let offers = keys.map(|key| Offer::new(key, Kind::PROPERTY).text(format!("{key}: "))).collect();
    Offers { replaced: at.last(typed), offers }
}

/// The front matter that a place stands in.
fn front_matter(at: At<'_>) -> Option<At<'_>> {
    let rest = at.text.strip_prefix("---\n").or_else(|| at.text.strip_prefix("---\r\n"))?;
    let start = at.text.len() - rest.len();
    let mut end = start;
    for line in rest.split_inclusive('\n') {
        if line.trim_end() == "---" {
            break;
        }
        end += line.len();
    }
    let inside = start <= at.line && at.line < end.max(start + 1);
    inside.then(|| yaml::part(at, start..end))
}

/// A fence that is open at a place.
struct Fence<'t> {
    /// The word that says what is in it.
    word: &'t str,
    /// Where its line begins.
    line: usize,
    body: &'t str,
}

impl Fence<'_> {
    fn has(&self, key: &str) -> bool {
        self.body.lines().any(|line| line.split(':').next() == Some(key))
    }
}

fn fence(at: At<'_>) -> Option<Fence<'_>> {
    let mut open: Option<(&str, Fence<'_>)> = None;
    let mut start = 0;
    for line in at.text.split_inclusive('\n') {
        if start > at.line {
            break;
        }
        let inner = line.trim_start();
        let marks = inner.len() - inner.trim_start_matches(['`', '~']).len();
        let info = inner[marks..].trim();
        match &open {
            Some((fence, _)) if marks >= fence.len() && info.is_empty() && inner.starts_with(&fence[..1]) => {
                open = None;
            }
            None if marks >= 3 => {
                let word = info.split([' ', '{']).next().unwrap_or_default();
                let body = &at.text[start + line.len()..];
                let body = body.split(&inner[..marks]).next().unwrap_or_default();
                open = Some((&inner[..marks], Fence { word, line: start, body }));
            }
            _ => {}
        }
        start += line.len();
    }
    open.map(|(_, fence)| fence)
}
