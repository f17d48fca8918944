//! Which characters are set without spaces between them, so that a line break in the file leaves none.

use super::{Lang, Script};

/// Whether a character is Han, kana, bopomofo, CJK punctuation or a full-width form.
pub fn is_cjk(c: char) -> bool {
    matches!(c,
        '\u{2e80}'..='\u{303f}'
        | '\u{3040}'..='\u{31ff}'
        | '\u{3200}'..='\u{33ff}'
        | '\u{3400}'..='\u{4dbf}'
        | '\u{4e00}'..='\u{9fff}'
        | '\u{f900}'..='\u{faff}'
        | '\u{fe30}'..='\u{fe4f}'
        | '\u{ff00}'..='\u{ff60}'
        | '\u{ffe0}'..='\u{ffe6}'
        | '\u{1b000}'..='\u{1b16f}'
        | '\u{20000}'..='\u{3ffff}')
}

/// Whether a character is a Chinese one.
pub fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{323af}')
}

/// Whether a character belongs to Chinese typesetting in a Chinese text, though other scripts have it too.
fn is_shared(c: char) -> bool {
    matches!(c, '“' | '”' | '‘' | '’' | '—' | '…' | '·')
}

/// Whether a line break between these two characters leaves nothing; else it leaves one space.
pub fn joins(before: Option<char>, after: Option<char>, lang: &Lang) -> bool {
    let solid = |c: char| is_cjk(c) || lang.script() == Script::Han && is_shared(c);
    before.is_some_and(solid) && after.is_some_and(solid)
}
