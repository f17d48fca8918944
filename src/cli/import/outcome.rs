//! What is told after an import: how much there is of what, and what is not as it was.

use std::fmt::Write as _;
use std::path::Path;

use crate::align;
use crate::checks;
use crate::cli::args::import::Import;
use crate::cli::terminal::Terminal;
use crate::diagnostic::Severity;
use crate::error::Error;
use crate::import::{Entry, Imported, Kind};
use crate::message::{Locale, Message};
use crate::model::{BlockKind, Book, Lang, walk};
use crate::source::Sources;

/// How many entries of one kind a person is shown.
const SHOWN: usize = 40;

/// Shows what was made, and gives the report for programs.
pub(super) fn tell(args: &Import, target: &Path, imported: &Imported, terminal: &Terminal) -> Result<String, Error> {
    let mut sources = Sources::default();
    let mut found = Vec::new();
    let book = crate::layout::load(&imported.files, &mut sources).take(&mut found).map(|(book, _)| book);
    if let Some(book) = &book {
        found.extend(checks::check(book, &sources).open);
    }
    terminal.findings(&found, &sources);
    let counts = book.as_ref().map(counts).unwrap_or_default();
    let locale = terminal.locale();
    let told = entries(&imported.report.entries, locale) + &table(&counts, &imported.report.entries, locale);
    // What a trial run gives is the style map.
    if args.dry_run {
        terminal.relay(told.as_bytes());
    } else {
        terminal.print(&told)?;
    }
    let worst = imported.report.entries.iter().any(|entry| entry.severity == Severity::Error);
    let what = if args.dry_run { msg!("would import") } else { msg!("imported") };
    let details = match &book {
        Some(_) => msg!("{book}; next: `dama-pub check {book}`", book = target),
        None => msg!("{book}; it cannot be built before what is told above is mended", book = target),
    };
    terminal.verdict(worst, what, details);
    Ok(json(args, target, &counts, &imported.report.entries, terminal.machine_locale()))
}

/// How much there is in a language.
#[derive(Debug, Clone, Default)]
struct Counts {
    lang: String,
    /// Chapters, blocks, notes, figures, tables.
    of: [usize; 5],
    /// Pairs of blocks with the source; `None` for the source itself.
    pairs: Option<usize>,
}

const WORDS: [&str; 5] = ["chapters", "blocks", "notes", "figures", "tables"];

fn counts(book: &Book) -> Vec<Counts> {
    let source = book.source_language();
    book.languages.iter().map(|lang| of_language(book, lang, source)).collect()
}

fn of_language(book: &Book, lang: &Lang, source: &Lang) -> Counts {
    let chapters = book.chapters.get(lang).map(Vec::as_slice).unwrap_or_default();
    let mut of = [chapters.len(), 0, 0, 0, 0];
    for chapter in chapters {
        of[2] += chapter.notes.len();
        walk::chapter_blocks(chapter, &mut |block| {
            of[1] += 1;
            of[3] += usize::from(matches!(&block.kind, BlockKind::Figure(_)));
            of[4] += usize::from(matches!(&block.kind, BlockKind::Table(_)));
        });
    }
    let pairs = (lang != source).then(|| {
        let alignment = align::align(book, source, lang);
        let both = |pair: &&align::Pair<'_>| pair.source().is_some() && pair.target().is_some();
        alignment.chapters.iter().map(|chapter| chapter.pairs.iter().filter(both).count()).sum()
    });
    Counts { lang: lang.tag().to_owned(), of, pairs }
}

