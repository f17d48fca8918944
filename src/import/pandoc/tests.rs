//! JSON as pandoc gives it, made a document.

use std::collections::{BTreeMap, BTreeSet};

use super::super::report::Report;
use super::*;

fn converting(json: &[u8], log: &str, source: &str) -> Result<Converted, Unreadable> {
    let form = form_of("tex").expect("it is known");
    let source = sourced(form, source.as_bytes(), "a.tex", &mut |_| None);
    read(json, log, &source, &BTreeSet::new())
}

fn converted(blocks: &str) -> Converted {
    let json = format!("{{\"pandoc-api-version\":[1,23,1],\"meta\":{{}},\"blocks\":[{blocks}]}}");
    converting(json.as_bytes(), "", "").expect("it is JSON of pandoc")
}

fn shown(blocks: &[Block]) -> String {
    blocks.iter().map(|block| format!("{:?}", block.kind)).collect::<Vec<_>>().join(" ").replace("Text(", "(")
}

const ATTR: &str = "[\"\",[],[]]";

fn para(inlines: &str) -> String {
    format!("{{\"t\":\"Para\",\"c\":[{inlines}]}}")
}

fn word(word: &str) -> String {
    format!("{{\"t\":\"Str\",\"c\":\"{word}\"}}")
}

#[test]
fn what_pandoc_gives_becomes_what_a_book_has() {
    let (a, b) = (word("a"), word("b"));
    let plain = format!("{{\"t\":\"Plain\",\"c\":[{b}]}}");
    for (json, said) in [
        (
            para(&format!("{a},{{\"t\":\"Space\"}},{{\"t\":\"Emph\",\"c\":[{b}]}}")),
            "Paragraph([(\"a \"), Emphasis([(\"b\")])])",
        ),
        (para(&format!("{},{{\"t\":\"SoftBreak\"}},{}", word("灯"), word("亮"))), "Paragraph([(\"灯亮\")])"),
        (format!("{{\"t\":\"Header\",\"c\":[2,[\"x\",[],[]],[{a}]]}}"), "Heading(1, [(\"a\")])"),
        (
            para(&format!("{a},{{\"t\":\"Math\",\"c\":[{{\"t\":\"DisplayMath\"}},\"x^2\\\\label{{eq:a}}\"]}},{b}")),
            "Paragraph([(\"a\")]) Formula(\"x^2\") Paragraph([(\"b\")])",
        ),
        (para(&format!("{{\"t\":\"Quoted\",\"c\":[{{\"t\":\"DoubleQuote\"}},[{a}]]}}")), "Paragraph([(\"“a”\")])"),
        (
            format!("{{\"t\":\"BulletList\",\"c\":[[{plain}]]}}"),
            "List(None, [[Block { at: \"block 1\", id: None, kind: Paragraph([(\"b\")]) }]])",
        ),
        (
            format!("{{\"t\":\"Div\",\"c\":[[\"\",[\"callout-tip\"],[[\"title\",\"T\"]]],[{plain}]]}}"),
            "Callout(\"tip\", [(\"T\")], [Block { at: \"block 1\", id: None, kind: Paragraph([(\"b\")]) }])",
        ),
        (format!("{{\"t\":\"Unheard\",\"c\":[{ATTR},[{plain}]]}}"), "Paragraph([(\"b\")])"),
        (para(&format!("{{\"t\":\"Unheard\",\"c\":[{a}]}}")), "Paragraph([(\"a\")])"),
        (
            para(
                "{\"t\":\"Cite\",\"c\":[[{\"citationId\":\"ash\",\"citationPrefix\":[],\"citationSuffix\":[{\"t\":\"Str\",\"c\":\"p. 3\"}]}],[]]}",
            ),
            "Paragraph([Citation([(\"ash\", Some(\"p. 3\"))])])",
        ),
        (
            para(
                "{\"t\":\"Link\",\"c\":[[\"\",[],[[\"reference-type\",\"ref\"],[\"reference\",\"fig:a\"]]],[{\"t\":\"Str\",\"c\":\"1\"}],[\"#fig:a\",\"\"]]}",
            ),
            "Paragraph([Reference(\"fig:a\")])",
        ),
    ] {
        assert_eq!(shown(&converted(&json).document.blocks), said, "{json}");
    }
}

#[test]
fn an_id_around_a_figure_is_that_of_the_figure() {
    let plain = format!("{{\"t\":\"Plain\",\"c\":[{}]}}", word("p"));
    let figure = format!("{{\"t\":\"Figure\",\"c\":[{ATTR},[null,[{plain}]],[{plain}]]}}");
    let around = format!("{{\"t\":\"Div\",\"c\":[[\"fig1\",[],[]],[{figure}]]}}");
    let link = format!("{{\"t\":\"Link\",\"c\":[{ATTR},[{}],[\"#fig1\",\"\"]]}}", word("see"));
    let Converted { document, report, .. } = converted(&[around, para(&link)].join(","));
    assert_eq!(document.blocks.first().and_then(|block| block.id.as_deref()), Some("fig1"));
    assert!(report.entries.is_empty(), "{report:?}");
}

