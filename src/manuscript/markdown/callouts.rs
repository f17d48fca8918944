//! Callouts in all their forms: `:::note`, `> [!NOTE]`, `!!! note`, `<details>`. Each gives the same block.

use std::ops::Range;

use comrak::nodes::NodeValue;
use comrak::{Arena, Node};

use super::attrs::{self, Attrs};
use super::scan::foreign;
use super::{Lower, strikes};
use crate::codes;
use crate::diagnostic::{Diagnostic, nearest};
use crate::manuscript::choices;
use crate::model::{Attr, Block, BlockKind, CALLOUT_WORDS, Callout, CalloutKind, Inline, InlineKind, callout_word};

/// The word of a callout, and its kind.
type Named = (&'static str, CalloutKind);

impl Lower<'_, '_> {
    /// A callout in colons whose name ends at byte `at`: `:::note[title] {#id}`, `:::note title`, `:::note {title="…"}`.
    pub(super) fn callout(&mut self, node: Node<'_>, range: Range<usize>, named: Named, at: usize) -> Block {
        let line = self.first_line(&range);
        let (title, at) = title(&self.input.text[..line.end], at);
        let (mut attrs, _) = self.head_attributes(at, &line);
        let written = attrs.pairs.extract_if(.., |(key, ..)| key == "title").last();
        let title = written.map(|(.., place)| place).or(title);
        let id = attrs.id.take().map(|(id, _)| id);
        let rest = attrs.pairs.into_iter().map(|pair| self.attr(pair, &line)).collect();
        self.named_callout(node, range, named, (id, title, rest))
    }

    /// A callout as GitHub and Obsidian write it: a quotation that begins with `[!NOTE]`, with a title behind it if need be.
    pub(super) fn alert(&mut self, node: Node<'_>, range: Range<usize>) -> Block {
        let line = self.first_line(&range);
        let head = &self.input.text[..line.end];
        let start = head[line.start..].find("[!").map_or(line.end, |at| line.start + at + 2);
        let name = start..start + head[start..].find([']', '|']).unwrap_or(head.len() - start);
        let close = head[name.end..].find(']').map_or(head.len(), |at| name.end + at + 1);
        let close = close + usize::from(head[close..].starts_with(['+', '-']));
        let named = self.callout_named(name);
        if let Some(title) = node.first_child().filter(|child| matches!(child.data().value, NodeValue::CalloutTitle)) {
            title.detach();
        }
        let (title, at) = title(head, close);
        let (attrs, _) = self.head_attributes(at, &line);
        let id = attrs.id.map(|(id, _)| id);
        self.named_callout(node, range, named, (id, title, Vec::new()))
    }

    /// A callout as MkDocs writes it, `!!! note "title"`, or what HTML folds away.
    pub(super) fn foreign_callout(&mut self, node: Node<'_>, range: Range<usize>) -> Block {
        if self.input.text[range.clone()].starts_with('<') {
            return self.details(node, range);
        }
        let line = self.first_line(&range);
        let head = &self.input.text[..line.end];
        let mark = foreign::mark(&head[line.start..]).unwrap_or_default();
        let start = line.start + mark.len();
        let start = start + head[start..].len() - head[start..].trim_start().len();
        let length = head[start..].find(|c: char| !c.is_alphanumeric() && c != '-' && c != '_');
        let name = start..start + length.unwrap_or(head.len() - start);
        let title = head[name.end..].find(['"', '“', '”']).map(|at| name.end + at).map(|open| {
            let inner = open + head[open..].chars().next().map_or(0, char::len_utf8);
            inner..head[inner..].rfind(['"', '“', '”']).map_or(head.len(), |at| inner + at)
        });
        let (word, mut kind) = self.callout_named(name);
        // What may be folded away, unless it warns.
        if mark.starts_with('?') && matches!(kind, CalloutKind::Note | CalloutKind::Tip) {
            kind = CalloutKind::Details;
        }
        self.named_callout(node, range, (word, kind), (None, title, Vec::new()))
    }

    /// A callout with its id, title and other attributes.
    pub(super) fn named_callout(
        &mut self,
        node: Node<'_>,
        range: Range<usize>,
        (word, kind): Named,
        (id, title, attrs): (Option<String>, Option<Range<usize>>, Vec<Attr>),
    ) -> Block {
        let title = title.map(|title| self.title_of_callout(title)).unwrap_or_default();
        let id = self.anchored(id);
        let body = self.blocks(node, &range);
        let span = self.span(range);
        Block { id, span, kind: BlockKind::Callout(Callout { kind, word, title, attrs, body }) }
    }

    /// The callout that a word names. One that is unknown is reported, and is a note.
    fn callout_named(&mut self, name: Range<usize>) -> Named {
        let word = self.input.text[name.clone()].trim();
        if let Some(named) = callout_word(word) {
            return named;
        }
        if self.input.blocks.is_some() {
            let known = || CALLOUT_WORDS.into_iter().map(|(word, _)| word);
            let hint = match nearest(&word.to_lowercase(), known()) {
                Some(near) => msg!("did you mean `{near}`?", near),
                None => msg!("use {choices}", choices = choices(known())),
            };
            let message = msg!("there is no callout `{name}`", name = word);
            let span = self.span(name);
            self.sink.push(Diagnostic::error(codes::UNKNOWN_BLOCK, message).at(span).hint(hint));
        }
        CALLOUT_WORDS[0]
    }

    /// What a title says, which may be marked up as a line of text.
    fn title_of_callout(&mut self, place: Range<usize>) -> Vec<Inline> {
        let written = &self.input.text[place.clone()];
        let start = place.start + written.len() - written.trim_start().len();
        let text = written.trim();
        if text.is_empty() {
            return Vec::new();
        }
        let place = start..start + text.len();
        let read = self.again(text, &place, |lower, root| {
            let paragraph = root.first_child().filter(|first| matches!(first.data().value, NodeValue::Paragraph));
            paragraph.map(|paragraph| lower.inlines(paragraph, &place))
        });
        let plain = || vec![Inline { span: self.span(place.clone()), kind: InlineKind::Text(text.to_owned()) }];
        read.filter(|run| !run.is_empty()).unwrap_or_else(plain)
    }

    /// Parses a part of the file once more, as text in a paragraph.
    pub(super) fn again<T>(
        &mut self,
        text: &str,
        range: &Range<usize>,
        read: impl FnOnce(&mut Self, Node<'_>) -> T,
    ) -> T {
        let arena = Arena::new();
        // After a line of text nothing begins a block.
        let mut source = format!("x\n{text}");
        for name in super::html::notes(text).into_iter().filter(|name| self.input.text.contains(&format!("[^{name}]:")))
        {
            source.push_str(&format!("\n\n[^{name}]: x"));
        }
        let strikes = strikes::may_stand_in(text);
        let root = comrak::parse_document(&arena, &source, &super::options(strikes));
        let lines = self.lines.again(text, range);
        let around = std::mem::replace(&mut self.lines, lines);
        if strikes {
            strikes::pair(&arena, root, |node| self.typed(node));
        }
        super::html::drop_additions(root);
        let found = read(self, root);
        self.lines = around;
        found
    }
}

/// The title behind the name of a callout that ends at byte `at`, and where the rest of its head begins.
fn title(head: &str, at: usize) -> (Option<Range<usize>>, usize) {
    let start = at + head[at..].len() - head[at..].trim_start().len();
    if head[start..].starts_with('[')
        && let Some(close) = closing(&head[start..])
    {
        return (Some(start + 1..start + close), start + close + 1);
    }
    let rest = head[start..].trim_end();
    let reads = |brace: &usize| rest.ends_with('}') && is_read(attrs::read(&rest[*brace..], 0), rest.len() - brace);
    let end = rest.rfind('{').filter(reads).unwrap_or(rest.len());
    if rest.starts_with('{') {
        return (None, start);
    }
    let title = start..start + rest[..end].trim_end().len();
    ((!title.is_empty()).then_some(title), start + end)
}

fn is_read(attrs: Result<Attrs, attrs::BadAttrs>, length: usize) -> bool {
    attrs.is_ok_and(|attrs| attrs.end == length)
}

/// Where the bracket closes that a text begins with.
fn closing(text: &str) -> Option<usize> {
    let mut depth = 0usize;
    for (at, c) in text.char_indices() {
        match c {
            '[' => depth += 1,
            ']' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return Some(at);
        }
    }
    None
}
