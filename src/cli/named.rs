//! The book that a command is about, and the chapters of it that were named.

use std::collections::BTreeSet;
use std::path::{Component, Path, PathBuf};

use crate::diagnostic::{Diagnostic, nearest};
use crate::error::Error;
use crate::message::{List, Message};
use crate::model::{Book, Chapter};
use crate::project::Project;
use crate::source::{FileId, Sources};

/// A book and what was named of it.
pub(super) struct Named {
    /// The book's folder.
    pub(super) project: Project,
    /// Empty for the whole book.
    names: Vec<Name>,
}

/// Something of a book, as the user typed it or below its folder.
enum Name {
    /// A folder with chapters.
    Folder(String),
    /// A file that is there.
    File(String),
    /// What may be the name of a chapter.
    Word(String),
}

impl Name {
    fn text(&self) -> &str {
        match self {
            Name::Folder(name) | Name::File(name) | Name::Word(name) => name,
        }
    }

    /// Whether it means a chapter: its path or the end of it, with its ending or without, its stem, or a folder in which it
    /// lies.
    fn means(&self, chapter: &Chapter) -> bool {
        let (path, name) = (chapter.path.as_str(), self.text());
        match self {
            Name::Folder(_) => path.strip_prefix(name).is_some_and(|rest| rest.starts_with('/')),
            _ => {
                let bare = path.rsplit_once('.').map_or(path, |(bare, _)| bare);
                let ends =
                    |path: &str| path.strip_suffix(name).is_some_and(|rest| rest.is_empty() || rest.ends_with('/'));
                ends(path) || ends(bare) || chapter.stem == name
            }
        }
    }
}

impl Named {
    /// Finds the book: the one in which a path that is there lies, else that of the current folder.
    ///
    /// # Errors
    /// When there is no book, or the paths lie in different ones.
    pub(super) fn find(typed: &[PathBuf]) -> Result<Self, Error> {
        let mut book: Option<Project> = None;
        for path in typed.iter().filter(|path| path.exists()) {
            let found = Project::find(folder(path))?;
            if let Some(other) = book.as_ref().filter(|other| other.root() != found.root()) {
                let (one, other) = (other.root(), found.root());
                return Err(Error::Usage(msg!("these are files of two books, {one} and {other}", one, other)));
            }
            book = Some(found);
        }
        let project = match (book, typed.first()) {
            (Some(book), _) => book,
            (None, None) => Project::find(Path::new("."))?,
            // Outside a book a word can only be meant as its folder.
            (None, Some(path)) => Project::find(Path::new(".")).or_else(|_| Project::find(path))?,
        };
        let names = typed.iter().filter_map(|path| name(path, project.root())).collect();
        Ok(Self { project, names })
    }

    /// Whether the whole book is meant.
    pub(super) fn is_whole(&self) -> bool {
        self.names.is_empty()
    }

    /// Whether a chapter is meant.
    pub(super) fn means(&self, chapter: &Chapter) -> bool {
        self.names.iter().any(|name| name.means(chapter))
    }

    /// Whether every name means a chapter.
    ///
    /// # Errors
    /// All those that mean none, together.
    pub(super) fn check(&self, book: &Book) -> Result<(), Error> {
        refuse(self.names.iter().filter(|name| !is_of(name, book)), book)
    }

    /// The files of what was named: chapters in every language, or other files of the manuscript. `None` for the whole book.
    ///
    /// # Errors
    /// All names that mean nothing, together.
    pub(super) fn files(&self, book: &Book, sources: &Sources) -> Result<Option<NamedFiles>, Error> {
        // A folder without a chapter names the book that it belongs to.
        let known = |name: &&Name| !matches!(name, Name::Folder(_)) || is_of(name, book);
        let names: Vec<&Name> = self.names.iter().filter(known).collect();
        if names.is_empty() {
            return Ok(None);
        }
        let mut files = NamedFiles::default();
        let mut wrong = Vec::new();
        for name in names {
            if is_of(name, book) {
                files.read.extend(files_of(name, book));
            } else if let Some(file) = other_file(name.text(), sources) {
                files.read.insert(file);
            } else if matches!(name, Name::File(path) if path.starts_with("manuscript/")) {
                files.unread = true;
            } else {
                wrong.push(name);
            }
        }
        refuse(wrong.into_iter(), book)?;
        Ok(Some(files))
    }
}

/// The files of chapters, in every language, that are named by their stems or paths. `None` where none is named.
///
/// # Errors
/// All names that mean no chapter, together.
pub(super) fn chapters(names: &[String], book: &Book) -> Result<Option<NamedFiles>, Error> {
    let names: Vec<Name> = names.iter().map(|name| Name::Word(name.trim().to_owned())).collect();
    refuse(names.iter().filter(|name| !is_of(name, book)), book)?;
    let read = names.iter().flat_map(|name| files_of(name, book)).collect();
    Ok((!names.is_empty()).then_some(NamedFiles { read, unread: false }))
}

