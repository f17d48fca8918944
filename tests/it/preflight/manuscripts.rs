//! The rules that look at a PDF: a book whose layout breaks each, and the same book in order.
//!
//! What no book can break, because every PDF of ours is made so (fonts embedded and mapped, no Type 3, no encryption, no
//! script), is broken by the small files of [`super::rules`] alone.

use std::path::Path;

use serde_json::Value;

use crate::command::{dama_pub, said, write_book};

/// A book: what its layout does at the beginning, and how many pages its chapter has at least.
struct Case {
    rule: &'static str,
    profile: &'static str,
    breaks: &'static str,
    keeps: &'static str,
    pages: usize,
}

const CASES: &[Case] = &[
    Case {
        rule: "page-boxes",
        profile: "print",
        breaks: "#page(width: 120mm)[一页宽些。]",
        keeps: "#page(width: 100mm)[一页。]",
        pages: 1,
    },
    Case { rule: "page-count", profile: "print", breaks: "", keeps: "#page[一页。]", pages: 1 },
    Case {
        rule: "missing-bleed",
        profile: "print",
        breaks: "#page(background: place(top + left, dx: 3mm, dy: 3mm, rect(width: 30mm, height: 100mm, fill: cmyk(60%, 0%, 20%, 0%))))[一页。]",
        keeps: "#page(background: place(top + left, rect(width: 33mm, height: 106mm, fill: cmyk(60%, 0%, 20%, 0%))))[一页。]",
        pages: 1,
    },
    Case {
        rule: "colour-space",
        profile: "print",
        breaks: "#page(text(fill: rgb(\"#a03020\"))[红字。])",
        keeps: "#page(text(fill: cmyk(0%, 80%, 80%, 30%))[红字。])",
        pages: 1,
    },
    Case {
        rule: "colour-space",
        profile: "screen",
        breaks: "#page(rect(width: 20mm, height: 20mm, fill: cmyk(60%, 0%, 20%, 0%)))",
        keeps: "#page(rect(width: 20mm, height: 20mm, fill: rgb(\"#66aacc\")))",
        pages: 1,
    },
    Case {
        rule: "rich-black",
        profile: "print",
        breaks: "#page(text(fill: cmyk(60%, 50%, 50%, 100%))[黑字。])",
        keeps: "#page(text(fill: cmyk(0%, 0%, 0%, 100%))[黑字。])",
        pages: 1,
    },
    Case {
        rule: "safe-area",
        profile: "print",
        breaks: "#page(place(top + left, dx: -19mm, dy: 10mm)[靠边。])",
        keeps: "#page(place(top + left, dx: -14mm, dy: 10mm)[靠边。])",
        pages: 1,
    },
    Case {
        rule: "hairline",
        profile: "print",
        breaks: "#page(line(length: 20mm, stroke: 0.1pt))",
        keeps: "#page(line(length: 20mm, stroke: 0.3pt))",
        pages: 1,
    },
    Case { rule: "pdf-tags", profile: "screen", breaks: "#set document(title: none)", keeps: "", pages: 1 },
    Case {
        rule: "pdf-navigation",
        profile: "screen",
        breaks: "#show heading: it => par(it.body)\n#set heading(outlined: false, bookmarked: false)",
        keeps: "",
        pages: 12,
    },
];

const HEAD: &str = r##"
#set document(title: dama.book.title)
#set page(width: 100mm, height: 100mm, margin: 20mm, bleed: 3mm, numbering: "1")
#set text(lang: "zh", region: "cn", size: 10pt)
"##;

const BODY: &str = r#"
#for chapter in dama.book.chapters { pagebreak(weak: true); dama.chapter(chapter.path) }
"#;

fn write(dir: &Path, case: &Case, layout: &str) {
    let config = "title: 纸\nslug: p\nlanguages: [zh]\ndate: 2026-03-01\nlayout: mine\npdf: {signature: 2}\n";
    let text = format!("---\ntitle: 起\n---\n\n## 一\n\n{}", "这是一段话，有几个字。\n\n".repeat(20 * case.pages));
    let about = "name: mine\ntitle: Mine\nlanguages: [zh]\ntrim: {width: 100mm, height: 100mm}\nstandards: []\n";
    write_book(
        dir,
        &[
            ("manuscript/book.yaml", config.as_bytes()),
            ("manuscript/zh/01-a.md", text.as_bytes()),
            ("layouts/mine/layout.typ", [HEAD, layout, BODY].concat().as_bytes()),
            ("layouts/mine/layout.yaml", about.as_bytes()),
            ("layouts/mine/epub.css", b""),
        ],
    );
}

