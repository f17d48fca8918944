//! The package document: metadata, manifest and reading order.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::access::Access;
use super::resource::{Resource, XHTML};
use super::xml::Xml;
use crate::model::{Isbn, Lang, Meta, Person};
use crate::typeset::BuildDate;

/// What the package document is written from.
pub(super) struct Package<'p> {
    pub(super) meta: &'p Meta,
    /// The name of the edition.
    pub(super) edition: &'p str,
    pub(super) lang: &'p Lang,
    /// The second language of a bilingual edition.
    pub(super) target: Option<&'p Lang>,
    pub(super) identifier: &'p str,
    /// The identifier of the printed edition whose pages are marked.
    pub(super) pages_of: Option<String>,
    pub(super) date: BuildDate,
    pub(super) access: &'p Access,
    /// Every file but the package documents.
    pub(super) resources: &'p [Resource],
    /// Files in reading order.
    pub(super) spine: &'p [&'p str],
}

/// The identifier of an edition: the one in `book.yaml` (an ISBN as `urn:isbn:`), else a UUID made from slug and edition.
pub(super) fn identifier(meta: &Meta, edition: &str) -> String {
    let given = meta.identifier.get(edition).and_then(|numbers| numbers.epub.as_deref());
    urn(given, &format!("dama-pub:{}:{edition}", meta.slug))
}

/// The identifier of the printed edition: its own number, if `book.yaml` gives one that the e-book does not share, else a
/// UUID made from slug and edition.
pub(super) fn printed(meta: &Meta, edition: &str) -> String {
    let numbers = meta.identifier.get(edition).filter(|numbers| numbers.print != numbers.epub);
    let given = numbers.and_then(|numbers| numbers.print.as_deref());
    urn(given, &format!("dama-pub:{}:{edition}:print", meta.slug))
}

/// A number as a URN where it can be one; without a number, a UUID made from a name.
fn urn(given: Option<&str>, name: &str) -> String {
    let given = given.map_or("", str::trim);
    if let Some(isbn) = Isbn::read(given) {
        format!("urn:isbn:{}", isbn.digits)
    } else if given.is_empty() {
        format!("urn:uuid:{}", Uuid::new_v5(&Uuid::NAMESPACE_URL, name.as_bytes()))
    } else {
        given.to_owned()
    }
}

/// Writes the package document.
pub(super) fn package(package: &Package<'_>) -> Vec<u8> {
    let mut xml = Xml::document();
    let lang = package.lang.bcp47();
    let attrs = [
        ("xmlns", "http://www.idpf.org/2007/opf"),
        ("version", "3.0"),
        ("unique-identifier", "pub-id"),
        ("xml:lang", lang),
    ];
    xml.open("package", &attrs);
    xml.raw("\n");
    metadata(&mut xml, package);
    manifest(&mut xml, package.resources);
    xml.open("spine", &[("toc", "ncx"), ("page-progression-direction", "ltr")]);
    xml.raw("\n");
    for href in package.spine {
        xml.empty("itemref", &[("idref", &item_id(href))]);
        xml.raw("\n");
    }
    xml.close_line();
    xml.close_line();
    xml.finish()
}

fn metadata(xml: &mut Xml, package: &Package<'_>) {
    let (meta, lang) = (package.meta, package.lang);
    xml.open("metadata", &[("xmlns:dc", "http://purl.org/dc/elements/1.1/")]);
    xml.raw("\n");
    xml.element("dc:identifier", &[("id", "pub-id")], package.identifier);
    xml.element("dc:title", &[("id", "title")], title(meta, lang));
    refines(xml, "title", "title-type", "main");
    if let Some(subtitle) = meta.subtitle.get(lang).filter(|s| !s.trim().is_empty()) {
        xml.element("dc:title", &[("id", "subtitle")], subtitle);
        refines(xml, "subtitle", "title-type", "subtitle");
    }
    xml.element("dc:language", &[], lang.bcp47());
    if let Some(target) = package.target {
        xml.element("dc:language", &[], target.bcp47());
    }
    for (index, person) in meta.people.iter().enumerate() {
        people(xml, person, lang, index + 1);
    }
    let (year, month, day) = meta.date;
    if (1..=9999).contains(&year) && (1..=12).contains(&month) && (1..=31).contains(&day) {
        xml.element("dc:date", &[], &format!("{year:04}-{month:02}-{day:02}"));
    }
    for (name, values) in
        [("dc:publisher", &meta.publisher), ("dc:description", &meta.description), ("dc:rights", &meta.rights)]
    {
        if let Some(value) = values.get(lang).filter(|v| !v.trim().is_empty()) {
            xml.element(name, &[], value);
        }
    }
    for word in meta.keywords.get(lang).into_iter().flatten().filter(|w| !w.trim().is_empty()) {
        xml.element("dc:subject", &[], word);
    }
    shop(xml, meta, package.edition);
    series(xml, meta, lang);
    property(xml, "dcterms:modified", &modified(package.date));
    if let Some(source) = &package.pages_of {
        property(xml, "pageBreakSource", source);
    }
    accessibility(xml, package.access);
    claim(xml, meta);
    let cover = package.resources.iter().find(|r| r.properties == "cover-image");
    if let Some(cover) = cover {
        xml.empty("meta", &[("name", "cover"), ("content", &item_id(&cover.href))]);
        xml.raw("\n");
    }
    xml.close_line();
}

