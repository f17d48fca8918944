//! Why two texts are taken for translations of each other, word by word.

use super::WORD_WEIGHT;
use super::bead::Bead;
use super::bitext::{Bitext, Texts};
use super::blocks::LENGTH_VARIANCE;
use super::diagonal::Diagonal;

/// What speaks for a pair.
#[derive(Debug, Clone)]
pub struct Explanation {
    /// Words of the target with what in the source translates them, the most telling first. Words are stems.
    pub links: Vec<Link>,
    /// Words of the target that nothing in the source translates, in order.
    pub unexplained: Vec<String>,
    /// Lengths of both in letters of English.
    pub letters: [f32; 2],
    /// What the words say, as a logarithm of odds.
    pub words: f32,
    /// What lengths, questions and quotation marks say; 0 at best.
    pub surface: f32,
}

/// A word and what translates it.
#[derive(Debug, Clone, PartialEq)]
pub struct Link {
    /// The word or part of a word of the source.
    pub source: String,
    /// The word of the target.
    pub target: String,
    /// The likelihood ratio: how many times more probable the target word is beside the source word than anywhere.
    pub ratio: f32,
}

/// Explains why the first item of one text goes with the first of the other.
pub fn explain(texts: Texts<'_>) -> Explanation {
    let bitext = Bitext::new(texts);
    let (links, unexplained) = links(&bitext);
    let items = bitext.items.each_ref();
    let surface = bitext.surface_model(items, LENGTH_VARIANCE);
    let diagonal = Diagonal::new(items, &bitext.evidence, |_, _| 0..1);
    let bead = Bead { source: 0..1, target: 0..1 };
    Explanation {
        links,
        unexplained,
        letters: [0, 1].map(|side| surface.letters(bitext.inner_side(side), 0..1)),
        words: WORD_WEIGHT * diagonal.score(&bead),
        surface: surface.score(&bead),
    }
}

/// The words of the first item of the target, each with the word of the source that best translates it; and those that none
/// does.
fn links(bitext: &Bitext) -> (Vec<Link>, Vec<String>) {
    let evidence = &bitext.evidence;
    let [source, target] = [0, 1].map(|side| bitext.inner_side(side));
    let (mut links, mut unexplained): (Vec<Link>, Vec<String>) = (Vec::new(), Vec::new());
    for token in bitext.items[target].words(0) {
        let word = evidence.words[target].name(token.word);
        let is_there = |feature: u32| bitext.items[source].features(0).iter().any(|token| token.word == feature);
        let ratios = evidence.directions[target].ratios.row(token.word);
        let best = ratios.iter().filter(|entry| is_there(entry.0)).max_by(|a, b| a.1.total_cmp(&b.1));
        let Some(&(feature, ratio)) = best else {
            unexplained.push(word.to_owned());
            continue;
        };
        let link = Link { source: evidence.words[source].name(feature).to_owned(), target: word.to_owned(), ratio };
        if !links.contains(&link) {
            links.push(link);
        }
    }
    links.sort_by(|a, b| b.ratio.total_cmp(&a.ratio));
    (links, unexplained)
}
