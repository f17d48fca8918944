//! What helps at the keyboard: completions, pages of the manual, schemas.

use std::path::Path;

use clap::CommandFactory;

use super::Outcome;
use super::args::{Cli, Completions, Man, Schema, Subject};
use super::terminal::Terminal;
use crate::error::Error;
use crate::message::Argument;
use crate::project::write_artifact;
use crate::report;

pub(super) fn completions(args: &Completions, terminal: &Terminal) -> Result<Outcome, Error> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "dama-pub", &mut script);
    print(&script, terminal)
}

/// Prints the page of the program, or writes all pages into a folder.
pub(super) fn man(args: &Man, terminal: &Terminal) -> Result<Outcome, Error> {
    let mut command = Cli::command();
    command.build();
    let Some(dir) = &args.out else {
        return print(&page(&command, "dama-pub"), terminal);
    };
    write_page(dir, &command, "dama-pub", terminal)?;
    for subcommand in command.get_subcommands().filter(|subcommand| subcommand.get_name() != "help") {
        write_page(dir, subcommand, &format!("dama-pub-{}", subcommand.get_name()), terminal)?;
    }
    Ok(Outcome::Clean)
}

fn write_page(dir: &Path, command: &clap::Command, name: &str, terminal: &Terminal) -> Result<(), Error> {
    let path = dir.join(format!("{name}.1"));
    write_artifact(&path, &page(command, name))?;
    terminal.done(msg!("wrote"), path.into_message());
    Ok(())
}

/// A page in the language of `man`. A manual is the same on every day: it bears the version and no date.
fn page(command: &clap::Command, name: &str) -> Vec<u8> {
    let mut text = Vec::new();
    let name: &'static str = Box::leak(name.to_owned().into_boxed_str());
    let page = clap_mangen::Man::new(command.clone().name(name).version(env!("CARGO_PKG_VERSION")));
    page.manual("dama-pub").render(&mut text).expect("memory takes it");
    text
}

pub(super) fn schema(args: &Schema, terminal: &Terminal) -> Result<Outcome, Error> {
    let text = match args.subject {
        Subject::Book => report::book_schema(),
        Subject::Glossary => report::glossary_schema(),
        Subject::Diagnostics => report::diagnostics_schema(),
        Subject::Release => report::release_schema(),
        Subject::Verification => report::verification_schema(),
    };
    terminal.print(&text)?;
    Ok(Outcome::Clean)
}

fn print(text: &[u8], terminal: &Terminal) -> Result<Outcome, Error> {
    terminal.print_commands(&String::from_utf8_lossy(text))?;
    Ok(Outcome::Clean)
}
