//! No answer fails on a place, whatever it is.

use std::path::Path;

use lsp_types::Position;
use proptest::prelude::*;

use super::*;
use crate::diagnostic::anywhere::{Anywhere, config};
use crate::source::SourceFile;

const FILE: &str = "manuscript/en/a.md";

fn reading(case: &Anywhere) -> (Reading, FileId) {
    let mut sources = Sources::default();
    let file = sources.add(SourceFile::new(FILE, case.text.as_str()));
    let findings = case.findings(file);
    let places = findings.iter().filter_map(|finding| Some(finding.primary.as_ref()?.span)).collect::<Vec<_>>();
    let counterparts = vec![Counterpart {
        sides: [places.clone(), places],
        relation: Relation::Equal,
        score: 1.0,
        narrow: false,
        signed: Signed::Off,
    }];
    let reading = Reading { sources, findings, counterparts, ..Reading::empty(Path::new("/book"), Locale::English) };
    (reading, file)
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn an_editor_is_told_places_in_the_file(case in Anywhere::cases(), line in 0..6_u32, column in 0..40_u32) {
        let (reading, file) = reading(&case);
        let uri = reading.uri(file).expect("a path has an address");
        let last = case.text.split('\n').count() as u32;
        let within = |range: Range| range.start <= range.end && range.end.line < last;
        for found in reading.diagnostics().values().flat_map(|(_, found)| found) {
            let related = found.related_information.iter().flatten().map(|related| related.location.range);
            prop_assert!(related.chain([found.range]).all(within), "{found:?}");
        }
        let at = Position::new(line, column);
        for action in reading.actions(&uri, Range { start: Position::new(0, 0), end: at }, true) {
            prop_assert!(action.edit.is_some());
        }
        prop_assert!(reading.complete(&uri, at).is_empty() && reading.references(&uri, at, true).is_empty());
        prop_assert!(reading.rename(&uri, at, "x").is_err() && reading.links(&uri).is_empty());
        prop_assert!(reading.definition(&uri, at).into_iter().all(|place| within(place.range)));
        prop_assert!(reading.hover(&uri, at).and_then(|hover| hover.range).is_none_or(within));
    }
}
