//! Books of Quarto and bookdown: which files are chapters, in which order and parts, and the texts of all put together.

use std::collections::{BTreeMap, BTreeSet};

use serde_yaml::Value;

use super::super::document::{Block, BlockKind, Document, Inline};
use super::super::inlines::plain;
use super::super::write::{each_id_mut, each_inline_mut};

/// A chapter that is listed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// Its file, from the folder of the book.
    pub file: String,
    /// The title of the part that it begins.
    pub part: Option<String>,
}

/// What a project says of its book.
#[derive(Debug, Default)]
pub struct Project {
    /// Its title; empty where it is said in the first file.
    pub title: String,
    /// Who wrote it.
    pub authors: Vec<String>,
    /// Its language, as a tag.
    pub language: Option<String>,
    /// The files with the works that it cites.
    pub bibliographies: Vec<String>,
    /// The chapters in their order.
    pub chapters: Vec<Listed>,
}

const SETTINGS: [&str; 3] = ["_quarto.yml", "_quarto.yaml", "_bookdown.yml"];

/// Whether a folder with these files is such a book.
pub fn begin(names: &[String]) -> Option<&'static str> {
    SETTINGS.into_iter().find(|name| names.iter().any(|other| other == name))
}

/// Reads the settings of a book. `names` are the files of its folder, `read` gives the text of one.
pub fn project(names: &[String], read: &dyn Fn(&str) -> Option<String>) -> Option<Project> {
    let settings = begin(names)?;
    let value: Value = serde_yaml::from_str(&read(settings)?).unwrap_or_default();
    let mut project = if settings == "_bookdown.yml" { bookdown(&value, names, read) } else { quarto(&value, names) };
    let mut seen = BTreeSet::new();
    project.chapters.retain(|chapter| read(&chapter.file).is_some() && seen.insert(chapter.file.clone()));
    Some(project)
}

fn words(value: &Value, key: &str) -> Option<String> {
    value.get(key).and_then(Value::as_str).map(|text| text.trim().to_owned())
}

/// A text, or a list of them; of people their names.
fn all(value: Option<&Value>) -> Vec<String> {
    match value {
        Some(Value::String(text)) => vec![text.trim().to_owned()],
        Some(Value::Sequence(list)) => list.iter().flat_map(|one| all(Some(one))).collect(),
        Some(Value::Mapping(_)) => all(value.and_then(|value| value.get("name"))),
        _ => Vec::new(),
    }
}

fn is_chapter(name: &str) -> bool {
    name.rsplit_once('.')
        .is_some_and(|(_, ending)| ["qmd", "md", "rmd", "ipynb"].contains(&ending.to_ascii_lowercase().as_str()))
}

fn quarto(value: &Value, names: &[String]) -> Project {
    let book = value.get("book").or_else(|| value.get("website")).unwrap_or(value);
    let mut project = Project {
        title: words(book, "title").unwrap_or_default(),
        authors: all(book.get("author")),
        language: words(value, "lang"),
        bibliographies: all(value.get("bibliography").or_else(|| book.get("bibliography"))),
        chapters: Vec::new(),
    };
    let lists = [book.get("chapters"), book.get("appendices"), book.get("sidebar").and_then(|bar| bar.get("contents"))];
    for (nth, list) in lists.into_iter().enumerate() {
        let from = project.chapters.len();
        walk(list.unwrap_or(&Value::Null), None, 0, &mut project.chapters);
        if nth == 1
            && let Some(first) = project.chapters.get_mut(from)
        {
            first.part.get_or_insert_with(|| "Appendices".to_owned());
        }
    }
    if project.chapters.is_empty() {
        project.chapters = by_name(names);
    }
    project
}

/// Gathers the files of a list; `part` is the title of the part whose first file is still to come.
fn walk(list: &Value, part: Option<String>, depth: usize, found: &mut Vec<Listed>) {
    let mut part = part;
    for entry in list.as_sequence().map(Vec::as_slice).unwrap_or_default() {
        let file = entry.as_str().map(str::to_owned).or_else(|| words(entry, "file")).or_else(|| words(entry, "href"));
        if let Some(file) = file.filter(|file| is_chapter(file)) {
            found.push(Listed { file, part: part.take() });
            continue;
        }
        let title = words(entry, "part").or_else(|| words(entry, "section"));
        let inner = entry.get("chapters").or_else(|| entry.get("contents"));
        let opens = title.as_ref().is_some_and(|title| is_chapter(title));
        let title = title.filter(|_| depth == 0);
        if let Some(file) = title.clone().filter(|_| opens) {
            // Its own title is that of the part, which is known once it is read.
            found.push(Listed { file, part: Some(String::new()) });
        }
        if let Some(inner) = inner.filter(|_| depth < 16) {
            walk(inner, title.filter(|_| !opens).or_else(|| part.take()), depth + 1, found);
        }
    }
}

