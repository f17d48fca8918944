//! What a command may read and write.

use std::path::{Path, PathBuf};

use super::super::args::{Command, LayoutWish};
use super::super::git::{About, Inquiry};
use crate::project::{Project, Weight, all_shared_above, weight_of_files};

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
    pub(super) inquiries: Vec<Inquiry>,
    /// How many builds the command may take the time of.
    pub(super) rounds: u32,
}

impl Reach {
    pub(super) fn of(command: &Command) -> Self {
        let mut reach = Self { rounds: if is_of_release(command) { ROUNDS } else { 1 }, ..Self::default() };
        let named = named(command);
        let mut books: Vec<Project> = named.iter().filter_map(|path| Project::find(path).ok()).collect();
        if books.is_empty() {
            books.extend(Project::find(Path::new(".")));
        }
        books.dedup_by(|a, b| a.root() == b.root());
        let outside = |path: &&PathBuf| !books.iter().any(|book| book.holds(path));
        // What was made of a book is in none of the folders that it is made from.
        let weighs = !matches!(command, Command::Catalogue(_));
        // Of a catalogue only its small files are read.
        let weighed: Vec<PathBuf> =
            named.iter().filter(|_| weighs).filter(|path| path.is_file() || outside(path)).cloned().collect();
        reach.weight = books.iter().map(Project::weight).fold(weight_of_files(&weighed), Weight::plus);
        let outside: Vec<PathBuf> = named.iter().filter(outside).cloned().collect();
        reach.reads = books.iter().map(|book| book.root().to_owned()).chain(outside.iter().cloned()).collect();
        reach.reads.extend(books.iter().flat_map(Project::shares));
        if let Command::Catalogue(args) = command {
            reach.reads.extend(all_shared_above(&folder_of(&args.list.books.root)));
        }
        reach.reads.retain(|path| path.exists());
        reach.may_write(command, &books, &outside);
        let about: Vec<About> = match command {
            Command::Check(args) => args.changed_since.clone().map(About::ChangedSince).into_iter().collect(),
            Command::Stats(args) => args.history.then_some(About::History).into_iter().collect(),
            Command::Release(args) => {
                [About::Commit].into_iter().chain(args.compare.clone().map(About::Texts)).collect()
            }
            _ => Vec::new(),
        };
        if let Some(root) = books.first().map(|book| book.root().to_owned()) {
            reach.inquiries = about.into_iter().map(|about| Inquiry { root: root.clone(), about }).collect();
        }
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
                self.changes.extend(args.timings.iter().chain(&args.depfile).cloned());
                // What lies there is compared with what would be made.
                self.reads.extend(args.out.clone().filter(|out| out.exists()));
            }
            Command::Proof(args) => self.out = out(&args.out),
            Command::Review(args) => match &args.out {
                Some(file) => self.changes.push(file.clone()),
                None => self.out = out(&None),
            },
            Command::Metadata(args) => self.out.extend(args.out.clone()),
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

/// The folder that a path leads to, or that of the file that it leads to.
fn folder_of(path: &Path) -> PathBuf {
    let parent = path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    if path.is_file() { parent.to_owned() } else { path.to_owned() }
}

/// How many builds a release takes the time of: the book, its samples, the checks.
const ROUNDS: u32 = 4;

fn is_of_release(command: &Command) -> bool {
    matches!(command, Command::Release(_) | Command::Verify(_))
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
        Command::Metadata(args) => vec![args.dir.clone()],
        Command::Release(args) => {
            let older = args.compare.iter().map(PathBuf::from).filter(|path| path.is_dir());
            [args.book().to_owned()].into_iter().chain(older).chain(args.out.clone()).collect()
        }
        Command::Verify(args) => {
            let book = args.rebuild.then(|| args.book.clone().unwrap_or_else(|| PathBuf::from("."))).into_iter();
            [args.folder.clone()].into_iter().chain(book).collect()
        }
        Command::Doctor(args) => vec![args.dir.clone()],
        Command::Layout(args) => vec![args.book.clone()],
        Command::Catalogue(args) => vec![folder_of(&args.list.books.root)],
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
