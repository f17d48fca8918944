//! The stylesheet: the rules that every book needs, widths of pictures, then the layout's own `epub.css`.

use std::collections::BTreeSet;

use super::themes;
use crate::model::{BlockKind, Chapter, Extent, Image, Theme, walk};

/// Rules that make the exporter's markup readable without any layout; the layout's come after and win.
const BASE: &str = include_str!("base.css");

/// The colours of code, for light and dark screens; each has a contrast of 4.5 or more with the grounds that it stands on.
const CODE: &str = include_str!("code.css");

/// Callouts: their kinds are told apart by lines alone.
const CALLOUTS: &str = include_str!("callouts.css");

/// The glossary and the index.
const LISTS: &str = include_str!("lists.css");

/// Columns of formulas as Typst's own stylesheet has them, and what is framed or struck out for readers that draw neither.
const MATHS: &str = include_str!("maths.css");

/// Text, lists, tables and notes as books have them: what a layout's stylesheet does not say.
const TEXT: &str = include_str!("text.css");

/// What stands side by side in a figure.
const BESIDE: &str = "\
.beside { display: flex; flex-wrap: wrap; gap: 1em 4%; align-items: flex-start; }
.beside figure { margin: 0; }
.beside img { width: 100%; }
";

/// The space between what stands side by side, in percent of the whole.
const GAP: f64 = 4.0;

/// The classes of a picture whose size the author gave.
pub(super) fn size_classes(image: &Image) -> Option<String> {
    let classes: Vec<String> = sizes(image).map(|(side, extent)| class(side, extent)).collect();
    (!classes.is_empty()).then(|| classes.join(" "))
}

/// The classes of what holds so many side by side.
pub(super) fn columns_class(columns: u8) -> String {
    format!("beside beside-{columns}")
}

fn sizes(image: &Image) -> impl Iterator<Item = (&'static str, Extent)> {
    [("width", image.width), ("height", image.height)].into_iter().filter_map(|(side, extent)| Some((side, extent?)))
}

fn class(side: &str, extent: Extent) -> String {
    format!("{side}-{}", extent.text().trim_end_matches('%').replace('.', "-"))
}

/// The whole stylesheet.
pub(super) fn stylesheet(chapters: &[Chapter], used: &[Theme], layout: &str) -> String {
    let (mut sides, mut columns) = (BTreeSet::new(), BTreeSet::new());
    super::images::each(chapters, &mut |image, _| sides.extend(sizes(image)));
    for chapter in chapters {
        walk::chapter_blocks(chapter, &mut |block| {
            if let BlockKind::Figure(figure) = &block.kind {
                columns.extend(figure.columns.filter(|columns| *columns > 1));
            }
        });
    }
    let mut css = [BASE, CODE, CALLOUTS, LISTS, MATHS, TEXT].concat();
    css.push_str(&super::chart::css());
    // Widths last: where both sides are given, the picture is as large as fits in them.
    for (side, extent) in sides {
        let fit = if side == "height" { " object-fit: contain;" } else { "" };
        css.push_str(&format!(".{} {{ {side}: {};{fit} }}\n", class(side, extent), extent.text()));
    }
    if !columns.is_empty() {
        css.push_str(BESIDE);
    }
    for columns in columns {
        // Rounded down: what is wider than its line by a hundredth takes another one.
        let share = ((100.0 - GAP * f64::from(columns - 1)) * 100.0 / f64::from(columns)).floor() / 100.0;
        css.push_str(&format!(".beside-{columns} > .cell {{ width: {share:.2}%; }}\n"));
    }
    css + &themes::css(used) + layout
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The colours in some text, as `#rrggbb`.
    fn colours(text: &str) -> Vec<&str> {
        text.match_indices('#').filter_map(|(at, _)| text.get(at..at + 7)).filter(|hex| is_hex(&hex[1..])).collect()
    }

    fn is_hex(text: &str) -> bool {
        text.bytes().all(|b| b.is_ascii_hexdigit())
    }

    fn luminance(hex: &str) -> f32 {
        let channel = |at: usize| {
            let value = f32::from(u8::from_str_radix(&hex[at..at + 2], 16).expect("two digits")) / 255.0;
            if value <= 0.03928 { value / 12.92 } else { crate::maths::powf((value + 0.055) / 1.055, 2.4) }
        };
        0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5)
    }

    fn contrast(a: &str, b: &str) -> f32 {
        let (a, b) = (luminance(a), luminance(b));
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    fn assert_legible(text: &str, own: &[&str]) {
        let inks = text.lines().flat_map(|line| line.split("background").next().map(colours).unwrap_or_default());
        let grounds = text.split("background: ").skip(1).filter_map(|rest| rest.get(..7)).chain(own.iter().copied());
        let grounds: Vec<&str> = grounds.collect();
        let mut pairs = 0;
        for ink in inks.filter(|ink| !grounds.contains(ink)) {
            for ground in &grounds {
                pairs += 1;
                assert!(contrast(ink, ground) >= 4.5, "{ink} on {ground}: {}", contrast(ink, ground));
            }
        }
        assert!(pairs > 20);
    }

    #[test]
    fn code_is_legible_on_light_and_dark_screens_and_on_paper() {
        let (light, dark) = CODE.split_once("@media (prefers-color-scheme: dark)").expect("two schemes");
        assert_legible(light, &["#ffffff"]);
        assert_legible(dark, &["#000000"]);
        let kit = include_str!("../../layouts/kit/code.typ");
        let (looks, rest) = kit.split_once("// Grounds").expect("looks, then grounds");
        let grounds = rest
            .lines()
            .filter(|line| line.contains("fill: coloured"))
            .filter_map(|line| colours(line).first().copied());
        let grounds: Vec<&str> = grounds.chain(["#ffffff"]).collect();
        assert_eq!(grounds.len(), 4);
        assert_legible(looks, &grounds);
    }
}
