//! The answers of a reading.

use std::collections::BTreeMap;

use lsp_types::{
    Diagnostic, DiagnosticRelatedInformation, DiagnosticSeverity, Location, NumberOrString, Position, Range, Uri,
};

use super::{Counterpart, Reading, place};
use crate::diagnostic::{self, Severity};
use crate::message::Locale;
use crate::model::Chapter;
use crate::source::{FileId, Span};

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

    /// The diagnostics of one file.
    pub(crate) fn diagnostics_of(&self, uri: &Uri) -> Vec<Diagnostic> {
        let mut all = self.diagnostics();
        self.file(uri)
            .and_then(|file| self.uri(file))
            .and_then(|uri| all.remove(uri.as_str()))
            .map(|(_, found)| found)
            .unwrap_or_default()
    }

    /// The diagnostics of every file that was read, also of those that have none.
    pub(crate) fn all_diagnostics(&self) -> BTreeMap<String, (Uri, Vec<Diagnostic>)> {
        let mut all = self.diagnostics();
        for uri in self.sources.files().filter_map(|file| self.uri_at(file.path())) {
            all.entry(uri.as_str().to_owned()).or_insert_with(|| (uri, Vec::new()));
        }
        all
    }

    pub(super) fn diagnostic(&self, finding: &diagnostic::Diagnostic) -> Diagnostic {
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

    /// Where a reference, a citation, a note or a picture leads, else the text of the other language; then the entry of a term.
    pub(crate) fn definition(&self, uri: &Uri, position: Position) -> Vec<Location> {
        let Some((file, offset)) = self.at(uri, position) else { return Vec::new() };
        let named = self.defined(file, offset);
        if !named.is_empty() {
            return named.into_iter().filter_map(|span| self.location(span)).collect();
        }
        if let Some((image, _)) = self.image_at(file, offset)
            && let Some(uri) = self.uri_at(&image.path)
        {
            return vec![Location { uri, range: Range::default() }];
        }
        let counterpart = self.counterpart(file, offset);
        let spans = counterpart.iter().flat_map(|(pair, side)| &pair.sides[1 - side]).copied();
        let term = self.term_at(file, offset).map(|term| term.span);
        spans.chain(term).filter_map(|span| self.location(span)).collect()
    }

    pub(super) fn at(&self, uri: &Uri, position: Position) -> Option<(FileId, usize)> {
        let file = self.file(uri)?;
        Some((file, place::offset(self.sources.get(file), position)))
    }

    pub(super) fn location(&self, span: Span) -> Option<Location> {
        Some(Location { uri: self.uri(span.file)?, range: self.range(span) })
    }

    pub(super) fn chapter(&self, file: FileId) -> Option<&Chapter> {
        self.book.as_ref()?.chapters.values().flatten().find(|chapter| chapter.file == file)
    }

    /// The narrowest counterpart of a place that has one, and on which side the place stands. A sentence without a
    /// counterpart is reported as such only when its block has none either.
    pub(super) fn counterpart(&self, file: FileId, offset: usize) -> Option<(&Counterpart, usize)> {
        let holds = |span: &Span| span.touches(file, offset);
        let side = |pair: &Counterpart| pair.sides.iter().position(|spans| spans.iter().any(holds));
        let width = |pair: &Counterpart, side: usize| {
            pair.sides[side].iter().filter(|span| holds(span)).map(|span| span.range().len()).min().unwrap_or(0)
        };
        let near = self.counterparts.iter().filter_map(|pair| Some((pair, side(pair)?)));
        near.min_by_key(|(pair, side)| (pair.sides[1 - side].is_empty(), !pair.narrow, width(pair, *side)))
    }
}
