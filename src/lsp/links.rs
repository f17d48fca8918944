//! What in a document leads somewhere by itself: names of checks to their pages, pictures to their files.

use lsp_types::{DocumentLink, Uri};

use super::Reading;
use crate::checks;
use crate::message::Locale;
use crate::model::{InlineKind, walk};
use crate::project::BOOK_FILE;
use crate::report;
use crate::source::{FileId, Span};

/// Stands before the name of a code in the address of its page. An editor asks for the text of such an address by
/// `dama-pub/explain`.
pub(crate) const SCHEME: &str = "dama-pub:explain/";

/// The page of a code, in Markdown.
pub(crate) fn page(code: &str, locale: Locale) -> Option<String> {
    checks::entry(code).map(|entry| report::page(&entry, locale, None))
}

impl Reading {
    /// The links of a document.
    pub(crate) fn links(&self, uri: &Uri) -> Vec<DocumentLink> {
        let Some(file) = self.file(uri) else { return Vec::new() };
        let known = |name: &String| checks::entry(name).is_some();
        let checks = self.checks_named(file).into_iter().filter(|(name, _)| known(name)).filter_map(|(name, span)| {
            let target = format!("{SCHEME}{name}").parse().ok()?;
            Some(self.link(span, target, self.locale.say(&msg!("what `{name}` finds", name))))
        });
        checks.chain(self.pictures(file)).collect()
    }

    fn link(&self, span: Span, target: Uri, tooltip: String) -> DocumentLink {
        DocumentLink { range: self.range(span), target: Some(target), tooltip: Some(tooltip), data: None }
    }

    fn pictures(&self, file: FileId) -> Vec<DocumentLink> {
        let mut found = Vec::new();
        let Some(chapter) = self.chapter(file) else { return found };
        walk::chapter_inlines(chapter, &mut |inline| {
            let InlineKind::Image(image) = &inline.kind else { return };
            let written = self.sources.snippet(inline.span);
            let place = written.rfind("](").map(|at| at + "](".len()).and_then(|start| {
                let length = written[start..].find(|c: char| c.is_whitespace() || c == ')')?;
                Some(inline.span.start + start..inline.span.start + start + length)
            });
            if let Some(place) = place.filter(|place| !place.is_empty())
                && let Some(target) = self.uri_at(&image.path).filter(|_| !image.path.is_empty())
            {
                found.push(self.link(Span::new(file, place), target, image.path.clone()));
            }
        });
        found
    }

    /// The names of checks in a file: in waivers, and in book.yaml.
    pub(super) fn checks_named(&self, file: FileId) -> Vec<(String, Span)> {
        if let Some(chapter) = self.chapter(file) {
            let names = chapter.waivers.iter().flat_map(|waiver| &waiver.checks);
            return names.map(|name| (name.value.clone(), name.span)).collect();
        }
        let levels = self.book.iter().flat_map(|book| &book.check_levels);
        let levels = levels.filter(|(_, level)| level.span.file == file && self.path(file) == BOOK_FILE);
        levels.map(|(name, level)| (name.clone(), level.span)).collect()
    }
}
