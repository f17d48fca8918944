//! Tags in a page, of HTML and of components, as a tree whose leaves are Markdown.

use std::ops::Range;

use super::lines::Joined;

/// A part of a page.
#[derive(Debug)]
pub(super) enum Node {
    /// Markdown, by its bytes.
    Text(Range<usize>),
    Element(Box<Element>),
}

/// An element.
#[derive(Debug)]
pub(super) struct Element {
    /// Its name as it is written.
    pub(super) name: String,
    /// Names and values of its attributes.
    pub(super) attributes: Vec<(String, String)>,
    /// Its first tag.
    pub(super) open: Range<usize>,
    /// Its last tag; `None` for one that has no end.
    pub(super) close: Option<Range<usize>>,
    /// Whether its tag says that it holds nothing.
    pub(super) alone: bool,
    pub(super) children: Vec<Node>,
}

impl Element {
    /// Its name in small letters.
    pub(super) fn lower(&self) -> String {
        self.name.to_ascii_lowercase()
    }

    /// Whether it is a component of a web site, or a type of a program. HTML may be typed in capitals alone.
    pub(super) fn is_component(&self) -> bool {
        let capital = self.name.starts_with(|c: char| c.is_ascii_uppercase());
        let shouted = self.name.len() > 1 && self.name.to_ascii_uppercase() == self.name;
        capital && !shouted || self.name.contains('.')
    }

    /// What an attribute says.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        let found = self.attributes.iter().find(|(known, _)| known.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.as_str()).filter(|value| !value.is_empty() && !value.starts_with('{'))
    }

    /// The expression in braces that an attribute has.
    pub(super) fn expression(&self, name: &str) -> Option<&str> {
        let found = self.attributes.iter().find(|(known, _)| known.eq_ignore_ascii_case(name));
        found.and_then(|(_, value)| value.strip_prefix('{')?.strip_suffix('}'))
    }

    /// All of it.
    pub(super) fn whole(&self) -> Range<usize> {
        self.open.start..self.close.as_ref().map_or(self.open.end, |close| close.end)
    }
}

/// A tag.
struct Tag {
    place: Range<usize>,
    name: String,
    attributes: Vec<(String, String)>,
    closes: bool,
    alone: bool,
}

/// Deepest nesting of elements; what is deeper is no element.
const DEPTH: usize = 64;

/// Elements without content and end.
const VOID: [&str; 13] =
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "wbr"];

/// The parts of a page.
pub(super) fn tree(joined: &Joined) -> Vec<Node> {
    let mut building = Building { stack: vec![(None, Vec::new())], at: 0 };
    for tag in tags(joined) {
        building.text(tag.place.start);
        building.at = tag.place.end;
        building.tag(tag);
    }
    building.text(joined.text.len());
    while building.stack.len() > 1 {
        building.unclosed();
    }
    building.stack.pop().map(|(_, nodes)| nodes).unwrap_or_default()
}

struct Building {
    /// Elements that are open, with what they hold so far; the page itself first.
    stack: Vec<(Option<Element>, Vec<Node>)>,
    at: usize,
}

impl Building {
    fn push(&mut self, node: Node) {
        if let Some((_, nodes)) = self.stack.last_mut() {
            nodes.push(node);
        }
    }

    fn text(&mut self, end: usize) {
        if self.at < end {
            let range = self.at..end;
            self.push(Node::Text(range));
            self.at = end;
        }
    }

    /// The innermost element has no end: what it would hold stands behind it.
    fn unclosed(&mut self) {
        let Some((Some(element), children)) = self.stack.pop() else { return };
        self.push(Node::Element(Box::new(element)));
        if let Some((_, nodes)) = self.stack.last_mut() {
            nodes.extend(children);
        }
    }

    fn tag(&mut self, tag: Tag) {
        let Tag { place, name, attributes, closes, alone } = tag;
        if closes {
            let same = |(open, _): &(Option<Element>, Vec<Node>)| open.as_ref().is_some_and(|open| open.name == name);
            match self.stack.iter().rposition(same) {
                Some(at) => {
                    while self.stack.len() > at + 1 {
                        self.unclosed();
                    }
                    if let Some((Some(mut element), children)) = self.stack.pop() {
                        element.close = Some(place);
                        element.children = children;
                        self.push(Node::Element(Box::new(element)));
                    }
                }
                // An end without a beginning is an element that nothing is known of.
                None => self.push(Node::Element(Box::new(Element {
                    name: format!("/{name}"),
                    attributes,
                    open: place,
                    close: None,
                    alone: true,
                    children: Vec::new(),
                }))),
            }
            return;
        }
        let void = alone || VOID.contains(&name.to_ascii_lowercase().as_str());
        let element = Element { name, attributes, open: place, close: None, alone: void, children: Vec::new() };
        if void || self.stack.len() > DEPTH {
            self.push(Node::Element(Box::new(element)));
        } else {
            self.stack.push((Some(element), Vec::new()));
        }
    }
}

