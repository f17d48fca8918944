//! The edition of two languages loses nothing that either language says, and its references lead somewhere.
//!
//! `tests/books/facing` has what goes wrong in translations: a missing and an added paragraph, two paragraphs made one,
//! chapters of one language only; and what both languages share: a picture and a formula.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};
use std::path::Path;

use dama_pub::epub;
use dama_pub::model::{Book, EditionKind, InlineKind, walk};
use dama_pub::project::Project;
use dama_pub::source::Sources;
use dama_pub::typeset::{BuildDate, Job};
use quick_xml::events::Event;

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

/// The book and the pages of its EPUB by file name.
fn exported() -> (Book, BTreeMap<String, String>) {
    let project = Project::find(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/books/facing")).expect("a project");
    let mut sources = Sources::default();
    let (book, layouts) = dama_pub::load(&project, &mut sources).value.expect("the book is sound");
    let edition = EditionKind::Bilingual;
    let date = BuildDate::midnight(book.meta.date);
    let layout = &layouts[&edition];
    let job = Job { book: &book, edition: &edition, layout, files: &project, sources: &sources, date };
    let made = epub::epub(job, None);
    assert!(made.diagnostics.is_empty(), "{:#?}", made.diagnostics);
    let mut archive = zip::ZipArchive::new(Cursor::new(made.value.expect("no errors"))).expect("a zip");
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
    let pages = names.into_iter().map(&mut read).collect();
    (book, pages)
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
