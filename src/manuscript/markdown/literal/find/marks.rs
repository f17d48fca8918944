//! Marks inside a line.

use super::super::page::MASK;
use super::{Place, Places, between, ends_in_word, is_tight, reach};
use crate::lang::cjk::is_han;
use crate::manuscript::markdown::spans::style;

/// `**`, `__` and `~~` that mark nothing.
pub(in super::super) fn emphasis(place: Place<'_>) -> Places {
    let text = place.line.text;
    let mut found = Vec::new();
    for marker in ["**", "__", "~~"] {
        for (at, _) in text.match_indices(marker) {
            let sign = marker.chars().next();
            let (before, after) = (text[..at].chars().next_back(), text[at + 2..].chars().next());
            let blank = |c: Option<char>| c.is_none_or(char::is_whitespace);
            let longer = before == sign || after == sign;
            // An identifier has underscores inside or around a word of Latin letters.
            let name = marker == "__" && [before, after].iter().flatten().any(|c| c.is_ascii_alphanumeric());
            let alone = blank(before) && blank(after);
            if !longer && !name && !alone {
                found.push(at..at + 2);
            }
        }
    }
    found.sort_by_key(|place| place.start);
    found
}

pub(in super::super) fn wide_emphasis(place: Place<'_>) -> Places {
    between(place.line.text, "＊＊", "＊＊", |_, inner| !inner.trim().is_empty())
}

pub(in super::super) fn backticks(place: Place<'_>) -> Places {
    let text = place.line.text;
    let mut found: Places = Vec::new();
    for (at, _) in text.match_indices('`') {
        match found.last_mut().filter(|last| last.end == at) {
            Some(last) => last.end += 1,
            None => found.push(at..at + 1),
        }
    }
    found
}

pub(in super::super) fn wide_backticks(place: Place<'_>) -> Places {
    between(place.line.text, "｀", "｀", |_, inner| !inner.is_empty())
}

pub(in super::super) fn highlight(place: Place<'_>) -> Places {
    between(place.line.text, "==", "==", |before, inner| {
        is_tight(inner) && !before.ends_with('=') && !inner.starts_with('=')
    })
}

pub(in super::super) fn inserted(place: Place<'_>) -> Places {
    between(place.line.text, "++", "++", |before, inner| {
        let sign = |c: char| matches!(c, '+' | '、' | '，' | '。' | ',' | '/');
        is_tight(inner) && !ends_in_word(before) && !before.ends_with('+') && !inner.starts_with(sign)
    })
}

pub(in super::super) fn subscript(place: Place<'_>) -> Places {
    between(place.line.text, "~", "~", |before, inner| {
        let word = inner.bytes().all(|b| b.is_ascii_digit() || b.is_ascii_lowercase() || matches!(b, b'+' | b'-'));
        word && (1..=4).contains(&inner.len()) && before.ends_with(|c: char| c.is_ascii_alphabetic() || c == ')')
    })
}

pub(in super::super) fn superscript(place: Place<'_>) -> Places {
    between(place.line.text, "^", "^", |before, inner| {
        let word = inner.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'-'));
        word && (1..=6).contains(&inner.len())
            && before.ends_with(|c: char| c.is_alphanumeric() || matches!(c, ')' | '）'))
    })
}

pub(in super::super) fn shortcode(place: Place<'_>) -> Places {
    const FORMS: [(&str, &str); 5] = [("{{<", ">}}"), ("{{%", "%}}"), ("{{", "}}"), ("{%", "%}"), ("<%", "%>")];
    let text = place.line.text;
    let mut found: Places = Vec::new();
    let mut after = 0;
    for (at, _) in text.match_indices(['{', '<']).filter(|(at, _)| text[at + 1..].starts_with(['{', '%'])) {
        let Some((open, close)) = FORMS.into_iter().find(|(open, _)| text[at..].starts_with(open)) else { continue };
        let end = reach(text, at + open.len()).find(close).map(|n| at + open.len() + n + close.len());
        if let Some(end) = end.filter(|_| at >= after) {
            found.push(at..end);
            after = end;
        }
    }
    found
}

pub(in super::super) fn entity(place: Place<'_>) -> Places {
    const NAMES: [&str; 14] = [
        "nbsp", "lt", "gt", "amp", "quot", "copy", "hellip", "mdash", "ndash", "emsp", "ensp", "middot", "times",
        "ldquo",
    ];
    let text = place.line.text;
    let mut found = Vec::new();
    for (at, _) in text.match_indices('&') {
        let name = text[at + 1..].bytes().take_while(u8::is_ascii_alphabetic).count();
        let after = at + 1 + name;
        if NAMES.contains(&&text[at + 1..after]) && !text[after..].starts_with([';', '=']) {
            found.push(at..after);
        }
    }
    found
}

/// `&name;` that stands for no character.
pub(in super::super) fn unknown_entity(place: Place<'_>) -> Places {
    between(place.line.text, "&", ";", |_, name| {
        let word = name.strip_prefix('#').unwrap_or(name);
        (2..=30).contains(&word.len()) && word.bytes().all(|b| b.is_ascii_alphanumeric())
    })
}

/// `{width=50%}` that does not touch its picture.
pub(in super::super) fn attributes_behind(place: Place<'_>) -> Places {
    between(place.line.text, "{", "}", |_, inner| {
        ["width=", "height=", ".decorative", ".here"].iter().any(|key| inner.trim_start().starts_with(key))
    })
}

/// Attributes where none can stand.
pub(in super::super) fn attributes(place: Place<'_>) -> Places {
    let text = place.line.text;
    let mut found =
        between(text, "{:", "}", |_, inner| inner.trim_start().starts_with(['.', '#']) || inner.contains('='));
    found.extend(between(text, "{.", "}", |before, inner| {
        let read = before.ends_with(']') && style(inner).is_some();
        !read && inner.starts_with(|c: char| c.is_ascii_alphabetic()) && inner.is_ascii()
    }));
    found
        .extend(between(text, "｛", "｝", |_, inner| inner.starts_with(['#', '.', '＃']) && !inner.contains(is_han)));
    found.extend(text.match_indices("{-}").map(|(at, mark)| at..at + mark.len()));
    found.sort_by_key(|place| place.start);
    found
}

pub(in super::super) fn hidden_comment(place: Place<'_>) -> Places {
    between(place.line.text, "%%", "%%", |before, inner| {
        !inner.trim().is_empty() && !before.ends_with(|c: char| c.is_ascii_digit())
    })
}

/// `:smile:`
pub(in super::super) fn emoji(place: Place<'_>) -> Places {
    between(place.line.text, ":", ":", |before, inner| {
        let word = inner.bytes().all(|b| b.is_ascii_lowercase() || matches!(b, b'_' | b'0'..=b'9'));
        let letters = inner.bytes().filter(u8::is_ascii_lowercase).count();
        let stands_free = !before.ends_with(|c: char| c.is_ascii_alphanumeric() || matches!(c, ':' | '/' | MASK));
        word && letters > 2 && inner.len() <= 24 && stands_free
    })
}
