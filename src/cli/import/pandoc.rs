//! What pandoc reads. It is run if it is there, and never brought along.
//!
//! Pandoc is a program of the user and runs with the user's rights, so this command is not confined as others are: a worker could start
//! nothing. What it is given is held small instead: a copy of the source in a folder of its own, `--sandbox` (it opens no other file and
//! no connection), nothing to ask, and limits on time and on what it writes. Files that the source includes, and its pictures, are read here, and
//! only from the folder of the source.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use super::reader::Texts;
use crate::cli::args::import::Import;
use crate::diagnostic::Severity;
use crate::error::Error;
use crate::import::pandoc::{self, Form};
use crate::import::{Entry, Imported, Kind, Picture};
use crate::message::Message;

/// How long it may take for one file.
const TIME: Duration = Duration::from_secs(120);
/// Most bytes of a file that a source includes or shows.
const MAX_FILE: u64 = 64 << 20;

fn form(path: &Path) -> Option<Form> {
    path.extension().and_then(|ending| pandoc::form_of(&ending.to_string_lossy()))
}

pub(super) fn takes(path: &Path) -> bool {
    form(path).is_some() && !path.is_dir()
}

/// A book of what pandoc reads, with the works that it cites.
pub(super) fn read_book(args: &Import, date: &str) -> Result<Imported, Error> {
    let (mut imported, _) = super::texts(args, read, date)?;
    for path in &args.sources {
        let Ok(text) = std::fs::read_to_string(path) else { continue };
        for name in bibliographies(&text) {
            let file = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
            match beside(path, &name) {
                Some(bytes) => {
                    let all = imported.files.entry("manuscript/references.bib".to_owned()).or_default();
                    all.extend(bytes);
                    all.push(b'\n');
                }
                None => {
                    let message = msg!("the bibliography {name} is not in the folder of the source", name);
                    tell(&mut imported.report.entries, Kind::Dropped, Severity::Warning, &file, message);
                }
            }
        }
    }
    Ok(imported)
}

fn tell(entries: &mut Vec<Entry>, kind: Kind, severity: Severity, file: &str, message: Message) {
    let (at, lost) = (String::new(), String::new());
    entries.push(Entry { kind, severity, file: file.to_owned(), at, message, lost });
}

fn read(path: &Path, bytes: &[u8], _args: &Import) -> Result<Texts, Error> {
    let form = form(path).ok_or_else(|| Error::Usage(msg!("{file} cannot be read", file = path)))?;
    let file = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let mut include = |name: &str| beside(path, name).and_then(|bytes| String::from_utf8(bytes).ok());
    let sourced = pandoc::sourced(form, bytes, &file, &mut include);
    let folder = tempfile::tempdir().map_err(|source| Error::Write { path: std::env::temp_dir(), source })?;
    let (json, log) = run(form, &sourced.bytes, folder.path(), path)?;
    let mut converted = pandoc::read(&json, &log, &file).map_err(|why| super::unreadable(path, why))?;
    let mut report = sourced.report;
    report.entries.append(&mut converted.report.entries);
    for name in &converted.pictures {
        match picture(name, folder.path(), path) {
            Some(bytes) => converted.document.pictures.push(Picture { name: name.clone(), bytes }),
            None => {
                let message = msg!("the picture {name} is not in the folder of the source", name);
                tell(&mut report.entries, Kind::Dropped, Severity::Warning, &file, message);
            }
        }
    }
    Ok(Texts { documents: vec![converted.document], report, styles: None })
}

/// A file in the folder of the source, or below it.
fn beside(source: &Path, name: &str) -> Option<Vec<u8>> {
    let folder = source.canonicalize().ok()?.parent()?.to_owned();
    inside(&folder, name)
}

fn inside(folder: &Path, name: &str) -> Option<Vec<u8>> {
    let folder = folder.canonicalize().ok()?;
    let path = folder.join(name).canonicalize().ok()?;
    let is_small = std::fs::metadata(&path).is_ok_and(|about| about.is_file() && about.len() <= MAX_FILE);
    if path.starts_with(&folder) && is_small { std::fs::read(path).ok() } else { None }
}

/// A picture that pandoc took out of the source, or one beside it. LaTeX may leave the ending out.
fn picture(name: &str, made: &Path, source: &Path) -> Option<Vec<u8>> {
    let taken_out = inside(made, name).or_else(|| inside(made, name.strip_prefix("./")?));
    let endings = ["", ".png", ".jpg", ".jpeg", ".svg", ".gif", ".webp"];
    taken_out.or_else(|| endings.iter().find_map(|ending| beside(source, &format!("{name}{ending}"))))
}

/// The bibliographies that a source names.
fn bibliographies(text: &str) -> Vec<String> {
    let mut names = Vec::new();
    for line in text.lines() {
        let line = line.split('%').next().unwrap_or_default().trim();
        let braced = |command: &str| Some(line.split_once(command)?.1.split_once('}')?.0);
        let latex = braced("\\bibliography{").or_else(|| braced("\\addbibresource{"));
        let header = line.strip_prefix("bibliography:").map(|rest| rest.trim_matches([' ', '[', ']', '"', '\'']));
        for name in latex.or(header).into_iter().flat_map(|names| names.split(',')) {
            let name = name.trim().trim_matches(['"', '\'']);
            let ending = if name.ends_with(".bib") { "" } else { ".bib" };
            if !name.is_empty() {
                names.push(format!("{name}{ending}"));
            }
        }
    }
    names
}

