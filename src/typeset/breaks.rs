//! Where a long word of no language may be broken at the end of a line: a path, a qualified name, a hash.

use std::ops::Range;

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

/// The same in a link, as Typst breaks it.
const LINK_RUN: usize = 16;

/// How many letters stay together at both ends of a run that is broken anywhere.
const RUN_EDGE: usize = 3;

/// The most places in a word. Each makes a piece of text, and Typst's time grows with the square of how many of them a paragraph has;
/// in a longer word, which nobody reads, the places are the farther apart.
const PLACES: usize = 5_000;

/// Where a text may be broken, in bytes and in order.
pub(super) fn places(text: &str, matter: Matter) -> Vec<usize> {
    let mut found = Vec::new();
    for (start, word) in words(text) {
        let letters: Vec<(usize, char)> = word.char_indices().collect();
        // Typst breaks links by rules of its own.
        if letters.len() >= matter.long() && !is_link(word) {
            found.extend(within(&letters, matter).into_iter().map(|at| start + at));
        }
    }
    found
}

fn is_link(word: &str) -> bool {
    word.contains("://") || word.starts_with("www.")
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
    let step = places.len().div_ceil(PLACES).max(1);
    places.into_iter().step_by(step).map(|at| letters[at].0).collect()
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

/// How text is broken where a layout asks for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Loose {
    /// After every mark, as a line of a listing that is too long.
    AfterMarks,
    /// Between any two letters.
    Anywhere,
}

impl Loose {
    /// Where a text may be broken so, in bytes and in order.
    pub(super) fn places(self, text: &str) -> Vec<usize> {
        match self {
            Self::AfterMarks => everywhere(text, RUN),
            Self::Anywhere => text.char_indices().skip(1).map(|(at, _)| at).collect(),
        }
    }
}

/// The places after every mark, and at each letter of runs from some length on.
fn everywhere(text: &str, least: usize) -> Vec<usize> {
    let letters: Vec<(usize, char)> = text.char_indices().chain([(text.len(), ' ')]).collect();
    let digit = |at: usize| letters.get(at).is_some_and(|(_, c)| c.is_ascii_digit());
    let in_number =
        |at: usize| matches!(letters[at - 1].1, '.' | ',' | ':') && at.checked_sub(2).is_some_and(digit) && digit(at);
    let marked = |at: &usize| MARKS.contains(letters[at - 1].1) && !MARKS.contains(letters[*at].1) && !in_number(*at);
    let runs = runs(&letters).into_iter().filter(|run| run.len() >= least).flat_map(|run| run.skip(1));
    let mut places: Vec<usize> = (1..letters.len()).filter(marked).chain(runs).collect();
    places.sort_unstable();
    places.dedup();
    let step = places.len().div_ceil(PLACES).max(1);
    places.into_iter().step_by(step).map(|at| letters[at].0).collect()
}

/// The parts of a text that stand on one line whatever its width.
pub(super) fn parts(text: &str, matter: Matter) -> Vec<&str> {
    let mut places = places(text, matter);
    for (start, word) in words(text).filter(|(_, word)| is_link(word)) {
        places.extend(everywhere(word, LINK_RUN).into_iter().map(|at| start + at));
    }
    let letters = text.char_indices().zip(text.chars().skip(1));
    let between = letters.filter(|((_, c), next)| {
        let space = c.is_whitespace() && *c != '\u{a0}';
        let dash = matches!(c, '-' | '/' | '–' | '—') && next.is_alphabetic();
        space || dash || *c >= '\u{2e80}' || *next >= '\u{2e80}'
    });
    places.extend(between.map(|((at, c), _)| at + c.len_utf8()));
    places.extend([0, text.len()]);
    places.sort_unstable();
    places.windows(2).map(|pair| text[pair[0]..pair[1]].trim()).filter(|part| !part.is_empty()).collect()
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
    fn a_word_that_nobody_reads_has_so_many_places_and_no_more() {
        let pieces = |digits: usize| broken(&"9".repeat(digits), Matter::Text).split('|').count();
        assert_eq!((pieces(5_005), pieces(5_006), pieces(100_000)), (5_001, 2_502, 5_001));
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

    #[test]
    fn parts_are_what_no_column_may_be_narrower_than() {
        let cases: [(&str, Matter, &[&str]); 5] = [
            ("on 2026-03-01 and/or well-known", Matter::Cell, &["on", "2026-03-01", "and/", "or", "well-", "known"]),
            ("共24,870,895人", Matter::Cell, &["共", "24,870,895", "人"]),
            ("12\u{a0}km", Matter::Cell, &["12\u{a0}km"]),
            ("https://example.org/a", Matter::Cell, &["https://", "example.", "org/", "a"]),
            ("org.example.shop.Action", Matter::Code, &["org.", "example.", "shop.", "Action"]),
        ];
        for (text, matter, wanted) in cases {
            assert_eq!(parts(text, matter), wanted);
        }
    }

    #[test]
    fn a_line_of_a_listing_is_broken_after_every_mark() {
        let line = "f(a, b)";
        let shown: Vec<_> = Loose::AfterMarks.places(line).into_iter().map(|at| &line[at..]).collect();
        assert_eq!(shown, ["a, b)", " b)"]);
        assert_eq!(Loose::AfterMarks.places("in 0.61s, 1,000"), [9]);
        assert_eq!(Loose::Anywhere.places("灯火ab"), [3, 6, 7]);
    }
}
