//! Raw HTML is refused; what a reader would see of it is kept, so that a text and its translation can still be compared.

use std::ops::Range;

use super::Lower;
use super::inlines::{last_char, trim_end};
use crate::model::{Block, BlockKind, Image, Inline, InlineKind, Waiver};
use crate::source::Span;

/// Elements inside a line of text.
const INLINE: [&str; 20] = [
    "a", "abbr", "b", "br", "cite", "code", "del", "em", "i", "ins", "kbd", "mark", "q", "s", "small", "span",
    "strong", "sub", "sup", "u",
];

/// A part of HTML that a reader sees; places are bytes of the HTML.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Seen {
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
fn seen(html: &str) -> Vec<Seen> {
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
            let end = tag_end(html, open);
            tag(html, open..end, &mut out);
            end
        };
    }
    out
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

/// One past the `>` that ends a tag; one inside quotation marks does not.
fn tag_end(html: &str, open: usize) -> usize {
    let mut quote = None;
    for (at, c) in html[open..].char_indices().skip(1) {
        match (quote, c) {
            (None, '"' | '\'') => quote = Some(c),
            (Some(mark), c) if mark == c => quote = None,
            (None, '>') => return open + at + 1,
            _ => {}
        }
    }
    html.len()
}

fn tag(html: &str, range: Range<usize>, out: &mut Vec<Seen>) {
    let inner = html[range.clone()].trim_start_matches(['<', '/']);
    let name = inner[..inner.find(|c: char| !c.is_ascii_alphanumeric() && c != '-').unwrap_or(inner.len())]
        .to_ascii_lowercase();
    if name == "img" {
        let value = |key: &str| {
            attributes(html, range.clone()).find(|(k, _)| k == key).map_or(range.end..range.end, |(_, v)| v)
        };
        let (file, alt) = (value("src"), value("alt"));
        out.extend([Seen::Break, Seen::Picture(range, file, alt), Seen::Break]);
        return;
    }
    if INLINE.contains(&name.as_str()) {
        return;
    }
    out.push(Seen::Break);
    if html[range.clone()].starts_with("</") {
        out.push(Seen::Close(name));
        return;
    }
    let number = attributes(html, range.clone()).find(|(key, _)| key == "number").map(|(_, value)| value);
    for (key, value) in attributes(html, range) {
        if html[value.clone()].trim().is_empty() {
            continue;
        }
        match key.as_str() {
            "caption" => out.push(Seen::Caption(name.clone(), number.clone(), value)),
            "alt" | "title" | "label" | "summary" => out.extend([Seen::Text(value), Seen::Break]),
            key if key.ends_with("name") => out.extend([Seen::Text(value), Seen::Break]),
            _ => {}
        }
    }
}

/// A listing as a reader sees it.
fn without_tags(html: &str) -> String {
    let (mut out, mut at) = (String::new(), 0);
    while let Some(open) = html[at..].find('<').map(|n| at + n) {
        out.push_str(&html[at..open]);
        at = tag_end(html, open);
    }
    out.push_str(&html[at..]);
    out.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
}

/// The attributes of a tag that have a quoted value: keys in lower case, places of the values.
fn attributes(html: &str, range: Range<usize>) -> impl Iterator<Item = (String, Range<usize>)> {
    let mut at = range.start;
    std::iter::from_fn(move || {
        let equals = at + html.get(at..range.end)?.find('=')?;
        let key =
            html[at..equals].trim_end().rsplit(|c: char| c.is_whitespace()).next().unwrap_or("").to_ascii_lowercase();
        let quote = equals + 1 + html[equals + 1..range.end].find(|c: char| !c.is_whitespace())?;
        let mark = html[quote..].chars().next().filter(|c| matches!(c, '"' | '\''));
        let Some(mark) = mark else {
            at = quote;
            return Some((String::new(), quote..quote));
        };
        let end = quote + 1 + html[quote + 1..range.end].find(mark)?;
        at = end + 1;
        Some((key, quote + 1..end))
    })
}

impl Lower<'_, '_> {
    /// A block of HTML: a comment may be a waiver, anything else is refused. What it shows becomes paragraphs.
    pub(super) fn html(&mut self, literal: &str, range: Range<usize>, out: &mut Vec<Block>) -> Option<Waiver> {
        let start = range.start + self.input.text[range.clone()].find('<').unwrap_or(0);
        let written = &self.input.text[start..range.end];
        let comment = written.starts_with("<!--") && written.find("-->").is_some_and(|end| end + 3 == written.len());
        if comment {
            return self.waiver(start..range.end);
        }
        self.refused_block(literal.trim(), range, out);
        None
    }

