//! The termbase for other programs: a table for spreadsheets, and TBX.

mod read_tbx;
mod tbx;
mod tsv;

use std::collections::BTreeSet;

use crate::exchange::Refusal;
use crate::lang::{self, Lang};
use crate::manuscript::TermEntry;
use crate::message::Message;

pub use tbx::{Dialect, write as tbx};
pub use tsv::write as tsv;

/// Terms that came back.
#[derive(Debug, Default)]
pub struct TermFile {
    /// The terms in the order of the file.
    pub entries: Vec<TermEntry>,
    /// What was not taken of it, and why.
    pub left: Vec<Message>,
}

/// Reads a table or TBX, whichever it is. `langs` are the languages of the book, the source first; `ids` are those of its terms: other
/// programs give numbers of their own.
///
/// # Errors
/// Says why nothing of the file can be read.
pub fn read(bytes: &[u8], langs: &[Lang], ids: &BTreeSet<&str>) -> Result<TermFile, Refusal> {
    let text = text(bytes)?;
    if text.trim_start().starts_with('<') { read_tbx::read(&text, langs, ids) } else { tsv::read(&text, langs) }
}

/// The text of a file in UTF-8, or in UTF-16 as Excel writes “Unicode text”.
fn text(bytes: &[u8]) -> Result<String, Refusal> {
    let (encoding, mark) = encoding_rs::Encoding::for_bom(bytes).unwrap_or((encoding_rs::UTF_8, 0));
    match encoding.decode_without_bom_handling_and_without_replacement(&bytes[mark..]) {
        Some(text) => Ok(text.into_owned()),
        None => Err(refusal(
            msg!("the file is not UTF-8 text"),
            msg!("save it as “CSV UTF-8” or “Unicode text” in Excel, or as UTF-8 elsewhere"),
        )),
    }
}

fn refusal(message: Message, hint: Message) -> Refusal {
    Refusal { message, hint: Some(hint), at: None }
}

/// The language of the book that a tag means: the same, one that says the same text, or the only form of it.
fn language<'l>(tag: &str, langs: &'l [Lang]) -> Option<&'l Lang> {
    let tag = tag.trim();
    let same = |lang: &&Lang| lang.tag().eq_ignore_ascii_case(tag) || lang.bcp47().eq_ignore_ascii_case(tag);
    if let Some(same) = langs.iter().find(same) {
        return Some(same);
    }
    let meant = lang::loosely(tag)?;
    let mut forms = langs.iter().filter(|lang| lang.is_form_of(&meant));
    let only = forms.next().filter(|_| forms.next().is_none());
    langs.iter().find(|lang| lang.agrees_with(&meant)).or(only)
}

#[cfg(test)]
mod tests;
