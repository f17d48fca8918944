//! How much a worker may take.

use std::time::Duration;

use super::super::args::Global;
use crate::project::Weight;

/// What every book may take: memory in bytes, time in seconds.
const MEMORY: u64 = 2 << 30;
const TIME: u64 = 120;

/// How many bytes of memory a byte of the book justifies: the pages of a book of pictures take some eight times its files.
const MEMORY_A_BYTE: u64 = 16;

/// How many seconds a mebibyte of text justifies, for all editions: prose takes some two, formulas ten. Pictures take a twentieth.
const TIME_OF_TEXT: u64 = 20;
const TIME_OF_PICTURES: u64 = 1;

/// How much a worker may take; `None` is without limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Limits {
    /// Bytes.
    pub(super) memory: Option<u64>,
    pub(super) time: Option<Duration>,
}

impl Limits {
    /// Those of the command line, else what files of this weight justify.
    pub(super) fn of(global: &Global, weight: Weight) -> Self {
        let memory =
            global.memory_limit.map_or(justified_memory(weight), |mebibytes| mebibytes.saturating_mul(1 << 20));
        let seconds = global.time_limit.unwrap_or_else(|| justified_time(weight));
        let limit = |most: u64| (most > 0).then_some(most);
        Self { memory: limit(memory), time: limit(seconds).map(Duration::from_secs) }
    }
}

fn justified_memory(Weight { text, other }: Weight) -> u64 {
    MEMORY.saturating_add(text.saturating_add(other).saturating_mul(MEMORY_A_BYTE))
}

fn justified_time(Weight { text, other }: Weight) -> u64 {
    TIME + (text >> 20) * TIME_OF_TEXT + (other >> 20) * TIME_OF_PICTURES
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::*;
    use crate::cli::args::Cli;

    fn limits(args: &[&str], weight: Weight) -> Limits {
        Limits::of(&Cli::parse_from([&["dama-pub", "stats"], args].concat()).global, weight)
    }

    #[test]
    fn a_heavy_book_may_take_more() {
        let light = limits(&[], Weight { text: 10_000, other: 0 });
        assert_eq!(light, Limits { memory: Some((2 << 30) + 160_000), time: Some(Duration::from_secs(120)) });
        let heavy = limits(&[], Weight { text: 3 << 20, other: 100 << 20 });
        assert_eq!(heavy.time, Some(Duration::from_secs(120 + 60 + 100)));
        assert_eq!(heavy.memory, Some((2 << 30) + 16 * (103 << 20)));
    }

    #[test]
    fn the_command_line_has_the_last_word() {
        let weight = Weight { text: 1 << 30, other: 0 };
        let told = limits(&["--memory-limit", "512", "--time-limit", "5"], weight);
        assert_eq!(told, Limits { memory: Some(512 << 20), time: Some(Duration::from_secs(5)) });
        let none = limits(&["--memory-limit", "0", "--time-limit", "0"], weight);
        assert_eq!(none, Limits { memory: None, time: None });
    }
}
