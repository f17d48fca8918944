//! The answers of a reading.

use std::collections::{BTreeMap, HashMap};

use lsp_types::{
    CodeAction, CodeActionKind, Diagnostic, DiagnosticRelatedInformation, DiagnosticSeverity, Hover, HoverContents,
    Location, MarkupContent, MarkupKind, NumberOrString, Position, Range, TextEdit, Uri, WorkspaceEdit,
};

use super::{Counterpart, Reading, place};
use crate::align::Relation;
use crate::diagnostic::{self, Severity};
use crate::message::{Locale, Message};
use crate::model::{Chapter, Inline, InlineKind, walk};
use crate::outline::Outline;
use crate::source::{FileId, Span};

/// Below this probability a counterpart is said to be uncertain.
const SURE: f32 = 0.8;

/// A finding without its places, at the head of whatever file it is shown in.
pub(crate) fn unplaced(finding: &diagnostic::Diagnostic, locale: Locale) -> Diagnostic {
    let hints = finding.hints.iter().map(|hint| format!("\n→ {}", locale.say(hint)));
    Diagnostic {
        severity: Some(match finding.severity {
            Severity::Error => DiagnosticSeverity::ERROR,
            Severity::Warning => DiagnosticSeverity::WARNING,
            Severity::Info => DiagnosticSeverity::INFORMATION,
        }),
        code: Some(NumberOrString::String(finding.check.to_string())),
        source: Some("dama-pub".to_owned()),
        message: std::iter::once(locale.say(&finding.message)).chain(hints).collect(),
        ..Diagnostic::default()
    }
}

impl Reading {
    /// The diagnostics of every file that has any, by address. What has no place is shown at the head of `book.yaml`.
    pub(crate) fn diagnostics(&self) -> BTreeMap<String, (Uri, Vec<Diagnostic>)> {
        let mut files: BTreeMap<String, (Uri, Vec<Diagnostic>)> = BTreeMap::new();
        for finding in &self.findings {
            let uri = match &finding.primary {
                Some(label) => self.uri(label.span.file),
                None => super::uri_of(&self.root.join(crate::project::BOOK_FILE)),
            };
            let Some(uri) = uri else { continue };
            let list = &mut files.entry(uri.as_str().to_owned()).or_insert_with(|| (uri, Vec::new())).1;
            list.push(self.diagnostic(finding));
        }
        files
    }

    fn diagnostic(&self, finding: &diagnostic::Diagnostic) -> Diagnostic {
        let related = finding.labels.iter().filter_map(|label| {
            let location = self.location(label.span)?;
            let here = msg!("here");
            let message = self.locale.say(if label.text.is_empty() { &here } else { &label.text });
            Some(DiagnosticRelatedInformation { location, message })
        });
        let related: Vec<_> = related.collect();
        Diagnostic {
            range: finding.primary.as_ref().map_or_else(Range::default, |label| self.range(label.span)),
            related_information: (!related.is_empty()).then_some(related),
            ..unplaced(finding, self.locale)
        }
    }

    /// The changes that fix findings in a range.
    pub(crate) fn actions(&self, uri: &Uri, range: Range) -> Vec<CodeAction> {
        let Some(file) = self.file(uri) else { return Vec::new() };
        let here = |span: Span| {
            let other = self.range(span);
            span.file == file && other.start <= range.end && range.start <= other.end
        };
        // The places of a text that was cleaned are not those of the editor's.
        let as_written = |edit: &diagnostic::Edit| self.sources.get(edit.span.file).written().is_none();
        let fixable =
            self.findings.iter().filter(|finding| !finding.edits.is_empty() && finding.edits.iter().all(as_written));
        let near = fixable.filter(|finding| finding.primary.as_ref().is_some_and(|label| here(label.span)));
        near.filter_map(|finding| self.action(finding)).collect()
    }

    // The protocol's own type of a change has addresses as keys.
    #[expect(clippy::mutable_key_type, reason = "an address does not change")]
    fn action(&self, finding: &diagnostic::Diagnostic) -> Option<CodeAction> {
        let mut changes: HashMap<Uri, Vec<TextEdit>> = HashMap::new();
        for edit in &finding.edits {
            let new_text = edit.text.clone();
            changes
                .entry(self.uri(edit.span.file)?)
                .or_default()
                .push(TextEdit { range: self.range(edit.span), new_text });
        }
        let title = self.locale.say(finding.hints.first().unwrap_or(&finding.message));
        Some(CodeAction {
            title,
            kind: Some(CodeActionKind::QUICKFIX),
            diagnostics: Some(vec![self.diagnostic(finding)]),
            edit: Some(WorkspaceEdit { changes: Some(changes), ..WorkspaceEdit::default() }),
            is_preferred: Some(true),
            ..CodeAction::default()
        })
    }

