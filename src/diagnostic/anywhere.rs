//! Findings whose places may be anything: whoever shows findings is tried with them.

use proptest::prelude::*;
use proptest::test_runner::{Config, RngSeed};

use super::Diagnostic;
use crate::message::Message;
use crate::source::{FileId, Span};

/// A text and places: beside its characters, in the middle of them, past its end, ending before they begin.
#[derive(Debug, Clone)]
pub(crate) struct Anywhere {
    pub(crate) text: String,
    places: Vec<(usize, usize)>,
}

impl Anywhere {
    /// One case after the other.
    pub(crate) fn cases() -> impl Strategy<Value = Self> {
        let long = "很长的一行".repeat(60);
        let mut parts: Vec<String> = [
            "甲",
            "𠮷",
            "e\u{301}",
            "👩‍👩‍👧",
            "a",
            "word ",
            " ",
            "\n",
            "\n\n",
            "\r\n",
            "\r",
            "\t",
            "\u{feff}",
            "\u{202e}",
            "\0",
            "- ",
            "# ",
            "```\n",
            "共有12章。",
            "---\n",
            "<!-- dama: allow number: x -->",
        ]
        .map(str::to_owned)
        .into();
        parts.push(long);
        let text = proptest::collection::vec(proptest::sample::select(parts), 0..24).prop_map(|parts| parts.concat());
        text.prop_flat_map(|text| {
            let byte = prop_oneof![8 => 0..text.len() + 4, 1 => Just(usize::MAX)];
            let places = proptest::collection::vec((byte.clone(), byte), 1..5);
            (Just(text), places).prop_map(|(text, places)| Self { text, places })
        })
    }

    /// The places in a file, all of them in one finding and each in one of its own.
    pub(crate) fn findings(&self, file: FileId) -> Vec<Diagnostic> {
        let spans: Vec<Span> = self.places.iter().map(|(start, end)| Span { file, start: *start, end: *end }).collect();
        let mut all = Diagnostic::error("number".into(), Message::data("m")).at_with(spans[0], Message::data("here"));
        let mut found = Vec::new();
        for span in spans {
            found
                .push(Diagnostic::warning("widow-orphan".into(), Message::data("m")).at(span).hint(Message::data("h")));
            all = all.label(span, Message::data("there")).edit(span, "x");
        }
        found.push(all);
        super::sort(&mut found);
        found
    }
}

/// A fixed seed, for a test that fails must fail again; PROPTEST_RNG_SEED and PROPTEST_CASES look further.
pub(crate) fn config() -> Config {
    let rng_seed = match Config::default().rng_seed {
        RngSeed::Random => RngSeed::Fixed(20_260_102),
        given => given,
    };
    Config { failure_persistence: None, rng_seed, ..Config::default() }
}
