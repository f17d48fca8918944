//! How far a book is, and how long: for people and for programs.

mod count;
mod history;
mod table;
mod volume;

pub use count::{Progress, Statistics, Translation, of};
pub use history::{Day, History, Signer, history_json, history_table, history_tsv};
pub use table::table;
pub use volume::Volume;

use std::fmt::Write as _;

use serde::Serialize;

use super::programs::{cell, pretty};

/// Changes when a field is removed or changes its meaning; added fields leave it.
const SCHEMA: &str = "dama-pub/stats/1";

/// One JSON object, indented, with a final line break.
pub fn json(statistics: &Statistics) -> String {
    #[derive(Serialize)]
    struct Report<'a> {
        schema: &'a str,
        #[serde(flatten)]
        statistics: &'a Statistics,
    }
    pretty(&Report { schema: SCHEMA, statistics })
}

/// A line for each chapter and translation, with a header; no totals, which a spreadsheet makes itself.
pub fn tsv(statistics: &Statistics) -> String {
    let mut out = String::from("chapter\tlanguage\tblocks\ttranslated\treviewed\tchanged\tstale");
    for side in ["source", "target"] {
        let _ = write!(out, "\t{side}_han\t{side}_words\t{side}_characters\t{side}_minutes");
    }
    out.push_str("\tdraft\n");
    for translation in &statistics.translations {
        for row in &translation.chapters {
            let Progress { chapter, blocks, translated, reviewed, changed, stale, .. } = row;
            // A tab in a name would shift the columns.
            let chapter = cell(chapter);
            let language = translation.language.as_deref().unwrap_or("");
            let _ = write!(out, "{chapter}\t{language}\t{blocks}\t{translated}\t{reviewed}\t{changed}\t{stale}");
            for Volume { han, words, characters, minutes } in [&row.source, &row.target] {
                let _ = write!(out, "\t{han}\t{words}\t{characters}\t{minutes}");
            }
            let _ = writeln!(out, "\t{}", row.draft);
        }
    }
    out
}

#[cfg(test)]
mod tests;
