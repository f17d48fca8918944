//! Lists in bytes that are read where they stand, so that nothing is unpacked before the first word is asked for, and of the
//! file only what is asked for is read from the disk.

/// A number of four bytes, the lowest first.
pub(super) type Number = [u8; 4];
/// A number of two bytes, the lowest first.
pub(super) type Short = [u8; 2];

/// Takes one list after the other from the front of some bytes.
pub(super) struct Cutter<'a>(pub(super) &'a [u8]);

impl<'a> Cutter<'a> {
    /// So many bytes; nothing where there are fewer.
    pub(super) fn bytes(&mut self, count: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(count)?;
        self.0 = rest;
        Some(taken)
    }

    /// So many numbers.
    pub(super) fn numbers(&mut self, count: usize) -> Option<&'a [Number]> {
        self.bytes(count.checked_mul(4)?).map(|bytes| bytes.as_chunks().0)
    }

    /// So many short numbers.
    pub(super) fn shorts(&mut self, count: usize) -> Option<&'a [Short]> {
        self.bytes(count.checked_mul(2)?).map(|bytes| bytes.as_chunks().0)
    }

    /// One number that counts something.
    pub(super) fn count(&mut self) -> Option<usize> {
        usize::try_from(u32::from_le_bytes(*self.numbers(1)?.first()?)).ok()
    }
}

/// Where an item stands in a list of which is told where each item ends; nowhere for one that the list does not have.
pub(super) fn range(ends: &[Number], item: u32) -> (usize, usize) {
    let at = item as usize;
    let end = |at: usize| ends.get(at).map(|end| u32::from_le_bytes(*end) as usize);
    let start = at.checked_sub(1).map_or(Some(0), end);
    start.zip(end(at)).unwrap_or((0, 0))
}

/// Writes a list of numbers.
pub(super) fn put_numbers(out: &mut Vec<u8>, numbers: impl IntoIterator<Item = u32>) {
    numbers.into_iter().for_each(|number| out.extend(number.to_le_bytes()));
}

/// Writes where each of some items ends that are so long.
pub(super) fn put_ends(out: &mut Vec<u8>, lengths: impl IntoIterator<Item = usize>) {
    let mut end = 0;
    put_numbers(
        out,
        lengths.into_iter().map(|length| {
            end += length;
            put_count(end)
        }),
    );
}

/// A count as it is written. One that does not fit makes a file that [`Lexicon::open`](super::Lexicon::open) refuses.
pub(super) fn put_count(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
