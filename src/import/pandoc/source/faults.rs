//! Places that pandoc cannot read. One of them must not cost the whole text: it is shown as code, and the rest is read.

use super::super::super::report::Kind;
use super::glossary::uncommented;
use super::{Line, Sourced};
use crate::diagnostic::Severity;

/// Most lines that a place may have: more of a text is not given up for one fault.
const LONGEST: usize = 400;

/// How a source sets environments of its own.
const SETTINGS: [&str; 4] =
    ["\\newenvironment", "\\renewenvironment", "\\NewDocumentEnvironment", "\\RenewDocumentEnvironment"];

/// Environments of LaTeX whose text is shown as it stands.
const SHOWN: [&str; 3] = ["verbatim", "lstlisting", "Verbatim"];

impl Sourced {
    /// Makes code of the place at which pandoc stopped, and tells it. False where no place is known, or nothing can be done.
    pub fn mend(&mut self, log: &str) -> bool {
        let Some(at) = line_of(log).and_then(|line| line.checked_sub(1)).filter(|at| *at < self.lines.len()) else {
            return false;
        };
        if self.form.is_latex() && at + 1 >= self.begins() && self.take_setting(at, log) {
            return true;
        }
        // Where the code itself cannot be read, what stands before it is the fault.
        let at = match self.mended.filter(|(from, to)| (*from..*to).contains(&at)) {
            Some((from, _)) => {
                let is_text = |line: &Line| !line.text.trim().is_empty();
                let Some(before) = self.lines[..from].iter().rposition(is_text) else { return false };
                before
            }
            None => at,
        };
        let (from, to) = match (self.form.is_latex(), at + 1 < self.begins()) {
            (true, true) => (at, at + 1),
            (true, false) => self.environment(at).unwrap_or_else(|| self.paragraph(at)),
            (false, _) => self.paragraph(at),
        };
        let some = self.lines.get(from..to).unwrap_or_default();
        if to - from > LONGEST || some.iter().all(|line| line.text.trim().is_empty()) {
            return false;
        }
        let Some(shown) = self.shown(some, at + 1 < self.begins()) else { return false };
        let text: Vec<&str> = some.iter().map(|line| line.text.as_str()).collect();
        let text = text.join("\n");
        let (file, place) = (self.files[0].clone(), self.place(at + 1));
        let message = msg!(
            "pandoc cannot read this: {reason}; it stands in the book as code: write it anew there",
            reason = reason(log)
        );
        let (message, lost) = match at + 1 < self.begins() {
            true => (msg!("pandoc cannot read this, and it is left out: {text}", text = text.as_str()), text.as_str()),
            false => (message, ""),
        };
        let severity = if lost.is_empty() { Severity::Error } else { Severity::Warning };
        self.tally.tell(Kind::Changed, severity, (&file, &place), message, lost);
        let grown = shown.len() - (to - from);
        // The fault stays the same while one before it is looked for.
        let end = self.mended.filter(|(known, _)| *known >= to).map_or(to, |(_, end)| end);
        self.mended = Some((from, end + grown));
        self.lines.splice(from..to, shown);
        true
    }

    /// Takes away how the source sets an environment of its own around a line: pandoc writes that in its place before it reads,
    /// and knows little of the commands in it. What stands in the environment is read as it is then.
    fn take_setting(&mut self, at: usize, log: &str) -> bool {
        let around = self.around(at);
        let found = around.iter().rev().find_map(|name| Some((name.clone(), self.setting(name)?)));
        let Some((name, (from, to))) = found else { return false };
        let (file, place) = (self.files[0].clone(), self.place(from + 1));
        let message = msg!(
            "pandoc cannot read how the environment {name} is set: {reason}; what stands in the environment is read without that",
            name,
            reason = reason(log)
        );
        self.tally.tell(Kind::Changed, Severity::Warning, (&file, &place), message, "");
        self.lines[from..to].iter_mut().for_each(|line| line.text.insert(0, '%'));
        true
    }

    /// The environments that are open at a line, the outermost first.
    fn around(&self, at: usize) -> Vec<String> {
        let mut open: Vec<String> = Vec::new();
        for (nth, line) in self.lines.iter().enumerate().take(at + 1).skip(self.begins()) {
            for (is_begin, name) in ends(uncommented(&line.text)) {
                if is_begin {
                    open.push(name.to_owned());
                } else if let Some(known) = open.iter().rposition(|other| other == name).filter(|_| nth < at) {
                    open.truncate(known);
                }
            }
        }
        open
    }

