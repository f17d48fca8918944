//! Slips that would lose or change text: what is read in spite of them, and what is refused.

use super::{check, clean, finds, inlines_of, trouble};
use crate::model::{Block, BlockKind, walk};

#[test]
fn a_row_has_the_cells_of_the_head() {
    let head = "| 运算 | 例 |\n|---|---|\n";
    for (row, cells) in [("| 或 | `a || b` |", "4 cells"), ("| 甲 |", "1 cell"), ("续说。", "1 cell")] {
        finds(&format!("{head}{row}\n"), &format!("this row has {cells}, the head has 2 cells"), row);
        finds(&format!("> {}> {row}\n", head.replace("\n|-", "\n> |-")), "this row has", row);
    }
    check(
        &format!("{head}| 或 | `a \\|\\| b` |\n"),
        &[("text 运算", "运算"), ("text 例", "例"), ("text 或", "或"), ("code a || b", "`a \\|\\| b`")],
    );
    assert_eq!(trouble(&format!("{head}|  |  |\n")), []);
}

#[test]
fn the_line_under_the_head_has_its_cells() {
    finds("| a | b |\n|---|\n| 1 | 2 |\n", "has 1 cell, the head has 2 cells", "|---|");
    finds("文字\n| a | b |\n|---|---|---|\n", "has 3 cells, the head has 2 cells", "|---|---|---|");
    finds("> | a | b |\n> |——|——|\n", "cannot be read", "|——|——|");
    finds("- | a | b |\n  | - |\n", "has 1 cell", "| - |");
}

#[test]
fn a_comma_parts_two_works_where_a_key_follows() {
    for text in ["[@a, @b]", "[@a，@b]", "[@a、@b]"] {
        assert_eq!(inlines_of(text)[0], ("cite a/- b/-".to_owned(), text.to_owned()));
    }
    assert_eq!(inlines_of("[@a, p. 3, @b, p. 4; @c]")[0].0, "cite a/p. 3 b/p. 4 c/-");
    finds("[@a @b]", "this citation cannot be read", "[@a @b]");
}

/// The attributes of the first container.
fn attributes(body: &str) -> Vec<(String, String, String)> {
    let (chapter, whole) = clean(body);
    let mut out = Vec::new();
    walk::chapter_blocks(&chapter, &mut |block: &Block| {
        if let BlockKind::Container { attrs, .. } = &block.kind {
            let shown = |attr: &crate::model::Attr| whole[attr.span.range()].to_owned();
            out.extend(attrs.iter().map(|attr| (attr.key.clone(), attr.value.clone(), shown(attr))));
        }
    });
    out
}

#[test]
fn attributes_have_any_quotation_marks() {
    for value in ["\"18 %\"", "“18 %”", "”18 %“", "'18 %'", "‘18 %’", "＂18 %＂", "「18 %」"] {
        let found = attributes(&format!(":::bignum {{value={value}}}\n率\n:::\n"));
        assert_eq!(found, [("value".to_owned(), "18 %".to_owned(), "18 %".to_owned())], "{value}");
    }
    finds(":::bignum {value=“18%}\n率\n:::\n", "these attributes cannot be read", "“18%}");
    for value in ["60%", "\"60%\"", "“60%”", "'60%'"] {
        assert_eq!(trouble(&format!("文![甲](../images/a.png){{width={value}}}")), [], "{value}");
    }
}

#[test]
fn what_is_opened_is_closed() {
    finds("一\n\n```rust\nlet a = 1;\n\n二\n", "this code block is not closed", "```rust");
    finds("- ~~~~\n  甲\n\n二\n", "this code block is not closed", "~~~~");
    finds("一\n\n:::aside {#a}\n二\n\n## 三\n", "this container is not closed", ":::aside {#a}");
    finds("> :::aside\n> 二\n\n三\n", "this container is not closed", ":::aside");
    finds("::::columns\n:::aside\n二\n::::\n", "this container is not closed", ":::aside");
    finds(":::aside\n一\n:::\n\n:::\n\n二\n", "this `:::` closes nothing", ":::");
    finds("一\n\n::::\n\n二\n", "this `::::` closes nothing", "::::");
    finds("::::aside\n一\n:::\n二\n::::\n", "this `:::` closes nothing", ":::");
    assert_eq!(trouble("- 项\n\n      :::aside\n      　甲\n\n1. 项\n\n       ```\n"), []);
    assert_eq!(trouble("一\n\n    :::aside\n\n```\n:::\n```\n\n- 项\n\n  :::aside\n  二\n  :::\n").len(), 0);
}

