//! For people at a terminal.

use annotate_snippets::{Annotation, AnnotationKind, Group, Level, Renderer, Snippet};

use crate::diagnostic::{Diagnostic, Label, Severity};
use crate::source::{FileId, Sources};

/// Width that long lines are cut to, in columns: manuscripts often hold a paragraph in one line.
const WIDTH: usize = 110;

/// Each finding with its lines of source, the place underlined, and its hints; a blank line after each.
pub fn human(diagnostics: &[Diagnostic], sources: &Sources, color: bool) -> String {
    let renderer = if color { Renderer::styled() } else { Renderer::plain() }.term_width(WIDTH);
    let mut out = String::new();
    for diagnostic in diagnostics {
        out.push_str(&renderer.render(&[group(diagnostic, sources)]));
        out.push_str("\n\n");
    }
    out
}

fn group<'a>(diagnostic: &'a Diagnostic, sources: &'a Sources) -> Group<'a> {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Info => Level::INFO,
    };
    let mut group = Group::with_title(level.primary_title(diagnostic.message.as_str()).id(diagnostic.check));
    for file in files(diagnostic) {
        let text = sources.get(file);
        let labels = || diagnostic.labels.iter().filter(move |l| l.span.file == file);
        let primary = diagnostic.primary.iter().filter(|l| l.span.file == file);
        let annotations = primary
            .map(|l| annotation(l, AnnotationKind::Primary))
            .chain(labels().map(|l| annotation(l, AnnotationKind::Context)));
        group = group.element(Snippet::source(text.text()).path(text.path()).annotations(annotations));
    }
    for hint in &diagnostic.hints {
        group = group.element(Level::HELP.message(hint.as_str()));
    }
    group
}

/// The files of a finding, that of its primary place first.
fn files(diagnostic: &Diagnostic) -> Vec<FileId> {
    let mut files = Vec::new();
    for label in diagnostic.primary.iter().chain(&diagnostic.labels) {
        if !files.contains(&label.span.file) {
            files.push(label.span.file);
        }
    }
    files
}

fn annotation(label: &Label, kind: AnnotationKind) -> Annotation<'_> {
    let words = Some(label.text.as_str()).filter(|text| !text.is_empty());
    kind.span(label.span.range()).label(words)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{SourceFile, Span};

    #[test]
    fn carets_stand_under_wide_characters() {
        let mut sources = Sources::default();
        let zh = sources.add(SourceFile::new("manuscript/zh/a.md", "第一行\n共有770万篇论文。\n"));
        let en = sources.add(SourceFile::new("manuscript/en/a.md", "There are 770 papers.\n"));
        let at = "第一行\n共有".len();
        let finding = Diagnostic::error("number", "770 has no counterpart")
            .at_with(Span::new(en, 10..13), "here 770")
            .label(Span::new(zh, at..at + "770万".len()), "there 7,700,000")
            .hint("write 7.7 million");
        let text = human(&[finding], &sources, false);
        insta::assert_snapshot!(text, @r"
        error[number]: 770 has no counterpart
         --> manuscript/en/a.md:1:11
          |
        1 | There are 770 papers.
          |           ^^^ here 770
          |
         ::: manuscript/zh/a.md:2:3
          |
        2 | 共有770万篇论文。
          |     ----- there 7,700,000
          |
          = help: write 7.7 million
        ");
    }

    #[test]
    fn a_long_paragraph_is_cut_around_its_place() {
        let mut sources = Sources::default();
        let text = format!("{}错字{}", "前".repeat(2000), "后".repeat(2000));
        let file = sources.add(SourceFile::new("a.md", text));
        let shown = human(&[Diagnostic::error("x", "m").at(Span::new(file, 6000..6006))], &sources, false);
        assert!(shown.contains("错字"), "{shown}");
        assert!(shown.chars().count() < 500, "{shown}");
    }

    #[test]
    fn a_finding_without_a_place_is_one_line() {
        let shown = human(&[Diagnostic::warning("font", "no such family")], &Sources::default(), false);
        assert_eq!(shown, "warning[font]: no such family\n\n");
    }
}
