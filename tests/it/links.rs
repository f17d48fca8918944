//! Every relative link of the documentation leads somewhere.

use std::fs;
use std::path::{Path, PathBuf};

use comrak::nodes::NodeValue;
use comrak::{Arena, Options, parse_document};

fn pages(dir: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(dir).expect("a folder").flatten() {
        let path = entry.path();
        if path.is_dir() {
            pages(&path, found);
        } else if path.extension().is_some_and(|kind| kind == "md") {
            found.push(path);
        }
    }
}

/// Where the links and pictures of a page lead.
fn targets(page: &str) -> Vec<String> {
    let arena = Arena::new();
    let nodes = parse_document(&arena, page, &Options::default()).descendants();
    let target = |node: &NodeValue| match node {
        NodeValue::Link(link) | NodeValue::Image(link) => Some(link.url.clone()),
        _ => None,
    };
    nodes.filter_map(|node| target(&node.data().value)).collect()
}

#[test]
fn links_of_the_documentation_lead_somewhere() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut all = vec![root.join("README.md"), root.join("ARCHITECTURE.md"), root.join("layouts/README.md")];
    pages(&root.join("docs"), &mut all);
    let (mut links, mut dead) = (0, Vec::new());
    for page in &all {
        let text = fs::read_to_string(page).expect("a page");
        for target in targets(&text) {
            let path = target.split('#').next().expect("a first part");
            if path.is_empty() || path.contains("://") {
                continue;
            }
            links += 1;
            if !page.parent().expect("a folder").join(path).exists() {
                dead.push(format!("{}: {target}", page.display()));
            }
        }
    }
    assert!(links > 30, "{links} links");
    assert!(dead.is_empty(), "{}", dead.join("\n"));
}
