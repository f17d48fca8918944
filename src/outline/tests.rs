//! Outlines of small books, and of books of the tests against what is written down of them.

#![expect(clippy::disallowed_methods, reason = "a test reads the files of the repository")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use super::*;
use crate::align;
use crate::manuscript;
use crate::model::EditionKind;
use crate::project::Project;
use crate::source::{SourceFile, Sources};

const ZH: &str = "---\ntitle: 灯\n---\n\n## 光 {#light}\n\n#### 影\n\n![灯](../images/a.png \"桌上的灯\"){#fig:a}\n\n:::figure {#tab:a}\n| 甲 | 乙 |\n|---|---|\n| 1 | 2 |\n\n价目\n:::\n\n\
    见[](#tab:a)[^n]。 {#here}\n\n[^n]: 注。\n";
const EN: &str = "---\ntitle: The Lamp\n---\n\n## Light {#light}\n\n#### Shadow\n\n![A lamp](../images/a.png \"The lamp\"){#fig:a}\n\n:::figure {#tab:a}\n| A | B |\n|---|---|\n| one | two |\n\nPrices\n:::\n\n\
    See [](#tab:a)[^n]. {#here}\n\n![Another](../images/b.png \"Only here\"){#fig:b}\n\n[^n]: A note.\n";

/// A book in memory: tag, name of the file and text of each chapter.
fn book(chapters: &[(&str, &str, &str)]) -> Book {
    let mut sources = Sources::default();
    let mut parsed: BTreeMap<Lang, Vec<Chapter>> = BTreeMap::new();
    let mut languages = Vec::new();
    for (tag, name, text) in chapters {
        let (lang, path) = (Lang::new(tag).unwrap(), format!("manuscript/{tag}/{name}.md"));
        let file = sources.add(SourceFile::new(path.as_str(), *text));
        parsed.entry(lang.clone()).or_default().push(manuscript::parse_chapter(file, &path, &lang, text, None).value);
        if !languages.contains(&lang) {
            languages.push(lang);
        }
    }
    Book {
        meta: crate::model::Meta::default(),
        editions: Vec::new(),
        languages,
        folders: BTreeMap::new(),
        chapters: parsed,
        bibliography: crate::model::Bibliography::default(),
        glossary: crate::model::Glossary::default(),
        pdf: crate::model::PdfWishes::default(),
        check_levels: BTreeMap::new(),
        reviewed: crate::model::Reviewed::default(),
        comments: crate::model::Comments::default(),
    }
}

/// Pairs blocks by their order.
fn in_order<'a>(source: &'a Chapter, target: &'a Chapter) -> Vec<Row<'a>> {
    let count = source.blocks.len().max(target.blocks.len());
    let side = |chapter: &'a Chapter, at: usize| chapter.blocks.get(at).into_iter().collect();
    (0..count).map(|at| Row { sources: side(source, at), targets: side(target, at), inner: Vec::new() }).collect()
}

/// An outline as text, an entry a line.
fn shown(outline: &Outline<'_>) -> String {
    let mut text = String::new();
    for (index, part) in outline.parts().iter().enumerate() {
        let number = part.number().map_or("-".to_owned(), |number| number.to_string());
        text.push_str(&format!("part {number}, notes: {}\n", part.notes().count()));
        for entry in outline.entries().iter().filter(|entry| entry.part == index) {
            let kind = match entry.kind {
                Kind::Chapter => "title".to_owned(),
                Kind::Heading { level } => format!("heading {level}"),
                Kind::Numbered { series, count } => format!("{} {}", series.name(), count.number),
                Kind::Part { series, count, letter } => format!("{} {}({letter})", series.name(), count.number),
                Kind::Tagged => "tagged".to_owned(),
                Kind::Uncaptioned => "uncaptioned".to_owned(),
                Kind::Place => "place".to_owned(),
            };
            let label = entry.label.as_deref().unwrap_or("-");
            let anchor = entry.anchor.as_deref().map_or("-".to_owned(), |anchor| format!("#{anchor}"));
            let reference = outline.reference(entry).text(words(entry.lang));
            text.push_str(&format!("  {kind} | {label} | {anchor} | {reference} | {}\n", entry.title));
        }
    }
    text
}

