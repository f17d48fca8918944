use proptest::prelude::*;

use super::*;
use crate::message::List;

fn langs() -> Vec<Lang> {
    ["zh", "en"].map(|tag| Lang::new(tag).unwrap()).to_vec()
}

/// An entry by its words, then its variants, forbidden renderings and note.
fn entry(zh: &str, en: &str, more: [&[&str]; 2], note: &str) -> TermEntry {
    let [source, target] = ["zh", "en"].map(|tag| Lang::new(tag).unwrap());
    let list = |words: &[&str]| -> std::collections::BTreeMap<Lang, Vec<String>> {
        [(target.clone(), words.iter().map(|word| (*word).to_owned()).collect())].into()
    };
    TermEntry {
        words: [(source, zh.to_owned()), (target.clone(), en.to_owned())].into(),
        variants: list(more[0]),
        forbidden: list(more[1]),
        note: Some(note.to_owned()),
        place: 1,
        ..TermEntry::default()
    }
}

fn merged(text: &str, entries: &[TermEntry]) -> Merged {
    merge(text, &langs(), entries).unwrap_or_else(|(found, _)| panic!("{found:?}"))
}

fn left(merged: &Merged) -> String {
    Message::list(List::Lines, &merged.left).to_string()
}

const INDENTED: &str = "# Terms\n- zh: 芯片  # the usual one\n  en: chip\n  variants:\n    en:\n      - chips # plural\n\n# more\n- zh: '光'\n  en: \"light\"\n  note: n\n# end\n";
const FLOW: &str = "# Terms\n- {zh: 芯片, en: chip, variants: {en: [chips]}} # the usual one\n- {zh: '光', en: \"light\", note: n}\n# end";

