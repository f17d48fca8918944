//! A page's content carried out: what is painted, where, how large and in which colours.
//!
//! Forms and tiling patterns are followed. Everything is bounded, for a small file can ask for endless work.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;
use std::sync::Arc;

use lopdf::{Dictionary, Object, ObjectId, Stream};

use super::facts::{Font, Mark, MarkKind, Paint};
use super::fonts::{self, Face};
use super::geometry::{Matrix, Rect};
use super::lexer::{Lexer, Operand};
use super::objects::ObjectReader;
use super::space::{self, Space};
use super::state::{GraphicsState, Path};

/// Forms lie in each other no deeper.
const DEPTH: usize = 16;

/// Saved states of a stream.
const SAVED: usize = 512;

/// Operators of a whole file.
const OPERATORS: u64 = 30_000_000;

/// Marks of a whole file.
const MARKS: usize = 4_000_000;

/// Bytes of a content stream.
const STREAM: usize = 64 << 20;

/// Carries out the pages of a file one after the other.
pub(super) struct Walker<'a> {
    pub(super) reader: ObjectReader<'a>,
    pub(super) fonts: Vec<Font>,
    pub(super) partial: bool,
    faces: BTreeMap<ObjectId, Rc<Face>>,
    spaces: BTreeMap<ObjectId, Arc<Space>>,
    operators: u64,
    painted: usize,
    pub(super) marks: Vec<Mark>,
    /// Patterns of the page at hand that were followed.
    patterns: BTreeSet<ObjectId>,
    base: Matrix,
}

/// A content stream being carried out.
pub(super) struct Scene<'s> {
    pub(super) resources: Option<&'s Dictionary>,
    pub(super) state: GraphicsState,
    pub(super) depth: usize,
    pub(super) path: Path,
    pub(super) text: Matrix,
    pub(super) line: Matrix,
    saved: Vec<GraphicsState>,
}

impl<'a> Walker<'a> {
    pub(super) fn new(reader: ObjectReader<'a>) -> Self {
        Self {
            reader,
            fonts: Vec::new(),
            partial: false,
            faces: BTreeMap::new(),
            spaces: BTreeMap::new(),
            operators: 0,
            painted: 0,
            marks: Vec::new(),
            patterns: BTreeSet::new(),
            base: Matrix::IDENTITY,
        }
    }

    /// Carries out a page's content and gives its marks.
    pub(super) fn page(&mut self, id: ObjectId, resources: Option<&Dictionary>, media: Rect, unit: f64) -> Vec<Mark> {
        self.patterns.clear();
        self.base = Matrix([unit, 0.0, 0.0, unit, 0.0, 0.0]);
        match self.reader.0.get_page_content_with_limit(id, STREAM) {
            Ok(content) => self.stream(&content, resources, GraphicsState::new(self.base, media), 0),
            Err(_) => self.partial = true,
        }
        std::mem::take(&mut self.marks)
    }

    fn stream(&mut self, content: &[u8], resources: Option<&Dictionary>, state: GraphicsState, depth: usize) {
        let (path, text, line) = (Path::default(), Matrix::IDENTITY, Matrix::IDENTITY);
        let mut scene = Scene { resources, state, depth, path, text, line, saved: Vec::new() };
        let (mut lexer, mut operands) = (Lexer::new(content), Vec::new());
        while let Some(operator) = lexer.next(&mut operands) {
            self.operators += 1;
            if self.operators > OPERATORS || self.painted > MARKS {
                self.partial = true;
                return;
            }
            if operator == b"BI" {
                self.inline(&mut lexer, &scene);
                continue;
            }
            self.operator(&mut scene, operator, &operands);
        }
    }

    fn operator(&mut self, scene: &mut Scene<'_>, operator: &[u8], operands: &[Operand]) {
        match operator {
            b"q" if scene.saved.len() < SAVED => scene.saved.push(scene.state.clone()),
            b"Q" => scene.state = scene.saved.pop().unwrap_or_else(|| scene.state.clone()),
            b"cm" => scene.state.ctm = matrix(operands).map_or(scene.state.ctm, |step| step.then(scene.state.ctm)),
            b"w" => scene.state.line_width = number(operands, 0).unwrap_or(1.0).abs(),
            b"gs" => self.external_state(scene, operands),
            b"Do" => self.external(scene, operands),
            b"sh" => self.shading(scene, operands),
            b"m" | b"l" | b"c" | b"v" | b"y" | b"re" => outline(scene, operator, operands),
            b"W" | b"W*" => scene.path.clips = true,
            b"S" | b"s" => self.paint_path(scene, false, true),
            b"f" | b"F" | b"f*" => self.paint_path(scene, true, false),
            b"B" | b"B*" | b"b" | b"b*" => self.paint_path(scene, true, true),
            b"n" => self.paint_path(scene, false, false),
            b"g" | b"G" | b"rg" | b"RG" | b"k" | b"K" | b"cs" | b"CS" | b"sc" | b"SC" | b"scn" | b"SCN" => {
                self.colour(scene, operator, operands);
            }
            _ => self.text_operator(scene, operator, operands),
        }
    }

