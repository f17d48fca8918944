//! The text of a page as a browser lays it over the drawing, so that it can be selected, searched and copied.

use serde::Serialize;

use super::Shown;
use crate::printed::TextRun;
use crate::source::Sources;
use crate::typeset::Lettering;

/// How far a piece of the manuscript's text may begin from a line to be its beginning, in points.
const NEAR: f64 = 0.5;

/// A line of a page.
#[derive(Debug, PartialEq, Serialize)]
pub(super) struct Line {
    /// From the left edge of the trimmed page, in points.
    x: f64,
    /// Its baseline, from the upper edge.
    y: f64,
    /// Its length.
    width: f64,
    /// Size of its letters.
    size: f64,
    text: String,
    /// Whether it goes on with the paragraph of the line before it: copied, they are one.
    goes_on: bool,
}

/// The lines of a page (from 1); `None` when there is no such page.
pub(super) fn lines(shown: &Shown, page: usize) -> Option<Vec<Line>> {
    let from = shown.set.printed.runs.partition_point(|run| run.page < page);
    let runs = &shown.set.printed.runs[from..];
    let runs = &runs[..runs.partition_point(|run| run.page == page)];
    let mut before: Option<(&Lettering, Option<&TextRun>)> = None;
    let mut lines = Vec::new();
    let drawn = shown.set.lettering(page)?;
    for line in &drawn {
        let run = runs.iter().find(|run| begins(run, line));
        let goes_on = before.is_some_and(|before| goes_on(before, (line, run), &shown.reading.sources));
        before = Some((line, run));
        let rounded = |value: f64| (value * 100.0).round() / 100.0;
        let [x, y] = line.at.map(rounded);
        let (width, size) = (rounded(line.width), rounded(line.size));
        lines.push(Line { x, y, width, size, text: line.text.clone(), goes_on });
    }
    Some(lines)
}

fn begins(run: &TextRun, line: &Lettering) -> bool {
    (run.at[1] - line.at[1]).abs() < NEAR && run.at[0] > line.at[0] - NEAR && run.at[0] < line.at[0] + line.width
}

/// Whether two lines, one below the other, are of one paragraph: nothing in the manuscript parts them.
fn goes_on(
    (last, before): (&Lettering, Option<&TextRun>),
    (line, run): (&Lettering, Option<&TextRun>),
    sources: &Sources,
) -> bool {
    let (Some(before), Some(run)) = (before, run) else { return false };
    let below = line.at[1] > last.at[1] && (line.size - last.size).abs() < NEAR;
    let in_order = before.span.file == run.span.file && before.span.start <= run.span.start;
    let between = || sources.get(run.span.file).slice(before.span.start..run.span.start);
    below && in_order && !between().lines().skip(1).any(|line| ends_paragraph(line.trim_start()))
}

/// Whether a line of the manuscript ends the paragraph before it: an empty one, or an item of a list or a row of a table.
fn ends_paragraph(line: &str) -> bool {
    line.is_empty()
        || line.starts_with(['|', '-', '*', '>', ':', '#', '+'])
        || line.starts_with(|c: char| c.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{SourceFile, Span};

    #[test]
    fn lines_of_one_paragraph_go_on_and_others_do_not() {
        let mut sources = Sources::default();
        let text = "One two\nthree four\n\n- five\n- six\n";
        let file = sources.add(SourceFile::new("manuscript/en/a.md", text));
        let line = |y: f64| Lettering { at: [10.0, y], width: 50.0, size: 10.0, text: String::new() };
        let run = |word: &str| {
            let start = text.find(word).expect("a word of the text");
            let span = Span::new(file, start..start + word.len());
            TextRun { page: 1, span, at: [10.0, 0.0], width: 50.0, size: 10.0, letters: 1, upright: true }
        };
        let joined = |a: &str, b: &str| goes_on((&line(10.0), Some(&run(a))), (&line(22.0), Some(&run(b))), &sources);
        assert!(joined("One", "two") && joined("One", "three") && joined("two", "four"));
        assert!(!joined("four", "five") && !joined("five", "six") && !joined("three", "One"));
        assert!(!goes_on((&line(22.0), Some(&run("One"))), (&line(10.0), Some(&run("two"))), &sources));
        assert!(!goes_on((&line(10.0), None), (&line(22.0), Some(&run("two"))), &sources));
    }
}
