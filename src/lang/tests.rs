//! Sentences, readings, traditional characters.

use super::{Lang, Language, Lists, en, en::English, number, of, of_text, zh, zh::Chinese};

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
    assert_eq!("漢語繁體".chars().map(zh::simplified).collect::<String>(), "汉语繁体");
}

#[test]
fn every_list_is_well_formed_and_has_a_use() {
    let known: [(&Lists, &[&str]); 14] = [
        (&en::negation::LISTS, &["said", "mild", "end", "light", "clause", "implied", "phrase", "telling", "perhaps"]),
        (&zh::negation::LISTS, &["said", "bare", "light", "neutral", "name", "implied", "perhaps"]),
        (&zh::names::LISTS, &zh::names::LISTS.names().collect::<Vec<_>>()),
        (&en::function::LISTS, &["function"]),
        (&zh::number::idioms::LISTS, &["word", "before 一"]),
        (&zh::number::hints::LISTS, &["2", "12", "0", "24", "1"]),
        (&en::sentences::LISTS, &["abbreviation", "always"]),
        (&zh::VALUES, &["and", "from", "to", "dash", "version", "date", "vague before", "vague inside", "vague after"]),
        (&en::VALUES, &["and", "from", "to", "dash", "part of", "version", "vague"]),
        (&en::number::words::LISTS, &en::number::words::LISTS.names().collect::<Vec<_>>()),
        (&en::MEASURES, &["year", "month", "week", "day", "hour"]),
        (&number::units::LISTS, &number::units::LISTS.names().collect::<Vec<_>>()),
        (&number::units::PREFIXED, &number::units::PREFIXED.names().collect::<Vec<_>>()),
        (&number::units::DIMENSIONS, &number::units::DIMENSIONS.names().collect::<Vec<_>>()),
    ];
    for (lists, names) in known {
        assert_eq!(lists.names().collect::<Vec<_>>(), names);
    }
    for unit in en::MEASURES.names() {
        assert!(!number::units::LISTS.words(unit).is_empty(), "{unit} is no unit");
    }
    for word in en::function::LISTS.words("function") {
        assert!(en::function::is_function(word), "{word} is longer than a function word can be");
    }
}

#[test]
fn lists_of_characters_are_well_formed() {
    let lines = |text: &'static str| text.lines().filter(|line| !line.starts_with('#'));
    for line in lines(include_str!("zh/traditional.txt")) {
        assert!(line.chars().count() == 2 && line.chars().all(zh::is_han), "{line}");
    }
    for line in lines(include_str!("zh/simplified.txt")) {
        assert!(line.chars().all(zh::is_han), "{line}");
    }
}

#[test]
fn a_tag_is_made_only_of_a_language_that_has_a_module() {
    for tag in ["zh", "zh-Hant", "zh-TW", "en", "en-GB", "en-x-y"] {
        let lang = Lang::new(tag).unwrap();
        assert_eq!(of(&lang).tag(), lang.primary());
    }
    for tag in ["", "ja", "fr", "xx", "zho", "ZH", "zh_CN", "zh-", "english", "bilingual"] {
        assert_eq!(Lang::new(tag), None, "{tag}");
    }
    let facts = |tag: &str| {
        let lang = Lang::new(tag).unwrap();
        (lang.bcp47().to_owned(), lang.region(), lang.name().to_string())
    };
    let fact =
        |tag: &str, region: Option<&str>, name: &str| (tag.to_owned(), region.map(str::to_owned), name.to_owned());
    assert_eq!(facts("zh"), fact("zh-CN", Some("cn"), "Chinese"));
    assert_eq!(facts("zh-Hant"), fact("zh-Hant", Some("tw"), "Traditional Chinese"));
    assert_eq!(facts("zh-HK"), fact("zh-HK", Some("tw"), "Traditional Chinese"));
    assert_eq!(facts("en"), fact("en", None, "English"));
    assert_eq!(facts("en-AU"), fact("en-AU", Some("au"), "en-AU"));
}

#[test]
fn fixed_words_of_traditional_chinese_have_no_simplified_characters() {
    let hong_kong = Lang::new("zh-HK").unwrap();
    let own = format!(
        "{:?}{:?}{:?}",
        hong_kong.export_words(),
        hong_kong.reference_words(),
        of(&hong_kong).callout_titles(hong_kong.tag())
    );
    // Rows of the layouts' words: those of Traditional Chinese begin so.
    let layouts = include_str!("../../layouts/kit/words.typ").split("zh-hant: (").skip(1);
    let layouts: String = layouts.map(|row| row.split("\n  en: (").next().unwrap()).collect();
    assert!(layouts.contains("見"), "{layouts}");
    let simplified: String = (own + &layouts).chars().filter(|c| zh::is_only_simplified(*c)).collect();
    assert_eq!(simplified, "");
}

#[test]
fn the_language_of_a_text_is_that_of_most_letters() {
    assert_eq!(of_text(["# 春天", "用 Rust 写"].into_iter()), zh::Chinese.lang());
    assert_eq!(of_text(["The word 春 is a word"].into_iter()), en::English.lang());
}

#[test]
fn another_form_of_a_language_is_meant_before_another_language() {
    let meant = |written| super::meant(written, ["zh", "en-GB", "note"].into_iter());
    assert_eq!(meant("en"), Some("en-GB"));
    assert_eq!(meant("EN-US"), Some("en-GB"));
    assert_eq!(meant("zh-Hans"), Some("zh"));
    assert_eq!(meant("nots"), Some("note"));
    assert_eq!(meant("bilingual"), None);
}

#[test]
fn every_callout_has_a_title_in_every_language() {
    for tag in ["zh", "zh-Hant", "en"] {
        let lang = Lang::new(tag).unwrap();
        for (word, _) in crate::model::CALLOUT_WORDS {
            assert!(!super::callout_title(&lang, word).is_empty(), "{word} in {tag}");
        }
        assert_eq!(of(&lang).callout_titles(lang.tag()).len(), crate::model::CALLOUT_WORDS.len(), "{tag}");
    }
}
