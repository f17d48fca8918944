//! What pandoc reads. It is run if it is there, and never brought along.
//!
//! Pandoc is a program of the user and runs with the user's rights, so this command is not confined as others are: a worker could start
//! nothing. What it is given is held small instead: a copy of the source in a folder of its own, `--sandbox` (it opens no other file and
//! no connection), nothing to ask, and limits on time, on memory and on what it writes. Files that the source includes, and its pictures, are read here, and
//! only from the folder of the source.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use super::programs;
use super::reader::Texts;
use crate::cli::args::import::Import;
use crate::diagnostic::Severity;
use crate::error::Error;
use crate::import::pandoc::{self, Converted, Form, Sourced};
use crate::import::{Entry, Imported, Kind, Picture, Report};
use crate::message::Message;

/// How long it may take for one file.
const TIME: Duration = Duration::from_secs(120);
/// How many MiB of memory it may take: macros that call each other without end would take all that there is.
const MEMORY: u32 = 3072;
/// Most bytes of a file that a source includes or shows.
const MAX_FILE: u64 = 64 << 20;
/// How many places of a file may be such that pandoc cannot read them.
const FAULTS: usize = 120;

fn form(path: &Path) -> Option<Form> {
    let form = path.extension().and_then(|ending| pandoc::form_of(&ending.to_string_lossy()))?;
    // Much that is no book is XML.
    (form.ending != "xml" || pandoc::is_docbook(&head(path))).then_some(form)
}

/// How a file begins.
fn head(path: &Path) -> String {
    let mut head = Vec::new();
    let read = File::open(path).and_then(|file| file.take(4096).read_to_end(&mut head));
    read.map_or(String::new(), |_| String::from_utf8_lossy(&head).into_owned())
}

pub(super) fn takes(path: &Path) -> bool {
    form(path).is_some() && !path.is_dir()
}

/// A book of what pandoc reads, with the works that it cites.
pub(super) fn read_book(args: &Import, date: &str) -> Result<Imported, Error> {
    let (mut imported, _) = super::texts(args, read, date)?;
    for path in &args.sources {
        let Ok(text) = std::fs::read_to_string(path) else { continue };
        let Some(folder) = folder(path) else { continue };
        cited(&mut imported, &folder, &bibliographies(&text), &super::name(path));
    }
    Ok(imported)
}

/// Puts the works of bibliographies into a book.
pub(super) fn cited(imported: &mut Imported, folder: &Path, names: &[String], file: &str) {
    for name in names {
        match inside(folder, name) {
            Some(bytes) => {
                let all = imported.files.entry("manuscript/references.bib".to_owned()).or_default();
                all.extend(bytes);
                all.push(b'\n');
            }
            None => {
                let message = msg!("the bibliography {name} is not in the folder of the source", name);
                tell(&mut imported.report.entries, Kind::Dropped, Severity::Warning, (file, ""), message, "");
            }
        }
    }
}

fn tell(
    entries: &mut Vec<Entry>,
    kind: Kind,
    severity: Severity,
    (file, at): (&str, &str),
    message: Message,
    lost: &str,
) {
    let (file, at, lost) = (file.to_owned(), at.to_owned(), lost.to_owned());
    entries.push(Entry { kind, severity, file, at, message, lost });
}

fn read(path: &Path, bytes: &[u8], _args: &Import) -> Result<Texts, Error> {
    let form = form(path).ok_or_else(|| Error::Usage(msg!("{file} cannot be read", file = path)))?;
    let folder = folder(path).unwrap_or_default();
    let name = super::name(path);
    let files = BTreeSet::new();
    let source = Source { form, bytes, name: &name, folder: &folder, path, files: &files, results: None };
    let (converted, report) = source.read()?;
    Ok(Texts { documents: vec![converted.document], report, styles: None })
}

