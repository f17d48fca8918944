//! Numbers against the specifications of Microsoft's Recognizers-Text, which lie beside the project when it is developed.

use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::path::Path;

use dama_pub::lang::number::numbers;
use dama_pub::model::Lang;

/// Languages, the folder of each, and the least share of values that must be found.
const LANGUAGES: [(&str, &str, f64); 2] = [("zh", "Chinese", 0.90), ("en", "English", 0.85)];
const FILES: [&str; 2] = ["NumberModel", "PercentModel"];
const LEDGER: &str = "docs/ledgers/numbers.md";
const HEAD: &str = "| language | file | text | value | reason |\n|---|---|---|---|---|\n";
/// Stands where nobody has said yet why a value is not found.
const NO_REASON: &str = "?";

#[test]
fn specified_values_are_found_or_in_the_ledger_with_a_reason() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let specs = root.join("../shared/align/data/recognizers/Specs/Number");
    if !specs.is_dir() {
        // Written past the test runner, which hides what a passing test prints.
        let _ = writeln!(std::io::stderr(), "skipped: the specifications of numbers are not at {}", specs.display());
        return;
    }
    let mut refused = Vec::new();
    let mut rates = Vec::new();
    for (tag, folder, least) in LANGUAGES {
        let lang = Lang::new(tag).expect("a tag");
        let (mut all, mut found) = (0, 0);
        for file in FILES {
            for (input, values) in expected(&specs.join(folder).join(file).with_extension("json")) {
                let mut left: Vec<f64> = numbers(&input, &lang).iter().map(|number| number.value).collect();
                for value in values {
                    all += 1;
                    let close = |v: &f64| (v - value).abs() <= 1e-9 * v.abs().max(value.abs());
                    if let Some(at) = left.iter().position(close) {
                        left.remove(at);
                        found += 1;
                    } else {
                        refused.push(format!("| {tag} | {file} | {} | {value} |", input.trim().replace('|', "\\|")));
                    }
                }
            }
        }
        let rate = f64::from(found) / f64::from(all);
        assert!(rate >= least, "{tag}: only {found} of {all} values found, {rate:.3}");
        rates.push(format!("{tag}: {found} of {all} values, {:.1} %", 100.0 * rate));
    }
    compare(&root.join(LEDGER), &refused, &rates);
}

/// Every text with the values that the specification gives for it.
fn expected(path: &Path) -> Vec<(String, Vec<f64>)> {
    let text = fs::read_to_string(path).expect("a specification");
    let cases: serde_json::Value = serde_json::from_str(text.trim_start_matches('\u{feff}')).expect("JSON");
    let of = |case: &serde_json::Value| {
        let results = case["Results"].as_array().expect("results").iter();
        // A percent sign without a number has the value "null".
        let value =
            |result: &serde_json::Value| result["Resolution"]["value"].as_str()?.trim_end_matches('%').parse().ok();
        (case["Input"].as_str().expect("a text").to_owned(), results.filter_map(value).collect())
    };
    cases.as_array().expect("a list of cases").iter().map(of).collect()
}

/// The ledger lists exactly what is not found, each with its reason. `UPDATE_REF=1` writes it anew and keeps reasons.
fn compare(ledger: &Path, refused: &[String], rates: &[String]) {
    let old = fs::read_to_string(ledger).unwrap_or_default();
    let reason = |row: &str| {
        let line = old.lines().find_map(|line| line.strip_prefix(row));
        line.map_or(NO_REASON, |rest| rest.trim().trim_end_matches('|').trim())
    };
    let mut table = HEAD.to_owned();
    refused.iter().for_each(|row| writeln!(table, "{row} {} |", reason(row)).expect("a string"));
    let intro = old.split(HEAD).next().unwrap_or_default();
    let (before, behind) = intro.split_once("<!-- rates -->").unwrap_or((intro, ""));
    let behind = behind.split_once("<!-- end -->").map_or("", |(_, rest)| rest);
    let fresh = format!("{before}<!-- rates -->\n{}\n<!-- end -->{behind}{table}", rates.join("; "));
    if std::env::var_os("UPDATE_REF").is_some() {
        fs::write(ledger, &fresh).expect("the ledger can be written");
    }
    assert!(
        old == fresh || std::env::var_os("UPDATE_REF").is_some(),
        "{LEDGER} is out of date; run with UPDATE_REF=1\n{fresh}"
    );
    assert!(!fresh.contains(&format!(" {NO_REASON} |")), "{LEDGER}: a value is refused without a reason");
}
