//! The stylesheet: a few rules that every book needs, widths of pictures, then the layout's own `epub.css`.

use std::collections::BTreeSet;

use crate::model::Chapter;

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
pre.code { white-space: pre-wrap; overflow-wrap: anywhere; }
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
";

/// The class of a picture that takes a percentage of the text width.
pub(super) fn width_class(percent: u8) -> String {
    format!("width-{}", percent.clamp(1, 100))
}

/// The whole stylesheet.
pub(super) fn stylesheet(chapters: &[Chapter], layout: &str) -> String {
    let mut widths = BTreeSet::new();
    super::images::each(chapters, &mut |image, _| widths.extend(image.width_percent));
    let mut css = BASE.to_owned();
    for percent in widths {
        css.push_str(&format!(".{} {{ width: {}%; }}\n", width_class(percent), percent.clamp(1, 100)));
    }
    css + layout
}
