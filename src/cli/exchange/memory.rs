//! What a translation memory knows, as suggestions for what is not translated yet.

use std::collections::HashMap;
use std::path::Path;

use super::{form, note};
use crate::error::Error;
use crate::exchange::{Coded, Package, Piece, State, Tagged};
use crate::message::Message;
use crate::model::Lang;

/// Translations by what their sources say.
pub(super) struct Memory(HashMap<String, String>);

/// Reads a memory; why it cannot be used, where it cannot.
pub(super) fn read(file: &Path, langs: &[Lang; 2]) -> Result<Result<Memory, Message>, Error> {
    let bytes = std::fs::read(file).map_err(|source| Error::Read { path: file.to_owned(), source })?;
    Ok(form::memory(&bytes, langs).map_err(|refusal| refusal.message).map(|returned| {
        let pairs = returned
            .units
            .iter()
            .filter_map(|unit| Some((words(unit.source.as_ref()?)?, words(unit.target.as_ref()?)?)));
        Memory(pairs.collect())
    }))
}

/// What a text says; `None` where it has codes, of which a memory knows nothing.
fn words(text: &Tagged) -> Option<String> {
    match &text[..] {
        [Piece::Text(text)] => Some(text.trim().to_owned()),
        _ => None,
    }
}

impl Memory {
    /// Fills units that have no translation and whose text the memory has.
    pub(super) fn fill(&self, package: &mut Package) {
        let open = package.files.iter_mut().flat_map(|file| &mut file.units).filter(|unit| unit.target.is_none());
        for unit in open {
            let [Piece::Text(text)] = &unit.source[..] else { continue };
            let Some(known) = self.0.get(text.trim()) else { continue };
            unit.target = Some(Coded::from([Piece::Text(known.clone())]));
            unit.state = State::Stale { was: None };
            unit.notes.push(note::of("from the translation memory".to_owned()));
        }
    }
}
