//! Source files and positions in them: the ground every diagnostic stands on.

use std::collections::HashMap;
use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use crate::message::{Argument, Message};

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
}

/// One source file: its project-relative path with forward slashes and its text.
#[derive(Debug, Clone)]
pub struct SourceFile {
    path: Arc<str>,
    text: Arc<str>,
    /// Byte offset of each line's first character.
    lines: Vec<usize>,
}

impl SourceFile {
    /// Makes a file; `path` is project-relative with forward slashes.
    pub fn new(path: impl Into<Arc<str>>, text: impl Into<Arc<str>>) -> Self {
        let text = text.into();
        let lines = std::iter::once(0).chain(memchr::memchr_iter(b'\n', text.as_bytes()).map(|at| at + 1)).collect();
        Self { path: path.into(), text, lines }
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
        let column = self.text[self.lines[line]..offset].chars().count();
        Position { line: line + 1, column: column + 1 }
    }

    /// Byte offset of a line's first character (lines from 1); the text's length past the last line.
    pub fn line_start(&self, line: usize) -> usize {
        self.lines.get(line.saturating_sub(1)).copied().unwrap_or(self.text.len())
    }
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

    /// The file that an id names.
    pub fn get(&self, id: FileId) -> &SourceFile {
        &self.files[id.0 as usize]
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
