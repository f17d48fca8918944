//! The files of a release, and what can be read from them.

use std::io::{Cursor, Read};

use quick_xml::Reader;
use quick_xml::events::Event;
use zip::ZipArchive;

use crate::inspect::{self, MM};
use crate::model::release::ProductForm;
use crate::model::{Book, EditionKind, Profile};

/// Most bytes of a part of an e-book that are looked at.
const MOST: u64 = 8 << 20;

/// The package document and the navigation of an e-book of this program.
const PACKAGE: &str = "OEBPS/content.opf";
const NAVIGATION: &str = "OEBPS/nav.xhtml";

/// What a file is to a shop.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// It is sold, or printed from.
    Product(ProductForm),
    /// The picture of the front cover.
    Cover,
    /// What readers may look into.
    Sample(ProductForm),
}

/// A file of a release.
#[derive(Debug, Clone, PartialEq)]
pub struct Artifact {
    /// The name of the file, without folders.
    pub name: String,
    /// Its edition.
    pub edition: EditionKind,
    /// What it is.
    pub kind: Kind,
    /// How large it is; `None` where it is not made yet.
    pub bytes: Option<u64>,
    /// How many pages a PDF has.
    pub pages: Option<usize>,
    /// Width and height of its trimmed pages, in whole millimetres.
    pub trim: Option<(u32, u32)>,
    /// Standards that the file claims to keep, such as `PDF/UA-1`.
    pub claims: Vec<String>,
    /// What an e-book says of access.
    pub access: Access,
}

/// What the package document of an e-book says of itself and of access.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Access {
    /// Its identifier.
    pub identifier: Option<String>,
    /// `schema:accessMode`.
    pub modes: Vec<String>,
    /// `schema:accessModeSufficient`.
    pub sufficient: Vec<String>,
    /// `schema:accessibilityFeature`.
    pub features: Vec<String>,
    /// `schema:accessibilityHazard`.
    pub hazards: Vec<String>,
    /// `schema:accessibilitySummary`.
    pub summary: Option<String>,
    /// `dcterms:conformsTo`.
    pub conforms_to: Option<String>,
    /// `a11y:certifiedBy`.
    pub certified_by: Option<String>,
    /// Whether its navigation has landmarks.
    pub landmarks: bool,
    /// Whether its texts tell the roles of their parts.
    pub roles: bool,
    /// Whether charts come with tables of their data.
    pub tables_of_charts: bool,
}

impl Artifact {
    /// A file that is not made yet.
    pub fn planned(name: &str, edition: EditionKind, kind: Kind) -> Self {
        Self {
            name: name.to_owned(),
            edition,
            kind,
            bytes: None,
            pages: None,
            trim: None,
            claims: Vec::new(),
            access: Access::default(),
        }
    }

    /// A finished file. What cannot be read from it is not known of it.
    pub fn read(name: &str, edition: EditionKind, kind: Kind, bytes: &[u8]) -> Self {
        let mut artifact = Self { bytes: Some(bytes.len() as u64), ..Self::planned(name, edition, kind) };
        match kind {
            Kind::Product(ProductForm::Pdf | ProductForm::Print) => artifact.look_at_pdf(bytes),
            Kind::Product(ProductForm::Epub) => artifact.access = access(bytes).unwrap_or_default(),
            Kind::Cover | Kind::Sample(_) => {}
        }
        artifact
    }

    /// The form in which it is sold, if it is.
    pub fn form(&self) -> Option<ProductForm> {
        match self.kind {
            Kind::Product(form) => Some(form),
            Kind::Cover | Kind::Sample(_) => None,
        }
    }

    fn look_at_pdf(&mut self, bytes: &[u8]) {
        let Ok(facts) = inspect::inspect(bytes) else { return };
        self.pages = Some(facts.pages.len());
        self.trim = facts.pages.first().map(|page| {
            let trim = page.trimmed();
            let whole = |length: f64| (length * MM).round().clamp(0.0, 10_000.0) as u32;
            (whole(trim.right - trim.left), whole(trim.top - trim.bottom))
        });
        self.claims = facts.catalogue.claims;
    }
}