fn table(counts: &[Counts], entries: &[Entry], locale: Locale) -> String {
    let words = [msg!("chapters"), msg!("blocks"), msg!("footnotes"), msg!("figures"), msg!("tables")];
    let mut rows: Vec<(String, Vec<String>)> = Vec::new();
    if counts.len() > 1 {
        rows.push((String::new(), counts.iter().map(|counts| counts.lang.clone()).collect()));
    }
    for (at, word) in words.iter().enumerate() {
        rows.push((locale.say(word), counts.iter().map(|counts| counts.of[at].to_string()).collect()));
    }
    let pairs: Vec<String> = counts.iter().filter_map(|counts| Some(counts.pairs?.to_string())).collect();
    if !pairs.is_empty() {
        rows.push((locale.say(&msg!("pairs")), pairs));
    }
    let kinds = [
        (Kind::Dropped, msg!("dropped")),
        (Kind::Guessed, msg!("guessed")),
        (Kind::Renamed, msg!("renamed")),
        (Kind::Changed, msg!("changed")),
    ];
    for (kind, word) in kinds {
        let count = entries.iter().filter(|entry| entry.kind == kind).count();
        rows.push((locale.say(&word), vec![count.to_string()]));
    }
    // The tag of a language may be longer than any number.
    let column = counts.iter().map(|counts| counts.lang.len() + 1).max().unwrap_or(0).max(6);
    let width = rows.iter().map(|(word, _)| textwrap::core::display_width(word)).max().unwrap_or(0);
    let mut out = String::new();
    for (word, values) in rows {
        let space = " ".repeat(width - textwrap::core::display_width(&word));
        let values: Vec<String> = values.iter().map(|value| format!("{value:>column$}")).collect();
        let _ = writeln!(out, "{word}{space}{}", values.concat());
    }
    out
}

fn kind_word(kind: Kind) -> Message {
    match kind {
        Kind::Dropped => msg!("dropped"),
        Kind::Guessed => msg!("guessed"),
        Kind::Renamed => msg!("renamed"),
        Kind::Changed => msg!("changed"),
    }
}

/// The entries for a person, the gravest first; of many of one kind the first ones.
fn entries(entries: &[Entry], locale: Locale) -> String {
    let mut sorted: Vec<&Entry> = entries.iter().collect();
    sorted.sort_by_key(|entry| std::cmp::Reverse(entry.severity));
    let mut out = String::new();
    for kind in [Kind::Dropped, Kind::Changed, Kind::Guessed, Kind::Renamed] {
        let of_kind: Vec<&&Entry> = sorted.iter().filter(|entry| entry.kind == kind).collect();
        for entry in of_kind.iter().take(SHOWN) {
            let place = match entry.at.as_str() {
                "" => entry.file.clone(),
                at => format!("{}:{at}", entry.file),
            };
            let (severity, kind) = (locale.say(&entry.severity.word()), locale.say(&kind_word(kind)));
            let _ = writeln!(out, "{severity}[{kind}]: {place}: {}", locale.say(&entry.message));
        }
        if of_kind.len() > SHOWN {
            let more = msg!("… and {n} more; `--report FILE` has all of them", n = of_kind.len() - SHOWN);
            let _ = writeln!(out, "{}", locale.say(&more));
        }
    }
    if !out.is_empty() {
        out.push('\n');
    }
    out
}

fn json(args: &Import, target: &Path, counts: &[Counts], entries: &[Entry], locale: Locale) -> String {
    let files = |paths: &[std::path::PathBuf]| -> Vec<String> {
        paths.iter().map(|path| path.to_string_lossy().into_owned()).collect()
    };
    let languages: Vec<serde_json::Value> = counts
        .iter()
        .map(|counts| {
            let mut value = serde_json::json!({ "language": counts.lang });
            WORDS.iter().zip(counts.of).for_each(|(word, count)| value[*word] = count.into());
            if let Some(pairs) = counts.pairs {
                value["pairs"] = pairs.into();
            }
            value
        })
        .collect();
    let entries: Vec<serde_json::Value> = entries
        .iter()
        .map(|entry| {
            serde_json::json!({
                "kind": entry.kind.name(), "severity": entry.severity.name(), "file": entry.file, "at": entry.at,
                "message": locale.say(&entry.message), "lost": entry.lost,
            })
        })
        .collect();
    let report = serde_json::json!({
        "sources": files(&args.sources), "translation": files(&args.translation),
        "book": target.to_string_lossy(), "languages": languages, "entries": entries,
    });
    let text = serde_json::to_string_pretty(&report).unwrap_or_default();
    text + "\n"
}
