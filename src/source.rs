//! Source files and positions in them: the ground every diagnostic stands on.

mod span_set;

use std::borrow::Borrow;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use crate::message::{Argument, Message};
pub(crate) use span_set::SpanSet;

/// Names one file of a [`Sources`] table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FileId(u32);

/// A range of bytes in one source file.
///
/// Invariant: `start <= end`, both on character boundaries of the file's text. Code that shows a place does not rely on
/// this but reads the text through [`Sources::clamp`], [`Sources::snippet`] or [`SourceFile::slice`], which take any
/// span.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Span {
    /// The file that the range lies in.
    pub file: FileId,
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl Span {
    /// A span over `range` of `file`.
    pub fn new(file: FileId, range: Range<usize>) -> Self {
        debug_assert!(range.start <= range.end);
        Self { file, start: range.start, end: range.end }
    }

    /// The bytes as a range.
    pub fn range(self) -> Range<usize> {
        self.start..self.end
    }

    /// The smallest span that holds both; `other` must lie in the same file.
    pub fn to(self, other: Span) -> Span {
        debug_assert_eq!(self.file, other.file);
        Span { file: self.file, start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// Whether a byte of a file is one of its own. The end is not: it is the first byte after the span, so that an empty
    /// span contains no byte.
    pub fn contains(self, file: FileId, offset: usize) -> bool {
        self.file == file && self.range().contains(&offset)
    }

    /// Whether a cursor at a byte of a file stands in the span or at one of its edges: at an empty span too.
    pub fn touches(self, file: FileId, offset: usize) -> bool {
        self.file == file && self.start <= offset && offset <= self.end
    }

    /// Whether another span lies wholly inside this one. A span encloses itself, and an empty span that stands inside it or
    /// at one of its edges; an empty span encloses only itself.
    pub fn encloses(self, other: Span) -> bool {
        self.file == other.file && self.start <= other.start && other.end <= self.end
    }

    /// Whether two spans share a byte. Spans that only meet do not. An empty span has no byte to share; it counts as
    /// overlapping what it stands in the middle of, for it would cut that in two.
    pub fn overlaps(self, other: Span) -> bool {
        self.file == other.file && self.start < other.end && other.start < self.end
    }
}

/// One source file: its project-relative path with forward slashes and its text.
#[derive(Debug, Clone)]
pub struct SourceFile {
    path: Arc<str>,
    text: Arc<str>,
    /// What the file holds, where that is not its text.
    written: Option<Arc<str>>,
    /// Byte offset of each line's first character.
    lines: Vec<usize>,
    /// How many characters begin before every [`STRIDE`]th byte, so that a column of a long line is known without counting
    /// from where the line begins.
    strides: Vec<usize>,
}

/// Bytes of text between two places up to which the characters are counted once.
const STRIDE: usize = 1024;

impl SourceFile {
    /// Makes a file; `path` is project-relative with forward slashes.
    pub fn new(path: impl Into<Arc<str>>, text: impl Into<Arc<str>>) -> Self {
        let text = text.into();
        let lines = std::iter::once(0).chain(memchr::memchr_iter(b'\n', text.as_bytes()).map(|at| at + 1)).collect();
        let mut counted = 0;
        let mut strides = Vec::with_capacity(text.len() / STRIDE + 1);
        for bytes in text.as_bytes().chunks(STRIDE) {
            strides.push(counted);
            counted += begun(bytes);
        }
        strides.push(counted);
        Self { path: path.into(), text, written: None, lines, strides }
    }

    /// How many characters stand before a byte.
    fn characters_before(&self, offset: usize) -> usize {
        let stride = offset / STRIDE;
        self.strides[stride] + begun(&self.text.as_bytes()[stride * STRIDE..offset])
    }

    /// The same file, which holds `written`: its text is that without what means nothing.
    pub fn cleaned_of(self, written: impl Into<Arc<str>>) -> Self {
        Self { written: Some(written.into()), ..self }
    }

    /// What the file holds where that is not its text.
    pub fn written(&self) -> Option<&str> {
        self.written.as_deref()
    }

    /// Project-relative path with forward slashes.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The whole text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The nearest good range: inside the text, from the first byte of a character to the end of one. A range that ends
    /// before it begins is empty at its beginning.
    pub fn clamp(&self, range: Range<usize>) -> Range<usize> {
        let start = self.text.floor_char_boundary(range.start);
        let end = self.text.ceil_char_boundary(range.end.min(self.text.len()));
        start..end.max(start)
    }

    /// The text of a range, brought into the file by [`clamp`](Self::clamp).
    pub fn slice(&self, range: Range<usize>) -> &str {
        &self.text[self.clamp(range)]
    }

    /// Line and column (both from 1; the column counts characters) of a byte offset.
    pub fn position(&self, offset: usize) -> Position {
        let offset = self.text.floor_char_boundary(offset);
        let line = self.lines.partition_point(|start| *start <= offset) - 1;
        let start = self.lines[line];
        let column = match offset - start {
            0..STRIDE => begun(&self.text.as_bytes()[start..offset]),
            _ => self.characters_before(offset) - self.characters_before(start),
        };
        Position { line: line + 1, column: column + 1 }
    }

    /// Byte offset of a line's first character (lines from 1); the text's length past the last line.
    pub fn line_start(&self, line: usize) -> usize {
        self.lines.get(line.saturating_sub(1)).copied().unwrap_or(self.text.len())
    }
}

/// How many characters begin in a part of a text in UTF-8.
fn begun(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| **byte & 0b1100_0000 != 0b1000_0000).count()
}

/// Line and column, both counted from 1; columns count characters, not bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// Line from 1.
    pub line: usize,
    /// Column from 1, in characters.
    pub column: usize,
}

