//! Numbers that were typed: `第一章　`, `一、`, `（一）`, `1．`, `①`, `1.2`.

/// How a number is typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// 第 N 章, with the word.
    Named(char),
    /// N、
    Comma,
    /// （N）
    Brackets,
    /// N． or N.
    Stop,
    /// N.N, with so many parts.
    Parts(usize),
    /// ①
    Circle,
    /// Chapter N
    Chapter,
}

/// A number at the beginning of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Typed {
    pub(super) form: Form,
    pub(super) number: usize,
    /// Whether its digits are Chinese.
    pub(super) chinese: bool,
    /// Bytes of it, with the blank behind it.
    pub(super) length: usize,
}

const NAMED: &str = "章节節部篇回卷编編讲講课課";

/// The number that a text begins with.
pub(super) fn read(text: &str) -> Option<Typed> {
    let typed = |form, (number, chinese): (usize, bool), rest: &str| {
        let rest = rest.trim_start_matches(['　', ' ', '\u{a0}', '\t']);
        (!rest.is_empty()).then(|| Typed { form, number, chinese, length: text.len() - rest.len() })
    };
    if let Some(inner) = text.strip_prefix('第') {
        let (number, rest) = digits(inner.trim_start())?;
        let rest = rest.trim_start();
        let word = rest.chars().next().filter(|c| NAMED.contains(*c))?;
        let rest = &rest[word.len_utf8()..];
        // 第一章程序 is no number.
        let rest = rest
            .strip_prefix(['：', ':', '、'])
            .or_else(|| rest.starts_with(['　', ' ', '\t', '\u{a0}', '《']).then_some(rest))?;
        return typed(Form::Named(word), number, rest);
    }
    for begin in ["Chapter ", "CHAPTER "] {
        if let Some(inner) = text.strip_prefix(begin) {
            let (number, rest) = digits(inner)?;
            let rest = rest.strip_prefix(['.', ':', '—', '–']).or_else(|| rest.starts_with(' ').then_some(rest))?;
            return typed(Form::Chapter, number, rest.trim_start_matches([' ', '.', ':', '—', '–', '-']));
        }
    }
    if let Some(inner) = text.strip_prefix(['（', '(']) {
        let (number, rest) = digits(inner)?;
        return typed(Form::Brackets, number, rest.strip_prefix(['）', ')'])?);
    }
    let first = text.chars().next()?;
    if ('①'..='⑳').contains(&first) {
        return typed(
            Form::Circle,
            ((u32::from(first) - u32::from('①') + 1) as usize, false),
            &text[first.len_utf8()..],
        );
    }
    let (number, rest) = digits(text)?;
    if let Some(rest) = rest.strip_prefix('、') {
        return typed(Form::Comma, number, rest);
    }
    if number.1 {
        return None;
    }
    let mut parts = 1;
    let mut after = rest;
    let mut last = number.0;
    while let Some((next, more)) = after.strip_prefix('.').and_then(digits).filter(|((_, chinese), _)| !chinese) {
        (parts, after, last) = (parts + 1, more, next.0);
    }
    if parts > 1 {
        let rest = after.strip_prefix('.').unwrap_or(after);
        return rest
            .starts_with(['　', ' ', '\t', '\u{a0}'])
            .then(|| typed(Form::Parts(parts), (last, false), rest))
            .flatten();
    }
    if let Some(rest) = rest.strip_prefix('．') {
        return typed(Form::Stop, number, rest);
    }
    let rest = rest.strip_prefix(['.', ')'])?;
    rest.starts_with([' ', '　', '\t', '\u{a0}']).then(|| typed(Form::Stop, number, rest)).flatten()
}

/// A number at the beginning of a text: its value, whether its digits are Chinese, and what follows.
fn digits(text: &str) -> Option<((usize, bool), &str)> {
    let latin = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    if latin > 0 {
        return Some(((text.get(..latin.min(6))?.parse().ok()?, false), &text[latin..]));
    }
    let end = text.find(|c: char| !"〇零一二三四五六七八九十百".contains(c)).unwrap_or(text.len());
    let value = chinese(&text[..end])?;
    Some(((value, true), &text[end..]))
}

fn chinese(text: &str) -> Option<usize> {
    if text.is_empty() || text.chars().count() > 7 {
        return None;
    }
    let (mut total, mut digit) = (0, 0);
    let places = text.contains(['十', '百']);
    for c in text.chars() {
        match c {
            '十' => (total, digit) = (total + digit.max(1) * 10, 0),
            '百' => (total, digit) = (total + digit.max(1) * 100, 0),
            c => {
                let value =
                    "零一二三四五六七八九".chars().position(|known| known == c || (c == '〇' && known == '零'))?;
                digit = if places { value } else { digit * 10 + value };
            }
        }
    }
    Some(total + digit)
}

/// The sign that makes a paragraph look like an item of a list without numbers.
pub(super) fn bullet(text: &str) -> Option<usize> {
    let sign = text.chars().next().filter(|c| "•●○■□▪◆◇➢✓·".contains(*c))?;
    let rest = text[sign.len_utf8()..].trim_start_matches([' ', '　', '\t', '\u{a0}']);
    (!rest.is_empty()).then(|| text.len() - rest.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_in_all_their_forms() {
        fn number(text: &str) -> Option<(Form, usize, &str)> {
            read(text).map(|typed| (typed.form, typed.number, &text[typed.length..]))
        }
        assert_eq!(number("第一章　起点"), Some((Form::Named('章'), 1, "起点")));
        assert_eq!(number("第二十三节 灯"), Some((Form::Named('节'), 23, "灯")));
        assert_eq!(number("一、灯"), Some((Form::Comma, 1, "灯")));
        assert_eq!(number("（十二）灯"), Some((Form::Brackets, 12, "灯")));
        assert_eq!(number("1．手工"), Some((Form::Stop, 1, "手工")));
        assert_eq!(number("2. Lamps"), Some((Form::Stop, 2, "Lamps")));
        assert_eq!(number("1.2 灯"), Some((Form::Parts(2), 2, "灯")));
        assert_eq!(number("③灯"), Some((Form::Circle, 3, "灯")));
        assert_eq!(number("Chapter 4: Lamps"), Some((Form::Chapter, 4, "Lamps")));
    }

    #[test]
    fn other_beginnings_are_text() {
        for text in ["第一章程序", "1.5万元", "2026年", "一天", "（注）灯", "3", "第一", ""] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