#[test]
fn a_language_is_numbered_by_itself() {
    let book = book(&[("zh", "01-灯", ZH)]);
    let outline = Outline::single(&book, book.source_language());
    let wanted = "part 1, notes: 1
  title | 01-灯 | #title-01 | “灯” | 灯
  heading 2 | light | #light | “光” | 光
  heading 3 | 01-灯#影 | #section | “影” | 影
  figure 1 | fig:a | #fig-a | 图 1 | 桌上的灯
  table 1 | tab:a | #tab-a | 表 1 | 价目
  place | here | #here | “灯” | 
";
    assert_eq!(shown(&outline), wanted);
    assert_eq!(outline.parts()[0].note(outline.parts()[0].chapter.file, "n"), Some(1));
}

#[test]
fn a_translation_has_the_numbers_of_what_it_translates() {
    let book = book(&[("zh", "01", ZH), ("en", "01", EN)]);
    let outline = Outline::bilingual(&book, &in_order);
    // The picture is shared, so both labels lead to one anchor; the tables differ.
    let wanted = "part 1, notes: 2
  title | 01 | #title-01 | “灯” | 灯
  title | 01.en | #title-01 | “The Lamp” | The Lamp
  heading 2 | light | #light | “光” | 光
  heading 3 | 01#影 | #section | “影” | 影
  figure 1 | fig:a | #fig-a | 图 1 | 桌上的灯
  table 1 | tab:a | #tab-a | 表 1 | 价目
  place | here | #here | “灯” | 
  heading 2 | light.en | #light-2 | “Light” | Light
  heading 3 | 01#shadow.en | #section-2 | “Shadow” | Shadow
";
    assert!(shown(&outline).starts_with(wanted), "{}", shown(&outline));
    let english = book.chapters(&book.languages[1])[0].file;
    let named = |id: &str| outline.named(id, english).map(|entry| outline.reference(entry).text(words(entry.lang)));
    assert_eq!(named("fig:a").as_deref(), Some("Figure 1"));
    assert_eq!(named("tab:a").as_deref(), Some("Table 1"));
    assert_eq!(named("fig:b").as_deref(), Some("Figure 2"), "one that only the translation has gets the next");
    assert_eq!(named("here").as_deref(), Some("“The Lamp”"));
    assert_eq!(outline.named("fig:a", english).unwrap().anchor.as_deref(), Some("fig-a"));
    assert_eq!(outline.named("tab:a", english).unwrap().anchor.as_deref(), Some("tab-a-2"));
    assert_eq!(outline.parts()[0].note(english, "n"), Some(2));
}

#[test]
fn a_heading_with_an_id_goes_by_its_words_too_where_its_chapter_is_known() {
    let text = "---\ntitle: T\n---\n\n## Old words {#new}\n";
    let other = "---\ntitle: U\n---\n\nText.\n";
    let book = book(&[("en", "01", text), ("en", "02", other)]);
    let outline = Outline::single(&book, &book.languages[0]);
    let [first, second] = [0, 1].map(|at| book.chapters(&book.languages[0])[at].file);
    let named = |target: &str, file| outline.named(target, file).and_then(|entry| entry.id);
    assert_eq!(named("old-words", first), Some("new"));
    assert_eq!(named("01#old-words", second), Some("new"));
    assert_eq!(named("old-words", second), None, "it is a given id in no other chapter");
}

#[test]
fn a_folder_is_its_page() {
    let text = "---\ntitle: T\n---\n\nText.\n";
    let names = ["learn/index", "learn/state", "dom/hooks/index", "dom/state", "hooks"];
    let chapters: Vec<_> = names.iter().map(|name| ("en", *name, text)).collect();
    let book = book(&chapters);
    let outline = Outline::single(&book, &book.languages[0]);
    let from = book.chapters(&book.languages[0])[1].file;
    for (target, wanted) in [
        ("learn#", Some("learn/index")),
        ("dom/hooks#", Some("dom/hooks/index")),
        ("hooks#", Some("hooks")),
        ("dom/state#", Some("dom/state")),
        ("state#", Some("learn/state")),
        ("dom#", None),
    ] {
        assert_eq!(outline.named(target, from).and_then(|entry| entry.id), wanted, "{target}");
    }
}

