//! The facts and the findings for programs.

use serde::Serialize;

use super::Looked;
use super::facts::{self, Sheet};
use crate::checks::print::{Flaw, Spot};
use crate::inspect::Facts;
use crate::message::Locale;
use crate::report::Tally;
use crate::report::json::{Finding, finding};
use crate::report::programs::pretty;
use crate::source::Sources;

/// Changes when a field is removed or changes its meaning; added fields leave it.
const SCHEMA: &str = "dama-pub/preflight/1";

#[derive(Serialize)]
struct Report<'a> {
    schema: &'a str,
    files: Vec<File<'a>>,
    summary: Summary,
}

#[derive(Serialize)]
struct File<'a> {
    file: &'a str,
    profile: &'a str,
    facts: Option<Sheet<'a>>,
    findings: Vec<Placed<'a>>,
}

/// A finding with its places on the pages.
#[derive(Serialize)]
struct Placed<'a> {
    #[serde(flatten)]
    finding: Finding<'a>,
    places: Vec<PageArea>,
}

/// Millimetres from the left and the upper edge of the trimmed page; only the page where all of it is meant.
#[derive(Serialize)]
struct PageArea {
    page: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    x_mm: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    y_mm: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    width_mm: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    height_mm: Option<f64>,
}

#[derive(Serialize)]
struct Summary {
    errors: usize,
    warnings: usize,
    infos: usize,
}

/// One JSON object over all files, indented, with a final line break.
pub fn json(looked: &[Looked], sources: &Sources, locale: Locale) -> String {
    let all: Vec<_> = looked.iter().flat_map(|file| &file.flaws).map(|flaw| flaw.finding.clone()).collect();
    let tally = Tally::of(&all);
    let report = Report {
        schema: SCHEMA,
        files: looked.iter().map(|file| of_file(file, sources, locale)).collect(),
        summary: Summary { errors: tally.errors, warnings: tally.warnings, infos: tally.infos },
    };
    pretty(&report)
}

fn of_file<'a>(looked: &'a Looked, sources: &'a Sources, locale: Locale) -> File<'a> {
    let places = |flaw: &Flaw| flaw.spots.iter().map(|spot| place(looked.facts.as_ref(), spot)).collect();
    File {
        file: &looked.name,
        profile: looked.profile.name(),
        facts: looked.facts.as_ref().map(facts::of),
        findings: looked
            .flaws
            .iter()
            .map(|flaw| Placed { finding: finding(&flaw.finding, sources, locale), places: places(flaw) })
            .collect(),
    }
}

fn place(facts: Option<&Facts>, spot: &Spot) -> PageArea {
    let page = facts.and_then(|facts| facts.pages.get(spot.page - 1));
    let at = spot.area.zip(page).map(|(area, page)| (page.place_mm(area), area.size_mm()));
    let tenth = |mm: f64| (mm * 10.0).round() / 10.0;
    PageArea {
        page: spot.page,
        x_mm: at.map(|([x, _], _)| tenth(x)),
        y_mm: at.map(|([_, y], _)| tenth(y)),
        width_mm: at.map(|(_, [width, _])| tenth(width)),
        height_mm: at.map(|(_, [_, height])| tenth(height)),
    }
}
