//! What the package document of an e-book claims, held against its documents.

use dama_pub::model::Isbn;

use crate::epub_promises::{Files, attribute, broken, publication_files, tags};

/// The largest document that Kobo's guidelines allow, in bytes.
const LARGEST: usize = 10_000_000;
/// Features of sound and film (schema.org's vocabulary), which books of text cannot have.
const OF_SOUND: [&str; 7] = [
    "audioDescription",
    "captions",
    "closedCaptions",
    "openCaptions",
    "signLanguage",
    "synchronizedAudioText",
    "transcript",
];

/// Every claim, and whether it is true.
pub(crate) fn judged_claims(files: &Files) -> Vec<(&'static str, bool)> {
    let package = &files["content.opf"];
    let documents: Vec<(&str, &str)> = files
        .iter()
        .filter(|(name, _)| name.ends_with(".xhtml") && *name != "nav.xhtml")
        .map(|(name, text)| (name.as_str(), text.as_str()))
        .collect();
    let claimed = |value: &str| package.contains(&format!(">{value}</meta>"));
    let some = |wanted: &str| documents.iter().any(|(_, text)| text.contains(wanted));
    let seen = documents.iter().any(|(name, text)| *name != "cover.xhtml" && pictures(text));
    let contents = files["nav.xhtml"].split("epub:type=\"landmarks\"").next().unwrap_or("");
    let listed = |name: &str| contents.contains(&format!("<a href=\"{name}\">"));
    vec![
        ("documents of 10 MB at most", files.values().all(|text| text.len() <= LARGEST)),
        ("a right check digit", numbers(package).all(|number| number.is_some_and(|isbn| isbn.is_right()))),
        ("a title for each document", documents.iter().all(|(_, text)| titled(text))),
        ("each document in the contents", documents.iter().all(|(name, _)| listed(name))),
        ("ruby where it is claimed", !claimed("rubyAnnotations") || some("<ruby")),
        ("no claim of sound", !OF_SOUND.iter().any(|feature| claimed(feature))),
        ("the feature alternativeText where there are pictures", claimed("alternativeText") == seen),
        ("the access mode visual where there are pictures", claimed("visual") == seen),
        ("conformance in the words of the standard, with a name", vouched(package)),
        ("the data of each chart", documents.iter().all(|(_, text)| charted(text))),
        ("both languages where there are pairs", documents.iter().all(|(_, text)| in_both_languages(text))),
    ]
}

/// Whether a document shows a picture that is no decoration.
fn pictures(text: &str) -> bool {
    let drawn = tags(text, "svg").iter().any(|svg| attribute(svg, "role") == Some("img"));
    drawn || tags(text, "img").iter().any(|image| attribute(image, "role") != Some("presentation"))
}

/// The ISBNs of a package document; none in place of one that cannot be read.
fn numbers(package: &str) -> impl Iterator<Item = Option<Isbn>> {
    package.split("urn:isbn:").skip(1).map(|rest| Isbn::read(rest.split('<').next().unwrap_or("")))
}

/// Whether a document has a title that is not the name of a file.
fn titled(text: &str) -> bool {
    let title = text.split("<title>").nth(1).and_then(|rest| rest.split('<').next()).unwrap_or("");
    !title.trim().is_empty() && !title.ends_with(".xhtml")
}

/// Whether a claim of conformance, if there is one, is in the words of EPUB Accessibility 1.1 and says who makes it.
fn vouched(package: &str) -> bool {
    let Some(rest) = package.split("property=\"dcterms:conformsTo\"").nth(1) else { return true };
    let claim = rest.split(['>', '<']).nth(1).unwrap_or("");
    let standard = claim.strip_prefix("EPUB Accessibility 1.1 - WCAG 2.").and_then(|rest| rest.split_once(" Level "));
    standard.is_some_and(|(version, level)| ["0", "1", "2"].contains(&version) && ["A", "AA", "AAA"].contains(&level))
        && package.contains("property=\"a11y:certifiedBy\"")
}

fn charted(text: &str) -> bool {
    text.matches("class=\"chart\"").count() == text.matches("class=\"chart-table\"").count()
}

/// Whether a document with pairs of blocks marks a language below its own.
fn in_both_languages(text: &str) -> bool {
    !text.contains("class=\"pair\"") || text.split("<body").nth(1).is_some_and(|body| body.contains(" lang=\""))
}

#[test]
fn a_false_claim_is_seen() {
    for (edition, promise, old, new) in [
        ("zh", "a right check digit", "id=\"pub-id\">urn:uuid:", "id=\"pub-id\">urn:isbn:9787302000021<"),
        ("zh", "a title for each document", "<title>", "<title>a.xhtml</title><title>"),
        ("zh", "each document in the contents", "<a href=\"ch-05-preface-two.xhtml\">", "<a href=\"cover.xhtml\">"),
        ("zh", "ruby where it is claimed", ">MathML</meta>", ">rubyAnnotations</meta>"),
        ("zh", "no claim of sound", ">MathML</meta>", ">closedCaptions</meta>"),
        ("zh", "the feature alternativeText where there are pictures", ">alternativeText</meta>", ">none</meta>"),
        ("zh", "the access mode visual where there are pictures", ">visual</meta>", ">none</meta>"),
        (
            "zh",
            "conformance in the words of the standard, with a name",
            "</metadata>",
            "<meta property=\"dcterms:conformsTo\">WCAG 2.2 AA</meta></metadata>",
        ),
        ("zh", "the data of each chart", " class=\"chart-table\"", ""),
        ("bilingual", "both languages where there are pairs", " lang=\"en\" xml:lang=\"en\"", ""),
    ] {
        let mut files = publication_files(edition);
        let spoilt: usize = files.values().map(|text| text.matches(old).count()).sum();
        assert!(spoilt > 0, "{promise}: `{old}` is there to be spoilt");
        files.values_mut().for_each(|text| *text = text.replace(old, new));
        assert!(broken(&files).contains(&promise), "{promise} is not missed");
    }
}

#[test]
fn a_document_that_devices_do_not_open_is_seen() {
    let mut files = publication_files("zh");
    files.insert("large.xhtml".to_owned(), " ".repeat(LARGEST + 1));
    assert!(broken(&files).contains(&"documents of 10 MB at most"));
}