#[test]
fn an_id_that_only_the_translation_gave_leads_to_what_is_shown() {
    let text = |id: &str| format!("---\ntitle: T\n---\n\n$$ x $$ {id}\n\nText. {{#other}}\n");
    let (zh, en) = (text(""), text("{#eq:x}"));
    let book = book(&[("zh", "01", &zh), ("en", "01", &en)]);
    let outline = Outline::bilingual(&book, &in_order);
    let source = outline.of(&book.chapters(&book.languages[0])[0].blocks[0]).and_then(|entry| entry.anchor.clone());
    assert_eq!(source.as_deref(), Some("eq-x"));
    let entry = outline.labelled("eq:x.en").expect("the id is known");
    assert_eq!(entry.anchor, source);
}

#[test]
fn an_id_used_twice_is_known_by_its_first_place() {
    let again = "---\ntitle: 又\n---\n\n## 光 {#light}\n\n段落。 {#01}\n\n又一段。{#light}\n";
    let book = book(&[("zh", "01", ZH), ("zh", "02", again)]);
    let outline = Outline::single(&book, book.source_language());
    let repeated: Vec<_> = outline.repeated().map(|(entry, first)| (entry.id, entry.kind, first.kind)).collect();
    assert_eq!(repeated, [(Some("light"), Kind::Place, Kind::Heading { level: 2 })], "in its chapter");
    let labels: Vec<_> = outline.labels().map(|(label, _)| label).collect();
    assert_eq!(labels, ["01", "01#影", "02", "02#01", "02#light", "fig:a", "here", "light", "tab:a"]);
    let anchors: Vec<_> = outline.entries().iter().filter_map(|entry| entry.anchor.as_deref()).collect();
    assert_eq!(anchors.iter().collect::<BTreeSet<_>>().len(), anchors.len(), "{anchors:?}");
}

/// What a target means that is written in a chapter: the titles of the chapter and of the place.
fn meant(outline: &Outline<'_>, target: &str, chapter: &Chapter) -> String {
    let place = |entry: &Entry<'_>| format!("{}/{}", outline.parts()[entry.part].chapter.stem, entry.title);
    match outline.meaning(target, chapter.file) {
        Meaning::Place(entry) => place(entry),
        Meaning::Ambiguous(entries) => entries.into_iter().map(place).collect::<Vec<_>>().join(" or "),
        Meaning::NoChapter => "no chapter".to_owned(),
        Meaning::Nothing => "nothing".to_owned(),
    }
}

#[test]
fn a_target_means_the_nearest_place() {
    let a =
        "---\ntitle: Aa\n---\n\n## One {#x}\n\n## Only here {#only}\n\n## Set up\n\n## Set up\n\n## C & D, part 2!\n";
    let b = "---\ntitle: Bb\n---\n\n## Two {#x}\n\n## 概述与**背景**（一）\n\n## Set up {#set-up-1}\n\n## Set up\n\n## Set up\n";
    let c = "---\ntitle: Cc\n---\n\nText.\n";
    let book = book(&[("en", "a", a), ("en", "b", b), ("en", "c", c), ("zh", "a", a)]);
    let outline = Outline::single(&book, book.source_language());
    let [a, b, c] = book.chapters(book.source_language()) else { panic!("three chapters") };
    for (target, chapter, wanted) in [
        ("x", a, "a/One"),
        ("x", b, "b/Two"),
        ("x", c, "a/One or b/Two"),
        ("a#x", c, "a/One"),
        ("only", c, "a/Only here"),
        ("b", a, "b/Bb"),
        ("b#", a, "b/Bb"),
        ("", a, "a/Aa"),
        ("d#x", a, "no chapter"),
        ("a#y", c, "nothing"),
        ("y", c, "nothing"),
        ("set-up", a, "a/Set up"),
        ("set-up-1", a, "a/Set up"),
        ("c--d-part-2", a, "a/C & D, part 2!"),
        ("C--D-Part-2", c, "a/C & D, part 2!"),
        ("概述与背景一", b, "b/概述与背景（一）"),
        ("cc", a, "c/Cc"),
    ] {
        assert_eq!(meant(&outline, target, chapter), wanted, "`{target}` in {}", chapter.stem);
    }
    let names: Vec<_> = slugs(b).into_values().collect();
    assert_eq!(names, ["概述与背景一", "set-up", "set-up-2"], "no slug is a given id");
}

