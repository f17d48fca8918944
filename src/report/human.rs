//! For people at a terminal.

use annotate_snippets::{Annotation, AnnotationKind, Group, Level, Renderer, Snippet};

use super::excerpt;
use crate::checks;
use crate::diagnostic::{Diagnostic, Label, Severity};
use crate::source::{Sources, Span};
use crate::words::Tongue;

/// Places of one file that are further apart than this many bytes are shown as excerpts of their own, so that the
/// cost of a finding does not grow with the file.
const NEARBY: usize = 4096;

/// Columns beside a line of source: its number and a few words after an underline.
const MARGIN: usize = 20;

/// Each finding with its lines of source, the place underlined, and its hints; a blank line after each.
///
/// Long lines are cut to about `width` columns, for manuscripts often hold a paragraph in one line.
pub fn human(diagnostics: &[Diagnostic], sources: &Sources, tongue: Tongue, color: bool, width: usize) -> String {
    let renderer = if color { Renderer::styled() } else { Renderer::plain() }.term_width(width);
    let mut out = String::new();
    let mut explained = Vec::new();
    for diagnostic in diagnostics {
        // Why a check matters is said once.
        let why = checks::named(diagnostic.check)
            .filter(|check| !explained.contains(&check.name))
            .map(|check| check.why(tongue));
        explained.push(diagnostic.check);
        out.push_str(&renderer.render(&[group(diagnostic, why, sources, tongue, width)]));
        out.push_str("\n\n");
    }
    out
}

fn group<'a>(
    diagnostic: &'a Diagnostic,
    why: Option<String>,
    sources: &'a Sources,
    tongue: Tongue,
    width: usize,
) -> Group<'a> {
    let level = match diagnostic.severity {
        Severity::Error => named(Level::ERROR, "error", tongue),
        Severity::Warning => named(Level::WARNING, "warning", tongue),
        Severity::Info => named(Level::INFO, "info", tongue),
    };
    let mut group = Group::with_title(level.primary_title(diagnostic.message.as_str()).id(diagnostic.check));
    for marks in excerpts(diagnostic) {
        group = group.element(snippet(&marks, sources, width));
    }
    if let Some(why) = why {
        group = group.element(named(Level::NOTE, "note", tongue).message(why));
    }
    for hint in &diagnostic.hints {
        group = group.element(named(Level::HELP, "help", tongue).message(hint.as_str()));
    }
    group
}

/// A level by its name in a language.
fn named<'a>(level: Level<'a>, name: &'static str, tongue: Tongue) -> Level<'a> {
    level.with_name(tongue.say(name))
}

/// A place and how it is underlined.
type Mark<'a> = (&'a Label, AnnotationKind);

/// The places of a finding in groups that lie near each other in one file, that of its primary place first.
fn excerpts(diagnostic: &Diagnostic) -> Vec<Vec<Mark<'_>>> {
    let primary = diagnostic.primary.iter().map(|label| (label, AnnotationKind::Primary));
    let marks = primary.chain(diagnostic.labels.iter().map(|label| (label, AnnotationKind::Context)));
    let mut excerpts: Vec<Vec<Mark<'_>>> = Vec::new();
    for mark in marks {
        match excerpts.iter_mut().find(|marks| near(marks[0].0.span, mark.0.span)) {
            Some(marks) => marks.push(mark),
            None => excerpts.push(vec![mark]),
        }
    }
    excerpts
}

fn near(a: Span, b: Span) -> bool {
    a.file == b.file && a.start.abs_diff(b.start) <= NEARBY
}

/// The lines that hold the marks.
fn snippet<'a>(marks: &[Mark<'a>], sources: &'a Sources, width: usize) -> Snippet<'a, Annotation<'a>> {
    let whole = marks.iter().map(|(label, _)| label.span).reduce(Span::to).expect("an excerpt shows a place");
    let file = sources.get(whole.file);
    let first = file.position(whole.start).line;
    let lines = file.line_start(first)..file.line_start(file.position(whole.end).line + 1);
    let annotations = marks.iter().map(|(label, kind)| {
        let end = label.span.start + underlined(sources.snippet(label.span), width);
        let range = label.span.start - lines.start..end - lines.start;
        kind.span(range).label(Some(label.text.as_str()).filter(|text| !text.is_empty()))
    });
    Snippet::source(&file.text()[lines.clone()]).line_start(first).path(file.path()).annotations(annotations)
}

