//! What style sheets say that is more than looks: emphasis, what is raised or struck out, what is hidden.
//!
//! A small part of CSS: selectors of names, classes and ids, one inside another. A rule with any other selector, and all that stands
//! in an at-rule, such as for print or for dark screens, is left out.

use std::collections::BTreeMap;

use super::xhtml::Xhtml as _;
use crate::foreign::xml::Element;

/// Most bytes of style sheets that are read for one page.
const MAX_BYTES: usize = 2 << 20;
/// Most rules of a page.
const MAX_RULES: usize = 20_000;

/// What is said of an element; `None` where nothing is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Looks {
    pub(super) italic: Option<bool>,
    pub(super) bold: Option<bool>,
    pub(super) underlined: Option<bool>,
    pub(super) struck: Option<bool>,
    pub(super) dotted: Option<bool>,
    pub(super) raised: Option<Raised>,
    pub(super) hidden: Option<bool>,
}

/// Where small text stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Raised {
    Above,
    Below,
    Not,
}

impl Looks {
    fn overridden(self, by: Looks) -> Self {
        Self {
            italic: by.italic.or(self.italic),
            bold: by.bold.or(self.bold),
            underlined: by.underlined.or(self.underlined),
            struck: by.struck.or(self.struck),
            dotted: by.dotted.or(self.dotted),
            raised: by.raised.or(self.raised),
            hidden: by.hidden.or(self.hidden),
        }
    }
}

/// The rules of a page.
#[derive(Debug, Default)]
pub(super) struct Styles {
    rules: Vec<Rule>,
    /// The rules whose last selector has this class, id or name: `.a`, `#a`, `a`.
    by: BTreeMap<String, Vec<usize>>,
    bytes: usize,
}

#[derive(Debug)]
struct Rule {
    /// From the outermost to the element itself.
    selectors: Vec<Selector>,
    weight: (usize, usize, usize),
    looks: Looks,
}

/// `p.first#x`.
#[derive(Debug, Default, Clone, PartialEq)]
struct Selector {
    name: Option<String>,
    classes: Vec<String>,
    id: Option<String>,
    /// Whether it stands directly in the one before it.
    is_child: bool,
}

impl Styles {
    /// Adds the rules of a style sheet.
    pub(super) fn add(&mut self, css: &str) {
        self.bytes = self.bytes.saturating_add(css.len());
        if self.bytes > MAX_BYTES {
            return;
        }
        for (selectors, declarations) in rules(&without_comments(css)) {
            let looks = looks(declarations);
            if looks == Looks::default() {
                continue;
            }
            for selectors in selectors.split(',').filter_map(chain).take(MAX_RULES.saturating_sub(self.rules.len())) {
                self.keep(selectors, looks);
            }
        }
    }

    fn keep(&mut self, selectors: Vec<Selector>, looks: Looks) {
        let Some(last) = selectors.last() else { return };
        let class = last.classes.first().map(|class| format!(".{class}"));
        let id = last.id.as_ref().map(|id| format!("#{id}"));
        let Some(key) = id.or(class).or_else(|| last.name.clone()) else { return };
        let weight = selectors.iter().fold((0, 0, 0), |(ids, classes, names), selector| {
            let named = |is: bool| usize::from(is);
            (
                ids + named(selector.id.is_some()),
                classes + selector.classes.len(),
                names + named(selector.name.is_some()),
            )
        });
        self.by.entry(key).or_default().push(self.rules.len());
        self.rules.push(Rule { selectors, weight, looks });
    }

