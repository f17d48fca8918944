//! The cache of a run, in the process that may write.

use std::io;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use crate::cli::args::Build;
use crate::cli::pipe::wire::Keep;
use crate::inputs::{Digest, Inputs, digest};
use crate::project::{Cache, Entry, Project};

/// The variable of the environment that names the cache where the command line does not. A book cannot name one.
const VARIABLE: &str = "DAMA_PUB_CACHE";

/// The cache of a run.
#[derive(Debug)]
pub(in crate::cli) struct Shelf {
    cache: Cache,
    project: Project,
    /// What is to be kept when the run has ended well.
    waiting: Vec<Keep>,
}

/// The folder of the cache: that of the command line, else that of the environment.
pub(in crate::cli) fn folder(given: Option<&PathBuf>) -> Option<PathBuf> {
    let told = || std::env::var_os(VARIABLE).filter(|name| !name.is_empty()).map(PathBuf::from);
    given.cloned().or_else(told)
}

/// The folder of the artifacts.
pub(in crate::cli) fn out_of(args: &Build, project: &Project) -> PathBuf {
    args.out.clone().unwrap_or_else(|| project.root().join("out"))
}

impl Shelf {
    /// Opens the cache in a folder for the build of a book.
    ///
    /// # Errors
    /// The system's.
    pub(in crate::cli) fn open(folder: &Path, project: Project) -> io::Result<Self> {
        Ok(Self { cache: Cache::open(folder, SystemTime::now())?, project, waiting: Vec::new() })
    }

    pub(in crate::cli) fn lacks(&self, digests: &[Digest]) -> bool {
        digests.iter().any(|digest| !self.cache.has(*digest))
    }

    pub(in crate::cli) fn plans(&self, base: Digest) -> Vec<Vec<String>> {
        self.cache.plans(base)
    }

    pub(in crate::cli) fn find(&self, digest: Digest) -> Option<Entry> {
        self.cache.find(digest)
    }

    pub(in crate::cli) fn keep(&mut self, artifact: Keep) {
        self.waiting.push(artifact);
    }

    /// Keeps what the run has made. It is asked again what it was made from: the process that did the work may have been taken over by
    /// what it read, and what it says of one book must spoil nothing of another.
    ///
    /// # Errors
    /// The system's, with the folder; some may have been kept before.
    pub(in crate::cli) fn put_all(&mut self) -> Result<(), (PathBuf, io::Error)> {
        let mut known = Inputs::default();
        for artifact in std::mem::take(&mut self.waiting) {
            let digest = digest(&artifact.inputs, &artifact.settings);
            if self.cache.has(digest) || !self.is_true(&artifact.inputs, &mut known) {
                continue;
            }
            self.put(&artifact, digest).map_err(|why| (self.cache.folder().to_owned(), why))?;
        }
        Ok(())
    }

    fn put(&self, artifact: &Keep, whole: Digest) -> io::Result<()> {
        let text = artifact.inputs.clone().without(|path| artifact.further.iter().any(|further| further == path));
        self.cache.put(whole, &artifact.path, artifact.content, artifact.about.as_bytes())?;
        self.cache.put_plan(digest(&text, &artifact.settings), &artifact.further)
    }

    /// Whether the files of the book are as they are said to be.
    fn is_true(&self, inputs: &Inputs, known: &mut Inputs) -> bool {
        for path in inputs.paths().filter(|path| known.get(path).is_none()).collect::<Vec<_>>() {
            *known = std::mem::take(known).and(&Inputs::now([path], &self.project));
        }
        inputs.is_sure() && inputs.iter().all(|(path, seen)| known.get(path) == Some(seen))
    }
}
