//! How English is written, typeset and counted.

use crate::lang::{Conventions, ReadingSpeed, Script, Starter, Typography, Width};

pub(super) const CONVENTIONS: Conventions = Conventions {
    script: Script::Latin,
    letters_per_character: 1,
    typography: Typography { ellipsis: "…", dash: "—", width: Width::Half, apostrophes: true },
    citation_style: "ieee",
    author_date_style: "apa",
    reading: ReadingSpeed { per_minute: 228.0, word: 1 },
    index_initials: "",
    translator_notes: &["Translator’s note", "Translator's note"],
    table_notes: &["Note", "Notes", "Source", "Sources"],
    in_addresses: &["en", "en-us", "en-gb", "en-au", "en-ca", "en-in", "eng", "english"],
    heading_gap: "\u{2002}",
    starter: Starter { chapter: include_str!("starter.md"), term: "oil lamp", technical_trim: "letter" },
};
