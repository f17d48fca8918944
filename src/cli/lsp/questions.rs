//! The questions that are understood, and whether an answer may be believed.

use std::path::{Path, PathBuf};

use lsp_server::ErrorCode;
use lsp_types::request::{
    CodeActionRequest, Completion, DocumentDiagnosticRequest, DocumentLinkRequest, DocumentSymbolRequest,
    FoldingRangeRequest, Formatting, GotoDefinition, HoverRequest, InlayHintRequest, PrepareRenameRequest, References,
    Rename, Request, SemanticTokensFullRequest, WorkspaceDiagnosticRequest, WorkspaceSymbolRequest,
};
use lsp_types::{
    CodeActionOrCommand, CodeActionParams, CodeActionTriggerKind, CompletionParams, DocumentFormattingParams,
    DocumentSymbolResponse, FormattingProperty, GotoDefinitionResponse, InlayHintParams, ReferenceParams, RenameParams,
    TextDocumentIdentifier, TextDocumentPositionParams, Uri, WorkspaceSymbolParams,
};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::task::Answered;
use crate::lsp::{Reading, SCHEME, Wishes, path_of};

/// The method of suggestions in grey, which the library has no name for.
pub(super) const GHOST: &str = "textDocument/inlineCompletion";

/// What is asked of a document as a whole.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Whole {
    text_document: TextDocumentIdentifier,
}

/// A question with all that it asks.
pub(super) enum Question {
    Definition(TextDocumentPositionParams),
    Hover(TextDocumentPositionParams),
    Completion(Box<CompletionParams>),
    References(ReferenceParams),
    Renamable(TextDocumentPositionParams),
    Rename(RenameParams),
    Actions(Box<CodeActionParams>),
    Symbols(Whole),
    Everywhere(WorkspaceSymbolParams),
    Folds(Whole),
    Links(Whole),
    Format(DocumentFormattingParams),
    Hints(InlayHintParams),
    Tokens(Whole),
    Ghost(TextDocumentPositionParams),
    Diagnostics(Whole),
    AllDiagnostics,
}

impl Question {
    /// # Errors
    /// The code and the reason for what is not understood.
    pub(super) fn of(method: &str, params: &Value) -> Result<Self, (ErrorCode, String)> {
        let read = match method {
            GotoDefinition::METHOD => from(params).map(Self::Definition),
            HoverRequest::METHOD => from(params).map(Self::Hover),
            Completion::METHOD => from(params).map(Box::new).map(Self::Completion),
            References::METHOD => from(params).map(Self::References),
            PrepareRenameRequest::METHOD => from(params).map(Self::Renamable),
            Rename::METHOD => from(params).map(Self::Rename),
            CodeActionRequest::METHOD => from(params).map(Box::new).map(Self::Actions),
            DocumentSymbolRequest::METHOD => from(params).map(Self::Symbols),
            WorkspaceSymbolRequest::METHOD => from(params).map(Self::Everywhere),
            FoldingRangeRequest::METHOD => from(params).map(Self::Folds),
            DocumentLinkRequest::METHOD => from(params).map(Self::Links),
            Formatting::METHOD => from(params).map(Self::Format),
            InlayHintRequest::METHOD => from(params).map(Self::Hints),
            SemanticTokensFullRequest::METHOD => from(params).map(Self::Tokens),
            GHOST => from(params).map(Self::Ghost),
            DocumentDiagnosticRequest::METHOD => from(params).map(Self::Diagnostics),
            WorkspaceDiagnosticRequest::METHOD => Some(Self::AllDiagnostics),
            _ => return Err((ErrorCode::MethodNotFound, format!("{} is not supported", shortened(method)))),
        };
        read.ok_or_else(|| (ErrorCode::InvalidParams, format!("invalid parameters for {method}")))
    }

    /// The document that it is about; `None` if about a whole book.
    pub(super) fn document(&self) -> Option<&Uri> {
        match self {
            Self::Definition(asked) | Self::Hover(asked) | Self::Renamable(asked) | Self::Ghost(asked) => {
                Some(&asked.text_document.uri)
            }
            Self::Completion(asked) => Some(&asked.text_document_position.text_document.uri),
            Self::References(asked) => Some(&asked.text_document_position.text_document.uri),
            Self::Rename(asked) => Some(&asked.text_document_position.text_document.uri),
            Self::Actions(asked) => Some(&asked.text_document.uri),
            Self::Format(asked) => Some(&asked.text_document.uri),
            Self::Hints(asked) => Some(&asked.text_document.uri),
            Self::Symbols(asked)
            | Self::Folds(asked)
            | Self::Links(asked)
            | Self::Tokens(asked)
            | Self::Diagnostics(asked) => Some(&asked.text_document.uri),
            Self::Everywhere(_) | Self::AllDiagnostics => None,
        }
    }

