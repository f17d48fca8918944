//! Text that looks like markup: each kind is told, ordinary text is not.

use super::trouble;

/// The text under each finding.
fn told(body: &str) -> Vec<String> {
    trouble(body).into_iter().map(|(_, under)| under).collect()
}

#[test]
fn each_kind_is_told_at_its_place() {
    let mut wrong = Vec::new();
    for (body, under) in [
        ("##标题", "##标题"),
        ("文。\n##　标题\n文。", "##　标题"),
        ("#标题", "#标题"),
        ("#Heading", "#Heading"),
        ("＃ 标题", "＃ 标题"),
        ("文\n\n====", "===="),
        ("[TOC]", "[TOC]"),
        ("[[toc]]", "[[toc]]"),
        ("文［^1］", "［^1］"),
        ("文[^1］", "[^1］"),
        ("文[^见 此]", "[^见 此]"),
        ("文^[注]", "^[注]"),
        ("文【@x】", "【@x】"),
        ("文［@x, p. 3］", "［@x, p. 3］"),
        ("见 @smith2020 文", "@smith2020"),
        ("见[-@key]", "-@key"),
        ("见[see @smith2020, p. 3]", "@smith2020"),
        ("见@fig：甲", "@fig："),
        ("见＠sec:a", "＠sec:"),
        ("！[甲](https://e.org/a.png)", "！"),
        ("![[嵌入.png]]", "![[嵌入.png]]"),
        ("[链接]（https://e.org）", "[链接]（https://e.org）"),
        ("![图]（../images/a.png）", "![图]（../images/a.png）"),
        ("［链接］(https://e.org)", "［链接］(https://e.org)"),
        ("[链接] (https://e.org/)", "[链接] (https://e.org/)"),
        ("![甲](../images/my file.jpg)", "![甲](../images/my file.jpg)"),
        ("[甲](https://e.org/中 文)", "[甲](https://e.org/中 文)"),
        ("(链接)[https://e.org]", "(链接)[https://e.org]"),
        ("见[文字][ref]", "[文字][ref]"),
        ("[[维基]]", "[[维基]]"),
        ("**粗体", "**"),
        ("甲 **乙 **丙", "**"),
        ("文__强__文", "__"),
        ("＊＊粗＊＊", "＊＊粗＊＊"),
        ("`代码", "`"),
        ("｀代码｀", "｀代码｀"),
        ("设$x^2 为", "$"),
        ("设 $ x^2 $ 为", "$"),
        ("设＄x＄为", "＄x＄"),
        ("设\\(x^2\\)为", "\\(x^2\\)"),
        ("\\[ a = b \\]", "\\[ a = b \\]"),
        ("$HOME:$PATH", "$HOME:$"),
        ("一本US$x，两本A$，", "$x，两本A$"),
        ("－ 项", "－ 项"),
        ("-　项", "-　项"),
        ("• 甲\n• 乙", "• 乙"),
        ("1、甲\n2、乙", "2、乙"),
        ("（1）甲\n（2）乙", "（2）乙"),
        ("-甲\n-乙", "-乙"),
        ("＞ 引", "＞ 引"),
        ("> 甲\n> [!NOTE]", "[!NOTE]"),
        ("!!! note \"甲\"", "!!! note \"甲\""),
        ("??? 提示", "??? 提示"),
        ("=== \"Python\"", "=== \"Python\""),
        ("：：：aside\n\n甲", "：：：aside"),
        ("| a | b |\n| 1 | 2 |", "| a | b |"),
        ("| 甲\n| 乙", "| 甲"),
        ("｜ a ｜ b ｜\n｜---｜---｜", "｜ a ｜ b ｜"),
        ("+---+---+\n| a | b |\n+===+===+", "+---+---+"),
        ("\\newpage", "\\newpage"),
        ("甲\\textbf{乙}", "\\textbf{乙}"),
        ("==甲==", "==甲=="),
        ("++甲++", "++甲++"),
        ("H~2~O", "~2~"),
        ("x^2^", "^2^"),
        ("{{< include a >}}", "{{< include a >}}"),
        ("{% raw %}", "{% raw %}"),
        ("{{ page.title }}", "{{ page.title }}"),
        ("甲&nbsp乙", "&nbsp"),
        ("甲&nbsp；乙", "&nbsp"),
        ("{: .class}", "{: .class}"),
        ("甲{.red}", "{.red}"),
        ("%%注%%", "%%注%%"),
        ("好:smile:", ":smile:"),
        ("甲\n\n    缩进的一段。", "缩进的一段。"),
        ("One.\n\n    This is a paragraph of prose.", "This is a paragraph of prose."),
        ("见[见@a]文", "[见@a]"),
        ("见[参见 @a, 第3页]文", "[参见 @a, 第3页]"),
        ("见@tbl:x和@eq:y。", "@tbl:x"),
        ("得$ x $元", "$"),
        ("甲&nosuch;乙", "&nosuch;"),
        ("![图](a.png \"题\" width=50%)", "![图](a.png \"题\" width=50%)"),
        ("![图](a.png =100x20)", "![图](a.png =100x20)"),
        ("图 {width=50%}", "{width=50%}"),
        ("1.甲\n2.乙", "2.乙"),
        ("*甲\n*乙", "*乙"),
        ("甲\\", "\\"),
        ("[甲](https://e.org \"题\")", "[甲](https://e.org \"题\")"),
        ("```rust wide\nx\n```", "wide"),
        ("| 甲 |\n|---|\n| 乙 |\n丙", "丙"),
        ("甲，\n乙。\n---", "---"),
        ("| a | b |\n---", "---"),
    ] {
        let found = told(body);
        if found != [under] {
            wrong.push(format!("{body:?}: {found:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_kind_is_told_once_with_the_number_of_its_places() {
    let found = trouble("==甲==，==乙==\n\n> ==丙==，==丁==\n");
    let said = "‘==甲==’ is not highlighted text here, and is printed as it stands; so in 4 places of the chapter";
    assert_eq!(found, [(said.to_owned(), "==甲==".to_owned())]);
}

#[test]
fn ordinary_text_is_left_alone() {
    let mut wrong = Vec::new();
    for body in [
        "`a == b`、`[[x]]`、`**`、`{{ x }}`、`@smith2020` 和 ``` `` ```",
        "```\n##标题\n==甲==\n[TOC]\n```",
        "C++ 与 Java，C++、D++，i++;j++",
        "若 a == b 且 c == d，则 a >= d",
        "写信给 smith2020@example.org，或见 https://example.org/@smith2020",
        "关注 @rustlang 和 @user_name，#话题# 在此",
        "#1 号楼\n\n#1",
        "价格10~20元，数量30~40个；A~B~C，3~5~8",
        "$5 到 $10，US$5，\\$x^2",
        "$v = \"路程，米\" / \"时间\"$，第$n$个，$n$th，2$x$",
        "路径 C:\\temp\\new 与 \\n、\\t",
        "数组 a[i][j]，见文献[1][2]",
        "他说（见第3页）[作者注]，[按]（此处从略）",
        "时间 12:30:45，比例 3:2:1，std::vector::iter",
        "1. 甲\n2. 乙\n\n- 丙\n- 丁",
        "1、只有一行\n\n2、另一行",
        "——他说。\n——她说。",
        "`__init__` 和 my__var__name、__init__.py",
        "2^10 与 x^y，a^b + c^d",
        "\\==甲==，\\[[乙]]，\\**丙，\\#丁，\\^[戊]，\\@smith2020，!\\[己](a b)，\\:smile:，H\\~2~O",
        "他姓R&D，AT&T，a&ltb&，&lt;br&gt;",
        "集合{1, 2}与{x|x>0}，函数f(x){return}",
        "100%%增长，50%",
        "[链接](https://e.org) (另见)，![甲](../images/a.png)（图一）",
        "脚注[^1]（见下）\n\n[^1]: 注",
        "| 甲 | 乙 |\n|---|---|\n| ==`a`== | 丙 |".replace("==`a`==", "`==`").as_str(),
        "## 一级\n\n### 二级 {#id}\n\n标题\n---",
        "    let x = 1;\n\n    fn main() {}\n",
        "- 甲\n\n    续段。\n",
        "\\(作者注\\)与\\[按\\]",
        "Wait!!! Really??? Yes: \"no\"",
        "a | b | c\n\n|x| + |y|",
    ] {
        let found = told(body);
        if !found.is_empty() {
            wrong.push(format!("{body:?}: {found:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
