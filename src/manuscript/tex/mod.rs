//! Formulas in TeX's notation, as amsmath extends it, brought into Typst's: one notation for pages, MathML and checks.
//!
//! `pulldown-latex` reads TeX and tells what a formula is made of; here that is written down for Typst. What is of the
//! page and not of the formula (`\tag`, `\label`, macros of the book) is taken off before.

mod delimiters;
mod element;
mod forms;
mod groups;
mod infix;
mod prepared;
mod referred;
mod rows;
mod scripts;
mod signs;
mod styles;
mod symbols;
mod usual;
mod writer;

use std::ops::Range;

use pulldown_latex::{Parser, Storage};

use crate::message::Message;
use crate::model::Macros;

/// Longest formula in bytes; what a formula of a book never is.
const MAX_BYTES: usize = 8_000;

/// The most bytes that macros put into a formula: a macro may stand for many others.
const MAX_EXPANDED: usize = 4 * MAX_BYTES;

/// Deepest nesting of braces, environments and commands that take commands: the reader recurses.
const MAX_DEPTH: usize = 60;

/// A formula in Typst's notation, and what TeX says beside it.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Converted {
    /// The formula in Typst's notation.
    pub(crate) typst: String,
    /// The name that `\label` gives it.
    pub(crate) label: Option<String>,
    /// The number that `\tag` gives it, as it is shown.
    pub(crate) tag: Option<String>,
    /// Whether a colour was left out.
    pub(crate) uncoloured: bool,
}

/// Why a formula cannot be set, and where in bytes of what is written.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Fault {
    pub(crate) range: Range<usize>,
    pub(crate) reason: Message,
    pub(crate) hint: Option<Message>,
}

/// Brings a formula into Typst's notation.
///
/// # Errors
/// A command that is not known, braces that do not match and the like, at their place.
pub(crate) fn to_typst(tex: &str, macros: &Macros) -> Result<Converted, Fault> {
    if tex.len() > MAX_BYTES {
        return Err(Fault::new(0..tex.len(), msg!("the formula is longer than {limit} bytes", limit = MAX_BYTES)));
    }
    if let Some(at) = prepared::too_deep(tex, MAX_DEPTH) {
        return Err(Fault::new(at..tex.len(), msg!("the formula is nested too deeply")));
    }
    let too_long = || Fault::new(0..tex.len(), msg!("the formula is longer than {limit} bytes", limit = MAX_EXPANDED));
    let prepared = prepared::prepare(tex, macros, MAX_EXPANDED).ok_or_else(too_long)?;
    if prepared::too_deep(&prepared.body, MAX_DEPTH).is_some() {
        return Err(Fault::new(0..tex.len(), msg!("the formula is nested too deeply")));
    }
    if prepared::has_strange_colour(&prepared.body) {
        return Err(prepared::unreadable(tex));
    }
    let storage = Storage::new();
    let mut events = Vec::new();
    for event in Parser::new(&prepared.body, &storage) {
        events.push(event.map_err(|error| prepared::fault(tex, macros, &error))?);
    }
    let mut writer = writer::Writer::new(events, macros);
    let typst = writer.formula();
    if let Some(fault) = writer.fault {
        return Err(fault.inside(tex));
    }
    Ok(Converted { typst, label: prepared.label, tag: prepared.tag, uncoloured: writer.uncoloured })
}

/// A formula in a line with its number behind it.
pub(crate) fn with_tag(typst: &str, tag: &str) -> String {
    format!("{typst} wide \"{}\"", symbols::quoted(tag))
}

/// A formula that cannot be set, as the text that it is.
pub(crate) fn as_text(formula: &str) -> String {
    format!("\"{}\"", symbols::quoted(formula.trim()))
}

impl Fault {
    fn new(range: Range<usize>, reason: Message) -> Self {
        Self { range, reason, hint: None }
    }

    /// A fault of a formula that stands in the text of another one: told at all of that.
    fn inside(self, whole: &str) -> Self {
        Self { range: 0..whole.len(), ..self }
    }
}

/// Whether a formula is in TeX's notation beyond doubt: it has a command, or braces behind a sub- or superscript, which Typst
/// would print, and nothing of Typst's.
pub(crate) fn is_plainly_tex(formula: &str) -> bool {
    let braces = ["_{", "^{", "}{"].iter().any(|braces| formula.contains(braces));
    has_command(formula) || braces && !is_plainly_typst(formula)
}

fn has_command(formula: &str) -> bool {
    let mut rest = formula;
    while let Some(at) = rest.find('\\') {
        let behind = &rest[at + 1..];
        if behind.starts_with(|c: char| c.is_ascii_alphabetic())
            || behind.starts_with(['\\', ',', ';', '!', ':', '{', '}', '|'])
        {
            return true;
        }
        rest = behind.char_indices().nth(1).map_or("", |(next, _)| &behind[next..]);
    }
    false
}

/// Whether a formula is in Typst's notation beyond doubt: text in quotes, a function of more than one letter, a named symbol.
pub(crate) fn is_plainly_typst(formula: &str) -> bool {
    if formula.contains('"') {
        return true;
    }
    let mut before = None;
    formula.split_inclusive(|c: char| !c.is_ascii_alphabetic()).any(|part| {
        let word = part.trim_end_matches(|c: char| !c.is_ascii_alphabetic());
        let command = before == Some('\\');
        before = part.chars().next_back();
        !command && word.len() > 1 && symbols::is_typst_name(word)
    })
}

#[cfg(test)]
mod tests;
