//! `dama.pairs`: the blocks of a chapter beside their translations.

use typst::diag::SourceResult;
use typst::engine::Engine;
use typst::foundations::{Array, Content, IntoValue, Str, Value};
use typst::model::FigureElem;
use typst::syntax::Spanned;

use super::convert;
use super::native::{How, Reading, lower_blocks, read_path};
use crate::align::{self, Pair, Unit, UnitKind};
use crate::model::{Attr, Block, BlockKind, Inline, InlineKind};

/// The pairs of the chapter at `path` and of its translation at `other`, as an array of dictionaries. Without a
/// translation every block stands alone.
pub(super) fn pairs(
    engine: &mut Engine,
    how: &How,
    path: &Spanned<Str>,
    other: Option<&Spanned<Str>>,
) -> SourceResult<Value> {
    let source = read_path(engine, path)?;
    let Some(other) = other else {
        let rows = source.chapter.blocks.iter().map(Row::source).collect();
        return Table { source: &source, target: None, how }.values(engine, rows);
    };
    let target = read_path(engine, other)?;
    let pairs = align::pair_chapter(&source.chapter, &target.chapter);
    let rows = rows(&pairs, &source.chapter.blocks, &target.chapter.blocks);
    Table { source: &source, target: Some(&target), how }.values(engine, rows)
}

/// A block and its translation; at least one of them is there.
struct Row<'a> {
    source: Option<&'a Block>,
    target: Option<&'a Block>,
    /// What stands inside, when both are building blocks.
    inner: Vec<Row<'a>>,
}

impl<'a> Row<'a> {
    fn source(block: &'a Block) -> Self {
        Self { source: Some(block), target: None, inner: Vec::new() }
    }
}

/// The pairs among two lists of blocks, in reading order.
fn rows<'a>(pairs: &[Pair<'_>], source: &'a [Block], target: &'a [Block]) -> Vec<Row<'a>> {
    let mut found = Vec::new();
    for pair in pairs {
        let a = pair.source.as_ref().and_then(|unit| block_of(unit, source));
        let b = pair.target.as_ref().and_then(|unit| block_of(unit, target));
        let inner = match (a.map(|block| &block.kind), b.map(|block| &block.kind)) {
            (Some(BlockKind::Container { body: a, .. }), Some(BlockKind::Container { body: b, .. })) => {
                rows(pairs, a, b)
            }
            (None, None) => continue,
            _ => Vec::new(),
        };
        found.push(Row { source: a, target: b, inner });
    }
    found
}

/// The block of this list that a unit was made from.
fn block_of<'a>(unit: &Unit<'_>, blocks: &'a [Block]) -> Option<&'a Block> {
    // A figure made from a lone picture and the paragraph in it stand at the same place: the kind tells them apart.
    let same_kind = |block: &Block| match (&unit.kind, &block.kind) {
        (UnitKind::Heading(_), BlockKind::Heading { .. })
        | (UnitKind::Container(..), BlockKind::Container { .. })
        | (UnitKind::Chart(_), BlockKind::Chart(_)) => true,
        (UnitKind::Block(name), kind) => *name == kind.name(),
        _ => false,
    };
    blocks.iter().find(|block| block.span == unit.span && same_kind(block))
}

/// Rows on their way to the layout.
struct Table<'a> {
    source: &'a Reading,
    target: Option<&'a Reading>,
    how: &'a How,
}

impl Table<'_> {
    fn values(&self, engine: &mut Engine, rows: Vec<Row<'_>>) -> SourceResult<Value> {
        let sources: Vec<&Block> = rows.iter().filter_map(|row| row.source).collect();
        let targets: Vec<&Block> = rows.iter().filter_map(|row| row.target).collect();
        let mut sources = lower_blocks(engine, self.source, self.how, &sources)?.into_iter();
        let mut targets = match self.target {
            Some(target) => lower_blocks(engine, target, self.how, &targets)?,
            None => Vec::new(),
        }
        .into_iter();
        let mut values = Array::new();
        for row in rows {
            let source = row.source.and_then(|_| sources.next());
            let target = row.target.and_then(|_| targets.next());
            let shared = matches!((row.source, row.target), (Some(a), Some(b)) if alike(a, b));
            let caption = if shared { target.as_ref().and_then(caption) } else { None };
            let block = row.source.or(row.target).expect("a row has a block");
            let inner = self.values(engine, row.inner)?;
            let value = convert::dict([
                ("kind", block.kind.name().into_value()),
                ("name", convert::text(name(block))),
                ("source-attrs", attrs(row.source)),
                ("target-attrs", attrs(row.target)),
                ("shared", shared.into_value()),
                ("source", content(source)),
                ("target", content(target.filter(|_| !shared))),
                ("caption", content(caption)),
                ("pairs", inner),
            ]);
            values.push(value.into_value());
        }
        Ok(values.into_value())
    }
}

fn content(content: Option<Content>) -> Value {
    content.map_or(Value::None, IntoValue::into_value)
}

fn name(block: &Block) -> Option<&str> {
    match &block.kind {
        BlockKind::Container { name, .. } => Some(name),
        _ => None,
    }
}

fn attrs(block: Option<&Block>) -> Value {
    let list: &[Attr] = match block.map(|block| &block.kind) {
        Some(BlockKind::Container { attrs, .. }) => attrs,
        _ => &[],
    };
    Value::Dict(list.iter().map(|attr| (Str::from(attr.key.as_str()), attr.value.as_str().into_value())).collect())
}

/// The caption of a numbered figure.
fn caption(figure: &Content) -> Option<Content> {
    let figure = figure.to_packed::<FigureElem>()?;
    figure.caption.as_option().clone().flatten().map(|caption| caption.body.clone())
}

/// Whether a block shows the same in both languages, apart from its caption, so that one of the two is enough.
fn alike(a: &Block, b: &Block) -> bool {
    match (&a.kind, &b.kind) {
        (BlockKind::Code { text: a, .. }, BlockKind::Code { text: b, .. }) => a == b,
        (BlockKind::Math { text: a, .. }, BlockKind::Math { text: b, .. }) => a == b,
        (BlockKind::Qr(a), BlockKind::Qr(b)) => a.data == b.data,
        (BlockKind::Rule, BlockKind::Rule) => true,
        (BlockKind::Chart(a), BlockKind::Chart(b)) => a.kind == b.kind && a.unit == b.unit && a.data == b.data,
        (BlockKind::Paragraph(a), BlockKind::Paragraph(b)) => match (pictures(a), pictures(b)) {
            (Some(a), Some(b)) => a == b,
            _ => false,
        },
        (BlockKind::Figure(a), BlockKind::Figure(b)) => {
            a.body.len() == b.body.len() && a.body.iter().zip(&b.body).all(|(a, b)| alike(a, b))
        }
        _ => false,
    }
}

/// The files of a paragraph that holds nothing but pictures.
fn pictures(run: &[Inline]) -> Option<Vec<&str>> {
    let seen = run.iter().filter(|inline| match &inline.kind {
        InlineKind::Text(text) => !text.trim().is_empty(),
        InlineKind::LineBreak => false,
        _ => true,
    });
    let files = seen.map(|inline| match &inline.kind {
        InlineKind::Image(image) => Some(image.path.as_str()),
        _ => None,
    });
    files.collect::<Option<Vec<_>>>().filter(|files| !files.is_empty())
}
