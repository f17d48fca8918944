//! How many things of a kind a chapter may have: what each of them costs on a page bounds what a chapter can ask for. No chapter that is
//! read comes near.

use std::collections::BTreeMap;

use super::markdown::Body;
use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::message::Message;
use crate::model::{Block, BlockKind, InlineKind, walk};
use crate::source::Span;

/// What is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Blocks,
    Headings,
    Items,
    Tables,
    Listings,
    Boxes,
    Drawings,
    Stretches,
    Links,
    Notes,
    Citations,
    Formulas,
    Pictures,
    IndexMarks,
}

impl Kind {
    /// The most of it in a chapter.
    fn limit(self) -> usize {
        match self {
            Self::Drawings | Self::Tables => 1_000,
            Self::Boxes | Self::Citations | Self::Headings | Self::Listings | Self::Pictures => 5_000,
            Self::Formulas | Self::Notes => 10_000,
            Self::IndexMarks | Self::Items | Self::Links => 20_000,
            Self::Blocks => 50_000,
            Self::Stretches => 200_000,
        }
    }

    fn name(self) -> Message {
        match self {
            Self::Blocks => msg!("paragraphs and other blocks"),
            Self::Headings => msg!("headings"),
            Self::Items => msg!("items of lists"),
            Self::Tables => msg!("tables"),
            Self::Listings => msg!("listings"),
            Self::Boxes => msg!("callouts and containers"),
            Self::Drawings => msg!("charts and QR codes"),
            Self::Stretches => msg!("stretches of text"),
            Self::Links => msg!("links and references"),
            Self::Notes => msg!("footnotes"),
            Self::Citations => msg!("citations"),
            Self::Formulas => msg!("formulas"),
            Self::Pictures => msg!("pictures in the text"),
            Self::IndexMarks => msg!("marks of the index"),
        }
    }

    fn of_inline(kind: &InlineKind) -> Self {
        match kind {
            InlineKind::Link { .. } | InlineKind::Ref { .. } => Self::Links,
            InlineKind::Note { .. } => Self::Notes,
            InlineKind::Cite(_) => Self::Citations,
            InlineKind::Math { .. } => Self::Formulas,
            InlineKind::Image(_) => Self::Pictures,
            InlineKind::Index(_) => Self::IndexMarks,
            _ => Self::Stretches,
        }
    }
}

/// The most inline elements in one paragraph or cell: setting it takes time by the square of how many there are.
const IN_A_ROW: usize = 20_000;

/// What has been counted.
#[derive(Default)]
struct Counts {
    counts: BTreeMap<Kind, usize>,
    /// Of each kind the first that is too much.
    first: BTreeMap<Kind, Span>,
    /// The first row of inline elements that is too long, and how long it is.
    row: Option<(usize, Span)>,
}

impl Counts {
    fn add(&mut self, kind: Kind, place: Span) {
        let count = self.counts.entry(kind).or_default();
        *count += 1;
        if *count == kind.limit() + 1 {
            self.first.insert(kind, place);
        }
    }

    fn block(&mut self, block: &Block) {
        self.add(Kind::Blocks, block.span);
        match &block.kind {
            BlockKind::Heading { .. } => self.add(Kind::Headings, block.span),
            BlockKind::List { items, .. } => items.iter().for_each(|item| self.add(Kind::Items, item.span)),
            BlockKind::Definitions(list) => list.iter().for_each(|_| self.add(Kind::Items, block.span)),
            BlockKind::Table(_) => self.add(Kind::Tables, block.span),
            BlockKind::Code { .. } => self.add(Kind::Listings, block.span),
            BlockKind::Callout(_) | BlockKind::Container { .. } => self.add(Kind::Boxes, block.span),
            BlockKind::Chart(_) | BlockKind::Qr(_) => self.add(Kind::Drawings, block.span),
            BlockKind::Math { .. } => self.add(Kind::Formulas, block.span),
            BlockKind::Paragraph(_)
            | BlockKind::Quote(_)
            | BlockKind::Figure(_)
            | BlockKind::Rule
            | BlockKind::PageBreak => {}
        }
        walk::own_inlines(block, &mut |run| {
            let mut row = 0;
            walk::inlines(run, &mut |inline| {
                row += 1;
                self.add(Kind::of_inline(&inline.kind), inline.span);
            });
            if row > IN_A_ROW && self.row.is_none() {
                self.row = Some((row, block.span));
            }
        });
    }

