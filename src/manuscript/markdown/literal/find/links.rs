//! Links, pictures, footnotes and citations.

use super::super::page::MASK;
use super::{Line, Place, Places, REACH, between, ends_in_word, reach};

/// Whether an address of a picture or link could stand here.
fn is_address(text: &str) -> bool {
    let text = text.trim_start_matches(['<', '(', '（', ' ']);
    text.starts_with(['#', '.', '/'])
        || text.contains("://")
        || text.contains('/')
        || text.contains('.') && !text.contains(['。', '，'])
}

/// `［^1］`, `【@key】`: brackets around a sign, of which one at least is full-width.
fn wide_brackets(text: &str, signs: [char; 2]) -> Places {
    let mut found = Vec::new();
    for (start, open) in text.match_indices(['[', '［', '【', '〔', '「']) {
        let inner = start + open.len();
        let Some(sign) = text[inner..].chars().next().filter(|c| signs.contains(c)) else { continue };
        let Some(end) = reach(text, inner).find([']', '］', '】', '〕', '」']).map(|n| inner + n) else { continue };
        let close = text[end..].chars().next().map_or(0, char::len_utf8);
        let name = &text[inner + sign.len_utf8()..end];
        let is_wide = open.len() + sign.len_utf8() + close > 3;
        if is_wide && !name.is_empty() && name.chars().count() <= 60 {
            found.push(start..end + close);
        }
    }
    found
}

pub(in super::super) fn wide_note(place: Place<'_>) -> Places {
    wide_brackets(place.line.text, ['^', '＾'])
}

pub(in super::super) fn wide_citation(place: Place<'_>) -> Places {
    wide_brackets(place.line.text, ['@', '＠'])
}

pub(in super::super) fn blank_in_note(place: Place<'_>) -> Places {
    between(place.line.text, "[^", "]", |_, name| name.contains(char::is_whitespace) && !name.contains([MASK, '[']))
}

pub(in super::super) fn inline_note(place: Place<'_>) -> Places {
    let text = place.line.text;
    let mut found = between(text, "^[", "]", |_, _| true);
    found.extend(between(text, "^［", "］", |_, _| true));
    found
}

/// `@smith2020` and `[-@smith]`, but not the names that people have elsewhere.
pub(in super::super) fn citation_alone(place: Place<'_>) -> Places {
    let text = place.line.text;
    let mut found = Vec::new();
    for (at, _) in text.match_indices('@') {
        let inner = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | ':');
        let key = &text[at + 1..];
        let key = key[..key.find(|c| !inner(c)).unwrap_or(key.len())].trim_end_matches(['-', ':', '_']);
        let before = text[..at].chars().next_back();
        let in_bracket = text[..at].ends_with("[-");
        let free =
            !before.is_some_and(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '@' | '/' | MASK | '-'));
        if !key.is_empty() && (in_bracket || free && is_key(key)) {
            found.push(at - usize::from(before == Some('-'))..at + 1 + key.len());
        }
    }
    found
}

/// Whether a word is made as the key of a source: a name and a year.
fn is_key(word: &str) -> bool {
    let name = word.bytes().take_while(|b| b.is_ascii_alphabetic() || matches!(b, b'-' | b'_' | b':')).count();
    let digits = word[name..].bytes().take_while(u8::is_ascii_digit).count();
    name > 1 && digits == 4 && ["1", "20"].iter().any(|century| word[name..].starts_with(century))
}

/// `[see @key]`: words before a key in its bracket.
pub(in super::super) fn citation_behind(place: Place<'_>) -> Places {
    between(place.line.text, "[", "]", |_, inner| {
        let behind = |at: usize| {
            let is_word = inner[..at].trim_end().ends_with(|c: char| c.is_alphabetic() && !c.is_ascii())
                || inner[..at].ends_with(' ') && !inner[..at].trim().is_empty();
            is_word && inner[at + 1..].starts_with(|c: char| c.is_ascii_alphanumeric())
        };
        !inner.contains([MASK, '[']) && !inner.starts_with('@') && inner.match_indices('@').any(|(at, _)| behind(at))
    })
}

/// `@tbl:id`, `@eq:id`: references as other programs name them.
pub(in super::super) fn unknown_reference(place: Place<'_>) -> Places {
    let text = place.line.text;
    let mut found = Vec::new();
    for (at, _) in text.match_indices('@').filter(|(at, _)| !ends_in_word(&text[..*at])) {
        let kind = text[at + 1..].bytes().take_while(u8::is_ascii_lowercase).count();
        let Some(id) = text[at + 1 + kind..].strip_prefix(':') else { continue };
        let length = id.find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '-' | '_'))).unwrap_or(id.len());
        if (2..=9).contains(&kind) && length > 0 {
            found.push(at..at + 2 + kind + length);
        }
    }
    found
}

