//! What can be seen of items without reading them: length, questions, exclamations, quotations.

use std::ops::Range;

use crate::align::lang::Language;

/// How much more the ratio of lengths varies in short texts.
const SHORT: f32 = 12.0;
/// Weights of a mark that only one side has.
const QUESTION: f32 = 1.4;
const EXCLAMATION: f32 = 0.6;
const QUOTATION: f32 = 1.0;

/// Running sums over the items of a text.
struct Sums {
    length: Vec<f32>,
    questions: Vec<f32>,
    exclamations: Vec<f32>,
    quoted: Vec<f32>,
}

/// Letters of text that are taken to be translated as is usual, so that short texts are not measured by themselves alone.
const SOME: f32 = 200.0;

/// The shape of two texts.
pub(super) struct Shape {
    sums: [Sums; 2],
    /// Units of length of each text that go to one letter.
    scale: [f32; 2],
    variance: f32,
}

impl Shape {
    /// Measures two texts. `variance` is that of the logarithm of the ratio of lengths in long items.
    pub(super) fn of(items: [&[&str]; 2], languages: [&dyn Language; 2], variance: f32) -> Self {
        let sums = [0, 1].map(|side| Sums::of(items[side], languages[side]));
        let usual = languages.map(Language::letters);
        let all = [0, 1].map(|side| usual[side] * sums[side].length[items[side].len()] + SOME);
        Self { sums, scale: [usual[0] * all[1] / all[0], usual[1]], variance }
    }

    /// Length of a run of items of a side, in letters.
    pub(super) fn letters(&self, side: usize, items: Range<usize>) -> f32 {
        self.scale[side] * Sums::inside(&self.sums[side].length, &items)
    }

    /// How well the shapes of two runs of items go together: a logarithm, 0 at best.
    pub(super) fn fit(&self, source: Range<usize>, target: Range<usize>) -> f32 {
        let [a, b] = &self.sums;
        let (first, second) = (self.letters(0, source.clone()), self.letters(1, target.clone()));
        let off = ((first + 3.0) / (second + 3.0)).ln();
        let variance = self.variance + SHORT / (first + second + 6.0);
        let differ = |a: &[f32], b: &[f32]| (Sums::inside(a, &source) - Sums::inside(b, &target)).abs();
        let quoted = |sums: &Sums, items: &Range<usize>| Sums::inside(&sums.quoted, items).min(1.0);
        -0.5 * off * off / variance
            - QUESTION * differ(&a.questions, &b.questions)
            - EXCLAMATION * differ(&a.exclamations, &b.exclamations)
            - QUOTATION * (quoted(a, &source) - quoted(b, &target)).abs()
    }
}

impl Sums {
    fn of(items: &[&str], language: &dyn Language) -> Self {
        let running = |of: &dyn Fn(&str) -> f32| {
            let mut sum = 0.0;
            let each = items.iter().map(|item| {
                sum += of(item);
                sum
            });
            std::iter::once(0.0).chain(each).collect::<Vec<f32>>()
        };
        let count = |text: &str, marks: [char; 2]| text.chars().filter(|c| marks.contains(c)).count() as f32;
        Self {
            length: running(&|text| language.length(text).max(1.0)),
            questions: running(&|text| count(text, ['?', '？'])),
            exclamations: running(&|text| count(text, ['!', '！'])),
            quoted: running(&|text| f32::from(u8::from(language.quotes(text)))),
        }
    }

    fn inside(sums: &[f32], items: &Range<usize>) -> f32 {
        sums[items.end] - sums[items.start]
    }
}
