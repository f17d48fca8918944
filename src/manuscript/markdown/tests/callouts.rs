//! Callouts, whoever's form they have; boxes to tick, definitions, spans, page breaks.

use super::{check, clean, trouble};
use crate::model::{BlockKind, Callout, text, walk};

/// The callouts of a body in reading order: kind, word, title, the text inside.
fn callouts(body: &str) -> Vec<String> {
    let (chapter, _) = clean(body);
    let mut found = Vec::new();
    walk::chapter_blocks(&chapter, &mut |block| {
        if let BlockKind::Callout(Callout { kind, word, title, body, .. }) = &block.kind {
            let inner: Vec<String> = body.iter().map(text::plain_block).collect();
            let id = block.id.as_ref().map(|id| format!(" #{id}")).unwrap_or_default();
            found.push(format!("{} {word}{id} [{}] {}", kind.name(), text::plain(title), inner.join("|")));
        }
    });
    found
}

#[test]
fn all_forms_give_callouts() {
    let cases = [
        (":::note\n甲\n:::", &["note note [] 甲"][..]),
        ("::: Tip\n甲\n\n乙\n:::", &["tip tip [] 甲|乙"]),
        (":::warning {#w title=“当*心*”}\n甲\n:::", &["warning warning #w [当心] 甲"]),
        (":::caution[甲`[1]`乙]{#c}\n丙\n:::", &["caution caution #c [甲[1]乙] 丙"]),
        (":::danger 别碰 {#d}\n丙\n:::", &["caution danger #d [别碰] 丙"]),
        (":::info 比例 {1\n丙\n:::", &["note info [比例 {1] 丙"]),
        ("::: details 点开 {open}\n丙\n:::", &["details details [点开] 丙"]),
        ("> [!NOTE]\n> 甲\n>\n> - 乙", &["note note [] 甲|乙"]),
        ("> [!caution]+ 标`x`题\n> 甲\n\n乙", &["caution caution [标x题] 甲"]),
        (">[!Important]\n甲", &["important important [] 甲"]),
        ("!!! note\n    甲\n\n    乙\n\n丙", &["note note [] 甲|乙"]),
        ("甲\n!!! danger \"别**碰**\"\n\n    乙\n丙", &["caution danger [别碰] 乙"]),
        ("??? question “为什么”\n\t因为\n", &["details question [为什么] 因为"]),
        ("???+ warning\n    甲\n", &["warning warning [] 甲"]),
        ("!!! tip inline end \"\"\n    甲\n", &["tip tip [] 甲"]),
        ("- 甲\n\n    !!! note\n        乙\n\n            码\n\n- 丙", &["note note [] 乙|码"]),
        ("!!! note\n    甲\n\n    !!! tip\n        乙\n\n    丙\n\n丁", &["note note [] 甲|乙|丙", "tip tip [] 乙"]),
        (
            "!!! note\n    ```\n    :::\n\n    ```\n    :::tip\n    乙\n    :::\n",
            &["note note [] :::\n|乙", "tip tip [] 乙"],
        ),
        ("<details><summary>题</summary>\n\n甲\n\n</details>", &["details details [题] 甲"]),
        (
            "<details id=\"d\" open>\n<summary>题 *x*\n</summary>\n甲\n\n- 乙\n</details>\n丙",
            &["details details #d [题 x] 甲|乙"],
        ),
        (
            "<Note>\n\n甲\n\n</Note>\n\n<DeepDive title=\"题\">\n\n### 深\n\n</DeepDive>",
            &["note note [] 甲", "details deepdive [题] 深"],
        ),
        ("<DETAILS><summary>外</summary>一</DETAILS>二", &["details details [外] 一"]),
        (
            "<details>\n<details>\n甲\n</details>\n乙 `</details>`\n</details>",
            &["details details [] 甲|乙 </details>", "details details [] 甲"],
        ),
        ("- 甲\n  <details>\n  乙</details>\n- 丙", &["details details [] 乙"]),
        (
            ":::note\n<details>\n甲\n\n:::tip\n乙\n:::\n</details>\n:::",
            &["note note [] 甲\n乙", "details details [] 甲|乙", "tip tip [] 乙"],
        ),
    ];
    let wrong: Vec<_> = cases.into_iter().map(|(body, wanted)| (body, callouts(body), wanted)).collect();
    let wrong: Vec<_> = wrong.iter().filter(|(_, read, wanted)| read != wanted).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn a_longer_fence_holds_a_shorter_one() {
    for body in ["::::note\n:::tip\n甲\n:::\n乙\n::::\n\n丙", ":::note\n:::tip\n甲\n:::\n乙\n:::\n\n丙"] {
        assert_eq!(callouts(body), ["note note [] 甲|乙", "tip tip [] 甲"], "{body:?}");
    }
}

#[test]
fn what_is_no_callout_stays_what_it_is() {
    for body in [
        "!!! note\n甲",
        "    !!! note\n        甲",
        "甲!!! note\n    乙",
        "> 甲\n> [!NOTE]",
        "`<details>`",
        "```\n!!! note\n    甲\n```",
    ] {
        assert_eq!(callouts(body), [""; 0], "{body:?}");
    }
}

#[test]
fn slips_in_callouts_are_told() {
    let one = |body: &str| {
        trouble(body).into_iter().map(|(message, under)| format!("{under}: {message}")).collect::<Vec<_>>()
    };
    assert_eq!(one("> [!NOTTE]\n> 甲"), ["NOTTE: there is no callout `NOTTE`"]);
    assert_eq!(one("!!! nota\n    甲"), ["nota: there is no callout `nota`"]);
    assert_eq!(one(":::nots\n甲\n:::"), ["nots: there is no building block `nots`"]);
    assert_eq!(one(":::note[甲] 乙\n甲\n:::"), ["乙: `乙` is not allowed here"]);
    assert_eq!(one(":::note\n甲"), [":::note: this container is not closed"]);
    assert_eq!(one("<details>\n甲"), ["<details>: the HTML element `<details>` is not allowed"]);
    assert_eq!(one("- 甲\n\n  <!-- dama: pagebreak -->"), ["<!-- dama: pagebreak -->: a page cannot break here"]);
    assert_eq!(one("甲 <!-- dama: pagebreak --> 乙"), ["<!-- dama: pagebreak -->: a page cannot break here"]);
}

#[test]
fn boxes_are_read_and_taken_off() {
    let (chapter, whole) = clean("- [ ] 甲\n- [x] *乙*\n- [√] 丙\n- \\[ ] 丁\n- [y] 戊\n- [ ]己\n");
    let BlockKind::List { items, .. } = &chapter.blocks[0].kind else { panic!() };
    let read: Vec<_> = items.iter().map(|item| (item.done, text::plain_block(&item.blocks[0]))).collect();
    let wanted = [
        (Some(false), "甲"),
        (Some(true), "乙"),
        (Some(true), "丙"),
        (None, "[ ] 丁"),
        (None, "[y] 戊"),
        (None, "[ ]己"),
    ];
    assert_eq!(read, wanted.map(|(done, text)| (done, text.to_owned())));
    let BlockKind::Paragraph(run) = &items[0].blocks[0].kind else { panic!() };
    assert_eq!(whole[run[0].span.range()], *"甲");
}

#[test]
fn terms_and_definitions_are_grouped() {
    let (chapter, whole) = clean("甲\n乙\n: 一\n: 二\n\n丙\n\n: 三\n\n    四\n\n:   五\n\n丁\n");
    assert_eq!(chapter.blocks.len(), 2);
    let BlockKind::Definitions(list) = &chapter.blocks[0].kind else { panic!() };
    let read: Vec<_> = list
        .iter()
        .map(|definition| {
            let terms: Vec<_> = definition.terms.iter().map(|term| text::plain(term)).collect();
            let details = definition
                .details
                .iter()
                .map(|details| details.iter().map(text::plain_block).collect::<Vec<_>>().join("/"));
            (terms.join("|"), details.collect::<Vec<_>>().join("|"), whole[definition.span.range()].lines().count())
        })
        .collect();
    assert_eq!(read, [("甲|乙".to_owned(), "一|二".to_owned(), 4), ("丙".to_owned(), "三/四|五".to_owned(), 7)]);
}

#[test]
fn spans_are_read_as_pandoc_writes_them() {
    check(
        "H[2]{.sub}O[[x]{.sup}*甲*]{.mark}\n",
        &[
            ("text H", "H"),
            ("Subscript", "[2]{.sub}"),
            ("text 2", "2"),
            ("text O", "O"),
            ("Highlight", "[[x]{.sup}*甲*]{.mark}"),
            ("Superscript", "[x]{.sup}"),
            ("text x", "x"),
            ("emph", "*甲*"),
            ("text 甲", "甲"),
        ],
    );
    check("甲\\[2]{.sub}[]{.sub}\n", &[("text 甲", "甲"), ("text [2]{.sub}", "[2]{.sub}")]);
}

#[test]
fn a_backslash_before_a_blank_holds_a_line_together() {
    check(
        "第\\ 3\\ 页\n",
        &[("text 第", "第"), ("text \u{a0}", "\\ "), ("text 3", "3"), ("text \u{a0}", "\\ "), ("text 页", "页")],
    );
    check("C:\\ 盘`a\\ b`\n", &[("text C:\\ 盘", "C:\\ 盘"), ("code a\\ b", "`a\\ b`")]);
}

#[test]
fn a_comment_begins_a_page() {
    let (chapter, whole) = clean("甲\n\n<!-- dama：pagebreak -->\n\n乙\n");
    let kinds: Vec<_> = chapter.blocks.iter().map(|block| (block.kind.name(), &whole[block.span.range()])).collect();
    assert_eq!(kinds, [("paragraph", "甲"), ("page break", "<!-- dama：pagebreak -->"), ("paragraph", "乙")]);
}