pub(in super::super) fn wide_reference(place: Place<'_>) -> Places {
    let text = place.line.text;
    let starts = text.match_indices(['@', '＠']).filter(|(at, sign)| {
        let rest = &text[at + sign.len()..];
        crate::manuscript::markdown::citations::REFERENCES
            .iter()
            .filter_map(|kind| rest.strip_prefix(kind))
            .any(|rest| rest.starts_with('：') || sign.len() > 1 && rest.starts_with(':'))
    });
    starts
        .map(|(at, sign)| {
            let behind = at + sign.len();
            let kind = text[behind..].find([':', '：']).unwrap_or(0);
            at..behind + kind + text[behind + kind..].chars().next().map_or(0, char::len_utf8)
        })
        .collect()
}

pub(in super::super) fn wide_picture(place: Place<'_>) -> Places {
    let Line { text, written, .. } = place.line;
    let is_open = |at: usize| {
        let rest = &written[at + '！'.len_utf8()..];
        rest.starts_with(['[', '［']) && reach(rest, 0).contains([']', '］']) && reach(rest, 0).contains(['(', '（'])
    };
    text.match_indices('！').filter(|(at, _)| is_open(*at)).map(|(at, sign)| at..at + sign.len()).collect()
}

/// Where the bracket opens that closes at `close`; the sign of a picture before it belongs to it.
fn bracket_before(text: &str, close: usize) -> Option<usize> {
    let from = text.ceil_char_boundary(close.saturating_sub(REACH));
    let mut inner = 0;
    for (at, c) in text[from..close].char_indices().rev() {
        match c {
            ']' | '］' => inner += 1,
            '[' | '［' if inner > 0 => inner -= 1,
            '[' | '［' => {
                let picture = text[..from + at].chars().next_back().filter(|c| matches!(c, '!' | '！'));
                return Some(from + at - picture.map_or(0, char::len_utf8));
            }
            _ => {}
        }
    }
    None
}

/// Links and pictures whose parts are joined by one of `joints`, and whose address `fits` takes.
fn link_like(text: &str, joints: &[&str], fits: impl Fn(&str) -> bool) -> Places {
    let mut found = Vec::new();
    for joint in joints {
        for (at, _) in text.match_indices(joint) {
            let Some(start) = bracket_before(text, at) else { continue };
            let inner = at + joint.len();
            let Some(close) = reach(text, inner).find([')', '）']).map(|n| inner + n) else { continue };
            let end = close + text[close..].chars().next().map_or(0, char::len_utf8);
            if fits(&text[inner..close]) {
                found.push(start..end);
            }
        }
    }
    found.sort_by_key(|place| place.start);
    found
}

pub(in super::super) fn wide_link(place: Place<'_>) -> Places {
    link_like(place.line.text, &["]（", "］（", "］("], is_address)
}

pub(in super::super) fn parted_link(place: Place<'_>) -> Places {
    link_like(place.line.text, &["] (", "]: (", "]　（", "] （"], |address| {
        address.contains("://") || address.starts_with(['#', '.'])
    })
}

/// The size of a picture where its caption may stand.
pub(in super::super) fn size_in_address(place: Place<'_>) -> Places {
    link_like(place.line.text, &["]("], |inner| {
        let size = |word: &str| {
            let word = word.trim_start_matches('=');
            word.contains('x') && word.bytes().all(|b| b.is_ascii_digit() || b == b'x')
        };
        ["width=", "height="].iter().any(|key| inner.contains(key))
            || inner.rsplit_once(" =").is_some_and(|(_, last)| size(last))
    })
}

pub(in super::super) fn blank_in_address(place: Place<'_>) -> Places {
    link_like(place.line.text, &["]("], |_| true)
}

pub(in super::super) fn reversed_link(place: Place<'_>) -> Places {
    let text = place.line.text;
    let mut found = Vec::new();
    for joint in [")[", "）["] {
        for (at, _) in text.match_indices(joint) {
            let from = text.ceil_char_boundary(at.saturating_sub(REACH));
            let inner = at + joint.len();
            let address = text[inner..].starts_with("http") || text[inner..].starts_with("www.");
            let (open, close) = (text[from..at].rfind(['(', '（']), reach(text, inner).find(']'));
            if let (true, Some(open), Some(close)) = (address, open, close) {
                found.push(from + open..inner + close + 1);
            }
        }
    }
    found
}

pub(in super::super) fn undefined_link(place: Place<'_>) -> Places {
    let text = place.line.text;
    let mut found = Vec::new();
    for (at, _) in text.match_indices("][") {
        let Some(open) = bracket_before(text, at) else { continue };
        let Some(close) = reach(text, at + 2).find(']').map(|n| at + 2 + n) else { continue };
        let name = &text[at + 2..close];
        // Numbers in brackets are notes by hand, and a word before the bracket makes an index of it.
        let number = name.bytes().all(|b| b.is_ascii_digit());
        if !number && !name.contains([MASK, '[', '@']) && !ends_in_word(&text[..open]) && !text[open..at].ends_with('[')
        {
            found.push(open..close + 1);
        }
    }
    found
}

pub(in super::super) fn embed(place: Place<'_>) -> Places {
    between(place.line.text, "![[", "]]", |_, _| true)
}

pub(in super::super) fn wiki(place: Place<'_>) -> Places {
    between(place.line.text, "[[", "]]", |before, inner| {
        !inner.trim().is_empty() && !inner.contains(MASK) && !ends_in_word(before)
    })
}
