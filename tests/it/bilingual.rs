//! The edition of two languages loses nothing that either language says, and its references lead somewhere.
//!
//! `tests/books/facing` has what goes wrong in translations: a missing and an added paragraph, two paragraphs made one,
//! chapters of one language only; and what both languages share: a picture and a formula.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};
use std::path::Path;

use dama_pub::align::{align_book, rows};
use dama_pub::epub;
use dama_pub::model::{Block, BlockKind, Book, EditionKind, Inline, InlineKind, walk};
use dama_pub::project::Project;
use dama_pub::source::Sources;
use dama_pub::typeset::{self, BuildDate, Job};
use quick_xml::events::Event;

use crate::command::write_book;

#[test]
fn the_epub_has_every_text_of_both_languages() {
    let (book, pages) = exported();
    let all: String = pages.values().map(|page| text(page)).collect();
    let mut runs = 0;
    for chapter in book.chapters.values().flatten() {
        walk::chapter_inlines(chapter, &mut |inline| {
            if let InlineKind::Text(text) = &inline.kind {
                runs += 1;
                assert!(all.contains(text.as_str()), "{}: ‘{text}’ is not in the EPUB", chapter.path);
            }
        });
        assert!(all.contains(&chapter.meta.title.value), "{}: no title", chapter.path);
    }
    assert!(runs > 40, "{runs} runs");
}

#[test]
fn references_of_both_languages_name_the_same_figures() {
    let (_, pages) = exported();
    let page = text(&pages["ch-01-lamp.xhtml"]);
    for wanted in [
        "见图 1。",
        "see Figure 1.",
        "见表 1与",
        "see Table 1 and",
        "图 2　油价",
        "Figure 2. The price of oil",
        "see Figure 2.",
    ] {
        assert!(page.contains(wanted), "‘{wanted}’ in {page}");
    }
    assert_eq!(pages["ch-01-lamp.xhtml"].matches("<img").count(), 1, "the picture stands once");
    assert_eq!(pages["ch-01-lamp.xhtml"].matches("<math").count(), 1, "the formula stands once");
}

#[test]
fn pairs_have_ids_and_say_their_second_language() {
    let (_, pages) = exported();
    let page = &pages["ch-01-lamp.xhtml"];
    let with_id = page.matches("<div id=\"pair").count();
    assert!(with_id > 8 && with_id == page.matches("class=\"pair\"").count(), "{with_id} pairs with an id");
    let marked = page.matches("lang=\"en\" xml:lang=\"en\"").count();
    assert!(marked > with_id, "{marked} marks of the second language for {with_id} pairs");
}

#[test]
fn links_lead_to_ids_that_are_there() {
    let (_, pages) = exported();
    let mut links = 0;
    for (name, page) in &pages {
        for href in page.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next()) {
            let (file, id) = href.split_once('#').unwrap_or((href, ""));
            let Some(target) = pages.get(if file.is_empty() { name.as_str() } else { file }) else { continue };
            links += 1;
            let there = target.matches(&format!(" id=\"{id}\"")).count();
            assert!(id.is_empty() || there == 1, "{name}: {href} is there {there} times");
        }
    }
    assert!(links > 15, "{links} links");
}

/// Each row of a book as its alignment has it: the texts of the source and of the translation. Words of the termbase are
/// all that tells which of two paragraphs was translated.
const ROWS: [[&str; 2]; 2] = [["磐砾与鄯善。", ""], ["霁蓝与玭珠。", "Zelmith plimdor."]];

/// A layout that gives each pair a page of its own.
const PROBE: &str = "#set text(font: (\"Source Serif 4\", \"Noto Serif CJK SC\"))\n\
    #let (source, target) = dama.languages.map(book => book.chapters.first())\n\
    #heading(level: 1, source.title) #source.label\n\
    #for pair in dama.pairs(source.path, target.path) { pagebreak(weak: true); pair.source; pair.target }\n";

#[test]
fn the_alignment_of_a_run_is_what_its_pages_and_its_e_book_print() {
    let dir = tempfile::tempdir().expect("a temporary folder");
    write_book(
        dir.path(),
        &[
            (
                "manuscript/book.yaml",
                b"title: T\nlanguages: [zh, en]\neditions: [bilingual]\ndate: 2026-01-01\nlayout: report\n\
                  layouts: {bilingual: probe}\n",
            ),
            (
                "manuscript/glossary.yaml",
                "- {zh: 磐砾, en: quorvex}\n- {zh: 霁蓝, en: zelmith}\n- {zh: 玭珠, en: plimdor}\n\
                 - {zh: 鄯善, en: vashkine}\n"
                    .as_bytes(),
            ),
            ("manuscript/zh/a.md", "---\ntitle: 一\n---\n\n磐砾与鄯善。\n\n霁蓝与玭珠。\n".as_bytes()),
            ("manuscript/en/a.md", b"---\ntitle: One\n---\n\nZelmith plimdor.\n"),
            ("layouts/probe/layout.yaml", b"name: probe\neditions: [bilingual]\n"),
            ("layouts/probe/layout.typ", PROBE.as_bytes()),
            ("layouts/probe/epub.css", b""),
        ],
    );
    let project = Project::find(dir.path()).expect("a project");
    let mut sources = Sources::default();
    let (book, layouts) = dama_pub::load(&project, &mut sources).value.expect("the book is sound");
    let (edition, date) = (EditionKind::Bilingual, BuildDate::midnight(book.meta.date));
    let alignments = &align_book(&book);
    let text = |blocks: &[&Block]| blocks.iter().map(|block| sources.snippet(block.span)).collect::<String>();
    let aligned: Vec<[String; 2]> =
        rows(&alignments[0].chapters[0]).iter().map(|row| [text(&row.sources), text(&row.targets)]).collect();
    assert_eq!(aligned, ROWS);
    let layout = &layouts[&edition];
    let job = Job { book: &book, edition: &edition, layout, files: &project, sources: &sources, date, alignments };
    let set = typeset::set(job);
    let mut pages: BTreeMap<usize, String> = BTreeMap::new();
    for run in &set.value.expect("the pages are set").printed.runs {
        pages.entry(run.page).or_default().push_str(sources.snippet(run.span));
    }
    let printed: Vec<String> = pages.into_values().filter(|text| !text.contains('一')).collect();
    assert_eq!(printed, ROWS.map(|row| row.concat()), "{:#?}", set.diagnostics);
    let page = &pages_of(epub::epub(job, None).value.expect("no errors"))["ch-a.xhtml"];
    let pair = page.split("class=\"pair\"").nth(1).map(text_of_first).expect("a pair");
    // Arrows lead from each language to the other.
    assert_eq!(pair.replace("↓ ", "").replace(" ↑", ""), ROWS[1].concat());
}