    /// What is answered where there is no book.
    pub(super) fn unknown(&self) -> Value {
        match self {
            Self::Actions(_) => json!([]),
            Self::Diagnostics(_) => json!({"kind": "full", "items": []}),
            Self::AllDiagnostics => json!({"items": []}),
            _ => Value::Null,
        }
    }

    /// What a reading answers.
    ///
    /// # Errors
    /// Why what is asked for cannot be done.
    pub(super) fn answer(&self, reading: &Reading) -> Answered {
        Ok(match self {
            Self::Definition(asked) => {
                let found = reading.definition(&asked.text_document.uri, asked.position);
                value(GotoDefinitionResponse::Array(found))
            }
            Self::Hover(asked) => value(reading.hover(&asked.text_document.uri, asked.position)),
            Self::Completion(asked) => {
                let asked = &asked.text_document_position;
                value(reading.complete(&asked.text_document.uri, asked.position))
            }
            Self::References(asked) => {
                let (at, all) = (&asked.text_document_position, asked.context.include_declaration);
                value(reading.references(&at.text_document.uri, at.position, all))
            }
            Self::Renamable(asked) => value(reading.renamable(&asked.text_document.uri, asked.position)),
            Self::Rename(asked) => {
                let at = &asked.text_document_position;
                value(reading.rename(&at.text_document.uri, at.position, &asked.new_name)?)
            }
            Self::Actions(asked) => {
                let thorough = asked.context.trigger_kind != Some(CodeActionTriggerKind::AUTOMATIC);
                let actions = reading.actions(&asked.text_document.uri, asked.range, thorough);
                value(actions.into_iter().map(CodeActionOrCommand::CodeAction).collect::<Vec<_>>())
            }
            Self::Symbols(asked) => value(DocumentSymbolResponse::Nested(reading.symbols(&asked.text_document.uri))),
            Self::Everywhere(asked) => value(reading.everywhere(&asked.query)),
            Self::Folds(asked) => value(reading.folds(&asked.text_document.uri)),
            Self::Links(asked) => value(reading.links(&asked.text_document.uri)),
            Self::Format(asked) => {
                let sentences =
                    asked.options.properties.get("sentencePerLine") == Some(&FormattingProperty::Bool(true));
                value(reading.formatted(&asked.text_document.uri, Wishes { sentences }))
            }
            Self::Hints(asked) => value(reading.hints(&asked.text_document.uri, asked.range)),
            Self::Tokens(asked) => value(reading.tokens(&asked.text_document.uri)),
            Self::Ghost(asked) => value(reading.ghost(&asked.text_document.uri, asked.position)),
            Self::Diagnostics(asked) => {
                json!({"kind": "full", "items": reading.diagnostics_of(&asked.text_document.uri)})
            }
            Self::AllDiagnostics => json!({"items": reports(reading)}),
        })
    }
}

/// The findings of every file, also of those without any, so that an editor forgets what it showed of them.
fn reports(reading: &Reading) -> Vec<Value> {
    let report = |(uri, items): (Uri, Vec<lsp_types::Diagnostic>)| json!({"kind": "full", "uri": uri, "version": null, "items": items});
    reading.all_diagnostics().into_values().map(report).collect()
}

fn from<T: DeserializeOwned>(params: &Value) -> Option<T> {
    serde_json::from_value(params.clone()).ok()
}

fn value(answer: impl Serialize) -> Value {
    serde_json::to_value(answer).unwrap_or_default()
}

/// The beginning of a name that may have any length.
fn shortened(name: &str) -> String {
    name.chars().take(80).collect()
}

