//! Files that include others.

use std::collections::BTreeSet;

use super::super::super::report::Kind;
use super::glossary::uncommented;
use super::latex;
use super::{Line, Sourced};
use crate::diagnostic::Severity;

/// Deepest inclusion of files in files.
const DEPTH: usize = 8;
/// Most bytes of a source with all that it includes.
const BYTES: usize = 32 << 20;

/// How a file of a form includes another one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Include {
    /// The file is no text, or includes nothing.
    Never,
    /// `\input{a}`
    Latex,
    /// `include::a.adoc[leveloffset=+1]`
    Asciidoc,
    /// `#include "a.typ"`, and `#import "a.typ": x`, whose definitions stand in its place.
    Typst,
    /// Entities of DocBook, and XInclude: see `docbook`.
    Docbook,
    /// Text between these two: the rest of a line is left out where the second is empty.
    Between(&'static str, &'static str),
}

/// Puts the lines of a source together.
pub(super) fn put_together(sourced: &mut Sourced, text: &str, read: &mut dyn FnMut(&str) -> Option<String>) {
    let mut work = Work { sourced, read, bytes: 0, attributes: Vec::new(), imported: BTreeSet::new() };
    work.file(0, text, (0, 0));
}

struct Work<'a> {
    sourced: &'a mut Sourced,
    read: &'a mut dyn FnMut(&str) -> Option<String>,
    bytes: usize,
    /// The attributes that an AsciiDoc has set.
    attributes: Vec<(String, String)>,
    /// The files whose definitions are taken already.
    imported: BTreeSet<String>,
}

impl Work<'_> {
    fn file(&mut self, file: usize, text: &str, (depth, offset): (usize, usize)) {
        let mut is_list = false;
        for (nth, line) in text.lines().enumerate() {
            let at = nth + 1;
            let put = |work: &mut Self, text: String| work.sourced.lines.push(Line { text, file, at });
            if std::mem::take(&mut is_list) {
                is_list = !line.contains(')');
                put(self, String::new());
                continue;
            }
            if self.sourced.form.is_latex() {
                if ends_here(line) {
                    return;
                }
                self.packages(line, depth);
            }
            if let Some((path, rest)) = imports(self.sourced.form.include, line) {
                is_list = rest.contains('(') && !rest.contains(')');
                self.definitions(path, (file, at), depth);
                put(self, String::new());
                continue;
            }
            let Some(found) = find(self.sourced.form.include, line) else {
                let text = self.asciidoc(line, offset).unwrap_or_else(|| line.to_owned());
                put(self, text);
                continue;
            };
            if !found.before.trim().is_empty() {
                put(self, found.before.to_owned());
            }
            if found.is_code {
                put(self, "[".to_owned());
            }
            match self.included(&found, file).filter(|_| depth < DEPTH) {
                Some((name, inner)) => {
                    self.bytes += inner.len();
                    let number = self.sourced.files.len();
                    self.sourced.files.push(name);
                    let inner = part(&inner, found.options);
                    self.file(number, &inner, (depth + 1, offset + leveloffset(found.options)));
                }
                None => self.unread(&found, (file, at)),
            }
            put(self, if found.is_code { format!("]{}", found.after) } else { found.after.to_owned() });
        }
    }

    fn unread(&mut self, found: &Found<'_>, (file, at): (usize, usize)) {
        let place = self.sourced.place_of(&Line { text: String::new(), file, at });
        let name = found.path.trim().trim_matches('"');
        let message = msg!(
            "the file that is included here cannot be read: {name}; only files in the folder of the source are",
            name
        );
        let of = self.sourced.files[0].clone();
        self.sourced.tally.tell(Kind::Dropped, Severity::Error, (&of, &place), message, "");
    }

    /// Puts the commands here that packages of LaTeX define which lie beside the source.
    fn packages(&mut self, line: &str, depth: usize) {
        for name in latex::packages(line).into_iter().filter(|_| depth < DEPTH) {
            let found = Found { path: &format!("{name}.sty"), ..Found::default() };
            let Some((name, inner)) = self.included(&found, 0).filter(|(name, _)| self.imported.insert(name.clone()))
            else {
                continue;
            };
            self.bytes += inner.len();
            let number = self.sourced.files.len();
            self.sourced.files.push(name);
            self.file(number, &latex::definitions(&inner), (depth + 1, 0));
        }
    }

    /// Puts what a file defines here, once.
    fn definitions(&mut self, path: &str, (file, at): (usize, usize), depth: usize) {
        let found = Found { path, ..Found::default() };
        match self.included(&found, file).filter(|_| depth < DEPTH) {
            Some((name, inner)) => {
                if self.imported.insert(name.clone()) {
                    self.bytes += inner.len();
                    let number = self.sourced.files.len();
                    self.sourced.files.push(name);
                    self.file(number, &inner, (depth + 1, 0));
                }
            }
            None => {
                let place = self.sourced.place_of(&Line { text: String::new(), file, at });
                let message = msg!(
                    "what {name} defines is not known here: only files in the folder of the source are read",
                    name = path
                );
                let of = self.sourced.files[0].clone();
                self.sourced.tally.tell(Kind::Changed, Severity::Warning, (&of, &place), message, "");
            }
        }
    }

    /// The file that is included, by its path from the folder of the source: beside the one that includes it, else from that folder.
    fn included(&mut self, found: &Found<'_>, file: usize) -> Option<(String, String)> {
        let mut name = found.path.trim().trim_matches('"').to_owned();
        for (key, value) in &self.attributes {
            name = name.replace(&format!("{{{key}}}"), value);
        }
        if self.sourced.form.is_latex() && ![".tex", ".sty"].iter().any(|ending| name.ends_with(ending)) {
            name.push_str(".tex");
        }
        let beside = self.sourced.files.get(file).filter(|_| file > 0).and_then(|of| of.rsplit_once('/'));
        let beside = beside.map(|(folder, _)| format!("{folder}/{name}"));
        let (name, text) = beside
            .into_iter()
            .chain([name])
            .find_map(|name| Some(((self.read)(&name)?, name)).map(|(text, name)| (name, text)))?;
        (self.bytes + text.len() <= BYTES).then_some((name, text))
    }

    /// A line of AsciiDoc: attributes are learnt, headings lie deeper in a file that is included so.
    fn asciidoc(&mut self, line: &str, offset: usize) -> Option<String> {
        if self.sourced.form.include != Include::Asciidoc {
            return None;
        }
        if let Some((key, value)) = line.strip_prefix(':').and_then(|rest| rest.split_once(':')) {
            self.attributes.push((key.to_owned(), value.trim().to_owned()));
        }
        let signs = line.bytes().take_while(|b| *b == b'=').count();
        let is_heading = (1..=6).contains(&signs) && line[signs..].starts_with(' ');
        (is_heading && offset > 0).then(|| format!("{}{line}", "=".repeat(offset)))
    }
}

