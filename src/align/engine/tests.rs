//! The laws of sentence alignment, and a text whose beads are known.

use proptest::prelude::*;

use super::super::Dictionary;
use super::band::Band;
use super::lattice::Lattice;
use super::similarity::Similarity;
use super::{Bead, BeadKind, Bitext, Scored, Texts, coarse, decode, diagonal, manner, sentences, within_blocks};
use crate::maths;
use crate::model::Lang;

fn aligned(source: &[&str], target: &[&str], langs: [&str; 2]) -> Vec<Bead> {
    let [a, b] = langs.map(|tag| Lang::new(tag).expect("a language"));
    let texts = Texts { items: [source, target], langs: [&a, &b], dictionary: &Dictionary::shipped() };
    sentences(texts).into_iter().map(|scored| scored.bead).collect()
}

const CHINESE: [&str; 6] = [
    "春天来得很晚。",
    "河面上的冰还没有化，桥头的老人每天都来看一次。",
    "他说，今年的鱼会比往年少。",
    "没有人相信他。",
    "到了四月，冰终于裂开，渔船一条接一条地下水。",
    "老人把网晾在门口，一句话也不说。",
];

const ENGLISH: [&str; 7] = [
    "Spring came very late.",
    "The ice on the river had not melted yet.",
    "The old man at the bridge came to look at it every day.",
    "He said that there would be fewer fish this year than in other years.",
    "Nobody believed him.",
    "In April the ice broke at last, and one after another the fishing boats went into the water.",
    "The old man hung his nets to dry by the door and did not say a word.",
];

fn beads(chinese: &[&str], english: &[&str]) -> Vec<String> {
    let list = |range: &std::ops::Range<usize>| range.clone().map(|n| n.to_string()).collect::<Vec<_>>().join(",");
    let found = aligned(chinese, english, ["zh", "en"]);
    found.iter().map(|bead| format!("{}:{}", list(&bead.source), list(&bead.target))).collect()
}

#[test]
fn a_small_story_is_aligned() {
    assert_eq!(beads(&CHINESE, &ENGLISH), ["0:0", "1:1,2", "2:3", "3:4", "4:5", "5:6"]);
}

#[test]
fn a_missing_sentence_is_found() {
    let english: Vec<&str> = ENGLISH.into_iter().filter(|s| !s.starts_with("In April")).collect();
    assert_eq!(beads(&CHINESE, &english), ["0:0", "1:1,2", "2:3", "3:4", "4:", "5:5"]);
}

#[test]
fn scores_have_the_same_bits_everywhere() {
    let [zh, en] = ["zh", "en"].map(|tag| Lang::new(tag).expect("a language"));
    let found = sentences(Texts { items: [&CHINESE, &ENGLISH], langs: [&zh, &en], dictionary: &Dictionary::shipped() });
    let bits: Vec<u32> = found.iter().map(|scored| scored.score.to_bits()).collect();
    assert_eq!(bits, [0x3f78_9e86, 0x3f74_4816, 0x3f76_ede4, 0x3f78_25f8, 0x3f7b_733a, 0x3f7d_95f0]);
}

#[test]
fn the_share_of_the_null_word_is_the_logarithm_that_it_says() {
    let null = maths::ln_f64(f64::from(1.0 - diagonal::EXPLAINED));
    assert_eq!(diagonal::LN_NULL.to_bits(), null.to_bits());
}

#[test]
fn a_long_text_is_aligned_near_its_path() {
    let copies = 300;
    let chinese = CHINESE.repeat(copies);
    let english = ENGLISH.repeat(copies);
    let found = aligned(&chinese, &english, ["zh", "en"]);
    let straight = |bead: &&Bead| bead.source.start / CHINESE.len() == bead.target.start / ENGLISH.len();
    let good = found.iter().filter(straight).count();
    assert!(good * 10 >= found.len() * 9, "{good} of {} beads lie where they must", found.len());
}

#[test]
fn two_pairs_that_are_each_probable_are_better_than_one_of_both() {
    let band = Band::full(2, 2);
    let kinds = [(1, 0), (0, 1), (1, 1), (2, 2)].map(|(source, target)| BeadKind::new(source, target, 0.0));
    // The paths: both together; one by one; the first pair and two that are alone.
    let odds = |bead: &Bead, _: &BeadKind| match (bead.source.clone(), bead.target.clone()) {
        (source, target) if (source.len(), target.len()) == (2, 2) => maths::ln(0.4),
        (source, target) if (source.end, target.end) == (1, 1) && bead.is_pair() => 0.0,
        (source, target) if (source.start, target.start) == (1, 1) && bead.is_pair() => maths::ln(0.35),
        (source, target) if (source.start, target.end) == (1, 1) && target.is_empty() => maths::ln(0.25),
        (source, target) if (source.start, target.start) == (2, 1) && source.is_empty() => 0.0,
        _ => f32::NEG_INFINITY,
    };
    let sizes = |found: Vec<Scored>| -> Vec<(usize, usize)> {
        found.iter().map(|scored| (scored.bead.source.len(), scored.bead.target.len())).collect()
    };
    let lattice = Lattice::new(&band, &kinds, odds);
    assert_eq!(sizes(decode::decode(&lattice)), [(2, 2)]);
    let found = decode::decode_expected(lattice);
    assert!((found[0].score - 0.6).abs() < 1e-3, "the score is the posterior probability");
    assert_eq!(sizes(found), [(1, 1), (1, 1)]);
}

