//! Front matter: the YAML between `---` lines at the head of a chapter.

use std::collections::BTreeMap;
use std::ops::Range;

use super::choices;
use super::opening::{self, Opening};
use super::yaml::{Area, Fields, explain, parse};
use crate::codes;
use crate::diagnostic::{Diagnostic, nearest};
use crate::message::Message;
use crate::model::{Draft, Role, Spanned, WrittenOption};
use crate::source::{FileId, Span};

/// The content of front matter.
#[derive(Debug)]
pub(super) struct Front {
    pub(super) title: Option<Spanned<String>>,
    pub(super) subtitle: Option<Spanned<String>>,
    pub(super) theme: Option<Spanned<String>>,
    pub(super) byline: Option<Spanned<String>>,
    /// The picture at the chapter's opening.
    pub(super) image: Option<Opening>,
    pub(super) role: Role,
    pub(super) role_span: Option<Span>,
    /// What marks its lines of text as unfinished.
    pub(super) draft: Option<Span>,
    pub(super) extra: BTreeMap<String, WrittenOption>,
    /// The place of a title that has no value.
    pub(super) empty_title: Option<Span>,
    /// Whether there is front matter that could not be read: what it says is not known then.
    pub(super) unread: bool,
    /// Where the chapter's Markdown begins.
    pub(super) body: usize,
}

impl Front {
    /// What is known of a chapter without front matter whose Markdown begins at `body`.
    fn without(body: usize) -> Self {
        Self {
            title: None,
            subtitle: None,
            theme: None,
            byline: None,
            image: None,
            role: Role::Chapter,
            role_span: None,
            draft: None,
            extra: BTreeMap::new(),
            empty_title: None,
            unread: false,
            body,
        }
    }
}

impl Front {
    /// The lines of the head that are marked as unfinished.
    pub(super) fn drafts(&self) -> Vec<Draft> {
        let lines = [&self.title, &self.subtitle, &self.byline].into_iter().flatten();
        lines.filter_map(|line| Some(Draft { mark: self.draft?, target: line.span, said: None })).collect()
    }
}

/// Reads the front matter of a chapter, if it has any.
pub(super) fn read(file: FileId, text: &str, sink: &mut Vec<Diagnostic>) -> Front {
    let start = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let mut refuse = |body: usize, message: Message, hint: Message| {
        let place = Span::new(file, start..start + 3);
        sink.push(Diagnostic::error(codes::FRONT_MATTER, message).at(place).hint(hint));
        Front { unread: true, ..Front::without(body) }
    };
    let (yaml, body) = match find(text, start) {
        Found::Closed(yaml, body) => (yaml, body),
        Found::None => return Front::without(start),
        Found::Unclosed(body) => {
            return refuse(body, msg!("the front matter is not closed"), msg!("close it with a line `---`"));
        }
        Found::Toml(body) => {
            let hint = msg!("put it between lines `---`, and write `title: …` for `title = \"…\"`");
            return refuse(body, msg!("this front matter is TOML, not YAML"), hint);
        }
    };
    let mut front = Front::without(body);
    let area = Area { file, text: &text[yaml.clone()], base: yaml.start };
    let before = sink.len();
    let Some(mut fields) = parse(area, sink).and_then(|node| Fields::open(node, msg!("the front matter"), sink)) else {
        front.unread = true;
        return front;
    };
    front.title = fields.text("title", sink).filter(|t| !t.value.trim().is_empty());
    front.empty_title = fields.empty("title");
    front.subtitle = fields.text("subtitle", sink);
    front.theme = fields.text("theme", sink);
    front.byline = fields.text("byline", sink);
    if let Some(role) = fields.text("role", sink) {
        front.role = self::role(&role, sink);
        front.role_span = Some(role.span);
    }
    for (name, key, node) in fields.rest() {
        if name == opening::KEY && opening::is_picture(&node) {
            front.image = Opening::read(node, sink);
            continue;
        }
        let value = Spanned { span: node.span, value: node.value() };
        front.extra.insert(name, WrittenOption { key, value });
    }
    let marked = front.extra.get(super::DRAFT).filter(|draft| draft.value.value.as_str() == Some(super::HEAD));
    front.draft = marked.map(|draft| draft.key.to(draft.value.span));
    if front.draft.is_some() {
        front.extra.remove(super::DRAFT);
    }
    explain(area, &mut sink[before..]);
    front
}

fn role(written: &Spanned<String>, sink: &mut Vec<Diagnostic>) -> Role {
    if let Some(role) = Role::ALL.into_iter().find(|r| r.name() == written.value) {
        return role;
    }
    let names = Role::ALL.map(Role::name);
    let hint = match nearest(&written.value, names) {
        Some(near) => msg!("did you mean `{near}`?", near),
        None => msg!("use {choices}", choices = choices(names)),
    };
    sink.push(
        Diagnostic::error(codes::FRONT_MATTER, msg!("`{role}` is not a chapter role", role = &written.value))
            .at(written.span)
            .hint(hint),
    );
    Role::Chapter
}

/// What stands at the head of a chapter.
enum Found {
    /// Front matter: its YAML, and where the body begins.
    Closed(Range<usize>, usize),
    /// Front matter whose end is missing, and where the body seems to begin.
    Unclosed(usize),
    /// Front matter as another tool writes it, and where the body begins.
    Toml(usize),
    None,
}

fn find(text: &str, start: usize) -> Found {
    let mut lines = text[start..].split_inclusive('\n');
    let first = lines.next().unwrap_or_default();
    let fence = first.trim_end();
    if !matches!(fence, "---" | "+++") {
        return Found::None;
    }
    let begin = start + first.len();
    let mut at = begin;
    let mut blank = None;
    for line in lines {
        if line.trim_end() == fence {
            let body = at + line.len();
            return if fence == "---" { Found::Closed(begin..at, body) } else { Found::Toml(body) };
        }
        if line.trim().is_empty() {
            blank.get_or_insert(at);
        }
        at += line.len();
    }
    match fence {
        "---" => Found::Unclosed(blank.unwrap_or(begin)),
        _ => Found::None,
    }
}