impl fmt::Display for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.line, self.column)
    }
}

/// Every text file that a run has read. Grows only, so a [`FileId`] stays good.
#[derive(Debug, Clone, Default)]
pub struct Sources {
    files: Vec<SourceFile>,
    ids: HashMap<Arc<str>, FileId>,
}

impl Sources {
    /// Adds a file and names it. The same path added again gives its first id.
    pub fn add(&mut self, file: SourceFile) -> FileId {
        if let Some(id) = self.find(file.path()) {
            return id;
        }
        let id = FileId(u32::try_from(self.files.len()).expect("fewer than 2^32 files"));
        self.ids.insert(file.path.clone(), id);
        self.files.push(file);
        id
    }

    /// Adds a file, or puts it in the place of the one of the same path, which keeps its id.
    pub(crate) fn replace(&mut self, file: SourceFile) -> FileId {
        match self.find(file.path()) {
            Some(id) => {
                self.files[id.0 as usize] = file;
                id
            }
            None => self.add(file),
        }
    }

    /// The file that an id names.
    pub fn get(&self, id: FileId) -> &SourceFile {
        &self.files[id.0 as usize]
    }

    /// Every file, in the order in which they were added.
    pub(crate) fn files(&self) -> impl Iterator<Item = &SourceFile> {
        self.files.iter()
    }

    /// The id of a path, if it was added.
    pub fn find(&self, path: &str) -> Option<FileId> {
        self.ids.get(path).copied()
    }

    /// The nearest good span, see [`SourceFile::clamp`].
    pub fn clamp(&self, span: Span) -> Span {
        Span::new(span.file, self.get(span.file).clamp(span.range()))
    }

    /// The text under a span.
    pub fn snippet(&self, span: Span) -> &str {
        self.get(span.file).slice(span.range())
    }
}

/// The one door through which the core asks for the project's files.
///
/// Paths are project-relative with forward slashes. An implementation refuses
/// whatever lies outside the project, symlinks included.
pub trait Files: Sync {
    /// The bytes of a file.
    ///
    /// # Errors
    /// [`ReadError`] says why the file cannot be had.
    fn read(&self, path: &str) -> Result<Vec<u8>, ReadError>;

    /// The names of the files of a folder (not of its subfolders), sorted; empty if there is no such folder.
    fn list(&self, dir: &str) -> Vec<String>;

    /// The names of the folders in a folder, sorted; links to folders are not followed.
    fn folders(&self, dir: &str) -> Vec<String>;

    /// Why a folder that is there cannot be looked through, such as that this is not permitted.
    fn closed(&self, _dir: &str) -> Option<ReadError> {
        None
    }

    /// Is told that what was read of a file before serves another purpose now: one who writes down what a result is made from
    /// would not learn of it else.
    fn used(&self, _path: &str) {}

    /// The path, as the book would write it (`../glossary.yaml`), of the file that its house shares with its books under a name, whether it is
    /// there or not. `None` for a book of no house, and for a name under which nothing is shared.
    fn shared(&self, _name: &str) -> Option<String> {
        None
    }
}

