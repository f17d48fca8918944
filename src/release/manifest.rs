//! `release.json`: what a release says of itself.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::sums::sha256;

/// The file of a release that says what the others are.
pub const MANIFEST: &str = "release.json";

/// Changes when a field is removed or changes its meaning; added fields leave it.
pub const SCHEMA: &str = "dama-pub/release/1";

/// What a release says of itself.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Manifest {
    /// [`SCHEMA`].
    pub schema: String,
    /// The book.
    pub book: BookFacts,
    /// The version that is released.
    pub version: String,
    /// The date that the files bear, `YYYY-MM-DD`.
    pub date: String,
    /// The same in seconds since 1970-01-01, as SOURCE_DATE_EPOCH has it.
    pub source_date_epoch: i64,
    /// What made it.
    pub program: Program,
    /// What it was made from.
    pub source: Source,
    /// The files, in the order of their names.
    pub artifacts: Vec<Artifact>,
    /// The conditions, and how each was met.
    pub gates: Vec<GateFacts>,
    /// The fonts that stand in the files.
    #[serde(default)]
    pub fonts: Vec<FontUse>,
    /// The pictures of the manuscript that the files show.
    #[serde(default)]
    pub pictures: Vec<PictureUse>,
    /// The state of the book that the errata compare with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub compared_with: Option<String>,
    /// What is promised.
    pub statement: String,
}

impl Manifest {
    /// The file.
    pub fn to_json(&self) -> String {
        super::json(self)
    }

    /// Reads the file.
    ///
    /// # Errors
    /// What is wrong with it, in English.
    pub fn read(text: &[u8]) -> Result<Self, String> {
        let manifest: Self = serde_json::from_slice(text).map_err(|why| why.to_string())?;
        if manifest.schema == SCHEMA { Ok(manifest) } else { Err(format!("schema {:?}", manifest.schema)) }
    }
}

/// The book.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct BookFacts {
    /// The stem of the files' names.
    pub slug: String,
    /// Title per language.
    pub title: BTreeMap<String, String>,
    /// Languages, the source first.
    pub languages: Vec<String>,
    /// The edition statement per language.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub edition: BTreeMap<String, String>,
}

/// What made it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Program {
    /// The program.
    pub name: String,
    /// Its version.
    pub version: String,
    /// The version of Typst in it.
    pub typst: String,
}

/// What a release was made from.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Source {
    /// The commit of git that was checked out, where the book is in a checkout.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub commit: Option<String>,
    /// Whether the files of the book differed from that commit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub modified: Option<bool>,
    /// SHA-256 over path, NUL, SHA-256 and line end of each file that was read, in the order of the paths.
    pub digest: String,
    /// Those files.
    pub files: Vec<Input>,
}

impl Source {
    /// One of these files, in any order.
    pub fn of(mut files: Vec<Input>) -> Self {
        files.sort_by(|a, b| a.path.cmp(&b.path));
        let listed: String = files.iter().map(|file| format!("{}\0{}\n", file.path, file.sha256)).collect();
        Self { commit: None, modified: None, digest: sha256(listed.as_bytes()), files }
    }
}

/// A file that was read.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Input {
    /// Its project-relative path.
    pub path: String,
    /// SHA-256 of its bytes.
    pub sha256: String,
}

/// A file of a release.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Artifact {
    /// Its name.
    pub name: String,
    /// What it is: `pdf`, `epub`, `cover` (for the press, in one piece), `cover-picture`, `sample-pdf`, `sample-epub`, `metadata`,
    /// `errata`, `wording`.
    pub kind: String,
    /// How many bytes it has.
    pub bytes: u64,
    /// SHA-256 of them.
    pub sha256: String,
    /// Its media type.
    pub media_type: String,
    /// The edition.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub edition: Option<String>,
    /// The kind of PDF: `screen` or `print`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub profile: Option<String>,
    /// How many pages it has.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pages: Option<usize>,
    /// Its ISBN, or what number it has else.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub isbn: Option<String>,
    /// The standards that it claims.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub standards: Vec<String>,
}

impl Artifact {
    /// A file of these bytes.
    pub fn of(name: &str, kind: &str, bytes: &[u8]) -> Self {
        Self {
            name: name.to_owned(),
            kind: kind.to_owned(),
            bytes: bytes.len() as u64,
            sha256: sha256(bytes),
            media_type: media_type(name).to_owned(),
            ..Self::default()
        }
    }
}

/// The media type of a file by the ending of its name.
pub fn media_type(name: &str) -> &'static str {
    match name.rsplit('.').next().unwrap_or_default() {
        "pdf" => "application/pdf",
        "epub" => "application/epub+zip",
        "jpg" => "image/jpeg",
        "json" => "application/json",
        "jsonld" => "application/ld+json",
        "xml" => "application/xml",
        "html" => "text/html",
        "md" => "text/markdown",
        _ => "application/octet-stream",
    }
}

/// How a condition of a release was met.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// It holds.
    Passed,
    /// It does not, and the release stops.
    Failed,
    /// It does not, and whoever released the book let it pass.
    Allowed,
    /// The program that knows is not installed, and nobody asked for it by name.
    NotInstalled,
    /// There was nothing to look at.
    NotRun,
}

/// A condition of a release, and how it was met.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct GateFacts {
    /// Its name in `book.yaml`.
    pub gate: String,
    /// How it was met.
    pub outcome: Outcome,
    /// How many things were looked at: blocks, files, pages.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub looked_at: Option<usize>,
    /// How many of them are in order.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub good: Option<usize>,
    /// Errors.
    pub errors: usize,
    /// Warnings.
    pub warnings: usize,
    /// Findings that the manuscript or its baseline accepts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub waived: Option<usize>,
    /// The program of others that was asked, with its version.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub program: Option<String>,
}

/// A font that stands in the files.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct FontUse {
    /// The family.
    pub family: String,
    /// The names of its faces, as the PDFs have them.
    pub faces: Vec<String>,
    /// The licence, as an SPDX identifier.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub licence: Option<String>,
    /// Where it comes from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub project: Option<String>,
}

/// A picture of the manuscript that the files show.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PictureUse {
    /// Its project-relative path.
    pub path: String,
    /// SHA-256 of its bytes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sha256: Option<String>,
    /// Who made it, per language, as the credit line says it.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub credit: BTreeMap<String, String>,
}