    /// Refuses a block of HTML and keeps what it shows.
    fn refused_block(&mut self, text: &str, range: Range<usize>, out: &mut Vec<Block>) {
        let line = self.first_line(&range);
        self.error(line, msg!("raw HTML is not allowed"), msg!("use Markdown, or write `&lt;` for `<`"));
        if text.starts_with("<pre") {
            let kind = BlockKind::Code { lang: None, text: without_tags(text).trim_matches('\n').to_owned() };
            out.push(Block { id: None, span: self.span(range), kind });
            return;
        }
        // Inside quotations and lists the lines of the file are not those of the HTML.
        let base = self.input.text[range.clone()].starts_with(text).then_some(range.start);
        let mut whole = range.clone();
        let mut body: Vec<Inline> = Vec::new();
        for part in seen(text).into_iter().chain([Seen::Break]) {
            let file = self.input.file;
            let mut span = |part: &Range<usize>| {
                let place = match base {
                    Some(base) => base + part.start..base + part.end,
                    // The first part stands for all of them, the others nowhere.
                    None => std::mem::replace(&mut whole, range.end..range.end),
                };
                Span::new(file, place)
            };
            match part {
                Seen::Text(part) => {
                    let span = span(&part);
                    push_words(&mut body, &text[part], span);
                }
                Seen::Picture(tag, file, alt) => {
                    let span = span(&tag);
                    body.push(Inline { span, kind: InlineKind::Image(picture(&text[file], &text[alt])) });
                }
                Seen::Caption(element, number, words) => {
                    let mut caption = Vec::new();
                    let mut parts: Vec<Range<usize>> = number.into_iter().chain([words]).collect();
                    parts.sort_by_key(|part| part.start);
                    for part in parts {
                        push_words(&mut caption, &text[part.clone()], span(&part));
                    }
                    self.captions.push((element, caption));
                }
                Seen::Close(element) => {
                    if let Some(at) = self.captions.iter().rposition(|(opened, _)| *opened == element) {
                        out.extend(paragraph(self.captions.remove(at).1));
                    }
                }
                Seen::Break => out.extend(paragraph(std::mem::take(&mut body))),
            }
        }
    }

    /// The captions of elements that were never closed.
    pub(super) fn open_captions(&mut self) -> Vec<Block> {
        std::mem::take(&mut self.captions).into_iter().filter_map(|(_, caption)| paragraph(caption)).collect()
    }

    /// HTML in a line: a comment may be a waiver; a tag is refused, a picture is kept.
    pub(super) fn html_inline(
        &mut self,
        html: &str,
        hint: &Range<usize>,
        within: &Range<usize>,
        out: &mut Vec<Inline>,
    ) {
        let start = self.find(b"<", hint, within);
        let end =
            if self.input.text[start..within.end].starts_with(html) { start + html.len() } else { hint.end.max(start) };
        self.cursor = self.boundary(end.min(within.end));
        self.fresh = false;
        if html.starts_with("<!--") {
            let waiver = self.waiver(start..self.cursor.max(start));
            self.waivers.extend(waiver);
            // Without the comment, the blanks on its left would stand at the end of a line, or beside others.
            if !self.input.text[self.cursor..within.end].starts_with(|c: char| !c.is_whitespace()) {
                trim_end(out);
                self.last = last_char(out);
            }
            return;
        }
        let advice = if html.starts_with("<br") {
            msg!("end the line with a backslash to force a line break")
        } else {
            msg!("use Markdown, or write `&lt;` for `<`")
        };
        let range = start..self.cursor.max(start);
        self.error(range.clone(), msg!("raw HTML is not allowed"), advice);
        for part in seen(html) {
            if let Seen::Picture(_, file, alt) = part {
                self.push(range.clone(), InlineKind::Image(picture(&html[file], &html[alt])), out);
            }
        }
    }
}

fn push_words(body: &mut Vec<Inline>, words: &str, span: Span) {
    if let Some(last) = body.last().map(|last| last.span) {
        let gap = Span::new(last.file, last.end..last.end);
        body.push(Inline { span: gap, kind: InlineKind::Text(" ".to_owned()) });
    }
    body.push(Inline { span, kind: InlineKind::Text(words.to_owned()) });
}

fn paragraph(body: Vec<Inline>) -> Option<Block> {
    let span = body.first()?.span.to(body.last()?.span);
    Some(Block { id: None, span, kind: BlockKind::Paragraph(body) })
}

/// The HTML around it was reported; nothing else about the picture is.
fn picture(file: &str, alt: &str) -> Image {
    Image { path: String::new(), written: file.to_owned(), alt: alt.to_owned(), decorative: true, width_percent: None }
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
    }
}
