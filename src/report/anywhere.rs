//! No form of report fails on a place, whatever it is.

use proptest::prelude::*;

use super::preflight::{self, Looked};
use super::sample::Sample;
use super::*;
use crate::checks::fix;
use crate::checks::print::Flaw;
use crate::diagnostic::anywhere::{Anywhere, config};
use crate::message::{visible, visible_styled};
use crate::model::Profile;

/// Findings in the translation of a book, open, waived and held back, and in a file that is not a chapter.
fn samples(case: &Anywhere) -> [Sample; 2] {
    let mut samples = [Sample::checked("共有12章。\n", &case.text), Sample::new("manuscript/book.yaml", &case.text)];
    for sample in &mut samples {
        let found = case.findings(sample.file);
        let waived = found.iter().map(|finding| Waived { finding: finding.clone(), reason: String::new() });
        sample.waived = waived.collect();
        sample.held = Some(found.clone());
        sample.open.extend(found);
    }
    samples
}

fn looked(sample: &Sample) -> Looked {
    let flaws = sample.open.iter().map(|finding| Flaw::new(finding.clone(), Vec::new())).collect();
    Looked { name: "a.pdf".to_owned(), profile: Profile::Print, facts: None, flaws }
}

/// Whether a place that is reported to a program lies in its file, and begins no later than it ends.
fn lies_within(place: &serde_json::Value, length: usize) -> bool {
    let at = |key: &str| place[key].as_u64().expect("a number");
    let (start, end) = (at("byte_start"), at("byte_end"));
    start <= end && end <= length as u64 && (at("line"), at("column")) <= (at("end_line"), at("end_column"))
}

/// Whether a text holds nothing that commands a terminal beside line breaks, tabs and styles of ours.
fn commands_nothing(text: &str, styled: bool) -> bool {
    let seen = if styled { visible_styled(text) } else { visible(text) };
    seen == text
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn every_form_shows_any_place(case in Anywhere::cases(), width in 20_usize..120) {
        for sample in samples(&case) {
            let shown = human(&sample.open, &sample.sources, Locale::English, width % 2 == 0, Page::fitted(width));
            prop_assert_eq!(shown.matches("widow-orphan").count(), case.findings(sample.file).len() - 1);
            for form in [html, sarif, github, short] {
                prop_assert!(!sample.with(form).is_empty());
            }
            let fixes = fix::apply(&sample.open, &sample.sources);
            diff(&fixes, &sample.sources, true);
            preflight::json(&[looked(&sample)], &sample.sources, Locale::English);
        }
    }

    #[test]
    fn no_form_shows_a_command(case in Anywhere::cases(), path in "[a\n\u{1b}\u{7}\u{9b}\u{202e}]{1,6}") {
        let said = format!("\u{1b}]0;x\u{7}{}\u{9b}2J", case.text);
        for mut sample in samples(&case).into_iter().chain([Sample::new(&path, &case.text)]) {
            let finding = Diagnostic::error("number".into(), Message::data(&said));
            let place = crate::source::Span::new(sample.file, 0..0);
            sample.open.push(finding.at_with(place, Message::data(&said)).hint(Message::data(&said)));
            let (open, sources) = (&sample.open, &sample.sources);
            for color in [false, true] {
                let shown = human(open, sources, Locale::English, color, Page::fitted(80));
                prop_assert!(commands_nothing(&shown, color), "{shown:?}");
            }
            let fixes = fix::apply(open, sources);
            let forms = [
                sample.with(html),
                sample.with(sarif),
                sample.with(short),
                digest(open, (sources, Locale::English), (None, Whole::Check), false, Page::open(80)),
                sample.with(|report| summary(report, false, Page::open(80))),
                json(open, Hidden::default(), sources, Locale::English),
                preflight::json(&[looked(&sample)], sources, Locale::English),
                preflight::sheet(&looked(&sample), Locale::English, false),
                diff(&fixes, sources, false),
            ];
            for shown in forms {
                prop_assert!(commands_nothing(&shown, false), "{shown:?}");
            }
            // A command of GitHub is one line, whatever stands in it.
            let lines = sample.with(github);
            prop_assert!(lines.lines().all(|line| line.starts_with("::")), "{lines:?}");
        }
    }

    #[test]
    fn programs_are_told_places_in_the_file(case in Anywhere::cases()) {
        let sample = &samples(&case)[1];
        let text = json(&sample.open, Hidden::default(), &sample.sources, Locale::English);
        let report: serde_json::Value = serde_json::from_str(&text).expect("a report is JSON");
        for finding in report["findings"].as_array().expect("a list") {
            let labels = finding["labels"].as_array().expect("a list");
            prop_assert!(labels.iter().chain([finding]).all(|place| lies_within(place, case.text.len())), "{finding}");
        }
    }
}
