//! References with the page of what they lead to: `@fig:x{.page}`, `[](#id){.page}`, `[text](#id){.page}`.

use std::ops::Range;

use comrak::Node;

use super::Lower;
use crate::model::{Inline, InlineKind, Shows};

/// Where the page of a reference stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Paged {
    /// In the place of the number.
    Alone,
    /// Behind the number, in brackets.
    Beside,
}

/// The classes that ask for a page.
const CLASSES: [(&str, Paged); 2] = [("page", Paged::Alone), ("with-page", Paged::Beside)];

/// The class that a text begins with if it asks for a page, and how long it is.
pub(super) fn class(text: &str) -> Option<(Paged, usize)> {
    let (class, _) = text.strip_prefix("{.")?.split_once('}')?;
    let (name, paged) = CLASSES.into_iter().find(|(name, _)| *name == class)?;
    Some((paged, name.len() + 3))
}

impl Lower<'_, '_> {
    /// Adds a reference.
    pub(super) fn reference(
        &mut self,
        target: String,
        paged: Option<Paged>,
        range: Range<usize>,
        out: &mut Vec<Inline>,
    ) {
        let shows = if paged == Some(Paged::Alone) { Shows::Page } else { Shows::Number };
        let page = (paged == Some(Paged::Beside)).then(|| target.clone());
        let class = if page.is_some() { CLASSES[1].0.len() + 3 } else { 0 };
        let end = range.end - class;
        self.push(range.start..end, InlineKind::Ref { target, shows }, out);
        if let Some(target) = page {
            self.push(end..range.end, InlineKind::Ref { target, shows: Shows::PageInBrackets }, out);
        }
    }

    /// Gives the link or reference that was read last its page, if its classes ask for it. Behind words it stands in brackets.
    pub(super) fn paged(&mut self, node: Node<'_>, range: Range<usize>, out: &mut Vec<Inline>) {
        let classes = node.data().attrs.as_ref().map(|attrs| attrs.classes.clone()).unwrap_or_default();
        let asked = CLASSES.into_iter().find(|(name, _)| classes.iter().any(|class| class == name));
        let Some((name, paged)) = asked else { return };
        let target = match out.last_mut().map(|last| &mut last.kind) {
            Some(InlineKind::Ref { shows, .. }) if paged == Paged::Alone => {
                *shows = Shows::Page;
                return;
            }
            Some(InlineKind::Ref { target, .. }) => Some(target.clone()),
            Some(InlineKind::Link { target, .. }) => target.place().map(str::to_owned),
            _ => None,
        };
        match target {
            Some(target) => {
                self.push(range.end..range.end, InlineKind::Ref { target, shows: Shows::PageInBrackets }, out)
            }
            None => {
                let hint = msg!("remove `{{.{class}}}`, or link to a place of the book", class = name);
                self.error(range, msg!("only a place of the book has a page"), hint);
            }
        }
    }
}
