//! A lexicon before it is written, and how it is written.

use super::in_place::{put_count, put_numbers};
use super::packed::{self, Entry};
use super::{Lexicon, SEEN_GRADES, Table, Words, grade, prefix_index, word_list};

/// What a lexicon is written from: English before Chinese, and what Chinese words give before what English ones give.
pub struct Draft {
    /// The words in the order of their bytes, each with the grade of how often it was seen.
    words: [Vec<(String, u8)>; 2],
    /// For every Chinese word its English ones, and the reverse.
    tables: [Vec<Vec<Entry>>; 2],
}

impl Draft {
    /// Of English and Chinese words, both in order, and of what the Chinese ones give and what the English ones give.
    pub fn of(words: [&Words; 2], tables: [&Table; 2]) -> Self {
        let graded = |words: &Words| {
            let seen = words.seen.iter().map(|seen| grade(1.0 + seen, SEEN_GRADES));
            words.names().map(str::to_owned).zip(seen).collect()
        };
        let packed =
            |row: &[(u32, f32)]| row.iter().map(|&(word, probability)| Entry::new(word, probability)).collect();
        Self { words: words.map(graded), tables: tables.map(|table| table.rows().map(packed).collect()) }
    }

    /// The bytes that [`Lexicon::open`] reads.
    pub fn bytes(&self) -> Vec<u8> {
        let [english, chinese] = &self.words;
        let [english_of, chinese_of] = &self.tables;
        let letters = |words: &[(String, u8)]| words.iter().map(|(name, _)| name.len()).sum();
        let entries = |table: &[Vec<Entry>]| table.iter().map(Vec::len).sum();
        let counts = [
            english.len(),
            chinese.len(),
            letters(english),
            letters(chinese),
            entries(english_of),
            entries(chinese_of),
        ];
        let mut out = Vec::new();
        put_numbers(&mut out, counts.map(put_count));
        put_numbers(&mut out, [english, chinese].map(|words| word_list::total(words).to_bits()));
        self.words.iter().for_each(|words| word_list::write(&mut out, words));
        self.tables.iter().for_each(|table| packed::write(&mut out, table));
        prefix_index::write(&mut out, chinese.iter().map(|(name, _)| name.as_str()));
        for words in &self.words {
            out.extend(words.iter().map(|(_, grade)| *grade));
        }
        for (name, _) in self.words.iter().flatten() {
            out.extend(name.as_bytes());
        }
        out
    }
}

impl From<&Lexicon<'_>> for Draft {
    fn from(lexicon: &Lexicon<'_>) -> Self {
        let words = [&lexicon.english, &lexicon.chinese];
        let rows =
            |table: super::PackedTable<'_>| (0..).take(table.len()).map(|word| table.row(word).collect()).collect();
        Self {
            words: words.map(|words| words.graded().map(|(name, grade)| (name.to_owned(), grade)).collect()),
            tables: [lexicon.english_of, lexicon.chinese_of].map(rows),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Lexicon, Table, Words};
    use super::Draft;

    #[test]
    fn the_shipped_lexicon_is_written_as_it_was_read() {
        let bytes = Draft::from(Lexicon::shipped()).bytes();
        assert!(bytes == include_bytes!("lexicon.bin"));
        for cut in [0, 7, 31, 32, bytes.len() / 2, bytes.len() - 1] {
            assert!(Lexicon::open(&bytes[..cut]).is_none(), "{cut} bytes of a lexicon are none");
        }
        assert!(Lexicon::open(&[&bytes[..], b"x"].concat()).is_none(), "what follows is not a part of it");
    }

    #[test]
    fn every_word_of_the_lexicon_is_found_by_its_letters_and_no_other_is() {
        let lexicon = Lexicon::shipped();
        for words in [&lexicon.english, &lexicon.chinese] {
            for (name, number) in words.names().zip(0..) {
                assert_eq!(words.number(name), Some(number), "{name}");
                assert_eq!(words.number(&format!("{name}\u{1}")), None, "{name}");
            }
            assert_eq!(words.number(""), None);
        }
    }

    #[test]
    fn a_lexicon_of_a_few_words_says_what_it_was_made_of() {
        let (mut english, mut chinese) = (Words::default(), Words::default());
        for (english_word, chinese_word) in [("lamp", "一"), ("light", "灯")] {
            english.add(english_word, 3.0);
            chinese.add(chinese_word, 1.0);
        }
        let given = Table::of(2, vec![(1, 0, 0.5), (1, 1, 0.25)]);
        let taken = Table::of(2, vec![(0, 1, 1.0)]);
        let bytes = Draft::of([&english, &chinese], [&given, &taken]).bytes();
        let lexicon = Lexicon::open(&bytes).expect("what was written can be read");
        assert_eq!(lexicon.english.names().collect::<Vec<_>>(), ["lamp", "light"]);
        assert_eq!((lexicon.english.seen(1), lexicon.english.total(), lexicon.chinese.total()), (3.0, 6.0, 2.0));
        let row: Vec<_> = lexicon.english_of.row(1).map(|entry| (entry.word(), entry.grade())).collect();
        assert_eq!(row, [(0, 20), (1, 40)], "twenty grades to the halving");
        assert_eq!(
            (lexicon.english_of.row(0).len(), lexicon.english_of.row(9).len(), lexicon.chinese_of.row(0).len()),
            (0, 0, 1)
        );
        assert!(lexicon.knows("灯") && !lexicon.knows("光"));
    }

    #[test]
    fn an_empty_lexicon_knows_nothing() {
        let bytes = Draft::of([&Words::default(); 2], [&Table::new(); 2]).bytes();
        let lexicon = Lexicon::open(&bytes).expect("an empty one");
        assert!(!lexicon.knows("灯") && lexicon.english.is_empty() && lexicon.english_of.is_empty());
        assert_eq!(lexicon.words_end("灯"), [3]);
    }
}
