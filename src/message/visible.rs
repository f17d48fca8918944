//! What would command a terminal or a build log, written so that it is seen and commands nothing.

use std::borrow::Cow;
use std::fmt::Write as _;

/// Whether a character commands what shows it: a control character, a separator of lines, or one that sets in which direction
/// text runs.
pub fn is_command(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Whether a spreadsheet takes a cell for a formula.
pub fn is_formula(cell: &str) -> bool {
    cell.trim_start().starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠'])
}

/// A text of several lines: line breaks and tabs stay, what else commands is seen.
pub fn visible(text: &str) -> Cow<'_, str> {
    seen(text, |rest| if rest.starts_with("\r\n") { 2 } else { usize::from(rest.starts_with(['\n', '\t'])) })
}

/// A text that stands in one line, such as a name.
pub fn visible_in_line(text: &str) -> Cow<'_, str> {
    seen(text, |_| 0)
}

/// A text of several lines with styles of our own (“SGR”, such as `ESC[1m`), which stay.
pub fn visible_styled(text: &str) -> Cow<'_, str> {
    seen(
        text,
        |rest| if rest.starts_with("\r\n") { 2 } else { style(rest).max(usize::from(rest.starts_with(['\n', '\t']))) },
    )
}

/// Bytes of the style at the beginning of a text.
fn style(text: &str) -> usize {
    let Some(inner) = text.strip_prefix("\u{1b}[") else { return 0 };
    let end = inner.find(|c: char| !(c.is_ascii_digit() || c == ';'));
    end.filter(|end| inner[*end..].starts_with('m')).map_or(0, |end| end + 3)
}

/// Where the first command of a text stands. All that is printed goes through here, and most bytes begin no command.
fn first_command(text: &str) -> Option<usize> {
    let mut at = 0;
    while let Some(found) = text.as_bytes()[at..].iter().position(|byte| may_command(*byte)) {
        at += found;
        let c = text[at..].chars().next()?;
        if is_command(c) {
            return Some(at);
        }
        at += c.len_utf8();
    }
    None
}

/// Whether a byte is the first of a character that may be a command.
const fn may_command(byte: u8) -> bool {
    matches!(byte, 0..=0x1f | 0x7f | 0xc2 | 0xd8 | 0xe2)
}

/// `kept` gives how many bytes stay as they are of a text that begins with a command.
fn seen(text: &str, kept: impl Fn(&str) -> usize) -> Cow<'_, str> {
    if first_command(text).is_none() {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    let mut rest = text;
    while let Some(at) = first_command(rest) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let stays = kept(rest);
        let (command, after) = match (stays, rest.chars().next()) {
            (0, Some(c)) => {
                show(c, &mut out);
                ("", &rest[c.len_utf8()..])
            }
            _ => rest.split_at(stays),
        };
        out.push_str(command);
        rest = after;
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// A command as a sign that commands nothing.
fn show(c: char, out: &mut String) {
    match u32::from(c) {
        // Unicode has pictures of these.
        code @ 0..=0x1f => out.extend(char::from_u32(0x2400 + code)),
        0x7f => out.push('␡'),
        code => {
            let _ = write!(out, "<U+{code:04X}>");
        }
    }
}

/// A text whose lines give no command to a build log: GitHub and others take a line that begins with `::name` or holds
/// `##name[` for one. A backslash, as in Markdown, says that it is none.
pub fn without_log_commands(text: &str) -> Cow<'_, str> {
    if !text.contains("::") && !text.contains("##") {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    for line in text.split_inclusive('\n') {
        let blank = line.len() - line.trim_start().len();
        let mut line = line;
        if line[blank..].strip_prefix("::").is_some_and(|name| name.starts_with(|c: char| c.is_ascii_alphabetic())) {
            out.push_str(&line[..blank]);
            out.push('\\');
            line = &line[blank..];
        }
        escape_brackets(line, "\\[", &mut out);
    }
    Cow::Owned(out)
}

/// Adds a line with `bracket` in place of each `[` that follows `##` or `##name`.
pub fn escape_brackets(mut line: &str, bracket: &str, out: &mut String) {
    while let Some(at) = line.find("##") {
        let name = line[at..].trim_start_matches('#');
        let name = name.trim_start_matches(|c: char| c.is_ascii_alphabetic());
        let end = line.len() - name.len();
        out.push_str(&line[..end]);
        line = match name.strip_prefix('[') {
            Some(rest) => {
                out.push_str(bracket);
                rest
            }
            None => name,
        };
    }
    out.push_str(line);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_commands_is_seen() {
        for (text, shown, in_line) in [
            ("甲 a\u{301}👩‍🚒", "甲 a\u{301}👩‍🚒", "甲 a\u{301}👩‍🚒"),
            ("a\u{1b}[31mb\u{7}\u{7f}", "a␛[31mb␇␡", "a␛[31mb␇␡"),
            ("\u{9b}31m\u{85}", "<U+009B>31m<U+0085>", "<U+009B>31m<U+0085>"),
            ("a\u{202e}b\u{2066}\u{200f}", "a<U+202E>b<U+2066><U+200F>", "a<U+202E>b<U+2066><U+200F>"),
            ("a\r\nb\rc\n\td\u{2028}", "a\r\nb␍c\n\td<U+2028>", "a␍␊b␍c␊␉d<U+2028>"),
        ] {
            assert_eq!(visible(text), shown, "{text:?}");
            assert_eq!(visible_in_line(text), in_line, "{text:?}");
        }
    }

    #[test]
    fn every_command_is_found_by_its_first_byte() {
        for c in ('\0'..=char::MAX).filter(|c| is_command(*c)) {
            assert!(may_command(c.encode_utf8(&mut [0; 4]).as_bytes()[0]), "{c:?}");
            assert_eq!(first_command(&format!("a—永é{c}")), Some(9), "{c:?}");
        }
        assert_eq!(first_command("a—“永”é £ ــ"), None);
    }

    #[test]
    fn only_styles_stay() {
        for (text, shown) in [
            ("\u{1b}[1;31ma\u{1b}[0m\u{1b}[m", "\u{1b}[1;31ma\u{1b}[0m\u{1b}[m"),
            ("\u{1b}[2J\u{1b}]0;x\u{7}\u{1b}[31", "␛[2J␛]0;x␇␛[31"),
            ("\u{1b}[1甲\n\t", "␛[1甲\n\t"),
            ("\u{1b}", "␛"),
        ] {
            assert_eq!(visible_styled(text), shown, "{text:?}");
        }
    }

    #[test]
    fn a_build_log_is_given_no_command() {
        for (text, shown) in [
            ("a :: b\n::: note\n## [x]\n", "a :: b\n::: note\n## [x]\n"),
            ("::error file=x::y\n \t::add-mask::z", "\\::error file=x::y\n \t\\::add-mask::z"),
            ("a ##[group]b ##vso[task] ###[x", "a ##\\[group]b ##vso\\[task] ###\\[x"),
        ] {
            assert_eq!(without_log_commands(text), shown, "{text:?}");
        }
    }
}
