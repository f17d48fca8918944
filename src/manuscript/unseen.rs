//! Characters that are not seen: what other programs leave in a text that is copied from them.
//!
//! Those that mean nothing are left out before anything is read, wherever they stand: they would part a word in two, or hide a
//! mark. What may have been text is told. What turns the direction of text stays, for Hebrew and Arabic need it, and is told where
//! they do not: a line that reads otherwise than it is written deceives whoever looks it over.

use std::collections::BTreeMap;

use super::combining;
use super::direction::{self, Line};
use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::lang::cjk;
use crate::message::{Message, visible_in_line};
use crate::source::{FileId, SourceFile, Span};

/// Most characters that a message shows on each side of one that turns the direction of text.
const AROUND: usize = 16;

/// A text without what is not seen.
#[derive(Debug, Default)]
pub(super) struct Cleaned {
    pub(super) text: String,
    /// What is to be told, by character: where it first stood in the text, and how often it did.
    told: BTreeMap<char, (usize, usize)>,
    /// Where the text first has more combining marks on a letter than can be set.
    crowded: Option<usize>,
}

/// What is read in place of a character.
enum Reading {
    Itself,
    Nothing,
    /// A blank between words, and nothing between Chinese characters.
    Break,
}

/// Cleans a text; a byte order mark at its beginning stays.
pub(super) fn clean(written: &str) -> Cleaned {
    let mut cleaned = Cleaned { text: String::with_capacity(written.len()), ..Cleaned::default() };
    let (mut marks, mut line) = (combining::Run::default(), Line::default());
    let (mut rest, mut before) = (written, None);
    while !rest.is_empty() {
        if let Some(last) = cleaned.take_plain(&mut rest) {
            (before, marks) = (Some(last), combining::Run::default());
        }
        let mut chars = rest.chars();
        let Some(c) = chars.next() else { break };
        let (place, after) = (written.len() - rest.len(), chars.clone().next());
        rest = chars.as_str();
        let at = cleaned.text.len();
        if marks.is_over(c) {
            cleaned.crowded.get_or_insert(at);
            continue;
        }
        if is_told(c) && !is_flag(c, before) || line.deceives(written, place, c) {
            cleaned.told.entry(c).or_insert((at, 0)).1 += 1;
        }
        match reading(c, before, after) {
            Reading::Nothing if !(c == '\u{feff}' && before.is_none()) => continue,
            Reading::Break => {
                let wide = [before, after].iter().flatten().any(|c| cjk::is_han(*c) || is_wide_mark(*c));
                let blank = [before, after].iter().all(|c| c.is_some_and(|c| !c.is_whitespace()));
                cleaned.text.push_str(if blank && !wide { " " } else { "" });
            }
            _ => cleaned.text.push(c),
        }
        before = Some(c);
    }
    cleaned
}

/// Leaves out of a text only the combining marks that are too many. What turns the direction of text is told here, too.
pub(super) fn without_crowds(written: &str) -> Cleaned {
    let mut cleaned = Cleaned { text: String::with_capacity(written.len()), ..Cleaned::default() };
    let (mut marks, mut line) = (combining::Run::default(), Line::default());
    let mut rest = written;
    while !rest.is_empty() {
        if cleaned.take_plain(&mut rest).is_some() {
            marks = combining::Run::default();
        }
        let mut chars = rest.chars();
        let Some(c) = chars.next() else { break };
        let (place, at) = (written.len() - rest.len(), cleaned.text.len());
        rest = chars.as_str();
        if marks.is_over(c) {
            cleaned.crowded.get_or_insert(at);
            continue;
        }
        if line.deceives(written, place, c) {
            cleaned.told.entry(c).or_insert((at, 0)).1 += 1;
        }
        cleaned.text.push(c);
    }
    cleaned
}

/// Whether a byte of UTF-8 belongs to a character that is seen, is no mark on another and turns nothing, whatever stands beside
/// it: ASCII without control characters, Latin letters with their accents, Chinese characters; so almost all of a text. The
/// second and further bytes of a character go with its first.
const fn is_plain(byte: u8) -> bool {
    matches!(byte, b'\t' | b'\n' | b'\r' | b' '..=b'~' | 0x80..=0xbf | 0xc3..=0xcb | 0xe4..=0xe9)
}

