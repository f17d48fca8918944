//! The questions that are understood, and whether an answer may be believed.

use std::path::Path;

use lsp_server::ErrorCode;
use lsp_types::request::{
    CodeActionRequest, DocumentSymbolRequest, GotoDefinition, HoverRequest, Request, WorkspaceSymbolRequest,
};
use lsp_types::{
    CodeActionOrCommand, CodeActionParams, DocumentSymbolParams, DocumentSymbolResponse, GotoDefinitionParams,
    GotoDefinitionResponse, HoverParams, Uri, WorkspaceSymbolParams,
};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::lsp::{Reading, path_of};

/// A question with all that it asks.
pub(super) enum Question {
    Definition(GotoDefinitionParams),
    Hover(HoverParams),
    Actions(Box<CodeActionParams>),
    Symbols(DocumentSymbolParams),
    Everywhere(WorkspaceSymbolParams),
}

impl Question {
    /// # Errors
    /// The code and the reason for what is not understood.
    pub(super) fn of(method: &str, params: &Value) -> Result<Self, (ErrorCode, String)> {
        let read = match method {
            GotoDefinition::METHOD => from(params).map(Self::Definition),
            HoverRequest::METHOD => from(params).map(Self::Hover),
            CodeActionRequest::METHOD => from(params).map(Box::new).map(Self::Actions),
            DocumentSymbolRequest::METHOD => from(params).map(Self::Symbols),
            WorkspaceSymbolRequest::METHOD => from(params).map(Self::Everywhere),
            _ => return Err((ErrorCode::MethodNotFound, format!("{} is not supported", shortened(method)))),
        };
        read.ok_or_else(|| (ErrorCode::InvalidParams, format!("invalid parameters for {method}")))
    }

    /// The document that it is about; `None` if about a whole book.
    pub(super) fn document(&self) -> Option<&Uri> {
        match self {
            Self::Definition(asked) => Some(&asked.text_document_position_params.text_document.uri),
            Self::Hover(asked) => Some(&asked.text_document_position_params.text_document.uri),
            Self::Actions(asked) => Some(&asked.text_document.uri),
            Self::Symbols(asked) => Some(&asked.text_document.uri),
            Self::Everywhere(_) => None,
        }
    }

    /// What a reading answers; without one, that there is nothing.
    pub(super) fn answer(&self, reading: Option<&Reading>) -> Value {
        match self {
            Self::Definition(asked) => {
                let asked = &asked.text_document_position_params;
                let found = reading.map(|reading| reading.definition(&asked.text_document.uri, asked.position));
                value(found.map(GotoDefinitionResponse::Array))
            }
            Self::Hover(asked) => {
                let asked = &asked.text_document_position_params;
                value(reading.and_then(|reading| reading.hover(&asked.text_document.uri, asked.position)))
            }
            Self::Actions(asked) => {
                let actions = reading.map(|reading| reading.actions(&asked.text_document.uri, asked.range));
                let actions = actions.into_iter().flatten().map(CodeActionOrCommand::CodeAction);
                value(actions.collect::<Vec<_>>())
            }
            Self::Symbols(asked) => {
                let found = reading.map(|reading| reading.symbols(&asked.text_document.uri));
                value(found.map(DocumentSymbolResponse::Nested))
            }
            Self::Everywhere(asked) => value(reading.map(|reading| reading.everywhere(&asked.query))),
        }
    }
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

/// Whether an answer of a worker names files of its book alone and starts nothing: it may have been taken over by what it read.
pub(super) fn is_believed(answer: &Value, root: &Path) -> bool {
    match answer {
        Value::Array(parts) => parts.iter().all(|part| is_believed(part, root)),
        Value::Object(parts) => parts.iter().all(|(key, part)| match (key.as_str(), part) {
            ("uri", Value::String(uri)) => holds(root, uri),
            ("changes", Value::Object(files)) => files.keys().all(|uri| holds(root, uri)),
            ("uri" | "changes" | "documentChanges" | "command" | "arguments", _) => false,
            _ => is_believed(part, root),
        }),
        _ => true,
    }
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
        for good in [json!(null), json!([{"uri": "file:///book/manuscript/a.md"}]), edit("file:///book/a.md")] {
            assert!(is_believed(&good, root), "{good}");
        }
        for bad in [
            json!([{"uri": "file:///etc/passwd"}]),
            edit("file:///home/me/.bashrc"),
            edit("file:///book/../etc/passwd"),
            json!([{"title": "t", "command": {"command": "run"}}]),
            json!([{"edit": {"documentChanges": [{"kind": "delete"}]}}]),
        ] {
            assert!(!is_believed(&bad, root), "{bad}");
        }
    }
}
