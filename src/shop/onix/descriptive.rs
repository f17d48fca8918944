//! `DescriptiveDetail`: what the product is.

use super::{Xml, access, coded, codes, in_language};
use crate::model::release::{Binding, ProductForm, Sender};
use crate::model::{EditionKind, Lang, Person};
use crate::shop::catalogue::{Catalogue, Product, said, said_anyhow};

pub(super) fn detail(xml: &mut Xml, catalogue: &Catalogue<'_>, product: &Product<'_>, sender: &Sender) {
    xml.text("ProductComposition", &[], "00");
    form(xml, catalogue, product, sender);
    series(xml, catalogue, product);
    titles(xml, catalogue, product);
    for (at, person) in catalogue.people(&product.file.edition).into_iter().enumerate() {
        contributor(xml, person, product.lang(), at + 1);
    }
    if catalogue.book.meta.people.is_empty() {
        xml.empty("NoContributor");
    }
    let version = catalogue.book.meta.version.as_deref().unwrap_or_default();
    xml.text("EditionStatement", &[], version);
    languages(xml, catalogue, product);
    extents(xml, product);
    subjects(xml, catalogue, product);
    for audience in &catalogue.shop().audience {
        let code = codes::audience(*audience);
        coded(xml, "Audience", [("AudienceCodeType", "01"), ("AudienceCodeValue", code)]);
    }
}

fn form(xml: &mut Xml, catalogue: &Catalogue<'_>, product: &Product<'_>, sender: &Sender) {
    let shop = catalogue.shop();
    let form = match (product.form, shop.binding.unwrap_or(Binding::Paperback)) {
        (ProductForm::Epub | ProductForm::Pdf, _) => "ED",
        (ProductForm::Print, Binding::Hardback) => "BB",
        (ProductForm::Print, Binding::Paperback) => "BC",
    };
    xml.text("ProductForm", &[], form);
    let file = codes::file_form(product.form);
    xml.text("ProductFormDetail", &[], file.unwrap_or_default());
    access::features(xml, product, sender);
    xml.text("PrimaryContentType", &[], if file.is_some() { "10" } else { "" });
    if let (ProductForm::Print, Some((width, height))) = (product.form, product.file.trim) {
        for (kind, length) in [("01", height), ("02", width)] {
            xml.nest("Measure", &[], |xml| {
                xml.text("MeasureType", &[], kind);
                xml.text("Measurement", &[], &length.to_string());
                xml.text("MeasureUnitCode", &[], "mm");
            });
        }
    }
    if file.is_none() {
        return;
    }
    if let Some(protection) = shop.protection {
        xml.text("EpubTechnicalProtection", &[], codes::protection(protection));
    }
    if let Some(license) = &shop.license {
        xml.nest("EpubLicense", &[], |xml| {
            let rights = said_anyhow(&catalogue.book.meta.rights, product.lang()).unwrap_or(license);
            xml.text("EpubLicenseName", &in_language(product.lang()), rights);
            xml.nest("EpubLicenseExpression", &[], |xml| {
                xml.text("EpubLicenseExpressionType", &[], "01");
                xml.text("EpubLicenseExpressionLink", &[], license);
            });
        });
    }
}

fn series(xml: &mut Xml, catalogue: &Catalogue<'_>, product: &Product<'_>) {
    let Some(series) = &catalogue.book.meta.series else {
        xml.empty("NoCollection");
        return;
    };
    let Some(name) = said_anyhow(&series.name, product.lang()) else { return };
    xml.nest("Collection", &[], |xml| {
        xml.text("CollectionType", &[], "10");
        xml.nest("TitleDetail", &[], |xml| {
            xml.text("TitleType", &[], "01");
            xml.nest("TitleElement", &[], |xml| {
                xml.text("TitleElementLevel", &[], "02");
                xml.text("PartNumber", &[], series.number.as_deref().unwrap_or_default());
                xml.text("TitleText", &in_language(product.lang()), name);
            });
        });
    });
}

