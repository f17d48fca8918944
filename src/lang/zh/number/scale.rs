//! Vague numbers by their scales: 数十亿 is a thousand million, 几百万 a million.

use std::ops::Range;

pub(in crate::lang) fn scales(text: &str) -> Vec<(f64, Range<usize>)> {
    let mut found = Vec::new();
    for (at, _) in text.match_indices(['几', '数']) {
        let rest = &text[at + '几'.len_utf8()..];
        let (mut value, mut end) = (1.0, 0);
        for c in rest.chars() {
            value *= match c {
                '十' => 10.0,
                '百' => 100.0,
                '千' => 1e3,
                '万' => 1e4,
                '亿' => 1e8,
                _ => break,
            };
            end += c.len_utf8();
        }
        if end > 0 {
            found.push((value, at..at + '几'.len_utf8() + end));
        }
    }
    found
}
