//! What elements are.

use super::super::document::{Block, BlockKind, Inline};
use super::super::inlines::plain;
use super::xhtml::Xhtml as _;
use crate::foreign::xml::{Element, Node};

/// Elements that stand by themselves.
const BLOCKS: [&str; 47] = [
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "caption",
    "center",
    "dd",
    "details",
    "dialog",
    "dir",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hgroup",
    "hr",
    "html",
    "li",
    "main",
    "menu",
    "nav",
    "ol",
    "p",
    "pre",
    "search",
    "section",
    "summary",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
    "ul",
];

/// Whether an element is a block, or holds some.
pub(super) fn holds_blocks(element: &Element) -> bool {
    // What is drawn is one thing, whatever it is made of.
    let is_drawn = matches!(element.name.as_str(), "svg" | "math" | "ruby");
    BLOCKS.contains(&element.name.as_str()) || !is_drawn && element.elements().any(holds_blocks)
}

/// The level of a heading.
pub(super) fn level(element: &Element) -> Option<u8> {
    let name = element.name.strip_prefix('h').and_then(|digit| digit.parse().ok());
    name.filter(|level| (1..=6).contains(level))
}

/// Whether an element only says where a page of paper begins: one with nothing in it, or with a number, named so.
pub(super) fn is_page_mark(element: &Element) -> bool {
    let classes = element.attribute("class").unwrap_or_default();
    let named = |name: &str| {
        let name = name.to_ascii_lowercase();
        let rest = name.strip_prefix("page").or_else(|| name.strip_prefix("pg"));
        rest.is_some_and(|rest| {
            let rest = rest.trim_start_matches(['_', '-']);
            matches!(rest, "break" | "num" | "number")
                || !rest.is_empty() && rest.bytes().all(|byte| byte.is_ascii_digit())
        })
    };
    let text = element.text();
    let text = text.trim().trim_matches(['[', ']']);
    let is_inline = matches!(element.name.as_str(), "a" | "span");
    let is_number = text.bytes().all(|byte| byte.is_ascii_digit());
    let by_class = classes.split_ascii_whitespace().any(named);
    is_inline
        && element.find("img").is_none()
        && element.attribute("href").is_none()
        && (by_class && is_number || text.is_empty() && element.id().is_some_and(named))
}

/// Whether a formula stands by itself.
pub(super) fn is_display(nodes: &[Node]) -> bool {
    nodes.iter().filter_map(Node::element).any(|element| {
        element.name == "math" && element.attribute("display") == Some("block") || is_display(&element.children)
    })
}

/// Whether an element holds verses.
pub(super) fn is_poem(element: &Element) -> bool {
    let classes = element.attribute("class").unwrap_or_default();
    let is_named = classes.split_ascii_whitespace().any(|class| matches!(class, "poem" | "poetry" | "verse"));
    element.name != "p"
        && (is_named || element.says("epub:type", &["z3998:poem", "z3998:verse", "z3998:song", "z3998:hymn"]))
}

/// The text of code: a line ends where one does, and at a `<br>`.
pub(super) fn preformatted(element: &Element) -> String {
    let mut out = String::new();
    add_preformatted(element, &mut out);
    out
}

fn add_preformatted(element: &Element, out: &mut String) {
    for node in &element.children {
        match node {
            Node::Text(text) => out.push_str(text),
            Node::Element(inner) if inner.name == "br" => out.push('\n'),
            Node::Element(inner) => add_preformatted(inner, out),
        }
    }
}

/// Cuts what is left of the number before a note; gives what was cut.
pub(super) fn cut_number(blocks: &mut Vec<Block>, number: Option<&str>) -> String {
    let mut lost = String::new();
    let Some(first) = blocks.first_mut() else { return lost };
    let BlockKind::Paragraph(line) = &mut first.kind else { return lost };
    if let Some(number) = number {
        let first = line.first().map(|first| plain(std::slice::from_ref(first)));
        let is_number = first.is_some_and(|first| first.trim() == number);
        match line.first_mut() {
            Some(Inline::Text(text)) => {
                let begin = text.trim_start_matches(['[', '(']).len();
                let behind = text
                    .get(text.len() - begin..)
                    .and_then(|rest| rest.strip_prefix(number.trim_matches(['[', ']', '(', ')'])));
                if let Some(rest) = behind.map(str::to_owned) {
                    lost.push_str(text.strip_suffix(rest.as_str()).unwrap_or_default());
                    *text = rest;
                }
            }
            _ if is_number => {
                lost.push_str(&plain(&line.drain(..1).collect::<Vec<_>>()));
            }
            _ => {}
        }
    }
    if let Some(Inline::Text(text)) = line.first_mut() {
        let begin = text.trim_start();
        let rest = begin.strip_prefix([']', ')', '.', ':', '：', '．', '、']).map(str::trim_start);
        if let Some(rest) = rest {
            let (cut, kept) = text.split_at(text.len() - rest.len());
            lost.push_str(cut.trim());
            *text = kept.to_owned();
        }
    }
    line.retain(|inline| !matches!(inline, Inline::Text(text) if text.is_empty()));
    if line.is_empty() {
        blocks.remove(0);
    }
    lost
}
