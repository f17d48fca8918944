//! Blocks.

use std::ops::Range;

use comrak::Node;
use comrak::nodes::{NodeHeading, NodeValue};

use super::{Head, Lower, attrs, scan};
use crate::codes;
use crate::diagnostic::{Diagnostic, nearest};
use crate::manuscript::choices;
use crate::model::{
    Attr, BUILDING_BLOCKS, Block, BlockKind, CALLOUT_KINDS, CALLOUT_WORDS, Inline, InlineKind, callout_word,
};

impl Lower<'_, '_> {
    /// The blocks inside a node.
    pub(super) fn blocks(&mut self, parent: Node<'_>, within: &Range<usize>) -> Vec<Block> {
        self.deeper(within.clone(), |lower| {
            let mut out = Vec::new();
            let mut waiting = Vec::new();
            for child in parent.children() {
                let range = lower.lines.block(child.data().sourcepos, within);
                if let NodeValue::HtmlBlock(html) = &child.data().value {
                    lower.html(html, range, &mut waiting, &mut out);
                    continue;
                }
                lower.keep(&mut waiting, Some(range.clone()));
                lower.block(child, range, &mut out);
            }
            lower.keep(&mut waiting, None);
            out.shrink_to_fit();
            out
        })
    }

    /// The lines of the front matter, which stand before the body as headings.
    pub(super) fn head(&mut self, root: Node<'_>) -> Vec<Head> {
        let mut head = Vec::new();
        for line in self.input.head {
            let Some(node) = root.first_child() else { break };
            let mut run = self.inlines(node, &line.span.range());
            let late = self.trailing_id(&mut run);
            let id = node.data().attrs.as_ref().and_then(|attrs| attrs.id.clone()).or(late);
            head.push(Head { span: line.span, run, id });
            node.detach();
        }
        head
    }

    fn block(&mut self, node: Node<'_>, range: Range<usize>, out: &mut Vec<Block>) {
        let id = node.data().attrs.as_ref().and_then(|a| a.id.clone());
        let value = node.data().value.clone();
        match value {
            NodeValue::Paragraph if self.is_refused(node) => {
                let text = &self.input.text[range.clone()];
                self.refused_block(text, range, out);
            }
            NodeValue::Paragraph => match self.in_figure.then(|| self.pictures_on_lines(node, &range)).flatten() {
                Some(pictures) => out.extend(pictures),
                None => out.extend(self.paragraph(node, range)),
            },
            NodeValue::Heading(heading) => {
                let first = out.is_empty();
                out.extend(self.heading(node, heading, id, range, first));
            }
            NodeValue::FootnoteDefinition(definition) => self.note(node, &definition.name, range),
            NodeValue::BlockDirective(_) => out.extend(self.directive(node, range)),
            NodeValue::CodeBlock(code) => out.extend(self.code_block(node, *code, range)),
            NodeValue::Callout(_) => out.push(self.alert(node, range)),
            value => out.extend(self.plain_block(node, value, id, range)),
        }
    }

    /// A block that has nothing but an id besides what stands in it.
    fn plain_block(
        &mut self,
        node: Node<'_>,
        value: NodeValue,
        id: Option<String>,
        range: Range<usize>,
    ) -> Option<Block> {
        let kind = match value {
            NodeValue::BlockQuote => BlockKind::Quote(self.blocks(node, &range)),
            NodeValue::List(list) => self.list(node, list, &range),
            NodeValue::Table(table) => self.table(node, &table.alignments, &range),
            NodeValue::DescriptionList => self.definitions(node, &range),
            NodeValue::ThematicBreak => BlockKind::Rule,
            _ => {
                self.error(range, msg!("this is not allowed in a manuscript"), msg!("write it another way"));
                return None;
            }
        };
        let span = self.span(range);
        Some(Block { id: self.anchored(id), span, kind })
    }

