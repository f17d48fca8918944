//! Which block of the manuscript a layout fails at, where the failure itself names a line of the layout only.
//!
//! Half of the blocks are left out, then half of those that matter, until single ones remain.

use typst_layout::PagedDocument;

use super::broken::{Broken, place_of};
use super::staging::{Main, world};
use super::{Job, diagnostics};
use crate::diagnostic::{Diagnostic, Label};
use crate::message::Message;
use crate::source::Span;

/// How often an edition is set for it at most.
const TRIALS: usize = 60;

/// Leaves out of an edition the blocks that its layout fails at, and gives them; none when it fails without them too.
pub(super) fn leave_out(job: &Job<'_>, main: &Main<'_>, broken: &mut Broken) -> Vec<Span> {
    let languages = job.book.languages_of(job.edition);
    let chapters = languages.into_iter().flat_map(|lang| job.book.chapters(lang));
    let blocks = chapters.flat_map(|chapter| &chapter.blocks).map(|block| block.span);
    let mut groups: Vec<Vec<Span>> = vec![blocks.filter(|block| !broken.loses(*block)).collect()];
    let mut culprits = Vec::new();
    if fails(job, main, broken, &groups, &culprits) {
        return culprits;
    }
    for _ in 0..TRIALS {
        let Some(mut group) = groups.pop() else { break };
        if !fails(job, main, broken, &groups, &culprits) {
            continue;
        }
        if group.len() == 1 {
            culprits.append(&mut group);
        } else {
            let half = group.split_off(group.len() / 2);
            groups.extend([half, group]);
        }
    }
    for block in &culprits {
        broken.lose(*block);
    }
    culprits
}

/// Whether the layout fails without these blocks.
fn fails(job: &Job<'_>, main: &Main<'_>, broken: &Broken, groups: &[Vec<Span>], culprits: &[Span]) -> bool {
    let mut without = broken.clone();
    for block in groups.iter().flatten().chain(culprits) {
        without.lose(*block);
    }
    let world = world(job, main, &without, &mut Vec::new());
    let errors = typst::compile::<PagedDocument>(&world).output.err();
    let errors = errors.map_or_else(Vec::new, |errors| diagnostics::convert(&world, job, &errors));
    errors.iter().any(|error| place_of(error, job.book).is_none())
}

/// A failure of the layout at the block of the manuscript that makes it fail.
pub(super) fn at_block(failure: &Diagnostic, block: Span, job: &Job<'_>) -> Diagnostic {
    let first = job.sources.snippet(block).lines().next().map_or(0, str::len);
    let mut finding = failure.clone();
    if let Some(Label { span, .. }) = finding.primary.take() {
        finding.labels.insert(0, Label { span, text: msg!("here the layout fails") });
    }
    finding.primary =
        Some(Label { span: Span::new(block.file, block.start..block.start + first), text: Message::empty() });
    finding
}
