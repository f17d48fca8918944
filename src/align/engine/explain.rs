//! Why two texts are taken for translations of each other, word by word.

use super::close::Close;
use super::reading::Reading;
use super::{Texts, WORDS};

/// What speaks for a pair.
#[derive(Debug, Clone)]
pub struct Explanation {
    /// Words of the target with what in the source gives them and the factor by which it makes them likelier, the
    /// most telling first. Words are stems.
    pub links: Vec<Link>,
    /// Words of the target that nothing in the source gives, in order.
    pub unexplained: Vec<String>,
    /// Lengths of both in letters of English.
    pub letters: [f32; 2],
    /// What the words say, as a logarithm of odds.
    pub words: f32,
    /// What lengths, questions and quotation marks say; 0 at best.
    pub shape: f32,
}

/// A word and what gives it.
#[derive(Debug, Clone, PartialEq)]
pub struct Link {
    /// The word or part of a word of the source.
    pub source: String,
    /// The word of the target.
    pub target: String,
    /// How many times likelier the target word is beside the source word.
    pub factor: f32,
}

/// Explains why the first item of one text goes with the first of the other.
pub fn explain(texts: Texts<'_>) -> Explanation {
    let reading = Reading::of(texts);
    let (evidence, items) = (&reading.evidence, reading.items.each_ref());
    let [a, b] = [0, 1].map(|side| reading.side(side));
    let (mut links, mut unexplained): (Vec<Link>, Vec<String>) = (Vec::new(), Vec::new());
    for placed in items[b].words(0) {
        let word = evidence.words[b].name(placed.word);
        let here = |feature: u32| items[a].features(0).iter().any(|placed| placed.word == feature);
        let factors = evidence.directions[b].factors.row(placed.word);
        let best = factors.iter().filter(|entry| here(entry.0)).max_by(|a, b| a.1.total_cmp(&b.1));
        match best {
            Some(&(feature, factor)) => {
                let source = evidence.words[a].name(feature).to_owned();
                let link = Link { source, target: word.to_owned(), factor };
                if !links.contains(&link) {
                    links.push(link);
                }
            }
            None => unexplained.push(word.to_owned()),
        }
    }
    links.sort_by(|a, b| b.factor.total_cmp(&a.factor));
    let shape = reading.shape(items, super::blocks::VARIANCE);
    let close = Close::looking(items, evidence, |_, _| 0..1);
    Explanation {
        links,
        unexplained,
        letters: [shape.letters(a, 0..1), shape.letters(b, 0..1)],
        words: WORDS * close.words(0, 1, 0, 1),
        shape: shape.fit(0..1, 0..1),
    }
}
