//! The title, subtitle and byline of a chapter.

use super::*;

/// The inlines of a chapter's head, each with the text that it is read from, and the messages.
fn head_of(front: &str, body: &str) -> (Vec<(String, String)>, Vec<Diagnostic>) {
    let whole = format!("---\n{front}---\n{body}");
    let (chapter, found) = parse_in("zh", &whole);
    let mut inlines = Vec::new();
    for line in chapter.head() {
        walk::inlines(&line.run, &mut |inline| {
            inlines.push((kind(&inline.kind), whole[inline.span.range()].to_owned()));
        });
    }
    (inlines, found)
}

#[test]
fn titles_are_read_as_headings_are() {
    let (inlines, found) =
        head_of("subtitle: 一*行*\ntitle: 1. 用 **新** `c` $x$ {甲|jiǎ}[^h] {#题}\n", "文\n\n[^h]: 注\n");
    assert!(found.is_empty(), "{found:#?}");
    let shown: Vec<(&str, &str)> = inlines.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
    let wanted = [
        ("text 1. 用 ", "1. 用 "),
        ("strong", "**新**"),
        ("text 新", "新"),
        ("text  ", " "),
        ("code c", "`c`"),
        ("text  ", " "),
        ("math x", "$x$"),
        ("text  ", " "),
        ("ruby jiǎ", "{甲|jiǎ}"),
        ("text 甲", "甲"),
        ("note h", "[^h]"),
        ("text 一", "一"),
        ("emph", "*行*"),
        ("text 行", "行"),
    ];
    assert_eq!(shown, wanted);
    let (chapter, _) = parse_in("zh", "---\ntitle: 用 **新** {#题}\n---\n文\n");
    assert_eq!((chapter.meta.title.value.as_str(), chapter.meta.id.as_deref()), ("用 新", Some("题")));
    let (chapter, _) = parse_in("zh", "# 用 **新** {#题}\n\n文\n");
    assert_eq!((chapter.meta.title.value.as_str(), chapter.meta.id.as_deref()), ("用 新", Some("题")));
}

#[test]
fn titles_may_be_written_in_every_form_of_yaml() {
    for (front, value) in [
        ("title: 'it''s **so**'\n", "it's so"),
        ("title: \"a \\\"b\\\" *c*\"\n", "a \"b\" c"),
        ("title: >-\n  一\n  **二**\n", "一 二"),
        ("title: |\n  C #\n", "C #"),
        ("title: \"- 甲\"\n", "- 甲"),
        ("title: \"> 甲 # 乙 #\"\n", "> 甲 # 乙 #"),
    ] {
        let whole = format!("---\n{front}---\n## 一\n\n文。\n");
        let (chapter, found) = parse_in("zh", &whole);
        assert!(found.is_empty(), "{found:#?}");
        assert_eq!(chapter.meta.title.value, value);
        prove(&chapter, &whole);
        for line in chapter.head() {
            walk::inlines(&line.run, &mut |inline| assert!(line.span.encloses(inline.span), "{inline:?} in {front}"));
        }
        assert_eq!(&whole[chapter.blocks[1].span.range()], "文。");
    }
}

#[test]
fn titles_come_from_front_matter_or_the_first_heading() {
    let (chapter, found) = parse_in("zh", "\u{feff}# 题 *目*\n\n文\n");
    assert!(found.is_empty(), "{found:#?}");
    assert_eq!((chapter.meta.title.value.as_str(), chapter.blocks.len()), ("题 目", 1));
    let (_, found) = parse_in("zh", "文\n");
    assert_eq!(found[0].check, "missing-title");
    finds("# 一\n", "headings of level 1", "# 一");
}