    /// What is said of what is too much.
    fn said(&self) -> Vec<Diagnostic> {
        let kinds = self.first.iter().map(|(kind, place)| {
            let (count, limit) = (self.counts[kind], kind.limit());
            let message = msg!(
                "this chapter has {count} {things}; at most {limit} are allowed",
                count,
                things = kind.name(),
                limit
            );
            Diagnostic::error(codes::TOO_LARGE, message).at(*place).hint(msg!("divide the chapter into several"))
        });
        let row = self.row.map(|(count, place)| {
            let message = msg!(
                "this paragraph has {count} links, notes and other parts; at most {limit} are allowed",
                count,
                limit = IN_A_ROW
            );
            Diagnostic::error(codes::TOO_LARGE, message).at(place).hint(msg!("divide the paragraph into several"))
        });
        kinds.chain(row).collect()
    }
}

/// Takes the text of a chapter away that has too much of a kind, and says so.
pub(super) fn refuse(body: &mut Body, sink: &mut Vec<Diagnostic>) {
    let mut found = Counts::default();
    walk::blocks(&body.blocks, &mut |block| found.block(block));
    for note in &body.notes {
        found.add(Kind::Notes, note.span);
        walk::blocks(&note.blocks, &mut |block| found.block(block));
    }
    let said = found.said();
    if !said.is_empty() {
        body.blocks.clear();
        body.notes.clear();
        sink.extend(said);
    }
}

#[cfg(test)]
mod tests {
    use crate::manuscript::parse_chapter;
    use crate::message::Locale;
    use crate::model::{Chapter, Lang};
    use crate::source::{SourceFile, Sources};

    fn read(text: &str) -> (Chapter, Vec<String>) {
        let (mut sources, lang) = (Sources::default(), Lang::new("en").unwrap());
        let text = format!("# T\n\n{text}");
        let file = sources.add(SourceFile::new("manuscript/en/a.md", text.clone()));
        let mut found = Vec::new();
        let chapter = parse_chapter(file, "manuscript/en/a.md", &lang, &text, None).take(&mut found);
        let said = |found: &crate::diagnostic::Diagnostic| {
            let line = sources.get(file).position(found.primary.as_ref().unwrap().span.start).to_string();
            format!("{} {line}: {}", found.check.as_str(), Locale::English.say(&found.message))
        };
        (chapter, found.iter().map(said).collect())
    }

    #[test]
    fn a_chapter_has_so_many_things_of_a_kind_and_no_more() {
        let (chapter, said) = read(&"## h\n\n".repeat(5_000));
        assert_eq!((chapter.blocks.len(), said), (5_000, Vec::new()));
        let (chapter, said) = read(&"## h\n\n".repeat(5_001));
        assert!(chapter.blocks.is_empty(), "nothing is done with what is too much");
        assert_eq!(chapter.meta.title.value, "T");
        assert_eq!(said, ["too-large 10003:1: this chapter has 5001 headings; at most 5000 are allowed"]);
    }

    #[test]
    fn notes_count_where_they_are_written_and_where_they_are_named() {
        let (_, said) = read(&format!("{}[^1]: b\n", "a[^1]\n\n".repeat(10_000)));
        assert_eq!(said, ["too-large 20003:1: this chapter has 10001 footnotes; at most 10000 are allowed"]);
    }

    #[test]
    fn a_paragraph_has_so_many_parts_and_no_more() {
        let (chapter, said) = read(&"*a*\n".repeat(6_666));
        assert_eq!((chapter.blocks.len(), said), (1, Vec::new()));
        let (chapter, said) = read(&"*a*\n".repeat(6_668));
        assert!(chapter.blocks.is_empty());
        let parts = "this paragraph has 20003 links, notes and other parts; at most 20000 are allowed";
        assert_eq!(said, [format!("too-large 3:1: {parts}")]);
    }
}
