//! `dama-pub translate`.

use super::{Desk, Wanted};
use crate::cli::Outcome;
use crate::cli::args::exchange::{Filling, Translate};
use crate::cli::terminal::Terminal;
use crate::error::Error;
use crate::exchange::{Begin, Begun, Fill};
use crate::message::{List, Message};
use crate::report;

pub(in crate::cli) fn run(args: &Translate, terminal: &Terminal) -> Result<Outcome, Error> {
    let wanted = Wanted { paths: &args.paths, pair: &[], languages: &[], glossary: None };
    let desk = match Desk::open(&wanted)? {
        Ok(desk) => desk,
        Err((found, sources)) => {
            terminal.findings(&found, &sources);
            terminal.failed(msg!("translate"), msg!("nothing: the book has errors"));
            return Ok(Outcome::Findings);
        }
    };
    let target = desk.target(args.to.as_deref())?;
    let alignment = desk.alignment(&target);
    let begin = Begin {
        book: &desk.book,
        sources: &desk.sources,
        fill: match args.fill {
            Filling::Source => Fill::Source,
            Filling::Empty => Fill::Empty,
        },
        update: args.update,
    };
    let wants = |chapter: &_| desk.wants(chapter);
    let begun = begin.chapters(&alignment, &wants);
    terminal.findings(&begun.findings, &desk.sources);
    if args.dry_run {
        terminal.print_styled(&report::changes(&begun.changed, &desk.sources, terminal.result_width().is_some()))?;
    } else {
        super::write(&desk, &begun.changed, terminal)?;
    }
    terminal.done(if args.dry_run { msg!("would begin") } else { msg!("begun") }, summary(&begun));
    if begun.there > 0 && !args.update && begun.new == 0 {
        terminal.tip(msg!("`--update` brings new and changed blocks of the source into translations that are there"));
    }
    Ok(if begun.findings.is_empty() { Outcome::Clean } else { Outcome::Findings })
}

fn summary(begun: &Begun) -> Message {
    let new = plural!(chapters = begun.new, "{chapters} new chapter", "{chapters} new chapters");
    let blocks = match begun.added + begun.renewed {
        0 => Message::empty(),
        _ => msg!(
            "{added}, {renewed}",
            added = plural!(blocks = begun.added, "{blocks} new block", "{blocks} new blocks"),
            renewed = plural!(blocks = begun.renewed, "{blocks} changed block", "{blocks} changed blocks")
        ),
    };
    let there = match begun.there {
        0 => Message::empty(),
        chapters => plural!(chapters, "{chapters} chapter is there already", "{chapters} chapters are there already"),
    };
    Message::list(List::Clauses, [new, blocks, there])
}