/// How many bytes of a text are underlined: all, or of a single line that is too long its first half, for the renderer
/// cuts nothing out of what is underlined.
fn underlined(text: &str, width: usize) -> usize {
    if text.contains('\n') || textwrap::core::display_width(text) + MARGIN <= width {
        return text.len();
    }
    excerpt::forth(text, width / 2)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::SourceFile;

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
        let text = human(&[finding], &sources, Tongue::English, false, 110);
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
          = note: A wrong number reads as well as the right one.
          = help: write 7.7 million
        ");
    }

    #[test]
    fn a_long_paragraph_is_cut_around_its_place() {
        let mut sources = Sources::default();
        let text = format!("{}错字{}", "前".repeat(2000), "后".repeat(2000));
        let file = sources.add(SourceFile::new("a.md", text));
        let shown = human(
            &[Diagnostic::error("x", "m").at(Span::new(file, 6000..6006))],
            &sources,
            Tongue::English,
            false,
            110,
        );
        assert!(shown.contains("错字"), "{shown}");
        assert!(shown.chars().count() < 500, "{shown}");
    }

    #[test]
    fn a_long_paragraph_that_is_its_own_place_is_cut() {
        let mut sources = Sources::default();
        let file = sources.add(SourceFile::new("a.md", "长".repeat(500)));
        let finding = [Diagnostic::error("x", "m").at_with(Span::new(file, 0..1500), "nothing like it")];
        let shown = human(&finding, &sources, Tongue::English, false, 80);
        let columns = |line: &str| textwrap::core::display_width(line);
        assert!(shown.lines().all(|line| columns(line) <= 80), "{shown}");
        assert!(shown.contains("nothing like it"), "{shown}");
    }

    #[test]
    fn why_a_check_matters_is_said_once() {
        let finding = || Diagnostic::error("number", "m");
        let shown = human(&[finding(), finding()], &Sources::default(), Tongue::English, false, 80);
        assert_eq!(shown.matches("= note: A wrong number reads as well as the right one").count(), 1, "{shown}");
    }

    #[test]
    fn lines_are_as_wide_as_the_terminal() {
        let mut sources = Sources::default();
        let file = sources.add(SourceFile::new("a.md", format!("{}错字{}", "前".repeat(500), "后".repeat(500))));
        let finding = [Diagnostic::error("x", "m").at(Span::new(file, 1500..1506))];
        for width in [40, 80, 160] {
            let shown = human(&finding, &sources, Tongue::English, false, width);
            let columns = |line: &str| line.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum::<usize>();
            assert!(shown.lines().all(|line| columns(line) <= width), "{width}:\n{shown}");
        }
    }

    #[test]
    fn places_far_apart_are_shown_apart() {
        let mut sources = Sources::default();
        let file = sources.add(SourceFile::new("a.md", format!("one\n{}two\n", "…\n".repeat(2000))));
        let end = sources.get(file).text().len();
        let finding = Diagnostic::error("twice", "the same id again")
            .at(Span::new(file, end - 4..end - 1))
            .label(Span::new(file, 0..3), "first here");
        insta::assert_snapshot!(human(&[finding], &sources, Tongue::English, false, 110), @r"
        error[twice]: the same id again
            --> a.md:2002:1
             |
        2002 | two
             | ^^^
             |
            ::: a.md:1:1
             |
           1 | one
             | --- first here
        ");
    }

    #[test]
    fn a_finding_without_a_place_is_one_line() {
        let shown =
            human(&[Diagnostic::warning("font", "no such family")], &Sources::default(), Tongue::English, false, 110);
        assert_eq!(shown, "warning[font]: no such family\n\n");
    }
}
