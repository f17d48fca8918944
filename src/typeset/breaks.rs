//! Where a long word of no language may be broken at the end of a line: a path, a qualified name, a hash.
//!
//! Nothing is put into the text. At such a place stands room too small to be seen, after which a line may end, and
//! which is nothing to whoever copies the text or has it read aloud.

use std::ops::Range;
use std::sync::LazyLock;

use typst::foundations::{Content, NativeElement, Recipe, Regex, Selector, Smart, Transformation};
use typst::layout::{Abs, HElem, Spacing};
use typst::syntax::Span;
use typst::text::TextElem;

use super::native;

/// What a word stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Matter {
    /// Running text: most words are of its language.
    Text,
    /// Running text in the cell of a table, whose lines are short.
    Cell,
    /// Code, whose words are of no language.
    Code,
}

impl Matter {
    /// From how many letters on a word is broken: shorter ones find their place on a line.
    fn long(self) -> usize {
        match self {
            Self::Text => 20,
            Self::Cell | Self::Code => 12,
        }
    }
}

/// Marks after which the parts of a name, a path or an address begin anew.
const MARKS: &str = "./_-#:(=&?@\\,;[{|+~%<>";

/// How many letters stay before the first place in a word, and after the last.
const EDGE: usize = 2;

/// Letters and digits in a row from which each hump of a `camelCase` name is a place.
const HUMPS: usize = 16;

/// Letters and digits in a row from which every one is a place: a hash, a key.
const RUN: usize = 24;

/// Letters alone in a row from which every one is a place. Words of a language, which are hyphenated, are shorter.
const LETTERS: usize = 46;

/// How many letters stay together at both ends of a run that is broken anywhere.
const RUN_EDGE: usize = 3;

/// Where a text may be broken, in bytes and in order.
pub(super) fn places(text: &str, matter: Matter) -> Vec<usize> {
    let mut found = Vec::new();
    for (start, word) in words(text) {
        let letters: Vec<(usize, char)> = word.char_indices().collect();
        // Typst breaks links by rules of its own.
        if letters.len() >= matter.long() && !word.contains("://") && !word.starts_with("www.") {
            found.extend(within(&letters, matter).into_iter().map(|at| start + at));
        }
    }
    found
}

/// The words of a text and where they begin. Chinese is broken between any two characters.
fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let parts = text.split(|c: char| c.is_whitespace() || c >= '\u{2e80}' || ('\u{2010}'..='\u{2027}').contains(&c));
    parts.map(move |word| (word.as_ptr().addr() - text.as_ptr().addr(), word))
}

/// The places in a long word.
fn within(letters: &[(usize, char)], matter: Matter) -> Vec<usize> {
    let mut places: Vec<usize> =
        (EDGE..=letters.len().saturating_sub(EDGE)).filter(|at| after_mark(letters, *at)).collect();
    for run in runs(letters) {
        places.extend(in_run(letters, run, matter));
    }
    places.sort_unstable();
    places.dedup();
    places.into_iter().map(|at| letters[at].0).collect()
}

/// Whether a part begins here: after a mark, but not in a number.
fn after_mark(letters: &[(usize, char)], at: usize) -> bool {
    let (before, mark, next) = (letters[at - 2].1, letters[at - 1].1, letters[at].1);
    let in_number = matches!(mark, '.' | ',' | ':') && before.is_ascii_digit() && next.is_ascii_digit();
    MARKS.contains(mark) && next.is_alphanumeric() && !in_number
}

/// Letters and digits in a row, of the scripts that set spaces between words and can be cut anywhere.
fn runs(letters: &[(usize, char)]) -> Vec<Range<usize>> {
    let (mut runs, mut start) = (Vec::new(), 0);
    for run in letters.chunk_by(|a, b| plain(a.1) && plain(b.1)) {
        runs.push(start..start + run.len());
        start += run.len();
    }
    runs
}

fn plain(c: char) -> bool {
    c.is_alphanumeric() && c < '\u{530}'
}

/// The places in a row of letters and digits.
fn in_run(letters: &[(usize, char)], run: Range<usize>, matter: Matter) -> Vec<usize> {
    if run.len() < HUMPS {
        return Vec::new();
    }
    let hump = |at: &usize| letters[at - 1].1.is_lowercase() && letters[*at].1.is_uppercase();
    let digits = letters[run.clone()].iter().any(|(_, c)| c.is_ascii_digit());
    let mut places: Vec<usize> = (run.start + 1..run.end).filter(hump).collect();
    let least = if digits || matter == Matter::Code { RUN } else { LETTERS };
    let ends: Vec<usize> = [run.start].into_iter().chain(places.iter().copied()).chain([run.end]).collect();
    let long =
        if digits { vec![(run.start, run.end)] } else { ends.windows(2).map(|pair| (pair[0], pair[1])).collect() };
    for (start, end) in long.into_iter().filter(|(start, end)| end - start >= least) {
        places.extend(start + RUN_EDGE..=end - RUN_EDGE);
    }
    places
}

