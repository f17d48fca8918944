//! What of one language goes with each word of another.

/// For every word a row of words of the other language in order, each with the probability that the one gives the other (or
/// a factor made from it).
#[derive(Default, Clone)]
pub struct Table {
    entries: Vec<(u32, f32)>,
    /// Where the entries of each word end.
    ends: Vec<u32>,
}

impl Table {
    /// A table of no words.
    pub const fn new() -> Self {
        Self { entries: Vec::new(), ends: Vec::new() }
    }

    /// A table of some rows from row, word and probability of every entry.
    pub fn of(rows: usize, entries: Vec<(u32, u32, f32)>) -> Self {
        let mut ends = vec![0u32; rows];
        for entry in &entries {
            ends[entry.0 as usize] += 1;
        }
        let mut end = 0;
        for slot in &mut ends {
            // For now where each row begins; filling moves it to where it ends.
            end += std::mem::replace(slot, end);
        }
        let mut all = vec![(0, 0.0); entries.len()];
        for (row, word, value) in entries {
            let next = &mut ends[row as usize];
            all[*next as usize] = (word, value);
            *next += 1;
        }
        let mut start = 0;
        for &end in &ends {
            let row = &mut all[start..end as usize];
            if !row.is_sorted_by_key(|entry| entry.0) {
                row.sort_unstable_by_key(|entry| entry.0);
            }
            start = end as usize;
        }
        Self { entries: all, ends }
    }

    /// Adds entries to the row that is last.
    pub fn extend(&mut self, entries: &[(u32, f32)]) {
        self.entries.extend_from_slice(entries);
    }

    /// Ends a row; the entries of the next one follow.
    pub fn end_row(&mut self) {
        self.ends.push(u32::try_from(self.entries.len()).unwrap_or(u32::MAX));
    }

    /// The row of a word; nothing for a word that the table does not have.
    pub fn row(&self, word: u32) -> &[(u32, f32)] {
        let at = word as usize;
        let start = at.checked_sub(1).map_or(0, |before| self.ends.get(before).map_or(0, |end| *end as usize));
        self.ends.get(at).map_or(&[], |end| &self.entries[start..*end as usize])
    }

    /// How many rows it has.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether it has none.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// Every row in turn.
    pub fn rows(&self) -> impl Iterator<Item = &[(u32, f32)]> {
        (0..).take(self.len()).map(|word| self.row(word))
    }
}
