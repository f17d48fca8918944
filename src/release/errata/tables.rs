//! Cells that come or go together are one change: a row, a column, a table.

use super::change::{Change, Changes};
use crate::align::UnitKind;
use crate::message::Locale;

/// What stands between two cells.
const BETWEEN: &str = " | ";

/// The changes of a chapter, in which cells of a table that were added or removed one after the other are one.
pub(super) fn joined(changes: Changes, locale: Locale) -> Changes {
    let mut out: Changes = Vec::new();
    for (place, change) in changes {
        let before = out.last_mut().filter(|(before, _)| place.table.is_some() && before.table == place.table);
        let joined = match (before, &change) {
            (Some((before, Change::Added(all))), Change::Added(cell))
            | (Some((before, Change::Removed(all))), Change::Removed(cell)) => {
                *all += BETWEEN;
                *all += cell;
                before.kind = locale.say(&UnitKind::Table.word());
                true
            }
            _ => false,
        };
        if !joined {
            out.push((place, change));
        }
    }
    out
}
