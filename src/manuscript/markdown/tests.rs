//! Places, joins, marks and refusals of the Markdown reader.

mod callouts;
mod figures;
mod headings;
mod hostile;
mod html;
mod index;
mod literal;
mod marks;
mod strikes;
mod tables;
mod titles;
mod waivers;

use crate::diagnostic::Diagnostic;
use crate::manuscript::parse_chapter;
use crate::model::{Block, BlockKind, Chapter, Inline, InlineKind, Lang, LinkTarget, Shows, text, walk};
use crate::source::{FileId, SourceFile, Sources};

fn file() -> FileId {
    Sources::default().add(SourceFile::new("manuscript/zh/a.md", ""))
}

fn parse_in(lang: &str, markdown: &str) -> (Chapter, Vec<Diagnostic>) {
    let lang = Lang::new(lang).unwrap();
    let reported = parse_chapter(file(), "manuscript/zh/a.md", &lang, markdown, Some(&["sidebar".to_owned()]));
    (reported.value, reported.diagnostics)
}

/// Parses a body under a title; nothing is expected to be found but text that looks like markup, which is read as it stands.
fn clean(body: &str) -> (Chapter, String) {
    let whole = format!("---\ntitle: T\n---\n{body}");
    let (chapter, mut found) = parse_in("zh", &whole);
    found.retain(|finding| finding.check != "literal-markup");
    assert!(found.is_empty(), "{found:#?}");
    prove(&chapter, &whole);
    (chapter, whole)
}

/// The messages of a body under a title, each with the text that it underlines.
fn trouble(body: &str) -> Vec<(String, String)> {
    let whole = format!("---\ntitle: T\n---\n{body}");
    let (chapter, found) = parse_in("zh", &whole);
    prove(&chapter, &whole);
    let under = |d: &Diagnostic| d.primary.as_ref().map_or("", |l| &whole[l.span.range()]).to_owned();
    found.iter().map(|d| (d.message.to_string(), under(d))).collect()
}

/// Every span lies in the file, on character boundaries, children inside parents and in order.
fn prove(chapter: &Chapter, whole: &str) {
    fn run(inlines: &[Inline], whole: &str, outer: std::ops::Range<usize>) {
        let mut at = outer.start;
        for inline in inlines {
            let range = inline.span.range();
            assert!(whole.get(range.clone()).is_some(), "{range:?}");
            assert!(range.start >= at && range.end <= outer.end, "{inline:#?} outside {at}..{}", outer.end);
            at = range.end;
            match &inline.kind {
                InlineKind::Emph(body) | InlineKind::Strong(body) | InlineKind::Strike(body) => run(body, whole, range),
                InlineKind::Link { body, .. } | InlineKind::Styled { body, .. } => run(body, whole, range),
                _ => {}
            }
        }
    }
    walk::chapter_blocks(chapter, &mut |block| {
        assert!(whole.get(block.span.range()).is_some());
        match &block.kind {
            BlockKind::Table(table) => {
                for cell in table.cells() {
                    run(&cell.body, whole, cell.span.range());
                }
            }
            _ => walk::own_inlines(block, &mut |inlines| run(inlines, whole, block.span.range())),
        }
    });
}

/// Each inline of a body, in order: its kind and the text under its span.
fn inlines_of(body: &str) -> Vec<(String, String)> {
    let (chapter, whole) = clean(body);
    let mut out = Vec::new();
    walk::chapter_blocks(&chapter, &mut |block| {
        walk::own_inlines(block, &mut |run| {
            walk::inlines(run, &mut |inline| {
                out.push((kind(&inline.kind), whole[inline.span.range()].to_owned()));
            });
        });
    });
    out
}

