//! Pictures of Windows, EMF and WMF, as the charts and formulas of Word are, and figures in PDF, as LaTeX has them. They become SVG where a
//! program is installed that can do it.

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use super::programs::{self, on_path};
use crate::diagnostic::Severity;
use crate::error::Error;
use crate::import::{Document, Entry, Kind, Report, vectors};
use crate::message::Message;

/// How long a program may take for some pictures, and how many it is given at once.
const TIME: Duration = Duration::from_secs(120);
const AT_ONCE: usize = 50;

/// Most bytes of a picture that was made.
const MAX_MADE: u64 = 64 << 20;

/// A program that makes SVG of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Program {
    LibreOffice,
    Poppler,
    Inkscape,
}

/// The programs: their commands, their names, and what they read.
const ALL: [(Program, &str, &str, &[&str]); 3] = [
    (Program::LibreOffice, "soffice", "LibreOffice", &["emf", "wmf"]),
    (Program::Poppler, "pdftocairo", "poppler", &["pdf"]),
    (Program::Inkscape, "inkscape", "Inkscape", &["emf", "wmf", "pdf"]),
];

/// The programs that are there and read pictures of a form: the name of the command and that of the program.
pub(in crate::cli) fn converters(form: &str) -> impl Iterator<Item = (&'static str, &'static str)> {
    ALL.into_iter()
        .filter(move |(_, command, _, reads)| reads.contains(&form) && on_path(command).is_some())
        .map(|(_, command, name, _)| (command, name))
}

/// Whether a file has such pictures and a program is there that makes others of them.
pub(super) fn wants_a_program(path: &Path) -> bool {
    let bytes = super::bytes(path).unwrap_or_default();
    // The list of an archive has the names as they are.
    vectors::are_named(&bytes) && converters("emf").next().is_some()
}

/// Makes SVG of the pictures of a document that are in these forms; those of which none can be made stay, and it is told why.
pub(super) fn convert(document: &mut Document, file: &str, report: &mut Report) -> Result<(), Error> {
    let of_form = |bytes: &[u8]| vectors::ending(bytes).is_some();
    let all: Vec<usize> = (0..document.pictures.len()).filter(|at| of_form(&document.pictures[*at].bytes)).collect();
    if all.is_empty() {
        return Ok(());
    }
    let mut left = all;
    for (program, command, name, reads) in ALL {
        let fits =
            |at: &usize| vectors::ending(&document.pictures[*at].bytes).is_some_and(|form| reads.contains(&form));
        let (mut others, mut mine): (Vec<usize>, Vec<usize>) = (Vec::new(), Vec::new());
        left.iter().for_each(|at| if fits(at) { mine.push(*at) } else { others.push(*at) });
        if mine.is_empty() || on_path(command).is_none() {
            continue;
        }
        for some in mine.chunks(AT_ONCE) {
            let sources: Vec<&[u8]> = some.iter().map(|at| document.pictures[*at].bytes.as_slice()).collect();
            let made = made(program, command, &sources)?;
            for (at, svg) in some.iter().zip(made) {
                let Some(svg) = svg else {
                    others.push(*at);
                    continue;
                };
                let picture = &mut document.pictures[*at];
                let form = vectors::ending(&picture.bytes).unwrap_or_default().to_uppercase();
                let message =
                    msg!("this {form} picture is an SVG now, made by {program}: compare the two", form, program = name);
                told(report, (Kind::Changed, Severity::Info), (file, &picture.name), message);
                picture.bytes = svg;
            }
        }
        left = others;
    }
    left.sort_unstable();
    for form in ["emf", "wmf", "pdf"] {
        let of_form = |at: &&usize| vectors::ending(&document.pictures[**at].bytes) == Some(form);
        if let Some(first) = left.iter().find(of_form) {
            told(report, (Kind::Changed, Severity::Warning), (file, &document.pictures[*first].name), not_made(form));
        }
    }
    Ok(())
}

/// Why pictures of a form are none that a book shows.
fn not_made(form: &str) -> Message {
    let form_name = form.to_uppercase();
    match converters(form).next() {
        None if form == "pdf" => {
            msg!(
                "figures in PDF are made SVG by poppler (`pdftocairo`) or Inkscape, of which neither is installed: install one, and import again"
            )
        }
        None => msg!(
            "{form} pictures are made SVG by LibreOffice (with Draw) or Inkscape, of which neither is installed: install one, and import again",
            form = form_name
        ),
        Some((_, program)) => msg!("{program} makes nothing of this {form} picture", program, form = form_name),
    }
}

