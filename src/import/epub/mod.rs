//! E-books in the form EPUB, of any version and from any program.
//!
//! The reading order is that of the package. Each file is read as it comes, well-formed or not; a file that cannot be read costs itself.

mod kinds;
mod line;
mod links;
mod math;
mod package;
mod reader;
mod styles;
mod table;
#[cfg(test)]
mod tests;
mod titles;
mod xhtml;

use std::collections::{BTreeMap, BTreeSet};

use super::document::{Block, BlockKind, Document, Inline, Picture};
use super::report::{Kind, Report};
use super::tally::Tally;
use super::{Unreadable, inlines, levels};
use crate::diagnostic::Severity;
use crate::foreign::archive::Archive;
use crate::foreign::xml::Element;
use crate::foreign::xml::page::{self, Tree};
use package::{Item, Package};
use reader::Reader;
use styles::Styles;
use xhtml::Xhtml as _;

/// A file of text.
#[derive(Debug, Default)]
struct Page {
    /// Its path in the archive.
    path: String,
    source: String,
    tree: Tree,
    styles: Styles,
    /// Where its lines begin.
    lines: Vec<usize>,
}

impl Page {
    fn new(path: String, source: String) -> Self {
        let tree = page::read(&source);
        let lines = std::iter::once(0).chain(source.match_indices('\n').map(|(at, _)| at + 1)).collect();
        Self { path, source, tree, styles: Styles::default(), lines }
    }

    fn line(&self, at: usize) -> usize {
        self.lines.partition_point(|&start| start <= at)
    }

    /// The name of its file without folders and ending.
    fn stem(&self) -> &str {
        let name = self.path.rsplit('/').next().unwrap_or_default();
        name.split_once('.').map_or(name, |(stem, _)| stem)
    }
}

/// The files of text, in reading order.
#[derive(Debug, Default)]
struct Pages {
    all: Vec<Page>,
    by_path: BTreeMap<String, usize>,
}

/// Reads an e-book. `file` is its name, for the report.
///
/// # Errors
/// Says why nothing of it can be read: it is no e-book, or a locked one.
pub fn read(bytes: &[u8], file: &str) -> Result<(Document, Report), Unreadable> {
    let mut archive = Archive::open(bytes)?;
    let package = package::read(&mut archive)?;
    let mut tally = Tally::default();
    let pages = pages(&mut archive, &package, file, &mut tally);
    let links = links::survey(&pages);
    let titles = titles::of(&mut archive, &package, &pages);
    let mut reader = Reader::new(file, &pages, &links, &mut tally);
    let mut sections = Vec::new();
    for nth in 0..pages.all.len() {
        sections.push(section(&mut reader, nth, &package));
    }
    let (named, mut notes, mut shown, drawn) = (reader.named, reader.notes, reader.pictures, reader.drawn);
    shown.extend(package.spine.iter().filter(|item| item.is_picture).map(|item| item.path.clone()));
    head(&mut sections, &titles, &pages, (file, &mut tally));
    let mut blocks: Vec<Block> = sections.into_iter().flatten().collect();
    resolve(&mut blocks, &named, (file, &mut tally));
    notes.iter_mut().for_each(|note| resolve(&mut note.blocks, &named, (file, &mut tally)));
    let pictures = pictures(&mut archive, &shown, drawn, (file, &mut tally));
    tell_rest(&package, (file, &mut tally));
    let title = if package.title.is_empty() { Vec::new() } else { vec![Inline::Text(package.title)] };
    let (authors, language) = (package.creators, package.language);
    let document = Document { title, authors, language, blocks, notes, pictures, ..Document::default() };
    Ok((document, tally.finish()))
}

/// A file as text; what is not UTF-8 is read as what it says it is.
fn decoded(bytes: &[u8]) -> String {
    let head = String::from_utf8_lossy(bytes.get(..200.min(bytes.len())).unwrap_or_default()).to_ascii_lowercase();
    let named = head.split_once("encoding=").and_then(|(_, rest)| rest.get(1..)?.split(['"', '\'']).next());
    let named = named.and_then(|label| encoding_rs::Encoding::for_label(label.as_bytes()));
    let encoding = encoding_rs::Encoding::for_bom(bytes).map(|(encoding, _)| encoding).or(named);
    encoding.unwrap_or(encoding_rs::UTF_8).decode(bytes).0.into_owned()
}

