//! The parts of a title at whose ends a person would end a line.

use icu_segmenter::LineSegmenter;
use icu_segmenter::options::LineBreakOptions;

use crate::align::lexicon::Lexicon;
use crate::lang::zh::is_han;

/// The end of a part of a title.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct PhraseEnd {
    /// In bytes.
    pub(super) at: usize,
    /// How much a line that ends here offends: 0 after a mark, 1 between two words. Negative where the author wants it to end.
    pub(super) cost: f64,
}

/// What a line costs that ends where the author wants it to.
pub(super) const WANTED: f64 = -1.0;

/// Between two words.
const WORDS: f64 = 1.0;
/// Between two words of one character each, which are rarely two words.
const CHARACTERS: f64 = 2.0;
/// Before what belongs to the word before, after what belongs to the word behind.
pub(super) const BOUND: f64 = 3.0;
/// Between a number and what it counts.
const COUNTED: f64 = 6.0;

/// Characters that belong to the word before them.
const AFTER: &str = "的地得了着过们之者性化吗呢吧等们里中上下内外后前";
/// Characters that belong to the word behind them.
const BEFORE: &str = "和与及或在对从为向将把被让给由比跟同第各每再更最不未无";
/// Numerals: they belong to what they count, as words of the kind before.
const NUMERALS: &str = "一二两三四五六七八九十百千万亿几";
/// What stands between the ends of a range.
const DASHES: &str = "—–-~～";
/// English words that belong to the word behind them.
const LEANING: [&str; 24] = [
    "a", "an", "the", "of", "in", "on", "to", "for", "and", "or", "with", "by", "at", "from", "as", "is", "are", "its",
    "our", "into", "than", "that", "no", "not",
];

/// Where the parts of a title end, in order, the end of the title left out; `wanted` are the places where its author wants lines to end.
pub(super) fn ends(title: &str, wanted: &[usize]) -> Vec<PhraseEnd> {
    let words = words_end(title);
    let breakable = LineSegmenter::new_lstm(LineBreakOptions::default());
    let mut found: Vec<PhraseEnd> = breakable
        .segment_str(title)
        .filter(|at| 0 < *at && *at < title.len() && !wanted.contains(at))
        .filter_map(|at| Some(PhraseEnd { at, cost: cost(title, at, &words)? }))
        .collect();
    let inside = wanted.iter().filter(|at| (1..title.len()).contains(*at) && title.is_char_boundary(**at));
    found.extend(inside.map(|at| PhraseEnd { at: *at, cost: WANTED }));
    found.sort_by_key(|end| end.at);
    found
}

/// Where the Chinese words end.
fn words_end(title: &str) -> Vec<usize> {
    if title.contains(is_han) { Lexicon::shipped().words_end(title) } else { Vec::new() }
}

/// What it costs to end a line at a place; none inside a word.
fn cost(title: &str, at: usize, words: &[usize]) -> Option<f64> {
    let (before, after) = title.split_at(at);
    let spaced = before.ends_with(char::is_whitespace);
    let before = before.trim_end();
    let (Some(last), Some(next)) = (before.chars().next_back(), after.chars().next()) else { return Some(WORDS) };
    if !spaced && (DASHES.contains(last) && next.is_alphanumeric() || DASHES.contains(next)) {
        return Some(if last.is_numeric() || next.is_numeric() { COUNTED } else { BOUND });
    }
    if last.is_numeric() && (is_han(next) || spaced && next.is_lowercase()) {
        return Some(COUNTED);
    }
    if is_han(last) && is_han(next) {
        return between_han(title, at, words);
    }
    if !last.is_alphanumeric() {
        return Some(0.0);
    }
    if is_han(last) && !spaced {
        return Some(if BEFORE.contains(last) { BOUND } else { WORDS });
    }
    let word = before.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    Some(if LEANING.iter().any(|leaning| word.eq_ignore_ascii_case(leaning)) { BOUND } else { WORDS })
}

fn between_han(title: &str, at: usize, words: &[usize]) -> Option<f64> {
    let place = words.binary_search(&at).ok()?;
    let start = place.checked_sub(1).map_or(0, |before| words[before]);
    let (word, next) = (&title[start..at], &title[at..words.get(place + 1).copied().unwrap_or(title.len())]);
    let single = |word: &str| word.chars().count() == 1;
    Some(match () {
        () if single(next) && AFTER.contains(next) || next.starts_with(['之', '以']) => BOUND,
        () if single(word) && (BEFORE.contains(word) || NUMERALS.contains(word)) => BOUND,
        () if single(word) && AFTER.contains(word) => WORDS / 2.0,
        () if single(word) || single(next) => CHARACTERS,
        () => WORDS,
    })
}

#[cfg(test)]
mod tests {
    use super::ends;

    /// A title with its places, those that cost at least so much left out.
    fn parts(title: &str, least: f64) -> String {
        let mut out = title.to_owned();
        for end in ends(title, &[]).iter().rev().filter(|end| end.cost < least) {
            out.insert(end.at, '|');
        }
        out
    }

    #[test]
    fn a_line_of_a_chinese_title_ends_between_words() {
        assert_eq!(parts("2025年十大科技趋势", 3.0), "2025年|十大|科技|趋势");
        assert_eq!(parts("第一阶段：定量发散", 2.0), "第一|阶段：|定量|发散");
        assert_eq!(parts("河道与湖泊一同治理，山上和山下都有好水喝", 0.5), "河道与湖泊一同治理，|山上和山下都有好水喝");
    }

    #[test]
    fn a_line_of_an_english_title_ends_before_small_words() {
        assert_eq!(parts("The state of the river in 2025", 2.0), "The state |of the river |in 2025");
    }

    #[test]
    fn the_parts_of_a_compound_stay_together_where_they_can() {
        assert_eq!(parts("Privacy-Preserving Computation", 3.0), "Privacy-Preserving |Computation");
        assert_eq!(parts("Satellite–Terrestrial Networks", 3.0), "Satellite–Terrestrial |Networks");
    }

    #[test]
    fn a_number_keeps_to_what_it_counts() {
        assert_eq!(parts("增长 5,300 亿元", 3.0), "增长 |5,300 亿元");
        assert_eq!(parts("After 5 years of work", 2.0), "After |5 years |of work");
        assert_eq!(parts("增长：2026—2030 年", 6.0), "增长：|2026—2030 年");
    }

    #[test]
    fn an_author_has_the_last_word() {
        let wanted = ends("清河水质报告", &["清河水".len()]);
        assert!(wanted.iter().any(|end| end.at == "清河水".len() && end.cost < 0.0), "{wanted:?}");
    }
}
