//! What an e-book promises and neither EPUBCheck nor Ace holds it to: each promise is kept by every book here, and each
//! is seen to be missed where a book is spoilt on purpose.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};
use std::path::Path;

use crate::command::{copy_dir, dama_pub, names_in, root, said};
use crate::epub_claims::judged_claims;
use crate::publication;

/// The text files of a package by name.
pub(crate) type Files = BTreeMap<String, String>;

/// Reads them.
fn files(epub: &Path) -> Files {
    let bytes = std::fs::read(epub).expect("the e-book is there");
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("a zip");
    let names: Vec<String> = archive.file_names().map(|name| name.expect("a name").into_owned()).collect();
    let text = |name: &String| ["xhtml", "opf", "ncx", "css"].iter().any(|ending| name.ends_with(ending));
    let mut read = |name: String| {
        let mut text = String::new();
        archive.by_name(&name).expect("an entry").read_to_string(&mut text).expect("UTF-8");
        (name.trim_start_matches("OEBPS/").to_owned(), text)
    };
    names.into_iter().filter(text).map(&mut read).collect()
}

/// The tags of an element in a document.
pub(crate) fn tags<'t>(text: &'t str, name: &str) -> Vec<&'t str> {
    let open = format!("<{name}");
    let begins = |at: usize| text[at + open.len()..].starts_with([' ', '>', '/']);
    let starts = text.match_indices(&open).map(|(at, _)| at).filter(|at| begins(*at));
    starts.filter_map(|at| Some(&text[at..at + text[at..].find('>')?])).collect()
}

/// The value of an attribute of a tag.
pub(crate) fn attribute<'t>(tag: &'t str, name: &str) -> Option<&'t str> {
    tag.split(&format!(" {name}=\"")).nth(1)?.split('"').next()
}

/// Every promise that a package breaks.
pub(crate) fn broken(files: &Files) -> Vec<&'static str> {
    let (package, nav) = (&files["content.opf"], &files["nav.xhtml"]);
    let pages: Vec<&String> = files.iter().filter(|(name, _)| name.ends_with(".xhtml")).map(|(_, text)| text).collect();
    let all = |name: &str| pages.iter().flat_map(|page| tags(page, name)).collect::<Vec<_>>();
    let mute = |image: &&str| attribute(image, "alt") == Some("") && attribute(image, "role") != Some("presentation");
    let claims = |feature: &str| package.contains(&format!(">{feature}</meta>"));
    let noted = |page: &&String| {
        tags(page, "a").into_iter().filter(|a| a.contains("doc-noteref")).all(|a| {
            let note = attribute(a, "href").unwrap_or("").trim_start_matches('#');
            let aside = page.split(&format!("<aside id=\"{note}\"")).nth(1);
            aside.and_then(|aside| aside.split("</aside>").next()).is_some_and(|aside| aside.contains("doc-backlink"))
        })
    };
    let identifier = package.split("id=\"pub-id\">").nth(1).and_then(|rest| rest.split('<').next()).unwrap_or("");
    let marks = pages.iter().map(|page| page.matches("role=\"doc-pagebreak\"").count()).sum::<usize>();
    let listed = nav.split("epub:type=\"page-list\"").nth(1).map_or(0, |list| list.matches("<a ").count());
    let promises = [
        ("a landmark where the text begins", nav.contains("epub:type=\"bodymatter\"")),
        ("a scope for each header cell", all("th").iter().all(|cell| attribute(cell, "scope").is_some())),
        ("a way to each note and back", pages.iter().all(noted)),
        ("notes that show without pop-ups", all("aside").iter().all(|aside| !aside.contains(" hidden"))),
        ("words for each picture", !all("img").iter().any(mute)),
        ("the feature MathML where there is some", claims("MathML") != all("math").is_empty()),
        ("the feature pageNavigation where there is some", claims("pageNavigation") == (listed > 0)),
        ("a mark for each page of the list", marks == listed),
        (
            "one language for both attributes",
            all("html").iter().all(|h| attribute(h, "lang") == attribute(h, "xml:lang")),
        ),
        ("the identifier in the NCX", !identifier.is_empty() && files["toc.ncx"].contains(identifier)),
        ("no face without its file", !files["style.css"].contains("@font-face")),
        ("no script", all("script").is_empty() && !pages.iter().any(|page| page.contains(" onclick="))),
    ];
    promises.into_iter().chain(judged_claims(files)).filter(|(_, kept)| !kept).map(|(name, _)| name).collect()
}

