//! Chinese: words of a dictionary by longest match; every dictionary word and character in a text is a feature, so that no
//! segmentation can be wrong for long. Traditional characters are read as their simplified forms.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::OnceLock;

use super::{Language, Reader, en};

/// Chinese, simplified and traditional.
pub struct Chinese;

/// Longest word of the dictionary, in characters.
pub const LONGEST: usize = 4;

/// How far a word in Latin letters reaches, in characters.
const LATIN: f32 = 2.0;

impl Language for Chinese {
    fn read(&self, text: &str, known: &dyn Fn(&str) -> bool, reader: &mut dyn Reader) {
        read_with(text, known, reader);
    }

    /// Characters; marks and Latin letters count less.
    fn length(&self, text: &str) -> f32 {
        let wide = |c: char| ('\u{3000}'..='\u{303f}').contains(&c) || ('\u{ff00}'..='\u{ffef}').contains(&c);
        let of = |c: char| {
            if is_han(c) {
                1.0
            } else if wide(c) {
                0.8
            } else {
                0.33
            }
        };
        text.chars().filter(|c| !c.is_whitespace()).map(of).sum()
    }

    /// Measured on licensed books and on this project's publication: 3.4 to 4.3.
    fn letters(&self) -> f32 {
        3.8
    }

    fn quotes(&self, text: &str) -> bool {
        text.contains(['“', '”', '"', '「', '」', '‘', '’'])
    }

    fn sentences(&self, text: &str) -> Vec<Range<usize>> {
        super::chinese_sentences::split(text)
    }
}

/// Whether a character is a Chinese one.
pub fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{323af}')
}

/// The simplified form of a character; itself when it has none.
pub fn simplified(c: char) -> char {
    static FORMS: OnceLock<HashMap<char, char>> = OnceLock::new();
    let forms = FORMS.get_or_init(|| {
        let pairs = include_str!("traditional.txt").lines().filter(|line| !line.starts_with('#'));
        pairs.filter_map(|line| Some((line.chars().next()?, line.chars().nth(1)?))).collect()
    });
    forms.get(&c).copied().unwrap_or(c)
}

/// Takes a text apart with a dictionary of words of two to [`LONGEST`] characters.
pub fn read_with(text: &str, known: &dyn Fn(&str) -> bool, reader: &mut dyn Reader) {
    let (mut at, mut latin, mut run) = (0.0, String::new(), String::new());
    for c in text.chars().chain(['\n']) {
        if is_han(c) {
            at = read_latin(&mut latin, at, reader);
            run.push(simplified(c));
        } else {
            at = read_run(&mut run, at, known, reader);
            latin.push(half_width(c));
        }
    }
    let end = read_latin(&mut latin, at, reader);
    reader.extent(end.max(1.0));
}

fn read_latin(latin: &mut String, mut at: f32, reader: &mut dyn Reader) -> f32 {
    if !latin.is_empty() {
        en::stems(latin, &mut |stem| {
            reader.word(stem, at + LATIN / 2.0);
            reader.feature(stem, at + LATIN / 2.0);
            at += LATIN;
        });
        latin.clear();
    }
    at
}

fn read_run(run: &mut String, begin: f32, known: &dyn Fn(&str) -> bool, reader: &mut dyn Reader) -> f32 {
    let ends: Vec<usize> = run.char_indices().map(|(at, _)| at).chain([run.len()]).collect();
    let count = ends.len() - 1;
    let place = |from: usize, to: usize| begin + (from + to) as f32 / 2.0;
    // The longest dictionary word at every place of a word.
    let mut free = 0;
    for from in 0..count {
        reader.feature(&run[ends[from]..ends[from + 1]], place(from, from + 1));
        let mut longest = from + 1;
        for to in from + 2..=count.min(from + LONGEST) {
            let word = &run[ends[from]..ends[to]];
            if known(word) {
                reader.feature(word, place(from, to));
                longest = to;
            }
        }
        if from == free {
            reader.word(&run[ends[from]..ends[longest]], place(from, longest));
            free = longest;
        }
    }
    run.clear();
    begin + count as f32
}

/// Full-width letters, digits and marks as their half-width forms.
fn half_width(c: char) -> char {
    match c {
        '！'..='～' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        other => other,
    }
}
