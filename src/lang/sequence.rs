//! Where a name stands among its like: by the numbers in it, in digits and in Chinese, and by its letters between them.

use std::iter::Peekable;
use std::str::CharIndices;

use super::width::half;
use super::zh;

/// What stands before a number to say what is counted, apart from 第.
const LABELS: [&str; 24] = [
    "chapter", "chap", "ch", "section", "sec", "part", "pt", "lesson", "unit", "lecture", "volume", "vol", "book",
    "appendix", "app", "卷", "章", "篇", "部", "册", "课", "讲", "单元", "附录",
];

/// The place of a name in a sequence: compare two of them.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Place(Vec<Vec<Piece>>);

/// A stretch of a name. Numbers stand before words.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Piece {
    Number(u64),
    Text(String),
}

/// The place of a name, which may be a path.
pub(crate) fn place(name: &str) -> Place {
    Place(name.split('/').map(pieces).collect())
}

/// What a name or a title is numbered with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Numbering {
    /// What stands before the number: nothing, `第`, `chapter`.
    pub label: String,
    /// What is counted where it stands after the number, as 章 in 第三章.
    pub unit: String,
    /// The number, and those below it: 1 and 2 of `1.2`.
    pub numbers: Vec<u64>,
    /// The letter that goes with the number, as in `01a`.
    letter: Option<char>,
    /// What comes after.
    rest: Vec<Piece>,
}

impl Numbering {
    /// Whether both have the same number and nothing after it says which comes first, as (上) and (下) would.
    pub(crate) fn repeats(&self, other: &Self) -> bool {
        let same = (&self.numbers, self.letter) == (&other.numbers, other.letter);
        let goes_on = matches!(
            (&self.rest[..], &other.rest[..]),
            ([Piece::Text(a), Piece::Number(_), ..], [Piece::Text(b), Piece::Number(_), ..]) if a == b
        );
        same && !goes_on
    }
}

/// The number that a name or a title begins with; none in `3d-printing`, and none in the middle of it.
pub(crate) fn numbering(name: &str) -> Option<Numbering> {
    let pieces = pieces(name.trim());
    let (label, mut rest) = match &pieces[..] {
        [Piece::Text(text), rest @ ..] => (label(text)?, rest),
        rest => ("", rest),
    };
    let mut numbers = Vec::new();
    while let [Piece::Number(number), after @ ..] = rest {
        numbers.push(*number);
        rest = match after {
            [Piece::Text(joint), next @ ..] if [".", "-", "_"].contains(&joint.as_str()) && !next.is_empty() => next,
            _ => after,
        };
    }
    let text = match rest {
        [Piece::Text(text), ..] => text.as_str(),
        _ => "",
    };
    let mut letters = text.chars();
    let letter = letters.next().filter(char::is_ascii_alphabetic);
    let in_word = letters.next().is_some_and(char::is_alphanumeric);
    // 01a and 01b go on from 01; 3d, 4k and 5g are words.
    if numbers.is_empty() || letter.is_some_and(|letter| in_word || letter > 'c') {
        return None;
    }
    let unit = text.chars().take_while(|c| zh::is_han(*c)).collect::<String>();
    let unit = if label == "第" { unit } else { String::new() };
    Some(Numbering { label: label.to_owned(), unit, numbers, letter, rest: rest.to_vec() })
}

/// What stands before a number, without the marks around it; `None` if it is no word for what is counted.
fn label(text: &str) -> Option<&str> {
    let word = text.trim_matches(|c: char| !c.is_alphanumeric());
    (word.is_empty() || word == "第" || LABELS.contains(&word)).then_some(word)
}

/// A name in pieces, whatever the width and the case of its letters.
fn pieces(name: &str) -> Vec<Piece> {
    let name: String = name.chars().map(half).flat_map(char::to_lowercase).collect();
    let mut pieces: Vec<Piece> = Vec::new();
    let mut chars = name.char_indices().peekable();
    let mut before = None;
    while let Some((at, c)) = chars.next() {
        let number = if c.is_ascii_digit() {
            Some(digits(c, &mut chars))
        } else {
            let length = in_characters(&name[at..], before);
            length.map(|(value, length)| {
                for _ in 1..length {
                    chars.next();
                }
                value
            })
        };
        match (number, pieces.last_mut()) {
            (Some(number), _) => pieces.push(Piece::Number(number)),
            (None, Some(Piece::Text(text))) => text.push(c),
            (None, _) => pieces.push(Piece::Text(c.into())),
        }
        before = Some(c);
    }
    pieces
}