#[test]
fn where_nothing_is_similar_no_node_outside_the_band_is_searched() {
    const COUNT: usize = 2000;
    let [zh, en] = ["zh", "en"].map(|tag| Lang::new(tag).expect("a language"));
    let texts = [["一。"; COUNT], ["a."; COUNT]];
    let [source, target] = &texts;
    let texts = Texts { items: [source, target], langs: [&zh, &en], dictionary: &Dictionary::shipped() };
    let bitext = Bitext::new(texts);
    let items = bitext.items.each_ref();
    let band = coarse::band(items, &bitext.evidence);
    let nodes = |band: &Band| (0..=COUNT).map(|row| band.row(row).count()).sum::<usize>();
    assert!(nodes(&band) < 60 * COUNT, "the band is narrow");
    let similarity = Similarity::new(items, &bitext.evidence, &band, |_, _| 0.0);
    assert!(nodes(&similarity.anchored(&band)) <= nodes(&band));
}

#[test]
fn the_band_of_a_very_long_text_is_no_wider() {
    const COUNT: usize = 40_000;
    let [zh, en] = ["zh", "en"].map(|tag| Lang::new(tag).expect("a language"));
    for texts in [[vec!["一。"; COUNT], vec!["a."; COUNT]], [vec!["一。"; COUNT], vec!["a."; COUNT / 3]]] {
        let [source, target] = &texts;
        let texts = Texts { items: [source, target], langs: [&zh, &en], dictionary: &Dictionary::shipped() };
        let bitext = Bitext::new(texts);
        let band = coarse::band(bitext.items.each_ref(), &bitext.evidence);
        let nodes: usize = (0..=COUNT).map(|row| band.row(row).count()).sum();
        assert!(nodes < 60 * COUNT, "{nodes} nodes");
        let overlap = |rows: &[(usize, usize)]| rows[0].0 <= rows[1].0 && rows[1].0 <= rows[0].1;
        assert!(band.rows.windows(2).all(overlap) && band.rows[0].0 == 0 && band.rows[COUNT].1 == target.len());
    }
}

/// What is learned of how texts were translated in which beads were found.
fn learned(texts: &[[&str; 200]; 2], found: &[Scored]) -> manner::Manner {
    let [zh, en] = ["zh", "en"].map(|tag| Lang::new(tag).expect("a language"));
    let [source, target] = texts;
    let texts = Texts { items: [source, target], langs: [&zh, &en], dictionary: &Dictionary::shipped() };
    let bitext = Bitext::new(texts);
    let surface = bitext.surface_model(bitext.items.each_ref(), super::sentences::LENGTH_VARIANCE);
    manner::Manner::of(found, 400, true, &surface)
}

#[test]
fn a_text_translated_sentence_by_sentence_teaches_that_others_are_rare() {
    let pair = |at: usize| Scored { bead: Bead { source: at..at + 1, target: at..at + 1 }, score: 1.0 };
    let found: Vec<Scored> = (0..200).map(pair).collect();
    let prior = |manner: manner::Manner, size: (usize, usize)| {
        let of = |kind: &BeadKind| ((kind.source, kind.target) == size).then_some(kind.prior);
        manner.kinds(true).iter().find_map(of).expect("a kind of that size")
    };
    let texts = [["灯。"; 200], ["Lamp."; 200]];
    let (usual, learned) = (manner::Manner::USUAL, learned(&texts, &found));
    assert!(prior(learned, (1, 1)) > prior(usual, (1, 1)));
    assert!(prior(learned, (1, 2)) < prior(usual, (1, 2)) - 1.0);
    assert!(prior(learned, (2, 2)) < prior(usual, (2, 2)) - 1.0);
}

#[test]
fn lengths_that_vary_little_or_much_are_learned() {
    let pair = |at: usize| Scored { bead: Bead { source: at..at + 1, target: at..at + 1 }, score: 1.0 };
    let found: Vec<Scored> = (0..200).map(pair).collect();
    let spread = |longer: &'static str| {
        let mut texts = [["人来了。"; 200], ["The man came."; 200]];
        for text in texts[1].iter_mut().step_by(2) {
            *text = longer;
        }
        learned(&texts, &found).spread
    };
    assert!(spread("The man came.") < 0.5);
    assert!(
        spread("The man whom all of us had so long been waiting for came down the hill to the river at last.") > 1.0
    );
}