/// A text that pandoc reads.
pub(super) struct Source<'a> {
    pub(super) form: Form,
    pub(super) bytes: &'a [u8],
    /// Its path from the folder of the manuscript.
    pub(super) name: &'a str,
    /// The folder of the manuscript, outside of which nothing is read.
    pub(super) folder: &'a Path,
    /// The file.
    pub(super) path: &'a Path,
    /// The other files of a book, by their paths from its folder.
    pub(super) files: &'a BTreeSet<String>,
    /// How the names of pictures begin that running code has made, and the folder in which they are.
    pub(super) results: Option<(String, String)>,
}

impl Source<'_> {
    /// What it says, and what is not as it was.
    pub(super) fn read(&self) -> Result<(Converted, Report), Error> {
        let mut include = |name: &str| inside(self.folder, name).and_then(text);
        let mut sourced = pandoc::sourced(self.form, self.bytes, self.name, &mut include);
        let made = tempfile::tempdir().map_err(|source| Error::Write { path: std::env::temp_dir(), source })?;
        let (json, log) = self.run_until_read(&mut sourced, made.path())?;
        let mut converted =
            pandoc::read(&json, &log, &sourced, self.files).map_err(|why| super::unreadable(self.path, why))?;
        let mut report = sourced.report();
        report.entries.append(&mut converted.report.entries);
        for name in &converted.pictures {
            match self.picture(name, made.path(), &sourced) {
                Some(bytes) => converted.document.pictures.push(Picture { name: name.clone(), bytes }),
                None => {
                    let message = msg!("the picture {name} is not in the folder of the source", name);
                    tell(&mut report.entries, Kind::Dropped, Severity::Warning, (self.name, ""), message, "");
                }
            }
        }
        let mut said = converted.document.said();
        report.entries.iter().for_each(|entry| said.push_str(&entry.lost));
        for (at, words) in pandoc::unsaid(&sourced, &said) {
            let message = msg!(
                "these words of the source are not in the book, as far as can be seen: {words}",
                words = words.as_str()
            );
            tell(&mut report.entries, Kind::Dropped, Severity::Warning, (self.name, &at), message, &words);
        }
        Ok((converted, report))
    }

    /// Runs pandoc until it reads the source. A place that it cannot read is shown as code.
    fn run_until_read(&self, sourced: &mut Sourced, folder: &Path) -> Result<(Vec<u8>, String), Error> {
        new_enough(self.path)?;
        let mut faults = 0;
        loop {
            match run(self.form, &sourced.bytes(), folder, self.path)? {
                Ran::Read(json, log) => return Ok((json, log)),
                Ran::Failed(log) if faults < FAULTS && sourced.mend(&log) => faults += 1,
                Ran::Failed(log) => {
                    let lines = log.lines().filter(|line| !line.starts_with("[INFO]"));
                    let reason = lines.collect::<Vec<_>>().join(" ");
                    let place = sourced.place_in(&log);
                    return Err(Error::Usage(match place.is_empty() {
                        true => msg!("pandoc cannot read {file}: {reason}", file = self.path, reason),
                        false => {
                            msg!(
                                "pandoc cannot read {file}: at {place}: {reason}; mend that place or take it out of the source, and import it again",
                                file = self.path,
                                place,
                                reason
                            )
                        }
                    }));
                }
            }
        }
    }

    /// A picture that pandoc took out of the source, or one in its folder. LaTeX may leave the ending out.
    fn picture(&self, name: &str, made: &Path, sourced: &Sourced) -> Option<Vec<u8>> {
        let taken_out = inside(made, name).or_else(|| inside(made, name.strip_prefix("./")?));
        let endings = ["", ".svg", ".pdf", ".png", ".jpg", ".jpeg", ".gif", ".webp", ".PNG", ".JPG", ".emf", ".wmf"];
        let name = pandoc::percent_decoded(name);
        let name = name.as_str();
        let own = Path::new(self.name).parent().unwrap_or(Path::new(""));
        let mut places = vec![own.join(name), PathBuf::from(name.trim_start_matches('/'))];
        places.extend(sourced.picture_folders().iter().map(|folder| Path::new(folder).join(name)));
        if let Some((begin, folder)) = &self.results {
            places.extend(name.strip_prefix(begin.as_str()).map(|rest| Path::new(folder).join(rest)));
        }
        let place = |path: &PathBuf| {
            endings.iter().find_map(|ending| inside(self.folder, &format!("{}{ending}", path.display())))
        };
        taken_out.or_else(|| places.iter().find_map(place))
    }
}

