//! `CollateralDetail`: texts for readers, the cover, a look inside.

use std::collections::BTreeMap;

use super::{Xml, in_language};
use crate::model::release::ProductForm;
use crate::model::{Lang, Role};
use crate::shop::Kind;
use crate::shop::catalogue::{Catalogue, Product, said};

pub(super) fn detail(xml: &mut Xml, catalogue: &Catalogue<'_>, product: &Product<'_>) {
    let texts = texts(catalogue, product);
    let resources = resources(catalogue, product);
    if texts.is_empty() && resources.is_empty() {
        return;
    }
    xml.nest("CollateralDetail", &[], |xml| {
        for (kind, texts) in &texts {
            xml.nest("TextContent", &[], |xml| {
                xml.text("TextType", &[], kind);
                xml.text("ContentAudience", &[], "00");
                for text in texts {
                    text.write(xml);
                }
            });
        }
        for resource in &resources {
            resource.write(xml);
        }
    });
}

/// A text in one language, paragraph by paragraph or as a list.
struct Text<'t> {
    lang: &'t Lang,
    list: bool,
    parts: Vec<&'t str>,
}

impl Text<'_> {
    fn write(&self, xml: &mut Xml) {
        let [language] = in_language(self.lang);
        let attrs = [("textformat", "05"), language];
        if self.list {
            xml.nest("Text", &attrs, |xml| xml.paragraphs("ul", &[], "li", &self.parts));
        } else {
            xml.paragraphs("Text", &attrs, "p", &self.parts);
        }
    }
}

/// The texts with their kinds (List 153).
fn texts<'c>(catalogue: &'c Catalogue<'_>, product: &Product<'c>) -> Vec<(&'static str, Vec<Text<'c>>)> {
    let (own, meta) = (&catalogue.shop().texts, &catalogue.book.meta);
    let in_each = |texts: &'c BTreeMap<Lang, String>, other: Option<&'c BTreeMap<Lang, String>>| {
        let one = |lang: &&'c Lang| {
            let text = said(texts, lang).or_else(|| said(other?, lang))?;
            let parts = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
            Some(Text { lang, list: false, parts })
        };
        product.langs.iter().filter_map(one).collect::<Vec<_>>()
    };
    let all = [
        ("02", in_each(&own.short, None)),
        ("03", in_each(&own.long, Some(&meta.description))),
        ("04", contents(catalogue, product)),
        ("05", in_each(&own.cover, None)),
        ("10", in_each(&own.headline, None)),
    ];
    all.into_iter().filter(|(_, texts)| !texts.is_empty()).collect()
}

/// The titles of the chapters.
fn contents<'c>(catalogue: &'c Catalogue<'_>, product: &Product<'c>) -> Vec<Text<'c>> {
    let listed = |role| matches!(role, Role::Preface | Role::Chapter | Role::Appendix);
    let of = |lang: &&'c Lang| {
        let chapters = catalogue.book.chapters(lang).iter().filter(|chapter| listed(chapter.meta.role));
        let parts: Vec<&str> =
            chapters.map(|chapter| chapter.meta.title.value.trim()).filter(|t| !t.is_empty()).collect();
        (!parts.is_empty()).then_some(Text { lang, list: true, parts })
    };
    product.langs.iter().filter_map(of).collect()
}

/// A file beside the product.
struct Resource {
    kind: &'static str,
    mode: &'static str,
    form: &'static str,
    file: &'static str,
    link: String,
}

impl Resource {
    fn write(&self, xml: &mut Xml) {
        xml.nest("SupportingResource", &[], |xml| {
            xml.text("ResourceContentType", &[], self.kind);
            xml.text("ContentAudience", &[], "00");
            xml.text("ResourceMode", &[], self.mode);
            xml.nest("ResourceVersion", &[], |xml| {
                xml.text("ResourceForm", &[], self.form);
                xml.nest("ResourceVersionFeature", &[], |xml| {
                    xml.text("ResourceVersionFeatureType", &[], "01");
                    xml.text("FeatureValue", &[], self.file);
                });
                xml.text("ResourceLink", &[], &self.link);
            });
        });
    }
}

fn resources(catalogue: &Catalogue<'_>, product: &Product<'_>) -> Vec<Resource> {
    let edition = &product.file.edition;
    let cover = catalogue.cover(edition).and_then(|file| catalogue.address(file));
    let cover = cover.map(|link| Resource { kind: "01", mode: "03", form: "02", file: "D502", link });
    let sample = |file: &&crate::shop::Artifact| file.edition == *edition && matches!(file.kind, Kind::Sample(_));
    let samples = catalogue.artifacts.iter().filter(sample).filter_map(|file| {
        let form = if file.kind == Kind::Sample(ProductForm::Epub) { "E101" } else { "E107" };
        Some(Resource { kind: "15", mode: "04", form: "02", file: form, link: catalogue.address(file)? })
    });
    cover.into_iter().chain(samples).collect()
}
