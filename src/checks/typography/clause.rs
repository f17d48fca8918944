//! Whether a half-width mark belongs to a Chinese sentence, or to what such a sentence quotes and names: a phrase in another
//! language, a number, a time, a file, an abbreviation.

use crate::lang::zh::is_han;
use crate::lang::{self, width::is_full};
use crate::model::Lang;

use super::super::prose::OBJECT;
use super::near::near;
use super::pairs::PAIRS;

/// What stands beside a mark.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Chinese,
    /// A word in Latin letters.
    Word,
    Figure,
    /// Code, a formula, a quotation of a foreign phrase: what belongs to a sentence of any language.
    Other,
    /// An end of the text.
    End,
}

/// The marks beside [`PAIRS`] that open and close what can be a phrase by itself.
const HALF_WIDTH: [(char, char); 4] = [('(', ')'), ('[', ']'), ('"', '"'), ('<', '>')];

/// Whether the half-width mark at a place of a Chinese text belongs to a Chinese sentence.
pub(super) fn stands_in_sentence(text: &str, at: usize, lang: &Lang) -> bool {
    let (text, at) = near(text, at);
    let Some(mark) = text[at..].chars().next() else { return false };
    if is_sign(text, at, mark) || enclosed(text, at).is_some_and(|phrase| !phrase.contains(is_han)) {
        return false;
    }
    let clause = || is_clause(text, at, lang);
    match (before(text, at), after(text, at + 1)) {
        (Side::Chinese, _) | (Side::Other, Side::Chinese) => true,
        (Side::Other, Side::Figure) => mark != '.' && mark != ':' && sentence(text, at).contains(is_han),
        (Side::Other, Side::End) => sentence(text, at).contains(is_han),
        (Side::Figure, Side::Chinese) => !is_label(text, at, mark),
        (Side::Figure, Side::End) => sentence(text, at).contains(is_han) && !is_label(text, at, mark),
        // A name may have such a mark: Yahoo!, println!
        (Side::Word, Side::Chinese) => match mark {
            '!' => false,
            '.' => sentence(text, at).contains(is_han) && !lang::keeps_stop(foreign(text, at)) && !clause(),
            _ => !clause(),
        },
        (Side::Word, Side::End) => {
            sentence(text, at).contains(is_han) && !(mark == '.' && lang::keeps_stop(foreign(text, at))) && !clause()
        }
        _ => false,
    }
}

/// The brackets from an opening one, if they belong to a Chinese sentence: the place of the closing one.
pub(super) fn chinese_brackets(text: &str, open: usize) -> Option<usize> {
    let (text, at) = near(text, open);
    brackets(text, at).map(|close| close + open - at)
}

fn brackets(text: &str, open: usize) -> Option<usize> {
    let inside = &text[open + 1..];
    let (end, _) = inside.char_indices().find(|(_, c)| "()（）".contains(*c)).filter(|(_, c)| *c == ')')?;
    let close = open + 1 + end;
    let (inside, outside) = (&inside[..end], [before(text, open), after(text, close + 1)]);
    if enclosed(text, open).is_some_and(|phrase| !phrase.contains(is_han)) {
        return None;
    }
    // The number of an item or a formula: (1), (a).
    let label = inside.chars().count() <= 2 && inside.chars().all(|c| c.is_ascii_alphanumeric());
    // A function and what it is given.
    let call = text[..open].ends_with(|c: char| c.is_ascii_alphanumeric() || c == '_') && !inside.contains(is_han);
    let chinese = match outside {
        [Side::Chinese, Side::Chinese | Side::End] => true,
        [Side::Word | Side::Other, Side::Word | Side::Other] => false,
        _ => inside.contains(is_han),
    };
    // A point (0, 1), an omission (...).
    let words = inside.contains(|c: char| c.is_alphabetic() || c == OBJECT);
    (chinese && words && !label && !call).then_some(close)
}

/// The longest name of a type of work, in bytes.
const LONGEST_TYPE: usize = "EB/OL".len();

/// Whether a text is an entry of a list of references, whose marks are half-width by the standard of such lists: it begins
/// with a number in brackets, or names the type of the work, such as `[M]` or `[EB/OL]`, with half-width marks beside it.
pub(super) fn is_reference_entry(text: &str) -> bool {
    let numbered = text.trim_start().strip_prefix('[').and_then(|rest| rest.split_once(']'));
    let numbered = numbered.is_some_and(|(number, rest)| {
        !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit()) && rest.starts_with(' ')
    });
    let typed = text.match_indices('[').any(|(at, _)| {
        let inside = &text[at + 1..];
        let Some(end) = inside.bytes().take(LONGEST_TYPE + 1).position(|b| b == b']') else { return false };
        let (kind, rest) = (&inside[..end], &inside[end + 1..]);
        let parts = || kind.split('/');
        let capitals = |part: &str| (1..=2).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_uppercase());
        parts().count() <= 2 && parts().all(capitals) && rest.trim_start().starts_with(['.', ',', ':', '/'])
    });
    numbered || typed
}

