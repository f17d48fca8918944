//! `dama-pub doctor`: whether everything is there that a book needs.

use std::collections::BTreeMap;
use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};

use unicode_normalization::is_nfc;

use super::Outcome;
use super::args::{Doctor, HealthForm};
use super::build::build_date;
use super::terminal::Terminal;
use crate::diagnostic::{Diagnostic, Severity};
use crate::error::Error;
use crate::project::Project;
use crate::report::{self, Item, State, Tally};
use crate::source::{Files, Sources};
use crate::typeset::{self, Job};

/// Programs that look over what is made, and what they are good for. None of them is needed.
const VALIDATORS: [(&str, &str); 6] = [
    ("epubcheck", "whether an e-book keeps to EPUB 3"),
    ("ace", "whether an e-book is accessible"),
    ("verapdf", "whether a PDF keeps to PDF/A and PDF/UA"),
    ("qpdf", "whether the structure of a PDF is sound"),
    ("pdftoppm", "pages as pictures"),
    ("zbarimg", "whether a bar code can be read"),
];

/// What is looked at, in the order of the report.
const AREAS: [&str; 6] = ["program", "book", "layouts", "fonts", "output", "tools"];

pub(super) fn run(args: &Doctor, terminal: &Terminal) -> Result<Outcome, Error> {
    let made_with = format!("{}, with Typst {}", typeset::GENERATOR, typeset::typst_version());
    let mut items = vec![Item::good("program", made_with)];
    match Project::find(&args.dir) {
        Ok(project) => book(&project, &mut items),
        Err(Error::NoProject(_)) => items.push(Item::note(
            "book",
            "no book in this folder or any above it",
            "go to the folder of a book, or begin one: dama-pub new my-book",
        )),
        Err(error) => return Err(error),
    }
    items.extend(validators());
    items.sort_by_key(|item| AREAS.iter().position(|area| *area == item.area));
    terminal.print(&match args.format {
        HealthForm::Table => report::health_table(&items, terminal.tongue(), io::stdout().is_terminal()),
        HealthForm::Json => report::health_json(&items),
    })?;
    let sick = items.iter().any(|item| item.state == State::Bad);
    Ok(if sick { Outcome::Findings } else { Outcome::Clean })
}

fn book(project: &Project, items: &mut Vec<Item>) {
    items.push(Item::good("book", project.root().display().to_string()));
    let (mut sources, mut found) = (Sources::default(), Vec::new());
    let loaded = crate::load(project, &mut sources).take(&mut found);
    let tally = Tally::of(&found);
    items.push(match (&loaded, tally.errors) {
        (Some((book, _)), 0) => {
            let chapters: usize = book.chapters.values().map(Vec::len).sum();
            let languages: Vec<&str> = book.languages.iter().map(crate::model::Lang::tag).collect();
            Item::good("book", format!("reads well: {chapters} chapter files in {}", languages.join(", ")))
        }
        _ => Item::bad("book", format!("does not read well: {tally}"), "`dama-pub check` shows each place"),
    });
    items.extend(names(project));
    items.push(writable(&project.root().join("out")));
    fonts(project, &sources, items);
    let Some((book, layouts)) = loaded.filter(|_| tally.errors == 0) else { return };
    let Ok(date) = build_date(&book) else { return };
    for edition in &book.editions {
        let layout = &layouts[edition];
        let own = project.read(&format!("layouts/{}/layout.yaml", layout.name)).is_ok();
        let whose = if own { "the project's own" } else { "built in" };
        items.push(Item::good("layouts", format!("{} is set by `{}` ({whose})", edition.name(), layout.name)));
        let job = Job { book: &book, edition, layout, files: project, sources: &sources, date };
        items.push(coverage(edition.name(), &typeset::set(job).diagnostics, &sources));
    }
    items.extend(overrides(project));
}

