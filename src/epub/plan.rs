//! What must be known of the whole book before a page can be written: which file of the e-book holds what of the outline.

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};

use super::both::Both;
use crate::lang::ExportWords;
use crate::model::{Block, BlockKind, Chapter, Lang, Role, text, walk};
use crate::outline::{self, Entry, Key, Kind, Outline, Titled, UniqueNames, key};
use crate::source::FileId;

/// The class of an element that holds a block and its translation.
pub(super) const PAIR: &str = "pair";
/// What holds the caption of the translation of a figure that both languages share.
pub(super) const CAPTION: &str = "translated caption";
/// What holds its credit line.
pub(super) const CREDIT: &str = "translated credit";

/// One file of the reading order made from a chapter.
pub(super) struct Part<'a> {
    /// The chapter as it is written: that of the outline, or the two languages of it merged.
    pub(super) chapter: &'a Chapter,
    /// What the outline says of it.
    pub(super) outlined: &'a outline::Part<'a>,
    /// File name inside the package.
    pub(super) href: String,
    /// Its title with its number, never empty.
    pub(super) title: Both,
    /// The page of the part of the book that it opens.
    pub(super) opening: Option<Opening<'a>>,
    /// Level-2 headings as id and text.
    pub(super) headings: Vec<(String, Both)>,
}

/// The page that opens a part of the book.
pub(super) struct Opening<'a> {
    /// What the outline says of it.
    pub(super) division: &'a Titled<'a>,
    /// File name inside the package.
    pub(super) href: String,
    /// Its title with its number.
    pub(super) title: Both,
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
    /// Numbers, anchors, languages.
    pub(super) outline: &'a Outline<'a>,
    /// Language of the edition.
    pub(super) lang: &'a Lang,
    /// The exporter's words in it.
    pub(super) words: &'static ExportWords,
    /// The parts in reading order.
    pub(super) parts: Vec<Part<'a>>,
    /// Ids of what is only in the e-book: pairs, and the paragraphs in them.
    pairs: BTreeMap<Key, String>,
    /// Id of the counterpart of each paragraph that has one beside it.
    pub(super) counterparts: BTreeMap<Key, String>,
}

impl<'a> Plan<'a> {
    /// Plans the chapters of an edition, one for each part of its outline.
    pub(super) fn new(chapters: &'a [Chapter], lang: &'a Lang, outline: &'a Outline<'a>) -> (Self, UniqueNames) {
        let mut names = outline.names();
        let mut plan = Plan {
            outline,
            lang,
            words: lang.export_words(),
            parts: Vec::new(),
            pairs: BTreeMap::new(),
            counterparts: BTreeMap::new(),
        };
        for (chapter, outlined) in chapters.iter().zip(outline.parts()) {
            plan.pairs(chapter, &mut names);
            let part = Part {
                chapter,
                outlined,
                href: names.file("ch-", &chapter.stem, ".xhtml"),
                title: title(outlined, outline),
                opening: outline.opened_by(outlined).map(|at| opening(at, outline, &mut names)),
                headings: headings(&chapter.blocks, &plan),
            };
            plan.parts.push(part);
        }
        (plan, names)
    }

    /// The id of a block, if it has one.
    pub(super) fn id(&self, block: &Block) -> Option<&str> {
        match self.outline.of(block).and_then(|entry| entry.anchor.as_deref()) {
            Some(anchor) => Some(anchor),
            None => self.pairs.get(&key(block)).map(String::as_str),
        }
    }

    /// The number of a part that goes by it, such as `Chapter 3`, in one language if it has that.
    pub(super) fn name_in(&self, part: &Part<'_>, lang: &Lang) -> Option<String> {
        let chapter = part.outlined.chapters().find(|chapter| chapter.lang == *lang).unwrap_or(part.outlined.chapter);
        let ordinal = self.outline.ordinal_named(part.outlined)?;
        Some(ordinal.name(outline::words(&chapter.lang)))
    }

    /// The title of a part after its number, in one language if it has that.
    pub(super) fn title_in(&self, part: &Part<'_>, lang: &Lang) -> String {
        let mut chapters = part.outlined.chapters();
        let chapter = chapters.find(|chapter| chapter.lang == *lang).unwrap_or(part.outlined.chapter);
        said(part.outlined, &chapter.lang, outline::title(chapter), self.outline)
    }

    /// The number of a chapter whose title does not name it, as it stands at its opening.
    pub(super) fn sign(&self, part: &Part<'_>) -> Option<String> {
        let named = self.outline.ordinal_named(part.outlined).is_some();
        let ordinal = part.outlined.ordinal.filter(|_| !named)?;
        Some(ordinal.sign(outline::words(&part.chapter.lang)))
    }

    /// The number of a figure, a table or a chart with its word, as its caption says it.
    pub(super) fn number(&self, block: &Block) -> Option<String> {
        let entry = self.outline.of(block).filter(|entry| entry.count().is_some())?;
        Some(self.outline.reference(entry).text(outline::words(entry.lang)))
    }

    /// The same as the caption of its translation says it.
    pub(super) fn number_in(&self, block: &Block, lang: &Lang) -> Option<String> {
        let entry = self.outline.of(block).filter(|entry| entry.count().is_some())?;
        Some(self.outline.reference(entry).text(outline::words(lang)))
    }

    /// The number of a formula alone, as it stands beside it.
    pub(super) fn count(&self, block: &Block) -> Option<String> {
        self.outline.of(block)?.counted()
    }

    /// The number of a heading.
    pub(super) fn section(&self, block: &Block) -> Option<&str> {
        self.outline.of(block)?.section.as_deref()
    }

