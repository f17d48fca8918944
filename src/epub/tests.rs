//! A book with every kind of block and inline, and with text that would break careless markup.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Read};

use quick_xml::Reader;
use quick_xml::events::Event;

use super::epub;
use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::layout::Layout;
use crate::manuscript::load_references;
use crate::model::*;
use crate::source::{FileId, SourceFile, Sources, Span};
use crate::typeset::{BuildDate, Job};

mod charts;
mod formulas;

const NASTY: &str = "甲 & <b>\"乙\"</b> ]]> \u{1} \u{FFFE} “引”";

/// Makes model values, each with a span of its own.
struct Maker {
    file: FileId,
    at: usize,
}

impl Maker {
    fn span(&mut self) -> Span {
        self.at += 1;
        Span::new(self.file, self.at..self.at)
    }

    fn block(&mut self, id: Option<&str>, kind: BlockKind) -> Block {
        Block { id: id.map(str::to_owned), span: self.span(), kind }
    }

    fn inline(&mut self, kind: InlineKind) -> Inline {
        Inline { span: self.span(), kind }
    }

    fn text(&mut self, text: &str) -> Vec<Inline> {
        vec![self.inline(InlineKind::Text(text.to_owned()))]
    }

    fn paragraph(&mut self, text: &str) -> Block {
        let body = self.text(text);
        self.block(None, BlockKind::Paragraph(body))
    }

    fn line(&mut self) -> HeadLine {
        HeadLine { value: NASTY.to_owned(), span: self.span(), run: self.text(NASTY), breaks: Vec::new() }
    }

    fn spanned(&mut self, value: &str) -> Spanned<String> {
        Spanned { value: value.to_owned(), span: self.span() }
    }

    fn image(&mut self, path: &str, alt: &str) -> Inline {
        self.inline(InlineKind::Image(Image {
            path: path.to_owned(),
            written: path.to_owned(),
            alt: alt.to_owned(),
            decorative: alt.is_empty(),
            width: Extent::read("60%"),
            ..Image::default()
        }))
    }

    fn cite(&mut self, keys: &[&str]) -> Inline {
        let span = self.span();
        let items = keys.iter().map(|k| CiteItem { key: (*k).to_owned(), span, locator: Some("p. 3".to_owned()) });
        let items = items.collect();
        self.inline(InlineKind::Cite(items))
    }

    fn table(&mut self) -> Table {
        let mut cell = |column, text: &str| Cell::new(self.span(), column, self.text(text));
        Table {
            columns: vec![ColumnAlign::Left, ColumnAlign::Right, ColumnAlign::Auto],
            head: vec![vec![cell(0, NASTY), cell(1, "B"), cell(2, " ")]],
            rows: vec![vec![cell(0, "1"), cell(1, "2"), cell(2, "3")]],
            data: None,
        }
    }

    fn chart(&mut self, kind: ChartKind) -> BlockKind {
        let datum = |label: &str, value: f64| Datum::new(label, value, value.to_string());
        BlockKind::Chart(Box::new(Chart {
            kind,
            title: Some(NASTY.to_owned()),
            unit: Some("亿".to_owned()),
            source: Some(NASTY.to_owned()),
            alt: Some(NASTY.to_owned()),
            data: vec![datum("M6", 10.0), datum("一个很长很长的标签需要换行才能放得下", 3.5), datum("", 0.0)],
            ..Chart::default()
        }))
    }

    fn inlines(&mut self) -> Vec<Inline> {
        let mut run = self.text(NASTY);
        for wrap in [InlineKind::Emph, InlineKind::Strong, InlineKind::Strike] {
            let body = self.text("x");
            run.push(self.inline(wrap(body)));
        }
        let note = |name: &str| InlineKind::Note { name: name.to_owned() };
        run.push(self.inline(InlineKind::Code(NASTY.to_owned())));
        let span = self.span();
        run.push(self.inline(InlineKind::Math { text: "a^2 + b".to_owned(), span, set: None }));
        run.extend([note("n"), note("n"), note("m"), note("missing"), InlineKind::LineBreak].map(|k| self.inline(k)));
        for target in ["fig 1", "chart", "section", "tab", "missing", "04-two"] {
            run.push(self.inline(InlineKind::Ref { target: target.to_owned(), shows: Shows::Number }));
            let inner = self.inline(note("n"));
            let target = LinkTarget::Id(target.to_owned());
            run.push(self.inline(InlineKind::Link { target, body: vec![inner] }));
        }
        for url in ["https://a.org/ x[1]?a=1&b=\"2\"#p#q", "javascript:alert(1)", "mailto:a@b.org"] {
            let body = self.text("link");
            run.push(self.inline(InlineKind::Link { target: LinkTarget::Url(url.to_owned()), body }));
        }
        run.extend([self.image("manuscript/images/v.svg", NASTY), self.image("manuscript/images/a.png", "")]);
        run.extend([self.cite(&["a"]), self.cite(&["a", "b"]), self.cite(&["missing"])]);
        run
    }

