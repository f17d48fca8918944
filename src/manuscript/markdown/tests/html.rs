//! HTML: what is read, and where it stands.

use super::{check, clean, kind, parse_in, trouble};
use crate::model::{Block, BlockKind, Extent, InlineKind, text};

#[test]
fn html_that_markdown_lacks_is_read() {
    check(
        "H<sub>2</sub>O <SUP>*x*</SUP><u>甲</u><mark>乙</mark><kbd>A</kbd><b>丙</b><em>丁</em><s>戊</s><code>a_b &lt;</code>\n",
        &[
            ("text H", "H"),
            ("Subscript", "<sub>2</sub>"),
            ("text 2", "2"),
            ("text O ", "O "),
            ("Superscript", "<SUP>*x*</SUP>"),
            ("emph", "*x*"),
            ("text x", "x"),
            ("Underline", "<u>甲</u>"),
            ("text 甲", "甲"),
            ("Highlight", "<mark>乙</mark>"),
            ("text 乙", "乙"),
            ("Keys", "<kbd>A</kbd>"),
            ("text A", "A"),
            ("strong", "<b>丙</b>"),
            ("text 丙", "丙"),
            ("emph", "<em>丁</em>"),
            ("text 丁", "丁"),
            ("strike", "<s>戊</s>"),
            ("text 戊", "戊"),
            ("code a_b <", "<code>a_b &lt;</code>"),
        ],
    );
    check(
        "<a href=\"https://e.org/?a=1&amp;b\">甲<b>乙</b></a><a href='#x'>丙</a>\n",
        &[
            ("url https://e.org/?a=1&b", "<a href=\"https://e.org/?a=1&amp;b\">甲<b>乙</b></a>"),
            ("text 甲", "甲"),
            ("strong", "<b>乙</b>"),
            ("text 乙", "乙"),
            ("id x", "<a href='#x'>丙</a>"),
            ("text 丙", "丙"),
        ],
    );
}

#[test]
fn line_breaks_take_the_blanks_around_them() {
    check(
        "甲 <br> 乙<BR/>\n丙\n<br />丁</br>戊<br>\n",
        &[
            ("text 甲", "甲"),
            ("break", "<br>"),
            ("text 乙", "乙"),
            ("break", "<BR/>"),
            ("text 丙", "丙"),
            ("break", "<br />"),
            ("text 丁", "丁"),
            ("break", "</br>"),
            ("text 戊", "戊"),
        ],
    );
    check(
        "| a |\n|---|\n| 一<br>*二* <br>三 |\n",
        &[
            ("text a", "a"),
            ("text 一", "一"),
            ("break", "<br>"),
            ("emph", "*二*"),
            ("text 二", "二"),
            ("break", "<br>"),
            ("text 三", "三"),
        ],
    );
    let (chapter, found) = parse_in("zh", "---\ntitle: T\n---\n甲\n\n<br>\n\n乙<br><br>\n");
    assert_eq!(chapter.blocks.iter().map(text::plain_block).collect::<Vec<_>>(), ["甲", "乙"]);
    assert_eq!(found.len(), 1, "{found:#?}");
}

#[test]
fn a_picture_in_html_is_a_picture() {
    let html =
        "> <img src=\"../images/a%20b.png\" alt=\"桥 &lt;\" title=\"题 [@k]\" width=\"60%\" id=\"fig-a\"> <!-- c -->\n";
    let (chapter, whole) = clean(html);
    let BlockKind::Quote(body) = &chapter.blocks[0].kind else { panic!("a quotation") };
    let [Block { id, span, kind: BlockKind::Figure(figure) }] = &body[..] else { panic!("a figure: {body:#?}") };
    assert_eq!(id.as_deref(), Some("fig-a"));
    assert!(whole[span.range()].starts_with("<img"));
    let caption: Vec<_> = figure.caption.iter().map(|i| (kind(&i.kind), &whole[i.span.range()])).collect();
    assert_eq!(caption, [("text 题 ".to_owned(), "题 "), ("cite k/-".to_owned(), "[@k]")]);
    let BlockKind::Paragraph(run) = &figure.body[0].kind else { panic!("a paragraph") };
    let InlineKind::Image(image) = &run[0].kind else { panic!("a picture") };
    assert_eq!((image.path.as_str(), image.alt.as_str()), ("manuscript/images/a b.png", "桥 <"));
    assert_eq!((image.decorative, image.width.map(Extent::text).as_deref()), (false, Some("60%")));
    check(
        "甲<img src='../images/a.png' alt=''>乙\n",
        &[
            ("text 甲", "甲"),
            ("image manuscript/images/a.png ", "<img src='../images/a.png' alt=''>"),
            ("text 乙", "乙"),
        ],
    );
    let (chapter, _) =
        clean("<img src=\"../images/a.png\" alt=\"桥\" style=\"width: 50%;\">\n图下的话[^n]。\n\n[^n]: 注\n");
    assert_eq!(chapter.notes.len(), 1);
    assert_eq!(text::plain_block(&chapter.blocks[0]), " 图下的话。");
}

#[test]
fn text_after_a_comment_is_text() {
    check(
        "<!-- 一\n二 --> <!-- 三 --> 甲**乙**\n丙\n",
        &[("text 甲", "甲"), ("strong", "**乙**"), ("text 乙", "乙"), ("text 丙", "丙")],
    );
    check(
        "- <!-- c --> 甲\n\n  > <!-- d\n  > e --> 乙 *丙*\n",
        &[("text 甲", "甲"), ("text 乙 ", "乙 "), ("emph", "*丙*"), ("text 丙", "丙")],
    );
}

#[test]
fn an_anchor_gives_its_block_an_id() {
    let ids = |body: &str| {
        let (chapter, _) = clean(body);
        chapter.blocks.iter().map(|block| block.id.clone().unwrap_or_default()).collect::<Vec<_>>()
    };
    assert_eq!(ids("## <a id=\"a\"></a>甲\n\n乙<a name='b'/>\n\n<a id=\"c\"></a>\n\n- 丙\n"), ["a", "b", ""]);
    assert_eq!(ids("<a id=\"c\"></a>\n\n```\nx\n```\n"), ["c"]);
    let (chapter, found) = parse_in("zh", "---\ntitle: T\n---\n甲<a id=\"b\"></a> {#a}\n");
    assert_eq!(chapter.blocks[0].id.as_deref(), Some("a"));
    assert_eq!(found.len(), 1, "{found:#?}");
}

#[test]
fn tags_without_number_are_bounded() {
    let body = format!("{}x{}", "<b>".repeat(5000), "</b>".repeat(5000));
    assert!(trouble(&body).iter().any(|(message, _)| message.contains("nested more than")));
    trouble(&"<div>\n\n".repeat(2000));
}

#[test]
fn an_element_is_refused_once() {
    let found = trouble("甲<q>乙</q>。\n\n- <q>丙</q>\n\n<div>\n\n丁<q>戊</q>\n\n</div>\n");
    let told: Vec<&str> = found.iter().map(|(_, under)| under.as_str()).collect();
    assert_eq!(told, ["<q>", "<div>"], "{found:#?}");
}
