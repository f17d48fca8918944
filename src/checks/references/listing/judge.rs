//! Whether code that differs is a change, or comes of translating the text in it.

use std::collections::BTreeMap;
use std::ops::Range;

use super::hunks::{Hunk, Key, key};
use super::{Comparison, Kind, Listing, has_han};
use crate::checks::compare::alike;

/// What a hunk is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in super::super) enum Judgement {
    /// The code differs.
    Changed,
    /// Words outside strings and comments were translated, as in output or a placeholder.
    Translated,
    /// What means the same, or stands where the words around it want it.
    Nothing,
}

/// Marks that join strings.
const JOINTS: &[&str] = &["+", ".", "&"];
/// Marks that a sentence of output may have, in half width.
const MARKS: &[&str] =
    &[".", ",", ":", ";", "!", "?", "'", "\"", "(", ")", "-", "...", "`", "《", "》", "「", "」", "—"];

/// The two listings, and how they go together.
pub(in super::super) struct Judged<'l, 't> {
    source: &'l Listing<'t>,
    target: &'l Listing<'t>,
}

/// Judges every hunk.
pub(super) fn judge(source: &Listing<'_>, target: &Listing<'_>, compared: &Comparison) -> Vec<Judgement> {
    let both = Judged { source, target };
    let mut judged: Vec<Judgement> = compared.hunks.iter().map(|hunk| both.one(hunk)).collect();
    let mut sentences: BTreeMap<(bool, usize), Vec<usize>> = BTreeMap::new();
    for (at, hunk) in compared.hunks.iter().enumerate().filter(|(at, _)| judged[*at] == Judgement::Changed) {
        if let Some(sentence) = both.sentence(hunk) {
            sentences.entry(sentence).or_default().push(at);
        }
    }
    for hunks in sentences.values() {
        if both.same_tokens(hunks.iter().map(|at| &compared.hunks[*at])) {
            hunks.iter().for_each(|at| judged[*at] = Judgement::Nothing);
        }
    }
    judged
}

impl Judged<'_, '_> {
    fn one(&self, hunk: &Hunk) -> Judgement {
        if self.is_loose_end(hunk) || self.is_joined(hunk) {
            Judgement::Nothing
        } else if self.is_translated(hunk) {
            Judgement::Translated
        } else {
            Judgement::Changed
        }
    }

    /// Whether only one of the listings has a comma after the last item, or a semicolon at the end of the line.
    fn is_loose_end(&self, hunk: &Hunk) -> bool {
        let (listing, at) = match (hunk.source.len(), hunk.target.len()) {
            (1, 0) => (self.source, hunk.source.start),
            (0, 1) => (self.target, hunk.target.start),
            _ => return false,
        };
        let (token, next) = (&listing.tokens[at], listing.tokens.get(at + 1));
        let closes = |marks: &[&str]| next.is_some_and(|next| next.kind == Kind::Code && marks.contains(&next.text));
        let ends = listing.syntax.loose_ends;
        match token.text {
            "," => closes(&["]", "}"]) || ends && closes(&[")"]),
            ";" => ends && next.is_none_or(|next| next.line > token.line || next.text == "}"),
            _ => false,
        }
    }

