//! What `extends:` names: a file that the house of a book shares with all its books.

use super::yaml::{Area, MAX_BYTES};
use super::{read_text, typed};
use crate::diagnostic::{Code, Diagnostic};
use crate::message::Argument;
use crate::model::Spanned;
use crate::project::{CATALOGUE_FILE, Shared};
use crate::source::{FileId, Files, Sources};

/// The key that names what is shared.
pub(super) const KEY: &str = "extends";

/// Reads what is shared under a name. What is wrong with the name is told where it stands, what is wrong with the file in the file.
pub(super) fn read(
    name: &Spanned<String>,
    (kind, code): (Shared, Code),
    (files, sources): (&dyn Files, &mut Sources),
    sink: &mut Vec<Diagnostic>,
) -> Option<FileId> {
    let word = kind.word();
    let refused = |message, hint| Diagnostic::error(code, message).at(name.span).hint(hint);
    if !kind.may_be(&name.value) {
        let message = msg!("`{name}` is no name of what a house shares here", name = &name.value);
        let hint = msg!("the name is `{word}`, or ends in `-{word}`; the file is that name with `.yaml`", word);
        sink.push(refused(message, hint));
        return None;
    }
    let Some(path) = files.shared(&name.value) else {
        let message =
            msg!("no {file} lies in a folder above this book, so nothing is shared with it", file = CATALOGUE_FILE);
        let hint = msg!("put {file} beside the catalogue.yaml of the house", file = format!("{}.yaml", name.value));
        sink.push(refused(message, hint));
        return None;
    };
    if let Err(why) = files.read(&path) {
        let message = msg!("cannot read {path}: {reason}", path = path.as_str(), reason = why.into_message());
        sink.push(refused(message, msg!("put the file there, or take {key} away", key = typed(KEY))));
        return None;
    }
    read_text(files, sources, &path, MAX_BYTES, sink)
}

/// The whole text of such a file.
pub(super) fn area(file: FileId, sources: &Sources) -> Area<'_> {
    Area { file, text: sources.get(file).text(), base: 0 }
}