fn told(report: &mut Report, (kind, severity): (Kind, Severity), (file, at): (&str, &str), message: Message) {
    let (file, at, lost) = (file.to_owned(), at.to_owned(), String::new());
    report.entries.push(Entry { kind, severity, file, at, message, lost });
}

/// What a program makes of pictures, each in its place.
fn made(program: Program, command: &str, sources: &[&[u8]]) -> Result<Vec<Option<Vec<u8>>>, Error> {
    let folder = tempfile::tempdir().map_err(|source| Error::Write { path: std::env::temp_dir(), source })?;
    let mut names = Vec::new();
    for (at, bytes) in sources.iter().enumerate() {
        let name = format!("{at}.{}", vectors::ending(bytes).unwrap_or("emf"));
        let path = folder.path().join(&name);
        std::fs::write(&path, bytes).map_err(|source| Error::Write { path, source })?;
        names.push(name);
    }
    let start = || {
        let mut command = Command::new(command);
        command.current_dir(folder.path()).stdout(Stdio::null()).stderr(Stdio::null());
        command
    };
    let mut command = start();
    match program {
        Program::LibreOffice => {
            // A profile of its own: another LibreOffice that runs is left alone, and no setting of the user matters.
            let profile = format!("-env:UserInstallation=file://{}/profile", folder.path().display());
            command.args([&profile, "--headless", "--norestore", "--convert-to", "svg", "--outdir", "."]).args(&names);
        }
        Program::Poppler => {
            for (at, name) in names.iter().enumerate().skip(1) {
                let mut command = start();
                command.args(["-svg", "-f", "1", "-l", "1", name, &format!("{at}.svg")]);
                let _ = programs::run(&mut command, TIME);
            }
            command.args(["-svg", "-f", "1", "-l", "1", "0.pdf", "0.svg"]);
        }
        Program::Inkscape => {
            let svg = ["--export-type=svg", "--export-plain-svg", "--export-area-drawing", "--export-text-to-path"];
            command.env("HOME", folder.path()).args(svg).args(&names);
        }
    }
    // What cannot be run makes nothing.
    let _ = programs::run(&mut command, TIME);
    Ok((0..sources.len()).map(|at| svg(&folder.path().join(format!("{at}.svg")))).collect())
}

/// A picture that was made, cut to what is drawn, if it is one that a book can show.
fn svg(path: &Path) -> Option<Vec<u8>> {
    let is_small = std::fs::metadata(path).is_ok_and(|about| about.is_file() && about.len() <= MAX_MADE);
    let text = is_small.then(|| std::fs::read_to_string(path).ok())??;
    vectors::shown(&vectors::cut(&text)).then(|| vectors::cut(&text).into_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::Picture;

    #[test]
    fn a_picture_in_neither_form_is_left_alone() {
        let picture = Picture { name: "a.png".to_owned(), bytes: b"\x89PNG".to_vec() };
        let mut document = Document { pictures: vec![picture.clone()], ..Document::default() };
        let mut report = Report::default();
        convert(&mut document, "a.docx", &mut report).expect("nothing is run");
        assert_eq!(document.pictures, [picture]);
        assert!(report.entries.is_empty());
    }

    #[test]
    #[expect(clippy::print_stderr, reason = "a test that looks at nothing must say so")]
    fn a_metafile_is_drawn_where_a_program_is_there_and_told_where_none_is() {
        let picture = Picture { name: "a.wmf".to_owned(), bytes: vectors::sample() };
        let mut document = Document { pictures: vec![picture], ..Document::default() };
        let mut report = Report::default();
        convert(&mut document, "a.docx", &mut report).expect("a folder");
        assert_eq!(report.entries.len(), 1, "{report:?}");
        if converters("wmf").next().is_none() {
            eprintln!("SKIPPED: neither LibreOffice nor Inkscape is installed");
            assert_eq!(report.entries[0].severity, Severity::Warning);
        } else if report.entries[0].severity == Severity::Warning {
            eprintln!("SKIPPED: the LibreOffice that is installed cannot draw");
        } else {
            let svg = String::from_utf8_lossy(&document.pictures[0].bytes).into_owned();
            assert!(svg.contains("<svg") && !svg.contains("viewBox=\"0 0 21000"), "{svg}");
        }
    }
}
