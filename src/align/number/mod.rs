//! Numbers in running text, by value: 770万 and 7.7 million are one number.

mod chinese;
mod english;

use std::ops::Range;

use crate::model::Lang;

/// A number and where it stands.
#[derive(Debug, Clone, PartialEq)]
pub struct Number {
    /// Its value; of 98.5 % it is 98.5.
    pub value: f64,
    /// Byte range in the text.
    pub range: Range<usize>,
    /// How it is written.
    pub form: Form,
}

/// How a number is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// With digits, or in words so exact that it can only be a number. It must have a counterpart.
    Exact,
    /// In words that may be an idiom or an article. It can be a counterpart, but needs none.
    Loose,
}

impl Number {
    /// Whether a missing counterpart is a finding.
    pub fn accuses(&self) -> bool {
        self.form == Form::Exact
    }

    /// Whether both have the same value, up to rounding of the arithmetic.
    pub fn same_value(&self, other: &Number) -> bool {
        (self.value - other.value).abs() <= 1e-9 * self.value.abs().max(other.value.abs())
    }
}

/// The numbers of a text in order of place. Languages other than Chinese are read like English.
pub fn numbers(text: &str, lang: &Lang) -> Vec<Number> {
    if lang.is_chinese() { chinese::numbers(text) } else { english::numbers(text) }
}

/// Digits at the start of a text, with group separators and decimals, ASCII or full-width: value and length in bytes.
fn digits(text: &str) -> Option<(f64, usize)> {
    let mut plain = String::new();
    let mut length = 0;
    let mut point = false;
    let mut rest = text.char_indices().map(|(at, c)| (at, narrow(c))).peekable();
    while let Some((at, c)) = rest.next() {
        let next_is_digit = rest.peek().is_some_and(|(_, c)| c.is_ascii_digit());
        match c {
            '0'..='9' => plain.push(c),
            ',' if !plain.is_empty() && !point && group_follows(&text[at..]) => {}
            '.' if !plain.is_empty() && !point && next_is_digit => {
                point = true;
                plain.push('.');
            }
            _ => break,
        }
        length = rest.peek().map_or(text.len(), |(at, _)| *at);
    }
    Some((plain.parse().ok()?, length))
}

/// Whether a separator and exactly three digits stand at the start.
fn group_follows(text: &str) -> bool {
    let digits = text.chars().skip(1).map(narrow).take_while(char::is_ascii_digit).count();
    digits == 3
}

fn narrow(c: char) -> char {
    match c {
        '０'..='９' => char::from_u32(c as u32 - '０' as u32 + '0' as u32).unwrap_or(c),
        '．' => '.',
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn values(lang: &str, text: &str) -> Vec<f64> {
        let lang = Lang::new(lang).unwrap();
        let mut values: Vec<f64> = numbers(text, &lang).into_iter().map(|n| n.value).collect();
        // The languages differ in word order.
        values.sort_by(f64::total_cmp);
        values
    }

    fn exact(lang: &str, text: &str) -> Vec<f64> {
        let lang = Lang::new(lang).unwrap();
        numbers(text, &lang).into_iter().filter(Number::accuses).map(|n| n.value).collect()
    }

    #[test]
    fn chinese_and_english_agree() {
        for (zh, en) in [
            ("770万篇论文", "7.7 million papers"),
            ("8.5万项专利", "85,000 patents"),
            ("装机超过12亿千瓦", "more than 1.2 billion kilowatts"),
            ("1亿个原子", "100 million atoms"),
            ("1.2万亿元", "1.2 trillion yuan"),
            ("占98.5%", "98.5 percent of it"),
            ("百分之四十", "40%"),
            ("二十世纪五十年代", "the 1950s"),
            ("20世纪50年代", "in the 1950s"),
            ("2018年1月至2021年10月", "January 2018 to October 2021"),
            ("增长23.6倍", "a 23.6-fold growth"),
            ("236个领域", "236 fields"),
            ("１２３", "123"),
            ("2.5千", "2,500"),
            ("三年", "three years"),
            ("二十四个", "twenty-four of them"),
        ] {
            assert_eq!(values("zh", zh), values("en", en), "{zh} / {en}");
        }
    }

    #[test]
    fn idioms_accuse_nobody() {
        for text in ["十分重要", "千万别忘", "万一失败", "一些", "数十年", "三年", "进一步"] {
            assert!(exact("zh", text).is_empty(), "{text}");
        }
        for text in ["one of them", "a second thought", "three years", "hundreds of fields", "GPT-3 and M6"] {
            assert!(exact("en", text).is_empty(), "{text}");
        }
    }

    #[test]
    fn places_are_those_of_the_number() {
        let lang = Lang::new("zh").unwrap();
        let text = "共有770万篇";
        let found = numbers(text, &lang);
        assert_eq!(&text[found[0].range.clone()], "770万");
    }
}
