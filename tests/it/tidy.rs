//! Rules of the house that the compiler does not know.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::code;

/// Modules in pipeline order: each uses only those before it.
const ORDER: [&str; 33] = [
    "message",
    "source",
    "inputs",
    "diagnostic",
    "codes",
    "error",
    "maths",
    "foreign",
    "lang",
    "model",
    "chart",
    "outline",
    "project",
    "manuscript",
    "layout",
    "termbase",
    "align",
    "printed",
    "inspect",
    "checks",
    "exchange",
    "import",
    "report",
    "shop",
    "release",
    "bibliography",
    "index",
    "typeset",
    "pdf",
    "epub",
    "preview",
    "lsp",
    "cli",
];

#[test]
fn modules_use_only_those_before_them() {
    let mut wrong = Vec::new();
    for module in code::modules() {
        let Some(own) = module.names.first() else { continue };
        for used in code::names_at_root(&module.code, module.names.len()) {
            match place(&used) {
                Some(at) if Some(at) <= place(own) => {}
                Some(_) => wrong.push(format!("{}: {own} uses {used}, which comes after it", module.file)),
                None => wrong.push(format!("{}: `crate::{used}` belongs to none of the modules", module.file)),
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_library_lists_its_modules_in_order() {
    let library = code::modules().remove(0);
    let listed: Vec<String> = code::declared(&library.code).into_iter().map(|(name, _)| name).collect();
    assert_eq!(listed, ORDER);
}

#[test]
fn uses_are_seen_in_every_form() {
    let text = "use crate::{self, align, checks::{Check, run as go}, msg!}; use crate::*;
        fn f() { crate::load(super::up(), crate::msg!(\"{x}\", x = crate::model::X)) }
        mod inside { use super::near; use super::super::far; }
        #[cfg(test)] mod tests { use crate::left_out; }";
    let seen = code::names_at_root(&code::production(text), 1);
    assert_eq!(seen, ["self", "align", "checks", "*", "load", "up", "model", "far"]);
}

fn place(module: &str) -> Option<usize> {
    ORDER.iter().position(|name| *name == module)
}

#[test]
fn only_the_sources_cut_the_text_of_a_file() {
    let mut wrong = Vec::new();
    for (path, text) in sources() {
        let cuts = |line: &str| line.contains(".text()[") || line.contains(".text().get(");
        let lines = production_lines(&text).filter(|(_, line)| cuts(line));
        wrong.extend(lines.map(|(at, _)| format!("{}:{at}: `Sources::snippet` takes any span", path.display())));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Files that name a language of their own accord, with the reason.
const NAME_A_LANGUAGE: [(&str, &str); 4] = [
    ("cli/args.rs", "names of the languages that the program itself speaks"),
    ("cli/choices.rs", "tags of Chinese that are another name of it for the program"),
    ("message/locale.rs", "the languages that the program itself speaks, whatever those of the book"),
    ("layout/manifest.rs", "a key of layout.yaml, which its schema fixes"),
];

#[test]
fn what_is_known_of_a_language_is_asked_of_its_module() {
    let mut named = BTreeSet::new();
    let mut wrong = Vec::new();
    for (path, text) in sources().into_iter().filter(|(path, _)| !path.starts_with("lang") && !is_for_tests(path)) {
        let name = path.to_string_lossy().replace('\\', "/");
        for (at, _) in production_lines(&text).filter(|(_, line)| names_a_language(line)) {
            match NAME_A_LANGUAGE.iter().find(|(file, _)| *file == name) {
                Some((file, _)) => {
                    named.insert(*file);
                }
                None => wrong.push(format!("{name}:{at}: ask `lang` what holds of the language")),
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert_eq!(named, NAME_A_LANGUAGE.iter().map(|(file, _)| *file).collect(), "a reason that nothing needs");
}

/// Whether a file is compiled for tests only.
fn is_for_tests(path: &Path) -> bool {
    let name = path.file_stem().and_then(|name| name.to_str()).unwrap_or_default();
    let folder = path.components().any(|part| part.as_os_str() == "tests");
    folder || name.ends_with("_tests") || matches!(name, "anywhere" | "sample")
}

/// Whether a line has the tag of a language of `lang` as a text of its own.
fn names_a_language(line: &str) -> bool {
    let tags = ["zh", "en"].into_iter().flat_map(|tag| [format!("\"{tag}\""), format!("\"{tag}-")]);
    tags.chain(["is_chinese".to_owned(), "is_english".to_owned()]).any(|tag| line.contains(&tag))
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

#[test]
fn a_build_and_a_test_compile_dependencies_with_the_same_features() {
    // Otherwise `make test` would compile Typst a second time after `make`.
    let tree = |edges: &str| -> BTreeSet<String> {
        let output = Command::new(env!("CARGO"))
            .args(["tree", "--locked", "--offline", "--prefix", "none", "--no-dedupe", "--format", "{p} {f}"])
            .args(["--edges", edges])
            .current_dir(env!("CARGO_MANIFEST_DIR"))
            .output()
            .expect("cargo starts");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).expect("UTF-8").lines().map(str::to_owned).collect()
    };
    let (build, test) = (tree("normal,build"), tree("normal,build,dev"));
    let other: Vec<&String> = build.difference(&test).collect();
    assert!(build.len() > 300, "{}", build.len());
    assert!(other.is_empty(), "a test builds these with more features; name them in Cargo.toml: {other:?}");
}

#[test]
fn the_lock_of_the_fuzz_targets_knows_every_dependency() {
    let manifest = include_str!("../../Cargo.toml").split_once("[dependencies]").expect("dependencies").1;
    let lock = include_str!("../../fuzz/Cargo.lock").split_once("name = \"dama-pub\"").expect("the library").1;
    let lock = lock.split("[[package]]").next().expect("its entry");
    let lines =
        manifest.lines().take_while(|line| !line.starts_with('[')).filter(|line| !line.contains("optional = true"));
    let names: Vec<&str> = lines.filter_map(|line| Some(line.split_once(" = ")?.0)).collect();
    // Where two versions are locked, the version follows the name.
    let knows = |name: &str| [format!("\"{name}\""), format!("\"{name} ")].iter().any(|entry| lock.contains(entry));
    let absent: Vec<_> = names.iter().filter(|name| !knows(name)).collect();
    assert!(names.len() > 30, "{names:?}");
    assert!(absent.is_empty(), "run `cargo update --workspace` in fuzz/: {absent:?}");
}
