//! Colour spaces (ISO 32000-2, 8.6).

use std::sync::Arc;

use lopdf::{Dictionary, Object};

use super::objects::ObjectReader;
use crate::message::Message;

/// Spaces are nested: Indexed over Separation over ICCBased is the deepest that makes sense.
const DEPTH: usize = 4;

/// A colour space.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Space {
    /// DeviceGray: the black plate.
    Gray,
    /// DeviceRGB.
    Rgb,
    /// DeviceCMYK: the four plates.
    Cmyk,
    /// ICCBased, by its number of components.
    Icc(u8),
    /// CalGray.
    CalGray,
    /// CalRGB.
    CalRgb,
    /// Lab.
    Lab,
    /// Separation: one ink of this name.
    Separation(String),
    /// DeviceN: these inks.
    DeviceN(Vec<String>),
    /// Indexed, over its base.
    Indexed(Arc<Space>),
    /// Pattern.
    Pattern,
    /// No space: an image that masks the current colour.
    Stencil,
    /// Anything else.
    Unknown,
}

impl Space {
    /// How many of the usual plates its colours are mixed from: 1 grey, 3 red, green and blue, 4 the press's inks.
    pub fn plates(&self) -> Option<u8> {
        match self {
            Space::Gray | Space::CalGray | Space::Icc(1) => Some(1),
            Space::Rgb | Space::CalRgb | Space::Icc(3) => Some(3),
            Space::Cmyk | Space::Icc(4) => Some(4),
            Space::Indexed(base) => base.plates(),
            _ => None,
        }
    }

    /// Its name for programs: the English word for it, such as `DeviceCMYK`, `ICC RGB` or `spot ink Gold`.
    pub fn name(&self) -> String {
        self.word().to_string()
    }

    /// Its name for people. Terms of PDF are the same in every language.
    pub fn word(&self) -> Message {
        match self {
            Space::Gray => Message::data("DeviceGray"),
            Space::Rgb => Message::data("DeviceRGB"),
            Space::Cmyk => Message::data("DeviceCMYK"),
            Space::Icc(1) => msg!("ICC grey"),
            Space::Icc(3) => Message::data("ICC RGB"),
            Space::Icc(4) => Message::data("ICC CMYK"),
            Space::Icc(components) => msg!("ICC with {components} components", components),
            Space::CalGray => Message::data("CalGray"),
            Space::CalRgb => Message::data("CalRGB"),
            Space::Lab => Message::data("Lab"),
            Space::Separation(ink) => msg!("spot ink {ink}", ink),
            Space::DeviceN(inks) => msg!("inks {inks}", inks = inks.join(" + ")),
            Space::Indexed(base) => msg!("palette of {space}", space = base.word()),
            Space::Pattern => msg!("pattern"),
            Space::Stencil => msg!("stencil"),
            Space::Unknown => msg!("unknown"),
        }
    }

    /// How many numbers a colour has.
    pub(super) fn components(&self) -> usize {
        match self {
            Space::Rgb | Space::CalRgb | Space::Lab => 3,
            Space::Cmyk => 4,
            Space::Icc(n) => usize::from(*n),
            Space::DeviceN(inks) => inks.len(),
            _ => 1,
        }
    }

    /// The numbers that a colour has before any is set (8.6.8).
    pub(super) fn initial(&self) -> [f32; 4] {
        match self {
            Space::Cmyk | Space::Icc(4) => [0.0, 0.0, 0.0, 1.0],
            Space::Separation(_) | Space::DeviceN(_) => [1.0; 4],
            _ => [0.0; 4],
        }
    }
}

/// Reads a space: by name, of the resources where they have it, or as an array.
pub(super) fn read(reader: ObjectReader<'_>, resources: Option<&Dictionary>, object: &Object) -> Space {
    read_within(reader, resources, object, DEPTH)
}

fn read_within(reader: ObjectReader<'_>, resources: Option<&Dictionary>, object: &Object, depth: usize) -> Space {
    if depth == 0 {
        return Space::Unknown;
    }
    let inner = |object: &Object| read_within(reader, resources, object, depth - 1);
    match reader.follow(object) {
        Object::Name(name) => {
            let spaces = resources.and_then(|all| reader.dict(all, b"ColorSpace"));
            match spaces.and_then(|spaces| spaces.get(name).ok()) {
                // A resource that names itself would never end.
                Some(found) if reader.follow(found).as_name().ok() != Some(name) => inner(found),
                _ => named(name),
            }
        }
        Object::Array(parts) => array(reader, parts, &inner),
        _ => Space::Unknown,
    }
}

fn named(name: &[u8]) -> Space {
    match name {
        b"DeviceGray" | b"G" => Space::Gray,
        b"DeviceRGB" | b"RGB" => Space::Rgb,
        b"DeviceCMYK" | b"CMYK" => Space::Cmyk,
        b"Pattern" => Space::Pattern,
        b"CalGray" => Space::CalGray,
        b"CalRGB" => Space::CalRgb,
        b"Lab" => Space::Lab,
        _ => Space::Unknown,
    }
}

fn array(reader: ObjectReader<'_>, parts: &[Object], inner: &dyn Fn(&Object) -> Space) -> Space {
    let Some(Object::Name(family)) = parts.first().map(|first| reader.follow(first)) else { return Space::Unknown };
    match (family.as_slice(), parts.get(1)) {
        (b"ICCBased", Some(profile)) => {
            let count = reader.as_dict(profile).and_then(|dict| reader.integer(dict, b"N"));
            count.and_then(|n| u8::try_from(n).ok()).map_or(Space::Unknown, Space::Icc)
        }
        (b"Indexed" | b"I", Some(base)) => Space::Indexed(Arc::new(inner(base))),
        (b"Separation", Some(ink)) => Space::Separation(reader.name(ink).unwrap_or_default()),
        (b"DeviceN", Some(inks)) => {
            let inks = reader.follow(inks).as_array().map_or(&[][..], |inks| &inks[..]);
            Space::DeviceN(inks.iter().take(32).filter_map(|ink| reader.name(ink)).collect())
        }
        (name, _) => named(name),
    }
}