/// The folder of a file.
fn folder(path: &Path) -> Option<PathBuf> {
    path.canonicalize().ok()?.parent().map(Path::to_owned)
}

/// The text of a file that is included, in whatever encoding it is known to be.
fn text(bytes: Vec<u8>) -> Option<String> {
    let (text, foreign) = crate::manuscript::decoded(bytes);
    foreign.is_none_or(|foreign| foreign.encoding.is_some()).then_some(text)
}

/// A file in a folder, or below it.
pub(super) fn inside(folder: &Path, name: &str) -> Option<Vec<u8>> {
    let folder = folder.canonicalize().ok()?;
    let path = folder.join(name).canonicalize().ok()?;
    let is_small = std::fs::metadata(&path).is_ok_and(|about| about.is_file() && about.len() <= MAX_FILE);
    if path.starts_with(&folder) && is_small { std::fs::read(path).ok() } else { None }
}

/// The bibliographies that a source names.
fn bibliographies(text: &str) -> Vec<String> {
    let mut names = Vec::new();
    let mut is_list = false;
    for line in text.lines() {
        let line = line.split('%').next().unwrap_or_default().trim();
        let braced = |command: &str| Some(line.split_once(command)?.1.split_once('}')?.0);
        let latex = braced("\\bibliography{").or_else(|| braced("\\addbibresource{"));
        let listed = line.strip_prefix("- ").filter(|_| is_list);
        let header = line.strip_prefix("bibliography:").map(|rest| rest.trim_matches([' ', '[', ']', '"', '\'']));
        is_list = header == Some("") || listed.is_some();
        for name in latex.or(header).or(listed).into_iter().flat_map(|names| names.split(',')) {
            let name = name.trim().trim_matches(['"', '\'']);
            let ending = if name.ends_with(".bib") { "" } else { ".bib" };
            if !name.is_empty() {
                names.push(format!("{name}{ending}"));
            }
        }
    }
    names
}

/// How pandoc ended.
enum Ran {
    /// Its JSON, and what it said.
    Read(Vec<u8>, String),
    /// What it said.
    Failed(String),
}

/// Runs pandoc.
fn run(form: Form, source: &[u8], folder: &Path, path: &Path) -> Result<Ran, Error> {
    let in_folder = |name: &str| folder.join(name);
    let failed = |source| Error::Write { path: folder.to_owned(), source };
    let name = PathBuf::from("source").with_extension(form.ending);
    std::fs::write(folder.join(&name), source).map_err(failed)?;
    let out = File::create(in_folder("out.json")).map_err(failed)?;
    let log = File::create(in_folder("log")).map_err(failed)?;
    let mut command = Command::new("pandoc");
    command.args(["+RTS", &format!("-M{MEMORY}m"), "-RTS"]);
    command.current_dir(folder).args(["--from", form.reader, "--to", "json", "--sandbox", "--verbose"]);
    command.args(["--track-changes=all", "--extract-media=media"]).arg(&name);
    command.stdout(Stdio::from(out)).stderr(Stdio::from(log));
    let is_done = programs::run(&mut command, TIME).map_err(|_| absent(path))?;
    let log = std::fs::read(in_folder("log")).unwrap_or_default();
    let log = String::from_utf8_lossy(&log).into_owned();
    match is_done {
        Some(true) => {
            let json = std::fs::read(in_folder("out.json"));
            Ok(Ran::Read(json.map_err(|source| Error::Read { path: path.to_owned(), source })?, log))
        }
        Some(false) if log.contains("Heap exhausted") => Err(Error::Environment(msg!(
            "pandoc takes more than {limit} MiB of memory for {file}: its macros may call each other without end, or it is to be divided by chapters",
            limit = MEMORY,
            file = path
        ))),
        Some(false) => Ok(Ran::Failed(log)),
        None => {
            let seconds = TIME.as_secs();
            Err(Error::Environment(msg!(
                "pandoc did not end within {seconds} seconds with {file}",
                seconds,
                file = path
            )))
        }
    }
}

