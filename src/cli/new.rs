//! `dama-pub new`.

use std::fs;
use std::path::Path;

use super::Outcome;
use super::args::New;
use super::terminal::Terminal;
use crate::error::Error;
use crate::lang;
use crate::message::{Argument, Message};
use crate::model::Lang;
use crate::project::{starter, write_artifact};

pub(super) fn run(args: &New, terminal: &Terminal) -> Result<Outcome, Error> {
    let languages = languages(&args.languages)?;
    let name = args.name.file_name().and_then(|name| name.to_str()).filter(|name| !name.trim().is_empty());
    let name =
        name.ok_or_else(|| Error::Usage(msg!("`{name}` cannot be the name of a book", name = args.name.as_path())))?;
    if fs::read_dir(&args.name).is_ok_and(|mut entries| entries.next().is_some()) {
        return Err(Error::Usage(msg!("`{folder}` exists and is not empty", folder = args.name.as_path())));
    }
    let layout = args.layout.name();
    if layout == "parallel" && languages.len() < 2 {
        return Err(Error::Usage(msg!("the layout parallel sets two languages: name two with --languages")));
    }
    let today = chrono::DateTime::<chrono::Utc>::from(std::time::SystemTime::now()).format("%Y-%m-%d").to_string();
    for (path, text) in starter(name, layout, &languages, &today) {
        write_artifact(&args.name.join(&path), text.as_bytes())?;
        terminal.done(msg!("wrote"), args.name.join(&path).into_message());
    }
    terminal.tip(msg!("next: `cd {folder}` and `dama-pub build`", folder = shown(&args.name)));
    Ok(Outcome::Clean)
}

/// A path as a shell takes it.
fn shown(path: &Path) -> String {
    let text = path.display().to_string();
    if text.contains(|c: char| c.is_whitespace() || c == '\'') { format!("\"{text}\"") } else { text }
}

fn no_language(tag: &str) -> Message {
    if lang::is_tag(tag) {
        msg!("the language `{tag}` is not supported; {hint}", tag, hint = lang::supported())
    } else {
        msg!("`{tag}` is not a language tag", tag)
    }
}

fn languages(tags: &[String]) -> Result<Vec<Lang>, Error> {
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
