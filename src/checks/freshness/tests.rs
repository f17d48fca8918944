//! Small texts that are signed off and then edited, and what becomes of their pairs.

use proptest::prelude::*;

use super::{ReviewState, sign_off, states};
use crate::align::{self, Alignment};
use crate::manuscript::load_pair;
use crate::model::{Book, Lang, Record};
use crate::source::Sources;

const CHINESE: &[&str] = &[
    "## 河口",
    "春天来得很晚，河面上的冰还没有化。桥头的老人每天都来看一次。",
    "到了四月，渔船一条接一条地下水，共有236条。",
    "- 网\n- 桨\n- 绳子",
    "| 船 | 能用 |\n|---|---|\n| 大船 | 是 |\n| 小船 | 是 |\n| 旧船 | 否 |",
    "老人把网晾在门口，一句话也不说。孩子们在岸上捡贝壳。",
    "夜里起了风，灯塔的光照着空空的码头。",
];
const ENGLISH: &[&str] = &[
    "## The mouth of the river",
    "Spring came very late, and the ice on the river had not melted. The old man at the bridge came to look every day.",
    "In April one fishing boat after another went into the water, 236 in all.",
    "- nets\n- oars\n- ropes",
    "| Boat | Fit for use |\n|---|---|\n| big boat | yes |\n| small boat | yes |\n| old boat | no |",
    "The old man hung his nets by the door and did not say a word. The children gathered shells on the shore.",
    "At night a wind rose, and the lighthouse shone on the empty quay.",
];

fn book(zh: &[String], en: &[String]) -> Book {
    let page = |title: &str, blocks: &[String]| format!("---\ntitle: {title}\n---\n\n{}\n", blocks.join("\n\n"));
    let files = [("zh.md".to_owned(), page("河", zh)), ("en.md".to_owned(), page("The River", en))];
    let langs = ["zh", "en"].map(|tag| Lang::new(tag).unwrap());
    load_pair(&mut Sources::default(), files, langs, None).value
}

fn alignment(book: &Book) -> Alignment<'_> {
    align::align(book, &book.languages[0], &book.languages[1])
}

fn owned(blocks: &[&str]) -> Vec<String> {
    blocks.iter().map(|block| (*block).to_owned()).collect()
}

fn signed_off(zh: &[String], en: &[String]) -> Vec<Record> {
    sign_off(&alignment(&book(zh, en)).chapters[0]).records
}

/// What became of the pairs of an edited text that are no longer reviewed: the beginning of the source, the state.
fn judged(zh: &[String], en: &[String], records: &[Record]) -> Vec<String> {
    let book = book(zh, en);
    let chapter = &alignment(&book).chapters[0];
    let mut reported = Vec::new();
    for (pair, state) in chapter.pairs.iter().zip(states(chapter, records)) {
        let text: String = pair.source().or(pair.target()).unwrap().full_text().trim().chars().take(4).collect();
        let name = match state {
            ReviewState::Nothing if pair.sources.is_empty() || pair.targets.is_empty() => "alone",
            ReviewState::Nothing | ReviewState::Reviewed => continue,
            ReviewState::Unreviewed => "unreviewed",
            ReviewState::Stale(_) => "stale",
            ReviewState::TranslationChanged => "translation changed",
            ReviewState::BothChanged(_) => "both changed",
        };
        reported.push(format!("{text} {name}"));
    }
    reported
}

/// Edits source and translation after they were signed off.
fn edited(edit: impl FnOnce(&mut Vec<String>, &mut Vec<String>)) -> Vec<String> {
    let (mut zh, mut en) = (owned(CHINESE), owned(ENGLISH));
    let records = signed_off(&zh, &en);
    edit(&mut zh, &mut en);
    judged(&zh, &en, &records)
}

fn put(blocks: &mut [String], from: &str, to: &str) {
    let block = blocks.iter_mut().find(|block| block.contains(from)).expect("the text is there");
    *block = block.replacen(from, to, 1);
}

#[test]
fn what_was_signed_off_is_reviewed() {
    assert_eq!(signed_off(&owned(CHINESE), &owned(ENGLISH)).len(), 17);
    assert_eq!(edited(|_, _| ()), [""; 0]);
}

#[test]
fn a_changed_source_makes_stale() {
    for (from, to, block) in [
        ("很晚", "很早", "春天来得"),
        ("236", "263", "到了四月"),
        ("每天都来看一次。", "每天都来看一次。没有人相信他。", "春天来得"),
        ("孩子们在岸上捡贝壳。", "", "老人把网"),
        ("## 河口", "## 海口", "海口"),
        ("- 桨", "- 帆", "帆"),
        ("| 小船 | 是 |", "| 小船 | 否 |", "否"),
        ("没有化", "化了", "春天来得"),
    ] {
        let reported = edited(|zh, _| put(zh, from, to));
        assert_eq!(reported, [format!("{block} stale")], "{from} → {to}");
    }
}

