//! Names of places: anchors and file names in ASCII, each given out once, and the labels of two languages.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::Lang;

/// What labels of a language end in: nothing in the leading language of an edition, `.TAG` in any other, since both
/// languages give the same ids to their blocks.
pub fn suffix(leading: &Lang, lang: &Lang) -> String {
    if leading == lang { String::new() } else { format!(".{}", lang.tag()) }
}

/// The label of a place that the name of its chapter goes into: no id has a `#`.
pub fn place_label(chapter: &str, name: &str, suffix: &str) -> String {
    format!("{chapter}#{name}{suffix}")
}

/// Gives out names that are not yet taken.
#[derive(Debug, Clone, Default)]
pub struct UniqueNames {
    taken: BTreeSet<String>,
    /// The number that the next name of those that are alike is given, by what they have in common.
    next: BTreeMap<String, usize>,
}

impl UniqueNames {
    /// A free id near `wanted`: ASCII, beginning with a letter.
    pub fn id(&mut self, wanted: &str) -> String {
        let mut base = ascii(wanted);
        if !base.starts_with(|c: char| c.is_ascii_alphabetic()) {
            base.insert_str(0, "id-");
        }
        self.free(base.trim_end_matches('-'), "")
    }

    /// A free file name near `wanted`, with a prefix and an extension.
    pub fn file(&mut self, prefix: &str, wanted: &str, extension: &str) -> String {
        let stem = format!("{prefix}{}", ascii(wanted).to_ascii_lowercase());
        self.free(stem.trim_end_matches('-'), extension)
    }

    fn free(&mut self, base: &str, extension: &str) -> String {
        let mut name = format!("{base}{extension}");
        if self.taken.insert(name.clone()) {
            return name;
        }
        let next = self.next.entry(name.clone()).or_insert(2);
        while !self.taken.insert(name.clone()) {
            name = format!("{base}-{next}{extension}");
            *next += 1;
        }
        name
    }
}

/// The ASCII letters, digits and underscores of the first 60 characters, with one hyphen for whatever stands between them.
fn ascii(wanted: &str) -> String {
    let start: String = wanted.chars().take(60).collect();
    let words = start.split(|c: char| !c.is_ascii_alphanumeric() && c != '_').filter(|w| !w.is_empty());
    words.collect::<Vec<_>>().join("-")
}

#[cfg(test)]
mod tests {
    use super::UniqueNames;

    #[test]
    fn names_are_legal_and_unique() {
        let mut names = UniqueNames::default();
        assert_eq!(names.id("fig:1"), "fig-1");
        assert_eq!(names.id("fig 1"), "fig-1-2");
        assert_eq!(names.id("1"), "id-1");
        assert_eq!(names.id("图"), "id");
        assert_eq!(names.id("fig 1 3"), "fig-1-3");
        assert_eq!(names.id("fig 1"), "fig-1-4");
        assert_eq!(names.file("ch-", "03 序/..", ".xhtml"), "ch-03.xhtml");
    }
}