fn by_name(names: &[String]) -> Vec<Listed> {
    let mut files: Vec<&String> =
        names.iter().filter(|name| is_chapter(name) && !name.starts_with(['_', '.'])).collect();
    files.sort_by_key(|name| (!bare(name).eq_ignore_ascii_case("index"), (*name).clone()));
    files.retain(|name| !bare(name).eq_ignore_ascii_case("readme"));
    files.into_iter().map(|file| Listed { file: file.clone(), part: None }).collect()
}

fn bookdown(value: &Value, names: &[String], read: &dyn Fn(&str) -> Option<String>) -> Project {
    let listed = value.get("rmd_files");
    let named = listed.and_then(|list| list.get("html").or_else(|| list.get("latex"))).or(listed);
    let files = all(named).into_iter().map(|file| Listed { file, part: None });
    let mut project = Project { chapters: files.collect(), ..Project::default() };
    if project.chapters.is_empty() {
        project.chapters = by_name(names);
        project.chapters.retain(|chapter| chapter.file.to_ascii_lowercase().ends_with(".rmd"));
    }
    let first = ["index.Rmd", "index.rmd"].into_iter().find_map(read).unwrap_or_default();
    let front = first.strip_prefix("---").and_then(|rest| rest.split_once("\n---")).map_or("", |(front, _)| front);
    let front: Value = serde_yaml::from_str(front).unwrap_or_default();
    project.title = words(&front, "title").unwrap_or_default();
    project.authors = all(front.get("author"));
    project.language = words(&front, "lang");
    project.bibliographies = all(front.get("bibliography"));
    project
}

/// A path without its ending.
pub(super) fn bare(path: &str) -> &str {
    match path.rsplit_once('.') {
        Some((bare, ending)) if !ending.contains('/') && !bare.is_empty() => bare,
        _ => path,
    }
}

/// A path as one file names another, from the folder of the book.
pub(super) fn joined(from: &str, path: &str) -> String {
    let folder = from.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut steps: Vec<&str> = folder.split('/').filter(|step| !step.is_empty() && !path.starts_with('/')).collect();
    for step in path.split('/') {
        match step {
            ".." => drop(steps.pop()),
            "." | "" => {}
            step => steps.push(step),
        }
    }
    steps.join("/")
}

/// The id by which links lead to a file.
pub(super) fn file_id(file: &str) -> String {
    format!("file:{}", bare(file))
}

/// One text of the chapters. Ids that two of them have are told apart; what leads to a file leads to its chapter.
pub fn merged(project: &Project, chapters: Vec<(Listed, Document)>) -> Document {
    let title = Some(project.title.clone()).filter(|title| !title.is_empty()).map(Inline::Text);
    let mut whole = Document {
        title: title.into_iter().collect(),
        authors: project.authors.clone(),
        language: project.language.clone(),
        ..Document::default()
    };
    let (mut taken, mut files, mut count) = (BTreeSet::new(), BTreeMap::new(), 0);
    for (nth, (listed, mut document)) in chapters.into_iter().enumerate() {
        titled(&mut document, &listed.file);
        apart(&mut document, nth, &mut taken);
        let is_chapter =
            |block: &&mut Block| matches!(&block.kind, BlockKind::Heading(1, words) if part_of(words).is_none());
        let heading = document.blocks.iter_mut().find(is_chapter);
        if let Some(Block { id, kind: BlockKind::Heading(_, words), .. }) = heading {
            let named = file_id(&listed.file);
            files.insert(named.clone(), id.get_or_insert(named).clone());
            if let Some(part) = &listed.part {
                whole.parts.push((if part.is_empty() { plain(words) } else { part.clone() }, count));
            }
        }
        whole.authors.extend(document.authors.into_iter().filter(|_| nth == 0 && project.authors.is_empty()));
        whole.language = whole.language.or(document.language);
        for block in document.blocks {
            if let BlockKind::Heading(1, words) = &block.kind {
                if let Some(part) = part_of(words) {
                    whole.parts.push((part, count));
                    continue;
                }
                count += 1;
            }
            whole.blocks.push(block);
        }
        whole.notes.append(&mut document.notes);
        whole.pictures.append(&mut document.pictures);
    }
    let mut lead = |inline: &mut Inline| {
        if let Inline::Place(id, _) = inline
            && let Some(own) = files.get(id.as_str())
        {
            own.clone_into(id);
        }
    };
    each_inline_mut(&mut whole.blocks, &mut lead);
    whole.notes.iter_mut().for_each(|note| each_inline_mut(&mut note.blocks, &mut lead));
    whole
}

/// The title of the part that a heading of bookdown begins.
fn part_of(words: &[Inline]) -> Option<String> {
    let said = plain(words);
    let part = ["(PART) ", "(PART*) ", "(APPENDIX) "].into_iter().find_map(|sign| said.strip_prefix(sign))?;
    Some(part.to_owned())
}

