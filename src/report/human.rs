//! For people at a terminal.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use annotate_snippets::{Annotation, AnnotationKind, Group, Level, Origin, Renderer, Snippet};
use textwrap::WordSeparator;
use textwrap::core::display_width;

use super::excerpt;
use crate::checks;
use crate::diagnostic::{Diagnostic, Label, Severity};
use crate::message::{Locale, Message, visible_in_line};
use crate::source::{FileId, Sources, Span};

/// Places of one file that are further apart than this many bytes are shown as excerpts of their own, so that the
/// cost of a finding does not grow with the file.
const NEARBY: usize = 4096;

/// A line of more bytes than this is drawn for so many findings. What a line costs to draw grows with it, and so may the number
/// of findings in it: of further ones the place is named.
const LONG_LINE: usize = 16 * 1024;
const DRAWN: usize = 10;

/// Columns beside a line of source: its number and a few words after an underline.
const MARGIN: usize = 20;

/// What a report is written on.
#[derive(Debug, Clone, Copy)]
pub struct Page {
    /// The columns that lines of source are cut to.
    width: usize,
    /// Whether sentences are broken at that width, too.
    wraps: bool,
}

impl Page {
    /// A terminal of so many columns.
    pub fn fitted(width: usize) -> Self {
        Self { width, wraps: true }
    }

    /// A file or a program, which have no width of their own: a sentence is one line.
    pub fn open(width: usize) -> Self {
        Self { width, wraps: false }
    }

    /// Whether a sentence has room after a column.
    pub(super) fn has_room(self, column: usize) -> bool {
        !self.wraps || column + LEAST <= self.width
    }

    /// A text that begins in a column, broken into lines that end on the page.
    pub(super) fn fill(self, text: String, column: usize) -> String {
        let room = self.width.saturating_sub(column).max(LEAST);
        if !self.wraps || display_width(&text) <= room {
            return text;
        }
        let options = textwrap::Options::new(room).word_separator(WordSeparator::UnicodeBreakProperties);
        textwrap::fill(&text, options.break_words(false))
    }
}

/// The fewest columns that a sentence is broken to.
const LEAST: usize = 20;

/// Each finding with its lines of source, the place underlined, and its hints; a blank line after each.
///
/// Long lines are cut to the width of the page, because manuscripts often hold a paragraph in one line.
pub fn human(diagnostics: &[Diagnostic], sources: &Sources, locale: Locale, color: bool, page: Page) -> String {
    let renderer = if color { Renderer::styled() } else { Renderer::plain() }.term_width(page.width);
    let mut out = String::new();
    let mut explained = BTreeSet::new();
    let mut drawn = Drawn::default();
    for diagnostic in diagnostics {
        // Why a finding matters is explained once.
        let is_first = explained.insert(diagnostic.check);
        let why = checks::entry(diagnostic.check.as_str()).filter(|_| is_first).map(|entry| entry.page.why(locale));
        out.push_str(&renderer.render(&[group(diagnostic, why, sources, locale, page, &mut drawn)]));
        out.push_str("\n\n");
    }
    out
}

/// How often each long line was drawn, by where it begins.
#[derive(Default)]
struct Drawn(BTreeMap<(FileId, usize), usize>);

impl Drawn {
    /// Whether some lines of a file may be drawn; counts that they are.
    fn may_draw(&mut self, file: FileId, lines: &Range<usize>) -> bool {
        if lines.len() <= LONG_LINE {
            return true;
        }
        let times = self.0.entry((file, lines.start)).or_default();
        *times += 1;
        *times <= DRAWN
    }
}

fn group<'a>(
    diagnostic: &'a Diagnostic,
    why: Option<String>,
    sources: &'a Sources,
    locale: Locale,
    page: Page,
    drawn: &mut Drawn,
) -> Group<'a> {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Info => Level::INFO,
    };
    let word = locale.say(&diagnostic.severity.word());
    // `error[code]: `
    let head = display_width(&word) + diagnostic.check.as_str().len() + 4;
    let level = level.with_name(word);
    let title = level.primary_title(page.fill(locale.say(&diagnostic.message), head));
    let mut group = Group::with_title(title.id(diagnostic.check.as_str()));
    let mut digits = 1;
    for marks in excerpts(diagnostic, sources) {
        let last = marks.iter().map(|mark| sources.get(mark.span.file).position(mark.span.end).line).max();
        digits = digits.max(last.unwrap_or(1).to_string().len());
        let lines = lines(&marks, sources);
        group = if drawn.may_draw(marks[0].span.file, &lines) {
            group.element(snippet(&marks, lines, sources, locale, page.width))
        } else {
            group.element(origin(&marks, sources))
        };
    }
    // `  = note: `, under the numbers of the lines.
    let said = |word: &str, text: String| page.fill(text, digits + display_width(word) + 5);
    if let Some(why) = why {
        let word = locale.say(&msg!("note"));
        let why = said(&word, why);
        group = group.element(Level::NOTE.with_name(word).message(why));
    }
    for hint in &diagnostic.hints {
        let word = locale.say(&msg!("help"));
        let hint = said(&word, locale.say(hint));
        group = group.element(Level::HELP.with_name(word).message(hint));
    }
    group
}