/// Whether a mark is part of a sign, a file name, a number, a path or a smiley.
fn is_sign(text: &str, at: usize, mark: char) -> bool {
    let (left, right) = (text[..at].chars().next_back(), text[at + 1..].chars().next());
    let (left, right) = (left.unwrap_or(' '), right.unwrap_or(' '));
    if left.is_ascii_digit() && right.is_ascii_digit() {
        return true;
    }
    match mark {
        '.' => left == '.' || right == '.' || right == '/' || right == OBJECT || right.is_ascii_alphanumeric(),
        ':' => {
            [left, right].contains(&':') || right == '/' || right == '=' || is_named(text, at) || is_smiley(text, at)
        }
        ';' => is_smiley(text, at) || is_entity(text, at),
        '!' => left == '<' || right == '=' || right == '[',
        '?' => right == '=' || left == '<',
        _ => false,
    }
}

/// Whether a colon stands at an end of a name between colons, as of an emoji.
fn is_named(text: &str, at: usize) -> bool {
    let of_name = |c: char| c.is_ascii_alphanumeric() || "_+-".contains(c);
    let ahead = text[at + 1..].trim_start_matches(of_name);
    let behind = text[..at].trim_end_matches(of_name);
    ahead.len() < text[at + 1..].len() && ahead.starts_with(':') || behind.len() < at && behind.ends_with(':')
}

fn is_smiley(text: &str, at: usize) -> bool {
    let (behind, ahead) = (&text[..at], &text[at + 1..]);
    let mut chars = ahead.chars();
    match (chars.next(), chars.next()) {
        (Some(')'), _) => behind.matches('(').count() <= behind.matches(')').count(),
        (Some('('), _) => !ahead.contains(')'),
        (Some('-'), Some(mouth)) => ")(DP".contains(mouth),
        (Some('D' | 'P'), next) => next.is_none_or(|c| !c.is_alphanumeric()),
        _ => false,
    }
}

/// Whether a semicolon ends the name of a character: `&nbsp;`.
fn is_entity(text: &str, at: usize) -> bool {
    let name = text[..at].trim_end_matches(|c: char| c.is_ascii_alphanumeric() || c == '#');
    name.len() < at && name.ends_with('&')
}

/// The innermost phrase in quotation marks or brackets around a place.
fn enclosed(text: &str, at: usize) -> Option<&str> {
    let opened = |&(open, close): &(char, char)| {
        let behind = &text[..at];
        let start = behind.rfind(open)?;
        let inside = if open == close {
            behind.matches(open).count() % 2 == 1
        } else {
            behind.rfind(close).is_none_or(|closed| closed < start)
        };
        let end = at + text[at..].find(close)?;
        inside.then(|| start + open.len_utf8()..end)
    };
    let innermost = PAIRS.iter().chain(&HALF_WIDTH).filter_map(opened).max_by_key(|phrase| phrase.start)?;
    Some(&text[innermost])
}

fn before(text: &str, at: usize) -> Side {
    let text = text[..at].trim_end_matches([' ', '?', '!']);
    let Some((last, c)) = text.char_indices().next_back() else { return Side::End };
    let phrase = PAIRS.iter().chain(&HALF_WIDTH).any(|(open, close)| *close == c && open != close);
    match c {
        '\n' => Side::End,
        _ if phrase && enclosed(text, last).is_some_and(|phrase| !phrase.contains(is_han)) => Side::Other,
        '”' | '’' => Side::Chinese,
        _ if is_full(c) => Side::Chinese,
        _ if c.is_numeric() || "%‰°℃℉".contains(c) => Side::Figure,
        _ if c.is_alphabetic() => Side::Word,
        _ => Side::Other,
    }
}

/// What follows a mark; what closes around it is no part of it.
fn after(text: &str, from: usize) -> Side {
    let closers = [' ', '?', '!', '”', '’', '」', '』', '）', ')', '》', '"'];
    let rest = text[from..].trim_start_matches(closers);
    let Some(c) = rest.chars().next() else { return Side::End };
    match c {
        '\n' => Side::End,
        '“' | '‘' | '「' | '『' | '《' | '〈' | '（' | '【' => {
            let inner = rest.trim_start_matches(|c: char| !c.is_alphanumeric());
            if inner.starts_with(is_han) { Side::Chinese } else { Side::Other }
        }
        _ if is_full(c) => Side::Chinese,
        _ if c.is_numeric() => Side::Figure,
        _ if c.is_alphabetic() => Side::Word,
        _ => Side::Other,
    }
}

