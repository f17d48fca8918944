//! What of a chapter is more than text: containers, their attributes, ids, references, citations, notes, comments for the program.

use lsp_types::{SemanticToken, SemanticTokenType, SemanticTokens, SemanticTokensLegend, Uri};

use super::Reading;
use super::naming::Named;
use crate::model::{Attr, Block, BlockKind, Chapter, walk};
use crate::outline::Outline;
use crate::source::Span;

/// What a token is, by its place in the legend.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Block,
    Attribute,
    Value,
    Id,
    Key,
    Note,
    Comment,
    Check,
}

/// The names of the kinds in their order, as themes know them.
pub(crate) fn legend() -> SemanticTokensLegend {
    let token_types = vec![
        SemanticTokenType::CLASS,
        SemanticTokenType::PROPERTY,
        SemanticTokenType::STRING,
        SemanticTokenType::ENUM_MEMBER,
        SemanticTokenType::VARIABLE,
        SemanticTokenType::PARAMETER,
        SemanticTokenType::COMMENT,
        SemanticTokenType::KEYWORD,
    ];
    SemanticTokensLegend { token_types, token_modifiers: Vec::new() }
}

impl Reading {
    /// The tokens of a chapter.
    pub(crate) fn tokens(&self, uri: &Uri) -> Option<SemanticTokens> {
        let chapter = self.chapter(self.file(uri)?)?;
        let mut found = self.of_blocks(chapter);
        found.extend(self.of_names(chapter));
        for waiver in &chapter.waivers {
            let mut start = waiver.span.start;
            for check in &waiver.checks {
                found.push((Span::new(chapter.file, start..check.span.start.max(start)), Kind::Comment));
                found.push((check.span, Kind::Check));
                start = check.span.end;
            }
            found.push((Span::new(chapter.file, start..waiver.span.end.max(start)), Kind::Comment));
        }
        Some(SemanticTokens { result_id: None, data: self.encoded(found) })
    }

    fn of_blocks(&self, chapter: &Chapter) -> Vec<(Span, Kind)> {
        let mut found = Vec::new();
        walk::chapter_blocks(chapter, &mut |block| {
            let attrs: &[Attr] = match &block.kind {
                BlockKind::Container { attrs, .. } => attrs,
                BlockKind::Callout(callout) => &callout.attrs,
                BlockKind::Figure(_) => &[],
                _ => return,
            };
            found.extend(self.name_of(block).map(|span| (span, Kind::Block)));
            for attr in attrs {
                let key = Span::new(attr.whole.file, attr.whole.start..attr.whole.start + attr.key.len());
                if self.sources.snippet(key) == attr.key {
                    found.push((key, Kind::Attribute));
                }
                if attr.span.start > key.start {
                    found.push((attr.span, Kind::Value));
                }
            }
        });
        found
    }

    /// The `:::name` of a container.
    fn name_of(&self, block: &Block) -> Option<Span> {
        let text = self.sources.snippet(block.span);
        let colons = text.len() - text.trim_start_matches(':').len();
        let blanks = text[colons..].len() - text[colons..].trim_start_matches(' ').len();
        let start = colons + blanks;
        let length = text[start..].find(|c: char| c.is_whitespace() || c == '{').unwrap_or(text.len() - start);
        (colons >= 3).then(|| Span::new(block.span.file, block.span.start..block.span.start + start + length))
    }

    fn of_names(&self, chapter: &Chapter) -> Vec<(Span, Kind)> {
        let Some(book) = &self.book else { return Vec::new() };
        let mentions = self.mentions(chapter, &Outline::single(book, &chapter.lang)).into_iter();
        let token = |mention: super::naming::Mention| {
            let kind = match mention.what {
                Named::Id(..) | Named::Heading(_) | Named::Chapter(_) => Kind::Id,
                Named::Note(..) => Kind::Note,
                Named::Work(_) => Kind::Key,
            };
            Some((mention.name?, kind))
        };
        mentions.filter_map(token).collect()
    }

    /// Tokens as the protocol writes them: each by its distance from the one before, none over another or over the end of a line.
    fn encoded(&self, mut found: Vec<(Span, Kind)>) -> Vec<SemanticToken> {
        found.sort_unstable();
        let (mut data, mut line, mut column, mut reached) = (Vec::new(), 0, 0, 0);
        for (span, kind) in found {
            if span.start < reached {
                continue;
            }
            reached = span.end;
            for part in self.lines_of(span) {
                let range = self.range(part);
                let length = range.end.character.saturating_sub(range.start.character);
                if length == 0 {
                    continue;
                }
                let delta_line = range.start.line - line;
                let before = if delta_line == 0 { column } else { 0 };
                let delta_start = range.start.character - before;
                (line, column) = (range.start.line, range.start.character);
                let token_type = kind as u32;
                data.push(SemanticToken { delta_line, delta_start, length, token_type, token_modifiers_bitset: 0 });
            }
        }
        data
    }

    /// The parts of a place, line by line.
    fn lines_of(&self, span: Span) -> Vec<Span> {
        let span = self.sources.clamp(span);
        let mut start = span.start;
        let mut found = Vec::new();
        for line in self.sources.snippet(span).split_inclusive('\n') {
            found.push(Span::new(span.file, start..start + line.trim_end().len()));
            start += line.len();
        }
        found
    }
}
