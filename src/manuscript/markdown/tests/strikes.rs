//! What strikes text out: two tildes on either side, and nothing else.

use super::{check, clean};
use crate::model::{Block, text, walk};

/// Every text of a body as it is read.
fn read(body: &str) -> Vec<String> {
    let (chapter, _) = clean(body);
    let mut out = Vec::new();
    walk::chapter_blocks(&chapter, &mut |block: &Block| {
        walk::own_inlines(block, &mut |run| out.push(text::plain(run)));
    });
    out
}

#[test]
fn a_tilde_alone_is_a_character() {
    for typed in [
        "价格10~20元，数量30~40个，共3~5天、6~8人。",
        "湿度 40%~60%，A~B。H~2~O。",
        "~/path 和 ~x~",
        "~",
        "约~5",
        "5~",
        "~5~",
        "a ~b~ c",
        "甲~乙~丙~丁",
        "x ~~~ y",
        "x~~~y~~~z",
        "x~~~~y~~~~z",
        "~~ x ~~",
        "x ~~ y",
        "x~~",
        "~~x",
        "~~x~",
        "~x~~",
        "~a~~b~",
        "~~~",
    ] {
        for (before, after) in [("", ""), ("中", "文"), ("word ", " word"), ("“", "”")] {
            let body = format!("头 {before}{typed}{after} 尾");
            check(&format!("{body}\n"), &[(&format!("text {body}"), &body)]);
        }
    }
}

#[test]
fn a_tilde_alone_is_a_character_in_every_block() {
    for (body, expected) in [
        ("## 10~20，30~40\n", &["10~20，30~40"][..]),
        ("- 10~20\n- ~x~\n", &["10~20", "~x~"]),
        ("> 3~5\n> 6~8\n", &["3~5 6~8"]),
        ("| 3~5 | ~a~ |\n|---|---|\n| H~2~O | ~ |\n", &["3~5", "~a~", "H~2~O", "~"]),
        ("甲[^n]\n\n[^n]: 3~5，~6~。\n", &["甲", "3~5，~6~。"]),
        ("词~一\n\n: 释~义~\n", &["词~一", "释~义~"]),
        ("![3~5，6~8](../images/a.png \"7~9，~x~\")\n", &["7~9，~x~", ""]),
        (":::aside\n~1~\n:::\n", &["~1~"]),
        ("~x~\n换行~y~\\\n~z~\n", &["~x~ 换行~y~ ~z~"]),
    ] {
        assert_eq!(read(body), expected, "{body}");
    }
}

#[test]
fn marks_around_and_between_tildes_are_kept() {
    check(
        "约3~5天，**每天6~8人**\n",
        &[("text 约3~5天，", "约3~5天，"), ("strong", "**每天6~8人**"), ("text 每天6~8人", "每天6~8人")],
    );
    check(
        "3~5 *约6~8人* ~`a~b`~ [~x~](https://e.org/~u/~v)~\n",
        &[
            ("text 3~5 ", "3~5 "),
            ("emph", "*约6~8人*"),
            ("text 约6~8人", "约6~8人"),
            ("text  ~", " ~"),
            ("code a~b", "`a~b`"),
            ("text ~ ", "~ "),
            ("url https://e.org/~u/~v", "[~x~](https://e.org/~u/~v)"),
            ("text ~x~", "~x~"),
            ("text ~", "~"),
        ],
    );
    check(
        "~**甲**~_a_~**~乙~**\n",
        &[
            ("text ~", "~"),
            ("strong", "**甲**"),
            ("text 甲", "甲"),
            ("text ~", "~"),
            ("emph", "_a_"),
            ("text a", "a"),
            ("text ~", "~"),
            ("strong", "**~乙~**"),
            ("text ~乙~", "~乙~"),
        ],
    );
    check(
        "~x $a~b$ [@k]~ ~y[^n]~\n\n[^n]: 注\n",
        &[
            ("text ~x ", "~x "),
            ("math a~b", "$a~b$"),
            ("text  ", " "),
            ("cite k/-", "[@k]"),
            ("text ~ ~y", "~ ~y"),
            ("note n", "[^n]"),
            ("text ~", "~"),
            ("text 注", "注"),
        ],
    );
}

