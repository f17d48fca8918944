//! The best lines for a title.

use super::phrases::WANTED;

/// How much lines of different lengths offend, beside what their ends cost.
const RAGGED: f64 = 6.0;

/// The widths of all lines that parts of a title can make.
pub(super) struct Widths {
    /// By the part that a line begins with: the widths of lines of one part, of two and so on, as far as they were measured.
    pub(super) rows: Vec<Vec<f64>>,
    /// The width of the place.
    pub(super) room: f64,
    /// Whether lines are to be about equally long; else each is as long as it can be.
    pub(super) even: bool,
}

impl Widths {
    /// The width of a line of the parts from one up to another, if it has room.
    fn of(&self, from: usize, to: usize) -> Option<f64> {
        // A rounding error of a measure is no reason for another line.
        self.rows.get(from)?.get(to - from - 1).copied().filter(|width| *width <= self.room + 0.01)
    }
}

impl Widths {
    /// How much the length of a line offends where `even` would be the length of all.
    fn ragged(&self, from: usize, to: usize, even: f64) -> Option<f64> {
        let width = self.of(from, to)?;
        let best = if self.even { even } else { self.room };
        // The last line of several is as long as it comes.
        let free = !self.even && to == self.rows.len();
        let off = (width - best) / best.max(0.01);
        Some(if free { 0.0 } else { RAGGED * off * off })
    }
}

/// How many parts have been set when each line ends, the last line left out: as few lines as there can be, at the ends that cost least. `costs` are those of the ends of all parts but the last. None where no lines have room.
pub(super) fn ends(widths: &Widths, costs: &[f64]) -> Option<Vec<usize>> {
    let parts = widths.rows.len();
    let most = parts.max(1);
    (1..=most).find_map(|lines| in_lines(widths, costs, parts, lines))
}

/// The same in so many lines.
fn in_lines(widths: &Widths, costs: &[f64], parts: usize, lines: usize) -> Option<Vec<usize>> {
    let whole: f64 = (0..parts).filter_map(|part| widths.rows[part].first()).sum();
    let even = whole / lines as f64;
    // By the number of lines and of parts set: the least offence, and where the last line begins.
    let mut best = vec![vec![None::<(f64, usize)>; parts + 1]; lines + 1];
    best[0][0] = Some((0.0, 0));
    for line in 1..=lines {
        for to in line..=parts {
            best[line][to] = (line - 1..to)
                .filter_map(|from| {
                    let (before, _) = best[line - 1][from]?;
                    if costs[from..to - 1].contains(&WANTED) {
                        return None;
                    }
                    let end = costs.get(to - 1).copied().unwrap_or(0.0).max(0.0);
                    Some((before + widths.ragged(from, to, even)? + end, from))
                })
                .min_by(|a, b| a.0.total_cmp(&b.0));
        }
    }
    best[lines][parts]?;
    let mut ends = Vec::new();
    let mut at = parts;
    for line in (1..=lines).rev() {
        at = best[line][at]?.1;
        ends.push(at);
    }
    ends.pop();
    ends.reverse();
    Some(ends)
}

#[cfg(test)]
mod tests {
    use super::super::phrases::WANTED;
    use super::{Widths, ends};

    /// The lines of parts of some widths.
    fn lines(parts: &[f64], costs: &[f64], room: f64) -> Option<Vec<usize>> {
        let row = |from: usize| (from + 1..=parts.len()).map(|to| parts[from..to].iter().sum()).collect();
        ends(&Widths { rows: (0..parts.len()).map(row).collect(), room, even: true }, costs)
    }

    #[test]
    fn lines_that_need_not_be_even_are_full() {
        let row = |from: usize| (from + 1..=6).map(|to| 2.0 * (to - from) as f64).collect();
        let widths = Widths { rows: (0..6).map(row).collect(), room: 10.0, even: false };
        assert_eq!(ends(&widths, &[1.0; 5]), Some(vec![5]));
    }

    #[test]
    fn lines_are_as_few_as_can_be_and_about_equal() {
        assert_eq!(lines(&[2.0, 2.0], &[1.0], 4.0), Some(vec![]));
        assert_eq!(lines(&[2.0; 6], &[1.0; 5], 10.0), Some(vec![3]));
        assert_eq!(lines(&[2.0; 6], &[1.0; 5], 4.0), Some(vec![2, 4]));
    }

    #[test]
    fn a_better_end_outweighs_a_shorter_line() {
        assert_eq!(lines(&[2.0; 6], &[1.0, 0.0, 3.0, 1.0, 1.0], 10.0), Some(vec![2]));
    }

    #[test]
    fn a_line_ends_where_the_author_wants_it() {
        assert_eq!(lines(&[2.0; 6], &[WANTED, 1.0, 1.0, 1.0, 1.0], 10.0), Some(vec![1]));
    }

    #[test]
    fn a_part_that_has_no_room_has_no_lines() {
        assert_eq!(lines(&[2.0, 9.0], &[1.0], 4.0), None);
        assert_eq!(lines(&[], &[], 4.0), None);
    }
}