/// A text in pieces, with room to break between them; `piece` makes one of them from where it stands in the text.
pub(super) fn pieces(text: &str, matter: Matter, piece: impl Fn(Range<usize>) -> Content) -> Content {
    let places = places(text, matter);
    if places.is_empty() {
        return piece(0..text.len());
    }
    let mut contents = Vec::new();
    let mut start = 0;
    for place in places {
        // A hyphen would be taken for a part of the name.
        contents.push(piece(start..place).set(TextElem::hyphenate, Smart::Custom(false)));
        contents.push(room());
        start = place;
    }
    contents.push(piece(start..text.len()).set(TextElem::hyphenate, Smart::Custom(false)));
    Content::sequence(contents)
}

/// A long word of code as a layout sets it, with room to break.
pub(super) fn in_code(word: Content) -> Content {
    let Some(text) = word.to_packed::<TextElem>().map(|element| element.text.clone()) else { return word };
    pieces(&text, Matter::Code, |piece| TextElem::packed(&text[piece]).spanned(word.span()))
}

/// The rule that gives the long words of code in a line room to break: only Typst makes text of code.
pub(super) fn rule() -> Recipe {
    static LONG: LazyLock<Selector> = LazyLock::new(|| {
        let pattern = Regex::new(r"[^\s\x{2e80}-\x{10ffff}]{12,}").expect("a pattern");
        Selector::regex(pattern).expect("it matches something")
    });
    Recipe::new(Some(LONG.clone()), Transformation::Func(native::breaking()), Span::detached())
}

/// Room too small to be seen. None at all would be left away, and no line could end there.
fn room() -> Content {
    HElem::new(Spacing::Rel(Abs::pt(0.0001).into())).pack()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A text with a bar at each place.
    fn broken(text: &str, matter: Matter) -> String {
        let mut shown = text.to_owned();
        for place in places(text, matter).into_iter().rev() {
            shown.insert(place, '|');
        }
        shown
    }

    #[test]
    fn names_and_paths_are_broken_after_their_marks() {
        let cases = [
            ("org.example.shop.Action#domainEvent()", "org.|example.|shop.|Action#|domainEvent()"),
            ("/usr/local/share/very_long.conf", "/usr/|local/|share/|very_|long.|conf"),
            ("std::collections::HashMap<String,u8>", "std::|collections::|HashMap<|String,|u8>"),
            ("--no-default-features=true", "--|no-|default-|features=|true"),
            ("throwUnhandledInProduction", "throw|Unhandled|In|Production"),
            ("C:\\Users\\lin\\Documents\\a.txt", "C:\\|Users\\|lin\\|Documents\\|a.|txt"),
            ("(see user.name@mail.example.org).", "(see user.|name@|mail.|example.|org)."),
            ("用org.example.shop.Action，好", "用org.|example.|shop.|Action，好"),
        ];
        for (text, wanted) in cases {
            assert_eq!(broken(text, Matter::Code), wanted);
        }
    }

    #[test]
    fn what_has_no_marks_is_broken_anywhere() {
        let hash = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4";
        for matter in [Matter::Text, Matter::Cell, Matter::Code] {
            assert_eq!(places(hash, matter), (3..=37).collect::<Vec<_>>());
        }
        let word = "Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz";
        assert_eq!(places(word, Matter::Text).len(), word.chars().count() - 5);
        assert!(!places(&"a".repeat(24), Matter::Code).is_empty());
    }

    #[test]
    fn words_of_a_language_are_left_alone() {
        let texts = [
            "pneumonoultramicroscopicsilicovolcanoconiosis",
            "and/or, e.g. AT&T at 12:30",
            "12,345,678,901,234,567,890.12",
            "a sentence.Another one—in—one—breath—of—words",
            "user@example.com and example.com",
            "https://example.com/a/very/long/path/of/an/address",
            "灯灯灯灯灯灯灯灯灯灯灯灯灯灯灯灯灯灯灯灯灯灯灯灯灯灯灯灯灯灯",
        ];
        for text in texts {
            assert_eq!(broken(text, Matter::Text), text);
        }
        assert_eq!(broken("internationalisation", Matter::Cell), "internationalisation");
        assert_eq!(broken("24,870,895.12345", Matter::Cell), "24,870,895.12345");
        assert_eq!(broken("foo.bar()", Matter::Code), "foo.bar()");
    }
}
