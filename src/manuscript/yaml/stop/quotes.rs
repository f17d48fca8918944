//! Slips with quotation marks, and with signs that a value cannot begin with.

use super::Slip;
use super::spot::Spot;

/// A quotation mark that nothing closes.
pub(super) fn unclosed(spot: &Spot<'_>) -> Option<Slip> {
    let mark = spot.sign().filter(|sign| matches!(sign, '"' | '\''))?;
    let rest = &spot.text[spot.rest()];
    let other = rest.chars().skip(1).find(|sign| matches!(sign, '”' | '“' | '’' | '‘' | '＂' | '＇' | '」'));
    let hint = match other {
        Some(wide) => msg!("close it with ‘{mark}’; ‘{wide}’ does not close it", mark, wide),
        None => msg!("close it with ‘{mark}’", mark),
    };
    Some(Slip::error(spot.sign_range(), msg!("this quotation mark is never closed"), hint))
}

/// Text after a closing quotation mark; where the marks of the line are odd, it is the mark of a line above that was
/// never closed.
pub(super) fn text_after(spot: &Spot<'_>) -> Option<Slip> {
    let mark = spot.before().trim_end().chars().next_back().filter(|sign| matches!(sign, '"' | '\''))?;
    let odd = |text: &str| text.matches(mark).count() % 2 == 1;
    if odd(spot.before())
        && let Some(line) = spot.above().find(|line| odd(line.text))
    {
        let at = line.text.rfind(mark)?;
        return unclosed(&Spot::new(spot.text, line.start + at));
    }
    let hint = match mark {
        '\'' => msg!("write '' for an apostrophe in single quotes, or put the whole value in double quotes"),
        _ => msg!("put the whole value in single quotes, or write \\\" for a quotation mark in double quotes"),
    };
    Some(super::after_close(spot, mark, hint))
}

/// A backslash between double quotes that makes no escape.
pub(super) fn escape(spot: &Spot<'_>) -> Option<Slip> {
    let rest = &spot.text[spot.at..];
    let mut from = 0;
    loop {
        let at = from + rest[from..].find('\\')?;
        let escape = written(&rest[at + 1..]);
        from = at + 1 + escape.len();
        if !is_escape(escape) {
            let shown = &rest[at..from];
            let message = msg!("‘{shown}’ is not an escape sequence", shown);
            let hint = msg!("write \\\\ for a backslash, or use single quotes");
            return Some(Slip::error(spot.at + at..spot.at + from, message, hint));
        }
    }
}

/// The letter after a backslash and the digits that belong to it.
fn written(rest: &str) -> &str {
    let Some(letter) = rest.chars().next() else { return "" };
    let digits = match letter {
        'x' => 2,
        'u' => 4,
        'U' => 8,
        _ => 0,
    };
    let hex = rest[letter.len_utf8()..].bytes().take(digits).take_while(u8::is_ascii_hexdigit).count();
    &rest[..letter.len_utf8() + hex]
}

/// YAML 1.2.2, 5.7. Halves of surrogate pairs stand for nothing alone.
fn is_escape(escape: &str) -> bool {
    let (letter, hex) = escape.split_at(escape.chars().next().map_or(0, char::len_utf8));
    let code = u32::from_str_radix(hex, 16).ok().and_then(char::from_u32);
    match letter {
        "x" => hex.len() == 2,
        "u" => hex.len() == 4 && code.is_some(),
        "U" => hex.len() == 8 && code.is_some(),
        _ => !letter.is_empty() && "0abt\tnvfre \"/\\N_LP\r\n".contains(letter),
    }
}

/// A sign that cannot begin a value without quotes.
pub(super) fn bad_start(spot: &Spot<'_>) -> Option<Slip> {
    let sign = spot.sign().filter(|sign| "@`%,|>?!&*]}#".contains(*sign))?;
    let message = msg!("an unquoted value cannot start with ‘{sign}’", sign);
    Some(Slip::error(spot.sign_range(), message, msg!("quote the value")))
}

/// A sign that announces a block of text, with text after it.
pub(super) fn bad_block(spot: &Spot<'_>) -> Option<Slip> {
    let sign = spot.sign().filter(|sign| matches!(sign, '|' | '>'))?;
    let message = msg!("‘{sign}’ starts a text block, so no text may follow it on this line", sign);
    let hint = msg!("quote the value if ‘{sign}’ belongs to it; otherwise start the text on the next line", sign);
    Some(Slip::error(spot.sign_range(), message, hint))
}

/// A comment glued to what stands before it.
pub(super) fn glued_comment(spot: &Spot<'_>) -> Option<Slip> {
    let hint = msg!("put a space before ‘#’ if it starts a comment; otherwise quote the value");
    Some(Slip::error(spot.sign_range(), msg!("missing space before ‘#’"), hint))
}

/// A comment between the lines of one text.
pub(super) fn cut_text(spot: &Spot<'_>) -> Option<Slip> {
    let hint = msg!("move the comment, or quote the text if ‘#’ belongs to it");
    Some(Slip::error(spot.rest(), msg!("a comment cannot interrupt a text of several lines"), hint))
}
