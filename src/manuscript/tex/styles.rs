//! Fonts, sizes and colours.

use pulldown_latex::event::{ColorTarget, Font, StateChange, Style};

/// What is written around what is set otherwise.
#[derive(Debug, Clone, Copy)]
pub(super) struct Around {
    functions: &'static [&'static str],
    /// Red, green and blue.
    colour: Option<(u8, u8, u8)>,
    /// Whether letters beside each other are a word.
    pub(super) words: bool,
}

impl Around {
    pub(super) fn around(self, body: &str) -> String {
        if let Some((red, green, blue)) = self.colour.filter(|_| !body.is_empty()) {
            return format!("coloured(#0x{red:02x}{green:02x}{blue:02x}, {body})");
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
        StateChange::Style(Style::Display) => (&["display"], false),
        StateChange::Style(Style::Text) => (&["inline"], false),
        StateChange::Style(Style::Script) => (&["script"], false),
        StateChange::Style(Style::ScriptScript) => (&["sscript"], false),
        StateChange::Color(change) if change.target == ColorTarget::Text => {
            colour = Some(change.color);
            (&[], false)
        }
        StateChange::Color(_) => return None,
    };
    Some(Around { functions, colour, words })
}

/// Whether it is the colour of a ground or a frame, which is left out.
pub(super) fn is_ground(change: &StateChange) -> bool {
    matches!(change, StateChange::Color(colour) if colour.target != ColorTarget::Text)
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
