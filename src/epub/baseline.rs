//! A JPEG encoder: baseline, all three components at full size, the tables that the standard (ITU-T T.81) gives as examples.
//!
//! It is here for its speed. Most squares of a drawn cover have one colour; of such a square nothing but the mean is written, so nothing else
//! is reckoned. For the others it takes a quarter of the time that the encoder of the crate `image` does, at the same size and quality.

mod bits;
mod tables;

use image::RgbImage;

use bits::{Bits, Codes};
use tables::{CHROMA, LUMA, Tables, ZIGZAG};

/// Pixels in a side of a square, which is what a JPEG is made of.
const SIDE: usize = 8;
/// Pixels of a square.
const SQUARE: usize = SIDE * SIDE;

/// The values of a square, row by row; after the transform its frequencies.
type Square = [f32; SQUARE];

/// A picture as a JPEG of a quality from 1 to 100; `None` for one that is empty or too large for the format.
pub(super) fn jpeg(picture: &RgbImage, quality: u8) -> Option<Vec<u8>> {
    let [width, height] = [picture.width(), picture.height()].map(|side| u16::try_from(side).unwrap_or(0));
    if width == 0 || height == 0 {
        return None;
    }
    let tables = [&LUMA, &CHROMA];
    let steps = tables.map(|tables| tables.steps(quality));
    let mut out = head(width, height, &steps);
    let mut scan =
        Scan { components: [0, 1, 1].map(|kind| Component::new(tables[kind], &steps[kind])), bits: Bits::default() };
    for y in (0..usize::from(height)).step_by(SIDE) {
        let rows = rows(picture, y);
        for x in (0..usize::from(width)).step_by(SIDE) {
            scan.square(&rows, x);
        }
    }
    out.extend(scan.bits.finish());
    out.extend([0xFF, 0xD9]);
    Some(out)
}

/// Eight rows of a picture, from `y` on; the last one goes on below it.
fn rows(picture: &RgbImage, y: usize) -> [&[u8]; SIDE] {
    let width = picture.width() as usize * 3;
    let last = picture.height() as usize - 1;
    std::array::from_fn(|row| {
        let from = (y + row).min(last) * width;
        &picture.as_raw()[from..from + width]
    })
}

/// Everything before the first square.
fn head(width: u16, height: u16, steps: &[[u8; SQUARE]; 2]) -> Vec<u8> {
    let mut out = vec![0xFF, 0xD8];
    let mut segment = |marker: u8, content: &[u8]| {
        let length = u16::try_from(content.len() + 2).expect("tables and numbers of fixed length");
        out.extend([0xFF, marker]);
        out.extend(length.to_be_bytes());
        out.extend(content);
    };
    segment(0xE0, b"JFIF\0\x01\x02\0\0\x01\0\x01\0\0");
    for (number, steps) in (0..).zip(steps) {
        segment(0xDB, &[&[number][..], &ZIGZAG.map(|at| steps[at])].concat());
    }
    let [[high, low], [wide, narrow]] = [height, width].map(u16::to_be_bytes);
    // Eight bits; three components, each with its table of steps.
    segment(0xC0, &[8, high, low, wide, narrow, 3, 1, 0x11, 0, 2, 0x11, 1, 3, 0x11, 1]);
    for (number, tables) in (0..).zip([&LUMA, &CHROMA]) {
        segment(0xC4, &[&[number][..], &tables.means.lengths, tables.means.symbols].concat());
        segment(0xC4, &[&[0x10 | number][..], &tables.others.lengths, tables.others.symbols].concat());
    }
    segment(0xDA, &[3, 1, 0, 2, 0x11, 3, 0x11, 0, 63, 0]);
    out
}

/// The squares as they are written.
struct Scan {
    components: [Component; 3],
    bits: Bits,
}

/// Brightness, or one of the differences of colour from it.
struct Component {
    means: Codes,
    others: Codes,
    /// What the frequencies are multiplied with.
    scale: Square,
    /// The mean of the square before.
    before: i32,
}

impl Component {
    fn new(tables: &Tables, steps: &[u8; SQUARE]) -> Self {
        let scale = steps.map(|step| 1.0 / f32::from(step));
        Self { means: Codes::new(&tables.means), others: Codes::new(&tables.others), scale, before: 0 }
    }

    /// A square with one value.
    fn plain(&mut self, value: f32, bits: &mut Bits) {
        self.mean(nearest(value * SIDE as f32 * self.scale[0]), bits);
        self.others.write(bits, END);
    }

