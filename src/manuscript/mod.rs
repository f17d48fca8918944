//! From the files of a manuscript to the [`Book`].

mod breaks;
mod charts;
mod combining;
mod comments;
mod config;
mod crowd;
mod data;
mod datafile;
mod direction;
pub(crate) mod encoding;
mod files;
mod formulas;
mod front;
mod glossary;
mod head;
mod ledger;
mod load;
mod markdown;
mod merge;
mod opening;
mod pair;
pub mod picture;
mod references;
mod remembered;
mod resolve;
mod reviewed;
mod shared;
mod tables;
mod tex;
mod unseen;
pub(crate) mod xml;
pub(crate) mod yaml;

use crate::codes;
use crate::diagnostic::{Diagnostic, Reported};
use crate::message::{List, Message};
use crate::model::{Block, BlockKind, Chapter, ChapterMeta, Lang, Spanned};
use crate::source::{FileId, Files, SourceFile, Sources, Span};

pub use comments::{COMMENTS_FILE, load_comments, write as write_comments};
pub use config::{Config, load_config};
pub(crate) use files::chapter_name;
#[cfg(feature = "pages")]
pub(crate) use files::portable::odd as odd_names;
#[cfg(feature = "pages")]
pub(crate) use formulas::convert as convert_formulas;
use front::Front;
pub use load::load_book;
pub(crate) use load::load_book_again;
pub(crate) use load::reread;
#[cfg(feature = "pages")]
pub(crate) use markdown::has_braces;
pub(crate) use markdown::{is_id, is_key, is_short_reference, mdx_unseen};
pub(crate) use merge::GLOSSARY_FILE;
pub use merge::{Merged, TermEntry, merge as merge_terms, part_of_speech};
pub use pair::{Named, Text, load_pair, load_texts};
#[cfg(all(test, feature = "pages"))]
pub(crate) use references::load as load_references;
pub(crate) use remembered::Remembered;
pub use reviewed::{REVIEWED_FILE, load_reviewed, write as write_reviewed};
#[cfg(feature = "pages")]
pub(crate) use tables::{files_of as table_files, fill as fill_tables};

#[cfg(doc)]
use crate::model::Book;

/// What marks the unfinished: the word in a comment, and the key of front matter.
pub(crate) const DRAFT: &str = "draft";

/// The value of that key that marks the lines of the head.
pub(crate) const HEAD: &str = "head";

/// Longest chapter accepted, in bytes.
const MAX_CHAPTER: usize = 8 * 1024 * 1024;

/// Parses one Markdown file. Pure. `blocks` as in [`load_book`]; `None` accepts every name.
pub fn parse_chapter(
    file: FileId,
    path: &str,
    lang: &Lang,
    text: &str,
    blocks: Option<&[String]>,
) -> Reported<Chapter> {
    parse(file, path, lang, text, Purpose::Book(blocks))
}

/// What a text is parsed for.
#[derive(Clone, Copy)]
enum Purpose<'a> {
    /// To be set, with building blocks beyond the general ones.
    Book(Option<&'a [String]>),
    /// To be compared: it may be of any program.
    Comparison,
}

/// How the text of a chapter is read, to read it again after a change. What only its files know is left as it is written.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Reading<'a> {
    /// The chapter as it was.
    pub(crate) chapter: &'a Chapter,
    /// Whether it belongs to no book, and may be of any program.
    pub(crate) compared: bool,
}

impl Reading<'_> {
    /// The chapter that another text gives.
    pub(crate) fn read(&self, text: &str) -> Chapter {
        let Chapter { file, path, lang, .. } = self.chapter;
        let purpose = if self.compared { Purpose::Comparison } else { Purpose::Book(None) };
        parse(*file, path, lang, text, purpose).value
    }
}

