//! What a block says, in one form for a document and for what a manuscript was read as, so that both can be compared.

use super::super::{self as import, Inline};
use super::looks::looks;
use crate::model::{self, BlockKind, InlineKind, LinkTarget, TextStyle};

/// Signs that stand in no text: what is between them is one thing.
const OPEN: char = '\u{1}';
const CLOSE: char = '\u{2}';
const BREAK: char = '\u{3}';

/// What is said, growing.
#[derive(Default)]
pub(super) struct Says(String);

impl Says {
    fn open(&mut self, what: &str) {
        self.0.push(OPEN);
        self.0.push_str(what);
        self.0.push(' ');
    }

    fn close(&mut self) {
        self.0.push(CLOSE);
    }

    fn whole(&mut self, what: &str, text: &str) {
        self.open(what);
        self.0.push_str(text);
        self.close();
    }

    /// Text: how many blanks stand in a row does not matter.
    fn text(&mut self, text: &str) {
        for c in text.chars() {
            match c {
                ' ' | '\n' | '\t' | '\r' if self.0.ends_with([' ', BREAK]) => {}
                ' ' | '\n' | '\t' | '\r' => self.0.push(' '),
                c => self.0.push(c),
            }
        }
    }

    fn end_text(&mut self) {
        if self.0.ends_with(' ') {
            self.0.pop();
        }
    }
}

/// What a tidy run says.
pub(super) fn of_run(run: &[Inline]) -> String {
    let mut says = Says::default();
    run_says(run, &mut says);
    says.end_text();
    says.0
}

fn run_says(run: &[Inline], says: &mut Says) {
    for inline in run {
        if let Some((body, _)) = looks(inline) {
            says.open(look(inline));
            run_says(body, says);
            says.close();
            continue;
        }
        match inline {
            Inline::Text(text) => says.text(text),
            Inline::Code(text) => says.whole("code", text),
            Inline::Formula(text) => says.whole("formula", text),
            Inline::Link(to, body) | Inline::Place(to, body) => {
                says.open("link");
                says.0.push_str(to);
                says.0.push(' ');
                run_says(body, says);
                says.close();
            }
            Inline::Reference(id) => says.whole("reference", id),
            Inline::Picture(name, alt) => says.whole("picture", &format!("{name} {alt}")),
            Inline::Note(name) => says.whole("note", name),
            Inline::Citation(items) => {
                let item =
                    |(key, at): &(String, Option<String>)| format!("{key}@{}", at.as_deref().unwrap_or_default());
                says.whole("citation", &items.iter().map(item).collect::<Vec<_>>().join(";"));
            }
            Inline::Ruby(pairs) => {
                for (base, reading) in pairs {
                    ruby(base, reading, says);
                }
            }
            _ => says.0.push(BREAK),
        }
    }
}

fn ruby(base: &str, reading: &str, says: &mut Says) {
    says.whole("ruby", &format!("{base}|{}", reading.split_whitespace().collect::<String>()));
}

fn look(inline: &Inline) -> &'static str {
    match inline {
        Inline::Emphasis(_) => "emphasis",
        Inline::Strong(_) => "strong",
        Inline::Strike(_) => "strike",
        Inline::Subscript(_) => "sub",
        Inline::Superscript(_) => "sup",
        Inline::Underline(_) => "underline",
        Inline::Highlight(_) => "mark",
        _ => "keys",
    }
}

/// What a run of a manuscript says.
pub(super) fn of_read_run(run: &[model::Inline]) -> String {
    let mut says = Says::default();
    read_run(run, &mut says);
    says.end_text();
    says.0
}

fn read_run(run: &[model::Inline], says: &mut Says) {
    for inline in run {
        let pair = |what: &str, body: &[model::Inline], says: &mut Says| {
            says.open(what);
            read_run(body, says);
            says.close();
        };
        match &inline.kind {
            InlineKind::Text(text) => says.text(text),
            InlineKind::Emph(body) => pair("emphasis", body, says),
            InlineKind::Strong(body) => pair("strong", body, says),
            InlineKind::Strike(body) => pair("strike", body, says),
            InlineKind::Styled { style, body } => pair(style_word(*style), body, says),
            InlineKind::Ruby { body, readings } => {
                ruby(&model::text::plain(body), &readings.join(" "), says);
            }
            InlineKind::Code(text) => says.whole("code", text),
            InlineKind::Math { text, .. } => says.whole("formula", text.trim()),
            InlineKind::Link { target, body } => {
                says.open("link");
                says.0.push_str(match target {
                    LinkTarget::Url(to) | LinkTarget::Refused(to) => to,
                    LinkTarget::Id(to) | LinkTarget::File { target: to, .. } => to,
                });
                says.0.push(' ');
                read_run(body, says);
                says.close();
            }
            InlineKind::Image(image) => {
                let name = image.written.rsplit('/').next().unwrap_or_default();
                says.whole("picture", &format!("{name} {}", image.alt));
            }
            InlineKind::Cite(items) => {
                let item =
                    |item: &model::CiteItem| format!("{}@{}", item.key, item.locator.as_deref().unwrap_or_default());
                says.whole("citation", &items.iter().map(item).collect::<Vec<_>>().join(";"));
            }
            InlineKind::Ref { target, .. } => says.whole("reference", target),
            InlineKind::Index(entry) => says.whole("index", &entry.heading),
            InlineKind::Note { name } => says.whole("note", name),
            InlineKind::LineBreak => {
                says.end_text();
                says.0.push(BREAK);
            }
        }
    }
}