/// The title; that in the source language for a translation, that in the other for an edition in both.
fn titles(xml: &mut Xml, catalogue: &Catalogue<'_>, product: &Product<'_>) {
    let mut title = |kind: &str, lang: &Lang| {
        let meta = &catalogue.book.meta;
        xml.nest("TitleDetail", &[], |xml| {
            xml.text("TitleType", &[], kind);
            xml.nest("TitleElement", &[], |xml| {
                xml.text("TitleElementLevel", &[], "01");
                let text = [meta.title_in(lang), &meta.slug].into_iter().find(|text| !text.trim().is_empty());
                xml.text("TitleText", &in_language(lang), text.unwrap_or("—"));
                xml.text("Subtitle", &in_language(lang), said(&meta.subtitle, lang).unwrap_or_default());
            });
        });
    };
    title("01", product.lang());
    let source = catalogue.book.source_language();
    if product.is_translation(catalogue.book) {
        title("03", source);
    }
    for other in &product.langs[1..] {
        title("06", other);
    }
}

fn contributor(xml: &mut Xml, person: &Person, lang: &Lang, number: usize) {
    let Some(name) = said_anyhow(&person.name, lang) else { return };
    xml.nest("Contributor", &[], |xml| {
        xml.text("SequenceNumber", &[], &number.to_string());
        xml.text("ContributorRole", &[], super::role(&person.role).unwrap_or("Z99"));
        if let Some(orcid) = &person.orcid {
            xml.nest("NameIdentifier", &[], |xml| {
                xml.text("NameIDType", &[], "21");
                xml.text("IDValue", &[], &orcid.replace('-', ""));
            });
        }
        if person.group {
            xml.text("CorporateName", &[], name);
        } else {
            xml.text("PersonName", &[], name);
            xml.text("PersonNameInverted", &[], said(&person.sort, lang).unwrap_or_default());
        }
        xml.text("BiographicalNote", &in_language(lang), said(&person.biography, lang).unwrap_or_default());
    });
}

fn languages(xml: &mut Xml, catalogue: &Catalogue<'_>, product: &Product<'_>) {
    let mut language = |role: &str, lang: &Lang| {
        xml.nest("Language", &[], |xml| {
            xml.text("LanguageRole", &[], role);
            xml.text("LanguageCode", &[], lang.bibliographic_code());
            xml.text("ScriptCode", &[], lang.script_code().unwrap_or_default());
        });
    };
    for lang in &product.langs {
        language("01", lang);
    }
    let source = catalogue.book.source_language();
    match &product.file.edition {
        EditionKind::Bilingual => {
            language("06", source);
            for other in &product.langs[1..] {
                language("07", other);
            }
        }
        EditionKind::Single(_) if product.is_translation(catalogue.book) => language("02", source),
        EditionKind::Single(_) => {}
    }
}

fn extents(xml: &mut Xml, product: &Product<'_>) {
    let mut extent = |kind: &str, value: u64, unit: &str| {
        xml.nest("Extent", &[], |xml| {
            xml.text("ExtentType", &[], kind);
            xml.text("ExtentValue", &[], &value.to_string());
            xml.text("ExtentUnit", &[], unit);
        });
    };
    let pages = product.file.pages.map(|pages| pages as u64);
    match (product.form, pages) {
        (ProductForm::Print, Some(pages)) => extent("00", pages, "03"),
        (ProductForm::Pdf, Some(pages)) => extent("10", pages, "03"),
        _ => {}
    }
    if let (ProductForm::Epub | ProductForm::Pdf, Some(bytes)) = (product.form, product.file.bytes) {
        extent("22", bytes, "17");
    }
}

/// Of each scheme the first code is the main one.
fn subjects(xml: &mut Xml, catalogue: &Catalogue<'_>, product: &Product<'_>) {
    let given = &catalogue.shop().subjects;
    let clc = catalogue.clc(&product.file.edition);
    let thema = given.thema.iter().map(|code| (codes::thema_scheme(code), code));
    let all = thema.chain(given.bisac.iter().map(|code| ("10", code))).chain(clc.iter().map(|code| ("88", code)));
    let mut seen: Vec<&str> = Vec::new();
    for (scheme, code) in all {
        xml.nest("Subject", &[], |xml| {
            let main = !seen.contains(&scheme) && ["93", "10", "88"].contains(&scheme);
            if main {
                xml.empty("MainSubject");
            }
            xml.text("SubjectSchemeIdentifier", &[], scheme);
            xml.text("SubjectCode", &[], code);
        });
        seen.push(scheme);
    }
    for lang in &product.langs {
        let words = catalogue.book.meta.keywords.get(*lang).map(|words| words.join("; ")).unwrap_or_default();
        if !words.trim().is_empty() {
            xml.nest("Subject", &[], |xml| {
                xml.text("SubjectSchemeIdentifier", &[], "20");
                xml.text("SubjectHeadingText", &in_language(lang), &words);
            });
        }
    }
}