fn parse(file: FileId, path: &str, lang: &Lang, text: &str, purpose: Purpose<'_>) -> Reported<Chapter> {
    let mut sink = Vec::new();
    let written = Written { file, path, lang, text };
    let front = front::read(file, text, &mut sink);
    let mut body = written.body(&front, purpose, &mut sink);
    let stem = stem_of(path).to_owned();
    let mut drafts = front.drafts();
    drafts.append(&mut body.drafts);
    let chapter = Chapter {
        file,
        path: path.to_owned(),
        lang: lang.clone(),
        meta: written.meta(front, &mut body, &stem, &mut sink),
        stem,
        blocks: body.blocks,
        notes: body.notes,
        waivers: body.waivers,
        drafts,
    };
    Reported::new(chapter, sink)
}

/// A chapter as it is written.
#[derive(Clone, Copy)]
struct Written<'a> {
    file: FileId,
    path: &'a str,
    lang: &'a Lang,
    text: &'a str,
}

impl Written<'_> {
    /// Its Markdown, the lines of the front matter included.
    fn body(self, front: &Front, purpose: Purpose<'_>, sink: &mut Vec<Diagnostic>) -> markdown::Body {
        let Self { file, path, lang, text } = self;
        if text.len() > MAX_CHAPTER {
            sink.push(too_long(text.len(), MAX_CHAPTER).at(Span::new(file, front.body..front.body)));
            return markdown::Body::default();
        }
        let (blocks, compared) = match purpose {
            Purpose::Book(blocks) => (blocks, false),
            Purpose::Comparison => (None, true),
        };
        let lines = [&front.title, &front.subtitle, &front.byline];
        let mut head: Vec<Spanned<String>> = lines.into_iter().flatten().cloned().collect();
        head.sort_by_key(|line| line.span);
        let titled = front.title.is_some();
        let input = markdown::Input { file, path, lang, text, body: front.body, titled, head: &head, compared, blocks };
        let mut body = markdown::parse(input, sink);
        if !compared {
            crowd::refuse(&mut body, sink);
        }
        body
    }

    /// What it says of itself; the lines of its head are taken out of the Markdown.
    fn meta(self, front: Front, body: &mut markdown::Body, stem: &str, sink: &mut Vec<Diagnostic>) -> ChapterMeta {
        let given = body.title.take();
        let is_title = |line: &&markdown::Head| front.title.as_ref().is_some_and(|title| title.span == line.span);
        let id = given.as_ref().or(body.head.iter().find(is_title)).and_then(|line| line.id.clone());
        let mut run = |written: &Spanned<String>| {
            let found = body.head.iter_mut().find(|line| line.span == written.span);
            found.map(|line| std::mem::take(&mut line.run)).unwrap_or_default()
        };
        let [title, subtitle] = [front.title, front.subtitle].map(|written| {
            let written = written?;
            let run = run(&written);
            Some(head::title(written, run))
        });
        let byline = front.byline.map(|written| {
            let run = run(&written);
            head::line(written, run)
        });
        let name = |span: Span| Spanned { value: stem.to_owned(), span };
        let in_front_matter = title.is_some();
        let title = title.or_else(|| given.map(|head| head::line(name(head.span), head.run)));
        let titled = title.is_some();
        let title = title.unwrap_or_else(|| {
            let span = front.empty_title.unwrap_or_else(|| self.first_line(front.body));
            // In front matter that cannot be read there may be a title, and why it cannot be read has been reported.
            if !front.unread {
                sink.push(untitled(&body.blocks).at(span));
            }
            head::line(name(span), Vec::new())
        });
        let Front { theme, image, role, role_span, extra, .. } = front;
        let image = image.map(|image| image.figure(self.path, sink));
        ChapterMeta { title, id, titled, in_front_matter, subtitle, theme, byline, image, role, role_span, extra }
    }

    /// The first line of its Markdown that is not empty.
    fn first_line(self, body: usize) -> Span {
        let first = self.text[body..].trim_start();
        let start = self.text.len() - first.len();
        Span::new(self.file, start..start + first.find(['\n', '\r']).unwrap_or(first.len()))
    }
}

