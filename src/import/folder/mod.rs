//! Folders of Markdown: mdBook, GitBook, VitePress, Docusaurus, MkDocs, Hugo and their like.
//!
//! Text becomes text: the Markdown of another program is rewritten into that of a manuscript. The steps of a page: front matter off (`front`),
//! files included (`include`), containers and lines of other programs rewritten (`containers`, `dialect`), title and headings settled
//! (`page`), links led to places of the book (`links`, `pages`), tags rewritten (`html`, `elements`). A line keeps its number
//! in the file until the last step, so that the report can name it.

mod book;
mod components;
mod containers;
mod dialect;
mod elements;
mod find;
mod front;
mod html;
mod hugo;
mod include;
mod languages;
mod left;
mod lines;
mod links;
mod listed;
mod mdx;
mod myst;
mod names;
mod nav;
mod page;
mod pages;
mod pictures;
mod plan;
mod po;
mod script;
mod sidebar;
mod site;
mod structures;
mod summary;
mod tables;
#[cfg(test)]
mod tests;
mod told;
mod toml;
mod tree;
mod write;

use std::collections::{BTreeMap, BTreeSet};

use super::{Imported, Kind, Report};
use crate::diagnostic::Severity;
use crate::lang;
use crate::message::Message;
use crate::model::Lang;
use languages::Text;
use lines::Line;
use listed::{Item, Plan, Site};
use page::Page;
use pages::Pages;
use pictures::Pictures;
use told::Told;
pub use tree::Tree;

/// What is asked of an import of folders.
#[derive(Debug, Clone, Default)]
pub struct Wish {
    /// The languages of the folders, in their order; what they say of themselves where there is none.
    pub languages: Vec<Lang>,
    /// The title of a book that does not say its own.
    pub title: String,
    /// The date of the book, `YYYY-MM-DD`.
    pub date: String,
    /// The names of the folders, by which the report tells them apart where there are several.
    pub folders: Vec<String>,
}

/// A text that is imported.
struct Source<'t> {
    tree: &'t dyn Tree,
    /// The number of its tree.
    nth: usize,
    text: Text,
    lang: Lang,
    plan: Plan,
}

/// Makes a book of a folder of Markdown, and of a folder with its translation if there is one.
///
/// # Errors
/// Says why nothing can be made of it.
pub fn import(trees: &[&dyn Tree], wish: &Wish) -> Result<Imported, Message> {
    let composed: Vec<tree::Composed<'_>> = trees.iter().map(|tree| tree::Composed::new(*tree)).collect();
    let trees: Vec<&dyn Tree> = composed.iter().map(|tree| -> &dyn Tree { tree }).collect();
    let trees = trees.as_slice();
    let mut told = Told::default();
    let sources = sources(trees, wish, &mut told);
    if sources.iter().all(|source| source.plan.items.is_empty()) {
        return Err(msg!("there is no page of Markdown in it"));
    }
    let mut pictures = Pictures::default();
    let names = chapter_names(&sources);
    let mut chapters = BTreeMap::new();
    let mut heads = Vec::new();
    for (nth, tree) in trees.iter().enumerate() {
        told.folder = folder_name(trees, wish, nth);
        let first = told.entries.len();
        for source in sources.iter().filter(|source| source.nth == nth) {
            let own = told.entries.len();
            let titles = chapters_of(source, &names, &mut pictures, &mut told, &mut chapters);
            heads.push((source, titles));
            told.end_text(first, own);
        }
        left::tell(*tree, &told.used(nth), &mut told);
    }
    told.folder.clear();
    book::look(&chapters, &heads, &mut told);
    let mut files: BTreeMap<String, Vec<u8>> = chapters;
    files.insert("manuscript/book.yaml".to_owned(), book::written(&heads, &names, wish).into_bytes());
    for (name, bytes) in pictures.files {
        files.insert(format!("manuscript/images/{name}"), bytes);
    }
    Ok(Imported { files, report: Report { entries: told.entries } })
}

/// What the paths of a tree begin with in the report.
fn folder_name(trees: &[&dyn Tree], wish: &Wish, nth: usize) -> String {
    if trees.len() > 1 { wish.folders.get(nth).cloned().unwrap_or_default() } else { String::new() }
}

/// The texts of all trees, at most one of each language.
fn sources<'t>(trees: &[&'t dyn Tree], wish: &Wish, told: &mut Told) -> Vec<Source<'t>> {
    let mut found: Vec<Source<'t>> = Vec::new();
    for (nth, tree) in trees.iter().enumerate() {
        told.folder = folder_name(trees, wish, nth);
        told.tree = nth;
        let first = told.entries.len();
        let texts = languages::texts(*tree);
        for (m, text) in texts.iter().enumerate() {
            let own = told.entries.len();
            let plan = plan::plan(*tree, text, &texts, told);
            told.end_text(first, own);
            let wished = wish.languages.get(nth).cloned().filter(|_| m == 0);
            let said = text.language.clone().or_else(|| plan.language.as_deref().and_then(lang::loosely));
            // `en/` and `zh/` beside each other say what they hold.
            let named = wish.folders.get(nth).filter(|_| m == 0 && trees.len() > 1);
            let named = named.and_then(|name| lang::loosely(name));
            let lang = wished.or(said).or(named).unwrap_or_else(|| spoken(*tree, &plan));
            if found.iter().any(|known| known.lang == lang) {
                let message = msg!("a second text in {language} is left out", language = lang.name());
                let root = text.over.as_ref().unwrap_or(&text.root);
                let root = if root.is_empty() { "." } else { root.as_str() };
                told.tell(Kind::Dropped, Severity::Warning, (root, 0), message);
                continue;
            }
            found.push(Source { tree: *tree, nth, text: text.clone(), lang, plan });
        }
    }
    found
}

