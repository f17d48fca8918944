//! Which files are chapters, in which order and parts, and what the settings of a site say of the book.

use super::listed::{Plan, Site};
use super::told::Told;
use super::tree::{self, Tree};
use super::{names, nav, sidebar, summary, toml};
use crate::diagnostic::Severity;
use crate::import::Kind;

/// Makes a plan of the folder `root` of a tree. `others` are folders of other languages in it.
pub(super) fn plan(tree: &dyn Tree, root: &str, others: &[String], told: &mut Told) -> Plan {
    let mut plan = settings(tree, root);
    let listed = match plan.site {
        Site::MkDocs => nav::items(tree, root, &plan.base),
        Site::Docusaurus => sidebar::docusaurus(tree, root, &plan.base, told),
        Site::VitePress => sidebar::vitepress(tree, root, &plan.base, told),
        _ => None,
    };
    let contents = [tree::join(&plan.base, "SUMMARY.md"), tree::join(root, "SUMMARY.md")];
    let summary = contents.iter().find_map(|path| Some((path, tree::settings(tree, path)?)));
    plan.items = match (listed, summary) {
        (Some(items), _) => items,
        (None, Some((path, text))) => summary::items(tree, &text, path, told),
        (None, None) => names::items(tree, &plan.base, others),
    };
    plan.items.retain(|item| !others.iter().any(|other| item.path.starts_with(&format!("{other}/"))));
    let mut seen = std::collections::BTreeSet::new();
    plan.items.retain(|item| seen.insert(item.path.clone()));
    unlisted(tree, &plan, others, told);
    plan
}

/// Tells of pages that the list of contents does not name: no reader of the site finds them.
fn unlisted(tree: &dyn Tree, plan: &Plan, others: &[String], told: &mut Told) {
    let inside = |path: &String| plan.base.is_empty() || path.starts_with(&format!("{}/", plan.base));
    for path in tree.paths().into_iter().filter(|path| tree::is_page(path) && inside(path)) {
        let known = plan.items.iter().any(|item| item.path == path);
        let other = others.iter().any(|other| path.starts_with(&format!("{other}/")));
        if known || other || matches!(tree::name(&path), "SUMMARY.md" | "LANGS.md" | "GLOSSARY.md") {
            continue;
        }
        told.tell(Kind::Dropped, Severity::Info, (&path, 0), msg!("the list of contents does not name this file"));
    }
}

fn settings(tree: &dyn Tree, root: &str) -> Plan {
    let at = |name: &str| tree::join(root, name);
    if let Some(text) = tree::settings(tree, &at("book.toml")) {
        return mdbook(root, &text);
    }
    for name in ["mkdocs.yml", "mkdocs.yaml"] {
        if let Some(text) = tree::settings(tree, &at(name)) {
            return nav::settings(root, &text);
        }
    }
    let paths = tree.paths();
    let has = |start: &str| paths.iter().any(|path| path.starts_with(&at(start)));
    if has("docusaurus.config.") {
        let base = if has("docs/") { at("docs") } else { root.to_owned() };
        return scripted(tree, Plan::new(Site::Docusaurus, base), &at("docusaurus.config."));
    }
    for (folder, config) in [("", ".vitepress/config"), ("docs/", ".vitepress/config"), ("", ".vuepress/config")]
        .into_iter()
        .chain([("docs/", ".vuepress/config"), ("src/", ".vuepress/config"), ("src/", ".vitepress/config")])
    {
        if has(&format!("{folder}{config}")) {
            let base = at(folder).trim_end_matches('/').to_owned();
            return scripted(tree, Plan::new(Site::VitePress, base), &at(&format!("{folder}{config}")));
        }
    }
    if has("content/") && ["hugo.", "config.toml", "config.yaml", "config/_default"].into_iter().any(has) {
        let mut plan = Plan::new(Site::Hugo, at("content"));
        let text = ["hugo.toml", "config.toml"].into_iter().find_map(|name| tree::settings(tree, &at(name)));
        let read = toml::read(&text.unwrap_or_default());
        plan.title = read.get("title").map(str::to_owned);
        plan.language = read.get("languageCode").map(str::to_owned);
        return plan;
    }
    gitbook(tree, root)
}

fn mdbook(root: &str, text: &str) -> Plan {
    let read = toml::read(text);
    let base = tree::resolve(root, read.get("book.src").unwrap_or("src")).unwrap_or_else(|| root.to_owned());
    let mut plan = Plan::new(Site::MdBook, base);
    plan.title = read.get("book.title").map(str::to_owned);
    plan.description = read.get("book.description").map(str::to_owned);
    plan.language = read.get("book.language").map(str::to_owned);
    plan.authors = read.list("book.authors").to_vec();
    plan
}

/// GitBook and HonKit, or a mere folder of files.
fn gitbook(tree: &dyn Tree, root: &str) -> Plan {
    let yaml = tree::settings(tree, &tree::join(root, ".gitbook.yaml"));
    let json = tree::settings(tree, &tree::join(root, "book.json"));
    let value: serde_json::Value = json.as_deref().and_then(|text| serde_json::from_str(text).ok()).unwrap_or_default();
    let field = |key: &str| value.get(key).and_then(|value| value.as_str()).map(str::to_owned);
    let of_yaml = |text: String| {
        let line = text.lines().find_map(|line| line.strip_prefix("root:").map(|value| value.trim().to_owned()))?;
        Some(line.trim_matches(['"', '\'']).to_owned())
    };
    let is_gitbook = yaml.is_some() || json.is_some();
    let inner = yaml.and_then(of_yaml).or_else(|| field("root")).unwrap_or_default();
    let base = tree::resolve(root, &inner).unwrap_or_else(|| root.to_owned());
    let has = |path: &str| tree.read(&tree::join(&base, path)).is_some();
    let src = !has("SUMMARY.md") && has("src/SUMMARY.md");
    let base = if src { tree::join(&base, "src") } else { base };
    let is_gitbook = is_gitbook || tree.read(&tree::join(&base, "SUMMARY.md")).is_some();
    let site = match (src, is_gitbook) {
        (true, _) => Site::MdBook,
        (false, true) => Site::GitBook,
        (false, false) => Site::Plain,
    };
    let mut plan = Plan::new(site, base);
    plan.title = field("title");
    plan.description = field("description");
    plan.language = field("language");
    plan.authors = field("author").into_iter().collect();
    plan
}

/// What a script of settings says in plain strings.
fn scripted(tree: &dyn Tree, mut plan: Plan, config: &str) -> Plan {
    let text = tree.paths().iter().find(|path| path.starts_with(config)).and_then(|path| tree::settings(tree, path));
    let text = text.unwrap_or_default();
    plan.title = sidebar::string_of(&text, "title");
    plan.description = sidebar::string_of(&text, "tagline").or_else(|| sidebar::string_of(&text, "description"));
    plan.language = sidebar::string_of(&text, "defaultLocale").or_else(|| sidebar::string_of(&text, "lang"));
    plan
}
