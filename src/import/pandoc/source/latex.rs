//! LaTeX that pandoc does not know, written as LaTeX that it knows.

use super::glossary::uncommented;
use super::{Line, Sourced};

/// Words of algorithms: what is written for each. Each begins a line.
const STEPS: [(&str, &str); 26] = [
    ("STATE", ""),
    ("State", ""),
    ("REQUIRE", "Require: "),
    ("Require", "Require: "),
    ("ENSURE", "Ensure: "),
    ("Ensure", "Ensure: "),
    ("IF", "if "),
    ("If", "if "),
    ("ELSIF", "else if "),
    ("ElsIf", "else if "),
    ("ELSE", "else"),
    ("Else", "else"),
    ("ENDIF", "end if"),
    ("EndIf", "end if"),
    ("FOR", "for "),
    ("For", "for "),
    ("ENDFOR", "end for"),
    ("EndFor", "end for"),
    ("WHILE", "while "),
    ("While", "while "),
    ("ENDWHILE", "end while"),
    ("EndWhile", "end while"),
    ("REPEAT", "repeat"),
    ("UNTIL", "until "),
    ("RETURN", "return "),
    ("Return", "return "),
];

/// Rewrites a source.
pub(super) fn rewrite(sourced: &mut Sourced) {
    let mut steps = false;
    for line in &mut sourced.lines {
        // Outside of formulas pandoc passes over it with its words.
        line.text = line.text.replace("\\text{", "\\mbox{");
        steps |= line.text.contains("\\begin{algorithmic}");
        if steps {
            step(line);
        }
        if line.text.contains("\\end{algorithmic}") {
            steps = false;
        }
        if line.text.contains("\\hologo{") {
            line.text = logos(&line.text);
        }
        // The caption of any other frame is lost.
        for (name, known) in [
            ("algorithm", "figure"),
            ("algorithm*", "figure"),
            ("sidewaysfigure", "figure"),
            ("sidewaystable", "table"),
        ] {
            for end in ["begin", "end"] {
                line.text = line.text.replace(&format!("\\{end}{{{name}}}"), &format!("\\{end}{{{known}}}"));
            }
        }
    }
}

/// The names of programs, which a package draws as logos.
fn logos(line: &str) -> String {
    let mut out = String::new();
    let mut rest = line;
    while let Some((before, after)) = rest.split_once("\\hologo{") {
        out.push_str(before);
        let (name, behind) = after.split_once('}').unwrap_or((after, ""));
        out.push_str(&format!("{{{name}}}"));
        rest = behind;
    }
    out + rest
}

/// The packages that a line uses.
pub(super) fn packages(line: &str) -> Vec<&str> {
    let line = uncommented(line).trim_start();
    let used = ["\\usepackage", "\\RequirePackage"].iter().find_map(|command| line.strip_prefix(command));
    let names = used.and_then(|rest| rest.split_once('{')?.1.split_once('}')).map_or("", |(names, _)| names);
    names.split(',').map(str::trim).filter(|name| !name.is_empty()).collect()
}

/// With which commands begin that define others.
const DEFINE: [&str; 6] = [
    "\\newcommand",
    "\\providecommand",
    "\\DeclareRobustCommand",
    "\\newenvironment",
    "\\NewDocumentCommand",
    "\\def\\",
];
/// Most lines of a definition.
const DEFINITION: usize = 60;

/// What makes a definition one that only TeX can follow: names of a package's own, arguments between other signs than braces, tricks.
const TRICKS: [&str; 8] = ["@", "|", "\\begingroup", "\\expandafter", "\\csname", "\\char", "\\let", "\\Url"];

/// The simple definitions of a package, on the lines on which they stand; all else is no text.
pub(super) fn definitions(text: &str) -> String {
    let plain: Vec<String> = text.lines().map(|line| signs(uncommented(line))).collect();
    let lines: Vec<&str> = plain.iter().map(String::as_str).collect();
    let mut out = vec![""; lines.len()];
    let mut at = 0;
    while at < lines.len() {
        let begins = DEFINE.iter().any(|command| lines[at].trim_start().starts_with(command));
        let length = if begins { definition(&lines[at..]) } else { None };
        let some = &lines[at..at + length.unwrap_or(1)];
        if length.is_some() && !some.iter().any(|line| TRICKS.iter().any(|trick| line.contains(trick))) {
            out[at..at + some.len()].copy_from_slice(some);
        }
        at += some.len();
    }
    out.join("\n")
}

