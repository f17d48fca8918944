//! Git run for what it reads of its objects.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use super::{Refusal, Texts};
use crate::project::{FILE_LIMIT, Project};
use crate::release::errata::picture;
use crate::source::Files;

/// Variables by which whoever runs the program, such as a hook of git, says which repository is meant: that of the book is meant here.
const MEANT: [&str; 6] =
    ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_OBJECT_DIRECTORY", "GIT_NAMESPACE"];

/// Settings that count before those of a repository: nothing is fetched, and nothing else is run.
const SETTINGS: [&str; 3] = ["protocol.allow=never", "core.fsmonitor=false", "core.hooksPath=/dev/null"];

/// The folder of which files are compared.
const MANUSCRIPT: &str = "manuscript";

/// The checkout in which a book lies.
pub(super) struct Repository {
    root: PathBuf,
}

impl Repository {
    /// # Errors
    /// When there is no git, or no checkout.
    pub(super) fn of(root: &Path) -> Result<Self, Refusal> {
        let repository = Self { root: root.to_owned() };
        match repository.text(&["rev-parse", "--is-inside-work-tree"]) {
            Ok(inside) if inside.trim() == "true" => Ok(repository),
            Err(Refusal::NoGit) => Err(Refusal::NoGit),
            // A folder of another owner is refused by git, and it says what to do.
            Err(Refusal::Failed(why)) if why.contains("safe.directory") => Err(Refusal::Failed(why)),
            _ => Err(Refusal::NoCheckout),
        }
    }

