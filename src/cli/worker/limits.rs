//! How much a worker may take.

use std::time::Duration;

use super::super::args::Global;
use crate::project::Weight;

/// What every book may take: memory in bytes, time in seconds.
const MEMORY: u64 = 2 << 30;
const TIME: u64 = 120;

/// How many bytes of memory a byte of text justifies, and one of other files, and a picture besides: a screenshot of some kilobytes takes
/// megabytes once it is decoded, a large photograph thirty. Of text that is set Typst keeps everything until the PDF is written: a byte of prose takes
/// some 300, one of a handbook that is half code 2,600.
const MEMORY_A_BYTE_OF_TEXT: u64 = 3 << 10;
const MEMORY_A_BYTE: u64 = 16;
const MEMORY_A_PICTURE: u64 = 32 << 20;

/// How many seconds a mebibyte of text justifies, for all editions, and one of other files. Prose takes some two, formulas ten; of a handbook that
/// is half code the e-book in both languages alone takes 26, there are five files more, and a slow machine takes three times as long.
const TIME_OF_TEXT: u64 = 240;
const TIME_OF_OTHER: u64 = 1;

/// How many seconds a picture justifies, for all editions.
const TIME_OF_A_PICTURE: u64 = 1;

/// How much a worker may take; `None` is without limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Limits {
    /// Bytes.
    pub(super) memory: Option<u64>,
    pub(super) time: Option<Time>,
}

/// How long a piece of work may take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Time {
    pub(super) limit: Duration,
    /// Whether it is the clock's time, as the command line means it. Else it is the processor's: a machine that does other work as well makes no book
    /// a hostile one.
    pub(super) by_the_clock: bool,
}

impl Limits {
    pub(super) const NONE: Self = Self { memory: None, time: None };

    /// The time of so many runs, where the command line says none.
    pub(super) fn for_times(self, rounds: u32, global: &Global) -> Self {
        match global.time_limit {
            Some(_) => self,
            None => Self { time: self.time.map(|time| Time { limit: time.limit * rounds, ..time }), ..self },
        }
    }

    /// Those of the command line, else what files of this weight justify.
    pub(super) fn of(global: &Global, weight: Weight) -> Self {
        let memory = match global.memory_limit {
            Some(mebibytes) => mebibytes.saturating_mul(1 << 20),
            None => justified_memory(weight).min(most_of_the_machine()),
        };
        let seconds = global.time_limit.unwrap_or_else(|| justified_time(weight));
        let limit = |most: u64| (most > 0).then_some(most);
        let by_the_clock = global.time_limit.is_some();
        let time = limit(seconds).map(|seconds| Time { limit: Duration::from_secs(seconds), by_the_clock });
        Self { memory: limit(memory), time }
    }
}

fn justified_memory(Weight { text, other, pictures }: Weight) -> u64 {
    let of_text = text.saturating_mul(MEMORY_A_BYTE_OF_TEXT);
    let of_bytes = of_text.saturating_add(other.saturating_mul(MEMORY_A_BYTE));
    MEMORY.saturating_add(of_bytes).saturating_add(pictures.saturating_mul(MEMORY_A_PICTURE))
}

fn justified_time(Weight { text, other, pictures }: Weight) -> u64 {
    TIME + (text >> 20) * TIME_OF_TEXT + (other >> 20) * TIME_OF_OTHER + pictures * TIME_OF_A_PICTURE
}

/// Three quarters of the machine's memory, in bytes: no book justifies more. Only Linux tells how much there is.
fn most_of_the_machine() -> u64 {
    told_of_memory("MemTotal:").map_or(u64::MAX, |bytes| bytes / 4 * 3)
}

/// How much of the machine's memory is to be used at most, in bytes, where work can be done one piece after the other: half of what is
/// free, and three quarters of a limit.
pub(super) fn budget(limit: Option<u64>) -> Option<u64> {
    let free = told_of_memory("MemAvailable:").map(|bytes| bytes / 2);
    free.into_iter().chain(limit.map(|bytes| bytes / 4 * 3)).min()
}

/// Bytes that Linux tells by a name.
fn told_of_memory(name: &str) -> Option<u64> {
    let told = std::fs::read_to_string("/proc/meminfo").ok()?;
    let number = told.lines().find_map(|line| line.strip_prefix(name)?.trim().strip_suffix("kB"))?;
    number.trim().parse().ok().map(|kibibytes: u64| kibibytes.saturating_mul(1024))
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
        let light = Weight { text: 10_000, ..Weight::default() };
        assert_eq!((justified_memory(light), justified_time(light)), ((2 << 30) + 30_720_000, 120));
        let heavy = Weight { text: 3 << 20, other: 100 << 20, pictures: 40 };
        assert_eq!(justified_time(heavy), 120 + 720 + 100 + 40);
        assert_eq!(justified_memory(heavy), (2 << 30) + (9 << 30) + 16 * (100 << 20) + 40 * (32 << 20));
    }

    #[test]
    fn no_book_justifies_more_than_most_of_the_machine() {
        let endless = Weight { pictures: 1 << 30, ..Weight::default() };
        let most = most_of_the_machine().min(justified_memory(endless));
        assert!(most > 0);
        assert_eq!(limits(&[], endless).memory, Some(most));
    }

    #[test]
    fn a_limit_leaves_room_for_what_is_not_foreseen() {
        assert_eq!(budget(Some(4 << 10)), Some(3 << 10));
        assert!(budget(None).is_none_or(|bytes| bytes > 0));
    }

    #[test]
    fn the_command_line_has_the_last_word() {
        let weight = Weight { text: 1 << 30, ..Weight::default() };
        let told = limits(&["--memory-limit", "512", "--time-limit", "5"], weight);
        let time = Time { limit: Duration::from_secs(5), by_the_clock: true };
        assert_eq!(told, Limits { memory: Some(512 << 20), time: Some(time) });
        assert!(limits(&[], weight).time.is_some_and(|time| !time.by_the_clock));
        let none = limits(&["--memory-limit", "0", "--time-limit", "0"], weight);
        assert_eq!(none, Limits { memory: None, time: None });
    }
}
