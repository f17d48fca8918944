//! HTML in a manuscript. What a book can show and Markdown cannot write is read: line breaks in cells, raised and lowered
//! text, pictures with a width. Comments are dropped, unless they are waivers. All else is refused with the way to write it.

mod details;
mod elements;
mod inline;
mod picture;
mod refused;
mod seen;

use std::mem;
use std::ops::Range;

use comrak::Node;
use comrak::nodes::{NodeHtmlBlock, NodeValue};

use super::{Lower, tag, waivers};
use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::message::Message;
use crate::model::{Block, BlockKind, Image, Inline, InlineKind, Waiver};
use crate::source::Span;
use elements::meaning;
use inline::OpenTag;
use refused::Refusal;
use seen::{Seen, seen, without_tags};

/// The HTML of a chapter that is open or waits for its place.
#[derive(Default)]
pub(super) struct HtmlState {
    /// Tags in lines of text that are open.
    open: Vec<OpenTag>,
    /// Elements that were reported as not closed: their end tags are not reported again.
    astray: Vec<String>,
    /// What was refused, in the order of the chapter.
    refusals: Vec<Refusal>,
    /// Elements of refused blocks that are open.
    refused: Vec<String>,
    /// Captions of the refused elements that are open, by name.
    captions: Vec<(String, Vec<Inline>)>,
    /// Ids that wait for the block that they stand in or before.
    anchors: Vec<(String, Range<usize>)>,
    /// What was left out and told, each once in a chapter.
    told: Vec<String>,
}

impl Lower<'_, '_> {
    /// A block of HTML. Comments may be waivers; what a manuscript may have is read as a paragraph; anything else is
    /// refused, and what it shows becomes paragraphs.
    pub(super) fn html(
        &mut self,
        html: &NodeHtmlBlock,
        range: Range<usize>,
        waiting: &mut Vec<Waiver>,
        out: &mut Vec<Block>,
    ) {
        let start = range.start + self.input.text[range.clone()].find('<').unwrap_or(0);
        let Some(end) = comments(&self.input.text[start..range.end]) else {
            let line = self.first_line(&(start..range.end));
            self.error(line, msg!("this comment is never closed"), msg!("write `-->` at its end"));
            return;
        };
        for comment in end.iter().map(|comment| start + comment.start..start + comment.end) {
            if waivers::is_page_break(&self.input.text[comment.clone()]) {
                out.extend(self.page_break(comment));
            } else {
                waiting.extend(self.waiver(comment));
            }
        }
        let commented = end.last().map_or(0, |last| last.end);
        let written = html.literal.trim();
        let read = comments(written).and_then(|read| read.last().map(|last| last.end)).unwrap_or(0);
        let rest = written[read..].trim_start();
        if rest.is_empty() {
            return;
        }
        let blank = self.input.text[start + commented..range.end].len();
        let blank = blank - self.input.text[start + commented..range.end].trim_start().len();
        let range = start + commented + blank..range.end;
        self.keep(waiting, Some(range.clone()));
        let element = tag::read(&rest[..tag::length(rest)]).map(|tag| tag.name);
        if read > 0 || element.is_some_and(|element| meaning(&element).is_some()) {
            self.reread(rest, &range, out);
        } else {
            self.refused_block(rest, range, out);
        }
    }

    /// A comment that begins a new page. Inside of anything else there is no page to begin.
    fn page_break(&mut self, comment: Range<usize>) -> Option<Block> {
        if self.depth > 1 {
            self.misplaced_break(comment);
            return None;
        }
        Some(Block { id: None, span: self.span(comment), kind: BlockKind::PageBreak })
    }

    fn misplaced_break(&mut self, comment: Range<usize>) {
        let hint =
            msg!("put it on a line of its own, with empty lines around it, outside of lists and building blocks");
        self.error(comment, msg!("a page cannot break here"), hint);
    }

    /// Reads as a paragraph what comrak leaves as it is, because the line begins with a tag or a comment.
    fn reread(&mut self, text: &str, range: &Range<usize>, out: &mut Vec<Block>) {
        out.extend(self.again(text, range, |lower, root| lower.blocks(root, range)));
    }

    /// Whether a paragraph is nothing but tags that are refused, as a component whose attributes stand on several lines.
    pub(super) fn is_refused(&self, paragraph: Node<'_>) -> bool {
        let mut tags = paragraph.children().filter_map(|node| match &node.data().value {
            NodeValue::HtmlInline(html) => Some(tag::read(html).is_some_and(|tag| meaning(&tag.name).is_none())),
            NodeValue::SoftBreak => None,
            _ => Some(false),
        });
        tags.next() == Some(true) && tags.all(|refused| refused)
    }

    /// Refuses a block of HTML and keeps what it shows.
    pub(super) fn refused_block(&mut self, text: &str, range: Range<usize>, out: &mut Vec<Block>) {
        if !self.ends_refused(text) {
            let line = self.first_line(&range);
            self.refuse(text, line);
        }
        if text.starts_with("<script") || text.starts_with("<style") {
            return;
        }
        if text.starts_with("<pre") {
            let text = self.within_lines(without_tags(text).trim_matches('\n'), &range);
            let kind = BlockKind::Code { lang: None, text, indented: false, fence: Box::default() };
            out.push(Block { id: None, span: self.span(range), kind });
            return;
        }
        self.refused_words(text, range, out);
    }

