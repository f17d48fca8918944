//! The stylesheet: a few rules that every book needs, widths of pictures, then the layout's own `epub.css`.

use std::collections::BTreeSet;

use crate::model::{BlockKind, Chapter, Extent, Image, walk};

/// Rules that make the exporter's markup readable without any layout; the layout's come after and win.
const BASE: &str = "\
img, svg { max-width: 100%; height: auto; }
figure { margin: 1.2em 0; break-inside: avoid; }
figure img, .cover img { display: block; margin: 0 auto; }
.cover { text-align: center; }
table { border-collapse: collapse; margin: 0.6em auto; }
th, td { padding: 0.25em 0.6em; border-bottom: 1px solid currentColor; }
.left { text-align: left; }
.center { text-align: center; }
.right { text-align: right; }
div.math { margin: 0.8em 0; text-align: center; }
.qr svg { width: 10em; }
.chart svg { width: 100%; }
.chart-table { font-size: 0.9em; }
ol.references, ol.contents, ol.contents ol { list-style: none; padding-left: 0; }
ol.contents ol { padding-left: 1em; }
sub, sup { line-height: 0; }
kbd { padding: 0 0.3em; border: 1px solid currentColor; border-radius: 0.25em; font-family: inherit; }
em:lang(zh) { font-style: normal; -webkit-text-emphasis: filled dot; -webkit-text-emphasis-position: under right; \
text-emphasis: filled dot; text-emphasis-position: under right; }
.footnotes { margin-top: 2em; border-top: 1px solid currentColor; }
.footnotes .note-number { float: left; margin: 0; padding-right: 0.6em; }
.small-caps { font-variant: small-caps; }
.underline { text-decoration: underline; }
.credit { display: block; font-size: 0.85em; }
figure.part { margin: 0.6em 0; }
";

/// The colours of code, for light and dark screens; each has a contrast of 4.5 or more with the grounds that it stands on.
const CODE: &str = include_str!("code.css");

/// Callouts: their kinds are told apart by lines alone.
const CALLOUTS: &str = include_str!("callouts.css");

/// The glossary and the index.
const LISTS: &str = include_str!("lists.css");

/// Columns of formulas as Typst's own stylesheet has them, and what is framed or struck out for readers that draw neither.
const MATHS: &str = include_str!("maths.css");

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
pub(super) fn stylesheet(chapters: &[Chapter], layout: &str) -> String {
    let (mut sides, mut columns) = (BTreeSet::new(), BTreeSet::new());
    super::images::each(chapters, &mut |image, _| sides.extend(sizes(image)));
    for chapter in chapters {
        walk::chapter_blocks(chapter, &mut |block| {
            if let BlockKind::Figure(figure) = &block.kind {
                columns.extend(figure.columns.filter(|columns| *columns > 1));
            }
        });
    }
    let mut css = [BASE, CODE, CALLOUTS, LISTS, MATHS].concat();
    // Widths last: where both sides are given, the picture is as large as fits in them.
    for (side, extent) in sides {
        let fit = if side == "height" { " object-fit: contain;" } else { "" };
        css.push_str(&format!(".{} {{ {side}: {};{fit} }}\n", class(side, extent), extent.text()));
    }
    if !columns.is_empty() {
        css.push_str(BESIDE);
    }
    for columns in columns {
        let share = (100.0 - GAP * f64::from(columns - 1)) / f64::from(columns);
        css.push_str(&format!(".beside-{columns} > .cell {{ width: {share:.2}%; }}\n"));
    }
    css + layout
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
