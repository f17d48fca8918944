use super::*;
use crate::message::Locale;
use crate::model::Lang;

fn volume(text: &str, lang: &str) -> Volume {
    Volume::of([text].into_iter(), &Lang::new(lang).unwrap())
}

#[test]
fn words_and_characters_are_counted_by_the_usual_rules() {
    for (text, lang, han, words, characters) in [
        ("共有770万篇论文，其中AI占 3.5%。", "zh", 9, 3, 20),
        ("The ice—as ever—hadn't melted at 3.5 degrees.", "en", 0, 9, 39),
        ("co-packaged optics & light - all", "en", 0, 4, 27),
        ("第一行\n第二行", "zh", 6, 0, 6),
        ("。，…… —", "zh", 0, 0, 5),
        ("", "en", 0, 0, 0),
    ] {
        let found = volume(text, lang);
        assert_eq!((found.han, found.words, found.characters), (han, words, characters), "{text}");
    }
}

#[test]
fn reading_takes_the_time_of_the_language() {
    assert!((volume(&"字".repeat(2550), "zh").minutes - 10.0).abs() < 0.01);
    assert!((volume(&"word ".repeat(2280), "en").minutes - 10.0).abs() < 0.01);
}

fn sample() -> Statistics {
    let row = |chapter: &str, reviewed, stale| Progress {
        chapter: chapter.into(),
        blocks: 30,
        translated: 29,
        draft: 0,
        reviewed,
        changed: 1,
        stale,
        source: volume(&"字".repeat(16000), "zh"),
        target: volume("two words", "en"),
    };
    let chapters = vec![row("01-开篇", 12, 0), row("02-method", 27, 2)];
    let total = Progress { chapter: String::new(), blocks: 60, translated: 58, changed: 2, ..row("", 39, 2) };
    Statistics { source: "zh".into(), translations: vec![Translation { language: Some("en".into()), chapters, total }] }
}

#[test]
fn columns_stand_under_each_other() {
    insta::assert_snapshot!(table(&sample(), Locale::English, true), @"
    chapter    blocks  translated  reviewed  changed  stale  Chinese characters     reading  English words  reading
    ───────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
    01-开篇        30        96 %      40 %        1      ·              16,000  1 h 03 min              2  < 1 min  ████▒▒▒▒▒░
    02-method      30        96 %      90 %        1      2              16,000  1 h 03 min              2  < 1 min  █████████░
    ───────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
    total          60        96 %      65 %        2      2              16,000  1 h 03 min              2  < 1 min  ██████▒▒▒░
    ");
    for locale in [Locale::English, Locale::Chinese] {
        let shown = table(&sample(), locale, false);
        let widths: Vec<usize> = shown.lines().map(textwrap::core::display_width).collect();
        assert!(widths.iter().all(|width| *width == widths[0]), "{widths:?}");
    }
}

#[test]
fn programs_get_plain_numbers() {
    let lines: Vec<String> = tsv(&sample()).lines().map(str::to_owned).collect();
    assert_eq!(lines.len(), 3);
    assert_eq!(lines[2], "02-method\ten\t30\t29\t27\t1\t2\t16000\t0\t16000\t62.7\t0\t2\t8\t0\t0");
    let value: serde_json::Value = serde_json::from_str(&json(&sample())).unwrap();
    assert_eq!(value["translations"][0]["chapters"][1]["stale"], 2);
}