    /// The words and pictures in a block that was refused.
    fn refused_words(&mut self, text: &str, range: Range<usize>, out: &mut Vec<Block>) {
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
                    None => mem::replace(&mut whole, range.end..range.end),
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
                    body.push(Inline { span, kind: InlineKind::Image(refused_picture(&text[file], &text[alt])) });
                }
                Seen::Caption(element, number, words) => {
                    let mut caption = Vec::new();
                    let mut parts: Vec<Range<usize>> = number.into_iter().chain([words]).collect();
                    parts.sort_by_key(|part| part.start);
                    for part in parts {
                        push_words(&mut caption, &text[part.clone()], span(&part));
                    }
                    self.html.captions.push((element, caption));
                }
                Seen::Close(element) => {
                    if let Some(at) = self.html.captions.iter().rposition(|(opened, _)| *opened == element) {
                        out.extend(paragraph(self.html.captions.remove(at).1));
                    }
                }
                Seen::Break => out.extend(paragraph(mem::take(&mut body))),
            }
        }
    }

    /// Whether a block holds nothing but the end tags of elements that were refused where they began. Notes which
    /// elements it leaves open.
    fn ends_refused(&mut self, html: &str) -> bool {
        let mut ends = true;
        let mut at = 0;
        while let Some(open) = html[at..].find('<').map(|n| at + n) {
            ends &= html[at..open].trim().is_empty();
            at = open + tag::length(&html[open..]);
            let Some(tag) = tag::read(&html[open..at]) else { continue };
            let opened = self.html.refused.iter().rposition(|name| *name == tag.name);
            match (tag.kind, opened) {
                (tag::TagKind::Close, Some(opened)) => _ = self.html.refused.remove(opened),
                (tag::TagKind::Close, None) => ends = false,
                _ => {
                    ends = false;
                    if tag.kind == tag::TagKind::Open && !elements::is_void(&tag.name) {
                        self.html.refused.push(tag.name);
                    }
                }
            }
        }
        ends && html[at..].trim().is_empty()
    }

    /// Tells once in a chapter that something of HTML is left out.
    fn left_out(&mut self, what: &str, place: Range<usize>, message: Message, hint: Message) {
        if self.html.told.iter().any(|told| told == what) {
            return;
        }
        self.html.told.push(what.to_owned());
        let span = self.span(place);
        self.sink.push(Diagnostic::warning(codes::HTML_LEFT_OUT, message).at(span).hint(hint));
    }

    /// The id of a block: its own, or that of an anchor in it or before it.
    pub(super) fn anchored(&mut self, own: Option<String>) -> Option<String> {
        let mut id = own;
        for (anchor, place) in mem::take(&mut self.html.anchors) {
            match &id {
                None => id = Some(anchor),
                Some(id) => {
                    let message = msg!("the anchor `{anchor}` is left out: its block has the id `{id}`", anchor, id);
                    self.left_out(&format!("{place:?}"), place, message, msg!("let links lead to `#{id}`", id));
                }
            }
        }
        id
    }

    /// What still waits at the end of a chapter: what was refused, captions of elements that were never closed, anchors before no block.
    pub(super) fn end_html(&mut self) -> Vec<Block> {
        self.report_refusals();
        for (anchor, place) in mem::take(&mut self.html.anchors) {
            let message = msg!("the anchor `{anchor}` is left out: no text follows it", anchor);
            self.left_out(&format!("{place:?}"), place, message, msg!("put it before the text that links lead to"));
        }
        mem::take(&mut self.html.captions).into_iter().filter_map(|(_, caption)| paragraph(caption)).collect()
    }
}

/// The comments that a text begins with, blanks between them; `None` if one has no end.
fn comments(text: &str) -> Option<Vec<Range<usize>>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    loop {
        let at = found.last().map_or(0, |last| last.end);
        let start = at + text[at..].len() - text[at..].trim_start().len();
        if !text[start..].starts_with("<!--") {
            return Some(found);
        }
        // `<!-->` and `<!--->` are whole comments.
        let end = text[start + 2..].find("-->")?;
        found.push(start..start + 2 + end + 3);
    }
}

/// The names of the notes that a text refers to.
pub(super) fn notes(text: &str) -> Vec<&str> {
    text.split("[^").skip(1).filter_map(|part| Some(part.split_once(']')?.0)).filter(|name| !name.is_empty()).collect()
}

/// Takes out what was parsed along with a text: the line before it and the notes after it.
pub(super) fn drop_additions(root: Node<'_>) {
    let children: Vec<Node<'_>> = root.children().collect();
    for node in children {
        if matches!(node.data().value, NodeValue::FootnoteDefinition(_)) {
            node.detach();
        }
    }
    let Some(paragraph) = root.first_child() else { return };
    let additions: Vec<Node<'_>> = paragraph.children().take(2).collect();
    for (node, soft) in additions.into_iter().zip([false, true]) {
        if matches!(node.data().value, NodeValue::SoftBreak) == soft {
            node.detach();
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
fn refused_picture(file: &str, alt: &str) -> Image {
    Image { written: file.to_owned(), alt: alt.to_owned(), decorative: true, ..Image::default() }
}