#[test]
fn every_pair_of_the_alignment_stands_in_the_e_book() {
    for name in ["facing", "charts"] {
        let (book, pages) = exported_from(name);
        let alignments = align_book(&book);
        for chapter in &alignments[0].chapters {
            let both = chapter.source.zip(chapter.target).filter(|(source, target)| source.stem == target.stem);
            let Some((source, _)) = both else { continue };
            let rows = rows(chapter);
            let page = pages.iter().find(|(file, _)| file.contains(source.stem.as_str()));
            let (file, page) = page.unwrap_or_else(|| panic!("{name}: {} has a page", source.stem));
            let mut rest = page.as_str();
            for row in rows.iter().filter(|row| !row.sources.is_empty() && !row.targets.is_empty() && !row.shared()) {
                for words in [&row.sources, &row.targets].into_iter().flat_map(|blocks| first_words(blocks)) {
                    let at = rest.find(&words).unwrap_or_else(|| panic!("{file}: ‘{words}’ comes next in {rest}"));
                    rest = &rest[at + words.len()..];
                }
            }
        }
    }
}

/// The first words of each paragraph.
fn first_words(blocks: &[&Block]) -> Vec<String> {
    let mut found = Vec::new();
    for block in blocks {
        if let BlockKind::Paragraph(run) = &block.kind
            && let Some(Inline { kind: InlineKind::Text(text), .. }) = run.first()
        {
            found.push(text.split(['&', '<', '>', '"']).next().unwrap_or_default().to_owned());
        }
    }
    found
}

/// What a reader reads of the first element of a page's rest.
fn text_of_first(rest: &str) -> String {
    let end = rest.find("</div>").expect("a pair ends");
    let text: String = rest[rest.find('>').expect("a tag ends") + 1..end]
        .split('<')
        .map(|part| part.split_once('>').map_or(part, |(_, text)| text))
        .collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ").replace("。 ", "。")
}

/// The book of `tests/books/facing` and the pages of its EPUB by file name.
fn exported() -> (Book, BTreeMap<String, String>) {
    exported_from("facing")
}

fn exported_from(name: &str) -> (Book, BTreeMap<String, String>) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/books").join(name);
    let project = Project::find(&root).expect("a project");
    let mut sources = Sources::default();
    let (book, layouts) = dama_pub::load(&project, &mut sources).value.expect("the book is sound");
    let edition = EditionKind::Bilingual;
    let date = BuildDate::midnight(book.meta.date);
    let layout = &layouts[&edition];
    let alignments = &align_book(&book);
    let job = Job { book: &book, edition: &edition, layout, files: &project, sources: &sources, date, alignments };
    let made = epub::epub(job, None);
    assert!(made.diagnostics.is_empty(), "{:#?}", made.diagnostics);
    let pages = pages_of(made.value.expect("no errors"));
    (book, pages)
}

/// The pages of an EPUB by file name.
fn pages_of(bytes: Vec<u8>) -> BTreeMap<String, String> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("a zip");
    let names: Vec<String> = archive
        .file_names()
        .map(|name| name.expect("a name").into_owned())
        .filter(|name| name.ends_with(".xhtml"))
        .collect();
    let mut read = |name: String| {
        let mut page = String::new();
        archive.by_name(&name).expect("an entry").read_to_string(&mut page).expect("UTF-8");
        (name.rsplit('/').next().unwrap_or(&name).to_owned(), page)
    };
    names.into_iter().map(&mut read).collect()
}

/// What a reader reads of a page.
fn text(page: &str) -> String {
    let mut reader = quick_xml::Reader::from_str(page);
    let mut text = String::new();
    loop {
        match reader.read_event().expect("well-formed") {
            Event::Text(part) => text.push_str(&part.xml10_content()),
            Event::GeneralRef(entity) => text.push(match &*entity.xml10_content() {
                "amp" => '&',
                "lt" => '<',
                "gt" => '>',
                "quot" => '"',
                _ => '\'',
            }),
            Event::Eof => return text,
            _ => {}
        }
    }
}
