//! A page as blocks.

use super::super::document::{Block, BlockKind, Inline, Note};
use super::super::inlines::{is_empty, tidy};
use super::super::report::Kind;
use super::super::tally::Tally;
use super::links::{Links, Target, target};
use super::styles::Looks;
use super::xhtml::Xhtml as _;
use super::{Page, Pages, kinds};
use crate::diagnostic::Severity;
use crate::foreign::xml::{Element, Node};
use crate::message::Message;
use std::collections::{BTreeMap, BTreeSet};

/// Reads pages one after the other.
pub(super) struct Reader<'a> {
    /// The name of the e-book.
    pub(super) file: &'a str,
    pub(super) pages: &'a [Page],
    pub(super) by_path: &'a BTreeMap<String, usize>,
    pub(super) links: &'a Links,
    pub(super) tally: &'a mut Tally,
    /// The page that is read.
    pub(super) page: usize,
    /// What stands around the place that is read, the outermost first.
    pub(super) outer: Vec<&'a Element>,
    /// Ids that the next block has.
    pending: Vec<(usize, String)>,
    /// What each wanted place is called in the document: page and id, and the id of the block.
    pub(super) named: BTreeMap<(usize, String), String>,
    /// The ids that are given.
    ids: BTreeSet<String>,
    pub(super) notes: Vec<Note>,
    /// The paths of pictures that are shown.
    pub(super) pictures: BTreeSet<String>,
    /// Pictures that are drawn in pages: names and SVG.
    pub(super) drawn: Vec<(String, String)>,
}

impl<'a> Reader<'a> {
    /// A reader of pages, of which none is read yet.
    pub(super) fn new(file: &'a str, pages: &'a Pages, links: &'a Links, tally: &'a mut Tally) -> Self {
        let (pages, by_path) = (pages.all.as_slice(), &pages.by_path);
        let (outer, pending, notes, drawn) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        let (named, ids, pictures) = (BTreeMap::new(), BTreeSet::new(), BTreeSet::new());
        Self { file, pages, by_path, links, tally, page: 0, outer, pending, named, ids, notes, pictures, drawn }
    }

    /// The blocks of a page.
    pub(super) fn page(&mut self, nth: usize) -> Vec<Block> {
        self.page = nth;
        self.outer.clear();
        let Some(page) = self.pages.get(nth) else { return Vec::new() };
        if self.links.wanted.contains(&(nth, String::new())) {
            self.pending.push((nth, String::new()));
        }
        let body = page.tree.root.find("body").unwrap_or(&page.tree.root);
        let mut blocks = self.element(body);
        // What is named at the end of a page is named with what stands there.
        if !self.pending.is_empty() {
            let id = blocks.last_mut().map(|last| (last.id.take(), last));
            if let Some((id, last)) = id {
                last.id = self.name_pending(id);
            }
        }
        blocks
    }

    /// The file in the e-book and the line of an element.
    pub(super) fn at(&self, element: &Element) -> String {
        let page = self.pages.get(self.page);
        page.map(|page| format!("{}:{}", page.path, page.line(element.at.start))).unwrap_or_default()
    }

    pub(super) fn once(&mut self, kind: Kind, severity: Severity, element: &Element, message: Message, lost: &str) {
        let at = self.at(element);
        self.tally.once(kind, severity, (self.file, &at), message, lost.trim());
    }

    /// What an address leads to.
    pub(super) fn target(&self, href: &str) -> Target {
        target(href, self.page, self.pages, self.by_path)
    }

    pub(super) fn looks(&self, element: &Element) -> Looks {
        self.pages.get(self.page).map(|page| page.styles.of(element, &self.outer)).unwrap_or_default()
    }

    /// Remembers an id for the next block.
    pub(super) fn note_id(&mut self, element: &Element) {
        if let Some(id) = element.id()
            && self.links.wanted.contains(&(self.page, id.to_owned()))
        {
            self.pending.push((self.page, id.to_owned()));
        }
    }