/// Whether every character of an edition has a glyph.
fn coverage(edition: &str, found: &[Diagnostic], sources: &Sources) -> Item {
    let missing: Vec<&Diagnostic> = found.iter().filter(|one| one.check == "missing-glyph").collect();
    let errors = found.iter().filter(|one| one.severity == Severity::Error).count() - missing.len();
    match (missing.first(), errors) {
        (None, 0) => Item::good("fonts", format!("every character of {edition} has a glyph")),
        (None, _) => Item::bad("fonts", format!("{edition} cannot be set"), "`dama-pub build` shows why"),
        (Some(first), _) => {
            let place = first.primary.as_ref().map_or(String::new(), |label| {
                let file = sources.get(label.span.file);
                format!(", first at {}:{}", file.path(), file.position(label.span.start))
            });
            let count = missing.len();
            let text =
                format!("{count} character{} of {edition} have no glyph{place}", if count == 1 { "" } else { "s" });
            Item::bad("fonts", text, "write them another way, or add a font that has them to fonts/fonts.yaml")
        }
    }
}

fn fonts(project: &Project, sources: &Sources, items: &mut Vec<Item>) {
    let mut found = Vec::new();
    let families = typeset::families(project, sources).take(&mut found);
    match found.first() {
        None => items.push(Item::good("fonts", format!("{} families: {}", families.len(), families.join(", ")))),
        Some(first) => {
            let mend = first.hints.first().cloned().unwrap_or_else(|| "mend fonts/fonts.yaml".to_owned());
            items.push(Item::bad("fonts", first.message.clone(), mend));
        }
    }
}

/// Files of the project that take the place of other ones of the program.
fn overrides(project: &Project) -> Option<Item> {
    let other = |path: &&String| {
        typeset::built_in_file(path).is_some_and(|known| project.read(path).is_ok_and(|own| own != known))
    };
    let own: Vec<String> = project.snapshot().paths().filter(other).cloned().collect();
    let shown = own.iter().take(3).cloned().collect::<Vec<_>>().join(", ");
    let more = if own.len() > 3 { format!(" and {} more", own.len() - 3) } else { String::new() };
    (!own.is_empty()).then(|| {
        let text = format!("{} of the project's files take the place of built-in ones: {shown}{more}", own.len());
        Item::note("layouts", text, "compare them with the built-in ones after an update of dama-pub")
    })
}

/// File names that mean one file on one system and two, or another one, on the next.
fn names(project: &Project) -> Vec<Item> {
    let mut items = Vec::new();
    let mut seen: BTreeMap<String, String> = BTreeMap::new();
    for path in project.snapshot().paths() {
        if !is_nfc(path) {
            let text = format!("the name of {path} is written with separate accents");
            items.push(Item::note(
                "book",
                text,
                "rename it with composed letters (NFC): systems differ in what they find",
            ));
        }
        if let Some(other) = seen.insert(path.to_lowercase(), path.clone()) {
            let text = format!("{other} and {path} differ only in capitals");
            items.push(Item::note("book", text, "rename one: macOS and Windows take them for the same file"));
        }
    }
    if items.is_empty() {
        items.push(Item::good("book", "file names mean the same on every system"));
    }
    items
}

/// Whether artifacts can be written: tried where they would lie, or in the nearest folder above that exists.
fn writable(out: &Path) -> Item {
    let there = out.ancestors().find(|dir| dir.is_dir()).unwrap_or(out);
    match tempfile::tempfile_in(there) {
        Ok(_) => Item::good("output", format!("{} can be written", out.display())),
        Err(why) => {
            let text = format!("{} cannot be written: {why}", out.display());
            Item::bad("output", text, "give leave to write there; `build --out` chooses another folder")
        }
    }
}

fn validators() -> Vec<Item> {
    let (there, absent): (Vec<_>, Vec<_>) = VALIDATORS.iter().partition(|(name, _)| on_path(name).is_some());
    let mut items: Vec<Item> = there
        .iter()
        .filter_map(|(name, what)| Some(Item::good("tools", format!("{name}: {what} ({})", on_path(name)?.display()))))
        .collect();
    if !absent.is_empty() {
        let names: Vec<&str> = absent.iter().map(|(name, _)| *name).collect();
        let text = format!("not here: {}", names.join(", "));
        items.push(Item::note("tools", text, "none is needed to make a book; they look over what was made"));
    }
    items
}

fn on_path(name: &str) -> Option<PathBuf> {
    let file = format!("{name}{}", std::env::consts::EXE_SUFFIX);
    std::env::split_paths(&std::env::var_os("PATH")?).map(|dir| dir.join(&file)).find(|path| path.is_file())
}
