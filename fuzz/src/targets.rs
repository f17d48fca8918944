//! What is fuzzed: each target takes any bytes and must neither crash nor hang. `tests/it/fuzz.rs` runs the corpus through them
//! on every `make test`; `make fuzz` looks for new inputs.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use dama_pub::diagnostic::{Diagnostic, Severity};
use dama_pub::exchange::{Refusal, Returned, forms};
use dama_pub::import::{self, Document, Report, Text, docx, epub, pandoc};
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
    ("terms", terms),
    ("review_table", review_table),
    ("references", references),
    ("reviewed", reviewed),
    ("baseline", baseline),
    ("layout", layout),
    ("numbers", numbers),
    ("pdf", pdf),
    ("xliff", xliff),
    ("tmx", tmx),
    ("po", po),
    ("book", book),
    ("import_docx", import_docx),
    ("import_epub", import_epub),
    ("import_pandoc", import_pandoc),
    #[cfg(feature = "pages")]
    ("pages", pages),
];

const BOOK: &str = "title: T\nlanguages: [zh, en]\ndate: 2026-01-01\nlayout: report\n";
const CHAPTER: &str = "# T\n\nA model has 7.7 million parameters.\n";

/// The text of a Word document, made into a book.
pub fn import_docx(data: &[u8]) {
    let file = docx::packed(&String::from_utf8_lossy(data));
    let Ok(read) = docx::read(&file, &docx::Settings::default()) else { return };
    made(&read.documents, read.report);
}

/// Pages of an e-book, one behind another with a form feed between them, made into a book.
pub fn import_epub(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let mut files = vec![("META-INF/container.xml".to_owned(), "<rootfile full-path='a.opf'/>".to_owned())];
    let (mut manifest, mut spine) = (String::new(), String::new());
    for (nth, page) in text.split('\u{c}').take(4).enumerate() {
        manifest.push_str(&format!("<item id='p{nth}' href='p{nth}.xhtml' media-type='application/xhtml+xml'/>"));
        spine.push_str(&format!("<itemref idref='p{nth}'/>"));
        files.push((format!("p{nth}.xhtml"), page.to_owned()));
    }
    files.push((
        "a.opf".to_owned(),
        format!("<package><manifest>{manifest}</manifest><spine>{spine}</spine></package>"),
    ));
    let files: Vec<(&str, String)> = files.iter().map(|(name, text)| (name.as_str(), text.clone())).collect();
    let Ok((document, report)) = epub::read(&docx::packed_files(&files), "a.epub") else { return };
    made(&[document], report);
}

/// A source of one of the forms that pandoc reads, the first byte says which, and JSON as pandoc gives it.
pub fn import_pandoc(data: &[u8]) {
    let (first, rest) = data.split_first().unwrap_or((&0, &[]));
    let endings = ["tex", "adoc", "org", "rst", "typ", "dbk", "html", "rtf", "ipynb", "qmd"];
    let form = pandoc::form_of(endings[usize::from(*first) % endings.len()]).expect("a form");
    let mut included = Some(String::from_utf8_lossy(rest).into_owned());
    let mut source = pandoc::sourced(form, rest, "a", &mut |_| included.take());
    let _shown = source.mend("(line 3, column 1): bad");
    let _missing = pandoc::unsaid(&source, "a");
    let Ok(read) = pandoc::read(rest, "", &source, &BTreeSet::new()) else { return };
    made(&[read.document], read.report);
}

/// Makes a book of texts.
fn made(documents: &[Document], report: Report) {
    let langs = ["zh", "en"].map(|tag| Lang::new(tag).expect("a language"));
    let text = |(document, lang)| Text { document, lang, file: "a" };
    let texts: Vec<Text<'_>> = documents.iter().zip(langs).map(text).collect();
    import::book(&texts, "T", "2026-01-01", report);
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

/// Terms of another program, taken into a termbase. What is taken in once changes nothing a second time.
pub fn terms(data: &[u8]) {
    let langs = ["zh", "en"].map(|tag| Lang::new(tag).expect("a tag"));
    let Ok(file) = forms::terms::read(data, &langs, &BTreeSet::from(["灯"])) else { return };
    let merge = |text: &str| {
        dama_pub::manuscript::merge_terms(text, &langs, &file.entries).unwrap_or_else(|(found, _)| panic!("{found:?}"))
    };
    for text in ["# a\n- {zh: 灯, en: lamp} # b\n", "- zh: 灯\n  en: lamp # b\n  variants:\n    en:\n    - lamps\n# c"]
    {
        let once = merge(text);
        let again = merge(&once.text);
        assert_eq!((again.added, again.changed, &again.text), (0, 0, &once.text));
        let comments = text.lines().filter(|line| line.starts_with('#'));
        assert!(comments.into_iter().all(|line| once.text.lines().any(|kept| kept == line)), "{}", once.text);
    }
}

/// A review table: the file, or the XML of its document.
pub fn review_table(data: &[u8]) {
    let _read_or_refused = forms::docx::read(data);
    let _likewise = forms::docx::read_document(&String::from_utf8_lossy(data));
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

/// What came back as XLIFF.
pub fn xliff(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    come_back(&text, forms::xliff::read(&text));
}

/// A memory.
pub fn tmx(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let langs = ["zh", "en"].map(|tag| Lang::new(tag).expect("a tag"));
    come_back(&text, forms::tmx::read(&text, &langs));
}

/// A catalogue.
pub fn po(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    come_back(&text, forms::po::read(&text));
}

/// What is read, or why not, must lie in the text.
fn come_back(text: &str, read: Result<Returned, Refusal>) {
    let (units, refused) = match read {
        Ok(returned) => (returned.units, returned.refused),
        Err(refusal) => (Vec::new(), vec![refusal]),
    };
    let places = units.into_iter().filter_map(|unit| unit.at).chain(refused.into_iter().filter_map(|one| one.at));
    for at in places {
        assert!(text.get(at.clone()).is_some(), "{at:?}");
    }
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
