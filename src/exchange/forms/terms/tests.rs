use super::*;

fn langs() -> Vec<Lang> {
    ["zh", "en"].map(|tag| Lang::new(tag).unwrap()).to_vec()
}

fn term(id: &str, words: [&str; 2], variants: &[&str], forbidden: &[&str]) -> TermEntry {
    let [zh, en] = ["zh", "en"].map(|tag| Lang::new(tag).unwrap());
    let list = |words: &[&str]| {
        let words: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
        if words.is_empty() { [].into() } else { [(en.clone(), words)].into() }
    };
    TermEntry {
        id: Some(id.to_owned()),
        words: [(zh, words[0].to_owned()), (en.clone(), words[1].to_owned())].into(),
        variants: list(variants),
        forbidden: list(forbidden),
        ..TermEntry::default()
    }
}

fn terms() -> Vec<TermEntry> {
    let zh = Lang::new("zh").unwrap();
    let mut chip = term("芯片", ["芯片", "chip"], &["chips", "a|b\\"], &["microchip"]);
    chip.pos = Some("noun".into());
    chip.note = Some("not “core” & <co>".into());
    chip.definitions = [(zh, "集成电路".into())].into();
    vec![chip, term("光 计算", ["光计算", "=optical \"computing\""], &[], &["'-x"])]
}

/// What is read of a text, without the places.
fn read_again(text: &str) -> Vec<TermEntry> {
    let all = terms();
    let ids: BTreeSet<&str> = all.iter().filter_map(|term| term.id.as_deref()).collect();
    let file = read(text.as_bytes(), &langs(), &ids).expect("it is read");
    assert!(file.left.is_empty(), "{:?}", file.left);
    file.entries.into_iter().map(|entry| TermEntry { place: 0, ..entry }).collect()
}

#[test]
fn a_table_is_read_again_as_it_was() {
    let text = tsv(&terms(), &langs());
    assert!(
        text.starts_with("\u{feff}id\tzh\ten\tzh-variants\ten-variants\ten-forbidden\tpos\tnote\tzh-definition\n"),
        "{text}"
    );
    assert!(text.contains("'=optical") && text.contains("''-x"), "no cell is a formula: {text}");
    assert_eq!(read_again(&text), terms());
    let wide: Vec<u8> = [0xff, 0xfe].into_iter().chain(text[3..].encode_utf16().flat_map(u16::to_le_bytes)).collect();
    assert_eq!(read(&wide, &langs(), &BTreeSet::new()).unwrap().entries.len(), 2, "as Excel writes Unicode text");
}

#[test]
fn tbx_of_both_kinds_is_read_again_as_it_was() {
    for dialect in [Dialect::Martif, Dialect::Basic] {
        let mut expected = terms();
        // A space cannot stand in an id of XML: the term is known by its word.
        expected[1].id = None;
        assert_eq!(read_again(&tbx(&terms(), &langs(), "A & B", dialect)), expected);
    }
}

#[test]
fn tbx_of_other_programs_is_read() {
    let text = "<tbx style='dct' xmlns:min='m' xmlns:basic='b'><text><body><conceptEntry id='7'>\
        <langSec xml:lang='zh-Hans-CN'><termSec><term>芯 片</term></termSec><termSec><term>晶片</term></termSec></langSec>\
        <langSec xml:lang='en-US'><termSec><term>microchip</term><min:administrativeStatus>supersededTerm-admn-sts</min:administrativeStatus></termSec>\
        <termSec><term>chip</term><min:partOfSpeech>noun</min:partOfSpeech></termSec></langSec>\
        <langSec xml:lang='de'><termSec><term>Chip</term></termSec></langSec></conceptEntry></body></text></tbx>";
    let file = read(text.as_bytes(), &langs(), &BTreeSet::new()).unwrap();
    let [zh, en] = ["zh", "en"].map(|tag| Lang::new(tag).unwrap());
    let entry = &file.entries[0];
    assert_eq!((entry.id.as_deref(), entry.pos.as_deref()), (None, Some("noun")));
    assert_eq!((&entry.words[&zh], &entry.words[&en]), (&"芯 片".to_owned(), &"chip".to_owned()));
    assert_eq!(
        (&entry.variants[&zh], &entry.forbidden[&en]),
        (&vec!["晶片".to_owned()], &vec!["microchip".to_owned()])
    );
    assert_eq!(file.left[0].to_string(), "1 term in ‘de’ is not taken, which is no language of the book");
}

#[test]
fn what_is_no_termbase_is_refused() {
    for (text, reason) in [
        (&b"a\tb\n1\t2\n"[..], "the first line names no column `zh`"),
        (b"", "the first line names no column `zh`"),
        (b"zh\ten\n\xff\n", "the file is not UTF-8 text"),
        (b"<a/>", "there is no term in this file: it has neither `termEntry` nor `conceptEntry`"),
        (
            b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>",
            "it has a DOCTYPE, by which a file can say other things than it shows",
        ),
        (b"<a", "its XML is malformed"),
    ] {
        let refusal = read(text, &langs(), &BTreeSet::new()).expect_err(reason);
        assert!(refusal.message.to_string().starts_with(reason), "{}", refusal.message);
    }
    let file = read(b"ZH;EN;colour\n\xe7\x81\xaf;lamp;red\n;;\n", &langs(), &BTreeSet::new()).unwrap();
    assert_eq!((file.entries.len(), file.left.len()), (1, 1));
    assert!(file.left[0].to_string().starts_with("the column ‘colour’ is not taken"));
}
