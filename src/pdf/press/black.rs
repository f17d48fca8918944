//! Black ink alone for what is black or grey.
//!
//! Typst writes black in an ICC space for grey or RGB. A press would make it of four inks, and thin letters would show every
//! error of register. So a colour that is neutral in a grey or RGB space becomes its share of black in DeviceCMYK; all
//! other colours, shadings and pictures stay. Groups blend in DeviceCMYK, since a group in RGB would undo it.

use lopdf::content::{Content, Operation};
use lopdf::{Dictionary, Document, Object, ObjectId, dictionary};
use rayon::prelude::*;

use crate::pdf::content::{self, Drawing};

/// How far the components of a neutral colour may differ: half a step of 8 bits.
const NEUTRAL: f32 = 0.5 / 255.0;

/// Rewrites every drawing of the document.
pub(super) fn only(doc: &mut Document) -> lopdf::Result<()> {
    let drawings = content::drawings(doc);
    let reader: &Document = doc;
    let rewritten: Vec<Vec<(ObjectId, Vec<u8>)>> =
        drawings.par_iter().map(|drawing| rewrite(reader, drawing)).collect::<lopdf::Result<_>>()?;
    for (id, bytes) in rewritten.into_iter().flatten() {
        let stream = doc.get_object_mut(id)?.as_stream_mut()?;
        stream.set_plain_content(bytes);
        stream.compress()?;
    }
    blend_in_cmyk(doc);
    Ok(())
}

fn rewrite(doc: &Document, drawing: &Drawing) -> lopdf::Result<Vec<(ObjectId, Vec<u8>)>> {
    let spaces = content::entry(doc, &drawing.resources, b"ColorSpace");
    let mut painter = Painter { doc, spaces: &spaces, now: Colours::default(), saved: Vec::new() };
    let one = |id: &ObjectId| {
        let plain = doc.get_object(*id)?.as_stream()?.get_plain_content()?;
        let operations = painter.repaint(Content::decode_strict(&plain)?.operations);
        Ok((*id, Content { operations }.encode()?))
    };
    drawing.streams.iter().map(one).collect()
}

/// A colour space as far as it matters here.
#[derive(Debug, Clone, Default, PartialEq)]
enum Space {
    /// One whose colours stay as they are.
    #[default]
    Other,
    /// Grey by the name with which the content calls it.
    Gray(Object),
    /// RGB likewise.
    Rgb(Object),
}

/// The colour spaces that the content has chosen.
#[derive(Debug, Clone, Default)]
struct Colours {
    fill: Space,
    stroke: Space,
}

struct Painter<'a> {
    doc: &'a Document,
    spaces: &'a Dictionary,
    now: Colours,
    saved: Vec<Colours>,
}

impl Painter<'_> {
    fn repaint(&mut self, operations: Vec<Operation>) -> Vec<Operation> {
        let mut out = Vec::with_capacity(operations.len());
        let mut rest = operations.into_iter().peekable();
        while let Some(operation) = rest.next() {
            let colour_follows = rest.peek().is_some_and(|next| sets_colour(&next.operator));
            self.step(operation, colour_follows, &mut out);
        }
        out
    }

    fn step(&mut self, operation: Operation, colour_follows: bool, out: &mut Vec<Operation>) {
        let stroke = operation.operator.starts_with(|c: char| c.is_ascii_uppercase());
        match operation.operator.as_str() {
            "q" => self.saved.push(self.now.clone()),
            "Q" => self.now = self.saved.pop().unwrap_or_default(),
            "cs" | "CS" => {
                let space = self.space(operation.operands.first());
                let converted = space != Space::Other;
                *self.slot(stroke) = space;
                if converted {
                    // A space that was just chosen paints in black.
                    out.extend((!colour_follows).then(|| ink(stroke, 1.0)));
                    return;
                }
            }
            "sc" | "scn" | "SC" | "SCN" => {
                let space = self.slot(stroke).clone();
                match (neutral(&space, &operation.operands), space) {
                    (Some(light), _) => return out.push(ink(stroke, 1.0 - light)),
                    (None, Space::Gray(name) | Space::Rgb(name)) => {
                        out.push(Operation::new(if stroke { "CS" } else { "cs" }, vec![name]));
                    }
                    (None, Space::Other) => {}
                }
            }
            "g" | "G" | "rg" | "RG" => {
                *self.slot(stroke) = Space::Other;
                let one = operation.operator.len() == 1;
                let space = if one { Space::Gray(Object::Null) } else { Space::Rgb(Object::Null) };
                if let Some(light) = neutral(&space, &operation.operands) {
                    return out.push(ink(stroke, 1.0 - light));
                }
            }
            "k" | "K" => *self.slot(stroke) = Space::Other,
            _ => {}
        }
        out.push(operation);
    }

    fn slot(&mut self, stroke: bool) -> &mut Space {
        if stroke { &mut self.now.stroke } else { &mut self.now.fill }
    }

    fn space(&self, name: Option<&Object>) -> Space {
        let Some(Ok(word)) = name.map(|name| name.as_name()) else { return Space::Other };
        let name = Object::Name(word.to_vec());
        match word {
            b"DeviceGray" => return Space::Gray(name),
            b"DeviceRGB" => return Space::Rgb(name),
            _ => {}
        }
        match components(self.doc, self.spaces.get_deref(word, self.doc).ok()) {
            Some(1) => Space::Gray(name),
            Some(3) => Space::Rgb(name),
            _ => Space::Other,
        }
    }
}

fn sets_colour(operator: &str) -> bool {
    matches!(operator, "sc" | "scn" | "SC" | "SCN")
}

