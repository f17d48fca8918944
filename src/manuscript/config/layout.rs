//! `layout:` and `layouts:` of `book.yaml`.

use std::collections::BTreeMap;

use super::super::yaml::{Entry, Fields, Kind, Node};
use super::super::{choices, typed};
use super::ConfigReader;
use crate::lang;
use crate::model::{EditionKind, Lang, LayoutChoice, Spanned, WrittenOption};
use crate::source::Span;

impl ConfigReader<'_> {
    /// The layout of every edition that has none of its own.
    pub(super) fn layout(&mut self, fields: &mut Fields, whole: Span) -> LayoutChoice {
        let Some(Entry { node, .. }) = fields.take("layout") else {
            self.absent(fields, "layout", whole, msg!("book.yaml has no layout"), msg!("add `layout: report`"));
            return LayoutChoice::named("report");
        };
        self.choice(node).unwrap_or_else(|| LayoutChoice::named("report"))
    }

    /// The layouts of single editions, by the edition's name.
    pub(super) fn layouts(&mut self, entry: Option<Entry>) -> BTreeMap<String, LayoutChoice> {
        let Some(fields) = entry.and_then(|e| Fields::open(e.node, typed("layouts"), self.sink)) else {
            return BTreeMap::new();
        };
        let mut layouts = BTreeMap::new();
        for (name, span, node) in fields.rest() {
            if self.edition_names().contains(&name.as_str()) {
                layouts.extend(self.choice(node).map(|choice| (name, choice)));
            } else {
                self.unknown_edition(&name, span);
            }
        }
        layouts
    }

    fn edition_names(&self) -> Vec<&str> {
        let both = (self.langs.len() > 1).then(|| EditionKind::Bilingual.name());
        self.langs.iter().map(Lang::tag).chain(both).collect()
    }

    fn unknown_edition(&mut self, name: &str, span: Span) {
        let known = self.edition_names();
        let hint = match lang::meant(name, known.iter().copied()) {
            Some(near) => msg!("did you mean `{near}`?", near),
            None => msg!("use {choices}", choices = choices(known)),
        };
        self.error(span, msg!("`{name}` is not an edition of the book", name), hint);
    }

    /// A layout's name, or its name and options.
    fn choice(&mut self, node: Node) -> Option<LayoutChoice> {
        if let Kind::Scalar(name) = &node.kind {
            return Some(LayoutChoice { name: name.clone(), options: BTreeMap::new(), span: Some(node.span) });
        }
        let mut fields = Fields::open(node, typed("layout"), self.sink)?;
        let name = fields.text("name", self.sink);
        let mut options = BTreeMap::new();
        if let Some(entry) = fields.take("options")
            && let Some(written) = Fields::open(entry.node, typed("options"), self.sink)
        {
            options.extend(written.rest().into_iter().map(|(name, key, node)| {
                let value = Spanned { span: node.span, value: node.value() };
                (name, WrittenOption { key, value })
            }));
        }
        if name.is_none() {
            self.absent(&fields, "name", fields.span(), msg!("the layout has no name"), msg!("add `name: report`"));
        }
        fields.finish(&typed("layout"), self.sink);
        let name = name?;
        Some(LayoutChoice { name: name.value, options, span: Some(name.span) })
    }
}
