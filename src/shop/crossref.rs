//! A deposit for Crossref (schema 5.4.0): a book for each edition that has a DOI.

use super::catalogue::{Catalogue, Number, Product, said, said_anyhow};
use super::xml::Xml;
use crate::model::release::{ProductForm, Sender};
use crate::model::{EditionKind, Lang, Person};

const SCHEMA: &str = "http://www.crossref.org/schema/5.4.0";
const PLACE: &str = "http://www.crossref.org/schema/5.4.0 https://www.crossref.org/schemas/crossref5.4.0.xsd";

/// The deposit; `None` where no DOI is given, or where Crossref would not know whom to answer or where the DOI leads.
pub(super) fn deposit(catalogue: &Catalogue<'_>) -> Option<String> {
    let sender = catalogue.sender.as_ref()?;
    let email = sender.email.as_deref()?;
    let editions = editions(catalogue);
    if editions.is_empty() || catalogue.shop().website.is_empty() {
        return None;
    }
    let mut xml = Xml::document();
    let attrs = [
        ("version", "5.4.0"),
        ("xmlns", SCHEMA),
        ("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance"),
        ("xsi:schemaLocation", PLACE),
    ];
    xml.nest("doi_batch", &attrs, |xml| {
        xml.nest("head", &[], |xml| {
            xml.text("doi_batch_id", &[], &format!("{}-{}", catalogue.book.meta.slug, catalogue.date));
            xml.text("timestamp", &[], &timestamp(catalogue.date));
            xml.nest("depositor", &[], |xml| {
                xml.text("depositor_name", &[], &sender.name);
                xml.text("email_address", &[], email);
            });
            xml.text("registrant", &[], &sender.name);
        });
        xml.nest("body", &[], |xml| {
            for (edition, doi) in &editions {
                book(xml, catalogue, edition, doi, sender);
            }
        });
    });
    Some(xml.finish())
}

/// The editions that have a DOI.
pub(super) fn editions<'c>(catalogue: &'c Catalogue<'_>) -> Vec<(&'c EditionKind, &'c str)> {
    let mut editions: Vec<(&EditionKind, &str)> = Vec::new();
    for product in &catalogue.products {
        let edition = &product.file.edition;
        let known = editions.iter().any(|(own, _)| *own == edition);
        editions.extend(catalogue.doi(edition).filter(|_| !known).map(|doi| (edition, doi)));
    }
    editions
}

fn book(xml: &mut Xml, catalogue: &Catalogue<'_>, edition: &EditionKind, doi: &str, sender: &Sender) {
    let (meta, shop) = (&catalogue.book.meta, catalogue.shop());
    let lang = catalogue.book.languages_of(edition)[0];
    xml.nest("book", &[("book_type", "monograph")], |xml| {
        xml.nest("book_metadata", &[("language", lang.primary())], |xml| {
            contributors(xml, catalogue, edition, lang);
            xml.nest("titles", &[], |xml| {
                xml.text("title", &[], meta.title_in(lang));
                xml.text("subtitle", &[], said(&meta.subtitle, lang).unwrap_or_default());
            });
            let (year, month, day) = meta.date;
            xml.nest("publication_date", &[("media_type", "online")], |xml| {
                xml.text("month", &[], &format!("{month:02}"));
                xml.text("day", &[], &format!("{day:02}"));
                xml.text("year", &[], &format!("{year:04}"));
            });
            numbers(xml, catalogue, edition);
            xml.nest("publisher", &[], |xml| {
                let name = said_anyhow(&meta.publisher, lang).unwrap_or(&sender.name);
                xml.text("publisher_name", &[], name);
                xml.text("publisher_place", &[], said(&shop.city, lang).unwrap_or_default());
            });
            xml.nest("doi_data", &[], |xml| {
                xml.text("doi", &[], doi);
                xml.text("resource", &[], said_anyhow(&shop.website, lang).unwrap_or_default());
            });
        });
    });
}

fn contributors(xml: &mut Xml, catalogue: &Catalogue<'_>, edition: &EditionKind, lang: &Lang) {
    let role = |person: &Person| match person.role.as_str() {
        "aut" => Some("author"),
        "edt" => Some("editor"),
        "trl" => Some("translator"),
        _ => None,
    };
    let people: Vec<(&Person, &str, &str)> = catalogue
        .people(edition)
        .into_iter()
        .filter_map(|person| Some((person, role(person)?, said_anyhow(&person.name, lang)?)))
        .collect();
    if people.is_empty() {
        return;
    }
    xml.nest("contributors", &[], |xml| {
        for (at, (person, role, name)) in people.into_iter().enumerate() {
            let sequence = if at == 0 { "first" } else { "additional" };
            let attrs = [("sequence", sequence), ("contributor_role", role)];
            if person.group {
                xml.text("organization", &attrs, name);
                continue;
            }
            let (surname, given) = parted(said(&person.sort, lang).unwrap_or(name));
            xml.nest("person_name", &attrs, |xml| {
                xml.text("given_name", &[], given);
                xml.text("surname", &[], surname);
                if let Some(orcid) = &person.orcid {
                    xml.text("ORCID", &[], &format!("https://orcid.org/{orcid}"));
                }
            });
        }
    });
}

/// Family name and given name of a name as lists sort it; a name that is not parted stands whole.
pub(super) fn parted(sorted: &str) -> (&str, &str) {
    let (surname, given) = sorted.split_once([',', '，']).unwrap_or((sorted, ""));
    (surname.trim(), given.trim())
}

fn numbers(xml: &mut Xml, catalogue: &Catalogue<'_>, edition: &EditionKind) {
    let of = |product: &&Product<'_>| product.file.edition == *edition;
    let isbns: Vec<(&str, &str)> = catalogue
        .products
        .iter()
        .filter(of)
        .filter_map(|product| {
            let Some(Number::Isbn(digits)) = &product.number else { return None };
            let media = if product.form == ProductForm::Print { "print" } else { "electronic" };
            Some((media, digits.as_str()))
        })
        .collect();
    for (media, digits) in &isbns {
        xml.text("isbn", &[("media_type", media)], digits);
    }
    if isbns.is_empty() {
        xml.nest("noisbn", &[("reason", "monograph")], |_| {});
    }
}

fn timestamp(seconds: i64) -> String {
    let time = chrono::DateTime::from_timestamp(seconds.clamp(0, 253_402_300_799), 0).unwrap_or_default();
    time.format("%Y%m%d%H%M%S").to_string()
}