/// The names of the rules that preflight finds broken.
fn broken(case: &Case, layout: &str) -> Vec<String> {
    let dir = tempfile::tempdir().expect("a temporary folder");
    write(dir.path(), case, layout);
    let output = dama_pub(dir.path(), &["check", "--pdf", "--profile", case.profile, "--format", "json"]);
    let report: Value = serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("{}", said(&output)));
    let file = &report["files"][0];
    assert!(file["facts"]["pages"].as_u64() >= Some(case.pages as u64), "{report}");
    let findings = file["findings"].as_array().expect("findings");
    findings.iter().map(|finding| finding["check"].as_str().expect("a check").to_owned()).collect()
}

#[test]
fn a_layout_breaks_each_rule_and_one_in_order_does_not() {
    for case in CASES {
        let (bad, good) = (broken(case, case.breaks), broken(case, case.keeps));
        assert!(bad.iter().any(|check| check == case.rule), "{} ({}): {bad:?}", case.rule, case.profile);
        assert!(!good.iter().any(|check| check == case.rule), "{} ({}): {good:?}", case.rule, case.profile);
    }
}

/// Long words in a narrow column, justified and without hyphenation, leave wide spaces; where they lie is the text's
/// doing.
#[test]
fn wide_spaces_one_under_the_other_are_a_river() {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let row = "internationalization counterrevolutionary \\\n";
    let found = |layout: &str, text: &str| {
        let case = &CASES[0];
        write(dir.path(), case, layout);
        let chapter = format!("---\ntitle: A\n---\n\n{}\n", text.trim_end_matches(" \\\n"));
        write_book(dir.path(), &[("manuscript/zh/01-a.md", chapter.as_bytes())]);
        let output = dama_pub(dir.path(), &["check", "--pdf", "--profile", "print", "--format", "json"]);
        let report: Value = serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("{}", said(&output)));
        let findings = report["files"][0]["findings"].as_array().expect("findings").clone();
        let rivers = findings.into_iter().filter(|finding| finding["check"] == "river");
        rivers.map(|finding| finding["line"].as_u64().expect("a line")).collect::<Vec<_>>()
    };
    let layout = "#set page(margin: 10mm)\n#set par(justify: true)\n#set text(hyphenate: false, lang: \"en\")\n#set linebreak(justify: true)";
    // Five lines of two words of one length: their only space lies at the same place.
    assert_eq!(found(layout, &row.repeat(5)), [5]);
    assert_eq!(found(layout, &row.repeat(3)), [0; 0]);
    assert_eq!(found("", &row.repeat(5)), [0; 0], "set ragged, no space is wide");
}

/// The lengths of lines that preflight tells of, in a layout that sets ten-point text so wide.
fn fractional(width: &str, text: &str) -> Vec<String> {
    let dir = tempfile::tempdir().expect("a temporary folder");
    write(
        dir.path(),
        &CASES[0],
        &format!("#set page(margin: (y: 5mm, x: (100mm - {width}) / 2))\n#set par(justify: true)"),
    );
    write_book(dir.path(), &[("manuscript/zh/01-a.md", format!("---\ntitle: 甲\n---\n\n{text}\n").as_bytes())]);
    let output = dama_pub(dir.path(), &["--lang", "en", "check", "--pdf", "--profile", "print", "--format", "json"]);
    let report: Value = serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("{}", said(&output)));
    let findings = report["files"][0]["findings"].as_array().expect("findings").clone();
    let own = findings.into_iter().filter(|finding| finding["check"] == "fractional-measure");
    own.map(|finding| finding["message"].as_str().expect("a message").to_owned()).collect()
}

#[test]
fn a_measure_of_chinese_text_that_is_no_whole_number_of_characters_is_told_once() {
    let text = "天地玄黄宇宙洪荒，日月盈昃辰宿列张。寒来暑往秋收冬藏，闰余成岁律吕调阳。".repeat(12);
    let told = fractional("204.6pt", &text);
    assert!(told.len() == 1 && told[0].contains("20.46 characters long on page 1"), "{told:?}");
    assert_eq!(fractional("200pt", &text), [""; 0]);
    assert_eq!(
        fractional("204.6pt", &"The quick brown fox jumps over the lazy dog. ".repeat(20)),
        [""; 0],
        "no Chinese"
    );
}
