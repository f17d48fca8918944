//! The report of `doctor`: what works, what does not, and what to do about it.

use std::fmt::Write;

use anstyle::{AnsiColor, Style};
use serde::Serialize;

use super::columns::padded;
use super::programs::pretty;
use crate::message::{Locale, Message};

/// How well something is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Health {
    /// All is well.
    Good,
    /// Something is worth knowing; a book can be made without it.
    Note,
    /// A book cannot be made so.
    Bad,
}

/// Something that was examined.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// What it belongs to: `program`, `book`, `fonts` …
    pub area: &'static str,
    /// How well it is.
    pub state: Health,
    /// What was seen.
    pub text: Message,
    /// What to do; empty where there is nothing to do.
    pub fix: Message,
}

impl Item {
    /// Something that is well.
    pub fn good(area: &'static str, text: Message) -> Self {
        Self { area, state: Health::Good, text, fix: Message::empty() }
    }

    /// Something that is worth knowing, with what can be done.
    pub fn note(area: &'static str, text: Message, fix: Message) -> Self {
        Self { area, state: Health::Note, text, fix }
    }

    /// Something that keeps a book from being made, with what to do.
    pub fn bad(area: &'static str, text: Message, fix: Message) -> Self {
        Self { area, state: Health::Bad, text, fix }
    }
}

/// The items for people, area by area.
pub fn health_table(items: &[Item], locale: Locale, color: bool) -> String {
    let style = |ansi: AnsiColor| if color { ansi.on_default() } else { Style::new() };
    let dim = if color { Style::new().dimmed() } else { Style::new() };
    let mut out = String::new();
    let mut area = "";
    for item in items {
        let name = if item.area == area { Message::empty() } else { word(item.area) };
        area = item.area;
        let (mark, tone) = match item.state {
            Health::Good => ("✓", style(AnsiColor::Green)),
            Health::Note => ("!", style(AnsiColor::Yellow)),
            Health::Bad => ("✗", style(AnsiColor::Red)),
        };
        let _ = writeln!(out, "{} {tone}{mark}{tone:#} {}", padded(&locale.say(&name), 9), locale.say(&item.text));
        if !item.fix.is_empty() {
            let _ = writeln!(out, "          {dim}  → {}{dim:#}", locale.say(&item.fix));
        }
    }
    out
}

/// The word for an area.
fn word(area: &'static str) -> Message {
    match area {
        "program" => msg!("program"),
        "book" => msg!("book"),
        "layouts" => msg!("layouts"),
        "fonts" => msg!("fonts"),
        "output" => msg!("output"),
        "tools" => msg!("tools"),
        other => Message::data(other),
    }
}

/// The items for programs. Their key `mend` is part of the form `dama-pub/health/1`.
pub fn health_json(items: &[Item], locale: Locale) -> String {
    let items = items.iter().map(|item| {
        serde_json::json!({
            "area": item.area,
            "state": item.state,
            "text": locale.say(&item.text),
            "mend": locale.say(&item.fix),
        })
    });
    pretty(&serde_json::json!({"schema": "dama-pub/health/1", "items": items.collect::<Vec<_>>()}))
}
