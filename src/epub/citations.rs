//! Citations and the list of references, worded by hayagriva in the edition's style.

use std::collections::BTreeMap;

use hayagriva::archive::{ArchivedStyle, LOCALES};
use hayagriva::citationberg::taxonomy::Locator;
use hayagriva::citationberg::{IndependentStyle, Locale, LocaleCode, Style};
use hayagriva::{
    BibliographyDriver, BibliographyItem, BibliographyRequest, CitationItem, CitationRequest, ElemChildren, Library,
    LocatorPayload, SpecificLocator,
};

use super::plan::Plan;
use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::lang::Language;
use crate::lang::en::English;
use crate::model::Chapter;
use crate::model::{CiteItem, InlineKind, Lang, walk};
use crate::outline::UniqueNames;
use crate::source::Span;

/// The file of a list of references that no chapter asked for.
pub(super) const OWN_FILE: &str = "references.xhtml";

/// Every citation of an edition and the sources that they name.
#[derive(Default)]
pub(super) struct Citations {
    /// Wording and keys of each citation, by its place.
    pub(super) cited: BTreeMap<Span, (ElemChildren, Vec<String>)>,
    /// The list in the order of the style.
    pub(super) list: Vec<BibliographyItem>,
    /// Id of each listed source.
    pub(super) ids: BTreeMap<String, String>,
    /// The file that the list is in.
    pub(super) href: String,
}

/// Words every citation of the chapters. `library` is the text of `references.yaml`, `href` the file of the list.
pub(super) fn citations(
    chapters: &[Chapter],
    plan: &Plan<'_>,
    library: &str,
    href: &str,
    names: &mut UniqueNames,
) -> Citations {
    let lang = plan.lang;
    let groups = collect(chapters);
    let Ok(library) = hayagriva::io::from_yaml_str(library) else { return Citations::default() };
    let Some(style) = style(lang).filter(|_| !groups.is_empty()) else { return Citations::default() };
    let locales = locales(&[lang, plan.outline.second_language().unwrap_or(lang)]);
    let locale = |lang: &Lang| Some(LocaleCode(lang.bcp47().to_owned()));
    let second = plan.outline.second_language().and_then(|lang| Some((lang, self::style(lang)?)));
    let mut driver = BibliographyDriver::new();
    let mut placed = Vec::new();
    for (span, items) in &groups {
        let (keys, requested) = request(items, &library);
        if requested.is_empty() {
            continue;
        }
        let (lang, style) = match &second {
            Some((lang, style)) if plan.outline.is_translation(span.file) => (*lang, style),
            _ => (lang, &style),
        };
        driver.citation(CitationRequest::new(requested, style, locale(lang), &locales, None));
        placed.push((*span, keys));
    }
    let rendered = driver.finish(BibliographyRequest::new(&style, locale(lang), &locales));
    let list = rendered.bibliography.map(|b| b.items).unwrap_or_default();
    let ids = list.iter().map(|item| (item.key.clone(), names.id(&format!("ref-{}", item.key)))).collect();
    let cited =
        placed.into_iter().zip(rendered.citations).map(|((span, keys), c)| (span, (c.citation, keys))).collect();
    Citations { cited, list, ids, href: href.to_owned() }
}

fn style(lang: &Lang) -> Option<IndependentStyle> {
    match ArchivedStyle::by_name(lang.conventions().citation_style)?.get() {
        Style::Independent(style) => Some(style),
        Style::Dependent(_) => None,
    }
}

/// The words that styles need in these languages, and in English, which styles fall back on. The archive has those of some
/// sixty languages, and to read them all takes as long as all the rest of a short e-book.
fn locales(langs: &[&Lang]) -> Vec<Locale> {
    let wanted = |bytes: &[u8]| {
        let primary = archived_tag(bytes).split('-').next().unwrap_or_default();
        primary == English.tag() || langs.iter().any(|lang| lang.primary() == primary)
    };
    let read = |bytes: &[u8]| ciborium::from_reader(bytes).expect("the archive of hayagriva is sound");
    LOCALES.iter().copied().filter(|bytes| wanted(bytes)).map(read).collect()
}

/// The language of an entry of the archive: in CBOR the value of its first key follows that key and a byte with the
/// value's length.
fn archived_tag(bytes: &[u8]) -> &str {
    const KEY: &[u8] = b"@xml:lang";
    let value = bytes.get(2..).and_then(|rest| rest.strip_prefix(KEY));
    let tag = value.and_then(|value| value.get(1..=usize::from(value.first()? & 0x1f)));
    tag.and_then(|tag| std::str::from_utf8(tag).ok()).unwrap_or_default()
}

/// Citations in reading order.
fn collect(chapters: &[Chapter]) -> Vec<(Span, &[CiteItem])> {
    let mut groups = Vec::new();
    for chapter in chapters {
        walk::chapter_inlines(chapter, &mut |inline| {
            if let InlineKind::Cite(items) = &inline.kind {
                groups.push((inline.span, items.as_slice()));
            }
        });
    }
    groups
}

fn request<'l>(items: &'l [CiteItem], library: &'l Library) -> (Vec<String>, Vec<CitationItem<'l, hayagriva::Entry>>) {
    let found = items.iter().filter_map(|item| library.get(&item.key).map(|entry| (item, entry)));
    found
        .map(|(item, entry)| {
            let locator = item.locator.as_deref().map(|l| SpecificLocator(Locator::Custom, LocatorPayload::Str(l)));
            (item.key.clone(), CitationItem::with_locator(entry, locator))
        })
        .unzip()
}

/// Reports pages and sections that the style leaves out, so that nothing is lost silently.
pub(super) fn lost_locators(chapters: &[Chapter], citations: &Citations, diagnostics: &mut Vec<Diagnostic>) {
    for (span, items) in collect(chapters) {
        let Some((wording, _)) = citations.cited.get(&span) else { continue };
        let wording = format!("{wording:#}");
        for item in items {
            if let Some(locator) = item.locator.as_deref().filter(|l| !wording.contains(*l)) {
                let message = msg!("the citation style of this language does not show ‘{locator}’", locator);
                let hint = msg!("write it in the text next to the citation");
                diagnostics.push(Diagnostic::warning(codes::CITATION_LOCATOR, message).at(item.span).hint(hint));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_of_the_archive_are_known_before_it_is_read() {
        let read: Vec<_> = hayagriva::archive::locales().into_iter().filter_map(|locale| locale.lang).collect();
        let known: Vec<_> = LOCALES.iter().map(|bytes| LocaleCode(archived_tag(bytes).to_owned())).collect();
        assert_eq!(known, read);
        let few = locales(&[&Lang::new("zh").unwrap()]);
        let mut tags: Vec<_> = few.into_iter().filter_map(|locale| locale.lang).map(|code| code.0).collect();
        tags.sort();
        assert_eq!(tags, ["en-GB", "en-US", "zh-CN", "zh-TW"]);
    }
}