/// Runs pandoc: its JSON, and what it said.
fn run(form: Form, source: &[u8], folder: &Path, path: &Path) -> Result<(Vec<u8>, String), Error> {
    new_enough(path)?;
    let in_folder = |name: &str| folder.join(name);
    let failed = |source| Error::Write { path: folder.to_owned(), source };
    let name = PathBuf::from("source").with_extension(form.ending);
    std::fs::write(folder.join(&name), source).map_err(failed)?;
    let out = File::create(in_folder("out.json")).map_err(failed)?;
    let log = File::create(in_folder("log")).map_err(failed)?;
    let mut command = Command::new("pandoc");
    command.current_dir(folder).args(["--from", form.reader, "--to", "json", "--sandbox", "--verbose"]);
    command.args(["--track-changes=all", "--extract-media=media"]).arg(&name);
    command.stdin(Stdio::null()).stdout(out).stderr(log);
    let mut child = command.spawn().map_err(|_| absent(path))?;
    limit(&child);
    let is_done = waited(&mut child).map_err(|source| Error::Read { path: path.to_owned(), source })?;
    let log = std::fs::read(in_folder("log")).unwrap_or_default();
    let log = String::from_utf8_lossy(&log).into_owned();
    match is_done {
        Some(true) => {
            let json = std::fs::read(in_folder("out.json"));
            Ok((json.map_err(|source| Error::Read { path: path.to_owned(), source })?, log))
        }
        Some(false) => {
            let reason = log.lines().filter(|line| !line.starts_with("[INFO]")).collect::<Vec<_>>().join(" ");
            Err(Error::Usage(msg!("pandoc cannot read {file}: {reason}", file = path, reason)))
        }
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

/// Waits until it ends: whether all went well, `None` if it took too long and was stopped.
fn waited(child: &mut Child) -> std::io::Result<Option<bool>> {
    let begun = Instant::now();
    loop {
        if let Some(status) = child.try_wait()? {
            return Ok(Some(status.success()));
        }
        if begun.elapsed() > TIME {
            child.kill()?;
            child.wait()?;
            return Ok(None);
        }
        std::thread::sleep(Duration::from_millis(10));
    }
}

/// Takes rights from it that it does not need.
#[cfg(target_os = "linux")]
fn limit(child: &Child) {
    use rustix::process::{Pid, Resource, Rlimit, prlimit};
    let most = |limit| Rlimit { current: Some(limit), maximum: Some(limit) };
    for (resource, limit) in [(Resource::Fsize, 512 << 20), (Resource::Data, 4 << 30), (Resource::Core, 0)] {
        // A limit of the system that is lower stays.
        let _ = prlimit(Some(Pid::from_child(child)), resource, most(limit));
    }
}

#[cfg(not(target_os = "linux"))]
fn limit(_: &Child) {}

fn absent(path: &Path) -> Error {
    let command = match std::env::consts::OS {
        "macos" => "brew install pandoc",
        "windows" => "winget install --source winget --exact --id JohnMacFarlane.Pandoc",
        _ => "sudo apt install pandoc",
    };
    Error::Environment(msg!(
        "{file} is read with pandoc 3.0 or later, which is not installed; install it from https://pandoc.org/installing.html or with `{command}`, so that `pandoc --version` runs",
        file = path,
        command
    ))
}

/// Whether pandoc is there, and new enough.
fn new_enough(path: &Path) -> Result<(), Error> {
    let asked = Command::new("pandoc").arg("--version").stdin(Stdio::null()).stderr(Stdio::null()).output();
    let said = asked.map_err(|_| absent(path))?.stdout;
    let said = String::from_utf8_lossy(&said);
    let version = said.lines().next().and_then(|line| line.split_whitespace().last()).unwrap_or_default().to_owned();
    let major = version.split('.').next().and_then(|major| major.parse::<u32>().ok());
    if major.is_some_and(|major| major >= 3) {
        return Ok(());
    }
    Err(Error::Environment(msg!(
        "{file} is read with pandoc 3.0 or later, and this is {version}; install a newer one from https://pandoc.org/installing.html",
        file = path,
        version
    )))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bibliographies_are_named_in_latex_and_in_headers() {
        let text = "\\bibliography{a,b} % \\bibliography{c}\n\\addbibresource{d.bib}\nbibliography: [e.bib, \"f\"]\n";
        assert_eq!(bibliographies(text), ["a.bib", "b.bib", "d.bib", "e.bib", "f.bib"]);
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
        let source = "\\documentclass{book}\\begin{document}\\chapter{Oil}A\\footnote{Said} \\lost{words} \\input{b}\\end{document}";
        std::fs::write(folder.path().join("b.tex"), "Included.").expect("a file");
        let form = form(&path).expect("it is known");
        let mut include = |name: &str| inside(folder.path(), name).and_then(|bytes| String::from_utf8(bytes).ok());
        let sourced = pandoc::sourced(form, source.as_bytes(), "a.tex", &mut include);
        let (json, log) = run(form, &sourced.bytes, folder.path(), &path).expect("pandoc runs");
        let converted = pandoc::read(&json, &log, "a.tex").expect("it is JSON of pandoc");
        let text = converted.document.plain();
        assert!(["Oil", "Said", "Included."].iter().all(|word| text.contains(word)), "{text}");
        assert!(converted.report.entries.iter().any(|entry| entry.lost == "\\lost{words}"), "{:?}", converted.report);
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
