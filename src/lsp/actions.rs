//! What an editor offers to do at a place: mend a finding, waive it, sign a pair off, add a term.

// The protocol's own type of a change has addresses as keys.
#![expect(clippy::mutable_key_type, reason = "an address does not change")]

use std::collections::HashMap;

use lsp_types::{
    CodeAction, CodeActionKind, CreateFile, DocumentChangeOperation, DocumentChanges, OneOf,
    OptionalVersionedTextDocumentIdentifier, Position, Range, ResourceOp, TextDocumentEdit, TextEdit, Uri,
    WorkspaceEdit,
};

use super::retype::Alone;
use super::{Counterpart, Reading, Signed, place};
use crate::align::{self, Unit};
use crate::checks::fix;
use crate::checks::freshness::sign_off_one;
use crate::diagnostic::{Diagnostic, Edit};
use crate::manuscript::{GLOSSARY_FILE, REVIEWED_FILE, TermEntry, merge_terms, write_reviewed};
use crate::message::Message;
use crate::model::{Block, BlockKind, Book, Chapter};
use crate::source::{FileId, Span};

/// The kind of the change that makes all changes of a document that need no judgement.
const FIX_ALL: &str = "source.fixAll.dama-pub";

/// Longest text that may be a term, in characters.
const TERM: usize = 40;

impl Reading {
    /// What can be done in a range. What takes longer to find out is left out unless somebody asked for it: `thorough`.
    pub(crate) fn actions(&self, uri: &Uri, range: Range, thorough: bool) -> Vec<CodeAction> {
        let Some(file) = self.file(uri).filter(|file| self.is_as_written(*file)) else { return Vec::new() };
        let here = |finding: &&Diagnostic| {
            finding.primary.as_ref().is_some_and(|label| {
                let other = self.range(label.span);
                label.span.file == file && other.start <= range.end && range.start <= other.end
            })
        };
        let near: Vec<&Diagnostic> = self.findings.iter().filter(here).collect();
        let mut actions: Vec<CodeAction> = near.iter().filter_map(|finding| self.fix(finding)).collect();
        actions.extend(near.iter().filter_map(|finding| self.mended(finding)));
        actions.extend(self.fix_all(file));
        actions.extend(near.iter().filter_map(|finding| self.waiver(finding)));
        if thorough {
            actions.extend(self.sign_off(file, range.start));
            actions.extend(self.new_term(file, range));
        }
        actions
    }

    /// The change that mends a finding without any judgement.
    fn fix(&self, finding: &Diagnostic) -> Option<CodeAction> {
        // The places of a text that was cleaned are not those of the editor's.
        let sound = finding.edits.iter().all(|edit| self.is_as_written(edit.span.file));
        if finding.edits.is_empty() || !sound {
            return None;
        }
        let title = finding.hints.first().unwrap_or(&finding.message).clone();
        Some(CodeAction { is_preferred: Some(true), ..self.quick_fix(title, finding, &finding.edits)? })
    }

    /// The change that a “did you mean” asks for.
    fn mended(&self, finding: &Diagnostic) -> Option<CodeAction> {
        let edit = self.slip(finding).filter(|_| finding.edits.is_empty())?;
        let title = msg!("write `{word}`", word = edit.text.as_str());
        Some(CodeAction { is_preferred: Some(true), ..self.quick_fix(title, finding, &[edit])? })
    }

    fn quick_fix(&self, title: Message, finding: &Diagnostic, edits: &[Edit]) -> Option<CodeAction> {
        Some(CodeAction {
            title: self.locale.say(&title),
            kind: Some(CodeActionKind::QUICKFIX),
            diagnostics: Some(vec![self.diagnostic(finding)]),
            edit: Some(self.changes(edits)?),
            ..CodeAction::default()
        })
    }

    fn changes(&self, edits: &[Edit]) -> Option<WorkspaceEdit> {
        let mut changes: HashMap<Uri, Vec<TextEdit>> = HashMap::new();
        for edit in edits {
            let new_text = edit.text.clone();
            let text_edit = TextEdit { range: self.range(edit.span), new_text };
            changes.entry(self.uri(edit.span.file)?).or_default().push(text_edit);
        }
        Some(WorkspaceEdit { changes: Some(changes), ..WorkspaceEdit::default() })
    }

