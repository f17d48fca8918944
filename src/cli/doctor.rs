//! `dama-pub doctor`: whether everything is there that a book needs.

use std::path::Path;

use super::args::{Doctor, HealthForm};
use super::date::build_date;
use super::import::{self, on_path};
use super::terminal::Terminal;
use super::{Outcome, bundle, worker};
use crate::align;
use crate::codes;
use crate::diagnostic::{Diagnostic, Severity};
use crate::error::Error;
use crate::layout;
use crate::manuscript::odd_names;
use crate::message::{self, Argument, List, Message};
use crate::model::{Book, Profile};
use crate::project::Project;
use crate::report::{self, Health, Item, Tally};
use crate::source::{Files, Sources};
use crate::typeset::{self, Job};

/// A job beside the making of a book, and the programs that it is done with, each with where it is to be had.
struct Task {
    name: fn() -> Message,
    programs: &'static [(&'static str, &'static str)],
}

/// Jobs that other programs do over what is made. None of them is needed to make a book.
const TASKS: [Task; 4] = [
    Task {
        name: || msg!("to see whether an e-book is one for shops"),
        programs: &[("epubcheck", "apt install epubcheck"), ("ace", "npm install -g @daisy/ace")],
    },
    Task {
        name: || msg!("to see whether a PDF keeps to PDF/A and PDF/UA"),
        programs: &[("verapdf", "https://verapdf.org")],
    },
    Task {
        name: || msg!("to look into a PDF as a printer does"),
        programs: &[("qpdf", "apt install qpdf"), ("pdftoppm", "apt install poppler-utils")],
    },
    Task { name: || msg!("to read a bar code back"), programs: &[("zbarimg", "apt install zbar-tools")] },
];

/// Most files whose names are told, and most families of fonts.
const NAMED: usize = 8;
const FAMILIES: usize = 40;

/// What is looked at, in the order of the report.
const AREAS: [&str; 7] = ["program", "book", "layouts", "fonts", "output", "jobs", "tools"];

pub(super) fn run(args: &Doctor, terminal: &Terminal) -> Result<Outcome, Error> {
    let made_with =
        msg!("{program}, with Typst {version}", program = typeset::GENERATOR, version = typeset::typst_version());
    let mut items = vec![Item::good("program", made_with)];
    match Project::find(&args.dir) {
        Ok(project) => book(&project, &mut items, terminal),
        Err(Error::NoProject(_)) => items.push(Item::note(
            "book",
            msg!("no book in this folder or any folder above it"),
            msg!("go to the folder of a book, or start one: `dama-pub new my-book`"),
        )),
        Err(error) => return Err(error),
    }
    items.extend(validators());
    items.extend(for_import());
    items.sort_by_key(|item| AREAS.iter().position(|area| *area == item.area));
    if let Some(path) = &args.bundle {
        bundle::write(path, args, &items, terminal)?;
    }
    terminal.print_styled(&match args.format {
        HealthForm::Table => report::health_table(&items, terminal.locale(), terminal.shows_results()),
        HealthForm::Json => report::health_json(&items, terminal.machine_locale()),
    })?;
    let sick = items.iter().any(|item| item.state == Health::Bad);
    Ok(if sick { Outcome::Findings } else { Outcome::Clean })
}

fn book(project: &Project, items: &mut Vec<Item>, terminal: &Terminal) {
    items.push(Item::good("book", project.root().into_message()));
    let (mut sources, mut found) = (Sources::default(), Vec::new());
    let loaded = crate::layout::load(project, &mut sources).take(&mut found);
    let tally = Tally::of(&found);
    items.push(match (&loaded, tally.errors) {
        (Some((book, _)), 0) => {
            let chapters: usize = book.chapters.values().map(Vec::len).sum();
            let languages = Message::list(List::And, book.languages.iter().map(crate::model::Lang::name));
            let text = plural!(
                files = chapters,
                "no errors: {files} chapter file in {languages}",
                "no errors: {files} chapter files in {languages}",
                languages
            );
            Item::good("book", text)
        }
        _ => {
            let text = msg!("cannot be built: {findings}", findings = tally.message());
            Item::bad("book", text, msg!("`dama-pub check` shows each place"))
        }
    });
    items.extend(names(project));
    items.push(writable(&project.root().join("out"), terminal));
    fonts(project, &sources, items);
    items.extend(told(&found));
    let Some((book, layouts)) = loaded.filter(|_| tally.errors == 0) else { return };
    items.extend(jobs(&book));
    let Ok(date) = build_date(&book) else { return };
    let alignments = &align::align_for(&book.editions, &book);
    for edition in &book.editions {
        let layout = &layouts[edition];
        let own = project.read(&format!("layouts/{}/layout.yaml", layout.name)).is_ok();
        let origin = if own { msg!("the project's own") } else { msg!("built in") };
        let (name, layout) = (edition.name(), layout.name.as_str());
        items.push(Item::good("layouts", msg!("{name} uses `{layout}` ({origin})", name, layout, origin)));
        let layout = &layouts[edition];
        let job = Job { book: &book, edition, layout, files: project, sources: &sources, date, alignments };
        items.push(coverage(edition.name(), &typeset::set(job).diagnostics, &sources));
    }
    items.extend(overrides(project));
}

