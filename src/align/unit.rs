//! What is paired: the blocks of a chapter and the parts of them that translate one by one.

mod kind;

use std::collections::HashMap;
use std::ops::{Deref, Range};
use std::sync::Arc;

use super::segments::Segment;
use crate::lang;
use crate::model::{Block, BlockKind, Chapter, Definition, Inline, InlineKind, Lang, ListItem, TextStyle, text};
use crate::source::{FileId, Span, SpanSet};
pub use kind::{MetaField, UnitKind};

/// A title, block, list item, table cell or caption with its own text. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Unit<'a>(Arc<Content<'a>>);

impl<'a> Deref for Unit<'a> {
    type Target = Content<'a>;

    fn deref(&self) -> &Content<'a> {
        &self.0
    }
}

/// What a [`Unit`] holds.
#[derive(Debug)]
pub struct Content<'a> {
    /// What it is; only units of one kind pair.
    pub kind: UnitKind<'a>,
    /// The id that the author gave.
    pub id: Option<&'a str>,
    /// Its place in the manuscript.
    pub span: Span,
    /// Its language.
    pub lang: &'a Lang,
    /// Whether it is marked as unfinished.
    pub draft: bool,
    /// What its source says, where the mark of the unfinished has it.
    pub(super) said: Option<&'a str>,
    /// Whether it is a line of a head that stands in front matter.
    pub in_front_matter: bool,
    /// Whether the author wrote it. A title that no one gave is the file's name.
    pub written: bool,
    /// Its own text, without that of its children. Code has none, but for indented lines that read as prose.
    pub text: String,
    /// Where each part of `text` stands: byte range in `text`, place in the manuscript.
    pieces: Vec<(Range<usize>, Span)>,
    /// Its own inlines: one run for most units, none for those that hold only other units.
    pub runs: Vec<&'a [Inline]>,
    /// The block that it was made from; front matter, items, cells, captions and notes have none.
    pub block: Option<&'a Block>,
    /// Whether it is done, for an item with a box to tick.
    pub done: Option<bool>,
    /// Code, formula or picture, to know it again in the other language.
    pub shown: Option<&'a str>,
    /// The code that is all that it says, as in an item that names a function.
    pub(super) code: Option<&'a str>,
    /// How the name of a person that is all that it says, or that stands at its head in bold, is spelled in Latin letters.
    pub(super) romanised: Vec<String>,
    /// Units inside it.
    pub children: Vec<Unit<'a>>,
    /// Its number in the chapter: units are counted in reading order, each before those inside it.
    pub(super) number: usize,
    /// The sentences of its own text, in the list of those of its chapter.
    pub(super) own: Range<usize>,
    /// Those of its own text and of everything inside it.
    pub(super) all: Range<usize>,
}

impl Unit<'_> {
    /// Its text and that of everything inside it.
    pub fn full_text(&self) -> String {
        self.children.iter().fold(self.text.clone(), |text, child| text + " " + &child.full_text())
    }

    /// What tells the units of a book apart: its file, and its number there.
    pub(crate) fn key(&self) -> (FileId, usize) {
        (self.span.file, self.number)
    }

    /// Number of units in it, itself included.
    pub fn size(&self) -> usize {
        1 + self.children.iter().map(Unit::size).sum::<usize>()
    }
}

/// The units of a chapter and its sentences, both in order.
pub(super) struct Units<'a> {
    pub(super) units: Vec<Unit<'a>>,
    pub(super) sentences: Vec<Segment>,
}

impl<'a> Units<'a> {
    /// Every unit in the order of their numbers.
    pub(super) fn numbered(&self) -> Vec<Unit<'a>> {
        fn gather<'a>(units: &[Unit<'a>], found: &mut Vec<Unit<'a>>) {
            for unit in units {
                debug_assert_eq!(unit.number, found.len(), "units are made in reading order");
                found.push(unit.clone());
                gather(&unit.children, found);
            }
        }
        let mut found = Vec::new();
        gather(&self.units, &mut found);
        found
    }
}

/// The units of a chapter (front matter, blocks, footnotes) and its sentences.
pub(super) fn of_chapter(chapter: &Chapter) -> Units<'_> {
    let mut sentences = Vec::new();
    Units { units: units(chapter, Some(&mut sentences)), sentences }
}

