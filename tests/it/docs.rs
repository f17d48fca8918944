//! What the manual says can be written can be built.
//!
//! Every block of Markdown in `docs/manuscript.md` is the body of a chapter, or a whole chapter where it begins with
//! front matter or a title; every block of YAML is the file that its first line names. Each makes pages and an e-book, and nothing
//! is found wrong with it.

use std::collections::BTreeMap;
use std::fs;
use std::io::Cursor;

use comrak::nodes::NodeValue;
use comrak::{Arena, Options, parse_document};
use dama_pub::diagnostic::Severity;
use dama_pub::model::Profile;
use dama_pub::source::Sources;
use dama_pub::typeset::{BuildDate, Job};
use dama_pub::{align, epub, pdf, typeset};

use crate::command::root;

const PAGE: &str = "docs/manuscript.md";

type Book = BTreeMap<String, Vec<u8>>;

#[test]
fn every_example_of_the_manual_can_be_built() {
    let page = fs::read_to_string(root().join(PAGE)).expect("the manual");
    let examples = examples(&page);
    assert!(examples.len() > 25, "{} examples", examples.len());
    let wrong: Vec<String> = examples.iter().filter_map(wrong).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

/// A block of the manual that is an example.
struct Example {
    line: usize,
    lang: String,
    text: String,
}

fn examples(page: &str) -> Vec<Example> {
    let arena = Arena::new();
    let mut examples = Vec::new();
    for node in parse_document(&arena, page, &Options::default()).descendants() {
        let node = node.data();
        let NodeValue::CodeBlock(code) = &node.value else { continue };
        if matches!(code.info.as_str(), "markdown" | "yaml") {
            let (line, lang, text) = (node.sourcepos.start.line, code.info.clone(), code.literal.clone());
            examples.push(Example { line, lang, text });
        }
    }
    examples
}

/// What is wrong with an example, if anything is.
fn wrong(example: &Example) -> Option<String> {
    let mut book = small_book(if example.text.chars().any(is_han) { "zh" } else { "en" });
    if example.lang == "yaml" {
        let path = example.text.lines().next().and_then(|line| line.strip_prefix("# "));
        let Some(path) = path else { return Some(format!("{PAGE}:{}: the first line names no file", example.line)) };
        book.insert(path.to_owned(), example.text.clone().into_bytes());
    } else {
        let lang = if example.text.chars().any(is_han) { "zh" } else { "en" };
        book.insert("manuscript/references.yaml".to_owned(), REFERENCES.as_bytes().to_vec());
        let titled = example.text.starts_with("---\n") || example.text.starts_with("# ");
        let front = if titled { "" } else { "---\ntitle: 例 A\n---\n\n" };
        book.insert(format!("manuscript/{lang}/01.md"), format!("{front}{}", example.text).into_bytes());
    }
    add_pictures(&mut book, &example.text);
    let said = said(&book);
    (!said.is_empty()).then(|| format!("{PAGE}:{}\n{}\n{}", example.line, example.text, said.join("\n")))
}

fn is_han(c: char) -> bool {
    ('\u{3400}'..='\u{9fff}').contains(&c)
}

/// The book that an example stands in.
fn small_book(lang: &str) -> Book {
    let mut book = Book::new();
    let mut write = |path: &str, text: String| book.insert(path.to_owned(), text.into_bytes());
    let other = if lang == "zh" { "en" } else { "zh" };
    let languages = format!("languages: [{lang}, {other}]\neditions: [{lang}]\n");
    write("manuscript/book.yaml", format!("title: 书 Book\n{languages}{BOOK}"));
    write("manuscript/data/lamps.csv", LAMPS.to_owned());
    write("manuscript/data/models.csv", "label,parameters\nA,3000000\nB,5000000\n".to_owned());
    for lang in ["zh", "en"] {
        write(&format!("manuscript/{lang}/01.md"), "# 一 One\n\n一。 One.\n".to_owned());
        write(&format!("manuscript/{lang}/02.md"), "# 二 Two\n\n## 准备 Setup {#setup}\n\n二。 Two.\n".to_owned());
    }
    book
}

/// All references, because an example cites some of them or none.
const BOOK: &str = "date: 2026-03-01\nlayout: book\nreferences: {list: all}\n";

const LAMPS: &str = "name_zh,name_en,oil_zh,oil_en,hours\n大灯,large,菜油,rape oil,6\n小灯,small,茶油,tea oil,4.5\n";

const REFERENCES: &str =
    "a: {type: book, title: 灯, author: 甲, date: 2020}\nb: {type: book, title: Lamps, author: 'B, A', date: 2021}\n";

/// Every picture that an example shows.
fn add_pictures(book: &mut Book, text: &str) {
    for piece in text.split("images/").skip(1) {
        let name: String = piece.chars().take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '.')).collect();
        let format = image::ImageFormat::from_path(&name).expect("the name says what the picture is");
        let mut bytes = Cursor::new(Vec::new());
        image::RgbImage::new(120, 80).write_to(&mut bytes, format).expect("a picture");
        book.insert(format!("manuscript/images/{name}"), bytes.into_inner());
    }
}

/// All that is said while every edition is made, but remarks.
fn said(files: &Book) -> Vec<String> {
    let mut sources = Sources::default();
    let mut found = Vec::new();
    if let Some((book, layouts)) = dama_pub::load(files, &mut sources).take(&mut found) {
        for edition in &book.editions {
            let alignments = align::align_for(std::slice::from_ref(edition), &book);
            let date = BuildDate::midnight(book.meta.date);
            let (layout, sources) = (&layouts[edition], &sources);
            let job = Job { book: &book, edition, layout, files, sources, date, alignments: &alignments };
            let e_book = epub::epub(job, None).take(&mut found);
            let set = typeset::set(job).take(&mut found);
            let pages = set.and_then(|set| pdf::export(job, &set, Profile::Screen).take(&mut found));
            assert!(found.iter().any(|one| one.severity == Severity::Error) || e_book.is_some() && pages.is_some());
        }
    }
    let told = found.iter().filter(|one| one.severity != Severity::Info);
    told.map(|one| {
        let place = one.primary.as_ref().map(|label| {
            let file = sources.get(label.span.file);
            format!("{}:{}", file.path(), file.position(label.span.start))
        });
        format!("{}: {} {}", place.unwrap_or_default(), one.check, dama_pub::message::Locale::English.say(&one.message))
    })
    .collect()
}
