//! Tags in a line of text. They are paired within a paragraph, a cell, or a mark such as emphasis: none reaches over its end.

use std::ops::Range;

use super::elements::{self, Meaning, meaning};
use crate::manuscript::markdown::ends::{last_char, trim_end};
use crate::manuscript::markdown::tag::{self, Tag, TagKind};
use crate::manuscript::markdown::{Lower, MAX_DEPTH, attrs, too_deep, waivers};
use crate::model::{Inline, InlineKind, text};

/// A tag that is open.
pub(super) struct OpenTag {
    tag: Tag,
    place: Range<usize>,
    /// What it stands for; `None` if it was refused.
    meaning: Option<Meaning>,
    /// How many inlines of its run stood before it.
    before: usize,
    /// How deep its run lies.
    depth: usize,
}

impl Lower<'_, '_> {
    /// HTML in a line: a comment may be a waiver; a tag is read or refused.
    pub(in crate::manuscript::markdown) fn html_inline(
        &mut self,
        html: &str,
        hint: &Range<usize>,
        within: &Range<usize>,
        out: &mut Vec<Inline>,
    ) {
        let range = self.html_place(html, hint, within);
        if waivers::is_page_break(html) {
            return self.misplaced_break(range);
        }
        if html.starts_with("<!--") {
            let waiver = self.waiver(range);
            self.waivers.extend(waiver);
            // Without the comment, the blanks on its left would stand at the end of a line, or beside others.
            if !self.input.text[self.cursor..within.end].starts_with(|c: char| !c.is_whitespace()) {
                trim_end(out);
                self.last = last_char(out);
            }
            return;
        }
        let Some(tag) = tag::read(html) else { return self.refuse(html, range) };
        match (tag.kind, meaning(&tag.name)) {
            (_, Some(Meaning::Break)) => self.html_break(html, &tag, range, out),
            (TagKind::Close, _) => self.close(&tag.name, range, out),
            (_, Some(Meaning::Picture)) => {
                let image = self.html_image(html, &tag, &range);
                self.push(range, InlineKind::Image(image), out);
            }
            (_, meaning) => self.open(html, tag, meaning, range, out.len()),
        }
    }

    /// Where HTML in a line stands; the cursor moves past it.
    pub(super) fn html_place(&mut self, html: &str, hint: &Range<usize>, within: &Range<usize>) -> Range<usize> {
        let start = self.find(b"<", hint, within);
        let end =
            if self.input.text[start..within.end].starts_with(html) { start + html.len() } else { hint.end.max(start) };
        self.cursor = self.boundary(end.min(within.end));
        self.fresh = false;
        start..self.cursor.max(start)
    }

    fn html_break(&mut self, html: &str, tag: &Tag, range: Range<usize>, out: &mut Vec<Inline>) {
        self.left_out_attributes(html, tag, Meaning::Break, &range);
        trim_end(out);
        self.last = None;
        self.push(range, InlineKind::LineBreak, out);
    }

    fn open(&mut self, html: &str, tag: Tag, meaning: Option<Meaning>, place: Range<usize>, before: usize) {
        match meaning {
            Some(meaning) => self.left_out_attributes(html, &tag, meaning, &place),
            None => self.refuse(html, place.clone()),
        }
        if meaning == Some(Meaning::Link) {
            self.anchor(html, &tag, &place);
        }
        if tag.kind == TagKind::Alone || elements::is_void(&tag.name) {
            return;
        }
        if self.depth + self.html.open.len() < MAX_DEPTH {
            self.html.open.push(OpenTag { tag, place, meaning, before, depth: self.depth });
        } else if !self.said_too_deep {
            self.said_too_deep = true;
            let span = self.span(place);
            self.sink.push(too_deep(span));
        }
    }

    /// Ends an element, and all that was opened in it and is not closed.
    fn close(&mut self, name: &str, place: Range<usize>, out: &mut Vec<Inline>) {
        let same = |open: &OpenTag| open.depth == self.depth && open.tag.name == name;
        let Some(at) = self.html.open.iter().rposition(same) else { return self.stray(name, place) };
        let mut ended = self.html.open.split_off(at).into_iter();
        let Some(open) = ended.next() else { return };
        for inner in ended.filter(|inner| inner.meaning.is_some()) {
            let message = msg!("`<{inner}>` is not closed before `</{name}>`", inner = &inner.tag.name, name);
            self.error(inner.place, message, msg!("close first what was opened last"));
            self.html.astray.push(inner.tag.name);
        }
        let body = out.split_off(open.before.min(out.len()));
        self.wrap(&open, body, open.place.start..place.end, out);
    }

    /// Adds what stands between two tags as what the element means.
    fn wrap(&mut self, open: &OpenTag, mut body: Vec<Inline>, whole: Range<usize>, out: &mut Vec<Inline>) {
        self.spans(&mut body);
        let kind = match open.meaning {
            Some(Meaning::Link) => return self.html_link(open, body, whole, out),
            None | Some(Meaning::Break | Meaning::Picture) => return out.extend(body),
            Some(_) if body.is_empty() => return,
            Some(Meaning::Emph) => InlineKind::Emph(body),
            Some(Meaning::Strong) => InlineKind::Strong(body),
            Some(Meaning::Strike) => InlineKind::Strike(body),
            Some(Meaning::Styled(style)) => InlineKind::Styled { style, body },
            Some(Meaning::Code) => {
                if let Some(other) = body.iter().find(|inline| !matches!(inline.kind, InlineKind::Text(_))) {
                    let message = msg!("only plain text can stand in `<code>`");
                    self.error(other.span.range(), message, msg!("write it between backquotes: `` `text` ``"));
                }
                InlineKind::Code(text::plain(&body))
            }
        };
        self.push(whole, kind, out);
    }

