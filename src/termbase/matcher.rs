//! Finds the terms of a language in a text. The longest term wins, so that one inside another does not count.

use std::borrow::Cow;
use std::ops::Range;

use super::plural::{singulars, singulars_of_form};
use super::tokens::{Gap, Kind, Token, Tokens};
use super::trie::{Node, ROOT, Trie};
use crate::lang::en::stems;
use crate::lang::width::half;
use crate::model::{Glossary, Lang};

/// The forms of all terms in one language, ready for searching.
pub(crate) struct Matcher {
    /// Whether English words with one stem are one: ‘compiled’ and ‘compiler’.
    loose: bool,
    forms: Vec<Form>,
    /// The forms by their letters.
    trie: Trie,
}

struct Form {
    term: usize,
    forbidden: bool,
    /// After which of its letters it has a space or a hyphen: a text may write its words together, but not part them elsewhere.
    breaks: Vec<usize>,
    /// The letters of an abbreviation, which counts only as it is written: ‘IT’ is not ‘it’.
    capitals: Option<String>,
}

/// A term in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Hit {
    /// Its place in the termbase.
    pub term: usize,
    /// Whether this is a form that must not be used.
    pub forbidden: bool,
    /// Its place in the text.
    pub range: Range<usize>,
}

impl Matcher {
    /// Finds the words themselves, in singular and plural. What it finds may be reported and printed.
    pub(crate) fn strict(glossary: &Glossary, lang: &Lang) -> Self {
        Self::of(glossary, lang, false)
    }

    /// Finds every form of the words, also inside longer terms. What it finds may excuse a sentence.
    pub(crate) fn loose(glossary: &Glossary, lang: &Lang) -> Self {
        Self::of(glossary, lang, true)
    }

