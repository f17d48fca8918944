//! The checks: each finds one way in which the languages of a book can drift apart.
//!
//! A check is one file of code and one page of documentation beside it, whose examples are its test. To add one,
//! write both in the folder of its group and name it in [`CHECKS`].

mod alignment;
pub mod baseline;
mod causes;
mod compare;
mod contained;
mod drafts;
mod epub;
mod fingerprint;
pub mod fix;
pub mod freshness;
mod habits;
mod language;
mod levels;
mod moved;
pub mod print;
mod prose;
mod quotation;
mod references;
mod repeated;
mod tags;
mod terms;
mod typography;
mod values;
mod waivers;

#[cfg(test)]
mod anywhere;
#[cfg(test)]
mod pages;
#[cfg(test)]
mod tests;

use std::cell::OnceCell;
use std::collections::BTreeSet;

use crate::align::{self, Alignment, ChapterPair, Pair, SegmentPair, Unit};
pub use crate::codes::Entry;
use crate::codes::{self, Page};
use crate::diagnostic::{self, Code, Diagnostic, Severity};
use crate::message::Message;
use crate::model::{Book, Lang};
use crate::source::{FileId, Sources, Span, SpanSet};
pub use fingerprint::Fingerprints;
pub use levels::put_on;
pub use terms::table::{TermUse, terms};

/// A check.
pub struct Check {
    /// Its name in reports and in `book.yaml`.
    pub name: Code,
    /// Its group: the folder that it lies in.
    pub group: &'static str,
    /// What it finds, in one line.
    pub summary: Message,
    /// How grave its findings are unless `book.yaml` says otherwise.
    pub default_level: Severity,
    /// Its page: what it does, why it matters, an example, how to fix, limits.
    pub page: Page,
    look: Look,
}

