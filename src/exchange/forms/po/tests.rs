use super::super::sample;
use super::*;
use crate::exchange::returned::Returned;
use crate::exchange::unit::{Coded, File, Piece, Side, State, Tagged, Unit};
use crate::message::Locale;

/// Codes as they are, in brackets.
struct Brackets;

impl Wording for Brackets {
    fn markdown(&self, _file: &File, unit: &Unit, side: Side) -> String {
        let coded = if side == Side::Source { Some(&unit.source) } else { unit.target.as_ref() };
        coded.map(written).unwrap_or_default()
    }
}

fn written(coded: &Coded) -> String {
    let parts = coded.iter().map(|piece| match piece {
        Piece::Text(text) => text.clone(),
        Piece::Single(code) => format!("[{}]", code.id),
        Piece::Pair(code, inner) => format!("[{}|{}]", code.id, written(inner)),
    });
    parts.collect()
}

fn said(returned: &Returned) -> Vec<String> {
    returned.refused.iter().map(|refusal| refusal.message.to_string()).collect()
}

fn texts(returned: &Returned) -> Vec<[&str; 2]> {
    fn text(side: &Option<Tagged>) -> &str {
        match side.as_deref() {
            Some([Piece::Text(text)]) => text,
            None => "",
            Some(other) => panic!("Markdown is one piece: {other:?}"),
        }
    }
    assert!(returned.units.iter().all(|unit| unit.markdown));
    returned.units.iter().map(|unit| [text(&unit.source), text(&unit.target)]).collect()
}

#[test]
fn what_is_written_is_read_as_it_was() {
    let package = sample::package();
    let catalogue = write(&package, &Brackets, Locale::English);
    let returned = read(&catalogue).expect("a catalogue");
    assert_eq!(said(&returned), [""; 0]);
    assert_eq!(returned.langs, [Some("zh_CN".to_owned()), Some("en".to_owned())]);
    let units = package.files.iter().flat_map(|file| file.units.iter().map(move |unit| (file, unit)));
    let mut back = returned.units.iter();
    for (file, unit) in units {
        let found = back.next().expect("as many entries");
        assert_eq!((found.stem.as_ref(), found.id.as_ref()), (Some(&file.stem), Some(&unit.id)));
        assert_eq!(found.source, Some(vec![Piece::Text(written(&unit.source))]));
        assert_eq!(found.target, unit.target.as_ref().map(|target| vec![Piece::Text(written(target))]));
        let state = match unit.state {
            State::Missing => None,
            State::Draft | State::Stale { .. } => Some(State::Stale { was: None }),
            State::Translated | State::Signed => Some(State::Translated),
        };
        assert_eq!((&found.state, found.remarks.len()), (&state, 0), "{}", unit.id);
        assert!(catalogue[found.at.clone().expect("a place")].starts_with("msgctxt"));
    }
    assert!(back.next().is_none());
    assert!(catalogue.contains("#, fuzzy\n#| msgid \"共有11章 <old>。\"\nmsgctxt \"06-method#eeeeeeeeee\"\n"));
    assert!(catalogue.contains("#. 章 → chapter\n") && catalogue.contains("#: manuscript/zh/06-method.md:9\n"));
}

#[test]
fn catalogues_of_mdbook_are_read() {
    let head = "msgid \"\"\nmsgstr \"\"\n\"Language: zh_CN\\n\"\n\n";
    let entries = "#: src/a.md:1\nmsgid \"# One\"\nmsgstr \"# 一\"\n\n\
                   #: src/a.md:3 src/b.md:9\n#, fuzzy\nmsgid \"\"\n\"a\\n\"\n\"b\"\nmsgstr \"\"\n\"甲\\n\"\n\"乙\"\n\n\
                   # Said by a reviewer.\nmsgid \"c\"\nmsgstr \"\"\n\n#~ msgid \"gone\"\n#~ msgstr \"无\"\n";
    for catalogue in [format!("{head}{entries}"), format!("\u{feff}{head}{entries}").replace('\n', "\r\n")] {
        let returned = read(&catalogue).expect("a catalogue");
        assert_eq!(texts(&returned), [["# One", "# 一"], ["a\nb", "甲\n乙"], ["c", ""]]);
        assert!(returned.units.iter().all(|unit| unit.id.is_none() && unit.stem.is_none()));
        assert_eq!(returned.units[1].state, Some(State::Stale { was: None }));
        assert_eq!(returned.units[2].remarks[0].text, "Said by a reviewer.");
        assert_eq!(returned.langs, [None, Some("zh_CN".to_owned())]);
    }
}

#[test]
fn a_faulty_entry_costs_only_itself() {
    for (entry, reason) in [
        ("msgid \"a\nmsgstr \"b\"", "its text stands in no quotation marks"),
        ("msgid \"a\"b\"\nmsgstr \"b\"", "no backslash before it"),
        ("msgid \"a\\\"\nmsgstr \"b\"", "no backslash before it"),
        ("msgid \"a\\q\"\nmsgstr \"b\"", "its text has “\\q”"),
        ("msgid \"a\\777\"\nmsgstr \"b\"", "its text has “\\7”"),
        ("msgid \"a\"", "it has no “msgstr”"),
        ("msgstr \"a\"", "it has no “msgid”"),
        ("\"a\"", "it has a text before any “msgid”"),
        ("msgid \"a\"\nmsgid \"b\"\nmsgstr \"c\"", "it says one thing twice"),
        ("msgid \"a\"\nmsgid_plural \"b\"\nmsgstr[0] \"c\"", "it has forms for numbers"),
        ("<<<<<<< ours\nmsgid \"a\"\nmsgstr \"b\"", "neither a comment nor a text"),
        ("msgid", "its text stands in no quotation marks"),
        ("msgid \"", "its text stands in no quotation marks"),
    ] {
        let returned = read(&format!("msgid \"1\"\nmsgstr \"2\"\n\n{entry}\n\nmsgid \"3\"\nmsgstr \"4\"\n"));
        let returned = returned.expect("a catalogue");
        assert_eq!(texts(&returned), [["1", "2"], ["3", "4"]], "{entry}");
        let said = said(&returned);
        assert!(said.len() == 1 && said[0].contains(reason), "{said:?}, not: {reason}");
    }
    assert!(read("# Nothing\n\n").is_err() && read("").is_err());
}

#[test]
fn entries_need_no_empty_line_between_them() {
    let returned =
        read("msgid \"1\"\nmsgstr \"2\"\nmsgctxt \"a#b\"\nmsgid \"3\"\nmsgstr \"\\x41\\101\\a\"").expect("two");
    assert_eq!(texts(&returned), [["1", "2"], ["3", "AA\u{7}"]]);
    assert_eq!(returned.units[1].id.as_deref(), Some("b"));
}

#[test]
fn an_entry_that_stands_twice_is_refused_where_it_differs() {
    let entry = |target: &str| format!("msgctxt \"a#b\"\nmsgid \"1\"\nmsgstr \"{target}\"\n\n");
    let same = read(&(entry("2") + &entry("2"))).expect("a catalogue");
    assert_eq!((texts(&same), same.refused.len()), (vec![["1", "2"]], 0));
    let other = read(&(entry("2") + &entry("3"))).expect("a catalogue");
    assert_eq!(texts(&other), [["1", ""]]);
    assert!(said(&other)[0].contains("the unit a#b stands twice"));
}

#[test]
fn a_file_of_faults_alone_is_refused_whole() {
    let refusal = read(&"msgid\n\n".repeat(2_000)).expect_err("no catalogue");
    assert!(refusal.message.to_string().contains("more than 1000 places of it cannot be read"));
}
