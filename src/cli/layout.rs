//! `dama-pub layout`: which layouts there are, what one takes, and a copy of one to be changed.

use std::fmt::Write as _;

use super::Outcome;
use super::args::{Layout, LayoutWish};
use super::terminal::Terminal;
use crate::diagnostic::nearest;
use crate::error::Error;
use crate::layout::{self, LayoutAbout, OptionAbout, built_in, built_in_file, built_in_files};
use crate::message::{Argument, Message};
use crate::model::LayoutChoice;
use crate::project::Project;
use crate::source::{Files, Sources};

/// What layouts share, which is no layout.
const KIT: &str = "kit";

/// By which editors know the module `dama`.
const STUB: (&str, &str) = ("layouts/dama.typ", include_str!("layout/dama.typ"));

pub(super) fn run(args: &Layout, terminal: &Terminal) -> Result<Outcome, Error> {
    let project = match Project::find(&args.book) {
        Ok(project) => Some(project),
        Err(Error::NoProject(_)) => None,
        Err(error) => return Err(error),
    };
    let name = args.name.as_deref().unwrap_or_default();
    match args.wish {
        LayoutWish::List => list(project.as_ref(), terminal),
        LayoutWish::Show => show(name, project.as_ref(), terminal),
        LayoutWish::Eject => eject(name, &Project::find(&args.book)?, terminal),
    }
}

/// The names of the layouts that a project has of its own.
fn own(project: Option<&Project>) -> Vec<String> {
    let Some(project) = project else { return Vec::new() };
    let is_layout = |name: &String| project.read(&format!("layouts/{name}/layout.yaml")).is_ok();
    project.folders("layouts").into_iter().filter(is_layout).collect()
}

fn list(project: Option<&Project>, terminal: &Terminal) -> Result<Outcome, Error> {
    let locale = terminal.locale();
    let own = own(project);
    let known = built_in();
    let title = |name: &str| known.iter().find(|layout| layout.name == name).map(|layout| layout.title.clone());
    let mut lines: Vec<(String, Message)> = Vec::new();
    for name in &own {
        let origin = match title(name) {
            Some(_) => msg!("the project's own, in place of the built-in one"),
            None => msg!("the project's own"),
        };
        lines.push((name.clone(), origin));
    }
    for layout in known.iter().filter(|layout| !own.contains(&layout.name)) {
        lines.push((layout.name.clone(), Message::data(layout.title.clone())));
    }
    let width = lines.iter().map(|(name, _)| name.len()).max().unwrap_or_default();
    let mut out = String::new();
    for (name, about) in lines {
        let _ = writeln!(out, "{name:width$}  {}", locale.say(&about));
    }
    terminal.print(&out)?;
    Ok(Outcome::Clean)
}

fn show(name: &str, project: Option<&Project>, terminal: &Terminal) -> Result<Outcome, Error> {
    let known = built_in();
    let about = known.iter().find(|layout| layout.name == name);
    let nothing = std::collections::BTreeMap::<String, Vec<u8>>::new();
    let files: &dyn Files = project.map_or(&nothing, |project| project);
    if about.is_none() && !own(project).iter().any(|own| own == name) {
        return Err(no_such(name, &known, project));
    }
    let (mut sources, mut found) = (Sources::default(), Vec::new());
    let read = layout::read(files, &mut sources, &LayoutChoice::named(name)).take(&mut found);
    terminal.findings(&found, &sources);
    let Some(layout) = read else { return Ok(Outcome::Findings) };
    let locale = terminal.locale();
    let mut out = format!("{}: {}\n", layout.name, layout.title);
    let mut line = |head: &Message, names: &[String]| {
        if !names.is_empty() {
            let _ = writeln!(out, "\n{}\n  {}", locale.say(head), names.join(", "));
        }
    };
    line(&msg!("Editions"), &layout.editions);
    line(&msg!("Building blocks of its own"), &layout.blocks);
    line(&msg!("Attributes of its own"), &layout.attributes);
    line(&msg!("Keys of front matter"), &layout.front_matter);
    line(&msg!("PDF standards"), layout.standards.as_deref().unwrap_or_default());
    if let Some(about) = about.filter(|about| !about.options.is_empty()) {
        let _ = write!(out, "\n{}\n{}", locale.say(&msg!("Options")), options(about));
    } else if !layout.options.is_empty() {
        let names: Vec<&str> = layout.options.keys().map(String::as_str).collect();
        let _ = writeln!(out, "\n{}\n  {}", locale.say(&msg!("Options")), names.join(", "));
    }
    terminal.print(&out)?;
    Ok(Outcome::Clean)
}

/// The options of a layout, one on each line.
fn options(layout: &LayoutAbout) -> String {
    let written = |option: &OptionAbout| {
        let kind = if option.values.is_empty() { option.kind.clone() } else { option.values.join(" | ") };
        format!("  {}: {}   # {kind}; {}\n", option.name, option.default.trim(), option.doc)
    };
    layout.options.iter().map(written).collect()
}

fn no_such(name: &str, known: &[LayoutAbout], project: Option<&Project>) -> Error {
    let own = own(project);
    let names = || known.iter().map(|layout| layout.name.as_str()).chain(own.iter().map(String::as_str));
    let advice = match nearest(name, names()) {
        Some(near) => msg!("did you mean `{near}`?", near),
        None => msg!("`dama-pub layout list` lists them"),
    };
    Error::Usage(msg!("there is no layout `{name}`; {advice}", name, advice))
}

/// Copies a built-in layout into a project. Nothing that is there is written over.
fn eject(name: &str, project: &Project, terminal: &Terminal) -> Result<Outcome, Error> {
    let known = built_in();
    let is_known = name == KIT || known.iter().any(|layout| layout.name == name);
    if !is_known {
        return Err(no_such(name, &known, Some(project)));
    }
    if !project.list(&format!("layouts/{name}")).is_empty() {
        terminal.failed(msg!("left"), msg!("layouts/{name} is there already; nothing is written over", name));
        return Ok(Outcome::Findings);
    }
    let copied = built_in_files(name).into_iter().filter_map(|path| Some((built_in_file(&path)?, path)));
    let stub = project.read(STUB.0).is_err().then(|| (STUB.1.as_bytes(), STUB.0.to_owned()));
    for (bytes, path) in copied.chain(stub) {
        let place = project.root().join(&path);
        terminal.outlet().put(&place, bytes).map_err(|source| Error::Write { path: place.clone(), source })?;
        terminal.done(msg!("wrote"), path.into_message());
    }
    let layout =
        msg!("its pages are those of the built-in one until you change it; remove the folder to have that again");
    terminal.tip(layout);
    Ok(Outcome::Clean)
}