fn kind(kind: &InlineKind) -> String {
    match kind {
        InlineKind::Text(text) => format!("text {text}"),
        InlineKind::Emph(_) => "emph".into(),
        InlineKind::Strong(_) => "strong".into(),
        InlineKind::Strike(_) => "strike".into(),
        InlineKind::Styled { style, .. } => format!("{style:?}"),
        InlineKind::Ruby { readings, .. } => format!("ruby {}", readings.join("/")),
        InlineKind::Code(code) => format!("code {code}"),
        InlineKind::Math { text, .. } => format!("math {text}"),
        InlineKind::Link { target: LinkTarget::Url(url), .. } => format!("url {url}"),
        InlineKind::Link { target: LinkTarget::Id(id), .. } => format!("id {id}"),
        InlineKind::Link { target: LinkTarget::File { target, .. }, .. } => format!("place {target}"),
        InlineKind::Link { target: LinkTarget::Refused(url), .. } => format!("refused {url}"),
        InlineKind::Image(image) => format!("image {} {}", image.path, image.alt),
        InlineKind::Cite(items) => {
            let item = |i: &crate::model::CiteItem| format!("{}/{}", i.key, i.locator.as_deref().unwrap_or("-"));
            format!("cite {}", items.iter().map(item).collect::<Vec<_>>().join(" "))
        }
        InlineKind::Ref { target, shows: Shows::Number } => format!("ref {target}"),
        InlineKind::Ref { target, shows } => format!("{shows:?} of {target}"),
        InlineKind::Index(entry) => {
            let parts = [Some(&entry.heading), entry.sub.as_ref(), entry.sort.as_ref()];
            let parts = parts.into_iter().flatten().chain(&entry.see).chain(&entry.also);
            format!("index {}", parts.cloned().collect::<Vec<_>>().join("/"))
        }
        InlineKind::Note { name } => format!("note {name}"),
        InlineKind::LineBreak => "break".into(),
    }
}

#[track_caller]
fn check(body: &str, expected: &[(&str, &str)]) {
    let found = inlines_of(body);
    let found: Vec<(&str, &str)> = found.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
    assert_eq!(found, expected);
}

#[track_caller]
fn finds(body: &str, message: &str, under: &str) {
    let found = trouble(body);
    assert!(found.iter().any(|(m, u)| m.contains(message) && u == under), "{found:#?}");
}

#[test]
fn every_inline_kind_has_its_place() {
    check(
        "甲 *乙* **丙** ~~丁~~ `c` $a^2$ [l](https://e.org/) [i](#x) [](#y) ![p](../images/a.png) [@k, p. 3; @b] @fig:z [^n]\\\n末\n\n[^n]: 注\n",
        &[
            ("text 甲 ", "甲 "),
            ("emph", "*乙*"),
            ("text 乙", "乙"),
            ("text  ", " "),
            ("strong", "**丙**"),
            ("text 丙", "丙"),
            ("text  ", " "),
            ("strike", "~~丁~~"),
            ("text 丁", "丁"),
            ("text  ", " "),
            ("code c", "`c`"),
            ("text  ", " "),
            ("math a^2", "$a^2$"),
            ("text  ", " "),
            ("url https://e.org/", "[l](https://e.org/)"),
            ("text l", "l"),
            ("text  ", " "),
            ("id x", "[i](#x)"),
            ("text i", "i"),
            ("text  ", " "),
            ("ref y", "[](#y)"),
            ("text  ", " "),
            ("image manuscript/images/a.png p", "![p](../images/a.png)"),
            ("text  ", " "),
            ("cite k/p. 3 b/-", "[@k, p. 3; @b]"),
            ("text  ", " "),
            ("ref fig:z", "@fig:z"),
            ("text  ", " "),
            ("note n", "[^n]"),
            ("break", "\\\n"),
            ("text 末", "末"),
            ("text 注", "注"),
        ],
    );
}