    fn heading(
        &mut self,
        node: Node<'_>,
        heading: NodeHeading,
        id: Option<String>,
        range: Range<usize>,
        first: bool,
    ) -> Option<Block> {
        self.only_id(node, &range);
        if self.conflict(&range) {
            return None;
        }
        self.underlined(heading, &range);
        let mut body = self.inlines(node, &range);
        let late = self.trailing_id(&mut body).or_else(|| self.mdx_id(&mut body));
        let level = heading.level.saturating_sub(self.title_level - 1).max(1);
        if level > 1 {
            if body.is_empty() {
                self.error(range, msg!("this heading is empty"), msg!("add text, or remove it"));
                return None;
            }
            let span = self.span(range);
            let id = self.anchored(id.or(late));
            return Some(Block { id, span, kind: BlockKind::Heading { level, body } });
        }
        if self.input.titled || self.title.is_some() || !first || self.depth > 1 {
            let hint = match self.input.titled && first {
                true => msg!("remove it: the title of the chapter stands in the front matter"),
                false => msg!("start headings in the text with `##`: only the chapter title has level 1"),
            };
            self.error(range.clone(), msg!("headings of level 1 are not allowed inside a chapter"), hint);
            let span = self.span(range);
            return Some(Block { id: id.or(late), span, kind: BlockKind::Heading { level: 1, body } });
        }
        if let (Some(start), Some(end)) = (body.first(), body.last()) {
            let span = start.span.to(end.span);
            let id = self.anchored(id.or(late));
            self.title = Some(Head { span, run: body, id });
        }
        None
    }

    /// A paragraph, or the picture or formula that it consists of.
    fn paragraph(&mut self, node: Node<'_>, range: Range<usize>) -> Option<Block> {
        if let Some(figure) = self.lone_image(node, &range).or_else(|| self.lone_html_image(node, &range)) {
            return Some(figure);
        }
        self.lost_table(&range);
        self.conflict(&range);
        let mut body = self.inlines(node, &range);
        let id = self.trailing_id(&mut body);
        let span = self.span(range);
        // A paragraph with nothing but anchors and refused tags is left out.
        if body.iter().all(|inline| matches!(&inline.kind, InlineKind::Text(text) if text.trim().is_empty())) {
            return None;
        }
        let id = self.anchored(id);
        if let [Inline { kind: InlineKind::Math { text, span: inner, .. }, span: math }] = body.as_slice()
            && self.input.text[math.range()].starts_with("$$")
        {
            // Without the blanks around it, so that a place in the formula is one in the file.
            let text = text.trim().to_owned();
            let written = &self.input.text[inner.range()];
            let start = inner.start + written.len() - written.trim_start().len();
            let inner = if written.trim() == text { self.span(start..start + text.len()) } else { *inner };
            return Some(Block { id, span, kind: BlockKind::Math { text, span: inner, set: None, tag: None } });
        }
        Some(Block { id, span, kind: BlockKind::Paragraph(body) })
    }

    /// Takes `{#id}` off the end of a run of inlines.
    pub(super) fn trailing_id(&mut self, body: &mut Vec<Inline>) -> Option<String> {
        let last = body.last_mut()?;
        let InlineKind::Text(text) = &mut last.kind else { return None };
        let end = last.span.end;
        let exact = self.input.text.get(last.span.range()) == Some(text.as_str());
        if !exact || !text.ends_with('}') {
            return None;
        }
        let open = text.rfind("{#")?;
        let start = last.span.start + open;
        if self.input.text[..start].ends_with('\\') {
            return None;
        }
        match attrs::read(&self.input.text[..end], start) {
            Ok(found) => {
                text.truncate(text[..open].trim_end().len());
                last.span.end = last.span.start + text.len();
                if text.is_empty() {
                    body.pop();
                }
                if let Some((key, _, place)) = found.pairs.into_iter().next() {
                    self.error(place, msg!("only an id is allowed here, not `{key}`", key), msg!("write `{{#id}}`"));
                }
                found.id.map(|(id, _)| id)
            }
            Err(bad) => {
                self.error(bad.range, msg!("these attributes cannot be read"), bad.hint);
                None
            }
        }
    }

    /// Reports attributes other than an id on a block that can have only an id.
    pub(super) fn only_id(&mut self, node: Node<'_>, range: &Range<usize>) {
        let data = node.data();
        let Some(attrs) = &data.attrs else { return };
        let extra = attrs.classes.first().or_else(|| attrs.pairs.first().map(|(key, _)| key));
        if let Some(key) = extra {
            let line = self.first_line(range);
            self.error(line, msg!("only an id is allowed here, not `{key}`", key), msg!("write `{{#id}}`"));
        }
        if let Some(id) = attrs.id.as_ref().filter(|id| !attrs::is_id(id)) {
            let line = self.first_line(range);
            self.error(line, msg!("`{id}` is not a valid id", id), attrs::ID);
        }
    }

    pub(super) fn first_line(&self, range: &Range<usize>) -> Range<usize> {
        let slice = &self.input.text[range.clone()];
        range.start..range.start + slice.find(['\n', '\r']).unwrap_or(slice.len())
    }

