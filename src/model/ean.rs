//! Bars of an EAN-13 (ISO/IEC 15420, GB/T 12904), the form in which an ISBN is scanned.

/// Modules of a symbol without its quiet zones: 3 of guards, 42, 5 of guards, 42, 3 of guards.
pub const MODULES: usize = 95;

/// Modules of each digit in the first set of the left half, as bits. The right half has their complements; the second set
/// has those, read backwards.
const LEFT: [u8; 10] = [
    0b000_1101, 0b001_1001, 0b001_0011, 0b011_1101, 0b010_0011, 0b011_0001, 0b010_1111, 0b011_1011, 0b011_0111,
    0b000_1011,
];

/// Which digits of the left half are of the second set, by the first digit of the number: it is told by them alone.
const SECOND_SET: [u8; 10] =
    [0b00_0000, 0b00_1011, 0b00_1101, 0b00_1110, 0b01_0011, 0b01_1001, 0b01_1100, 0b01_0101, 0b01_0110, 0b01_1010];

/// The modules of a number of 13 digits, dark ones true; `None` for anything else.
pub fn modules(digits: &str) -> Option<Vec<bool>> {
    let digits: Vec<u8> = digits.bytes().map(|b| b.wrapping_sub(b'0')).collect();
    if digits.len() != 13 || digits.iter().any(|digit| *digit > 9) {
        return None;
    }
    let mut all = Vec::with_capacity(MODULES);
    let mut put = |bits: u8, count: u32| all.extend((0..count).rev().map(|bit| bits >> bit & 1 == 1));
    let set = SECOND_SET[usize::from(digits[0])];
    put(0b101, 3);
    for (at, digit) in digits[1..7].iter().enumerate() {
        let first = LEFT[usize::from(*digit)];
        let second = set >> (5 - at) & 1 == 1;
        put(if second { (!first & 0x7f).reverse_bits() >> 1 } else { first }, 7);
    }
    put(0b01010, 5);
    for digit in &digits[7..] {
        put(!LEFT[usize::from(*digit)] & 0x7f, 7);
    }
    put(0b101, 3);
    Some(all)
}

#[cfg(test)]
mod tests {
    use super::{MODULES, modules};

    /// The example of the symbol that the standard's sets are usually shown by.
    #[test]
    fn a_known_number_has_its_bars() {
        let bars: String =
            modules("4003994155486").expect("13 digits").iter().map(|dark| if *dark { '1' } else { '0' }).collect();
        let wanted = concat!(
            "101", "0001101", "0100111", "0111101", "0001011", "0010111", "0011101", "01010", "1100110", "1001110",
            "1001110", "1011100", "1001000", "1010000", "101"
        );
        assert_eq!(bars, wanted);
        assert_eq!(bars.len(), MODULES);
    }

    #[test]
    fn other_texts_have_none() {
        for text in ["", "123", "97831614841OO", "97831614841000"] {
            assert_eq!(modules(text), None, "{text}");
        }
    }
}
