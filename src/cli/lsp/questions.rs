//! The questions that are understood, and whether an answer may be believed.

use std::path::Path;

use lsp_server::ErrorCode;
use lsp_types::request::{CodeActionRequest, DocumentSymbolRequest, GotoDefinition, HoverRequest, Request};
use lsp_types::{
    CodeActionOrCommand, CodeActionParams, DocumentSymbolParams, DocumentSymbolResponse, GotoDefinitionParams,
    GotoDefinitionResponse, HoverParams, Uri,
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
            _ => return Err((ErrorCode::MethodNotFound, format!("{} is not supported", shortened(method)))),
        };
        read.ok_or_else(|| (ErrorCode::InvalidParams, format!("invalid parameters for {method}")))
    }

    /// The document that it is about.
    pub(super) fn document(&self) -> &Uri {
        match self {
            Self::Definition(asked) => &asked.text_document_position_params.text_document.uri,
            Self::Hover(asked) => &asked.text_document_position_params.text_document.uri,
            Self::Actions(asked) => &asked.text_document.uri,
            Self::Symbols(asked) => &asked.text_document.uri,
        }
    }

    /// What a reading answers; without one, that there is nothing.
    pub(super) fn answer(&self, reading: Option<&Reading>) -> Value {
        let document = self.document();
        match self {
            Self::Definition(asked) => {
                let at = asked.text_document_position_params.position;
                value(reading.map(|reading| GotoDefinitionResponse::Array(reading.definition(document, at))))
            }
            Self::Hover(asked) => {
                let at = asked.text_document_position_params.position;
                value(reading.and_then(|reading| reading.hover(document, at)))
            }
            Self::Actions(asked) => {
                let actions = reading.map(|reading| reading.actions(document, asked.range)).unwrap_or_default();
                value(actions.into_iter().map(CodeActionOrCommand::CodeAction).collect::<Vec<_>>())
            }
            Self::Symbols(_) => value(reading.map(|reading| DocumentSymbolResponse::Nested(reading.symbols(document)))),
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
