//! The law: what an independent reader of the XML finds and the book has not, the report says.

use std::collections::BTreeMap;
use std::path::Path;

use quick_xml::Reader as Xml;
use quick_xml::events::Event;

use super::{Changes, Settings, read};
use crate::exchange::forms::docx::archive::open;
use crate::foreign::archive::pack;
use crate::import::{Imported, Text, book};
use crate::model::Lang;

const HEAD: &str = "<?xml version=\"1.0\"?><w:document xmlns:w=\"w\" xmlns:m=\"m\"><w:body>";

/// A document of some paragraphs.
pub(super) fn docx(body: &str) -> Vec<u8> {
    with_parts(body, &[])
}

pub(super) fn with_parts(body: &str, parts: &[(&str, String)]) -> Vec<u8> {
    let relation = |(at, (name, _)): (usize, &(&str, String))| {
        let kind = name.split('.').next().unwrap_or_default();
        format!("<Relationship Id=\"p{at}\" Type=\"x/{kind}\" Target=\"{name}\"/>")
    };
    let relations: String = parts.iter().enumerate().map(relation).collect();
    let mut entries = vec![
        ("word/document.xml", format!("{HEAD}{body}</w:body></w:document>")),
        ("word/_rels/document.xml.rels", format!("<Relationships>{relations}</Relationships>")),
    ];
    let names: Vec<String> = parts.iter().map(|(name, _)| format!("word/{name}")).collect();
    entries.extend(names.iter().zip(parts).map(|(name, (_, text))| (name.as_str(), text.clone())));
    pack(&entries)
}

pub(super) fn p(text: &str) -> String {
    styled("", text)
}

fn styled(style: &str, text: &str) -> String {
    let style = if style.is_empty() { String::new() } else { format!("<w:pPr><w:pStyle w:val=\"{style}\"/></w:pPr>") };
    format!("<w:p>{style}<w:r><w:t>{text}</w:t></w:r></w:p>")
}

pub(super) fn import(bytes: &[u8], settings: &Settings) -> Imported {
    let read = read(bytes, settings).map_err(|why| why.message.to_string()).expect("it is read");
    let lang = Lang::new("zh").expect("a language");
    let texts: Vec<Text<'_>> = read
        .documents
        .iter()
        .zip([lang, Lang::new("en").expect("a language")])
        .map(|(document, lang)| Text { document, lang, file: "a.docx" })
        .collect();
    book(&texts, "书", "2026-01-01", read.report)
}

/// The chapters of a book in one text.
pub(super) fn chapters(imported: &Imported) -> String {
    let of = imported.files.iter().filter(|(path, _)| path.ends_with(".md"));
    of.map(|(_, bytes)| String::from_utf8_lossy(bytes).into_owned()).collect::<Vec<_>>().join("\n")
}

fn of_body(body: &str) -> String {
    chapters(&import(&docx(body), &Settings::default()))
}

pub(super) fn told(imported: &Imported) -> String {
    imported.report.entries.iter().map(|entry| format!("{}\n", entry.message)).collect()
}

fn count(text: &str, into: &mut BTreeMap<char, isize>, by: isize) {
    text.chars().filter(|c| c.is_alphanumeric()).for_each(|c| *into.entry(c).or_default() += by);
}

/// Every letter and digit of the text in the parts of a package, by a reader of its own.
fn letters(bytes: &[u8]) -> BTreeMap<char, isize> {
    let mut found = BTreeMap::new();
    let mut archive = open(bytes).ok().expect("a package");
    for part in ["document", "footnotes", "endnotes", "comments", "header", "chart", "diagramData", "glossaryDocument"]
    {
        let Ok(Some(xml)) = archive.text(&format!("word/{part}.xml")) else { continue };
        let (mut reader, mut inside) = (Xml::from_str(&xml), false);
        loop {
            match reader.read_event() {
                Ok(Event::Start(tag)) => inside = matches!(tag.local_name().as_ref(), "t" | "delText" | "v"),
                Ok(Event::End(_)) => inside = false,
                Ok(Event::Text(text)) if inside => count(&text.xml10_content(), &mut found, 1),
                Ok(Event::Eof) | Err(_) => break,
                _ => {}
            }
        }
    }
    found
}

