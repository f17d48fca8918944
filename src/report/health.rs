//! The report of `doctor`: what works, what does not, and what to do about it.

use std::fmt::Write;

use anstyle::{AnsiColor, Style};
use serde::Serialize;

use super::padded;
use crate::words::Tongue;

/// How well something is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum State {
    /// All is well.
    Good,
    /// Something is worth knowing; a book can be made without it.
    Note,
    /// A book cannot be made so.
    Bad,
}

/// One thing that was looked at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Item {
    /// What it belongs to: `program`, `book`, `fonts` …
    pub area: &'static str,
    /// How well it is.
    pub state: State,
    /// What was seen.
    pub text: String,
    /// What to do; empty where there is nothing to do.
    pub mend: String,
}

impl Item {
    /// Something that is well.
    pub fn good(area: &'static str, text: impl Into<String>) -> Self {
        Self { area, state: State::Good, text: text.into(), mend: String::new() }
    }

    /// Something that is worth knowing, with what can be done.
    pub fn note(area: &'static str, text: impl Into<String>, mend: impl Into<String>) -> Self {
        Self { area, state: State::Note, text: text.into(), mend: mend.into() }
    }

    /// Something that keeps a book from being made, with what to do.
    pub fn bad(area: &'static str, text: impl Into<String>, mend: impl Into<String>) -> Self {
        Self { area, state: State::Bad, text: text.into(), mend: mend.into() }
    }
}

/// The items for people, area by area.
pub fn health_table(items: &[Item], tongue: Tongue, color: bool) -> String {
    let style = |ansi: AnsiColor| if color { ansi.on_default() } else { Style::new() };
    let dim = if color { Style::new().dimmed() } else { Style::new() };
    let mut out = String::new();
    let mut area = "";
    for item in items {
        let name = tongue.say(if item.area == area { "" } else { item.area });
        area = item.area;
        let (mark, tone) = match item.state {
            State::Good => ("✓", style(AnsiColor::Green)),
            State::Note => ("!", style(AnsiColor::Yellow)),
            State::Bad => ("✗", style(AnsiColor::Red)),
        };
        let _ = writeln!(out, "{} {tone}{mark}{tone:#} {}", padded(&name, 9), tongue.say(&item.text));
        if !item.mend.is_empty() {
            let _ = writeln!(out, "          {dim}  → {}{dim:#}", tongue.say(&item.mend));
        }
    }
    out
}

/// The items for programs.
pub fn health_json(items: &[Item]) -> String {
    let value = serde_json::json!({"schema": "dama-pub/health/1", "items": items});
    serde_json::to_string_pretty(&value).expect("plain data always serialises") + "\n"
}