#[test]
fn every_block_kind_has_its_place() {
    let body = "## 题 {#h}\n\n段 {#p}\n\n- 一\n- 二\n\n> 引\n\n```rust\nlet\n```\n\n$$a$$ {#m}\n\n| a | b |\n|---|--:|\n| 1 | 2 |\n\n\
        ![画](../images/a.png \"题注\"){#fig:x width=60%}\n\n```chart {#c}\ntype: bar\nalt: 图\ndata: {A: 1.50}\n```\n\n\
        ```qr\ndata: https://e.org/\nalt: 网页\n```\n\n:::aside {#s tone=\"a b\"}\n内\n:::\n\n词\n\n: 释\n\n---\n";
    let (chapter, whole) = clean(body);
    let found: Vec<(&str, Option<&str>, &str)> =
        chapter.blocks.iter().map(|b| (b.kind.name(), b.id.as_deref(), &whole[b.span.range()])).collect();
    assert_eq!(
        found,
        [
            ("heading", Some("h"), "## 题 {#h}"),
            ("paragraph", Some("p"), "段 {#p}"),
            ("list", None, "- 一\n- 二"),
            ("quotation", None, "> 引"),
            ("code", None, "```rust\nlet\n```"),
            ("formula", Some("m"), "$$a$$ {#m}"),
            ("table", None, "| a | b |\n|---|--:|\n| 1 | 2 |"),
            ("figure", Some("fig:x"), "![画](../images/a.png \"题注\"){#fig:x width=60%}"),
            ("chart", Some("c"), "```chart {#c}\ntype: bar\nalt: 图\ndata: {A: 1.50}\n```"),
            ("QR code", None, "```qr\ndata: https://e.org/\nalt: 网页\n```"),
            ("container", Some("s"), ":::aside {#s tone=\"a b\"}\n内\n:::"),
            ("definitions", None, "词\n\n: 释"),
            ("rule", None, "---"),
        ]
    );
    let BlockKind::Figure(figure) = &chapter.blocks[7].kind else { panic!() };
    assert_eq!(whole[figure.caption[0].span.range()], *"题注");
    let BlockKind::Container { attrs, .. } = &chapter.blocks[10].kind else { panic!() };
    assert_eq!((attrs[0].value.as_str(), &whole[attrs[0].span.range()]), ("a b", "a b"));
    let BlockKind::Chart(chart) = &chapter.blocks[8].kind else { panic!() };
    assert_eq!((chart.data[0].value(), chart.data[0].shown()), (1.5, "1.50"));
    let BlockKind::Math { span, .. } = &chapter.blocks[5].kind else { panic!() };
    assert_eq!(whole[span.range()], *"a");
}

#[test]
fn a_formula_stands_where_it_is_written_whatever_blanks_are_around() {
    for body in ["$$ x+y $$", "$$\nx+y\n$$", "$$ \n x+y $$", "$$\t\n x+y\n\t$$", "- $$ \n   x+y $$"] {
        let (chapter, whole) = clean(body);
        let mut places = Vec::new();
        crate::model::walk::blocks(&chapter.blocks, &mut |block| {
            if let BlockKind::Math { text, span, .. } = &block.kind {
                places.push((text.clone(), whole[span.range()].to_owned()));
            }
        });
        assert_eq!(places, [("x+y".to_owned(), "x+y".to_owned())], "{body:?}");
    }
}

#[test]
fn line_breaks_join_by_script() {
    for (body, read) in [
        ("好\n的", "好的"),
        ("好\nthe", "好 the"),
        ("one\ntwo", "one two"),
        ("**好**\n的", "好的"),
        ("**“好。”**\n了", "“好。”了"),
        ("**one**\n*two*", "one two"),
        ("他说：\n“好”", "他说：“好”"),
        ("好[^n]\n的\n\n[^n]: 注", "好的"),
        ("> 好\n> 的", "好的"),
        ("好\r\n的", "好的"),
        ("カ\nナ", "カナ"),
        ("好，\n（的）", "好，（的）"),
    ] {
        let (chapter, _) = clean(body);
        assert_eq!(text::plain_block(&chapter.blocks[0]), read, "{body}");
    }
    let (chapter, _) = parse_in("en", "# T\n\n“Yes”\n—no");
    assert_eq!(text::plain_block(&chapter.blocks[0]), "“Yes” —no");
}

