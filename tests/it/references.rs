//! What is printed of each example in docs/references.md: on pages and in the e-book, in the styles that books have most.

use std::fmt::Write;
use std::fs;
use std::path::Path;

use crate::command::{dama_pub, golden, root, said};

/// The entries of the examples.
fn entries() -> String {
    let page = fs::read_to_string(root().join("docs/references.md")).expect("the page");
    let blocks = page.split("```yaml\n").skip(1).filter_map(|rest| rest.split("```").next());
    blocks.collect()
}

fn write(dir: &Path, path: &str, text: &str) {
    let path = dir.join("manuscript").join(path);
    fs::create_dir_all(path.parent().expect("a folder")).expect("a folder can be made");
    fs::write(path, text).expect("it can be written");
}

/// The texts of the list in an e-book.
fn of_ebook(path: &Path) -> Vec<String> {
    let mut archive = zip::ZipArchive::new(fs::File::open(path).expect("an e-book")).expect("a zip");
    let mut page = String::new();
    let mut file = archive.by_name("OEBPS/ch-90.xhtml").expect("the page of the list");
    std::io::Read::read_to_string(&mut file, &mut page).expect("UTF-8");
    page.split("<li id=\"ref-").skip(1).map(|item| plain(item.split("</li>").next().unwrap_or(item))).collect()
}

/// An item without its markup.
fn plain(item: &str) -> String {
    let body = item.split_once('>').map_or(item, |(_, body)| body);
    let text: String = body.split('<').map(|part| part.split_once('>').map_or(part, |(_, text)| text)).collect();
    text.replace("&amp;", "&")
}

/// The text of a PDF without its spaces and heads, if there is a program that reads it.
fn of_pages(path: &Path) -> Option<String> {
    let output =
        std::process::Command::new("pdftotext").args(["-raw", "-nopgbrk", "-enc", "UTF-8"]).arg(path).arg("-").output();
    let text = String::from_utf8(output.ok()?.stdout).expect("UTF-8 was asked for");
    // Lines of running heads and page numbers stand between the lines of a work that is parted by the end of a page.
    let folios = |line: &&str| !line.trim().chars().all(|c| c.is_ascii_digit() || "ivxlT2".contains(c));
    Some(text.lines().filter(folios).flat_map(str::split_whitespace).collect())
}

#[test]
fn examples_are_printed_as_the_page_says() {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let entries = entries();
    assert!(entries.lines().filter(|line| line.starts_with(|c: char| c.is_ascii_lowercase())).count() > 20);
    write(dir.path(), "references.yaml", &entries);
    for lang in ["zh", "en"] {
        write(dir.path(), &format!("{lang}/01.md"), "# 1\n\n[@book-en; @article-zh, 3]\n");
        write(dir.path(), &format!("{lang}/90.md"), "---\ntitle: 2\nrole: references\n---\n");
    }
    let mut out = String::new();
    for style in ["numeric", "author-date"] {
        let head = "title: T\nlanguages: [zh, en]\nlayout: book\ndate: 2026-01-01\n";
        write(dir.path(), "book.yaml", &format!("{head}references: {{list: all, style: {style}}}\n"));
        let made = dama_pub(dir.path(), &["build"]);
        assert!(made.status.success(), "{}", said(&made));
        for lang in ["zh", "en"] {
            writeln!(out, "==== {style}, {lang}").expect("it can grow");
            let items = of_ebook(&dir.path().join(format!("out/book-{lang}.epub")));
            let pages = of_pages(&dir.path().join(format!("out/book-{lang}.pdf")));
            for item in items {
                let solid: String = item.split_whitespace().collect();
                assert!(
                    pages.as_ref().is_none_or(|pages| pages.contains(&solid)),
                    "not on the pages: {item}\n{pages:?}"
                );
                writeln!(out, "{item}").expect("it can grow");
            }
        }
    }
    golden("references.txt", &out);
}