/// The files in every language of the chapters that a name means.
fn files_of(name: &Name, book: &Book) -> Vec<FileId> {
    let all = || book.chapters.values().flatten();
    let stems: BTreeSet<&str> =
        all().filter(|chapter| name.means(chapter)).map(|chapter| chapter.stem.as_str()).collect();
    all().filter(|chapter| stems.contains(chapter.stem.as_str())).map(|chapter| chapter.file).collect()
}

/// Files that were named.
#[derive(Default)]
pub(super) struct NamedFiles {
    read: BTreeSet<FileId>,
    /// Whether one of them could not be read: what is said of it has no place.
    unread: bool,
}

impl NamedFiles {
    /// These files.
    pub(super) fn of(read: BTreeSet<FileId>) -> Self {
        Self { read, unread: false }
    }

    /// Those of them that are among others, too.
    #[must_use]
    pub(super) fn within(self, others: &Self) -> Self {
        let read = self.read.intersection(&others.read).copied().collect();
        Self { read, unread: self.unread && others.unread }
    }

    /// What was named in several ways; `None` where nothing was.
    pub(super) fn all_of(named: [Option<Self>; 2]) -> Option<Self> {
        named.into_iter().flatten().reduce(|mut all, more| {
            all.read.extend(more.read);
            Self { unread: all.unread || more.unread, ..all }
        })
    }

    /// Whether a file is one of them.
    pub(super) fn has(&self, file: FileId) -> bool {
        self.read.contains(&file)
    }

    /// Whether a finding stands in one of them.
    pub(super) fn hold(&self, finding: &Diagnostic) -> bool {
        finding.primary.as_ref().map_or(self.unread, |label| self.has(label.span.file))
    }
}

/// The folder that leads to the book of a path that is there.
fn folder(path: &Path) -> &Path {
    if path.is_dir() {
        return path;
    }
    path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// What a path names of a book; nothing if it names the book.
fn name(typed: &Path, root: &Path) -> Option<Name> {
    if typed.is_dir() {
        let whole = typed.canonicalize().ok()?;
        let inside = whole.strip_prefix(root).ok()?;
        let deep = inside.starts_with("manuscript") && inside.components().count() > 1;
        return deep.then(|| Name::Folder(slashed(inside)));
    }
    let whole = undone(typed);
    let inside =
        whole.strip_prefix(root).ok().filter(|inside| inside.starts_with("manuscript") && inside.extension().is_some());
    let text = slashed(inside.unwrap_or_else(|| typed.strip_prefix(".").unwrap_or(typed)));
    Some(if typed.exists() { Name::File(text) } else { Name::Word(text) })
}

/// The whole of a path, `..` undone by name: a name can be wrong without the file being there.
fn undone(path: &Path) -> PathBuf {
    let mut whole = PathBuf::new();
    for part in std::path::absolute(path).unwrap_or_else(|_| path.to_owned()).components() {
        match part {
            Component::ParentDir => {
                whole.pop();
            }
            part => whole.push(part),
        }
    }
    whole
}

fn slashed(path: &Path) -> String {
    path.to_string_lossy().replace('\\', "/")
}

fn is_of(name: &Name, book: &Book) -> bool {
    book.chapters.values().flatten().any(|chapter| name.means(chapter))
}

/// A file that is no chapter, such as the termbase.
fn other_file(name: &str, sources: &Sources) -> Option<FileId> {
    sources.find(name).or_else(|| sources.find(&format!("manuscript/{name}")))
}

/// Names that mean nothing are reported together.
fn refuse<'n>(names: impl Iterator<Item = &'n Name>, book: &Book) -> Result<(), Error> {
    let wrong: Vec<Message> = names.map(|name| no_chapter(name.text(), book)).collect();
    if wrong.is_empty() { Ok(()) } else { Err(Error::Usage(Message::list(List::Lines, wrong))) }
}

fn no_chapter(name: &str, book: &Book) -> Message {
    let short = name.rsplit('/').next().unwrap_or(name);
    if Path::new(name).extension().is_some_and(|extension| extension.eq_ignore_ascii_case("pdf")) {
        return msg!("‘{name}’ is a PDF: look it over with `dama-pub check --pdf {name}`", name);
    }
    let mut stems = book.chapters.values().flatten().map(|chapter| chapter.stem.as_str());
    let near = nearest(short.strip_suffix(".md").unwrap_or(short), stems.clone());
    match near.or_else(|| stems.find(|stem| stem.starts_with(short))) {
        Some(near) => msg!("this book has no chapter ‘{name}’; did you mean ‘{near}’?", name, near),
        None => msg!("this book has no chapter ‘{name}’", name),
    }
}