/// Gives a chapter the heading that its settings say, or one of the name of its file.
fn titled(document: &mut Document, file: &str) {
    let title = std::mem::take(&mut document.title);
    if matches!(document.blocks.first().map(|block| &block.kind), Some(BlockKind::Heading(1, _))) {
        return;
    }
    let first = document.blocks.iter().position(|block| matches!(block.kind, BlockKind::Heading(1, _)));
    let title = match (title.is_empty(), first) {
        (false, _) => title,
        // What stands before the heading stands behind it then.
        (true, Some(first)) => {
            let heading = document.blocks.remove(first);
            return document.blocks.insert(0, heading);
        }
        (true, None) => vec![Inline::Text(bare(file).rsplit('/').next().unwrap_or(file).to_owned())],
    };
    document.blocks.insert(0, Block { at: String::new(), id: None, kind: BlockKind::Heading(1, title) });
}

/// Gives names that are of one file alone a number before them, and ids that another file has another form.
fn apart(document: &mut Document, nth: usize, taken: &mut BTreeSet<String>) {
    let mut others = BTreeMap::new();
    each_id_mut(&mut document.blocks, &mut |id| {
        if !taken.insert(id.clone()) {
            let other = format!("{id}-{}", nth + 1);
            others.insert(std::mem::replace(id, other.clone()), other.clone());
            taken.insert(other);
        }
    });
    let mut change = |inline: &mut Inline| match inline {
        Inline::Note(name) | Inline::Picture(name, _) => *name = format!("{nth}-{name}"),
        Inline::Place(id, _) | Inline::Reference(id) => {
            if let Some(other) = others.get(id.as_str()) {
                other.clone_into(id);
            }
        }
        _ => {}
    };
    each_inline_mut(&mut document.blocks, &mut change);
    for note in &mut document.notes {
        note.name = format!("{nth}-{}", note.name);
        each_inline_mut(&mut note.blocks, &mut change);
    }
    document.pictures.iter_mut().for_each(|picture| picture.name = format!("{nth}-{}", picture.name));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(settings: &str, text: &str, names: &[&str]) -> Project {
        let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).chain([settings.to_owned()]).collect();
        let read = |name: &str| {
            if name == settings { Some(text.to_owned()) } else { names.iter().any(|n| n == name).then(String::new) }
        };
        project(&names, &read).expect("a book")
    }

    #[test]
    fn chapters_stand_in_the_order_and_the_parts_that_are_listed() {
        let text = "lang: zh\nbibliography: [a.bib, b.bib]\nbook:\n  title: 灯\n  author:\n    - name: 甲\n    - 乙\n  chapters:\n    - index.qmd\n    - part: 光\n      chapters: [a.qmd, b.qmd]\n    - part: c.qmd\n      chapters:\n        - file: d.qmd\n  appendices: [e.qmd, none.qmd]\n";
        let book = of("_quarto.yml", text, &["index.qmd", "a.qmd", "b.qmd", "c.qmd", "d.qmd", "e.qmd"]);
        let found: Vec<(&str, Option<&str>)> =
            book.chapters.iter().map(|chapter| (chapter.file.as_str(), chapter.part.as_deref())).collect();
        let wanted = [
            ("index.qmd", None),
            ("a.qmd", Some("光")),
            ("b.qmd", None),
            ("c.qmd", Some("")),
            ("d.qmd", None),
            ("e.qmd", Some("Appendices")),
        ];
        assert_eq!(found, wanted);
        assert_eq!((book.title.as_str(), book.authors.join("、")), ("灯", "甲、乙".to_owned()));
        assert_eq!(book.bibliographies, ["a.bib", "b.bib"]);
    }

    #[test]
    fn chapters_of_bookdown_stand_in_the_order_of_their_names() {
        let book = of("_bookdown.yml", "book_filename: x", &["02.Rmd", "index.Rmd", "01.Rmd", "_no.Rmd", "README.md"]);
        let found: Vec<&str> = book.chapters.iter().map(|chapter| chapter.file.as_str()).collect();
        assert_eq!(found, ["index.Rmd", "01.Rmd", "02.Rmd"]);
    }

    #[test]
    fn files_become_one_text_whose_links_lead_to_chapters() {
        let block = |id: Option<&str>, kind| Block { at: String::new(), id: id.map(str::to_owned), kind };
        let heading = |words: &str| BlockKind::Heading(1, vec![Inline::Text(words.to_owned())]);
        let place =
            |id: &str| BlockKind::Paragraph(vec![Inline::Place(id.to_owned(), vec![Inline::Text("x".to_owned())])]);
        let one = Document {
            blocks: vec![block(Some("a"), heading("One")), block(None, place("file:two"))],
            ..Document::default()
        };
        let two =
            vec![block(None, heading("(PART) Second")), block(None, heading("Two")), block(Some("a"), place("a"))];
        let two = Document { blocks: two, ..Document::default() };
        let listed = |file: &str| Listed { file: file.to_owned(), part: None };
        let whole = merged(&Project::default(), vec![(listed("one.qmd"), one), (listed("two.qmd"), two)]);
        assert_eq!(whole.parts, [("Second".to_owned(), 1)]);
        let ids: Vec<Option<&str>> = whole.blocks.iter().map(|block| block.id.as_deref()).collect();
        assert_eq!(ids, [Some("a"), None, Some("file:two"), Some("a-2")]);
        assert_eq!(whole.blocks[3].kind, place("a-2"));
    }
}
