//! The titles of chapters as the navigation of an e-book has them.

use std::collections::BTreeMap;

use super::super::document::{Block, BlockKind};
use super::super::inlines::plain;
use super::package::{Package, path_from};
use super::xhtml::Xhtml as _;
use super::{Pages, decoded};
use crate::foreign::archive::Archive;
use crate::foreign::xml::{Element, page};

/// How many blocks at the head of a file may be its title.
const HEAD: usize = 4;

/// The titles of files by their places in the reading order.
pub(super) fn of(archive: &mut Archive<'_>, package: &Package, pages: &Pages) -> BTreeMap<usize, String> {
    let mut titles = BTreeMap::new();
    for (path, is_nav) in [(&package.nav, true), (&package.ncx, false)] {
        let Some(path) = path else { continue };
        let Some(bytes) = archive.bytes(path).ok().flatten() else { continue };
        let tree = page::read(&decoded(&bytes));
        let entries = if is_nav { of_nav(&tree.root) } else { of_ncx(&tree.root) };
        for (href, title) in entries {
            let file = href.split_once('#').map_or(href.as_str(), |(file, _)| file);
            let page = path_from(path, file).and_then(|path| pages.by_path.get(&path));
            if let Some(&page) = page.filter(|_| !title.is_empty()) {
                titles.entry(page).or_insert(title);
            }
        }
        if !titles.is_empty() {
            break;
        }
    }
    titles
}

fn of_nav(root: &Element) -> Vec<(String, String)> {
    let mut navs = Vec::new();
    root.all("nav", &mut navs);
    let contents = navs.iter().find(|nav| nav.says("epub:type", &["toc"])).or(navs.first());
    let mut links = Vec::new();
    contents.into_iter().for_each(|nav| nav.all("a", &mut links));
    links.into_iter().filter_map(|link| Some((link.attribute("href")?.to_owned(), squeezed(&link.text())))).collect()
}

fn of_ncx(root: &Element) -> Vec<(String, String)> {
    let mut points = Vec::new();
    root.all("navpoint", &mut points);
    let entry = |point: &Element| {
        let label = point.elements().find(|inner| inner.name == "navlabel")?;
        let content = point.elements().find(|inner| inner.name == "content")?;
        Some((content.attribute("src")?.to_owned(), squeezed(&label.text())))
    };
    points.into_iter().filter_map(entry).collect()
}

/// Makes a heading of the paragraphs at the head of a file that say its title; `false` where none does.
pub(super) fn promote(blocks: &mut Vec<Block>, title: &str) -> bool {
    let bare =
        |text: &str| text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>();
    let title = bare(title);
    for first in 0..HEAD.min(blocks.len()) {
        let mut said = String::new();
        for last in first..(first + HEAD).min(blocks.len()) {
            let Some(BlockKind::Paragraph(line)) = blocks.get(last).map(|block| &block.kind) else { break };
            said.push_str(&bare(&plain(line)));
            if said == title && !title.is_empty() {
                join(blocks, first, last);
                return true;
            }
        }
    }
    false
}

/// Makes one heading of paragraphs.
fn join(blocks: &mut Vec<Block>, first: usize, last: usize) {
    let mut line = Vec::new();
    let mut taken = blocks.drain(first..=last);
    let Some(mut heading) = taken.next() else { return };
    if let BlockKind::Paragraph(words) = &mut heading.kind {
        line.append(words);
    }
    for block in taken {
        if let BlockKind::Paragraph(words) = block.kind {
            line.push(super::Inline::Text(" ".to_owned()));
            line.extend(words);
        }
    }
    heading.kind = BlockKind::Heading(1, line);
    blocks.insert(first, heading);
}

fn squeezed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