    fn directive(&mut self, node: Node<'_>, range: Range<usize>) -> Option<Block> {
        if !self.input.text[range.clone()].starts_with(':') {
            return Some(self.foreign_callout(node, range));
        }
        let line = self.first_line(&range);
        let head = &self.input.text[..line.end];
        let start = line.start + head[line.clone()].bytes().take_while(|b| *b == b':').count();
        let start = start + (head[start..].len() - head[start..].trim_start().len());
        let length = head[start..].find(|c: char| c.is_whitespace() || matches!(c, '{' | '['));
        let name = start..start + length.unwrap_or(head.len() - start);
        if let Some(named) = callout_word(&head[name.clone()]) {
            return Some(self.callout(node, range, named, name.end));
        }
        self.known(name.clone(), &line);
        let (attrs, readable) = self.head_attributes(name.end, &line);
        if readable {
            self.complete(&self.input.text[name.clone()], &attrs, &line);
        }
        let around = (self.verse, self.in_figure);
        self.verse |= self.input.text[name.clone()] == *scan::POEM;
        self.in_figure = self.input.text[name.clone()] == *"figure";
        let body = self.blocks(node, &range);
        (self.verse, self.in_figure) = around;
        let id = attrs.id.map(|(id, _)| id);
        let name = self.input.text[name].to_owned();
        let span = self.span(range.clone());
        if name == "figure" {
            return self.figure(body, attrs.pairs, id, range);
        }
        let attrs = attrs.pairs.into_iter().map(|pair| self.attr(pair, &line)).collect();
        Some(Block { id, span, kind: BlockKind::Container { name, attrs, body } })
    }

    /// The attributes in the head of a container from byte `at` on, and whether nothing else stands there.
    pub(super) fn head_attributes(&mut self, at: usize, line: &Range<usize>) -> (attrs::Attrs, bool) {
        let head = &self.input.text[..line.end];
        let after = at + (head[at..].len() - head[at..].trim_start().len());
        let mut attrs = attrs::Attrs { end: after, ..Default::default() };
        let mut readable = true;
        if head[after..].starts_with('{') {
            match attrs::read(head, after) {
                Ok(found) => attrs = found,
                Err(bad) => {
                    readable = false;
                    self.error(bad.range, msg!("these attributes cannot be read"), bad.hint);
                }
            }
        }
        if attrs.end > after || !head[after..].starts_with('{') {
            let rest = head[attrs.end..].trim();
            if !rest.is_empty() {
                readable = false;
                let start = line.end - head[attrs.end..].trim_start().len();
                let hint = match rest.starts_with('｛') {
                    true => msg!("write half-width braces: `{{…}}`"),
                    false => msg!("put attributes in braces: `:::name {{#id key=\"value\"}}`"),
                };
                self.error(start..start + rest.len(), msg!("`{text}` is not allowed here", text = rest), hint);
            }
        }
        (attrs, readable)
    }

    /// An attribute of a container whose head is `line`.
    pub(super) fn attr(&self, (key, value, place): (String, String, Range<usize>), line: &Range<usize>) -> Attr {
        let before = &self.input.text[line.start..place.start];
        let named = before.rfind(key.as_str()).filter(|at| before[at + key.len()..].starts_with('='));
        let start = named.map_or(place.start, |at| line.start + at);
        let after = &self.input.text[place.end..line.end];
        let close = attrs::quotes(after).filter(|_| named.is_some()).map_or(0, |(mark, _)| mark.len_utf8());
        Attr { key, value, whole: self.span(start..place.end + close), span: self.span(place) }
    }

    /// Reports a container without a name or with an unknown one.
    fn known(&mut self, name: Range<usize>, line: &Range<usize>) {
        let word = &self.input.text[name.clone()];
        if word.is_empty() {
            let hint = msg!("write `:::name`, or remove this line if the container is already closed");
            self.error(line.clone(), msg!("this container has no name"), hint);
            return;
        }
        let Some(extra) = self.input.blocks else { return };
        let callouts = || CALLOUT_WORDS.into_iter().map(|(word, _)| word).take(CALLOUT_KINDS);
        let known = || BUILDING_BLOCKS.iter().copied().chain(callouts()).chain(extra.iter().map(String::as_str));
        if known().any(|k| k == word) {
            return;
        }
        let hint = match nearest(word, known()) {
            Some(near) => msg!("did you mean `{near}`?", near),
            None => msg!("use {choices}", choices = choices(known())),
        };
        let message = msg!("there is no building block `{name}`", name = word);
        let span = self.span(name);
        self.sink.push(Diagnostic::error(codes::UNKNOWN_BLOCK, message).at(span).hint(hint));
    }
}