/// Whether every character of an edition has a glyph.
fn coverage(edition: &str, found: &[Diagnostic], sources: &Sources) -> Item {
    let missing: Vec<&Diagnostic> = found.iter().filter(|one| one.check == codes::MISSING_GLYPH).collect();
    let errors = found.iter().filter(|one| one.severity == Severity::Error).count() - missing.len();
    match (missing.first(), errors) {
        (None, 0) => Item::good("fonts", msg!("every character of {edition} has a glyph", edition)),
        (None, _) => Item::bad("fonts", msg!("{edition} cannot be set", edition), msg!("`dama-pub build` shows why")),
        (Some(first), _) => {
            let count = plural!(
                characters = missing.len(),
                "{characters} character of {edition} has no glyph",
                "{characters} characters of {edition} have no glyph",
                edition
            );
            let place = first.primary.as_ref().map(|label| {
                let file = sources.get(label.span.file);
                msg!("first at {place}", place = format!("{}:{}", file.path(), file.position(label.span.start)))
            });
            let text = Message::list(List::Phrases, [Some(count), place].into_iter().flatten());
            Item::bad("fonts", text, msg!("write them another way, or add a font that has them to fonts/fonts.yaml"))
        }
    }
}

fn fonts(project: &Project, sources: &Sources, items: &mut Vec<Item>) {
    let mut found = Vec::new();
    let families = typeset::families(project, sources).take(&mut found);
    match found.first() {
        None => items.push(Item::good("fonts", listed(families))),
        Some(first) => {
            let fix = first.hints.first().cloned().unwrap_or_else(|| msg!("correct fonts/fonts.yaml"));
            items.push(Item::bad("fonts", first.message.clone(), fix));
        }
    }
}

/// Fonts that are there and not used.
fn told(found: &[Diagnostic]) -> Vec<Item> {
    let fonts = found.iter().filter(|one| one.check == codes::IGNORED_FILE && one.primary.is_none());
    let item = |one: &Diagnostic| {
        Item::note("fonts", one.message.clone(), one.hints.first().cloned().unwrap_or_else(Message::empty))
    };
    fonts.map(item).collect()
}

/// Files of the project that take the place of the program's own.
fn overrides(project: &Project) -> Option<Item> {
    let other = |path: &&String| {
        layout::built_in_file(path).is_some_and(|known| project.read(path).is_ok_and(|own| own != known))
    };
    let own: Vec<String> = project.snapshot().paths().filter(other).cloned().collect();
    (!own.is_empty()).then(|| {
        let shown = Message::list(List::Items, own.iter().take(3));
        let shown = match own.len() {
            0..=3 => shown,
            many => msg!("{shown} and {more} more", shown, more = many - 3),
        };
        let text = plural!(
            files = own.len(),
            "{files} file of the project replaces a built-in one: {shown}",
            "{files} files of the project replace built-in ones: {shown}",
            shown
        );
        Item::note("layouts", text, msg!("compare them with the built-in ones after an update of dama-pub"))
    })
}

/// File names that mean one file on one system and two, another one or none on the next.
fn names(project: &Project) -> Vec<Item> {
    let snapshot = project.snapshot();
    let odd = odd_names(snapshot.paths().map(String::as_str));
    let told = |path: &str, why: &Message| msg!("{path}: {why}", path, why = why.clone());
    let item = |text: Message| Item::note("book", text, msg!("rename it, and where it is named"));
    let mut items: Vec<Item> = odd.iter().take(NAMED).map(|odd| item(told(odd.path, &odd.why))).collect();
    let more = odd.len().saturating_sub(NAMED);
    if more > 0 {
        items.push(item(plural!(
            more,
            "{more} further file has a name that means trouble on another system",
            "{more} further files have names that mean trouble on another system"
        )));
    }
    if items.is_empty() {
        items.push(Item::good("book", msg!("file names mean the same on every system")));
    }
    items
}

/// Whether artifacts can be written: tried where they would lie, or in the nearest folder above that exists.
fn writable(out: &Path, terminal: &Terminal) -> Item {
    match terminal.outlet().try_folder(out) {
        Ok(()) => Item::good("output", msg!("{folder} can be written", folder = out)),
        Err(why) => {
            let text = msg!("{folder} cannot be written: {reason}", folder = out, reason = message::reason(&why));
            Item::bad("output", text, msg!("allow writing there, or choose another folder with `build --out`"))
        }
    }
}