/// Whether an answer of a worker names files of its book, or shows those that are shared with it, and starts nothing: it may have been taken over
/// by what it read.
pub(super) fn is_believed(answer: &Value, root: &Path, shares: &[PathBuf]) -> bool {
    let shown = |uri: &str| is_shown(uri, root, shares);
    match answer {
        Value::Array(parts) => parts.iter().all(|part| is_believed(part, root, shares)),
        Value::Object(parts) => parts.iter().all(|(key, part)| match (key.as_str(), part) {
            ("uri", Value::String(uri)) => shown(uri),
            ("target", Value::String(uri)) => shown(uri) || is_page(uri),
            ("changes", Value::Object(files)) => files.keys().all(|uri| holds(root, uri)),
            ("documentChanges", Value::Array(changes)) => changes.iter().all(|change| is_harmless(change, root)),
            ("uri" | "target" | "changes" | "documentChanges" | "command" | "arguments", _) => false,
            _ => is_believed(part, root, shares),
        }),
        _ => true,
    }
}

/// Whether a step of a change makes or changes a file of the book: one that is there is neither moved nor emptied.
fn is_harmless(change: &Value, root: &Path) -> bool {
    let options = &change["options"];
    let overwrites = options["overwrite"] == true;
    let known = change["kind"].is_null() || change["kind"] == "create";
    // What is shared with the book is shown, and not changed.
    known && !overwrites && is_believed(change, root, &[])
}

/// Whether an address is that of the page of a code.
fn is_page(uri: &str) -> bool {
    let name = uri.strip_prefix(SCHEME);
    name.is_some_and(|name| name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-'))
}

/// Whether an address is that of a file of a book, or of one that is shared with it.
pub(super) fn is_shown(uri: &str, root: &Path, shares: &[PathBuf]) -> bool {
    let place = || uri.parse::<Uri>().ok().and_then(|uri| path_of(&uri));
    holds(root, uri) || place().is_some_and(|place| shares.contains(&place))
}

/// Whether an address is that of a file of a book.
pub(super) fn holds(root: &Path, uri: &str) -> bool {
    uri.parse::<Uri>().ok().and_then(|uri| path_of(&uri)).is_some_and(|path| path.starts_with(root))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn an_answer_that_leads_out_of_the_book_is_not_believed() {
        let root = Path::new("/book");
        let edit = |uri: &str| json!([{"title": "t", "edit": {"changes": {uri: [{"newText": "x"}]}}}]);
        let steps = |step: Value| json!([{"edit": {"documentChanges": [step]}}]);
        for good in [
            json!(null),
            json!([{"uri": "file:///book/manuscript/a.md"}]),
            edit("file:///book/a.md"),
            json!([{"target": "dama-pub:explain/number"}]),
            json!([{"target": "file:///book/a.png"}]),
            steps(json!({"kind": "create", "uri": "file:///book/a.md"})),
            steps(json!({"textDocument": {"uri": "file:///book/a.md", "version": null}, "edits": []})),
        ] {
            assert!(is_believed(&good, root, &[]), "{good}");
        }
        for bad in [
            json!([{"uri": "file:///etc/passwd"}]),
            edit("file:///home/me/.bashrc"),
            edit("file:///book/../etc/passwd"),
            json!([{"title": "t", "command": {"command": "run"}}]),
            json!([{"target": "https://elsewhere.example/"}]),
            json!([{"target": "dama-pub:explain/../x"}]),
            steps(json!({"kind": "delete"})),
            steps(json!({"kind": "rename", "oldUri": "file:///book/a", "newUri": "file:///book/b"})),
            steps(json!({"kind": "create", "uri": "file:///etc/x"})),
            steps(json!({"kind": "create", "uri": "file:///book/a.md", "options": {"overwrite": true}})),
            steps(json!({"textDocument": {"uri": "file:///etc/x"}, "edits": []})),
        ] {
            assert!(!is_believed(&bad, root, &[]), "{bad}");
        }
    }

    #[test]
    fn what_is_shared_with_a_book_is_shown_and_not_changed() {
        let (root, shares) = (Path::new("/house/book"), [PathBuf::from("/house/glossary.yaml")]);
        let uri = "file:///house/book/../glossary.yaml";
        assert!(is_believed(&json!([{"uri": uri}]), root, &shares));
        for bad in [
            json!([{"uri": "file:///house/other.yaml"}]),
            json!([{"edit": {"changes": {uri: [{"newText": "x"}]}}}]),
            json!([{"edit": {"documentChanges": [{"textDocument": {"uri": uri, "version": null}, "edits": []}]}}]),
        ] {
            assert!(!is_believed(&bad, root, &shares), "{bad}");
        }
    }
}
