use std::collections::BTreeSet;
use std::ops::Range;

use super::listing::{Comparison, Hunk, Judgement, Listing, Syntax, compare};
use super::listing_text::Texts;
use super::listings::Listings;
use super::{added, differs, missing};
use crate::align::Unit;
use crate::checks::{Check, Context, Look};
use crate::diagnostic::{Diagnostic, Severity};
use crate::message::Message;
use crate::model::BlockKind;

pub(in crate::checks) const CHECK: Check = Check {
    name: Check::code("code-block"),
    group: "references",
    summary: msg!("a code block differs in more than comments and strings"),
    default_level: Severity::Error,
    page: page!("code_block"),
    look: Look::Text(run),
};

/// The most places of a code block that are told one by one; one with more is another version.
const PLACES: usize = 3;
/// The longest code that is told word by word, in characters.
const SHORT: usize = 60;

fn run(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let mut texts = Texts::new(context, CHECK.name);
    for (source, target) in context.translations() {
        let (Some(theirs), Some(ours)) = (code(source), code(target)) else { continue };
        let syntax = Syntax::of([theirs.0, ours.0]);
        let (theirs, ours) = (Listing::of(theirs.1, syntax), Listing::of(ours.1, syntax));
        let pair = Listings { context, code: CHECK.name, units: [source, target], theirs: &theirs, ours: &ours };
        let (compared, judged) = compare(&theirs, &ours);
        if pair.report(&compared, &judged, found) <= PLACES {
            texts.look(&pair, &compared, found);
        }
    }
    texts.report(found);
}

impl Listings<'_, '_, '_> {
    /// Reports where the code differs, and gives the number of places.
    fn report(&self, compared: &Comparison, judged: &[Judgement], found: &mut Vec<Diagnostic>) -> usize {
        let changed = compared.hunks.iter().zip(judged).filter(|(_, judged)| **judged == Judgement::Changed);
        let places = self.by_lines(changed.map(|(hunk, _)| hunk.clone()));
        if places.len() <= PLACES {
            found.extend(places.iter().map(|hunk| self.finding(hunk, self.message(hunk))));
        } else {
            found.push(self.finding(&places[0], self.counted(&places)));
        }
        places.len()
    }

    /// Hunks, those on one line as one.
    fn by_lines(&self, hunks: impl Iterator<Item = Hunk>) -> Vec<Hunk> {
        let mut places: Vec<Hunk> = Vec::new();
        for hunk in hunks {
            let same = |last: &Hunk| {
                let lines = |listing: &Listing<'_>, last: &Range<usize>, next: &Range<usize>| {
                    listing.lines(last).end > listing.lines(next).start
                };
                lines(self.theirs, &last.source, &hunk.source) && lines(self.ours, &last.target, &hunk.target)
            };
            match places.last_mut().filter(|last| same(last)) {
                Some(last) => (last.source.end, last.target.end) = (hunk.source.end, hunk.target.end),
                None => places.push(hunk),
            }
        }
        places
    }

    fn message(&self, hunk: &Hunk) -> Message {
        let [source, target] = self.units.map(|unit| unit.lang);
        let (theirs, ours) = (self.theirs.slice(&hunk.source), self.ours.slice(&hunk.target));
        let length = |text: &str| text.chars().count();
        let lines = self.theirs.lines(&hunk.source).len().max(self.ours.lines(&hunk.target).len());
        let at_end = |listing: &Listing<'_>, range: &Range<usize>| {
            let begins = range.start.checked_sub(1).is_none_or(|last| {
                listing.tokens.get(range.start).is_none_or(|first| listing.tokens[last].line < first.line)
            });
            begins && range.end == listing.tokens.len()
        };
        if hunk.target.is_empty() && at_end(self.theirs, &hunk.source) {
            msg!("this code block ends before its source")
        } else if hunk.source.is_empty() && at_end(self.ours, &hunk.target) {
            msg!("this code block goes on after the end of its source")
        } else if length(theirs).max(length(ours)) > SHORT || lines > 1 && !theirs.is_empty() && !ours.is_empty() {
            self.counted(std::slice::from_ref(hunk))
        } else if ours.is_empty() {
            missing(msg!("code"), theirs, target)
        } else if theirs.is_empty() {
            added(msg!("code"), ours, source)
        } else {
            differs(msg!("code"), ours, theirs, source)
        }
    }

    /// How many lines differ.
    fn counted(&self, hunks: &[Hunk]) -> Message {
        let count = |lines: &dyn Fn(&Hunk) -> Range<usize>| hunks.iter().flat_map(lines).collect::<BTreeSet<_>>().len();
        let theirs = count(&|hunk| self.theirs.lines(&hunk.source));
        let ours = count(&|hunk| self.ours.lines(&hunk.target));
        plural!(
            lines = theirs.max(ours),
            "{lines} line of this code block differs from the source",
            "{lines} lines of this code block differ from the source, starting here"
        )
    }

    fn finding(&self, hunk: &Hunk, message: Message) -> Diagnostic {
        let lines = [self.theirs.lines(&hunk.source).start, self.ours.lines(&hunk.target).start];
        self.at(Severity::Error, message, lines)
            .hint(msg!("use the same code in both languages; comments and strings may be translated"))
    }
}

/// The word at the fence and the text of a code block.
fn code<'a>(unit: &Unit<'a>) -> Option<(Option<&'a str>, &'a str)> {
    match unit.block.map(|block| &block.kind) {
        Some(BlockKind::Code { lang, text, .. }) => Some((lang.as_deref(), text)),
        _ => None,
    }
}
