//! The terms of a book and how often its translations use them, for people and for programs.

use std::fmt::Write as _;

use serde::Serialize;

use super::columns::aligned;
use super::language;
use super::programs::{cell, pretty};
use crate::checks::TermUse;
use crate::message::{Locale, Message};

/// Changes when a field is removed or changes its meaning; added fields leave it.
const SCHEMA: &str = "dama-pub/terms/1";

/// The terms of one translation.
#[derive(Serialize)]
pub struct Terms {
    /// The language that is translated.
    pub source: String,
    /// The language of the translation.
    pub target: String,
    /// The terms in the order of the termbase.
    pub terms: Vec<TermUse>,
}

/// One JSON object, indented, with a final line break.
pub fn json(translations: &[Terms]) -> String {
    #[derive(Serialize)]
    struct Report<'a> {
        schema: &'a str,
        translations: &'a [Terms],
    }
    pretty(&Report { schema: SCHEMA, translations })
}

/// A line for each term, its columns separated by tabs.
pub fn tsv(translations: &[Terms]) -> String {
    let mut out =
        "source\ttarget\tterm\trendering\tin_source\tin_target\tblocks\tkept\tforbidden\tvariants\n".to_owned();
    for translation in translations {
        for term in &translation.terms {
            let _ = writeln!(
                out,
                "{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}",
                translation.source,
                translation.target,
                cell(&term.source),
                cell(&term.target),
                term.in_source,
                term.in_target,
                term.blocks,
                term.kept,
                term.forbidden,
                cell(&variants(term)),
            );
        }
    }
    out
}

/// For a terminal. A term that a translation has not kept everywhere is marked.
pub fn table(translations: &[Terms], locale: Locale) -> String {
    let mut out = String::new();
    for translation in translations {
        let terms = &translation.terms;
        let [source, target] = [&translation.source, &translation.target].map(|tag| language(tag));
        let title = plural!(
            terms = terms.len(),
            "{source} → {target}: {terms} term",
            "{source} → {target}: {terms} terms",
            source,
            target
        );
        let _ = writeln!(out, "{}", locale.say(&title));
        let heads = [
            Message::empty(),
            msg!("term"),
            msg!("rendering"),
            msg!("kept"),
            msg!("blocks"),
            msg!("in the source"),
            msg!("in the translation"),
            msg!("forbidden"),
            msg!("other renderings"),
        ];
        let mut rows = vec![heads.map(|head| locale.say(&head)).to_vec()];
        rows.extend(terms.iter().map(cells));
        for line in aligned(&rows, |at| matches!(at, 0 | 1 | 2 | 8)) {
            let _ = writeln!(out, "{line}");
        }
        out.push('\n');
    }
    out
}

fn cells(term: &TermUse) -> Vec<String> {
    let mark = if term.kept < term.blocks || term.forbidden > 0 { "!" } else { "" };
    let mut cells = vec![mark.to_owned(), term.source.clone(), term.target.clone()];
    cells.extend([term.kept, term.blocks, term.in_source, term.in_target].map(|count| count.to_string()));
    cells.push(if term.forbidden > 0 { term.forbidden.to_string() } else { "·".to_owned() });
    cells.push(variants(term));
    cells
}

fn variants(term: &TermUse) -> String {
    let list: Vec<String> = term.variants.iter().map(|(word, times)| format!("{word} {times}×")).collect();
    list.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn terms() -> Vec<Terms> {
        let term = |source: &str, kept, variants: &[(&str, usize)]| TermUse {
            source: source.into(),
            target: "t".into(),
            in_source: 3,
            in_target: 2,
            blocks: 2,
            kept,
            forbidden: 0,
            variants: variants.iter().map(|(word, times)| ((*word).to_owned(), *times)).collect(),
        };
        let terms = vec![term("芯片", 2, &[]), term("网", 1, &[("mesh", 2)])];
        vec![Terms { source: "zh".into(), target: "en".into(), terms }]
    }

    #[test]
    fn a_table_lines_up_and_marks_what_is_not_kept() {
        insta::assert_snapshot!(table(&terms(), Locale::English), @r"
        Chinese → English: 2 terms
           term  rendering  kept  blocks  in the source  in the translation  forbidden  other renderings
           芯片  t             2       2              3                   2          ·
        !  网    t             1       2              3                   2          ·  mesh 2×
        ");
        assert!(table(&terms(), Locale::Chinese).starts_with("中文 → 英文：2个术语\n   术语  "));
    }

    #[test]
    fn programs_get_every_count() {
        assert!(tsv(&terms()).ends_with("zh\ten\t网\tt\t3\t2\t2\t1\t0\tmesh 2×\n"));
        let value: serde_json::Value = serde_json::from_str(&json(&terms())).unwrap();
        assert_eq!(value["translations"][0]["terms"][1]["variants"][0][1], 2);
    }
}
