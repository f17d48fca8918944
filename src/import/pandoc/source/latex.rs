//! LaTeX that pandoc does not know, written as LaTeX that it knows.

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
    fn algorithms_are_figures_of_lines() {
        let text = "\\begin{algorithm}\n\\caption{c}\n\\begin{algorithmic}\n\\WHILE{$a$} \\STATE b\n\\ENDWHILE\n\\end{algorithmic}\n\\end{algorithm}\n\\text{x} \\STATE\n";
        let form = form_of("tex").expect("it is known");
        let said = String::from_utf8(sourced(form, text.as_bytes(), "a.tex", &mut |_| None).bytes()).expect("text");
        let wanted = "\\begin{figure}\n\\caption{c}\n\\begin{algorithmic}\n\\par\\textbf{while } {$a$} \\par{}  b\n\\par\\textbf{end while} \n\\end{algorithmic}\n\\end{figure}\n\\mbox{x} \\STATE\n";
        assert_eq!(said, wanted);
    }
}
