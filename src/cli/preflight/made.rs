//! PDFs that this run makes, looked over with what is known of their pages.

use super::{PreflightRun, look};
use crate::checks::print::Origin;
use crate::cli::args::Check;
use crate::cli::date::build_date;
use crate::cli::editions::Plan;
use crate::cli::here;
use crate::cli::named::Named;
use crate::diagnostic::{Diagnostic, Severity};
use crate::error::Error;
use crate::model::Profile;
use crate::typeset::{self, Job, Set};
use crate::{align, layout, pdf};

/// Looks over a PDF that was just made, and gives what a build has to tell of it.
pub(in crate::cli) fn of_made(job: Job<'_>, set: &Set, bytes: &[u8], profile: Profile) -> Vec<Diagnostic> {
    let origin = Origin { book: job.book, edition: job.edition, printed: &set.printed };
    let name = format!("{}{}.pdf", job.book.artifact_stem(job.edition), profile.suffix());
    let looked = look(name, "", bytes, Some(profile), Some(origin));
    // Notes are for whoever asks for them.
    looked.flaws.into_iter().map(|flaw| flaw.finding).filter(|finding| finding.severity > Severity::Info).collect()
}

impl PreflightRun {
    /// Sets every edition of a book and looks over its PDF: so findings are known by their lines in the manuscript.
    pub(super) fn book(&mut self, args: &Check, profile: Option<Profile>) -> Result<(), Error> {
        let named = Named::find(&args.paths)?;
        let project = named.project.clone();
        self.prefix = here::prefix(project.root());
        let loaded = layout::load(&project, &mut self.sources).take(&mut self.found);
        let Some((book, layouts)) = loaded else { return Ok(()) };
        let editions = Plan::of(&args.edition, &book, &self.sources, &mut self.found)?.ready;
        if editions.is_empty() {
            return Ok(());
        }
        let date = build_date(&book)?;
        let files = named.files(&book, &self.sources)?;
        let alignments = &align::align_for(&editions, &book);
        for edition in &editions {
            let layout = &layouts[edition];
            let job = Job { book: &book, edition, layout, files: &project, sources: &self.sources, date, alignments };
            let Some(set) = typeset::set(job).take(&mut self.found) else { continue };
            let wanted = profile.map_or_else(|| book.pdf.profiles.clone(), |profile| vec![profile]);
            for profile in wanted {
                let Some(bytes) = pdf::export(job, &set, profile).take(&mut self.found) else { continue };
                let origin = Origin { book: &book, edition, printed: &set.printed };
                let name = format!("{}{}.pdf", book.artifact_stem(edition), profile.suffix());
                let mut looked = look(name, "", &bytes, Some(profile), Some(origin));
                looked.flaws.retain(|flaw| files.as_ref().is_none_or(|files| files.hold(&flaw.finding)));
                self.looked.push(looked);
            }
        }
        self.book = Some(book);
        Ok(())
    }
}
