//! A value for every node of a band.

/// Values in rows that begin and end where those of a band do.
pub(super) struct Grid<T> {
    values: Vec<T>,
    /// For every row its first node, and where its values begin.
    rows: Vec<(usize, usize)>,
}

impl<T: Clone> Grid<T> {
    /// The same value for every node of rows that go from a first to a last node.
    pub(super) fn filled(rows: &[(usize, usize)], value: T) -> Self {
        let mut size = 0;
        let mut starts = Vec::with_capacity(rows.len());
        for &(from, to) in rows {
            starts.push((from, size));
            size += to + 1 - from;
        }
        Self { values: vec![value; size], rows: starts }
    }
}

impl<T> Grid<T> {
    /// The value of a node.
    pub(super) fn get(&self, i: usize, j: usize) -> &T {
        let (from, start) = self.rows[i];
        &self.values[start + j - from]
    }

    /// The same, to be changed.
    pub(super) fn get_mut(&mut self, i: usize, j: usize) -> &mut T {
        let (from, start) = self.rows[i];
        &mut self.values[start + j - from]
    }

    /// Every value, to be changed.
    pub(super) fn iter_mut(&mut self) -> impl Iterator<Item = &mut T> {
        self.values.iter_mut()
    }

    /// The values of a row from a node on; none if the row does not have it.
    pub(super) fn row_from(&self, i: usize, j: usize) -> &[T] {
        j.checked_sub(self.rows[i].0).and_then(|at| self.row(i).get(at..)).unwrap_or(&[])
    }

    /// The values of a row.
    pub(super) fn row(&self, i: usize) -> &[T] {
        let end = self.rows.get(i + 1).map_or(self.values.len(), |row| row.1);
        &self.values[self.rows[i].1..end]
    }
}
