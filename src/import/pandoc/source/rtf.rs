//! RTF before pandoc sees it.

/// Notes that are marked as something that may be passed over, which pandoc does.
const PASSED: &[u8] = b"{\\*\\footnote";
const NOTE: &[u8] = b"{\\footnote";

/// The source with notes that no reader passes over.
pub(super) fn with_notes(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(bytes.len());
    let mut rest = bytes;
    while let Some(first) = rest.first() {
        match rest.strip_prefix(PASSED) {
            Some(behind) => {
                out.extend_from_slice(NOTE);
                rest = behind;
            }
            None => {
                out.push(*first);
                rest = &rest[1..];
            }
        }
    }
    out
}

/// Whether cells are joined, or rows beside each other have not as many cells, neither of which pandoc tells.
pub(super) fn has_joined_cells(bytes: &[u8]) -> bool {
    let count = |text: &str, word: &str| text.matches(word).count();
    let text = String::from_utf8_lossy(bytes);
    // Some write the shape of a row once more at its end.
    let rows: Vec<&str> = text.split("\\trowd").skip(1).filter(|row| count(row, "\\cellx") > 0).collect();
    let joined = rows.iter().any(|row| ["\\clmrg", "\\clvmrg"].iter().any(|word| row.contains(word)));
    let follows = |row: &str| !row.rsplit("\\row").next().unwrap_or_default().contains("\\par");
    joined || rows.windows(2).any(|two| count(two[0], "\\cellx") != count(two[1], "\\cellx") && follows(two[0]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn notes_are_no_longer_passed_over() {
        let said = with_notes(b"a{\\*\\footnote\\pard n}{\\*\\annotation x}{\\footnote m}");
        assert_eq!(said, b"a{\\footnote\\pard n}{\\*\\annotation x}{\\footnote m}");
    }

    #[test]
    fn joined_cells_are_seen() {
        let row = |cells: &str| format!("\\trowd{cells}\\pard\\intbl x\\cell\\row");
        let (two, three) = ("\\cellx1\\cellx2", "\\cellx1\\cellx2\\cellx3");
        for (text, joined) in [
            (row(two) + &row(two), false),
            (row(two) + &row(three), true),
            (row(two) + "\\pard text\\par " + &row(three), false),
            (row("\\clvmgf\\cellx1") + &row("\\clvmrg\\cellx1"), true),
        ] {
            assert_eq!(has_joined_cells(text.as_bytes()), joined, "{text}");
        }
    }
}
