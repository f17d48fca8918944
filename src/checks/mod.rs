//! The checks: each finds one way in which the languages of a book can drift apart.
//!
//! A check is one file of code and one page of documentation beside it, whose examples are its test. To add one,
//! write both in the folder of its group and name it in [`CHECKS`].

mod language;
mod prose;
mod structure;
mod terms;
mod typography;
mod values;

#[cfg(test)]
mod pages;

pub use terms::table::{TermUse, terms};

use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::align::lexicon::Lexicon;
use crate::align::{self, Alignment, ChapterPair, Pair, SegmentPair, Unit};
use crate::diagnostic::{self, Diagnostic, Severity};
use crate::model::{Book, Lang};
use crate::source::{Sources, Span};

/// A check.
pub struct Check {
    /// Its name in reports and in `book.yaml`.
    pub name: &'static str,
    /// What it finds, in one line.
    pub summary: &'static str,
    /// How grave its findings are unless `book.yaml` says otherwise.
    pub default_level: Severity,
    /// Its page: what it does, why it matters, an example, how to fix, limits.
    pub docs: &'static str,
    run: fn(&Context<'_>, &mut Vec<Diagnostic>),
}

/// Every check.
pub const CHECKS: &[Check] = &[
    structure::missing_chapter::CHECK,
    structure::extra_chapter::CHECK,
    structure::missing_block::CHECK,
    structure::extra_block::CHECK,
    structure::heading_level::CHECK,
    values::number::CHECK,
    values::figure_data::CHECK,
    language::untranslated_block::CHECK,
    language::untranslated_sentence::CHECK,
    language::leftover_chinese::CHECK,
    language::leftover_english::CHECK,
    language::wrong_script::CHECK,
    language::truncated::CHECK,
    language::length::CHECK,
    language::negation_lost::CHECK,
    language::polarity::CHECK,
    language::name_spelling::CHECK,
    terms::term_missing::CHECK,
    terms::forbidden_rendering::CHECK,
    terms::term_variants::CHECK,
    typography::half_width_punctuation::CHECK,
    typography::full_width_punctuation::CHECK,
    typography::straight_quotes::CHECK,
    typography::spaces::CHECK,
    typography::ellipsis_and_dash::CHECK,
    typography::unpaired_marks::CHECK,
    typography::cjk_latin_space::CHECK,
    typography::emphasis_markers::CHECK,
];

/// What a check looks at: one translation beside its source.
struct Context<'a> {
    book: &'a Book,
    alignment: &'a Alignment<'a>,
    /// The sentences of each chapter of the alignment, paired; each knows the pair of units that it stands in.
    segments: Vec<Vec<SegmentPair>>,
    /// The text of every unit of both languages.
    prose: BTreeMap<Lang, Vec<prose::Prose<'a>>>,
    sources: &'a Sources,
}

impl<'a> Context<'a> {
    fn of(book: &'a Book, alignment: &'a Alignment<'a>, sources: &'a Sources) -> Self {
        let lexicon = Lexicon::shipped();
        let segments = alignment.chapters.par_iter().map(|chapter| align::segments(&chapter.pairs, lexicon)).collect();
        let prose = prose::of_book(book, [&alignment.source, &alignment.target], sources);
        Self { book, alignment, segments, prose, sources }
    }

    /// Every pair of units with the chapters that it lies in.
    fn pairs(&self) -> impl Iterator<Item = (&ChapterPair<'_>, usize, &Pair<'_>)> {
        self.alignment.chapters.iter().flat_map(|c| c.pairs.iter().enumerate().map(move |(at, pair)| (c, at, pair)))
    }

    /// Every pair of which both sides are there, merged and split units too.
    fn groups(&self) -> impl Iterator<Item = (&[Unit<'_>], &[Unit<'_>])> {
        let both = |pair: &&Pair<'_>| !pair.sources.is_empty() && !pair.targets.is_empty();
        self.pairs().map(|(_, _, pair)| pair).filter(both).map(|pair| (&pair.sources[..], &pair.targets[..]))
    }

    /// Every pair of one unit with one other.
    fn translations(&self) -> impl Iterator<Item = (&Unit<'_>, &Unit<'_>)> {
        self.groups().filter_map(|(sources, targets)| match (sources, targets) {
            ([source], [target]) => Some((source, target)),
            _ => None,
        })
    }

    /// The first words under a span, for a message.
    fn quote(&self, span: Span) -> String {
        let text = self.sources.snippet(span).trim();
        let line = text.lines().find(|line| !line.trim().is_empty()).unwrap_or("");
        let short: String = line.chars().take(24).collect();
        if short.len() < line.len() { format!("{short}…") } else { short }
    }
}

/// Runs every check over every pair of languages, levels of `book.yaml` applied. Findings come sorted.
pub fn run(book: &Book, alignments: &[Alignment<'_>], sources: &Sources) -> Vec<Diagnostic> {
    let mut found = unknown_names(book);
    // A book of one language is checked for what one language shows.
    let lang = book.source_language();
    let alone = Alignment { source: lang.clone(), target: lang.clone(), chapters: Vec::new() };
    let alignments = if alignments.is_empty() { std::slice::from_ref(&alone) } else { alignments };
    for alignment in alignments {
        let context = Context::of(book, alignment, sources);
        for check in CHECKS {
            let Some(level) = book.check_levels.get(check.name).copied().unwrap_or(Some(check.default_level)) else {
                continue;
            };
            let first = found.len();
            (check.run)(&context, &mut found);
            for finding in &mut found[first..] {
                // What a check itself holds to be less grave than its usual findings stays so.
                let usual = finding.severity >= check.default_level;
                finding.severity = if usual { level } else { finding.severity.min(level) };
            }
        }
    }
    diagnostic::sort(&mut found);
    found
}

fn unknown_names(book: &Book) -> Vec<Diagnostic> {
    let names = || CHECKS.iter().map(|check| check.name);
    let unknown = book.check_levels.keys().filter(|name| !names().any(|known| known == name.as_str()));
    unknown
        .map(|name| {
            let finding = Diagnostic::warning(
                "unknown-check",
                format!("book.yaml sets the level of `{name}`, which is no check"),
            );
            match diagnostic::nearest(name, names()) {
                Some(near) => finding.hint(format!("did you mean `{near}`?")),
                None => finding.hint(format!("the checks are {}", names().collect::<Vec<_>>().join(", "))),
            }
        })
        .collect()
}