/// The title of the book, never empty.
pub(super) fn title<'m>(meta: &'m Meta, lang: &Lang) -> &'m str {
    let title = meta.title_in(lang);
    [title, &meta.slug].into_iter().find(|t| !t.trim().is_empty()).unwrap_or("—")
}

fn people(xml: &mut Xml, person: &Person, lang: &Lang, number: usize) {
    let own = person.name.get(lang).or_else(|| person.name.values().next());
    let Some(name) = own.filter(|n| !n.trim().is_empty()) else { return };
    let id = format!("person-{number}");
    let element = if person.role == "aut" { "dc:creator" } else { "dc:contributor" };
    xml.element(element, &[("id", &id)], name);
    let target = format!("#{id}");
    if person.role.len() == 3 && person.role.bytes().all(|b| b.is_ascii_lowercase()) {
        let attrs = [("refines", target.as_str()), ("property", "role"), ("scheme", "marc:relators")];
        xml.element("meta", &attrs, &person.role);
    }
    if let Some(sort) = person.sort.get(lang).filter(|sort| !sort.trim().is_empty()) {
        refines(xml, &id, "file-as", sort);
    }
    for (other, name) in person.name.iter().filter(|(l, n)| *l != lang && *n != name && !n.trim().is_empty()) {
        let attrs = [("refines", target.as_str()), ("property", "alternate-script"), ("xml:lang", other.bcp47())];
        xml.element("meta", &attrs, name);
    }
}

/// What `release:` says and an e-book can: subjects in the codes of shops and libraries, the DOI, the licence.
fn shop(xml: &mut Xml, meta: &Meta, edition: &str) {
    let Some(release) = &meta.release else { return };
    let shop = &release.shop;
    let clc = release.clc(&meta.cip, edition);
    // EPUB 3.3, `authority` and `term`: a code may stand where no heading is known.
    for (authority, codes) in [("Thema", &shop.subjects.thema), ("BISAC", &shop.subjects.bisac), ("CLC", &clc)] {
        for (at, code) in codes.iter().enumerate() {
            let id = format!("subject-{}-{}", authority.to_ascii_lowercase(), at + 1);
            xml.element("dc:subject", &[("id", &id)], code);
            refines(xml, &id, "authority", authority);
            refines(xml, &id, "term", code);
        }
    }
    if let Some(doi) = shop.doi.get(edition) {
        xml.element("dc:identifier", &[], &format!("https://doi.org/{}", doi.value));
    }
    if let Some(license) = &shop.license {
        property(xml, "dcterms:license", license);
    }
}

fn series(xml: &mut Xml, meta: &Meta, lang: &Lang) {
    let Some(series) = &meta.series else { return };
    let Some(name) = series.name.get(lang).filter(|name| !name.trim().is_empty()) else { return };
    xml.element("meta", &[("property", "belongs-to-collection"), ("id", "series")], name);
    refines(xml, "series", "collection-type", "series");
    if let Some(number) = &series.number {
        refines(xml, "series", "group-position", number);
    }
}

fn accessibility(xml: &mut Xml, access: &Access) {
    for mode in &access.modes {
        property(xml, "schema:accessMode", mode);
    }
    for modes in &access.sufficient {
        property(xml, "schema:accessModeSufficient", modes);
    }
    for feature in &access.features {
        property(xml, "schema:accessibilityFeature", feature);
    }
    property(xml, "schema:accessibilityHazard", "none");
    property(xml, "schema:accessibilitySummary", &access.summary);
}

