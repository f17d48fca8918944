//! Which folders are the books of a catalogue.

use std::fs;
use std::path::{Path, PathBuf};

use crate::cli::args::catalogue::Books;
use crate::error::Error;
use crate::inputs::Digest;
use crate::manuscript::add_text;
use crate::manuscript::yaml::{self, Area, Fields};
use crate::message::{List, Message};
use crate::project::{BOOK_FILE, Project, read_bytes};
use crate::source::Sources;

/// How deep books lie at most.
const DEPTH: usize = 8;

/// Folders in which no books are looked for.
const PASSED_OVER: [&str; 4] = ["out", "release", "target", "node_modules"];

/// The books of a catalogue, by their folders as they were named, in order; only those of a share where one is asked for.
///
/// # Errors
/// [`Error::Read`] and [`Error::Usage`] for a file that is no list, and where there is no book.
pub(super) fn of(books: &Books) -> Result<Vec<PathBuf>, Error> {
    let mut found = if books.root.is_file() { listed(&books.root)? } else { below(&books.root) };
    found.sort();
    found.dedup();
    if found.is_empty() {
        return Err(Error::NoProject(books.root.clone()));
    }
    if let Some(shard) = books.shard {
        found.retain(|book| is_of(&name(book, &books.root), shard));
    }
    Ok(found)
}

/// The books that paths name, each a book, a folder of books or a file that lists some, in order and by their names; only those of a share where one
/// is asked for.
///
/// # Errors
/// Those of [`of`].
pub(super) fn of_all(paths: &[PathBuf], shard: Option<(u64, u64)>) -> Result<Vec<(PathBuf, String)>, Error> {
    let mut found = Vec::new();
    for path in paths {
        let is_book = path.join(BOOK_FILE).is_file();
        let more = match is_book {
            true => Ok(vec![path.clone()]),
            // A folder in a book stands for the book.
            false => of(&Books { root: path.clone(), shard: None })
                .or_else(|why| Project::find(path).map(|book| vec![book.root().to_owned()]).map_err(|_| why)),
        };
        found.extend(more?.into_iter().map(|book| (name(&book, Path::new("")), book)));
    }
    found.sort();
    found.dedup();
    let of_share = |(name, _): &(String, PathBuf)| shard.is_none_or(|shard| is_of(name, shard));
    Ok(found.into_iter().filter(of_share).map(|(name, book)| (book, name)).collect())
}

/// The books of a catalogue with their names.
///
/// # Errors
/// Those of [`of`].
pub(super) fn named(books: &Books) -> Result<Vec<(PathBuf, String)>, Error> {
    let named = |book: PathBuf| {
        let name = name(&book, &books.root);
        (book, name)
    };
    Ok(of(books)?.into_iter().map(named).collect())
}

/// The name of a book in its catalogue: the path from the catalogue's folder, with forward slashes. It does not depend on where that lies.
pub(super) fn name(book: &Path, root: &Path) -> String {
    let base = if root.is_file() { root.parent().unwrap_or(Path::new("")) } else { root };
    let path = book.strip_prefix(base).unwrap_or(book);
    let parts = path.components().map(|part| part.as_os_str().to_string_lossy());
    let name = parts.collect::<Vec<_>>().join("/");
    if name.is_empty() { ".".to_owned() } else { name }
}

/// Whether a book belongs to a share.
pub(super) fn is_of(name: &str, (k, n): (u64, u64)) -> bool {
    Digest::of(name.as_bytes()).number() % n == k - 1
}

/// The books below a folder. In a book there are no others.
fn below(root: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![(root.to_owned(), 0)];
    while let Some((folder, depth)) = folders.pop() {
        if folder.join(BOOK_FILE).is_file() {
            found.push(folder);
            continue;
        }
        if depth == DEPTH {
            continue;
        }
        for entry in fs::read_dir(&folder).into_iter().flatten().flatten() {
            let name = entry.file_name();
            let hidden = name.as_encoded_bytes().starts_with(b".") || PASSED_OVER.iter().any(|other| name == *other);
            if !hidden && entry.file_type().is_ok_and(|kind| kind.is_dir()) {
                let path = if folder == Path::new(".") { PathBuf::from(name) } else { entry.path() };
                folders.push((path, depth + 1));
            }
        }
    }
    found
}

/// The books that a file lists: folders beside it, in which `*` stands for any name.
fn listed(file: &Path) -> Result<Vec<PathBuf>, Error> {
    let base = file.parent().unwrap_or(Path::new(""));
    let mut found = Vec::new();
    for entry in entries(file)? {
        let books = matching(base, &entry);
        if books.is_empty() {
            let message = msg!("{file} lists `{entry}`, and there is no book there", file = file.display(), entry);
            return Err(Error::Usage(message));
        }
        found.extend(books);
    }
    Ok(found)
}

