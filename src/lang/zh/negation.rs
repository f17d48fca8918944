//! Negations in Chinese.

use std::ops::Range;
use std::sync::LazyLock;

use super::words::words;
use crate::lang::denials::{Denial, Denials, Known};
use crate::lang::{Lists, cjk::is_han, en};

/// The words, from a data file.
pub(in crate::lang) static LISTS: LazyLock<Lists> = LazyLock::new(|| Lists::shipped(include_str!("negation.txt")));

/// Characters that deny, in words of which the dictionary knows what they mean as a whole: 不同, 非常, 未来, 莫言.
const DENYING: &[char] = &['不', '没', '无', '未', '非', '莫', '否', '勿'];
/// What says after a verb and 不 that something cannot be done: 看不到, 编译不过.
const CANNOT: &str = "到了起出来去过住上下着见完懂清动开成";
/// Where what a negation denies ends.
const BREAKS: &[char] =
    &['，', '；', '：', '。', '！', '？', '（', '）', '(', ')', ',', ';', ':', '!', '?', '—', '…', '\n'];
/// How many words that it denies a negation has.
const DENIED: usize = 2;

pub(super) fn denials(text: &str, known: Known<'_>) -> Denials {
    let words = parted(text, known);
    let mut denials = Denials::default();
    let names = names(text);
    for (i, &(at, word)) in words.iter().enumerate() {
        if names.iter().any(|name| name.contains(&at)) {
            continue;
        }
        if word.contains(DENYING) && is_said(word) && !contrasts(text, at) && !asks(text, at, word) {
            let verbal = !has("bare", word);
            denials.said.push(Denial { range: at..at + word.len(), verbal, denied: denied(text, &words, i) });
        } else if has("perhaps", word) {
            denials.perhaps.push((at, word.to_owned()));
        } else if denies(word) || has("implied", word) || is_foreign(word) {
            denials.implied.push(at);
        }
    }
    denials
}

/// The words of a text; 没 before a verb is no part of another word: 没 and 收到, not 没收 and 到. What the lists name
/// stays whole, and so does what leaves no single character behind it.
fn parted<'t>(text: &'t str, known: Known<'_>) -> Vec<(usize, &'t str)> {
    let mut found: Vec<(usize, &str)> = Vec::new();
    for (at, word) in words(text, known) {
        let before = found.last().copied().filter(|(start, before)| start + before.len() == at && is_single(word));
        let bare = before.and_then(|(start, before)| Some((start, before, undenied(before)?)));
        match bare {
            Some((start, before, bare)) if !LISTS.names().any(|list| has(list, before)) => {
                let middle = at - bare.len();
                let verb = &text[middle..at + word.len()];
                if known(verb) {
                    found.pop();
                    found.extend([(start, &text[start..middle]), (middle, verb)]);
                } else {
                    found.push((at, word));
                }
            }
            _ => found.push((at, word)),
        }
    }
    found
}

/// The rest of a word of two characters of which the first denies what is done; 不 makes words of its own: 不公平.
fn undenied(word: &str) -> Option<&str> {
    word.strip_prefix('没').filter(|rest| is_single(rest))
}

fn is_single(word: &str) -> bool {
    word.chars().nth(1).is_none() && word.starts_with(is_han)
}

/// The places of names and of things whose names deny nothing: 非洲, 无线电.
fn names(text: &str) -> Vec<Range<usize>> {
    let places =
        |name: &&'static str| text.match_indices(*name).map(|(at, name)| at..at + name.len()).collect::<Vec<_>>();
    LISTS.words("name").iter().flat_map(places).collect()
}

pub(super) fn may_deny(text: &str) -> bool {
    text.contains(DENYING)
}

fn has(list: &str, word: &str) -> bool {
    LISTS.words(list).contains(&word)
}

fn is_said(word: &str) -> bool {
    has("said", word)
}

/// Whether a negation says what is meant instead of something else: 而不是.
fn contrasts(text: &str, at: usize) -> bool {
    text[..at].ends_with('而')
}

/// Whether an English word that stands in a Chinese text denies.
fn is_foreign(word: &str) -> bool {
    en::negation::LISTS.words("said").contains(&word.to_lowercase().as_str())
}

/// Whether a word has a character that denies, and means it.
pub(super) fn denies(word: &str) -> bool {
    word.contains(DENYING) && !has("neutral", word) && !has("perhaps", word)
}

/// The words that a negation denies: what can be done before it in 看不到, else what follows.
fn denied(text: &str, words: &[(usize, &str)], i: usize) -> Vec<String> {
    let (at, word) = words[i];
    let next = words.get(i + 1).filter(|(after, _)| *after == at + word.len());
    let verb = i.checked_sub(1).map(|before| words[before]).filter(|(before, verb)| before + verb.len() == at);
    let cannot = word == "不" && next.is_some_and(|(_, next)| next.chars().count() == 1 && CANNOT.contains(*next));
    let mut denied: Vec<String> = verb.filter(|_| cannot).map(|(_, verb)| verb.to_owned()).into_iter().collect();
    let mut end = at + word.len();
    for &(place, word) in &words[i + 1..] {
        if denied.len() == DENIED || text[end..place].contains(BREAKS) || is_said(word) {
            break;
        }
        end = place + word.len();
        if !has("light", word) && !word.chars().all(|c| c.is_numeric()) {
            denied.push(word.to_lowercase());
        }
    }
    denied
}

/// Whether a question has both alternatives: 滑没有滑, 是不是, 偏离了没有.
fn asks(text: &str, at: usize, word: &str) -> bool {
    let before = text[..at].chars().next_back();
    let after = text[at + word.len()..].chars().next();
    let bare =
        word.strip_suffix("是").or(word.strip_suffix("能")).or(word.strip_suffix("会")).filter(|bare| *bare == "不");
    let repeated = bare.and(word.chars().next_back()).or(after.filter(|_| matches!(word, "不" | "没" | "没有")));
    let open = word == "没有" && before == Some('了') && !after.is_some_and(is_han);
    open || before.is_some_and(is_han) && before == repeated
}

pub(super) fn clauses(text: &str) -> Vec<Range<usize>> {
    crate::lang::range::parts(text, |c, _| BREAKS.contains(&c))
}

pub(super) fn places(text: &str, word: &str, known: Known<'_>) -> Vec<usize> {
    if word.chars().nth(1).is_some() {
        return text.match_indices(word).map(|(at, _)| at).collect();
    }
    words(text, known).into_iter().filter(|(_, other)| *other == word).map(|(at, _)| at).collect()
}