/// Files held in memory, by their path.
impl<P, B> Files for BTreeMap<P, B>
where
    P: Borrow<str> + Ord + Sync,
    B: AsRef<[u8]> + Sync,
{
    fn read(&self, path: &str) -> Result<Vec<u8>, ReadError> {
        self.get(path).map(|bytes| bytes.as_ref().to_vec()).ok_or(ReadError::NotFound)
    }

    fn list(&self, dir: &str) -> Vec<String> {
        let below = self.keys().filter_map(|path| path.borrow().strip_prefix(dir)?.strip_prefix('/'));
        below.filter(|name| !name.contains('/')).map(str::to_owned).collect()
    }

    fn folders(&self, dir: &str) -> Vec<String> {
        let below = self.keys().filter_map(|path| path.borrow().strip_prefix(dir)?.strip_prefix('/'));
        let names: BTreeSet<&str> = below.filter_map(|name| Some(name.split_once('/')?.0)).collect();
        names.into_iter().map(str::to_owned).collect()
    }

    fn shared(&self, name: &str) -> Option<String> {
        self.contains_key("../catalogue.yaml").then(|| format!("../{name}.yaml"))
    }
}

/// Why a project file cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReadError {
    /// No such file.
    NotFound,
    /// The path leads out of the project folder.
    Outside,
    /// More bytes than allowed.
    TooLarge {
        /// Its size in bytes.
        size: u64,
        /// The limit in bytes.
        limit: u64,
    },
    /// Another reason, such as the system's own.
    Other(Message),
}

impl Argument for ReadError {
    fn into_message(self) -> Message {
        match self {
            ReadError::NotFound => msg!("the file does not exist"),
            ReadError::Outside => msg!("the path leads out of the project folder"),
            ReadError::TooLarge { size, limit } => {
                msg!("the file has {size} bytes; at most {limit} are allowed", size, limit)
            }
            ReadError::Other(reason) => reason,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn span(file: u32, range: Range<usize>) -> Span {
        Span::new(FileId(file), range)
    }

    #[test]
    fn a_folder_in_memory_lists_its_own_files_in_order() {
        let files =
            BTreeMap::from([("a/2.md", "x"), ("a/10.md", "y"), ("a/b/3.md", ""), ("ab/4.md", ""), ("a.md", "")]);
        assert_eq!(files.list("a"), ["10.md", "2.md"]);
        assert_eq!(files.list("c"), [""; 0]);
        assert_eq!(files.read("a/2.md"), Ok(b"x".to_vec()));
        assert_eq!(files.read("a/3.md"), Err(ReadError::NotFound));
    }

    #[test]
    fn columns_count_characters_however_long_the_line() {
        let text = format!("a\n{}\nb", "书a".repeat(STRIDE));
        let file = SourceFile::new("a.md", text.clone());
        let counted = |offset: usize| {
            let before = &text[..text.floor_char_boundary(offset)];
            let line = before.rsplit('\n').next().map_or(0, |line| line.chars().count());
            Position { line: before.matches('\n').count() + 1, column: line + 1 }
        };
        for offset in 0..=text.len() + 1 {
            assert_eq!(file.position(offset), counted(offset), "{offset}");
        }
    }

    #[test]
    fn a_span_contains_its_first_byte_and_not_its_end() {
        let word = span(0, 3..5);
        let inside: Vec<usize> = (0..8).filter(|&at| word.contains(FileId(0), at)).collect();
        assert_eq!(inside, [3, 4]);
        assert!(!word.contains(FileId(1), 3));
        assert!(!span(0, 3..3).contains(FileId(0), 3));
    }

    #[test]
    fn a_cursor_touches_a_span_at_both_edges() {
        let touched: Vec<usize> = (0..8).filter(|&at| span(0, 3..5).touches(FileId(0), at)).collect();
        assert_eq!(touched, [3, 4, 5]);
        assert!(span(0, 3..3).touches(FileId(0), 3));
        assert!(!span(0, 3..5).touches(FileId(1), 4));
    }

    #[test]
    fn a_span_encloses_itself_and_what_is_empty_at_its_edges() {
        let word = span(0, 3..6);
        for inner in [3..6, 3..4, 5..6, 3..3, 4..4, 6..6] {
            assert!(word.encloses(span(0, inner.clone())), "{inner:?}");
        }
        for outer in [2..6, 3..7, 2..7, 0..2, 2..2, 7..7] {
            assert!(!word.encloses(span(0, outer.clone())), "{outer:?}");
        }
        assert!(!word.encloses(span(1, 4..5)));
        assert!(span(0, 3..3).encloses(span(0, 3..3)) && !span(0, 3..3).encloses(span(0, 3..4)));
    }

    #[test]
    fn spans_that_only_meet_do_not_overlap() {
        let word = span(0, 3..6);
        for other in [3..6, 0..4, 5..9, 4..5, 4..4] {
            assert!(word.overlaps(span(0, other.clone())) && span(0, other.clone()).overlaps(word), "{other:?}");
        }
        for other in [0..3, 6..9, 3..3, 6..6] {
            assert!(!word.overlaps(span(0, other.clone())) && !span(0, other.clone()).overlaps(word), "{other:?}");
        }
        assert!(!word.overlaps(span(1, 3..6)));
    }
}
