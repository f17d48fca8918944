//! Tags of raw HTML around a text: what a reader of the page sees as a cell or as code.

use crate::source::{Sources, Span};

/// How far before a text its tag is looked for, in bytes.
const REACH: usize = 1_000;

/// The element whose tag opens right before a place.
fn opened_before(place: Span, sources: &Sources) -> Option<&str> {
    let near = place.start.saturating_sub(REACH)..place.start;
    let before = sources.snippet(Span::new(place.file, near)).trim_end().strip_suffix('>')?;
    let tag = &before[before.rfind('<')? + 1..];
    let name = &tag[..tag.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(tag.len())];
    (!name.is_empty() && !tag.ends_with('/')).then_some(name)
}

/// Whether a text is a cell of a table in HTML.
pub(super) fn is_cell(place: Span, sources: &Sources) -> bool {
    opened_before(place, sources).is_some_and(|name| ["td", "th"].iter().any(|cell| name.eq_ignore_ascii_case(cell)))
}

/// Whether a text is code in HTML.
pub(super) fn is_code(place: Span, sources: &Sources) -> bool {
    let code = ["code", "kbd", "samp", "var", "pre"];
    opened_before(place, sources).is_some_and(|name| code.iter().any(|code| name.eq_ignore_ascii_case(code)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::SourceFile;

    #[test]
    fn the_tag_before_a_text_says_what_it_is() {
        let cases = [
            ("<tr><td class=\"a\">x</td></tr>", [true, false]),
            ("<TH>\n  x</TH>", [true, false]),
            ("<td><code>x</code></td>", [false, true]),
            ("see <kbd>x</kbd>", [false, true]),
            ("</td>x", [false, false]),
            ("<td/>x", [false, false]),
            ("a < b x", [false, false]),
            ("x", [false, false]),
        ];
        for (text, wanted) in cases {
            let mut sources = Sources::default();
            let file = sources.add(SourceFile::new("a.md", text.to_owned()));
            let at = text.rfind('x').expect("every case has one");
            let place = Span::new(file, at..at + 1);
            assert_eq!([is_cell(place, &sources), is_code(place, &sources)], wanted, "{text}");
        }
    }
}
