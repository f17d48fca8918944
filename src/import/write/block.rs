//! Blocks as Markdown. Every run of text is read again by itself, and written with more care where it says something else.

use super::super::{Block, BlockKind, Cell, Inline};
use super::inline::{self, Place};
use super::{each_run, says, table};
use crate::diagnostic::Diagnostic;
use crate::exchange::{Care, escaped};
use crate::manuscript;
use crate::model::{Chapter, Lang};
use crate::source::FileId;

/// All ways to write, the most natural first.
const CARES: [Care; 3] = [Care::Bare, Care::Likely, Care::All];

/// What writes.
#[derive(Clone, Copy)]
pub(super) struct Pen<'a> {
    pub(super) lang: &'a Lang,
    pub(super) file: FileId,
    /// The least care with which anything is written.
    pub(super) least: Care,
}

impl Pen<'_> {
    /// A text as a manuscript reads it.
    pub(super) fn read(&self, text: &str) -> (Chapter, Vec<Diagnostic>) {
        let path = format!("manuscript/{}/01.md", self.lang.tag());
        let read = manuscript::parse_chapter(self.file, &path, self.lang, text, None);
        (read.value, read.diagnostics)
    }

    pub(super) fn title(&self, run: &[Inline]) -> String {
        let says = |chapter: &Chapter| says::of_read_run(&chapter.meta.title.run);
        self.settled(run, Place::Heading, &|text| format!("# {text}\n\nx\n"), &says, &says::of_run(run))
    }

    fn run(&self, run: &[Inline], place: Place) -> String {
        let whole = |text: &str| match place {
            Place::Line => format!("# x\n\n{text}\n"),
            Place::Heading => format!("# x\n\n## {text}\n"),
            Place::Cell => format!("# x\n\n| {text} | x |\n|---|---|\n| x | x |\n"),
            Place::Verse => format!("# x\n\n:::poem\n{text}\n:::\n"),
        };
        let paragraph = |run: &[Inline]| BlockKind::Paragraph(run.to_vec());
        let block = |kind| Block { at: String::new(), id: None, kind };
        let expected = match place {
            Place::Line => block(paragraph(run)),
            Place::Heading => block(BlockKind::Heading(2, run.to_vec())),
            Place::Verse => block(BlockKind::Container("poem".to_owned(), vec![block(paragraph(run))])),
            Place::Cell => {
                let cell = |run: &[Inline]| Cell { body: run.to_vec(), columns: 1, rows: 1 };
                let x = [Inline::Text("x".to_owned())];
                let (head, rows) = (vec![vec![cell(run), cell(&x)]], vec![vec![cell(&x), cell(&x)]]);
                block(BlockKind::Table { head, rows, caption: Vec::new() })
            }
        };
        let read = |chapter: &Chapter| says::of_read(&chapter.blocks);
        self.settled(run, place, &whole, &read, &says::of_blocks(&[expected]))
    }

    /// The first way of writing that is read as meant and of which nothing is told; else one that is read as meant; else the most
    /// careful one.
    fn settled(
        &self,
        run: &[Inline],
        place: Place,
        whole: &dyn Fn(&str) -> String,
        read: &dyn Fn(&Chapter) -> String,
        expected: &str,
    ) -> String {
        let stubs = stubs(run);
        let mut good: Option<(usize, String)> = None;
        let mut last = String::new();
        for care in CARES.into_iter().filter(|care| *care >= self.least) {
            last = inline::write(run, place, care);
            let (chapter, told) = self.read(&(whole(&last) + &stubs));
            if read(&chapter) != expected {
                continue;
            }
            if told.is_empty() {
                return last;
            }
            if good.as_ref().is_none_or(|(fewest, _)| told.len() < *fewest) {
                good = Some((told.len(), last.clone()));
            }
        }
        good.map_or(last, |(_, text)| text)
    }

    pub(super) fn blocks(&self, blocks: &[Block]) -> String {
        let mut out = String::new();
        for (at, block) in blocks.iter().enumerate() {
            if at > 0 {
                out.push_str("\n\n");
                if parted(&blocks[at - 1], block) {
                    out.push_str("<!-- -->\n\n");
                }
            }
            out.push_str(&self.block(block));
        }
        out
    }

    pub(super) fn block(&self, block: &Block) -> String {
        let mark = block.id.as_ref().map(|id| format!(" {{#{id}}}")).unwrap_or_default();
        let before = |text: String| match &block.id {
            Some(id) => format!("<a id=\"{id}\"></a>\n\n{text}"),
            None => text,
        };
        match &block.kind {
            BlockKind::Heading(level, run) => {
                format!("{} {}{mark}", "#".repeat(usize::from(*level)), self.run(run, Place::Heading))
            }
            BlockKind::Paragraph(run) => {
                let alone = matches!(run.as_slice(), [Inline::Picture(..)]);
                let mark = if alone { mark.trim_start() } else { &mark };
                format!("{}{mark}", self.run(run, Place::Line))
            }
            BlockKind::List(start, items) => before(self.list(*start, items)),
            BlockKind::Quote(body) => before(indented(&self.blocks(body), "> ", ">")),
            BlockKind::Code(lang, text) => before(listing(lang.as_deref(), text)),
            BlockKind::Formula(text) => format!("$$ {text} $${mark}"),
            BlockKind::Table { head, rows, caption } => {
                let table = self.table(head, rows);
                match caption.is_empty() {
                    true if block.id.is_none() => table,
                    true => container("figure", &mark, &table),
                    false => container("figure", &mark, &format!("{table}\n\n{}", self.run(caption, Place::Line))),
                }
            }
            BlockKind::Figure(body, caption) => self.figure(body, caption, &mark),
            BlockKind::Callout(word, title, body) => {
                let title =
                    if title.is_empty() { String::new() } else { format!("[{}]", self.run(title, Place::Heading)) };
                container(&format!("{word}{title}"), &mark, &self.blocks(body))
            }
            BlockKind::Container(name, body) if name == "poem" => container(name, &mark, &self.stanzas(body)),
            BlockKind::Container(name, body) => container(name, &mark, &self.blocks(body)),
            BlockKind::Definitions(list) => before(self.definitions(list)),
            BlockKind::Rule => before("---".to_owned()),
            BlockKind::PageBreak => before("<!-- dama: pagebreak -->".to_owned()),
        }
    }

    fn figure(&self, body: &[Block], caption: &[Inline], mark: &str) -> String {
        let alone = |block: &Block| match &block.kind {
            BlockKind::Paragraph(run) => match run.as_slice() {
                [Inline::Picture(name, alt)] => Some((name.clone(), alt.clone())),
                _ => None,
            },
            _ => None,
        };
        if let ([only], [Inline::Text(words)]) = (body, caption)
            && let Some((name, alt)) = alone(only)
            && only.id.is_none()
            && !words.contains(['"', '\\', '&', '*', '_', '`', '$', '<', '['])
        {
            let care = self.least.max(Care::Likely);
            return format!("![{}](../images/{name} \"{words}\"){}", escaped(&alt, care), mark.trim_start());
        }
        container("figure", mark, &format!("{}\n\n{}", self.blocks(body), self.run(caption, Place::Line)))
    }

    fn list(&self, start: Option<usize>, items: &[Vec<Block>]) -> String {
        // A list that begins with another number does not begin right below a line of text.
        let is_list = |block: &Block| matches!(block.kind, BlockKind::List(None | Some(1), _)) && block.id.is_none();
        let is_short = |item: &Vec<Block>| match item.as_slice() {
            [Block { kind: BlockKind::Paragraph(_), .. }] => true,
            [Block { kind: BlockKind::Paragraph(_), .. }, list] => is_list(list),
            _ => false,
        };
        let tight = items.iter().all(is_short);
        let written = items.iter().enumerate().map(|(at, item)| {
            let marker = start.map_or("- ".to_owned(), |start| format!("{}. ", start + at));
            let text = match (tight, item.as_slice()) {
                (true, [first, list]) => format!("{}\n{}", self.block(first), self.block(list)),
                _ => self.blocks(item),
            };
            let rest = " ".repeat(marker.len());
            format!("{marker}{}", indented(&text, &rest, "").trim_start_matches(' '))
        });
        written.collect::<Vec<_>>().join(if tight { "\n" } else { "\n\n" })
    }

    fn definitions(&self, list: &[(Vec<Inline>, Vec<Block>)]) -> String {
        let one = |(term, details): &(Vec<Inline>, Vec<Block>)| {
            let text = indented(&self.blocks(details), "    ", "");
            format!("{}\n: {}", self.run(term, Place::Line), text.trim_start_matches(' '))
        };
        list.iter().map(one).collect::<Vec<_>>().join("\n\n")
    }

    fn stanzas(&self, body: &[Block]) -> String {
        let one = |block: &Block| match &block.kind {
            BlockKind::Paragraph(run) => self.run(run, Place::Verse),
            _ => self.block(block),
        };
        body.iter().map(one).collect::<Vec<_>>().join("\n\n")
    }

    fn table(&self, head: &[Vec<Cell>], rows: &[Vec<Cell>]) -> String {
        table::write(head, rows, &mut |cell| match cell.body.is_empty() {
            true => String::new(),
            false => self.run(&cell.body, Place::Cell),
        })
    }
}

