//! What a reader would see of HTML that is refused, so that a text and its translation can still be compared.

use std::ops::Range;

use crate::manuscript::markdown::tag::{self, TagKind};

/// Elements inside a line of text.
const INLINE: [&str; 20] = [
    "a", "abbr", "b", "br", "cite", "code", "del", "em", "i", "ins", "kbd", "mark", "q", "s", "small", "span",
    "strong", "sub", "sup", "u",
];

/// A part of HTML that a reader sees; places are bytes of the HTML.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Seen {
    /// Text, or an attribute that is shown as text.
    Text(Range<usize>),
    /// A picture: its whole tag, its file, its alternative text.
    Picture(Range<usize>, Range<usize>, Range<usize>),
    /// A caption, set below the content of its element: the element's name, its number if it has one, the words.
    Caption(String, Option<Range<usize>>, Range<usize>),
    /// The end of an element of this name.
    Close(String),
    /// What separates two paragraphs.
    Break,
}

/// What a reader sees of a stretch of HTML, in order.
pub(super) fn seen(html: &str) -> Vec<Seen> {
    let mut out = Vec::new();
    let mut at = 0;
    while at < html.len() {
        let open = html[at..].find('<').map_or(html.len(), |n| at + n);
        text(html, at..open, &mut out);
        if open == html.len() {
            break;
        }
        at = if html[open..].starts_with("<!--") {
            html[open..].find("-->").map_or(html.len(), |n| open + n + 3)
        } else {
            let end = open + tag::length(&html[open..]);
            element(html, open..end, &mut out);
            hidden(html, open..end)
        };
    }
    out
}

/// Where what a tag opens ends, if it is never shown: a script or a style sheet. Else where the tag ends.
fn hidden(html: &str, range: Range<usize>) -> usize {
    let Some(tag) = tag::read(&html[range.clone()]).filter(|tag| tag.kind == TagKind::Open) else { return range.end };
    if !matches!(tag.name.as_str(), "script" | "style") {
        return range.end;
    }
    let close = format!("</{}", tag.name);
    html[range.end..].to_ascii_lowercase().find(&close).map_or(html.len(), |n| range.end + n)
}

/// The lines of a stretch of text; an empty one separates paragraphs.
fn text(html: &str, range: Range<usize>, out: &mut Vec<Seen>) {
    let mut at = range.start;
    for (number, line) in html[range].split_inclusive('\n').enumerate() {
        let trimmed = line.trim();
        if !trimmed.is_empty() {
            let start = at + (line.len() - line.trim_start().len());
            out.push(Seen::Text(start..start + trimmed.len()));
        } else if number > 0 && line.ends_with('\n') {
            out.push(Seen::Break);
        }
        at += line.len();
    }
}

fn element(html: &str, range: Range<usize>, out: &mut Vec<Seen>) {
    let Some(tag) = tag::read(&html[range.clone()]) else { return out.push(Seen::Break) };
    let place = |attribute: &tag::Attribute| range.start + attribute.inner.start..range.start + attribute.inner.end;
    if tag.name == "img" {
        let value = |name: &str| tag.attribute(name).map_or(range.end..range.end, place);
        let (file, alt) = (value("src"), value("alt"));
        out.extend([Seen::Break, Seen::Picture(range.clone(), file, alt), Seen::Break]);
        return;
    }
    if INLINE.contains(&tag.name.as_str()) {
        return;
    }
    out.push(Seen::Break);
    if tag.kind == TagKind::Close {
        out.push(Seen::Close(tag.name));
        return;
    }
    let number = tag.attribute("number").map(place);
    for attribute in tag.attributes.iter().filter(|attribute| !attribute.value.trim().is_empty()) {
        match attribute.name.as_str() {
            "caption" => out.push(Seen::Caption(tag.name.clone(), number.clone(), place(attribute))),
            "alt" | "title" | "label" | "summary" => out.extend([Seen::Text(place(attribute)), Seen::Break]),
            // A mere name is an id; that of a file is shown.
            name if name.len() > 4 && name.ends_with("name") => out.extend([Seen::Text(place(attribute)), Seen::Break]),
            _ => {}
        }
    }
}

/// A listing as a reader sees it.
pub(super) fn without_tags(html: &str) -> String {
    let (mut out, mut at) = (String::new(), 0);
    while let Some(open) = html[at..].find('<').map(|n| at + n) {
        out.push_str(&html[at..open]);
        at = open + tag::length(&html[open..]);
    }
    out.push_str(&html[at..]);
    out.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(html: &str) -> Vec<&str> {
        let text = |part| match part {
            Seen::Text(range) | Seen::Picture(_, range, _) | Seen::Caption(_, _, range) => Some(&html[range]),
            Seen::Break | Seen::Close(_) => None,
        };
        seen(html).into_iter().filter_map(text).collect()
    }

    #[test]
    fn listings_lose_their_tags() {
        assert_eq!(without_tags("<pre><code>a <em>b</em> &lt;c&gt;\n</code></pre>"), "a b <c>\n");
    }

    #[test]
    fn texts_and_captions_are_seen() {
        assert_eq!(shown("<Listing number=\"1\" file-name=\"a.rs\" caption=\"One > two\">"), ["a.rs", "One > two"]);
        assert_eq!(shown("<div>\nA <b>bold</b>\nline\n\nmore</div>"), ["A", "bold", "line", "more"]);
        assert_eq!(shown("<img alt=\"甲\"\n src='b.svg' />"), ["b.svg"]);
        assert_eq!(shown("<!-- <p>no</p> --><br>"), [""; 0]);
        assert_eq!(shown("<Diagram name=\"tree_1\" alt=\"A tree\">"), ["A tree"]);
        assert_eq!(shown("<div>one<script>let a = 1;</script>two<style>b {}</style></div>"), ["one", "two"]);
    }
}