    /// The lines in which the source sets an environment: `\newenvironment{name}[1]{begin}{end}`.
    fn setting(&self, name: &str) -> Option<(usize, usize)> {
        let begins = self.begins();
        let (from, behind) = self.lines[..begins].iter().enumerate().find_map(|(nth, line)| {
            let text = uncommented(&line.text).trim_start();
            let rest = SETTINGS.iter().find_map(|command| text.strip_prefix(command))?;
            Some((nth, rest.trim_start_matches('*').strip_prefix(&format!("{{{name}}}"))?.to_owned()))
        })?;
        let mut left = if self.lines[from].text.contains("DocumentEnvironment") { 3 } else { 2 };
        let mut depth = 0usize;
        let following = self.lines[from + 1..begins].iter().map(|line| uncommented(&line.text));
        for (nth, text) in [behind.as_str()].into_iter().chain(following).enumerate().take(LONGEST) {
            let mut escaped = false;
            for c in text.chars() {
                match c {
                    '{' if !escaped => depth += 1,
                    '}' if !escaped => {
                        depth = depth.saturating_sub(1);
                        left -= usize::from(depth == 0);
                    }
                    _ => {}
                }
                if left == 0 {
                    return Some((from, from + nth + 1));
                }
                escaped = c == '\\' && !escaped;
            }
        }
        None
    }

    /// The outermost environment around a line, that of the text excepted.
    fn environment(&self, at: usize) -> Option<(usize, usize)> {
        let mut open: Vec<(String, usize)> = Vec::new();
        let begins = self.begins();
        for (nth, line) in self.lines.iter().enumerate().skip(begins) {
            for (is_begin, name) in ends(uncommented(&line.text)) {
                if is_begin {
                    open.push((name.to_owned(), nth));
                } else if let Some(known) = open.iter().rposition(|(other, _)| other == name) {
                    let (_, from) = open.remove(known);
                    open.truncate(known);
                    if known == 0 && from <= at && nth >= at {
                        return Some((from, nth + 1));
                    }
                }
            }
        }
        None
    }

    /// The lines around one up to the next that are empty.
    fn paragraph(&self, at: usize) -> (usize, usize) {
        let is_empty = |line: &Line| line.text.trim().is_empty();
        let before = self.lines[..at].iter().rposition(is_empty).map_or(0, |at| at + 1);
        let after = self.lines[at..].iter().position(is_empty).map_or(self.lines.len(), |after| at + after);
        (before.max(self.begins()), after.max(at + 1))
    }

    /// Lines as code, in a form of source that has code.
    fn shown(&self, lines: &[Line], in_settings: bool) -> Option<Vec<Line>> {
        let first = lines.first()?;
        let around = |text: String| Line { text, ..first.clone() };
        let mut out: Vec<Line> = lines.to_vec();
        let text: String = lines.iter().flat_map(|line| [line.text.as_str(), "\n"]).collect();
        match self.form.reader {
            "latex" if in_settings => out.iter_mut().for_each(|line| line.text.insert(0, '%')),
            "latex" => {
                let name = SHOWN.into_iter().find(|name| !text.contains(&format!("\\end{{{name}}}")))?;
                out.insert(0, around(format!("\\begin{{{name}}}")));
                out.push(around(format!("\\end{{{name}}}")));
            }
            "typst" => {
                let ticks = "`".repeat(text.split(|c| c != '`').map(str::len).max().unwrap_or(0).max(2) + 1);
                out.insert(0, around(ticks.clone()));
                out.push(around(ticks));
            }
            "asciidoc" => {
                let sign = if text.contains("\n----") || text.starts_with("----") { "...." } else { "----" };
                out.insert(0, around(sign.to_owned()));
                out.push(around(sign.to_owned()));
            }
            "org" => {
                // A comma before them keeps headings and keys from being such.
                let is_key = |line: &Line| {
                    line.text.trim_start().starts_with(['*', ',']) || line.text.trim_start().starts_with("#+")
                };
                out.iter_mut().filter(|line| is_key(line)).for_each(|line| line.text.insert(0, ','));
                let name = if text.to_lowercase().contains("#+end_example") { "src text" } else { "example" };
                out.insert(0, around(format!("#+begin_{name}")));
                out.push(around(format!("#+end_{}", name.split(' ').next().unwrap_or(name))));
            }
            "rst" => {
                out.iter_mut().for_each(|line| line.text.insert_str(0, "    "));
                out.insert(0, around(String::new()));
                out.insert(0, around("::".to_owned()));
                out.push(around(String::new()));
            }
            _ => return None,
        }
        Some(out)
    }
}

/// Where environments begin and end in a line.
fn ends(line: &str) -> Vec<(bool, &str)> {
    let mut found = Vec::new();
    for (at, _) in line.match_indices('\\') {
        let rest = &line[at + 1..];
        let begin = rest.strip_prefix("begin{").map(|rest| (true, rest));
        if let Some((is_begin, rest)) = begin.or_else(|| rest.strip_prefix("end{").map(|rest| (false, rest)))
            && let Some((name, _)) = rest.split_once('}')
        {
            found.push((is_begin, name));
        }
    }
    found
}

