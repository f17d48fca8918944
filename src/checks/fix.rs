//! Applying the changes that fix findings.

use crate::codes;
use crate::diagnostic::{Diagnostic, Edit};
use crate::source::{FileId, Sources, Span};

/// A file before and after.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FixedFile {
    /// The file.
    pub file: FileId,
    /// Its text with all changes made.
    pub text: String,
}

/// The result of the changes of many findings.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Fixes {
    /// The files that change, in the order of their paths.
    pub files: Vec<FixedFile>,
    /// The number of findings that are fixed.
    pub fixed: usize,
    /// The number of findings whose changes clash with those of another one; a second run fixes them.
    pub waiting: usize,
}

/// Makes the changes of all findings that have any. Where two findings change the same place, the first wins and the
/// other waits with all its changes. A change of a place that is not in its file is never made.
pub fn apply(findings: &[Diagnostic], sources: &Sources) -> Fixes {
    let mut taken: Vec<&Edit> = Vec::new();
    let mut fixes = Fixes::default();
    // The places of their text are not those of the file.
    let others = findings.iter().filter(|finding| finding.check == codes::NOT_UTF8);
    let unwritable: Vec<FileId> = others.filter_map(|finding| Some(finding.primary.as_ref()?.span.file)).collect();
    let foreign = |edit: &Edit| unwritable.contains(&edit.span.file);
    let fixable = |finding: &&Diagnostic| is_fixable(finding, sources) && !finding.edits.iter().any(foreign);
    for finding in findings.iter().filter(fixable) {
        // Two findings may ask for the very same change.
        let fresh = finding.edits.iter().filter(|edit| !taken.contains(edit)).collect::<Vec<_>>();
        if fresh.iter().any(|edit| taken.iter().any(|other| clash(edit.span, other.span))) {
            fixes.waiting += 1;
        } else {
            fixes.fixed += 1;
            taken.extend(fresh);
        }
    }
    taken.sort_by_key(|edit| edit.span);
    for edits in taken.chunk_by(|a, b| a.span.file == b.span.file) {
        let file = edits[0].span.file;
        fixes.files.push(FixedFile { file, text: edited(sources.get(file).text(), edits) });
    }
    fixes.files.sort_by(|a, b| sources.get(a.file).path().cmp(sources.get(b.file).path()));
    fixes
}

/// Whether a finding has changes, all of places in their files and none over another.
fn is_fixable(finding: &Diagnostic, sources: &Sources) -> bool {
    let edits = &finding.edits;
    let apart = |(at, edit): (usize, &Edit)| !edits[..at].iter().any(|other| clash(edit.span, other.span));
    let sound = edits.iter().all(|edit| sources.clamp(edit.span) == edit.span);
    !edits.is_empty() && sound && edits.iter().enumerate().all(apart)
}

/// Whether two changes cannot both be made, because they share a byte or start at the same one.
fn clash(a: Span, b: Span) -> bool {
    a.overlaps(b) || (a.file, a.start) == (b.file, b.start)
}

/// A text after changes that are in order and do not clash.
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
    use crate::message::Message;
    use crate::source::SourceFile;

    /// Findings with one change or several: range and new text.
    fn fixed(text: &str, findings: &[&[(std::ops::Range<usize>, &str)]]) -> (String, usize, usize) {
        let mut sources = Sources::default();
        let file = sources.add(SourceFile::new("a.md", text));
        let finding = |edits: &&[(std::ops::Range<usize>, &str)]| {
            let finding = Diagnostic::warning("punctuation".into(), Message::data("m"));
            edits.iter().fold(finding, |d, (range, text)| d.edit(Span::new(file, range.clone()), *text))
        };
        let findings: Vec<Diagnostic> = findings.iter().map(finding).collect();
        let fixes = apply(&findings, &sources);
        let text = fixes.files.first().map_or(text, |file| &file.text).to_owned();
        (text, fixes.fixed, fixes.waiting)
    }

    #[test]
    fn changes_are_made_from_any_order() {
        assert_eq!(fixed("一,二.三", &[&[(7..8, "。")], &[(3..4, "，")]]), ("一，二。三".to_owned(), 2, 0));
        assert_eq!(fixed("ab", &[&[(1..1, "-")], &[(0..1, "")]]), ("-b".to_owned(), 2, 0));
        assert_eq!(fixed("ab", &[&[]]), ("ab".to_owned(), 0, 0));
    }

    #[test]
    fn of_two_that_clash_the_first_wins_and_the_other_waits_whole() {
        assert_eq!(fixed("abcdef", &[&[(1..3, "X")], &[(2..4, "Y"), (5..6, "Z")]]), ("aXdef".to_owned(), 1, 1));
        assert_eq!(fixed("ab", &[&[(1..1, "x")], &[(1..1, "y")]]), ("axb".to_owned(), 1, 1));
    }

    #[test]
    fn changes_side_by_side_do_not_clash() {
        assert_eq!(fixed("abcd", &[&[(0..2, "X")], &[(2..4, "Y")]]), ("XY".to_owned(), 2, 0));
    }

    #[test]
    fn a_change_without_a_place_of_its_own_is_not_made() {
        for bad in [1..2, 3..4, 7..9, 0..6] {
            assert_eq!(fixed("灯火", &[&[(0..3, "X"), (bad, "Y")]]), ("灯火".to_owned(), 0, 0));
        }
    }

    #[test]
    fn a_file_in_another_encoding_is_not_changed() {
        let mut sources = Sources::default();
        let file = sources.add(SourceFile::new("a.md", "a b"));
        let place = Span::new(file, 1..2);
        let change = Diagnostic::warning("spaces".into(), Message::data("m")).at(place).edit(place, "");
        let encoding = Diagnostic::error(codes::NOT_UTF8, Message::data("m")).at(Span::new(file, 0..1));
        assert_eq!(apply(&[encoding, change], &sources), Fixes::default());
    }

    #[test]
    fn the_same_change_asked_for_twice_is_made_once() {
        assert_eq!(fixed("a b", &[&[(1..2, "")], &[(1..2, "")]]), ("ab".to_owned(), 2, 0));
    }
}