/// What is in the source, neither in the book nor in the report.
pub(super) fn unaccounted(bytes: &[u8], imported: &Imported) -> String {
    let mut left = letters(bytes);
    count(&chapters(imported), &mut left, -1);
    let yaml = String::from_utf8_lossy(&imported.files["manuscript/book.yaml"]).into_owned();
    count(&yaml, &mut left, -1);
    imported.report.entries.iter().for_each(|entry| count(&entry.lost, &mut left, -1));
    left.into_iter().filter(|(_, count)| *count > 0).map(|(c, _)| c).collect()
}

#[test]
#[expect(clippy::print_stderr, reason = "a test that is left out says so")]
fn a_file_as_chinese_publishers_have_them_loses_nothing_in_silence() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/cases/import/docx-zh/zh.docx");
    let Some(bytes) = crate::project::read_pdf(&path).ok() else {
        eprintln!("{} is not there: this test is left out", path.display());
        return;
    };
    let imported = import(&bytes, &Settings { file: "zh.docx".to_owned(), ..Settings::default() });
    assert_eq!(unaccounted(&bytes, &imported), "", "{}\n{}", chapters(&imported), told(&imported));
    let text = chapters(&imported);
    for kept in [
        "# 起点",
        "**粗体**",
        "*斜体*",
        "*着重号*",
        "[下划线专名]{.underline}",
        "[上标]{.sup}",
        "[^1]: 脚注的文字。",
        "每月一次",
        "{饕餮|tāo tiè}",
        "1. 手工编号的一项",
        "1. 自动编号一",
        "| 合并的表头 || 丙 |",
        "| ^^ | 3 | 4 |",
        "一幅图的说明",
        "{#fig:1}",
        "见[](#fig:1)。",
        "${a}^{2}$",
        ":::aside\n文本框里的字\n:::",
        "内容控件里的字",
    ] {
        assert!(text.contains(kept), "{kept}\n{text}");
    }
    let told = told(&imported);
    for reported in [
        "每周",
        "请核对数字",
        "contents is left out",
        "level 1 are left out",
        "no form that a book shows",
        "looks like a heading",
    ] {
        assert!(told.contains(reported), "{reported}\n{told}");
    }
}

#[test]
fn runs_that_word_cuts_are_one_and_marks_stand_at_words() {
    let body = "<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>一</w:t></w:r><w:proofErr/><w:r><w:rPr><w:b/><w:lang/></w:rPr>\
                <w:t xml:space=\"preserve\">二 </w:t></w:r><w:r><w:t>三</w:t></w:r></w:p>";
    assert!(of_body(body).contains("**一二** 三"), "{}", of_body(body));
}

#[test]
fn signs_of_markdown_are_characters() {
    for text in [
        "# 灯",
        "*灯*",
        "1. 灯",
        "- 灯",
        "&lt;b&gt;灯",
        "[灯](x)",
        "a_b_c",
        "$5 与 $6",
        "```",
        "{饕|x|y}",
        "[^1]",
        "::: aside",
        "---",
        "@fig:a",
        "| a | b |",
    ] {
        let bytes = docx(&p(text));
        let imported = import(&bytes, &Settings::default());
        assert_eq!(unaccounted(&bytes, &imported), "", "{text}: {}", chapters(&imported));
        assert!(!told(&imported).contains("no form"), "{text}: {}", told(&imported));
    }
}

