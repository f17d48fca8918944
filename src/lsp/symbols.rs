//! What of a book an editor lists: the headings of a chapter with what stands under them, the parts of the book, and all of it
//! by its name.

use lsp_types::{DocumentSymbol, Location, Range, SymbolInformation, SymbolKind, Uri};

use super::Reading;
use crate::model::{Block, BlockKind, Book, Chapter, InlineKind, text, walk};
use crate::outline::{self, Kind, Outline};
use crate::source::{FileId, Span};

/// Most symbols that one question is answered with.
const MOST: usize = 1_000;

/// Something that an editor lists.
struct Listed {
    name: String,
    /// Its number in words, where it has one.
    detail: Option<String>,
    kind: SymbolKind,
    span: Span,
    /// The level of a heading.
    level: Option<u8>,
}

impl Reading {
    /// The headings of a chapter with what stands under them; of `book.yaml` the parts of the book.
    pub(crate) fn symbols(&self, uri: &Uri) -> Vec<DocumentSymbol> {
        let (Some(book), Some(file)) = (&self.book, self.file(uri)) else { return Vec::new() };
        if self.sources.get(file).path().ends_with(crate::project::BOOK_FILE) {
            return self.parts(book, file).iter().map(|part| self.symbol(part, part.span, Vec::new())).collect();
        }
        let Some(chapter) = self.chapter(file) else { return Vec::new() };
        let outline = Outline::single(book, &chapter.lang);
        self.nested(&listed(chapter, &outline), self.sources.get(file).text().len())
    }

    /// What the books' chapters list, and what the index marks, where the name has what was typed in it.
    pub(crate) fn everywhere(&self, typed: &str) -> Vec<SymbolInformation> {
        let Some(book) = &self.book else { return Vec::new() };
        let typed = typed.to_lowercase();
        let mut found = Vec::new();
        if let Some(uri) = super::uri_of(&self.root.join(crate::project::BOOK_FILE))
            && let Some(file) = self.file(&uri)
        {
            found.extend(self.parts(book, file).iter().filter_map(|part| self.information(part, None)));
        }
        for lang in &book.languages {
            let outline = Outline::single(book, lang);
            for chapter in book.chapters(lang) {
                let title = outline::title(chapter);
                let chapters = Listed {
                    name: title.to_owned(),
                    detail: None,
                    kind: SymbolKind::MODULE,
                    span: chapter.meta.title.span,
                    level: None,
                };
                let own = [chapters].into_iter().chain(listed(chapter, &outline)).chain(marked(chapter));
                found.extend(own.filter_map(|listed| self.information(&listed, Some(title))));
            }
        }
        found.retain(|symbol| symbol.name.to_lowercase().contains(&typed));
        found.truncate(MOST);
        found
    }

    /// The parts of the book, where `book.yaml` first says their titles.
    fn parts(&self, book: &Book, file: FileId) -> Vec<Listed> {
        let text = self.sources.get(file).text();
        let place = |title: &str| {
            let parts = text.find("parts:")?;
            let at = parts + text[parts..].find(title)?;
            Some(Span::new(file, at..at + title.len()))
        };
        let part = |division: &crate::model::Division| {
            let titles: Vec<&str> =
                book.languages.iter().filter_map(|lang| Some(division.title.get(lang)?.as_str())).collect();
            Some(Listed {
                name: titles.join(" / "),
                detail: Some(division.chapters.join(", ")),
                kind: SymbolKind::PACKAGE,
                span: place(titles.first()?)?,
                level: None,
            })
        };
        book.meta.divisions.iter().filter_map(part).collect()
    }

    /// Headings with what stands under them, each as far as its section reaches.
    fn nested(&self, listed: &[Listed], end: usize) -> Vec<DocumentSymbol> {
        let mut symbols = Vec::new();
        let mut at = 0;
        while let Some(one) = listed.get(at) {
            let below = match one.level {
                Some(level) => {
                    let rest = &listed[at + 1..];
                    rest.iter().position(|next| next.level.is_some_and(|next| next <= level)).unwrap_or(rest.len())
                }
                None => 0,
            };
            let next = listed.get(at + 1 + below).map_or(end, |next| next.span.range().start.min(end));
            let children = self.nested(&listed[at + 1..at + 1 + below], next);
            let reach = if one.level.is_some() { next.max(one.span.range().end) } else { one.span.range().end };
            symbols.push(self.symbol(one, Span::new(one.span.file, one.span.range().start..reach), children));
            at += 1 + below;
        }
        symbols
    }

