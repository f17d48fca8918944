//! Looks of characters, and runs made of them: what Word cuts into pieces is joined before it is marked.

use super::styles::Styles;
use super::xml::Word as _;
use crate::foreign::xml::Element;
use crate::import::Inline;

/// Looks as bits, in the order in which they stand around each other.
pub(super) type Looks = u8;

pub(super) const STRONG: Looks = 1;
const EMPHASIS: Looks = 2;
const STRIKE: Looks = 4;
const UNDERLINE: Looks = 8;
const HIGHLIGHT: Looks = 16;
const SUB: Looks = 32;
const SUP: Looks = 64;

type Make = fn(Vec<Inline>) -> Inline;

const ALL: [(Looks, Make); 7] = [
    (STRONG, Inline::Strong),
    (EMPHASIS, Inline::Emphasis),
    (STRIKE, Inline::Strike),
    (UNDERLINE, Inline::Underline),
    (HIGHLIGHT, Inline::Highlight),
    (SUB, Inline::Subscript),
    (SUP, Inline::Superscript),
];

/// The looks of a run, and whether it is hidden.
pub(super) fn of(run: &Element, styles: &Styles) -> (Looks, bool) {
    let Some(properties) = run.child("rPr") else { return (0, false) };
    let style = properties.val("rStyle");
    let value = |name: &str| match properties.child(name) {
        Some(node) => Some(node.local("val").unwrap_or("1").to_owned()),
        None => style.and_then(|style| styles.look(style, name)).map(str::to_owned),
    };
    let on = |name: &str| value(name).is_some_and(|value| !matches!(value.as_str(), "0" | "false" | "off" | "none"));
    let mut looks = 0;
    for (name, look) in [
        ("b", STRONG),
        ("i", EMPHASIS),
        ("em", EMPHASIS),
        ("strike", STRIKE),
        ("dstrike", STRIKE),
        ("u", UNDERLINE),
        ("highlight", HIGHLIGHT),
    ] {
        looks |= if on(name) { look } else { 0 };
    }
    looks |= match value("vertAlign").as_deref() {
        Some("superscript") => SUP,
        Some("subscript") => SUB,
        _ => raised(properties),
    };
    (looks, on("vanish"))
}

/// LibreOffice moves what it lowers and raises, and makes it smaller.
fn raised(properties: &Element) -> Looks {
    match properties.val("position").and_then(|moved| moved.parse::<i32>().ok()) {
        Some(moved) if moved <= -2 && properties.child("sz").is_some() => SUB,
        Some(moved) if moved >= 2 && properties.child("sz").is_some() => SUP,
        _ => 0,
    }
}

/// Inlines with their looks as a run.
pub(super) fn run(items: &[(Inline, Looks)]) -> Vec<Inline> {
    let mut out = Vec::new();
    let mut at = 0;
    while at < items.len() {
        let length = |look: Looks| items[at..].iter().take_while(|(_, looks)| looks & look != 0).count();
        let longest = ALL.iter().max_by_key(|(look, _)| length(*look)).filter(|(look, _)| length(*look) > 0);
        let Some((look, make)) = longest else {
            match (out.last_mut(), &items[at].0) {
                (Some(Inline::Text(before)), Inline::Text(text)) => before.push_str(text),
                (_, inline) => out.push(inline.clone()),
            }
            at += 1;
            continue;
        };
        let end = at + length(*look);
        let inner: Vec<(Inline, Looks)> =
            items[at..end].iter().map(|(inline, looks)| (inline.clone(), looks & !look)).collect();
        out.push(make(run(&inner)));
        at = end;
    }
    out
}
