//! Sources before pandoc sees them: files that include others are put together here, because pandoc runs without access to files. Every
//! line knows the file that it comes from.

mod chunks;
mod docbook;
mod encoding;
mod faults;
mod glossary;
mod html;
mod include;
mod latex;
mod rtf;
mod typst;

use super::super::report::{Kind, Report};
use super::super::tally::Tally;
use crate::diagnostic::Severity;
pub(super) use encoding::declared;
pub(super) use faults::line_of;
pub(super) use glossary::{Glossary, uncommented};
use include::Include;

/// A form that pandoc reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Form {
    /// The ending of its files.
    pub ending: &'static str,
    /// What pandoc is told that it is.
    pub reader: &'static str,
    /// How a file of it includes another one.
    include: Include,
}

/// The forms, by their endings.
const FORMS: [Form; 21] = [
    form("adoc", "asciidoc", Include::Asciidoc),
    form("asciidoc", "asciidoc", Include::Asciidoc),
    form("asc", "asciidoc", Include::Asciidoc),
    form("tex", "latex", Include::Latex),
    form("latex", "latex", Include::Latex),
    form("ltx", "latex", Include::Latex),
    form("qmd", "markdown+east_asian_line_breaks", Include::Between("{{< include ", ">}}")),
    form("rmd", "markdown+east_asian_line_breaks", Include::Between("{{< include ", ">}}")),
    form("odt", "odt", Include::Never),
    form("html", "html", Include::Never),
    form("htm", "html", Include::Never),
    form("xhtml", "html", Include::Never),
    form("rtf", "rtf", Include::Never),
    form("dbk", "docbook", Include::Docbook),
    form("docbook", "docbook", Include::Docbook),
    form("xml", "docbook", Include::Docbook),
    form("org", "org", Include::Between("#+INCLUDE: \"", "\"")),
    form("rst", "rst", Include::Between(".. include:: ", "")),
    form("typ", "typst", Include::Typst),
    form("fb2", "fb2", Include::Never),
    form("ipynb", "ipynb", Include::Never),
];

const fn form(ending: &'static str, reader: &'static str, include: Include) -> Form {
    Form { ending, reader, include }
}

/// The form of a file by its ending, in small letters or capitals.
pub fn form_of(ending: &str) -> Option<Form> {
    let ending = ending.to_ascii_lowercase();
    FORMS.iter().find(|form| form.ending == ending).copied()
}

impl Form {
    pub(super) fn is_latex(self) -> bool {
        self.reader == "latex"
    }

    pub(super) fn is_markdown(self) -> bool {
        self.reader.starts_with("markdown")
    }
}

/// A line, and where it is from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Line {
    pub(super) text: String,
    /// The number of its file among those of the source.
    file: usize,
    /// Its number in that file.
    at: usize,
}

/// A source that is put together.
#[derive(Debug)]
pub struct Sourced {
    pub(super) form: Form,
    /// The bytes of what is no text.
    pub(super) raw: Option<Vec<u8>>,
    pub(super) lines: Vec<Line>,
    /// The files that it is made of, the one that was named first.
    files: Vec<String>,
    /// What terms stand for, in LaTeX.
    pub(super) glossary: Glossary,
    tally: Tally,
    /// The lines that were made code last, with those behind them that could not be read either.
    mended: Option<(usize, usize)>,
}

/// Puts a source together. `read` gives a file by its path from the folder of the source, if it is there and in that folder.
pub fn sourced(form: Form, bytes: &[u8], file: &str, read: &mut dyn FnMut(&str) -> Option<String>) -> Sourced {
    let (files, mut tally) = (vec![file.to_owned()], Tally::default());
    let (bytes, told) = encoding::in_utf8(form, bytes);
    if let Some((kind, severity, message)) = told {
        tally.tell(kind, severity, (file, ""), message, "");
    }
    let mut sourced =
        Sourced { form, raw: None, lines: Vec::new(), files, glossary: Glossary::default(), tally, mended: None };
    match std::str::from_utf8(&bytes) {
        Ok(text) if form.include != Include::Never => {
            match form.include {
                Include::Docbook => docbook::put_together(&mut sourced, text, read),
                _ => include::put_together(&mut sourced, text, read),
            }
            if form.is_markdown() {
                chunks::show(&mut sourced);
            }
            if form.include == Include::Typst {
                typst::rewrite(&mut sourced);
            }
            if form.is_latex() {
                sourced.glossary = Glossary::take(&mut sourced.lines);
                latex::rewrite(&mut sourced);
            }
        }
        _ => {
            if form.reader == "rtf" && rtf::has_joined_cells(&bytes) {
                let message = msg!("cells of RTF that are joined stand apart, or in other columns; compare the tables");
                sourced.tally.tell(Kind::Changed, Severity::Warning, (file, ""), message, "");
            }
            sourced.raw = Some(bytes.into_owned());
        }
    }
    sourced
}

impl Sourced {
    /// A piece of Markdown.
    pub(super) fn of_markdown(text: &str) -> Self {
        let form = form("md", "markdown", Include::Never);
        let line = |(nth, text): (usize, &str)| Line { text: text.to_owned(), file: 0, at: nth + 1 };
        let lines = text.lines().enumerate().map(line).collect();
        Self {
            form,
            raw: None,
            lines,
            files: Vec::new(),
            glossary: Glossary::default(),
            tally: Tally::default(),
            mended: None,
        }
    }