#[test]
fn in_a_text_translated_sentence_by_sentence_each_that_is_left_out_is_found() {
    let pairs: Vec<[&str; 2]> =
        [(0, 0), (2, 3), (3, 4), (4, 5), (5, 6)].iter().map(|&(zh, en)| [CHINESE[zh], ENGLISH[en]]).collect();
    let copies = 3;
    for gone in 0..pairs.len() {
        let at = pairs.len() + gone;
        let chinese: Vec<&str> = pairs.iter().map(|pair| pair[0]).collect::<Vec<_>>().repeat(copies);
        let mut english: Vec<&str> = pairs.iter().map(|pair| pair[1]).collect::<Vec<_>>().repeat(copies);
        english.remove(at);
        let found = aligned(&chinese, &english, ["zh", "en"]);
        let alone: Vec<Bead> = found.into_iter().filter(|bead| !bead.is_pair()).collect();
        assert_eq!(alone, [Bead { source: at..at + 1, target: at..at }]);
    }
}

/// The beads of two texts that are known to belong together, in a beam.
fn in_a_block(chinese: &[&str], english: &[&str], beam: f32) -> Vec<Bead> {
    let [a, b] = ["zh", "en"].map(|tag| Lang::new(tag).expect("a language"));
    let texts = Texts { items: [chinese, english], langs: [&a, &b], dictionary: &Dictionary::shipped() };
    let block = Scored { bead: Bead { source: 0..chinese.len(), target: 0..english.len() }, score: 1.0 };
    within_blocks::within_beam(&Bitext::new(texts), &[block], beam).into_iter().map(|scored| scored.bead).collect()
}

#[test]
fn what_the_beam_of_a_block_leaves_out_makes_no_difference() {
    let parts = |count: usize| (0..count).flat_map(move |from| (from + 1..=count).map(move |to| from..to));
    for source in parts(CHINESE.len()) {
        for target in parts(ENGLISH.len()) {
            let of = |beam| in_a_block(&CHINESE[source.clone()], &ENGLISH[target.clone()], beam);
            assert_eq!(of(within_blocks::BEAM), of(f32::INFINITY), "{source:?} beside {target:?}");
        }
    }
}

#[test]
fn a_block_of_hundreds_of_sentences_is_aligned_near_its_path() {
    let copies = 70;
    let found = in_a_block(&CHINESE.repeat(copies), &ENGLISH.repeat(copies), within_blocks::BEAM);
    let one: Vec<Bead> = in_a_block(&CHINESE, &ENGLISH, within_blocks::BEAM);
    let all = (0..copies).flat_map(|at| {
        let shifted = move |bead: &Bead| bead.clone().shifted(at * CHINESE.len(), at * ENGLISH.len());
        one.iter().map(shifted).collect::<Vec<_>>()
    });
    assert!(CHINESE.len() * ENGLISH.len() * copies * copies > coarse::MAX_WHOLE, "the block is searched whole");
    assert_eq!(found, all.collect::<Vec<_>>());
}

fn texts(sentences: &'static [&'static str]) -> impl Strategy<Value = Vec<&'static str>> {
    prop::collection::vec(prop::sample::select(sentences), 0..40)
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(64) })]

    #[test]
    fn every_sentence_stands_in_one_bead(
        chinese in texts(&["", "好。", "他说，今年的鱼会比往年少。", "1,750亿！", "AlphaFold 2给出了结构？"]),
        english in texts(&["", "Good.", "He said that there would be fewer fish.", "175 billion!", "’s"]),
    ) {
        let found = aligned(&chinese, &english, ["zh", "en"]);
        let (mut i, mut j) = (0, 0);
        for bead in &found {
            prop_assert_eq!((bead.source.start, bead.target.start), (i, j));
            prop_assert!(bead.source.len() + bead.target.len() > 0);
            (i, j) = (bead.source.end, bead.target.end);
        }
        prop_assert_eq!((i, j), (chinese.len(), english.len()));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(64) })]

    #[test]
    fn a_text_beside_itself_is_the_identity(chinese in texts(&CHINESE), english in texts(&ENGLISH)) {
        for (text, lang) in [(chinese, "zh"), (english, "en")] {
            let straight: Vec<Bead> =
                (0..text.len()).map(|at| Bead { source: at..at + 1, target: at..at + 1 }).collect();
            prop_assert_eq!(aligned(&text, &text, [lang, lang]), straight);
        }
    }

    #[test]
    fn swapped_languages_mirror_the_beads(chinese in texts(&CHINESE), english in texts(&ENGLISH)) {
        let there = aligned(&chinese, &english, ["zh", "en"]);
        let back = aligned(&english, &chinese, ["en", "zh"]);
        prop_assert_eq!(there, back.into_iter().map(Bead::mirrored).collect::<Vec<_>>());
    }
}

#[test]
fn traditional_chinese_is_aligned() {
    let chinese = ["春天來得很晚。", "沒有人相信他。", "老人把網晾在門口，一句話也不說。"];
    let english = [ENGLISH[0], ENGLISH[4], ENGLISH[6]];
    let found = aligned(&chinese, &english, ["zh-Hant", "en"]);
    assert_eq!(found, (0..3).map(|at| Bead { source: at..at + 1, target: at..at + 1 }).collect::<Vec<_>>());
}