#[test]
fn text_lies_in_the_file_as_it_is_read() {
    check(
        "甲\\*乙 &amp; 丙 &copy;",
        &[("text 甲", "甲"), ("text *乙 ", "*乙 "), ("text &", "&amp;"), ("text  丙 ", " 丙 "), ("text ©", "&copy;")],
    );
    check(
        "> 甲 **乙**\n> 丙 `c`\n",
        &[("text 甲 ", "甲 "), ("strong", "**乙**"), ("text 乙", "乙"), ("text 丙 ", "丙 "), ("code c", "`c`")],
    );
    check(
        "1. a\n   - b\n     c *d*\n",
        &[("text a", "a"), ("text b", "b"), ("text  ", "\n"), ("text c ", "c "), ("emph", "*d*"), ("text d", "d")],
    );
    check(
        "| a \\| **b** `c` | 丁 |\n|---|---|\n| [l](https://e.org/) | |\n",
        &[
            ("text a ", "a "),
            ("text | ", "| "),
            ("strong", "**b**"),
            ("text b", "b"),
            ("text  ", " "),
            ("code c", "`c`"),
            ("text 丁", "丁"),
            ("url https://e.org/", "[l](https://e.org/)"),
            ("text l", "l"),
        ],
    );
    check("***甲** 乙*", &[("emph", "***甲** 乙*"), ("strong", "**甲**"), ("text 甲", "甲"), ("text  乙", " 乙")]);
    check("\\[@a] @fig:x。", &[("text [@a] ", "[@a] "), ("ref fig:x", "@fig:x"), ("text 。", "。")]);
    check("<https://e.org/>", &[("url https://e.org/", "<https://e.org/>"), ("text https://e.org/", "https://e.org/")]);
}

#[test]
fn citations_take_both_kinds_of_punctuation() {
    check(
        "见[@甲；@b，第 3 页]。",
        &[("text 见", "见"), ("cite 甲/- b/第 3 页", "[@甲；@b，第 3 页]"), ("text 。", "。")],
    );
    check("a@b.org", &[("text a@b.org", "a@b.org")]);
    let (chapter, whole) = clean("x [@key]");
    let mut key = None;
    walk::chapter_inlines(&chapter, &mut |i| {
        if let InlineKind::Cite(items) = &i.kind {
            key = Some(whole[items[0].span.range()].to_owned());
        }
    });
    assert_eq!(key.as_deref(), Some("key"));
    finds("[@]", "this citation cannot be read", "[@]");
    finds("[@a, b", "this citation cannot be read", "[@");
}

#[test]
fn no_link_leads_to_a_script_or_a_file_in_any_disguise() {
    for link in [
        "[a](java&#115;cript:x)",
        "[a](java&#x73;cript:x)",
        "[a](javascript&colon;x)",
        "[a](JaVaScRiPt:x)",
        "[a](<java&Tab;script:x>)",
        "[a](<java&NewLine;script:x>)",
        "[a](&#1;javascript:x)",
        "[a](javascript\\:x)",
        "[a](FILE:///etc/passwd)",
        "[a](fi&#108;e:///etc/passwd)",
        "[a](data:text/html;base64,eA==)",
        "[a](vbscript:x)",
        "[a](//host/share)",
        "[a](\\\\\\\\host\\share)",
        "[![b](../images/a.png)](javascript:x)",
        "<javascript:x>",
        "<a href=\"java&#115;cript:x\">a</a>",
        "<a href='&#x6A;avascript:x'>a</a>",
        "[a][r]\n\n[r]: java&#115;cript:x",
        "[a]{.index} [b](javascript:x){.page}",
    ] {
        let found = trouble(&format!("x {link}\n"));
        assert!(found.iter().any(|(said, _)| said.contains("cannot lead to")), "{link}: {found:?}");
    }
}

