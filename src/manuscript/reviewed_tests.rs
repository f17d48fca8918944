use super::super::ledger::FORM;
use super::*;
use crate::model::Fingerprint;
use crate::source::SourceFile;

fn parse(text: &str) -> (Reviewed, Vec<String>) {
    let mut sources = Sources::default();
    let file = sources.add(SourceFile::new(REVIEWED_FILE, text));
    let mut sink = Vec::new();
    let found = read(file, text, &mut sink);
    let said = |d: &Diagnostic| {
        let at = sources.get(file).position(d.primary.as_ref().expect("a place").span.start);
        format!("{at} {}", d.message)
    };
    (found, sink.iter().map(said).collect())
}

fn record(id: Option<&str>, texts: &[&str], targets: &[&str]) -> Record {
    Record {
        id: id.map(str::to_owned),
        sources: texts.iter().map(|text| (Fingerprint::of(text), (*text).to_owned())).collect(),
        targets: targets.iter().map(|text| Fingerprint::of(text)).collect(),
    }
}

fn sample() -> Reviewed {
    let (en, british) = (Lang::new("en").unwrap(), Lang::new("en-GB").unwrap());
    let mut all = Reviewed::default();
    all.push(&en, "02-b", record(None, &["“引号” \\ 反斜杠"], &["x"]));
    all.push(&en, "01-a", record(Some("fig-1"), &["甲: 乙 #丙"], &["one", "two"]));
    all.push(&en, "01-a", record(None, &["一", "二"], &["both"]));
    all.push(&british, "第一章 a", record(None, &["true"], &["indeed"]));
    all
}

#[test]
fn what_was_written_is_read_again() {
    let text = write(&sample());
    assert_eq!(parse(&text), (sample(), Vec::new()), "{text}");
    let lines: Vec<&str> = text.lines().filter(|line| line.starts_with("    - ")).collect();
    assert_eq!(lines.len(), 4, "a line a pair:\n{text}");
    assert!(serde_yaml::from_str::<serde_yaml::Value>(&text).is_ok(), "the whole is YAML:\n{text}");
}

#[test]
fn a_spoilt_line_costs_no_other() {
    let text = write(&sample());
    let spoilt = text.replacen("    - {source: ", "    - {sourse: ", 1).replace("  02-b:", "  02-b: [");
    let (found, said) = parse(&spoilt);
    let expected =
        ["7:8 a sign-off has no key `sourse`", "9:3 this line does not have the form that `dama-pub accept` writes"];
    assert_eq!(said, expected);
    // The chapter whose name is spoilt takes its own line with it, and no other.
    assert_eq!(
        found.chapters().map(|(_, stem, records)| (stem, records.len())).collect::<Vec<_>>(),
        [("01-a", 1), ("第一章 a", 1)]
    );
}

#[test]
fn a_conflict_is_named_once_and_both_sides_are_read() {
    let text = write(&sample());
    let line = text.lines().find(|line| line.starts_with("    - ")).expect("a pair");
    let conflict = format!("<<<<<<< ours\n{line}\n=======\n{line}\n>>>>>>> theirs");
    let (found, said) = parse(&text.replacen(line, &conflict, 1));
    assert_eq!(said, ["7:1 a merge left a conflict here"]);
    assert_eq!(found.chapters().map(|(_, _, records)| records.len()).sum::<usize>(), 5);
}

#[test]
fn another_form_is_not_guessed_at() {
    let (found, said) = parse(&write(&sample()).replace(FORM, "form: 2"));
    assert!(found.is_empty());
    assert_eq!(said, ["4:1 this record has a format that this version cannot read"]);
}

#[test]
fn hostile_lines_are_refused() {
    for pair in ["*a", "{source: &a b}", "{source: abcdefghij, target: abcdefghij, text: !x y}", "[a, b]", "{", "x: y"]
    {
        let (found, said) = parse(&format!("{FORM}\nen:\n  a:\n    - {pair}\n"));
        assert!(found.is_empty() && !said.is_empty(), "{pair}: {said:?}");
    }
}
