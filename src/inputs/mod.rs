//! What a result is made from: every file that was read or looked for, by what was in it.
//!
//! A [`Recorder`] stands between the project and whoever reads it and keeps a list: [`Inputs`]. With the settings that change bytes
//! and the program itself the list has a [`digest()`]: two runs with the same digest give the same bytes, whatever the
//! folder is called, whenever its files were saved, and on whichever machine.

mod digest;
mod recorder;
mod seen;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::source::Files;
pub use digest::{Digest, Settings, digest};
pub use recorder::Recorder;
pub use seen::Seen;

/// What this program is: its version, and a digest of its sources, layouts, fonts, dependencies and compiler.
pub const PROGRAM: &str = concat!("dama-pub ", env!("CARGO_PKG_VERSION"), " ", env!("DAMA_PUB_SOURCES"));

/// The files that were read or looked for, by their project-relative paths; of a folder, whose path ends in a slash, the names in it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Inputs(BTreeMap<String, Seen>);

impl Inputs {
    /// Notes what was seen under a path. What was seen twice must have been the same: else it is not known what a result is made from.
    pub fn note(&mut self, path: &str, seen: Seen) {
        match self.0.get_mut(path) {
            Some(before) if *before != seen => *before = Seen::Unsure,
            Some(_) => {}
            None => drop(self.0.insert(path.to_owned(), seen)),
        }
    }

    /// What was seen under a path.
    pub fn get(&self, path: &str) -> Option<Seen> {
        self.0.get(path).copied()
    }

    /// Every path with what was seen there, in order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, Seen)> {
        self.0.iter().map(|(path, seen)| (path.as_str(), *seen))
    }

    /// Every path of a file or folder, with what was seen there.
    pub fn places(&self) -> impl Iterator<Item = (&str, Seen)> {
        self.iter().filter(|(path, _)| !path.starts_with(seen::SHARED))
    }

    /// The paths, in order.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }

    /// Whether nothing was seen.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether all of it can be compared with what another run sees.
    pub fn is_sure(&self) -> bool {
        self.0.values().all(|seen| *seen != Seen::Unsure)
    }

    /// Both together.
    #[must_use]
    pub fn and(mut self, other: &Self) -> Self {
        other.iter().for_each(|(path, seen)| self.note(path, seen));
        self
    }

    /// Without the paths that are of no concern.
    #[must_use]
    pub fn without(mut self, unwanted: impl Fn(&str) -> bool) -> Self {
        self.0.retain(|path, _| !unwanted(path));
        self
    }

    /// What is under these paths now.
    pub fn now<'p>(paths: impl IntoIterator<Item = &'p str>, files: &dyn Files) -> Self {
        Self(paths.into_iter().map(|path| (path.to_owned(), Seen::now(path, files))).collect())
    }

    /// Whether files still are what was seen. It ends at the first that is not.
    pub fn still_hold(&self, files: &dyn Files) -> bool {
        self.is_sure() && self.iter().all(|(path, seen)| Seen::now(path, files) == seen)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::ReadError;

    fn files(texts: &[(&'static str, &'static str)]) -> BTreeMap<&'static str, &'static str> {
        texts.iter().copied().collect()
    }

    fn seen_by(files: &dyn Files) -> Inputs {
        let recorder = Recorder::new(files);
        let _ = recorder.read("manuscript/zh/一.md");
        let _ = recorder.read("layouts/book/layout.typ");
        recorder.list("manuscript/zh");
        recorder.seen()
    }

    #[test]
    fn what_was_looked_for_is_an_input_though_it_was_not_there() {
        let before = files(&[("manuscript/zh/一.md", "一")]);
        let seen = seen_by(&before);
        assert_eq!(seen.get("layouts/book/layout.typ"), Some(Seen::Missing));
        assert!(seen.still_hold(&before));
        let mut with_layout = before.clone();
        with_layout.insert("layouts/book/layout.typ", "");
        assert!(!seen.still_hold(&with_layout), "a layout of its own takes the place of the built-in one");
        let mut with_chapter = before;
        with_chapter.insert("manuscript/zh/二.md", "二");
        assert!(!seen.still_hold(&with_chapter), "a new chapter");
    }

    #[test]
    fn a_digest_changes_with_what_was_seen_and_with_nothing_else() {
        let of = |texts: &[(&'static str, &'static str)], settings: &Settings| {
            digest(&seen_by(&files(texts)), settings).to_string()
        };
        let text = [("manuscript/zh/一.md", "一")];
        let zh = Settings::default().with("edition", "zh");
        let first = of(&text, &zh);
        assert_eq!(first, of(&text, &zh));
        assert_eq!(first, of(&[text[0], ("manuscript/notes.txt", "of no concern")], &zh));
        let others = [
            of(&[("manuscript/zh/一.md", "二")], &zh),
            of(&[text[0], ("layouts/book/layout.typ", "")], &zh),
            of(&text, &Settings::default().with("edition", "en")),
            of(&text, &Settings::default()),
            of(&text, &Settings::default().with("editio", "nzh")),
        ];
        assert!(!others.contains(&first), "{others:?}");
    }

    #[test]
    fn what_changed_while_it_was_read_is_not_sure() {
        let mut seen = Inputs::default();
        seen.note("a", Seen::of(b"one"));
        seen.note("a", Seen::of(b"one"));
        assert!(seen.is_sure());
        seen.note("a", Seen::of(b"two"));
        assert!(!seen.is_sure() && !seen.still_hold(&files(&[("a", "two")])));
    }

    #[test]
    fn where_the_house_is_is_an_input_of_who_asks_for_what_it_shares() {
        let alone = files(&[("../glossary.yaml", "- zh: 灯")]);
        let in_house = files(&[("../glossary.yaml", "- zh: 灯"), ("../catalogue.yaml", "books: [a]")]);
        let seen = |files: &BTreeMap<&'static str, &'static str>| {
            let recorder = Recorder::new(files);
            let path = recorder.shared("glossary");
            let _ = path.map(|path| recorder.read(&path));
            recorder.seen()
        };
        assert!(seen(&alone).still_hold(&alone) && seen(&in_house).still_hold(&in_house));
        assert!(!seen(&alone).still_hold(&in_house) && !seen(&in_house).still_hold(&alone));
        assert_eq!(seen(&in_house).places().map(|(path, _)| path.to_owned()).collect::<Vec<_>>(), ["../glossary.yaml"]);
    }

    #[test]
    fn what_cannot_be_read_is_not_sure() {
        struct Closed;
        impl Files for Closed {
            fn read(&self, _: &str) -> Result<Vec<u8>, ReadError> {
                Err(ReadError::Outside)
            }
            fn list(&self, _: &str) -> Vec<String> {
                Vec::new()
            }
            fn folders(&self, _: &str) -> Vec<String> {
                Vec::new()
            }
            fn closed(&self, _: &str) -> Option<ReadError> {
                Some(ReadError::Outside)
            }
        }
        assert_eq!(Seen::now("a", &Closed), Seen::Unsure);
        assert_eq!(Seen::now("a/", &Closed), Seen::Unsure);
    }

    #[test]
    fn a_list_is_written_and_read() {
        let seen = seen_by(&files(&[("manuscript/zh/一.md", "一")]));
        let text = serde_json::to_string(&seen).unwrap();
        assert!(text.contains(r#""layouts/book/layout.typ":"missing""#), "{text}");
        assert_eq!(serde_json::from_str::<Inputs>(&text).unwrap(), seen);
        assert!(serde_json::from_str::<Inputs>(r#"{"a":"sha256:12"}"#).is_err());
    }
}