    /// Whether strings that are translated are joined of other parts: `'Hi, ' + name` is `name + '，你好'`.
    fn is_joined(&self, hunk: &Hunk) -> bool {
        let parts = |listing: &Listing<'_>, range: &Range<usize>| {
            listing.tokens[range.clone()].iter().all(|token| match token.kind {
                Kind::String(_) => true,
                Kind::Code => JOINTS.contains(&token.text),
            })
        };
        parts(self.source, &hunk.source) && parts(self.target, &hunk.target) && self.is_on_translated_lines(hunk, false)
    }

    /// Whether the lines of a hunk have Chinese in one language only; with `code`, outside strings.
    fn is_on_translated_lines(&self, hunk: &Hunk, code: bool) -> bool {
        let translated = |listing: &Listing<'_>, range: &Range<usize>| {
            let lines = listing.lines(range);
            let first = listing.tokens.partition_point(|token| token.line < lines.start);
            let tokens = listing.tokens[first..].iter().take_while(|token| token.line < lines.end);
            let mut tokens = tokens.filter(|token| !code || token.kind == Kind::Code);
            tokens.any(|token| has_han(token.text))
                || !code && listing.prose.iter().any(|text| lines.contains(&text.line) && has_han(&text.text))
        };
        translated(self.source, &hunk.source) != translated(self.target, &hunk.target)
    }

    /// Whether words in the one language stand in place of words in the other.
    fn is_translated(&self, hunk: &Hunk) -> bool {
        let tokens = [&self.source.tokens[hunk.source.clone()], &self.target.tokens[hunk.target.clone()]];
        let word = |text: &str| text.chars().all(char::is_alphanumeric);
        let sentence = |listing: &Listing<'_>, token: &super::Token<'_>| match key(token, listing, false) {
            Key::String(..) => true,
            Key::Code(text) => word(token.text) || MARKS.contains(&text.as_ref()),
        };
        let worded = tokens[0].iter().all(|token| sentence(self.source, token))
            && tokens[1].iter().all(|token| sentence(self.target, token));
        if !worded || !self.is_on_translated_lines(hunk, true) {
            return false;
        }
        let han = tokens.map(|tokens| tokens.iter().any(|token| has_han(token.text)));
        let (theirs, ours) = (self.source.slice(&hunk.source), self.target.slice(&hunk.target));
        let same_word = theirs.eq_ignore_ascii_case(ours);
        let words = tokens.map(|tokens| tokens.iter().filter(|token| word(token.text)).count());
        match words {
            [0, _] | [_, 0] => true,
            // Words in one script on both sides are others, or mistyped; but a sentence keeps some words in its translation.
            [a, b] if han[0] == han[1] => self.source.syntax.plain && (a != b || same_word),
            _ => !alike(theirs, ours),
        }
    }

    /// The sentence that the code of a hunk stands in, if it is translated: the values in it go where the words want them.
    fn sentence(&self, hunk: &Hunk) -> Option<(bool, usize)> {
        let around = |listing: &Listing<'_>, range: &Range<usize>| {
            let text = listing.prose.iter().position(|text| text.before <= range.start && range.end <= text.end)?;
            Some((text, has_han(&listing.prose[text].text)))
        };
        let (source, target) = (around(self.source, &hunk.source), around(self.target, &hunk.target));
        if let (Some((text, theirs)), Some((_, ours))) = (source, target) {
            return (theirs != ours).then_some((true, text));
        }
        let joined = |listing: &Listing<'_>, range: &Range<usize>| {
            let joint = |at: Option<usize>| {
                at.and_then(|at| listing.tokens.get(at)).is_some_and(|token| JOINTS.contains(&token.text))
            };
            joint(range.start.checked_sub(1)) || joint(Some(range.end)) || joint(Some(range.start))
        };
        let joined = joined(self.source, &hunk.source) && joined(self.target, &hunk.target);
        let line = self.source.lines(&hunk.source).start;
        (joined && self.is_on_translated_lines(hunk, false)).then_some((false, line))
    }

    /// Whether some hunks have the same tokens on both sides, in whatever order.
    fn same_tokens<'h>(&self, hunks: impl Iterator<Item = &'h Hunk> + Clone) -> bool {
        let keys = |listing: &Listing<'_>, range: &dyn Fn(&Hunk) -> Range<usize>| {
            let tokens = hunks.clone().flat_map(range).map(|at| listing.tokens[at]);
            let mut keys: Vec<String> = tokens.filter(|t| t.kind == Kind::Code).map(|t| t.text.to_owned()).collect();
            keys.sort();
            keys
        };
        keys(self.source, &|hunk| hunk.source.clone()) == keys(self.target, &|hunk| hunk.target.clone())
    }
}