    /// What pandoc is given.
    pub fn bytes(&self) -> Vec<u8> {
        let text = || self.lines.iter().flat_map(|line| [line.text.as_str(), "\n"]).collect::<String>();
        match &self.raw {
            None => text().into_bytes(),
            Some(raw) if self.form.reader == "rtf" => rtf::with_notes(raw),
            Some(raw) => match std::str::from_utf8(raw).ok().filter(|_| self.form.reader == "html") {
                Some(page) => html::with_readings(page).into_bytes(),
                None => raw.clone(),
            },
        }
    }

    /// The name of the file.
    pub fn file(&self) -> &str {
        self.files.first().map(String::as_str).unwrap_or_default()
    }

    /// Where a line is from, from the file that was named: `7`, `parts/two.tex:7`.
    pub(super) fn place(&self, line: usize) -> String {
        match line.checked_sub(1).and_then(|at| self.lines.get(at)) {
            Some(line) => self.place_of(line),
            None => String::new(),
        }
    }

    pub(super) fn place_of(&self, line: &Line) -> String {
        match self.files.get(line.file).filter(|_| line.file > 0) {
            Some(file) => format!("{file}:{}", line.at),
            None => line.at.to_string(),
        }
    }

    /// The number of the line with which the text begins, behind settings.
    pub(super) fn begins(&self) -> usize {
        let is_begin = |line: &Line| line.text.contains("\\begin{document}");
        self.lines.iter().position(is_begin).filter(|_| self.form.is_latex()).map_or(0, |at| at + 1)
    }

    /// Who wrote it, as the line below the title of an AsciiDoc says, which pandoc passes over.
    pub(super) fn authors(&self) -> Vec<String> {
        let title = self.lines.iter().position(|line| line.text.starts_with("= "));
        let below = title.and_then(|at| self.lines.get(at + 1)).map_or("", |line| line.text.as_str());
        if self.form.include != Include::Asciidoc || !below.starts_with(char::is_alphabetic) || below.contains("::") {
            return Vec::new();
        }
        let name = |author: &str| author.split('<').next().unwrap_or_default().replace('_', " ").trim().to_owned();
        below.split(';').map(name).filter(|name| !name.is_empty()).collect()
    }

    /// Whether headings of the first level are those of parts.
    pub(super) fn has_parts(&self) -> bool {
        let is_part = |line: &Line| {
            let text = uncommented(&line.text).trim_start();
            text.starts_with("\\part{") || text.starts_with("\\part*{") || text.starts_with("\\part[")
        };
        self.form.is_latex() && self.lines.iter().any(is_part)
    }

    /// The place that pandoc names; empty where it names none.
    pub fn place_in(&self, log: &str) -> String {
        line_of(log).map(|line| self.place(line)).unwrap_or_default()
    }

    /// The folders in which a LaTeX or an AsciiDoc looks for pictures.
    pub fn picture_folders(&self) -> Vec<String> {
        let mut found = Vec::new();
        for line in &self.lines {
            if let Some(rest) = line.text.strip_prefix(":imagesdir:") {
                found.push(rest.trim().to_owned());
            }
            if let Some((_, rest)) = line.text.split_once("\\graphicspath").filter(|_| self.form.is_latex()) {
                let inner = glossary::group(rest).map_or("", |(inner, _)| inner);
                found.extend(inner.split(['{', '}']).filter(|name| !name.trim().is_empty()).map(str::to_owned));
            }
        }
        found
    }

    /// What is not as it was.
    pub fn report(&mut self) -> Report {
        std::mem::take(&mut self.tally).finish()
    }
}

/// Whether a file of XML is DocBook, by how it begins.
pub fn is_docbook(head: &str) -> bool {
    const ROOTS: [&str; 8] = ["<book", "<article", "<chapter", "<set", "<part", "<appendix", "<preface", "<sect1"];
    let rest = docbook::behind_prolog(head);
    let named = rest.strip_prefix("<!DOCTYPE").map(|rest| format!("<{}", rest.trim_start()));
    let begin = named.as_deref().unwrap_or(rest);
    let is_root =
        |root: &&str| begin.strip_prefix(*root).is_some_and(|rest| rest.starts_with([' ', '>', '\n', '\r', '\t', '[']));
    ROOTS.iter().any(is_root)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn docbook_is_known_by_its_root() {
        for (head, is) in [
            ("<?xml version='1.0'?>\n<!-- a -->\n<book xmlns='x'>", true),
            ("<!DOCTYPE chapter PUBLIC 'x' [", true),
            ("<bookmarks>", false),
            ("<TEI>", false),
        ] {
            assert_eq!(is_docbook(head), is, "{head}");
        }
    }

    #[test]
    fn the_line_below_a_title_of_asciidoc_names_its_authors() {
        for (text, said) in [
            ("= T\nScott Chacon; Ben_B Straub <b@x.org>\n", "Scott Chacon|Ben B Straub"),
            (":toc:\n= T\n:doctype: book\n", ""),
            ("= T\n\nA paragraph.\n", ""),
        ] {
            let form = form_of("adoc").expect("it is known");
            let source = sourced(form, text.as_bytes(), "a.adoc", &mut |_| None);
            assert_eq!(source.authors().join("|"), said, "{text}");
        }
    }
}
