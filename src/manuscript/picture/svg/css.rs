//! What the style of an SVG loads.

use std::borrow::Cow;

use super::foreign;
use crate::manuscript::picture::PictureError;

/// What CSS loads files with, besides `url()`.
const LOADING: [&str; 3] = ["@import", "image-set(", "cross-fade("];

/// The addresses in `url(…)` of a style sheet or of an attribute.
///
/// # Errors
/// Refuses what loads something otherwise, in whichever way it is written.
pub(super) fn addresses(text: &str) -> Result<Vec<String>, PictureError> {
    if !text.contains(['(', '@', '\\']) {
        return Ok(Vec::new());
    }
    let text = unescaped(text);
    let lower = text.to_ascii_lowercase();
    if LOADING.iter().any(|loading| lower.contains(loading)) {
        return Err(foreign());
    }
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(at) = lower[from..].find("url(") {
        let begin = from + at + "url(".len();
        let end = begin + lower[begin..].find(')').ok_or_else(foreign)?;
        found.push(text[begin..end].trim_matches(|c: char| c.is_whitespace() || matches!(c, '"' | '\'')).to_owned());
        from = end;
    }
    Ok(found)
}

/// The properties that a style sheet or attribute sets, in one spelling: `filter:none;fill:red`.
pub(super) fn plain(text: &str) -> String {
    unescaped(text).chars().filter(|c| !c.is_whitespace()).map(|c| c.to_ascii_lowercase()).collect()
}

/// CSS without its escapes: `@im\70ort` is `@import`.
fn unescaped(text: &str) -> Cow<'_, str> {
    if !text.contains('\\') {
        return Cow::Borrowed(text);
    }
    let mut plain = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        if c != '\\' {
            plain.push(c);
            continue;
        }
        let mut code = String::new();
        while code.len() < 6
            && let Some(digit) = chars.next_if(char::is_ascii_hexdigit)
        {
            code.push(digit);
        }
        match u32::from_str_radix(&code, 16) {
            Ok(code) => {
                plain.push(char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER));
                chars.next_if(|c| c.is_ascii_whitespace());
            }
            // A line that goes on; else the character itself.
            Err(_) => plain.extend(chars.next().filter(|c| *c != '\n')),
        }
    }
    Cow::Owned(plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_found_in_every_spelling() {
        for (text, found) in [
            ("fill:red", vec![]),
            ("url(#a)", vec!["#a"]),
            ("a{fill:URL( '#a' )} b{mask:url(\"#b\")}", vec!["#a", "#b"]),
            (r"u\72l(http://e/)", vec!["http://e/"]),
            (r"\000075 rl(\23 a)", vec!["#a"]),
            (r"font-family:'\5B8B\4F53'", vec![]),
        ] {
            assert_eq!(addresses(text).expect(text), found, "{text}");
        }
        for bad in [r#"@im\70ort "x""#, r"@\i\m\port 'x'", "@IMPORT 'x'", "image-set('x' 1x)", "url(#a"] {
            assert!(addresses(bad).is_err(), "{bad}");
        }
    }
}
