//! The colours of themes in the stylesheet.
//!
//! A theme's colour was chosen for paper, and a reader turns pages dark without telling the stylesheet. So its letters are of that
//! hue, but of a lightness that can be read on white and on black alike; where the stylesheet is told, they are lighter on dark.

use crate::maths::powf;
use crate::model::Theme;

/// The lightness (relative luminance) that has the same contrast with white and with black: 4.58, more than the 4.5 that WCAG asks for.
const MIDDLE: f64 = 0.179;
/// The lightness on pages that are known to be dark.
const LIGHT: f64 = 0.36;

/// The rules that give each theme its colour, as `--theme` of what bears its name.
pub(super) fn css(themes: &[Theme]) -> String {
    let colours: Vec<(String, [f64; 3])> =
        themes.iter().filter_map(|theme| Some((quoted(&theme.id), read(theme.color.as_ref()?)?))).collect();
    if colours.is_empty() {
        return String::new();
    }
    let rules = |lightness: f64| -> String {
        let rule = |(id, colour): &(String, [f64; 3])| {
            format!("[data-theme={id}] {{ --theme: {}; }}\n", written(of_lightness(*colour, lightness)))
        };
        colours.iter().map(rule).collect()
    };
    format!("{}@media (prefers-color-scheme: dark) {{\n{}}}\n", rules(MIDDLE), rules(LIGHT))
}

/// An id as a string of CSS.
fn quoted(id: &str) -> String {
    let escaped = |c: char| match c {
        '"' | '\\' => format!("\\{c}"),
        c if c.is_control() => format!("\\{:x} ", u32::from(c)),
        c => c.to_string(),
    };
    format!("\"{}\"", id.chars().map(escaped).collect::<String>())
}

/// A colour such as `#1f4e8c` as light, from 0 to 1 in each channel.
fn read(colour: &str) -> Option<[f64; 3]> {
    let hex = colour.strip_prefix('#').filter(|hex| hex.len() == 6 && hex.is_ascii())?;
    let channel = |at: usize| Some(linear(f64::from(u8::from_str_radix(&hex[at..at + 2], 16).ok()?) / 255.0));
    Some([channel(0)?, channel(2)?, channel(4)?])
}

/// A colour of the same hue that is as light as wanted. It keeps its strength as far as a screen can show it, and is mixed with
/// white beyond that.
fn of_lightness(colour: [f64; 3], wanted: f64) -> [f64; 3] {
    let strongest = colour.iter().copied().fold(0.0, f64::max);
    let own = luminance(colour);
    if own > 0.0 && strongest * wanted <= own {
        return colour.map(|part| part * wanted / own);
    }
    let full = if strongest > 0.0 { colour.map(|part| part / strongest) } else { colour };
    let own = luminance(full);
    let white = (wanted - own) / (1.0 - own);
    full.map(|part| part + (1.0 - part) * white)
}

fn luminance([red, green, blue]: [f64; 3]) -> f64 {
    0.2126 * red + 0.7152 * green + 0.0722 * blue
}

fn linear(value: f64) -> f64 {
    if value <= 0.04045 { value / 12.92 } else { power((value + 0.055) / 1.055, 2.4) }
}

fn written(colour: [f64; 3]) -> String {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "from 0 to 255")]
    let channel = |light: f64| {
        let value = if light <= 0.003_130_8 { light * 12.92 } else { 1.055 * power(light, 1.0 / 2.4) - 0.055 };
        (value.clamp(0.0, 1.0) * 255.0).round() as u8
    };
    colour.iter().fold("#".to_owned(), |text, light| format!("{text}{:02x}", channel(*light)))
}

/// A power, the same on every machine.
fn power(base: f64, exponent: f64) -> f64 {
    #[expect(clippy::cast_possible_truncation, reason = "a colour has eight bits")]
    let (base, exponent) = (base as f32, exponent as f32);
    f64::from(powf(base, exponent))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::{css, luminance, read};
    use crate::model::Theme;

    fn contrast(a: f64, b: f64) -> f64 {
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    fn theme(id: &str, color: Option<&str>) -> Theme {
        Theme { id: id.to_owned(), title: BTreeMap::new(), color: color.map(str::to_owned) }
    }

    #[test]
    fn the_letters_of_a_theme_are_legible_on_white_and_on_black() {
        for colour in ["#1f4e8c", "#000000", "#ffffff", "#ffee00", "#a4452c", "#00ff00"] {
            let css = css(&[theme("one", Some(colour))]);
            let made: Vec<f64> =
                css.split("--theme: ").skip(1).filter_map(|rest| read(&rest[..7])).map(luminance).collect();
            assert_eq!(made.len(), 2, "{css}");
            assert!(contrast(made[0], 1.0) >= 4.5 && contrast(made[0], 0.0) >= 4.5, "{colour}: {css}");
            assert!(contrast(made[1], 0.0) >= 7.0, "{colour}: {css}");
        }
    }

    #[test]
    fn an_id_cannot_end_its_rule() {
        assert!(css(&[theme("a\"] { x: y }", Some("#123456"))]).contains(r#"[data-theme="a\"] { x: y }"]"#));
        assert_eq!(css(&[theme("a", None)]), "");
    }
}