    /// All changes of a file that need no judgement.
    fn fix_all(&self, file: FileId) -> Option<CodeAction> {
        let own =
            |finding: &&Diagnostic| !finding.edits.is_empty() && finding.edits.iter().all(|e| e.span.file == file);
        let findings: Vec<Diagnostic> = self.findings.iter().filter(own).cloned().collect();
        let fixed = fix::apply(&findings, &self.sources);
        let text = &fixed.files.first()?.text;
        let whole = Span::new(file, 0..self.text(file).len());
        let edit = self.changes(&[Edit { span: whole, text: text.clone() }])?;
        let title = plural!(
            findings = fixed.fixed,
            "mend what needs no judgement: {findings} finding in this file",
            "mend what needs no judgement: {findings} findings in this file"
        );
        let kind = Some(CodeActionKind::from(FIX_ALL.to_owned()));
        Some(CodeAction { title: self.locale.say(&title), kind, edit: Some(edit), ..CodeAction::default() })
    }

    /// A waiver before the block of a finding. Its reason is for the author to write: until then `unexplained-waiver` stands there.
    fn waiver(&self, finding: &Diagnostic) -> Option<CodeAction> {
        let entry = crate::checks::entry(finding.check.as_str())?;
        let can_be = crate::checks::CHECKS.iter().any(|check| check.name == entry.code) && entry.group != "waivers"
            || crate::codes::levelled().any(|other| other.code == entry.code);
        let span = finding.primary.as_ref()?.span;
        let chapter = self.chapter(span.file).filter(|_| can_be)?;
        let block = outermost(chapter, span)?;
        let text = self.text(span.file);
        let start = text[..block.start].rfind('\n').map_or(0, |at| at + 1);
        let indent = &text[start..block.start];
        if !indent.trim().is_empty() {
            return None;
        }
        let check = finding.check.as_str();
        let line = format!("{indent}<!-- dama: allow {check}: -->\n");
        let edit = Edit { span: Span::new(span.file, start..start), text: line };
        let title = msg!("waive `{check}` here, with a reason", check);
        let action = self.quick_fix(title, finding, &[edit])?;
        // Where the reason is to be written, for an editor that asks for it.
        let reason = serde_json::json!({"waives": check});
        Some(CodeAction { data: Some(reason), ..action })
    }