/// What a check looks at, and what looks.
enum Look {
    /// One translation beside its source.
    Text(fn(&Context<'_>, &mut Vec<Diagnostic>)),
    /// The pages of a finished PDF: [`print::preflight`] runs these.
    Pages(fn(&print::Sheet<'_>, &mut Vec<print::Flaw>)),
    /// What the other checks found, which the waivers know: [`waivers::apply`] gives its findings.
    Waivers,
}

impl Check {
    const fn code(name: &'static str) -> Code {
        Code::registered(name)
    }

    /// What is known of its code.
    pub fn entry(&self) -> Entry {
        Entry {
            code: self.name,
            group: self.group,
            summary: self.summary.clone(),
            severity: self.default_level,
            page: self.page,
        }
    }
}

/// Every check.
pub const CHECKS: &[Check] = &[
    alignment::missing_chapter::CHECK,
    alignment::extra_chapter::CHECK,
    alignment::missing_block::CHECK,
    alignment::extra_block::CHECK,
    alignment::duplicated_block::CHECK,
    alignment::moved_block::CHECK,
    alignment::merged_blocks::CHECK,
    alignment::split_block::CHECK,
    alignment::truncated_block::CHECK,
    alignment::missing_sentence::CHECK,
    alignment::extra_sentence::CHECK,
    alignment::heading_level::CHECK,
    alignment::list_shape::CHECK,
    alignment::table_shape::CHECK,
    values::number::CHECK,
    values::magnitude::CHECK,
    values::percentage::CHECK,
    values::unit::CHECK,
    values::currency::CHECK,
    values::date::CHECK,
    values::year::CHECK,
    values::range::CHECK,
    values::version::CHECK,
    values::figure_data::CHECK,
    waivers::unknown_waiver::CHECK,
    waivers::unexplained_waiver::CHECK,
    waivers::unused_waiver::CHECK,
    freshness::stale::CHECK,
    freshness::changed_translation::CHECK,
    freshness::unreviewed_change::CHECK,
    freshness::review_comment::CHECK,
    references::citation::CHECK,
    references::footnote::CHECK,
    references::index_entry::CHECK,
    references::link_target::CHECK,
    references::cross_reference::CHECK,
    references::image::CHECK,
    references::code_span::CHECK,
    references::code_block::CHECK,
    references::formula::CHECK,
    references::placeholder::CHECK,
    references::emphasis_lost::CHECK,
    references::settings_differ::CHECK,
    language::untranslated_block::CHECK,
    language::untranslated_sentence::CHECK,
    language::leftover_chinese::CHECK,
    language::leftover_english::CHECK,
    language::wrong_script::CHECK,
    language::length::CHECK,
    language::missing_item::CHECK,
    language::item_order::CHECK,
    language::negation_lost::CHECK,
    language::polarity::CHECK,
    language::name_spelling::CHECK,
    language::latin_name::CHECK,
    language::people_differ::CHECK,
    terms::term_missing::CHECK,
    terms::regional_word::CHECK,
    terms::forbidden_rendering::CHECK,
    terms::term_variants::CHECK,
    typography::half_width_punctuation::CHECK,
    typography::full_width_punctuation::CHECK,
    typography::full_width_letters::CHECK,
    typography::straight_quotes::CHECK,
    typography::spaces::CHECK,
    typography::ellipsis_and_dash::CHECK,
    typography::unpaired_marks::CHECK,
    typography::cjk_latin_space::CHECK,
    typography::full_width_indent::CHECK,
    epub::isbn::CHECK,
    epub::decorative_figure::CHECK,
    epub::table_header::CHECK,
    epub::table_caption::CHECK,
    epub::wide_table::CHECK,
    epub::long_note::CHECK,
    print::page_boxes::CHECK,
    print::page_count::CHECK,
    print::missing_bleed::CHECK,
    print::font_embedding::CHECK,
    print::type3_font::CHECK,
    print::unmapped_text::CHECK,
    print::image_resolution::CHECK,
    print::colour_space::CHECK,
    print::rich_black::CHECK,
    print::safe_area::CHECK,
    print::hairline::CHECK,
    print::pdf_tags::CHECK,
    print::pdf_navigation::CHECK,
    print::encryption::CHECK,
    print::active_content::CHECK,
    print::widow_orphan::CHECK,
    print::short_page::CHECK,
    print::runt::CHECK,
    print::river::CHECK,
    print::fractional_measure::CHECK,
    print::stranded_heading::CHECK,
    print::displaced_note::CHECK,
];

/// The check of a name.
pub fn named(name: &str) -> Option<&'static Check> {
    CHECKS.iter().find(|check| check.name == name)
}

/// What is known of every code, the checks first.
pub fn entries() -> impl Iterator<Item = Entry> {
    CHECKS.iter().map(Check::entry).chain(codes::ALL.iter().cloned())
}

/// What is known of the code of a name.
pub fn entry(name: &str) -> Option<Entry> {
    entries().find(|entry| entry.code == name)
}

/// What the checks found.
#[derive(Debug, Clone, Default)]
pub struct Checked {
    /// Findings that are not waived, sorted.
    pub open: Vec<Diagnostic>,
    /// Findings that a comment in the manuscript waives, sorted.
    pub waived: Vec<Waived>,
}

/// A finding that a comment in the manuscript waives.
#[derive(Debug, Clone)]
pub struct Waived {
    /// The finding.
    pub finding: Diagnostic,
    /// Why it is accepted; empty where the comment does not say.
    pub reason: String,
}

/// What a check looks at: one translation beside its source.
struct Context<'a> {
    book: &'a Book,
    alignment: &'a Alignment<'a>,
    /// The sentences of each chapter of the alignment, paired; each knows the pair of units that it stands in.
    segments: Vec<&'a [SegmentPair]>,
    /// The text of every unit of both languages.
    prose: prose::Texts<'a>,
    sources: &'a Sources,
    /// The state of each chapter's pairs by the record of sign-offs.
    freshness: Vec<Vec<freshness::ReviewState<'a>>>,
    /// How the terms of the termbase are rendered.
    usage: terms::usage::Usage<'a>,
    /// How the paragraphs of each chapter end in both languages.
    endings: Vec<alignment::truncated_block::Groups<'a>>,
    /// Sentences and ends of blocks that are reported as lost or added.
    missing: SpanSet,
    /// The heads of the columns of tables, once they are asked for.
    column_heads: OnceCell<BTreeSet<Span>>,
    /// What links and references lead to.
    places: references::Places<'a>,
    /// Values that differ.
    drifts: Vec<values::drift::Drift>,
}

impl<'a> Context<'a> {
    fn of(book: &'a Book, alignment: &'a Alignment<'a>, sources: &'a Sources) -> Self {
        let segments: Vec<&[SegmentPair]> = alignment.chapters.iter().map(|chapter| &chapter.segments[..]).collect();
        let usage = terms::usage::Usage::of(&book.glossary, alignment, &segments, sources);
        let freshness = freshness::stale::judged(book, alignment);
        let prose = prose::Texts::of(book, [&alignment.source, &alignment.target], sources);
        let mut context = Self {
            book,
            alignment,
            segments,
            prose,
            sources,
            freshness,
            usage,
            endings: Vec::new(),
            missing: SpanSet::default(),
            column_heads: OnceCell::new(),
            places: references::Places::of(book, alignment),
            drifts: Vec::new(),
        };
        context.endings = alignment::truncated_block::endings(&context);
        context.missing = alignment::missing(&context).into_iter().collect();
        context.drifts = values::drift::drifts(&context);
        context
    }

    /// Every pair of units with the chapters that it lies in.
    fn pairs(&self) -> impl Iterator<Item = (&ChapterPair<'_>, usize, &Pair<'_>)> {
        self.alignment.chapters.iter().flat_map(|c| c.pairs.iter().enumerate().map(move |(at, pair)| (c, at, pair)))
    }

    /// Every pair with both sides, merged and split units included.
    fn groups(&self) -> impl Iterator<Item = (&[Unit<'_>], &[Unit<'_>])> {
        let both = |(chapter, at, pair): &(&ChapterPair<'_>, usize, &Pair<'_>)| {
            !pair.sources.is_empty() && !pair.targets.is_empty() && !moved::moved_far(chapter, *at)
        };
        self.pairs().filter(both).map(|(_, _, pair)| (&pair.sources[..], &pair.targets[..]))
    }

    /// Every pair of one unit with one other.
    fn translations(&self) -> impl Iterator<Item = (&Unit<'_>, &Unit<'_>)> {
        self.groups().filter_map(|(sources, targets)| match (sources, targets) {
            ([source], [target]) => Some((source, target)),
            _ => None,
        })
    }

    /// The name of a chapter's file.
    fn stem(&self, file: FileId) -> String {
        let chapters = self.alignment.chapters.iter().flat_map(|pair| [pair.source, pair.target]).flatten();
        chapters
            .filter(|chapter| chapter.file == file)
            .map(|chapter| chapter.stem.to_string())
            .next()
            .unwrap_or_default()
    }

    /// Whether a place lies in text that is reported as missing or extra as a whole, so that nothing in it is reported
    /// again.
    fn is_excused(&self, span: Span) -> bool {
        self.missing.encloses(span)
    }

    /// The first words under a span, for a message.
    fn quote(&self, span: Span) -> String {
        let text = self.sources.snippet(span).trim();
        let line = text.lines().find(|line| !line.trim().is_empty()).unwrap_or("");
        let short: String = line.chars().take(24).collect();
        if short.len() < line.len() { format!("{short}…") } else { short }
    }
}

/// Checks every translation of a book against its source language.
pub fn check(book: &Book, sources: &Sources) -> Checked {
    run(book, &align::align_book(book), sources)
}

/// The chapters that one of some languages of a book lacks, as a build tells them: in warnings, for it makes the rest.
pub fn lacking(book: &Book, sources: &Sources, shown: impl Fn(&Lang) -> bool) -> Vec<Diagnostic> {
    use alignment::{extra_chapter, missing_chapter};
    let (source, targets) = book.languages.split_first().expect("a book has a language");
    let mut found = Vec::new();
    for target in targets {
        for couple in align::chapters(book, source, target) {
            let (check, finding) = match couple {
                (Some(chapter), None) if shown(target) => {
                    (&missing_chapter::CHECK, missing_chapter::finding(book, target, chapter, sources))
                }
                (None, Some(chapter)) if shown(source) => {
                    (&extra_chapter::CHECK, extra_chapter::finding(book, source, chapter, sources))
                }
                _ => continue,
            };
            let Some(severity) = levels::of(check, book).map(|level| level.min(Severity::Warning)) else { continue };
            let wanted = finding.filter(|finding| !book.waives(finding));
            found.extend(wanted.map(|finding| Diagnostic { severity, ..finding }));
        }
    }
    found
}

/// Runs every check on every pair of languages, or on a book of one language, and applies the levels of `book.yaml` and
/// the waivers of the chapters.
pub fn run(book: &Book, alignments: &[Alignment<'_>], sources: &Sources) -> Checked {
    let alone = [alone(book.source_language())];
    let alignments = if alignments.is_empty() { &alone } else { alignments };
    settle(book, look(book, alignments, sources), waivers::Known::All)
}

/// Checks the text of some of the languages of a book, as if it had no others. One alone is compared with nothing.
pub fn check_languages(book: &Book, langs: &BTreeSet<Lang>, sources: &Sources) -> Checked {
    let mut alignments = align::align_book(book);
    alignments.retain(|alignment| langs.contains(&alignment.source) && langs.contains(&alignment.target));
    if alignments.is_empty() {
        alignments.extend(langs.iter().map(alone));
    }
    settle(book, look(book, &alignments, sources), waivers::Known::Part)
}

/// A text is its own translation, without chapters to compare.
fn alone<'a>(lang: &Lang) -> Alignment<'a> {
    Alignment { source: lang.clone(), target: lang.clone(), chapters: Vec::new() }
}

/// What the checks find, at the levels of `book.yaml`.
fn look(book: &Book, alignments: &[Alignment<'_>], sources: &Sources) -> Vec<Diagnostic> {
    let mut found = levels::unknown(book);
    for alignment in alignments {
        contained::look(CHECKS, book, alignment, sources, &mut found);
    }
    drafts::leave_alone(book, alignments, &mut found);
    found
}

/// Takes out what is waived, and joins what has one cause.
fn settle(book: &Book, mut found: Vec<Diagnostic>, known: waivers::Known) -> Checked {
    diagnostic::sort(&mut found);
    let waived = waivers::apply(book, &mut found, known);
    // After the waivers: what is waived explains nothing that is open.
    causes::merge(&mut found);
    repeated::tell_once(&mut found);
    diagnostic::sort(&mut found);
    Checked { open: found, waived }
}
