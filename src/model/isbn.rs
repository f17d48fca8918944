//! International Standard Book Numbers (ISO 2108): ISBN-13, and the ISBN-10 of older books.

/// An ISBN as typed, read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Isbn {
    /// Its digits without hyphens; the last may be `X`.
    pub digits: String,
    /// What the last digit, the check digit, must be.
    pub check: char,
}

impl Isbn {
    /// Reads a number that has the form of an ISBN, right or wrong: 10 or 13 digits with hyphens or spaces, with or
    /// without `ISBN` or `urn:isbn:` before it.
    pub fn read(text: &str) -> Option<Self> {
        let text = text.trim();
        let bare = ["urn:isbn:", "ISBN"].iter().find_map(|start| text.strip_prefix(start)).unwrap_or(text);
        let bare = bare.trim_start_matches([':', '：', ' ', '\u{a0}']);
        let digits: String = bare.chars().filter(|c| !is_gap(*c)).collect();
        let number = digits.strip_suffix(['X', 'x']).filter(|_| digits.len() == 10).unwrap_or(&digits);
        let fits = match digits.len() {
            13 => digits.starts_with("978") || digits.starts_with("979"),
            length => length == 10,
        };
        (fits && number.bytes().all(|b| b.is_ascii_digit())).then(|| {
            let digits = digits.to_ascii_uppercase();
            Self { check: check_digit(&digits), digits }
        })
    }

    /// Whether the check digit is right.
    pub fn is_right(&self) -> bool {
        self.digits.ends_with(self.check)
    }
}

/// Whether a character may stand between the digits.
pub fn is_gap(c: char) -> bool {
    matches!(c, '-' | '‐' | '‑' | '–' | ' ' | '\u{a0}')
}

/// The standard numbers of one edition, as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Numbers {
    /// That of the printed book.
    pub print: Option<String>,
    /// That of the e-book.
    pub epub: Option<String>,
    /// That of the PDF for screens.
    pub pdf: Option<String>,
}

impl Numbers {
    /// One number for both.
    pub fn same(number: &str) -> Self {
        Self { print: Some(number.to_owned()), epub: Some(number.to_owned()), pdf: None }
    }

    /// Every number.
    pub fn all(&self) -> impl Iterator<Item = &str> {
        self.print.iter().chain(&self.epub).chain(&self.pdf).map(String::as_str)
    }
}

fn check_digit(digits: &str) -> char {
    let values = digits.bytes().take(digits.len() - 1).map(|b| u32::from(b - b'0')).enumerate();
    let value = if digits.len() == 13 {
        let sum: u32 = values.map(|(at, digit)| if at % 2 == 0 { digit } else { 3 * digit }).sum();
        (10 - sum % 10) % 10
    } else {
        let sum: u32 = values.zip((2..=10).rev()).map(|((_, digit), weight)| digit * weight).sum();
        (11 - sum % 11) % 11
    };
    char::from_digit(value, 10).unwrap_or('X')
}

#[cfg(test)]
mod tests {
    use super::Isbn;

    #[test]
    fn numbers_of_real_books_are_right_and_a_slip_is_not() {
        for good in
            ["978-3-16-148410-0", "ISBN 978-0-306-40615-7", "urn:isbn:9780306406157", "0-8044-2957-X", "0306406152"]
        {
            assert!(Isbn::read(good).is_some_and(|isbn| isbn.is_right()), "{good}: {:?}", Isbn::read(good));
        }
        let wrong = Isbn::read("978-0-306-40615-8").expect("it has the form");
        assert_eq!((wrong.is_right(), wrong.check), (false, '7'));
    }

    #[test]
    fn other_numbers_are_none() {
        for other in ["doi:10.1/x", "978-7", "1234567890123", "2022-01-10", "X306406152"] {
            assert_eq!(Isbn::read(other), None, "{other}");
        }
    }
}
