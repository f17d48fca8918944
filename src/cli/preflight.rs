//! `dama-pub check --pdf`: what was written, looked over.

#[cfg(feature = "pages")]
pub(super) mod made;

use std::path::Path;

use super::args::{Check, Form};
use super::selection::Selection;
use super::terminal::Terminal;
use super::{Outcome, fails, form};
use crate::checks::print::{self, Flaw, Origin};
use crate::diagnostic::{self, Diagnostic};
use crate::error::Error;
use crate::inspect;
use crate::model::{Book, Profile};
use crate::project::read_pdf;
use crate::report::preflight::{self, Looked};
use crate::report::{Report, Tally};
use crate::source::Sources;

pub(super) fn run(args: &Check, files: &[std::path::PathBuf], terminal: &Terminal) -> Result<Outcome, Error> {
    let mut run = PreflightRun {
        sources: Sources::default(),
        book: None,
        prefix: String::new(),
        looked: Vec::new(),
        found: Vec::new(),
    };
    let codes = Selection::new(&args.select, &args.ignore)?;
    let profile = args.profile.map(Into::into);
    match files {
        [] => run.book(args, profile)?,
        files => {
            for file in files {
                let name = file.to_string_lossy().into_owned();
                let looked = look(name, &stem(file), &read_pdf(file)?, profile, None);
                run.looked.push(looked);
            }
        }
    }
    run.leave_out(&codes);
    run.tell(args, terminal)
}

fn stem(file: &Path) -> String {
    file.file_stem().unwrap_or_default().to_string_lossy().into_owned()
}

/// Looks over a PDF.
pub(super) fn look(
    name: String,
    stem: &str,
    bytes: &[u8],
    profile: Option<Profile>,
    origin: Option<Origin<'_>>,
) -> Looked {
    match inspect::inspect(bytes) {
        Ok(facts) => {
            let profile = profile.unwrap_or_else(|| print::profile_of(stem, &facts));
            let flaws = print::preflight(&facts, profile, origin);
            Looked { name, profile, facts: Some(facts), flaws }
        }
        Err(why) => {
            let finding = print::unreadable(&name, why);
            let flaw = Flaw::new(finding, Vec::new());
            Looked { name, profile: profile.unwrap_or(Profile::Screen), facts: None, flaws: vec![flaw] }
        }
    }
}

struct PreflightRun {
    sources: Sources,
    book: Option<Book>,
    prefix: String,
    looked: Vec<Looked>,
    /// What keeps the book from being set.
    found: Vec<Diagnostic>,
}

impl PreflightRun {
    #[cfg(not(feature = "pages"))]
    fn book(&mut self, _: &Check, _: Option<Profile>) -> Result<(), Error> {
        Err(Error::NoPages)
    }

    /// Leaves out what was not asked for. What keeps a book from being set is always told.
    fn leave_out(&mut self, codes: &Selection) {
        let set = !self.looked.is_empty();
        self.found.retain(|finding| !set || codes.takes(finding.check));
        for file in &mut self.looked {
            file.flaws.retain(|flaw| codes.takes(flaw.finding.check));
        }
    }

    fn tell(mut self, args: &Check, terminal: &Terminal) -> Result<Outcome, Error> {
        let mut open: Vec<Diagnostic> = self.found.clone();
        open.extend(self.looked.iter().flat_map(|file| &file.flaws).map(|flaw| flaw.finding.clone()));
        // What cannot be set has no pages to be found on.
        let first = Looked { name: String::new(), profile: Profile::Screen, facts: None, flaws: Vec::new() };
        match args.format {
            Form::Json | Form::Jsonl => {
                if !self.found.is_empty() {
                    let flaws = self.found.drain(..).map(|finding| Flaw::new(finding, Vec::new()));
                    self.looked.insert(0, Looked { flaws: flaws.collect(), ..first });
                }
                terminal.print(&preflight::json(&self.looked, &self.sources, terminal.machine_locale()))?;
            }
            Form::Human => {
                diagnostic::sort(&mut self.found);
                terminal.preflight(&self.found, None, &self.sources, args.limit)?;
                for file in &self.looked {
                    let findings: Vec<Diagnostic> = file.flaws.iter().map(|flaw| flaw.finding.clone()).collect();
                    terminal.preflight(&findings, Some(file), &self.sources, args.limit)?;
                }
            }
            form => {
                diagnostic::sort(&mut open);
                let (book, sources, prefix) = (self.book.as_ref(), &self.sources, self.prefix.as_str());
                let locale = terminal.locale_of(form);
                let report = Report { open: &open, waived: &[], held: None, book, sources, prefix, locale };
                if let Some(text) = form::written(form, &report) {
                    terminal.print_form(form, &text)?;
                }
            }
        }
        let failed = self.looked.is_empty() || fails(&open, args.fail_on);
        if args.format == Form::Human {
            let count = self.looked.len();
            let summary = msg!(
                "{findings} in {files}",
                findings = Tally::of(&open).message(),
                files = plural!(files = count, "{files} file", "{files} files")
            );
            terminal.verdict(failed, msg!("preflight"), summary);
        }
        Ok(if failed { Outcome::Findings } else { Outcome::Clean })
    }
}
