//! Columns of numbers, which stand with their decimal marks one below the other.

use super::{Cell, ColumnAlign, Inline, InlineKind, Table, text};

/// What may stand before the first digit of a number.
const SIGNS: &str = "+-−±–≈~<>≤≥¥￥$€£ \u{a0}";

/// What stands for a number that there is not.
const NONE: [&str; 8] = ["", "-", "–", "—", "——", "…", "……", "/"];

impl Table {
    /// Aligns columns of numbers of one unit at the decimal mark, if one has a mark and the author wants them elsewhere by no word.
    pub fn align_decimals(&mut self) {
        for column in 0..self.columns.len() {
            if matches!(self.columns[column], ColumnAlign::Auto | ColumnAlign::Right)
                && let Some(digits) = self.digits(column)
            {
                self.columns[column] = ColumnAlign::Decimal(digits);
            }
        }
    }

    /// The most digits behind the decimal mark, if a column has nothing but numbers of one unit.
    fn digits(&self, column: usize) -> Option<usize> {
        let cells = self.rows.iter().flatten().filter(|cell| cell.column == column && cell.columns == 1);
        let mut numbers = Vec::new();
        for cell in cells {
            let written = text::plain(&cell.body);
            if !NONE.contains(&written.trim()) {
                numbers.push((fraction(&written).filter(|_| is_text(&cell.body))?.0, unit(&written)));
            }
        }
        let one = numbers.windows(2).all(|pair| pair[0].1 == pair[1].1);
        numbers.iter().map(|(digits, _)| *digits).max().filter(|digits| one && numbers.len() > 1 && *digits > 0)
    }
}

impl Cell {
    /// What a number lacks to have as many digits behind its decimal mark as the column: the mark and zeros.
    pub fn padding(&self, align: ColumnAlign) -> String {
        let ColumnAlign::Decimal(digits) = align else { return String::new() };
        let Some((own, _)) = fraction(&text::plain(&self.body)) else { return String::new() };
        let mark = if own == 0 { "." } else { "" };
        format!("{mark}{}", "0".repeat(digits.saturating_sub(own)))
    }
}

/// How many digits a number has behind its decimal mark, and where it ends. `None` where a text is no number.
fn fraction(text: &str) -> Option<(usize, usize)> {
    let start =
        text.find(|c: char| c.is_ascii_digit()).filter(|start| text[..*start].chars().all(|c| SIGNS.contains(c)))?;
    let run = |from: usize, more: &[char]| {
        let other = |c: char| !(c.is_ascii_digit() || more.contains(&c));
        text[from..].find(other).map_or(text.len(), |length| from + length)
    };
    let whole = run(start, &[',', '\u{202f}']);
    let behind = if text[whole..].starts_with('.') { run(whole + 1, &[]).max(whole + 1) - (whole + 1) } else { 0 };
    let end = if behind > 0 { whole + 1 + behind } else { whole };
    let rest = &text[end..];
    (!rest.starts_with(['.', ',']) && !rest.contains(|c: char| c.is_numeric())).then_some((behind, end))
}

fn unit(text: &str) -> String {
    fraction(text).map(|(_, end)| text[end..].trim().to_owned()).unwrap_or_default()
}

fn is_text(run: &[Inline]) -> bool {
    run.iter().all(|inline| match &inline.kind {
        InlineKind::Text(_) => true,
        InlineKind::Strong(body) | InlineKind::Emph(body) => is_text(body),
        _ => false,
    })
}

#[cfg(test)]
mod tests {
    use super::{fraction, unit};

    #[test]
    fn a_number_is_one_with_what_belongs_to_it() {
        for (text, digits, of) in [
            ("12", Some(0), ""),
            ("1,250.5", Some(1), ""),
            ("−3.25 %", Some(2), "%"),
            ("¥12.50", Some(2), ""),
            ("6.5小时", Some(1), "小时"),
            ("约6", None, ""),
            ("1.2.3", None, ""),
            ("2026-03-01", None, ""),
            ("10~20", None, ""),
            ("3.", None, ""),
            ("5³", None, ""),
            ("一", None, ""),
            ("", None, ""),
        ] {
            assert_eq!(fraction(text).map(|(digits, _)| digits), digits, "{text}");
            assert_eq!(unit(text), of, "{text}");
        }
    }
}
