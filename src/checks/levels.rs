//! The levels that `checks:` of `book.yaml` sets: for a check, or for all checks of a group.

use super::{CHECKS, Check};
use crate::diagnostic::{Diagnostic, Severity, nearest};
use crate::model::Book;

/// The level that is set for a check, `Some(None)` when it is off. What is set for the check itself counts before what is
/// set for its group.
pub(super) fn set(check: &Check, book: &Book) -> Option<Option<Severity>> {
    let set = [check.name, check.group].into_iter().find_map(|name| book.check_levels.get(name));
    set.map(|level| level.value)
}

/// The usual level of a check's findings; `None` when it is off.
pub(super) fn of(check: &Check, book: &Book) -> Option<Severity> {
    set(check, book).unwrap_or(Some(check.default_level))
}

/// Gives a finding of a check the level that is set, if one is.
pub(super) fn raise(check: &Check, wanted: Option<Option<Severity>>, finding: &mut Diagnostic) {
    let Some(Some(level)) = wanted else { return };
    // What a check itself holds to be less grave than its usual findings stays so.
    let usual = finding.severity >= check.default_level;
    finding.severity = if usual { level } else { finding.severity.min(level) };
}

/// Names under `checks:` that are neither a check nor a group.
pub(super) fn unknown(book: &Book) -> Vec<Diagnostic> {
    let unknown = book.check_levels.iter().filter(|(name, _)| !names().any(|known| known == name.as_str()));
    unknown
        .map(|(name, level)| {
            let finding = Diagnostic::warning("unknown-check", format!("there is no check `{name}`")).at(level.span);
            match nearest(name, names()) {
                Some(near) => finding.hint(format!("did you mean `{near}`?")),
                None => finding.hint("`dama-pub explain` lists the checks and their groups"),
            }
        })
        .collect()
}

fn names() -> impl Iterator<Item = &'static str> {
    CHECKS.iter().flat_map(|check| [check.name, check.group])
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::manuscript;
    use crate::source::{Files, ReadError, Sources};

    /// A folder with nothing in it but `book.yaml`.
    struct Yaml(String);

    impl Files for Yaml {
        fn read(&self, path: &str) -> Result<Vec<u8>, ReadError> {
            let bytes = self.0.clone().into_bytes();
            (path == "manuscript/book.yaml").then_some(bytes).ok_or(ReadError::NotFound)
        }

        fn list(&self, _: &str) -> Vec<String> {
            Vec::new()
        }
    }

    fn book(checks: &str) -> (Book, Sources) {
        let files = Yaml(format!("title: T\nlanguages: [zh]\ndate: 2026-01-01\nlayout: report\nchecks: {checks}\n"));
        let mut sources = Sources::default();
        let config = manuscript::load_config(&files, &mut sources).value.unwrap();
        (manuscript::load_book(&files, &mut sources, config, &[]).value, sources)
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
    fn a_slip_is_shown_in_book_yaml() {
        let (book, sources) = book("{numbr: off}");
        let found = unknown(&book);
        assert_eq!(sources.snippet(found[0].primary.as_ref().unwrap().span), "numbr");
        assert_eq!(found[0].hints, ["did you mean `number`?"]);
    }

    #[test]
    fn no_group_is_called_like_a_check() {
        let groups: BTreeSet<&str> = CHECKS.iter().map(|check| check.group).collect();
        assert!(CHECKS.iter().all(|check| !groups.contains(check.name)));
    }
}