#[test]
fn changes_are_accepted_rejected_or_listed() {
    let body = "<w:p><w:del w:author=\"甲\"><w:r><w:delText>每周</w:delText></w:r></w:del>\
                <w:ins w:author=\"甲\"><w:r><w:t>每月</w:t></w:r></w:ins><w:r><w:t>一次</w:t></w:r></w:p>";
    let bytes = docx(body);
    let with = |changes| import(&bytes, &Settings { changes, ..Settings::default() });
    let (accepted, rejected, listed) = (with(Changes::Accept), with(Changes::Reject), with(Changes::List));
    assert!(chapters(&accepted).contains("每月一次") && chapters(&listed).contains("每月一次"));
    assert!(chapters(&rejected).contains("每周一次"));
    assert!(told(&listed).contains("put in: 每月") && told(&listed).contains("took out: 每周"));
    for imported in [accepted, rejected, listed] {
        assert_eq!(unaccounted(&bytes, &imported), "");
    }
}

#[test]
fn a_reference_leads_to_its_figure_in_both_languages() {
    let caption = "<w:p><w:bookmarkStart w:name=\"_Ref9\"/><w:r><w:t>表 </w:t></w:r><w:fldSimple w:instr=\" SEQ 表 \"><w:r><w:t>1</w:t></w:r></w:fldSimple><w:r><w:t>　灯油</w:t></w:r></w:p>";
    let row = |a: &str, b: &str| format!("<w:tr><w:tc>{}</w:tc><w:tc>{}</w:tc></w:tr>", p(a), p(b));
    let body = format!(
        "{caption}<w:tbl>{}{}</w:tbl><w:p><w:r><w:t>见</w:t></w:r><w:fldSimple w:instr=\"REF _Ref9 \\h\"><w:r><w:t>表 1</w:t></w:r></w:fldSimple></w:p>",
        row("灯", "油"),
        row("大灯", "菜油")
    );
    let text = of_body(&body);
    assert!(text.contains(":::figure {#tab:1}\n| 灯 | 油 |\n|---|---|\n| 大灯 | 菜油 |\n\n灯油\n:::"), "{text}");
    assert!(text.contains("见[](#tab:1)"), "{text}");
}

#[test]
fn one_file_with_both_languages_is_taken_apart() {
    let body: String =
        (1..=4).map(|n| p(&format!("这是第{n}段中文。")) + &p(&format!("This is English paragraph {n}."))).collect();
    let imported = import(&docx(&body), &Settings::default());
    let of = |lang: &str| {
        let path = imported.files.keys().find(|path| path.starts_with(&format!("manuscript/{lang}/"))).expect(lang);
        String::from_utf8_lossy(&imported.files[path]).into_owned()
    };
    assert!(of("zh").contains("第3段") && !of("zh").contains("English"));
    assert!(of("en").contains("paragraph 3") && !of("en").contains("段中文"));
}

#[test]
fn damaged_files_are_refused_or_read_and_never_a_defect() {
    let styles = "<w:styles><w:style w:type=\"paragraph\" w:styleId=\"1\"><w:name w:val=\"heading 1\"/><w:basedOn w:val=\"1\"/></w:style></w:styles>";
    let body = styled("1", "第一章　灯")
        + "<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val=\"9999999\"/><w:vMerge/></w:tcPr><w:p/></w:tc></w:tr></w:tbl>"
        + "<w:p><w:pPr><w:numPr><w:ilvl w:val=\"77\"/><w:numId w:val=\"5\"/></w:numPr></w:pPr><w:r><w:fldChar w:fldCharType=\"end\"/><w:t>灯</w:t></w:r></w:p>";
    let bytes = with_parts(&body, &[("styles.xml", styles.to_owned())]);
    import(&bytes, &Settings::default());
    let xml = format!("{HEAD}{body}</w:body></w:document>").into_bytes();
    let mut seed = 0x2545_f491_u32;
    let mut next = |below: usize| {
        seed ^= seed << 13;
        seed ^= seed >> 17;
        seed ^= seed << 5;
        seed as usize % below
    };
    for _ in 0..300 {
        let mut inside = xml.clone();
        let mut whole = bytes.clone();
        for _ in 0..1 + next(4) {
            let at = next(inside.len());
            inside[at] = b"<>/\"w: 0"[next(8)];
            let at = next(whole.len());
            whole[at] = next(256) as u8;
        }
        let _ = read(&whole, &Settings::default());
        let packed = pack(&[("word/document.xml", String::from_utf8_lossy(&inside).into_owned())]);
        if let Ok(read) = read(&packed, &Settings::default()) {
            for document in &read.documents {
                let text = Text { document, lang: Lang::new("zh").expect("a language"), file: "a.docx" };
                book(&[text], "书", "2026-01-01", super::Report::default());
            }
        }
    }
}

