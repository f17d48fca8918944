//! A chapter as a layout asks for it: read through the World, and lowered to content.

use std::collections::BTreeMap;
use std::sync::Arc;

use typst::diag::{At, SourceResult};
use typst::ecow::eco_vec;
use typst::engine::Engine;
use typst::foundations::{Bytes, Content, Dict, Str};
use typst::syntax::{FileId, Spanned};
use typst::{Library, World};

use super::terms::Terms;
use super::{broken, counted, lower, notation, relay, sides, world};
use crate::manuscript;
use crate::model::{Block, Chapter, Figure, HeadLine, Lang, Math, text};
use crate::source::{SourceFile, Sources};

/// A chapter as the World gives it.
pub(super) struct Reading {
    file: FileId,
    /// Its project-relative path.
    pub(super) path: String,
    text: Arc<str>,
    /// The chapter itself.
    pub(super) chapter: Arc<Chapter>,
    /// Its numbered blocks.
    pub(super) numbered: Arc<counted::Places>,
}

/// What is made of a chapter's file, once.
#[derive(Clone)]
struct Parsed {
    text: Arc<str>,
    chapter: Arc<Chapter>,
    numbered: Arc<counted::Places>,
    /// The files that its tables come from.
    tables: Arc<[String]>,
}

/// How a layout wants a chapter.
pub(super) struct How {
    /// Its functions for building blocks.
    pub(super) blocks: Dict,
    /// Whether the places of the glossary's terms are marked.
    pub(super) terms: bool,
}

/// Reads a chapter of the manuscript.
pub(super) fn read_path(engine: &mut Engine, path: &Spanned<Str>) -> SourceResult<Reading> {
    let plain = path.v.trim_start_matches('/').to_owned();
    let Some(lang) = language(engine.library, &plain) else {
        let message = msg!("not a chapter of the manuscript");
        let hint = relay::send(msg!("take the paths from `dama.book.chapters`"));
        return Err(eco_vec![relay::error(path.span, message).with_hint(hint)]);
    };
    let Some(file) = world::file_id(&plain) else {
        return Err(eco_vec![relay::error(path.span, msg!("the path leads out of the project"))]);
    };
    let bytes = engine.world.file(file).at(path.span)?;
    bytes.as_str().map_err(|_| relay::send(msg!("the chapter is not UTF-8 text"))).at(path.span)?;
    let math = notation::of(engine.library);
    let Parsed { text, mut chapter, numbered, tables } = parse(&plain, lang.tag(), &bytes, &math);
    if !tables.is_empty() {
        chapter = with_tables(&plain, lang.tag(), &bytes, &math, files_of(engine, &tables));
    }
    Ok(Reading { file, path: plain, text, chapter, numbered })
}

/// The language of a chapter: the one whose folder it lies in.
fn language(library: &Library, path: &str) -> Option<Lang> {
    manuscript::chapter_name(path)?;
    let folder = path.match_indices('/').nth(1).map(|(end, _)| &path[..end])?;
    sides::of_folder(library, folder)
}

/// Parses a chapter once per text. Its findings were reported when the book was loaded.
#[comemo::memoize]
fn parse(path: &str, lang: &str, bytes: &Bytes, math: &Math) -> Parsed {
    let lang = Lang::new(lang).expect("the caller made this language");
    let text: Arc<str> = bytes.as_str().unwrap_or_default().into();
    let mut sources = Sources::default();
    let file = sources.add(SourceFile::new(path, text.to_string()));
    let mut chapter = manuscript::parse_chapter(file, path, &lang, &text, None).value;
    manuscript::convert_formulas(&mut chapter, math, &mut Vec::new());
    let tables = manuscript::table_files(&chapter).into();
    Parsed { text, numbered: Arc::new(counted::places(&chapter)), chapter: Arc::new(chapter), tables }
}

/// The files of tables. One that cannot be had was reported when the book was loaded.
fn files_of(engine: &Engine, paths: &[String]) -> BTreeMap<String, Bytes> {
    let read = |path: &String| {
        let bytes = engine.world.file(world::file_id(path)?).ok()?;
        Some((path.clone(), bytes))
    };
    paths.iter().filter_map(read).collect()
}

/// A chapter with the cells of tables that stand in files.
#[comemo::memoize]
fn with_tables(path: &str, lang: &str, bytes: &Bytes, math: &Math, files: BTreeMap<String, Bytes>) -> Arc<Chapter> {
    let Parsed { text, chapter, .. } = parse(path, lang, bytes, math);
    let mut chapter = Arc::unwrap_or_clone(chapter);
    // The chapter's own file comes first, as it does where the chapter is parsed.
    let mut sources = Sources::default();
    sources.add(SourceFile::new(path, text.to_string()));
    manuscript::fill_tables(&mut chapter, &files, &mut sources, &mut Vec::new());
    Arc::new(chapter)
}

/// Lowers some blocks of a chapter, one content for each.
pub(super) fn lower_blocks(engine: &mut Engine, reading: &Reading, how: &How, wanted: &[&Block]) -> Vec<Content> {
    let scene = scene(engine, reading, how);
    lower::blocks(engine, &scene, wanted.iter().copied())
}

/// Lowers a line of a chapter's head, with its notes and links or without.
pub(super) fn lower_line(engine: &mut Engine, reading: &Reading, how: &How, line: &HeadLine, notes: bool) -> Content {
    let scene = scene(engine, reading, how);
    if notes {
        return lower::heading(engine, &scene, &line.run);
    }
    lower::heading(engine, &scene, &text::without_notes(&line.run))
}

/// Lowers the words of the credit line of a figure.
pub(super) fn lower_credit(engine: &mut Engine, reading: &Reading, how: &How, figure: &Figure) -> Option<Content> {
    let scene = scene(engine, reading, how);
    lower::credit(engine, &scene, figure)
}

/// Lowers the picture at the opening of a chapter.
pub(super) fn lower_opening(engine: &mut Engine, reading: &Reading, how: &How, block: &Block) -> Option<Dict> {
    let scene = scene(engine, reading, how);
    lower::opening(engine, &scene, block)
}

fn scene<'a>(engine: &mut Engine, reading: &'a Reading, how: &'a How) -> lower::Scene<'a> {
    let chapter = &reading.chapter;
    let terms = if how.terms { Terms::of(engine.library, &chapter.lang) } else { None };
    let suffix = sides::suffix(&sides::of(engine.library), &chapter.lang);
    let (file, text, blocks) = (reading.file, reading.text.as_ref(), &how.blocks);
    lower::Scene { file, text, chapter, blocks, suffix, terms, broken: broken::read(engine, &reading.path) }
}