#[test]
fn marks_spaces_widths_and_markup_do_not() {
    for (from, to) in [
        ("很晚，", "很晚。"),
        ("共有236条", "共有 **236** 条"),
        ("236", "２３６"),
        ("一句话也不说。", "一句话也不说……"),
        ("老人把网", "*老人*把网"),
        ("## 河口", "## 河口 {#mouth}"),
        ("春天来得很晚，", "春天来得很晚，\n"),
    ] {
        assert_eq!(edited(|zh, _| put(zh, from, to)), [""; 0], "{from} → {to}");
    }
}

#[test]
fn the_translation_alone_is_told_apart() {
    let reported = edited(|_, en| put(en, "empty quay", "deserted quay"));
    assert_eq!(reported, ["夜里起了 translation changed"]);
}

#[test]
fn both_together_are_not_stale() {
    let reported = edited(|zh, en| {
        put(zh, "236", "263");
        put(en, "236", "263");
    });
    assert_eq!(reported, ["到了四月 both changed"]);
}

#[test]
fn blocks_put_in_taken_out_and_moved_disturb_no_other() {
    let new = "海鸥从西边飞来，落在桅杆上，叫个不停。";
    assert_eq!(edited(|zh, _| zh.insert(3, new.into())), ["海鸥从西 alone"]);
    assert_eq!(edited(|zh, _| drop(zh.remove(2))), ["In A alone"]);
    let both = edited(|zh, en| {
        zh.insert(5, new.into());
        en.insert(5, "Gulls came from the west, sat down on the masts and would not stop crying.".into());
    });
    assert_eq!(both, ["海鸥从西 unreviewed"]);
    for reorder in [|blocks: &mut Vec<String>| blocks.reverse(), |blocks: &mut Vec<String>| blocks.rotate_left(3)] {
        let reported = edited(|zh, en| {
            reorder(zh);
            reorder(en);
        });
        assert_eq!(reported, [""; 0]);
    }
    assert_eq!(edited(|zh, _| zh.swap(5, 6)), [""; 0], "moved in the source alone");
    assert_eq!(edited(|zh, _| zh.rotate_left(3)), [""; 0], "half of the source alone");
}

#[test]
fn a_block_that_moved_and_changed_is_found() {
    let reported = edited(|zh, en| {
        put(zh, "空空的码头", "热闹的码头");
        zh.rotate_right(1);
        en.rotate_right(1);
    });
    assert_eq!(reported, ["夜里起了 stale"]);
}

#[test]
fn an_id_finds_a_rewritten_block() {
    let (mut zh, mut en) = (owned(CHINESE), owned(ENGLISH));
    zh[0] += " {#mouth}";
    en[0] += " {#mouth}";
    let records = signed_off(&zh, &en);
    zh[0] = "## 无人知晓的港湾 {#mouth}".into();
    assert_eq!(judged(&zh, &en, &records), ["无人知晓 stale"]);
    en[0] = "## A harbour nobody knew {#mouth}".into();
    assert_eq!(judged(&zh, &en, &records), ["无人知晓 both changed"]);
}

#[test]
fn blocks_that_are_alike_are_told_apart() {
    let (mut zh, mut en) = (owned(CHINESE), owned(ENGLISH));
    for _ in 0..3 {
        zh.push("完。他走了，没有回头。".into());
        en.push("The end. He went away and did not look back.".into());
    }
    let records = signed_off(&zh, &en);
    assert_eq!(judged(&zh, &en, &records), [""; 0]);
    zh[8] = "完。他走了，又回头了。".into();
    assert_eq!(judged(&zh, &en, &records), ["完。他走 stale"]);
    zh.remove(9);
    en.remove(9);
    assert_eq!(judged(&zh, &en, &records), ["完。他走 stale"], "one of three fewer");
}

#[test]
fn merged_and_split_paragraphs_are_one_pair() {
    let (mut zh, mut en) = (owned(CHINESE), owned(ENGLISH));
    let last = en.remove(6);
    en[5] = format!("{} {last}", en[5]);
    let records = signed_off(&zh, &en);
    assert!(records.iter().any(|record| record.sources.len() == 2), "{records:?}");
    assert_eq!(judged(&zh, &en, &records), [""; 0]);
    put(&mut zh, "空空的", "热闹的");
    assert_eq!(judged(&zh, &en, &records), ["老人把网 stale"]);
    put(&mut zh, "热闹的", "空空的");
    // The translator parts them again: the words of the translation are grouped differently, the source is as it was.
    let parted = en[5].split_once(" At night").map(|(a, b)| (a.to_owned(), format!("At night{b}"))).unwrap();
    (en[5], _) = (parted.0, en.push(parted.1));
    let reported = judged(&zh, &en, &records);
    assert!(reported.iter().all(|reported| reported.ends_with("translation changed")), "{reported:?}");
}

