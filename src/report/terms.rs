//! The terms of a book with how often its translations keep to them, for people and for programs.

use std::fmt::Write as _;

use serde::Serialize;
use unicode_segmentation::UnicodeSegmentation;

use crate::checks::TermUse;
use crate::words::Tongue;

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
    let report = Report { schema: SCHEMA, translations };
    let mut text = serde_json::to_string_pretty(&report).expect("plain data always serialises");
    text.push('\n');
    text
}

/// A line a term, its columns parted by tabs.
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
                flat(&term.source),
                flat(&term.target),
                term.in_source,
                term.in_target,
                term.blocks,
                term.kept,
                term.forbidden,
                variants(term),
            );
        }
    }
    out
}

fn flat(text: &str) -> String {
    text.replace(['\t', '\n', '\r'], " ")
}

/// For a terminal. A term that a translation has not kept everywhere is marked.
pub fn table(translations: &[Terms], tongue: Tongue) -> String {
    let mut out = String::new();
    for translation in translations {
        let terms = &translation.terms;
        let head = format!("{} → {}: {} terms", translation.source, translation.target, terms.len());
        let _ = writeln!(out, "{}", tongue.say(&head));
        let wide = |of: fn(&TermUse) -> &str| terms.iter().map(|term| columns(of(term))).max().unwrap_or(0);
        let (first, second) = (wide(|term| &term.source), wide(|term| &term.target));
        for term in terms {
            let mark = if term.kept < term.blocks || term.forbidden > 0 { '!' } else { ' ' };
            let forbidden = if term.forbidden > 0 { format!("  {} forbidden", term.forbidden) } else { String::new() };
            let line = format!(
                "{mark} {}  {}  kept in {:>3} of {:>3} blocks  {:>3} times ↔ {:>3} times{forbidden}  {}",
                filled(&term.source, first),
                filled(&term.target, second),
                term.kept,
                term.blocks,
                term.in_source,
                term.in_target,
                variants(term),
            );
            let _ = writeln!(out, "{}", line.trim_end());
        }
        out.push('\n');
    }
    out
}

fn variants(term: &TermUse) -> String {
    let list: Vec<String> = term.variants.iter().map(|(word, times)| format!("{} {times}×", flat(word))).collect();
    list.join(", ")
}

fn filled(text: &str, width: usize) -> String {
    format!("{text}{}", " ".repeat(width - columns(text)))
}

/// Columns of a terminal. A Chinese character takes two.
fn columns(text: &str) -> usize {
    let wide = |cluster: &str| if cluster.chars().next().is_some_and(|c| c as u32 >= 0x2e80) { 2 } else { 1 };
    text.graphemes(true).map(wide).sum()
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
        let expected = "zh → en: 2 terms\n\
                        \u{20} 芯片  t  kept in   2 of   2 blocks    3 times ↔   2 times\n\
                        ! 网    t  kept in   1 of   2 blocks    3 times ↔   2 times  mesh 2×\n\n";
        assert_eq!(table(&terms(), Tongue::English), expected);
    }

    #[test]
    fn programs_get_every_count() {
        assert!(tsv(&terms()).ends_with("zh\ten\t网\tt\t3\t2\t2\t1\t0\tmesh 2×\n"));
        let value: serde_json::Value = serde_json::from_str(&json(&terms())).unwrap();
        assert_eq!(value["translations"][0]["terms"][1]["variants"][0][1], 2);
    }
}
