use super::super::{Check, Context, Look};
use super::{fingerprint_of, stale};
use crate::align::{ChapterPair, Unit, units_of};
use crate::diagnostic::{Diagnostic, Severity};
use crate::message::Message;
use crate::model::{Comment, Fingerprint, Lang};
use crate::source::Span;

pub(in crate::checks) const CHECK: Check = Check {
    name: Check::code("review-comment"),
    group: "freshness",
    summary: msg!("a reviewer's comment is open"),
    default_level: Severity::Warning,
    page: page!("review_comment"),
    look: Look::Text(run),
};

fn run(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let target = &context.alignment.target;
    let of_none = |lang: &Lang| !context.book.languages.contains(lang) && context.book.languages.get(1) == Some(target);
    let chapters = context.book.comments.chapters();
    for (lang, stem, comments) in chapters.filter(|(lang, ..)| *lang == target || of_none(lang)) {
        let known = |pair: &&ChapterPair<'_>| {
            *lang == *target && pair.source.or(pair.target).is_some_and(|chapter| chapter.stem == stem)
        };
        let blocks = context.alignment.chapters.iter().find(known).map_or_else(Vec::new, blocks);
        for comment in comments {
            found.extend(match block_of(comment, &blocks) {
                Some(block) => Some(open(comment, block, stem)),
                None => comment.place.map(|place| astray(comment, place)),
            });
        }
    }
}

/// What a comment may be on: a pair, or a block without a counterpart.
struct Block {
    /// The place of its pair in the chapter; `None` where the chapter has none.
    pair: Option<usize>,
    prints: [Vec<Fingerprint>; 2],
    spans: [Option<Span>; 2],
}

impl Block {
    fn of(pair: Option<usize>, sides: [&[Unit<'_>]; 2]) -> Self {
        Self {
            pair,
            prints: sides.map(|units| units.iter().filter_map(fingerprint_of).collect()),
            spans: sides.map(|units| units.iter().map(|unit| unit.span).reduce(Span::to)),
        }
    }

    /// How well a comment fits: what it says of either side is what stands there.
    fn fits(&self, comment: &Comment) -> usize {
        let kept = [&comment.sources, &comment.targets];
        let shares = |side: usize| self.prints[side].iter().any(|print| kept[side].contains(print));
        let same = |side: usize| !kept[side].is_empty() && self.prints[side] == *kept[side];
        4 * usize::from(shares(0)) + 2 * usize::from(shares(1)) + usize::from(same(0)) + usize::from(same(1))
    }
}

/// Everything of a chapter that a comment may be on, in reading order.
fn blocks(chapter: &ChapterPair<'_>) -> Vec<Block> {
    let mut found = Vec::new();
    match (chapter.source, chapter.target) {
        (Some(_), Some(_)) => {
            for (at, pair) in chapter.pairs.iter().enumerate() {
                found.push(Block::of(Some(at), [&pair.sources, &pair.targets]));
                if pair.is_whole() {
                    let side = usize::from(pair.sources.is_empty());
                    let inner = pair.sources.iter().chain(&pair.targets).flat_map(|unit| &unit.children);
                    inner.for_each(|unit| deep(unit, Some(at), side, &mut found));
                }
            }
        }
        (source, target) => {
            let units = source.or(target).map_or_else(Vec::new, units_of);
            units.iter().for_each(|unit| deep(unit, None, usize::from(source.is_none()), &mut found));
        }
    }
    found
}

/// A unit without a counterpart, and those inside it.
fn deep(unit: &Unit<'_>, pair: Option<usize>, side: usize, found: &mut Vec<Block>) {
    let own = std::slice::from_ref(unit);
    found.push(Block::of(pair, if side == 0 { [own, &[]] } else { [&[], own] }));
    unit.children.iter().for_each(|child| deep(child, pair, side, found));
}

/// The block that a comment is on: the first of those that fit best.
fn block_of<'b>(comment: &Comment, blocks: &'b [Block]) -> Option<&'b Block> {
    let fitting = blocks.iter().map(|block| (block.fits(comment), block)).filter(|(fits, _)| *fits > 0);
    fitting.reduce(|best, next| if next.0 > best.0 { next } else { best }).map(|(_, block)| block)
}

/// The pair that each comment on a chapter is on, by its place; `None` where it is on none.
pub fn commented(chapter: &ChapterPair<'_>, comments: &[Comment]) -> Vec<Option<usize>> {
    if comments.is_empty() {
        return Vec::new();
    }
    let blocks = blocks(chapter);
    comments.iter().map(|comment| block_of(comment, &blocks).and_then(|block| block.pair)).collect()
}

fn open(comment: &Comment, block: &Block, stem: &str) -> Diagnostic {
    let [source, target] = block.spans;
    let place = target.or(source).expect("a block has a place");
    let finding = Diagnostic::new(Severity::Warning, CHECK.name, said(comment)).at(place);
    let finding = match source.filter(|_| target.is_some()) {
        Some(source) => finding.label(source, Message::empty()),
        None => finding,
    };
    finding.hint(msg!(
        "see to it, then run `dama-pub accept {chapter}`, or remove its line from manuscript/comments.yaml",
        chapter = stem
    ))
}

/// A comment on what no longer stands in the book.
fn astray(comment: &Comment, place: Span) -> Diagnostic {
    let about = stale::shortened(&comment.about);
    let message = msg!("{comment} (on “{about}”, which has changed or gone)", comment = said(comment), about);
    Diagnostic::new(Severity::Warning, CHECK.name, message)
        .at(place)
        .hint(msg!("remove the line when it is dealt with"))
}

fn said(comment: &Comment) -> Message {
    let text = comment.text.split_whitespace().collect::<Vec<_>>().join(" ");
    match &comment.by {
        Some(name) => msg!("{name} says: {text}", name, text),
        None => msg!("a reviewer says: {text}", text),
    }
}