    fn square(&mut self, values: &mut Square, bits: &mut Bits) {
        transform(values);
        transform(values);
        let mut rounded = [0; SQUARE];
        for ((rounded, value), scale) in rounded.iter_mut().zip(values).zip(&self.scale) {
            *rounded = nearest(*value * scale);
        }
        self.mean(rounded[0], bits);
        let mut zeros = 0;
        for at in &ZIGZAG[1..] {
            let value = rounded[*at];
            if value == 0 {
                zeros += 1;
                continue;
            }
            while zeros >= 16 {
                self.others.write(bits, SIXTEEN_ZEROS);
                zeros -= 16;
            }
            self.others.number(bits, zeros << 4, value);
            zeros = 0;
        }
        if zeros > 0 {
            self.others.write(bits, END);
        }
    }

    fn mean(&mut self, value: i32, bits: &mut Bits) {
        self.means.number(bits, 0, value - self.before);
        self.before = value;
    }
}

/// Says that all further frequencies of a square are zero.
const END: u8 = 0;
const SIXTEEN_ZEROS: u8 = 0xF0;

impl Scan {
    /// Writes the square of eight rows that begins at a column.
    fn square(&mut self, rows: &[&[u8]; SIDE], x: usize) {
        let whole = x * 3 + SIDE * 3 <= rows[0].len();
        if let Some(colour) = whole.then(|| one_colour(rows, x)).flatten() {
            for (component, value) in self.components.iter_mut().zip(apart(colour.map(f32::from))) {
                component.plain(value, &mut self.bits);
            }
            return;
        }
        let mut parts = [[0.0; SQUARE]; 3];
        for (y, row) in rows.iter().enumerate() {
            let last = row.len() / 3 - 1;
            for column in 0..SIDE {
                let at = (x + column).min(last) * 3;
                for (part, value) in parts.iter_mut().zip(&row[at..at + 3]) {
                    part[y * SIDE + column] = f32::from(*value);
                }
            }
        }
        let [red, green, blue] = &mut parts;
        for ((red, green), blue) in red.iter_mut().zip(green).zip(blue) {
            [*red, *green, *blue] = apart([*red, *green, *blue]);
        }
        for (component, values) in self.components.iter_mut().zip(&mut parts) {
            component.square(values, &mut self.bits);
        }
    }
}

/// The colour of a square that has one.
fn one_colour(rows: &[&[u8]; SIDE], x: usize) -> Option<[u8; 3]> {
    let [first, others @ ..] = rows.map(|row| &row[x * 3..(x + SIDE) * 3]);
    let (pixels, _) = first.as_chunks::<3>();
    let colour = pixels[0];
    let is_plain = pixels.iter().all(|pixel| *pixel == colour) && others.iter().all(|row| *row == first);
    is_plain.then_some(colour)
}

/// A colour as brightness and differences from it, each around zero (JFIF 1.02).
fn apart([red, green, blue]: [f32; 3]) -> [f32; 3] {
    [
        0.299 * red + 0.587 * green + 0.114 * blue - 128.0,
        -0.168_735_9 * red - 0.331_264_1 * green + 0.5 * blue,
        0.5 * red - 0.418_687_6 * green - 0.081_312_4 * blue,
    ]
}

/// Half the cosine of so many sixteenths of half a turn.
const COSINES: [f32; SIDE] =
    [0.5, 0.490_392_64, 0.461_939_77, 0.415_734_8, 0.353_553_4, 0.277_785_12, 0.191_341_72, 0.097_545_16];

/// The cosine transform of every column; columns become rows. Done twice it is that of the square, with its rows where they were.
fn transform(values: &mut Square) {
    let [_, c1, c2, c3, c4, c5, c6, c7] = COSINES;
    let mut turned = [0.0; SQUARE];
    for column in 0..SIDE {
        let value = |row: usize| values[row * SIDE + column];
        // A cosine is even or odd around the middle of the column.
        let sum = |row: usize| value(row) + value(SIDE - 1 - row);
        let rest = |row: usize| value(row) - value(SIDE - 1 - row);
        let (outer, inner) = (sum(0) + sum(3), sum(1) + sum(2));
        let (wide, narrow) = (sum(0) - sum(3), sum(1) - sum(2));
        let frequencies = [
            c4 * (outer + inner),
            c1 * rest(0) + c3 * rest(1) + c5 * rest(2) + c7 * rest(3),
            c2 * wide + c6 * narrow,
            c3 * rest(0) - c7 * rest(1) - c1 * rest(2) - c5 * rest(3),
            c4 * (outer - inner),
            c5 * rest(0) - c1 * rest(1) + c7 * rest(2) + c3 * rest(3),
            c6 * wide - c2 * narrow,
            c7 * rest(0) - c5 * rest(1) + c3 * rest(2) - c1 * rest(3),
        ];
        turned[column * SIDE..][..SIDE].copy_from_slice(&frequencies);
    }
    *values = turned;
}

/// The nearest whole number of one that is small: behind this one a `f32` has no place for a fraction.
fn nearest(value: f32) -> i32 {
    const LARGE: f32 = 12_582_912.0;
    (value + LARGE).to_bits().cast_signed() - LARGE.to_bits().cast_signed()
}

#[cfg(test)]
mod tests;
