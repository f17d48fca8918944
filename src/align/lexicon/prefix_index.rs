//! The Chinese words of the lexicon by their characters: which of them stand at a place of a text is found by going through
//! the text, in a few short lists.

use super::Words;
use super::words::{COMMON_HAN, FIRST_HAN, han_index};

/// Characters of a word after the first that are sought.
const MAX_FOLLOWING: usize = 3;

/// Words in the order of their characters, which is that of their numbers.
pub(super) struct PrefixIndex {
    /// Where the words begin that begin with each common character; one more at the end.
    starts: Vec<u32>,
    /// The second character of every word and so on, 0 after its end; one more than is sought, to tell where it ends.
    characters: [Vec<u16>; MAX_FOLLOWING + 1],
}

impl PrefixIndex {
    /// Those of words in order. Words with rare characters, or with more than four, are not found.
    pub(super) fn of(words: &Words) -> Self {
        let mut index = Self {
            starts: vec![0; COMMON_HAN + 1],
            characters: std::array::from_fn(|_| Vec::with_capacity(words.len())),
        };
        for word in words.names() {
            let mut chars = word.chars();
            if let Some(first) = chars.next().and_then(han_index) {
                index.starts[first + 1] += 1;
            }
            for list in &mut index.characters {
                list.push(chars.next().map_or(0, code));
            }
        }
        let before =
            words.names().take_while(|word| word.chars().next().is_some_and(|c| (c as usize) < FIRST_HAN)).count();
        index.starts[0] = u32::try_from(before).unwrap_or(u32::MAX);
        for at in 1..index.starts.len() {
            index.starts[at] += index.starts[at - 1];
        }
        index
    }

    /// Calls `found` with the number of characters and the number of every word of two to four characters that a text begins
    /// with, the shortest first.
    pub(super) fn for_each(&self, text: &str, mut found: impl FnMut(usize, u32)) {
        let mut chars = text.chars();
        let Some(first) = chars.next().and_then(han_index) else { return };
        let (mut start, mut end) = (self.starts[first] as usize, self.starts[first + 1] as usize);
        for (at, list) in self.characters[..MAX_FOLLOWING].iter().enumerate() {
            let Some(c) = chars.next().map(code).filter(|c| *c != NOT_SOUGHT) else { return };
            let row = &list[start..end];
            let from = row.partition_point(|have| *have < c);
            let same = row[from..].iter().take_while(|have| **have == c).count();
            if same == 0 {
                return;
            }
            (start, end) = (start + from, start + from + same);
            // The word that ends here comes before those that go on.
            if self.characters[at + 1][start] == 0 {
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
    use crate::align::lexicon::{Lexicon, Words};

    use super::PrefixIndex;

    fn found<'w>(words: &'w Words, text: &str) -> Vec<(usize, &'w str)> {
        let mut found = Vec::new();
        PrefixIndex::of(words).for_each(text, |count, number| found.push((count, words.name(number))));
        found
    }

    #[test]
    fn every_word_at_the_start_of_a_text_is_found() {
        let mut words = Words::default();
        for word in ["a", "㐀一", "一", "一个", "一个个", "一二", "中国", "中国人民", "中国人民银行", "𠀀一"]
        {
            words.add(word, 1.0);
        }
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
