//! The page list of the e-book against the pages of the PDF that the same book gives.

use crate::command::root;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Read};
use std::path::Path;

use dama_pub::align::align_for;
use dama_pub::epub;
use dama_pub::model::EditionKind;
use dama_pub::printed::Printed;
use dama_pub::project::Project;
use dama_pub::source::Sources;
use dama_pub::typeset::{self, BuildDate, Job};

/// An edition of the publication: its pages, what each shows of the manuscript, and the pages of its e-book.
struct Edition {
    printed: Printed,
    shown: BTreeMap<usize, String>,
    files: BTreeMap<String, String>,
}

/// The editions of the publication, and those of a novel whose paragraphs run over its pages.
fn editions() -> Vec<Edition> {
    let novel = root().join("tests/books/lamplight");
    [root(), &novel].into_iter().flat_map(editions_of).collect()
}

fn editions_of(root: &Path) -> Vec<Edition> {
    let project = Project::find(root).expect("a project");
    let mut sources = Sources::default();
    let (book, layouts) = dama_pub::load(&project, &mut sources).value.expect("the book is sound");
    let date = BuildDate::midnight(book.meta.date);
    let alignments = &align_for(&book.editions, &book);
    let made = |edition: &EditionKind| {
        let layout = &layouts[edition];
        let job = Job { book: &book, edition, layout, files: &project, sources: &sources, date, alignments };
        let set = typeset::set(job).value.expect("no errors");
        let bytes = epub::epub(job, Some(&set)).value.expect("no errors");
        let printed = set.printed;
        let mut shown: BTreeMap<usize, String> = BTreeMap::new();
        for run in &printed.runs {
            shown.entry(run.page).or_default().push_str(sources.snippet(run.span));
        }
        Edition { printed, shown, files: documents(bytes) }
    };
    book.editions.iter().map(made).collect()
}

fn documents(epub: Vec<u8>) -> BTreeMap<String, String> {
    let mut archive = zip::ZipArchive::new(Cursor::new(epub)).expect("a zip");
    let names: Vec<String> = archive.file_names().map(|name| name.expect("a name").into_owned()).collect();
    let documents = names.into_iter().filter(|name| name.ends_with(".xhtml") || name.ends_with(".opf"));
    let mut read = |name: String| {
        let mut text = String::new();
        archive.by_name(&name).expect("an entry").read_to_string(&mut text).expect("UTF-8");
        (name.trim_start_matches("OEBPS/").to_owned(), text)
    };
    documents.map(&mut read).collect()
}

/// The page list: numbers with file and id.
fn listed(files: &BTreeMap<String, String>) -> Vec<(String, String, String)> {
    let nav = &files["nav.xhtml"];
    let list = &nav[nav.find("epub:type=\"page-list\"").expect("a page list")..];
    let links = list.split("<a href=\"").skip(1);
    links
        .map(|link| {
            let (href, rest) = link.split_once("\">").expect("a link");
            let (file, id) = href.split_once('#').expect("a place");
            let number = rest.split('<').next().expect("a number");
            (number.to_owned(), file.to_owned(), id.to_owned())
        })
        .collect()
}

#[test]
fn every_numbered_page_is_listed_once_and_marked_where_it_begins() {
    let mut inside = 0;
    for Edition { printed, shown, files } in editions() {
        let list = listed(&files);
        let numbers: BTreeSet<&str> = printed.labels.iter().flatten().map(String::as_str).collect();
        assert_eq!(list.iter().map(|(number, ..)| number.as_str()).collect::<BTreeSet<_>>(), numbers);
        assert_eq!(list.len(), numbers.len(), "each number once");
        let marks: usize = files.values().map(|text| text.matches("role=\"doc-pagebreak\"").count()).sum();
        assert_eq!(marks, list.len(), "no mark without its entry");
        let mut before = (String::new(), 0);
        for (number, file, id) in &list {
            let text = &files[file];
            let at = text
                .find(&format!("id=\"{id}\" aria-label=\"{number}\""))
                .unwrap_or_else(|| panic!("the mark of page {number} is in {file}, id {id}"));
            assert!((file, at) > (&before.0, before.1), "page {number} follows the one before");
            before = (file.clone(), at);
            let after = text[at..].split_once("</span>").expect("the mark ends").1.trim_start();
            let page = printed.labels.iter().rposition(|l| l.as_ref() == Some(number)).expect("a page") + 1;
            if let Some(shown) = shown.get(&page).filter(|_| !after.starts_with('<')) {
                inside += 1;
                let start: String = after.chars().take_while(|c| *c != '<').take(6).collect();
                assert!(shown.contains(&start), "page {number} shows “{start}”");
            }
        }
    }
    assert!(inside > 3, "{inside} pages begin within a text");
}

#[test]
fn the_package_names_the_printed_edition_and_what_the_list_is_good_for() {
    for Edition { files, .. } in editions() {
        let package = &files["content.opf"];
        for needed in [
            "<meta property=\"pageBreakSource\">urn:uuid:",
            "<meta property=\"schema:accessibilityFeature\">pageNavigation<",
            "<meta property=\"schema:accessibilityFeature\">pageBreakMarkers<",
        ] {
            assert!(package.contains(needed), "{needed}");
        }
    }
}
