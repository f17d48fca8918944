//! `dama-pub export`.

use std::path::{Path, PathBuf};

use super::form::{self, Form};
use super::{Desk, Wanted};
use crate::align::Alignment;
use crate::cli::Outcome;
use crate::cli::args::exchange::Export;
use crate::cli::terminal::Terminal;
use crate::diagnostic::Diagnostic;
use crate::error::Error;
use crate::exchange::{Gathering, Package, State};
use crate::message::{List, Message};

pub(in crate::cli) fn run(args: &Export, terminal: &Terminal) -> Result<Outcome, Error> {
    let wanted =
        Wanted { paths: &args.paths, pair: &args.pair, languages: &args.languages, glossary: args.glossary.as_deref() };
    let desk = match Desk::open(&wanted)? {
        Ok(desk) => desk,
        Err((found, sources)) => {
            terminal.findings(&found, &sources);
            terminal.failed(msg!("exported"), msg!("nothing: the book has errors"));
            return Ok(Outcome::Findings);
        }
    };
    let target = desk.target(args.to.as_deref())?;
    let forms = form::chosen(&args.forms);
    let places = places(args, &desk, &forms, target.tag())?;
    let (alignment, findings) = (desk.alignment(&target), desk.findings());
    let mut outcome = Outcome::Clean;
    for markdown in [false, true] {
        let forms: Vec<(&Form, &PathBuf)> =
            forms.iter().zip(&places).filter(|(form, _)| form.is_markdown() == markdown).collect();
        if forms.is_empty() {
            continue;
        }
        let mut package = package(&desk, args, (&alignment, &findings), markdown, terminal);
        if package.files.is_empty() {
            return Err(Error::Usage(msg!("there is nothing to export: no chapter has text of the source")));
        }
        if !fill(&mut package, args, terminal)? {
            outcome = Outcome::Findings;
        }
        for (form, place) in forms {
            terminal.deliver(place, &form::write(*form, &package, args, terminal.locale()))?;
            terminal.done(msg!("exported"), summary(&package, place));
        }
    }
    Ok(outcome)
}

/// Fills what is not translated yet, as it was asked for. Gives whether all went well.
fn fill(package: &mut Package, args: &Export, terminal: &Terminal) -> Result<bool, Error> {
    let mut well = true;
    if let Some(file) = &args.memory {
        match super::memory::read(file, &package.langs)? {
            Ok(memory) => memory.fill(package),
            Err(why) => {
                terminal.failed(msg!("memory"), msg!("{file}: {why}", file = file.as_path(), why));
                well = false;
            }
        }
    }
    if let Some(command) = &args.pretranslate
        && let Some(why) = super::engine::translate(command, package)?
    {
        terminal.failed(msg!("pretranslated"), why);
        well = false;
    }
    Ok(well)
}

/// The chapters that are wanted, as units, with what was found in them.
fn package(
    desk: &Desk,
    args: &Export,
    (alignment, findings): (&Alignment<'_>, &[Diagnostic]),
    markdown: bool,
    terminal: &Terminal,
) -> Package {
    let wanted: std::collections::BTreeSet<&str> = alignment
        .chapters
        .iter()
        .filter(|pair| pair.source.into_iter().chain(pair.target).any(|chapter| desk.wants(chapter)))
        .filter_map(|pair| Some(pair.source?.stem.as_str()))
        .collect();
    let gathering = Gathering {
        book: &desk.book,
        sources: &desk.sources,
        findings,
        wants: &|stem| wanted.contains(stem),
        say: &|message| terminal.locale().say(message),
        markdown,
    };
    let mut package = gathering.package(alignment);
    if args.open {
        package.files.iter_mut().for_each(|file| file.units.retain(|unit| unit.state != State::Signed));
    }
    package.files.retain(|file| !file.units.is_empty());
    package
}

/// Where each form is written.
fn places(args: &Export, desk: &Desk, forms: &[Form], target: &str) -> Result<Vec<PathBuf>, Error> {
    let slug = match (&desk.project, args.pair.first()) {
        (None, Some(source)) => source.file_stem().map_or("pair".into(), |stem| stem.to_string_lossy().into_owned()),
        _ => desk.book.meta.slug.clone(),
    };
    let named = |form: &Form| format!("{slug}-{target}.{}", form.extension());
    let folder = match (&args.out, &desk.project) {
        (Some(out), _) if is_file(out, forms) => {
            return match forms {
                [_] => Ok(vec![out.clone()]),
                _ => Err(Error::Usage(msg!(
                    "{out} is one file, and several forms were asked for; give a folder",
                    out = out.as_path()
                ))),
            };
        }
        (Some(out), _) => out.clone(),
        (None, Some(project)) => project.root().join("out"),
        (None, None) => PathBuf::from("out"),
    };
    Ok(forms.iter().map(|form| folder.join(named(form))).collect())
}

/// Whether a path names a file rather than a folder: it has the ending of one of the forms.
fn is_file(out: &Path, forms: &[Form]) -> bool {
    !out.is_dir()
        && out.extension().is_some_and(|ending| {
            forms
                .iter()
                .any(|form| ending == form.extension() || form.other_extensions().iter().any(|other| ending == *other))
        })
}

fn summary(package: &Package, place: &Path) -> Message {
    let units = || package.files.iter().flat_map(|file| &file.units);
    let missing = units().filter(|unit| unit.target.is_none()).count();
    let extra = units().filter(|unit| unit.extra_codes).count();
    let all = msg!(
        "{place}: {units} in {chapters}",
        place,
        units = plural!(units = units().count(), "{units} unit", "{units} units"),
        chapters = plural!(chapters = package.files.len(), "{chapters} chapter", "{chapters} chapters")
    );
    let missing = match missing {
        0 => Message::empty(),
        units => msg!("{units} without a translation", units),
    };
    let extra = match extra {
        0 => Message::empty(),
        units => plural!(
            units,
            "{units} translation has markup that its source has not, and goes out only where the form can say so",
            "{units} translations have markup that their source has not, and go out only where the form can say so"
        ),
    };
    Message::list(List::Clauses, [all, missing, extra])
}
