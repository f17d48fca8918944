//! SVG pictures made safe: nothing that runs, nothing from elsewhere.

use std::fmt::Display;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::xml::Xml;
use crate::manuscript::picture;
use crate::message::Message;
use crate::model::Crop;

/// Elements left out with all that they hold.
const REFUSED: [&str; 10] =
    ["script", "foreignobject", "iframe", "embed", "object", "handler", "listener", "set", "animate", "audio"];
/// Deepest nesting that is read.
const DEPTH: usize = 64;

/// The drawing, cropped, without scripts, event handlers, foreign content, document type and references to other files.
///
/// # Errors
/// Says why the text is not an SVG that can be read.
pub(super) fn clean(text: &str, crop: Option<Crop>) -> Result<String, Message> {
    let mut reader = Reader::from_str(text.trim_start_matches('\u{feff}'));
    let mut xml = Xml::document();
    let mut depth = 0usize;
    let mut skipping = 0usize;
    let mut seen = false;
    let mut in_style = false;
    loop {
        match reader.read_event().map_err(malformed)? {
            Event::Eof => break,
            Event::Start(tag) => {
                in_style = tag.local_name().as_ref() == "style";
                depth += 1;
                if depth > DEPTH {
                    return Err(msg!("it is nested too deeply"));
                }
                if skipping > 0 || refused(&tag) {
                    skipping += 1;
                } else {
                    let crop = crop.filter(|_| !seen);
                    root(&tag, &mut seen)?;
                    copy(&mut xml, &tag, false, crop)?;
                }
            }
            Event::Empty(tag) if skipping == 0 && !refused(&tag) => {
                root(&tag, &mut seen)?;
                copy(&mut xml, &tag, true, None)?;
            }
            Event::End(_) => {
                in_style = false;
                depth = depth.saturating_sub(1);
                if skipping > 0 {
                    skipping -= 1;
                } else {
                    xml.close();
                }
            }
            Event::Text(content) if skipping == 0 && depth > 0 => xml.text(&safe(&content.xml10_content(), in_style)),
            Event::CData(content) if skipping == 0 && depth > 0 => xml.text(&safe(&content.xml10_content(), in_style)),
            Event::GeneralRef(reference) if skipping == 0 && depth > 0 => {
                let entity = format!("&{};", &*reference);
                let resolved = quick_xml::escape::unescape(&entity).map_err(malformed)?;
                xml.text(&resolved);
            }
            _ => {}
        }
    }
    if depth > 0 || !seen {
        return Err(msg!("it is not a complete SVG drawing"));
    }
    Ok(xml.finish_text())
}

/// Why the XML cannot be read.
fn malformed(error: impl Display) -> Message {
    msg!("its XML is malformed: {reason}", reason = error.to_string())
}

fn root(tag: &BytesStart<'_>, seen: &mut bool) -> Result<(), Message> {
    let svg = tag.name().as_ref() == "svg";
    if !*seen && !svg {
        return Err(msg!("its root element is not `svg`"));
    }
    *seen = true;
    Ok(())
}

fn refused(tag: &BytesStart<'_>) -> bool {
    let name = tag.local_name().as_ref().to_ascii_lowercase();
    REFUSED.contains(&name.as_str()) || name.starts_with("animate")
}

fn copy(xml: &mut Xml, tag: &BytesStart<'_>, empty: bool, crop: Option<Crop>) -> Result<(), Message> {
    let mut kept = Vec::new();
    for attribute in tag.attributes() {
        let attribute = attribute.map_err(malformed)?;
        let key = attribute.key.as_ref().to_owned();
        let value = quick_xml::escape::unescape(&attribute.value).map_err(malformed)?.into_owned();
        if allowed(&key.to_ascii_lowercase(), &value) {
            kept.push((key, value));
        }
    }
    if tag.name().as_ref() == "svg" && !kept.iter().any(|(k, _)| k == "xmlns") {
        kept.push(("xmlns".to_owned(), "http://www.w3.org/2000/svg".to_owned()));
    }
    if let Some(crop) = crop {
        show_part(&mut kept, crop);
    }
    let attrs: Vec<(&str, &str)> = kept.iter().map(|(k, v)| (k.as_str(), v.as_str())).collect();
    let name = tag.name().as_ref().to_owned();
    if empty {
        xml.empty(&name, &attrs)
    } else {
        xml.open(&name, &attrs)
    }
    Ok(())
}

