//! What must be known of the whole book before a page can be written: files, ids, numbers and anchors.

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};

use super::bilingual::{PAIR, Sides, line};
use super::ids::Names;
use crate::lang::ExportWords;
use crate::model::{Block, BlockKind, Chapter, Lang, Role, text, walk};
use crate::source::{FileId, Span};

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
    pub(super) words: &'static ExportWords,
    /// The translation that stands beside it.
    pub(super) sides: Sides<'a>,
    /// The parts in reading order.
    pub(super) parts: Vec<Part<'a>>,
    /// Blocks that carry an id.
    pub(super) ids: BTreeMap<Key, String>,
    /// Id of the counterpart of each paragraph that has one beside it.
    pub(super) counterparts: BTreeMap<Key, String>,
    /// Number labels of figures and charts.
    pub(super) labels: BTreeMap<Key, String>,
    /// Targets by the author's id; a chapter's stem names the chapter.
    pub(super) anchors: BTreeMap<String, Anchor>,
}

impl<'a> Plan<'a> {
    /// Plans the chapters of a language, or those of two that were merged.
    pub(super) fn new(chapters: &'a [Chapter], lang: &'a Lang, sides: Sides<'a>) -> (Self, Names) {
        let words = lang.conventions().export_words;
        let mut maker = Maker { names: Names::default(), counts: BTreeMap::new(), partner: None };
        let mut plan = Plan {
            lang,
            words,
            sides,
            parts: Vec::new(),
            ids: BTreeMap::new(),
            counterparts: BTreeMap::new(),
            labels: BTreeMap::new(),
            anchors: BTreeMap::new(),
        };
        for chapter in chapters {
            maker.part(&mut plan, chapter);
        }
        (plan, maker.names)
    }

    /// The language of what stands in a file.
    pub(super) fn lang_of(&self, file: FileId) -> &'a Lang {
        self.sides.language(file).unwrap_or(self.lang)
    }

    /// The exporter's words for what stands in a file.
    pub(super) fn words_of(&self, file: FileId) -> &'static ExportWords {
        self.lang_of(file).conventions().export_words
    }

    /// Where an id leads that is named in a file.
    pub(super) fn anchor(&self, id: &str, file: FileId) -> Option<&Anchor> {
        self.anchors.get(&format!("{id}{}", self.sides.suffix(file)))
    }

    /// The first part of a role.
    pub(super) fn part_of(&self, role: Role) -> Option<&Part<'a>> {
        self.parts.iter().find(|p| p.chapter.meta.role == role)
    }
}

struct Maker {
    names: Names,
    counts: BTreeMap<&'static str, usize>,
    /// The number of the figure whose translation comes next: both have one number.
    partner: Option<String>,
}

impl Maker {
    fn part<'a>(&mut self, plan: &mut Plan<'a>, chapter: &'a Chapter) {
        let href = self.names.file("ch-", &chapter.stem, ".xhtml");
        let title_id = self.names.id(&format!("title-{}", chapter.stem));
        let own = [chapter.meta.title.value.trim(), chapter.stem.trim(), "—"]
            .into_iter()
            .find(|t| !t.is_empty())
            .unwrap_or_default();
        let other = plan.sides.translation(chapter.file);
        let title = line(own, other.map(|other| other.meta.title.value.trim()));
        let mut labels = BTreeMap::from([(chapter.file, quoted(plan.words, own))]);
        labels.extend(other.map(|c| (c.file, quoted(plan.words_of(c.file), c.meta.title.value.trim()))));
        for (file, label) in &labels {
            let anchor = Anchor { href: href.clone(), label: label.clone() };
            plan.anchors.entry(format!("{}{}", chapter.stem, plan.sides.suffix(*file))).or_insert(anchor);
        }
        let place = Place { href: &href, labels: &labels };
        self.blocks(plan, &chapter.blocks, &place, false);
        for note in &chapter.notes {
            self.blocks(plan, &note.blocks, &place, false);
        }
        if let Some(other) = other {
            shared_anchors(plan, other, &labels);
        }
        let headings = headings(&chapter.blocks, plan);
        plan.parts.push(Part { chapter, href, title_id, title, headings });
    }

    fn blocks(&mut self, plan: &mut Plan<'_>, blocks: &[Block], place: &Place<'_>, in_figure: bool) {
        for block in blocks {
            self.block(plan, block, place, in_figure);
            self.counterparts(plan, block);
            if let BlockKind::Container { name, body, .. } = &block.kind
                && name == PAIR
                && let [first, second] = body.as_slice()
            {
                self.blocks(plan, std::slice::from_ref(first), place, in_figure);
                self.partner = plan.labels.get(&key(first)).and_then(|label| number_in(label)).map(str::to_owned);
                self.blocks(plan, std::slice::from_ref(second), place, in_figure);
                self.partner = None;
                continue;
            }
            let inner = in_figure || matches!(block.kind, BlockKind::Figure(_));
            walk::children(block, &mut |children| self.blocks(plan, children, place, inner));
        }
    }

    fn block(&mut self, plan: &mut Plan<'_>, block: &Block, place: &Place<'_>, in_figure: bool) {
        let words = plan.words_of(block.span.file);
        match &block.kind {
            BlockKind::Figure(figure) => {
                let counted = supplement(plan.words, &figure.body);
                self.number(plan, block, counted, supplement(words, &figure.body));
            }
            BlockKind::Chart(_) if !in_figure => self.number(plan, block, plan.words.figure, words.figure),
            _ => {}
        }
        let wanted = match (&block.id, &block.kind) {
            (Some(own), _) => own.clone(),
            (None, BlockKind::Heading { .. }) => "section".to_owned(),
            (None, BlockKind::Chart(_)) => "chart".to_owned(),
            (None, BlockKind::Container { name, body, .. }) if name == PAIR => pair_id(body),
            _ => return,
        };
        let id = self.names.id(&wanted);
        if let Some(own) = &block.id {
            let label = match (&block.kind, plan.labels.get(&key(block))) {
                (_, Some(label)) => label.clone(),
                (BlockKind::Heading { body, .. }, None) => quoted(words, &text::plain(body)),
                _ => place.labels.get(&block.span.file).cloned().unwrap_or_default(),
            };
            let name = format!("{own}{}", plan.sides.suffix(block.span.file));
            plan.anchors.entry(name).or_insert(Anchor { href: format!("{}#{id}", place.href), label });
        }
        plan.ids.insert(key(block), id);
    }

    /// Ties the first paragraphs of a pair to each other.
    fn counterparts(&mut self, plan: &mut Plan<'_>, block: &Block) {
        let BlockKind::Container { name, body, .. } = &block.kind else { return };
        let Some(pair) = plan.ids.get(&key(block)).filter(|_| name == PAIR).cloned() else { return };
        let translated = |block: &&Block| plan.sides.language(block.span.file).is_some();
        let (source, target) = (body.first(), body.iter().find(translated));
        let paragraph = |block: &&Block| matches!(block.kind, BlockKind::Paragraph(_));
        let (Some(source), Some(target)) = (source.filter(paragraph), target.filter(paragraph)) else { return };
        let mut id = |block: &Block| {
            let lang = plan.sides.language(block.span.file).unwrap_or(plan.lang);
            let own = plan.ids.entry(key(block)).or_insert_with(|| self.names.id(&format!("{pair}-{}", lang.tag())));
            own.clone()
        };
        let (first, second) = (id(source), id(target));
        plan.counterparts.extend([(key(source), second), (key(target), first)]);
    }

    /// Numbers a block: counted under one word, labelled with that of its own language.
    fn number(&mut self, plan: &mut Plan<'_>, block: &Block, counted: &'static str, word: &'static str) {
        let number = self.partner.take().unwrap_or_else(|| {
            let count = self.counts.entry(counted).or_default();
            *count += 1;
            count.to_string()
        });
        plan.labels.insert(key(block), format!("{word} {number}"));
    }
}

