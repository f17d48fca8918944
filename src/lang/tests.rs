//! Sentences, readings, traditional characters.

use super::{Language, en::English, zh::Chinese};

fn sentences<'a>(language: &dyn Language, text: &'a str) -> Vec<&'a str> {
    language.sentences(text).into_iter().map(|range| &text[range]).collect()
}

/// Joined by `|`, a text is its own expectation.
fn check(language: &dyn Language, marked: &[&str]) {
    for marked in marked {
        let text = marked.replace('|', "");
        assert_eq!(sentences(language, &text).join("|"), *marked, "{text}");
    }
}

#[test]
fn chinese_sentences_end_where_they_end() {
    check(
        &Chinese,
        &[
            "春天来了。|冰还没有化。",
            "“走吧！”|他站起来。",
            "“走吧！”，他说。",
            "真的吗？！|真的。",
            "他说：“来了。|我看见了。”|说完就走。",
            "增长3.5倍（见图1。数据为估计）。|下一年更多。",
            "等等……他没有说完。",
            "使用 GPT-3.5 和 Python 3.12。|见 e.g. 第三章。",
            "「好。」|他說。",
            "没有标点的标题",
        ],
    );
}

#[test]
fn english_sentences_end_where_they_end() {
    for (text, count) in [
        ("Spring came. The ice had not melted.", 2),
        ("\"Go!\" he said. Nobody moved.", 2),
        ("Dr. Smith and Mr. J. Brown came at 3.5 p.m. sharp.", 1),
        ("It grew 3.5 times (see Fig. 3). Next year more.", 2),
        ("Wait... he did not finish.", 1),
        ("Really?! Yes.", 2),
        ("He said: “I came. I saw.” Then he left.", 3),
        ("Use GPT-3.5, e.g. for drafts. Then check.", 2),
        ("A title without a full stop", 1),
        ("", 0),
    ] {
        assert_eq!(sentences(&English, text).len(), count, "{:?}", sentences(&English, text));
    }
}

#[test]
fn traditional_characters_are_read_as_simplified() {
    assert_eq!("漢語繁體".chars().map(super::zh::simplified).collect::<String>(), "汉语繁体");
}