/// How many components a grey or RGB space has; `None` for every other space.
fn components(doc: &Document, space: Option<&Object>) -> Option<i64> {
    let space = space?;
    if let Ok(name) = space.as_name() {
        return match name {
            b"DeviceGray" => Some(1),
            b"DeviceRGB" => Some(3),
            _ => None,
        };
    }
    let parts = space.as_array().ok()?;
    match parts.first()?.as_name().ok()? {
        b"CalGray" => Some(1),
        b"CalRGB" => Some(3),
        b"ICCBased" => {
            let (_, profile) = doc.dereference(parts.get(1)?).ok()?;
            profile.as_stream().ok()?.dict.get(b"N").ok()?.as_i64().ok().filter(|n| matches!(n, 1 | 3))
        }
        _ => None,
    }
}

/// The lightness (0 is black) of a colour, if it is neutral.
fn neutral(space: &Space, operands: &[Object]) -> Option<f32> {
    let parts: Vec<f32> = operands.iter().map(|part| part.as_float().ok()).collect::<Option<_>>()?;
    match (space, parts.as_slice()) {
        (Space::Gray(_), [light]) => Some(*light),
        (Space::Rgb(_), [red, green, blue]) => {
            let spread = red.max(*green).max(*blue) - red.min(*green).min(*blue);
            (spread <= NEUTRAL).then_some((red + green + blue) / 3.0)
        }
        _ => None,
    }
}

/// A share of black ink and nothing else.
fn ink(stroke: bool, black: f32) -> Operation {
    let black = (black.clamp(0.0, 1.0) * 1e4).round() / 1e4;
    let part = if black == 1.0 {
        1.into()
    } else if black == 0.0 {
        0.into()
    } else {
        Object::Real(black)
    };
    Operation::new(if stroke { "K" } else { "k" }, vec![0.into(), 0.into(), 0.into(), part])
}

/// Lets groups and pages with transparency blend in DeviceCMYK; soft masks keep their space.
fn blend_in_cmyk(doc: &mut Document) {
    let masks = content::mask_forms(doc);
    let mut transparent = false;
    for (id, object) in &mut doc.objects {
        match object {
            Object::Stream(stream) => {
                transparent |= stream.dict.has(b"SMask");
                if masks.contains(id) || !content::is_form(&stream.dict) {
                    continue;
                }
                if let Ok(group) = stream.dict.get_mut(b"Group").and_then(Object::as_dict_mut) {
                    transparent = true;
                    group.set("CS", "DeviceCMYK");
                }
            }
            Object::Dictionary(dict) => {
                let faint = |key: &[u8]| dict.get(key).and_then(Object::as_float).is_ok_and(|alpha| alpha < 1.0);
                transparent |= dict.has(b"SMask") || faint(b"ca") || faint(b"CA");
            }
            _ => {}
        }
    }
    if !transparent {
        return;
    }
    for page in doc.page_iter().collect::<Vec<_>>() {
        if let Ok(page) = doc.get_dictionary_mut(page) {
            page.set("Group", dictionary! { "Type" => "Group", "S" => "Transparency", "CS" => "DeviceCMYK" });
        }
    }
}

#[cfg(test)]
mod tests {
    use lopdf::Stream;

    use super::*;

    /// What becomes of content whose resources know `/grey`, `/rgb` (ICC) and `/spot`.
    fn repainted(content: &str) -> String {
        let mut doc = Document::new();
        let mut icc = |n: i64| {
            let profile = doc.add_object(Stream::new(dictionary! { "N" => n }, Vec::new()));
            Object::Array(vec!["ICCBased".into(), profile.into()])
        };
        let spaces = dictionary! {
            "grey" => icc(1), "rgb" => icc(3), "spot" => vec!["Separation".into(), "Red".into()]
        };
        let mut painter = Painter { doc: &doc, spaces: &spaces, now: Colours::default(), saved: Vec::new() };
        let operations = painter.repaint(Content::decode_strict(content.as_bytes()).unwrap().operations);
        String::from_utf8(Content { operations }.encode().unwrap()).unwrap().replace('\n', " ")
    }

    #[test]
    fn neutral_colours_become_black_ink() {
        assert_eq!(repainted("/grey cs 0 scn f"), "0 0 0 1 k f");
        assert_eq!(repainted("/grey CS 1 SCN S"), "0 0 0 0 K S");
        assert_eq!(repainted("/rgb cs .2 .2 .2 scn f"), "0 0 0 0.8 k f");
        assert_eq!(repainted("0.25 g 0 0 0 RG S"), "0 0 0 0.75 k 0 0 0 1 K S");
        assert_eq!(repainted("/grey cs f"), "0 0 0 1 k f");
    }

    #[test]
    fn other_colours_stay_as_they_are() {
        assert_eq!(repainted("/rgb cs 1 0 0 scn f"), "/rgb cs 1 0 0 scn f");
        assert_eq!(repainted("1 0 0 rg 0 1 0 0 k f"), "1 0 0 rg 0 1 0 0 k f");
        assert_eq!(repainted("/spot cs 1 scn f"), "/spot cs 1 scn f");
        assert_eq!(repainted("/Pattern cs /P0 scn f"), "/Pattern cs /P0 scn f");
    }

    #[test]
    fn a_space_is_chosen_again_after_black() {
        let content = "/rgb cs 0 0 0 scn f 1 0 0 scn f q /grey cs 0 scn f Q 0 1 0 scn f";
        let wanted = "0 0 0 1 k f /rgb cs 1 0 0 scn f q 0 0 0 1 k f Q /rgb cs 0 1 0 scn f";
        assert_eq!(repainted(content), wanted);
    }
}