/// The files of the reading order, and those that these link to.
fn pages(archive: &mut Archive<'_>, package: &Package, file: &str, tally: &mut Tally) -> Pages {
    let mut pages = Pages::default();
    let mut add = |item: &Item, tally: &mut Tally| {
        if item.is_picture {
            let source = format!("<body><img src=\"/{}\" alt=\"\"/></body>", item.path.replace('"', "%22"));
            return Some(Page::new(item.path.clone(), source));
        }
        match archive.bytes(&item.path) {
            Ok(Some(bytes)) => return Some(Page::new(item.path.clone(), decoded(&bytes))),
            Ok(None) => {
                let message = msg!("its part {name} is missing", name = item.path.as_str());
                tally.tell(Kind::Dropped, Severity::Error, (file, &item.path), message, "");
            }
            Err(message) => tally.tell(Kind::Dropped, Severity::Error, (file, &item.path), message, ""),
        }
        None
    };
    for item in &package.spine {
        pages.push(add(item, tally));
    }
    // Notes that pop up may stand in a file that is never opened by itself.
    let mut loose: Vec<Page> = package.loose.iter().filter_map(|item| add(item, tally)).collect();
    let mut linked: BTreeSet<String> = pages.all.iter().flat_map(links_of).collect();
    while let Some(at) = loose.iter().position(|page| linked.contains(&page.path)) {
        let page = loose.remove(at);
        linked.extend(links_of(&page));
        pages.push(Some(page));
    }
    for page in loose {
        let text = page.tree.root.find("body").unwrap_or(&page.tree.root).text();
        let message = msg!("a file is left out that is not in the reading order, and to which nothing leads");
        tally.tell(Kind::Dropped, Severity::Warning, (file, &page.path), message, text.trim());
    }
    let mut sheets = BTreeMap::new();
    for page in &mut pages.all {
        if let Some(fault) = page.tree.fault {
            let at = format!("{}:{}", page.path, page.line(fault));
            let message = msg!("a file is no well-formed XHTML; it is read as well as can be, and no text is left out");
            tally.tell(Kind::Guessed, Severity::Info, (file, &at), message, "");
        }
        add_styles(page, archive, &mut sheets);
    }
    pages
}

impl Pages {
    fn push(&mut self, page: Option<Page>) {
        if let Some(page) = page {
            self.by_path.insert(page.path.clone(), self.all.len());
            self.all.push(page);
        }
    }
}

/// The files to which a page links.
fn links_of(page: &Page) -> Vec<String> {
    let mut found = Vec::new();
    page.tree.root.all("a", &mut found);
    let hrefs = found.into_iter().filter_map(|link| link.attribute("href"));
    let files = hrefs.map(|href| href.split_once('#').map_or(href, |(file, _)| file)).filter(|file| !file.is_empty());
    files.filter_map(|file| package::path_from(&page.path, file)).collect()
}

/// Reads the style sheets of a page.
fn add_styles(page: &mut Page, archive: &mut Archive<'_>, sheets: &mut BTreeMap<String, String>) {
    let Some(head) = page.tree.root.find("head") else { return };
    let mut styles = Styles::default();
    for element in head.elements() {
        if element.name == "style" {
            styles.add(&element.text());
        }
        let is_sheet = element.name == "link" && element.says("rel", &["stylesheet"]);
        let path = element.attribute("href").filter(|_| is_sheet).and_then(|href| package::path_from(&page.path, href));
        let Some(path) = path else { continue };
        let css = sheets.entry(path).or_insert_with_key(|path| {
            archive.bytes(path).ok().flatten().map(|bytes| decoded(&bytes)).unwrap_or_default()
        });
        styles.add(css);
    }
    page.styles = styles;
}

/// The blocks of a page, if it is neither a cover nor a table of contents.
fn section(reader: &mut Reader<'_>, nth: usize, package: &Package) -> Vec<Block> {
    let Some(page) = reader.pages.get(nth) else { return Vec::new() };
    let body = page.tree.root.find("body").unwrap_or(&page.tree.root);
    reader.page = nth;
    let text = body.text().trim().to_owned();
    let is_cover = package.covers.contains(&page.path) || is_typed(body, "cover");
    if is_cover && text.is_empty() {
        let message = msg!("the cover is left out: a layout makes one, or it is a picture manuscript/images/cover.jpg");
        reader.once(Kind::Dropped, Severity::Info, body, message, "");
        return Vec::new();
    }
    if package.contents.contains(&page.path)
        || package.nav.as_ref() == Some(&page.path)
        || is_contents(reader, body, &text)
    {
        let message = msg!("a table of contents is left out: a book makes its own");
        reader.once(Kind::Dropped, Severity::Info, body, message, &text);
        return Vec::new();
    }
    reader.page(nth)
}

/// Whether a body is of a type, or all that stands in it.
fn is_typed(body: &Element, kind: &str) -> bool {
    let mut only = body.elements();
    let inner = only.next().filter(|_| only.next().is_none());
    body.is(&[kind]) || inner.is_some_and(|inner| inner.is(&[kind]) || inner.says("class", &[kind]))
}