#[test]
fn what_has_no_caption_bears_no_number() {
    let text = "---\ntitle: T\n---\n\n![甲](a.png){#fig:a}\n\n![乙](a.png \"题\")\n\n![丙](a.png){.decorative}\n\n\
        :::figure {#tab:x}\n| 一 |\n|---|\n| 1 |\n:::\n\n```chart {#fig:c}\ntype: bar\nalt: a\ndata: {A: 1}\n```\n\n\
        ```chart {#fig:d}\ntype: bar\ntitle: 图表\nalt: a\ndata: {A: 1}\n```\n";
    let book = book(&[("zh", "01", text)]);
    let outline = Outline::single(&book, book.source_language());
    let numbered: Vec<_> =
        outline.entries().iter().filter_map(|entry| Some((entry.count()?.number, &*entry.title))).collect();
    assert_eq!(numbered, [(1, "题"), (2, "图表")]);
    for id in ["fig:a", "tab:x", "fig:c"] {
        assert_eq!(outline.labelled(id).map(|entry| entry.kind), Some(Kind::Uncaptioned), "{id}");
    }
}

#[test]
fn parts_of_a_figure_have_its_number_and_letters() {
    let parts = "![甲](a.png \"一\"){#fig:a}\n\n![乙](a.png){#fig:b}\n";
    let text =
        format!("---\ntitle: T\n---\n\n:::figure {{#fig:x}}\n{parts}\n题\n:::\n\n![丙](a.png \"丙\"){{#fig:c}}\n");
    let book = book(&[("zh", "01", &text)]);
    let outline = Outline::single(&book, book.source_language());
    let said = |id: &str| outline.labelled(id).map(|e| outline.reference(e).text(super::words(e.lang)));
    for (id, wanted) in [("fig:x", "图 1"), ("fig:a", "图 1(a)"), ("fig:b", "图 1(b)"), ("fig:c", "图 2")] {
        assert_eq!(said(id).map(|said| said.replace('\u{a0}', " ")).as_deref(), Some(wanted), "{id}");
    }
}

#[test]
fn chapters_stand_where_their_own_language_has_them() {
    let [a, b, c] = ["a", "b", "c"].map(|title| format!("---\ntitle: {title}\n---\n\nText.\n"));
    let book = book(&[("zh", "01", &a), ("zh", "03", &c), ("en", "00", &a), ("en", "01", &a), ("en", "02", &b)]);
    let outline = Outline::bilingual(&book, &in_order);
    let parts =
        outline.parts().iter().map(|part| (part.chapter.stem.as_str(), part.translation.is_some(), part.number()));
    let wanted = [("00", false, None), ("01", true, Some(1)), ("02", false, None), ("03", false, Some(2))];
    assert_eq!(parts.collect::<Vec<_>>(), wanted);
}

/// A chapter of a role in Chinese and English, with a heading, one below it, one in a box, a picture and a formula.
fn numbered_chapter(title: &str, role: &str) -> String {
    format!(
        "---\ntitle: {title}\nrole: {role}\n---\n\n## 一\n\n### 二 {{#deep}}\n\n:::aside\n## 旁\n:::\n\n## 三\n\n![灯](a.png \"灯\"){{#fig:a}}\n\n\
         $$ x $$ {{#eq:a}}\n"
    )
}

