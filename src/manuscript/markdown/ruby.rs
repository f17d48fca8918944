//! Readings above Chinese characters: `{汉字|hàn zì}`.

use std::ops::Range;

use crate::lang::cjk::is_han;

/// Characters with their reading; places are bytes of the surrounding text.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Ruby {
    /// The whole mark.
    pub(super) range: Range<usize>,
    /// The characters that have one reading together, in order.
    pub(super) bases: Vec<Range<usize>>,
    /// A reading for each of them.
    pub(super) readings: Vec<String>,
}

/// Finds the marks of a stretch of text, from byte `from` on, in order. Braces around anything but Chinese characters are text.
pub(super) fn find(text: &str, from: usize) -> Vec<Ruby> {
    let mut found = Vec::new();
    let mut at = from;
    while let Some(open) = text[at..].find('{').map(|n| at + n) {
        let ruby = mark(text, open);
        at = ruby.as_ref().map_or(open + 1, |ruby| ruby.range.end);
        found.extend(ruby);
    }
    found
}

fn mark(text: &str, open: usize) -> Option<Ruby> {
    let inner = open + 1..open + text[open..].find('}')?;
    // In a table cell the ASCII bar ends the cell.
    let (base, reading) = text[inner.clone()].split_once(['|', '｜'])?;
    if base.is_empty() || !base.chars().all(is_han) || reading.trim().is_empty() || reading.contains(['{', '|', '｜'])
    {
        return None;
    }
    let single: Vec<&str> = reading.split_whitespace().collect();
    let each = single.len() == base.chars().count();
    let whole = inner.start..inner.start + base.len();
    let (bases, readings) = if each {
        let starts = base.char_indices().map(|(at, c)| inner.start + at..inner.start + at + c.len_utf8());
        (starts.collect(), single.iter().map(|reading| (*reading).to_owned()).collect())
    } else {
        (vec![whole], vec![single.join(" ")])
    };
    Some(Ruby { range: open..inner.end + 1, bases, readings })
}

#[cfg(test)]
mod tests {
    use super::find;

    fn read(text: &str) -> Vec<Vec<(&str, String)>> {
        let pair = |ruby: super::Ruby| ruby.bases.into_iter().map(|base| &text[base]).zip(ruby.readings).collect();
        find(text, 0).into_iter().map(pair).collect()
    }

    #[test]
    fn each_character_has_its_reading_or_all_have_one() {
        assert_eq!(read("念{饕餮|tāo tiè}。"), [[("饕", "tāo".to_owned()), ("餮", "tiè".to_owned())]]);
        assert_eq!(read("{北京|Peking}和{行｜háng}"), [[("北京", "Peking".to_owned())], [("行", "háng".to_owned())]]);
    }

    #[test]
    fn other_braces_are_text() {
        for text in ["{a|b}", "{汉字}", "{汉|}", "{|hàn}", "{汉a|hàn}", "{汉|hàn", "集合 {甲，乙|丙}", "{汉|a|b}"]
        {
            assert_eq!(find(text, 0), [], "{text}");
        }
    }
}
