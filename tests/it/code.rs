//! The library as tokens, for the tests that hold rules against it: its modules as `lib.rs` declares them, without tests.

use std::fs;
use std::path::{Path, PathBuf};
use std::str::FromStr;

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};

/// A module with a file of its own.
pub(crate) struct Module {
    /// Its names from the root of the crate, such as `align`, `engine`; none for the root itself.
    pub(crate) names: Vec<String>,
    /// Its file, with the folder `src` and slashes.
    pub(crate) file: String,
    /// Its code, that of tests left out.
    pub(crate) code: Vec<TokenTree>,
}

/// All modules of the library, each parent before its children. A file that nothing declares is not among them, and
/// neither is one that only tests declare.
pub(crate) fn modules() -> Vec<Module> {
    let mut found = Vec::new();
    read(Vec::new(), Path::new("src/lib.rs"), &mut found);
    assert!(found.len() > 20, "the sources are there");
    found
}

fn read(names: Vec<String>, file: &Path, found: &mut Vec<Module>) {
    let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(file)).expect("a file of the library");
    let code = production(&text);
    let folder = match file.file_stem().and_then(|stem| stem.to_str()) {
        Some("lib" | "mod") => file.with_file_name(""),
        _ => file.with_extension(""),
    };
    let children = declared(&code);
    found.push(Module { names: names.clone(), file: file.to_string_lossy().replace('\\', "/"), code });
    for (name, path) in children {
        let file = match path {
            Some(path) => file.with_file_name(path),
            None => file_of(&folder, &name),
        };
        read([names.clone(), vec![name]].concat(), &file, found);
    }
}

fn file_of(folder: &Path, name: &str) -> PathBuf {
    let file = folder.join(name).with_extension("rs");
    let found = Path::new(env!("CARGO_MANIFEST_DIR")).join(&file).is_file();
    if found { file } else { folder.join(name).join("mod.rs") }
}

/// The tokens of a text of Rust without what stands behind `#[cfg(test)]`.
pub(crate) fn production(text: &str) -> Vec<TokenTree> {
    without_tests(TokenStream::from_str(text).expect("Rust"))
}

fn without_tests(tokens: TokenStream) -> Vec<TokenTree> {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let mut kept = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        if is_for_tests(&tokens[at..]) {
            at += 2 + length_of_item(&tokens[at + 2..]);
            continue;
        }
        kept.push(match &tokens[at] {
            TokenTree::Group(group) => {
                TokenTree::Group(Group::new(group.delimiter(), without_tests(group.stream()).into_iter().collect()))
            }
            other => other.clone(),
        });
        at += 1;
    }
    kept
}

/// Whether `#[cfg(test)]` stands here, alone or in `all(…)`.
fn is_for_tests(tokens: &[TokenTree]) -> bool {
    let [TokenTree::Punct(mark), TokenTree::Group(attribute), ..] = tokens else { return false };
    let attribute = attribute.to_string().replace(' ', "");
    mark.as_char() == '#' && (attribute.starts_with("[cfg(test") || attribute.starts_with("[cfg(all(test"))
}

/// How many tokens an item has: up to its braces or its semicolon.
fn length_of_item(tokens: &[TokenTree]) -> usize {
    1 + tokens.iter().position(ends_item).unwrap_or(0)
}

fn ends_item(token: &TokenTree) -> bool {
    match token {
        TokenTree::Group(group) => group.delimiter() == Delimiter::Brace,
        other => is_mark(other, ';'),
    }
}

/// The modules that a file declares, `mod name;`, in its order, and the file that an attribute `path` gives to them.
pub(crate) fn declared(code: &[TokenTree]) -> Vec<(String, Option<String>)> {
    let mut found = Vec::new();
    for at in 0..code.len().saturating_sub(2) {
        if let [TokenTree::Ident(word), TokenTree::Ident(name), end] = &code[at..at + 3]
            && word == "mod"
            && is_mark(end, ';')
        {
            let head = code[..at].iter().rev().take_while(|token| !ends_item(token));
            found.push((name.to_string(), head.filter_map(given_path).next()));
        }
    }
    found
}

