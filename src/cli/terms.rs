//! `dama-pub terms`.

use super::args::{Answer, Terms};
use super::terminal::Terminal;
use super::{Outcome, pair, termbase};
use crate::align::{self, Alignment};
use crate::checks;
use crate::error::Error;
use crate::model::Book;
use crate::project::Project;
use crate::report::terms;
use crate::source::Sources;

pub(super) fn run(args: &Terms, terminal: &Terminal) -> Result<Outcome, Error> {
    if let Some(file) = &args.import {
        return termbase::import(args, file, terminal);
    }
    let mut sources = Sources::default();
    let mut found = Vec::new();
    let book = load(args, &mut sources, &mut found)?;
    terminal.findings(&found, &sources);
    let Some(book) = book else { return Ok(Outcome::Findings) };
    if book.glossary.terms.is_empty() {
        return Err(Error::Usage(msg!("there is no termbase; list the terms in manuscript/glossary.yaml")));
    }
    if let Some(form) = args.export {
        return termbase::export(&book, form, args.out.as_deref(), terminal);
    }
    if book.languages.len() < 2 {
        return Err(Error::Usage(msg!("the book has one language; there is no translation to look at")));
    }
    let alignments = align::align_book(&book);
    let of = |alignment: &Alignment<'_>| terms::Terms {
        source: alignment.source.to_string(),
        target: alignment.target.to_string(),
        terms: checks::terms(&book, alignment, &sources),
    };
    let translations: Vec<terms::Terms> = alignments.iter().map(of).collect();
    terminal.print(&match args.format {
        Answer::Table => terms::table(&translations, terminal.locale()),
        Answer::Json => terms::json(&translations),
        Answer::Tsv => terms::tsv(&translations),
    })?;
    Ok(Outcome::Clean)
}

fn load(
    args: &Terms,
    sources: &mut Sources,
    found: &mut Vec<crate::diagnostic::Diagnostic>,
) -> Result<Option<Book>, Error> {
    if let [source, target] = args.pair.as_slice() {
        return Ok(Some(pair::load([source, target], &args.languages, args.glossary.as_deref(), sources)?.value));
    }
    let project = Project::find(&args.dir)?;
    Ok(crate::layout::load(&project, sources).take(found).map(|(book, _)| book))
}