    /// The id of a block that has all that are pending: the one that it has, or one that no other place has.
    pub(super) fn name_pending(&mut self, own: Option<String>) -> Option<String> {
        let pending = std::mem::take(&mut self.pending);
        let (page, first) = pending.first()?;
        let stem = self.pages.get(*page).map_or("", |page| page.stem());
        let short = if first.is_empty() { stem } else { first };
        let id = own.unwrap_or_else(|| match self.ids.contains(short) {
            true => format!("{stem}-{first}-{}", self.ids.len()),
            false => short.to_owned(),
        });
        self.ids.insert(id.clone());
        for place in pending {
            self.named.insert(place, id.clone());
        }
        Some(id)
    }

    /// Takes the pending ids away, for a block that is made when what it holds is read.
    pub(super) fn pending_ids(&mut self) -> Vec<(usize, String)> {
        std::mem::take(&mut self.pending)
    }

    /// Puts them back before those that what it holds has left.
    pub(super) fn put_back(&mut self, ids: Vec<(usize, String)>) {
        self.pending.splice(0..0, ids);
    }

    /// A block that begins at an element.
    pub(super) fn block(&mut self, at: &Element, kind: BlockKind) -> Block {
        let id = self.name_pending(None);
        Block { at: self.at(at), id, kind }
    }

    /// The blocks in an element.
    pub(super) fn inside(&mut self, element: &'a Element) -> Vec<Block> {
        self.outer.push(element);
        let blocks = self.nodes(&element.children, element);
        self.outer.pop();
        blocks
    }

    /// Blocks, and what stands between them as paragraphs.
    pub(super) fn nodes(&mut self, nodes: &'a [Node], at: &'a Element) -> Vec<Block> {
        let mut blocks = Vec::new();
        let mut run = 0..0;
        for (nth, node) in nodes.iter().enumerate() {
            match node.element().filter(|element| kinds::holds_blocks(element)) {
                Some(element) => {
                    self.paragraph(nodes.get(run.clone()).unwrap_or_default(), at, &mut blocks);
                    blocks.extend(self.element(element));
                    run = nth + 1..nth + 1;
                }
                None => run.end = nth + 1,
            }
        }
        self.paragraph(nodes.get(run).unwrap_or_default(), at, &mut blocks);
        blocks
    }

    /// Adds a paragraph, and formulas in it that stand by themselves.
    fn paragraph(&mut self, nodes: &'a [Node], at: &'a Element, blocks: &mut Vec<Block>) {
        let inlines = tidy(self.inlines(nodes));
        let first = nodes.iter().find_map(Node::element).filter(|_| !matches!(at.name.as_str(), "p"));
        if !is_empty(&inlines) {
            let place = first.unwrap_or(at);
            let kind = match inlines.as_slice() {
                [Inline::Formula(tex)] if kinds::is_display(nodes) => BlockKind::Formula(tex.clone()),
                _ => BlockKind::Paragraph(inlines),
            };
            blocks.push(self.block(place, kind));
        }
    }

    /// The blocks that an element is.
    pub(super) fn element(&mut self, element: &'a Element) -> Vec<Block> {
        if self.is_left_out(element) {
            return Vec::new();
        }
        if let Some(name) = self.links.notes.get(&(self.page, element.at.start)) {
            self.note(element, name.clone());
            return Vec::new();
        }
        self.note_id(element);
        match kinds::level(element) {
            Some(level) => self.heading(element, level),
            None => self.structure(element),
        }
    }

    fn structure(&mut self, element: &'a Element) -> Vec<Block> {
        match element.name.as_str() {
            "hr" => vec![self.block(element, BlockKind::Rule)],
            "ul" | "ol" | "menu" | "dir" => self.list(element),
            "dl" => self.definitions(element),
            "pre" => self.code(element),
            "table" => self.table(element),
            "figure" => self.figure(element),
            _ if kinds::is_poem(element) => self.poem(element),
            _ if element.is(&["epigraph"]) || element.says("class", &["epigraph"]) => {
                self.container(element, "epigraph")
            }
            "blockquote" => self.wrapped(element, BlockKind::Quote),
            "aside" => self.container(element, "aside"),
            "details" => self.details(element),
            _ => self.inside_or_notes(element),
        }
    }

