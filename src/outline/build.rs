//! How an outline is made: part by part in reading order, each part numbered first and then listed.

use std::collections::{BTreeMap, VecDeque};

use super::counts::{self, Count, Ordinal, Titled};
use super::numbered::{each, has_title, levels, tag};
use super::places::file_name;
use super::{
    Entry, Key, Kind, Outline, Pairing, Part, Series, UniqueNames, key, numbered, place_label, slug, slugs, suffix,
    title,
};
use crate::model::{Block, BlockKind, Chapter, Figure, Lang, Meta, Role, Row, text, walk};
use crate::source::Span;

/// The chapters of both languages in one reading order, each with its translation. One that only the translation has stands
/// after what goes before it in its own language.
pub(super) fn reading_order<'a>(
    source: &'a [Chapter],
    target: &'a [Chapter],
) -> Vec<(&'a Chapter, Option<&'a Chapter>)> {
    let mut order: Vec<_> = source.iter().map(|chapter| (chapter, of_stem(target, &chapter.stem))).collect();
    let mut before: Option<&str> = None;
    for chapter in target {
        if of_stem(source, &chapter.stem).is_none() {
            let at = order.iter().position(|(other, _)| before == Some(other.stem.as_str()));
            order.insert(at.map_or(0, |at| at + 1), (chapter, None));
        }
        before = Some(&chapter.stem);
    }
    order
}

fn of_stem<'a>(chapters: &'a [Chapter], stem: &str) -> Option<&'a Chapter> {
    chapters.iter().find(|chapter| chapter.stem == stem)
}

/// Builds the outline of parts in reading order.
pub(super) fn build<'a>(
    meta: &'a Meta,
    languages: Vec<&'a Lang>,
    parts: Vec<(&'a Chapter, Option<&'a Chapter>)>,
    pairing: &Pairing<'_, 'a>,
) -> Outline<'a> {
    let lists =
        parts.iter().any(|(chapter, _)| matches!(chapter.meta.role, Role::Figures | Role::Tables | Role::Credits));
    let outline = Outline {
        languages,
        parts: Vec::new(),
        divisions: Vec::new(),
        numbering: meta.numbering,
        entries: Vec::new(),
        titles: Vec::new(),
        titles_by_name: BTreeMap::new(),
        of_blocks: BTreeMap::new(),
        labelled: BTreeMap::new(),
        repeated: Vec::new(),
        places: BTreeMap::new(),
        seconds: BTreeMap::new(),
        names: UniqueNames::default(),
    };
    let mut builder = Builder { outline, counts: BTreeMap::new(), ordinals: BTreeMap::new(), lists };
    builder.divisions(meta);
    for (chapter, translation) in parts {
        builder.part(chapter, translation, pairing);
    }
    builder.label();
    builder.outline
}

struct Builder<'a> {
    outline: Outline<'a>,
    /// How many of each series there are so far: in all, or in each chapter.
    counts: BTreeMap<(Option<Ordinal>, Series), usize>,
    /// How many chapters and how many appendices there are so far.
    ordinals: BTreeMap<Role, usize>,
    /// Whether there are lists of figures, tables or credits, which lead to each of them.
    lists: bool,
}

impl<'a> Builder<'a> {
    fn part(&mut self, chapter: &'a Chapter, translation: Option<&'a Chapter>, pairing: &Pairing<'_, 'a>) {
        let anchor = self.outline.names.id(&format!("title-{}", chapter.stem));
        let held = |division: &Titled<'_>| division.division.chapters.contains(&chapter.stem);
        let division = self.outline.divisions.iter().position(held);
        let ordinal = self.ordinal(chapter);
        let part = Part { ordinal, division, ..Part::new(chapter, translation, anchor) };
        for chapter in part.chapters().filter(|chapter| chapter.lang != *self.outline.languages[0]) {
            self.outline.seconds.insert(chapter.file, &chapter.lang);
        }
        let rows = match translation {
            Some(translation) if needs_pairs(chapter) && needs_pairs(translation) => pairing(chapter, translation),
            _ => Vec::new(),
        };
        let numbers = self.numbers(&part, &rows);
        let shared = Shared::of(&rows);
        let index = self.outline.parts.len();
        for chapter in part.chapters() {
            self.title(index, chapter, &part.anchor);
        }
        for chapter in part.chapters() {
            let sections = self.sections(&part, chapter);
            self.blocks(index, chapter, &numbers, &sections, &shared);
        }
        self.outline.parts.push(part);
    }