    fn external_state(&mut self, scene: &mut Scene<'_>, operands: &[Operand]) {
        let Some(dict) = self.resource(scene, b"ExtGState", operands).and_then(|found| self.reader.as_dict(found))
        else {
            return;
        };
        if let Some(width) = self.reader.get(dict, b"LW").and_then(|width| self.reader.number(width)) {
            scene.state.line_width = width.abs();
        }
        if let Some([font, size]) =
            self.reader.array(dict, b"Font").and_then(|pair| <&[Object; 2]>::try_from(pair).ok())
        {
            scene.state.face = self.face(font);
            scene.state.size = self.reader.number(size).unwrap_or(0.0);
        }
    }

    /// A resource of the stream at hand, named by the last operand; a form without resources has those of its page.
    pub(super) fn resource<'s>(&self, scene: &Scene<'s>, kind: &[u8], operands: &[Operand]) -> Option<&'s Object>
    where
        'a: 's,
    {
        let Some(Operand::Name(name)) = operands.last() else { return None };
        self.named(scene, kind, name)
    }

    pub(super) fn named<'s>(&self, scene: &Scene<'s>, kind: &[u8], name: &[u8]) -> Option<&'s Object>
    where
        'a: 's,
    {
        self.reader.dict(scene.resources?, kind)?.get(name).ok()
    }

    fn external(&mut self, scene: &mut Scene<'_>, operands: &[Operand]) {
        let Some(Object::Stream(stream)) =
            self.resource(scene, b"XObject", operands).map(|found| self.reader.follow(found))
        else {
            return;
        };
        match self.reader.name_at(&stream.dict, b"Subtype").as_deref() {
            Some("Image") => self.image(scene, &stream.dict),
            Some("Form") => self.form(scene, stream),
            _ => {}
        }
    }

    fn form(&mut self, scene: &Scene<'_>, stream: &Stream) {
        if scene.depth >= DEPTH {
            self.partial = true;
            return;
        }
        let mut state = scene.state.clone();
        state.ctm = self.reader.matrix(&stream.dict, b"Matrix").then(state.ctm);
        if let Some(bounds) = self.reader.rect(&stream.dict, b"BBox").and_then(|bounds| state.ctm.cover(bounds)) {
            state.clip = state.seen(bounds);
        }
        let resources = self.reader.dict(&stream.dict, b"Resources").or(scene.resources);
        self.follow(stream, resources, state, scene.depth + 1);
    }

    fn follow(&mut self, stream: &Stream, resources: Option<&Dictionary>, state: GraphicsState, depth: usize) {
        // Decoding costs more than its operators when a form of a million spaces is shown a thousand times.
        self.operators += stream.content.len() as u64 / 16;
        let content = if stream.dict.has(b"Filter") {
            stream.decompressed_content_with_limit(STREAM)
        } else {
            Ok(stream.content.clone())
        };
        match content {
            Ok(content) => {
                self.operators += content.len() as u64 / 64;
                self.stream(&content, resources, state, depth);
            }
            Err(_) => self.partial = true,
        }
    }

    /// What a tiling pattern paints, in the first of its cells.
    pub(super) fn pattern(&mut self, scene: &Scene<'_>, name: &[u8]) {
        let Some(object) = self.named(scene, b"Pattern", name) else { return };
        let first = match object {
            Object::Reference(id) => self.patterns.insert(*id),
            _ => true,
        };
        let pattern = self.reader.follow(object);
        match pattern {
            Object::Stream(stream) if first && scene.depth < DEPTH => {
                let ctm = self.reader.matrix(&stream.dict, b"Matrix").then(self.base);
                let mut state = GraphicsState::new(ctm, Rect::default());
                state.clip = scene.state.clip;
                let resources = self.reader.dict(&stream.dict, b"Resources").or(scene.resources);
                self.follow(stream, resources, state, scene.depth + 1);
            }
            Object::Dictionary(dict) => {
                let shading = self.reader.dict(dict, b"Shading");
                let space = shading.and_then(|shading| shading.get(b"ColorSpace").ok());
                let (Some(space), Some(area)) = (space, scene.state.clip) else { return };
                let space = self.space(scene.resources, space);
                self.mark(area, MarkKind::Shading(space));
            }
            _ => {}
        }
    }

    fn shading(&mut self, scene: &Scene<'_>, operands: &[Operand]) {
        let found = self.resource(scene, b"Shading", operands).and_then(|found| self.reader.as_dict(found));
        let Some(space) = found.and_then(|dict| dict.get(b"ColorSpace").ok()) else { return };
        let space = self.space(scene.resources, space);
        if let Some(area) = scene.state.clip {
            self.mark(area, MarkKind::Shading(space));
        }
    }

    fn paint_path(&mut self, scene: &mut Scene<'_>, fills: bool, strokes: bool) {
        let path = std::mem::take(&mut scene.path);
        let Some(bounds) = path.bounds else { return };
        if let Some(area) = scene.state.seen(bounds).filter(|_| fills) {
            self.mark(area, MarkKind::Fill(scene.state.fill.clone()));
        }
        if strokes {
            let width = scene.state.line_width * scene.state.ctm.thinnest();
            if let Some(area) = scene.state.seen(bounds.shrunk(-width / 2.0)) {
                self.mark(area, MarkKind::Stroke { paint: scene.state.stroke.clone(), width });
            }
        }
        if path.clips {
            scene.state.clip = scene.state.seen(bounds);
        }
    }

    pub(super) fn mark(&mut self, area: Rect, kind: MarkKind) {
        self.painted += 1;
        self.marks.push(Mark { area, kind });
    }

    fn colour(&mut self, scene: &mut Scene<'_>, operator: &[u8], operands: &[Operand]) {
        let strokes = operator[0].is_ascii_uppercase();
        let device = |space: Space| Paint { space: Arc::new(space), values: values(operands) };
        let old = if strokes { &scene.state.stroke } else { &scene.state.fill };
        let paint = match operator {
            b"g" | b"G" => device(Space::Gray),
            b"rg" | b"RG" => device(Space::Rgb),
            b"k" | b"K" => device(Space::Cmyk),
            b"cs" | b"CS" => {
                let Some(Operand::Name(name)) = operands.last() else { return };
                let space = match self.named(scene, b"ColorSpace", name) {
                    Some(found) => self.space(scene.resources, found),
                    None => Arc::new(space::read(self.reader, None, &Object::Name(name.clone()))),
                };
                Paint { values: space.initial(), space }
            }
            _ => {
                if let Some(Operand::Name(name)) = operands.last() {
                    self.pattern(scene, name);
                }
                let mut paint = Paint { space: old.space.clone(), values: values(operands) };
                if matches!(operands.last(), Some(Operand::Name(_))) {
                    paint.space = Arc::new(Space::Pattern);
                }
                paint
            }
        };
        *(if strokes { &mut scene.state.stroke } else { &mut scene.state.fill }) = paint;
    }

    pub(super) fn space(&mut self, resources: Option<&Dictionary>, object: &Object) -> Arc<Space> {
        let Object::Reference(id) = object else { return Arc::new(space::read(self.reader, resources, object)) };
        if let Some(known) = self.spaces.get(id) {
            return known.clone();
        }
        let space = Arc::new(space::read(self.reader, resources, object));
        self.spaces.insert(*id, space.clone());
        space
    }

    pub(super) fn face(&mut self, object: &Object) -> Option<Rc<Face>> {
        let id = object.as_reference().ok();
        if let Some(known) = id.and_then(|id| self.faces.get(&id)) {
            return Some(known.clone());
        }
        let dict = self.reader.as_dict(object)?;
        let (font, mut face) = fonts::read(self.reader, dict, self.fonts.len());
        match self.fonts.iter().position(|known| *known == font) {
            Some(known) => face.index = known,
            None => self.fonts.push(font),
        }
        let face = Rc::new(face);
        if let Some(id) = id {
            self.faces.insert(id, face.clone());
        }
        Some(face)
    }
}

