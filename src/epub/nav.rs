//! Navigation: the navigation document for EPUB 3 readers and the NCX for older ones.

use super::both::Both;
use super::content::Content;
use super::contents::groups;
use super::plan::Part;
use super::xml::{Xml, xhtml};
use super::{index, index_list};
use crate::model::Role;

/// The navigation document.
pub(super) const FILE: &str = "nav.xhtml";
/// The NCX.
pub(super) const NCX: &str = "toc.ncx";

/// Writes the navigation document: contents, landmarks and the pages of the printed edition.
pub(super) fn nav(content: &Content<'_>) -> Vec<u8> {
    let words = content.plan.words;
    xhtml(content.plan.lang.bcp47(), words.contents, |xml| {
        let attrs = [("epub:type", "toc"), ("role", "doc-toc"), ("id", "toc"), ("aria-labelledby", "toc-title")];
        xml.open("nav", &attrs);
        xml.element("h1", &[("id", "toc-title")], words.contents);
        toc(xml, content);
        xml.close_line();
        landmarks(xml, content);
        page_list(xml, content);
    })
}

fn toc(xml: &mut Xml, content: &Content<'_>) {
    xml.open("ol", &[]);
    xml.raw("\n");
    leaf(xml, super::cover::FILE, content.plan.words.cover);
    for group in groups(content) {
        if let Some(title) = group.title {
            xml.open("li", &[]);
            match group.href {
                Some(href) => link_both(xml, href, title),
                None => {
                    xml.open("span", &[]);
                    title.write(xml);
                    xml.close();
                }
            }
            xml.open("ol", &[]);
        }
        for part in &group.parts {
            entry(xml, part);
        }
        if group.title.is_some() {
            xml.close();
            xml.close_line();
        }
    }
    for (href, title) in own_parts(content) {
        leaf(xml, href, &title);
    }
    xml.close_line();
}

/// The list of references and the index, where no chapter of the book holds them, each with its title.
fn own_parts(content: &Content<'_>) -> Vec<(&'static str, String)> {
    let mut own = Vec::new();
    if content.citations.href == super::citations::OWN_FILE {
        own.push((super::citations::OWN_FILE, content.plan.words.references.to_owned()));
    }
    if own_index(content) {
        own.push((index::OWN_FILE, index_list::title(content)));
    }
    own
}

/// Whether there is an index that no chapter of the book holds.
pub(super) fn own_index(content: &Content<'_>) -> bool {
    !content.index.is_empty() && content.plan.part_of(Role::Index).is_none()
}

fn entry(xml: &mut Xml, part: &Part<'_>) {
    if part.headings.is_empty() {
        return leaf_both(xml, &part.href, &part.title);
    }
    xml.open("li", &[]);
    link_both(xml, &part.href, &part.title);
    xml.open("ol", &[]);
    for (id, title) in &part.headings {
        leaf_both(xml, &format!("{}#{id}", part.href), title);
    }
    xml.close();
    xml.close_line();
}

fn leaf(xml: &mut Xml, href: &str, title: &str) {
    xml.open("li", &[]);
    link(xml, href, title, None);
    xml.close_line();
}

fn leaf_both(xml: &mut Xml, href: &str, title: &Both) {
    xml.open("li", &[]);
    link_both(xml, href, title);
    xml.close_line();
}

fn link_both(xml: &mut Xml, href: &str, title: &Both) {
    xml.open("a", &[("href", href)]);
    title.write(xml);
    xml.close();
}

fn link(xml: &mut Xml, href: &str, title: &str, kind: Option<&str>) {
    let mut attrs = vec![("href", href)];
    attrs.extend(kind.map(|k| ("epub:type", k)));
    xml.open("a", &attrs);
    xml.text(title);
    xml.close();
}

