//! Small books set in memory.

use std::collections::BTreeMap;

use typst::layout::{Abs, Frame, FrameItem, Point};

use super::*;
use crate::diagnostic::{self, Severity};
use crate::layout;
use crate::manuscript;
use crate::model::{Glossary, Lang, LayoutChoice, Math, Meta, PdfWishes, Spanned, Term, WrittenOption};
use crate::source::{SourceFile, Span};

/// A project in memory.
type Memory = BTreeMap<String, Vec<u8>>;

mod citations;
mod galleys;
mod notes;
mod faults;
mod fronts;
mod layouts;
mod masses;
mod numbers;
mod origins;
mod quotations;
mod rounds;

const LAYOUT: &str = r#"
#set document(title: dama.book.title, author: dama.book.people.map(p => p.name), keywords: dama.book.keywords)
#set page(width: 80mm, height: 100mm, margin: 10mm, numbering: "1")
#set text(lang: dama.book.lang, region: dama.book.region, size: 10pt, font: dama.options.font)
#let chart(it) = [#it.kind: #it.data.map(d => d.label + " " + d.shown).join("; ")]
#let blocks = (
  opener: (attrs, body) => block(fill: luma(230), inset: 4pt, body),
  chart: chart,
  qr: it => box(width: 15mm, it.image),
)
#for chapter in dama.book.chapters [
  #pagebreak(weak: true)
  #heading(level: 1, chapter.title) #chapter.label
  #dama.chapter(chapter.path, blocks: blocks)
]
#if dama.book.has-citations {
  bibliography(dama.book.references, style: dama.book.citation-style, title: none)
}
"#;

const MANIFEST: &str = r#"
name: test
options:
  font: {type: string, default: "Source Serif 4", doc: the face}
  size: {type: length, default: 10pt, doc: the size}
"#;

struct Made {
    sources: Sources,
    pdf: Option<Pdf>,
    found: Vec<crate::diagnostic::Diagnostic>,
}

impl Made {
    /// Each finding as `severity check path:line:column message`.
    fn lines(&self) -> Vec<String> {
        self.found.iter().map(|finding| line(&self.sources, finding)).collect()
    }
}

fn line(sources: &Sources, finding: &crate::diagnostic::Diagnostic) -> String {
    let place = finding.primary.as_ref().map_or("-".to_owned(), |label| {
        let file = sources.get(label.span.file);
        format!("{}:{}", file.path(), file.position(label.span.start))
    });
    format!("{} {} {place} {}", finding.severity.name(), finding.check, finding.message)
}

fn hints(finding: &crate::diagnostic::Diagnostic) -> Vec<String> {
    finding.hints.iter().map(ToString::to_string).collect()
}

fn memory(layout: &str, markdown: &str) -> Memory {
    let mut files = Memory::default();
    files.insert("layouts/test/layout.yaml".into(), MANIFEST.into());
    files.insert("layouts/test/layout.typ".into(), layout.into());
    files.insert("layouts/test/epub.css".into(), Vec::new());
    files.insert("manuscript/en/01-one.md".into(), markdown.into());
    files
}

fn make(layout: &str, markdown: &str) -> Made {
    make_from(&memory(layout, markdown))
}

fn make_from(files: &Memory) -> Made {
    let (made, sources, mut found) = set(files, pdf);
    Made { sources, pdf: made.take(&mut found), found }
}

