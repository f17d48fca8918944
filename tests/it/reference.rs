//! The pages of `docs/reference` are what the program says of itself.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use dama_pub::checks::CHECKS;
use serde_json::Value;

use crate::command::dama_pub;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// What a command prints.
fn printed(args: &[&str]) -> String {
    let output = dama_pub(root(), args);
    assert!(output.status.success(), "{args:?}");
    String::from_utf8(output.stdout).expect("UTF-8")
}

/// Words of the generated pages, in English and Chinese.
struct Words {
    lang: &'static str,
    generated: &'static str,
    commands: &'static str,
    checks: &'static str,
    others: &'static str,
    head_of_commands: &'static str,
}

const LANGUAGES: [Words; 2] = [
    Words {
        lang: "en",
        generated: "Written by the program (`UPDATE_REF=1 make test`); edit what it says, not this page.",
        commands: "Commands",
        checks: "Checks",
        others: "Errors and warnings",
        head_of_commands: "Commands:",
    },
    Words {
        lang: "zh",
        generated: "由程序写出（`UPDATE_REF=1 make test`）；要改就改程序说的话，不要改这一页。",
        commands: "命令",
        checks: "检查项",
        others: "错误和警告",
        head_of_commands: "命令：",
    },
];

/// All pages: path below `docs/reference`, and text.
fn pages() -> BTreeMap<String, String> {
    let mut pages = BTreeMap::new();
    for words in &LANGUAGES {
        pages.insert(format!("{}/commands.md", words.lang), commands(words));
        for (group, names) in groups() {
            let of_checks = names.iter().all(|name| CHECKS.iter().any(|check| check.name == name.as_str()));
            let title = if of_checks { words.checks } else { words.others };
            let mut page = format!("# {title}: {group}\n\n{}\n", words.generated);
            for name in &names {
                page += "\n";
                page += &demoted(&printed(&["explain", name, "--lang", words.lang]));
            }
            pages.insert(format!("{}/{group}.md", words.lang), page);
        }
    }
    pages.insert("layouts.md".to_owned(), layouts());
    pages
}

fn commands(words: &Words) -> String {
    let all = printed(&["--help", "--lang", words.lang]);
    let listed = all.lines().skip_while(|line| *line != words.head_of_commands).skip(1);
    let listed = listed.take_while(|line| !line.is_empty()).filter_map(|line| line.strip_prefix("  "));
    // What is indented further goes on about the command before.
    let listed = listed.filter(|line| !line.starts_with(' '));
    let names: Vec<&str> = listed.filter_map(|line| line.split_whitespace().next()).collect();
    assert!(names.len() > 10, "{all}");
    let mut page = format!("# {}\n\n{}\n\n```text\n{}\n```\n", words.commands, words.generated, trimmed(&all));
    for name in names.into_iter().filter(|name| *name != "help") {
        let help = printed(&[name, "--help", "--lang", words.lang]);
        let _ = write!(page, "\n## dama-pub {name}\n\n```text\n{}\n```\n", trimmed(&help));
    }
    page
}

/// Without the spaces that help leaves on empty lines.
fn trimmed(text: &str) -> String {
    text.trim_end().lines().map(str::trim_end).collect::<Vec<_>>().join("\n")
}

/// The codes of each group.
fn groups() -> BTreeMap<String, Vec<String>> {
    let mut groups: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut group = String::new();
    for line in printed(&["explain"]).lines().take_while(|line| !line.starts_with('`')) {
        match line.strip_prefix("  ") {
            Some(code) => {
                let name = code.split_whitespace().next().expect("a name").to_owned();
                groups.entry(group.clone()).or_default().push(name);
            }
            // A title over several groups ends in a colon.
            None if line.is_empty() || line.ends_with(':') => {}
            None => group = line.to_owned(),
        }
    }
    assert!(groups.len() > 6, "{groups:?}");
    groups
}

/// A page as a part of another: its headings a level lower. Code keeps its own.
fn demoted(page: &str) -> String {
    let mut fence: Option<String> = None;
    let mut out = String::new();
    for line in page.trim_end().lines() {
        let ticks: String = line.chars().take_while(|c| *c == '`').collect();
        match &fence {
            None if ticks.len() >= 3 => fence = Some(ticks),
            Some(open) if line == open => fence = None,
            None if line.starts_with('#') => out.push('#'),
            _ => {}
        }
        out += line;
        out.push('\n');
    }
    out
}

/// The built-in layouts with their options, by the schema of book.yaml.
fn layouts() -> String {
    let schema: Value = serde_json::from_str(&printed(&["schema", "book"])).expect("JSON");
    let mut page = format!("# Layouts\n\n{}\n", LANGUAGES[0].generated);
    for form in schema["$defs"]["layout"]["anyOf"].as_array().expect("forms") {
        let Some(name) = form["properties"]["name"]["const"].as_str() else { continue };
        let _ = write!(page, "\n## {name}\n\n{}\n", form["description"].as_str().unwrap_or_default());
        let Some(options) = form["properties"]["options"]["properties"].as_object() else { continue };
        page += "\n| option | can be | unless you say otherwise | what it is for |\n|---|---|---|---|\n";
        for (option, about) in options {
            let values = about["enum"].as_array().map(|values| {
                values.iter().filter_map(Value::as_str).map(|value| format!("`{value}`")).collect::<Vec<_>>().join(", ")
            });
            let kind = values.unwrap_or_else(|| match &about["type"] {
                Value::String(kind) if kind == "boolean" => "`true`, `false`".to_owned(),
                Value::String(kind) if kind == "integer" => "a whole number".to_owned(),
                _ => "as the last column says".to_owned(),
            });
            let default = about["default"].as_str().map_or_else(|| about["default"].to_string(), str::to_owned);
            let _ = writeln!(
                page,
                "| `{option}` | {kind} | `{default}` | {} |",
                about["description"].as_str().unwrap_or("")
            );
        }
    }
    page
}

#[test]
fn the_reference_is_what_the_program_says() {
    let folder = root().join("docs/reference");
    let mut stale = Vec::new();
    let pages = pages();
    for (name, text) in &pages {
        let path = folder.join(name);
        if crate::command::writes_references() {
            fs::create_dir_all(path.parent().expect("a folder")).expect("a folder can be made");
            fs::write(&path, text).expect("it can be written");
        }
        if fs::read_to_string(&path).unwrap_or_default() != *text {
            stale.push(name.clone());
        }
    }
    let there = ["en", "zh"].iter().flat_map(|lang| fs::read_dir(folder.join(lang)).expect("pages").flatten()).count();
    assert_eq!(there + 1, pages.len(), "a page of a group that is no more");
    assert!(stale.is_empty(), "out of date: {stale:?} (UPDATE_REF=1 make test writes them anew)");
}
