//! `dama-pub catalogue stats` and `terms`: what is known of every book, in one table.

use std::collections::BTreeMap;
use std::path::PathBuf;

use serde::Serialize;
use serde_json::Value;

use super::books;
use super::child::{Crew, last_words};
use crate::cli::Outcome;
use crate::cli::args::Global;
use crate::cli::args::catalogue::{Across, AcrossForm, Books};
use crate::cli::terminal::Terminal;
use crate::error::Error;
use crate::message::Message;
use crate::report::catalogue::table;

/// Most books that a rendering names.
const NAMED: usize = 3;

/// What is said of a book, or why nothing is, by its name.
type Said = Vec<(String, Result<Value, String>)>;

/// What a command says of every book as JSON; of one that it says nothing of, why.
pub(super) fn ask((books, global): (&Books, &Global), command: &str, options: &[&str]) -> Result<Said, Error> {
    let all: Vec<PathBuf> = books::of(books)?;
    let crew = Crew::of(None);
    Ok(crew.each(&all, |book| {
        let output = crew.run(command, book, options, global);
        let said = output.as_ref().ok().and_then(|output| serde_json::from_slice(&output.stdout).ok());
        (books::name(book, &books.root), said.ok_or_else(|| last_words(&output)))
    }))
}

/// How far a translation of a book is.
#[derive(Debug, Serialize)]
pub(super) struct Progress {
    schema: &'static str,
    pub(super) book: String,
    pub(super) language: Option<String>,
    pub(super) blocks: u64,
    pub(super) translated: u64,
    pub(super) reviewed: u64,
    pub(super) changed: u64,
    pub(super) stale: u64,
}

/// How far the translations of a book are, from what `stats` says of it.
pub(super) fn progress(book: &str, statistics: &Value) -> Vec<Progress> {
    let of = |one: &Value| {
        let count = |name: &str| one["total"][name].as_u64().unwrap_or(0);
        Progress {
            schema: "dama-pub/catalogue-stats/1",
            book: book.to_owned(),
            language: one["language"].as_str().map(str::to_owned),
            blocks: count("blocks"),
            translated: count("translated"),
            reviewed: count("reviewed"),
            changed: count("changed"),
            stale: count("stale"),
        }
    };
    statistics["translations"].as_array().into_iter().flatten().map(of).collect()
}

pub(super) fn stats(args: &Across, global: &Global, terminal: &Terminal) -> Result<Outcome, Error> {
    let told = ask((&args.books, global), "stats", &["--format", "json"])?;
    let failed = tell_failures(&told, terminal);
    let rows: Vec<Progress> =
        told.iter().flat_map(|(book, said)| said.iter().flat_map(|said| progress(book, said))).collect();
    match args.format {
        AcrossForm::Jsonl => print_lines(&rows, terminal)?,
        AcrossForm::Table => {
            let heads = [
                msg!("book"),
                msg!("language"),
                msg!("blocks"),
                msg!("translated"),
                msg!("reviewed"),
                msg!("changed"),
                msg!("stale"),
            ];
            let cells = rows.iter().map(|row| {
                let counts = [row.blocks, row.translated, row.reviewed, row.changed, row.stale];
                let names = [row.book.clone(), row.language.clone().unwrap_or_default()];
                names.into_iter().chain(counts.map(|count| count.to_string())).collect()
            });
            terminal.print(&table(&heads.map(|head| terminal.locale().say(&head)), cells, 2))?;
        }
    }
    Ok(if failed { Outcome::Trouble } else { Outcome::Clean })
}

/// A term and the words that stand for it.
#[derive(Debug, Serialize)]
struct Term {
    schema: &'static str,
    source: String,
    target: String,
    term: String,
    renderings: Vec<Rendering>,
}

/// Words that stand for a term, and the books in which they do.
#[derive(Debug, Serialize, PartialEq, Eq)]
struct Rendering {
    words: String,
    /// Whether a termbase prescribes them; else they are what was found in their place.
    prescribed: bool,
    books: Vec<String>,
    times: u64,
}

pub(super) fn terms(args: &Across, global: &Global, terminal: &Terminal) -> Result<Outcome, Error> {
    // A book without a termbase has no terms.
    let told = ask((&args.books, global), "terms", &["--format", "json"])?;
    let known = told.iter().filter_map(|(book, said)| Some((book.as_str(), said.as_ref().ok()?)));
    let rows = merged(known);
    match args.format {
        AcrossForm::Jsonl => print_lines(&rows, terminal)?,
        AcrossForm::Table => {
            let heads = [Message::empty(), msg!("term"), msg!("language"), msg!("renderings")];
            let cells = rows.iter().map(|row| {
                let mark = if row.renderings.len() > 1 { "!" } else { "" };
                let renderings: Vec<String> = row.renderings.iter().map(shown).collect();
                vec![mark.to_owned(), row.term.clone(), row.target.clone(), renderings.join(" | ")]
            });
            terminal.print(&table(&heads.map(|head| terminal.locale().say(&head)), cells, 4))?;
        }
    }
    let differing = rows.iter().filter(|row| row.renderings.len() > 1).count();
    let books = rows.iter().flat_map(|row| &row.renderings).flat_map(|one| &one.books);
    let books = books.collect::<std::collections::BTreeSet<_>>().len();
    let terms = plural!(terms = rows.len(), "{terms} term", "{terms} terms");
    let summary = msg!("{terms} in {n} books, {differing} rendered in several ways", terms, n = books, differing);
    terminal.verdict(differing > 0, msg!("compared"), summary);
    Ok(Outcome::Clean)
}

