//! Figures: a picture alone in its paragraph, or whatever stands in `:::figure`.

use std::ops::Range;

use comrak::Node;
use comrak::nodes::{NodeLink, NodeValue};

use super::Lower;
use super::pictures::{HERE, Right, attributes};
use crate::model::{Block, BlockKind, Figure, Inline, InlineKind};

/// How many can stand side by side.
const MOST_COLUMNS: u8 = 4;

impl Lower<'_, '_> {
    /// The figure that replaces a paragraph with nothing but a picture.
    pub(super) fn lone_image(&mut self, paragraph: Node<'_>, range: &Range<usize>) -> Option<Block> {
        let node = paragraph.first_child()?;
        let NodeValue::Image(link) = &node.data().value else { return None };
        let (attributes, unread) = attributes(node);
        if !only_comments_after(node, unread) {
            return None;
        }
        self.comments_after(node, range);
        Some(self.picture_block(node, link, attributes.id, range))
    }

    /// The figures that replace a paragraph of pictures in a `:::figure`, each on a line of its own: their captions and credit lines
    /// have no room in a line of text.
    pub(super) fn pictures_on_lines(&mut self, paragraph: Node<'_>, range: &Range<usize>) -> Option<Vec<Block>> {
        let children: Vec<Node<'_>> = paragraph.children().collect();
        let is_end = |node: &Node<'_>| matches!(node.data().value, NodeValue::SoftBreak | NodeValue::LineBreak);
        let groups: Vec<&[Node<'_>]> = children.split(is_end).collect();
        let mut end = range.start;
        let mut lines: Vec<Range<usize>> = Vec::new();
        for line in self.input.text[range.clone()].split_inclusive('\n') {
            lines.push(end..end + line.trim_end().len());
            end += line.len();
        }
        if groups.len() < 2 || lines.len() != groups.len() || !groups.iter().all(|group| is_picture(group)) {
            return None;
        }
        let mut blocks = Vec::new();
        for (group, line) in groups.into_iter().zip(lines) {
            if let NodeValue::Image(link) = &group[0].data().value {
                blocks.push(self.picture_block(group[0], link, attributes(group[0]).0.id, &line));
            }
        }
        Some(blocks)
    }

    /// The figure that a picture is that stands alone.
    fn picture_block(&mut self, node: Node<'_>, link: &NodeLink, id: Option<String>, range: &Range<usize>) -> Block {
        let (url, title) = (&link.url, &link.title);
        let picture = self.picture(node, url, range);
        let id = self.anchored(id);
        let span = self.span(range.clone());
        let shown = Inline { span, kind: InlineKind::Image(picture.image) };
        let body = vec![Block { id: None, span, kind: BlockKind::Paragraph(vec![shown]) }];
        let caption = if title.is_empty() { Vec::new() } else { self.caption(title, url, range) };
        let mut figure = Figure { body, caption, here: picture.here, ..Figure::default() };
        for (right, text, place) in picture.rights {
            *right.of(&mut figure) = self.credit(&text, place);
        }
        Block { id, span, kind: BlockKind::Figure(figure) }
    }

    /// The waivers after a picture that is alone in its paragraph.
    pub(super) fn comments_after(&mut self, picture: Node<'_>, range: &Range<usize>) {
        (self.cursor, self.fresh) = (range.start, true);
        let waivers = self.waivers.len();
        for next in picture.following_siblings().skip(1) {
            let hint = self.lines.hint(next.data().sourcepos, range);
            if let NodeValue::HtmlInline(html) = &next.data().value {
                self.html_inline(html, &hint, range, &mut Vec::new());
            }
        }
        self.aim(waivers, range);
    }

    /// The caption in a picture's title, found in the file.
    fn caption(&mut self, title: &str, url: &str, range: &Range<usize>) -> Vec<Inline> {
        let slice = &self.input.text[range.clone()];
        let after = slice.rfind(url).map_or(0, |n| n + url.len());
        let quote = slice[after..].find(['"', '\'', '(']).map_or(after, |n| after + n + 1);
        let start = range.start + quote;
        self.cursor = start;
        self.fresh = true;
        self.last = None;
        let mut out = Vec::new();
        let mut lines = title.split(['\n', '\r']).filter(|l| !l.trim().is_empty());
        if let Some(first) = lines.next() {
            self.text(first, start..range.end, range, &mut out);
        }
        for line in lines {
            self.fresh = true;
            let joined = crate::lang::cjk::joins(self.last, line.trim().chars().next(), self.input.lang);
            if !joined {
                let at = self.cursor;
                self.push(at..at, InlineKind::Text(" ".to_owned()), &mut out);
            }
            self.text(line.trim(), self.cursor..range.end, range, &mut out);
        }
        self.spans(&mut out);
        out
    }

    /// What an attribute says of whose a picture is.
    fn credit(&mut self, text: &str, place: Range<usize>) -> Vec<Inline> {
        (self.cursor, self.fresh, self.last) = (place.start, true, None);
        let mut run = Vec::new();
        self.text(text.trim(), place.clone(), &place, &mut run);
        run
    }

    /// The figure that a `:::figure` with these attributes makes of what stands in it. Its last paragraph is the caption; a
    /// picture alone in it gives its own id, caption and credit if there are no others.
    pub(super) fn figure(
        &mut self,
        mut body: Vec<Block>,
        attributes: Vec<(String, String, Range<usize>)>,
        mut id: Option<String>,
        range: Range<usize>,
    ) -> Option<Block> {
        let mut figure = self.figure_attributes(attributes);
        let notes = self.table_notes(&mut body);
        figure.caption = self.last_paragraph(&mut body, &range);
        if body.is_empty() {
            let line = self.first_line(&range);
            let hint = msg!("put a picture, table or chart before the caption");
            self.error(line, msg!("this `:::figure` is empty"), hint);
            return None;
        }
        body.extend(notes);
        match body.as_mut_slice() {
            [Block { kind: BlockKind::Figure(inner), id: own, .. }] if is_single(inner) => {
                take(&mut figure.caption, &mut inner.caption);
                for right in Right::ALL {
                    take(right.of(&mut figure), right.of(inner));
                }
                figure.here |= inner.here;
                id = id.or_else(|| own.take());
            }
            [Block { kind: BlockKind::Chart(chart), span, .. }] if figure.caption.is_empty() => {
                let title = chart.title.take().map(|title| Inline { span: *span, kind: InlineKind::Text(title) });
                figure.caption.extend(title);
            }
            _ => {}
        }
        if !figure.caption.is_empty() {
            letter(&mut body);
        }
        figure.body = body.into_iter().map(bare).collect();
        let span = self.span(range);
        Some(Block { id, span, kind: BlockKind::Figure(figure) })
    }

    /// Takes the caption of a `:::figure`: its last paragraph, if that is not all.
    fn last_paragraph(&mut self, body: &mut Vec<Block>, range: &Range<usize>) -> Vec<Inline> {
        if body.len() < 2 {
            return Vec::new();
        }
        let last = body.pop_if(|last| matches!(last.kind, BlockKind::Paragraph(_)));
        let Some(Block { kind: BlockKind::Paragraph(caption), id, .. }) = last else { return Vec::new() };
        if let Some(id) = id {
            let line = self.first_line(range);
            let hint = msg!("move the id to `:::figure`");
            self.error(line, msg!("the caption cannot have the id `{id}`", id), hint);
        }
        caption
    }

    /// What the attributes of a `:::figure` say.
    fn figure_attributes(&mut self, attributes: Vec<(String, String, Range<usize>)>) -> Figure {
        let mut figure = Figure::default();
        for (key, value, place) in attributes {
            match (key.as_str(), value.as_str()) {
                ("class", HERE) => figure.here = true,
                ("columns", _) => {
                    figure.columns = value.parse().ok().filter(|n| (1..=MOST_COLUMNS).contains(n));
                    if figure.columns.is_none() {
                        let hint = msg!("write a number from 1 to {most}, as in `columns=2`", most = MOST_COLUMNS);
                        self.error(place, msg!("`{value}` is not a number of columns", value), hint);
                    }
                }
                _ => match Right::named(&key) {
                    Some(right) => *right.of(&mut figure) = self.credit(&value, place),
                    None => {
                        let hint = msg!(
                            "write `{{#id columns=2 credit=\"…\" source=\"…\" licence=\"…\"}}`, and `.here` to hold the figure in its place"
                        );
                        self.error(place, msg!("`:::figure` has no attribute `{key}`", key), hint);
                    }
                },
            }
        }
        figure
    }
}

/// Whether a figure is a picture that was alone in its paragraph, or a listing with a title.
fn is_single(figure: &Figure) -> bool {
    matches!(&figure.body[..], [Block { kind: BlockKind::Paragraph(_) | BlockKind::Code { .. }, .. }])
}

/// Takes a text that the figure around has not.
fn take(around: &mut Vec<Inline>, own: &mut Vec<Inline>) {
    if around.is_empty() {
        *around = std::mem::take(own);
    }
}

/// Gives letters to the figures in a figure, if it has several and one of them says what it is.
fn letter(body: &mut [Block]) {
    let inner = |block: &Block| matches!(&block.kind, BlockKind::Figure(figure) if !figure.caption.is_empty());
    if body.len() < 2 || !body.iter().any(inner) {
        return;
    }
    let parts = body.iter_mut().filter_map(|block| match &mut block.kind {
        BlockKind::Figure(figure) => Some(figure),
        _ => None,
    });
    for (figure, letter) in parts.zip('a'..='z') {
        figure.part = Some(letter);
    }
}

/// A picture or a listing in a figure as it is, if nothing is said of it: the number belongs to the figure around it.
fn bare(mut block: Block) -> Block {
    match &mut block.kind {
        BlockKind::Figure(inner)
            if is_single(inner)
                && inner.part.is_none()
                && inner.caption.is_empty()
                && inner.rights().next().is_none() =>
        {
            let picture = inner.body.remove(0);
            Block { id: block.id.take(), ..picture }
        }
        _ => block,
    }
}

/// Whether what stands in a line is a picture and nothing else.
fn is_picture(line: &[Node<'_>]) -> bool {
    let Some((first, rest)) = line.split_first() else { return false };
    if !matches!(first.data().value, NodeValue::Image(_)) {
        return false;
    }
    let mut unread = attributes(first).1;
    rest.iter().all(|next| match &next.data().value {
        NodeValue::Text(text) => text[std::mem::take(&mut unread)..].trim().is_empty(),
        _ => false,
    })
}

/// Whether nothing but comments follows a picture in its paragraph, after attributes of `unread` bytes.
pub(super) fn only_comments_after(picture: Node<'_>, mut unread: usize) -> bool {
    picture.following_siblings().skip(1).all(|next| match &next.data().value {
        NodeValue::Text(text) => text[std::mem::take(&mut unread)..].trim().is_empty(),
        NodeValue::HtmlInline(html) => html.starts_with("<!--"),
        _ => false,
    })
}
