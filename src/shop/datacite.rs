//! Metadata for DataCite (kernel 4.6): a file for each edition that has a DOI.

use super::catalogue::{Catalogue, said, said_anyhow};
use super::crossref::{editions, parted};
use super::xml::Xml;
use crate::model::{EditionKind, Lang, Person};

const PLACE: &str = "http://datacite.org/schema/kernel-4 https://schema.datacite.org/meta/kernel-4.6/metadata.xsd";

/// The files, each with the name of its edition. There is none where nobody made or publishes the book.
pub(super) fn resources(catalogue: &Catalogue<'_>) -> Vec<(String, String)> {
    let of =
        |(edition, doi): (&EditionKind, &str)| Some((edition.name().to_owned(), resource(catalogue, edition, doi)?));
    editions(catalogue).into_iter().filter_map(of).collect()
}

fn resource(catalogue: &Catalogue<'_>, edition: &EditionKind, doi: &str) -> Option<String> {
    let meta = &catalogue.book.meta;
    let lang = catalogue.book.languages_of(edition)[0];
    let publisher =
        said_anyhow(&meta.publisher, lang).or(catalogue.sender.as_ref().map(|sender| sender.name.as_str()))?;
    let (creators, others) = makers(catalogue, edition);
    let mut xml = Xml::document();
    let attrs = [
        ("xmlns", "http://datacite.org/schema/kernel-4"),
        ("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance"),
        ("xsi:schemaLocation", PLACE),
    ];
    xml.nest("resource", &attrs, |xml| {
        xml.text("identifier", &[("identifierType", "DOI")], doi);
        xml.nest("creators", &[], |xml| {
            for person in &creators {
                maker(xml, "creator", &[], person, lang);
            }
            if creators.is_empty() {
                let name = [("nameType", "Organizational")];
                xml.nest("creator", &[], |xml| xml.text("creatorName", &name, publisher));
            }
        });
        let tag = [("xml:lang", lang.bcp47())];
        xml.nest("titles", &[], |xml| {
            xml.text("title", &tag, meta.title_in(lang));
            xml.text("title", &[tag[0], ("titleType", "Subtitle")], said(&meta.subtitle, lang).unwrap_or_default());
        });
        xml.text("publisher", &tag, publisher);
        xml.text("publicationYear", &[], &format!("{:04}", meta.date.0));
        xml.text("resourceType", &[("resourceTypeGeneral", "Book")], "Book");
        subjects(xml, catalogue, edition, lang);
        if !others.is_empty() {
            xml.nest("contributors", &[], |xml| {
                for person in &others {
                    maker(xml, "contributor", &[("contributorType", kind(&person.role))], person, lang);
                }
            });
        }
        xml.nest("dates", &[], |xml| xml.text("date", &[("dateType", "Issued")], &catalogue.day("-")));
        xml.text("language", &[], lang.bcp47());
        translations(xml, catalogue, edition);
        xml.text("version", &[], meta.version.as_deref().unwrap_or_default());
        rights(xml, catalogue, lang);
        let description = said(&catalogue.shop().texts.long, lang).or_else(|| said(&meta.description, lang));
        if let Some(description) = description {
            xml.nest("descriptions", &[], |xml| {
                xml.text("description", &[tag[0], ("descriptionType", "Abstract")], description);
            });
        }
    });
    Some(xml.finish())
}

/// Authors, without whom editors are; and all others.
fn makers<'c>(catalogue: &Catalogue<'c>, edition: &EditionKind) -> (Vec<&'c Person>, Vec<&'c Person>) {
    let people = catalogue.people(edition);
    let has = |role: &str| people.iter().any(|person| person.role == role);
    let first = if has("aut") { "aut" } else { "edt" };
    people.iter().partition(|person| person.role == first)
}

fn maker(xml: &mut Xml, element: &str, attrs: &[(&str, &str)], person: &Person, lang: &Lang) {
    let Some(name) = said_anyhow(&person.name, lang) else { return };
    let sorted = said(&person.sort, lang);
    xml.nest(element, attrs, |xml| {
        let kind = if person.group { "Organizational" } else { "Personal" };
        xml.text(&format!("{element}Name"), &[("nameType", kind)], sorted.unwrap_or(name));
        if let Some((surname, given)) = sorted.filter(|_| !person.group).map(parted) {
            xml.text("givenName", &[], given);
            xml.text("familyName", &[], surname);
        }
        if let Some(orcid) = &person.orcid {
            let scheme = [("nameIdentifierScheme", "ORCID"), ("schemeURI", "https://orcid.org")];
            xml.text("nameIdentifier", &scheme, &format!("https://orcid.org/{orcid}"));
        }
    });
}

fn kind(role: &str) -> &'static str {
    match role {
        "edt" => "Editor",
        "trl" => "Translator",
        "res" => "Researcher",
        _ => "Other",
    }
}

fn subjects(xml: &mut Xml, catalogue: &Catalogue<'_>, edition: &EditionKind, lang: &Lang) {
    let given = &catalogue.shop().subjects;
    let clc = catalogue.clc(edition);
    let words = catalogue.book.meta.keywords.get(lang);
    if given.is_empty() && clc.is_empty() && words.is_none_or(Vec::is_empty) {
        return;
    }
    xml.nest("subjects", &[], |xml| {
        for (scheme, codes) in [("Thema", &given.thema), ("BISAC", &given.bisac), ("CLC", &clc)] {
            for code in codes {
                xml.text("subject", &[("subjectScheme", scheme), ("classificationCode", code)], code);
            }
        }
        for word in words.into_iter().flatten() {
            xml.text("subject", &[("xml:lang", lang.bcp47())], word);
        }
    });
}

fn translations(xml: &mut Xml, catalogue: &Catalogue<'_>, edition: &EditionKind) {
    let EditionKind::Single(own) = edition else { return };
    let source = catalogue.book.source_language();
    let others: Vec<(&str, String)> = editions(catalogue)
        .into_iter()
        .filter_map(|(other, doi)| match other {
            EditionKind::Single(lang) if lang == own => None,
            EditionKind::Single(_) if own == source => Some(("HasTranslation", doi.to_owned())),
            EditionKind::Single(lang) if lang == source => Some(("IsTranslationOf", doi.to_owned())),
            _ => None,
        })
        .collect();
    if others.is_empty() {
        return;
    }
    xml.nest("relatedIdentifiers", &[], |xml| {
        for (relation, doi) in &others {
            xml.text("relatedIdentifier", &[("relatedIdentifierType", "DOI"), ("relationType", relation)], doi);
        }
    });
}

fn rights(xml: &mut Xml, catalogue: &Catalogue<'_>, lang: &Lang) {
    let text = said(&catalogue.book.meta.rights, lang);
    let license = catalogue.shop().license.as_deref();
    let Some(text) = text.or(license) else { return };
    xml.nest("rightsList", &[], |xml| {
        let tag = ("xml:lang", lang.bcp47());
        match license {
            Some(license) => xml.text("rights", &[tag, ("rightsURI", license)], text),
            None => xml.text("rights", &[tag], text),
        }
    });
}
