//! Keys of short words, under which tables of words find them.

/// The bytes of a short word, as two numbers: quicker to look up than a text.
pub(crate) type Key = (u64, u64);

/// The key of a word; none for a long one. A word has no byte 0, so that every short word has a key of its own.
pub(crate) fn key(word: &str) -> Option<Key> {
    /// Up to eight bytes as a number.
    fn number(bytes: &[u8]) -> u64 {
        let (first, last) = (bytes.first_chunk::<4>(), bytes.last_chunk::<4>());
        match (first, last) {
            (Some(first), Some(last)) => {
                let last = u64::from(u32::from_le_bytes(*last)) << (8 * (bytes.len() - 4));
                u64::from(u32::from_le_bytes(*first)) | last
            }
            _ => bytes.iter().rev().fold(0, |number, byte| number << 8 | u64::from(*byte)),
        }
    }
    let bytes = word.as_bytes();
    match bytes.len() {
        0..=8 => Some((number(bytes), 0)),
        9..=16 => Some((number(&bytes[..8]), number(&bytes[8..]))),
        _ => None,
    }
}
