//! For every word of one language what of another gives it.

/// For every target word its sources in order, each with the probability that the source gives the target (or a factor
/// made from it).
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

    /// A table of some targets from target, source and probability of every pair.
    pub fn of(targets: usize, mut pairs: Vec<(u32, u32, f32)>) -> Self {
        pairs.sort_unstable_by_key(|pair| (pair.0, pair.1));
        let mut table = Self { entries: Vec::with_capacity(pairs.len()), ends: Vec::with_capacity(targets) };
        let mut pairs = pairs.into_iter().peekable();
        for target in (0u32..).take(targets) {
            while let Some((_, source, probability)) = pairs.next_if(|pair| pair.0 == target) {
                table.push((source, probability));
            }
            table.end_row();
        }
        table
    }

    /// Adds a source to the word that is last.
    pub fn push(&mut self, entry: (u32, f32)) {
        self.entries.push(entry);
    }

    /// Adds several.
    pub fn extend(&mut self, entries: &[(u32, f32)]) {
        self.entries.extend_from_slice(entries);
    }

    /// Ends the entries of a word; those of the next one follow.
    pub fn end_row(&mut self) {
        self.ends.push(u32::try_from(self.entries.len()).unwrap_or(u32::MAX));
    }

    /// The sources of a word; none for a word that the table does not have.
    pub fn row(&self, word: u32) -> &[(u32, f32)] {
        let at = word as usize;
        let start = at.checked_sub(1).map_or(0, |before| self.ends.get(before).map_or(0, |end| *end as usize));
        self.ends.get(at).map_or(&[], |end| &self.entries[start..*end as usize])
    }

    /// How many words it has.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether it has none.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// The sources of every word in turn.
    pub fn rows(&self) -> impl Iterator<Item = &[(u32, f32)]> {
        (0..).take(self.len()).map(|word| self.row(word))
    }
}
