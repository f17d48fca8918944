//! The pages of the printed book in the e-book: where each begins, so that a class can turn to one page on paper and
//! screen alike.
//!
//! A page begins at the first of its texts that follows, in the reading order, all the text on the pages before. What
//! floats to the head of a page or stands beside the text does not move that place.

use std::collections::{BTreeMap, BTreeSet};

use super::plan::Plan;
use crate::model::{Chapter, InlineKind, walk};
use crate::outline::UniqueNames;
use crate::printed::{Printed, TextRun};
use crate::source::{FileId, Sources, Span};

/// A page of the printed book.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct PageBreak {
    /// Its number as printed.
    pub(super) label: String,
    /// Id of the place where it begins.
    pub(super) id: String,
}

/// The pages that begin at places of the manuscript: by file and byte; at byte 0 with the head of the chapter.
pub(super) type Breaks = BTreeMap<(FileId, usize), Vec<PageBreak>>;

/// Where the pages begin.
#[derive(Debug, Default)]
pub(super) struct PageList {
    /// Every page as its number and where it leads, in the order of the book.
    pub(super) entries: Vec<(String, String)>,
    pub(super) breaks: Breaks,
    /// Texts that stand in their file letter for letter: only these can be broken inside.
    pub(super) exact: BTreeSet<Span>,
}

/// A position in the reading order: part, run of text in it, byte in its file.
type ReadingPosition = (usize, usize, usize);

/// Finds the place of every page that has a number.
pub(super) fn pages(plan: &Plan<'_>, printed: &Printed, sources: &Sources, names: &mut UniqueNames) -> PageList {
    let order = Order::of(plan, sources);
    let starts = starts(&order, printed);
    let Some((_, first)) = starts.first_key_value() else { return PageList::default() };
    let (mut list, mut last) = (PageList::default(), *first);
    // An empty page may bear the number of a later one, as before a count that begins anew.
    let own: BTreeSet<&str> = starts.keys().filter_map(|page| printed.labels[page - 1].as_deref()).collect();
    let mut taken = BTreeSet::new();
    for (index, label) in printed.labels.iter().enumerate() {
        let Some(label) = label else { continue };
        // A page without text of its own begins where the next one does, or where the book ends.
        let next = starts.range(index + 1..).next().map(|(_, place)| *place);
        last = next.unwrap_or((last.0, usize::MAX, usize::MAX));
        if !starts.contains_key(&(index + 1)) && own.contains(label.as_str()) || !taken.insert(label.clone()) {
            continue;
        }
        let id = names.id(&format!("page-{label}"));
        list.entries.push((label.clone(), format!("{}#{id}", plan.parts[last.0].href)));
        let file = order.files.get(&(last.0, last.1)).copied().unwrap_or(plan.parts[last.0].chapter.file);
        list.breaks.entry((file, last.2)).or_default().push(PageBreak { label: label.clone(), id });
    }
    PageList { exact: order.exact, ..list }
}

/// As little of what is printed as gives the same list: the numbers, and what each page begins with.
pub(super) fn beginnings(plan: &Plan<'_>, printed: &Printed, sources: &Sources) -> Printed {
    let order = Order::of(plan, sources);
    let mut least = Printed { labels: printed.labels.clone(), ..Printed::default() };
    for (page, place) in starts(&order, printed) {
        let head = order.heads.iter().find(|(_, head)| **head == place);
        match (head, order.files.get(&(place.0, place.1))) {
            (Some((file, _)), _) => drop(least.heads.insert(*file, page)),
            (None, Some(file)) => least.runs.push(TextRun::beginning(page, *file, place.2)),
            (None, None) => {}
        }
    }
    least
}

