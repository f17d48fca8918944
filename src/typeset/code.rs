//! Where code stands in the Markdown that is written for it.

use std::ops::Range;

/// The lines of a listing, in bytes of what is written for it, fences and all; `None` unless each stands there at the end
/// of a line of its own, after what a quotation or a list puts before it.
pub(super) fn lines(written: &str, text: &str) -> Option<Vec<Range<usize>>> {
    let fenced = ["```", "~~~"].iter().any(|fence| written.starts_with(fence));
    let mut start = 0;
    let mut file = written.split_inclusive('\n').map(|line| {
        start += line.len();
        (start - line.len(), line.trim_end_matches(['\r', '\n']))
    });
    if fenced {
        file.next();
    }
    let place = |wanted: &str| {
        let (at, line) = file.next()?;
        let end = at + line.len();
        line.ends_with(wanted).then(|| end - wanted.len()..end)
    };
    text.split('\n').map(place).collect()
}

/// From the first of some lines to the last.
pub(super) fn whole(lines: &[Range<usize>]) -> Range<usize> {
    let ends = lines.first().zip(lines.last());
    ends.map_or(0..0, |(first, last)| first.start..last.end)
}

/// Code in a line without its backticks.
pub(super) fn inner(written: &str) -> Range<usize> {
    let opened = written.trim_start_matches('`');
    let start = written.len() - opened.len();
    start..start + opened.trim_end_matches('`').len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_found_after_fences_marks_and_indents() {
        let cases: &[(&str, &str, &[&str])] = &[
            ("```rust\nlet x;\n\n  y\n```", "let x;\n\n  y", &["let x;", "", "  y"]),
            ("~~~\r\n一\r\n二\r\n~~~", "一\n二", &["一", "二"]),
            ("```\n> a\n>   b\n> ```", "a\n  b", &["a", "  b"]),
            ("a\n    b", "a\nb", &["a", "b"]),
            ("```\n\n```", "", &[""]),
            ("```\na\n\n```", "a\n", &["a", ""]),
        ];
        for (written, text, wanted) in cases {
            let found = lines(written, text).unwrap_or_else(|| panic!("{written}"));
            assert_eq!(found.into_iter().map(|line| &written[line]).collect::<Vec<_>>(), *wanted, "{written}");
        }
    }

    #[test]
    fn lines_that_are_read_otherwise_are_nowhere() {
        assert_eq!(lines("```\na\n```", "b"), None);
        assert_eq!(lines("```\na\n", "a\n\nb"), None);
    }

    #[test]
    fn code_in_a_line_loses_its_backticks() {
        for (written, wanted) in [("`a`", "a"), ("`` a`b ``", " a`b "), ("`", ""), ("", "")] {
            assert_eq!(&written[inner(written)], wanted);
        }
    }
}