/// A place that lies in its file, and how it is underlined.
struct Mark<'a> {
    span: Span,
    text: &'a Message,
    kind: AnnotationKind,
}

impl<'a> Mark<'a> {
    fn new(label: &'a Label, kind: AnnotationKind, sources: &Sources) -> Self {
        Self { span: sources.clamp(label.span), text: &label.text, kind }
    }
}

/// The places of a finding in groups that lie near each other in one file, that of its primary place first.
fn excerpts<'a>(diagnostic: &'a Diagnostic, sources: &Sources) -> Vec<Vec<Mark<'a>>> {
    let primary = diagnostic.primary.iter().map(|label| Mark::new(label, AnnotationKind::Primary, sources));
    let marks = primary.chain(diagnostic.labels.iter().map(|label| Mark::new(label, AnnotationKind::Context, sources)));
    let mut excerpts: Vec<Vec<Mark<'_>>> = Vec::new();
    for mark in marks {
        match excerpts.iter_mut().find(|marks| near(marks[0].span, mark.span)) {
            Some(marks) => marks.push(mark),
            None => excerpts.push(vec![mark]),
        }
    }
    excerpts
}

fn near(a: Span, b: Span) -> bool {
    a.file == b.file && a.start.abs_diff(b.start) <= NEARBY
}

/// The lines that hold the marks, as bytes of their file.
fn lines(marks: &[Mark<'_>], sources: &Sources) -> Range<usize> {
    let whole = marks.iter().map(|mark| mark.span).reduce(Span::to).expect("an excerpt shows a place");
    let file = sources.get(whole.file);
    let line = |offset| file.position(offset).line;
    file.line_start(line(whole.start))..file.line_start(line(whole.end) + 1)
}

/// Where the first mark stands.
fn origin<'a>(marks: &[Mark<'a>], sources: &'a Sources) -> Origin<'a> {
    let file = sources.get(marks[0].span.file);
    let position = file.position(marks[0].span.start);
    Origin::path(visible_in_line(file.path())).line(position.line).char_column(position.column)
}

/// The lines with their marks.
fn snippet<'a>(
    marks: &[Mark<'a>],
    lines: Range<usize>,
    sources: &'a Sources,
    locale: Locale,
    width: usize,
) -> Snippet<'a, Annotation<'a>> {
    let file = sources.get(marks[0].span.file);
    let first = file.position(lines.start).line;
    let annotations = marks.iter().map(|mark| {
        let end = mark.span.start + underlined(sources.snippet(mark.span), width);
        let range = mark.span.start - lines.start..end - lines.start;
        mark.kind.span(range).label((!mark.text.is_empty()).then(|| locale.say(mark.text)))
    });
    Snippet::source(file.slice(lines.clone()))
        .line_start(first)
        .path(visible_in_line(file.path()))
        .annotations(annotations)
}