    fn figure(&mut self, id: &str, body: Block) -> Block {
        let caption = self.text("题注");
        self.block(Some(id), BlockKind::Figure(Figure { body: vec![body], caption, ..Figure::default() }))
    }

    fn every_block(&mut self) -> Vec<Block> {
        let mut all = Vec::new();
        for (id, level) in [(Some("section"), 2), (None, 4), (Some("图 & 二"), 2)] {
            let body = self.text(NASTY);
            all.push(self.block(id, BlockKind::Heading { level, body }));
        }
        let run = self.inlines();
        all.push(self.block(Some("04-two"), BlockKind::Paragraph(run)));
        for (start, tight) in [(None, true), (Some(3), false)] {
            let items = vec![ListItem { span: self.span(), done: None, blocks: vec![self.paragraph("项")] }];
            all.push(self.block(None, BlockKind::List { start, tight, items }));
        }
        let inner = self.paragraph(NASTY);
        all.push(self.block(None, BlockKind::Quote(vec![inner])));
        let code = BlockKind::Code {
            lang: Some("rust".to_owned()),
            text: format!("\n{NASTY}\n"),
            indented: false,
            fence: Box::default(),
        };
        all.push(self.block(None, code));
        let span = self.span();
        all.push(self.block(None, BlockKind::Math { text: "sum_(i=1)^n i".to_owned(), span, set: None, tag: None }));
        let table = self.table();
        all.push(self.block(None, BlockKind::Table(table)));
        let table = self.table();
        let body = self.block(None, BlockKind::Table(table));
        all.push(self.figure("tab", body));
        let image = self.image("manuscript/images/photo.png", NASTY);
        let body = self.block(None, BlockKind::Paragraph(vec![image]));
        all.push(self.figure("fig 1", body));
        for kind in CHART_KINDS {
            let chart = self.chart(kind);
            all.push(self.block((kind == ChartKind::Bar).then_some("chart"), chart));
        }
        let chart = self.chart(ChartKind::Column);
        let body = self.block(None, chart);
        all.push(self.figure("chart 2", body));
        all.push(self.block(None, BlockKind::Qr(Qr { data: "https://a.org/".to_owned(), alt: NASTY.to_owned() })));
        for name in BUILDING_BLOCKS.iter().filter(|n| **n != "figure") {
            let attr = |key: &str, span| Attr { key: key.to_owned(), value: NASTY.to_owned(), span, whole: span };
            let attrs = ["value", "by", "tone", "on=\"x", "Ω"].map(|k| attr(k, self.span())).to_vec();
            let body = vec![self.paragraph(NASTY)];
            all.push(self.block(None, BlockKind::Container { name: (*name).to_owned(), attrs, body }));
        }
        let definition =
            Definition { span: self.span(), terms: vec![self.text(NASTY)], details: vec![vec![self.paragraph("解")]] };
        all.push(self.block(None, BlockKind::Definitions(vec![definition])));
        all.push(self.block(None, BlockKind::Rule));
        all
    }

    fn chapter(&mut self, lang: &Lang, stem: &str, role: Role, blocks: Vec<Block>) -> Chapter {
        let mut note =
            |name: &str| Note { name: name.to_owned(), span: self.span(), blocks: vec![self.paragraph(NASTY)] };
        let notes = if blocks.len() > 1 { vec![note("n"), note("m"), note("never used")] } else { Vec::new() };
        let theme = (role == Role::Chapter).then(|| self.spanned("one"));
        Chapter {
            file: self.file,
            path: format!("manuscript/{lang}/{stem}.md"),
            stem: stem.to_owned(),
            lang: lang.clone(),
            meta: ChapterMeta {
                title: self.line(),
                id: None,
                titled: true,
                in_front_matter: true,
                subtitle: Some(self.line()),
                theme,
                byline: Some(self.line()),
                image: None,
                role,
                role_span: None,
                extra: BTreeMap::new(),
            },
            blocks,
            notes,
            waivers: Vec::new(),
            drafts: Vec::new(),
        }
    }
}

fn png(width: u32, height: u32) -> Vec<u8> {
    let noise = |x: u32, y: u32| image::Rgb([x.wrapping_mul(31) as u8, y.wrapping_mul(17) as u8, (x ^ y) as u8]);
    let image = image::DynamicImage::ImageRgb8(image::RgbImage::from_fn(width, height, noise));
    let mut bytes = Cursor::new(Vec::new());
    image.write_to(&mut bytes, image::ImageFormat::Png).expect("encodes");
    bytes.into_inner()
}