/// The id of a pair, made from what its first block says: it stays when other pairs come or go.
fn pair_id(body: &[Block]) -> String {
    let mut text = String::new();
    walk::blocks(&body[..body.len().min(1)], &mut |block| {
        walk::own_inlines(block, &mut |run| text.push_str(&text::plain(run)));
    });
    let hash = Sha256::digest(text.as_bytes());
    hash.iter().take(4).fold(format!("{PAIR}-"), |id, byte| format!("{id}{byte:02x}"))
}

/// The number in a label such as `Figure 3`.
fn number_in(label: &str) -> Option<&str> {
    label.rsplit_once(' ').map(|(_, number)| number)
}

/// What both languages share stands in the source only: ids of the translation lead there, in its own words.
fn shared_anchors(plan: &mut Plan<'_>, chapter: &Chapter, labels: &BTreeMap<FileId, String>) {
    let words = plan.words_of(chapter.file);
    let suffix = plan.sides.suffix(chapter.file);
    let mut missing = Vec::new();
    walk::chapter_blocks(chapter, &mut |block| {
        let Some(id) = &block.id else { return };
        let name = format!("{id}{suffix}");
        let Some(shown) = plan.anchors.get(id).filter(|_| !plan.anchors.contains_key(&name)) else { return };
        let word = match &block.kind {
            BlockKind::Figure(figure) => Some(supplement(words, &figure.body)),
            BlockKind::Chart(_) => Some(words.figure),
            _ => None,
        };
        let numbered = word.and_then(|word| Some(format!("{word} {}", number_in(&shown.label)?)));
        let label = numbered.or_else(|| labels.get(&chapter.file).cloned()).unwrap_or_default();
        missing.push((name, Anchor { href: shown.href.clone(), label }));
    });
    plan.anchors.extend(missing);
}

/// The word for what a figure holds: the first picture, chart, table or listing in it decides.
fn supplement(words: &ExportWords, body: &[Block]) -> &'static str {
    let mut word = None;
    walk::blocks(body, &mut |block| {
        let found = match &block.kind {
            BlockKind::Table(_) => Some(words.table),
            BlockKind::Code { .. } => Some(words.listing),
            BlockKind::Chart(_) | BlockKind::Qr(_) => Some(words.figure),
            _ => None,
        };
        word = word.or(found);
    });
    word.unwrap_or(words.figure)
}

/// The chapter that blocks are in.
struct Place<'p> {
    href: &'p str,
    /// What a reference to it says, by the file that it is in.
    labels: &'p BTreeMap<FileId, String>,
}

fn quoted(words: &ExportWords, title: &str) -> String {
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
            BlockKind::Container { name, body, .. } if name == PAIR => {
                let mut both = headings(body, plan).into_iter();
                found.extend(
                    both.next().map(|(id, title)| (id, line(&title, both.next().as_ref().map(|b| b.1.as_str())))),
                );
            }
            _ => {}
        }
    }
    found
}
