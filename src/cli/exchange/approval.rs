//! Signing off what came back as approved.

use std::collections::{BTreeMap, BTreeSet};

use super::Desk;
use crate::align;
use crate::checks::freshness::{Held, fingerprint_of, judged, sign_off_but};
use crate::error::Error;
use crate::exchange::Brought;
use crate::lsp::Overlay;
use crate::manuscript::write_reviewed;
use crate::message::Message;
use crate::model::{Fingerprint, Lang};
use crate::source::Sources;

/// The record of sign-offs with what came back as approved, as the manuscript then is; `None` where nothing did.
pub(super) fn record(desk: &Desk, target: &Lang, brought: &Brought) -> Result<Option<String>, Error> {
    let Some(project) = desk.project.as_ref().filter(|_| !brought.approved.is_empty()) else { return Ok(None) };
    let mut approved: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for (stem, print) in &brought.approved {
        approved.entry(stem).or_default().insert(print);
    }
    let files = Overlay { files: project, open: &brought.changed };
    let mut sources = Sources::default();
    let Some((book, _)) = crate::layout::load(&files, &mut sources).value else { return Ok(None) };
    let alignment = align::align(&book, book.source_language(), target);
    let mut record = book.reviewed.clone();
    for pair in &alignment.chapters {
        let Some(source) = pair.source else { continue };
        let Some(prints) = approved.get(source.stem.as_str()) else { continue };
        let judged = judged(pair, book.reviewed.chapter(target, &source.stem));
        let held = |at: usize| {
            let units = &pair.pairs[at].sources;
            let is_approved = units.iter().any(|unit| {
                let print = fingerprint_of(unit);
                print.as_ref().map(Fingerprint::as_str).is_some_and(|print| prints.contains(print))
            });
            let stays = || judged[at].1.cloned();
            (!is_approved).then(|| Held { span: units[0].span, why: Message::empty(), record: stays() })
        };
        let signed = sign_off_but(pair, held);
        if signed.records.iter().any(|record| !book.reviewed.chapter(target, &source.stem).contains(record)) {
            record.replace(target, &source.stem, signed.records);
        }
    }
    Ok((record != book.reviewed).then(|| write_reviewed(&record)))
}
