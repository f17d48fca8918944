//! What is fuzzed: each target takes any bytes and must neither crash nor hang. `tests/it/fuzz.rs` runs the corpus through them
//! on every `make test`; `make fuzz` looks for new inputs.

use std::collections::BTreeMap;
use std::fmt;

use dama_pub::diagnostic::{Diagnostic, Severity};
use dama_pub::import::{self, Text, docx};
use dama_pub::inspect::inspect;
use dama_pub::lang;
use dama_pub::model::{Book, Lang};
use dama_pub::source::{Files, ReadError, Sources};
use dama_pub::{Layouts, align};

use super::grammar;

/// A target: its name, which is that of its folder in `fuzz/corpus`, and what it does.
pub type Target = (&'static str, fn(&[u8]));

/// Every target.
pub const TARGETS: &[Target] = &[
    ("markdown", markdown),
    ("attributes", attributes),
    ("book_yaml", book_yaml),
    ("glossary", glossary),
    ("references", references),
    ("reviewed", reviewed),
    ("baseline", baseline),
    ("layout", layout),
    ("numbers", numbers),
    ("pdf", pdf),
    ("book", book),
    ("import_docx", import_docx),
    #[cfg(feature = "pages")]
    ("pages", pages),
];

const BOOK: &str = "title: T\nlanguages: [zh, en]\ndate: 2026-01-01\nlayout: report\n";
const CHAPTER: &str = "# T\n\nA model has 7.7 million parameters.\n";

/// The text of a Word document, made into a book.
pub fn import_docx(data: &[u8]) {
    let file = docx::packed(&String::from_utf8_lossy(data));
    let Ok(read) = docx::read(&file, &docx::Settings::default()) else { return };
    let langs = ["zh", "en"].map(|tag| Lang::new(tag).expect("a language"));
    let text = |(document, lang)| Text { document, lang, file: "a.docx" };
    let texts: Vec<Text<'_>> = read.documents.iter().zip(langs).map(text).collect();
    import::book(&texts, "T", "2026-01-01", read.report);
}

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
    run_with("glossary.yaml", data);
}

/// A bibliography, in the form that its first byte chooses.
pub fn references(data: &[u8]) {
    let (first, rest) = data.split_first().unwrap_or((&0, &[]));
    let name = ["references.yaml", "references.bib", "references.json"][usize::from(*first) % 3];
    let chapter = b"# T\n\nA model [@a].\n".as_slice();
    run([("book.yaml", BOOK.as_bytes()), (name, rest), ("zh/a.md", chapter), ("en/a.md", chapter)]);
}

/// The record of what was signed off. What is read of it is written, and read again as it was.
pub fn reviewed(data: &[u8]) {
    run_with("reviewed.yaml", data);
    let read = |data: &[u8]| {
        let files = Memory(BTreeMap::from([("manuscript/reviewed.yaml".to_owned(), data.to_vec())]));
        dama_pub::manuscript::load_reviewed(&files, &mut Sources::default()).value
    };
    let once = dama_pub::manuscript::write_reviewed(&read(data));
    assert_eq!(dama_pub::manuscript::write_reviewed(&read(once.as_bytes())), once);
}

/// The record of accepted findings.
pub fn baseline(data: &[u8]) {
    let files = Memory(BTreeMap::from([("manuscript/baseline.yaml".to_owned(), data.to_vec())]));
    let _what_is_accepted = dama_pub::checks::baseline::Baseline::load(&files, &mut Sources::default());
}

/// What a layout says of itself.
pub fn layout(data: &[u8]) {
    let own = BOOK.replace("report", "own");
    let chapters = [("manuscript/zh/a.md", CHAPTER.as_bytes()), ("manuscript/en/a.md", CHAPTER.as_bytes())];
    let files =
        [("manuscript/book.yaml", own.as_bytes()), ("layouts/own/layout.yaml", data), ("layouts/own/layout.typ", b"")];
    look_over(&Memory::of(files.into_iter().chain(chapters)));
}