/// Does something with the English edition of a project; also gives what was found in its layout.
fn set<T>(files: &Memory, act: impl FnOnce(Job<'_>) -> T) -> (T, Sources, Vec<crate::diagnostic::Diagnostic>) {
    let mut sources = Sources::default();
    let choice = LayoutChoice::named("test");
    let mut found = Vec::new();
    let layout = layout::read(files, &mut sources, &choice).take(&mut found).expect("the test's layout is good");
    let book = book(files, &mut sources);
    let edition = EditionKind::Single(Lang::new("en").unwrap());
    let job = Job {
        book: &book,
        edition: &edition,
        layout: &layout,
        files,
        sources: &sources,
        date: BuildDate(1_700_000_000),
        alignments: &[],
    };
    let value = act(job);
    (value, sources, found)
}

fn book(files: &Memory, sources: &mut Sources) -> Book {
    let lang = Lang::new("en").unwrap();
    let mut chapters = Vec::new();
    for name in files.list("manuscript/en") {
        let path = format!("manuscript/en/{name}");
        let text = String::from_utf8(files.read(&path).unwrap()).unwrap();
        let id = sources.add(SourceFile::new(path.as_str(), text.as_str()));
        let mut chapter = manuscript::parse_chapter(id, &path, &lang, &text, None).value;
        manuscript::convert_formulas(&mut chapter, &Math::default(), &mut Vec::new());
        chapters.push(chapter);
    }
    let bibliography = manuscript::load_references(files, sources, &mut Vec::new());
    Book {
        meta: Meta {
            slug: "tiny".into(),
            title: BTreeMap::from([(lang.clone(), "A tiny book".to_owned())]),
            date: (2026, 1, 2),
            ..Meta::default()
        },
        languages: vec![lang.clone()],
        folders: BTreeMap::new(),
        editions: vec![EditionKind::Single(lang.clone())],
        chapters: BTreeMap::from([(lang, chapters)]),
        bibliography,
        glossary: glossary(),
        pdf: PdfWishes::default(),
        check_levels: BTreeMap::new(),
        reviewed: crate::model::Reviewed::default(),
        comments: crate::model::Comments::default(),
    }
}

/// A termbase of two terms.
fn glossary() -> Glossary {
    let file = Sources::default().add(SourceFile::new("manuscript/glossary.yaml", ""));
    let span = Span::new(file, 0..0);
    let term = |id: &str, word: &str| {
        let words = BTreeMap::from([(Lang::new("en").unwrap(), Spanned { value: word.to_owned(), span })]);
        let (variants, forbidden, definitions) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
        Term { id: id.to_owned(), span, words, variants, forbidden, pos: None, note: None, definitions, shared: false }
    };
    Glossary { terms: vec![term("chip", "red chip"), term("silicon", "芯片")] }
}

#[test]
fn marks_leave_the_page_as_it_was() {
    let latin = "He said “red chips,” (red chip) and wrote it down; red chips are what he meant by it, no more.\n\n";
    let han = "他说：“芯片。”（芯片）他写下来；芯片——就是他说的，芯片、硅片、“芯片”，都是一回事，并无分别可言。\n\n";
    let text = format!("---\ntitle: T\n---\n\n{}", format!("{latin}{han}").repeat(4));
    let justified = LAYOUT
        .replace("#set text(", "#set par(justify: true, first-line-indent: 2em)\n#set text(cjk-latin-spacing: auto, ");
    let places = |layout: &str| {
        let layout = layout.replace("dama.options.font", "(dama.options.font, \"Noto Serif CJK SC\")");
        let files = memory(&layout, &text);
        let document = set(&files, document).0.value.expect("the layout is good");
        let mut places = Vec::new();
        document.pages().iter().for_each(|page| glyphs(&page.frame, Point::zero(), &mut places));
        places
    };
    let (plain, marked) =
        (places(&justified), places(&justified.replace("blocks: blocks)", "blocks: blocks, terms: true)")));
    assert!(plain.len() > 400, "{} glyphs", plain.len());
    assert_eq!(plain.len(), marked.len());
    for ((a, at), (b, other)) in plain.iter().zip(&marked) {
        // Sums of widths are rounded otherwise where a run is parted.
        let near = (at.x - other.x).abs() < Abs::pt(0.001) && at.y == other.y;
        assert!(a == b && near, "{a} at {at:?}, {b} at {other:?}");
    }
}

/// Every glyph with the place where it begins on its page.
fn glyphs(frame: &Frame, corner: Point, found: &mut Vec<(u16, Point)>) {
    for (at, item) in frame.items() {
        let mut place = corner + *at;
        match item {
            FrameItem::Group(group) => glyphs(&group.frame, place, found),
            FrameItem::Text(text) => {
                for glyph in &text.glyphs {
                    found.push((glyph.id, place));
                    place.x += glyph.x_advance.at(text.size);
                }
            }
            _ => {}
        }
    }
}

#[test]
fn terms_are_marked_in_prose_only_where_the_layout_asks() {
    let text = "---\ntitle: Red chip\n---\n\n## A red chip\n\nOf *red* chips: a\nred chip.\n\n- A note[^n] on a red chip\n\n[^n]: Red chip.\n";
    let asked = LAYOUT.replace("blocks: blocks)", "blocks: blocks, terms: true)");
    for (layout, marks) in [(LAYOUT, 0), (asked.as_str(), 3)] {
        let check = format!("#context assert.eq(query(<dama-term>).map(m => m.value), (\"chip\",) * {marks})\n");
        let made = make(&format!("{layout}{check}#assert.eq(dama.glossary.first().letter, \"R\")\n"), text);
        assert_eq!(made.lines(), [""; 0]);
    }
}

#[test]
fn the_same_book_gives_the_same_bytes() {
    let text = "---\ntitle: One\n---\n\nSome *text* with $a^2$ and a [link](https://example.org).\n";
    let first = make(LAYOUT, text);
    let block = first.sources.find("manuscript/en/01-one.md").map(|file| Span::new(file, 20..text.len()));
    let second = make(LAYOUT, text);
    assert_eq!(first.lines(), [""; 0]);
    let (first, second) = (first.pdf.unwrap(), second.pdf.unwrap());
    assert_eq!(first.printed.pages(), 1);
    assert_eq!(first.printed.page_of(block.unwrap()), Some(1));
    assert!(first.bytes == second.bytes);
}

#[test]
fn an_error_in_a_formula_stands_at_its_own_column() {
    let made = make(LAYOUT, "---\ntitle: One\n---\n\nThe formula $a^2 + foo$ is wrong.\n");
    assert_eq!(made.lines(), ["error typeset manuscript/en/01-one.md:5:20 unknown variable: foo"]);
    assert!(made.pdf.is_none());
}

#[test]
fn a_formula_runs_no_code() {
    let made = make(LAYOUT, "---\ntitle: One\n---\n\nThe formula $a + #panic()$ is wrong.\n");
    assert_eq!(made.lines(), ["error typeset manuscript/en/01-one.md:5:18 a formula cannot contain Typst code"]);
}

#[test]
fn an_error_in_a_layout_stands_in_the_layout() {
    let made = make("#let a = 1\n\n#b\n", "---\ntitle: One\n---\n");
    assert_eq!(made.lines(), ["error typeset layouts/test/layout.typ:3:2 unknown variable: b"]);
}

#[test]
fn what_typst_says_of_a_layout_is_set_off() {
    let made = make("#let a = (b: 1)\n#a.c\n", "---\ntitle: One\n---\n");
    let report = "dictionary does not contain key \"c\"";
    assert_eq!(
        made.lines(),
        [format!("error typeset layouts/test/layout.typ:2:4 in the layout, Typst reports: {report}")]
    );
    let chinese = Locale::Chinese.say(&made.found[0].message);
    assert_eq!(chinese, format!("版式里，Typst报告：{report}"));
}

#[test]
fn our_own_messages_are_said_in_chinese_after_typst_carried_them() {
    let chapter = "---\ntitle: One\n---\n";
    let opener = format!("{chapter}\n:::opene\n\nText.\n\n:::\n");
    for (layout, text, message, hint) in [
        (LAYOUT, opener.as_str(), "版式没有版块`opene`", "是不是想写`opener`？"),
        ("#dama.chapter(\"/a.md\")\n", chapter, "不是书稿的一章", "路径取自`dama.book.chapters`"),
        ("#plugin(\"x\")\n", chapter, "不能用插件", "用Typst写"),
        ("#read(\"/manuscript/secret.wasm\")\n", chapter, "无法载入文件：不能用插件", ""),
    ] {
        let found = make(layout, text).found;
        assert_eq!(Locale::Chinese.say(&found[0].message), message);
        let hint_said = found[0].hints.first().map_or(String::new(), |hint| Locale::Chinese.say(hint));
        assert_eq!(hint_said, hint);
    }
}

#[test]
fn a_package_is_refused() {
    let made = make("#import \"@preview/cetz:0.4.0\": canvas\n", "---\ntitle: One\n---\n");
    let lines = made.lines();
    assert_eq!(lines.len(), 1, "{lines:?}");
    assert!(lines[0].contains("a layout can use only the files of its own folder"), "{lines:?}");
}

#[test]
fn a_character_without_glyph_is_found_once() {
    let made = make(LAYOUT, "---\ntitle: One\n---\n\nHere \u{13000} and again \u{13000}.\n");
    assert_eq!(
        made.lines(),
        ["error missing-glyph manuscript/en/01-one.md:5:6 no font has a glyph for ‘\u{13000}’ (U+13000)"]
    );
    assert_eq!(made.found[0].labels.len(), 1);
}

#[test]
fn a_sign_before_a_mark_that_no_font_has_is_not_the_one_that_lacks_a_glyph() {
    let lines = |mark: char| make(LAYOUT, &format!("---\ntitle: One\n---\n\nHere '{mark}' is a mark.\n")).lines();
    assert_eq!(lines('\u{94d}'), Vec::<String>::new(), "a font has each of them, and none both");
    let lacks = lines('\u{11134}');
    assert!(lacks.iter().all(|line| line.ends_with("(U+11134)")) && lacks.len() == 1, "{lacks:?}");
}

#[test]
fn text_beyond_the_page_is_found() {
    let long = "W\u{a0}".repeat(120);
    let made = make(LAYOUT, &format!("---\ntitle: One\n---\n\nSee {long} here.\n"));
    assert_eq!(made.found[0].severity, Severity::Error);
    assert_eq!(made.found[0].check, "overflow");
    assert!(made.lines()[0].starts_with("error overflow manuscript/en/01-one.md:5:5"), "{:?}", made.lines());
}

#[test]
fn text_that_runs_into_the_next_column_is_found() {
    let layout = "#set page(width: 100mm, height: 60mm, margin: 10mm)\n#set text(font: dama.options.font)\n\
        #columns(2, for it in dama.book.chapters { dama.chapter(it.path); colbreak(weak: true) })";
    let long = "W".repeat(18);
    let mut files = memory(layout, &format!("---\ntitle: One\n---\n\n{long}\n"));
    files.insert("manuscript/en/02-two.md".into(), "---\ntitle: Two\n---\n\nOther text.\n".into());
    let made = make_from(&files);
    assert_eq!(made.lines(), ["error overflow manuscript/en/01-one.md:5:1 text overlaps other text on page 1"]);
    assert!(made.pdf.is_none());
}

#[test]
fn text_that_a_box_cannot_hold_is_found() {
    let long = "Many words in a box that is too small for them. ".repeat(4);
    let text = format!("---\ntitle: One\n---\n\n{long}\n");
    let page = "#set page(width: 100mm, height: 60mm, margin: 10mm)\n#set text(font: dama.options.font)\n";
    let chapter = "dama.chapter(dama.book.chapters.at(0).path)";
    let fixed = make(&format!("{page}#block(height: 5mm, {chapter})"), &text);
    // The first line that has no room.
    let place =
        |column: usize, why: &str| [format!("error overflow manuscript/en/01-one.md:5:{column} {why} on page 1")];
    assert_eq!(fixed.lines(), place(87, "text runs out of the bottom of its box"));
    let clipped = make(&format!("{page}#block(height: 5mm, clip: true, {chapter})"), &text);
    assert_eq!(clipped.lines(), place(43, "text is cut off by its box"));
}

#[test]
fn an_unknown_building_block_stands_at_its_line() {
    let made = make(LAYOUT, "---\ntitle: One\n---\n\n:::openr\n\nText.\n\n:::\n");
    assert_eq!(made.lines(), ["error typeset manuscript/en/01-one.md:5:1 the layout has no building block `openr`"]);
    assert_eq!(hints(&made.found[0]), ["did you mean `opener`?"]);
}

#[test]
fn every_kind_of_block_can_be_set() {
    let made = make(LAYOUT, include_str!("tests/kinds.md"));
    assert_eq!(made.lines(), [""; 0]);
    assert!(made.pdf.is_some());
}

#[test]
fn a_reference_to_something_without_number_shows_its_title() {
    let heading = "## The _second_ part {#second}\n\n$ sum_(i=1)^n i $\n";
    let text = format!("---\ntitle: One\n---\n\nSee [](#second) and [](#01-one).\n\n{heading}");
    let made = make(LAYOUT, &text);
    assert_eq!(made.lines(), [""; 0]);
}

#[test]
fn a_file_that_is_not_a_font_is_reported() {
    let mut files = memory(LAYOUT, "---\ntitle: One\n---\n");
    files.insert("fonts/fonts.yaml".into(), "- {file: own.otf}\n".into());
    files.insert("fonts/own.otf".into(), b"not a font".to_vec());
    let made = make_from(&files);
    assert_eq!(made.lines(), ["error fonts fonts/fonts.yaml:1:10 fonts/own.otf is not a font"]);
    for (list, said) in [
        ("-file: own.otf\n", "error yaml fonts/fonts.yaml:1:1 missing space after ‘-’"),
        ("- licence: MIT\n", "error fonts fonts/fonts.yaml:1:3 this font has no file"),
        ("- file：own.otf\n", "error yaml fonts/fonts.yaml:1:7 the colon after ‘file’ is full-width"),
        ("fonts: own.otf\n", "error yaml fonts/fonts.yaml:1:8 the list of fonts must be a list, such as `[a, b]`"),
    ] {
        files.insert("fonts/fonts.yaml".into(), list.into());
        assert_eq!(make_from(&files).lines(), [said]);
    }
}

#[test]
fn options_are_checked() {
    let mut sources = Sources::default();
    let text = "{sise: 9pt, size: large}";
    let written = sources.add(SourceFile::new("manuscript/book.yaml", text));
    let option = |name: &str, value: &str| {
        let [key, at] = [name, value]
            .map(|part| text.find(part).map(|at| Span::new(written, at..at + part.len())).expect("it is there"));
        (name.to_owned(), WrittenOption { key, value: Spanned { value: serde_yaml::Value::from(value), span: at } })
    };
    let options = BTreeMap::from([option("sise", "9pt"), option("size", "large")]);
    let choice = LayoutChoice { name: "test".into(), options, span: None };
    let loaded = layout::read(&memory(LAYOUT, ""), &mut sources, &choice);
    let lines: Vec<_> = loaded.diagnostics.iter().map(|finding| line(&sources, finding)).collect();
    assert_eq!(
        lines,
        [
            "error layout-option manuscript/book.yaml:1:2 the layout `test` has no option `sise`",
            "error layout-option manuscript/book.yaml:1:19 the layout option `size` must be a length such as 12mm, 10pt or 1.5em",
        ]
    );
    assert_eq!(hints(&loaded.diagnostics[0]), ["did you mean `size`?"]);
}

#[test]
fn formulas_become_mathml() {
    let formulas = [formula("a^2 < b", false), formula("sum_(i=1)^n i", true), formula("foo", false)];
    let made = mathml(&formulas);
    let first = made[0].as_ref().unwrap();
    assert!(first.starts_with("<math xmlns=\"http://www.w3.org/1998/Math/MathML\" alttext=\"a^2 &lt; b\""), "{first}");
    assert!(
        first.contains("<msup><mi>𝑎</mi><mn>2</mn></msup>") || first.contains("<msup><mi>a</mi><mn>2</mn></msup>"),
        "{first}"
    );
    assert!(made[1].as_ref().unwrap().contains("display=\"block\""));
    assert_eq!(made[2].as_ref().unwrap_err().to_string(), "unknown variable: foo");
}

#[test]
fn blanks_of_quoted_text_last_in_mathml() {
    let cases = [
        ("\" val\" = 1", "<mtext>\u{a0}val</mtext>"),
        ("1 \"val \"", "<mtext>val\u{a0}</mtext>"),
        ("\"  two  in side  \"", "<mtext>\u{a0}\u{a0}two\u{a0}\u{a0}in side\u{a0}\u{a0}</mtext>"),
        ("x \" \" y", "<mtext>\u{a0}</mtext>"),
        ("\" 中文 “字” \"", "<mtext>\u{a0}中文 “字”\u{a0}</mtext>"),
        ("upright(\" a\\\"<'b \")", "<mtext>\u{a0}a&quot;&lt;&apos;b\u{a0}</mtext>"),
    ];
    let formulas = cases.map(|(written, _)| formula(written, true));
    for ((formula, wanted), made) in cases.into_iter().zip(mathml(&formulas)) {
        let made = made.expect("a good formula");
        assert!(made.contains(wanted) && !made.contains("<span"), "{formula}: {made}");
    }
}

fn formula(written: &str, display: bool) -> Formula {
    Formula { notation: written.to_owned(), written: written.to_owned(), display }
}

/// Adds what is written on a page.
fn letters(frame: &Frame, text: &mut String) {
    for (_, item) in frame.items() {
        match item {
            FrameItem::Group(group) => letters(&group.frame, text),
            FrameItem::Text(item) => text.push_str(&item.text),
            _ => {}
        }
    }
}