    fn git(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new("git");
        command.arg("-C").arg(&self.root).args(["--no-pager", "--no-optional-locks", "--literal-pathspecs"]);
        command.args(SETTINGS.iter().flat_map(|setting| ["-c", setting])).args(arguments);
        for name in MEANT {
            command.env_remove(name);
        }
        command.env("GIT_NO_LAZY_FETCH", "1").env("GIT_TERMINAL_PROMPT", "0").env("LC_ALL", "C");
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    /// What git prints.
    pub(super) fn bytes(&self, arguments: &[&str]) -> Result<Vec<u8>, Refusal> {
        let output = self.git(arguments).output().map_err(|why| cannot_start(&why))?;
        if output.status.success() {
            return Ok(output.stdout);
        }
        let words = String::from_utf8_lossy(&output.stderr);
        Err(Refusal::Failed(words.lines().next().unwrap_or_default().to_owned()))
    }

    pub(super) fn text(&self, arguments: &[&str]) -> Result<String, Refusal> {
        Ok(String::from_utf8_lossy(&self.bytes(arguments)?).into_owned())
    }

    /// The name of the commit that a revision stands for.
    fn commit(&self, revision: &str) -> Result<String, Refusal> {
        let unknown = || Refusal::NoRevision(revision.to_owned());
        // What begins as an option does is none of git's names.
        if revision.is_empty() || revision.starts_with('-') || revision.contains(['\0', '\n']) {
            return Err(unknown());
        }
        let named = format!("{revision}^{{commit}}");
        let found = self.text(&["rev-parse", "--verify", "--quiet", "--end-of-options", &named]);
        let found = found.map_err(|_| unknown())?;
        let id = found.lines().next_back().unwrap_or_default().trim().to_owned();
        let good = id.len() >= 40 && id.bytes().all(|b| b.is_ascii_hexdigit());
        if good { Ok(id) } else { Err(unknown()) }
    }

    /// The files of the manuscript that differ from those of a revision, are new or are gone. How lines end does not matter: git may have
    /// changed that at checkout.
    pub(super) fn changed_since(&self, revision: &str) -> Result<BTreeSet<String>, Refusal> {
        let commit = self.commit(revision)?;
        let listed = self.bytes(&["ls-tree", "-r", "-z", &commit, "--", MANUSCRIPT])?;
        let then: BTreeMap<String, String> = listed.split(|byte| *byte == 0).filter_map(entry).collect();
        let project = Project::find(&self.root).map_err(|why| Refusal::Failed(why.to_string()))?;
        let now = project.snapshot();
        let below = |path: &&String| path.strip_prefix(MANUSCRIPT).is_some_and(|rest| rest.starts_with('/'));
        let now: BTreeSet<&String> = now.paths().filter(below).collect();
        let mut changed: BTreeSet<String> =
            now.iter().filter(|path| !then.contains_key(**path)).map(|path| (*path).clone()).collect();
        changed.extend(then.keys().filter(|path| !now.contains(path)).cloned());
        let both: Vec<(&String, &String)> = then.iter().filter(|(path, _)| now.contains(path)).collect();
        let names: Vec<&str> = both.iter().map(|(_, id)| id.as_str()).collect();
        self.objects(&names, &mut |number, before| {
            let path = both[number].0;
            let same = before.is_some_and(|before| project.read(path).is_ok_and(|now| lines(&now).eq(lines(&before))));
            if !same {
                changed.insert(path.clone());
            }
        })?;
        Ok(changed)
    }

    /// The commit that is checked out, and whether files of the manuscript differ from it.
    pub(super) fn checked_out(&self) -> Result<(String, bool), Refusal> {
        let modified = !self.changed_since("HEAD")?.is_empty();
        Ok((self.commit("HEAD")?, modified))
    }

    /// What the files of the manuscript that are text say in a revision, and the paths of the others, each with what tells it from another
    /// picture; without, where it is too large to be read.
    pub(super) fn texts(&self, revision: &str) -> Result<Texts, Refusal> {
        let commit = self.commit(revision)?;
        let listed = self.bytes(&["ls-tree", "-r", "-z", &commit, "--", MANUSCRIPT])?;
        let files: Vec<(String, String)> = listed.split(|byte| *byte == 0).filter_map(entry).collect();
        let names: Vec<&str> = files.iter().map(|(_, id)| id.as_str()).collect();
        let (mut texts, mut others) = (BTreeMap::new(), BTreeMap::new());
        self.objects(&names, &mut |number, content| {
            let path = files[number].0.clone();
            match content.map(String::from_utf8) {
                Some(Ok(text)) => drop(texts.insert(path, text)),
                Some(Err(other)) => drop(others.insert(path, Some(picture(other.as_bytes())))),
                None => drop(others.insert(path, None)),
            }
        })?;
        Ok((texts, others))
    }

    /// Shows the contents of objects by their names, one after the other; `None` for what is not there or too large.
    pub(super) fn objects(&self, names: &[&str], show: &mut dyn FnMut(usize, Option<Vec<u8>>)) -> Result<(), Refusal> {
        let mut command = self.git(&["cat-file", "--batch"]);
        command.stdin(Stdio::piped()).stderr(Stdio::null());
        let mut process = command.spawn().map_err(|why| cannot_start(&why))?;
        let (mut to, from) = process.stdin.take().zip(process.stdout.take()).expect("both are pipes");
        let asked: String = names.iter().map(|name| format!("{name}\n")).collect();
        // Written beside the reading: git answers before it has heard everything.
        let writer = std::thread::spawn(move || to.write_all(asked.as_bytes()));
        let mut from = BufReader::new(from);
        let told = (0..names.len()).try_for_each(|number| {
            show(number, object(&mut from)?);
            Ok(())
        });
        drop(from);
        let _ = process.wait();
        let _ = writer.join();
        told.map_err(|why: io::Error| Refusal::Failed(why.to_string()))
    }
}

/// The next object of `git cat-file --batch`.
fn object(from: &mut impl BufRead) -> io::Result<Option<Vec<u8>>> {
    let mut head = Vec::new();
    if from.read_until(b'\n', &mut head)? == 0 {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    let head = String::from_utf8_lossy(&head).into_owned();
    let length = match head.trim_end().rsplit(' ').collect::<Vec<_>>()[..] {
        [length, "blob", ..] => length.parse::<u64>().map_err(|_| io::Error::from(io::ErrorKind::InvalidData))?,
        _ => return Ok(None),
    };
    if length > FILE_LIMIT {
        io::copy(&mut from.take(length + 1), &mut io::sink())?;
        return Ok(None);
    }
    let mut content = Vec::new();
    from.take(length + 1).read_to_end(&mut content)?;
    content.pop();
    Ok(Some(content))
}

/// A file of `git ls-tree`: its path and the name of its content.
fn entry(line: &[u8]) -> Option<(String, String)> {
    let line = std::str::from_utf8(line).ok()?;
    let (about, path) = line.split_once('\t')?;
    let mut about = about.split(' ');
    let (_, "blob", id) = (about.next()?, about.next()?, about.next()?) else { return None };
    Some((path.to_owned(), id.to_owned()))
}

fn lines(bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    bytes.split(|byte| *byte == b'\n').map(|line| line.strip_suffix(b"\r").unwrap_or(line))
}

fn cannot_start(why: &io::Error) -> Refusal {
    match why.kind() {
        io::ErrorKind::NotFound => Refusal::NoGit,
        _ => Refusal::Failed(why.to_string()),
    }
}
