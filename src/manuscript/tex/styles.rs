//! Fonts and sizes.

use pulldown_latex::event::{Font, StateChange, Style};

/// What is written around what is set otherwise.
#[derive(Debug, Clone, Copy)]
pub(super) struct Around {
    functions: &'static [&'static str],
    /// Whether letters beside each other are a word.
    pub(super) words: bool,
}

impl Around {
    pub(super) fn around(self, body: &str) -> String {
        let wrap = |inner: String, function: &&str| format!("{function}({inner})");
        // Words are upright by themselves.
        let upright = self.functions == ["upright"] && body.starts_with('"') && body.matches('"').count() == 2;
        if body.is_empty() || (upright && body.ends_with('"')) {
            body.to_owned()
        } else {
            self.functions.iter().rev().fold(body.to_owned(), wrap)
        }
    }
}

/// What a change means, unless it changes nothing that a formula has.
pub(super) fn of(change: &StateChange) -> Option<Around> {
    let (functions, words): (&[&str], bool) = match change {
        StateChange::Font(font) => (
            font.map(fonts)?,
            matches!(font, Some(Font::Bold | Font::UpRight | Font::SansSerif | Font::BoldSansSerif | Font::Monospace)),
        ),
        StateChange::Style(Style::Display) => (&["display"], false),
        StateChange::Style(Style::Text) => (&["inline"], false),
        StateChange::Style(Style::Script) => (&["script"], false),
        StateChange::Style(Style::ScriptScript) => (&["sscript"], false),
        StateChange::Color(_) => return None,
    };
    Some(Around { functions, words })
}

/// Whether it is a colour.
pub(super) fn is_colour(change: &StateChange) -> bool {
    matches!(change, StateChange::Color(_))
}

fn fonts(font: Font) -> &'static [&'static str] {
    match font {
        Font::Bold => &["upright", "bold"],
        Font::BoldItalic | Font::BoldSymbol => &["bold"],
        Font::BoldScript => &["bold", "cal"],
        Font::BoldFraktur => &["bold", "frak"],
        Font::Fraktur => &["frak"],
        Font::Script => &["cal"],
        Font::Monospace => &["mono"],
        Font::SansSerif => &["upright", "sans"],
        Font::SansSerifItalic => &["italic", "sans"],
        Font::BoldSansSerif => &["upright", "bold", "sans"],
        Font::SansSerifBoldItalic => &["italic", "bold", "sans"],
        Font::DoubleStruck | Font::DoubleStruckItalic => &["bb"],
        Font::Italic => &["italic"],
        Font::UpRight => &["upright"],
    }
}
