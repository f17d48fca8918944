//! `checks:` of `book.yaml`: the levels of checks, and those of the house that they add to.

use std::collections::BTreeMap;

use super::super::yaml::{Entry, Fields, Kind, explain, parse};
use super::super::{choices, shared, typed};
use super::Config;
use crate::codes;
use crate::diagnostic::{Diagnostic, Severity};
use crate::message::Message;
use crate::model::Spanned;
use crate::project::Shared;
use crate::source::{Files, Sources};

/// Levels of checks and groups of checks, each with the place of its name.
pub(crate) type Levels = BTreeMap<String, Spanned<Option<Severity>>>;

/// What stands under the key.
#[derive(Default)]
pub(super) struct Checks {
    pub(super) levels: Levels,
    /// The levels of the house that these add to.
    pub(super) extends: Option<Spanned<String>>,
}

impl Checks {
    pub(super) fn of(entry: Option<Entry>, sink: &mut Vec<Diagnostic>) -> Self {
        let fields = entry.and_then(|entry| Fields::open(entry.node, typed("checks"), sink));
        fields.map_or_else(Self::default, |fields| Self::read(fields, sink))
    }

    fn read(mut fields: Fields, sink: &mut Vec<Diagnostic>) -> Self {
        let extends = fields.text(shared::KEY, sink);
        let mut levels = Levels::new();
        for (name, key_span, node) in fields.rest() {
            // YAML 1.1 reads a bare `off` as false; both are accepted.
            let word = match &node.kind {
                Kind::Scalar(word) => word.as_str(),
                _ => "",
            };
            let level = match word {
                "off" | "false" => None,
                "info" => Some(Severity::Info),
                "warning" => Some(Severity::Warning),
                "error" => Some(Severity::Error),
                _ => {
                    let span = if word.is_empty() { key_span } else { node.span };
                    let message = msg!("the level of `{check}` is not valid", check = name);
                    let hint = msg!("use {choices}", choices = choices(["off", "info", "warning", "error"]));
                    sink.push(Diagnostic::error(codes::BOOK_YAML, message).at(span).hint(hint));
                    continue;
                }
            };
            levels.insert(name, Spanned { value: level, span: key_span });
        }
        Self { levels, extends }
    }
}

/// Adds the levels of the house to those of a book, which take precedence.
pub(super) fn add_those_of_house(
    config: &mut Config,
    files: &dyn Files,
    sources: &mut Sources,
    sink: &mut Vec<Diagnostic>,
) {
    let Some(name) = config.house_checks.take() else { return };
    let wanted = (Shared::Checks, codes::BOOK_YAML);
    let Some(file) = shared::read(&name, wanted, (files, &mut *sources), sink) else { return };
    let area = shared::area(file, sources);
    let before = sink.len();
    let node = parse(area, sink);
    let what = || Message::data(format!("{}.yaml", name.value));
    let fields = node.and_then(|node| Fields::open(node, what(), sink));
    let house = fields.map_or_else(Checks::default, |fields| Checks::read(fields, sink));
    explain(area, &mut sink[before..]);
    if let Some(further) = house.extends {
        let message = msg!("levels of checks that are shared extend no others");
        sink.push(Diagnostic::error(codes::BOOK_YAML, message).at(further.span).hint(msg!("write them here")));
    }
    for (name, level) in house.levels {
        config.check_levels.entry(name).or_insert(level);
    }
}

#[cfg(test)]
mod tests {
    use super::super::load_config;
    use super::*;

    fn config(checks: &str, files: &[(&str, &str)]) -> (Config, Vec<String>, Sources) {
        let text = format!("title: T\nlanguages: [zh]\ndate: 2026-01-01\nlayout: report\nchecks: {checks}\n");
        let mut all: BTreeMap<&str, &str> = BTreeMap::from([("manuscript/book.yaml", text.as_str())]);
        all.extend(files.iter().copied());
        let mut sources = Sources::default();
        let loaded = load_config(&all, &mut sources);
        let said = loaded.diagnostics.iter().map(|found| {
            let place = found.primary.as_ref().expect("it has a place").span;
            format!("{} {}: {}", sources.get(place.file).path(), sources.snippet(place), found.message)
        });
        let said = said.collect();
        (loaded.value.expect("it is read in spite of it"), said, sources)
    }

    #[test]
    fn a_book_adds_to_the_levels_of_its_house() {
        let house = [("../catalogue.yaml", "books: [a]"), ("../checks.yaml", "number: off\nvalues: error\n")];
        let (config, said, sources) = config("{extends: checks, values: info}", &house);
        assert_eq!(said, [""; 0]);
        let levels: Vec<_> = config
            .check_levels
            .iter()
            .map(|(name, level)| (name.as_str(), level.value, sources.get(level.span.file).path()))
            .collect();
        let expected = [("number", None, "../checks.yaml"), ("values", Some(Severity::Info), "manuscript/book.yaml")];
        assert_eq!(levels, expected);
    }

    #[test]
    fn what_is_wrong_with_the_levels_of_a_house_is_told_in_their_file() {
        let house = |text: &'static str| [("../catalogue.yaml", "books: [a]"), ("../law-checks.yaml", text)];
        let said = |text| config("{extends: law-checks}", &house(text)).1;
        assert_eq!(said("number: loud\n"), ["../law-checks.yaml loud: the level of `number` is not valid"]);
        assert_eq!(
            said("extends: checks\n"),
            ["../law-checks.yaml checks: levels of checks that are shared extend no others"]
        );
        for (checks, files, says) in [
            ("{extends: house}", &house("")[..], "`house` is no name of what a house shares here"),
            ("{extends: checks}", &[][..], "no catalogue.yaml lies in a folder above this book"),
            ("{extends: my-checks}", &house("")[..], "cannot read ../my-checks.yaml"),
        ] {
            let (_, said, _) = config(checks, files);
            assert!(said[0].contains(says) && said[0].starts_with("manuscript/book.yaml"), "{said:?}");
        }
    }
}