    /// The same as [`strict`](Self::strict) for the forms of terms that are known by their numbers.
    pub(crate) fn of_forms<'f>(forms: impl IntoIterator<Item = (usize, &'f str)>) -> Self {
        let mut matcher = Self::empty(false);
        forms.into_iter().for_each(|(term, form)| matcher.add(term, form, false));
        matcher
    }

    fn of(glossary: &Glossary, lang: &Lang, loose: bool) -> Self {
        let mut matcher = Self::empty(loose);
        for (at, term) in glossary.terms.iter().enumerate() {
            term.forms(lang).for_each(|form| matcher.add(at, &form.value, false));
            let forbidden = term.forbidden.get(lang).into_iter().flatten();
            forbidden.for_each(|form| matcher.add(at, &form.value, true));
        }
        matcher
    }

    fn empty(loose: bool) -> Self {
        Self { loose, forms: Vec::new(), trie: Trie::default() }
    }

    fn add(&mut self, term: usize, text: &str, forbidden: bool) {
        let tokens = Tokens::of(text);
        let Some((last, front)) = tokens.all.split_last() else { return };
        let (mut breaks, mut length, mut node) = (Vec::new(), 0, ROOT);
        for (at, token) in tokens.all.iter().enumerate() {
            if tokens.parted(at) {
                breaks.push(length);
            }
            length += tokens.folded(token).chars().count();
        }
        for token in front {
            node = self.trie.extend(node, tokens.folded(token));
        }
        let number = self.forms.len();
        let word = tokens.folded(last);
        let mut endings = vec![Cow::Borrowed(word)];
        if last.kind == Kind::Word {
            endings.extend(singulars_of_form(word).into_iter().map(Cow::Owned));
            endings.extend(self.stem(word));
        }
        for ending in endings {
            let end = self.trie.extend(node, &ending);
            self.trie.end(end, number);
        }
        self.forms.push(Form { term, forbidden, breaks, capitals: capitals(text, &tokens) });
    }

    /// What a last word is found by.
    fn endings<'w>(&self, word: &'w str, kind: Kind) -> Vec<Cow<'w, str>> {
        let mut endings = vec![Cow::Borrowed(word)];
        if kind == Kind::Word {
            endings.extend(singulars(word).into_iter().map(Cow::Owned));
            endings.extend(self.stem(word));
        }
        endings
    }

    fn stem<'w>(&self, word: &'w str) -> Option<Cow<'w, str>> {
        let mut stem = String::new();
        if self.loose {
            stems(word, &mut |one| stem.push_str(one));
        }
        (!stem.is_empty()).then_some(Cow::Owned(stem))
    }

    /// The terms of a text from left to right; terms with the same form stand together. Only a forbidden form may stand over
    /// a term, if it is longer.
    pub(crate) fn hits(&self, text: &str) -> Vec<Hit> {
        if self.forms.is_empty() {
            return Vec::new();
        }
        let tokens = Tokens::of(text);
        let mut hits = self.scan(text, &tokens, false);
        if self.forms.iter().any(|form| form.forbidden) {
            let mut wrong = self.scan(text, &tokens, true);
            wrong.retain(|hit| self.loose || !is_hidden(hit, &hits));
            hits.extend(wrong);
            hits.sort_by_key(|hit| hit.range.start);
        }
        hits
    }

    /// The allowed or the forbidden forms in a text.
    fn scan(&self, text: &str, tokens: &Tokens, forbidden: bool) -> Vec<Hit> {
        let (mut hits, mut at) = (Vec::new(), 0);
        while at < tokens.all.len() {
            let Some((end, terms)) = self.longest(text, tokens, at, forbidden) else {
                at += 1;
                continue;
            };
            let range = tokens.all[at].range.start..tokens.all[end].range.end;
            hits.extend(terms.into_iter().map(|term| Hit { term, forbidden, range: range.clone() }));
            at = if self.loose { at + 1 } else { end + 1 };
        }
        hits
    }

    /// The longest form that begins with a token: its last token, and the terms that have it.
    fn longest(&self, text: &str, tokens: &Tokens, at: usize, forbidden: bool) -> Option<(usize, Vec<usize>)> {
        let (mut node, mut length, mut breaks, mut found) = (ROOT, 0, Vec::new(), None);
        for (end, token) in tokens.all.iter().enumerate().skip(at) {
            if end > at && token.gap == Gap::Wide {
                break;
            }
            if end > at && tokens.parted(end) {
                breaks.push(length);
            }
            let whole = &text[tokens.all[at].range.start..token.range.end];
            let fits = |form: &Form| {
                form.forbidden == forbidden
                    && breaks.iter().all(|at| form.breaks.contains(at))
                    && form.capitals.as_ref().is_none_or(|capitals| is_written(whole, capitals))
            };
            let terms = self.ending(node, tokens, token, &fits);
            if !terms.is_empty() {
                found = Some((end, terms));
            }
            let word = tokens.folded(token);
            let Some(next) = self.trie.along(node, word) else { break };
            node = next;
            length += word.chars().count();
        }
        found
    }

    /// The terms of the forms that end with a token, each once.
    fn ending(&self, node: Node, tokens: &Tokens, token: &Token, fits: &dyn Fn(&Form) -> bool) -> Vec<usize> {
        let word = tokens.folded(token);
        let first = word.chars().next().map_or(0, char::len_utf8);
        if self.trie.along(node, &word[..first]).is_none() {
            return Vec::new();
        }
        let ends = self.endings(word, token.kind);
        let nodes = ends.iter().filter_map(|ending| self.trie.along(node, ending));
        let mut forms: Vec<usize> = nodes.flat_map(|node| self.trie.ending(node)).copied().collect();
        forms.retain(|form| fits(&self.forms[*form]));
        forms.sort_unstable();
        let mut terms = Vec::new();
        for form in forms {
            let term = self.forms[form].term;
            if !terms.contains(&term) {
                terms.push(term);
            }
        }
        terms
    }
}

/// Whether a forbidden form stands inside a longer term, or begins inside one.
fn is_hidden(wrong: &Hit, terms: &[Hit]) -> bool {
    let before = terms.partition_point(|term| term.range.start <= wrong.range.start);
    terms[..before].last().is_some_and(|term| {
        let inside = term.range.start < wrong.range.start && wrong.range.start < term.range.end;
        inside || term.range.start == wrong.range.start && wrong.range.end < term.range.end
    })
}

/// The letters of an abbreviation in a script that has capitals.
fn capitals(text: &str, tokens: &Tokens) -> Option<String> {
    let latin = tokens.all.iter().all(|token| token.kind != Kind::Character);
    let letters = letters(text);
    (latin && !letters.is_empty() && letters.chars().all(char::is_uppercase)).then_some(letters)
}

/// Whether a text has these letters and no others, in the same case; it may be their plural.
fn is_written(text: &str, capitals: &str) -> bool {
    let letters = letters(text);
    letters.strip_suffix('s').unwrap_or(&letters) == capitals
}

/// The letters of a text that are large or small, half-width.
fn letters(text: &str) -> String {
    text.chars().map(half).filter(|c| c.is_uppercase() || c.is_lowercase()).collect()
}
