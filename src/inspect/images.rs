//! Images: their pixels, and how many of them an inch of paper holds.

use std::sync::Arc;

use lopdf::{Dictionary, Object};

use super::facts::{Image, MarkKind};
use super::geometry::Rect;
use super::lexer::{Lexer, Operand};
use super::objects::ObjectReader;
use super::space::Space;
use super::walk::{Scene, Walker};

/// The square that every image fills (ISO 32000-2, 8.9.5).
const SQUARE: Rect = Rect { left: 0.0, bottom: 0.0, right: 1.0, top: 1.0 };

impl Walker<'_> {
    pub(super) fn image(&mut self, scene: &Scene<'_>, dict: &Dictionary) {
        let reader = self.reader;
        let pixels = [integer(reader, dict, b"Width", b"W"), integer(reader, dict, b"Height", b"H")]
            .map(|side| side.and_then(|side| u32::try_from(side).ok()).unwrap_or(0));
        let flag = |key: &[u8]| matches!(reader.get(dict, key), Some(Object::Boolean(true)));
        let space = match dict.get(b"ColorSpace").or_else(|_| dict.get(b"CS")) {
            _ if flag(b"ImageMask") || flag(b"IM") => Arc::new(Space::Stencil),
            Ok(space) => self.space(scene.resources, space),
            Err(_) => Arc::new(Space::Unknown),
        };
        let [width, height] = scene.state.ctm.scale();
        let ppi = |pixels: u32, length: f64| if length > 0.0 { f64::from(pixels) * 72.0 / length } else { 0.0 };
        let Some(area) = scene.state.ctm.cover(SQUARE).and_then(|area| scene.state.seen(area)) else { return };
        let image = Image {
            pixels,
            ppi: [ppi(pixels[0], width), ppi(pixels[1], height)],
            space,
            bits: bits(reader, dict).and_then(|bits| u8::try_from(bits).ok()).unwrap_or(1),
            masked: reader.get(dict, b"SMask").is_some() || reader.get(dict, b"Mask").is_some(),
        };
        self.mark(area, MarkKind::Image(image));
    }

    /// An image whose data stands in the content stream.
    pub(super) fn inline(&mut self, lexer: &mut Lexer<'_>, scene: &Scene<'_>) {
        let mut dict = Dictionary::new();
        for pair in lexer.inline_image().chunks_exact(2) {
            if let Operand::Name(key) = &pair[0] {
                dict.set(key.clone(), object(&pair[1]));
            }
        }
        lexer.skip_data(self.length(scene, &dict));
        self.image(scene, &dict);
    }

    /// Bytes of the data of an inline image without a filter; of one with a filter its end must be looked for.
    fn length(&mut self, scene: &Scene<'_>, dict: &Dictionary) -> usize {
        if dict.has(b"F") || dict.has(b"Filter") {
            return 0;
        }
        let [width, height] = [integer(self.reader, dict, b"Width", b"W"), integer(self.reader, dict, b"Height", b"H")]
            .map(|side| side.and_then(|side| usize::try_from(side).ok()).unwrap_or(0));
        let bits = bits(self.reader, dict).and_then(|bits| usize::try_from(bits).ok()).unwrap_or(1);
        let components = match dict.get(b"ColorSpace").or_else(|_| dict.get(b"CS")) {
            Ok(space) => self.space(scene.resources, space).components(),
            Err(_) => 1,
        };
        width.saturating_mul(bits).saturating_mul(components).div_ceil(8).saturating_mul(height)
    }
}

/// A number by its key, or by the key that an inline image has for it.
fn integer(reader: ObjectReader<'_>, dict: &Dictionary, long: &[u8], short: &[u8]) -> Option<i64> {
    reader.integer(dict, long).or_else(|| reader.integer(dict, short))
}

fn bits(reader: ObjectReader<'_>, dict: &Dictionary) -> Option<i64> {
    integer(reader, dict, b"BitsPerComponent", b"BPC")
}

fn object(operand: &Operand) -> Object {
    match operand {
        Operand::Number(number) if number.fract() == 0.0 => Object::Integer(*number as i64),
        Operand::Number(number) => Object::Real(*number as f32),
        Operand::Name(name) => Object::Name(name.clone()),
        Operand::Text(text) => Object::string_literal(text.clone()),
        Operand::List(list) => Object::Array(list.iter().map(object).collect()),
        Operand::Word(word) => Object::Boolean(word == b"true"),
    }
}