fn outline(scene: &mut Scene<'_>, operator: &[u8], operands: &[Operand]) {
    let numbers: Vec<f64> = operands.iter().filter_map(Operand::number).take(6).collect();
    let mut points: Vec<[f64; 2]> = numbers.chunks_exact(2).map(|pair| [pair[0], pair[1]]).collect();
    if let (b"re", [[x, y], [width, height]]) = (operator, &points[..]) {
        points = vec![[*x, *y], [x + width, *y], [*x, y + height], [x + width, y + height]];
    }
    scene.path.add(scene.state.ctm, &points);
}

impl Operand {
    pub(super) fn number(&self) -> Option<f64> {
        match self {
            Operand::Number(number) => Some(*number),
            _ => None,
        }
    }
}

pub(super) fn number(operands: &[Operand], at: usize) -> Option<f64> {
    operands.get(at)?.number()
}

pub(super) fn matrix(operands: &[Operand]) -> Option<Matrix> {
    let numbers: Vec<f64> = operands.iter().filter_map(Operand::number).collect();
    numbers.try_into().ok().map(Matrix)
}

fn values(operands: &[Operand]) -> [f32; 4] {
    let mut values = [0.0; 4];
    for (value, number) in values.iter_mut().zip(operands.iter().filter_map(Operand::number)) {
        *value = number as f32;
    }
    values
}