fn files() -> BTreeMap<&'static str, Vec<u8>> {
    let svg = br##"<svg viewBox="0 0 9 9" onload="x()"><script>1</script><path d="M0 0h9"/></svg>"##;
    BTreeMap::from([
        ("manuscript/images/a.png", png(20, 10)),
        ("manuscript/images/photo.png", png(2000, 1500)),
        ("manuscript/images/v.svg", svg.to_vec()),
    ])
}

const REFERENCES: &str =
    "a: {type: book, title: 'The Book & <T>', author: 'Doe, Jane', date: 2020, url: 'https://a.org/?b=1&c=2'}
b: {type: article, title: 一篇, author: 张三, date: 2021, parent: {type: periodical, title: 学报, volume: 3}}
c: {type: book, title: Not cited}";

/// A book in one language with every role, and its sources.
fn book(lang: &Lang) -> (Book, Sources) {
    let mut sources = Sources::default();
    let file = sources.add(SourceFile::new("a.md", " ".repeat(5000)));
    let references = BTreeMap::from([("manuscript/references.yaml", REFERENCES.as_bytes().to_vec())]);
    let bibliography = load_references(&references, &mut sources, &mut Vec::new());
    let mut maker = Maker { file, at: 0 };
    let chapters = Role::ALL.iter().enumerate().map(|(index, role)| {
        let blocks = if matches!(role, Role::Chapter | Role::Preface) {
            maker.every_block()
        } else {
            vec![maker.paragraph("x")]
        };
        maker.chapter(lang, &format!("{index:02} 章/.."), *role, blocks)
    });
    let chapters = BTreeMap::from([(lang.clone(), chapters.collect())]);
    let each = |text: &str| BTreeMap::from([(lang.clone(), text.to_owned())]);
    let english = Lang::new("en-GB").expect("a tag");
    let mut name = each(NASTY);
    name.insert(english, "Jane".to_owned());
    let meta = Meta {
        slug: "every".to_owned(),
        title: each(NASTY),
        subtitle: each(NASTY),
        description: each(NASTY),
        publisher: each(NASTY),
        rights: each(NASTY),
        people: ["aut", "trl"]
            .map(|role| Person { name: name.clone(), role: role.to_owned(), ..Person::default() })
            .to_vec(),
        date: (2026, 1, 2),
        identifier: BTreeMap::from([("zh".to_owned(), Numbers::same("978-7-302-00001-3"))]),
        keywords: BTreeMap::from([(lang.clone(), vec![NASTY.to_owned()])]),
        themes: vec![Theme { id: "one".to_owned(), title: each(NASTY), color: None }],
        ..Meta::default()
    };
    let book = Book {
        meta,
        languages: vec![lang.clone()],
        folders: BTreeMap::new(),
        editions: Vec::new(),
        chapters,
        bibliography,
        glossary: Glossary::default(),
        pdf: PdfWishes::default(),
        check_levels: BTreeMap::new(),
        reviewed: crate::model::Reviewed::default(),
        comments: crate::model::Comments::default(),
    };
    (book, sources)
}

/// A layout that styles nothing.
fn layout() -> Layout {
    Layout {
        name: "none".to_owned(),
        editions: Vec::new(),
        blocks: Vec::new(),
        attributes: Vec::new(),
        front_matter: Vec::new(),
        asks_for: Vec::new(),
        css: String::new(),
        epub_fonts: Default::default(),
        cover_ratio: 1.6,
        title: String::new(),
        languages: Vec::new(),
        standards: None,
        options: BTreeMap::new(),
        cover: None,
        main: String::new(),
        sound: true,
    }
}

/// Exports the book; panics on any finding.
fn export(tag: &str) -> Vec<u8> {
    let lang = Lang::new(tag).expect("a tag");
    let (book, sources) = book(&lang);
    let layout = layout();
    let edition = EditionKind::Single(lang);
    let (files, date) = (files(), BuildDate(1_700_000_000));
    let job = Job {
        book: &book,
        edition: &edition,
        layout: &layout,
        files: &files,
        sources: &sources,
        date,
        alignments: &[],
    };
    let made = epub(job, None);
    assert_eq!(made.diagnostics, Vec::<Diagnostic>::new());
    made.value.expect("there is no error")
}