/// The language that the pages of a plan are written in.
fn spoken(tree: &dyn Tree, plan: &Plan) -> Lang {
    let texts: Vec<String> =
        plan.items.iter().take(20).filter_map(|item| tree::text(tree, &item.path)).map(|(text, _)| text).collect();
    lang::of_text(texts.iter().flat_map(|text| prose(text)))
}

/// The lines of a page that are no code, which is in Latin letters in every language.
fn prose(text: &str) -> impl Iterator<Item = &str> {
    let mut is_code = false;
    text.lines().filter(move |line| {
        let is_fence = ["```", "~~~"].iter().any(|sign| line.trim_start().starts_with(sign));
        is_code ^= is_fence;
        !is_code && !is_fence
    })
}

/// The names of the chapters by the paths of their pages in the folder of pages, in the order of the first text; pages that only others have follow.
fn chapter_names(sources: &[Source<'_>]) -> Vec<(String, String)> {
    let mut names: Vec<(String, String)> = Vec::new();
    let mut taken = BTreeSet::new();
    let total = sources.iter().map(|source| source.plan.items.len()).max().unwrap_or(0);
    let digits = total.to_string().len().max(2);
    for source in sources {
        for item in &source.plan.items {
            let inner = inner(&source.plan, &item.path);
            if names.iter().any(|(known, _)| *known == inner) {
                continue;
            }
            let number = names.len() + 1;
            let mut name = format!("{number:0digits$}-{}", clean(&inner));
            while !taken.insert(name.to_lowercase()) {
                name.push('-');
            }
            names.push((inner, name));
        }
    }
    names
}

/// The path of a page in the folder of pages, without its ending.
fn inner(plan: &Plan, path: &str) -> String {
    let inner = path.strip_prefix(&plan.base).unwrap_or(path).trim_start_matches('/');
    tree::bare(inner).to_owned()
}

/// A path as the name of a chapter.
fn clean(path: &str) -> String {
    let mut out = String::new();
    for c in path.chars().take(60) {
        let c = if c.is_alphanumeric() || c == '_' { c } else { '-' };
        if c != '-' || !out.ends_with('-') {
            out.push(c);
        }
    }
    let out = out.trim_matches('-');
    if out.is_empty() { "chapter".to_owned() } else { out.to_owned() }
}

/// Writes the chapters of a text. Gives their names and titles in its order.
fn chapters_of(
    source: &Source<'_>,
    names: &[(String, String)],
    pictures: &mut Pictures,
    told: &mut Told,
    files: &mut BTreeMap<String, Vec<u8>>,
) -> Vec<(String, Item)> {
    let catalogue = source.text.catalogue.as_ref().and_then(|path| {
        let (text, _) = tree::text(source.tree, path)?;
        po::Catalogue::read(&text)
    });
    let pages = source.plan.items.iter().filter_map(|item| {
        let inner = inner(&source.plan, &item.path);
        let name = names.iter().find(|(known, _)| *known == inner).map(|(_, name)| name.clone())?;
        page(source, item, name, catalogue.as_ref(), told)
    });
    let pages: Vec<Page> = pages.collect();
    told.tree = source.nth;
    pages.iter().for_each(|page| told.use_file(&page.path));
    let mut pages = Pages::new(pages, &source.plan.base, (source.plan.address.as_deref(), source.plan.math));
    write::gather(&mut pages);
    let mut heads = Vec::new();
    for at in 0..pages.pages.len() {
        let place = (source.tree, source.plan.base.as_str(), &source.lang);
        let body = write::Writer::new(place, &mut pages, pictures, told).page(at);
        let page = &pages.pages[at];
        let path = format!("manuscript/{}/{}.md", source.lang.tag(), page.name);
        let text = format!("{}{body}", book::front(page));
        heads.push((page.name.clone(), page.item.clone()));
        files.insert(path, text.into_bytes());
    }
    heads
}

/// A page, read and settled; `None` where this text has none.
fn page(
    source: &Source<'_>,
    item: &Item,
    name: String,
    catalogue: Option<&po::Catalogue>,
    told: &mut Told,
) -> Option<Page> {
    let path = source.text.page(&source.plan.base, &item.path);
    let (text, foreign) = tree::text(source.tree, &path)?;
    if let Some(foreign) = foreign {
        told.foreign(&foreign, &path);
    }
    let (front, body) = front::split(&text);
    let mut lines = lines::of(body, front.lines + 1);
    if let Some(catalogue) = catalogue {
        lines = catalogue.translate(&lines);
    }
    let lines = settled(source, &path, lines, told);
    let item = Item { title: item.title.clone().filter(|_| path == item.path), ..item.clone() };
    let mut page = Page { path, name, front, item, lines, ..Page::default() };
    page.settle(told);
    Some(page)
}

/// The lines of a page with what they include, in the forms of a manuscript.
fn settled(source: &Source<'_>, path: &str, lines: Vec<Line>, told: &mut Told) -> Vec<Line> {
    let lines = include::expand(source.tree, path, &source.plan.base, lines, told);
    let lines = mdx::expand(source.tree, path, lines, told);
    let (mut lines, closed) = lines::close(lines);
    for at in closed {
        let message = msg!("nothing closes this code: it ends with the quotation or the page in which it stands");
        told.once(Kind::Changed, Severity::Info, (path, at), message);
    }
    if source.plan.site == Site::MdBook {
        include::hide(&mut lines, path, told);
    }
    let lines = myst::rewrite(path, &lines, told);
    let lines = containers::rewrite(path, &lines, told);
    let mut lines = dialect::rewrite(path, source.plan.site, hugo::whole(lines), told);
    tables::settle(path, &mut lines, told);
    lines
}