#[derive(Default)]
struct Found<'l> {
    before: &'l str,
    path: &'l str,
    after: &'l str,
    /// What AsciiDoc says between brackets.
    options: &'l str,
    /// Whether it stands in the code of a Typst, where text stands in brackets.
    is_code: bool,
}

/// Whether LaTeX reads a file no further.
fn ends_here(line: &str) -> bool {
    let rest = uncommented(line).trim_start().strip_prefix("\\endinput");
    rest.is_some_and(|rest| !rest.starts_with(|c: char| c.is_ascii_alphabetic()))
}

/// The file whose definitions a line of Typst takes, and what stands behind its name.
fn imports(include: Include, line: &str) -> Option<(&str, &str)> {
    let rest = line.trim_start().strip_prefix("#import \"").filter(|_| include == Include::Typst)?;
    rest.split_once('"')
}

/// What a line includes.
fn find(include: Include, line: &str) -> Option<Found<'_>> {
    match include {
        Include::Never | Include::Docbook => None,
        Include::Typst => {
            let (before, rest) = line.split_once("include \"")?;
            let (path, after) = rest.split_once('"').filter(|(path, _)| path.ends_with(".typ"))?;
            // Raw text and comments only show how it is written.
            if before.matches('`').count() % 2 == 1 || before.contains("//") {
                return None;
            }
            let text = before.strip_suffix('#');
            let is_code = text.is_none() && (before.is_empty() || before.ends_with([' ', '\t', '{', '(', '=']));
            let before = text.or(is_code.then_some(before))?;
            Some(Found { before, path, after, is_code, ..Found::default() })
        }
        Include::Latex => {
            let commands = ["\\input{", "\\include{", "\\subfile{"];
            let found = commands.into_iter().find_map(|command| line.split_once(command));
            let (before, rest) = found.filter(|(before, _)| !before.contains('%'))?;
            let (path, after) = rest.split_once('}')?;
            Some(Found { before, path, after, ..Found::default() })
        }
        Include::Asciidoc => {
            let (path, options) = line.strip_prefix("include::")?.split_once('[')?;
            Some(Found { path, options: options.trim_end().trim_end_matches(']'), ..Found::default() })
        }
        Include::Between(open, "") => Some(Found { path: line.strip_prefix(open)?, ..Found::default() }),
        Include::Between(open, close) => {
            let (path, after) = line.strip_prefix(open)?.split_once(close)?;
            Some(Found { path, after: after.trim_start_matches(['"', '\r']), ..Found::default() })
        }
    }
}

