//! All pages of a language: which of them an address means.

use std::collections::BTreeMap;

use super::page::{Page, Spot};
use super::tree;

/// The pages of a language, in their order.
#[derive(Debug, Default)]
pub(super) struct Pages {
    pub(super) pages: Vec<Page>,
    /// The pages by the paths that links may call them by, without endings.
    keys: BTreeMap<String, usize>,
    /// The address of the site, or the path that its pages have there.
    site: String,
    /// Whether the site shows formulas between dollar signs.
    pub(super) math: bool,
}

/// What an address means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Target {
    /// A place of the book, as a manuscript writes it.
    Place(String),
    /// A page of the book whose place is not there.
    Lost(String),
    /// A page of the site that the book has not, by its whole address.
    Site(String),
    /// Something outside of the folder.
    Outside,
    /// A file of the folder, or nothing, that is no page.
    Unknown,
}

impl Pages {
    pub(super) fn new(pages: Vec<Page>, base: &str, (site, math): (Option<&str>, bool)) -> Self {
        let mut all = Self { pages, keys: BTreeMap::new(), site: site.unwrap_or_default().to_owned(), math };
        let names: Vec<Vec<String>> = all.pages.iter().map(|page| names(page, base)).collect();
        for (at, names) in names.into_iter().enumerate() {
            for name in names {
                all.keys.entry(name).or_insert(at);
            }
        }
        all
    }

    /// What an address in a page means. Places that links lead to are given ids.
    pub(super) fn target(&mut self, from: usize, address: &str) -> Target {
        let address = address.trim();
        if is_outside(address) {
            return Target::Outside;
        }
        let (path, fragment) = address.split_once('#').unwrap_or((address, ""));
        let (path, fragment) = (tree::decoded(path.split('?').next().unwrap_or(path)), tree::decoded(fragment));
        let to = if path.is_empty() { Some(from) } else { self.page(from, &path) };
        let Some(to) = to else {
            return self.on_site(address).map_or(Target::Unknown, Target::Site);
        };
        let spot = self.pages[to].spot(&fragment);
        let (name, whole) = (&self.pages[to].name, to != from);
        match spot {
            Spot::Id(id) if whole => Target::Place(format!("{name}.md#{id}")),
            Spot::Id(id) => Target::Place(format!("#{id}")),
            Spot::Whole => Target::Place(format!("{name}.md")),
            Spot::Unknown => Target::Lost(format!("{name}.md")),
        }
    }

    /// The whole address of a path that begins at the root of the site, if it is known where the site is.
    fn on_site(&self, address: &str) -> Option<String> {
        let (scheme, rest) = self.site.split_once("://")?;
        let host = rest.split('/').next().filter(|host| host.contains('.'))?;
        let is_path = address.starts_with('/') && address.len() > 1 && !address.contains(['{', ' ']);
        let path = if self.below_site(address).is_some() { "" } else { rest[host.len()..].trim_end_matches('/') };
        (is_path && scheme.starts_with("http")).then(|| format!("{scheme}://{host}{path}{address}"))
    }

    /// A path without what all paths of the site begin with: `/img/a.png` for `/book/img/a.png`.
    pub(super) fn below_site<'t>(&self, path: &'t str) -> Option<&'t str> {
        let site = self
            .site
            .split_once("://")
            .map_or(self.site.as_str(), |(_, rest)| rest.find('/').map_or("", |at| &rest[at..]));
        let site = site.trim_end_matches('/');
        path.strip_prefix(site).filter(|rest| !site.is_empty() && rest.starts_with('/'))
    }

    /// The page that a path in another page means.
    fn page(&self, from: usize, path: &str) -> Option<usize> {
        let page = &self.pages[from];
        let path = path.strip_prefix("{{").and_then(|rest| rest.split_once("}}")).map_or(path, |(_, rest)| rest);
        let folder = tree::folder(&page.path);
        // Where pages have addresses without an ending, a page is a folder.
        let own = tree::bare(&page.path).to_owned();
        let mut places: Vec<String> =
            [folder, own.as_str()].iter().filter_map(|folder| tree::resolve(folder, path)).collect();
        places.extend(tree::resolve("", path.trim_start_matches("@site")));
        let keys = places.iter().map(|place| key(place));
        keys.into_iter().find_map(|key| self.keys.get(&key).copied()).or_else(|| self.at_root(path))
    }

    /// The page of a path that begins at the root of a site, whose folder the tree may not show.
    fn at_root(&self, path: &str) -> Option<usize> {
        let path = key(path.trim_start_matches(['.', '/']));
        let mut rest = path.as_str();
        loop {
            let flat = rest.replace('/', "__");
            if let Some(at) = self.keys.get(rest).or_else(|| self.keys.get(&flat)) {
                return Some(*at);
            }
            rest = rest.split_once('/')?.1;
        }
    }
}

/// Whether an address leads out of the folder.
pub(super) fn is_outside(address: &str) -> bool {
    let scheme = address.split_once(':').map(|(scheme, _)| scheme);
    let is_scheme =
        |scheme: &str| scheme.len() > 1 && scheme.bytes().all(|b| b.is_ascii_alphanumeric() || b"+.-".contains(&b));
    address.starts_with("//") || scheme.is_some_and(is_scheme)
}

/// A path as pages are known by: without ending, and an index as its folder.
fn key(path: &str) -> String {
    let bare = tree::bare(path.trim_matches('/'));
    let name = tree::name(bare).to_ascii_lowercase();
    let bare = if matches!(name.as_str(), "index" | "_index" | "readme") { tree::folder(bare) } else { bare };
    bare.to_lowercase()
}

/// The paths that links may call a page by.
fn names(page: &Page, base: &str) -> Vec<String> {
    let inner = page.path.strip_prefix(base).unwrap_or(&page.path).trim_start_matches('/');
    let plain = |path: &str| {
        let parts = path.split('/').map(|part| {
            let rest = part.trim_start_matches(|c: char| c.is_ascii_digit());
            if rest.len() < part.len() && rest.starts_with(['-', '_', '.']) { &rest[1..] } else { part }
        });
        parts.collect::<Vec<_>>().join("/")
    };
    let mut found = vec![key(&page.path), key(inner), plain(&key(&page.path)), plain(&key(inner))];
    for name in ["slug", "permalink", "url", "id"] {
        if let Some(value) = page.front.get(name) {
            found.push(key(value));
            found.push(key(&tree::join(tree::folder(inner), value.trim_matches('/'))));
        }
    }
    found.retain(|name| !name.is_empty() || inner.len() < 12);
    found
}
