//! The Chinese words of the lexicon by their characters: which of them stand at a place of a text is found by going through
//! the text, in a few short lists.

use super::in_place::{Cutter, Number, Short, put_count, put_numbers};
use super::words::{COMMON_HAN, FIRST_HAN, han_index};

/// Characters of a word after the first that are sought.
const MAX_FOLLOWING: usize = 3;

/// Words in the order of their characters, which is that of their numbers.
pub(super) struct PrefixIndex<'a> {
    /// Where the words begin that begin with each common character; one more at the end.
    starts: &'a [Number],
    /// The second character of every word and so on, 0 after its end; one more than is sought, to tell where it ends.
    characters: [&'a [Short]; MAX_FOLLOWING + 1],
}

/// Writes the index of words in order. Words with rare characters, or with more than four, are not found.
pub(super) fn write<'w>(out: &mut Vec<u8>, words: impl Iterator<Item = &'w str> + Clone) {
    let mut starts = vec![0; COMMON_HAN + 1];
    let first = |word: &str| word.chars().next();
    starts[0] = words.clone().take_while(|word| first(word).is_some_and(|c| (c as usize) < FIRST_HAN)).count();
    for at in words.clone().filter_map(|word| han_index(first(word)?)) {
        starts[at + 1] += 1;
    }
    for at in 1..starts.len() {
        starts[at] += starts[at - 1];
    }
    put_numbers(out, starts.into_iter().map(put_count));
    for following in 1..=MAX_FOLLOWING + 1 {
        words.clone().for_each(|word| out.extend(word.chars().nth(following).map_or(0, code).to_le_bytes()));
    }
}

impl<'a> PrefixIndex<'a> {
    /// That of so many words.
    pub(super) fn open(file: &mut Cutter<'a>, words: usize) -> Option<Self> {
        let starts = file.numbers(COMMON_HAN + 1)?;
        let mut characters = [&[][..]; MAX_FOLLOWING + 1];
        for list in &mut characters {
            *list = file.shorts(words)?;
        }
        Some(Self { starts, characters })
    }

    /// Calls `found` with the number of characters and the number of every word of two to four characters that a text begins
    /// with, the shortest first.
    pub(super) fn for_each(&self, text: &str, mut found: impl FnMut(usize, u32)) {
        let mut chars = text.chars();
        let Some(first) = chars.next().and_then(han_index) else { return };
        let begin = |at: usize| u32::from_le_bytes(self.starts[at]) as usize;
        let (mut start, mut end) = (begin(first), begin(first + 1));
        for (at, list) in self.characters[..MAX_FOLLOWING].iter().enumerate() {
            let Some(c) = chars.next().map(code).filter(|c| *c != NOT_SOUGHT) else { return };
            let Some(row) = list.get(start..end) else { return };
            let from = row.partition_point(|have| u16::from_le_bytes(*have) < c);
            let same = row[from..].iter().take_while(|have| u16::from_le_bytes(**have) == c).count();
            if same == 0 {
                return;
            }
            (start, end) = (start + from, start + from + same);
            // The word that ends here comes before those that go on.
            if self.characters[at + 1][start] == [0, 0] {
                found(at + 2, u32::try_from(start).unwrap_or(u32::MAX));
            }
        }
    }
}

/// Stands for a character that no word is sought with.
const NOT_SOUGHT: u16 = u16::MAX;

fn code(c: char) -> u16 {
    u16::try_from(u32::from(c)).unwrap_or(NOT_SOUGHT)
}

#[cfg(test)]
mod tests {
    use crate::align::lexicon::Lexicon;
    use crate::align::lexicon::in_place::Cutter;

    use super::PrefixIndex;

    fn found<'w>(words: &[&'w str], text: &str) -> Vec<(usize, &'w str)> {
        let mut bytes = Vec::new();
        super::write(&mut bytes, words.iter().copied());
        let index = PrefixIndex::open(&mut Cutter(&bytes), words.len()).expect("what was written can be read");
        let mut found = Vec::new();
        index.for_each(text, |count, number| found.push((count, words[number as usize])));
        found
    }

    #[test]
    fn every_word_at_the_start_of_a_text_is_found() {
        let words = ["a", "㐀一", "一", "一个", "一个个", "一二", "中国", "中国人民", "中国人民银行", "𠀀一"];
        assert_eq!(found(&words, "一个个人"), [(2, "一个"), (3, "一个个")]);
        assert_eq!(found(&words, "中国人民银行"), [(2, "中国"), (4, "中国人民")]);
        assert_eq!(found(&words, "中国"), [(2, "中国")]);
        assert!(found(&words, "中𠀀").is_empty());
        assert!(found(&words, "国").is_empty() && found(&words, "").is_empty());
    }

    #[test]
    fn the_words_of_the_lexicon_stand_in_order() {
        let words = &Lexicon::shipped().chinese;
        assert!(words.names().is_sorted());
        assert!(words.names().all(|word| !word.contains('\0')));
    }
}