/// The texts of the book in the order in which the e-book shows them.
struct Order {
    /// Every text by its file and first byte: its end, its part and its number in the part.
    texts: BTreeMap<(FileId, usize), (usize, usize, usize)>,
    /// The file of each text that a part shows.
    files: BTreeMap<(usize, usize), FileId>,
    /// Heads of chapters by file.
    heads: BTreeMap<FileId, ReadingPosition>,
    /// See [`PageList::exact`].
    exact: BTreeSet<Span>,
}

impl Order {
    fn of(plan: &Plan<'_>, sources: &Sources) -> Self {
        let mut order =
            Self { texts: BTreeMap::new(), files: BTreeMap::new(), heads: BTreeMap::new(), exact: BTreeSet::new() };
        for (part, written) in plan.parts.iter().enumerate() {
            let chapter = written.chapter;
            let head = |nth: usize| (part, nth, 0);
            order.heads.insert(chapter.file, head(0));
            order.files.insert((part, 0), chapter.file);
            if let Some(other) = written.outlined.translation {
                order.heads.insert(other.file, head(1));
                order.files.insert((part, 1), other.file);
            }
            let mut nth = 1;
            walk::blocks(&chapter.blocks, &mut |block| {
                walk::own_inlines(block, &mut |run| {
                    walk::inlines(run, &mut |inline| {
                        if let InlineKind::Text(text) = &inline.kind {
                            nth += 1;
                            let span = inline.span;
                            order.exact.extend((sources.snippet(span) == text).then_some(span));
                            order.texts.insert((span.file, span.start), (span.end, part, nth));
                            order.files.insert((part, nth), span.file);
                        }
                    });
                });
            });
        }
        order
    }

    /// The place of a byte of a file, if it is running text.
    fn place(&self, file: FileId, byte: usize) -> Option<ReadingPosition> {
        let ((found, _), (end, part, nth)) = self.texts.range(..=(file, byte)).next_back()?;
        (*found == file && byte < *end).then_some((*part, *nth, byte))
    }
}

/// Where each page that shows text in its order begins, by page.
fn starts(order: &Order, printed: &Printed) -> BTreeMap<usize, ReadingPosition> {
    let mut on_page: BTreeMap<usize, BTreeSet<ReadingPosition>> = BTreeMap::new();
    for (page, place) in once(order, &printed.runs) {
        on_page.entry(page).or_default().insert(place);
    }
    for (file, page) in &printed.heads {
        if let Some(place) = order.heads.get(file) {
            on_page.entry(*page).or_default().insert(*place);
        }
    }
    let (mut starts, mut reached) = (BTreeMap::new(), None);
    for (page, places) in on_page {
        if let Some(first) = places.iter().find(|place| Some(**place) > reached) {
            starts.insert(page, *first);
        }
        reached = reached.max(places.last().copied());
    }
    starts
}

/// The page of each place. A heading that is said again in a running head or in the contents is on the last page
/// that does not come after that of the text that follows it.
fn once(order: &Order, runs: &[TextRun]) -> Vec<(usize, ReadingPosition)> {
    let mut pages: BTreeMap<ReadingPosition, BTreeSet<usize>> = BTreeMap::new();
    for run in runs {
        if let Some(place) = order.place(run.span.file, run.span.start) {
            pages.entry(place).or_default().insert(run.page);
        }
    }
    let mut after = usize::MAX;
    let mut found = Vec::new();
    for (place, on) in pages.iter().rev() {
        let page = match on.len() {
            1 => on.first(),
            _ => on.range(..=after).next_back(),
        };
        if let Some(page) = page {
            found.push((*page, *place));
            after = *page;
        }
    }
    found
}

impl PageList {
    /// The pages that begin in a chapter or in its translation.
    pub(super) fn of_files(&self, own: FileId, other: Option<&Chapter>) -> Breaks {
        let other = other.map(|chapter| chapter.file);
        let here = |(file, _): &(FileId, usize)| *file == own || Some(*file) == other;
        self.breaks.iter().filter(|(place, _)| here(place)).map(|(place, pages)| (*place, pages.clone())).collect()
    }
}