    /// A record that the pair of blocks at a place says the same.
    fn sign_off(&self, file: FileId, position: Position) -> Option<CodeAction> {
        let offset = place::offset(self.sources.get(file), position);
        let open = |pair: &&Counterpart| {
            !pair.narrow && matches!(pair.signed, Signed::Open | Signed::Changed) && holds(&pair.sides, file, offset)
        };
        self.counterparts.iter().find(open)?;
        let (book, lang) = (self.book.as_ref()?, &self.chapter(file)?.lang);
        let group = self.groups.group(file)?;
        let own = |chapters: &[Chapter]| -> Vec<Chapter> {
            chapters.iter().filter(|chapter| self.groups.group(chapter.file) == Some(group)).cloned().collect()
        };
        let chapters = book.chapters.iter().map(|(lang, chapters)| (lang.clone(), own(chapters))).collect();
        let alone = Book { chapters, ..Alone::frame(book) };
        let target = book.languages.iter().skip(1).find(|other| *other == lang).or(book.languages.get(1))?;
        let alignment = align::align(&alone, book.source_language(), target);
        let pair = alignment.chapters.iter().find(|pair| pair.source.is_some() && pair.target.is_some())?;
        let is_here = |units: &[Unit<'_>]| unit_at(units, file, offset);
        let at = pair.pairs.iter().position(|one| is_here(&one.sources) || is_here(&one.targets))?;
        let stem = &pair.source?.stem;
        let mut record = book.reviewed.clone();
        let records = sign_off_one(pair, at, record.chapter(target, stem)).ok()?;
        record.replace(target, stem, records);
        let edit = self.rewritten(REVIEWED_FILE, &write_reviewed(&record))?;
        let title = msg!("sign this pair off: both languages say the same");
        Some(self.refactoring(&title, edit))
    }

    /// What is selected, as a term of the termbase.
    fn new_term(&self, file: FileId, range: Range) -> Option<CodeAction> {
        let (book, chapter) = (self.book.as_ref()?, self.chapter(file)?);
        let source = self.sources.get(file);
        let (start, end) = (place::offset(source, range.start), place::offset(source, range.end));
        let word = source.slice(start..end.max(start)).trim();
        let known = book.glossary.terms.iter().any(|term| term.forms(&chapter.lang).any(|form| form.value == word));
        let sound = !word.is_empty() && !word.contains('\n') && word.chars().count() <= TERM;
        if !sound || known || chapter.lang != *book.source_language() {
            return None;
        }
        let words = [(chapter.lang.clone(), word.to_owned())].into();
        let entry = TermEntry { words, ..TermEntry::default() };
        let before = self.sources.find(GLOSSARY_FILE).map_or("", |file| self.text(file));
        let merged = merge_terms(before, &book.languages, &[entry]).ok().filter(|merged| merged.added == 1)?;
        let edit = self.rewritten(GLOSSARY_FILE, &merged.text)?;
        Some(self.refactoring(&msg!("add ‘{word}’ to the termbase", word), edit))
    }

    fn refactoring(&self, title: &Message, edit: WorkspaceEdit) -> CodeAction {
        let kind = Some(CodeActionKind::REFACTOR);
        CodeAction { title: self.locale.say(title), kind, edit: Some(edit), ..CodeAction::default() }
    }

    /// The change that gives a file of the project a text, as few lines of it as possible; a file that is not there is made.
    fn rewritten(&self, path: &str, text: &str) -> Option<WorkspaceEdit> {
        let uri = self.uri_at(path)?;
        if let Some(file) = self.sources.find(path) {
            let (span, text) = replaced(self.text(file), text);
            let span = Span::new(file, span);
            return self.changes(&[Edit { span, text: text.to_owned() }]);
        }
        let create = ResourceOp::Create(CreateFile { uri: uri.clone(), options: None, annotation_id: None });
        let edit = TextEdit { range: Range::default(), new_text: text.to_owned() };
        let document = OptionalVersionedTextDocumentIdentifier { uri, version: None };
        let edits = TextDocumentEdit { text_document: document, edits: vec![OneOf::Left(edit)] };
        let operations = vec![DocumentChangeOperation::Op(create), DocumentChangeOperation::Edit(edits)];
        Some(WorkspaceEdit {
            document_changes: Some(DocumentChanges::Operations(operations)),
            ..WorkspaceEdit::default()
        })
    }
}

/// The lines of a text that become others, and what they become.
pub(super) fn replaced<'t>(before: &str, after: &'t str) -> (std::ops::Range<usize>, &'t str) {
    let same = before.bytes().zip(after.bytes()).take_while(|(a, b)| a == b).count();
    let start = before[..before.floor_char_boundary(same)].rfind('\n').map_or(0, |at| at + 1);
    let (old, new) = (&before[start..], &after[start..]);
    let lines = old.split_inclusive('\n').rev().zip(new.split_inclusive('\n').rev());
    let behind: usize = lines.take_while(|(a, b)| a == b).map(|(a, _)| a.len()).sum();
    (start..before.len() - behind, &after[start..after.len() - behind])
}

fn holds(sides: &[Vec<Span>; 2], file: FileId, offset: usize) -> bool {
    sides.iter().flatten().any(|span| span.touches(file, offset))
}

/// Whether a place stands in one of some units, and in none inside it.
fn unit_at(units: &[Unit<'_>], file: FileId, offset: usize) -> bool {
    let inside = |unit: &Unit<'_>| unit.children.iter().any(|child| child.span.touches(file, offset));
    units.iter().any(|unit| unit.span.touches(file, offset) && !inside(unit))
}

/// The block that a waiver before it would stand for: the outermost one, but for containers, of which it is one inside.
fn outermost(chapter: &Chapter, span: Span) -> Option<Span> {
    fn among(blocks: &[Block], span: Span) -> Option<Span> {
        let block = blocks.iter().find(|block| block.span.encloses(span))?;
        let inner = match &block.kind {
            BlockKind::Container { body, .. } => among(body, span),
            BlockKind::Callout(callout) => among(&callout.body, span),
            _ => None,
        };
        inner.or(Some(block.span))
    }
    among(&chapter.blocks, span)
        .or_else(|| chapter.notes.iter().find(|note| note.span.encloses(span)).map(|note| note.span))
}