#[test]
fn new_pages_are_kept_where_none_begins_anyhow() {
    let page = "<w:r><w:br w:type=\"page\"/></w:r>";
    let heading = "<w:p><w:pPr><w:outlineLvl w:val=\"0\"/></w:pPr><w:r><w:t>章</w:t></w:r></w:p>";
    let before = "<w:p><w:pPr><w:pageBreakBefore/></w:pPr><w:r><w:t>丙</w:t></w:r></w:p>";
    let behind = format!("<w:p><w:r><w:t>丁</w:t></w:r>{page}</w:p>");
    let inside = format!("<w:p><w:r><w:t>戊</w:t></w:r>{page}<w:r><w:t>己</w:t></w:r></w:p>");
    let alone = format!("<w:p>{page}</w:p>");
    let body = [
        &alone,
        heading,
        &alone,
        &p("甲"),
        &alone,
        &alone,
        &p("乙"),
        before,
        &behind,
        &inside,
        &alone,
        heading,
        &p("庚"),
        &alone,
    ];
    let imported = import(&docx(&body.map(|text| text.to_string()).concat()), &Settings::default());
    let shown = chapters(&imported).replace("<!-- dama: pagebreak -->", "|");
    let shown: String = shown.chars().filter(|c| "|甲乙丙丁戊己庚章".contains(*c)).collect();
    assert_eq!(shown, "章甲|乙|丙丁|戊己章庚");
    let told = &imported.report.entries;
    assert!(told.iter().any(|entry| entry.message.to_string().contains("inside of paragraphs")), "{told:?}");
}

#[test]
fn looks_that_no_book_has_are_told_once() {
    let run = |look: &str| format!("<w:p><w:r><w:rPr>{look}</w:rPr><w:t>字</w:t></w:r></w:p>");
    let vertical = "<w:tc><w:tcPr><w:textDirection w:val=\"tbRl\"/></w:tcPr><w:p><w:r><w:t>竖</w:t></w:r></w:p></w:tc>";
    let cell = "<w:tc><w:p><w:r><w:t>横</w:t></w:r></w:p></w:tc>";
    let fitted = run("<w:fitText w:val=\"900\"/>");
    let combined = run("<w:eastAsianLayout w:combine=\"1\"/>");
    let body =
        format!("{fitted}{fitted}{combined}<w:tbl><w:tr>{vertical}{cell}</w:tr><w:tr>{cell}{cell}</w:tr></w:tbl>");
    let imported = import(&docx(&body), &Settings::default());
    let told: Vec<String> =
        imported.report.entries.iter().map(|entry| format!("{}: {}", entry.at, entry.message)).collect();
    for said in
        ["paragraph 3: lines from top", "paragraph 3: two lines in one", "paragraph 1: characters that are spread"]
    {
        assert_eq!(told.iter().filter(|told| told.starts_with(said)).count(), 1, "{said}: {told:?}");
    }
    assert!(told.iter().any(|told| told.contains("(2 times in the file)")), "{told:?}");
}

pub(super) fn cell(text: &str) -> String {
    format!("<w:tc>{}</w:tc>", p(text))
}

