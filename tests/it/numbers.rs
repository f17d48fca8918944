//! Numbers in running text against two collections of expected values: our own, in `tests/numbers`, and the specifications of
//! Microsoft's Recognizers-Text, which may lie beside the project.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use dama_pub::lang::number::{Kind, Number, numbers};
use dama_pub::model::Lang;

/// Languages, the folder of each, and the least share of values that must be found.
const LANGUAGES: [(&str, &str, f64); 2] = [("zh", "Chinese", 0.90), ("en", "English", 0.85)];
const FILES: [&str; 2] = ["NumberModel", "PercentModel"];
const LEDGER: &str = "docs/ledgers/numbers.md";
const HEAD: &str = "| language | file | text | value | reason |\n|---|---|---|---|---|\n";
/// Stands where nobody has said yet why a value is not found.
const NO_REASON: &str = "?";

/// What a line of `tests/numbers` says.
struct Line {
    text: String,
    values: Vec<(f64, Kind)>,
    fails: bool,
}

#[test]
fn the_numbers_of_a_text_are_those_that_a_reader_finds() {
    let mut wrong = Vec::new();
    let mut lines = 0;
    for tag in ["zh", "en"] {
        let lang = Lang::new(tag).expect("a tag");
        for line in own_lines(tag) {
            lines += 1;
            match (difference(&line, &numbers(&line.text, &lang)), line.fails) {
                (Some(difference), false) => wrong.push(format!("{tag}: {}: {difference}", line.text)),
                (None, true) => wrong.push(format!("{tag}: {}: passes now; take the third column away", line.text)),
                _ => {}
            }
        }
    }
    assert!(lines > 400, "{lines} lines");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn own_lines(tag: &str) -> Vec<Line> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/numbers").join(tag).with_extension("tsv");
    let text = fs::read_to_string(path).expect("the numbers of a language");
    let lines = text.lines().filter(|line| !line.starts_with("# "));
    lines.map(|line| own_line(line).unwrap_or_else(|| panic!("not of the form that README.md tells: {line}"))).collect()
}

fn own_line(line: &str) -> Option<Line> {
    let columns: Vec<&str> = line.split('\t').collect();
    let (text, values, fails) = match columns[..] {
        [text, values] => (text, values, false),
        [text, values, _why] => (text, values, true),
        _ => return None,
    };
    let values = match values {
        "-" => Vec::new(),
        values => values.split("; ").map(value).collect::<Option<_>>()?,
    };
    Some(Line { text: text.to_owned(), values, fails })
}

/// A number as the lines write it: `12`, `2/3 fraction`.
fn value(written: &str) -> Option<(f64, Kind)> {
    let (value, kind) = written.split_once(' ').unwrap_or((written, "cardinal"));
    let value = match value.split_once('/') {
        Some((part, whole)) => part.parse::<f64>().ok()? / whole.parse::<f64>().ok()?,
        None => value.parse().ok()?,
    };
    Some((value, kind_named(kind)?))
}

fn kind_named(name: &str) -> Option<Kind> {
    Some(match name {
        "cardinal" => Kind::Cardinal,
        "ordinal" => Kind::Ordinal,
        "percent" => Kind::Percent,
        "fraction" => Kind::Fraction,
        "multiple" => Kind::Multiple,
        "year" => Kind::Year,
        "month" => Kind::Month,
        "day" => Kind::Day,
        "decade" => Kind::Decade,
        "century" => Kind::Century,
        "version" => Kind::Version,
        _ => return None,
    })
}

/// How what was found is not what the line says: a value that is not found, or one too many that would be reported.
fn difference(line: &Line, found: &[Number]) -> Option<String> {
    let mut left: Vec<&Number> = found.iter().collect();
    let mut missing = Vec::new();
    for (value, kind) in &line.values {
        match left.iter().position(|number| number.kind == *kind && close(number.value, *value)) {
            Some(at) => {
                left.remove(at);
            }
            None => missing.push(format!("{value} {kind:?}")),
        }
    }
    left.retain(|number| number.accuses() || !missing.is_empty());
    let left: Vec<String> = left.iter().map(|number| format!("{} {:?}", number.value, number.kind)).collect();
    let differs = !missing.is_empty() || !left.is_empty();
    differs.then(|| format!("not found: [{}]; found too: [{}]", missing.join(", "), left.join(", ")))
}

fn close(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-9 * a.abs().max(b.abs())
}

#[test]
#[ignore = "reads the specifications of Recognizers-Text, which are not part of this repository"]
fn specified_values_are_found_or_in_the_ledger_with_a_reason() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let specs = root.join("../shared/align/data/recognizers/Specs/Number");
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
                    if let Some(at) = left.iter().position(|found| close(*found, value)) {
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
    if crate::command::writes_references() {
        fs::write(ledger, &fresh).expect("the ledger can be written");
    }
    assert!(
        old == fresh || crate::command::writes_references(),
        "{LEDGER} is out of date; run with UPDATE_REF=1\n{fresh}"
    );
    assert!(!fresh.contains(&format!(" {NO_REASON} |")), "{LEDGER}: a value is refused without a reason");
}
