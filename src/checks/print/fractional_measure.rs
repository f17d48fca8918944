use std::collections::BTreeMap;

use super::super::{Check, Look};
use super::lines::{Line, columns};
use super::sheet::{Flaw, Sheet, Spot};
use crate::diagnostic::{Diagnostic, Severity};
use crate::lang::Script;

pub(in crate::checks) const CHECK: Check = Check {
    name: Check::code("fractional-measure"),
    group: "print",
    summary: msg!("Chinese text whose lines are not a whole number of characters long"),
    default_level: Severity::Info,
    page: page!("fractional_measure"),
    look: Look::Pages(look),
};

/// A line is as long as a whole number of characters when it is so near to that, in multiples of its size.
const NEAR: f64 = 0.05;

/// Lines that are set to a measure begin and end at the same places, but for this part of their size.
const EVEN: f64 = 0.03;

/// Fewer lines of a measure in the whole book say nothing about it.
const LINES: usize = 6;

/// A length in hundredths of the size of the letters, and that size in tenths of a point.
type Measure = (u32, u32);

fn look(sheet: &Sheet<'_>, flaws: &mut Vec<Flaw>) {
    let Some(lines) = &sheet.lines else { return };
    let chinese: Vec<_> = lines.chapters().into_iter().filter(|ch| ch.lang.script() == Script::Han).collect();
    let mut found: BTreeMap<Measure, Vec<Line>> = BTreeMap::new();
    for block in lines.paragraphs() {
        if !chinese.iter().any(|chapter| chapter.file == block.span.file) {
            continue;
        }
        for (measure, line) in fractional(&lines.of_block(block.span)) {
            found.entry(measure).or_default().push(line);
        }
    }
    for (measure, mut lines) in found.into_iter().filter(|(_, lines)| lines.len() >= LINES) {
        lines.sort_by_key(|line| line.page);
        let spots = lines.iter().map(|line| sheet.area_of(line.page, line.at, line.width, line.size)).collect();
        flaws.push(flaw(sheet, measure, spots));
    }
}

fn flaw(sheet: &Sheet<'_>, (ems, size): Measure, spots: Vec<Spot>) -> Flaw {
    let message = msg!(
        "lines of Chinese text of {size} pt are {ems} characters long {place}",
        size = format!("{:.1}", f64::from(size) / 10.0),
        ems = format!("{:.2}", f64::from(ems) / 100.0),
        place = sheet.places(&spots)
    );
    let hint =
        msg!("in the layout, make them {whole} characters long, and leave the rest to margins", whole = ems / 100);
    Flaw::new(Diagnostic::new(Severity::Info, CHECK.name, message).hint(hint), spots)
}

/// The lines of a paragraph that are set to a measure which is no whole number of characters. The first line is indented and
/// the last one is short; the others say nothing where they do not end at one place: those are ragged, or end in a formula.
fn fractional(paragraph: &[Line]) -> Vec<(Measure, Line)> {
    let inner = paragraph.get(1..paragraph.len().saturating_sub(1)).unwrap_or_default();
    let mut found = Vec::new();
    for column in columns(inner).into_iter().filter(|column| column.len() > 1 && is_even(column)) {
        let line = column[0];
        let ems = line.width / line.size;
        if (ems - ems.round()).abs() > NEAR {
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "shorter than a page is wide")]
            let [ems, size] = [ems * 100.0, line.size * 10.0].map(|value| value.round() as u32);
            found.extend(column.iter().map(|line| ((ems, size), *line)));
        }
    }
    found
}

/// Whether lines begin and end at the same places.
fn is_even(lines: &[Line]) -> bool {
    let first = &lines[0];
    let near = |a: f64, b: f64| (a - b).abs() < EVEN * first.size;
    lines
        .iter()
        .all(|line| near(line.size, first.size) && near(line.at[0], first.at[0]) && near(line.width, first.width))
}

#[cfg(test)]
mod tests {
    use super::{Line, fractional};
    use crate::source::{SourceFile, Sources, Span};

    /// How many lines of a paragraph of these widths, in ems of 10 pt, are fractional.
    fn count(widths: &[f64]) -> usize {
        let file = Sources::default().add(SourceFile::new("a.md", ""));
        let line = |(n, width): (usize, &f64)| Line {
            page: 1,
            at: [40.0, 60.0 + 17.0 * n as f64],
            width: 10.0 * width,
            size: 10.0,
            letters: 20,
            span: Span::new(file, 0..0),
        };
        fractional(&widths.iter().enumerate().map(line).collect::<Vec<_>>()).len()
    }

    #[test]
    fn lines_of_a_fractional_measure_are_found() {
        assert_eq!(count(&[19.13, 21.13, 21.13, 21.13, 8.0]), 3);
        assert_eq!(count(&[19.0, 21.0, 21.0, 21.0, 8.0]), 0);
        assert_eq!(count(&[19.5, 21.5]), 0, "neither the first nor the last line says anything");
    }

    #[test]
    fn ragged_lines_have_no_measure() {
        assert_eq!(count(&[21.0, 20.4, 20.9, 19.7, 8.0]), 0);
    }
}