/// The tags of a page, in order. What scripts and styles hold is not looked at.
fn tags(joined: &Joined) -> Vec<Tag> {
    let text = &joined.text;
    let (mut found, mut at) = (Vec::<Tag>::new(), 0);
    while let Some(step) = text[at..].find('<') {
        at += step;
        if let Some(end) = joined.opaque_at(at) {
            at = end;
            continue;
        }
        let escaped = text[..at].ends_with('\\') && !text[..at].ends_with("\\\\");
        let Some(tag) = tag(text, at).filter(|_| !escaped) else {
            at += 1;
            continue;
        };
        at = tag.place.end;
        let lower = tag.name.to_ascii_lowercase();
        // A component may be called as an element is: `<Math>`.
        let html = tag.name == lower || tag.name.to_ascii_uppercase() == tag.name;
        let holds = matches!(lower.as_str(), "script" | "style" | "svg" | "math" | "pre");
        let raw = !tag.closes && !tag.alone && html && holds;
        found.push(tag);
        if raw {
            let close = format!("</{lower}");
            let end = text[at..].to_ascii_lowercase().find(&close).map(|end| at + end);
            at = end.unwrap_or(at);
        }
    }
    found
}

/// The tag that begins at a byte; values may be expressions in braces, as components have them.
fn tag(text: &str, at: usize) -> Option<Tag> {
    let closes = text[at + 1..].starts_with('/');
    let start = at + 1 + usize::from(closes);
    let rest = &text[start..];
    if rest.starts_with('>') {
        let name = String::new();
        return Some(Tag { place: at..start + 1, name, attributes: Vec::new(), closes, alone: true });
    }
    let length = rest.find(|c: char| !c.is_ascii_alphanumeric() && !matches!(c, '-' | '.' | '_')).unwrap_or(rest.len());
    let name = &rest[..length];
    let begins = name.starts_with(|c: char| c.is_ascii_alphabetic());
    if !begins || !text[start + length..].starts_with(|c: char| c == '>' || c == '/' || c.is_whitespace()) {
        return None;
    }
    let (attributes, alone, end) = attributes(text, start + length)?;
    Some(Tag { place: at..end, name: name.to_owned(), attributes, closes, alone })
}

/// The attributes of a tag, whether it ends in `/>`, and where it ends.
#[expect(clippy::type_complexity, reason = "three parts of one tag")]
fn attributes(text: &str, mut at: usize) -> Option<(Vec<(String, String)>, bool, usize)> {
    let mut found = Vec::new();
    loop {
        let rest = &text[at..];
        let blanks = rest.len() - rest.trim_start().len();
        if rest[..blanks].contains("\n\n") {
            return None;
        }
        at += blanks;
        let rest = &text[at..];
        if rest.starts_with("/>") {
            return Some((found, true, at + 2));
        }
        match rest.chars().next()? {
            '>' => return Some((found, false, at + 1)),
            '/' => at += 1,
            '{' => at += braces(rest)?,
            '<' => return None,
            _ => {
                let length = rest.find(|c: char| c.is_whitespace() || matches!(c, '=' | '>' | '/' | '{' | '<'))?;
                // Numbers and words behind a mere `<` are no attributes.
                let named = length > 0 && rest.starts_with(|c: char| c.is_ascii_alphabetic() || "_:@#*.(".contains(c));
                if !named {
                    return None;
                }
                let name = rest[..length].to_owned();
                at += length;
                let after = text[at..].trim_start();
                let Some(value) = after.strip_prefix('=') else {
                    found.push((name, String::new()));
                    continue;
                };
                let value = value.trim_start();
                at = text.len() - value.len();
                let (value, length) = written(value)?;
                found.push((name, value));
                at += length;
            }
        }
    }
}

/// A value, and how long it is as it is written.
fn written(value: &str) -> Option<(String, usize)> {
    match value.chars().next()? {
        quote @ ('"' | '\'') => {
            let end = value[1..].find(quote)?;
            (!value[1..=end].contains("\n\n")).then(|| (unescaped(&value[1..=end]), end + 2))
        }
        '{' => {
            let end = braces(value)?;
            let inner = value[1..end - 1].trim();
            let plain = inner.trim_matches(['"', '\'', '`']);
            let is_plain = plain.len() + 2 == inner.len() && !plain.starts_with('{');
            Some((if is_plain { plain.to_owned() } else { format!("{{{inner}}}") }, end))
        }
        _ => {
            let end = value.find(|c: char| c.is_whitespace() || c == '>')?;
            Some((value[..end].to_owned(), end))
        }
    }
}

/// The length of what stands in braces, those inside of it included.
fn braces(text: &str) -> Option<usize> {
    let mut depth = 0usize;
    for (at, c) in text.char_indices().take(100_000) {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return Some(at + 1);
        }
    }
    None
}

/// A text without entities.
pub(super) fn unescaped(text: &str) -> String {
    quick_xml::escape::unescape(text).map_or_else(|_| text.to_owned(), Into::into)
}

/// The text between the tags of a piece of HTML.
pub(super) fn text_of(html: &str) -> String {
    let (mut out, mut inside) = (String::new(), false);
    for c in html.chars() {
        match c {
            '<' => inside = true,
            '>' if inside => inside = false,
            c if !inside => out.push(c),
            _ => {}
        }
    }
    unescaped(out.trim())
}
