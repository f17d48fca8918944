//! The levels that `checks:` of `book.yaml` sets: for a check, for all checks of a group, or for a code of the build that
//! has a level.

use super::{CHECKS, Check};
use crate::codes;
use crate::diagnostic::{Diagnostic, Severity, nearest};
use crate::message::Message;
use crate::model::{Book, Spanned};

/// The level that is set for a check, `Some(None)` when it is off. A level for the check itself takes precedence over one
/// for its group.
pub(super) fn set(check: &Check, book: &Book) -> Option<Option<Severity>> {
    let set = [check.name.as_str(), check.group].into_iter().find_map(|name| book.check_levels.get(name));
    set.map(|level| level.value)
}

/// The usual level of a check's findings; `None` when it is off.
pub(super) fn of(check: &Check, book: &Book) -> Option<Severity> {
    set(check, book).unwrap_or(Some(check.default_level))
}

/// Gives checks that are off their usual level.
pub fn put_on(book: &mut Book, wanted: impl Fn(&Check) -> bool) {
    for check in CHECKS.iter().filter(|check| wanted(check)) {
        let names = [check.name.as_str(), check.group];
        let off = names.into_iter().find_map(|name| book.check_levels.get(name)).filter(|level| level.value.is_none());
        if let Some(span) = off.map(|level| level.span) {
            let level = Spanned { value: Some(check.default_level), span };
            book.check_levels.insert(check.name.as_str().to_owned(), level);
        }
    }
}

/// Gives a finding of a check the level that is set, if one is.
pub(super) fn raise(check: &Check, wanted: Option<Option<Severity>>, finding: &mut Diagnostic) {
    if let Some(Some(level)) = wanted {
        finding.raise(check.default_level, level);
    }
}

/// Names under `checks:` that are neither a check nor a group.
pub(super) fn unknown(book: &Book) -> Vec<Diagnostic> {
    let unknown = book.check_levels.iter().filter(|(name, _)| !names().any(|known| known == name.as_str()));
    unknown
        .map(|(name, level)| {
            let otherwise = msg!("`dama-pub explain` lists the checks and their groups");
            let message = msg!("there is no check `{name}`", name);
            let finding = Diagnostic::warning(codes::UNKNOWN_CHECK, message).at(level.span);
            finding.hint(advice(name, names(), otherwise))
        })
        .collect()
}

/// What to write instead of a name that is not a check, where these are known.
pub(super) fn advice(name: &str, known: impl Iterator<Item = &'static str>, otherwise: Message) -> Message {
    if codes::named(name).is_some() {
        return msg!("`{name}` is not a check: it can be neither turned off nor waived", name);
    }
    match nearest(name, known) {
        Some(near) => msg!("did you mean `{near}`?", near),
        None => otherwise,
    }
}

fn names() -> impl Iterator<Item = &'static str> {
    let checks = CHECKS.iter().flat_map(|check| [check.name.as_str(), check.group]);
    checks.chain(codes::levelled().map(|entry| entry.code.as_str()))
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use super::*;
    use crate::manuscript;
    use crate::source::Sources;

    fn book(checks: &str) -> (Book, Sources) {
        let yaml = format!("title: T\nlanguages: [zh]\ndate: 2026-01-01\nlayout: report\nchecks: {checks}\n");
        let files = BTreeMap::from([("manuscript/book.yaml", yaml)]);
        let mut sources = Sources::default();
        let config = manuscript::load_config(&files, &mut sources).value.unwrap();
        (manuscript::load_book(&files, &mut sources, config, Some(&[])).value, sources)
    }

    fn named(name: &str) -> &'static Check {
        CHECKS.iter().find(|check| check.name == name).unwrap()
    }

    #[test]
    fn a_group_sets_all_its_checks_and_a_check_itself_counts_first() {
        let (book, _) = book("{alignment: off, heading-level: info}");
        assert_eq!(of(named("missing-block"), &book), None);
        assert_eq!(of(named("heading-level"), &book), Some(Severity::Info));
        assert_eq!(of(named("number"), &book), Some(named("number").default_level));
    }

    #[test]
    fn a_check_that_is_off_can_be_put_on() {
        let (mut book, _) = book("{values: off, heading-level: info}");
        put_on(&mut book, |check| check.name == "number" || check.name == "heading-level");
        assert_eq!(of(named("number"), &book), Some(named("number").default_level));
        assert_eq!(of(named("range"), &book), None);
        assert_eq!(of(named("heading-level"), &book), Some(Severity::Info));
    }

    #[test]
    fn a_slip_is_shown_in_book_yaml() {
        let (book, sources) = book("{numbr: off}");
        let found = unknown(&book);
        assert_eq!(sources.snippet(found[0].primary.as_ref().unwrap().span), "numbr");
        assert_eq!(found[0].hints[0].to_string(), "did you mean `number`?");
    }

    #[test]
    fn what_is_no_check_is_not_taken_for_a_slip() {
        let (book, _) = book("{missing-image: off}");
        let hint = "`missing-image` is not a check: it can be neither turned off nor waived";
        assert_eq!(unknown(&book)[0].hints[0].to_string(), hint);
    }

    #[test]
    fn codes_of_pages_have_levels_too() {
        let (book, _) = book("{overflow: warning, missing-glyph: off}");
        assert!(unknown(&book).is_empty());
        let mut found: Vec<Diagnostic> = [codes::OVERFLOW, codes::MISSING_GLYPH, codes::TYPESET]
            .map(|code| Diagnostic::error(code, Message::empty()))
            .into();
        book.settle(&mut found);
        let left: Vec<_> = found.iter().map(|finding| (finding.check, finding.severity)).collect();
        assert_eq!(left, [(codes::OVERFLOW, Severity::Warning), (codes::TYPESET, Severity::Error)]);
    }

    #[test]
    fn no_group_is_called_like_a_code() {
        let groups: BTreeSet<&str> = super::super::entries().map(|entry| entry.group).collect();
        assert!(super::super::entries().all(|entry| !groups.contains(entry.code.as_str())));
    }
}