#[test]
fn trouble_is_underlined() {
    finds(":::sidebr\nx\n:::\n", "no building block `sidebr`", "sidebr");
    finds(":::aside {#a b=\"c}\nx\n:::\n", "cannot be read", "\"c}");
    finds("<div>\n", "the HTML element `<div>`", "<div>");
    finds("甲<?x?>\n", "raw HTML", "<?x?>");
    finds("a <q>c</q>\n", "the HTML element `<q>`", "<q>");
    finds("甲<b>乙\n\n丙</b>\n", "`<b>` is not closed", "<b>");
    finds("[a](javascript:x)\n", "cannot lead to", "[a](javascript:x)");
    finds("![a](../../../x.png)\n", "leads out of the project", "../../../x.png");
    finds("![a](https://e.org/x.png)\n", "not on the network", "https://e.org/x.png");
    finds("x[^q]\n", "footnote `q` is not defined", "[^q]");
    finds("x\n\n[^q]: 注\n", "nothing refers to the footnote", "[^q]: 注");
    finds("```chart\ntype: pies\nalt: a\ndata: {A: 1}\n```\n", "`pies` is not a type of chart", "pies");
    finds("```qr\ndata: \"java\\x73cript:x\"\nalt: a\n```\n", "cannot lead to `javascript:x`", "\"java\\x73cript:x\"");
    finds("```chart\ntype: bar\naltt: a\ndata: {A: -1}\n```\n", "no key `altt`", "altt");
    finds("```chart\ntype: bar\nalt: a\ndata: {A: x1}\n```\n", "not a number", "x1");
    finds("```chart\ntype: share\nalt: a\ndata: {A: -1}\n```\n", "it is negative", "-1");
    finds("> ```chart\n> type: pies\n> alt: a\n> data: {A: 1}\n> ```\n", "not a type of chart", "pies");
    assert!(trouble("a <!-- b --> c\n\n<!-- d -->\n").is_empty());
}

#[test]
fn ids_of_other_tools_are_read() {
    let id = |body: &str| clean(body).0.blocks[0].id.clone();
    for (body, wanted) in [
        ("## One {#_one}", "_one"),
        ("## 二 {#一节}", "一节"),
        ("## 二{#一节}", "一节"),
        ("## Three {#a–b}", "a–b"),
        ("## Four {#4.2/x@y}", "4.2/x@y"),
        ("段。 {#段落}", "段落"),
        ("段。{#Sec:A}", "Sec:A"),
        ("![图](a.png){#图-甲 width=60%}", "图-甲"),
        ("![图](a.png \"题\"){#图_甲}\n", "图_甲"),
        ("```rust {#代码}\nx\n```", "代码"),
        (":::aside {#旁注}\n文\n:::", "旁注"),
        ("$$ x $$ {#式:一}", "式:一"),
    ] {
        assert_eq!(id(body).as_deref(), Some(wanted), "{body}");
    }
    check(
        "看![图](a.png){#图甲}了",
        &[("text 看", "看"), ("image manuscript/zh/a.png 图", "![图](a.png)"), ("text 了", "了")],
    );
    finds("## 一 {#a b}\n", "only an id is allowed here", "b");
    finds("## 一 {#“甲”}\n", "these attributes cannot be read", "#“甲”");
    let (chapter, _) = clean("## 一 \\{#甲}\n");
    assert_eq!(text::plain_block(&chapter.blocks[0]), "一 {#甲}", "what is escaped is text");
}

#[test]
fn notes_stand_in_order_of_reference() {
    let (chapter, _) = clean("a[^二] b[^One]\n\n[^one]: 1\n\n[^二]: 2[^c]\n\n[^c]: 3\n");
    let names: Vec<&str> = chapter.notes.iter().map(|n| n.name.as_str()).collect();
    assert_eq!(names, ["二", "one", "c"]);
}

#[test]
fn ids_of_containers_may_hold_colons() {
    let (chapter, _) = clean("> :::aside {#tab:a b=\"c:d\"}\n> x\n> :::\n");
    let BlockKind::Quote(body) = &chapter.blocks[0].kind else { panic!() };
    let BlockKind::Container { attrs, .. } = &body[0].kind else { panic!() };
    assert_eq!((body[0].id.as_deref(), attrs[0].value.as_str()), (Some("tab:a"), "c:d"));
    let (chapter, _) = clean("```\n:::aside {#tab:a}\n```\n\n    :::a b:c\n");
    let code = |b: &Block| if let BlockKind::Code { text, .. } = &b.kind { text.clone() } else { panic!() };
    assert_eq!(chapter.blocks.iter().map(code).collect::<Vec<_>>(), [":::aside {#tab:a}", ":::a b:c"]);
}

