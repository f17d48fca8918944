//! What programs read: JSON, and cells that spreadsheets open.

use std::borrow::Cow;
use std::fmt::Write as _;

use serde::Serialize;

use crate::message::{escape_brackets, is_command, is_formula, visible_in_line};

/// A value as JSON, indented, with a final line break. What would command a terminal or a build log that it is shown in is
/// escaped, and means the same.
pub(super) fn pretty(value: &impl Serialize) -> String {
    let text = serde_json::to_string_pretty(value).expect("plain data always serialises") + "\n";
    let commands = |c: char| c != '\n' && is_command(c);
    if !text.contains(commands) && !text.contains("##") {
        return text;
    }
    let mut plain = String::with_capacity(text.len());
    // Outside of texts there are only brackets, which never follow `##`.
    escape_brackets(&text, "\\u005b", &mut plain);
    let mut out = String::with_capacity(plain.len());
    for c in plain.chars() {
        if commands(c) {
            let _ = write!(out, "\\u{:04x}", u32::from(c));
        } else {
            out.push(c);
        }
    }
    out
}

/// A cell of a table in lines and tabs. A spreadsheet takes one that begins with `=`, `+`, `-` or `@` for a formula: an
/// apostrophe, which it does not show, says that it is text.
pub(super) fn cell(text: &str) -> String {
    let parted = memchr::memchr3(b'\t', b'\n', b'\r', text.as_bytes()).is_some();
    let text = if parted { Cow::Owned(text.replace(['\t', '\n', '\r'], " ")) } else { Cow::Borrowed(text) };
    let mark = if is_formula(&text) { "'" } else { "" };
    format!("{mark}{}", visible_in_line(&text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_means_the_same_and_commands_nothing() {
        let value = ["a\u{1b}\u{9b}\u{202e}\u{2028}\u{7f}\n", "##[group]x", "##vso[a]", "## [b]"];
        let text = pretty(&value);
        assert!(!text.contains(|c: char| c != '\n' && is_command(c)) && !text.contains("##["), "{text}");
        assert_eq!(serde_json::from_str::<Vec<String>>(&text).unwrap(), value);
    }

    #[test]
    fn no_cell_is_a_formula() {
        for (text, shown) in [
            ("=HYPERLINK(\"x\")", "'=HYPERLINK(\"x\")"),
            ("\t=1", "' =1"),
            ("+86", "'+86"),
            ("-1", "'-1"),
            ("@a", "'@a"),
            ("＝1", "'＝1"),
            ("a=1 – b", "a=1 – b"),
            ("a\tb\nc\u{1b}", "a b c␛"),
        ] {
            assert_eq!(cell(text), shown, "{text:?}");
        }
    }
}
