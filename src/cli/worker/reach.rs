//! What a command may read and write.

use std::path::{Path, PathBuf};

use super::super::args::{Command, LayoutWish};
use super::super::git::{About, Inquiry};
use crate::project::{Project, Weight, weight_of_files};

/// What a command may read and write.
#[derive(Debug, Default)]
pub(super) struct Reach {
    /// Folders and files, each with all that lies below; those that do not exist are left out.
    pub(super) reads: Vec<PathBuf>,
    /// Folders directly in which files may be written when the run ends.
    out: Vec<PathBuf>,
    /// Files that may be written, and folders with all that lies below, canonical.
    changes: Vec<PathBuf>,
    pub(super) weight: Weight,
    /// What version control may be asked.
    pub(super) inquiry: Option<Inquiry>,
}

impl Reach {
    pub(super) fn of(command: &Command) -> Self {
        let mut reach = Self::default();
        let named = named(command);
        let mut books: Vec<Project> = named.iter().filter_map(|path| Project::find(path).ok()).collect();
        if books.is_empty() {
            books.extend(Project::find(Path::new(".")));
        }
        books.dedup_by(|a, b| a.root() == b.root());
        let outside = |path: &&PathBuf| !books.iter().any(|book| book.holds(path));
        // What was made of a book is in none of the folders that it is made from.
        let weighed: Vec<PathBuf> = named.iter().filter(|path| path.is_file() || outside(path)).cloned().collect();
        reach.weight = books.iter().map(Project::weight).fold(weight_of_files(&weighed), Weight::plus);
        let outside: Vec<PathBuf> = named.iter().filter(outside).cloned().collect();
        reach.reads = books.iter().map(|book| book.root().to_owned()).chain(outside.iter().cloned()).collect();
        reach.reads.retain(|path| path.exists());
        reach.may_write(command, &books, &outside);
        let about = match command {
            Command::Check(args) => args.changed_since.clone().map(About::ChangedSince),
            Command::Stats(args) => args.history.then_some(About::History),
            _ => None,
        };
        let root = books.first().map(|book| book.root().to_owned());
        reach.inquiry = about.zip(root).map(|(about, root)| Inquiry { root, about });
        reach
    }

    fn may_write(&mut self, command: &Command, books: &[Project], outside: &[PathBuf]) {
        let out = |given: &Option<PathBuf>| match given {
            Some(given) => vec![given.clone()],
            None => books.iter().map(|book| book.root().join("out")).collect(),
        };
        let manuscripts = books.iter().map(|book| book.root().join("manuscript"));
        match command {
            Command::Build(args) => {
                self.out = out(&args.out);
                self.changes.extend(args.timings.clone());
            }
            Command::Proof(args) => self.out = out(&args.out),
            Command::Review(args) => match &args.out {
                Some(file) => self.changes.push(file.clone()),
                None => self.out = out(&None),
            },
            Command::Doctor(args) => {
                self.out = out(&None);
                self.changes.extend(args.bundle.iter().flat_map(std::path::absolute));
                self.changes.extend(args.bundle.clone());
            }
            Command::Layout(args) if args.wish == LayoutWish::Eject => {
                self.changes.extend(books.iter().map(|book| book.root().join("layouts")));
            }
            Command::Accept(_) => self.changes.extend(manuscripts),
            Command::Terms(args) if args.import.is_some() => self.changes.extend(manuscripts),
            Command::Terms(args) => self.changes.extend(args.out.clone()),
            Command::Translate(_) | Command::ImportReview(_) => {
                self.changes.extend(manuscripts);
                self.changes.extend(outside.iter().filter_map(|path| path.canonicalize().ok()));
            }
            Command::Import(args) => {
                self.changes.extend(std::path::absolute(args.target()).ok().and_then(|target| canonical(&target)));
                self.changes.extend(args.report.iter().flat_map(std::path::absolute));
            }
            Command::Export(args) => {
                self.out = match &args.out {
                    // One file, or a folder for several.
                    Some(given) => given.parent().into_iter().chain([given.as_path()]).map(Path::to_owned).collect(),
                    None if args.pair.is_empty() => out(&None),
                    None => vec![PathBuf::from("out")],
                };
            }
            Command::Check(args) if args.baseline || args.fix.is_some() => {
                self.changes.extend(manuscripts);
                self.changes.extend(outside.iter().filter_map(|path| path.canonicalize().ok()));
            }
            _ => {}
        }
    }

    /// Whether a file may be written; `with_others` when it is one of those that a run makes.
    pub(super) fn allows(&self, path: &Path, with_others: bool) -> bool {
        let (Some(folder), Some(name)) = (path.parent(), path.file_name()) else { return false };
        if with_others && self.out.iter().any(|out| out == folder) {
            return true;
        }
        let place = canonical(folder).map(|folder| folder.join(name));
        self.changes
            .iter()
            .any(|allowed| path == allowed || place.as_ref().is_some_and(|place| place.starts_with(allowed)))
    }

    /// Whether it may be tried whether files can be written in a folder.
    pub(super) fn allows_trying(&self, folder: &Path) -> bool {
        self.out.iter().any(|out| out == folder)
    }
}

/// A folder through all links; the part of it that is not there yet must not lead out of the rest.
fn canonical(folder: &Path) -> Option<PathBuf> {
    if let Ok(there) = folder.canonicalize() {
        return Some(there);
    }
    let name = folder.file_name()?;
    Some(canonical(folder.parent()?)?.join(name))
}

/// The files and folders that the command line names.
fn named(command: &Command) -> Vec<PathBuf> {
    let pair = |pair: &[PathBuf], glossary: &Option<PathBuf>| pair.iter().chain(glossary).cloned().collect::<Vec<_>>();
    let or_book = |dir: &Path, pair: Vec<PathBuf>| if pair.is_empty() { vec![dir.to_owned()] } else { pair };
    match command {
        Command::Build(args) => vec![args.dir.clone()],
        Command::Proof(args) => vec![args.dir.clone()],
        Command::Review(args) => vec![args.dir.clone()],
        Command::Stats(args) => vec![args.dir.clone()],
        Command::Doctor(args) => vec![args.dir.clone()],
        Command::Layout(args) => vec![args.book.clone()],
        Command::Align(args) => or_book(&args.dir, args.pair.clone()),
        Command::Terms(args) => {
            let mut named = or_book(&args.dir, pair(&args.pair, &args.glossary));
            named.extend(args.import.clone());
            named
        }
        Command::Translate(args) => args.paths.clone(),
        Command::Export(args) => {
            let files = pair(&args.pair, &args.glossary).into_iter().chain(args.memory.clone());
            args.paths.iter().cloned().chain(files).collect()
        }
        Command::ImportReview(args) => args.files.iter().chain(&args.book).chain(&args.pair).cloned().collect(),
        Command::Import(args) => args.sources.iter().chain(&args.translation).chain(&args.style_map).cloned().collect(),
        Command::Accept(args) => args.paths.iter().chain(&args.book).cloned().collect(),
        Command::Check(args) => {
            let files = pair(&args.pair, &args.glossary).into_iter().chain(args.pdf.iter().flatten().cloned());
            args.paths.iter().cloned().chain(files).collect()
        }
        _ => Vec::new(),
    }
}