    /// The parts of the book with their numbers.
    fn divisions(&mut self, meta: &'a Meta) {
        for (division, number) in meta.divisions.iter().zip(1..) {
            let anchor = self.outline.names.id(&format!("part-{number}"));
            let number = meta.numbering.parts.then_some(number);
            self.outline.divisions.push(Titled { division, number, anchor });
        }
    }

    fn ordinal(&mut self, chapter: &Chapter) -> Option<Ordinal> {
        let numbering = self.outline.numbering;
        let appendix = match chapter.meta.role {
            Role::Chapter if numbering.chapters != Some(false) => false,
            Role::Appendix => true,
            _ => return None,
        };
        if chapter.lang != *self.outline.languages[0] {
            return None;
        }
        let number = self.ordinals.entry(chapter.meta.role).or_default();
        *number += 1;
        Some(Ordinal { appendix, number: *number, lettered: numbering.reaches_into_chapters() })
    }

    /// The numbers of the headings of a chapter. What stands before and after the chapters has none.
    fn sections(&self, part: &Part<'_>, chapter: &Chapter) -> BTreeMap<Span, String> {
        if !matches!(chapter.meta.role, Role::Chapter | Role::Appendix) {
            return BTreeMap::new();
        }
        let sign = part.ordinal.map(|ordinal| ordinal.sign(super::words(&chapter.lang)));
        counts::sections(chapter, self.outline.numbering.headings, sign.as_deref())
    }

    /// The next of a series in a part.
    fn next(&mut self, part: &Part<'_>, series: Series) -> Count {
        let chapter = part.ordinal.filter(|_| self.outline.numbering.by_chapter);
        let count = self.counts.entry((chapter, series)).or_default();
        *count += 1;
        Count { chapter, number: *count }
    }

