//! Where the time of a build goes: the spans that Typst measures, in the form of Chrome's traces.

use std::collections::HashMap;
use std::num::NonZeroU64;

use typst::syntax::{FileId, Source, Span, SpanKind};

use super::builtin;
use crate::source::Sources;

/// See [`super::record_timings`].
pub(super) fn record() {
    typst_timing::clear();
    typst_timing::enable();
}

/// See [`super::timings()`].
pub(super) fn trace(sources: &Sources) -> Vec<u8> {
    typst_timing::disable();
    let mut places = Places { sources, read: HashMap::new() };
    let mut trace = Vec::new();
    typst_timing::export_json(&mut trace, |span| places.line(span))
        .expect("invariant: a trace of names and numbers is JSON, and memory takes all of it");
    trace
}

/// Finds lines of spans; a file is read for Typst once, however many spans it has.
struct Places<'a> {
    sources: &'a Sources,
    read: HashMap<FileId, Option<Source>>,
}

impl Places<'_> {
    /// File and line of a span.
    fn line(&mut self, raw: NonZeroU64) -> (String, u32) {
        let nowhere = || (String::from("unknown"), 0);
        let span = Span::from_raw(raw);
        let Some(id) = span.id() else { return nowhere() };
        let sources = self.sources;
        let source = self.read.entry(id).or_insert_with(|| read(sources, id));
        let Some(source) = source else { return nowhere() };
        let range = match span.get() {
            SpanKind::Range { range, .. } => Some(range),
            SpanKind::Number { num, .. } => source.range(num, None),
            SpanKind::Detached => None,
        };
        let line = range.and_then(|range| source.lines().byte_to_line(range.start));
        (id.get().vpath().get_without_slash().to_owned(), line.map_or(0, |line| line as u32 + 1))
    }
}

fn read(sources: &Sources, id: FileId) -> Option<Source> {
    let rooted = id.get();
    let path = rooted.vpath().get_without_slash();
    let known = sources.find(path).map(|file| sources.get(file).text());
    let text = known.or_else(|| std::str::from_utf8(builtin::file(path)?).ok())?;
    Some(Source::new(id, text.to_owned()))
}

#[cfg(test)]
mod tests {
    use typst::syntax::{RangeMapper, SyntaxKind, SyntaxNode};

    use super::*;
    use crate::source::SourceFile;

    #[test]
    fn spans_of_manuscript_and_layout_are_given_by_their_lines() {
        let mut sources = Sources::default();
        sources.add(SourceFile::new("manuscript/zh/01.md", "一\n二\n"));
        let mut places = Places { sources: &sources, read: HashMap::new() };
        let id = |path| crate::typeset::world::file_id(path).unwrap();
        let written = |path, range: std::ops::Range<usize>| {
            let mut leaf = SyntaxNode::leaf(SyntaxKind::Text, "二");
            leaf.synthesize_mapped(id(path), &RangeMapper::new([range]).unwrap()).unwrap();
            leaf.span()
        };
        let second = written("manuscript/zh/01.md", 4..7);
        assert_eq!(places.line(second.into_raw()), ("manuscript/zh/01.md".into(), 2));
        let kit = id("layouts/kit/text.typ");
        let own = Source::new(kit, std::str::from_utf8(builtin::file("layouts/kit/text.typ").unwrap()).unwrap().into());
        let (path, line) = places.line(own.root().span().into_raw());
        assert_eq!((path.as_str(), line), ("layouts/kit/text.typ", 1));
        assert_eq!(places.line(written("manuscript/zh/none.md", 0..3).into_raw()).1, 0);
    }
}
