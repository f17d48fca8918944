//! `RelatedMaterial`: the same text in another form, the same book in another language.

use super::{Xml, codes, identifiers};
use crate::model::release::Number;
use crate::model::{EditionKind, Lang};
use crate::shop::catalogue::{Catalogue, Product};

pub(super) fn material(xml: &mut Xml, catalogue: &Catalogue<'_>, product: &Product<'_>) {
    works(xml, catalogue, product);
    let edition = &product.file.edition;
    for other in catalogue.others(product, |other| other.file.edition == *edition) {
        related(xml, "06", |xml| identifiers(xml, "ProductIdentifier", catalogue, other));
    }
    for other in catalogue.others(product, |other| other.file.edition != *edition && other.form == product.form) {
        related(xml, "11", |xml| identifiers(xml, "ProductIdentifier", catalogue, other));
    }
    for other in &catalogue.shop().related {
        let (scheme, value) = match &other.number {
            Number::Isbn(digits) => ("15", digits),
            Number::Doi(doi) => ("06", doi),
        };
        related(xml, codes::relation(other.relation), |xml| {
            super::coded(xml, "ProductIdentifier", [("ProductIDType", scheme), ("IDValue", value)]);
        });
    }
}

fn related(xml: &mut Xml, code: &str, identifiers: impl FnOnce(&mut Xml)) {
    xml.nest("RelatedProduct", &[], |xml| {
        xml.text("ProductRelationCode", &[], code);
        identifiers(xml);
    });
}

/// The works that a product shows, and from which they are translated, or into which.
fn works(xml: &mut Xml, catalogue: &Catalogue<'_>, product: &Product<'_>) {
    let mut work = |relation: &str, lang: &Lang| {
        xml.nest("RelatedWork", &[], |xml| {
            xml.text("WorkRelationCode", &[], relation);
            xml.nest("WorkIdentifier", &[], |xml| {
                xml.text("WorkIDType", &[], "01");
                xml.text("IDTypeName", &[], catalogue.shop().domain.as_deref().unwrap_or("dama-pub"));
                xml.text("IDValue", &[], &format!("{}-{}", catalogue.book.meta.slug, lang.tag()));
            });
        });
    };
    for lang in &product.langs {
        work("01", lang);
    }
    let book = catalogue.book;
    let EditionKind::Single(own) = &product.file.edition else { return };
    if product.is_translation(book) {
        work("29", book.source_language());
        return;
    }
    for other in book.languages.iter().filter(|lang| *lang != own) {
        work("49", other);
    }
}