#[test]
fn comments_order_and_forms_stay() {
    let entries = [
        entry("芯片", "microchip", [&["chips", "IC: s"], &["core"]], "a note"),
        entry("光", "ray", [&[], &[]], ""),
        entry("灯", "lamp", [&["lamps"], &[]], "new: one"),
    ];
    let done = merged(INDENTED, &entries);
    assert_eq!((done.changed, done.added, left(&done).as_str()), (2, 1, ""));
    insta::assert_snapshot!(done.text, @r#"
    # Terms
    - zh: 芯片  # the usual one
      en: microchip
      forbidden: {en: [core]}
      note: a note
      variants:
        en:
          - chips # plural
          - "IC: s"

    # more
    - zh: '光'
      en: ray
      note: n
    # end

    - zh: 灯
      en: lamp
      variants: {en: [lamps]}
      note: "new: one"
    "#);
    let done = merged(FLOW, &entries);
    assert_eq!((done.changed, done.added, left(&done).as_str()), (2, 1, ""));
    insta::assert_snapshot!(done.text, @r#"
    # Terms
    - {zh: 芯片, en: microchip, forbidden: {en: [core]}, note: a note, variants: {en: [chips, "IC: s"]}} # the usual one
    - {zh: '光', en: ray, note: n}
    # end
    - {zh: 灯, en: lamp, variants: {en: [lamps]}, note: "new: one"}
    "#);
}

#[test]
fn a_word_that_was_not_there_is_filled_in() {
    for (text, expected) in [
        ("- {zh: 灯}\n", "- {zh: 灯, en: lamp}\n"),
        ("- {zh: 灯, en: }\n", "- {zh: 灯, en: lamp }\n"),
        ("- {zh: 灯, en: ~}\n", "- {zh: 灯, en: lamp}\n"),
        ("- zh: 灯\n  en:\n", "- zh: 灯\n  en: lamp\n"),
        ("- zh: 灯 # a\r\n  note: b\r\n", "- zh: 灯 # a\r\n  en: lamp\r\n  note: b\r\n"),
        ("[{zh: 光, en: light}]\n", "[{zh: 光, en: light}, {zh: 灯, en: lamp}]\n"),
        ("", "- zh: 灯\n  en: lamp\n"),
        ("# none yet", "# none yet\n- zh: 灯\n  en: lamp\n"),
        ("extends: glossary\n", "extends: glossary\nterms:\n- zh: 灯\n  en: lamp\n"),
        ("extends: glossary\nterms: []", "extends: glossary\nterms: [{zh: 灯, en: lamp}]"),
        ("terms:\n  - {zh: 灯}\nextends: glossary\n", "terms:\n  - {zh: 灯, en: lamp}\nextends: glossary\n"),
        (
            "terms:\n  - zh: 光 # a\n    en: light # b\nextends: glossary\n",
            "terms:\n  - zh: 光 # a\n    en: light # b\n  - zh: 灯\n    en: lamp\nextends: glossary\n",
        ),
    ] {
        let done = merged(text, &[entry("灯", "lamp", [&[], &[]], "")]);
        assert_eq!((done.text.as_str(), left(&done).as_str()), (expected, ""), "{text}");
    }
}

#[test]
fn conflicts_are_told_and_nothing_is_overwritten() {
    let text = "- {zh: 芯片, en: chip, id: c, variants: {zh: [晶片], en: [chips]}, forbidden: {en: [core]}, note: n}\n";
    let with_id = |id: &str, entry: TermEntry| TermEntry { id: Some(id.into()), ..entry };
    for (entries, says) in [
        (vec![entry("芯片", "core", [&[], &[]], "")], "‘core’ is forbidden for ‘芯片’"),
        (vec![entry("芯片", "chips", [&[], &[]], "")], "‘chips’ is a variant of ‘芯片’ already"),
        (vec![entry("芯片", "chip", [&["core"], &[]], "")], "‘core’ is forbidden for ‘芯片’"),
        (vec![entry("芯片", "chip", [&[], &["chips"]], "")], "‘chips’ is a form of ‘芯片’, and cannot be forbidden"),
        (vec![entry("芯片", "chip", [&[], &[]], "other")], "`note` of ‘芯片’ stays “n”, and does not become “other”"),
        (vec![with_id("c", entry("晶元", "chip", [&[], &[]], ""))], "`zh` of ‘芯片’ stays “芯片”"),
        (vec![entry("晶片", "wafer", [&[], &[]], "")], "‘晶片’ is a variant of the term ‘芯片’ already"),
        (vec![entry("", "wafer", [&[], &[]], "")], "entry 1 has no word in Chinese"),
        (vec![entry("芯片", "chip", [&[], &[]], ""), entry("芯片", "die", [&[], &[]], "")], "is about ‘芯片’ again"),
    ] {
        let done = merged(text, &entries);
        assert!(left(&done).contains(says), "{says}: {}", left(&done));
        assert_eq!(done.text, text);
    }
    let block = "- zh: 灯\n  en: |\n    lamp\n- {zh: 光, en: light}\n";
    let done = merged(block, &[entry("灯", "lantern", [&[], &[]], ""), entry("光", "ray", [&[], &[]], "")]);
    assert!(left(&done).contains("‘灯’ is written in a way that cannot be changed here"), "{}", left(&done));
    assert_eq!(done.text, block.replace("light", "ray"), "another term is changed all the same");
    assert!(merge("- {zh: [", &langs(), &[]).is_err());
}

/// Words with signs that mean something in YAML.
fn word() -> impl Strategy<Value = String> {
    prop_oneof![
        "[a-z灯光]{1,3}",
        "[-a-z:#,\\[\\]{}\"'|>&*!%@` .?~灯：“]{1,6}",
        Just("null".to_owned()),
        Just("no".to_owned()),
        Just("1.0".to_owned()),
    ]
}

fn any_entry() -> impl Strategy<Value = TermEntry> {
    let words = || proptest::collection::vec(word(), 0..3);
    (word(), word(), words(), words(), proptest::option::of(word())).prop_map(|(zh, en, variants, forbidden, note)| {
        let [source, target] = ["zh", "en"].map(|tag| Lang::new(tag).unwrap());
        TermEntry {
            words: [(source, zh), (target.clone(), en)].into(),
            variants: [(target.clone(), variants)].into(),
            forbidden: [(target, forbidden)].into(),
            note,
            place: 1,
            ..TermEntry::default()
        }
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(200) })]

    /// Terms go into a text that was made of terms, and of comments; what is there of it afterwards is what was there, and
    /// what was asked for.
    #[test]
    fn only_what_changes_changes(
        olds in proptest::collection::vec(any_entry(), 0..4),
        news in proptest::collection::vec(any_entry(), 0..4),
        form in 0usize..3,
    ) {
        let start = [FLOW, INDENTED, ""][form].replace("灯", "燈");
        let text = merged(&start, &olds).text;
        let before = entries(&text);
        let done = merged(&text, &news);
        let after = entries(&done.text);
        prop_assert_eq!(after.len(), before.len() + done.added);
        let unchanged = before.iter().zip(&after).filter(|(before, after)| before == after).count();
        prop_assert_eq!(unchanged, before.len() - done.changed);
        for (before, after) in before.iter().zip(&after) {
            let zh = Lang::new("zh").unwrap();
            prop_assert_eq!(&before.words[&zh], &after.words[&zh]);
            prop_assert!(before.note.is_none() || before.note == after.note);
        }
        // Lines that are gone belonged to terms that changed.
        let lines: Vec<&str> = done.text.lines().collect();
        let gone = text.lines().filter(|line| !lines.contains(line)).count();
        prop_assert!(done.changed > 0 || gone == 0, "{}", done.text);
        prop_assert!(text.lines().filter(|line| line.starts_with('#')).all(|line| lines.contains(&line)));
        let again = merged(&done.text, &news);
        prop_assert_eq!((again.changed, again.added, &again.text), (0, 0, &done.text));
    }
}

fn entries(text: &str) -> Vec<TermEntry> {
    let mut sources = Sources::default();
    let file = sources.add(SourceFile::new(GLOSSARY_FILE, text));
    Parsed::read(text, &langs(), file, &mut Vec::new()).expect("it can be read").entries()
}
