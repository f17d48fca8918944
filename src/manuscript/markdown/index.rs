//! Marks of the index: `[词]{.index}`, `[词]{.index key="…" sub="…" sort="…" see="…" also="…"}`.

use std::ops::Range;

use super::Lower;
use super::attrs::{self, Attrs};
use crate::model::{IndexEntry, Inline, InlineKind, text};

/// The class of such a mark.
const CLASS: &str = "index";

/// The attributes with which a text begins, if they are those of a mark of the index.
pub(super) fn attributes(text: &str) -> Option<Attrs> {
    let inner = text.strip_prefix("{.")?.strip_prefix(CLASS)?;
    inner.starts_with([' ', '}']).then(|| attrs::read(text, 0).ok())?
}

impl Lower<'_, '_> {
    /// Tells of marks whose attributes have no end in their line of text.
    pub(super) fn unread_marks(&mut self, run: &[Inline]) {
        for inline in run {
            let InlineKind::Text(text) = &inline.kind else { continue };
            if self.input.text.get(inline.span.range()) != Some(text) {
                continue;
            }
            for (at, found) in text.match_indices("]{.index ") {
                let Err(bad) = attrs::read(text, at + 1) else { continue };
                let start = inline.span.start + at;
                let message = msg!("this mark of the index cannot be read");
                self.error(start..start + found.trim_end().len(), message, bad.hint);
            }
        }
    }

    /// The mark before the words that it is about. `at` is where its attributes begin, `whole` the place of all.
    pub(super) fn index_mark(
        &mut self,
        attrs: Attrs,
        at: usize,
        whole: Range<usize>,
        body: &[Inline],
    ) -> Option<Inline> {
        let words = text::plain(body).trim().to_owned();
        let mut entry = IndexEntry { heading: words, sub: None, sort: None, see: Vec::new(), also: Vec::new() };
        for (key, value, place) in attrs.pairs {
            let value = value.trim();
            let one = (!value.is_empty()).then(|| value.to_owned());
            match key.as_str() {
                "class" if value == CLASS => {}
                "key" => entry.heading = one.unwrap_or(entry.heading),
                "sub" => entry.sub = one,
                "sort" => entry.sort = one,
                "see" => entry.see = several(value),
                "also" => entry.also = several(value),
                _ => {
                    let hint = msg!("its attributes are `key`, `sub`, `sort`, `see` and `also`");
                    let place = at + place.start..at + place.end;
                    self.error(place, msg!("a mark of the index has no attribute `{key}`", key), hint);
                }
            }
        }
        if entry.heading.is_empty() {
            let hint = msg!("put them into the brackets, or write `key=\"…\"`");
            self.error(whole, msg!("this mark of the index has no words"), hint);
            return None;
        }
        // Its words have places of their own.
        let place = if body.is_empty() { whole } else { whole.start..whole.start + 1 };
        Some(Inline { span: self.span(place), kind: InlineKind::Index(entry) })
    }
}

/// Headings with semicolons between them.
fn several(value: &str) -> Vec<String> {
    value.split([';', '；']).map(str::trim).filter(|heading| !heading.is_empty()).map(str::to_owned).collect()
}