/// The value of an option, without the signs around it.
fn option<'o>(options: &'o str, name: &str) -> Option<&'o str> {
    let at = options.find(name).filter(|at| *at == 0 || options[..*at].ends_with([',', ' ']))?;
    let rest = options[at + name.len()..].strip_prefix('=')?;
    match rest.strip_prefix('"') {
        Some(quoted) => quoted.split('"').next(),
        None => rest.split(',').next(),
    }
}

fn leveloffset(options: &str) -> usize {
    option(options, "leveloffset")
        .and_then(|value| value.trim().trim_start_matches('+').parse().ok())
        .unwrap_or(0)
        .min(5)
}

/// The part of a file that is included: lines by their numbers, or what stands between tags; the lines of tags are left out.
fn part(text: &str, options: &str) -> String {
    let tags: Vec<&str> = ["tag", "tags"]
        .into_iter()
        .find_map(|name| option(options, name))
        .map_or(Vec::new(), |value| value.split([',', ';']).map(str::trim).filter(|tag| !tag.is_empty()).collect());
    let ranges: Vec<(usize, usize)> =
        option(options, "lines").map_or(Vec::new(), |value| value.split([',', ';']).filter_map(range).collect());
    // A tag that the file has not selects nothing that could be told apart.
    if ranges.is_empty() && !text.contains("tag::") {
        return text.to_owned();
    }
    let mut open: Vec<&str> = Vec::new();
    let mut out = String::new();
    for (nth, line) in text.lines().enumerate() {
        let mark = |word: &str| Some(line.split_once(word)?.1.split_once("[]")?.0);
        if let Some(tag) = mark("end::") {
            open.retain(|other| *other != tag);
            continue;
        }
        if let Some(tag) = mark("tag::") {
            open.push(tag);
            continue;
        }
        let is_tagged = tags.is_empty() || open.iter().any(|tag| tags.contains(tag));
        let is_counted = ranges.is_empty() || ranges.iter().any(|(from, to)| (*from..=*to).contains(&(nth + 1)));
        if is_tagged && is_counted {
            out.push_str(line);
            out.push('\n');
        }
    }
    out
}

/// `3`, `3..7`, `3..-1` or `3..`, whose end is that of the file.
fn range(text: &str) -> Option<(usize, usize)> {
    let (from, to) = text.trim().split_once("..").unwrap_or((text.trim(), text.trim()));
    Some((from.parse().ok()?, to.parse().unwrap_or(usize::MAX)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_taken_by_tags_and_lines() {
        let text = "a\n// tag::x[]\nb\n// end::x[]\nc\n";
        for (options, said) in [("", "a\nb\nc\n"), ("tag=x", "b\n"), ("lines=1..2", "a\n"), ("lines=\"5..\"", "c\n")] {
            assert_eq!(part(text, options), said, "{options}");
        }
        assert_eq!(leveloffset("tags=a,leveloffset=+1"), 1);
    }

    #[test]
    fn a_file_of_latex_ends_where_it_says_so() {
        for (line, ends) in
            [("\\endinput", true), ("  \\endinput % x", true), ("% \\endinput", false), ("\\endinputx", false)]
        {
            assert_eq!(ends_here(line), ends, "{line}");
        }
    }

    #[test]
    fn typst_includes_files_in_text_and_in_code() {
        for (line, said) in [
            ("#include \"a.typ\"", "|A|"),
            ("  x #include \"a.typ\" y", "  x |A| y"),
            ("#let x = include \"a.typ\"", "#let x = |[|A|]"),
            ("`#include \"a.typ\"`", "`#include \"a.typ\"`"),
            ("they include \"a\"", "they include \"a\""),
            ("// include \"a.typ\"", "// include \"a.typ\""),
        ] {
            let form = super::super::form_of("typ").expect("it is known");
            let source = super::super::sourced(form, line.as_bytes(), "m.typ", &mut |_| Some("A".to_owned()));
            let lines: Vec<&str> = source.lines.iter().map(|line| line.text.as_str()).collect();
            assert_eq!(lines.join("|").trim_start_matches('|'), said.trim_start_matches('|'), "{line}");
        }
    }

    #[test]
    fn what_a_file_of_typst_defines_stands_where_it_is_taken() {
        let form = super::super::form_of("typ").expect("it is known");
        let mut read = |name: &str| (name == "a.typ").then(|| "#let x = 1".to_owned());
        let text = "#import \"a.typ\": (\n  x,\n)\n#import \"a.typ\": x\n#import \"@preview/b:0.1.0\": *\ntext";
        let mut source = super::super::sourced(form, text.as_bytes(), "m.typ", &mut read);
        assert_eq!(String::from_utf8(source.bytes()).expect("text"), "#let x = 1\n\n\n\n\n\ntext\n");
        let told = source.report().entries;
        assert_eq!((told.len(), told[0].at.as_str()), (1, "5"));
    }
}
