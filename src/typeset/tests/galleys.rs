//! Matter that is measured and then shown as it was measured.

use super::*;

const TEXT: &str = "---\ntitle: One\n---\n\nFirst[^a].\n\n:::aside\nSome words with a note[^b] in them, which take more than one line of this narrow page, and **strong** ones.\n:::\n\nLast[^c].\n\n[^a]: A.\n[^b]: B.\n[^c]: C.\n";

/// Every glyph of the pages with a layout that draws an aside so.
fn drawn(aside: &str) -> Vec<(u16, Point)> {
    let layout = LAYOUT.replace("#let blocks = (", &format!("#let blocks = (\n  aside: (attrs, body) => {aside},"));
    let (made, ..) = set(&memory(&layout, TEXT), document);
    assert!(made.diagnostics.is_empty(), "{:?}", made.diagnostics);
    let mut found = Vec::new();
    for page in made.value.expect("the layout is good").pages() {
        glyphs(&page.frame, Point::zero(), &mut found);
    }
    found
}

#[test]
fn a_galley_is_set_as_its_matter_is() {
    let measured =
        drawn("layout(area => block(height: measure(block(width: area.width, body)).height + 3pt, width: 100%, body))");
    let galley = drawn(
        "layout(area => { let galley = dama.galley(width: area.width, body); block(height: galley.height + 3pt, width: 100%, galley.body) })",
    );
    assert!(measured.len() > 100);
    assert_eq!(measured, galley);
}

#[test]
fn a_galley_in_another_width_is_set_anew() {
    let plain = drawn("block(width: 30mm, body)");
    let galley = drawn("context { let galley = dama.galley(width: 50mm, body); block(width: 30mm, galley.body) }");
    assert_eq!(plain, galley);
}

#[test]
fn a_galley_without_a_width_is_as_wide_as_its_matter() {
    let narrow = drawn("context box(stroke: 1pt, width: dama.galley([abc]).width)[abc]");
    let measured = drawn("context box(stroke: 1pt, width: measure([abc]).width)[abc]");
    assert_eq!(narrow, measured);
}