#[test]
fn a_container_of_the_same_length_is_closed_first() {
    let (chapter, whole) = clean(":::columns\n甲\n\n:::aside\n乙\n:::\n\n丙\n:::\n\n丁\n");
    let [columns, after] = chapter.blocks.as_slice() else { panic!("{:#?}", chapter.blocks) };
    let BlockKind::Container { name, body, .. } = &columns.kind else { panic!("{columns:#?}") };
    assert_eq!((name.as_str(), body.len()), ("columns", 3));
    assert_eq!(&whole[body[1].span.range()], ":::aside\n乙\n:::");
    assert_eq!(&whole[after.span.range()], "丁");
}

#[test]
fn an_indent_by_hand_is_left_out() {
    check(
        "　　甲。\n　　乙*丙*。\n",
        &[("text 甲。", "甲。"), ("text 乙", "乙"), ("emph", "*丙*"), ("text 丙", "丙"), ("text 。", "。")],
    );
    check("　　**甲**乙\n", &[("strong", "**甲**"), ("text 甲", "甲"), ("text 乙", "乙")]);
    check("> 　　甲\n> 　　乙\n", &[("text 甲", "甲"), ("text 乙", "乙")]);
    check("- 　　甲\n\n　　乙\n", &[("text 甲", "甲"), ("text 乙", "乙")]);
    check("　　甲[^1]\n\n[^1]：　　注\n", &[("text 甲", "甲"), ("note 1", "[^1]"), ("text 注", "注")]);
    check(":::poem\n甲\\\n　乙\n:::\n", &[("text 甲", "甲"), ("break", "\\\n"), ("text 　乙", "　乙")]);
}

#[test]
fn an_indent_by_hand_hides_no_markup() {
    let (chapter, whole) = clean("　　## 题\n\n　　- 项\n　　- 项\n\n　　> 引\n\n　　```\n　　码\n　　```\n");
    let shown: Vec<&str> = chapter.blocks.iter().map(|block| &whole[block.span.range()]).collect();
    assert_eq!(shown, ["## 题", "- 项\n　　- 项", "> 引", "```\n　　码\n　　```"]);
}

#[test]
fn what_stands_in_a_comment_is_no_markup() {
    let inner = "## 题 {#a}\n\n:::aside\n| a |\n| b |\n|---|\n[^1]：注\n```\n";
    let shown = |body: &str| -> Vec<String> {
        let (chapter, whole) = clean(body);
        chapter.blocks.iter().map(|block| whole[block.span.range()].to_owned()).collect()
    };
    assert_eq!(shown(&format!("甲\n\n<!--\n{inner}-->\n\n乙\n")), ["甲", "乙"]);
    assert_eq!(shown("甲\n\n<!-- :::aside\n:::\n::: b -->\n\n乙\n"), ["甲", "乙"]);
    let around = ":::aside\n甲\n\n<!--\n:::\n::::\n-->\n\n乙\n:::";
    assert_eq!(shown(&format!("{around}\n\n丙\n")), [around, "丙"]);
    assert_eq!(shown("> <!--\n> :::aside\n> -->\n> 甲\n"), ["> <!--\n> :::aside\n> -->\n> 甲"]);
    assert_eq!(shown("```\n<!--\n```\n\n:::aside\n甲\n:::\n\n-->\n").len(), 3, "a comment in code is code");
}

#[test]
fn a_comment_that_is_never_closed_costs_no_container_its_end() {
    finds("甲\n\n<!-- 乙\n\n丙\n", "this comment is never closed", "<!-- 乙");
    finds(":::aside\n<!-- 乙\n:::\n\n丙\n", "this comment is never closed", "<!-- 乙");
}
