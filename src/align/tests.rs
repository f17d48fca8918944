//! The laws of alignment over whole books.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::{Alignment, Beads, ChapterPair, Dictionary, Pair, Relation, RowNumbers, Unit, rows};
use crate::manuscript::parse_chapter;
use crate::model::{Chapter, Glossary, Lang, Spanned, Term};
use crate::source::{SourceFile, Sources};

const PARAGRAPHS: [(&str, &str); 6] = [
    ("春天来得很晚，河面上的冰还没有化。", "Spring came very late, and the ice on the river had not melted."),
    ("## 渡口", "## The ferry"),
    ("- 渔船\n- 渔网", "- fishing boats\n- fishing nets"),
    (
        "今年的产量是1,750吨，比去年少三成。",
        "This year’s catch was 1,750 tonnes, thirty per cent less than last year’s.",
    ),
    ("老人把网晾在门口，一句话也不说。", "The old man hung his nets by the door and did not say a word."),
    ("> 没有人相信他。", "> Nobody believed him."),
];

fn pair_chapters<'a>(source: &'a [Chapter], target: &'a [Chapter]) -> Vec<ChapterPair<'a>> {
    super::pair_chapters(source, target, &Dictionary::shipped(), &Beads::default(), |chapter| chapter)
}

fn lang(tag: &str) -> Lang {
    Lang::new(tag).expect("a good tag")
}

/// A book in Chinese and in English: chapters, each a list of paragraphs.
fn book(chapters: &[Vec<(&str, &str)>]) -> [Vec<Chapter>; 2] {
    let mut sources = Sources::default();
    [("zh", "标题"), ("en", "Title")].map(|(tag, title)| {
        let parse = |(at, paragraphs): (usize, &Vec<(&str, &str)>)| {
            let texts = paragraphs.iter().map(|pair| if tag == "zh" { pair.0 } else { pair.1 });
            let body: Vec<&str> = texts.filter(|text| !text.is_empty()).collect();
            let text = format!("---\ntitle: {title}\n---\n\n{}\n", body.join("\n\n"));
            let path = format!("manuscript/{tag}/{at:02}.md");
            let file = sources.add(SourceFile::new(path.as_str(), text));
            parse_chapter(file, &path, &lang(tag), sources.get(file).text(), None).take(&mut Vec::new())
        };
        chapters.iter().enumerate().map(parse).collect()
    })
}

