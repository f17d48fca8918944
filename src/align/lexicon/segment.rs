//! The words that a Chinese text consists of.

use super::Lexicon;
use crate::maths;

/// What a word counts that was never seen in running text: it stands in a dictionary, or is a character by itself.
const UNSEEN: f32 = 0.2;

/// The best way to a place of a text: how likely it is, and where its last word begins.
#[derive(Clone, Copy)]
struct Way {
    likely: f32,
    from: usize,
}

impl Lexicon<'_> {
    /// Where the words of a text end, in bytes and in order, the end of the text included: those that are likeliest together.
    /// What is no Chinese word goes by characters.
    pub fn words_end(&self, text: &str) -> Vec<usize> {
        let places: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
        let mut ways = vec![Way { likely: f32::NEG_INFINITY, from: 0 }; places.len()];
        ways[0].likely = 0.0;
        for at in 0..places.len() - 1 {
            let before = ways[at].likely;
            let mut reach = |count: usize, seen: f32| {
                let likely = before + self.likelihood(seen);
                if ways[at + count].likely < likely {
                    ways[at + count] = Way { likely, from: at };
                }
            };
            let character = self.chinese.number(&text[places[at]..places[at + 1]]);
            reach(1, character.map_or(0.0, |word| self.chinese.seen(word)));
            self.chinese_words(&text[places[at]..], |count, word| reach(count, self.chinese.seen(word)));
        }
        let mut ends = Vec::new();
        let mut at = places.len() - 1;
        while at > 0 {
            ends.push(places[at]);
            at = ways[at].from;
        }
        ends.reverse();
        ends
    }

    /// The logarithm of the probability of a word that was seen so often.
    fn likelihood(&self, seen: f32) -> f32 {
        maths::log2((seen + UNSEEN) / self.chinese.total().max(1.0))
    }
}

#[cfg(test)]
mod tests {
    use super::Lexicon;

    fn words(text: &str) -> String {
        let mut start = 0;
        let ends = Lexicon::shipped().words_end(text).into_iter();
        ends.map(|end| text[std::mem::replace(&mut start, end)..end].to_owned()).collect::<Vec<_>>().join("|")
    }

    #[test]
    fn a_text_is_cut_into_the_likeliest_words() {
        assert_eq!(words("科技趋势"), "科技|趋势");
        assert_eq!(words("研究生命起源"), "研究|生命|起源", "the longest word first would be 研究生");
        assert_eq!(words("第一阶段：定量发散"), "第一|阶段|：|定量|发散");
        assert_eq!(words("河道与湖泊一同治理"), "河道|与|湖泊|一同|治理");
    }

    #[test]
    fn what_is_no_word_goes_by_characters() {
        assert_eq!(words(""), "");
        assert_eq!(words("Aé\u{20000}"), "A|é|\u{20000}");
    }
}