/// The products that a book promises by its editions and kinds of PDF, under the names that a build gives them.
pub fn expected(book: &Book) -> Vec<Artifact> {
    let mut artifacts = Vec::new();
    for edition in &book.editions {
        let stem = book.artifact_stem(edition);
        let mut plan = |name: String, form| {
            artifacts.push(Artifact::planned(&name, edition.clone(), Kind::Product(form)));
        };
        for profile in &book.pdf.profiles {
            let form = match profile {
                Profile::Screen => ProductForm::Pdf,
                Profile::Print => ProductForm::Print,
            };
            plan(format!("{stem}{}.pdf", profile.suffix()), form);
        }
        plan(format!("{stem}.epub"), ProductForm::Epub);
    }
    artifacts
}

/// What an e-book says of access; `None` where it is no e-book of this program.
fn access(bytes: &[u8]) -> Option<Access> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).ok()?;
    let mut access = of_package(&part(&mut archive, PACKAGE)?);
    access.landmarks = part(&mut archive, NAVIGATION).is_some_and(|nav| nav.contains("epub:type=\"landmarks\""));
    let pages: Vec<String> = archive
        .file_names()
        .filter_map(|name| name.ok())
        .map(|name| name.into_owned())
        .filter(|name| name.ends_with(".xhtml"))
        .collect();
    for name in pages {
        let page = part(&mut archive, &name).unwrap_or_default();
        access.roles |= page.contains(" role=\"doc-");
        access.tables_of_charts |= page.contains("class=\"chart-table\"");
    }
    Some(access)
}

fn part(archive: &mut ZipArchive<Cursor<&[u8]>>, name: &str) -> Option<String> {
    let entry = archive.by_name(name).ok()?;
    let mut text = String::new();
    entry.take(MOST).read_to_string(&mut text).ok()?;
    Some(text)
}

/// Reads the properties of a package document.
fn of_package(text: &str) -> Access {
    let mut reader = Reader::from_str(text);
    let mut access = Access::default();
    let mut property: Option<String> = None;
    let mut value = String::new();
    loop {
        match reader.read_event() {
            Ok(Event::Start(start)) => {
                value.clear();
                property = match start.name().as_ref() {
                    "meta" => {
                        start.try_get_attribute("property").ok().flatten().map(|attribute| attribute.value.into_owned())
                    }
                    "dc:identifier" => Some("dc:identifier".to_owned()),
                    _ => None,
                };
            }
            Ok(Event::Text(text)) => value.push_str(&text.xml10_content()),
            Ok(Event::GeneralRef(name)) => value.push(entity(&name)),
            Ok(Event::End(_)) => {
                if let Some(property) = property.take() {
                    access.take(&property, value.trim());
                }
            }
            Ok(Event::Eof) | Err(_) => return access,
            Ok(_) => {}
        }
    }
}

/// One of the five entities that XML knows by itself.
fn entity(name: &str) -> char {
    match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "apos" => '\'',
        "quot" => '"',
        _ => '\u{fffd}',
    }
}

impl Access {
    fn take(&mut self, property: &str, value: &str) {
        let value = value.to_owned();
        match property {
            "dc:identifier" => self.identifier = self.identifier.take().or(Some(value)),
            "schema:accessMode" => self.modes.push(value),
            "schema:accessModeSufficient" => self.sufficient.push(value),
            "schema:accessibilityFeature" => self.features.push(value),
            "schema:accessibilityHazard" => self.hazards.push(value),
            "schema:accessibilitySummary" => self.summary = Some(value),
            "dcterms:conformsTo" => self.conforms_to = Some(value),
            "a11y:certifiedBy" => self.certified_by = Some(value),
            _ => {}
        }
    }

    /// Whether it has a feature of schema.org's list.
    pub fn has(&self, feature: &str) -> bool {
        self.features.iter().any(|own| own == feature)
    }
}

#[cfg(test)]
mod tests {
    use super::of_package;

    #[test]
    fn the_package_document_tells_what_it_says_of_access() {
        let access = of_package(
            "<package><metadata><dc:identifier id=\"i\">urn:uuid:1</dc:identifier><dc:identifier>doi:2</dc:identifier>\
            <meta property=\"schema:accessibilityFeature\">MathML</meta><meta property=\"schema:accessibilitySummary\">a &amp; b</meta>\
            <meta name=\"cover\" content=\"c\"/><dc:title>t</dc:title></metadata></package>",
        );
        assert_eq!(access.identifier.as_deref(), Some("urn:uuid:1"));
        assert!(access.has("MathML") && !access.has("index"));
        assert_eq!(access.summary.as_deref(), Some("a & b"));
    }
}
