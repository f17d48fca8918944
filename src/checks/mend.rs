//! Applying the changes that mend findings.

use crate::diagnostic::{Diagnostic, Edit};
use crate::source::{FileId, Sources, Span};

/// A file before and after.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MendedFile {
    /// The file.
    pub file: FileId,
    /// Its text with all changes made.
    pub text: String,
}

/// What comes of the changes of many findings.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Mending {
    /// The files that change, in the order of their paths.
    pub files: Vec<MendedFile>,
    /// How many findings are mended.
    pub mended: usize,
    /// How many could be, but change what another one changes already; a second run mends them.
    pub waiting: usize,
}

/// Makes the changes of all findings that have any. Where two findings change the same place the first wins, and the
/// other one waits with all of its changes.
pub fn mend(findings: &[Diagnostic], sources: &Sources) -> Mending {
    let mut taken: Vec<&Edit> = Vec::new();
    let mut mending = Mending::default();
    for finding in findings.iter().filter(|finding| !finding.edits.is_empty()) {
        // Two findings may ask for the very same change.
        let fresh = finding.edits.iter().filter(|edit| !taken.contains(edit)).collect::<Vec<_>>();
        if fresh.iter().any(|edit| taken.iter().any(|other| clash(edit.span, other.span))) {
            mending.waiting += 1;
        } else {
            mending.mended += 1;
            taken.extend(fresh);
        }
    }
    taken.sort_by_key(|edit| edit.span);
    for edits in taken.chunk_by(|a, b| a.span.file == b.span.file) {
        let file = edits[0].span.file;
        mending.files.push(MendedFile { file, text: edited(sources.get(file).text(), edits) });
    }
    mending.files.sort_by(|a, b| sources.get(a.file).path().cmp(sources.get(b.file).path()));
    mending
}

/// Whether two changes cannot both be made: they share a byte, or begin at the same one.
fn clash(a: Span, b: Span) -> bool {
    a.file == b.file && (a.start < b.end && b.start < a.end || a.start == b.start)
}

/// A text with changes made that stand in order and do not clash.
fn edited(text: &str, edits: &[&Edit]) -> String {
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for edit in edits {
        out.push_str(&text[at..edit.span.start]);
        out.push_str(&edit.text);
        at = edit.span.end;
    }
    out + &text[at..]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::SourceFile;

    /// Findings with one change or several: range and new text.
    fn mended(text: &str, findings: &[&[(std::ops::Range<usize>, &str)]]) -> (String, usize, usize) {
        let mut sources = Sources::default();
        let file = sources.add(SourceFile::new("a.md", text));
        let finding = |edits: &&[(std::ops::Range<usize>, &str)]| {
            let finding = Diagnostic::warning("punctuation", "m");
            edits.iter().fold(finding, |d, (range, text)| d.edit(Span::new(file, range.clone()), *text))
        };
        let findings: Vec<Diagnostic> = findings.iter().map(finding).collect();
        let mending = mend(&findings, &sources);
        let text = mending.files.first().map_or(text, |file| &file.text).to_owned();
        (text, mending.mended, mending.waiting)
    }

    #[test]
    fn changes_are_made_from_any_order() {
        assert_eq!(mended("一,二.三", &[&[(7..8, "。")], &[(3..4, "，")]]), ("一，二。三".to_owned(), 2, 0));
        assert_eq!(mended("ab", &[&[(1..1, "-")], &[(0..1, "")]]), ("-b".to_owned(), 2, 0));
        assert_eq!(mended("ab", &[&[]]), ("ab".to_owned(), 0, 0));
    }

    #[test]
    fn of_two_that_clash_the_first_wins_and_the_other_waits_whole() {
        assert_eq!(mended("abcdef", &[&[(1..3, "X")], &[(2..4, "Y"), (5..6, "Z")]]), ("aXdef".to_owned(), 1, 1));
        assert_eq!(mended("ab", &[&[(1..1, "x")], &[(1..1, "y")]]), ("axb".to_owned(), 1, 1));
    }

    #[test]
    fn changes_side_by_side_do_not_clash() {
        assert_eq!(mended("abcd", &[&[(0..2, "X")], &[(2..4, "Y")]]), ("XY".to_owned(), 2, 0));
    }

    #[test]
    fn the_same_change_asked_for_twice_is_made_once() {
        assert_eq!(mended("a b", &[&[(1..2, "")], &[(1..2, "")]]), ("ab".to_owned(), 2, 0));
    }
}
