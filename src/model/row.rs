//! Blocks beside their translations, as the alignment pairs them.

use super::{Attr, Block, BlockKind, Chart, Figure, Inline, InlineKind, text};

/// Blocks and their translation; at least one side has one. Mostly one and one; more where paragraphs were merged or split.
#[derive(Debug, Clone)]
pub struct Row<'a> {
    /// The blocks in the source language.
    pub sources: Vec<&'a Block>,
    /// Their translation.
    pub targets: Vec<&'a Block>,
    /// What stands inside, when both are building blocks or callouts.
    pub inner: Vec<Row<'a>>,
}

impl<'a> Row<'a> {
    /// The block and its translation, where both are one.
    pub fn pair(&self) -> Option<(&'a Block, &'a Block)> {
        match (&self.sources[..], &self.targets[..]) {
            ([source], [target]) => Some((source, target)),
            _ => None,
        }
    }

    /// Whether both sides show the same, apart from a caption, so that one of them is enough: the same code, formula,
    /// picture, QR code or data.
    pub fn shared(&self) -> bool {
        self.pair().is_some_and(|(source, target)| alike(source, target))
    }

    /// The translation of a shared figure, where its credit line says something else than that of the source.
    pub fn other_credit(&self) -> Option<&'a Figure> {
        let pair = self.pair().filter(|_| self.shared());
        let (BlockKind::Figure(source), BlockKind::Figure(target)) = pair.map(|(a, b)| (&a.kind, &b.kind))? else {
            return None;
        };
        let said = |figure: &Figure| -> Vec<String> {
            figure.rights().map(|run| text::plain(run).trim().to_owned()).collect()
        };
        let (theirs, ours) = (said(source), said(target));
        (theirs != ours && !ours.is_empty()).then_some(target)
    }

    /// Whether both sides are the same building block with the same attributes, so that one of them can hold what
    /// stands in both.
    pub fn joint(&self) -> bool {
        match self.pair().map(|(source, target)| (&source.kind, &target.kind)) {
            Some((
                BlockKind::Container { name, attrs, .. },
                BlockKind::Container { name: other, attrs: others, .. },
            )) => name == other && said(attrs).eq(said(others)),
            _ => false,
        }
    }

    /// The first block, of the source if it has one.
    pub fn first(&self) -> &'a Block {
        self.sources.first().or(self.targets.first()).expect("a row has a block")
    }
}

/// What attributes say, wherever they stand.
fn said(attrs: &[Attr]) -> impl Iterator<Item = (&str, &str)> {
    attrs.iter().map(|attr| (attr.key.as_str(), attr.value.as_str()))
}

fn alike(a: &Block, b: &Block) -> bool {
    match (&a.kind, &b.kind) {
        (BlockKind::Code { text: a, fence: one, .. }, BlockKind::Code { text: b, fence: other, .. }) => {
            a == b && text::plain(&one.title) == text::plain(&other.title)
        }
        (BlockKind::Math { text: a, .. }, BlockKind::Math { text: b, .. }) => a == b,
        (BlockKind::Qr(a), BlockKind::Qr(b)) => a.data == b.data,
        (BlockKind::Rule, BlockKind::Rule) => true,
        (BlockKind::Chart(a), BlockKind::Chart(b)) => {
            // What is written on it beside the data is that of one language.
            let words = |chart: &Chart| {
                let texts = chart.texts().into_iter();
                let on = texts.filter(|(key, _)| !matches!(key.as_str(), "title" | "unit" | "source" | "alt"));
                on.map(|(key, text)| (key, text.to_owned())).collect::<Vec<_>>()
            };
            a.kind == b.kind && a.unit == b.unit && a.data == b.data && a.links == b.links && words(a) == words(b)
        }
        (BlockKind::Paragraph(a), BlockKind::Paragraph(b)) => match (pictures(a), pictures(b)) {
            (Some(a), Some(b)) => a == b,
            _ => false,
        },
        (BlockKind::Figure(a), BlockKind::Figure(b)) => {
            // What is said of a part is said beside it.
            let parts = a.part.is_some() || b.part.is_some();
            !parts && a.body.len() == b.body.len() && a.body.iter().zip(&b.body).all(|(a, b)| alike(a, b))
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