fn entries(file: &Path) -> Result<Vec<String>, Error> {
    let (mut sources, mut found) = (Sources::default(), Vec::new());
    let id = add_text(&mut sources, &file.to_string_lossy(), read_bytes(file)?, &mut found);
    let node = id.and_then(|file| yaml::parse(Area { file, text: sources.get(file).text(), base: 0 }, &mut found));
    let fields = node.and_then(|node| Fields::open(node, msg!("the catalogue"), &mut found));
    let entries = fields.and_then(|mut fields| fields.take("books")).map(|entry| entry.node);
    let entries = entries.map_or_else(Vec::new, |node| node.list(msg!("the list of books"), &mut found));
    let entries: Vec<String> =
        entries.into_iter().filter_map(|node| node.text(msg!("a book"), &mut found)).map(|text| text.value).collect();
    match found.first() {
        None if !entries.is_empty() => Ok(entries),
        None => Err(Error::Usage(msg!("{file} has no list `books:`", file = file.display()))),
        Some(_) => {
            let said = found.into_iter().map(|finding| finding.message);
            Err(Error::Usage(msg!("{file}: {what}", file = file.display(), what = Message::list(List::Clauses, said))))
        }
    }
}

/// The books whose paths a pattern fits.
fn matching(base: &Path, pattern: &str) -> Vec<PathBuf> {
    let mut places = vec![base.to_owned()];
    for part in pattern.split('/').filter(|part| !part.is_empty() && *part != ".") {
        places = places.into_iter().flat_map(|place| step(&place, part)).collect();
    }
    places.into_iter().filter(|place| place.join(BOOK_FILE).is_file()).collect()
}

fn step(place: &Path, part: &str) -> Vec<PathBuf> {
    if !part.contains('*') {
        return vec![place.join(part)];
    }
    let here = if place.as_os_str().is_empty() { Path::new(".") } else { place };
    let names =
        fs::read_dir(here).into_iter().flatten().flatten().filter_map(|entry| entry.file_name().into_string().ok());
    names.filter(|name| !name.starts_with('.') && fits(part, name)).map(|name| place.join(name)).collect()
}

/// Whether a name fits a pattern in which `*` stands for any part of it.
fn fits(pattern: &str, name: &str) -> bool {
    let Some((before, after)) = pattern.split_once('*') else { return pattern == name };
    let Some(rest) = name.strip_prefix(before) else { return false };
    rest.char_indices().map(|(at, _)| at).chain([rest.len()]).any(|at| fits(after, &rest[at..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn book(dir: &Path, name: &str) {
        let path = dir.join(name).join(BOOK_FILE);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, "title: x").unwrap();
    }

    fn names(root: &Path, shard: Option<(u64, u64)>) -> Vec<String> {
        let books = Books { root: root.to_owned(), shard };
        of(&books).unwrap().iter().map(|book| name(book, root)).collect()
    }

    #[test]
    fn books_are_found_at_any_depth_and_by_a_list() {
        let dir = tempfile::tempdir().unwrap();
        for name in ["a", "series/一", "series/二", "a/manuscript/inside", "out/old", ".hidden/b"] {
            book(dir.path(), name);
        }
        assert_eq!(names(dir.path(), None), ["a", "series/一", "series/二"]);
        let list = dir.path().join("catalogue.yaml");
        fs::write(&list, "books: [a, series/*]\n").unwrap();
        assert_eq!(names(&list, None), ["a", "series/一", "series/二"]);
        for (text, why) in [("books: [b]\n", "no book there"), ("titles: [a]\n", "books"), ("books: [\n", "")] {
            fs::write(&list, text).unwrap();
            let said = of(&Books { root: list.clone(), shard: None }).unwrap_err().to_string();
            assert!(said.contains(why), "{said}");
        }
    }

    #[test]
    fn several_paths_name_books_folders_of_books_and_lists() {
        let dir = tempfile::tempdir().unwrap();
        for name in ["a", "series/一", "series/二"] {
            book(dir.path(), name);
        }
        fs::write(dir.path().join("list.yaml"), "books: [series/一]\n").unwrap();
        let found = |paths: &[&str], shard| {
            let paths: Vec<PathBuf> = paths.iter().map(|path| dir.path().join(path)).collect();
            of_all(&paths, shard).map(|found| found.into_iter().map(|(book, _)| book).collect::<Vec<_>>())
        };
        let books = |names: &[&str]| names.iter().map(|name| dir.path().join(name)).collect::<Vec<_>>();
        assert_eq!(found(&["series", "a", "list.yaml"], None).unwrap(), books(&["a", "series/一", "series/二"]));
        let inside = found(&["a/manuscript"], None).unwrap();
        assert!(inside[0].ends_with("a"), "{inside:?}");
        assert!(found(&["none"], None).is_err());
        let shares: usize = (1..=2).map(|k| found(&["series", "a"], Some((k, 2))).unwrap().len()).sum();
        assert_eq!(shares, 3);
    }

    #[test]
    fn each_book_is_of_one_share_and_stays_in_it() {
        let dir = tempfile::tempdir().unwrap();
        (0..20).for_each(|n| book(dir.path(), &format!("b{n}")));
        let shares = || (1..=3).map(|k| names(dir.path(), Some((k, 3)))).collect::<Vec<_>>();
        let before = shares();
        assert_eq!(before.iter().map(Vec::len).sum::<usize>(), 20);
        book(dir.path(), "new");
        for (before, after) in before.iter().zip(shares()) {
            assert!(before.iter().all(|name| after.contains(name)));
        }
    }

    #[test]
    fn a_star_stands_for_any_part_of_a_name() {
        for (pattern, name, is) in
            [("*", "书", true), ("b*", "b1", true), ("b*x", "b1", false), ("*一*", "第一章", true), ("a", "ab", false)]
        {
            assert_eq!(fits(pattern, name), is, "{pattern} {name}");
        }
    }
}
