//! What must be known of the whole book before a page can be written: files, ids, numbers and anchors.

use std::collections::BTreeMap;

use super::ids::Names;
use super::words::Words;
use crate::model::{Block, BlockKind, Chapter, Lang, Role, text, walk};
use crate::source::Span;

/// Names a block: two kinds may share a span, such as a figure and the paragraph it was made from.
pub(super) type Key = (Span, &'static str);

/// The key of a block.
pub(super) fn key(block: &Block) -> Key {
    (block.span, block.kind.name())
}

/// One file of the reading order made from a chapter.
pub(super) struct Part<'a> {
    /// The chapter.
    pub(super) chapter: &'a Chapter,
    /// File name inside the package.
    pub(super) href: String,
    /// Id of its title.
    pub(super) title_id: String,
    /// Its title, never empty.
    pub(super) title: String,
    /// Level-2 headings as id and text.
    pub(super) headings: Vec<(String, String)>,
}

/// Where a reference leads and what it says.
pub(super) struct Anchor {
    /// File and fragment.
    pub(super) href: String,
    /// `Figure 3`, or the title of the place in quotation marks.
    pub(super) label: String,
}

/// The plan of one edition.
pub(super) struct Plan<'a> {
    /// Language of the edition.
    pub(super) lang: &'a Lang,
    /// The exporter's words in it.
    pub(super) words: &'static Words,
    /// The parts in reading order.
    pub(super) parts: Vec<Part<'a>>,
    /// Blocks that carry an id.
    pub(super) ids: BTreeMap<Key, String>,
    /// Number labels of figures and charts.
    pub(super) labels: BTreeMap<Key, String>,
    /// Targets by the author's id; a chapter's stem names the chapter.
    pub(super) anchors: BTreeMap<String, Anchor>,
}

impl<'a> Plan<'a> {
    /// Plans the chapters of a language.
    pub(super) fn new(chapters: &'a [Chapter], lang: &'a Lang) -> (Self, Names) {
        let words = super::words::words(lang);
        let mut maker = Maker { names: Names::default(), counts: BTreeMap::new(), words };
        let mut plan = Plan {
            lang,
            words,
            parts: Vec::new(),
            ids: BTreeMap::new(),
            labels: BTreeMap::new(),
            anchors: BTreeMap::new(),
        };
        for chapter in chapters {
            maker.part(&mut plan, chapter);
        }
        (plan, maker.names)
    }

    /// The first part of a role.
    pub(super) fn part_of(&self, role: Role) -> Option<&Part<'a>> {
        self.parts.iter().find(|p| p.chapter.meta.role == role)
    }
}

struct Maker {
    names: Names,
    counts: BTreeMap<&'static str, usize>,
    words: &'static Words,
}

impl Maker {
    fn part<'a>(&mut self, plan: &mut Plan<'a>, chapter: &'a Chapter) {
        let href = self.names.file("ch-", &chapter.stem, ".xhtml");
        let title_id = self.names.id(&format!("title-{}", chapter.stem));
        let title = [chapter.meta.title.value.trim(), chapter.stem.trim(), "—"]
            .into_iter()
            .find(|t| !t.is_empty())
            .unwrap_or_default()
            .to_owned();
        let label = quoted(self.words, &title);
        let anchor = Anchor { href: href.clone(), label: label.clone() };
        plan.anchors.entry(chapter.stem.clone()).or_insert(anchor);
        let place = Place { href: &href, label: &label };
        self.blocks(plan, &chapter.blocks, &place, false);
        for note in &chapter.notes {
            self.blocks(plan, &note.blocks, &place, false);
        }
        let headings = headings(&chapter.blocks, plan);
        plan.parts.push(Part { chapter, href, title_id, title, headings });
    }

    fn blocks(&mut self, plan: &mut Plan<'_>, blocks: &[Block], place: &Place<'_>, in_figure: bool) {
        for block in blocks {
            self.block(plan, block, place, in_figure);
            let inner = in_figure || matches!(block.kind, BlockKind::Figure(_));
            walk::children(block, &mut |children| self.blocks(plan, children, place, inner));
        }
    }

    fn block(&mut self, plan: &mut Plan<'_>, block: &Block, place: &Place<'_>, in_figure: bool) {
        match &block.kind {
            BlockKind::Figure(figure) => self.number(plan, block, self.supplement(&figure.body)),
            BlockKind::Chart(_) if !in_figure => self.number(plan, block, self.words.figure),
            _ => {}
        }
        let wanted = match (&block.id, &block.kind) {
            (Some(own), _) => own,
            (None, BlockKind::Heading { .. }) => "section",
            (None, BlockKind::Chart(_)) => "chart",
            _ => return,
        };
        let id = self.names.id(wanted);
        if let Some(own) = &block.id {
            let label = match (&block.kind, plan.labels.get(&key(block))) {
                (_, Some(label)) => label.clone(),
                (BlockKind::Heading { body, .. }, None) => quoted(self.words, &text::plain(body)),
                _ => place.label.to_owned(),
            };
            plan.anchors.entry(own.clone()).or_insert(Anchor { href: format!("{}#{id}", place.href), label });
        }
        plan.ids.insert(key(block), id);
    }

    fn number(&mut self, plan: &mut Plan<'_>, block: &Block, word: &'static str) {
        let count = self.counts.entry(word).or_default();
        *count += 1;
        plan.labels.insert(key(block), format!("{word} {count}"));
    }

    /// The word for what a figure holds: the first picture, chart, table or listing in it decides.
    fn supplement(&self, body: &[Block]) -> &'static str {
        let mut word = None;
        walk::blocks(body, &mut |block| {
            let found = match &block.kind {
                BlockKind::Table(_) => Some(self.words.table),
                BlockKind::Code { .. } => Some(self.words.listing),
                BlockKind::Chart(_) | BlockKind::Qr(_) => Some(self.words.figure),
                _ => None,
            };
            word = word.or(found);
        });
        word.unwrap_or(self.words.figure)
    }
}

/// The chapter that blocks are in.
struct Place<'p> {
    href: &'p str,
    label: &'p str,
}

fn quoted(words: &Words, title: &str) -> String {
    let [open, close] = words.quotes;
    format!("{open}{title}{close}")
}

/// Level-2 headings of the running text, columns included, sidebars not.
fn headings(blocks: &[Block], plan: &Plan<'_>) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for block in blocks {
        match &block.kind {
            BlockKind::Heading { level: 2, body } => {
                let title = text::plain(body).trim().to_owned();
                let id = plan.ids.get(&key(block));
                found.extend(id.filter(|_| !title.is_empty()).map(|id| (id.clone(), title)));
            }
            BlockKind::Container { name, body, .. } if name == "columns" => found.extend(headings(body, plan)),
            _ => {}
        }
    }
    found
}
