//! Words that contain a numeral and are no number.

use std::sync::LazyLock;

use crate::lang::Lists;

/// The words, from a data file.
pub(in crate::lang) static LISTS: LazyLock<Lists> = LazyLock::new(|| Lists::shipped(include_str!("idioms.txt")));

/// The length of such a word at the start of a text; `before` is the character before it.
pub(super) fn at(text: &str, before: Option<char>) -> Option<usize> {
    if text.starts_with('一')
        && let Some(before) = before
        && LISTS.words("before 一").iter().any(|word| word.starts_with(before))
    {
        return Some('一'.len_utf8());
    }
    if let Some(rest) = text.strip_prefix("千万") {
        return rest.starts_with(['别', '不', '要', '记', '莫', '小', '注']).then_some("千万".len());
    }
    // 十分钟 and 十分之一 are numbers, 零零 begins a row of digits.
    if let Some(rest) = text.strip_prefix("十分") {
        return (!rest.trim_start().starts_with(['钟', '之'])).then_some("十分".len());
    }
    LISTS.words("word").iter().find(|word| text.starts_with(**word)).map(|word| word.len())
}