    fn html_link(&mut self, open: &OpenTag, body: Vec<Inline>, whole: Range<usize>, out: &mut Vec<Inline>) {
        match open.tag.value("href") {
            Some(url) => self.linked(url, body, whole, out),
            None => {
                if open.tag.attributes.is_empty() {
                    let hint = msg!("write `<a href=\"…\">`, or remove the tags");
                    self.error(open.place.clone(), msg!("this link leads nowhere"), hint);
                }
                // The text of an anchor is text.
                out.extend(body);
            }
        }
    }

    /// An end tag whose element is not open in its run.
    fn stray(&mut self, name: &str, place: Range<usize>) {
        if let Some(told) = self.html.astray.iter().position(|astray| astray == name) {
            self.html.astray.remove(told);
        } else if meaning(name).is_none() {
            self.refuse(&format!("<{name}>"), place);
        } else if let Some(outer) = self.html.open.iter().rposition(|open| open.tag.name == name) {
            self.html.open.remove(outer);
            let message = msg!("`</{name}>` stands inside a mark, and `<{name}>` outside of it", name);
            self.error(place, message, msg!("put both tags inside, or both outside"));
        } else {
            let message = msg!("`</{name}>` closes nothing", name);
            self.error(place, message, msg!("write `<{name}>` before what it holds, or remove it", name));
        }
    }

    /// Reports the tags that are open at the end of their run.
    pub(in crate::manuscript::markdown) fn unclosed_tags(&mut self) {
        let depth = self.depth;
        let ended: Vec<OpenTag> = self.html.open.extract_if(.., |open| open.depth == depth).collect();
        for open in ended {
            let name = open.tag.name;
            if open.meaning.is_some() {
                let message = msg!("`<{name}>` is not closed", name = &name);
                let hint = msg!(
                    "write `</{name}>` after what it holds, in the same paragraph or cell; a mere `<` is `&lt;`",
                    name = &name
                );
                self.error(open.place, message, hint);
            }
            self.html.astray.push(name);
        }
    }

    /// Keeps the id of a tag for its block.
    pub(super) fn anchor(&mut self, html: &str, tag: &Tag, place: &Range<usize>) {
        let Some(attribute) = tag.attribute("id").or_else(|| tag.attribute("name")) else { return };
        let id = &attribute.value;
        let place = self.part(html, place, &attribute.place);
        if attrs::is_id(id) {
            self.html.anchors.push((id.clone(), place));
        } else {
            self.error(place, msg!("`{id}` is not a valid id", id), attrs::ID);
        }
    }

    /// Tells of the attributes that say nothing in a book.
    pub(super) fn left_out_attributes(&mut self, html: &str, tag: &Tag, meaning: Meaning, place: &Range<usize>) {
        for attribute in &tag.attributes {
            let name = &attribute.name;
            if elements::attributes(meaning).contains(&name.as_str()) {
                continue;
            }
            let place = self.part(html, place, &attribute.place);
            let message = msg!("the attribute `{name}` of `<{element}>` is left out", name, element = &tag.name);
            let hint = match (meaning, name.as_str()) {
                (Meaning::Picture, "style" | "height") => msg!("write `width=\"60%\"`, a percentage of the text width"),
                _ => msg!("remove it: how the book looks is for the layout to say"),
            };
            self.left_out(&format!("{} {name}", tag.name), place, message, hint);
        }
    }

    /// The place in the file of a part of a tag; the whole tag where the file has it in another form.
    pub(super) fn part(&self, html: &str, place: &Range<usize>, part: &Range<usize>) -> Range<usize> {
        match self.input.text.get(place.clone()) {
            Some(written) if written == html => place.start + part.start..place.start + part.end,
            _ => place.clone(),
        }
    }

    /// Takes line breaks off the ends of a block, where they break nothing. One that is all the block has is told.
    pub(in crate::manuscript::markdown) fn trim_breaks(&mut self, body: &mut Vec<Inline>) {
        let is_break = |inline: &Inline| matches!(inline.kind, InlineKind::LineBreak);
        let Some(place) = body.first().filter(|first| is_break(first)).map(|first| first.span.range()) else {
            while body.pop_if(|last| is_break(last)).is_some() {}
            return;
        };
        let blank = |inline: &Inline| {
            is_break(inline) || matches!(&inline.kind, InlineKind::Text(text) if text.trim().is_empty())
        };
        let lead = body.iter().take_while(|inline| blank(inline)).count();
        body.drain(..lead);
        while body.pop_if(|last| is_break(last)).is_some() {}
        if body.is_empty() {
            let message = msg!("a line break that stands alone is left out");
            let hint = msg!("remove it: the distance of paragraphs is for the layout to say; `---` parts sections");
            self.left_out("lone br", place, message, hint);
        }
    }

    /// Reports comments and tags that are printed as they stand, because they have no end or are badly written.
    pub(in crate::manuscript::markdown) fn unread_html(&mut self, read: &str, from: usize, base: usize) {
        for (at, _) in read[from..].match_indices('<').map(|(at, found)| (from + at, found)) {
            let rest = &read[at..];
            let place = base + at..base + at + rest.trim_end().len();
            if rest.starts_with("<!--") {
                self.error(place, msg!("this comment is never closed"), msg!("write `-->` at its end"));
                return;
            }
            let name = rest[1..].split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default();
            let end = rest.find('>').map_or(0, |end| end + 1);
            let tag = &rest[..end];
            if meaning(&name.to_ascii_lowercase()).is_some() && tag[..end].contains(['=', '“']) {
                let place = base + at..base + at + end;
                let hint =
                    msg!("write attributes as in `<img src=\"a.png\" alt=\"…\">`, with straight quotation marks");
                self.error(place, msg!("this tag cannot be read"), hint);
            }
        }
    }
}
