use super::super::{Check, Look};
use super::sheet::{Flaw, Sheet, Spot};
use crate::diagnostic::{Diagnostic, Severity};
use crate::printed::Gap;

pub(in crate::checks) const CHECK: Check = Check {
    name: Check::code("river"),
    group: "print",
    summary: msg!("wide word spaces in consecutive lines that form a river of white"),
    default_level: Severity::Info,
    page: page!("river"),
    look: Look::Pages(look),
};

/// A river runs through at least this many lines.
const LINES: usize = 4;

/// The next line is at most this far below, in multiples of the size.
const NEXT: f64 = 2.0;

/// Two spaces belong together when at least this share of the narrower one lies over the other.
const SHARED: f64 = 0.5;

fn look(sheet: &Sheet<'_>, flaws: &mut Vec<Flaw>) {
    let Some(printed) = sheet.printed() else { return };
    for gaps in printed.gaps.chunk_by(|a, b| a.page == b.page) {
        let mut gaps: Vec<&Gap> = gaps.iter().collect();
        gaps.sort_by(|a, b| a.at[1].total_cmp(&b.at[1]).then(a.at[0].total_cmp(&b.at[0])));
        for river in rivers(&gaps) {
            flaws.push(flaw(sheet, &river));
        }
    }
}

/// The longest rivers among the spaces of a page, which are in the order of their lines; no space is in two rivers.
fn rivers<'g>(gaps: &[&'g Gap]) -> Vec<Vec<&'g Gap>> {
    // For each space the one above it at which the longest river ends, and the length of that river.
    let mut above: Vec<(Option<usize>, usize)> = Vec::with_capacity(gaps.len());
    for (index, gap) in gaps.iter().enumerate() {
        let reach = gap.at[1] - gap.size * NEXT;
        let near = (0..index).rev().take_while(|other| gaps[*other].at[1] >= reach);
        let best = near.filter(|other| flows(gaps[*other], gap)).max_by_key(|other| above[*other].1);
        above.push((best, best.map_or(1, |best| above[best].1 + 1)));
    }
    let mut ends: Vec<usize> = (0..gaps.len()).filter(|index| above[*index].1 >= LINES).collect();
    ends.sort_by_key(|index| (std::cmp::Reverse(above[*index].1), *index));
    let mut taken = vec![false; gaps.len()];
    let mut found = Vec::new();
    for end in ends {
        let stream: Vec<usize> = std::iter::successors(Some(end), |at| above[*at].0).collect();
        if stream.iter().any(|at| taken[*at]) {
            continue;
        }
        for at in &stream {
            taken[*at] = true;
        }
        found.push(stream.into_iter().rev().map(|at| gaps[at]).collect());
    }
    found.sort_by(|a: &Vec<&Gap>, b| a[0].at[1].total_cmp(&b[0].at[1]).then(a[0].at[0].total_cmp(&b[0].at[0])));
    found
}

/// Whether the eye goes on from a space to one on the line below.
fn flows(upper: &Gap, lower: &Gap) -> bool {
    let fall = lower.at[1] - upper.at[1];
    let left = upper.at[0].max(lower.at[0]);
    let right = (upper.at[0] + upper.width).min(lower.at[0] + lower.width);
    fall > lower.size * 0.5 && right - left >= SHARED * upper.width.min(lower.width)
}

fn flaw(sheet: &Sheet<'_>, river: &[&Gap]) -> Flaw {
    let spots: Vec<Spot> = river.iter().map(|gap| sheet.area_of(gap.page, gap.at, gap.width, gap.size)).collect();
    let first = river[0];
    let message = plural!(
        lines = river.len(),
        "a river of white runs through {lines} line {place}",
        "a river of white runs through {lines} lines {place}",
        place = sheet.place(&spots[0])
    );
    let finding = Diagnostic::new(Severity::Info, CHECK.name, message)
        .at(first.span)
        .hint(msg!("change a few words, or allow hyphenation in the lines around it"));
    Flaw { finding, spots }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{SourceFile, Sources, Span};

    fn gap(line: usize, x: f64, width: f64) -> Gap {
        let file = Sources::default().add(SourceFile::new("a.md", ""));
        Gap { page: 1, span: Span::new(file, 0..0), at: [x, 100.0 + 14.0 * line as f64], width, size: 10.0 }
    }

    fn lengths(gaps: &[Gap]) -> Vec<usize> {
        rivers(&gaps.iter().collect::<Vec<_>>()).iter().map(Vec::len).collect()
    }

    #[test]
    fn four_spaces_one_under_the_other_are_a_river() {
        let straight: Vec<Gap> = (0..4).map(|line| gap(line, 50.0, 5.0)).collect();
        assert_eq!(lengths(&straight), [4]);
        assert_eq!(lengths(&straight[..3]), [0; 0]);
        let slanting: Vec<Gap> = (0..6).map(|line| gap(line, 50.0 + 2.0 * line as f64, 5.0)).collect();
        assert_eq!(lengths(&slanting), [6]);
    }

    #[test]
    fn spaces_that_do_not_meet_or_leave_out_a_line_are_none() {
        let apart: Vec<Gap> = (0..6).map(|line| gap(line, 50.0 + 4.0 * line as f64, 5.0)).collect();
        assert_eq!(lengths(&apart), [0; 0]);
        let every_other: Vec<Gap> = (0..6).map(|line| gap(2 * line, 50.0, 5.0)).collect();
        assert_eq!(lengths(&every_other), [0; 0]);
    }

    #[test]
    fn a_river_that_forks_is_reported_once() {
        let mut forked: Vec<Gap> = (0..5).map(|line| gap(line, 50.0, 5.0)).collect();
        forked.push(gap(4, 52.0, 5.0));
        forked.sort_by(|a, b| a.at[1].total_cmp(&b.at[1]));
        assert_eq!(lengths(&forked), [5]);
    }
}
