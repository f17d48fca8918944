//! What the settings of a site say of the book, whichever program they are for.

use super::listed::{Plan, Site};
use super::script::{Scripts, Value};
use super::tree::{self, Tree};
use super::{nav, toml};

/// What the settings of the folder `root` say. Those of a site stand above the folders of its languages.
pub(super) fn settings(tree: &dyn Tree, root: &str) -> Plan {
    let mut plan = found(tree, root);
    plan.math = has_formulas(tree, &plan.home);
    plan
}

/// Whether the settings that stand in a folder, or above it, name a program that sets formulas.
fn has_formulas(tree: &dyn Tree, home: &str) -> bool {
    let names =
        ["book.toml", "mkdocs.", "docusaurus.config.", ".vitepress/config", ".vuepress/config", "hugo.", "config."];
    let above = home.match_indices('/').map(|(at, _)| &home[..at]).chain(["", home]);
    let starts: Vec<String> = above.flat_map(|folder| names.map(|name| tree::join(folder, name))).collect();
    let settings = |path: &String| starts.iter().any(|start| path.starts_with(start)) && !tree::is_page(path);
    let programs = ["arithmatex", "katex", "mathjax", "remark-math", "math: true"];
    tree.paths().iter().filter(|path| settings(path)).any(|path| {
        let text = tree::settings(tree, path).unwrap_or_default().to_lowercase();
        programs.iter().any(|program| text.contains(program))
    })
}

fn found(tree: &dyn Tree, root: &str) -> Plan {
    if let Some(plan) = own(tree, root) {
        return plan;
    }
    let mut above = root;
    while !above.is_empty() {
        above = tree::folder(above);
        let site = own(tree, above).filter(|plan| matches!(plan.site, Site::VitePress | Site::Docusaurus | Site::Hugo));
        if let Some(plan) = site {
            return Plan { base: root.to_owned(), ..plan };
        }
    }
    gitbook(tree, root)
}

/// What a folder that has settings itself says.
fn own(tree: &dyn Tree, root: &str) -> Option<Plan> {
    let at = |name: &str| tree::join(root, name);
    if let Some(text) = tree::settings(tree, &at("book.toml")) {
        return Some(Plan { home: root.to_owned(), ..mdbook(root, &text) });
    }
    for name in ["mkdocs.yml", "mkdocs.yaml"] {
        if let Some(text) = tree::settings(tree, &at(name)) {
            return Some(Plan { home: root.to_owned(), ..nav::settings(tree, root, &text) });
        }
    }
    docusaurus(tree, root).or_else(|| vitepress(tree, root)).or_else(|| hugo(tree, root))
}

/// Whether a folder has settings that make a site of it.
pub(super) fn is_site(tree: &dyn Tree, root: &str) -> bool {
    own(tree, root).is_some()
}