    /// Numbers the blocks of a part: first what stands in rows, then the rest.
    fn numbers(&mut self, part: &Part<'a>, rows: &[Row<'a>]) -> BTreeMap<Key, Count> {
        let all: Vec<(Key, Series)> = part
            .chapters()
            .flat_map(numbered)
            .filter(|(block, _)| tag(block).is_none())
            .map(|(block, series)| (key(block), series))
            .collect();
        let mut numbers = BTreeMap::new();
        self.rows(part, rows, &all.iter().copied().collect(), &mut numbers);
        for (key, series) in all {
            numbers.entry(key).or_insert_with(|| self.next(part, series));
        }
        numbers
    }

    /// Numbers what stands in rows. In each, what the translation has bears the numbers of the source as far as they go.
    fn rows(
        &mut self,
        part: &Part<'a>,
        rows: &[Row<'a>],
        series: &BTreeMap<Key, Series>,
        numbers: &mut BTreeMap<Key, Count>,
    ) {
        for row in rows {
            if !row.inner.is_empty() {
                self.rows(part, &row.inner, series, numbers);
                continue;
            }
            let mut free: BTreeMap<Series, VecDeque<Count>> = BTreeMap::new();
            for (key, series) in counted(&row.sources, series) {
                let number = self.next(part, series);
                free.entry(series).or_default().push_back(number);
                numbers.insert(key, number);
            }
            for (key, series) in counted(&row.targets, series) {
                let partner = free.get_mut(&series).and_then(VecDeque::pop_front);
                numbers.insert(key, partner.unwrap_or_else(|| self.next(part, series)));
            }
        }
    }

    fn title(&mut self, part: usize, chapter: &'a Chapter, anchor: &str) {
        let at = self.outline.entries.len();
        self.outline.titles.push(at);
        self.outline.titles_by_name.entry(file_name(&chapter.stem)).or_default().push(at);
        self.outline.entries.push(Entry {
            kind: Kind::Chapter,
            span: chapter.meta.title.span,
            lang: &chapter.lang,
            part,
            title: title(chapter).to_owned(),
            section: None,
            tag: None,
            id: Some(&chapter.stem),
            slug: None,
            label: None,
            anchor: Some(anchor.to_owned()),
        });
    }

    fn blocks(
        &mut self,
        part: usize,
        chapter: &'a Chapter,
        numbers: &BTreeMap<Key, Count>,
        sections: &BTreeMap<Span, String>,
        shared: &Shared<'a>,
    ) {
        let (levels, slugs) = (levels(chapter), slugs(chapter));
        let mut parts = BTreeMap::new();
        each(chapter, &mut |block, series| {
            let key = key(block);
            let kind = match (&block.kind, series, numbers.get(&key)) {
                _ if tag(block).is_some() => Kind::Tagged,
                (_, Some(series), Some(count)) => {
                    parts.extend(parts_of(block, series, *count));
                    Kind::Numbered { series, count: *count }
                }
                (BlockKind::Figure(_), ..) if parts.contains_key(&key) => parts[&key],
                (BlockKind::Heading { level, .. }, ..) => {
                    Kind::Heading { level: levels.get(&block.span).copied().unwrap_or(*level) }
                }
                (BlockKind::Figure(_), ..) => Kind::Uncaptioned,
                (BlockKind::Chart(chart), ..) if !has_title(chart) => Kind::Uncaptioned,
                _ => Kind::Place,
            };
            let listed = matches!(kind, Kind::Numbered { .. }) && self.lists;
            let wanted = wanted_anchor(block, shared).or(listed.then_some("figure"));
            if wanted.is_none() && matches!(kind, Kind::Place | Kind::Uncaptioned | Kind::Part { .. }) {
                return;
            }
            let anchor = match shared.shown_as.get(&key) {
                Some(source) => {
                    self.outline.of_blocks.get(source).and_then(|at| self.outline.entries[*at].anchor.clone())
                }
                None => wanted.map(|wanted| self.outline.names.id(wanted)),
            };
            self.outline.of_blocks.insert(key, self.outline.entries.len());
            self.outline.entries.push(Entry {
                kind,
                span: block.span,
                lang: &chapter.lang,
                part,
                title: own_title(block),
                section: if matches!(kind, Kind::Heading { .. }) { sections.get(&block.span).cloned() } else { None },
                tag: tag(block),
                id: block.id.as_deref(),
                slug: slugs.get(&block.span).cloned(),
                label: None,
                anchor,
            });
        });
    }

    /// Labels whatever has an id or a slug, chapters first, then given ids: the earliest has the shorter label.
    fn label(&mut self) {
        let rank = |entry: &Entry<'_>| match entry.kind {
            Kind::Chapter => 0,
            _ if entry.id.is_some() => 1,
            _ => 2,
        };
        let mut order: Vec<usize> = (0..self.outline.entries.len()).collect();
        order.sort_by_key(|at| rank(&self.outline.entries[*at]));
        for at in order {
            self.place(at);
        }
        // A title goes by its own words too, where no heading has them.
        let outline = &mut self.outline;
        for (at, entry) in outline.entries.iter().enumerate().filter(|(_, entry)| entry.kind == Kind::Chapter) {
            let slugs = &mut outline.places.entry(entry.span.file).or_default().slugs;
            slugs.entry(slug(&entry.title)).or_insert(at);
        }
        let is_named = |entry: &Entry<'_>| matches!(entry.kind, Kind::Heading { .. }) && entry.id.is_some();
        for (at, entry) in outline.entries.iter().enumerate().filter(|(_, entry)| is_named(entry)) {
            let words = &mut outline.places.entry(entry.span.file).or_default().words;
            words.entry(slug(&entry.title)).or_insert(at);
        }
    }

    /// Gives an entry its name in its chapter, and its label.
    fn place(&mut self, at: usize) {
        let outline = &mut self.outline;
        let entry = &outline.entries[at];
        let suffix = suffix(outline.languages[0], entry.lang);
        let part = &outline.parts[entry.part];
        let own = part.chapters().find(|chapter| chapter.file == entry.span.file).unwrap_or(part.chapter);
        let places = outline.places.entry(entry.span.file).or_default();
        let labels = match (entry.kind, entry.id, &entry.slug) {
            (Kind::Chapter, Some(stem), _) => {
                places.ids.extend(own.meta.id.clone().map(|id| (id, at)));
                vec![format!("{stem}{suffix}")]
            }
            (_, Some(id), _) => {
                let first = *places.ids.entry(id.to_owned()).or_insert(at);
                if first != at {
                    outline.repeated.push((at, first));
                    return;
                }
                vec![format!("{id}{suffix}"), place_label(&own.stem, id, &suffix)]
            }
            (_, None, Some(slug)) => {
                places.slugs.insert(slug.clone(), at);
                vec![place_label(&own.stem, slug, &suffix)]
            }
            (_, None, None) => return,
        };
        let free = labels.into_iter().find(|label| !outline.labelled.contains_key(label));
        outline.entries[at].label.clone_from(&free);
        outline.labelled.extend(free.map(|label| (label, at)));
    }
}