fn landmarks(xml: &mut Xml, content: &Content<'_>) {
    let words = content.plan.words;
    let attrs = [("epub:type", "landmarks"), ("hidden", "hidden"), ("aria-label", words.landmarks)];
    xml.open("nav", &attrs);
    xml.open("ol", &[]);
    let toc = content.plan.part_of(Role::Contents).map_or_else(|| format!("{FILE}#toc"), |p| p.href.clone());
    let body = content.plan.part_of(Role::Chapter).or_else(|| content.plan.parts.first());
    let list = (!content.citations.worded.list.is_empty()).then_some(content.citations.href.as_str());
    let list = content.plan.part_of(Role::References).map(|p| p.href.as_str()).or(list);
    let index = own_index(content).then_some(index::OWN_FILE);
    let index = content.plan.part_of(Role::Index).map(|p| p.href.as_str()).or(index);
    let [figures, tables, glossary] =
        [Role::Figures, Role::Tables, Role::Glossary].map(|role| content.plan.part_of(role));
    let title = |part: Option<&Part<'_>>| part.map_or_else(String::new, |part| part.title.line());
    let titles = [title(figures), title(tables), title(glossary)];
    let marks = [
        (Some(super::cover::FILE), words.cover, "cover"),
        (Some(toc.as_str()), words.contents, "toc"),
        (figures.map(|p| p.href.as_str()), titles[0].as_str(), "loi"),
        (tables.map(|p| p.href.as_str()), titles[1].as_str(), "lot"),
        (body.map(|p| p.href.as_str()), words.start, "bodymatter"),
        (list, words.references, "bibliography"),
        (glossary.map(|p| p.href.as_str()), titles[2].as_str(), "glossary"),
        (index, words.index, "index"),
    ];
    for (href, title, kind) in marks {
        let Some(href) = href else { continue };
        xml.open("li", &[]);
        link(xml, href, title, Some(kind));
        xml.close();
    }
    xml.close();
    xml.close_line();
}

fn page_list(xml: &mut Xml, content: &Content<'_>) {
    let pages = &content.pages.entries;
    if pages.is_empty() {
        return;
    }
    let label = content.plan.words.pages;
    let attrs = [("epub:type", "page-list"), ("role", "doc-pagelist"), ("hidden", "hidden"), ("aria-label", label)];
    xml.open("nav", &attrs);
    xml.open("ol", &[]);
    xml.raw("\n");
    for (number, href) in pages {
        leaf(xml, href, number);
    }
    xml.close();
    xml.close_line();
}

/// Writes the NCX; `identifier` is that of the package.
pub(super) fn ncx(content: &Content<'_>, title: &str, identifier: &str) -> Vec<u8> {
    let mut xml = Xml::document();
    let lang = content.plan.lang.bcp47();
    let attrs = [("xmlns", "http://www.daisy.org/z3986/2005/ncx/"), ("version", "2005-1"), ("xml:lang", lang)];
    xml.open("ncx", &attrs);
    xml.open("head", &[]);
    let groups = groups(content);
    let depth = groups.iter().flat_map(|group| {
        let parts = usize::from(group.href.is_some());
        group.parts.iter().map(move |part| 1 + parts + usize::from(!part.headings.is_empty()))
    });
    let depth = depth.max().unwrap_or(1).to_string();
    for (name, value) in [
        ("dtb:uid", identifier),
        ("dtb:depth", depth.as_str()),
        ("dtb:totalPageCount", "0"),
        ("dtb:maxPageNumber", "0"),
    ] {
        xml.empty("meta", &[("name", name), ("content", value)]);
    }
    xml.close_line();
    xml.open("docTitle", &[]);
    xml.element("text", &[], title);
    xml.close_line();
    xml.open("navMap", &[]);
    let mut order = 0usize;
    open_point(&mut xml, &mut order, super::cover::FILE, content.plan.words.cover);
    xml.close_line();
    for group in &groups {
        // Themes have no page, and the NCX knows only what has one.
        if let (Some(href), Some(title)) = (group.href, group.title) {
            open_point(&mut xml, &mut order, href, &title.line());
        }
        for part in &group.parts {
            point(&mut xml, &mut order, part);
        }
        if group.href.is_some() {
            xml.close_line();
        }
    }
    for (href, title) in own_parts(content) {
        open_point(&mut xml, &mut order, href, &title);
        xml.close_line();
    }
    xml.close_line();
    xml.close_line();
    xml.finish()
}

/// A chapter with its headings.
fn point(xml: &mut Xml, order: &mut usize, part: &Part<'_>) {
    open_point(xml, order, &part.href, &part.title.line());
    for (id, title) in &part.headings {
        open_point(xml, order, &format!("{}#{id}", part.href), &title.line());
        xml.close_line();
    }
    xml.close_line();
}

fn open_point(xml: &mut Xml, order: &mut usize, href: &str, title: &str) {
    *order += 1;
    let number = order.to_string();
    xml.open("navPoint", &[("id", &format!("point-{number}")), ("playOrder", &number)]);
    xml.open("navLabel", &[]);
    xml.element("text", &[], title);
    xml.close();
    xml.empty("content", &[("src", href)]);
}
