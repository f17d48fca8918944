//! From a place on a page to the line of the manuscript, and back.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::Shown;
use crate::printed::Printed;
use crate::source::{FileId, Sources, Span};

/// How far beside a text a click still counts as on it, in points.
const REACH: f64 = 40.0;

/// Height of a letter above its baseline and below, in multiples of its size.
const RISE: f64 = 0.85;
const FALL: f64 = 0.25;

/// Most characters of a line that are shown.
const SHOWN: usize = 120;

/// A place in the manuscript.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct At {
    file: String,
    line: usize,
    column: usize,
    /// Its line, or the beginning of it.
    text: String,
    /// Where it stands on the pages, if it does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    page: Option<OnPage>,
}

/// A place on the pages of an edition.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct OnPage {
    edition: String,
    /// From 1.
    page: usize,
    /// Points from the upper edge of the trimmed page.
    y: f64,
}

impl At {
    pub(super) fn new(sources: &Sources, span: Span, page: Option<OnPage>) -> Self {
        let file = sources.get(span.file);
        let at = file.position(span.start);
        let line = file.slice(file.line_start(at.line)..file.line_start(at.line + 1)).trim();
        let text = match line.char_indices().nth(SHOWN) {
            Some((end, _)) => format!("{}…", &line[..end]),
            None => line.to_owned(),
        };
        Self { file: file.path().to_owned(), line: at.line, column: at.column, text, page }
    }
}

/// A block's beginning that two editions share: where it stands on the pages of one.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Anchor {
    /// The chapter's file without its language.
    name: String,
    /// From 1.
    page: usize,
}

/// The heads of chapters, in the order of the pages.
pub(super) fn anchors(printed: &Printed, sources: &Sources) -> Vec<Anchor> {
    let name = |path: &str| path.rsplit('/').next().unwrap_or(path).to_owned();
    let mut anchors: Vec<Anchor> = printed
        .heads
        .iter()
        .map(|(file, page)| Anchor { name: name(sources.get(*file).path()), page: *page })
        .collect();
    anchors.sort_by(|a, b| (a.page, &a.name).cmp(&(b.page, &b.name)));
    anchors.dedup_by(|a, b| a.name == b.name);
    anchors
}

/// What of the manuscript stands at a place of a page (from 1), in points from its left and upper edge.
pub(super) fn at(shown: &Shown, page: usize, x: f64, y: f64) -> Option<At> {
    let printed = &shown.set.printed;
    let picture = printed.pictures.iter().filter(|picture| picture.page == page).find(|picture| {
        let [left, top, right, bottom] = picture.area;
        (left..=right).contains(&x) && (top..=bottom).contains(&y)
    });
    let span = match picture {
        Some(picture) => picture.span,
        None => {
            let beside = |from: f64, to: f64, at: f64| (from - at).max(at - to).max(0.0);
            let runs = printed.runs.iter().filter(|run| run.page == page);
            let far = runs.map(|run| {
                let across = beside(run.at[0], run.at[0] + run.width, x);
                let down = beside(run.at[1] - run.size * RISE, run.at[1] + run.size * FALL, y);
                (run, libm::hypot(across, down))
            });
            far.filter(|(_, far)| *far < REACH).min_by(|a, b| a.1.total_cmp(&b.1))?.0.span
        }
    };
    Some(At::new(&shown.reading.sources, span, None))
}

/// Where a place of the manuscript stands on the pages of an edition; if it shows nothing itself, what stands before it.
pub(super) fn page_of(edition: &str, shown: &Shown, path: &str, start: usize) -> Option<OnPage> {
    let file = shown.reading.sources.find(path)?;
    let picture = || {
        let picture = shown.set.printed.pictures.iter().find(|one| one.span.contains(file, start))?;
        Some((picture.page, picture.area[1]))
    };
    let (page, y) = shown.places.up_to(file, start).or_else(picture)?;
    Some(OnPage { edition: edition.to_owned(), page, y })
}

/// Where the text of each file stands on the pages, in its order: there are as many questions as findings.
pub(super) struct Places(BTreeMap<FileId, Vec<Placed>>);

/// Where a piece of text begins: in its file, on which page (from 1) and how far from its upper edge.
type Placed = (usize, usize, f64);

impl Places {
    pub(super) fn of(printed: &Printed) -> Self {
        let mut files: BTreeMap<FileId, Vec<Placed>> = BTreeMap::new();
        for run in &printed.runs {
            files.entry(run.span.file).or_default().push((run.span.start, run.page, run.at[1] - run.size));
        }
        files.values_mut().for_each(|places| places.sort_by_key(|place| (place.0, place.1)));
        Self(files)
    }

    fn of_file(&self, file: FileId) -> &[Placed] {
        self.0.get(&file).map_or(&[], Vec::as_slice)
    }

    /// Where the last text stands that begins at a place of the manuscript or before it.
    fn up_to(&self, file: FileId, start: usize) -> Option<(usize, f64)> {
        let places = self.of_file(file);
        let (_, page, y) = places[..places.partition_point(|place| place.0 <= start)].last()?;
        Some((*page, *y))
    }

    /// Where the first text of a block stands; of a title that the layout draws, its chapter's head.
    pub(super) fn of_block(&self, span: Span, printed: &Printed) -> Option<(usize, f64)> {
        let places = self.of_file(span.file);
        let at = places.partition_point(|(start, ..)| *start < span.start);
        let inside = places.get(at).filter(|(start, ..)| *start < span.end.max(span.start + 1));
        let head = || printed.heads.get(&span.file).map(|page| (*page, 0.0));
        inside.map(|(_, page, y)| (*page, *y)).or_else(head)
    }
}
