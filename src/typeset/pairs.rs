//! `dama.pairs`: the blocks of a chapter beside their translations.

use typst::diag::{SourceDiagnostic, SourceResult};
use typst::ecow::eco_vec;
use typst::engine::Engine;
use typst::foundations::{Array, Content, IntoValue, NativeElement, Smart, Str, Value};
use typst::math::EquationElem;
use typst::model::{FigureElem, HeadingElem};
use typst::syntax::Spanned;

use super::lower::figure_kind;
use super::reading::{How, Reading, lower_blocks, lower_credit, read_path};
use super::{convert, numbers, relay, rows};
use crate::align::{RowNumbers, rows_alone};
use crate::model::{Attr, Block, BlockKind, Row};
use crate::outline::Series;

/// The pairs of the chapter at `path` and of its translation at `other`, as an array of dictionaries. Without a
/// translation every block stands alone.
pub(super) fn pairs(
    engine: &mut Engine,
    how: &How,
    path: &Spanned<Str>,
    other: Option<&Spanned<Str>>,
) -> SourceResult<Value> {
    let source = read_path(engine, path)?;
    let target = other.map(|other| read_path(engine, other)).transpose()?;
    let rows = match &target {
        None => rows_alone(&source.chapter.blocks),
        Some(target) => {
            let Some(numbers) = rows::read(engine, &source.path, &target.path) else {
                return Err(eco_vec![unpaired(path)]);
            };
            RowNumbers::read(&numbers, &source.chapter.blocks, &target.chapter.blocks)
        }
    };
    Table { source: &source, target: target.as_ref(), how }.values(engine, rows)
}

fn unpaired(path: &Spanned<Str>) -> SourceDiagnostic {
    let hint = relay::send(msg!("take both paths from `dama.languages`, of the same chapter, in a bilingual edition"));
    relay::error(path.span, msg!("the alignment does not pair these two chapters")).with_hint(hint)
}

/// Rows on their way to the layout.
struct Table<'a> {
    source: &'a Reading,
    target: Option<&'a Reading>,
    how: &'a How,
}

impl Table<'_> {
    fn values(&self, engine: &mut Engine, rows: Vec<Row<'_>>) -> SourceResult<Value> {
        let sources: Vec<&Block> = rows.iter().flat_map(|row| row.sources.iter().copied()).collect();
        let targets: Vec<&Block> = rows.iter().flat_map(|row| row.targets.iter().copied()).collect();
        let mut sources = lower_blocks(engine, self.source, self.how, &sources).into_iter();
        let mut targets = match self.target {
            Some(target) => lower_blocks(engine, target, self.how, &targets),
            None => Vec::new(),
        }
        .into_iter();
        let mut values = Array::new();
        for row in rows {
            let source: Vec<Content> = sources.by_ref().take(row.sources.len()).collect();
            let target = levelled(targets.by_ref().take(row.targets.len()).collect(), &source);
            let (source, target) = (together(source), together(target));
            let shared = row.shared();
            let hidden = target.as_ref().filter(|_| shared);
            let (caption, anchor) = (hidden.and_then(caption), hidden.and_then(anchor));
            let credit = row.other_credit().zip(self.target);
            let credit = credit.and_then(|(figure, target)| lower_credit(engine, target, self.how, figure));
            let block = row.first();
            let (a, b) = (row.sources.first().copied(), row.targets.first().copied());
            // What is shown once bears the number in the words of the caption that is apart.
            let (reading, numbered) = match (b.filter(|_| shared), a) {
                (Some(b), _) => (self.target, b),
                (None, Some(_)) => (Some(self.source), block),
                (None, None) => (self.target, block),
            };
            let number = reading.and_then(|reading| numbers::of(engine.library, reading, numbered.span.range()));
            let inner = self.values(engine, row.inner)?;
            let value = convert::dict([
                ("kind", block.kind.name().into_value()),
                ("name", convert::text(name(block))),
                ("source-attrs", attrs(a)),
                ("target-attrs", attrs(b)),
                ("shared", shared.into_value()),
                ("source", content(source)),
                ("target", content(target.filter(|_| !shared))),
                ("number", number.map_or(Value::None, IntoValue::into_value)),
                ("caption", content(caption)),
                ("credit", content(credit)),
                ("anchor", content(anchor)),
                ("pairs", inner),
            ]);
            values.push(value.into_value());
        }
        Ok(values.into_value())
    }
}

/// Headings of a translation with the level of the heading that they translate: one level looks alike on both sides.
fn levelled(mut translation: Vec<Content>, source: &[Content]) -> Vec<Content> {
    let Some(leading) = source.iter().find_map(Content::to_packed::<HeadingElem>) else { return translation };
    for block in &mut translation {
        if let Some(heading) = block.to_packed_mut::<HeadingElem>() {
            heading.depth = leading.depth.clone();
        }
    }
    translation
}

/// Blocks that stand in one row as one content.
fn together(mut blocks: Vec<Content>) -> Option<Content> {
    if blocks.len() > 1 { Some(Content::sequence(blocks)) } else { blocks.pop() }
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

/// What references of the translation lead to where its own figure is not shown: an empty figure with its label.
fn anchor(target: &Content) -> Option<Content> {
    let label = target.label()?;
    if let Some(formula) = target.to_packed::<EquationElem>() {
        // An empty formula would still show its number.
        let kind = Smart::Custom(figure_kind(Series::Formula));
        let numbering = formula.numbering.as_option().clone().flatten();
        let empty = FigureElem::new(Content::empty()).with_kind(kind).with_numbering(numbering).with_outlined(false);
        return Some(empty.pack().spanned(target.span()).labelled(label));
    }
    let figure = target.to_packed::<FigureElem>()?;
    let mut empty = FigureElem::new(Content::empty());
    empty.kind = figure.kind.clone();
    empty.numbering = figure.numbering.clone();
    Some(empty.with_outlined(false).pack().spanned(target.span()).labelled(label))
}

/// The caption of a numbered figure.
fn caption(figure: &Content) -> Option<Content> {
    let figure = figure.to_packed::<FigureElem>()?;
    figure.caption.as_option().clone().flatten().map(|caption| caption.body.clone())
}
