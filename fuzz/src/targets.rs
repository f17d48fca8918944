//! What is fuzzed: each target takes any bytes and must neither crash nor hang. `tests/it/fuzz.rs` runs the corpus through them
//! on every `make test`; `make fuzz` looks for new inputs.

use std::collections::BTreeMap;

use dama_pub::inspect::inspect;
use dama_pub::lang;
use dama_pub::model::Lang;
use dama_pub::source::{Files, ReadError, Sources};

/// A target: its name, which is that of its folder in `fuzz/corpus`, and what it does.
pub type Target = (&'static str, fn(&[u8]));

/// Every target.
pub const TARGETS: [Target; 6] = [
    ("markdown", markdown),
    ("attributes", attributes),
    ("book_yaml", book_yaml),
    ("glossary", glossary),
    ("numbers", numbers),
    ("pdf", pdf),
];

const BOOK: &str = "title: T\nlanguages: [zh, en]\ndate: 2026-01-01\nlayout: report\n";
const CHAPTER: &str = "# T\n\nA model has 7.7 million parameters.\n";

/// A chapter, read and checked in both languages.
pub fn markdown(data: &[u8]) {
    run([("book.yaml", BOOK.as_bytes()), ("zh/a.md", data), ("en/a.md", data)]);
}

/// Attributes of a span, a heading and a container, and a waiver, of any text.
pub fn attributes(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let chapter =
        format!("# T {{{text}}}\n\n[甲]{{{text}}} b\n\n:::aside {{{text}}}\nc\n:::\n\n<!-- dama: {text} -->\n\nd\n");
    markdown(chapter.as_bytes());
}

/// The configuration of a book.
pub fn book_yaml(data: &[u8]) {
    run([("book.yaml", data), ("zh/a.md", CHAPTER.as_bytes()), ("en/a.md", CHAPTER.as_bytes())]);
}

/// A termbase.
pub fn glossary(data: &[u8]) {
    let chapters = [("zh/a.md", CHAPTER.as_bytes()), ("en/a.md", CHAPTER.as_bytes())];
    run([("book.yaml", BOOK.as_bytes()), ("glossary.yaml", data)].into_iter().chain(chapters));
}

/// Numbers in running text of both languages.
pub fn numbers(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    for tag in ["zh", "en"] {
        let lang = Lang::new(tag).expect("a tag");
        for number in lang::number::numbers(&text, &lang) {
            assert!(number.value.is_finite(), "{number:?}");
            assert!(text.get(number.range.clone()).is_some_and(|written| !written.is_empty()), "{number:?}");
        }
    }
}

/// Any PDF.
pub fn pdf(data: &[u8]) {
    let _facts_or_why_not = inspect(data);
}

/// Reads and checks a book of these files of `manuscript/`. What is found must point into the text, and no check may break off.
fn run<'a>(files: impl IntoIterator<Item = (&'a str, &'a [u8])>) {
    let files = Memory(files.into_iter().map(|(path, data)| (format!("manuscript/{path}"), data.to_vec())).collect());
    let mut sources = Sources::default();
    let mut found = Vec::new();
    if let Some((book, _layouts)) = dama_pub::load(&files, &mut sources).take(&mut found) {
        found.extend(dama_pub::check(&book, &sources).open);
    }
    assert!(found.iter().all(|finding| finding.check.as_str() != "failed-check"), "{found:?}");
    for label in found.iter().flat_map(|finding| finding.primary.iter().chain(&finding.labels)) {
        let text = sources.get(label.span.file).text();
        assert!(text.get(label.span.range()).is_some(), "{found:?}");
    }
}

/// A project that is only in memory.
struct Memory(BTreeMap<String, Vec<u8>>);

impl Files for Memory {
    fn read(&self, path: &str) -> Result<Vec<u8>, ReadError> {
        self.0.get(path).cloned().ok_or(ReadError::NotFound)
    }

    fn list(&self, dir: &str) -> Vec<String> {
        let inside = |path: &String| path.strip_prefix(dir)?.strip_prefix('/').map(str::to_owned);
        self.0.keys().filter_map(inside).filter(|name| !name.contains('/')).collect()
    }

    fn folders(&self, dir: &str) -> Vec<String> {
        self.0.folders(dir)
    }
}