fn shown(rendering: &Rendering) -> String {
    let Rendering { words, books, times, .. } = rendering;
    let more = books.len().saturating_sub(NAMED);
    let named = books.iter().take(NAMED).cloned().collect::<Vec<_>>().join(", ");
    let more = if more > 0 { format!(" +{more}") } else { String::new() };
    format!("{words} {times}× ({named}{more})")
}

/// The terms of all books: those first that are rendered in several ways, in the most books.
fn merged<'a>(told: impl Iterator<Item = (&'a str, &'a Value)>) -> Vec<Term> {
    let mut all: BTreeMap<[String; 3], BTreeMap<String, Rendering>> = BTreeMap::new();
    for (book, said) in told {
        for translation in said["translations"].as_array().into_iter().flatten() {
            for term in translation["terms"].as_array().into_iter().flatten() {
                let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
                let key = [text(&term["source"]), text(&translation["source"]), text(&translation["target"])];
                let renderings = all.entry(key).or_default();
                note(renderings, book, text(&term["target"]), true, term["kept"].as_u64().unwrap_or(0));
                for variant in term["variants"].as_array().into_iter().flatten() {
                    note(renderings, book, text(&variant[0]), false, variant[1].as_u64().unwrap_or(0));
                }
            }
        }
    }
    let mut terms: Vec<Term> = all.into_iter().map(|(key, renderings)| of_term(key, renderings)).collect();
    terms.sort_by_cached_key(|term| {
        let books: usize = term.renderings.iter().map(|rendering| rendering.books.len()).sum();
        (std::cmp::Reverse((term.renderings.len() > 1, books)), term.term.clone())
    });
    terms
}

fn of_term([term, source, target]: [String; 3], renderings: BTreeMap<String, Rendering>) -> Term {
    // A rendering that a termbase prescribes and no text has needed yet is none that readers see.
    let mut renderings: Vec<Rendering> = renderings.into_values().collect();
    if renderings.iter().any(|rendering| rendering.times > 0) {
        renderings.retain(|rendering| rendering.times > 0);
    }
    renderings.sort_by_key(|one| std::cmp::Reverse((one.books.len(), one.times)));
    Term { schema: "dama-pub/catalogue-terms/1", source, target, term, renderings }
}

fn note(renderings: &mut BTreeMap<String, Rendering>, book: &str, words: String, prescribed: bool, times: u64) {
    // Whether a sentence begins with it makes no other word of it.
    let rendering = renderings.entry(words.to_lowercase()).or_insert_with(|| Rendering {
        words,
        prescribed: false,
        books: Vec::new(),
        times: 0,
    });
    rendering.prescribed |= prescribed;
    rendering.times += times;
    if times > 0 && rendering.books.last().is_none_or(|last| last != book) {
        rendering.books.push(book.to_owned());
    }
}

/// Says of which books nothing could be had; gives whether there are any.
pub(super) fn tell_failures(told: &[(String, Result<Value, String>)], terminal: &Terminal) -> bool {
    let failed = told.iter().filter_map(|(book, said)| Some((book.as_str(), said.as_ref().err()?)));
    let mut any = false;
    for (book, what) in failed {
        any = true;
        terminal.failed(msg!("failed"), msg!("{book}: {what}", book, what = what.as_str()));
    }
    any
}

fn print_lines(rows: &[impl Serialize], terminal: &Terminal) -> Result<(), Error> {
    let lines = rows.iter().map(|row| serde_json::to_string(row).expect("a row is plain data") + "\n");
    terminal.print(&lines.collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(target: &str, kept: u64, variants: &[(&str, u64)]) -> Value {
        let term = serde_json::json!({"source": "算力", "target": target, "kept": kept, "variants": variants});
        serde_json::json!({"translations": [{"source": "zh", "target": "en", "terms": [term]}]})
    }

    #[test]
    fn one_term_in_three_words_is_seen_across_books() {
        let books = [
            ("a", told("computing power", 3, &[])),
            ("b", told("Computing power", 1, &[("compute", 2)])),
            ("c", told("computational capacity", 4, &[])),
            ("d", told("number crunching", 0, &[])),
        ];
        let terms = merged(books.iter().map(|(book, said)| (*book, said)));
        let words: Vec<(&str, u64, usize)> =
            terms[0].renderings.iter().map(|one| (one.words.as_str(), one.times, one.books.len())).collect();
        assert_eq!(words, [("computing power", 4, 2), ("computational capacity", 4, 1), ("compute", 2, 1)]);
    }
}
