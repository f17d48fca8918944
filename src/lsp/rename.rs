//! Another name for an id, a note or a work, wherever it is named, in both languages at once: in all places or in none.

// The protocol's own type of a change has addresses as keys.
#![expect(clippy::mutable_key_type, reason = "an address does not change")]

use std::collections::HashMap;

use lsp_types::{Position, PrepareRenameResponse, TextEdit, Uri, WorkspaceEdit};

use super::naming::{Mention, Named};
use super::{Reading, place};
use crate::manuscript::is_short_reference;
use crate::message::Message;
use crate::source::Span;

impl Reading {
    /// The name that can be changed at a place.
    pub(crate) fn renamable(&self, uri: &Uri, position: Position) -> Option<PrepareRenameResponse> {
        let (file, offset) = self.at(uri, position)?;
        let mention = self.mention_at(file, offset)?;
        let name = mention.name.filter(|_| !matches!(mention.what, Named::Heading(_) | Named::Chapter(_)))?;
        let placeholder = self.sources.snippet(name).to_owned();
        Some(PrepareRenameResponse::RangeWithPlaceholder { range: self.range(name), placeholder })
    }

    /// The changes that give what is named at a place another name.
    ///
    /// # Errors
    /// Why it cannot have that name, in the reader's language.
    pub(crate) fn rename(&self, uri: &Uri, position: Position, name: &str) -> Result<WorkspaceEdit, String> {
        self.renamed(uri, position, name.trim()).map_err(|why| self.locale.say(&why))
    }

    fn renamed(&self, uri: &Uri, position: Position, name: &str) -> Result<WorkspaceEdit, Message> {
        let nothing = || msg!("nothing here has a name that can be changed: put the cursor on an id, a note or a key");
        let (file, offset) = self.at(uri, position).ok_or_else(nothing)?;
        let here = self.mention_at(file, offset).ok_or_else(nothing)?;
        if matches!(here.what, Named::Heading(_) | Named::Chapter(_)) {
            return Err(nothing());
        }
        if !here.what.may_be(name) {
            return Err(msg!("`{name}` cannot be its name", name));
        }
        let all = self.all_mentions();
        let other = here.what.named(name);
        if other != here.what && all.iter().any(|mention| mention.what == other) {
            return Err(msg!("`{name}` is the name of something else", name));
        }
        let mut changes: HashMap<Uri, Vec<TextEdit>> = HashMap::new();
        for mention in all.iter().filter(|mention| mention.what == here.what) {
            let (span, new_text) = self.change(mention, name)?;
            let uri = self.uri(span.file).ok_or_else(nothing)?;
            let range = place::range(self.sources.get(span.file), span);
            let edit = TextEdit { range, new_text };
            // A reference and the page behind it stand in one place.
            let edits = changes.entry(uri).or_default();
            if !edits.contains(&edit) {
                edits.push(edit);
            }
        }
        Ok(WorkspaceEdit { changes: Some(changes), ..WorkspaceEdit::default() })
    }

    /// What takes the place of a name. A reference of the short form that the new name does not fit becomes one of the long form.
    fn change(&self, mention: &Mention, name: &str) -> Result<(Span, String), Message> {
        let unclear = || {
            let (file, at) = (self.path(mention.whole.file), mention.whole.start);
            let line = self.sources.get(mention.whole.file).position(at).line;
            msg!("{place}: the name is written there in a way that cannot be changed", place = format!("{file}:{line}"))
        };
        let place = mention.name.filter(|span| self.is_as_written(span.file)).ok_or_else(unclear)?;
        let is_short = self.text(place.file)[..place.start].ends_with('@') && !mention.defines;
        match &mention.what {
            Named::Id(..) if is_short && !is_short_reference(name) => {
                Ok((Span::new(place.file, place.start - 1..place.end), format!("[](#{name})")))
            }
            _ => Ok((place, name.to_owned())),
        }
    }
}
