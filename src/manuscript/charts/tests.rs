//! What a chart may say, and what is said of one that cannot be drawn.

use std::collections::BTreeMap;

use crate::diagnostic::Diagnostic;
use crate::manuscript::{parse_chapter, tables};
use crate::model::{BlockKind, Chart, Lang};
use crate::source::{SourceFile, Sources};

const CSV: &str = "label-zh,label-en,y2020,y2021\n甲,A,1200,\n乙,B,-300,4.5\n";
const YAML: &str = "unit: {zh: 元, en: yuan}\nseries: {n: {zh: 数量, en: Count}, m: {zh: 收入, en: Income}}\nrows:\n  \
                    - {label: {zh: 甲, en: A}, values: [3, 120000000]}\n  - {label: 乙, values: [2, 80000000]}\n";

/// The chart of a block, with what was found.
fn read(tag: &str, block: &str) -> (Option<Chart>, Vec<Diagnostic>) {
    let named = |(path, text): (&str, &str)| (path.to_owned(), text.as_bytes().to_vec());
    let files: BTreeMap<_, _> = [("manuscript/data/a.csv", CSV), ("manuscript/data/b.yaml", YAML)].map(named).into();
    let lang = Lang::new(tag).unwrap();
    let path = format!("manuscript/{tag}/a.md");
    let text = format!("# 题\n\n```{block}\n```\n");
    let mut sources = Sources::default();
    let file = sources.add(SourceFile::new(path.as_str(), text.clone()));
    let mut found = Vec::new();
    let mut chapter = parse_chapter(file, &path, &lang, &text, None).take(&mut found);
    tables::fill(&mut chapter, &files, &mut sources, &mut found);
    let chart = chapter.blocks.into_iter().find_map(|block| match block.kind {
        BlockKind::Chart(chart) => Some(chart),
        _ => None,
    });
    (chart.map(|chart| *chart), found)
}

/// The rows of a chart as text: labels with their values.
fn told(tag: &str, block: &str) -> String {
    let (chart, found) = read(tag, block);
    assert!(found.is_empty(), "{found:?}");
    let chart = chart.expect("a chart");
    let row = |row: &crate::model::Datum| {
        let values = row.values.iter().map(|value| value.as_ref().map_or("·", |amount| &amount.shown));
        format!("{} {}", row.label, values.collect::<Vec<_>>().join(" "))
    };
    let rows: Vec<String> = chart.data.iter().map(row).collect();
    format!("{}|{}|{}", chart.series.join(","), rows.join(";"), chart.unit.unwrap_or_default())
}

#[test]
fn rows_are_read_in_every_form() {
    for (tag, block, says) in [
        ("zh", "chart\ntype: bar\ndata: {A: 1, B: -2500}", "|A 1;B −2,500|"),
        (
            "zh",
            "chart\ntype: line\nseries: [甲, 乙]\ndata:\n  - {label: A, values: [1, null]}\n  - {label: B, values: [–, 2]}",
            "甲,乙|A 1 ·;B · 2|",
        ),
        ("en", "chart\ntype: scatter\ndata: [{label: A, x: 1, y: 2}]", "x,y|A 1 2|"),
        ("en", "chart\ntype: timeline\ndata: [{date: 2017-06, label: A}]", "|A 2017-06|"),
        ("zh", "chart\ntype: column\nsrc: ../data/a.csv", "y2020,y2021|甲 1,200 ·;乙 −300 4.5|"),
        ("en", "chart\ntype: column\nsrc: ../data/a.csv\nseries: {y2020: Year 2020}", "|A 1,200;B −300|"),
        ("en", "chart\ntype: bar\nsrc: ../data/b.yaml\nseries: [m]\nscale: auto", "|A 120;乙 80|million yuan"),
        ("zh", "chart\ntype: bar\nsrc: ../data/b.yaml\nseries: [m]\nscale: auto", "|甲 1.2;乙 0.8|亿元"),
        ("zh", "chart\ntype: column\nsrc: ../data/b.yaml", "数量,收入|甲 3 120,000,000;乙 2 80,000,000|元"),
        ("en", "flow\nnodes: {a: First, b: Second}\nedges: [a -> b]", "|First ;Second |"),
        ("en", "flow\nedges:\n  - A -> B -> C\n  - C -> A: again", "|A ;B ;C |"),
    ] {
        assert_eq!(told(tag, block), says, "{block}");
    }
}

#[test]
fn a_fence_of_another_program_is_code() {
    let (chart, found) = read("en", "flow\nst=>start: Begin\ne=>end\nst->e");
    assert!(chart.is_none() && found.is_empty(), "{found:?}");
}

#[test]
fn what_cannot_be_drawn_is_told() {
    for (block, says) in [
        ("chart\ntype: pie\ndata: {A: -1}", "`-1` cannot be a part of a whole: it is negative"),
        ("chart\ntype: bar\naxis: log\ndata: {A: 0}", "`0` has no place on a logarithmic axis"),
        ("chart\ntype: slope\ndata: {A: 1}", "a chart of the type `slope` has 2 values for each label, this one has 1"),
        ("chart\ntype: bar\nseries: [a, b]\ndata: {A: [1, 2], B: [1]}", "‘B’ has 1 value, but the chart has 2 series"),
        ("chart\ntype: bar\nstack: piled\ndata: {A: 1}", "`stack` cannot be `piled`"),
        ("chart\ntype: bar\nheight: 3km\ndata: {A: 1}", "`3km` is no height of a chart"),
        ("chart\ntype: bar\nhighlight: B\ndata: {A: 1}", "this chart has no row or series `B`"),
        ("chart\ntype: bar\nsrc: ../data/a.csv\nseries: [y2022]", "the file `../data/a.csv` has no column `y2022`"),
        ("chart\ntype: bar\nsrc: ../data/c.csv", "the file `../data/c.csv` cannot be used: the file does not exist"),
        ("chart\ntype: bar\nsrc: ../data/a.csv\ndata: {A: 1}", "this chart has both `src` and `data`"),
        ("chart\ntype: timeline\ndata: [{date: soon, label: A}]", "`soon` is not a date that a timeline can show"),
        ("flow\nnodes: {a: A}\nedges: [a -> b]", "no box is called `b`"),
        ("flow\nnodes: {a: A}", "this diagram has no arrows"),
    ] {
        let (_, found) = read("en", block);
        let said: Vec<String> = found.iter().map(|one| one.message.to_string()).collect();
        assert!(said.iter().any(|message| message == says), "{block}: {said:?}");
    }
}