/// Signs by their codes as the commands for them: ``\char`\\`` is a backslash.
fn signs(line: &str) -> String {
    line.replace("\\char`\\\\", "\\textbackslash ").replace("\\char`\\", "\\")
}

/// How many lines a definition has: up to where as many braces are closed as were opened.
fn definition(lines: &[&str]) -> Option<usize> {
    let mut depth = 0isize;
    for (nth, line) in lines.iter().enumerate().take(DEFINITION) {
        let line = line.replace("\\{", "").replace("\\}", "");
        depth += line.matches('{').count().cast_signed() - line.matches('}').count().cast_signed();
        let goes_on = lines.get(nth + 1).is_some_and(|next| next.trim_start().starts_with(['{', '[']));
        if depth == 0 && line.contains('}') && !goes_on {
            return Some(nth + 1);
        }
    }
    None
}

/// A line of an algorithm: its signs are words, and each step is a line.
fn step(line: &mut Line) {
    let mut out = String::new();
    let mut rest = line.text.as_str();
    while let Some(at) = rest.find('\\') {
        let name = rest[at + 1..].bytes().take_while(u8::is_ascii_alphabetic).count();
        let word = &rest[at + 1..at + 1 + name];
        out.push_str(&rest[..at]);
        match STEPS.iter().find(|(known, _)| *known == word) {
            Some((_, "")) => out.push_str("\\par{} "),
            Some((_, said)) => out.push_str(&format!("\\par\\textbf{{{said}}} ")),
            None if word == "COMMENT" || word == "Comment" => out.push_str(" // "),
            None => out.push_str(&rest[at..at + 1 + name]),
        }
        rest = &rest[at + 1 + name..];
    }
    out.push_str(rest);
    line.text = out;
}

#[cfg(test)]
mod tests {
    use super::super::{form_of, sourced};

    #[test]
    fn commands_of_packages_beside_the_source_are_known() {
        let package = "\\ProvidesPackage{own}\n\\newcommand\\pkg[1]\n  {\\textsf{#1}} % x\n\\def\\own@x{y}\\def\\a|#1|{#1}\n\\setlength{\\a}{1pt}\n\\def\\two#1{%\n#1}\n";
        assert_eq!(super::definitions(package), "\n\\newcommand\\pkg[1]\n  {\\textsf{#1}} \n\n\n\\def\\two#1{\n#1}");
        let form = form_of("tex").expect("it is known");
        let mut read = |name: &str| (name == "own.sty").then(|| package.to_owned());
        let source = sourced(form, b"\\usepackage[a]{b, own}\n\\pkg{x} \\hologo{TeX} y\n", "a.tex", &mut read);
        let said = String::from_utf8(source.bytes()).expect("text");
        assert!(said.contains("\\newcommand\\pkg[1]\n") && said.ends_with("\\pkg{x} {TeX} y\n"), "{said}");
    }

    #[test]
    fn a_sign_that_a_definition_names_by_its_code_is_written_by_its_command() {
        let package = "\\DeclareRobustCommand*\\cmd[1]{\\texttt{\\char`\\\\#1}}\n\\newcommand\\pc{\\char`\\%}\n";
        let said = "\\DeclareRobustCommand*\\cmd[1]{\\texttt{\\textbackslash #1}}\n\\newcommand\\pc{\\%}";
        assert_eq!(super::definitions(package), said);
    }

    #[test]
    fn algorithms_are_figures_of_lines() {
        let text = "\\begin{algorithm}\n\\caption{c}\n\\begin{algorithmic}\n\\WHILE{$a$} \\STATE b\n\\ENDWHILE\n\\end{algorithmic}\n\\end{algorithm}\n\\text{x} \\STATE\n";
        let form = form_of("tex").expect("it is known");
        let said = String::from_utf8(sourced(form, text.as_bytes(), "a.tex", &mut |_| None).bytes()).expect("text");
        let wanted = "\\begin{figure}\n\\caption{c}\n\\begin{algorithmic}\n\\par\\textbf{while } {$a$} \\par{}  b\n\\par\\textbf{end while} \n\\end{algorithmic}\n\\end{figure}\n\\mbox{x} \\STATE\n";
        assert_eq!(said, wanted);
    }
}