/// The units of a chapter; none knows its sentences.
pub(super) fn alone(chapter: &Chapter) -> Vec<Unit<'_>> {
    units(chapter, None)
}

fn units<'a>(chapter: &'a Chapter, sentences: Option<&mut Vec<Segment>>) -> Vec<Unit<'a>> {
    let drafts = chapter.drafts.iter().map(|draft| draft.target).collect();
    let said = chapter.drafts.iter().filter_map(|draft| Some((draft.mark.end, draft.said.as_deref()?))).collect();
    let mut builder = Builder { lang: &chapter.lang, drafts, said, count: 0, sentences };
    let meta = &chapter.meta;
    let texts = [
        (MetaField::Title, Some(&meta.title)),
        (MetaField::Subtitle, meta.subtitle.as_ref()),
        (MetaField::Byline, meta.byline.as_ref()),
    ];
    let mut units = Vec::new();
    for (field, text) in texts {
        let Some(text) = text else { continue };
        let mut unit = builder.unit(UnitKind::Meta(field), text.span);
        unit.written = field != MetaField::Title || meta.titled;
        unit.in_front_matter = field != MetaField::Title || meta.in_front_matter;
        unit.push_run(&text.run);
        units.push(builder.close(unit, |_| Vec::new()));
    }
    if let Some(Block { kind: BlockKind::Figure(opening), .. }) = &meta.image {
        units.extend(opening.rights().filter_map(|run| builder.run(UnitKind::Credit, run)));
    }
    units.extend(builder.blocks(&chapter.blocks));
    for note in &chapter.notes {
        let mut unit = builder.unit(UnitKind::Note, note.span);
        unit.id = Some(&note.name);
        units.push(builder.close(unit, |builder| builder.blocks(&note.blocks)));
    }
    units
}

/// Makes units, and numbers the sentences in them.
struct Builder<'a, 's> {
    lang: &'a Lang,
    /// What is marked as unfinished.
    drafts: SpanSet,
    /// What the marks of the unfinished say, by where they end.
    said: HashMap<usize, &'a str>,
    /// How many units there are so far.
    count: usize,
    /// Those so far, where they are asked for.
    sentences: Option<&'s mut Vec<Segment>>,
}