#[test]
fn no_word_is_lost_in_silence() {
    let cell = |text: &str| format!("[{ATTR},{{\"t\":\"AlignDefault\"}},1,2,[{}]]", para(&word(text)));
    let row = format!("[{ATTR},[{},{}]]", cell("c1"), cell("c2"));
    let table = format!(
        "{{\"t\":\"Table\",\"c\":[{ATTR},[null,[{}]],[],[{ATTR},[{row}]],[[{ATTR},0,[],[{row}]]],[{ATTR},[]]]}}",
        para(&word("cap"))
    );
    let deleted = format!("{{\"t\":\"Span\",\"c\":[[\"\",[\"deletion\"],[]],[{}]]}}", word("gone"));
    let note = format!("{{\"t\":\"Note\",\"c\":[{}]}}", para(&word("noted")));
    let raw = "{\"t\":\"RawBlock\",\"c\":[\"latex\",\"\\\\weird{said}\"]}";
    let blocks = [table, para(&format!("{deleted},{note},{}", word("end"))), raw.to_owned()].join(",");
    let Converted { document, report, .. } = converted(&blocks);
    let mut said = inlines::words(&document.blocks);
    document.notes.iter().for_each(|note| said.push_str(&inlines::words(&note.blocks)));
    report.entries.iter().for_each(|entry| said.push_str(&entry.lost));
    for word in ["c1", "c2", "cap", "gone", "noted", "end", "\\weird{said}"] {
        let wanted = if word.starts_with('c') && word != "cap" { 2 } else { 1 };
        assert_eq!(said.matches(word).count(), wanted, "{word}: {said}");
    }
}

#[test]
fn what_pandoc_skipped_is_told() {
    let json = b"{\"pandoc-api-version\":[1,23],\"meta\":{},\"blocks\":[]}";
    let log = "[INFO] Skipped '\\weird{text}' at a.tex line 9 column 76\n[INFO] Skipped '\\maketitle' at a.tex line 8\n[INFO] Skipped '\\setup{x}' at a.tex line 4\n[WARNING] Odd\n";
    let report: Report =
        converting(json, log, "\n\n\n\n\n\n\\begin{document}\n\\x\n\\weird\n").expect("it is JSON of pandoc").report;
    let told: Vec<(Severity, &str, &str)> =
        report.entries.iter().map(|entry| (entry.severity, entry.at.as_str(), entry.lost.as_str())).collect();
    let wanted = [
        (Severity::Error, "9", "\\weird{text}"),
        (Severity::Info, "8", "\\maketitle"),
        (Severity::Info, "4", "\\setup{x}"),
        (Severity::Warning, "", ""),
    ];
    assert_eq!(told, wanted);
}

#[test]
fn an_old_pandoc_and_other_json_are_refused() {
    for json in ["", "{}", "[]", "{\"pandoc-api-version\":[1,22]}", "{\"pandoc-api-version\":[1,23],\"blocks\":"] {
        assert!(converting(json.as_bytes(), "", "").is_err(), "{json}");
    }
    for blocks in ["1", "{}", "{\"t\":\"Table\"}", "{\"t\":\"Div\",\"c\":3}", "{\"t\":\"Header\",\"c\":[-1,2,3]}"] {
        converted(blocks);
    }
}

#[test]
fn files_are_put_together_and_code_that_runs_is_shown() {
    let mut read =
        |name: &str| BTreeMap::from([("part.tex", "inner"), ("a.md", "一\n")]).get(name).map(|text| (*text).to_owned());
    for (ending, text, said, told) in [
        ("tex", "a \\input{part} b % \\input{x}\n", "a \ninner\n b % \\input{x}\n", 0),
        ("tex", "\\include{none}\n", "\n", 1),
        ("qmd", "{{< include a.md >}}\n", "一\n\n", 0),
        ("adoc", "include::a.md[tag=x]\n", "一\n\n", 0),
        ("rst", ".. include:: a.md\n", "一\n\n", 0),
    ] {
        let form = form_of(ending).expect("it is known");
        let mut done = sourced(form, text.as_bytes(), "f", &mut read);
        assert_eq!(String::from_utf8(done.bytes()).expect("text"), said, "{text}");
        assert_eq!(done.report().entries.len(), told, "{text}");
    }
}

#[test]
fn a_label_of_typst_belongs_to_what_it_stands_behind() {
    let label = |id: &str| format!("{{\"t\":\"Para\",\"c\":[{{\"t\":\"Span\",\"c\":[[\"{id}\",[],[]],[]]}}]}}");
    let link = format!("{{\"t\":\"Link\",\"c\":[[\"\",[\"ref\"],[]],[{}],[\"#sec\",\"\"]]}}", word("[sec]"));
    let heading = format!("{{\"t\":\"Header\",\"c\":[1,{ATTR},[{}]]}}", word("H"));
    let span = "{\"t\":\"Span\",\"c\":[[\"two\",[],[]],[]]}";
    let begins = para(&format!("{span},{{\"t\":\"SoftBreak\"}},{}", word("b")));
    let blocks = [heading.clone(), label("sec"), para(&link), label("end"), heading, begins].join(",");
    let json = format!("{{\"pandoc-api-version\":[1,23,1],\"meta\":{{}},\"blocks\":[{blocks}]}}");
    let form = form_of("typ").expect("it is known");
    let source = sourced(form, b"", "a.typ", &mut |_| None);
    let made = read(json.as_bytes(), "", &source, &BTreeSet::new()).map_err(|why| why.message).expect("it is read");
    let ids: Vec<Option<&str>> = made.document.blocks.iter().map(|block| block.id.as_deref()).collect();
    assert_eq!(ids, [Some("sec"), Some("end"), Some("two"), None]);
    assert!(shown(&made.document.blocks).contains("Reference(\"sec\")"), "{}", shown(&made.document.blocks));
}