fn digits(first: char, chars: &mut Peekable<CharIndices<'_>>) -> u64 {
    let value = |c: char| c.to_digit(10).map(u64::from);
    let mut number = value(first).unwrap_or_default();
    while let Some((_, c)) = chars.next_if(|(_, c)| c.is_ascii_digit()) {
        number = number.saturating_mul(10).saturating_add(value(c).unwrap_or_default());
    }
    number
}

/// The number in Chinese at the start of a text, with how many characters it has: 十二 after 第, before 章 or alone; of 上,
/// 中 and 下 the place. None inside a word: 一带一路 and 上海 have no number.
fn in_characters(text: &str, before: Option<char>) -> Option<(u64, usize)> {
    let apart = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
    let counted = |c: Option<char>| c.is_some_and(|c| "章节回部卷篇讲课集编册辑单幕场话".contains(c));
    let counts = |c: Option<char>| c.is_some_and(|c| "卷章篇部册编辑集录课讲元".contains(c));
    let (number, length) = match "上中下".chars().zip(1..).find(|(c, _)| text.starts_with(*c)) {
        Some((_, place)) => (place, 1),
        None => zh::number::ordinal(text)?,
    };
    let after = text.chars().nth(length);
    let stands =
        before == Some('第') || apart(before) && (apart(after) || counted(after)) || counts(before) && apart(after);
    stands.then_some((number, length))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn in_order(names: &[&str]) {
        for (at, name) in names.iter().enumerate() {
            for later in &names[at + 1..] {
                assert!(place(name) < place(later), "{name} before {later}");
            }
        }
    }

    #[test]
    fn numbers_are_compared_as_numbers() {
        in_order(&["1", "2", "10", "11"]);
        in_order(&["1-水", "２-火", "10-土"]);
        in_order(&["第一章", "第二章", "第三章", "第九章", "第十章", "第十一章", "第二十章", "第一百零二章"]);
        in_order(&["第1章 水", "第二章 火", "第10章 土"]);
        in_order(&["一、水", "二、火", "十、土", "十一、木"]);
        in_order(&["一", "二", "三", "十"]);
        in_order(&["卷一", "卷二", "卷十"]);
        in_order(&["上", "中", "下"]);
        in_order(&["第三章（上）", "第三章（下）", "第四章"]);
        in_order(&["1.1", "1.2", "1.10", "2.1"]);
        in_order(&["ch2", "Ch10"]);
        in_order(&["01", "02-part/02", "02-part/10", "03"]);
    }

    #[test]
    fn what_only_looks_like_a_number_is_a_word() {
        for name in ["一带一路", "上海", "三体", "3d-printing", "5g", "2nd-try", "covid19", "preface"] {
            assert!(numbering(name).is_none(), "{name}");
        }
    }

    #[test]
    fn a_number_says_what_is_counted() {
        let read = |name| numbering(name).map(|n| (n.label, n.unit, n.numbers));
        let is = |label: &str, unit: &str, numbers: &[u64]| Some((label.to_owned(), unit.to_owned(), numbers.to_vec()));
        assert_eq!(read("第十二章 水"), is("第", "章", &[12]));
        assert_eq!(read("Chapter 3: Water"), is("chapter", "", &[3]));
        assert_eq!(read("01-水"), is("", "", &[1]));
        assert_eq!(read("1.2-x"), is("", "", &[1, 2]));
        assert_eq!(read("附录一"), is("附录", "", &[1]));
    }

    #[test]
    fn two_of_one_number_are_known() {
        let repeats = |a, b| numbering(a).unwrap().repeats(&numbering(b).unwrap());
        assert!(repeats("03-a", "03-b"));
        assert!(repeats("3", "03"));
        assert!(repeats("第三章 甲", "第三章 乙"));
        assert!(!repeats("03a", "03b"));
        assert!(!repeats("第三章（上）", "第三章（下）"));
        assert!(!repeats("03-part1", "03-part2"));
        assert!(!repeats("1.1", "1.2"));
    }
}
