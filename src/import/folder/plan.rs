//! Which files are chapters, in which order and parts.

use std::collections::{BTreeMap, BTreeSet};

use super::languages::Text;
use super::listed::{Item, Plan, Site};
use super::told::Told;
use super::tree::{self, Tree};
use super::{front, names, nav, sidebar, site, summary};
use crate::diagnostic::Severity;
use crate::import::Kind;

/// Makes a plan of one of the texts of a tree.
pub(super) fn plan(tree: &dyn Tree, text: &Text, texts: &[Text], told: &mut Told) -> Plan {
    let root = text.root.as_str();
    let mut plan = site::settings(tree, root);
    let listed = match plan.site {
        Site::MkDocs => nav::items(tree, root, &plan.base, told),
        Site::Docusaurus => sidebar::docusaurus(tree, &plan, told),
        Site::VitePress => sidebar::vitepress(tree, &plan, &plan.base, told),
        _ => None,
    };
    let contents = [tree::join(&plan.base, "SUMMARY.md"), tree::join(root, "SUMMARY.md")];
    let summary = contents.iter().find_map(|path| Some((path, tree::settings(tree, path)?)));
    plan.items = match (listed, summary) {
        (Some(items), _) => items,
        (None, Some((path, text))) => summary::items(tree, &text, path, told),
        (None, None) => names::items(tree, &plan.base),
    };
    // A text whose pages replace those of another has the plan of the latter.
    let others = |other: &&Text| other.over.is_some() || other.suffix.is_some() || other.root != text.root;
    let others: Vec<&Text> =
        texts.iter().filter(others).filter(|other| !text.root.starts_with(&format!("{}/", other.root))).collect();
    plan.items.retain(|item| !others.iter().any(|other| other.owns(&item.path)));
    let mut seen = BTreeSet::new();
    plan.items.retain(|item| seen.insert(item.path.clone()));
    unpublished(tree, &mut plan, told);
    if let Some(over) = &text.over {
        translated(tree, over, &mut plan);
    }
    plan
}

/// Leaves out what the program of the site does not show either.
fn unpublished(tree: &dyn Tree, plan: &mut Plan, told: &mut Told) {
    let (site, base) = (plan.site, plan.base.clone());
    plan.items.retain(|item| {
        let inner = item.path.strip_prefix(&base).unwrap_or(&item.path);
        // Parts that pages include.
        let is_part = site == Site::Docusaurus && inner.split('/').any(|part| part.starts_with('_'));
        let front = || tree::text(tree, &item.path).map(|(text, _)| front::split(&text).0);
        let drafts = matches!(site, Site::Docusaurus | Site::Hugo | Site::MkDocs);
        if site == Site::VitePress && is_home(tree, item, told) {
            return false;
        }
        let is_draft = drafts && front().is_some_and(|front| front.get("draft") == Some("true"));
        if is_draft {
            told.use_file(&item.path);
            told.tell(
                Kind::Dropped,
                Severity::Info,
                (&item.path, 0),
                msg!("the page is a draft, which its site does not show"),
            );
        }
        !is_part && !is_draft
    });
}

/// Whether a page is a home page without text of its own. What such pages show out of their front matter is told.
fn is_home(tree: &dyn Tree, item: &Item, told: &mut Told) -> bool {
    let Some((text, _)) = tree::text(tree, &item.path) else { return false };
    let (front, body) = front::split(&text);
    if front.get("layout") != Some("home") && front.get("home") != Some("true") {
        return false;
    }
    let shown = ["hero", "heroText", "tagline", "features", "actions", "footer"];
    let lost: Vec<&str> = shown.into_iter().filter_map(|key| front.get(key)).collect();
    let message = msg!("what the home page shows out of its front matter is left out");
    told.lose(Kind::Dropped, Severity::Info, (&item.path, 0), message, lost.join("\n"));
    let is_empty = !body.chars().any(char::is_alphanumeric);
    if is_empty {
        told.use_file(&item.path);
    }
    is_empty
}

/// What a text whose pages replace those of another calls the book and its parts.
fn translated(tree: &dyn Tree, over: &str, plan: &mut Plan) {
    match plan.site {
        Site::Docusaurus => {
            let folder = tree::folder(tree::folder(over)).to_owned();
            let labels = sidebar::labels(tree, &tree::join(tree::folder(over), "current.json"));
            for item in &mut plan.items {
                let own = item.part.as_ref().and_then(|part| labels.get(part));
                item.part = own.cloned().or_else(|| item.part.take());
            }
            let navbar = sidebar::labels(tree, &tree::join(&folder, "docusaurus-theme-classic/navbar.json"));
            plan.title = navbar.get("title").cloned().or_else(|| plan.title.take());
        }
        Site::VitePress => {
            // What cannot be read here was told of the first text.
            let items = sidebar::vitepress(tree, plan, over, &mut Told::default()).unwrap_or_default();
            let inner =
                |folder: &str, path: &str| path.strip_prefix(folder).unwrap_or(path).trim_start_matches('/').to_owned();
            let own: BTreeMap<String, Item> = items.into_iter().map(|item| (inner(over, &item.path), item)).collect();
            let base = plan.base.clone();
            for item in &mut plan.items {
                if let Some(own) = own.get(&inner(&base, &item.path)) {
                    item.part = own.part.clone().or_else(|| item.part.take());
                }
            }
            let key = inner(&plan.base, over);
            for known in [key.clone(), format!("/{key}/")] {
                let said = |name: &str| plan.settings.at(&["locales", &known, name])?.text().map(str::to_owned);
                let (title, description) = (said("title"), said("description"));
                plan.title = title.or_else(|| plan.title.take());
                plan.description = description.or_else(|| plan.description.take());
            }
        }
        _ => {}
    }
}