/// Whether there is little else in a page than links to other pages.
fn is_contents(reader: &Reader<'_>, body: &Element, text: &str) -> bool {
    let mut found = Vec::new();
    body.all("a", &mut found);
    let mut pages = BTreeSet::new();
    let mut words = 0;
    for link in found {
        if let Some(links::Target::Page(page, _)) = link.attribute("href").map(|href| reader.target(href))
            && page != reader.page
        {
            pages.insert(page);
            words += link.text().chars().filter(|c| !c.is_whitespace()).count();
        }
    }
    let all = text.chars().filter(|c| !c.is_whitespace()).count();
    pages.len() >= 3 && words * 2 > all
}

/// Gives each file that begins a chapter a heading of level 1, by the table of contents where it has none itself.
fn head(sections: &mut [Vec<Block>], titles: &BTreeMap<usize, String>, pages: &Pages, told: (&str, &mut Tally)) {
    let (file, tally) = told;
    let base = levels::raise(sections);
    if base > 1 {
        let message =
            msg!("headings of level {level} begin the chapters; all are raised accordingly", level = base.to_string());
        tally.tell(Kind::Guessed, Severity::Info, (file, ""), message, "");
    }
    for (nth, blocks) in sections.iter_mut().enumerate() {
        let has_heading = blocks.iter().any(|block| matches!(block.kind, BlockKind::Heading(..)));
        let Some(title) = titles.get(&nth).filter(|_| !has_heading && !blocks.is_empty()) else { continue };
        let at = pages.all.get(nth).map_or("", |page| page.path.as_str());
        if titles::promote(blocks, title) {
            let message = msg!(
                "a paragraph is taken for the title of a chapter, because the table of contents names it: {title}",
                title = title.as_str()
            );
            tally.tell(Kind::Guessed, Severity::Info, (file, at), message, "");
        } else {
            let heading = BlockKind::Heading(1, vec![Inline::Text(title.clone())]);
            blocks.insert(0, Block { at: at.to_owned(), id: None, kind: heading });
            let message = msg!(
                "a chapter without a title has the one that the table of contents gives it: {title}",
                title = title.as_str()
            );
            tally.tell(Kind::Guessed, Severity::Info, (file, at), message, "");
        }
    }
}

/// Gives links to places the ids of the blocks that they lead to.
fn resolve(blocks: &mut [Block], named: &BTreeMap<(usize, String), String>, told: (&str, &mut Tally)) {
    let (file, tally) = told;
    inlines::each_line(blocks, &mut |line| {
        inlines::each_place(line, &mut |id, words| {
            let place = id.split_once('#').and_then(|(page, id)| Some((page.parse().ok()?, id.to_owned())));
            if let Some(known) = place.and_then(|place| named.get(&place)) {
                known.clone_into(id);
                return true;
            }
            let words = inlines::plain(words);
            let message =
                msg!("a link leads to nothing that is in the book; its words are kept: {words}", words = words.trim());
            tally.tell(Kind::Changed, Severity::Info, (file, ""), message, "");
            false
        });
    });
}

/// The pictures that are shown.
fn pictures(
    archive: &mut Archive<'_>,
    shown: &BTreeSet<String>,
    drawn: Vec<(String, String)>,
    told: (&str, &mut Tally),
) -> Vec<Picture> {
    let (file, tally) = told;
    let mut pictures: Vec<Picture> =
        drawn.into_iter().map(|(name, svg)| Picture { name, bytes: svg.into_bytes() }).collect();
    for path in shown {
        match archive.bytes(path) {
            Ok(Some(bytes)) => pictures.push(Picture { name: path.clone(), bytes }),
            Ok(None) => {
                let message = msg!("a picture is not in the e-book: {address}", address = path.as_str());
                tally.tell(Kind::Dropped, Severity::Warning, (file, path), message, "");
            }
            Err(message) => tally.tell(Kind::Dropped, Severity::Warning, (file, path), message, ""),
        }
    }
    pictures
}

/// Tells what an e-book has besides its text.
fn tell_rest(package: &Package, told: (&str, &mut Tally)) {
    let (file, tally) = told;
    if !package.sheets.is_empty() {
        let message =
            msg!("the looks of the style sheets (fonts, sizes, colours, margins) are left out: a layout gives them");
        tally.tell(Kind::Dropped, Severity::Info, (file, ""), message, "");
    }
    let unused: BTreeSet<&str> = package.unused.iter().map(String::as_str).collect();
    if !unused.is_empty() {
        let kinds = unused.into_iter().collect::<Vec<_>>().join(", ");
        let message = msg!("files of these kinds are left out: {kinds}", kinds);
        tally.tell(Kind::Dropped, Severity::Info, (file, ""), message, "");
    }
    if !package.other.is_empty() {
        let words = package.other.join("; ");
        let message = msg!(
            "what the e-book says of itself besides title, author and language is for you to put into book.yaml: {words}",
            words
        );
        tally.tell(Kind::Dropped, Severity::Info, (file, ""), message, "");
    }
}