/// The line that pandoc names: `(line 7, column 1)`, `Invalid XML: 7:1 (90)-7:9 (98)`.
pub(in super::super) fn line_of(log: &str) -> Option<usize> {
    let digits = |rest: &str| rest.split(|c: char| !c.is_ascii_digit()).next()?.parse().ok();
    let named = |sign: &str| log.match_indices(sign).find_map(|(at, word)| digits(&log[at + word.len()..]));
    named("line ").or_else(|| named("Invalid XML: "))
}

/// What pandoc says of it, on one line, without the place.
fn reason(log: &str) -> String {
    let lines = log.lines().filter(|line| !line.starts_with("[INFO]") && !line.contains("(line "));
    lines.map(str::trim).filter(|line| *line != "^" && !line.is_empty()).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::super::{form_of, sourced};

    #[test]
    fn a_place_that_cannot_be_read_costs_itself_alone() {
        let text = "\\begin{document}\none\n\\begin{figure}\n\\caption{a\n\\begin{itemize}\n\\end{itemize}\n}\n\\end{figure}\ntwo\n\\end{document}\n";
        let form = form_of("tex").expect("it is known");
        let mut source = sourced(form, text.as_bytes(), "a.tex", &mut |_| None);
        assert!(source.mend("Error at \"source.tex\" (line 5, column 1):\nunexpected \\begin\n^\n"));
        let said = String::from_utf8(source.bytes()).expect("text");
        assert!(said.contains("one\n\\begin{verbatim}\n\\begin{figure}\n\\caption{a\n"), "{said}");
        assert!(said.contains("\\end{figure}\n\\end{verbatim}\ntwo\n"), "{said}");
        let told = source.report();
        assert_eq!(told.entries.len(), 1);
        assert_eq!(told.entries[0].at, "5");
        assert!(!source.mend("no place"));
    }

    #[test]
    fn how_an_environment_is_set_that_cannot_be_read_costs_none_of_its_words() {
        let text = "\\documentclass{book}\n\\newenvironment{note}[1]%\n  {\\trivlist \\{\n  \\hskip1em}\n  {\\endtrivlist}\n\\begin{document}\n\\begin{quote}\n\\begin{note}{A}\none\n\\end{note}\n\\end{quote}\n\\end{document}\n";
        let form = form_of("tex").expect("it is known");
        let mut source = sourced(form, text.as_bytes(), "a.tex", &mut |_| None);
        let log = "Error at \"source.tex\" (line 8, column 1):\nunexpected \\hskip\n^\n";
        assert!(source.mend(log));
        let said = String::from_utf8(source.bytes()).expect("text");
        assert!(said.contains("\n%\\newenvironment{note}[1]%\n%  {\\trivlist \\{\n%  \\hskip1em}\n%  {\\endtrivlist}\n\\begin{document}"), "{said}");
        assert!(said.contains("\\begin{note}{A}\none\n"), "{said}");
        assert!(source.mend(log), "the place itself, once nothing is set");
        let told: Vec<String> = source.report().entries.into_iter().map(|entry| entry.at).collect();
        assert_eq!(told, ["2", "8"]);
    }

    #[test]
    fn the_line_of_a_fault_of_xml_is_known() {
        let log = "Invalid XML: 1469:1 (66136)-1469:10 (66145): Expected end element";
        assert_eq!(super::line_of(log), Some(1469));
    }

    #[test]
    fn a_paragraph_is_shown_where_there_is_no_environment() {
        let form = form_of("typ").expect("it is known");
        let mut source = sourced(form, b"a\n\n#let x = `b\nc\n\nd\n", "a.typ", &mut |_| None);
        assert!(source.mend("(line 4, column 2): bad"));
        let org = form_of("org").expect("it is known");
        let mut outline = sourced(org, b"a\n\n* b ::\nc\n\nd\n", "a.org", &mut |_| None);
        assert!(outline.mend("(line 3, column 1): bad"));
        let shown = "a\n\n#+begin_example\n,* b ::\nc\n#+end_example\n\nd\n";
        assert_eq!(String::from_utf8(outline.bytes()).expect("text"), shown);
        assert_eq!(String::from_utf8(source.bytes()).expect("text"), "a\n\n```\n#let x = `b\nc\n```\n\nd\n");
        assert!(source.mend("(line 4, column 2): bad"), "what stands before the code");
        assert!(String::from_utf8(source.bytes()).expect("text").starts_with("```\na\n```\n"));
    }
}
