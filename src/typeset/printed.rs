//! Gathers where the manuscript stands on the pages.

use std::collections::BTreeMap;

use typst::introspection::Introspector;
use typst::model::Numbering;
use typst_layout::{Page, PagedDocument};

use super::pages::Pages;
use super::{Job, convert, sides};
use crate::printed::Printed;
use crate::source::FileId;

/// Gathers it from the pages.
pub(super) fn printed(job: &Job<'_>, document: &PagedDocument, pages: Pages) -> Printed {
    let Pages { runs, pictures, gaps, .. } = pages;
    Printed { labels: document.pages().iter().map(label).collect(), runs, pictures, gaps, heads: heads(job, document) }
}

fn label(page: &Page) -> Option<String> {
    match page.numbering.as_ref()? {
        Numbering::Pattern(pattern) => pattern.apply(None, &[page.number]).ok().map(Into::into),
        Numbering::Func(_) => None,
    }
}

/// A layout labels the head of a chapter with the chapter's stem.
fn heads(job: &Job<'_>, document: &PagedDocument) -> BTreeMap<FileId, usize> {
    let introspector = document.introspector();
    let languages = sides::languages(job);
    let mut heads = BTreeMap::new();
    for lang in languages {
        let suffix = sides::suffix(languages, lang);
        for chapter in job.book.chapters(lang) {
            let page = || {
                let label = convert::label(&format!("{}{suffix}", chapter.stem))?;
                let head = introspector.query_label(label).ok()?;
                introspector.page(head.location()?)
            };
            heads.extend(page().map(|page| (chapter.file, page.get())));
        }
    }
    heads
}