    fn heading(&mut self, element: &'a Element, level: u8) -> Vec<Block> {
        let line = self.line(element);
        if is_empty(&line) {
            return Vec::new();
        }
        let pictures =
            line.iter().all(|inline| matches!(inline, Inline::Picture(..)) || is_empty(std::slice::from_ref(inline)));
        let kind = if pictures { BlockKind::Paragraph(line) } else { BlockKind::Heading(level, unmarked(line)) };
        vec![self.block(element, kind)]
    }

    /// All that stands in an element as one line; blocks in it are parted by breaks.
    pub(super) fn line(&mut self, element: &'a Element) -> Vec<Inline> {
        self.outer.push(element);
        let line = self.inlines(&element.children);
        self.outer.pop();
        let mut line = tidy(line);
        while matches!(line.last(), Some(Inline::Break)) {
            line.pop();
        }
        line
    }

    fn wrapped(&mut self, element: &'a Element, kind: fn(Vec<Block>) -> BlockKind) -> Vec<Block> {
        let ids = self.pending_ids();
        let inside = self.inside(element);
        self.put_back(ids);
        if inside.is_empty() { Vec::new() } else { vec![self.block(element, kind(inside))] }
    }

    fn container(&mut self, element: &'a Element, name: &str) -> Vec<Block> {
        let mut blocks = self.wrapped(element, BlockKind::Quote);
        for block in &mut blocks {
            if let BlockKind::Quote(inside) = &mut block.kind {
                block.kind = BlockKind::Container(name.to_owned(), std::mem::take(inside));
            }
        }
        blocks
    }

    fn details(&mut self, element: &'a Element) -> Vec<Block> {
        let summary = element.elements().find(|child| child.name == "summary");
        let title = summary.map(|summary| self.line(summary)).unwrap_or_default();
        let mut blocks = self.wrapped(element, BlockKind::Quote);
        for block in &mut blocks {
            if let BlockKind::Quote(inside) = &mut block.kind {
                let mut inside = std::mem::take(inside);
                if summary.is_some()
                    && matches!(inside.first(), Some(first) if matches!(&first.kind, BlockKind::Paragraph(line) if *line == title))
                {
                    inside.remove(0);
                }
                block.kind = BlockKind::Callout("details".to_owned(), title.clone(), inside);
            }
        }
        blocks
    }

    /// Blocks of a section; the heading of notes that are taken out of it goes with them.
    fn inside_or_notes(&mut self, element: &'a Element) -> Vec<Block> {
        let before = self.notes.len();
        let blocks = self.inside(element);
        let only_heads = blocks.iter().all(|block| matches!(block.kind, BlockKind::Heading(..) | BlockKind::Rule));
        if self.notes.len() > before && only_heads && !blocks.is_empty() {
            let lost = super::super::inlines::words(&blocks);
            let message = msg!("the headings above notes are left out: the notes stand where their marks are");
            self.once(Kind::Dropped, Severity::Info, element, message, &lost);
            return Vec::new();
        }
        blocks
    }

