//! `references:` of `book.yaml`: which works are listed, and in which style.

use std::collections::BTreeMap;

use hayagriva::archive::ArchivedStyle;
use hayagriva::citationberg::{Style, StyleClass};

use super::super::yaml::{Entry, Fields, Kind};
use super::super::{choices, typed};
use super::ConfigReader;
use crate::diagnostic::nearest;
use crate::model::{Lang, Listed, ReferenceWishes, Spanned};

/// Styles that are named where none is near to what was written.
const KNOWN: [&str; 6] =
    ["gb-7714-2015-numeric", "gb-7714-2015-author-date", "ieee", "apa", "chicago-author-date", "vancouver"];

impl ConfigReader<'_> {
    pub(super) fn references(&mut self, entry: Option<Entry>) -> ReferenceWishes {
        let Some(entry) = entry else { return ReferenceWishes::default() };
        let Some(mut fields) = Fields::open(entry.node, typed("references"), self.sink) else {
            return ReferenceWishes::default();
        };
        let listed = fields.text("list", self.sink).and_then(|list| self.listed(&list));
        let styles = self.styles(fields.take("style"));
        fields.finish(&typed("references"), self.sink);
        ReferenceWishes { listed, styles }
    }

    fn listed(&mut self, list: &Spanned<String>) -> Option<Listed> {
        match list.value.as_str() {
            "cited" => Some(Listed::Cited),
            "all" => Some(Listed::All),
            _ => {
                let hint = msg!("use {choices}", choices = choices(["cited", "all"]));
                self.error(list.span, msg!("`list` cannot be `{value}`", value = &list.value), hint);
                None
            }
        }
    }

    /// One style for every language, or a mapping from language to style.
    fn styles(&mut self, entry: Option<Entry>) -> BTreeMap<Lang, String> {
        let Some(Entry { node, .. }) = entry else { return BTreeMap::new() };
        let nodes = match &node.kind {
            Kind::Scalar(_) => self.langs.iter().map(|lang| (lang.clone(), node.clone())).collect(),
            _ => self.by_lang(node, "style"),
        };
        let before = self.sink.len();
        let mut styles = BTreeMap::new();
        for (lang, node) in nodes {
            // One name for all languages is wrong only once.
            let Some(written) = node.text(typed("style"), self.sink) else { continue };
            match style(&written.value, &lang) {
                Some(name) => {
                    styles.insert(lang, name);
                }
                None if self.sink[before..]
                    .iter()
                    .any(|d| d.primary.as_ref().is_some_and(|p| p.span == written.span)) => {}
                None => self.unknown_style(&written),
            }
        }
        styles
    }

    fn unknown_style(&mut self, written: &Spanned<String>) {
        let name = &written.value;
        if ArchivedStyle::by_name(name).is_some() {
            let hint =
                msg!("choose a style with numbers or with author and year, such as {styles}", styles = choices(KNOWN));
            let message = msg!("the style `{name}` sets its citations as notes, which is not supported", name);
            self.error(written.span, message, hint);
            return;
        }
        let names = ArchivedStyle::all().iter().flat_map(|style| style.names()).copied();
        let hint = match nearest(name, names.chain(OWN_NAMES)) {
            Some(near) => msg!("did you mean `{near}`?", near),
            None => {
                msg!("use `numeric`, `author-date`, or the name of a style, such as {styles}", styles = choices(KNOWN))
            }
        };
        self.error(written.span, msg!("there is no citation style `{name}`", name), hint);
    }
}

/// Names for what is usual in a language.
const OWN_NAMES: [&str; 2] = ["numeric", "author-date"];

/// The name of a style that a book can use.
fn style(written: &str, lang: &Lang) -> Option<String> {
    let name = match written {
        "numeric" => lang.conventions().citation_style,
        "author-date" => lang.conventions().author_date_style,
        name => name,
    };
    match ArchivedStyle::by_name(name)?.get() {
        Style::Independent(style) if style.settings.class == StyleClass::InText && style.bibliography.is_some() => {
            Some(name.to_owned())
        }
        _ => None,
    }
}
