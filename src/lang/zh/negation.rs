//! Negations in Chinese.

use std::sync::LazyLock;

use crate::lang::cjk::is_han;
use crate::lang::{Denials, Lists};

/// The words, from a data file.
pub(in crate::lang) static LISTS: LazyLock<Lists> = LazyLock::new(|| Lists::shipped(include_str!("negation.txt")));

pub(super) fn denials(text: &str) -> Denials {
    // 看不过来 denies, 不过 does not.
    let text = without(&text.replace("不过来", "不来").replace("不过去", "不去"), "neutral");
    let said = count(&without(&text, "plain"), "said");
    let said = said - said.min(questions(&text));
    Denials { said, perhaps: count(&text, "perhaps") + count(&text, "said") - said }
}

/// A text with every word of a list covered.
fn without(text: &str, list: &str) -> String {
    LISTS.words(list).iter().fold(text.to_owned(), |text, word| text.replace(word, "□"))
}

/// How often the words of a list stand in a text.
fn count(text: &str, list: &str) -> usize {
    LISTS.words(list).iter().map(|word| text.matches(word).count()).sum()
}

/// How many questions have both alternatives: 滑没有滑, 是不是, 偏离了没有.
fn questions(text: &str) -> usize {
    let chars: Vec<char> = text.chars().collect();
    (0..chars.len()).filter(|at| asks(&chars, *at)).count()
}

fn asks(chars: &[char], at: usize) -> bool {
    let after = if chars[at] == '没' && chars.get(at + 1) == Some(&'有') { at + 2 } else { at + 1 };
    let before = at.checked_sub(1).map(|before| chars[before]);
    let open = after == at + 2 && before == Some('了');
    matches!(chars[at], '不' | '没') && (open || before.is_some_and(is_han) && before == chars.get(after).copied())
}
