//! What is rare in files of Word, and is in the book or in the report all the same.

use super::tests::{cell, chapters, docx, import, p, told, unaccounted, with_parts};
use super::{Changes, Settings};
use crate::import::Imported;

fn run(text: &str) -> String {
    format!("<w:r><w:t>{text}</w:t></w:r>")
}

fn looking(looks: &str, text: &str) -> String {
    format!("<w:r><w:rPr>{looks}</w:rPr><w:t>{text}</w:t></w:r>")
}

fn mark(kind: &str) -> String {
    format!("<w:r><w:fldChar w:fldCharType=\"{kind}\"/></w:r>")
}

/// A field with its result; without one where it is empty.
fn field(instruction: &str, result: &str) -> String {
    let shown = if result.is_empty() { String::new() } else { mark("separate") + result };
    format!("{}<w:r><w:instrText>{instruction}</w:instrText></w:r>{shown}{}", mark("begin"), mark("end"))
}

/// A field whose instruction is made of another one and of text.
fn around(before: &str, inner: &str, behind: &str, result: &str) -> String {
    let instruction = |text: &str| format!("<w:r><w:instrText>{text}</w:instrText></w:r>");
    format!(
        "{}{}{inner}{}{}{}{}",
        mark("begin"),
        instruction(before),
        instruction(behind),
        mark("separate"),
        run(result),
        mark("end")
    )
}

fn para(inner: &str) -> String {
    format!("<w:p>{inner}</w:p>")
}

fn table(rows: &[&[String]]) -> String {
    let rows: String = rows.iter().map(|cells| format!("<w:tr>{}</w:tr>", cells.concat())).collect();
    format!("<w:tbl>{rows}</w:tbl>")
}

/// Everything in the report: what is said, and the text that is lost.
fn report(imported: &Imported) -> String {
    told(imported) + &imported.report.entries.iter().map(|entry| format!("{}\n", entry.lost)).collect::<String>()
}

/// A case: what it is, the body, what the chapters have, what is told.
type Case<'a> = (&'a str, String, &'a [&'a str], &'a [&'a str]);