fn absent(path: &Path) -> Error {
    Error::Environment(msg!(
        "{file} is read with pandoc 3.0 or later, which is not installed: {how}",
        file = path,
        how = programs::getting_pandoc()
    ))
}

/// Whether pandoc is there, and new enough.
fn new_enough(path: &Path) -> Result<(), Error> {
    let version = programs::pandoc_version().ok_or_else(|| absent(path))?;
    if programs::is_new_enough(&version) {
        return Ok(());
    }
    Err(Error::Environment(msg!(
        "{file} is read with pandoc 3.0 or later, and this is {version}: {how}",
        file = path,
        version,
        how = programs::getting_pandoc()
    )))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bibliographies_are_named_in_latex_and_in_headers() {
        let text = "\\bibliography{a,b} % \\bibliography{c}\n\\addbibresource{d.bib}\nbibliography: [e.bib, \"f\"]\nbibliography:\n  - g.bib\ncsl: h\n";
        assert_eq!(bibliographies(text), ["a.bib", "b.bib", "d.bib", "e.bib", "f.bib", "g.bib"]);
    }

    #[test]
    #[expect(clippy::print_stderr, reason = "a test that looks at nothing must say so")]
    fn latex_is_read_by_a_pandoc_that_is_installed() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("a.tex");
        if new_enough(&path).is_err() {
            eprintln!("SKIPPED: pandoc 3.0 or later is not installed");
            return;
        }
        let source = "\\documentclass{book}\\begin{document}\\newacronym{l}{the lamp}{x}\\chapter{Oil}A\\footnote{Said} \\lost{words} \\input{b}\n\
                      \\begin{figure}\n\\caption[s]{a\\begin{itemize}\\item x\\end{itemize}}\n\\end{figure}\n\nAfter. \\gls{l}\n\\end{document}";
        std::fs::write(folder.path().join("b.tex"), "Included.").expect("a file");
        let form = form(&path).expect("it is known");
        let files = BTreeSet::new();
        let (bytes, folder) = (source.as_bytes(), folder.path());
        let source = Source { form, bytes, name: "a.tex", folder, path: &path, files: &files, results: None };
        let (converted, report) = source.read().expect("pandoc runs");
        let text = converted.document.plain();
        assert!(["Oil", "Said", "Included.", "the lamp"].iter().all(|word| text.contains(word)), "{text}");
        assert!(report.entries.iter().any(|entry| entry.lost == "\\lost{words}"), "{report:?}");
        let told = report.entries.iter().find(|entry| entry.at == "3").map(|entry| entry.severity);
        assert_eq!(told, Some(Severity::Error), "the place that pandoc cannot read: {report:?}");
        assert!(text.contains("\\caption[s]{a") && text.contains("After."), "{text}");
    }

    #[test]
    fn files_outside_the_folder_are_not_read() {
        let folder = tempfile::tempdir().expect("a folder");
        std::fs::create_dir(folder.path().join("in")).expect("a folder");
        std::fs::write(folder.path().join("secret"), "x").expect("a file");
        std::fs::write(folder.path().join("in/own"), "y").expect("a file");
        let inner = folder.path().join("in");
        assert_eq!(inside(&inner, "own").as_deref(), Some(b"y".as_slice()));
        assert_eq!(inside(&inner, "../secret"), None);
    }
}