    /// What is said of an element that stands in these, the outermost first.
    pub(super) fn of(&self, element: &Element, outer: &[&Element]) -> Looks {
        let classes = element.attribute("class").unwrap_or_default().split_ascii_whitespace();
        let mut keys: Vec<String> = classes.map(|class| format!(".{class}")).collect();
        keys.sort_unstable();
        keys.dedup();
        keys.extend(element.id().map(|id| format!("#{id}")));
        keys.push(element.name.clone());
        let candidates = keys.iter().filter_map(|key| self.by.get(key)).flatten();
        let mut fitting: Vec<(&Rule, usize)> = candidates
            .filter_map(|&nth| Some((self.rules.get(nth)?, nth)))
            .filter(|(rule, _)| rule.fits(element, outer))
            .collect();
        fitting.sort_by_key(|(rule, nth)| (rule.weight, *nth));
        let said = fitting.iter().fold(Looks::default(), |looks, (rule, _)| looks.overridden(rule.looks));
        said.overridden(element.attribute("style").map(looks).unwrap_or_default())
    }
}

impl Rule {
    fn fits(&self, element: &Element, outer: &[&Element]) -> bool {
        let Some((last, before)) = self.selectors.split_last() else { return false };
        if !last.fits(element) {
            return false;
        }
        let mut must_be_parent = last.is_child;
        let mut outer = outer.iter().rev();
        for selector in before.iter().rev() {
            let found = if must_be_parent {
                outer.next().is_some_and(|parent| selector.fits(parent))
            } else {
                outer.any(|ancestor| selector.fits(ancestor))
            };
            if !found {
                return false;
            }
            must_be_parent = selector.is_child;
        }
        true
    }
}

impl Selector {
    fn fits(&self, element: &Element) -> bool {
        let classes = element.attribute("class").unwrap_or_default();
        self.name.as_ref().is_none_or(|name| *name == element.name)
            && self.id.as_deref().is_none_or(|id| element.id() == Some(id))
            && self.classes.iter().all(|class| classes.split_ascii_whitespace().any(|known| known == class))
    }
}

fn without_comments(css: &str) -> String {
    let mut out = String::new();
    let mut rest = css;
    while let Some((before, comment)) = rest.split_once("/*") {
        out.push_str(before);
        rest = comment.split_once("*/").map_or("", |(_, after)| after);
    }
    out.push_str(rest);
    out
}

/// Selectors with their declarations; at-rules are left out with all that stands in them.
fn rules(css: &str) -> Vec<(&str, &str)> {
    let mut found = Vec::new();
    let mut rest = css;
    while let Some(end) = rest.find(['{', ';']) {
        let (head, body) = rest.split_at(end);
        if body.starts_with(';') {
            rest = body.get(1..).unwrap_or_default();
            continue;
        }
        let is_at_rule = head.trim_start().starts_with('@');
        let end = block_end(body);
        if !is_at_rule {
            found.push((head.trim(), body.get(1..end).unwrap_or_default()));
        }
        rest = body.get(end + 1..).unwrap_or_default();
    }
    found
}

/// Where the block ends with which a text begins: its last brace, or the end of the text.
fn block_end(body: &str) -> usize {
    let mut depth = 0_usize;
    for (at, c) in body.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth == 1 => return at,
            '}' => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    body.len()
}

/// One selector after the other, if it is of the kinds that are understood.
fn chain(text: &str) -> Option<Vec<Selector>> {
    let text = text.replace('>', " > ");
    let mut selectors: Vec<Selector> = Vec::new();
    let mut is_child = false;
    for word in text.split_ascii_whitespace() {
        if word == ">" {
            is_child = true;
            continue;
        }
        selectors.push(Selector { is_child: std::mem::take(&mut is_child), ..selector(word)? });
    }
    Some(selectors).filter(|selectors| !selectors.is_empty())
}