fn style_word(style: TextStyle) -> &'static str {
    match style {
        TextStyle::Subscript => "sub",
        TextStyle::Superscript => "sup",
        TextStyle::Underline | TextStyle::Name | TextStyle::Work => "underline",
        TextStyle::Highlight => "mark",
        TextStyle::Keys => "keys",
    }
}

/// What tidy blocks say.
pub(super) fn of_blocks(blocks: &[import::Block]) -> String {
    let mut says = Says::default();
    blocks_say(blocks, &mut says);
    says.0
}

fn blocks_say(blocks: &[import::Block], says: &mut Says) {
    for block in blocks {
        if let Some(id) = &block.id {
            says.whole("id", id);
        }
        match &block.kind {
            import::BlockKind::Heading(level, run) => says.whole(&format!("heading {level}"), &of_run(run)),
            import::BlockKind::Paragraph(run) => says.whole("paragraph", &of_run(run)),
            import::BlockKind::List(start, items) => {
                says.open(&format!("list {start:?}"));
                items.iter().for_each(|item| says.whole("item", &of_blocks(item)));
                says.close();
            }
            import::BlockKind::Quote(body) => says.whole("quote", &of_blocks(body)),
            import::BlockKind::Code(lang, text) => says.whole("listing", &listing(lang.as_deref(), text)),
            import::BlockKind::Formula(text) => says.whole("display", text),
            import::BlockKind::Table { head, rows, caption } => {
                let grid = head.iter().chain(rows).map(|row| {
                    row.iter().map(|cell| cell_says(cell.columns, cell.rows, &of_run(&cell.body))).collect::<String>()
                });
                let mut table = Says::default();
                table.whole("table", &grid.collect::<Vec<_>>().join("\n"));
                figure(&table.0, &of_run(caption), says);
            }
            import::BlockKind::Figure(body, caption) => figure(&of_blocks(body), &of_run(caption), says),
            import::BlockKind::Callout(word, title, body) => {
                says.whole(&format!("callout {word}"), &format!("{}{BREAK}{}", of_run(title), of_blocks(body)));
            }
            import::BlockKind::Container(name, body) => says.whole(&format!("block {name}"), &of_blocks(body)),
            import::BlockKind::Definitions(list) => list.iter().for_each(|(term, details)| {
                says.whole("definition", &format!("{}{BREAK}{}", of_run(term), of_blocks(details)));
            }),
            import::BlockKind::Rule => says.whole("rule", ""),
            import::BlockKind::PageBreak => says.whole("page", ""),
        }
    }
}

fn listing(lang: Option<&str>, text: &str) -> String {
    format!("{} {text}", lang.unwrap_or_default())
}

fn cell_says(columns: usize, rows: usize, text: &str) -> String {
    format!("{OPEN}{columns}x{rows} {text}{CLOSE}")
}

/// What is shown without a caption is no figure, only what it is.
fn figure(body: &str, caption: &str, says: &mut Says) {
    if caption.is_empty() {
        says.0.push_str(body);
    } else {
        says.whole("figure", &format!("{body}{BREAK}{caption}"));
    }
}

/// What blocks of a manuscript say.
pub(super) fn of_read(blocks: &[model::Block]) -> String {
    let mut says = Says::default();
    for block in blocks {
        if let Some(id) = &block.id {
            says.whole("id", id);
        }
        read_block(block, &mut says);
    }
    says.0
}

fn read_block(block: &model::Block, says: &mut Says) {
    match &block.kind {
        BlockKind::Heading { level, body } => says.whole(&format!("heading {level}"), &of_read_run(body)),
        BlockKind::Paragraph(run) => says.whole("paragraph", &of_read_run(run)),
        BlockKind::List { start, items, .. } => {
            says.open(&format!("list {start:?}"));
            for item in items {
                let what = if item.done.is_some() { "box" } else { "item" };
                says.whole(what, &of_read(&item.blocks));
            }
            says.close();
        }
        BlockKind::Quote(body) => says.whole("quote", &of_read(body)),
        BlockKind::Code { lang, text, .. } => says.whole("listing", &listing(lang.as_deref(), text)),
        BlockKind::Math { text, .. } => says.whole("display", text.trim()),
        BlockKind::Table(table) => {
            let grid = table.head.iter().chain(&table.rows).map(|row| {
                row.iter().map(|cell| cell_says(cell.columns, cell.rows, &of_read_run(&cell.body))).collect::<String>()
            });
            says.whole("table", &grid.collect::<Vec<_>>().join("\n"));
        }
        BlockKind::Figure(shown) => figure(&of_read(&shown.body), &of_read_run(&shown.caption), says),
        BlockKind::Callout(callout) => {
            let title = of_read_run(&callout.title);
            says.whole(&format!("callout {}", callout.word), &format!("{title}{BREAK}{}", of_read(&callout.body)));
        }
        BlockKind::Container { name, body, .. } => says.whole(&format!("block {name}"), &of_read(body)),
        BlockKind::Definitions(list) => {
            for definition in list {
                let terms = definition.terms.iter().map(|term| of_read_run(term)).collect::<Vec<_>>().join("\n");
                let details = definition.details.iter().map(|details| of_read(details)).collect::<String>();
                says.whole("definition", &format!("{terms}{BREAK}{details}"));
            }
        }
        BlockKind::Rule => says.whole("rule", ""),
        BlockKind::PageBreak => says.whole("page", ""),
        BlockKind::Chart(_) | BlockKind::Qr(_) => says.whole("drawn", ""),
    }
}
