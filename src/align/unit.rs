//! What is paired: the blocks of a chapter and the parts of them that translate one by one.

use crate::model::{Attr, Block, BlockKind, Chapter, Chart, Inline, InlineKind, Lang};
use crate::source::Span;

/// A title, block, list item, table cell or caption with its own text.
#[derive(Debug, Clone)]
pub struct Unit<'a> {
    /// What it is; only units of one kind pair.
    pub kind: UnitKind<'a>,
    /// The id that the author gave.
    pub id: Option<&'a str>,
    /// Its place in the manuscript.
    pub span: Span,
    /// Its language.
    pub lang: &'a Lang,
    /// Its own text, without that of its children.
    pub text: String,
    /// Where each part of `text` stands: byte range in `text`, place in the manuscript.
    pieces: Vec<(std::ops::Range<usize>, Span)>,
    /// Its own inlines: one run for most units, none for those that hold only other units.
    pub runs: Vec<&'a [Inline]>,
    /// The block that it was made from; front matter, items, cells, captions and notes have none.
    pub block: Option<&'a Block>,
    /// Code, formula or picture, to know it again in the other language.
    pub shown: Option<&'a str>,
    /// Units inside it.
    pub children: Vec<Unit<'a>>,
}

/// The kinds of unit.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum UnitKind<'a> {
    /// Front-matter text: its key.
    Meta(&'static str),
    /// A heading and its level.
    Heading(u8),
    /// A building block: its name and attributes.
    Container(&'a str, &'a [Attr]),
    /// A chart.
    Chart(&'a Chart),
    /// The caption of a figure.
    Caption,
    /// An item of a list.
    Item,
    /// A cell of a table.
    Cell,
    /// A footnote.
    Note,
    /// Any other block, by its name.
    Block(&'static str),
}

impl UnitKind<'_> {
    /// A short name for messages.
    pub fn name(&self) -> &str {
        match self {
            UnitKind::Meta(key) | UnitKind::Block(key) => key,
            UnitKind::Heading(_) => "heading",
            UnitKind::Container(name, _) => name,
            UnitKind::Chart(_) => "chart",
            UnitKind::Caption => "caption",
            UnitKind::Item => "list item",
            UnitKind::Cell => "table cell",
            UnitKind::Note => "footnote",
        }
    }

    /// Whether two units may be translations of each other.
    pub(super) fn matches(&self, other: &UnitKind<'_>) -> bool {
        match (self, other) {
            (UnitKind::Container(a, _), UnitKind::Container(b, _)) => a == b,
            (UnitKind::Meta(a), UnitKind::Meta(b)) | (UnitKind::Block(a), UnitKind::Block(b)) => a == b,
            _ => std::mem::discriminant(self) == std::mem::discriminant(other),
        }
    }
}

impl Unit<'_> {
    /// The place in the manuscript of a byte range of `text`.
    pub fn place(&self, range: std::ops::Range<usize>) -> Span {
        let Some((piece, span)) = self.pieces.iter().find(|(piece, _)| piece.contains(&range.start)) else {
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
    pub fn place_of(&self, range: std::ops::Range<usize>) -> Span {
        let end = self.text[range.clone()].char_indices().next_back().map_or(range.start, |(at, _)| range.start + at);
        self.place(range.start..range.start + 1).to(self.place(end..range.end))
    }

    /// Its text and that of everything inside it.
    pub fn full_text(&self) -> String {
        self.children.iter().fold(self.text.clone(), |text, child| text + " " + &child.full_text())
    }

    /// Number of units in it, itself included.
    pub fn size(&self) -> usize {
        1 + self.children.iter().map(Unit::size).sum::<usize>()
    }
}

/// The units of a chapter: front matter, blocks, footnotes.
pub(super) fn of_chapter(chapter: &Chapter) -> Vec<Unit<'_>> {
    let lang = &chapter.lang;
    let meta = &chapter.meta;
    let titled = [("title", Some(&meta.title)), ("subtitle", meta.subtitle.as_ref()), ("byline", meta.byline.as_ref())];
    let mut units: Vec<Unit<'_>> = titled
        .into_iter()
        .filter_map(|(key, text)| {
            let text = text?;
            let mut unit = Unit::new(UnitKind::Meta(key), text.span, lang);
            unit.push(&text.value, text.span);
            Some(unit)
        })
        .collect();
    units.extend(of_blocks(&chapter.blocks, lang));
    units.extend(chapter.notes.iter().map(|note| {
        let mut unit = Unit::new(UnitKind::Note, note.span, lang);
        unit.id = Some(&note.name);
        unit.children = of_blocks(&note.blocks, lang);
        unit
    }));
    units
}

fn of_blocks<'a>(blocks: &'a [Block], lang: &'a Lang) -> Vec<Unit<'a>> {
    blocks.iter().map(|block| of_block(block, lang)).collect()
}

fn of_block<'a>(block: &'a Block, lang: &'a Lang) -> Unit<'a> {
    let kind = match &block.kind {
        BlockKind::Heading { level, .. } => UnitKind::Heading(*level),
        BlockKind::Container { name, attrs, .. } => UnitKind::Container(name, attrs),
        BlockKind::Chart(chart) => UnitKind::Chart(chart),
        other => UnitKind::Block(other.name()),
    };
    let mut unit = Unit::new(kind, block.span, lang);
    unit.id = block.id.as_deref();
    unit.block = Some(block);
    unit.shown = shown(block);
    match &block.kind {
        BlockKind::Heading { body, .. } | BlockKind::Paragraph(body) => unit.push_run(body),
        BlockKind::Quote(body) | BlockKind::Container { body, .. } => unit.children = of_blocks(body, lang),
        BlockKind::List { items, .. } => {
            unit.children =
                items.iter().map(|item| with_blocks(UnitKind::Item, item.span, &item.blocks, lang)).collect();
        }
        BlockKind::Table(table) => {
            let cells = table.head.iter().chain(table.rows.iter().flatten());
            unit.children = cells.map(|cell| with_inlines(UnitKind::Cell, cell.span, &cell.body, lang)).collect();
        }
        BlockKind::Figure(figure) => {
            unit.children = of_blocks(&figure.body, lang);
            if let (Some(first), Some(last)) = (figure.caption.first(), figure.caption.last()) {
                unit.children.push(with_inlines(UnitKind::Caption, first.span.to(last.span), &figure.caption, lang));
            }
        }
        BlockKind::Definitions(list) => {
            unit.children = list
                .iter()
                .map(|definition| {
                    let mut item = with_blocks(UnitKind::Item, definition.span, &definition.details, lang);
                    item.push_run(&definition.term);
                    item
                })
                .collect();
        }
        BlockKind::Code { .. } | BlockKind::Math { .. } | BlockKind::Chart(_) | BlockKind::Qr(_) | BlockKind::Rule => {}
    }
    unit
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

fn with_blocks<'a>(kind: UnitKind<'a>, span: Span, blocks: &'a [Block], lang: &'a Lang) -> Unit<'a> {
    let mut unit = Unit::new(kind, span, lang);
    unit.children = of_blocks(blocks, lang);
    unit
}

fn with_inlines<'a>(kind: UnitKind<'a>, span: Span, inlines: &'a [Inline], lang: &'a Lang) -> Unit<'a> {
    let mut unit = Unit::new(kind, span, lang);
    unit.push_run(inlines);
    unit
}

impl<'a> Unit<'a> {
    fn new(kind: UnitKind<'a>, span: Span, lang: &'a Lang) -> Self {
        Self {
            kind,
            id: None,
            span,
            lang,
            text: String::new(),
            pieces: Vec::new(),
            runs: Vec::new(),
            block: None,
            shown: None,
            children: Vec::new(),
        }
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

    fn push_inlines(&mut self, inlines: &[Inline]) {
        for inline in inlines {
            match &inline.kind {
                InlineKind::Text(text) => self.push(text, inline.span),
                InlineKind::Emph(body)
                | InlineKind::Strong(body)
                | InlineKind::Strike(body)
                | InlineKind::Link { body, .. } => self.push_inlines(body),
                // A space, so that what stands before and after does not run together into one number or word.
                _ => self.push(" ", inline.span),
            }
        }
    }
}
