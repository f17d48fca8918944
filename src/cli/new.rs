//! `dama-pub new`.

use std::fs;
use std::path::{Path, PathBuf};

use clap::ValueEnum;

use super::Outcome;
use super::args::{Ci, LANGUAGES, New, Speech, Starter};
use super::terminal::Terminal;
use crate::error::Error;
use crate::lang;
use crate::manuscript::choices;
use crate::message::{Argument, Locale, Message};
use crate::model::Lang;
use crate::project::{starter, write_artifact};
use crate::report;

pub(super) fn run(args: &New, asked: Option<Speech>, terminal: &Terminal) -> Result<Outcome, Error> {
    let languages = languages(&tags(args, asked))?;
    let (kind, dir) = meant(args)?;
    let locale = asked.map_or(Locale::English, Speech::locale);
    let name = name(dir).ok_or_else(|| Error::Usage(msg!("`{name}` cannot be the name of a book", name = dir)))?;
    refuse_taken(dir)?;
    let layout = args.layout.unwrap_or(kind).name();
    if layout == "parallel" && languages.len() < 2 {
        return Err(Error::Usage(msg!("the layout parallel sets two languages: name two with --languages")));
    }
    let today = chrono::DateTime::<chrono::Utc>::from(std::time::SystemTime::now()).format("%Y-%m-%d").to_string();
    let schemas =
        [(starter::BOOK_SCHEMA, report::book_schema()), (starter::GLOSSARY_SCHEMA, report::glossary_schema())];
    let schemas = schemas.map(|(path, text)| (path.to_owned(), text));
    let workflow = args.ci.map(workflow);
    let files = starter::starter(&name, layout, &languages, &today, locale).into_iter().chain(schemas).chain(workflow);
    for (path, text) in files {
        let path = if dir == Path::new(".") { PathBuf::from(path) } else { dir.join(path) };
        // Only hidden files can be there, and they are the user's.
        if path.exists() {
            continue;
        }
        write_artifact(&path, text.as_bytes())?;
        terminal.done(msg!("wrote"), path.into_message());
    }
    terminal.tip(match dir == Path::new(".") {
        true => msg!("next: `dama-pub build`"),
        false => msg!("next: `cd {folder}` and `dama-pub build`", folder = shown(dir)),
    });
    Ok(Outcome::Clean)
}

/// What the book is to be, and its folder. One word alone that is a kind is both.
fn meant(args: &New) -> Result<(Starter, &Path), Error> {
    let kind = |word: &Path| word.to_str().and_then(|word| Starter::from_str(word, false).ok());
    let first = args.dir.as_path();
    match &args.folder {
        None => Ok((kind(first).unwrap_or(Starter::Book), first)),
        Some(folder) => {
            let no_kind = || {
                let kinds = choices(Starter::value_variants().iter().map(|kind| kind.name()));
                Error::Usage(msg!("`{word}` is no kind of book: write {kinds}, then the folder", word = first, kinds))
            };
            Ok((kind(first).ok_or_else(no_kind)?, folder))
        }
    }
}

/// The file that has the book built by others.
fn workflow(ci: Ci) -> (String, String) {
    let (path, text) = match ci {
        Ci::Github => (".github/workflows/book.yml", include_str!("new/github.yml")),
        Ci::Gitlab => (".gitlab-ci.yml", include_str!("new/gitlab.yml")),
    };
    (path.to_owned(), text.to_owned())
}

/// Refuses a folder in which there is more than what begins with a stop.
pub(super) fn refuse_taken(dir: &Path) -> Result<(), Error> {
    if fs::read_dir(dir).is_ok_and(|entries| entries.flatten().any(|entry| !is_hidden(&entry))) {
        return Err(Error::Usage(msg!("`{folder}` exists and is not empty", folder = dir)));
    }
    Ok(())
}

/// The name of the folder that a path leads to.
fn name(dir: &Path) -> Option<String> {
    // `.` and `..` have the name of the folder that they are.
    let whole = dir.canonicalize().unwrap_or_else(|_| dir.to_owned());
    let name = whole.file_name()?.to_str()?;
    (!name.trim().is_empty()).then(|| name.to_owned())
}

/// Whether an entry of a folder is one that a new project may find there: `.git`, `.gitignore`, `.DS_Store`.
fn is_hidden(entry: &fs::DirEntry) -> bool {
    entry.file_name().to_string_lossy().starts_with('.')
}

/// A path as a shell takes it.
fn shown(path: &Path) -> String {
    let text = path.display().to_string();
    if text.contains(|c: char| c.is_whitespace() || c == '\'') { format!("\"{text}\"") } else { text }
}

/// The languages that are asked for. Who wants to be spoken to in one language means it for the book as well.
fn tags(args: &New, asked: Option<Speech>) -> Vec<String> {
    if !args.languages.is_empty() {
        return args.languages.clone();
    }
    match asked.and_then(|speech| speech.to_possible_value()) {
        Some(value) => vec![value.get_name().to_owned()],
        None => LANGUAGES.map(str::to_owned).to_vec(),
    }
}

fn no_language(tag: &str) -> Message {
    if lang::is_tag(tag) {
        msg!("the language `{tag}` is not supported; {hint}", tag, hint = lang::supported())
    } else {
        msg!("`{tag}` is not a language tag", tag)
    }
}

pub(super) fn languages(tags: &[String]) -> Result<Vec<Lang>, Error> {
    let mut languages = Vec::new();
    for tag in tags {
        let Some(lang) = Lang::new(tag) else { return Err(Error::Usage(no_language(tag))) };
        if languages.contains(&lang) {
            return Err(Error::Usage(msg!("the language `{tag}` is named twice", tag)));
        }
        languages.push(lang);
    }
    Ok(languages)
}