/// Whether two blocks would be read as one.
pub(super) fn parted(before: &Block, block: &Block) -> bool {
    let numbered = |block: &Block| match &block.kind {
        BlockKind::List(start, _) => Some(start.is_some()),
        _ => None,
    };
    let quotes = matches!((&before.kind, &block.kind), (BlockKind::Quote(_), BlockKind::Quote(_)));
    block.id.is_none() && (quotes || numbered(block).is_some_and(|kind| numbered(before) == Some(kind)))
}

/// What stands for the notes that a run marks.
fn stubs(run: &[Inline]) -> String {
    let mut out = String::new();
    each_run(run, &mut |inline| {
        if let Inline::Note(name) = inline {
            out.push_str(&format!("\n[^{name}]: x\n"));
        }
    });
    out
}

fn container(name: &str, mark: &str, body: &str) -> String {
    format!(":::{name}{mark}\n{body}\n:::")
}

fn listing(lang: Option<&str>, text: &str) -> String {
    let run = |sign: char| text.split(|c| c != sign).map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(run('`').max(2) + 1);
    let word = |lang: &&str| lang.chars().all(|c| c.is_alphanumeric() || "+-#._".contains(c));
    format!("{fence}{}\n{text}\n{fence}", lang.filter(word).unwrap_or_default())
}

/// Lines behind a sign; empty ones behind another.
fn indented(text: &str, sign: &str, empty: &str) -> String {
    let line = |line: &str| if line.is_empty() { empty.to_owned() } else { format!("{sign}{line}") };
    text.split('\n').map(line).collect::<Vec<_>>().join("\n")
}
