//! Fonts, sizes and colours.

use pulldown_latex::event::{ColorTarget, Font, StateChange, Style};

/// What is written around what is set otherwise.
#[derive(Debug, Clone, Copy)]
pub(super) struct Around {
    functions: &'static [&'static str],
    /// What is coloured, in red, green and blue.
    colour: Option<(&'static str, (u8, u8, u8))>,
    /// Whether letters beside each other are a word.
    pub(super) words: bool,
}

impl Around {
    pub(super) fn around(self, body: &str) -> String {
        if let Some((painted, (red, green, blue))) = self.colour.filter(|_| !body.is_empty()) {
            return format!("{painted}(#0x{red:02x}{green:02x}{blue:02x}, {body})");
        }
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
    let mut colour = None;
    let (functions, words): (&[&str], bool) = match change {
        StateChange::Font(font) => (
            font.map(fonts)?,
            matches!(font, Some(Font::Bold | Font::UpRight | Font::SansSerif | Font::BoldSansSerif | Font::Monospace)),
        ),
        StateChange::Style(style) => (size(*style), false),
        StateChange::Color(change) => {
            let painted = match change.target {
                ColorTarget::Text => "coloured",
                ColorTarget::Background => "ground",
                ColorTarget::Border => "framed",
            };
            colour = Some((painted, change.color));
            (&[], false)
        }
    };
    Some(Around { functions, colour, words })
}

fn size(style: Style) -> &'static [&'static str] {
    match style {
        Style::Display => &["display"],
        Style::Text => &["inline"],
        Style::Script => &["script"],
        Style::ScriptScript => &["sscript"],
    }
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
