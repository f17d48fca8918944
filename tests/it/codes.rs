//! Every code that the program can print is registered, and what is registered is printed by something.
//!
//! The compiler takes a finding only with a `Code`, and a `Code` comes from the table of `codes` or from a check. What
//! it cannot see is whether an entry is used, and who calls the constructor: the tokens of the sources tell that.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use dama_pub::checks::{self, CHECKS};
use dama_pub::codes;
use proc_macro2::{Delimiter, TokenStream, TokenTree};

use crate::command::{dama_pub, said};

fn src() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

/// The tokens of every source file without its tests, each with its path below `src`.
fn sources() -> Vec<(String, Vec<String>)> {
    let (mut found, mut folders) = (Vec::new(), vec![src()]);
    while let Some(folder) = folders.pop() {
        for path in fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path()) {
            let stem = path.file_stem().expect("a name").to_string_lossy().into_owned();
            let test =
                stem == "tests" || stem.ends_with("_tests") || stem == "sample" || path.ends_with("checks/pages.rs");
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") && !test {
                let name = path.strip_prefix(src()).expect("below src").to_string_lossy().replace('\\', "/");
                let text = fs::read_to_string(&path).expect("UTF-8");
                let mut tokens = Vec::new();
                flatten(text.parse().unwrap_or_else(|why| panic!("{name}: {why}")), &mut tokens);
                found.push((name, tokens));
            }
        }
    }
    assert!(found.len() > 200, "{} files", found.len());
    found
}

/// Tokens in a row, brackets as tokens of their own; attributes and what is compiled for tests only are left out.
fn flatten(tokens: TokenStream, out: &mut Vec<String>) {
    let mut tokens = tokens.into_iter().peekable();
    while let Some(token) = tokens.next() {
        match token {
            TokenTree::Punct(mark) if mark.as_char() == '#' => {
                tokens.next_if(|next| matches!(next, TokenTree::Punct(mark) if mark.as_char() == '!'));
                let attribute = tokens.next().map(|group| group.to_string()).unwrap_or_default();
                if attribute.replace(' ', "") == "[cfg(test)]" {
                    tokens.by_ref().find(ends_item);
                }
            }
            TokenTree::Group(group) => {
                let (open, close) = brackets(group.delimiter());
                out.push(open.to_owned());
                flatten(group.stream(), out);
                out.push(close.to_owned());
            }
            other => out.push(other.to_string()),
        }
    }
}

fn ends_item(token: &TokenTree) -> bool {
    match token {
        TokenTree::Group(group) => group.delimiter() == Delimiter::Brace,
        TokenTree::Punct(mark) => mark.as_char() == ';',
        _ => false,
    }
}

fn brackets(delimiter: Delimiter) -> (&'static str, &'static str) {
    match delimiter {
        Delimiter::Parenthesis => ("(", ")"),
        Delimiter::Brace => ("{", "}"),
        Delimiter::Bracket => ("[", "]"),
        Delimiter::None => ("", ""),
    }
}

/// What follows each place where these tokens stand in a row, with the two tokens before it.
fn after<'t>(tokens: &'t [String], row: &[&str]) -> Vec<([&'t str; 2], &'t str)> {
    let at = |index: usize| tokens.get(index).map_or("", String::as_str);
    let places = tokens.windows(row.len()).enumerate().filter(|(_, window)| *window == row).map(|(place, _)| place);
    places.map(|place| ([at(place.wrapping_sub(2)), at(place.wrapping_sub(1))], at(place + row.len()))).collect()
}

#[test]
fn codes_are_made_in_their_table_and_by_checks_alone() {
    let mut makers = Vec::new();
    let mut named = BTreeSet::new();
    for (name, tokens) in sources() {
        makers.extend(after(&tokens, &["Code", ":", ":", "registered"]).iter().map(|_| name.clone()));
        for (before, _) in after(&tokens, &["Check", ":", ":", "code"]) {
            assert_eq!(before, ["name", ":"], "{name}: a code of a check stands in its definition");
        }
        for (_, code) in after(&tokens, &["name", ":", "Check", ":", ":", "code", "("]) {
            assert!(named.insert(code.trim_matches('"').to_owned()), "{name}: {code} is used twice");
        }
    }
    makers.sort();
    assert_eq!(makers, ["checks/mod.rs", "codes/mod.rs"]);
    let listed: BTreeSet<String> = CHECKS.iter().map(|check| check.name.to_string()).collect();
    assert_eq!(named, listed, "a check that is not in CHECKS never runs");
}

#[test]
fn every_entry_is_used() {
    let mut used = BTreeSet::new();
    for (name, tokens) in sources().into_iter().filter(|(name, _)| !name.starts_with("codes/")) {
        for (_, constant) in after(&tokens, &["codes", ":", ":"]) {
            if constant.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_') && constant != "ALL" {
                used.insert(constant.to_lowercase().replace('_', "-"));
            }
        }
        assert!(
            after(&tokens, &["use", "crate", ":", ":", "codes", ":", ":"])
                .iter()
                .all(|(_, next)| { *next == "{" || next.chars().any(|c| c.is_ascii_lowercase()) }),
            "{name}: a code is written with its module, as this test looks for it"
        );
    }
    let registered: BTreeSet<String> = codes::ALL.iter().map(|entry| entry.code.to_string()).collect();
    assert_eq!(registered, used);
}

#[test]
fn explain_knows_every_code() {
    for entry in checks::entries() {
        for (lang, why) in [("en", "\n## Why it matters\n"), ("zh", "\n## 为什么要紧\n")] {
            let output = dama_pub(&src(), &["explain", entry.code.as_str(), "--lang", lang]);
            let page = String::from_utf8(output.stdout.clone()).expect("UTF-8");
            assert!(output.status.success() && page.contains(why), "{}: {page}{}", entry.code, said(&output));
            assert!(page.starts_with(&format!("# {}\n", entry.code)), "{page}");
        }
    }
}

#[test]
fn a_slip_is_answered_with_the_nearest_code() {
    for (slip, meant) in [("missing-imag", "missing-image"), ("brokenformula", "broken-formula"), ("nmber", "number")] {
        let output = dama_pub(&src(), &["explain", slip]);
        assert_eq!(output.status.code(), Some(2));
        assert!(said(&output).contains(&format!("did you mean `{meant}`?")), "{}", said(&output));
    }
}
