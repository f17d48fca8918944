//! Front matter: the YAML between `---` lines at the head of a chapter.

use std::collections::BTreeMap;
use std::ops::Range;

use super::choices;
use super::yaml::{Area, Fields, explain, parse};
use crate::codes;
use crate::diagnostic::{Diagnostic, nearest};
use crate::model::{Role, Spanned};
use crate::source::{FileId, Span};

/// The content of front matter.
#[derive(Debug)]
pub(super) struct Front {
    pub(super) title: Option<Spanned<String>>,
    pub(super) subtitle: Option<Spanned<String>>,
    pub(super) theme: Option<Spanned<String>>,
    pub(super) byline: Option<Spanned<String>>,
    pub(super) role: Role,
    pub(super) extra: BTreeMap<String, serde_yaml::Value>,
    /// The place of a title that has no value.
    pub(super) empty_title: Option<Span>,
    /// Whether there is front matter that could not be read: what it says is not known then.
    pub(super) unread: bool,
    /// Where the chapter's Markdown begins.
    pub(super) body: usize,
}

/// Reads the front matter of a chapter, if it has any.
pub(super) fn read(file: FileId, text: &str, sink: &mut Vec<Diagnostic>) -> Front {
    let start = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let mut front = Front {
        title: None,
        subtitle: None,
        theme: None,
        byline: None,
        role: Role::Chapter,
        extra: BTreeMap::new(),
        empty_title: None,
        unread: false,
        body: start,
    };
    let Some((yaml, body)) = find(text, start, file, sink) else { return front };
    front.body = body;
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
    }
    front.extra = fields.rest().into_iter().map(|(key, _, node)| (key, node.value())).collect();
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

/// The YAML between the fences and where the body begins.
fn find(text: &str, start: usize, file: FileId, sink: &mut Vec<Diagnostic>) -> Option<(Range<usize>, usize)> {
    let mut lines = text[start..].split_inclusive('\n');
    let first = lines.next().filter(|l| l.trim_end() == "---")?;
    let begin = start + first.len();
    let mut at = begin;
    for line in lines {
        if line.trim_end() == "---" {
            return Some((begin..at, at + line.len()));
        }
        at += line.len();
    }
    sink.push(
        Diagnostic::error(codes::FRONT_MATTER, msg!("the front matter is not closed"))
            .at(Span::new(file, start..start + 3))
            .hint(msg!("close it with a line `---`")),
    );
    None
}
