//! Text: where each piece of a line stands (ISO 32000-2, 9.4).

use super::facts::MarkKind;
use super::geometry::{Matrix, Rect};
use super::lexer::Operand;
use super::walk::{Scene, Walker, matrix, number};

/// Height of a letter above its baseline, in multiples of its size.
const RISE: f64 = 0.7;

/// Rendering modes that fill, and so show, the text; 3 shows nothing, 7 only clips.
const HIDDEN: [i64; 2] = [3, 7];

impl Walker<'_> {
    pub(super) fn text_operator(&mut self, scene: &mut Scene<'_>, operator: &[u8], operands: &[Operand]) {
        let first = number(operands, 0);
        let state = &mut scene.state;
        match operator {
            b"BT" => (scene.text, scene.line) = (Matrix::IDENTITY, Matrix::IDENTITY),
            b"Tc" => state.character_space = first.unwrap_or(0.0),
            b"Tw" => state.word_space = first.unwrap_or(0.0),
            b"Tz" => state.stretch = first.unwrap_or(100.0) / 100.0,
            b"TL" => state.leading = first.unwrap_or(0.0),
            b"Ts" => state.rise = first.unwrap_or(0.0),
            b"Tr" => state.mode = first.unwrap_or(0.0) as i64,
            b"Tf" => {
                let Some(Operand::Name(name)) = operands.first() else { return };
                scene.state.size = number(operands, 1).unwrap_or(0.0);
                scene.state.face = self.named(scene, b"Font", name).and_then(|font| self.face(font));
            }
            b"Td" | b"TD" => {
                let (x, y) = (first.unwrap_or(0.0), number(operands, 1).unwrap_or(0.0));
                if operator == b"TD" {
                    state.leading = -y;
                }
                next_line(scene, x, y);
            }
            b"Tm" => {
                if let Some(matrix) = matrix(operands) {
                    (scene.text, scene.line) = (matrix, matrix);
                }
            }
            b"T*" => next_line(scene, 0.0, -scene.state.leading),
            b"Tj" | b"TJ" | b"'" | b"\"" => {
                if let (b"\"", Some(word), Some(character)) = (operator, first, number(operands, 1)) {
                    (state.word_space, state.character_space) = (word, character);
                }
                if matches!(operator, b"'" | b"\"") {
                    next_line(scene, 0.0, -scene.state.leading);
                }
                self.show(scene, operands);
            }
            _ => {}
        }
    }

    fn show(&mut self, scene: &mut Scene<'_>, operands: &[Operand]) {
        let Some(face) = scene.state.face.clone() else { return };
        let state = &scene.state;
        let mut run = ShownText { advance: 0.0, inked: 0.0, vertical: face.vertical };
        let pieces = match operands.last() {
            Some(Operand::List(list)) => &list[..],
            Some(text) => std::slice::from_ref(text),
            None => return,
        };
        for piece in pieces {
            match piece {
                Operand::Number(back) => run.advance -= back / 1000.0 * state.size * run.stretch(state.stretch),
                Operand::Text(text) => {
                    for code in text.chunks(face.bytes) {
                        let code = code.iter().fold(0, |code, byte| code << 8 | u32::from(*byte));
                        let space = face.bytes == 1 && code == 32;
                        let word = if space { state.word_space } else { 0.0 };
                        let width = if face.vertical { -1.0 } else { face.width(code) };
                        run.advance += (width * state.size + state.character_space + word) * run.stretch(state.stretch);
                        if !space {
                            run.inked = run.advance;
                        }
                    }
                }
                _ => {}
            }
        }
        let size = state.size;
        let area = if face.vertical {
            Rect::new([-size / 2.0, 0.0, size / 2.0, run.inked])
        } else {
            Rect::new([0.0, state.rise, run.inked, state.rise + size * RISE])
        };
        let place = scene.text.then(state.ctm);
        let seen = place.cover(area).and_then(|area| state.seen(area));
        if let Some(area) = seen.filter(|_| run.inked != 0.0 && !HIDDEN.contains(&state.mode)) {
            // A mode that only strokes has the colour of strokes.
            let paint = if matches!(state.mode, 1 | 5) { &state.stroke } else { &state.fill };
            let (paint, size) = (paint.clone(), size.abs() * place.scale()[1]);
            self.mark(area, MarkKind::Text { font: face.index, size, paint });
        }
        let step = if face.vertical { (0.0, run.advance) } else { (run.advance, 0.0) };
        scene.text = Matrix::translation(step.0, step.1).then(scene.text);
    }
}

/// How far a piece of text has come.
struct ShownText {
    advance: f64,
    /// The advance up to the end of the last glyph that is no space.
    inked: f64,
    vertical: bool,
}

impl ShownText {
    /// Horizontal scaling does not touch text set downwards.
    fn stretch(&self, stretch: f64) -> f64 {
        if self.vertical { 1.0 } else { stretch }
    }
}

fn next_line(scene: &mut Scene<'_>, x: f64, y: f64) {
    scene.line = Matrix::translation(x, y).then(scene.line);
    scene.text = scene.line;
}