fn entries(epub: &[u8]) -> BTreeMap<String, Vec<u8>> {
    let mut archive = ::zip::ZipArchive::new(Cursor::new(epub)).expect("a zip");
    assert_eq!(archive.by_index(0).expect("an entry").name().expect("a name"), "mimetype");
    let mut entries = BTreeMap::new();
    for index in 0..archive.len() {
        let mut entry = archive.by_index(index).expect("an entry");
        let mut bytes = Vec::new();
        entry.read_to_end(&mut bytes).expect("readable");
        entries.insert(entry.name().expect("a name").into_owned(), bytes);
    }
    entries
}

/// Every attribute of a document as name and value; panics when it is not well-formed.
fn attributes(name: &str, bytes: &[u8]) -> Vec<(String, String)> {
    let text = std::str::from_utf8(bytes).expect("UTF-8");
    let mut reader = Reader::from_str(text);
    let mut found = Vec::new();
    loop {
        match reader.read_event().unwrap_or_else(|e| panic!("{name}: {e}")) {
            Event::Eof => return found,
            Event::Start(tag) | Event::Empty(tag) => {
                for attribute in tag.attributes() {
                    let attribute = attribute.unwrap_or_else(|e| panic!("{name}: {e}"));
                    let value = quick_xml::escape::unescape(&attribute.value).expect("known entities");
                    found.push((attribute.key.as_ref().to_owned(), value.into_owned()));
                }
            }
            _ => {}
        }
    }
}

#[test]
fn the_same_book_gives_the_same_bytes() {
    assert!(export("zh") == export("zh"));
}

#[test]
fn every_id_is_unique_and_every_link_leads_somewhere() {
    for tag in ["zh", "en"] {
        let entries = entries(&export(tag));
        let pages: BTreeMap<_, _> = entries
            .iter()
            .filter_map(|(n, b)| Some((n.strip_prefix("OEBPS/").filter(|n| n.ends_with(".xhtml"))?, attributes(n, b))))
            .collect();
        let mut places: BTreeSet<String> =
            entries.keys().filter_map(|n| Some(n.strip_prefix("OEBPS/")?.into())).collect();
        for (name, attrs) in &pages {
            for (_, id) in attrs.iter().filter(|(key, _)| key == "id") {
                assert!(places.insert(format!("{name}#{id}")), "{name}: {id} twice");
            }
        }
        for (name, attrs) in &pages {
            let links = attrs.iter().filter(|(key, _)| key == "href" || key == "src").map(|(_, value)| value);
            for link in links.filter(|l| !l.starts_with("https:") && !l.starts_with("mailto:")) {
                let target = if link.starts_with('#') { format!("{name}{link}") } else { link.clone() };
                assert!(places.contains(&target), "{name}: {link}");
            }
        }
    }
}

#[test]
fn numbers_words_and_citations_follow_the_language() {
    for (tag, expected) in [
        ("zh", ["图 1", "表 1", "[1]", "lang=\"zh-CN\"", "数据表", "<math"]),
        ("en", ["Figure 1", "Table 1", "[1]", "lang=\"en\"", "Data table", "<math"]),
    ] {
        let entries = entries(&export(tag));
        let text: String = entries.values().filter_map(|b| std::str::from_utf8(b).ok()).collect();
        for word in expected {
            assert!(text.contains(word), "{tag}: {word}");
        }
        assert!(!text.contains("<script") && !text.contains("javascript:") && !text.contains("onload"), "{tag}");
    }
}

#[test]
fn pictures_are_brought_to_size() {
    let entries = entries(&export("zh"));
    let widths: Vec<u32> = entries
        .iter()
        .filter(|(name, _)| name.ends_with(".png") || name.ends_with(".jpg"))
        .map(|(_, bytes)| image::load_from_memory(bytes).expect("a picture").width())
        .collect();
    assert_eq!(widths.len(), 2);
    assert!(widths.contains(&20) && widths.contains(&1600), "{widths:?}");
}

#[test]
fn what_cannot_be_used_is_reported_where_it_stands() {
    let lang = Lang::new("zh").expect("a tag");
    let (book, sources) = book(&lang);
    let layout = layout();
    let mut files = files();
    files.remove("manuscript/images/a.png");
    files.insert("manuscript/images/photo.png", b"not a picture".to_vec());
    let (edition, date) = (EditionKind::Single(lang), BuildDate(0));
    let job = Job {
        book: &book,
        edition: &edition,
        layout: &layout,
        files: &files,
        sources: &sources,
        date,
        alignments: &[],
    };
    let made = epub(job, None);
    assert!(made.value.is_none());
    let pictures = made.diagnostics.iter().filter(|d| d.check == codes::UNREADABLE_IMAGE && d.primary.is_some());
    assert_eq!(pictures.count(), 2);
}