/// Makes the root of a drawing show what is left of it. One that does not say how large it is stays whole.
fn show_part(attributes: &mut Vec<(String, String)>, crop: Crop) {
    let number = |text: &str| text.trim().trim_end_matches("px").parse::<f64>().ok().filter(|n| n.is_finite());
    let value = |key: &str| attributes.iter().find(|(other, _)| other == key).map(|(_, value)| value.as_str());
    let sides = [value("width").and_then(number), value("height").and_then(number)];
    let view = value("viewBox").map(|view| view.split([' ', ',']).filter_map(number).collect::<Vec<f64>>());
    let (x, y, width, height) = match (view.as_deref(), sides) {
        (Some(&[x, y, width, height]), _) => (x, y, width, height),
        (_, [Some(width), Some(height)]) => (0.0, 0.0, width, height),
        _ => return,
    };
    let (wide, high) = crop.left_over();
    let (x, y) = (x + width * f64::from(crop.left) / 1000.0, y + height * f64::from(crop.top) / 1000.0);
    attributes.retain(|(key, _)| !matches!(key.as_str(), "width" | "height" | "viewBox"));
    let shares = [("width", sides[0], wide), ("height", sides[1], high)];
    let shares =
        shares.into_iter().filter_map(|(key, side, share)| Some((key.to_owned(), format!("{}", side? * share))));
    attributes.extend(shares);
    attributes.push(("viewBox".to_owned(), format!("{x} {y} {} {}", width * wide, height * high)));
}

fn allowed(key: &str, value: &str) -> bool {
    let value = value.trim().to_ascii_lowercase();
    let local = key.rsplit(':').next().unwrap_or(key);
    let inside = value.starts_with('#') || value.starts_with("data:image/png") || value.starts_with("data:image/jpeg");
    !local.starts_with("on")
        && (!matches!(local, "href" | "src") || inside)
        && key != "xml:base"
        && picture::svg::loads_nothing(&value)
}

/// A text, which is left out if it is a style sheet that fetches something.
fn safe(text: &str, in_style: bool) -> String {
    if in_style && !picture::svg::loads_nothing(text) { String::new() } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::clean;

    #[test]
    fn what_runs_or_fetches_is_removed() {
        let dirty = r##"<!DOCTYPE svg><svg xmlns="http://www.w3.org/2000/svg" onload="x()"><script>1</script>
            <image href="https://a.org/x.png"/><use href="#a"/><style>@import url(x)</style><text>a &amp; b</text></svg>"##;
        let cleaned = clean(dirty, None).expect("it is a drawing");
        for gone in ["onload", "script", "a.org", "@import", "DOCTYPE"] {
            assert!(!cleaned.contains(gone), "{gone}: {cleaned}");
        }
        assert!(cleaned.contains(r##"<use href="#a"/>"##) && cleaned.contains("a &amp; b"), "{cleaned}");
    }

    #[test]
    fn a_cropped_drawing_shows_what_is_left() {
        let crop = crate::model::Crop::read("10% 0 0 50%");
        for (root, wanted) in [
            ("viewBox=\"0 0 200 100\"", "viewBox=\"100 10 100 90\""),
            ("width=\"200px\" height=\"100\"", "width=\"100\" height=\"90\" viewBox=\"100 10 100 90\""),
        ] {
            let cleaned = clean(&format!("<svg {root}><g viewBox=\"0 0 1 1\"/></svg>"), crop).expect("a drawing");
            assert!(cleaned.contains(wanted) && cleaned.contains("<g viewBox=\"0 0 1 1\"/>"), "{cleaned}");
        }
    }

    #[test]
    fn what_is_not_a_drawing_is_refused() {
        for bad in ["", "<html/>", "<svg>", "<svg></g>", "text"] {
            assert!(clean(bad, None).is_err(), "{bad}");
        }
    }
}