#[test]
fn parts_chapters_headings_and_figures_bear_numbers_in_the_words_of_the_language() {
    let roles = [("00", "preface"), ("01", "chapter"), ("02", "chapter"), ("90", "appendix")];
    let texts: Vec<_> = roles.iter().map(|(stem, role)| (*stem, numbered_chapter(stem, role))).collect();
    let both =
        ["zh", "en"].into_iter().flat_map(|tag| texts.iter().map(move |(stem, text)| (tag, *stem, text.as_str())));
    let mut book = book(&both.collect::<Vec<_>>());
    book.meta.numbering =
        crate::model::Numbering { chapters: Some(true), headings: 2, by_chapter: true, ..Default::default() };
    let title = |zh: &str, en: &str| {
        [("zh", zh), ("en", en)].map(|(tag, title)| (Lang::new(tag).unwrap(), title.to_owned())).into()
    };
    let part = |title, stem: &str| crate::model::Division { title, chapters: vec![stem.to_owned()] };
    book.meta.divisions = vec![part(title("上", "One"), "01"), part(title("下", "Two"), "02")];
    for (lang, wanted) in [
        (0, ["第一部分 上", "第二部分 下", "第一章", "第二章", "附录A", "1.1.1 节", "图 2-1", "式 (A.1)", "图 1"]),
        (
            1,
            [
                "Part I One",
                "Part II Two",
                "Chapter 1",
                "Chapter 2",
                "Appendix A",
                "section 1.1.1",
                "Figure 2.1",
                "Equation (A.1)",
                "Figure 1",
            ],
        ),
    ] {
        let lang = &book.languages[lang];
        let outline = Outline::single(&book, lang);
        let mut found: Vec<String> = outline
            .divisions()
            .iter()
            .map(|part| format!("{} {}", part.name(words(lang)).unwrap(), part.title(lang)))
            .collect();
        let file = book.chapters(lang)[0].file;
        let said = |target: &str| outline.reference(outline.named(target, file).unwrap()).text(words(lang));
        found.extend(["01#", "02#", "90#", "01#deep", "02#fig:a", "90#eq:a", "00#fig:a"].map(said));
        assert_eq!(found, wanted);
        let sections = outline.sections(&book.chapters(lang)[3]);
        assert_eq!(sections, ["A.1", "A.1.1", "", "A.2"].map(|number| (!number.is_empty()).then(|| number.to_owned())));
        assert!(outline.sections(&book.chapters(lang)[0]).is_empty(), "a preface has no numbers");
        let opens: Vec<_> = outline.parts().iter().map(|part| outline.opened_by(part)).collect();
        assert_eq!(opens, [None, Some(0), Some(1), None]);
    }
}

#[test]
fn without_numbering_an_appendix_alone_goes_by_its_number() {
    let [a, b] = ["chapter", "appendix"].map(|role| numbered_chapter("T", role));
    let book = book(&[("zh", "a", &a), ("zh", "b", &b)]);
    let outline = Outline::single(&book, book.source_language());
    let file = book.chapters(&book.languages[0])[0].file;
    let said = |target: &str| outline.reference(outline.named(target, file).unwrap()).text(words(&book.languages[0]));
    assert_eq!(["a#", "b#", "b#deep", "b#fig:a"].map(said), ["“T”", "附录一", "“二”", "图 2"]);
    assert_eq!(outline.parts()[0].number(), Some(1));
}

/// The outlines of books of the tests, in every edition, are as in `tests/ref/outline/NAME.txt`; `UPDATE_REF=1` writes them
/// anew.
#[test]
fn books_have_the_outlines_that_are_written_down() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    for name in ["kinds", "facing", "lamplight"] {
        let got = outlines_of(&root.join("books").join(name));
        let path = root.join("ref/outline").join(format!("{name}.txt"));
        if std::env::var_os("UPDATE_REF").is_some() {
            fs::create_dir_all(root.join("ref/outline")).unwrap();
            fs::write(&path, &got).unwrap();
        }
        let wanted = fs::read_to_string(&path).unwrap_or_default();
        assert!(wanted == got, "{name} has another outline (if rightly so: UPDATE_REF=1):\n{got}");
    }
}

fn outlines_of(folder: &Path) -> String {
    let project = Project::find(folder).unwrap();
    let mut sources = Sources::default();
    let config = manuscript::load_config(&project, &mut sources).value.unwrap();
    let book = manuscript::load_book(&project, &mut sources, config, Some(&[])).value;
    let single = book.languages.iter().cloned().map(EditionKind::Single);
    let alignments = align::align_book(&book);
    let mut text = String::new();
    for edition in single.chain([EditionKind::Bilingual]) {
        let outline = align::outline(&book, &edition, &alignments);
        for (label, entry) in outline.labels() {
            assert!(entry.anchor.is_some(), "{label} leads nowhere");
        }
        text.push_str(&format!("== {}\n{}\n", edition.name(), shown(&outline)));
    }
    text
}