    fn symbol(&self, listed: &Listed, whole: Span, children: Vec<DocumentSymbol>) -> DocumentSymbol {
        #[expect(deprecated, reason = "the protocol's type still has the field")]
        DocumentSymbol {
            name: listed.name.clone(),
            detail: listed.detail.clone(),
            kind: listed.kind,
            tags: None,
            deprecated: None,
            range: self.range(whole),
            selection_range: self.first_line(listed.span),
            children: (!children.is_empty()).then_some(children),
        }
    }

    /// Where a symbol is shown: a block's first line.
    fn first_line(&self, span: Span) -> Range {
        let length = self.sources.snippet(span).lines().next().map_or(0, str::len);
        let start = span.range().start;
        self.range(Span::new(span.file, start..start + length))
    }

    fn information(&self, listed: &Listed, container: Option<&str>) -> Option<SymbolInformation> {
        let location = Location { uri: self.uri(listed.span.file)?, range: self.first_line(listed.span) };
        #[expect(deprecated, reason = "the protocol's type still has the field")]
        Some(SymbolInformation {
            name: listed.name.clone(),
            kind: listed.kind,
            tags: None,
            deprecated: None,
            location,
            container_name: container.map(str::to_owned),
        })
    }
}

/// What a chapter lists: headings, callouts and listings with titles, figures and tables with captions, charts with titles,
/// formulas with ids.
fn listed(chapter: &Chapter, outline: &Outline<'_>) -> Vec<Listed> {
    let mut found = Vec::new();
    walk::chapter_blocks(chapter, &mut |block| found.extend(of_block(block, outline)));
    found
}

fn of_block(block: &Block, outline: &Outline<'_>) -> Option<Listed> {
    let entry = outline.of(block);
    let (kind, name) = match &block.kind {
        BlockKind::Heading { body, .. } => (SymbolKind::STRING, text::plain(body)),
        BlockKind::Callout(callout) => (SymbolKind::EVENT, text::plain(&callout.title)),
        BlockKind::Code { fence, .. } => (SymbolKind::FUNCTION, text::plain(&fence.title)),
        BlockKind::Figure(figure) => (SymbolKind::OBJECT, text::plain(&figure.caption)),
        BlockKind::Chart(chart) => (SymbolKind::OBJECT, chart.title.clone().unwrap_or_default()),
        BlockKind::Math { .. } => (SymbolKind::CONSTANT, block.id.clone().unwrap_or_default()),
        _ => return None,
    };
    let level = entry.and_then(|entry| match entry.kind {
        Kind::Heading { level } => Some(level),
        _ => None,
    });
    let counted = |entry: &outline::Entry<'_>| {
        let numbered = matches!(entry.kind, Kind::Numbered { .. } | Kind::Tagged);
        numbered.then(|| outline.reference(entry).text(outline::words(entry.lang)))
    };
    let detail = entry.and_then(|entry| entry.section.clone().or_else(|| counted(entry)));
    let name = name.trim().to_owned();
    (!name.is_empty()).then_some(Listed { name, detail, kind, span: block.span, level })
}

/// The marks of the index.
fn marked(chapter: &Chapter) -> Vec<Listed> {
    let mut found = Vec::new();
    walk::chapter_inlines(chapter, &mut |inline| {
        if let InlineKind::Index(entry) = &inline.kind {
            let name = match &entry.sub {
                Some(sub) => format!("{}: {sub}", entry.heading),
                None => entry.heading.clone(),
            };
            found.push(Listed { name, detail: None, kind: SymbolKind::KEY, span: inline.span, level: None });
        }
    });
    found
}