/// How many bytes of a text are underlined: all, or the first half of a single line that is too long, because the
/// renderer cuts nothing out of what is underlined.
fn underlined(text: &str, width: usize) -> usize {
    if text.contains('\n') || display_width(text) + MARGIN <= width {
        return text.len();
    }
    excerpt::forth(text, width / 2)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::message::Message;
    use crate::source::SourceFile;

    #[test]
    fn carets_stand_under_wide_characters() {
        let mut sources = Sources::default();
        let zh = sources.add(SourceFile::new("manuscript/zh/a.md", "第一行\n共有770万篇论文。\n"));
        let en = sources.add(SourceFile::new("manuscript/en/a.md", "There are 770 papers.\n"));
        let at = "第一行\n共有".len();
        let finding = Diagnostic::error("number".into(), Message::data("770 has no counterpart"))
            .at_with(Span::new(en, 10..13), Message::data("here 770"))
            .label(Span::new(zh, at..at + "770万".len()), Message::data("there 7,700,000"))
            .hint(Message::data("write 7.7 million"));
        let text = human(&[finding], &sources, Locale::English, false, Page::open(110));
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
            &[Diagnostic::error("x".into(), Message::data("m")).at(Span::new(file, 6000..6006))],
            &sources,
            Locale::English,
            false,
            Page::open(110),
        );
        assert!(shown.contains("错字"), "{shown}");
        assert!(shown.chars().count() < 500, "{shown}");
    }

    #[test]
    fn a_long_paragraph_that_is_its_own_place_is_cut() {
        let mut sources = Sources::default();
        let file = sources.add(SourceFile::new("a.md", "长".repeat(500)));
        let finding = [Diagnostic::error("x".into(), Message::data("m"))
            .at_with(Span::new(file, 0..1500), Message::data("nothing like it"))];
        let shown = human(&finding, &sources, Locale::English, false, Page::open(80));
        let columns = |line: &str| textwrap::core::display_width(line);
        assert!(shown.lines().all(|line| columns(line) <= 80), "{shown}");
        assert!(shown.contains("nothing like it"), "{shown}");
    }

    #[test]
    fn a_very_long_line_is_drawn_a_few_times() {
        let mut sources = Sources::default();
        let file = sources.add(SourceFile::new("a.md", format!("b\n{}", "错字。".repeat(LONG_LINE / 9 + 1))));
        let found: Vec<Diagnostic> = (0..2 * DRAWN)
            .map(|at| Diagnostic::error("x".into(), Message::data("m")).at(Span::new(file, 2 + 9 * at..8 + 9 * at)))
            .collect();
        let shown = human(&found, &sources, Locale::English, false, Page::open(80));
        assert_eq!(shown.matches("^^^^").count(), DRAWN, "{shown}");
        assert!(shown.ends_with("error[x]: m\n--> a.md:2:58\n\n"), "{shown}");
    }

    #[test]
    fn why_a_finding_matters_is_explained_once() {
        let finding = || Diagnostic::error("number".into(), Message::data("m"));
        let shown = human(&[finding(), finding()], &Sources::default(), Locale::English, false, Page::open(80));
        assert_eq!(shown.matches("= note: A wrong number reads as well as the right one").count(), 1, "{shown}");
    }

    #[test]
    fn lines_are_as_wide_as_the_terminal() {
        let mut sources = Sources::default();
        let file = sources.add(SourceFile::new("a.md", format!("{}错字{}", "前".repeat(500), "后".repeat(500))));
        let finding = [Diagnostic::error("x".into(), Message::data("m")).at(Span::new(file, 1500..1506))];
        for width in [40, 80, 160] {
            let shown = human(&finding, &sources, Locale::English, false, Page::fitted(width));
            let columns = |line: &str| line.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum::<usize>();
            assert!(shown.lines().all(|line| columns(line) <= width), "{width}:\n{shown}");
        }
    }

    #[test]
    fn sentences_are_broken_where_the_terminal_ends() {
        let text = "a paragraph of many words that say what is wrong with it ".repeat(4);
        let finding =
            [Diagnostic::error("x".into(), Message::data(&text)).hint(Message::data("写了很多字的提示".repeat(20)))];
        for width in [40, 80] {
            let shown = human(&finding, &Sources::default(), Locale::English, false, Page::fitted(width));
            assert!(shown.lines().all(|line| display_width(line) <= width), "{width}:\n{shown}");
        }
        let shown = human(&finding, &Sources::default(), Locale::English, false, Page::open(40));
        assert_eq!(shown.trim_end().lines().count(), 3, "one line for each sentence:\n{shown}");
    }

    #[test]
    fn places_far_apart_are_shown_apart() {
        let mut sources = Sources::default();
        let file = sources.add(SourceFile::new("a.md", format!("one\n{}two\n", "…\n".repeat(2000))));
        let end = sources.get(file).text().len();
        let finding = Diagnostic::error("twice".into(), Message::data("the same id again"))
            .at(Span::new(file, end - 4..end - 1))
            .label(Span::new(file, 0..3), Message::data("first here"));
        insta::assert_snapshot!(human(&[finding], &sources, Locale::English, false, Page::open(110)), @r"
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
        let shown = human(
            &[Diagnostic::warning("font".into(), Message::data("no such family"))],
            &Sources::default(),
            Locale::English,
            false,
            Page::open(110),
        );
        assert_eq!(shown, "warning[font]: no such family\n\n");
    }
}
