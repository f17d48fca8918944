//! The papers of a release: what the files say of each other and of what they were made from.

use chrono::DateTime;

use super::gates::Gates;
use super::made::{Made, Making};
use crate::inputs::{Inputs, Seen};
use crate::release::errata::{self, ERRATA, Heading, WORDING, Wording};
use crate::release::{
    self, Artifact, BookFacts, Input, MANIFEST, Manifest, PROVENANCE, Program, SCHEMA, SUMS, Source, Sum,
};
use crate::typeset;

/// What is promised of a release.
const STATEMENT: &str =
    "The same files, read by the same version of the program with the same date, give the same bytes.";

/// A release in the making.
pub(super) struct Folder<'a> {
    pub(super) making: Making<'a>,
    pub(super) version: &'a str,
    /// The commit that is checked out, and whether the manuscript differs from it.
    pub(super) commit: Option<(String, bool)>,
    pub(super) errata: Option<Errata>,
}

/// What changed since an earlier state, and what that is called.
pub(super) struct Errata {
    pub(super) name: String,
    pub(super) changes: errata::Errata,
}

impl Folder<'_> {
    fn date(&self) -> String {
        day(self.making.date.0)
    }

    fn heading<'h>(&'h self, errata: &'h Errata, date: &'h str) -> Heading<'h> {
        let book = self.making.book;
        let title = |lang| (crate::model::Lang::tag(lang).to_owned(), book.meta.title_in(lang).to_owned());
        Heading { titles: book.languages.iter().map(title).collect(), old: &errata.name, new: self.version, date }
    }

    /// The errata as Markdown.
    pub(super) fn errata_text(&self) -> Option<String> {
        let errata = self.errata.as_ref()?;
        Some(errata::markdown(&errata.changes, &self.heading(errata, &self.date())))
    }

    /// Adds what the book says, and what changed in it.
    pub(super) fn texts(&self, now: &Wording, made: &mut Made) {
        add(made, WORDING, "wording", now.to_json());
        let Some(errata) = &self.errata else { return };
        let date = self.date();
        let heading = self.heading(errata, &date);
        let [page, text] = ERRATA;
        add(made, page, "errata", errata::html(&errata.changes, &heading));
        add(made, text, "errata", errata::markdown(&errata.changes, &heading));
    }

    /// What is written when all conditions hold: names and texts.
    pub(super) fn papers(
        &self,
        seen: &Inputs,
        made: &Made,
        gates: &Gates,
        provenance: bool,
    ) -> Vec<(&'static str, String)> {
        let manifest = self.manifest(seen, made, gates);
        let mut papers = vec![(MANIFEST, manifest.to_json())];
        if provenance {
            papers.push((PROVENANCE, release::provenance(&manifest)));
        }
        let listed = manifest.artifacts.iter().map(|file| Sum { name: file.name.clone(), sha256: file.sha256.clone() });
        let own = papers
            .iter()
            .map(|(name, text)| Sum { name: (*name).to_owned(), sha256: release::sha256(text.as_bytes()) });
        let sums = release::write_sums(listed.chain(own).collect());
        papers.push((SUMS, sums));
        papers
    }

    fn manifest(&self, seen: &Inputs, made: &Made, gates: &Gates) -> Manifest {
        let Making { book, files, date, .. } = self.making;
        let by_tag = |texts: &std::collections::BTreeMap<crate::model::Lang, String>| {
            texts.iter().map(|(lang, text)| (lang.tag().to_owned(), text.clone())).collect()
        };
        let mut artifacts: Vec<Artifact> = made.files.iter().map(|(artifact, _)| artifact.clone()).collect();
        artifacts.sort_by(|a, b| a.name.cmp(&b.name));
        let (commit, modified) = self.commit.clone().unzip();
        Manifest {
            schema: SCHEMA.to_owned(),
            book: BookFacts {
                slug: book.meta.slug.clone(),
                title: by_tag(&book.meta.title),
                languages: book.languages.iter().map(|lang| lang.tag().to_owned()).collect(),
                edition: by_tag(&book.meta.edition),
            },
            version: self.version.to_owned(),
            date: self.date(),
            source_date_epoch: date.0,
            program: program(),
            source: Source { commit, modified, ..Source::of(inputs(seen)) },
            artifacts,
            gates: gates.facts(),
            fonts: release::fonts(&made.faces, files),
            pictures: release::pictures(book, files),
            compared_with: self.errata.as_ref().map(|errata| errata.name.clone()),
            statement: STATEMENT.to_owned(),
        }
    }
}

/// This program.
pub(in crate::cli) fn program() -> Program {
    Program {
        name: env!("CARGO_PKG_NAME").to_owned(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        typst: typeset::typst_version().to_owned(),
    }
}

/// The files that were read.
pub(in crate::cli) fn inputs(seen: &Inputs) -> Vec<Input> {
    let file = |(path, seen): (&str, Seen)| match seen {
        Seen::Content(digest) if !path.ends_with('/') => Some(Input { path: path.to_owned(), sha256: digest.hex() }),
        _ => None,
    };
    seen.places().filter_map(file).collect()
}

fn day(seconds: i64) -> String {
    DateTime::from_timestamp(seconds, 0).map_or(String::new(), |time| time.format("%Y-%m-%d").to_string())
}

pub(super) fn add(made: &mut Made, name: &str, kind: &str, text: String) {
    made.add(name, kind, Some(text.into_bytes()), |file| file);
}