/// What is said of a chapter without a title.
fn untitled(blocks: &[Block]) -> Diagnostic {
    let hint = match blocks.first().map(|block| &block.kind) {
        Some(BlockKind::Heading { .. }) => msg!(
            "if this heading is the title, write it with one `#`: there are others of its level or above; else add `title:` to the front matter"
        ),
        _ => msg!("add `title:` to the front matter, or start the text with `# Title`"),
    };
    Diagnostic::error(codes::MISSING_TITLE, msg!("this chapter has no title")).hint(hint)
}

/// A chapter's name: its path in the folder of its language, without the ending.
fn stem_of(path: &str) -> &str {
    let in_folder = path.strip_prefix("manuscript/").and_then(|path| Some(path.split_once('/')?.1));
    let name = in_folder.unwrap_or_else(|| path.rsplit('/').next().unwrap_or(path));
    chapter_name(name).unwrap_or(name)
}

/// The name that a footnote's definition and its references share: case and runs of blanks do not matter.
fn note_name(written: &str) -> String {
    written.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

fn too_long(size: usize, limit: usize) -> Diagnostic {
    Diagnostic::error(codes::TOO_LARGE, msg!("the file has {size} bytes; at most {limit} are allowed", size, limit))
        .hint(msg!("split the file"))
}

/// What an author types, as it stands in a sentence: the same in every language.
pub(crate) fn typed(text: &str) -> Message {
    Message::data(format!("`{text}`"))
}

/// What an author can type in one place.
pub(crate) fn choices<'a>(words: impl IntoIterator<Item = &'a str>) -> Message {
    Message::list(List::Or, words.into_iter().map(typed))
}

/// Reads a text file into `sources`; problems are reported.
fn read_text(
    files: &dyn Files,
    sources: &mut Sources,
    path: &str,
    limit: usize,
    sink: &mut Vec<Diagnostic>,
) -> Option<FileId> {
    if let Some(known) = sources.find(path) {
        return Some(known);
    }
    let bytes = read_bytes(files, sources, path, limit, sink)?;
    add_text(sources, path, bytes, sink)
}

/// Reads a chapter into `sources`, without the characters in it that are not seen; problems are reported.
fn read_chapter(files: &dyn Files, sources: &mut Sources, path: &str, sink: &mut Vec<Diagnostic>) -> Option<FileId> {
    match sources.find(path) {
        Some(known) => Some(known),
        None => read_chapter_anew(files, sources, path, sink),
    }
}

/// The same, whether it was read before or not.
fn read_chapter_anew(
    files: &dyn Files,
    sources: &mut Sources,
    path: &str,
    sink: &mut Vec<Diagnostic>,
) -> Option<FileId> {
    let bytes = read_bytes(files, sources, path, MAX_CHAPTER, sink)?;
    let (written, foreign) = decoded(bytes);
    let cleaned = unseen::clean(&written);
    let at = foreign.as_ref().map_or(0, |foreign| unseen::clean(&written[..foreign.at]).text.len());
    let file = sources.replace(cleaned.file(path, written));
    cleaned.report(file, foreign.is_none(), sink);
    let Some(foreign) = foreign else { return Some(file) };
    refuse(&foreign, file, at, &cleaned.text, sink);
    foreign.is_legible().then_some(file)
}

/// The bytes of a file that is not too long.
fn read_bytes(
    files: &dyn Files,
    sources: &mut Sources,
    path: &str,
    limit: usize,
    sink: &mut Vec<Diagnostic>,
) -> Option<Vec<u8>> {
    let bytes = match files.read(path) {
        Ok(bytes) => bytes,
        Err(why) => {
            sink.push(config::missing(path, &why));
            return None;
        }
    };
    if bytes.len() > limit {
        let file = sources.add(SourceFile::new(path, ""));
        sink.push(too_long(bytes.len(), limit).at(Span::new(file, 0..0)));
        return None;
    }
    Some(bytes)
}