fn selector(word: &str) -> Option<Selector> {
    if word.contains([':', '[', '+', '~', '\\', '|', '(']) {
        return None;
    }
    let mut selector = Selector::default();
    let mut rest = word;
    while !rest.is_empty() {
        let sign = rest.chars().next().filter(|c| matches!(c, '.' | '#'));
        let body = sign.map_or(rest, |_| rest.get(1..).unwrap_or_default());
        let end = body.find(['.', '#']).unwrap_or(body.len());
        let (name, after) = body.split_at(end);
        match sign {
            _ if name.is_empty() => return None,
            Some('.') => selector.classes.push(name.to_owned()),
            Some(_) => selector.id = Some(name.to_owned()),
            None if name == "*" => {}
            None => selector.name = Some(name.to_ascii_lowercase()),
        }
        rest = after;
    }
    Some(selector)
}

/// What declarations say.
fn looks(declarations: &str) -> Looks {
    let mut looks = Looks::default();
    for (property, value) in declarations.split(';').filter_map(|one| one.split_once(':')) {
        let value = value.trim().trim_end_matches("!important").trim().to_ascii_lowercase();
        let has = |word: &str| value.split_ascii_whitespace().any(|known| known == word);
        match property.trim().to_ascii_lowercase().as_str() {
            "font-style" => looks.italic = Some(has("italic") || has("oblique")),
            "font-weight" => {
                looks.bold = Some(has("bold") || has("bolder") || value.parse().is_ok_and(|n: u32| n >= 600))
            }
            "text-decoration" | "text-decoration-line" => {
                looks.underlined = Some(has("underline"));
                looks.struck = Some(has("line-through"));
            }
            "text-emphasis"
            | "text-emphasis-style"
            | "-webkit-text-emphasis"
            | "-webkit-text-emphasis-style"
            | "-epub-text-emphasis"
            | "-epub-text-emphasis-style" => looks.dotted = Some(!has("none")),
            "vertical-align" => {
                looks.raised = Some(match value.as_str() {
                    "super" => Raised::Above,
                    "sub" => Raised::Below,
                    _ => Raised::Not,
                });
            }
            "display" => looks.hidden = Some(has("none")),
            "visibility" => looks.hidden = Some(has("hidden")),
            _ => {}
        }
    }
    looks
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::foreign::xml::page;

    /// What is said of the element with the id `x`.
    fn said(css: &str, page: &str) -> Looks {
        let mut styles = Styles::default();
        styles.add(css);
        let tree = page::read(page);
        let mut outer = vec![&tree.root];
        loop {
            let last = outer.last().expect("there is one");
            let next = last.elements().next().expect("there is an x");
            if next.id() == Some("x") {
                return styles.of(next, &outer);
            }
            outer.push(next);
        }
    }

    #[test]
    fn classes_names_and_places_decide() {
        let page = "<div class='a b'><p class='c'><span id='x' class='d e'>t</span></p></div>";
        for (css, italic) in [
            (".d { font-style: italic }", Some(true)),
            ("span.d.e{font-style:oblique;color:red}", Some(true)),
            ("span.d.f{font-style:italic}", None),
            (".a .d{font-style:italic}", Some(true)),
            (".a > .d{font-style:italic}", None),
            ("p>.d{font-style:italic}", Some(true)),
            (".d{font-style:normal} #x{font-style:italic} .d.e{font-style:normal}", Some(true)),
            (".d{font-style:italic} .e{font-style:normal}", Some(false)),
            ("@media print { .d{font-style:italic} } @import 'a.css';", None),
            ("/* .d{font-style:italic} */ .q, .d:hover, .e {font-style:italic !important}", Some(true)),
            ("}} .d{font-style:italic", None),
        ] {
            assert_eq!(said(css, page).italic, italic, "{css}");
        }
    }

    #[test]
    fn weights_signs_and_hiding_are_read() {
        let page = "<span id='x' style='display:none; text-decoration: underline'>t</span>";
        let looks = said("span{font-weight:700;vertical-align:super;text-emphasis:dot}", page);
        assert_eq!((looks.bold, looks.raised, looks.dotted), (Some(true), Some(Raised::Above), Some(true)));
        assert_eq!((looks.hidden, looks.underlined, looks.struck), (Some(true), Some(true), Some(false)));
    }
}