fn mdbook(root: &str, text: &str) -> Plan {
    let read = toml::read(text);
    let base = tree::resolve(root, read.get("book.src").unwrap_or("src")).unwrap_or_else(|| root.to_owned());
    let mut plan = Plan::new(Site::MdBook, base);
    plan.title = read.get("book.title").map(str::to_owned);
    plan.description = read.get("book.description").map(str::to_owned);
    plan.language = read.get("book.language").map(str::to_owned);
    plan.authors = read.list("book.authors").to_vec();
    plan.address = read.get("output.html.site-url").map(str::to_owned);
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

fn docusaurus(tree: &dyn Tree, root: &str) -> Option<Plan> {
    let config = starting(tree, &tree::join(root, "docusaurus.config."))?;
    let settings = Scripts::new(tree).exported(&config);
    let presets = settings.get("presets").map(Value::list).unwrap_or_default();
    let docs = presets.iter().find_map(|preset| preset.list().get(1)?.at(&["docs", "path"])?.text());
    let named = docs.and_then(|docs| tree::resolve(root, docs));
    let paths = tree.paths();
    let has = |folder: &String| paths.iter().any(|path| path.starts_with(&format!("{folder}/")));
    let base = named.filter(has).or_else(|| Some(tree::join(root, "docs")).filter(has));
    let mut plan =
        scripted(tree, Plan::new(Site::Docusaurus, base.unwrap_or_else(|| root.to_owned())), &config, settings);
    plan.home = root.to_owned();
    let said = |key: &str| plan.settings.get(key).and_then(Value::text);
    plan.address = said("url").map(|url| format!("{url}{}", said("baseUrl").unwrap_or("/")));
    Some(plan)
}

/// VitePress and VuePress.
fn vitepress(tree: &dyn Tree, root: &str) -> Option<Plan> {
    let places = ["", "docs", "src"].into_iter().flat_map(|folder| [(folder, ".vitepress"), (folder, ".vuepress")]);
    let mut found = places.filter_map(|(folder, settings)| {
        let home = tree::join(root, folder).trim_end_matches('/').to_owned();
        let config = starting(tree, &tree::join(&home, &format!("{settings}/config")))?;
        Some((home, config))
    });
    let (home, config) = found.next()?;
    let settings = Scripts::new(tree).exported(&config);
    let inner = settings.get("srcDir").and_then(Value::text).unwrap_or_default();
    let base = tree::resolve(&home, inner).unwrap_or_else(|| home.clone());
    let mut plan = scripted(tree, Plan::new(Site::VitePress, base), &config, settings);
    let path = plan.settings.get("base").and_then(Value::text).unwrap_or("/");
    let host = plan.settings.at(&["sitemap", "hostname"]).and_then(Value::text).unwrap_or_default();
    plan.address = Some(format!("{}{path}", host.trim_end_matches('/'))).filter(|address| address.len() > 1);
    plan.home = home;
    Some(plan)
}

fn hugo(tree: &dyn Tree, root: &str) -> Option<Plan> {
    let paths = tree.paths();
    let has = |start: &str| paths.iter().any(|path| path.starts_with(&tree::join(root, start)));
    if !has("content/") || !["hugo.", "config.toml", "config.yaml", "config/_default"].into_iter().any(has) {
        return None;
    }
    let mut plan = Plan::new(Site::Hugo, tree::join(root, "content"));
    let mut said = |title: Option<String>, language: Option<String>, address: Option<String>| {
        plan.title = title;
        plan.language = language;
        plan.address = address;
    };
    let text = |name: &str| tree::settings(tree, &tree::join(root, name));
    if let Some(text) = ["hugo.toml", "config.toml", "config/_default/hugo.toml"].into_iter().find_map(text) {
        let read = toml::read(&text);
        let get = |key: &str| read.get(key).map(str::to_owned);
        said(get("title"), get("languageCode"), get("baseURL"));
    } else if let Some(text) = ["hugo.yaml", "hugo.yml", "config.yaml", "config.yml"].into_iter().find_map(text) {
        let value: serde_yaml::Value = serde_yaml::from_str(&text).unwrap_or_default();
        let get = |key: &str| value.get(key).and_then(super::front::scalar);
        said(get("title"), get("languageCode").or_else(|| get("defaultContentLanguage")), get("baseURL"));
    }
    plan.home = root.to_owned();
    Some(plan)
}

/// The first file whose path begins so.
fn starting(tree: &dyn Tree, start: &str) -> Option<String> {
    tree.paths().into_iter().find(|path| path.starts_with(start))
}

/// What a script of settings says.
fn scripted(tree: &dyn Tree, mut plan: Plan, config: &str, settings: Value) -> Plan {
    let scripts = Scripts::new(tree);
    let said = |keys: &[&str]| {
        let root = || settings.at(&["locales", "root"]).or_else(|| settings.at(&["locales", "/"]));
        let found = settings.at(keys).or_else(|| root()?.at(keys)).and_then(Value::text);
        // What cannot be followed from the whole may stand somewhere as a plain string.
        let plain = || keys.last().and_then(|key| scripts.plain(config, key));
        found.map(str::to_owned).or_else(plain).filter(|text| !text.trim().is_empty())
    };
    plan.title = said(&["title"]);
    plan.description = said(&["tagline"]).or_else(|| said(&["description"]));
    plan.language = said(&["i18n", "defaultLocale"]).or_else(|| said(&["lang"]));
    plan.settings = settings;
    plan
}
