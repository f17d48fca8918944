//! Charts as they stand in the e-book: what the scene promises must hold of the SVG, on a phone and on wider screens.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use crate::chart::tests::drawn_by_lot;
use crate::chart::{Generous, Measure};
use crate::epub::chart::draw;
use crate::epub::xml::Xml;
use crate::lang::Lang;
use crate::model::Chart;

/// The letters of labels in an e-book, in points, on a phone with text of 16 pixels; what none may be smaller than.
const LETTER: f64 = 16.0 * 0.85 * 0.75;
const LEAST: f64 = 5.0;

/// A text of a drawing: its share of the width, and its box from there, in em.
#[derive(Debug)]
struct Placed {
    share: f64,
    left: f64,
    right: f64,
    top: f64,
    bottom: f64,
}

fn svg(chart: &Chart) -> String {
    let lang = Lang::new("en").expect("a known language");
    let mut xml = Xml::fragment();
    draw(&mut xml, chart, "c", (&lang, lang.export_words()));
    xml.finish_text()
}

fn attr(element: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = element.try_get_attribute(name).expect("well-formed attributes")?;
    Some(found.value.into_owned())
}

/// A length with its unit taken off.
fn length(element: &BytesStart<'_>, name: &str, unit: &str) -> Option<f64> {
    attr(element, name).map(|text| text.strip_suffix(unit).and_then(|n| n.parse().ok()).expect("a length"))
}

fn placed(element: &BytesStart<'_>, body: &str) -> Placed {
    let size = length(element, "font-size", "em").unwrap_or(1.0);
    assert!(size * LETTER >= LEAST, "‘{body}’ is small");
    let wide = Generous.wide(body, attr(element, "font-weight").is_some()) * size;
    let dx = length(element, "dx", "em").unwrap_or_default() * size;
    let y = length(element, "y", "em").expect("a baseline") * size;
    let left = match attr(element, "text-anchor").as_deref() {
        Some("middle") => dx - wide / 2.0,
        Some("end") => dx - wide,
        _ => dx,
    };
    let share = length(element, "x", "%").expect("a place") / 100.0;
    Placed { share, left, right: left + wide, top: y - 0.86 * size, bottom: y + 0.2 * size }
}

/// The texts of a drawing, and its height in em.
fn texts(svg: &str) -> (Vec<(String, Placed)>, f64) {
    let mut reader = Reader::from_str(svg);
    let (mut found, mut height, mut open) = (Vec::new(), None, None);
    loop {
        match reader.read_event().expect("well-formed") {
            Event::Start(element) if element.name().as_ref() == "svg" => {
                height = height.or_else(|| length(&element, "height", "em"));
            }
            Event::Start(element) if element.name().as_ref() == "text" => {
                open = Some((element.into_owned(), String::new()))
            }
            Event::Text(text) => {
                if let Some((_, body)) = &mut open {
                    body.push_str(&text);
                }
            }
            Event::End(element) if element.name().as_ref() == "text" => {
                let (element, body) = open.take().expect("an open text");
                let place = placed(&element, &body);
                found.push((body, place));
            }
            Event::Eof => return (found, height.expect("a height")),
            _ => {}
        }
    }
}

#[test]
fn no_label_meets_another_or_leaves_the_drawing_on_any_screen() {
    // A hair, for places are rounded.
    let hair = 0.06;
    for (round, chart) in drawn_by_lot().iter().enumerate() {
        let (texts, height) = texts(&svg(chart));
        for width in [22.0, 32.0, 48.0] {
            let across = |place: &Placed| (place.share * width + place.left, place.share * width + place.right);
            for (at, (body, place)) in texts.iter().enumerate() {
                let (left, right) = across(place);
                let inside =
                    left >= -hair && right <= width + hair && place.top >= -hair && place.bottom <= height + 0.3;
                assert!(inside, "chart {round}, {}: ‘{body}’ leaves the drawing: {place:?}", chart.kind.name());
                for (other, there) in &texts[at + 1..] {
                    let (from, to) = across(there);
                    let level = place.top + hair < there.bottom && there.top + hair < place.bottom;
                    let meets = level && left + hair < to && from + hair < right;
                    assert!(!meets, "chart {round}, {}: ‘{body}’ meets ‘{other}’ at {width}", chart.kind.name());
                }
            }
        }
    }
}

#[test]
fn a_drawing_has_words_for_its_readers_and_no_script() {
    for chart in drawn_by_lot() {
        let svg = svg(&chart);
        assert!(svg.contains("<title id=\"c-title\">") && svg.contains("<desc id=\"c-desc\">"), "{svg}");
        assert!(!svg.contains("<script") && !svg.contains("NaN") && !svg.contains("inf"), "{svg}");
    }
}
