//! `dama-pub align`.

use std::fmt::Write as _;
use std::path::Path;

use super::args::{Align, Answer};
use super::terminal::Terminal;
use super::{Outcome, pair};
use crate::align::{self, Bead, ChapterPair, Dictionary, Pair, Scored, Texts, Unit};
use crate::error::Error;
use crate::lang;
use crate::message::Locale;
use crate::model::{Book, Chapter, Lang};
use crate::project::{Project, read_text};
use crate::report::alignment;
use crate::source::Sources;

pub(super) fn run(args: &Align, terminal: &Terminal) -> Result<Outcome, Error> {
    match args.pair.as_slice() {
        [source, target] if args.lines => lines(source, target, args.scores, terminal),
        [source, target] => files(source, target, args, terminal),
        _ => project(args, terminal),
    }
}

/// Texts with a sentence a line.
fn lines(source: &Path, target: &Path, scores: bool, terminal: &Terminal) -> Result<Outcome, Error> {
    let (source, target) = (read_text(source)?, read_text(target)?);
    let (source, target): (Vec<&str>, Vec<&str>) = (source.lines().collect(), target.lines().collect());
    let langs = [lang::of_text(source.iter().copied()), lang::of_text(target.iter().copied())];
    let texts = Texts { items: [&source, &target], langs: langs.each_ref(), dictionary: &Dictionary::shipped() };
    let mut out = String::new();
    for Scored { bead: Bead { source, target }, score } in align::sentences(texts) {
        let _ = write!(out, "{}:{}", list(source), list(target));
        if scores {
            let _ = write!(out, ":{score:.3}");
        }
        out.push('\n');
    }
    terminal.print(&out)?;
    Ok(Outcome::Clean)
}

fn list(lines: std::ops::Range<usize>) -> String {
    let numbers: Vec<String> = lines.map(|line| line.to_string()).collect();
    format!("[{}]", numbers.join(","))
}

/// Two Markdown files.
fn files(source: &Path, target: &Path, args: &Align, terminal: &Terminal) -> Result<Outcome, Error> {
    let mut sources = Sources::default();
    // What a manuscript of ours may not hold does not matter here: the texts were not written for it.
    let book = pair::load([source, target], &args.languages, None, &mut sources)?.value;
    answer(&book, &book.languages[..2], &sources, args, terminal)
}

/// The book of a project.
fn project(args: &Align, terminal: &Terminal) -> Result<Outcome, Error> {
    let project = Project::find(&args.dir)?;
    let mut sources = Sources::default();
    let mut found = Vec::new();
    let loaded = crate::layout::load(&project, &mut sources).take(&mut found);
    terminal.findings(&found, &sources);
    let Some((book, _)) = loaded else { return Ok(Outcome::Findings) };
    if book.languages.len() < 2 {
        return Err(Error::Usage(msg!("the book has one language; there is nothing to pair")));
    }
    answer(&book, &book.languages, &sources, args, terminal)
}

/// Pairs the first language with each of the others.
fn answer(book: &Book, langs: &[Lang], sources: &Sources, args: &Align, terminal: &Terminal) -> Result<Outcome, Error> {
    let (source, targets) = langs.split_first().expect("two languages are paired");
    let kept = || -> Vec<ChapterPair<'_>> {
        targets.iter().flat_map(|target| align::align(book, source, target).chapters).collect()
    };
    if let Some(place) = &args.explain {
        terminal.print(&explain(place, book, &kept(), sources, terminal.locale())?)?;
        return Ok(Outcome::Clean);
    }
    // Where each chapter is a text of its own, no pair outlives it.
    let each = |form: &(dyn Fn(&alignment::Chapter<'_>) -> String + Sync)| -> Result<(), Error> {
        for target in targets {
            let texts = align::each_chapter(book, source, target, |chapter| form(&view(&chapter, sources)));
            texts.iter().try_for_each(|text| terminal.print(text))?;
        }
        Ok(())
    };
    match args.format {
        Answer::Table => each(&|chapter| alignment::table(chapter, terminal.locale()))?,
        Answer::Tsv => {
            terminal.print(alignment::TSV_HEAD)?;
            each(&alignment::tsv)?;
        }
        Answer::Json => {
            let chapters = kept();
            let views: Vec<alignment::Chapter<'_>> = chapters.iter().map(|chapter| view(chapter, sources)).collect();
            terminal.print(&alignment::json(&views))?;
        }
    }
    Ok(Outcome::Clean)
}

fn view<'a>(chapter: &'a ChapterPair<'_>, sources: &'a Sources) -> alignment::Chapter<'a> {
    let path = |chapter: Option<&Chapter>| chapter.map_or("", |chapter| sources.get(chapter.file).path());
    alignment::Chapter::of([path(chapter.source), path(chapter.target)], &chapter.pairs, &chapter.segments, sources)
}

/// Why the block at `FILE:LINE` is paired as it is.
fn explain(
    place: &str,
    book: &Book,
    chapters: &[ChapterPair<'_>],
    sources: &Sources,
    locale: Locale,
) -> Result<String, Error> {
    let (file, line) =
        place.rsplit_once(':').and_then(|(file, line)| Some((file, line.parse::<usize>().ok()?))).ok_or_else(|| {
            Error::Usage(msg!("‘{place}’ is not a place; write FILE:LINE, such as zh/02-method.md:7", place))
        })?;
    let here = |unit: &Unit<'_>| {
        let source = sources.get(unit.span.file);
        let last = unit.span.end.saturating_sub(1).max(unit.span.start);
        let lines = source.position(unit.span.start).line..=source.position(last).line;
        (source.path() == file || source.path().ends_with(&format!("/{file}"))) && lines.contains(&line)
    };
    let covers = |pair: &&Pair<'_>| pair.sources.iter().chain(&pair.targets).any(here);
    // The innermost block comes last.
    let pair = chapters.iter().flat_map(|chapter| chapter.pairs.iter().filter(covers)).next_back();
    let pair = pair.ok_or_else(|| Error::Usage(msg!("there is no block at {place}", place)))?;
    let chapter = alignment::Chapter::of(["", ""], std::slice::from_ref(pair), &[], sources);
    let text = |units: &[Unit<'_>]| units.iter().map(Unit::full_text).collect::<Vec<_>>().join(" ");
    let why = match (pair.source(), pair.target()) {
        (Some(source), Some(target)) => {
            let (a, b) = (text(&pair.sources), text(&pair.targets));
            let langs = [source.lang, target.lang];
            let dictionary = &Dictionary::of(&book.glossary, source.lang, target.lang);
            Some(align::explain(Texts { items: [&[a.as_str()], &[b.as_str()]], langs, dictionary }))
        }
        _ => None,
    };
    Ok(alignment::explanation(&chapter.pairs[0], why.as_ref(), locale))
}
