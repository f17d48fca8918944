//! How what is counted is named: the words around a number, and what the number is written in.

/// The name of something counted: 第三章, Chapter 3.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CountedName {
    /// Before the number.
    pub before: &'static str,
    /// What the number is written in.
    pub numerals: Numerals,
    /// After the number.
    pub after: &'static str,
}

impl CountedName {
    /// The name of the one of that number.
    pub fn of(&self, number: usize) -> String {
        self.with(&self.numerals.write(number))
    }

    /// The name with a number that is already written.
    pub fn with(&self, number: &str) -> String {
        format!("{}{number}{}", self.before, self.after)
    }
}

/// What numbers are written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Numerals {
    /// 1, 2, 3.
    Digits,
    /// A, B, C; after Z AA, AB.
    Letters,
    /// I, II, III.
    Roman,
    /// 一, 二, 三.
    Han,
}

impl Numerals {
    /// A number so written; in digits where these numerals do not reach.
    pub fn write(self, number: usize) -> String {
        match self {
            Self::Letters if number > 0 => letters(number),
            Self::Roman if (1..4000).contains(&number) => roman(number),
            Self::Han if (1..1000).contains(&number) => han(number),
            _ => number.to_string(),
        }
    }
}

fn letters(mut number: usize) -> String {
    let mut reversed = Vec::new();
    while number > 0 {
        number -= 1;
        reversed.push(char::from(b'A' + (number % 26) as u8));
        number /= 26;
    }
    reversed.into_iter().rev().collect()
}

fn roman(mut number: usize) -> String {
    let signs = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    let mut out = String::new();
    for (value, sign) in signs {
        out.push_str(&sign.repeat(number / value));
        number %= value;
    }
    out
}

fn han(number: usize) -> String {
    let digit = |n: usize| ["零", "一", "二", "三", "四", "五", "六", "七", "八", "九"][n % 10];
    let (hundreds, tens, ones) = (number / 100, number / 10 % 10, number % 10);
    let mut out = String::new();
    if hundreds > 0 {
        out.push_str(digit(hundreds));
        out.push('百');
    }
    match tens {
        0 if hundreds > 0 && ones > 0 => out.push('零'),
        0 => {}
        // 十 alone below a hundred, 一百一十 above it.
        1 if hundreds == 0 => out.push('十'),
        _ => {
            out.push_str(digit(tens));
            out.push('十');
        }
    }
    if ones > 0 {
        out.push_str(digit(ones));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::Numerals;

    #[test]
    fn numbers_are_written_in_all_numerals() {
        for (number, letters, roman, han) in [
            (1, "A", "I", "一"),
            (4, "D", "IV", "四"),
            (10, "J", "X", "十"),
            (19, "S", "XIX", "十九"),
            (26, "Z", "XXVI", "二十六"),
            (27, "AA", "XXVII", "二十七"),
            (40, "AN", "XL", "四十"),
            (100, "CV", "C", "一百"),
            (101, "CW", "CI", "一百零一"),
            (110, "DF", "CX", "一百一十"),
            (999, "ALK", "CMXCIX", "九百九十九"),
            (4000, "EWV", "4000", "4000"),
        ] {
            let written = [Numerals::Letters, Numerals::Roman, Numerals::Han].map(|numerals| numerals.write(number));
            assert_eq!(written, [letters, roman, han]);
        }
        assert_eq!(Numerals::Letters.write(0), "0");
    }
}
