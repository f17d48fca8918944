//! A term without its places.

use std::collections::BTreeMap;

use crate::model::{Lang, Spanned, Term};

/// A term as it is exchanged with other programs.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TermEntry {
    /// Its lasting name, where one is given.
    pub id: Option<String>,
    /// The word in each language.
    pub words: BTreeMap<Lang, String>,
    /// Other forms that are as good.
    pub variants: BTreeMap<Lang, Vec<String>>,
    /// Renderings that must not stand for it.
    pub forbidden: BTreeMap<Lang, Vec<String>>,
    /// Part of speech.
    pub pos: Option<String>,
    /// A remark for translators.
    pub note: Option<String>,
    /// What it means, for the readers of each language.
    pub definitions: BTreeMap<Lang, String>,
    /// Which row or entry of its file it is, from 1; 0 for a term of the book.
    pub place: usize,
}

impl TermEntry {
    /// A term of the book.
    pub fn of(term: &Term) -> Self {
        let lists = |lists: &BTreeMap<Lang, Vec<Spanned<String>>>| {
            let words = |list: &Vec<Spanned<String>>| list.iter().map(|word| word.value.clone()).collect::<Vec<_>>();
            let all = lists.iter().map(|(lang, list)| (lang.clone(), words(list)));
            all.filter(|(_, list)| !list.is_empty()).collect()
        };
        let texts = |texts: &BTreeMap<Lang, Spanned<String>>| {
            texts.iter().map(|(lang, text)| (lang.clone(), text.value.clone())).collect()
        };
        Self {
            id: Some(term.id.clone()),
            words: texts(&term.words),
            variants: lists(&term.variants),
            forbidden: lists(&term.forbidden),
            pos: term.pos.clone(),
            note: term.note.clone(),
            definitions: texts(&term.definitions),
            place: 0,
        }
    }

    /// Whether a word is among the forms or the forbidden renderings of a language.
    pub(super) fn is_in(lists: &BTreeMap<Lang, Vec<String>>, lang: &Lang, word: &str) -> bool {
        lists.get(lang).is_some_and(|list| list.iter().any(|known| known == word))
    }

    /// The entry without space around its words, without empty ones, and without a word that is listed twice in a language.
    pub fn tidy(&self) -> Self {
        let text = |text: &String| text.split_whitespace().collect::<Vec<_>>().join(" ");
        let texts = |texts: &BTreeMap<Lang, String>| -> BTreeMap<Lang, String> {
            texts.iter().map(|(lang, word)| (lang.clone(), text(word))).filter(|(_, word)| !word.is_empty()).collect()
        };
        let words = texts(&self.words);
        let mut seen: BTreeMap<Lang, Vec<String>> =
            words.iter().map(|(lang, word)| (lang.clone(), vec![word.clone()])).collect();
        let mut lists = |lists: &BTreeMap<Lang, Vec<String>>| {
            let mut out: BTreeMap<Lang, Vec<String>> = BTreeMap::new();
            for (lang, word) in lists.iter().flat_map(|(lang, list)| list.iter().map(move |word| (lang, text(word)))) {
                let seen = seen.entry(lang.clone()).or_default();
                if !word.is_empty() && !seen.contains(&word) {
                    seen.push(word.clone());
                    out.entry(lang.clone()).or_default().push(word);
                }
            }
            out
        };
        let (variants, forbidden) = (lists(&self.variants), lists(&self.forbidden));
        let filled = |field: &Option<String>| field.as_ref().map(text).filter(|text| !text.is_empty());
        Self {
            id: filled(&self.id),
            words,
            variants,
            forbidden,
            pos: filled(&self.pos),
            note: filled(&self.note),
            definitions: texts(&self.definitions),
            place: self.place,
        }
    }
}

/// Parts of speech as termbases name them, with what authors write for them.
const PARTS: [(&str, &[&str]); 5] = [
    ("noun", &["noun", "n.", "n", "名词", "名詞"]),
    ("verb", &["verb", "v.", "v", "动词", "動詞"]),
    ("adjective", &["adjective", "adj.", "adj", "形容词", "形容詞"]),
    ("adverb", &["adverb", "adv.", "adv", "副词", "副詞"]),
    ("properNoun", &["proper noun", "propernoun", "专名", "专有名词", "專有名詞"]),
];

/// The name that termbases have for a part of speech, if they have one.
pub fn part_of_speech(written: &str) -> Option<&'static str> {
    let written = written.trim().to_lowercase();
    PARTS.iter().find(|(_, known)| known.contains(&written.as_str())).map(|(name, _)| *name)
}