/// The text files of an edition of the publication.
pub(crate) fn publication_files(edition: &str) -> Files {
    files(&publication::artifact(&format!("ten-trends-2022-{edition}.epub")))
}

#[test]
fn every_book_keeps_its_promises() {
    let mut looked_at = 0;
    for edition in ["zh", "en", "bilingual"] {
        assert_eq!(broken(&publication_files(edition)), [""; 0], "{edition}");
    }
    for book in ["kinds", "callouts", "charts", "lamplight", "facing", "forms", "minimal", "single"] {
        let dir = tempfile::tempdir().expect("a temporary folder");
        copy_dir(&root().join("tests/books").join(book), dir.path());
        let output = dama_pub(dir.path(), &["build", "--format", "epub"]);
        assert!(output.status.success(), "{book}: {}", said(&output));
        for name in names_in(&dir.path().join("out")) {
            let path = dir.path().join("out").join(name);
            assert_eq!(broken(&files(&path)), [""; 0], "{}", path.display());
            looked_at += 1;
        }
    }
    assert!(looked_at > 10, "{looked_at} books");
}

#[test]
fn a_spoilt_book_is_seen() {
    for (promise, old, new) in [
        ("a landmark where the text begins", "epub:type=\"bodymatter\"", "epub:type=\"cover\""),
        ("a scope for each header cell", " scope=\"col\"", ""),
        ("a way to each note and back", "role=\"doc-backlink\"", ""),
        ("notes that show without pop-ups", "role=\"doc-footnote\"", "role=\"doc-footnote\" hidden=\"hidden\""),
        ("words for each picture", "<img ", "<img alt=\"\" "),
        ("the feature MathML where there is some", ">MathML</meta>", ">none</meta>"),
        ("the feature pageNavigation where there is some", ">pageNavigation</meta>", ">none</meta>"),
        ("a mark for each page of the list", "role=\"doc-pagebreak\"", ""),
        ("one language for both attributes", " xml:lang=\"zh-CN\"", " xml:lang=\"en\""),
        ("the identifier in the NCX", "id=\"pub-id\">urn:", "id=\"pub-id\">x:urn:"),
        ("no face without its file", "html {", "@font-face { src: url(a.otf) } html {"),
        ("no script", "<body>", "<body><script></script>"),
    ] {
        let mut files = publication_files("zh");
        let spoilt: usize = files.values().map(|text| text.matches(old).count()).sum();
        assert!(spoilt > 0, "{promise}: `{old}` is there to be spoilt");
        files.values_mut().for_each(|text| *text = text.replace(old, new));
        assert!(broken(&files).contains(&promise), "{promise} is not missed");
    }
}

/// Tells which promises the e-books of the folder `EPUBS` break, a line each: `make epub-mutants` asks it of spoilt books.
#[test]
#[expect(clippy::print_stdout, reason = "the script reads what is broken")]
#[ignore = "asked by tests/tools/epub_mutants.py, which names the folder"]
fn the_promises_of_given_books() {
    let folder = std::env::var_os("EPUBS").expect("EPUBS names a folder");
    for entry in std::fs::read_dir(folder).expect("the folder is there") {
        let path = entry.expect("an entry").path();
        for promise in broken(&files(&path)) {
            println!("broken\t{}\t{promise}", path.file_stem().expect("a name").to_string_lossy());
        }
    }
}