/// What there is for each job beside the making of a book.
fn validators() -> Vec<Item> {
    let item = |task: &Task| {
        let (there, absent): (Vec<_>, Vec<_>) =
            task.programs.iter().partition(|(program, _)| on_path(program).is_some());
        let name = (task.name)();
        let names = |programs: &[&(&'static str, &'static str)]| {
            Message::list(List::Items, programs.iter().map(|(program, _)| *program))
        };
        if absent.is_empty() {
            return Item::good("tools", msg!("{job}: {programs}", job = name, programs = names(&there)));
        }
        let text = msg!("{job}: {programs} not installed", job = name, programs = names(&absent));
        let from = Message::list(List::Items, absent.iter().map(|(_, from)| *from));
        Item::note("tools", text, msg!("no book needs it; to have it: {from}", from))
    };
    TASKS.iter().map(item).collect()
}

/// What a book lacks for jobs that it may be meant for.
fn jobs(book: &Book) -> Vec<Item> {
    let mut items = vec![Item::good("jobs", msg!("for readers on screens: nothing is missing"))];
    let prints = book.pdf.profiles.contains(&Profile::Print);
    items.push(match (&book.pdf.output_intent, prints) {
        (Some(_), _) => {
            Item::good("jobs", msg!("for the press: black and colours are meant for the printer's profile"))
        }
        (None, true) => Item::note(
            "jobs",
            msg!("for the press: no output intent is given, so that pictures stay in RGB"),
            msg!("ask the printer for the ICC profile and name it as `output-intent` under `pdf:` in book.yaml"),
        ),
        (None, false) => Item::note(
            "jobs",
            msg!("for the press: no PDF for print is made"),
            msg!("write `pdf: {{profiles: [screen, print]}}` into book.yaml, or build with `--profile print`"),
        ),
    });
    let mut lacks = Vec::new();
    if book.meta.identifier.is_empty() {
        lacks.push(msg!("an ISBN (`identifier:`)"));
    }
    if book.meta.description.is_empty() {
        lacks.push(msg!("what it is about (`description:`)"));
    }
    if book.meta.publisher.is_empty() {
        lacks.push(msg!("a publisher (`publisher:`)"));
    }
    items.push(match lacks.is_empty() {
        true => Item::good("jobs", msg!("for shops: what they ask for is given")),
        false => Item::note(
            "jobs",
            msg!("for shops: {lacks} not given", lacks = Message::list(List::And, lacks)),
            msg!("add it to book.yaml"),
        ),
    });
    let alone = book.languages.len() < 2;
    if alone {
        let fix = msg!("add the language to `languages` in book.yaml; `dama-pub translate` begins the translation");
        items.push(Item::note("jobs", msg!("for two languages: the book has one"), fix));
    }
    items
}

/// What `import` needs for manuscripts that it does not read by itself.
fn for_import() -> [Item; 3] {
    let pandoc = match worker::pandoc_version() {
        Some(version) if import::is_new_enough(&version) => Item::good(
            "tools",
            msg!("pandoc {version}: `import` of LaTeX, AsciiDoc, Quarto, ODT, HTML and others", version),
        ),
        Some(version) => Item::note(
            "tools",
            msg!(
                "pandoc {version} is too old for `import` of LaTeX, AsciiDoc, Quarto, ODT, HTML and others: 3.0 is needed",
                version
            ),
            import::getting_pandoc(),
        ),
        None => Item::note(
            "tools",
            msg!(
                "no pandoc: Word, EPUB and folders of Markdown are imported without; LaTeX, AsciiDoc, Quarto, ODT, HTML and others need it"
            ),
            import::getting_pandoc(),
        ),
    };
    let drawing =
        |form: &str, good: fn(&'static str) -> Message, absent: Message, fix: Message| match import::converters(form)
            .next()
        {
            Some((_, program)) => Item::good("tools", good(program)),
            None => Item::note("tools", absent, fix),
        };
    let metafiles = drawing(
        "emf",
        |program| msg!("{program}: EMF and WMF pictures of Word become SVG in `import`", program),
        msg!("neither LibreOffice nor Inkscape: `import` cannot make SVG of EMF and WMF pictures of Word"),
        msg!("install LibreOffice with Draw, or Inkscape, before a manuscript of Word with such pictures is imported"),
    );
    let figures = drawing(
        "pdf",
        |program| msg!("{program}: figures in PDF become SVG in `import`", program),
        msg!("neither poppler nor Inkscape: `import` cannot make SVG of figures in PDF, as LaTeX has them"),
        msg!("install poppler-utils or Inkscape before a LaTeX with such figures is imported"),
    );
    [pandoc, metafiles, figures]
}

/// The families of fonts.
fn listed(families: Vec<String>) -> Message {
    let count = families.len();
    let more = (count > FAMILIES).then(|| msg!("{more} more", more = count - FAMILIES));
    let shown = families.into_iter().take(FAMILIES).map(Message::data);
    let names = Message::list(List::Items, shown.chain(more));
    plural!(families = count, "{families} family: {names}", "{families} families: {names}", names)
}