#[test]
fn a_comment_leaves_no_trace_in_the_text() {
    check("甲 <!-- n -->\n乙", &[("text 甲", "甲"), ("text 乙", "乙")]);
    check("甲 <!-- n --> 乙", &[("text 甲", "甲"), ("text  乙", " 乙")]);
    check("甲<!-->乙<!--->", &[("text 甲", "甲"), ("text 乙", "乙")]);
    check("<!-->\n\n甲", &[("text 甲", "甲")]);
    check("甲<!-- n -->乙", &[("text 甲", "甲"), ("text 乙", "乙")]);
    let (chapter, _) = clean("甲 {#x} <!-- dama: allow number: why -->\n");
    assert_eq!(chapter.blocks[0].id.as_deref(), Some("x"));
    assert_eq!(text::plain_block(&chapter.blocks[0]), "甲");
    let (chapter, _) = clean("![甲](../images/a.png \"题\") <!-- dama: allow number: why -->\n");
    assert!(matches!(chapter.blocks[0].kind, BlockKind::Figure(_)));
}

#[test]
fn what_is_refused_is_kept_for_comparison() {
    let html =
        "> <div>甲</div>\n\n<Listing number=\"4-1\" caption=\"乙\">\n\n```\nx\n```\n\n</Listing>\n\n<a id=\"q\"></a>\n";
    let whole = format!("---\ntitle: T\n---\n{html}\n# 丙\n");
    let (chapter, found) = parse_in("zh", &whole);
    prove(&chapter, &whole);
    assert!(found.iter().filter(|d| d.message.to_string().contains("HTML")).count() == 2, "{found:#?}");
    let texts: Vec<String> = chapter.blocks.iter().map(text::plain_block).collect();
    assert_eq!(texts, ["甲", "x", "4-1 乙", "丙"]);
    let (chapter, _) = parse_in("zh", "---\ntitle: T\n---\n[a](b.rs#c)\n");
    let BlockKind::Paragraph(run) = &chapter.blocks[0].kind else { panic!("a paragraph") };
    assert_eq!(kind(&run[0].kind), "refused b.rs#c");
}

#[test]
fn readings_lie_where_they_are_written() {
    check(
        "念{饕餮|tāo tiè}和\\{甲|乙}。\n",
        &[
            ("text 念", "念"),
            ("ruby tāo/tiè", "{饕餮|tāo tiè}"),
            ("text 饕", "饕"),
            ("text 餮", "餮"),
            ("text 和", "和"),
            ("text {甲|乙}。", "{甲|乙}。"),
        ],
    );
}

#[test]
fn a_building_block_has_what_it_shows() {
    let lacks = |head: &str| vec![("the building block `bignum` needs a `value`".to_owned(), head.to_owned())];
    for head in [":::bignum", ":::bignum {#a}", ":::bignum {valeu=\"18%\"}", ":::bignum {value=\"\"}"] {
        assert_eq!(trouble(&format!("文。\n\n{head}\n达标率\n:::\n")), lacks(head));
    }
    clean(":::bignum {value=\"18%\"}\n达标率\n:::\n");
}

#[test]
fn lines_of_a_poem_end_where_they_are_written() {
    let (chapter, _) = clean(":::poem {by=\"李白\"}\n小时不识月\n呼作白玉盘\n:::\n\n又疑瑶台镜\n飞在青云端\n");
    let BlockKind::Container { body, .. } = &chapter.blocks[0].kind else { panic!("a poem") };
    let BlockKind::Paragraph(run) = &body[0].kind else { panic!("a paragraph") };
    assert!(matches!(run[1].kind, InlineKind::LineBreak), "{run:?}");
    assert_eq!(text::plain_block(&chapter.blocks[1]), "又疑瑶台镜飞在青云端");
}
