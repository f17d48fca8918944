//! Accessibility: features of List 196, from what the file says of itself.

use super::Xml;
use crate::model::Lang;
use crate::model::release::{ProductForm, Sender};
use crate::shop::Access;
use crate::shop::catalogue::Product;

/// Features of schema.org and what they are in List 196.
const FEATURES: [(&str, &str); 8] = [
    ("unlocked", "10"),
    ("tableOfContents", "11"),
    ("index", "12"),
    ("readingOrder", "13"),
    ("alternativeText", "14"),
    ("MathML", "17"),
    ("pageBreakMarkers", "19"),
    ("structuralNavigation", "29"),
];

/// The features of a product.
pub(super) fn features(xml: &mut Xml, product: &Product<'_>, sender: &Sender) {
    let mut feature = |code: &str, text: Option<(&Lang, &str)>| {
        xml.nest("ProductFormFeature", &[], |xml| {
            xml.text("ProductFormFeatureType", &[], "09");
            xml.text("ProductFormFeatureValue", &[], code);
            if let Some((lang, text)) = text {
                xml.text("ProductFormFeatureDescription", &super::in_language(lang), text);
            }
        });
    };
    match product.form {
        ProductForm::Print => {}
        ProductForm::Pdf => {
            if product.file.claims.iter().any(|claim| claim == "PDF/UA-1") {
                feature("05", None);
            }
        }
        ProductForm::Epub => {
            let access = &product.file.access;
            if let Some(summary) = &access.summary {
                feature("00", Some((product.lang(), summary)));
            }
            for code in claimed(access).into_iter().chain(of(access)) {
                feature(code, None);
            }
            if let Some(by) = &access.certified_by {
                feature("90", Some((product.lang(), by)));
            }
            if let Some(email) = sender.email.as_deref().filter(|_| !access.features.is_empty()) {
                feature("99", Some((product.lang(), email)));
            }
            if access.hazards.iter().any(|hazard| hazard == "none") {
                super::coded(
                    xml,
                    "ProductFormFeature",
                    [("ProductFormFeatureType", "12"), ("ProductFormFeatureValue", "00")],
                );
            }
        }
    }
}

/// What somebody vouches for: the specification, the version of WCAG and its level.
fn claimed(access: &Access) -> Vec<&'static str> {
    let Some(claim) = &access.conforms_to else { return Vec::new() };
    let mut codes = Vec::new();
    codes.extend(claim.starts_with("EPUB Accessibility 1.1").then_some("04"));
    codes.extend(
        [("WCAG 2.0", "80"), ("WCAG 2.1", "81"), ("WCAG 2.2", "82")]
            .into_iter()
            .find(|(version, _)| claim.contains(version))
            .map(|(_, code)| code),
    );
    let level = claim.rsplit(' ').next().unwrap_or_default();
    codes.extend(["A", "AA", "AAA"].iter().position(|own| *own == level).map(|at| ["84", "85", "86"][at]));
    codes
}

/// What the file has.
fn of(access: &Access) -> Vec<&'static str> {
    if access.features.is_empty() {
        return Vec::new();
    }
    let mut codes: Vec<&str> =
        FEATURES.iter().filter(|(feature, _)| access.has(feature)).map(|(_, code)| *code).collect();
    codes.extend((access.tables_of_charts && access.has("alternativeText")).then_some("16"));
    // Every document that this program writes tells its language, and those of its parts that have another.
    codes.push("22");
    codes.extend(access.roles.then_some("30"));
    codes.extend(access.landmarks.then_some("32"));
    codes.extend(access.has("displayTransformability").then_some("36"));
    codes.extend(access.has("pageNavigation").then_some("41"));
    codes.extend(access.sufficient.iter().any(|modes| modes == "textual").then_some("52"));
    codes
}

#[cfg(test)]
mod tests {
    use super::{claimed, of};
    use crate::shop::Access;

    #[test]
    fn a_claim_gives_three_codes_and_nothing_gives_none() {
        let claim = "EPUB Accessibility 1.1 - WCAG 2.2 Level AA";
        let access = Access { conforms_to: Some(claim.to_owned()), ..Access::default() };
        assert_eq!(claimed(&access), ["04", "82", "85"]);
        assert_eq!((claimed(&Access::default()).len(), of(&Access::default()).len()), (0, 0));
    }

    #[test]
    fn tables_of_charts_are_told_only_where_the_file_has_them() {
        let features = vec!["alternativeText".to_owned(), "tableOfContents".to_owned()];
        let access = Access { features, tables_of_charts: true, ..Access::default() };
        assert_eq!(of(&access), ["11", "14", "16", "22"]);
        assert_eq!(of(&Access { tables_of_charts: false, ..access }), ["11", "14", "22"]);
    }
}