fn reading(c: char, before: Option<char>, after: Option<char>) -> Reading {
    match c {
        '\t' | '\n' | '\r' => Reading::Itself,
        '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => Reading::Break,
        '\u{feff}' | '\u{200b}' => Reading::Nothing,
        // They join and part letters of other scripts, and emoji.
        '\u{200c}' | '\u{200d}' => match [before, after].into_iter().flatten().all(needs_no_joiner) {
            true => Reading::Nothing,
            false => Reading::Itself,
        },
        _ if is_flag(c, before) => Reading::Itself,
        _ if is_told(c) && c != char::REPLACEMENT_CHARACTER => Reading::Nothing,
        _ => Reading::Itself,
    }
}

fn needs_no_joiner(c: char) -> bool {
    c.is_ascii() || cjk::is_han(c) || is_wide_mark(c)
}

fn is_wide_mark(c: char) -> bool {
    matches!(c, '\u{3000}'..='\u{303f}' | '\u{ff00}'..='\u{ffef}' | '“' | '”' | '‘' | '’' | '—' | '…')
}

fn is_private(c: char) -> bool {
    matches!(c, '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..='\u{10ffff}')
}

fn is_break(c: char) -> bool {
    matches!(c, '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// Whether a character has no form and no meaning in a book, and can hide words from whoever reads it: tags, deprecated
/// controls, operators without a form, fillers.
fn is_hidden(c: char) -> bool {
    is_tag(c)
        || matches!(c, '\u{2061}'..='\u{2064}' | '\u{206a}'..='\u{206f}' | '\u{180e}' | '\u{3164}' | '\u{ffa0}')
        || matches!(c, '\u{1d173}'..='\u{1d17a}')
}

fn is_tag(c: char) -> bool {
    matches!(c, '\u{e0000}'..='\u{e007f}')
}

/// Whether a tag belongs to a flag, such as that of Wales: they follow each other behind a black one.
fn is_flag(c: char, before: Option<char>) -> bool {
    is_tag(c) && before.is_some_and(|before| before == '\u{1f3f4}' || is_tag(before))
}

/// Whether a character may have been text, or is damage.
fn is_told(c: char) -> bool {
    let foreign = matches!(c, '\u{fff9}'..='\u{fffb}') || u32::from(c) & 0xfffe == 0xfffe;
    let control = c.is_control() && !matches!(c, '\t' | '\n' | '\r');
    control || is_break(c) || is_private(c) || foreign || is_hidden(c) || c == char::REPLACEMENT_CHARACTER
}

impl Cleaned {
    /// Takes all plain characters that a text begins with, and gives the last of them.
    fn take_plain(&mut self, rest: &mut &str) -> Option<char> {
        let end = rest.bytes().position(|byte| !is_plain(byte)).unwrap_or(rest.len());
        let (plain, other) = rest.split_at(end);
        self.text.push_str(plain);
        *rest = other;
        plain.chars().next_back()
    }

    /// Whether the text is not as it was written.
    fn is_changed(&self, written: &str) -> bool {
        self.text.len() != written.len()
    }

    /// The file of a text that was written so.
    pub(super) fn file(&self, path: &str, written: String) -> SourceFile {
        let file = SourceFile::new(path, self.text.as_str());
        if self.is_changed(&written) { file.cleaned_of(written) } else { file }
    }

    /// Reports each character that is to be told, at its first place; characters that were lost only if they were lost before.
    pub(super) fn report(&self, file: FileId, lost: bool, sink: &mut Vec<Diagnostic>) {
        for (&c, &(at, places)) in &self.told {
            if c == char::REPLACEMENT_CHARACTER && !lost {
                continue;
            }
            let found = if direction::turns(c) { turned(c, places, self.around(at)) } else { told(c, places) };
            sink.push(found.at(Span::new(file, self.beside(at))));
        }
        if let Some(at) = self.crowded {
            sink.push(crowded().at(Span::new(file, self.letter(at))));
        }
    }

    /// What stands around a place in its line, with all that is not seen.
    fn around(&self, at: usize) -> String {
        let before = self.text[..at].rsplit('\n').next().unwrap_or_default();
        let from = before.char_indices().rev().nth(AROUND - 1).map_or(0, |(from, _)| from);
        let after = self.text[at..].split(['\n', '\r']).next().unwrap_or_default();
        let to = after.char_indices().nth(AROUND).map_or(after.len(), |(to, _)| to);
        visible_in_line(&format!("{}{}", &before[from..], &after[..to])).into_owned()
    }

    /// The letter whose last mark stands before a place.
    fn letter(&self, at: usize) -> std::ops::Range<usize> {
        let mut before = self.text[..at].char_indices().rev();
        let start = before.nth(combining::MOST).map_or(0, |(start, _)| start);
        start..at
    }

    /// The character that stands where another was left out: the next of the line, else the one before.
    fn beside(&self, at: usize) -> std::ops::Range<usize> {
        match self.text[at..].chars().next().filter(|c| !matches!(c, '\n' | '\r')) {
            Some(next) => at..at + next.len_utf8(),
            None => self.text[..at].char_indices().next_back().map_or(at..at, |(start, _)| start..at),
        }
    }
}

/// Reports combining marks that are left out.
pub(super) fn crowded() -> Diagnostic {
    let message =
        msg!("more than {limit} combining marks stand on one letter; the others are left out", limit = combining::MOST);
    Diagnostic::error(codes::UNSEEN_CHARACTER, message).hint(msg!("write the letter again, with the marks that it has"))
}

/// Reports what turns the direction of text.
fn turned(c: char, places: usize, shown: String) -> Diagnostic {
    let code = format!("U+{:04X}", u32::from(c));
    let message = plural!(
        places,
        "{code} turns the direction of text here, so that the line reads otherwise than it is written: `{shown}`",
        "{code} turns the direction of text here and in further places, {places} in all, so that lines read otherwise than they are written: `{shown}`",
        code,
        shown
    );
    Diagnostic::warning(codes::UNSEEN_CHARACTER, message).hint(msg!(
        "remove it; only a line with words in Hebrew, Arabic or the like may have it, and each that opens is closed in that line"
    ))
}

fn told(c: char, places: usize) -> Diagnostic {
    let code = format!("U+{:04X}", u32::from(c));
    let counted = |one: Message, many: Message| if places == 1 { one } else { many };
    if c == char::REPLACEMENT_CHARACTER {
        let message = counted(
            msg!("a character was lost here before the file was saved: {code} stands for it", code = code.as_str()),
            msg!(
                "a character was lost here before the file was saved: {code} stands for it; so in {places} places of the chapter",
                code = code.as_str(),
                places
            ),
        );
        return Diagnostic::error(codes::UNSEEN_CHARACTER, message).hint(msg!("write the character again"));
    }
    if is_break(c) {
        let message = counted(
            msg!("{code}, a line break of other programs, stands here and breaks no line", code = code.as_str()),
            msg!(
                "{code}, a line break of other programs, stands here and breaks no line; so in {places} places",
                code = code.as_str(),
                places
            ),
        );
        return Diagnostic::warning(codes::UNSEEN_CHARACTER, message).hint(msg!(
            "begin a new line there; an empty line begins a paragraph, and a backslash at the end of a line breaks it"
        ));
    }
    let (kind, hint) = if is_private(c) {
        let hint = msg!("write the sign that was meant; an item of a list begins with `- `");
        (msg!("a character of a single font"), hint)
    } else if is_hidden(c) {
        (msg!("a character that nobody sees"), msg!("remove it"))
    } else {
        (msg!("a control character"), msg!("remove it"))
    };
    let message = counted(
        msg!("{code}, {kind}, stands here and is left out", code = code.as_str(), kind = kind.clone()),
        msg!(
            "{code}, {kind}, stands here and is left out; so in {places} places of the chapter",
            code = code.as_str(),
            kind = kind.clone(),
            places
        ),
    );
    Diagnostic::warning(codes::UNSEEN_CHARACTER, message).hint(hint)
}

#[cfg(test)]
mod tests {
    use super::clean;

    fn read(written: &str) -> (String, Vec<(char, usize, usize)>) {
        let cleaned = clean(written);
        (cleaned.text, cleaned.told.into_iter().map(|(c, (at, places))| (c, at, places)).collect())
    }

    #[test]
    fn what_means_nothing_is_left_out() {
        for (written, text) in [
            ("甲\u{feff}乙\u{200b}丙", "甲乙丙"),
            ("\u{feff}甲", "\u{feff}甲"),
            ("据[@li\u{200b}2020]\u{200d}。", "据[@li2020]。"),
            ("soft\u{ad}hyphen", "soft\u{ad}hyphen"),
            ("👩\u{200d}🚒", "👩\u{200d}🚒"),
            ("می\u{200c}خواهم", "می\u{200c}خواهم"),
            ("a\tb\r\nc", "a\tb\r\nc"),
        ] {
            assert_eq!(read(written), (text.to_owned(), vec![]), "{written:?}");
        }
    }

    #[test]
    fn what_is_taken_as_plain_is_read_as_itself() {
        let plain = |c: char| c.encode_utf8(&mut [0; 4]).bytes().all(super::is_plain);
        for c in ('\0'..=char::MAX).filter(|c| plain(*c)) {
            let (reading, mut marks) = (super::reading(c, None, None), super::combining::Run::default());
            assert!(
                matches!(reading, super::Reading::Itself) && !super::is_told(c) && !super::direction::turns(c),
                "{c:?}"
            );
            assert!(!(0..100).any(|_| marks.is_over(c)), "{c:?}");
        }
        assert!("aé 永\n".chars().all(plain));
    }

    #[test]
    fn marks_beyond_reason_are_left_out_and_told() {
        let crowd = |marks: usize| format!("甲e{}乙", "\u{301}".repeat(marks));
        let read = |written: &str| (clean(written), super::without_crowds(written));
        let (good, yaml) = read(&crowd(30));
        assert_eq!((good.text, good.crowded, yaml.crowded), (crowd(30), None, None));
        let (cut, yaml) = read(&crowd(10_000));
        assert_eq!((cut.text.as_str(), cut.crowded), (crowd(30).as_str(), Some(64)));
        assert_eq!((yaml.text.as_str(), yaml.crowded), (crowd(30).as_str(), Some(64)));
        assert!(cut.text[cut.letter(64)].starts_with('e'));
    }

    #[test]
    fn what_turns_the_direction_of_text_stays_and_is_told() {
        let trojan = "`if level != \u{202e}\u{2066}// admin\u{2069} \u{2066}user`";
        let (text, told) = read(trojan);
        assert_eq!(text, trojan);
        assert_eq!(told, [('\u{202e}', 13, 1), ('\u{2066}', 16, 2), ('\u{2069}', 27, 1)]);
        assert_eq!(clean(trojan).around(13), "`if level != <U+202E><U+2066>// admin<U+2069> <U+2066>use");
        assert_eq!(super::without_crowds(trojan).told.len(), 3);
        assert_eq!(read("书名是\u{2067}שלום\u{2069}。"), ("书名是\u{2067}שלום\u{2069}。".to_owned(), vec![]));
        assert_eq!(read("שלום\u{202d}abc\u{202c}").1.len(), 2, "an override is told everywhere");
    }

    #[test]
    fn what_hides_words_is_left_out() {
        for (written, text, places) in [
            ("a\u{e0068}\u{e0069}b", "ab", 2),
            ("a\u{3164}b\u{2063}c", "abc", 2),
            (
                "🏴\u{e0067}\u{e0062}\u{e0077}\u{e006c}\u{e0073}\u{e007f}",
                "🏴\u{e0067}\u{e0062}\u{e0077}\u{e006c}\u{e0073}\u{e007f}",
                0,
            ),
            ("不\u{2060}断", "不\u{2060}断", 0),
            ("葛\u{e0100}", "葛\u{e0100}", 0),
        ] {
            let (read, told) = read(written);
            assert_eq!((read.as_str(), told.len()), (text, places), "{written:?}");
        }
    }

    #[test]
    fn what_may_have_been_text_is_told() {
        for (written, text, told) in [
            ("甲\u{1}乙\u{1}", "甲乙", vec![('\u{1}', 3, 2)]),
            ("one\u{2028}two", "one two", vec![('\u{2028}', 3, 1)]),
            ("一行\u{b}二行", "一行二行", vec![('\u{b}', 6, 1)]),
            ("\u{f0b7} 甲", " 甲", vec![('\u{f0b7}', 0, 1)]),
            ("甲\u{fffd}", "甲\u{fffd}", vec![('\u{fffd}', 3, 1)]),
            ("a\u{fffe}b", "ab", vec![('\u{fffe}', 1, 1)]),
        ] {
            assert_eq!(read(written), (text.to_owned(), told), "{written:?}");
        }
    }
}
