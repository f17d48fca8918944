//! What a font file says that it has, before anything lists it: a few bytes can promise four thousand million characters.

use skrifa::raw::tables::cmap::{Cmap, CmapSubtable};
use skrifa::raw::{FileRef, TableProvider};

use crate::message::Message;

/// Most faces of a file; the largest collections that are published have 60.
const MAX_FACES: usize = 128;
/// Most characters of a file, each counted for every face and table that lists it. Unicode has room for 1.1 million.
const MAX_CHARACTERS: u64 = 16_000_000;

/// Looks at a font file before it is read.
///
/// # Errors
/// Says why it is refused. What is no font is left to those who read it.
pub(super) fn inspect(bytes: &[u8]) -> Result<(), Message> {
    let Ok(file) = FileRef::new(bytes) else { return Ok(()) };
    let mut characters = 0u64;
    for (face, font) in file.fonts().enumerate() {
        if face >= MAX_FACES {
            return Err(msg!("it has more than {limit} faces", limit = MAX_FACES));
        }
        if let Ok(cmap) = font.and_then(|font| font.cmap()) {
            characters = characters.saturating_add(listed(&cmap));
        }
        if characters > MAX_CHARACTERS {
            return Err(msg!("its table of characters (`cmap`) lists more of them than there are"));
        }
    }
    Ok(())
}

/// How many characters a table lists, each as often as it does.
fn listed(cmap: &Cmap<'_>) -> u64 {
    let tables = cmap.encoding_records().iter().filter_map(|record| record.subtable(cmap.offset_data()).ok());
    tables.map(|table| of_table(&table)).fold(0, u64::saturating_add)
}

fn of_table(table: &CmapSubtable<'_>) -> u64 {
    let count = |start: u32, end: u32| if start <= end { u64::from(end - start) + 1 } else { 0 };
    match table {
        CmapSubtable::Format4(table) => {
            let ranges = table.start_code().iter().zip(table.end_code());
            ranges.map(|(start, end)| count(u32::from(start.get()), u32::from(end.get()))).sum()
        }
        CmapSubtable::Format12(table) => {
            table.groups().iter().map(|group| count(group.start_char_code(), group.end_char_code())).sum()
        }
        CmapSubtable::Format13(table) => {
            table.groups().iter().map(|group| count(group.start_char_code(), group.end_char_code())).sum()
        }
        // The others have bytes for each character.
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::inspect;

    /// A font of a table of characters alone, which has ranges in format 12 or 13.
    fn font(format: u16, ranges: &[(u32, u32)]) -> Vec<u8> {
        let mut cmap = Vec::new();
        for number in [0u16, 1, 3, 10] {
            cmap.extend(number.to_be_bytes());
        }
        cmap.extend(12u32.to_be_bytes());
        cmap.extend(format.to_be_bytes());
        cmap.extend(0u16.to_be_bytes());
        let count = u32::try_from(ranges.len()).expect("few");
        for number in [16 + 12 * count, 0, count] {
            cmap.extend(number.to_be_bytes());
        }
        for (start, end) in ranges {
            for number in [*start, *end, 1] {
                cmap.extend(number.to_be_bytes());
            }
        }
        let mut bytes = b"\0\x01\0\0\0\x01\0\x10\0\0\0\0cmap\0\0\0\0\0\0\0\x1c".to_vec();
        bytes.extend(u32::try_from(cmap.len()).expect("short").to_be_bytes());
        bytes.extend(cmap);
        bytes
    }

    #[test]
    fn a_table_lists_no_more_than_there_is() {
        for (ranges, is_good) in [
            (&[(0x20, 0x7e), (0x4e00, 0x9fff)][..], true),
            (&[(0, 0x10_ffff); 2][..], true),
            (&[(9, 3)][..], true),
            (&[(0x20, 0xffff_fffe)][..], false),
            (&[(0, 0x10_ffff); 20][..], false),
        ] {
            for format in [12, 13] {
                assert_eq!(inspect(&font(format, ranges)).is_ok(), is_good, "{format}: {ranges:?}");
            }
        }
    }

    #[test]
    fn what_is_no_font_is_left_to_others() {
        for bytes in [&b""[..], b"no font", b"ttcf\0\x01\0\0\xff\xff\xff\xff"] {
            assert!(inspect(bytes).is_ok(), "{bytes:?}");
        }
    }
}
