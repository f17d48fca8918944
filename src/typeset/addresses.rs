//! Where links of the pages lead, whoever wrote them.

use std::collections::BTreeSet;

use typst::layout::{Frame, FrameItem};
use typst::model::Destination;
use typst_layout::PagedDocument;

use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::manuscript::typed;
use crate::message::{List, Message};
use crate::model::risky_scheme;

/// Most addresses that are named.
const NAMED: usize = 3;

/// Refuses links that could run a program or open a file of the reader's. Those of the manuscript and of the references are
/// refused where they stand, so that what is left is the layout's.
pub(super) fn risky(document: &PagedDocument) -> Option<Diagnostic> {
    let mut found = BTreeSet::new();
    document.pages().iter().for_each(|page| look(&page.frame, &mut found));
    let addresses = Message::list(List::Items, found.iter().take(NAMED).map(|address| typed(address)));
    let message = msg!("the layout links to what could run a program or open a file: {addresses}", addresses);
    let hint = msg!("link to an https, http or mailto address in the layout");
    (!found.is_empty()).then(|| Diagnostic::error(codes::TYPESET, message).hint(hint))
}

fn look(frame: &Frame, found: &mut BTreeSet<String>) {
    for (_, item) in frame.items() {
        match item {
            FrameItem::Group(group) => look(&group.frame, found),
            FrameItem::Link(Destination::Url(url), _) if risky_scheme(url.as_str()).is_some() => {
                found.insert(url.as_str().chars().take(100).collect());
            }
            _ => {}
        }
    }
}
