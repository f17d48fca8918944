//! Numbers of few bits in a row, as a JPEG has them.

use super::tables::Lengths;

/// Bits that are written, the highest first.
#[derive(Default)]
pub(super) struct Bits {
    bytes: Vec<u8>,
    /// Those that fill no byte yet, in the lowest places.
    rest: u64,
    count: u32,
}

impl Bits {
    /// Writes so many bits, 32 at most.
    pub(super) fn write(&mut self, bits: u32, count: u32) {
        self.rest = self.rest << count | u64::from(bits);
        self.count += count;
        while self.count >= 8 {
            self.count -= 8;
            let [.., byte] = (self.rest >> self.count).to_be_bytes();
            self.bytes.push(byte);
            if byte == 0xFF {
                // Else it would begin a marker.
                self.bytes.push(0);
            }
        }
    }

    /// The bytes; the last one is filled with ones.
    pub(super) fn finish(mut self) -> Vec<u8> {
        if self.count > 0 {
            let room = 8 - self.count;
            self.write((1 << room) - 1, room);
        }
        self.bytes
    }
}

/// The code of each symbol: its bits and how many they are.
pub(super) struct Codes([(u32, u32); 256]);

impl Codes {
    /// Codes count upwards, the shortest first (T.81, annex C).
    pub(super) fn new(lengths: &Lengths) -> Self {
        let mut codes = [(0, 0); 256];
        let (mut code, mut symbols) = (0, lengths.symbols.iter());
        for (length, count) in (1..).zip(lengths.lengths) {
            for symbol in symbols.by_ref().take(count.into()) {
                codes[usize::from(*symbol)] = (code, length);
                code += 1;
            }
            code <<= 1;
        }
        Self(codes)
    }

    pub(super) fn write(&self, bits: &mut Bits, symbol: u8) {
        let (code, length) = self.0[usize::from(symbol)];
        bits.write(code, length);
    }

    /// Writes a number: a symbol that says how many bits it has, besides what is `told`, and these bits.
    pub(super) fn number(&self, bits: &mut Bits, told: u8, number: i32) {
        let width = i32::BITS - number.unsigned_abs().leading_zeros();
        let (code, length) = self.0[usize::from(told) | width as usize];
        // A negative number is written as one less, without its sign.
        let number = if number < 0 { number - 1 } else { number }.cast_unsigned();
        bits.write(code << width | number & ((1 << width) - 1), length + width);
    }
}
