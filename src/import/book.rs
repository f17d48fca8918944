//! The book that documents make: its chapters in each language, its pictures, and `book.yaml`.

use std::collections::{BTreeMap, BTreeSet};

use super::write::{self, Pictures, Writing, Written, each_inline_mut, plain, slug};
use super::{Block, BlockKind, Document, Entry, Imported, Inline, Kind, Report};
use crate::diagnostic::Severity;
use crate::model::Lang;
use crate::project::BOOK_FILE;

/// A text of a book.
#[derive(Debug)]
pub struct Text<'a> {
    /// What it says.
    pub document: &'a Document,
    /// Its language.
    pub lang: Lang,
    /// The file that it comes from, for the report.
    pub file: &'a str,
}

/// Makes a book of a text, or of a text and its translations: the first chapter of each is the same chapter, and so on.
///
/// `name` is its title where the text has none, `date` that of its publication. What the readers had to tell comes first in the report.
pub fn book(texts: &[Text<'_>], name: &str, date: &str, report: Report) -> Imported {
    let mut report = report;
    let mut pictures = Pictures::default();
    let written: Vec<Vec<Written>> = texts
        .iter()
        .map(|text| {
            let writing = Writing { document: text.document, lang: &text.lang, file: text.file, name };
            write::chapters(&writing, &mut pictures, &mut report)
        })
        .collect();
    differing(texts, &written, &mut report);
    let mut files = BTreeMap::new();
    let names = chapter_names(&written);
    for ((text, chapters), names) in texts.iter().zip(&written).zip(&names) {
        for (chapter, stem) in chapters.iter().zip(names) {
            files.insert(format!("manuscript/{}/{stem}.md", text.lang.tag()), chapter.text.clone().into_bytes());
        }
    }
    for (name, bytes) in pictures.files {
        files.insert(format!("manuscript/images/{name}"), bytes);
    }
    let settings = book_yaml(texts, name, date) + &parts(texts, &names);
    files.insert(BOOK_FILE.to_owned(), settings.into_bytes());
    Imported { files, report }
}

/// Tells that two texts have not as many chapters.
fn differing(texts: &[Text<'_>], written: &[Vec<Written>], report: &mut Report) {
    let Some(first) = written.first() else { return };
    for (text, chapters) in texts.iter().zip(written).skip(1).filter(|(_, chapters)| chapters.len() != first.len()) {
        report.entries.push(Entry {
            kind: Kind::Guessed,
            severity: Severity::Warning,
            file: text.file.to_owned(),
            at: String::new(),
            message: msg!(
                "the texts have {one} and {other} chapters; they are paired in their order: compare the names of the files",
                one = first.len(),
                other = chapters.len()
            ),
            lost: String::new(),
        });
    }
}

/// The names of the chapters of each text. A chapter has the name that it has in the first text.
fn chapter_names(written: &[Vec<Written>]) -> Vec<Vec<String>> {
    let most = written.iter().map(Vec::len).max().unwrap_or(0);
    let digits = most.to_string().len().max(2);
    let mut taken: BTreeMap<usize, String> = BTreeMap::new();
    let mut used = BTreeSet::new();
    written
        .iter()
        .map(|chapters| {
            // What stands before the first chapter has the number 0 where there are others.
            let from = usize::from(!chapters.first().is_some_and(|first| first.before && chapters.len() > 1));
            chapters
                .iter()
                .enumerate()
                .map(|(at, chapter)| {
                    let number = at + from;
                    let name = taken.entry(number).or_insert_with(|| {
                        let slug = slug(&chapter.title);
                        let name = format!("{number:0digits$}-{slug}").trim_end_matches('-').to_owned();
                        if used.insert(name.clone()) { name } else { format!("{number:0digits$}") }
                    });
                    name.clone()
                })
                .collect()
        })
        .collect()
}

fn quoted(text: &str) -> String {
    serde_json::Value::String(text.to_owned()).to_string()
}

fn book_yaml(texts: &[Text<'_>], name: &str, date: &str) -> String {
    let each = |value: &dyn Fn(&Text<'_>) -> String| {
        let pairs = texts.iter().map(|text| format!("{}: {}", text.lang.tag(), quoted(&value(text))));
        format!("{{{}}}", pairs.collect::<Vec<_>>().join(", "))
    };
    let title = |text: &Text<'_>| {
        let title = plain(&text.document.title).split_whitespace().collect::<Vec<_>>().join(" ");
        if title.is_empty() { name.to_owned() } else { title }
    };
    let tags = texts.iter().map(|text| text.lang.tag()).collect::<Vec<_>>().join(", ");
    let both = if texts.len() > 1 { ", bilingual" } else { "" };
    let mut out =
        format!("title: {}\nlanguages: [{tags}]\neditions: [{tags}{both}]\nlayout: book\ndate: {date}\n", each(&title));
    let most = texts.iter().map(|text| text.document.authors.len()).max().unwrap_or(0);
    if most > 0 {
        out.push_str("people:\n");
    }
    for at in 0..most {
        let known = texts.iter().find_map(|text| text.document.authors.get(at)).cloned().unwrap_or_default();
        let name = |text: &Text<'_>| text.document.authors.get(at).cloned().unwrap_or_else(|| known.clone());
        out.push_str(&format!("  - {{name: {}, role: aut}}\n", each(&name)));
    }
    if texts.iter().any(|text| has_formulas(text.document)) {
        out.push_str("math: tex\n");
    }
    out
}

/// The chapters in the parts of the first text that has some.
fn parts(texts: &[Text<'_>], names: &[Vec<String>]) -> String {
    let Some(first) = texts.iter().map(|text| &text.document.parts).find(|parts| !parts.is_empty()) else {
        return String::new();
    };
    let Some(names) = names.iter().max_by_key(|names| names.len()) else { return String::new() };
    let title = |nth: usize, otherwise: &str| {
        let own = |text: &Text<'_>| text.document.parts.get(nth).map_or(otherwise, |(title, _)| title).to_owned();
        let titles = texts.iter().map(|text| format!("{}: {}", text.lang.tag(), quoted(&own(text))));
        titles.collect::<Vec<_>>().join(", ")
    };
    let mut out = String::from("parts:\n");
    let mut blanks = "";
    for (at, name) in names.iter().enumerate() {
        // A part without a chapter has the same first chapter as the next one.
        if let Some((nth, (said, _))) = first.iter().enumerate().rfind(|(_, (_, begins))| *begins == at) {
            out.push_str(&format!("  - title: {{{}}}\n    chapters:\n", title(nth, said)));
            blanks = "    ";
        }
        out.push_str(&format!("{blanks}  - {}\n", quoted(name)));
    }
    out
}

fn has_formulas(document: &Document) -> bool {
    let notes = document.notes.iter().map(|note| note.blocks.as_slice());
    notes.chain([document.blocks.as_slice()]).any(write::has_formula)
}

/// Makes one text of several: each is a chapter, or begins one. What all of them have for a title is that of the book.
pub fn join(documents: Vec<(String, Document)>) -> Document {
    let mut whole = Document::default();
    let many = documents.len() > 1;
    let title = |(_, document): &(String, Document)| write::plain(&document.title);
    let shared = documents.first().map(title).filter(|first| many && documents.iter().all(|one| title(one) == *first));
    for (at, (name, mut document)) in documents.into_iter().enumerate() {
        if shared.as_ref().is_some_and(|shared| !shared.is_empty()) {
            whole.title = std::mem::take(&mut document.title);
        }
        if many {
            apart(&mut document, at, &name);
        }
        if whole.title.is_empty() && !many {
            whole.title = document.title;
        }
        for author in document.authors {
            if !whole.authors.contains(&author) {
                whole.authors.push(author);
            }
        }
        whole.language = whole.language.or(document.language);
        let before = whole.blocks.iter().filter(|block| matches!(block.kind, BlockKind::Heading(1, _))).count();
        whole.parts.extend(document.parts.into_iter().map(|(title, first)| (title, first + before)));
        whole.blocks.append(&mut document.blocks);
        whole.notes.append(&mut document.notes);
        whole.pictures.append(&mut document.pictures);
    }
    whole
}

/// A heading one level lower.
fn lower(block: &mut Block) {
    if let BlockKind::Heading(level, _) = &mut block.kind {
        *level = (*level + 1).min(6);
    }
}

/// Gives the names in a document a number before them, so that those of another one are others, and a heading to its beginning.
fn apart(document: &mut Document, at: usize, name: &str) {
    let begins = match document.blocks.first().map(|block| &block.kind) {
        Some(BlockKind::Heading(1, words)) => Some(write::plain(words)),
        _ => None,
    };
    let title = std::mem::take(&mut document.title);
    let is_titled = !title.is_empty() && begins.as_ref() != Some(&write::plain(&title));
    if begins.is_none() || is_titled {
        let title = if title.is_empty() { vec![Inline::Text(name.to_owned())] } else { title };
        let is_chapter = |block: &&Block| matches!(block.kind, BlockKind::Heading(1, _));
        // What stands below a title, or several in a text that begins without one, are its sections.
        if is_titled || document.blocks.iter().filter(is_chapter).count() > 1 {
            document.blocks.iter_mut().for_each(lower);
        }
        document.blocks.insert(0, Block { at: String::new(), id: None, kind: BlockKind::Heading(1, title) });
    }
    let mut change = |inline: &mut Inline| match inline {
        Inline::Note(name) | Inline::Picture(name, _) | Inline::Place(name, _) | Inline::Reference(name) => {
            *name = format!("{at}-{name}");
        }
        _ => {}
    };
    each_inline_mut(&mut document.blocks, &mut change);
    write::each_id_mut(&mut document.blocks, &mut |id| *id = format!("{at}-{id}"));
    for note in &mut document.notes {
        note.name = format!("{at}-{}", note.name);
        each_inline_mut(&mut note.blocks, &mut change);
    }
    document.pictures.iter_mut().for_each(|picture| picture.name = format!("{at}-{}", picture.name));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn document(title: &str, levels: &[u8]) -> Document {
        let words = |text: String| vec![Inline::Text(text)];
        let block = |level: &u8| {
            let kind = match level {
                0 => BlockKind::Paragraph(words("p".to_owned())),
                level => BlockKind::Heading(*level, words(format!("h{level}"))),
            };
            Block { at: String::new(), id: None, kind }
        };
        let title = if title.is_empty() { Vec::new() } else { words(title.to_owned()) };
        Document { title, blocks: levels.iter().map(block).collect(), ..Document::default() }
    }

    #[test]
    fn each_of_several_texts_is_a_chapter_or_begins_one() {
        for (title, levels, said) in [
            ("", &[1, 0, 2][..], "1h1 0p 2h2"),
            ("", &[1, 1], "1h1 1h1"),
            ("", &[0, 1], "1a 0p 1h1"),
            ("", &[0, 1, 1, 2], "1a 0p 2h1 2h1 3h2"),
            ("T", &[0, 1, 2], "1T 0p 2h1 3h2"),
            ("h1", &[1, 2], "1h1 2h2"),
        ] {
            let all = [("a".to_owned(), document(title, levels)), ("b".to_owned(), document("other", &[1]))];
            let joined = join(all.into());
            let shown = joined.blocks.iter().map(|block| match &block.kind {
                BlockKind::Heading(level, words) => format!("{level}{}", write::plain(words)),
                BlockKind::Paragraph(words) => format!("0{}", write::plain(words)),
                _ => String::new(),
            });
            assert_eq!(shown.collect::<Vec<_>>().join(" "), format!("{said} 1other 2h1"), "{title} {levels:?}");
        }
        let same = join(vec![("a".to_owned(), document("T", &[1])), ("b".to_owned(), document("T", &[1]))]);
        assert_eq!((write::plain(&same.title).as_str(), same.blocks.len()), ("T", 2));
    }

    #[test]
    fn code_beside_code_and_lists_from_another_number_keep_their_form() {
        let block = |kind| Block { at: String::new(), id: None, kind };
        let words = |text: &str| block(BlockKind::Paragraph(vec![Inline::Text(text.to_owned())]));
        let codes = ["a", "b"].map(|text| Inline::Code(text.to_owned())).to_vec();
        let inner = block(BlockKind::List(Some(3), vec![vec![words("inner")]]));
        let outer = block(BlockKind::List(None, vec![vec![words("outer"), inner]]));
        let blocks = vec![block(BlockKind::Paragraph(codes)), outer];
        let document = Document { blocks, ..Document::default() };
        let text = Text { document: &document, lang: Lang::new("en").expect("a language"), file: "a" };
        let made = book(&[text], "T", "2026-01-01", Report::default());
        let chapter = made.files.iter().find(|(path, _)| path.ends_with(".md")).expect("a chapter").1;
        let chapter = String::from_utf8_lossy(chapter);
        assert!(chapter.contains("`ab`") && chapter.contains("- outer\n\n  3. inner"), "{chapter}");
        assert!(made.report.entries.is_empty(), "{:?}", made.report.entries);
    }
}