#[test]
fn two_tildes_strike_out() {
    for (struck, inner) in [
        ("~~甲~~", "甲"),
        ("~~a~b~~", "a~b"),
        ("~~~a~~", ""),
        ("~~3~5，6~8~~", "3~5，6~8"),
        ("~~a ~ b~~", "a ~ b"),
        ("~~“好。”~~", "“好。”"),
        ("~~a~~~b~~", "a~~~b"),
    ] {
        for (before, after) in [("", ""), ("中", "文"), ("10~20", "~5"), ("word ", " word")] {
            let body = format!("头{before}|{struck}|{after}尾\n");
            let (left, right) = (format!("头{before}|"), format!("|{after}尾"));
            let whole = format!("{left}{struck}{right}");
            let text = |text: &str| format!("text {text}");
            if inner.is_empty() {
                check(&body, &[(&text(&whole), &whole)]);
            } else {
                let expected = [(text(&left), left.as_str()), ("strike".to_owned(), struck), (text(inner), inner)];
                let mut expected: Vec<(&str, &str)> = expected.iter().map(|(a, b)| (a.as_str(), *b)).collect();
                let right_text = text(&right);
                expected.push((&right_text, &right));
                check(&body, &expected);
            }
        }
    }
}

#[test]
fn what_is_struck_out_may_hold_and_stand_in_other_marks() {
    check(
        "**~~甲~~**乙~~*丙~丁* `~` [戊](#x)~~\n",
        &[
            ("strong", "**~~甲~~**"),
            ("strike", "~~甲~~"),
            ("text 甲", "甲"),
            ("text 乙", "乙"),
            ("strike", "~~*丙~丁* `~` [戊](#x)~~"),
            ("emph", "*丙~丁*"),
            ("text 丙~丁", "丙~丁"),
            ("text  ", " "),
            ("code ~", "`~`"),
            ("text  ", " "),
            ("id x", "[戊](#x)"),
            ("text 戊", "戊"),
        ],
    );
    check(
        "~~外 ~~内~~ 外~~\n",
        &[
            ("strike", "~~外 ~~内~~ 外~~"),
            ("text 外 ", "外 "),
            ("strike", "~~内~~"),
            ("text 内", "内"),
            ("text  外", " 外"),
        ],
    );
    check("[~~a~~](#x)\n", &[("id x", "[~~a~~](#x)"), ("strike", "~~a~~"), ("text a", "a")]);
    check("~~好\n的~~\n吗\n", &[("strike", "~~好\n的~~"), ("text 好", "好"), ("text 的", "的"), ("text 吗", "吗")]);
}

#[test]
fn an_escaped_or_coded_tilde_marks_nothing() {
    check("\\~~a~~\n", &[("text ~~a~~", "~~a~~")]);
    check("~~a\\~~\n", &[("text ~~a", "~~a"), ("text ~~", "~~")]);
    check("\\~\\~a~~ \\*b\n", &[("text ~", "~"), ("text ~a~~ ", "~a~~ "), ("text *b", "*b")]);
    check("\\~~~a~~\n", &[("text ~", "~"), ("strike", "~~a~~"), ("text a", "a")]);
    check("`~~a~~`~~b~~\n", &[("code ~~a~~", "`~~a~~`"), ("strike", "~~b~~"), ("text b", "b")]);
    assert_eq!(read("&#126;&#126;a~~ &amp; ~~b~~\n"), ["~~a~~ & b"]);
    check("\\[@k] ~~a~~\n", &[("text [@k] ", "[@k] "), ("strike", "~~a~~"), ("text a", "a")]);
}

#[test]
fn fences_of_tildes_are_fences() {
    let (chapter, _) = clean("~~~\n3~5 ~~x~~\n~~~\n\n~~~~ rust\n~~~\n~~~~\n\n~~甲~~\n");
    let texts: Vec<String> = chapter.blocks.iter().map(text::plain_block).collect();
    assert_eq!(texts, ["3~5 ~~x~~", "~~~", "甲"]);
}