fn all_hold(cases: &[Case<'_>]) {
    for (name, body, kept, said) in cases {
        holds(name, &docx(body), kept, said);
    }
}

fn holds(name: &str, bytes: &[u8], kept: &[&str], said: &[&str]) {
    let imported = import(bytes, &Settings::default());
    let (text, report) = (chapters(&imported), report(&imported));
    for words in kept {
        assert!(text.contains(words), "{name}: {words} is not kept in\n{text}");
    }
    for words in said {
        assert!(report.contains(words), "{name}: {words} is not told in\n{report}");
    }
    assert_eq!(unaccounted(bytes, &imported), "", "{name}\n{text}\n{report}");
}

#[test]
fn fields_in_fields_show_what_word_shows() {
    let inner = field(" MERGEFIELD x ", &run("内值"));
    let figure = format!("{}{}{}", run("见"), field("SEQ 图", &run("7")), run("页"));
    let ticked = "<w:r><w:fldChar w:fldCharType=\"begin\"><w:ffData><w:checkBox><w:default w:val=\"1\"/></w:checkBox></w:ffData></w:fldChar></w:r>";
    all_hold(&[
        ("in an instruction", para(&(run("甲") + &around("IF ", &inner, "= 1", "结果"))), &["甲结果"], &["内值"]),
        ("in a result", para(&field("REF _a", &figure)), &["见7页"], &[]),
        (
            "in an address",
            para(&around("HYPERLINK \"https://", &field("X", &run("a.org")), "/x\"", "链接")),
            &["[链接](https://a.org/x)"],
            &[],
        ),
        ("a box that is ticked", para(&format!("{ticked}{}{}", mark("end"), run("同意"))), &["☒同意"], &[]),
        ("words in the instruction", para(&field("MACROBUTTON NoMacro [此处]", "")), &["此处"], &[]),
        ("a sign", para(&(field("SYMBOL 252 \\f Wingdings", "") + &run("对"))), &["✓对"], &[]),
        ("a character in a circle", para(&field("eq \\o\\ac(○,3)", "")), &["③"], &[]),
        ("an old formula with an empty result", para(&field("EQ \\f(1,2)", "<w:r/>")), &[], &["EQ \\f(1,2)"]),
        ("an entry of the index", para(&(field("XE \"马灯\"", "") + &run("灯"))), &["灯"], &["马灯"]),
        ("a number that only Word counts", para(&(field("AUTONUM", "") + &run("条"))), &["条"], &["AUTONUM"]),
    ]);
}

#[test]
fn looks_and_signs_are_kept_or_told() {
    let signs =
        looking("<w:rFonts w:ascii=\"Symbol\"/>", "b") + &looking("<w:rFonts w:ascii=\"Wingdings\"/>", "\u{f0e0}");
    all_hold(&[
        ("capitals", para(&looking("<w:smallCaps/>", "Small")), &["Small"], &["small capitals"]),
        ("colour", para(&looking("<w:color w:val=\"FF0000\"/>", "红")), &["红"], &["colour"]),
        ("right to left", para(&looking("<w:rtl/>", "א")), &["א"], &["right to left"]),
        ("fonts of signs", para(&signs), &["β→"], &["signs that they show: b"]),
        ("a sign of no form", para("<w:r><w:sym w:font=\"Webdings\" w:char=\"F061\"/></w:r>"), &[], &["Webdings"]),
        (
            "columns",
            "<w:p><w:pPr><w:sectPr><w:cols w:num=\"2\"/></w:sectPr></w:pPr><w:r><w:t>上</w:t><w:br w:type=\"column\"/><w:t>下</w:t></w:r></w:p>".to_owned(),
            &["上\\\n下"],
            &["columns"],
        ),
        ("drawn letters", para("<w:r><w:pict><v:shape><v:textpath string=\"艺术字\"/></v:shape></w:pict></w:r>"), &["艺术字"], &[]),
        ("ink", para("<w:r><w:contentPart r:id=\"k\"/></w:r>"), &[], &["drawing"]),
        (
            "a hint of a control",
            para("<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent><w:r><w:t>单击此处</w:t></w:r></w:sdtContent></w:sdt>"),
            &[],
            &["nobody filled in"],
        ),
        (
            "a large first letter",
            format!("<w:p><w:pPr><w:framePr w:dropCap=\"drop\"/></w:pPr>{}</w:p>{}", run("首"), p("字下沉")),
            &["首字下沉"],
            &[],
        ),
    ]);
}

#[test]
fn cells_keep_what_is_in_them() {
    let inner = table(&[&[cell("内一"), cell("内二")], &[cell("内三"), cell("内四")]]);
    let boxed = "<w:r><w:pict><v:textbox><w:txbxContent><w:p><w:r><w:t>框</w:t></w:r></w:p></w:txbxContent></v:textbox></w:pict></w:r>";
    let old = |merge: &str, text: &str| format!("<w:tc><w:tcPr><w:hMerge{merge}/></w:tcPr>{}</w:tc>", p(text));
    all_hold(&[
        (
            "a table",
            table(&[&[cell("外"), format!("<w:tc>{inner}</w:tc>")], &[cell("甲"), cell("乙")]]),
            &["内一", "内四"],
            &["lines of text alone"],
        ),
        (
            "a box",
            table(&[&[cell("外"), format!("<w:tc>{}</w:tc>", para(boxed))], &[cell("甲"), cell("乙")]]),
            &["框"],
            &["lines of text alone"],
        ),
        (
            "old merges",
            table(&[&[old(" w:val=\"restart\"", "横"), old("", ""), cell("丙")], &[cell("甲"), cell("乙"), cell("丁")]]),
            &["| 横 || 丙 |"],
            &[],
        ),
        (
            "a description",
            "<w:tbl><w:tblPr><w:tblCaption w:val=\"题\"/></w:tblPr><w:tr><w:tc><w:p/></w:tc><w:tc><w:p/></w:tc></w:tr></w:tbl>".to_owned(),
            &[],
            &["description of a table"],
        ),
    ]);
}

#[test]
fn parts_beside_the_text_are_told_with_their_words() {
    let chart = "<c><c:t>图表题</c:t><c:pt><c:v>42</c:v></c:pt></c>".to_owned();
    let diagram = "<d><a:t>图示</a:t></d>".to_owned();
    let comments = format!("<w:comments><w:comment w:id=\"4\" w:author=\"丁\">{}</w:comment></w:comments>", p("批语"));
    let header = format!("<w:hdr>{}<v:textpath string=\"水印\"/><a:blip/></w:hdr>", p("页眉"));
    let parts = [
        ("chart.xml", chart),
        ("diagramData.xml", diagram),
        ("comments.xml", comments),
        ("header.xml", header),
        ("glossaryDocument.xml", format!("<w:g>{}</w:g>", p("构件"))),
    ];
    let drawn =
        para("<w:r><w:drawing><c:chart r:id=\"p0\"/></w:drawing><w:drawing><d:relIds r:dm=\"p1\"/></w:drawing></w:r>");
    let said = ["图表题 42", "图示", "批语", "页眉水印", "a picture at the head", "构件"];
    holds("parts", &with_parts(&drawn, &parts), &[], &said);
}

#[test]
fn what_a_change_takes_out_is_told_with_its_note_and_picture() {
    let notes = format!("<w:footnotes><w:footnote w:id=\"2\">{}</w:footnote></w:footnotes>", p("删注"));
    let gone = "<w:del w:author=\"甲\"><w:r><w:delText>旧</w:delText><w:footnoteReference w:id=\"2\"/><w:drawing><a:blip/></w:drawing></w:r></w:del>";
    let formula = "<m:oMath><m:r><m:t>x</m:t></m:r><w:del w:author=\"乙\"><m:r><m:t>删式</m:t></m:r></w:del></m:oMath>";
    let bytes = with_parts(&para(&format!("{gone}{formula}")), &[("footnotes.xml", notes)]);
    holds(
        "a deletion",
        &bytes,
        &["$x$"],
        &["旧", "删注", "乙 took this out, and it is left out: 删式", "a picture in text that is left out"],
    );
    let kept = import(&bytes, &Settings { changes: Changes::Reject, ..Settings::default() });
    let text = chapters(&kept);
    assert!(text.contains("旧[^1]") && text.contains("删注") && text.contains("删式"), "{text}");
}

#[test]
fn notes_have_links_and_pictures_of_their_own() {
    use crate::foreign::archive::pack;
    let relation = |id: &str, kind: &str, to: &str, more: &str| {
        format!("<Relationships><Relationship Id=\"{id}\" Type=\"x/{kind}\" Target=\"{to}\"{more}/></Relationships>")
    };
    let note = "<w:hyperlink r:id=\"r1\"><w:r><w:t>注</w:t></w:r></w:hyperlink>";
    let files = [
        (
            "word/document.xml",
            "<w:document><w:body><w:p><w:r><w:endnoteReference w:id=\"3\"/></w:r></w:p></w:body></w:document>"
                .to_owned(),
        ),
        ("word/_rels/document.xml.rels", relation("r1", "endnotes", "endnotes.xml", "")),
        ("word/endnotes.xml", format!("<w:endnotes><w:endnote w:id=\"3\">{}</w:endnote></w:endnotes>", para(note))),
        ("word/_rels/endnotes.xml.rels", relation("r1", "hyperlink", "https://note.org", " TargetMode=\"External\"")),
    ];
    holds("a link", &pack(&files), &["[注](https://note.org)"], &[]);
}

#[test]
fn a_list_style_whose_name_says_so_is_a_list_in_a_list() {
    let style = |id: &str, name: &str, list: usize| {
        format!(
            "<w:style w:type=\"paragraph\" w:styleId=\"{id}\"><w:name w:val=\"{name}\"/><w:pPr><w:numPr><w:numId w:val=\"{list}\"/></w:numPr></w:pPr></w:style>"
        )
    };
    let styles = format!("<w:styles>{}{}</w:styles>", style("a", "List Bullet", 1), style("b", "List Bullet 2", 2));
    let kind = |id: usize| {
        format!(
            "<w:abstractNum w:abstractNumId=\"{id}\"><w:lvl w:ilvl=\"0\"><w:numFmt w:val=\"bullet\"/></w:lvl></w:abstractNum>"
        )
    };
    let list = |id: usize| format!("<w:num w:numId=\"{id}\"><w:abstractNumId w:val=\"{id}\"/></w:num>");
    let numbering = format!("<w:numbering>{}{}{}{}</w:numbering>", kind(1), kind(2), list(1), list(2));
    let item =
        |style: &str, text: &str| format!("<w:p><w:pPr><w:pStyle w:val=\"{style}\"/></w:pPr>{}</w:p>", run(text));
    let body = item("a", "甲") + &item("b", "子") + &item("a", "乙");
    let bytes = with_parts(&body, &[("styles.xml", styles), ("numbering.xml", numbering)]);
    holds("lists", &bytes, &["- 甲\n  - 子\n- 乙"], &[]);
}

#[test]
fn a_section_begins_a_page_if_it_says_so() {
    let section = |kind: &str| format!("<w:sectPr><w:type w:val=\"{kind}\"/></w:sectPr>");
    let end = |kind: &str, text: &str| format!("<w:p><w:pPr>{}</w:pPr>{}</w:p>", section(kind), run(text));
    let body = end("nextPage", "甲") + &end("continuous", "乙") + &p("丙") + &section("oddPage");
    let text = chapters(&import(&docx(&body), &Settings::default()));
    assert!(text.contains("甲\n\n乙\n\n<!-- dama: pagebreak -->\n\n丙"), "{text}");
}

#[test]
fn lists_of_a_kind_go_on_and_words_at_their_numbers_are_told() {
    let item = |list: usize, text: &str| {
        format!(
            "<w:p><w:pPr><w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"{list}\"/></w:numPr></w:pPr>{}</w:p>",
            run(text)
        )
    };
    let list = |id: usize, more: &str| format!("<w:num w:numId=\"{id}\"><w:abstractNumId w:val=\"0\"/>{more}</w:num>");
    let anew = "<w:lvlOverride w:ilvl=\"0\"><w:startOverride w:val=\"1\"/></w:lvlOverride>";
    let kind = "<w:abstractNum w:abstractNumId=\"0\"><w:lvl w:ilvl=\"0\"><w:numFmt w:val=\"decimal\"/><w:lvlText w:val=\"第%1条\"/></w:lvl></w:abstractNum>";
    let numbering = format!("<w:numbering>{kind}{}{}{}</w:numbering>", list(1, ""), list(2, anew), list(3, ""));
    let body = [item(1, "甲"), item(1, "乙"), p("间"), item(2, "丙"), p("又"), item(3, "丁")].concat();
    let bytes = with_parts(&body, &[("numbering.xml", numbering)]);
    holds("lists", &bytes, &["2. 乙", "1. 丙", "2. 丁"], &["第%1条"]);
}
