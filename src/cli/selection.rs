//! Which findings are reported: `--select` and `--ignore`, as users of linters know them.

use crate::checks::{self, Entry};
use crate::diagnostic::{Code, nearest};
use crate::error::Error;
use crate::message::{List, Message};
use crate::model::Book;

/// The codes and groups that were asked for, all if none was, and those that are to be left out.
#[derive(Debug, Default)]
pub(super) struct Selection {
    select: Vec<String>,
    ignore: Vec<String>,
}

/// How a name means a code: a name of its own says more than one of its group.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Reach {
    All,
    Group,
    Code,
}

impl Selection {
    /// # Errors
    /// All names that are neither a code nor a group, together.
    pub(super) fn new(select: &[String], ignore: &[String]) -> Result<Self, Error> {
        let trimmed = |names: &[String]| names.iter().map(|name| name.trim().to_owned()).collect::<Vec<_>>();
        let selection = Self { select: trimmed(select), ignore: trimmed(ignore) };
        let typed = selection.select.iter().chain(&selection.ignore);
        let wrong: Vec<Message> = typed.filter(|name| !is_known(name)).map(|name| unknown(name)).collect();
        if wrong.is_empty() { Ok(selection) } else { Err(Error::Usage(Message::list(List::Lines, wrong))) }
    }

    /// Whether findings of a code are reported. Where a code is both selected and ignored, the name that says more counts.
    pub(super) fn takes(&self, code: Code) -> bool {
        let Some(entry) = checks::entry(code.as_str()) else { return true };
        let selected = if self.select.is_empty() { Some(Reach::All) } else { reach(&self.select, &entry) };
        selected.is_some_and(|selected| reach(&self.ignore, &entry).is_none_or(|ignored| selected > ignored))
    }

    /// Puts checks on that are selected by name, though book.yaml has them off.
    pub(super) fn put_on(&self, book: &mut Book) {
        checks::put_on(book, |check| reach(&self.select, &check.entry()).is_some());
    }
}

/// How names mean a code, if any does.
fn reach(names: &[String], entry: &Entry) -> Option<Reach> {
    let of = |name: &String| match name.as_str() {
        name if entry.code == name => Some(Reach::Code),
        name if entry.group == name => Some(Reach::Group),
        _ => None,
    };
    names.iter().filter_map(of).max()
}

fn is_known(name: &str) -> bool {
    checks::entries().any(|entry| entry.code == name || entry.group == name)
}

fn unknown(name: &str) -> Message {
    let known: Vec<&str> = checks::entries().flat_map(|entry| [entry.code.as_str(), entry.group]).collect();
    match nearest(name, known) {
        Some(near) => msg!("there is no code and no group `{name}`; did you mean `{near}`?", name, near),
        None => msg!("there is no code and no group `{name}`; `dama-pub explain` lists them all", name),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn takes(select: &[&str], ignore: &[&str]) -> Vec<&'static str> {
        let names = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
        let selection = Selection::new(&names(select), &names(ignore)).unwrap();
        let tried = ["number", "range", "missing-block", "unknown-id"];
        let entries = tried.map(|name| checks::entry(name).unwrap().code);
        entries.into_iter().filter(|code| selection.takes(*code)).map(Code::as_str).collect()
    }

    #[test]
    fn codes_and_groups_are_taken_and_left_out() {
        assert_eq!(takes(&[], &[]), ["number", "range", "missing-block", "unknown-id"]);
        assert_eq!(takes(&["values"], &[]), ["number", "range"]);
        assert_eq!(takes(&["number", "unknown-id"], &[]), ["number", "unknown-id"]);
        assert_eq!(takes(&[], &["values"]), ["missing-block", "unknown-id"]);
    }

    #[test]
    fn a_code_says_more_than_its_group() {
        assert_eq!(takes(&["values"], &["number"]), ["range"]);
        assert_eq!(takes(&["number"], &["values"]), ["number"]);
        assert_eq!(takes(&["number"], &["number"]), [""; 0]);
    }

    #[test]
    fn every_slip_is_named() {
        let error = Selection::new(&["numbr".to_owned()], &["valeus".to_owned(), "xyzzy".to_owned()]).unwrap_err();
        let said = error.to_string();
        assert!(said.contains("no group `numbr`; did you mean `number`?"), "{said}");
        assert!(said.contains("did you mean `values`?") && said.contains("`xyzzy`; `dama-pub explain`"), "{said}");
    }
}
