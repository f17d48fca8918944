//! `dama-pub catalogue`: which books there are.

use std::path::Path;

use rayon::prelude::*;
use serde::Serialize;

use super::{books, recipes};
use crate::cli::Outcome;
use crate::cli::args::catalogue::{List, ListForm};
use crate::cli::kept::Record;
use crate::cli::terminal::Terminal;
use crate::error::Error;
use crate::inputs::{Digest, Inputs, Settings, digest};
use crate::manuscript;
use crate::message::Locale;
use crate::project::Project;
use crate::report::catalogue::table;
use crate::source::Sources;

/// Changes when a field is removed or changes its meaning; added fields leave it.
const SCHEMA: &str = "dama-pub/catalogue/1";

/// What is known of a book.
#[derive(Debug, Serialize)]
struct Listed {
    schema: &'static str,
    book: String,
    /// Of every file in the folders that it is made from, and this program.
    inputs: Digest,
    title: Option<String>,
    slug: Option<String>,
    languages: Vec<String>,
    editions: Vec<String>,
    state: State,
    /// What the last build left.
    artifacts: Vec<Artifact>,
    /// How long that took which did all of the work.
    seconds: Option<f64>,
}

#[derive(Debug, Serialize)]
struct Artifact {
    name: String,
    content: Digest,
    bytes: usize,
}

/// How a book stands to what was built of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
enum State {
    /// It was never built by this program, or not without errors.
    New,
    /// It was changed since.
    Changed,
    Current,
}

impl State {
    fn word(self, locale: Locale) -> String {
        locale.say(&match self {
            State::New => msg!("to be built"),
            State::Changed => msg!("changed"),
            State::Current => msg!("built"),
        })
    }
}

pub(super) fn run(args: &List, terminal: &Terminal) -> Result<Outcome, Error> {
    let all = books::of(&args.books)?;
    let root = &args.books.root;
    if let Some(text) = recipes::of(args, &all) {
        terminal.print(&text)?;
        return Ok(Outcome::Clean);
    }
    let listed: Vec<Listed> = all.par_iter().filter_map(|book| listed(book, root)).collect();
    let text = if args.format == ListForm::Jsonl {
        let lines = listed.iter().map(|book| serde_json::to_string(book).expect("plain data") + "\n");
        lines.collect()
    } else {
        shown(&listed, terminal.locale())
    };
    terminal.print(&text)?;
    Ok(Outcome::Clean)
}

fn listed(book: &Path, root: &Path) -> Option<Listed> {
    let project = Project::find(book).ok()?;
    let config = manuscript::load_config(&project, &mut Sources::default()).value;
    let record = Record::read(&book.join("out"));
    let run = record.runs.last();
    let files = project.files();
    let inputs = Inputs::now(files.iter().map(String::as_str), &project);
    let artifact = |(name, content): (&String, &Digest)| Artifact {
        name: name.clone(),
        content: *content,
        bytes: record.made.get(name).map_or(0, |kept| kept.bytes),
    };
    let languages = |config: &manuscript::Config| config.languages().map(|lang| lang.tag().to_owned()).collect();
    Some(Listed {
        schema: SCHEMA,
        book: books::name(book, root),
        inputs: digest(&inputs, &Settings::default()),
        title: config.as_ref().and_then(|config| Some(config.meta.title_in(config.languages().next()?).to_owned())),
        slug: config.as_ref().map(|config| config.meta.slug.clone()),
        languages: config.as_ref().map_or_else(Vec::new, languages),
        editions: config.iter().flat_map(|config| &config.editions).map(|edition| edition.name().to_owned()).collect(),
        state: match run {
            None => State::New,
            Some(run) if run.inputs.still_hold(&project) => State::Current,
            Some(_) => State::Changed,
        },
        artifacts: run.iter().flat_map(|run| &run.made).map(artifact).collect(),
        seconds: record.made.values().map(|kept| kept.seconds).reduce(|a, b| a + b),
    })
}

fn shown(listed: &[Listed], locale: Locale) -> String {
    let heads = [msg!("book"), msg!("title"), msg!("editions"), msg!("state"), msg!("artifacts"), msg!("seconds")];
    let rows = listed.iter().map(|book| {
        vec![
            book.book.clone(),
            book.title.clone().unwrap_or_default(),
            book.editions.join(" "),
            book.state.word(locale),
            book.artifacts.len().to_string(),
            book.seconds.map_or_else(String::new, |seconds| format!("{seconds:.1}")),
        ]
    });
    table(&heads.map(|head| locale.say(&head)), rows, 4)
}
