//! How Chinese is written, typeset and counted.

use crate::lang::{Conventions, ReadingSpeed, Script, Starter, Typography, Width};

pub(super) const CONVENTIONS: Conventions = Conventions {
    script: Script::Han,
    letters_per_character: 3,
    typography: Typography { ellipsis: "……", dash: "——", width: Width::Full, apostrophes: false },
    citation_style: "gb-7714-2015-numeric",
    author_date_style: "gb-7714-2015-author-date",
    // A word in figures or foreign letters takes about as long as two characters, as a Chinese word does.
    reading: ReadingSpeed { per_minute: 255.0, word: 2 },
    // The letters that a syllable of pinyin may begin with.
    index_initials: "ABCDEFGHJKLMNOPQRSTWXYZ",
    translator_notes: &["译者注", "譯者註", "译注", "譯註", "译者按", "譯者按", "（译者注"],
    table_notes: &[
        "注",
        "註",
        "附注",
        "附註",
        "说明",
        "說明",
        "来源",
        "來源",
        "资料来源",
        "資料來源",
        "数据来源",
        "數據來源",
    ],
    in_addresses: &[
        "zh",
        "cn",
        "zh-cn",
        "zh-hans",
        "zh-hans-cn",
        "zh-sg",
        "zh-tw",
        "zh-hk",
        "zh-mo",
        "zh-hant",
        "zh-hant-tw",
        "zh-hant-hk",
        "chs",
        "cht",
        "chinese",
    ],
    heading_gap: "\u{3000}",
    starter: Starter { chapter: include_str!("starter.md"), term: "油灯", technical_trim: "16k" },
};
