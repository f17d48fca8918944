//! Whose it is what a figure shows.

use super::{Figure, Inline, text};
use crate::lang::ExportWords;

impl Figure {
    /// Whose it is what is shown: credit, source and licence, as far as they are given.
    pub fn rights(&self) -> impl Iterator<Item = &[Inline]> {
        [&self.credit[..], &self.source, &self.licence].into_iter().filter(|run| !run.is_empty())
    }

    /// The line that says so in a language: each of them after the text that stands before it.
    pub fn credit_line(&self, words: &ExportWords) -> Vec<(String, &[Inline])> {
        let mut line: Vec<(String, &[Inline])> = Vec::new();
        for (word, run) in [("", &self.credit), (words.source, &self.source), ("", &self.licence)] {
            if run.is_empty() {
                continue;
            }
            let gap = match line.last() {
                None => "",
                // A sentence that has its own end gets no other.
                Some((_, last)) if text::plain(last).trim_end().ends_with(['.', '。', '!', '！']) => {
                    words.separator.trim_start_matches(['.', '；'])
                }
                Some(_) => words.separator,
            };
            line.push((format!("{gap}{word}"), run));
        }
        line
    }
}