/// The file's name where a token is the inside of `#[path = "…"]`.
fn given_path(token: &TokenTree) -> Option<String> {
    let TokenTree::Group(group) = token else { return None };
    let mut inside = group.stream().into_iter();
    match (inside.next()?, inside.nth(1)?) {
        (TokenTree::Ident(word), TokenTree::Literal(file)) if word == "path" => {
            Some(file.to_string().trim_matches('"').to_owned())
        }
        _ => None,
    }
}

/// The first name of every path that leads to the root of the crate: `crate::{a, b::{C, D}}` gives `a` and `b`, and so
/// does `super::b` in a module below the root. A macro is not a name. `depth` is how many modules the code is inside.
pub(crate) fn names_at_root(code: &[TokenTree], depth: usize) -> Vec<String> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < code.len() {
        if let TokenTree::Group(group) = &code[at] {
            let inside: Vec<TokenTree> = group.stream().into_iter().collect();
            let is_module = at >= 2 && is_word(code.get(at - 2), "mod");
            found.extend(names_at_root(&inside, depth + usize::from(is_module)));
        }
        let steps = steps_to_root(&code[at..], depth);
        if let Some(steps) = steps {
            found.extend(first_names(&code[at + steps..]));
        }
        at += steps.unwrap_or(1);
    }
    found
}

/// Every path of a `use`, and every other one that begins with `crate` or `super`, the branches of imports taken apart.
pub(crate) fn paths(code: &[TokenTree]) -> Vec<Vec<String>> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < code.len() {
        let root = is_word(code.get(at), "crate") || is_word(code.get(at), "super");
        if root && is_separator(&code[at + 1..]) || at > 0 && is_word(code.get(at - 1), "use") {
            let (paths, length) = branches(&code[at..]);
            found.extend(paths);
            at += length.max(1);
            continue;
        }
        if let TokenTree::Group(group) = &code[at] {
            let inside: Vec<TokenTree> = group.stream().into_iter().collect();
            found.extend(self::paths(&inside));
        }
        at += 1;
    }
    found
}

/// The paths that begin here, and how many tokens they take.
fn branches(code: &[TokenTree]) -> (Vec<Vec<String>>, usize) {
    match code {
        [TokenTree::Group(group), ..] => {
            let inside: Vec<TokenTree> = group.stream().into_iter().collect();
            let parts = inside.split(|token| is_mark(token, ',')).filter(|part| !part.is_empty());
            (parts.flat_map(|part| branches(part).0).collect(), 1)
        }
        [TokenTree::Ident(name), rest @ ..] if is_separator(rest) => {
            let (ends, length) = branches(&rest[2..]);
            (ends.into_iter().map(|end| [vec![name.to_string()], end].concat()).collect(), length + 3)
        }
        [TokenTree::Ident(name), ..] => (vec![vec![name.to_string()]], 1),
        _ => (vec![Vec::new()], 0),
    }
}

/// How many tokens of `crate::`, or of `super::` as often as it takes, stand here.
fn steps_to_root(code: &[TokenTree], depth: usize) -> Option<usize> {
    if is_word(code.first(), "crate") && is_separator(&code[1..]) {
        return Some(3);
    }
    let ups = code.chunks(3).take_while(|step| is_word(step.first(), "super") && is_separator(&step[1..])).count();
    (ups > 0 && ups >= depth).then_some(3 * ups)
}

/// The names that a path goes on with: one, or the first of each branch.
fn first_names(rest: &[TokenTree]) -> Vec<String> {
    match rest {
        [TokenTree::Ident(_), mark, ..] if is_mark(mark, '!') => Vec::new(),
        [TokenTree::Group(group), ..] => {
            let inside: Vec<TokenTree> = group.stream().into_iter().collect();
            inside.split(|token| is_mark(token, ',')).flat_map(first_names).collect()
        }
        [first, ..] => vec![first.to_string()],
        [] => Vec::new(),
    }
}

fn is_word(token: Option<&TokenTree>, word: &str) -> bool {
    matches!(token, Some(TokenTree::Ident(ident)) if ident == word)
}

fn is_mark(token: &TokenTree, mark: char) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.as_char() == mark)
}

fn is_separator(code: &[TokenTree]) -> bool {
    matches!(code, [a, b, ..] if is_mark(a, ':') && is_mark(b, ':'))
}