/// Whether a chapter has something whose number or anchor depends on the other language: headings have not.
fn needs_pairs(chapter: &Chapter) -> bool {
    let mut needs = false;
    each(chapter, &mut |block, series| {
        let is_heading = matches!(block.kind, BlockKind::Heading { .. });
        needs |= series.is_some() || block.id.is_some() && !is_heading;
    });
    needs
}

/// The numbered blocks among some and in them.
fn counted(blocks: &[&Block], series: &BTreeMap<Key, Series>) -> Vec<(Key, Series)> {
    let keys = blocks.iter().flat_map(|block| tree(block)).map(key);
    keys.filter_map(|key| Some((key, *series.get(&key)?))).collect()
}

/// A block and all blocks in it.
fn tree(block: &Block) -> Vec<&Block> {
    let mut found = Vec::new();
    walk::blocks(std::slice::from_ref(block), &mut |block| found.push(block));
    found
}

/// Blocks of the translation in whose place a block of the source is shown.
#[derive(Default)]
struct Shared<'a> {
    /// The block that is shown.
    shown_as: BTreeMap<Key, Key>,
    /// Ids that only the translation gave to what is shown.
    ids: BTreeMap<Key, &'a str>,
}

impl<'a> Shared<'a> {
    fn of(rows: &[Row<'a>]) -> Self {
        let mut shared = Self::default();
        shared.rows(rows);
        shared
    }

    fn rows(&mut self, rows: &[Row<'a>]) {
        for row in rows {
            let Some((source, target)) = row.pair() else { continue };
            if row.shared() {
                // What is alike has the same blocks inside.
                tree(source).into_iter().zip(tree(target)).for_each(|(source, target)| self.pair(source, target));
            } else if row.joint() {
                self.pair(source, target);
                self.rows(&row.inner);
            }
        }
    }

    fn pair(&mut self, source: &'a Block, target: &'a Block) {
        self.shown_as.insert(key(target), key(source));
        self.ids.extend(target.id.as_deref().map(|id| (key(source), id)));
    }
}

/// The parts of a figure that has a number.
fn parts_of(block: &Block, series: Series, count: Count) -> Vec<(Key, Kind)> {
    let BlockKind::Figure(figure) = &block.kind else { return Vec::new() };
    let part = |inner: &Block| match &inner.kind {
        BlockKind::Figure(Figure { part: Some(letter), .. }) => {
            Some((key(inner), Kind::Part { series, count, letter: *letter }))
        }
        _ => None,
    };
    figure.body.iter().filter_map(part).collect()
}

/// What the anchor of a block is made from, if it gets one.
fn wanted_anchor<'a>(block: &'a Block, shared: &Shared<'a>) -> Option<&'a str> {
    let id = block.id.as_deref().or_else(|| shared.ids.get(&key(block)).copied());
    match block.kind {
        BlockKind::Heading { .. } => id.or(Some("section")),
        BlockKind::Chart(_) => id.or(Some("chart")),
        _ => id,
    }
}

/// The words that a block goes by.
fn own_title(block: &Block) -> String {
    match &block.kind {
        BlockKind::Heading { body, .. } => text::plain(body).trim().to_owned(),
        BlockKind::Figure(figure) => text::plain(&figure.caption).trim().to_owned(),
        BlockKind::Chart(chart) => chart.title.clone().unwrap_or_default(),
        BlockKind::Callout(callout) => text::plain(&callout.title).trim().to_owned(),
        _ => String::new(),
    }
}
