//! QR codes as inline SVG: dark on light whatever the reader's theme, with the quiet zone that scanners need.

use fast_qr::qr::QRBuilder;

use super::xml::Xml;
use crate::model::Qr;

/// Modules of empty border; the standard asks for four.
const QUIET: usize = 4;

/// The drawing, or `None` when the data do not fit a code.
pub(super) fn svg(qr: &Qr) -> Option<String> {
    let code = QRBuilder::new(qr.data.as_bytes()).build().ok()?;
    let mut path = String::new();
    for row in 0..code.size {
        for (column, module) in code[row][..code.size].iter().enumerate() {
            if module.value() {
                path.push_str(&format!("M{} {}h1v1h-1z", column + QUIET, row + QUIET));
            }
        }
    }
    let side = code.size + 2 * QUIET;
    let alt = if qr.alt.trim().is_empty() { &qr.data } else { &qr.alt };
    let mut xml = Xml::fragment();
    let view = format!("0 0 {side} {side}");
    let attrs = [
        ("xmlns", "http://www.w3.org/2000/svg"),
        ("viewBox", view.as_str()),
        ("width", "160"),
        ("height", "160"),
        ("role", "img"),
        ("aria-label", alt),
        ("shape-rendering", "crispEdges"),
    ];
    xml.open("svg", &attrs);
    let side = side.to_string();
    xml.empty("rect", &[("width", &side), ("height", &side), ("fill", "#fff")]);
    xml.empty("path", &[("d", &path), ("fill", "#000")]);
    xml.close();
    Some(xml.finish_text())
}
