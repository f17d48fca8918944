//! Takes terms that came from elsewhere into the text of `glossary.yaml`: its comments, its order and the form in which it
//! writes its terms stay, and every line that is not of a term that changes stays byte for byte.
//!
//! Law: the text that comes out is read, and must say what the old one said with the changes, and nothing else. Where it does
//! not, the changes of that term are not made, and told.

mod entry;
mod plan;
mod splice;

use super::glossary::{self, Languages};
use super::yaml::{self, Area, Kind, Node};
use crate::diagnostic::{Diagnostic, any_error};
use crate::message::Message;
use crate::model::{Glossary, Lang};
use crate::source::{FileId, SourceFile, Sources};

pub use entry::{TermEntry, part_of_speech};
pub(crate) use glossary::GLOSSARY_FILE;
use plan::{Change, Plan};

/// A termbase with terms from elsewhere taken in.
#[derive(Debug, Clone, Default)]
pub struct Merged {
    /// The new text; the old one if nothing changes.
    pub text: String,
    /// How many terms were added.
    pub added: usize,
    /// How many terms were changed.
    pub changed: usize,
    /// What was not taken, and why.
    pub left: Vec<Message>,
}

/// A text that was read.
struct Parsed<'t> {
    text: &'t str,
    /// The whole file; nothing where it is empty.
    root: Option<Node>,
    glossary: Glossary,
}

impl<'t> Parsed<'t> {
    fn read(text: &'t str, langs: &[Lang], file: FileId, found: &mut Vec<Diagnostic>) -> Option<Self> {
        let area = Area { file, text, base: 0 };
        let before = found.len();
        let glossary = glossary::read(area, Languages::Named(langs), found);
        if any_error(&found[before..]) {
            return None;
        }
        let root = yaml::parse(area, &mut Vec::new()).filter(|node| !matches!(node.kind, Kind::Null));
        Some(Self { text, root, glossary })
    }

    fn entries(&self) -> Vec<TermEntry> {
        self.glossary.terms.iter().map(TermEntry::of).collect()
    }

    /// The node of a term, by its place in the list of terms.
    fn node(&self, term: usize) -> Option<&Node> {
        let span = self.glossary.terms.get(term)?.span;
        self.nodes().iter().find(|node| node.span == span)
    }

    /// The list of the terms, which may stand beside other keys; nothing where it has no place yet.
    fn list(&self) -> Option<&Node> {
        let root = self.root.as_ref()?;
        glossary::terms_key(root).unwrap_or(Some(root))
    }

    /// Whether the list of the terms stands, or is to stand, under a key.
    fn has_keys(&self) -> bool {
        self.root.as_ref().is_some_and(|root| glossary::terms_key(root).is_some())
    }

    /// The nodes of the terms.
    fn nodes(&self) -> &[Node] {
        match self.list().map(|list| &list.kind) {
            Some(Kind::Seq(nodes)) => nodes,
            _ => &[],
        }
    }
}

/// Takes entries into the text of a termbase. `langs` are the languages of the book, the source first.
///
/// # Errors
/// What is wrong with the text as it stands, which is then left alone, with the sources that the findings speak of.
pub fn merge(text: &str, langs: &[Lang], entries: &[TermEntry]) -> Result<Merged, (Vec<Diagnostic>, Sources)> {
    let mut sources = Sources::default();
    let file = sources.add(SourceFile::new(GLOSSARY_FILE, text));
    let mut found = Vec::new();
    let Some(parsed) = Parsed::read(text, langs, file, &mut found) else { return Err((found, sources)) };
    let mut plan = Plan::default();
    plan.compare(&parsed.entries(), langs, entries);
    let mut merged = Merged { text: text.to_owned(), left: std::mem::take(&mut plan.left), ..Merged::default() };
    let all: Vec<&Change> = plan.changes.iter().collect();
    match made(&merged.text, langs, file, &all) {
        Some(text) => {
            merged.text = text;
            plan.changes.iter().for_each(|change| merged.count(change));
        }
        None => merged.one_by_one(&plan.changes, langs, file),
    }
    Ok(merged)
}

impl Merged {
    fn count(&mut self, change: &Change) {
        match change {
            Change::Term { .. } => self.changed += 1,
            Change::New(_) => self.added += 1,
        }
    }

    /// Makes the changes that can be made, a term at a time, and tells the others.
    fn one_by_one(&mut self, changes: &[Change], langs: &[Lang], file: FileId) {
        for change in changes {
            match made(&self.text, langs, file, &[change]) {
                Some(text) => {
                    self.text = text;
                    self.count(change);
                }
                None => self.left.push(msg!(
                    "‘{term}’ is written in a way that cannot be changed here: change it by hand",
                    term = change.name()
                )),
            }
        }
    }
}

/// The text with changes made; `None` if it would not say just that.
fn made(text: &str, langs: &[Lang], file: FileId, changes: &[&Change]) -> Option<String> {
    if changes.is_empty() {
        return Some(text.to_owned());
    }
    let mut before = Vec::new();
    let parsed = Parsed::read(text, langs, file, &mut before)?;
    let mut expected = parsed.entries();
    changes.iter().for_each(|change| change.make(&mut expected));
    let text = splice::write(&parsed, langs, changes);
    let mut found = Vec::new();
    let after = Parsed::read(&text, langs, file, &mut found)?;
    (found.len() <= before.len() && after.entries() == expected).then_some(text)
}

#[cfg(test)]
mod tests;
