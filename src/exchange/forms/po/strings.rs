//! Strings as gettext writes them.

use crate::message::Message;

/// Adds a keyword and its string: on one line, or one line for each of the text.
pub(super) fn write(out: &mut String, keyword: &str, text: &str, before: &str) {
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    out.push_str(before);
    out.push_str(keyword);
    out.push(' ');
    if lines.len() > 1 {
        out.push_str("\"\"\n");
    }
    for (at, line) in lines.iter().enumerate() {
        if lines.len() > 1 {
            out.push_str(before);
        }
        out.push('"');
        line.chars().for_each(|c| escape(out, c));
        out.push_str(if at + 1 < lines.len() { "\"\n" } else { "\"" });
    }
    out.push_str(if lines.is_empty() { "\"\"\n" } else { "\n" });
}

fn escape(out: &mut String, c: char) {
    match c {
        '"' => out.push_str("\\\""),
        '\\' => out.push_str("\\\\"),
        '\n' => out.push_str("\\n"),
        '\t' => out.push_str("\\t"),
        '\r' => out.push_str("\\r"),
        // Gettext ends a text at it; Markdown reads it as this, too.
        '\0' => out.push(char::REPLACEMENT_CHARACTER),
        c if u32::from(c) < 0x20 || c == '\u{7f}' => out.push_str(&format!("\\{:03o}", u32::from(c))),
        c => out.push(c),
    }
}

/// What a string in quotation marks says.
///
/// # Errors
/// Says what is wrong with it.
pub(super) fn unescape(written: &str) -> Result<String, Message> {
    let inside = written.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
    let Some(inside) = inside.filter(|_| written.len() > 1) else {
        return Err(msg!("its text stands in no quotation marks"));
    };
    let (mut out, mut chars) = (String::new(), inside.chars().peekable());
    while let Some(c) = chars.next() {
        if c == '"' {
            return Err(msg!("a quotation mark in its text has no backslash before it"));
        }
        if c != '\\' {
            out.push(c);
            continue;
        }
        let Some(kind) = chars.next() else {
            return Err(msg!("a quotation mark in its text has no backslash before it"));
        };
        let (radix, most) = match kind {
            'x' => (16, 2),
            '0'..='7' => (8, 3),
            _ => (0, 0),
        };
        if radix == 0 {
            out.push(simple(kind)?);
            continue;
        }
        let mut digits = if kind == 'x' { String::new() } else { kind.to_string() };
        while digits.len() < most
            && let Some(digit) = chars.next_if(|c| c.is_digit(radix))
        {
            digits.push(digit);
        }
        let c = u32::from_str_radix(&digits, radix).ok().filter(|code| (1..0x80).contains(code));
        out.push(c.and_then(char::from_u32).ok_or_else(|| unknown(kind))?);
    }
    Ok(out)
}

fn simple(kind: char) -> Result<char, Message> {
    Ok(match kind {
        'n' => '\n',
        't' => '\t',
        'r' => '\r',
        'a' => '\u{7}',
        'b' => '\u{8}',
        'v' => '\u{b}',
        'f' => '\u{c}',
        '"' | '\\' | '\'' | '?' => kind,
        _ => return Err(unknown(kind)),
    })
}

fn unknown(kind: char) -> Message {
    msg!("its text has “\\{kind}”, which means nothing; a backslash is written twice", kind)
}