impl<'a> Builder<'a, '_> {
    fn unit(&mut self, kind: UnitKind<'a>, span: Span) -> Content<'a> {
        self.count += 1;
        Content {
            number: self.count - 1,
            kind,
            id: None,
            span,
            lang: self.lang,
            draft: self.drafts.encloses(span),
            said: None,
            in_front_matter: false,
            written: true,
            text: String::new(),
            pieces: Vec::new(),
            runs: Vec::new(),
            block: None,
            done: None,
            shown: None,
            code: None,
            romanised: Vec::new(),
            children: Vec::new(),
            own: 0..0,
            all: 0..0,
        }
    }

    /// Ends a unit whose own text is known; its sentences come before those of its children.
    fn close(&mut self, mut unit: Content<'a>, children: impl FnOnce(&mut Self) -> Vec<Unit<'a>>) -> Unit<'a> {
        let start = self.sentences();
        if let [run] = unit.runs[..] {
            unit.said = self.said_before(run);
            unit.code = code(run);
            unit.romanised = lang::of(self.lang).romanised(head(run).unwrap_or(&unit.text));
        }
        if let Some(sentences) = &mut self.sentences {
            for range in lang::of(self.lang).sentences(&unit.text) {
                let span = unit.place_of(range.clone());
                sentences.push(Segment { text: unit.text[range].to_owned(), span });
            }
        }
        unit.own = start..self.sentences();
        unit.children = children(self);
        if let (true, [child]) = (unit.runs.is_empty(), &unit.children[..]) {
            unit.code = child.code;
        }
        if let (true, UnitKind::Item, [child, ..]) = (unit.runs.is_empty(), unit.kind, &unit.children[..]) {
            unit.romanised.clone_from(&child.romanised);
        }
        unit.all = start..self.sentences();
        unit.pieces.shrink_to_fit();
        unit.runs.shrink_to_fit();
        Unit(Arc::new(unit))
    }

    /// What the mark says that stands right before a run.
    fn said_before(&self, run: &[Inline]) -> Option<&'a str> {
        let start = run.first()?.span.start;
        (0..=2).find_map(|blanks| self.said.get(&start.checked_sub(blanks)?).copied())
    }

    /// How many sentences there are so far.
    fn sentences(&self) -> usize {
        self.sentences.as_ref().map_or(0, |sentences| sentences.len())
    }

    fn blocks(&mut self, blocks: &'a [Block]) -> Vec<Unit<'a>> {
        blocks.iter().filter_map(|block| self.block(block)).collect()
    }

    fn block(&mut self, block: &'a Block) -> Option<Unit<'a>> {
        let mut unit = self.unit(UnitKind::of(block)?, block.span);
        unit.id = block.id.as_deref();
        unit.block = Some(block);
        unit.shown = shown(block);
        if let BlockKind::Heading { body, .. } | BlockKind::Paragraph(body) = &block.kind {
            unit.push_run(body);
        }
        if let BlockKind::Callout(callout) = &block.kind
            && !callout.title.is_empty()
        {
            unit.push_run(&callout.title);
        }
        if let BlockKind::Code { text, indented: true, .. } = &block.kind
            && is_prose(text, self.lang)
        {
            unit.push(text, block.span);
        }
        Some(self.close(unit, |builder| builder.inside(block)))
    }

    /// The units inside a block.
    fn inside(&mut self, block: &'a Block) -> Vec<Unit<'a>> {
        match &block.kind {
            BlockKind::Quote(body) | BlockKind::Container { body, .. } => self.blocks(body),
            BlockKind::Callout(callout) => self.blocks(&callout.body),
            BlockKind::List { items, .. } => items.iter().map(|item| self.item(item)).collect(),
            BlockKind::Table(table) => {
                table.cells().map(|cell| self.inlines(UnitKind::Cell, cell.span, &cell.body)).collect()
            }
            BlockKind::Figure(figure) => {
                let mut units = self.blocks(&figure.body);
                units.extend(self.run(UnitKind::Caption, &figure.caption));
                units.extend(figure.rights().filter_map(|run| self.run(UnitKind::Credit, run)));
                units
            }
            BlockKind::Definitions(list) => list.iter().map(|definition| self.definition(definition)).collect(),
            BlockKind::Code { fence, .. } => self.run(UnitKind::Caption, &fence.title).into_iter().collect(),
            BlockKind::Heading { .. }
            | BlockKind::Paragraph(_)
            | BlockKind::Math { .. }
            | BlockKind::Chart(_)
            | BlockKind::Qr(_)
            | BlockKind::Rule
            | BlockKind::PageBreak => Vec::new(),
        }
    }

    fn item(&mut self, item: &'a ListItem) -> Unit<'a> {
        let mut unit = self.unit(UnitKind::Item, item.span);
        unit.done = item.done;
        self.close(unit, |builder| builder.blocks(&item.blocks))
    }

    /// Terms, and inside of them what explains them.
    fn definition(&mut self, definition: &'a Definition) -> Unit<'a> {
        let mut unit = self.unit(UnitKind::Item, definition.span);
        for (number, term) in definition.terms.iter().filter(|term| !term.is_empty()).enumerate() {
            if number > 0 {
                unit.push(" ", definition.span);
            }
            unit.push_run(term);
        }
        self.close(unit, |builder| definition.details.iter().flat_map(|details| builder.blocks(details)).collect())
    }

    /// A caption, the title of code, a credit line; none where nothing is said.
    fn run(&mut self, kind: UnitKind<'a>, run: &'a [Inline]) -> Option<Unit<'a>> {
        let (first, last) = (run.first()?, run.last()?);
        Some(self.inlines(kind, first.span.to(last.span), run))
    }

    fn inlines(&mut self, kind: UnitKind<'a>, span: Span, run: &'a [Inline]) -> Unit<'a> {
        let mut unit = self.unit(kind, span);
        unit.push_run(run);
        self.close(unit, |_| Vec::new())
    }
}

/// Whether indented lines are text of a language rather than code: the other language may have them as a paragraph.
fn is_prose(text: &str, lang: &Lang) -> bool {
    let signs = text.chars().filter(|c| "{}[]<>=;$\\|_#".contains(*c)).count();
    lang::of(lang).is_prose(text) && 20 * signs < text.chars().count()
}

/// The code that is all that a run of inlines says, in marks or in a link if need be.
fn code(run: &[Inline]) -> Option<&str> {
    let [inline] = run else { return None };
    match &inline.kind {
        InlineKind::Code(text) => Some(text),
        InlineKind::Emph(body) | InlineKind::Strong(body) | InlineKind::Link { body, .. } => code(body),
        _ => None,
    }
}

/// The words in bold that a run of inlines begins with.
fn head(run: &[Inline]) -> Option<&str> {
    let InlineKind::Strong(body) = &run.first()?.kind else { return None };
    match &body[..] {
        [Inline { kind: InlineKind::Text(text), .. }] => Some(text),
        _ => None,
    }
}

/// What a block shows that is the same in every language.
fn shown(block: &Block) -> Option<&str> {
    match &block.kind {
        BlockKind::Code { text, .. } | BlockKind::Math { text, .. } => Some(text),
        BlockKind::Qr(qr) => Some(&qr.data),
        BlockKind::Paragraph(run) => match run.as_slice() {
            [Inline { kind: InlineKind::Image(image), .. }] => Some(&image.written),
            _ => None,
        },
        BlockKind::Figure(figure) => figure.body.iter().find_map(shown),
        _ => None,
    }
}

impl<'a> Content<'a> {
    /// The place in the manuscript of a byte range of `text`.
    pub fn place(&self, range: Range<usize>) -> Span {
        // Pieces stand in order, and the empty ones among them hold nothing.
        let next = self.pieces.partition_point(|(piece, _)| piece.end <= range.start);
        let Some((piece, span)) = self.pieces.get(next).filter(|(piece, _)| piece.contains(&range.start)) else {
            return self.span;
        };
        // Only where the text is the source letter for letter can a part of it be shown.
        if piece.len() == span.range().len() && range.end <= piece.end {
            let start = span.start + range.start - piece.start;
            return Span::new(span.file, start..start + range.len());
        }
        *span
    }

    /// The place of a byte range of `text` that may go over several pieces.
    pub fn place_of(&self, range: Range<usize>) -> Span {
        let end = self.text[range.clone()].char_indices().next_back().map_or(range.start, |(at, _)| range.start + at);
        self.place(range.start..range.start + 1).to(self.place(end..range.end))
    }

    fn push(&mut self, text: &str, span: Span) {
        let start = self.text.len();
        self.text.push_str(text);
        self.pieces.push((start..self.text.len(), span));
    }

    fn push_run(&mut self, run: &'a [Inline]) {
        self.runs.push(run);
        self.push_inlines(run);
    }

    /// A number between dollars is one of the text; what else a formula says is not.
    fn push_formula(&mut self, formula: &str, span: Span) {
        let glued = self.text.ends_with(|c: char| c.is_ascii_alphanumeric());
        match text::bare_number(formula) {
            Some(number) if !glued => self.push(&number, span),
            _ => self.push(" ", span),
        }
    }

    fn push_inlines(&mut self, inlines: &[Inline]) {
        for inline in inlines {
            match &inline.kind {
                InlineKind::Text(text) => self.push(text, inline.span),
                InlineKind::Emph(body)
                | InlineKind::Strong(body)
                | InlineKind::Strike(body)
                | InlineKind::Ruby { body, .. }
                | InlineKind::Link { body, .. } => self.push_inlines(body),
                // An exponent, so that 10<sup>6</sup> is not read as 106.
                InlineKind::Styled { style: TextStyle::Superscript, body } => match text::raised(body) {
                    Some(digits) => self.push(&digits, inline.span),
                    None => self.push_inlines(body),
                },
                InlineKind::Styled { body, .. } => self.push_inlines(body),
                InlineKind::Math { text, .. } => self.push_formula(text, inline.span),
                InlineKind::Index(_) => {}
                // A space, so that what stands before and after does not run together into one number or word.
                _ => self.push(" ", inline.span),
            }
        }
    }
}