/// The sentence up to a place.
fn sentence(text: &str, at: usize) -> &str {
    let behind = &text[..at];
    let ends = |(end, c): (usize, char)| match c {
        '。' | '！' | '？' | '\n' => Some(end + c.len_utf8()),
        '.' | '!' | '?' if behind[end + 1..].starts_with(' ') => Some(end + 1),
        _ => None,
    };
    &behind[behind.char_indices().filter_map(ends).next_back().unwrap_or(0)..]
}

/// The stretch without Chinese up to a place.
fn foreign(text: &str, at: usize) -> &str {
    let behind = &text[..at];
    let end = behind.char_indices().rev().find(|(_, c)| is_full(*c));
    &behind[end.map_or(0, |(end, c)| end + c.len_utf8())..]
}

/// Whether what comes before a mark is a clause in another language.
fn is_clause(text: &str, at: usize, lang: &Lang) -> bool {
    lang::of(lang).is_foreign_clause(foreign(text, at))
}

/// Whether a mark follows the number of an item, a step or a figure: `1. `, `图2.`, `3: `.
fn is_label(text: &str, at: usize, mark: char) -> bool {
    let behind = text[..at].trim_end();
    let bare = behind.trim_end_matches(|c: char| c.is_ascii_digit());
    let digits = behind.len() - bare.len();
    let starts = bare.trim_end().is_empty() || bare.ends_with(['。', '；', '：', '\n', ';', ':']);
    match mark {
        '.' if after(text, at + 1) == Side::End => starts,
        '.' => (1..=2).contains(&digits) && !bare.ends_with(['.', '-', ',']),
        ':' => starts,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The half-width marks of a text that belong to a Chinese sentence.
    fn marks(text: &str) -> String {
        let zh = Lang::new("zh").unwrap();
        let marks = text.char_indices().filter(|(_, c)| ",;:?!.".contains(*c));
        marks.filter(|(at, _)| stands_in_sentence(text, *at, &zh)).map(|(_, c)| c).collect()
    }

    #[test]
    fn marks_of_chinese_sentences() {
        for (text, expected) in [
            ("雨停了,天晴了.", ",."),
            ("她问:“雨停了吗?”", ":?"),
            ("她问:\"雨停了\",就走了.", ":,."),
            ("共计,4,200元;另见图3-1.", ",;."),
            ("（见下文）,再议.", ",."),
            ("他用 Rust, 我用 C.", ","),
            ("他用 Rust, 我用 Go.", ",."),
            ("改用`\u{1}`,再试.", ",."),
            ("增长了35%,达到980.", ",."),
            ("会议在 9:30 开始, 11:45 结束!", ",!"),
            ("“Hello”, 他说.", ",."),
            ("真的?!他不信.", "?!."),
            ("如下:\n第一行", ":"),
            ("(即旧城,已拆)", ","),
        ] {
            assert_eq!(marks(text), expected, "{text}");
        }
    }

    #[test]
    fn marks_of_what_a_chinese_sentence_quotes_and_names() {
        for text in [
            "他说“Hello, world!”然后走了",
            "书名是《Crime, Guilt: A Story》",
            "详见文件.txt 和 main.rs",
            "1.5 万人，3,000 元，比分 2:1",
            "1. 总则",
            "图2.桥的结构",
            "包括苹果、梨等 (e.g. apple, pear)",
            "他在 U.S. 工作，又在 Acme Inc. 任职",
            "调用 println! 宏",
            "使用 std::fmt::Display",
            "很好 :) 谢谢 :smile: 再见",
            "It is what it is, they said, and it was so. 这是译文",
            "等等……还有...",
            "&nbsp;是空格",
            "当 a != b 时",
            "Windows, macOS 和 Linux",
        ] {
            assert_eq!(marks(text), "", "{text}");
        }
    }

    #[test]
    fn brackets() {
        let found = |text: &str| text.find('(').and_then(|open| chinese_brackets(text, open)).is_some();
        for text in ["旧城(已拆)很美", "4,200元(含税);", "图像(image)处理", "CPU(处理器)很快", "李明 (Li Ming) 说"]
        {
            assert!(found(text), "{text}");
        }
        for text in ["函数 f(x) 连续", "(1)总则", "调用 print() 即可", "Li Ming (李明) wrote it", "原点(0, 0)处"]
        {
            assert!(!found(text), "{text}");
        }
    }

    #[test]
    fn entries_of_references() {
        assert!(is_reference_entry("李明. 桥梁史[M]. 北京: 桥梁出版社, 2020: 15-20."));
        assert!(is_reference_entry("王芳. 河流志[J/OL]. 地理, 2021(3)."));
        assert!(is_reference_entry("[3] 张三, 李四. 城市: 过去与将来"));
        assert!(!is_reference_entry("数组 a[N] 很长"));
        assert!(!is_reference_entry("[1]见上文"));
    }
}