/// A valid book: it has no errors, and its languages are paired.
pub fn book(data: &[u8]) {
    let files = Memory(grammar::book(data).into_iter().collect());
    let (sources, found, loaded) = look_over(&files);
    let errors: Vec<&Diagnostic> = found.iter().filter(|finding| finding.severity == Severity::Error).collect();
    let said = |errors: &[&Diagnostic]| -> Vec<String> {
        let line = |one: &&Diagnostic| {
            format!("{}: {} {:?}", one.check, one.message, one.primary.as_ref().map(|l| sources.snippet(l.span)))
        };
        errors.iter().map(line).collect()
    };
    let of_reading: Vec<&Diagnostic> =
        errors.into_iter().filter(|one| dama_pub::checks::named(one.check.as_str()).is_none()).collect();
    assert!(of_reading.is_empty(), "{:#?}\n{files}", said(&of_reading));
    let (book, _) = loaded.expect("a valid book can be read");
    let _pairs = align::align_book(&book);
}

/// A valid book, set and exported in each of its editions.
#[cfg(feature = "pages")]
pub fn pages(data: &[u8]) {
    use dama_pub::model::Profile;
    use dama_pub::typeset::{self, BuildDate, Job};
    use dama_pub::{epub, pdf};

    let files = Memory(grammar::book(data).into_iter().collect());
    let mut sources = Sources::default();
    let mut found = Vec::new();
    let (book, layouts) = dama_pub::load(&files, &mut sources).take(&mut found).expect("a valid book can be read");
    let alignments = align::align_book(&book);
    for edition in &book.editions {
        let date = BuildDate::midnight(book.meta.date);
        let layout = &layouts[edition];
        let job = Job { book: &book, edition, layout, files: &files, sources: &sources, date, alignments: &alignments };
        let set = typeset::set(job).take(&mut found);
        let set = set.unwrap_or_else(|| panic!("{found:#?}\n{files}"));
        let bytes = pdf::export(job, &set, Profile::Screen).take(&mut found);
        let bytes = bytes.unwrap_or_else(|| panic!("{found:#?}\n{files}"));
        inspect(&bytes).unwrap_or_else(|why| panic!("{why:?}\n{files}"));
        let package = epub::epub(job, Some(&set)).take(&mut found);
        assert!(package.is_some_and(|package| package.starts_with(b"PK")), "{found:#?}\n{files}");
    }
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

/// A book of two chapters with one more file.
fn run_with(name: &str, data: &[u8]) {
    let chapters = [("zh/a.md", CHAPTER.as_bytes()), ("en/a.md", CHAPTER.as_bytes())];
    run([("book.yaml", BOOK.as_bytes()), (name, data)].into_iter().chain(chapters));
}

/// Reads and checks a book of these files of `manuscript/`.
fn run<'a>(files: impl IntoIterator<Item = (&'a str, &'a [u8])>) {
    look_over(&Memory(files.into_iter().map(|(path, data)| (format!("manuscript/{path}"), data.to_vec())).collect()));
}

/// Reads and checks a book. What is found must point into the text, and no check may break off.
fn look_over(files: &Memory) -> (Sources, Vec<Diagnostic>, Option<(Book, Layouts)>) {
    let mut sources = Sources::default();
    let mut found = Vec::new();
    let loaded = dama_pub::load(files, &mut sources).take(&mut found);
    if let Some((book, _layouts)) = &loaded {
        found.extend(dama_pub::check(book, &sources).open);
    }
    assert!(found.iter().all(|finding| finding.check.as_str() != "failed-check"), "{found:?}");
    for label in found.iter().flat_map(|finding| finding.primary.iter().chain(&finding.labels)) {
        let text = sources.get(label.span.file).text();
        assert!(text.get(label.span.range()).is_some(), "{found:?}");
    }
    (sources, found, loaded)
}

/// A project that is only in memory.
struct Memory(BTreeMap<String, Vec<u8>>);

impl Memory {
    fn of<'a>(files: impl IntoIterator<Item = (&'a str, &'a [u8])>) -> Self {
        Self(files.into_iter().map(|(path, data)| (path.to_owned(), data.to_vec())).collect())
    }
}

/// Its Markdown, for whoever looks at a failure.
impl fmt::Display for Memory {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|(path, data)| writeln!(f, "==> {path}\n{}", String::from_utf8_lossy(data)))
    }
}

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
