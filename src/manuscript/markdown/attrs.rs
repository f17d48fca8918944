//! Attributes as the author writes them: `{#id .class key=value key="value"}`. Quotation marks may be straight or typographic.

use std::ops::Range;

use crate::message::Message;

/// Attributes of one element.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Attrs {
    /// The id and its place.
    pub(super) id: Option<(String, Range<usize>)>,
    /// Classes and keys with values in the order written, each with its place; a class has the key `class`.
    pub(super) pairs: Vec<(String, String, Range<usize>)>,
    /// One past the closing brace.
    pub(super) end: usize,
}

/// What cannot be read, and what to do about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct BadAttrs {
    pub(super) range: Range<usize>,
    pub(super) hint: Message,
}

/// How to write an id.
pub(super) const ID: Message =
    msg!("write an id in letters, digits and signs such as `-`, without spaces, quotes and brackets");

/// Whether a text can be an id. Tools write them in letters of any script; every output makes names of its own of them. `#`
/// parts the name of a chapter from an id in it.
pub(crate) fn is_id(id: &str) -> bool {
    let refused = |c: char| c.is_whitespace() || c.is_control() || "#{}[]<>()\"'`“”‘’".contains(c);
    !id.is_empty() && !id.contains(refused)
}

/// Reads the attributes that begin with the brace at byte `at` of `text`; places are bytes of `text`.
pub(super) fn read(text: &str, at: usize) -> Result<Attrs, BadAttrs> {
    let mut attrs = Attrs::default();
    let mut i = at + 1;
    loop {
        i += text[i..].len() - text[i..].trim_start().len();
        let Some(first) = text[i..].chars().next() else {
            let hint = msg!("close the brace with `}}`");
            return Err(BadAttrs { range: at..text.trim_end().len().max(at), hint });
        };
        match first {
            '}' => {
                attrs.end = i + 1;
                return Ok(attrs);
            }
            '#' => {
                let word = word(text, i + 1);
                if !is_id(&text[word.clone()]) {
                    return Err(BadAttrs { range: i..word.end.max(i + 1), hint: ID });
                }
                i = word.end;
                attrs.id = Some((text[word.clone()].to_owned(), word));
            }
            '.' => {
                let word = word(text, i + 1);
                i = word.end.max(i + 1);
                attrs.pairs.push(("class".to_owned(), text[word.clone()].to_owned(), word));
            }
            _ => i = pair(text, i, &mut attrs)?,
        }
    }
}

/// Reads `key`, `key=value` or `key="value"` and says where it ends.
pub(super) fn pair(text: &str, at: usize, attrs: &mut Attrs) -> Result<usize, BadAttrs> {
    let rest = &text[at..];
    let length =
        rest.find(|c: char| c.is_whitespace() || matches!(c, '=' | '}' | '"' | '“' | '”' | '{')).unwrap_or(rest.len());
    let key = at..at + length;
    if length == 0 {
        let one = rest.chars().next().map_or(0, char::len_utf8);
        return Err(BadAttrs { range: at..at + one, hint: msg!("write a key here") });
    }
    let name = text[key.clone()].to_owned();
    if !text[key.end..].starts_with('=') {
        attrs.pairs.push((name, String::new(), key.clone()));
        return Ok(key.end);
    }
    let start = key.end + 1;
    let Some((mark, closing)) = quotes(&text[start..]) else {
        let value = word(text, start);
        attrs.pairs.push((name, text[value.clone()].to_owned(), value.clone()));
        return Ok(value.end);
    };
    let inner = start + mark.len_utf8();
    let mut value = String::new();
    let mut chars = text[inner..].char_indices();
    while let Some((i, c)) = chars.next() {
        match c {
            _ if closing.contains(&c) => {
                let end = inner + i;
                attrs.pairs.push((name, value, inner..end));
                return Ok(end + c.len_utf8());
            }
            '\\' => value.extend(chars.next().map(|(_, c)| c)),
            _ => value.push(c),
        }
    }
    Err(BadAttrs { range: start..text.trim_end().len().max(start), hint: msg!("close the quotation mark") })
}

/// The quotation mark that a text begins with, and those that can close it. Editors turn straight marks into typographic ones, of
/// either side.
pub(super) fn quotes(text: &str) -> Option<(char, &'static [char])> {
    let mark = text.chars().next()?;
    let closing: &[char] = match mark {
        '"' => &['"'],
        '\'' => &['\''],
        '“' | '”' | '„' | '＂' => &['”', '“', '＂'],
        '‘' | '’' | '＇' => &['’', '‘', '＇'],
        '「' => &['」'],
        _ => return None,
    };
    Some((mark, closing))
}

fn word(text: &str, at: usize) -> Range<usize> {
    let length = text[at..].find(|c: char| c.is_whitespace() || c == '}').unwrap_or(text.len() - at);
    at..at + length
}