    /// The level that a heading is shown with.
    pub(super) fn level(&self, block: &Block) -> Option<u8> {
        match self.outline.of(block)?.kind {
            Kind::Heading { level } => Some(level),
            _ => None,
        }
    }

    /// The exporter's words for what stands in a file.
    pub(super) fn words_of(&self, file: FileId) -> &'static ExportWords {
        self.outline.language(file).export_words()
    }

    /// Where an id leads that is named in a file.
    pub(super) fn anchor(&self, id: &str, file: FileId) -> Option<Anchor> {
        let entry = self.outline.named(id, file)?;
        let part = self.parts.get(entry.part)?;
        let href = match (entry.kind, &entry.anchor) {
            (Kind::Chapter, _) | (_, None) => part.href.clone(),
            (_, Some(anchor)) => format!("{}#{anchor}", part.href),
        };
        Some(Anchor { href, label: self.outline.reference(entry).text(outline::words(entry.lang)) })
    }

    /// The first part of a role.
    pub(super) fn part_of(&self, role: Role) -> Option<&Part<'a>> {
        self.parts.iter().find(|p| p.chapter.meta.role == role)
    }

    /// Gives ids to the pairs of a chapter.
    fn pairs(&mut self, chapter: &Chapter, names: &mut UniqueNames) {
        walk::chapter_blocks(chapter, &mut |block| {
            if let BlockKind::Container { name, body, .. } = &block.kind
                && name == PAIR
            {
                let id = names.id(&pair_id(body));
                self.counterparts(body, &id, names);
                self.pairs.insert(key(block), id);
            }
        });
    }

    /// Ties the first paragraphs of a pair to each other.
    fn counterparts(&mut self, body: &[Block], pair: &str, names: &mut UniqueNames) {
        let translated = |block: &&Block| self.outline.is_translation(block.span.file);
        let (source, target) = (body.first(), body.iter().find(translated));
        let paragraph = |block: &&Block| matches!(block.kind, BlockKind::Paragraph(_));
        let (Some(source), Some(target)) = (source.filter(paragraph), target.filter(paragraph)) else { return };
        let [first, second] = [source, target].map(|block| self.paragraph_id(block, pair, names));
        self.counterparts.extend([(key(source), second), (key(target), first)]);
    }

    fn paragraph_id(&mut self, block: &Block, pair: &str, names: &mut UniqueNames) -> String {
        if let Some(own) = self.id(block) {
            return own.to_owned();
        }
        let id = names.id(&format!("{pair}-{}", self.outline.language(block.span.file).tag()));
        self.pairs.insert(key(block), id.clone());
        id
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

/// Level-2 headings of the running text, columns included, sidebars not.
fn headings(blocks: &[Block], plan: &Plan<'_>) -> Vec<(String, Both)> {
    let one = |(id, _, title): (String, Lang, String)| (id, Both::new(title, None));
    let mut found = Vec::new();
    for block in blocks {
        match &block.kind {
            BlockKind::Heading { .. } => found.extend(heading(block, plan).map(one)),
            BlockKind::Container { name, body, .. } if name == "columns" => found.extend(headings(body, plan)),
            BlockKind::Container { name, body, .. } if name == PAIR => {
                let mut both = body.iter().filter_map(|inner| heading(inner, plan));
                let (first, second) = (both.next(), both.next());
                let second = second.as_ref().map(|(_, lang, title)| (lang, title.clone()));
                match first {
                    Some((id, _, title)) => found.push((id, Both::new(title, second))),
                    None => found.extend(headings(body, plan)),
                }
            }
            _ => {}
        }
    }
    found
}

/// The id, the language and the words of a heading of level 2 that has any.
fn heading(block: &Block, plan: &Plan<'_>) -> Option<(String, Lang, String)> {
    let is_heading = matches!(block.kind, BlockKind::Heading { .. }) && plan.level(block) == Some(2);
    let entry = plan.outline.of(block).filter(|entry| is_heading && !entry.title.is_empty())?;
    Some((entry.anchor.clone()?, entry.lang.clone(), numbered_title(entry)))
}

/// The words of a heading after its number.
fn numbered_title(entry: &Entry<'_>) -> String {
    match &entry.section {
        Some(number) => format!("{number} {}", entry.title),
        None => entry.title.clone(),
    }
}

/// The title of a chapter after its number, in the languages that it is in.
fn title(part: &outline::Part<'_>, outline: &Outline<'_>) -> Both {
    let other =
        part.translation.map(|other| (&other.lang, said(part, &other.lang, other.meta.title.value.trim(), outline)));
    Both::new(said(part, &part.chapter.lang, outline::title(part.chapter), outline), other)
}

fn said(part: &outline::Part<'_>, lang: &Lang, title: &str, outline: &Outline<'_>) -> String {
    named(outline.ordinal_named(part).map(|ordinal| ordinal.name(outline::words(lang))), title, lang)
}

/// The page of a part of the book.
fn opening<'a>(at: usize, outline: &'a Outline<'a>, names: &mut UniqueNames) -> Opening<'a> {
    let division = &outline.divisions()[at];
    let said = |lang: &Lang| named(division.name(outline::words(lang)), division.title(lang), lang);
    let other = outline.second_language().map(|lang| (lang, said(lang)));
    let title = Both::new(said(outline.languages()[0]), other);
    Opening { division, href: names.file("part-", &(at + 1).to_string(), ".xhtml"), title }
}

/// A title after a number that is a name of its own.
fn named(name: Option<String>, title: &str, lang: &Lang) -> String {
    match name {
        Some(name) => format!("{name}{}{title}", lang.export_words().caption_gap),
        None => title.to_owned(),
    }
}
