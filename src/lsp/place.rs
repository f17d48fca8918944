//! Places as the protocol writes them: lines from 0, columns from 0 in UTF-16 units, files as addresses.

use std::path::{Path, PathBuf};

use lsp_types::{Position, Range, Uri};

use crate::source::{SourceFile, Span};

/// The path of a `file:` address.
pub(crate) fn path_of(uri: &Uri) -> Option<PathBuf> {
    url::Url::parse(uri.as_str()).ok()?.to_file_path().ok()
}

/// The address of an absolute path.
pub(crate) fn uri_of(path: &Path) -> Option<Uri> {
    let written = url::Url::from_file_path(path).ok()?;
    // To read it again leaves out the way up to what is shared with the book.
    url::Url::parse(written.as_str()).ok()?.as_str().parse().ok()
}

fn position(file: &SourceFile, offset: usize) -> Position {
    let line = file.position(offset).line;
    let before = file.slice(file.line_start(line)..offset);
    let units: usize = before.chars().map(char::len_utf16).sum();
    Position { line: line as u32 - 1, character: units as u32 }
}

pub(super) fn range(file: &SourceFile, span: Span) -> Range {
    let range = file.clamp(span.range());
    Range { start: position(file, range.start), end: position(file, range.end) }
}

/// The byte that a position stands before; the end of its line when the line is shorter.
pub(super) fn offset(file: &SourceFile, position: Position) -> usize {
    let start = file.line_start(position.line as usize + 1);
    let line = file.slice(start..file.text().len()).split('\n').next().unwrap_or("");
    let mut units = 0;
    for (at, c) in line.char_indices() {
        if units >= position.character {
            return start + at;
        }
        units += c.len_utf16() as u32;
    }
    start + line.len()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Sources;

    #[test]
    fn columns_count_utf16_units() {
        let mut sources = Sources::default();
        let id = sources.add(SourceFile::new("a.md", "灯\n𠮷x火\n"));
        let file = sources.get(id);
        let fire = file.text().find('火').unwrap();
        let there = range(file, Span::new(id, fire..fire + 3));
        assert_eq!((there.start, there.end), (Position::new(1, 3), Position::new(1, 4)));
        assert_eq!(offset(file, there.start), fire);
        assert_eq!(offset(file, Position::new(0, 99)), 3);
        assert_eq!(offset(file, Position::new(99, 0)), file.text().len());
    }

    #[test]
    fn an_address_and_its_path_agree() {
        let path = Path::new("/书 稿/a#1.md");
        let uri = uri_of(path).unwrap();
        assert!(!uri.as_str().contains('书') && !uri.as_str().contains('#'), "{}", uri.as_str());
        assert_eq!(path_of(&uri).unwrap(), path);
    }
}
