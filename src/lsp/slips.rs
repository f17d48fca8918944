//! The change that a “did you mean” asks for.
//!
//! A hint of that form names the nearest word there is; the finding names the word that was written, and where. One rule makes a
//! change of both, wherever they come from: of the data that the message names, the one that the text at the place has and that is
//! nearest to the hint is replaced.

use super::Reading;
use crate::diagnostic::{Diagnostic, Edit};
use crate::message::Message;
use crate::source::Span;

/// The hint, as it is written in the sources.
const HINT: &str = "did you mean `{near}`?";

/// The word that a hint offers, if it offers one.
fn offered(hint: &Message) -> Option<&str> {
    if hint.template() != Some(HINT) {
        return None;
    }
    hint.data_arguments().first().map(|(_, near)| *near)
}

impl Reading {
    /// The change that a finding asks for with “did you mean”.
    pub(super) fn slip(&self, finding: &Diagnostic) -> Option<Edit> {
        let near = finding.hints.iter().find_map(offered)?;
        let span = self.sources.clamp(finding.primary.as_ref()?.span);
        let written = self.sources.snippet(span);
        // A path is named from the project's folder; the text may have the end of it. An id is offered with its `#`.
        let ends = |word: &str| word.rsplit('/').next().unwrap_or_default().to_owned();
        let named = finding.message.data_arguments().into_iter().map(|(_, word)| word);
        let words = named.flat_map(|word| [word.to_owned(), ends(word), word.trim_start_matches('#').to_owned()]);
        let there =
            words.chain([written.to_owned()]).filter(|word| !word.is_empty() && written.contains(word.as_str()));
        let bare = near.trim_start_matches('#');
        let wrong = there.min_by_key(|word| (strsim::osa_distance(word.trim_start_matches('#'), bare), word.len()))?;
        if wrong == near {
            return None;
        }
        let at = written.rfind(wrong.as_str())?;
        let new = if wrong.starts_with('#') || !near.starts_with('#') { near } else { bare };
        let (start, new) = match written[..at].ends_with('#') {
            true => (at, bare),
            false => (at, new),
        };
        let place = Span::new(span.file, span.start + start..span.start + start + wrong.len());
        Some(Edit { span: place, text: new.to_owned() })
    }
}