/// The claim of conformance that somebody makes (EPUB Accessibility 1.1, section 4).
fn claim(xml: &mut Xml, meta: &Meta) {
    let Some(claim) = &meta.ebook.claim else { return };
    let attrs = [("property", "dcterms:conformsTo"), ("id", "conformance")];
    xml.element("meta", &attrs, &claim.statement());
    refines(xml, "conformance", "a11y:certifiedBy", &claim.certified_by);
    if let Some(report) = &claim.report {
        let attrs = [("rel", "a11y:certifierReport"), ("refines", "#conformance"), ("href", report.as_str())];
        xml.empty("link", &attrs);
        xml.raw("\n");
    }
}

fn property(xml: &mut Xml, property: &str, value: &str) {
    xml.element("meta", &[("property", property)], value);
}

fn refines(xml: &mut Xml, id: &str, property: &str, value: &str) {
    xml.element("meta", &[("refines", &format!("#{id}")), ("property", property)], value);
}

fn manifest(xml: &mut Xml, resources: &[Resource]) {
    xml.open("manifest", &[]);
    xml.raw("\n");
    item(xml, super::nav::FILE, XHTML, "nav", "nav");
    item(xml, super::nav::NCX, "application/x-dtbncx+xml", "", "ncx");
    for resource in resources {
        item(xml, &resource.href, resource.media_type, &resource.properties, &item_id(&resource.href));
    }
    xml.close_line();
}

fn item(xml: &mut Xml, href: &str, media_type: &str, properties: &str, id: &str) {
    let mut attrs = vec![("id", id), ("href", href), ("media-type", media_type)];
    if !properties.is_empty() {
        attrs.push(("properties", properties));
    }
    xml.empty("item", &attrs);
    xml.raw("\n");
}

/// The manifest id of a file; file names are ASCII and differ in more than their punctuation.
fn item_id(href: &str) -> String {
    if href == super::nav::FILE { "nav".to_owned() } else { format!("item-{}", href.replace('/', "_")) }
}

fn modified(date: BuildDate) -> String {
    let time: DateTime<Utc> = DateTime::from_timestamp(date.0.clamp(0, 253_402_300_799), 0).unwrap_or_default();
    time.to_rfc3339_opts(chrono::SecondsFormat::Secs, true)
}

#[cfg(test)]
mod tests {
    use super::{Xml, identifier, modified, printed, series};
    use crate::model::{Lang, Meta, Numbers, Series};
    use crate::typeset::BuildDate;

    #[test]
    fn identifiers_are_urns() {
        let mut meta = Meta { slug: "a".into(), ..Meta::default() };
        assert!(identifier(&meta, "zh").starts_with("urn:uuid:"));
        assert_ne!(identifier(&meta, "zh"), identifier(&meta, "en"));
        for (typed, expected) in [
            ("978-7-302-00001-3", "urn:isbn:9787302000013"),
            ("ISBN 9787302000013", "urn:isbn:9787302000013"),
            ("doi:10.1/x", "doi:10.1/x"),
        ] {
            meta.identifier.insert("zh".into(), Numbers::same(typed));
            assert_eq!(identifier(&meta, "zh"), expected);
            assert!(printed(&meta, "zh").starts_with("urn:uuid:"), "one number cannot tell paper from screen");
        }
        let apart = Numbers { print: Some("978-0-306-40615-7".into()), ..Numbers::default() };
        meta.identifier.insert("zh".into(), apart);
        assert_eq!(printed(&meta, "zh"), "urn:isbn:9780306406157");
        assert!(identifier(&meta, "zh").starts_with("urn:uuid:"));
    }

    #[test]
    fn a_series_is_named_with_the_place_in_it() {
        let zh = Lang::new("zh").expect("a good tag");
        let name = [(zh.clone(), "甲 & 乙".to_owned())].into();
        let meta = Meta { series: Some(Series { name, number: Some("2".into()) }), ..Meta::default() };
        let mut xml = Xml::fragment();
        series(&mut xml, &meta, &zh);
        let lines = [
            "<meta property=\"belongs-to-collection\" id=\"series\">甲 &amp; 乙</meta>",
            "<meta refines=\"#series\" property=\"collection-type\">series</meta>",
            "<meta refines=\"#series\" property=\"group-position\">2</meta>",
        ];
        assert_eq!(xml.finish_text().lines().collect::<Vec<_>>(), lines);
    }

    #[test]
    fn dates_are_written_in_full() {
        assert_eq!(modified(BuildDate(0)), "1970-01-01T00:00:00Z");
        assert_eq!(modified(BuildDate(i64::MAX)), "9999-12-31T23:59:59Z");
    }
}