/// The text of a file, and what is wrong with it where it is not UTF-8.
pub(crate) fn decoded(bytes: Vec<u8>) -> (String, Option<encoding::Foreign>) {
    match encoding::read(bytes) {
        Ok(text) => (text, None),
        Err(mut foreign) => (std::mem::take(&mut foreign.text), Some(foreign)),
    }
}

/// A text without the characters that a chapter cannot hold, and those of them that may have been text.
pub(crate) fn without_unseen(text: &str) -> (String, String) {
    let kept = unseen::clean(text).text;
    let mut left = kept.chars().peekable();
    let mut lost = String::new();
    for c in text.chars() {
        if left.next_if_eq(&c).is_none()
            && !c.is_whitespace()
            && !c.is_control()
            && !matches!(c, '\u{200b}'..='\u{200d}' | '\u{feff}')
        {
            lost.push(c);
        }
    }
    (kept, lost)
}

/// Full-width spaces with which lines of a chapter are indented by hand; reading the chapter leaves them out.
pub(crate) fn hand_indents(file: FileId, text: &str) -> Vec<Span> {
    let body = front::read(file, text, &mut Vec::new()).body;
    markdown::hand_indents(text, body).into_iter().map(|place| Span::new(file, place)).collect()
}

/// Adds a text file to `sources`. One that is not UTF-8 is reported at its first character that is none; it is read on if its
/// encoding is known or few of its characters are lost, so that nothing of it is missed.
pub(crate) fn add_text(
    sources: &mut Sources,
    path: &str,
    bytes: Vec<u8>,
    sink: &mut Vec<Diagnostic>,
) -> Option<FileId> {
    let (written, foreign) = decoded(bytes);
    let cleaned = unseen::without_crowds(&written);
    let at = foreign.as_ref().map_or(0, |foreign| unseen::without_crowds(&written[..foreign.at]).text.len());
    let file = sources.add(cleaned.file(path, written));
    cleaned.report(file, foreign.is_none(), sink);
    let Some(foreign) = foreign else { return Some(file) };
    refuse(&foreign, file, at, &cleaned.text, sink);
    foreign.encoding.map(|_| file)
}

/// Most characters before a damaged place that a message shows.
const SHOWN: usize = 8;

/// Reports a file that is not UTF-8; the first of its characters that are none stands at byte `at` of its `text`.
fn refuse(foreign: &encoding::Foreign, file: FileId, at: usize, text: &str, sink: &mut Vec<Diagnostic>) {
    let end = at + text[at..].chars().next().map_or(0, char::len_utf8);
    let (message, hint) = match foreign.encoding {
        Some(encoding) => (
            msg!("this file is not UTF-8: it looks like {encoding}", encoding),
            msg!("open it in the encoding {encoding} and save it as UTF-8", encoding),
        ),
        None if foreign.is_legible() => (damage(&text[..at], foreign.lost), msg!("write the lost characters again")),
        None => (msg!("invalid UTF-8 at byte {at}", at), msg!("save the file as UTF-8")),
    };
    sink.push(Diagnostic::error(codes::NOT_UTF8, message).at(Span::new(file, at..end)).hint(hint));
}

fn damage(before: &str, places: usize) -> Message {
    let line = before.rsplit('\n').next().unwrap_or_default();
    let from = line.char_indices().rev().nth(SHOWN - 1).map_or(0, |(at, _)| at);
    let shown = Message::data(line[from..].to_owned());
    match places {
        1 => msg!("the file is damaged: what stands after ‘{before}’ is not UTF-8", before = shown),
        places => msg!(
            "the file is damaged: what stands after ‘{before}’ is not UTF-8; so in {places} places",
            before = shown,
            places
        ),
    }
}
