//! Commands and groups, as TeX parts a text into them.

use super::usual::usual;

/// The name of a command, and what stands behind it.
pub(super) fn command(text: &str) -> (&str, &str) {
    let letters = text.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(text.len());
    let end = match letters {
        0 => text.chars().next().map_or(0, char::len_utf8),
        _ if text[letters..].starts_with('*') && usual(&text[..=letters]).is_some() => letters + 1,
        _ => letters,
    };
    text.split_at(end)
}

/// What a command takes: a group, another command or a character.
pub(super) fn argument(text: &str) -> (&str, &str) {
    let text = text.trim_start();
    if text.starts_with('{')
        && let Some(close) = closing(text)
    {
        return (&text[1..close], &text[close + 1..]);
    }
    let end = if let Some(behind) = text.strip_prefix('\\') {
        1 + command(behind).0.len()
    } else {
        text.chars().next().map_or(0, char::len_utf8)
    };
    text.split_at(end)
}

/// Where the brace that opens a text is closed.
pub(super) fn closing(text: &str) -> Option<usize> {
    let mut depth = 0_usize;
    let mut escaped = false;
    for (at, c) in text.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '{' => depth += 1,
            '}' => {
                depth = depth.checked_sub(1)?;
                if depth == 0 {
                    return Some(at);
                }
            }
            _ => {}
        }
    }
    None
}