    /// Where a reference, a citation or a picture leads, else the text of the other language.
    pub(crate) fn definition(&self, uri: &Uri, position: Position) -> Vec<Location> {
        let Some((file, offset)) = self.at(uri, position) else { return Vec::new() };
        if let Some(span) = self.referred(file, offset) {
            return self.location(span).into_iter().collect();
        }
        let Some((pair, side)) = self.counterpart(file, offset) else { return Vec::new() };
        pair.sides[1 - side].iter().filter_map(|span| self.location(*span)).collect()
    }

    /// What the other language says there.
    pub(crate) fn hover(&self, uri: &Uri, position: Position) -> Option<Hover> {
        let (file, offset) = self.at(uri, position)?;
        let (pair, side) = self.counterpart(file, offset)?;
        let shown: Vec<&str> = pair.sides[1 - side].iter().map(|span| self.sources.snippet(*span).trim()).collect();
        let mut value = shown.join("\n\n");
        match pair.relation {
            Relation::Missing | Relation::Extra => {
                value = self.emphasised(&msg!("nothing in the other language says this"));
            }
            Relation::Equal => {}
            relation => value += &format!("\n\n{}", self.emphasised(&relation.word())),
        }
        if pair.score < SURE {
            let percent = format!("{:.0}", pair.score * 100.0);
            value += &format!("\n\n{}", self.emphasised(&msg!("uncertain: {percent} %", percent)));
        }
        let range = pair.sides[side].first().map(|span| self.range(*span));
        Some(Hover { contents: HoverContents::Markup(MarkupContent { kind: MarkupKind::Markdown, value }), range })
    }

    /// A remark, set off from the book's own words.
    fn emphasised(&self, remark: &Message) -> String {
        format!("*{}*", self.locale.say(remark))
    }

    fn at(&self, uri: &Uri, position: Position) -> Option<(FileId, usize)> {
        let file = self.file(uri)?;
        Some((file, place::offset(self.sources.get(file), position)))
    }

    fn location(&self, span: Span) -> Option<Location> {
        Some(Location { uri: self.uri(span.file)?, range: self.range(span) })
    }

    pub(super) fn chapter(&self, file: FileId) -> Option<&Chapter> {
        self.book.as_ref()?.chapters.values().flatten().find(|chapter| chapter.file == file)
    }

    /// The narrowest counterpart of a place that has one, and on which side the place stands. A sentence without a
    /// counterpart is reported as such only when its block has none either.
    fn counterpart(&self, file: FileId, offset: usize) -> Option<(&Counterpart, usize)> {
        let holds = |span: &Span| span.touches(file, offset);
        let side = |pair: &Counterpart| pair.sides.iter().position(|spans| spans.iter().any(holds));
        let width = |pair: &Counterpart, side: usize| {
            pair.sides[side].iter().filter(|span| holds(span)).map(|span| span.range().len()).min().unwrap_or(0)
        };
        let near = self.counterparts.iter().filter_map(|pair| Some((pair, side(pair)?)));
        near.min_by_key(|(pair, side)| (pair.sides[1 - side].is_empty(), !pair.narrow, width(pair, *side)))
    }

    /// The place that a reference or a link to an id leads to, in the same language.
    fn referred(&self, file: FileId, offset: usize) -> Option<Span> {
        let chapter = self.chapter(file)?;
        let mut wanted = None;
        walk::chapter_inlines(chapter, &mut |inline: &Inline| {
            let here = inline.span.contains(file, offset);
            match &inline.kind {
                InlineKind::Ref { target, .. } if here => wanted = Some(target.clone()),
                InlineKind::Link { target, .. } if here => wanted = target.place().map(str::to_owned).or(wanted.take()),
                _ => {}
            }
        });
        let outline = Outline::single(self.book.as_ref()?, &chapter.lang);
        Some(outline.named(&wanted?, file)?.span)
    }
}