/// What stands in a pair, side by side, with its relation.
fn shown(pair: &Pair<'_>) -> (Vec<String>, Vec<String>, Relation) {
    let texts = |units: &[Unit<'_>]| units.iter().map(Unit::full_text).collect();
    (texts(&pair.sources), texts(&pair.targets), pair.relation)
}

fn chapter(found: &[ChapterPair<'_>], at: usize) -> Vec<(Vec<String>, Vec<String>, Relation)> {
    found[at].pairs.iter().map(shown).collect()
}

fn paragraphs() -> impl Strategy<Value = Vec<(&'static str, &'static str)>> {
    let one = (prop::sample::select(&PARAGRAPHS[..]), 0..6u8).prop_map(|((zh, en), gap)| match gap {
        0 => (zh, ""),
        1 => ("", en),
        _ => (zh, en),
    });
    prop::collection::vec(one, 0..8)
}

#[test]
fn another_termbase_aligns_a_chapter_anew() {
    let [zh, en] = &book(&[PARAGRAPHS.to_vec()]);
    let aligned = |dictionary: &Dictionary, before: &Beads| super::pair_chapters(zh, en, dictionary, before, |c| c);
    let chapters = aligned(&Dictionary::shipped(), &Beads::default());
    let known = Beads::of(&[Alignment { source: lang("zh"), target: lang("en"), chapters }]);
    assert!(known.has(&aligned(&Dictionary::shipped(), &known)[0]));
    let term = |tag: &str, word: &str| (lang(tag), Spanned { value: word.to_owned(), span: zh[0].meta.title.span });
    let words = [term("zh", "渔网"), term("en", "fishing net")].into();
    let (variants, forbidden) = (BTreeMap::new(), BTreeMap::new());
    let term = Term {
        id: "net".into(),
        span: zh[0].meta.title.span,
        words,
        variants,
        forbidden,
        pos: None,
        note: None,
        definitions: BTreeMap::new(),
        shared: false,
    };
    let dictionary = Dictionary::of(&Glossary { terms: vec![term] }, &lang("zh"), &lang("en"));
    assert!(!known.has(&aligned(&dictionary, &known)[0]));
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(48) })]

    #[test]
    fn every_unit_stands_in_one_pair(body in paragraphs()) {
        let [zh, en] = book(&[body]);
        let found = pair_chapters(&zh, &en);
        for (side, chapters) in [&zh, &en].into_iter().enumerate() {
            let wanted: usize = super::unit::of_chapter(&chapters[0]).units.iter().map(Unit::size).sum();
            let covered = |pair: &Pair<'_>| -> usize {
                let units = if side == 0 { &pair.sources } else { &pair.targets };
                units.iter().map(|unit| if pair.is_whole() { unit.size() } else { 1 }).sum()
            };
            prop_assert_eq!(found[0].pairs.iter().map(covered).sum::<usize>(), wanted);
        }
    }

    #[test]
    fn a_book_beside_itself_is_the_identity(body in paragraphs()) {
        for chapters in &book(&[body]) {
            for pair in &pair_chapters(chapters, chapters)[0].pairs {
                let (a, b, relation) = shown(pair);
                prop_assert_eq!((a, relation), (b, Relation::Equal));
            }
        }
    }

    #[test]
    fn swapped_languages_mirror_the_pairs(body in paragraphs()) {
        let [zh, en] = book(&[body]);
        let sorted = |mut pairs: Vec<(Vec<String>, Vec<String>)>| { pairs.sort(); pairs };
        let there = sorted(chapter(&pair_chapters(&zh, &en), 0).into_iter().map(|(a, b, _)| (a, b)).collect());
        let back = sorted(chapter(&pair_chapters(&en, &zh), 0).into_iter().map(|(a, b, _)| (b, a)).collect());
        prop_assert_eq!(there, back);
    }

    #[test]
    fn aligned_again_a_book_has_the_pairs_that_it_would_have_anyway(
        first in paragraphs(), second in paragraphs(), more in paragraphs()
    ) {
        let before = book(&[first.clone(), second.clone()]);
        let [zh, en] = &before;
        let known = Beads::of(&[Alignment { source: lang("zh"), target: lang("en"), chapters: pair_chapters(zh, en) }]);
        let [zh, en] = &book(&[[more, first].concat(), second]);
        let again = super::pair_chapters(zh, en, &Dictionary::shipped(), &known, |chapter| chapter);
        prop_assert!(known.has(&again[1]), "what has not changed is not aligned again");
        prop_assert_eq!(format!("{again:?}"), format!("{:?}", pair_chapters(zh, en)));
    }

    #[test]
    fn rows_are_the_same_where_the_texts_are_read_again(body in paragraphs()) {
        let [zh, en] = &book(std::slice::from_ref(&body));
        let rows = rows(&pair_chapters(zh, en)[0]);
        let numbers = RowNumbers::of(&rows, &zh[0].blocks, &en[0].blocks);
        let [zh, en] = &book(&[body]);
        let read = RowNumbers::read(&numbers, &zh[0].blocks, &en[0].blocks);
        prop_assert_eq!(format!("{read:?}"), format!("{rows:?}"));
    }

    #[test]
    fn text_added_in_one_chapter_changes_no_other(first in paragraphs(), second in paragraphs(), more in paragraphs()) {
        let before = book(&[first.clone(), second.clone()]);
        let after = book(&[[first, more].concat(), second]);
        let pairs = |[zh, en]: &[Vec<Chapter>; 2]| chapter(&pair_chapters(zh, en), 1);
        prop_assert_eq!(pairs(&before), pairs(&after));
    }
}