#[test]
fn paragraphs_that_the_author_parted_say_the_same() {
    let reported = edited(|zh, _| {
        let (a, b) = zh[5].split_once("孩子们").map(|(a, b)| (a.to_owned(), format!("孩子们{b}"))).unwrap();
        zh[5] = a;
        zh.insert(6, b);
    });
    assert_eq!(reported, [""; 0]);
}

#[test]
fn paragraphs_that_the_author_joined_say_the_same() {
    let reported = edited(|zh, _| {
        let last = zh.remove(6);
        zh[5] += &last;
    });
    assert!(reported.iter().all(|reported| reported.ends_with("alone")), "{reported:?}");
}

#[test]
fn a_paragraph_pasted_twice_makes_nothing_stale() {
    let reported = edited(|zh, _| zh.insert(2, zh[1].clone()));
    assert!(reported.iter().all(|reported| reported.ends_with("alone")), "{reported:?}");
}

#[test]
fn cells_that_changed_places_are_stale() {
    let (mut zh, en) = (owned(CHINESE), owned(ENGLISH));
    let records = signed_off(&zh, &en);
    zh[4] = "| 船 | 能用 |\n|---|---|\n| 大船 | 是 |\n| 小船 | 否 |\n| 旧船 | 是 |".into();
    assert_eq!(judged(&zh, &en, &records), ["否 stale", "是 stale"]);
}

#[test]
fn what_has_no_counterpart_beyond_doubt_is_not_signed_off() {
    let (zh, mut en) = (owned(CHINESE), owned(ENGLISH));
    en.remove(2);
    en[4] = zh[5].clone();
    let book = book(&zh, &en);
    let found = sign_off(&alignment(&book).chapters[0]);
    let why: Vec<String> = found.refused.iter().map(|refused| refused.why.to_string()).collect();
    assert_eq!(why, ["no counterpart in English", "not translated into English"]);
    assert_eq!(found.records.len(), 15);
}

/// Sentences none of which says what another says.
const SENTENCES: [(&str, &str); 10] = [
    ("老师在学校里教孩子们写字", "The teacher shows the children at school how to write"),
    ("这家工厂每年生产八千辆汽车", "This factory makes 8,000 cars a year"),
    ("医生说病人需要休息和喝水", "The doctor says that the patient needs rest and water"),
    ("火车从北京开往上海，要五个小时", "The train goes from Beijing to Shanghai in five hours"),
    ("音乐会在星期六晚上开始", "The concert begins on Saturday evening"),
    ("农民在田里种水稻和小麦", "The farmers grow rice and wheat in their fields"),
    ("政府决定降低电的价格", "The government decided to lower the price of electricity"),
    ("科学家发现了一颗新的行星", "Scientists discovered a new planet"),
    ("图书馆的窗户朝着花园", "The windows of the library face the garden"),
    ("昨天的雨把桥冲走了", "Yesterday's rain washed the bridge away"),
];

/// Some of the sentences in any order: Chinese paragraphs and their translations.
fn paragraphs() -> impl Strategy<Value = (Vec<String>, Vec<String>)> {
    let some = prop::sample::subsequence(SENTENCES.to_vec(), 3..=SENTENCES.len()).prop_shuffle();
    some.prop_map(|some| some.into_iter().map(|(zh, en)| (format!("{zh}。"), format!("{en}."))).unzip())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn signing_off_leaves_nothing_to_tell((zh, en) in paragraphs()) {
        let records = signed_off(&zh, &en);
        prop_assert_eq!(records.len(), zh.len() + 1, "every paragraph and the title");
        prop_assert_eq!(judged(&zh, &en, &records), [""; 0]);
    }

    #[test]
    fn a_new_block_disturbs_no_other(
        (mut zh, mut en) in paragraphs(),
        at in any::<prop::sample::Index>(),
        translated in any::<bool>(),
    ) {
        let (new, rendered) = (zh.remove(0), en.remove(0));
        let records = signed_off(&zh, &en);
        let at = at.index(zh.len() + 1);
        zh.insert(at, new.clone());
        if translated {
            en.insert(at, rendered);
        }
        let begin: String = new.chars().take(4).collect();
        let state = if translated { "unreviewed" } else { "alone" };
        prop_assert_eq!(judged(&zh, &en, &records), [format!("{begin} {state}")]);
    }

    #[test]
    fn a_text_in_one_line_counts_the_same(text in any::<String>()) {
        let key = |text: &str| super::wording::key(text, super::words::Style::Prose);
        let line = super::wording::line(&text);
        prop_assert_eq!(key(&text), key(&line));
        prop_assert_eq!(super::wording::line(&line), line);
    }
}
