//! Sources before pandoc sees them: files that include others are put together here, because pandoc runs without access to files.

use super::super::report::{Kind, Report};
use super::super::tally::Tally;
use crate::diagnostic::Severity;

/// Deepest inclusion of files in files.
const DEPTH: usize = 8;
/// Most bytes of a source with all that it includes.
const BYTES: usize = 32 << 20;

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

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Include {
    /// The file is no text, or includes nothing.
    Never,
    /// `\input{a}`
    Latex,
    /// Text between these two: the rest of a line is left out where the second is empty.
    Between(&'static str, &'static str),
}

/// The forms, by their endings.
const FORMS: [Form; 18] = [
    form("adoc", "asciidoc", Include::Between("include::", "[")),
    form("asciidoc", "asciidoc", Include::Between("include::", "[")),
    form("tex", "latex", Include::Latex),
    form("latex", "latex", Include::Latex),
    form("qmd", "markdown+east_asian_line_breaks", Include::Between("{{< include ", ">}}")),
    form("rmd", "markdown+east_asian_line_breaks", Include::Between("{{< include ", ">}}")),
    form("odt", "odt", Include::Never),
    form("html", "html", Include::Never),
    form("htm", "html", Include::Never),
    form("xhtml", "html", Include::Never),
    form("rtf", "rtf", Include::Never),
    form("dbk", "docbook", Include::Never),
    form("docbook", "docbook", Include::Never),
    form("org", "org", Include::Between("#+INCLUDE: \"", "\"")),
    form("rst", "rst", Include::Between(".. include:: ", "")),
    form("typ", "typst", Include::Between("#include \"", "\"")),
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

/// A source that is put together.
#[derive(Debug)]
pub struct Sourced {
    /// What pandoc is given.
    pub bytes: Vec<u8>,
    /// What is not as it was.
    pub report: Report,
}

/// Puts a source together. `read` gives a file by its path from the folder of the source, if it is there and in that folder.
pub fn sourced(form: Form, bytes: &[u8], file: &str, read: &mut dyn FnMut(&str) -> Option<String>) -> Sourced {
    let mut tally = Tally::default();
    let text = match std::str::from_utf8(bytes) {
        Ok(text) if form.include != Include::Never => text,
        _ => return Sourced { bytes: bytes.to_owned(), report: tally.finish() },
    };
    let mut work = Work { form, file, read, tally: &mut tally, bytes: 0 };
    let text = work.whole(text, 0);
    let text = if form.reader.starts_with("markdown") { work.chunks(&text) } else { text };
    Sourced { bytes: text.into_bytes(), report: tally.finish() }
}

struct Work<'a> {
    form: Form,
    file: &'a str,
    read: &'a mut dyn FnMut(&str) -> Option<String>,
    tally: &'a mut Tally,
    bytes: usize,
}

impl Work<'_> {
    fn whole(&mut self, text: &str, depth: usize) -> String {
        let mut out = String::new();
        for (nth, line) in text.lines().enumerate() {
            let Some(found) = find(self.form, line) else {
                out.push_str(line);
                out.push('\n');
                continue;
            };
            out.push_str(found.before);
            let name = found.path.trim().trim_matches('"');
            let ending = if self.form.include == Include::Latex && !name.ends_with(".tex") { ".tex" } else { "" };
            let inner = if depth < DEPTH { (self.read)(&format!("{name}{ending}")) } else { None };
            match inner.filter(|inner| self.bytes + inner.len() <= BYTES) {
                Some(inner) => {
                    self.bytes += inner.len();
                    let inner = self.whole(&inner, depth + 1);
                    out.push_str(&inner);
                }
                None => {
                    let message = msg!(
                        "the file that is included here cannot be read: {name}; only files in the folder of the source are",
                        name
                    );
                    self.tally.tell(Kind::Dropped, Severity::Error, (self.file, &(nth + 1).to_string()), message, "");
                }
            }
            out.push_str(found.after);
            out.push('\n');
        }
        out
    }

    /// Code that is run when the source is rendered becomes code that is shown.
    fn chunks(&mut self, text: &str) -> String {
        let mut out = String::new();
        let mut fence: Option<String> = None;
        for (nth, line) in text.lines().enumerate() {
            let at = (nth + 1).to_string();
            let ticks: String = line.chars().take_while(|&c| c == '`').collect();
            let language = line.strip_prefix(&ticks).and_then(|rest| rest.trim_start().strip_prefix('{'));
            let language =
                language.filter(|rest| ticks.len() >= 3 && rest.starts_with(|c: char| c.is_ascii_alphabetic()));
            match (&fence, language) {
                (None, Some(language)) => {
                    let name = language.split([' ', ',', '}']).next().unwrap_or_default();
                    let message = msg!(
                        "code that is run when the text is rendered is shown as code; what it gives is not in the book: {name}",
                        name
                    );
                    self.tally.tell(Kind::Changed, Severity::Warning, (self.file, &at), message, "");
                    out.push_str(&format!("{ticks} {{.{name}}}\n"));
                    fence = Some(ticks);
                    continue;
                }
                (Some(open), _) if line.trim() == open => fence = None,
                (Some(_), _) if line.trim_start().starts_with("#|") => {
                    let message = msg!("options of code that is run are left out");
                    self.tally.once(Kind::Dropped, Severity::Info, (self.file, &at), message, line);
                    continue;
                }
                _ => {}
            }
            out.push_str(line);
            out.push('\n');
        }
        out
    }
}

struct Found<'l> {
    before: &'l str,
    path: &'l str,
    after: &'l str,
}

/// What a line includes.
fn find(form: Form, line: &str) -> Option<Found<'_>> {
    match form.include {
        Include::Never => None,
        Include::Latex => {
            let found = ["\\input{", "\\include{"].into_iter().find_map(|command| line.split_once(command));
            let (before, rest) = found.filter(|(before, _)| !before.contains('%'))?;
            let (path, after) = rest.split_once('}')?;
            Some(Found { before, path, after })
        }
        Include::Between(open, "") => Some(Found { before: "", path: line.strip_prefix(open)?, after: "" }),
        Include::Between(open, close) => {
            let (path, after) = line.strip_prefix(open)?.split_once(close)?;
            let after = if close == "[" { "" } else { after };
            Some(Found { before: "", path, after: after.trim_start_matches(['"', '\r']) })
        }
    }
}
