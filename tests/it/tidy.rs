//! Rules of the house that the compiler does not know.

use std::fs;
use std::path::{Path, PathBuf};

/// Modules in pipeline order: each uses only those before it.
const ORDER: [&str; 16] = [
    "source",
    "diagnostic",
    "error",
    "words",
    "model",
    "project",
    "manuscript",
    "align",
    "typeset",
    "pdf",
    "epub",
    "checks",
    "report",
    "preview",
    "lsp",
    "cli",
];

#[test]
fn modules_use_only_those_before_them() {
    let mut wrong = Vec::new();
    for (path, text) in sources() {
        let Some(own) = room(&path) else { continue };
        for (at, line) in production_lines(&text) {
            for used in line.match_indices("crate::").filter_map(|(i, _)| room_named(&line[i + 7..])) {
                if used > own {
                    wrong.push(format!("{}:{at}: {} uses {}", path.display(), ORDER[own], ORDER[used]));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn only_the_edge_touches_disk_clock_and_terminal() {
    let mut wrong = Vec::new();
    for (path, text) in sources() {
        if room(&path).is_some_and(|room| matches!(ORDER[room], "project" | "cli")) {
            continue;
        }
        for (at, line) in production_lines(&text) {
            for word in ["std::fs", "File::open", "SystemTime", "Instant::now", "std::env::var", "println!", "stdin()"]
            {
                if line.contains(word) {
                    wrong.push(format!("{}:{at}: {word}", path.display()));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn files_are_small() {
    let long: Vec<String> = sources()
        .into_iter()
        .filter(|(_, text)| text.lines().count() > 450)
        .map(|(path, text)| format!("{}: {} lines", path.display(), text.lines().count()))
        .collect();
    assert!(long.is_empty(), "a file of over 450 lines holds two ideas:\n{}", long.join("\n"));
}

/// Lines up to the unit tests of a file, without comments.
fn production_lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.lines()
        .enumerate()
        .map(|(at, line)| (at + 1, line))
        .take_while(|(_, line)| !line.starts_with("#[cfg(test)]") && !line.starts_with("#[cfg(all(test"))
        .filter(|(_, line)| !line.trim_start().starts_with("//"))
}

fn room(path: &Path) -> Option<usize> {
    let first = path.components().next()?.as_os_str().to_str()?;
    ORDER.iter().position(|name| *name == first.trim_end_matches(".rs"))
}

fn room_named(text: &str) -> Option<usize> {
    let end = text.find(|c: char| !c.is_ascii_lowercase() && c != '_').unwrap_or(text.len());
    ORDER.iter().position(|name| *name == &text[..end])
}

/// Every source file: path below `src` and text. Test modules in files of their own are left out.
fn sources() -> Vec<(PathBuf, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut found = Vec::new();
    let mut folders = vec![root.clone()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("a folder").map(|e| e.expect("an entry").path()) {
            let is_test = entry
                .file_stem()
                .is_some_and(|name| name == "tests" || name == "pages" && entry.starts_with(root.join("checks")));
            if entry.is_dir() {
                folders.push(entry);
            } else if entry.extension().is_some_and(|e| e == "rs") && !is_test {
                let text = fs::read_to_string(&entry).expect("UTF-8");
                found.push((entry.strip_prefix(&root).expect("below src").to_owned(), text));
            }
        }
    }
    assert!(found.len() > 20, "the sources are there");
    found
}