#[test]
fn controls_around_cells_and_rows_are_read_through() {
    let control = |inner: String| format!("<w:sdt><w:sdtContent>{inner}</w:sdtContent></w:sdt>");
    let (one, other) = (control(cell("甲")), cell("乙"));
    let row = format!("<w:tr>{one}{other}</w:tr>");
    for body in [format!("<w:tbl>{row}</w:tbl>"), format!("<w:tbl>{}{row}</w:tbl>", control(row.clone()))] {
        let bytes = docx(&body);
        let imported = import(&bytes, &Settings::default());
        assert_eq!(unaccounted(&bytes, &imported), "", "{}", chapters(&imported));
        assert!(chapters(&imported).contains("| 甲 | 乙 |"), "{}", chapters(&imported));
    }
}

#[test]
fn a_field_without_an_end_takes_no_text_of_others() {
    let begin = "<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r>";
    let contents = format!(
        "<w:p>{begin}<w:r><w:instrText>TOC \\o</w:instrText></w:r><w:r><w:fldChar w:fldCharType=\"separate\"/></w:r></w:p>"
    );
    let heading = "<w:p><w:pPr><w:outlineLvl w:val=\"0\"/></w:pPr><w:r><w:t>章</w:t></w:r></w:p>";
    for body in [format!("<w:p>{begin}<w:r><w:t>甲</w:t></w:r></w:p>"), format!("{contents}{}{heading}", p("目录"))]
    {
        let text = of_body(&format!("{body}{}", p("后文")));
        assert!(text.contains("后文") && !text.contains("目录"), "{text}");
    }
}

#[test]
fn a_deleted_end_joins_paragraphs_and_a_deleted_row_is_gone() {
    let deleted = |inner: &str| format!("<w:{inner}><w:del w:author=\"甲\"/></w:{inner}>");
    let mark = deleted("rPr");
    let row = format!("<w:tr>{}{}</w:tr>", deleted("trPr"), cell("旧"));
    let body = format!(
        "<w:p><w:pPr>{mark}</w:pPr><w:r><w:t>一</w:t></w:r></w:p>{}<w:tbl>{row}<w:tr>{}{}</w:tr></w:tbl><w:p><w:pPr>{mark}</w:pPr><w:r><w:t>末</w:t></w:r></w:p>",
        p("二"),
        cell("新"),
        cell("行")
    );
    let bytes = docx(&body);
    let with = |changes| import(&bytes, &Settings { changes, ..Settings::default() });
    let (accepted, rejected) = (with(Changes::Accept), with(Changes::Reject));
    let text = chapters(&accepted);
    assert!(
        text.contains("一二") && text.contains("| 新 | 行 |") && !text.contains('旧') && text.contains('末'),
        "{text}"
    );
    let text = chapters(&rejected);
    assert!(!text.contains("一二") && text.contains('旧'), "{text}");
    for imported in [accepted, rejected] {
        assert_eq!(unaccounted(&bytes, &imported), "", "{}", told(&imported));
    }
}

#[test]
fn what_both_languages_share_stays_with_one_of_them() {
    let mut body = styled("", "油灯 Oil Lamps").replace("<w:r>", "<w:pPr><w:outlineLvl w:val=\"0\"/></w:pPr><w:r>");
    for (chinese, english) in
        [("甲乙丙丁", "One two three"), ("戊己庚辛", "Four five six"), ("子丑寅卯", "Seven eight")]
    {
        body.push_str(&p(chinese));
        body.push_str(&p(english));
    }
    let notes = format!("<w:footnotes><w:footnote w:id=\"2\">{}</w:footnote></w:footnotes>", p("无人引用"));
    let bytes = with_parts(&body, &[("footnotes.xml", notes)]);
    let imported = import(&bytes, &Settings::default());
    let text = chapters(&imported);
    assert!(text.contains("# 油灯\n") && text.contains("# Oil Lamps\n"), "{text}");
    assert_eq!(unaccounted(&bytes, &imported), "", "{}", told(&imported));
}

#[test]
fn a_document_that_word_takes_in_is_told() {
    let imported = import(&docx(&format!("{}<w:altChunk w:id=\"x\"/>", p("甲"))), &Settings::default());
    assert!(told(&imported).contains("another document belongs here"), "{}", told(&imported));
}
