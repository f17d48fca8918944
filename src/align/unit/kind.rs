//! The kinds of unit, and which of them pair.

use crate::message::Message;
use crate::model::{Attr, Block, BlockKind, CalloutKind, Chart};

/// A text of the front matter that is translated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MetaField {
    /// The title of the chapter.
    Title,
    /// Its subtitle.
    Subtitle,
    /// Its author line.
    Byline,
}

/// The kinds of unit.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum UnitKind<'a> {
    /// Front-matter text.
    Meta(MetaField),
    /// A heading and its level.
    Heading(u8),
    /// A paragraph.
    Paragraph,
    /// A list; its items are units of their own.
    List,
    /// An item of a list, or a term with its explanation.
    Item,
    /// A block quotation.
    Quote,
    /// A code listing.
    Code,
    /// A display formula.
    Math,
    /// A table; its cells are units of their own.
    Table,
    /// A cell of a table.
    Cell,
    /// A figure.
    Figure,
    /// The caption of a figure, or the title of code.
    Caption,
    /// Who made what a figure shows.
    Credit,
    /// A chart.
    Chart(&'a Chart),
    /// A QR code.
    Qr,
    /// A building block: its name and attributes.
    Container(&'a str, &'a [Attr]),
    /// A note, a tip, a warning and the like.
    Callout(CalloutKind),
    /// A list of terms with their explanations.
    Definitions,
    /// A break between sections of thought.
    Rule,
    /// A footnote.
    Note,
}

impl<'a> UnitKind<'a> {
    /// The kind of a block; none of what belongs to the pages of one language.
    pub(super) fn of(block: &'a Block) -> Option<Self> {
        Some(match &block.kind {
            BlockKind::Heading { level, .. } => UnitKind::Heading(*level),
            BlockKind::Paragraph(_) => UnitKind::Paragraph,
            BlockKind::List { .. } => UnitKind::List,
            BlockKind::Quote(_) => UnitKind::Quote,
            BlockKind::Code { .. } => UnitKind::Code,
            BlockKind::Math { .. } => UnitKind::Math,
            BlockKind::Table(_) => UnitKind::Table,
            BlockKind::Figure(_) => UnitKind::Figure,
            BlockKind::Chart(chart) => UnitKind::Chart(chart),
            BlockKind::Qr(_) => UnitKind::Qr,
            BlockKind::Container { name, attrs, .. } => UnitKind::Container(name, attrs),
            BlockKind::Callout(callout) => UnitKind::Callout(callout.kind),
            BlockKind::Definitions(_) => UnitKind::Definitions,
            BlockKind::Rule => UnitKind::Rule,
            BlockKind::PageBreak => return None,
        })
    }

    /// Its name in a sentence; that of a building block is what the author typed.
    pub fn word(&self) -> Message {
        match self {
            UnitKind::Meta(MetaField::Title) => msg!("title"),
            UnitKind::Meta(MetaField::Subtitle) => msg!("subtitle"),
            UnitKind::Meta(MetaField::Byline) => msg!("byline"),
            UnitKind::Heading(_) => msg!("heading"),
            UnitKind::Paragraph => msg!("paragraph"),
            UnitKind::List => msg!("list"),
            UnitKind::Item => msg!("list item"),
            UnitKind::Quote => msg!("quotation"),
            UnitKind::Code => msg!("code block"),
            UnitKind::Math => msg!("formula"),
            UnitKind::Table => msg!("table"),
            UnitKind::Cell => msg!("table cell"),
            UnitKind::Figure => msg!("figure"),
            UnitKind::Caption => msg!("caption"),
            UnitKind::Credit => msg!("credit line"),
            UnitKind::Chart(_) => msg!("chart"),
            UnitKind::Qr => msg!("QR code"),
            UnitKind::Container(name, _) => Message::data(*name),
            UnitKind::Callout(kind) => Message::data(kind.name()),
            UnitKind::Definitions => msg!("definition list"),
            UnitKind::Rule => msg!("rule"),
            UnitKind::Note => msg!("footnote"),
        }
    }

    /// Whether two units may be translations of each other.
    pub fn matches(&self, other: &UnitKind<'_>) -> bool {
        match (self, other) {
            (UnitKind::Container(a, _), UnitKind::Container(b, _)) => a == b,
            (UnitKind::Meta(a), UnitKind::Meta(b)) => a == b,
            _ => std::mem::discriminant(self) == std::mem::discriminant(other),
        }
    }
}
