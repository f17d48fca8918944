//! Where the pages of an edition begin: all that its e-book needs of them. An e-book that is made alone takes it from the run that set
//! them, as long as all of what they were set from is the same.

use serde::{Deserialize, Serialize};

use crate::inputs::{Digest, Inputs};
#[cfg(feature = "pages")]
use crate::inputs::{Seen, Settings, digest};
#[cfg(feature = "pages")]
use crate::printed::{Printed, TextRun};
#[cfg(feature = "pages")]
use crate::source::{Files, Sources};

/// Where the pages of an edition begin, with what they were set from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(in crate::cli) struct KeptPages {
    /// Of all that they were set from.
    digest: Digest,
    /// What was read in setting them, beside the text of the book.
    further: Inputs,
    /// The number of each page as printed.
    labels: Vec<Option<String>>,
    /// Page (from 1), file, and the byte in it; none for the head of a chapter.
    starts: Vec<(usize, String, Option<usize>)>,
}

#[cfg(feature = "pages")]
impl KeptPages {
    /// What `epub::page_starts` gives, of pages set from a text, from what else was read and as settings say. `None` where it is not known
    /// what that was, or the book has a layout of its own: its front may show what only the pages tell, and the e-book shows its front.
    pub(in crate::cli) fn of(
        starts: &Printed,
        (text, seen, how): (&Inputs, &Inputs, &Settings),
        sources: &Sources,
    ) -> Option<Self> {
        let all = text.clone().and(seen);
        let path = |file| sources.get(file).path().to_owned();
        let heads = starts.heads.iter().map(|(file, page)| (*page, path(*file), None));
        let runs = starts.runs.iter().map(|run| (run.page, path(run.span.file), Some(run.span.start)));
        let is_own = |(path, seen): (&str, Seen)| {
            path.starts_with("layouts/") && !path.ends_with('/') && matches!(seen, Seen::Content(_))
        };
        (all.is_sure() && !all.places().any(is_own)).then(|| Self {
            digest: digest(&all, how),
            further: seen.clone().without(|path| text.get(path).is_some()),
            labels: starts.labels.clone(),
            starts: heads.chain(runs).collect(),
        })
    }

    /// The same again, and what else was read, if nothing of what they were set from has changed.
    pub(in crate::cli) fn starts(
        &self,
        text: &Inputs,
        how: &Settings,
        (files, sources): (&dyn Files, &Sources),
    ) -> Option<(Printed, Inputs)> {
        let further = Inputs::now(self.further.paths(), files);
        if digest(&text.clone().and(&further), how) != self.digest {
            return None;
        }
        let mut starts = Printed { labels: self.labels.clone(), ..Printed::default() };
        for (page, path, byte) in &self.starts {
            let file = sources.find(path)?;
            match byte {
                Some(byte) => starts.runs.push(TextRun::beginning(*page, file, *byte)),
                None => drop(starts.heads.insert(file, *page)),
            }
        }
        Some((starts, further))
    }
}