    fn list(&mut self, element: &'a Element) -> Vec<Block> {
        let ids = self.pending_ids();
        let start =
            (element.name == "ol").then(|| element.attribute("start").and_then(|n| n.trim().parse().ok()).unwrap_or(1));
        self.outer.push(element);
        let mut items: Vec<Vec<Block>> = Vec::new();
        for node in &element.children {
            match node {
                // A list that stands beside the items belongs to the one before it.
                Node::Element(inner) if matches!(inner.name.as_str(), "ul" | "ol") && !items.is_empty() => {
                    let blocks = self.element(inner);
                    if let Some(item) = items.last_mut() {
                        item.extend(blocks);
                    }
                }
                Node::Element(inner) if kinds::holds_blocks(inner) => items.push(self.element(inner)),
                Node::Text(text) if text.trim().is_empty() => {}
                _ => items.push(self.nodes(std::slice::from_ref(node), element)),
            }
        }
        self.outer.pop();
        items.retain(|item| !item.is_empty());
        self.put_back(ids);
        if items.is_empty() { Vec::new() } else { vec![self.block(element, BlockKind::List(start, items))] }
    }

    fn definitions(&mut self, element: &'a Element) -> Vec<Block> {
        let mut parts = Vec::new();
        for child in element.elements() {
            if child.name == "div" { parts.extend(child.elements()) } else { parts.push(child) }
        }
        let ids = self.pending_ids();
        self.outer.push(element);
        let mut items: Vec<(Vec<Inline>, Vec<Block>)> = Vec::new();
        for part in parts {
            self.note_id(part);
            if part.name == "dt" {
                let line = self.line(part);
                match items.last_mut().filter(|(_, blocks)| blocks.is_empty()) {
                    Some((term, _)) => {
                        term.push(Inline::Break);
                        term.extend(line);
                    }
                    None => items.push((line, Vec::new())),
                }
            } else {
                let blocks = self.element(part);
                match items.last_mut() {
                    Some((_, before)) => before.extend(blocks),
                    None => items.push((Vec::new(), blocks)),
                }
            }
        }
        self.outer.pop();
        self.put_back(ids);
        items.retain(|(term, blocks)| !is_empty(term) || !blocks.is_empty());
        if items.is_empty() { Vec::new() } else { vec![self.block(element, BlockKind::Definitions(items))] }
    }

    fn code(&mut self, element: &'a Element) -> Vec<Block> {
        let inner = element.elements().next().filter(|_| element.elements().count() == 1);
        let classes = [Some(element), inner].into_iter().flatten().filter_map(|one| one.attribute("class"));
        let words: Vec<&str> = classes.flat_map(str::split_ascii_whitespace).collect();
        let language = words.iter().find_map(|word| word.strip_prefix("language-").or(word.strip_prefix("lang-")));
        let text = kinds::preformatted(element);
        let text = text.strip_prefix('\n').unwrap_or(&text).trim_end_matches('\n').to_owned();
        if text.trim().is_empty() {
            return self.inside(element);
        }
        let kind = BlockKind::Code(language.map(|language| (*language).to_owned()), text);
        vec![self.block(element, kind)]
    }

    /// Verses: lines end where they do, an empty line parts stanzas.
    fn poem(&mut self, element: &'a Element) -> Vec<Block> {
        let ids = self.pending_ids();
        let blocks = self.inside(element);
        self.put_back(ids);
        if blocks.is_empty() {
            Vec::new()
        } else {
            vec![self.block(element, BlockKind::Container("poem".to_owned(), blocks))]
        }
    }

    fn note(&mut self, element: &'a Element, name: String) {
        let pending = std::mem::take(&mut self.pending);
        self.note_id(element);
        let mut blocks = self.inside(element);
        self.pending = pending;
        let number = self.links.numbered.get(&(self.page, element.at.start)).map(String::as_str);
        let lost = kinds::cut_number(&mut blocks, number);
        if !lost.is_empty() {
            let message = msg!("the numbers of notes are left out: notes are counted anew");
            self.once(Kind::Changed, Severity::Info, element, message, &lost);
        }
        self.notes.push(Note { name, blocks });
    }
}

/// A heading without emphasis that is all of it.
fn unmarked(mut line: Vec<Inline>) -> Vec<Inline> {
    match line.as_mut_slice() {
        [Inline::Strong(inner) | Inline::Emphasis(inner)] => unmarked(std::mem::take(inner)),
        _ => line,
    }
}
