//! What the editor said of itself when the conversation began, and what it wishes.

use std::path::PathBuf;

use lsp_types::Uri;
use serde_json::Value;

use crate::lsp::path_of;

/// What the editor can do and wishes.
#[derive(Debug, Default)]
pub(super) struct Client {
    /// The folders that it has open.
    pub(super) folders: Vec<PathBuf>,
    /// Whether it shows how far work is.
    pub(super) shows_progress: bool,
    /// Whether it tells of changes of files when it is asked to.
    pub(super) watches: bool,
    /// Whether it then also looks outside of the folders that it has open.
    pub(super) watches_beyond: bool,
    /// Whether it asks for diagnostics itself, and is not told them.
    pub(super) pulls: bool,
    /// Whether it can be told to ask for diagnostics again.
    pub(super) refreshes: bool,
    /// Whether translations are suggested in grey.
    pub(super) ghosts: bool,
    /// Whether formatting gives each sentence a line of its own.
    pub(super) sentences: bool,
}

impl Client {
    /// Reads the parameters of `initialize`.
    pub(super) fn of(greeting: &Value) -> Self {
        let can = |path: &str| greeting["capabilities"].pointer(path) == Some(&Value::Bool(true));
        let wishes = |key: &str| greeting["initializationOptions"][key] == Value::Bool(true);
        let open = greeting["workspaceFolders"].as_array().into_iter().flatten().map(|folder| &folder["uri"]);
        let uris = open.chain([&greeting["rootUri"]]).filter_map(Value::as_str);
        let mut folders: Vec<PathBuf> = uris.filter_map(|uri| path_of(&uri.parse::<Uri>().ok()?)).collect();
        folders.dedup();
        Self {
            folders,
            shows_progress: can("/window/workDoneProgress"),
            watches: can("/workspace/didChangeWatchedFiles/dynamicRegistration"),
            watches_beyond: can("/workspace/didChangeWatchedFiles/relativePatternSupport"),
            pulls: wishes("pullDiagnostics"),
            refreshes: can("/workspace/diagnostics/refreshSupport"),
            ghosts: wishes("ghostText"),
            sentences: wishes("sentencePerLine"),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn an_editor_that_says_nothing_wishes_nothing() {
        for greeting in
            [json!({}), json!(null), json!({"capabilities": [], "initializationOptions": "x", "rootUri": 3})]
        {
            let client = Client::of(&greeting);
            assert!(!client.watches && !client.pulls && !client.ghosts && client.folders.is_empty(), "{greeting}");
        }
        let greeting = json!({
            "capabilities": {"window": {"workDoneProgress": true}},
            "initializationOptions": {"ghostText": true},
            "rootUri": "file:///book",
            "workspaceFolders": [{"uri": "file:///book", "name": "book"}],
        });
        let client = Client::of(&greeting);
        assert!(client.shows_progress && client.ghosts && !client.pulls);
        assert_eq!(client.folders, [PathBuf::from("/book")]);
    }
}
