//! ONIX for Books (EDItEUR), with reference names. What is written is the same in 3.1 and 3.0; numbers of code lists are
//! named by what they mean. Elements that only CNONIX has are not written: its text is not public.

mod access;
mod codes;
mod collateral;
mod descriptive;
mod publishing;
mod related;
mod supply;

pub(super) use codes::role;

use super::Form;
use super::catalogue::{Catalogue, Number, Product};
use super::xml::Xml;
use crate::model::Lang;
use crate::model::release::{Sender, Status};

/// A release of ONIX.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Version {
    V31,
    V30,
}

impl Version {
    pub(super) fn form(self) -> Form {
        match self {
            Version::V31 => Form::Onix31,
            Version::V30 => Form::Onix30,
        }
    }

    pub(super) fn file(self) -> &'static str {
        match self {
            Version::V31 => "onix-3.1.xml",
            Version::V30 => "onix-3.0.xml",
        }
    }

    fn number(self) -> &'static str {
        match self {
            Version::V31 => "3.1",
            Version::V30 => "3.0",
        }
    }
}

/// Writes a message of all products.
pub(super) fn message(catalogue: &Catalogue<'_>, sender: &Sender, version: Version) -> String {
    let mut xml = Xml::document();
    let number = version.number();
    let namespace = format!("http://ns.editeur.org/onix/{number}/reference");
    xml.nest("ONIXMessage", &[("release", number), ("xmlns", &namespace)], |xml| {
        xml.nest("Header", &[], |xml| {
            xml.nest("Sender", &[], |xml| {
                xml.text("SenderName", &[], &sender.name);
                xml.text("EmailAddress", &[], sender.email.as_deref().unwrap_or_default());
            });
            xml.text("SentDateTime", &[], &sent(catalogue.date));
        });
        for product in &catalogue.products {
            xml.nest("Product", &[], |xml| self::product(xml, catalogue, product, sender));
        }
    });
    xml.finish()
}

fn product(xml: &mut Xml, catalogue: &Catalogue<'_>, product: &Product<'_>, sender: &Sender) {
    xml.text("RecordReference", &[], &catalogue.reference(product));
    let early = catalogue.shop().status == Some(Status::Forthcoming);
    xml.text("NotificationType", &[], if early { "02" } else { "03" });
    identifiers(xml, "ProductIdentifier", catalogue, product);
    xml.nest("DescriptiveDetail", &[], |xml| descriptive::detail(xml, catalogue, product, sender));
    collateral::detail(xml, catalogue, product);
    xml.nest("PublishingDetail", &[], |xml| publishing::detail(xml, catalogue, product, sender));
    xml.nest("RelatedMaterial", &[], |xml| related::material(xml, catalogue, product));
    supply::supply(xml, catalogue, product, sender);
}

/// The numbers of a product: that of the house, the standard number, the DOI, and the identifier in the e-book.
fn identifiers(xml: &mut Xml, element: &str, catalogue: &Catalogue<'_>, product: &Product<'_>) {
    let mut identifier = |scheme: &str, name: Option<&str>, value: &str| {
        xml.nest(element, &[], |xml| {
            xml.text("ProductIDType", &[], scheme);
            xml.text("IDTypeName", &[], name.unwrap_or_default());
            xml.text("IDValue", &[], value);
        });
    };
    let house = catalogue.shop().domain.as_deref().unwrap_or("dama-pub");
    identifier("01", Some(house), &product.own_name(catalogue.book));
    match &product.number {
        Some(Number::Isbn(digits)) if digits.len() == 13 => identifier("15", None, digits),
        Some(Number::Isbn(digits)) => identifier("02", None, digits),
        // Two numbers of a house must have different names.
        Some(Number::Other(number)) => identifier("01", Some(&format!("{house} number")), number),
        None => {}
    }
    if let Some(doi) = catalogue.doi(&product.file.edition) {
        identifier("06", None, doi);
    }
    let urn = product.file.access.identifier.as_deref().filter(|urn| urn.starts_with("urn:uuid:"));
    if let Some(urn) = urn {
        identifier("22", None, urn);
    }
}

/// The time of a message, in UTC.
fn sent(seconds: i64) -> String {
    let time = chrono::DateTime::from_timestamp(seconds.clamp(0, 253_402_300_799), 0).unwrap_or_default();
    time.format("%Y%m%dT%H%MZ").to_string()
}

/// The attribute that tells the language of a text.
fn in_language(lang: &Lang) -> [(&'static str, &'static str); 1] {
    [("language", lang.bibliographic_code())]
}

/// An element of three that name a scheme and a code.
fn coded(xml: &mut Xml, element: &str, parts: [(&str, &str); 2]) {
    xml.nest(element, &[], |xml| {
        for (name, value) in parts {
            xml.text(name, &[], value);
        }
    });
}
