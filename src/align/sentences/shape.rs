//! What can be seen of sentences without reading them: length, questions, exclamations, quotations.

use super::zh::is_han;

/// Spread of the ratio of lengths, and how much more short texts vary.
const VARIANCE: f32 = 0.06;
const SHORT: f32 = 16.0;
/// Weights of a mark that only one side has.
const QUESTION: f32 = 1.4;
const EXCLAMATION: f32 = 0.6;
const QUOTATION: f32 = 1.0;

/// Running sums over the sentences of a text.
struct Sums {
    length: Vec<f32>,
    questions: Vec<f32>,
    exclamations: Vec<f32>,
    quoted: Vec<f32>,
}

/// The shape of two texts.
pub(super) struct Shape {
    chinese: Sums,
    english: Sums,
    /// English letters to a Chinese character.
    ratio: f32,
}

impl Shape {
    /// Measures two texts.
    pub(super) fn of(chinese: &[&str], english: &[&str]) -> Self {
        let chinese = Sums::of(chinese, chinese_length, |text| text.contains(['“', '”', '"', '「', '」', '‘', '’']));
        let english = Sums::of(
            english,
            |text| text.split_whitespace().map(|w| w.chars().count() + 1).sum::<usize>() as f32,
            quoted,
        );
        let ratio = english.length[english.length.len() - 1] / chinese.length[chinese.length.len() - 1].max(1.0);
        Self { chinese, english, ratio: ratio.max(1e-3) }
    }

    /// How well the shapes of two runs of sentences go together: a logarithm, 0 at best.
    pub(super) fn fit(&self, i: usize, a: usize, j: usize, b: usize) -> f32 {
        let of = |sums: &[f32], at: usize, count: usize| sums[at + count] - sums[at];
        let (zh, en) = (&self.chinese, &self.english);
        let (zh_length, en_length) = (self.ratio * of(&zh.length, i, a), of(&en.length, j, b));
        let off = ((en_length + 3.0) / (zh_length + 3.0)).ln();
        let variance = VARIANCE + SHORT / (en_length + zh_length + 6.0);
        let differ = |zh: &[f32], en: &[f32]| (of(zh, i, a) - of(en, j, b)).abs();
        let quoted = (of(&zh.quoted, i, a).min(1.0) - of(&en.quoted, j, b).min(1.0)).abs();
        -0.5 * off * off / variance
            - QUESTION * differ(&zh.questions, &en.questions)
            - EXCLAMATION * differ(&zh.exclamations, &en.exclamations)
            - QUOTATION * quoted
    }
}

impl Sums {
    fn of(sentences: &[&str], length: impl Fn(&str) -> f32, quoted: impl Fn(&str) -> bool) -> Self {
        let running = |of: &dyn Fn(&str) -> f32| {
            let mut sum = 0.0;
            let each = sentences.iter().map(|sentence| of(sentence));
            std::iter::once(0.0)
                .chain(each.map(|value| {
                    sum += value;
                    sum
                }))
                .collect::<Vec<f32>>()
        };
        let count = |text: &str, marks: [char; 2]| text.chars().filter(|c| marks.contains(c)).count() as f32;
        Self {
            length: running(&|text| length(text).max(1.0)),
            questions: running(&|text| count(text, ['?', '？'])),
            exclamations: running(&|text| count(text, ['!', '！'])),
            quoted: running(&|text| if quoted(text) { 1.0 } else { 0.0 }),
        }
    }
}

/// Characters of a Chinese text; marks and Latin letters count less.
fn chinese_length(text: &str) -> f32 {
    let wide = |c: char| ('\u{3000}'..='\u{303f}').contains(&c) || ('\u{ff00}'..='\u{ffef}').contains(&c);
    let of = |c: char| {
        if is_han(c) {
            1.0
        } else if wide(c) {
            0.8
        } else {
            0.33
        }
    };
    text.chars().filter(|c| !c.is_whitespace()).map(of).sum()
}

/// Whether an English text quotes; an apostrophe is no quotation mark.
fn quoted(text: &str) -> bool {
    let single = |at: usize, c: char, text: &str| {
        let before = text[..at].chars().next_back().is_none_or(char::is_whitespace);
        let after = text[at + c.len_utf8()..].chars().next().is_none_or(char::is_whitespace);
        before || after
    };
    text.contains(['“', '”', '"'])
        || text.char_indices().any(|(at, c)| matches!(c, '\'' | '‘' | '’') && single(at, c, text))
}
