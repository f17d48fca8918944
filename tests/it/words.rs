//! The Chinese catalogue against the code: what the code says stands in it, and what stands in it the code says.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::str::FromStr;

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use serde_json::Value;

use crate::command::{copy_dir, dama_pub, said};

/// Sources whose texts are parts of artifacts, or words of the languages that are looked at, and not said to anybody.
const SILENT: [&str; 14] = [
    "checks/language/english.rs",
    "checks/language/polarity.rs",
    "epub/style.rs",
    "epub/words.rs",
    "epub/zip.rs",
    "model/ebook.rs",
    "pdf/press/intent.rs",
    "pdf/press/marks.rs",
    "pdf/press/sheet.rs",
    "pdf/press/slug.rs",
    "preview/answer.rs",
    "project/starter.rs",
    "typeset/mathml.rs",
    "typeset/qr.rs",
];

/// Beginnings of texts that are no messages: files that are written, markup, keys.
const NO_MESSAGES: [&str; 22] = [
    "<",
    "# ",
    "@font-face",
    "- {{file:",
    ", count: ",
    "    - {{source:",
    "id: {}, ",
    " at line ",
    "{RED}",
    "{bold}",
    "\n{bold}",
    "\n{dim}",
    "  help: ",
    "{mark}",
    "title: x",
    "Translator",
    "Why it matters",
    "\n## ",
    "default-src",
    "What it does",
    "the folder in which dama-pub ran",
    "Every check of the group",
];

/// Here texts with a capital letter document functions for layouts.
const OF_LAYOUTS: &str = "typeset/native.rs";

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The msgids of the catalogue with where each is from.
fn catalogue() -> BTreeMap<String, String> {
    let text = fs::read_to_string(root().join("src/words/zh.po")).expect("the catalogue");
    let file = polib::po_file::parse_from_reader(text.as_bytes()).expect("gettext's form");
    file.messages().map(|message| (message.msgid().to_owned(), message.source().to_owned())).collect()
}

/// Every string in the code that can be said, with its file.
fn literals() -> BTreeMap<String, String> {
    let src = root().join("src");
    let mut found = BTreeMap::new();
    for path in sources(&src) {
        let name = path.strip_prefix(&src).expect("below src").to_string_lossy().replace('\\', "/");
        let text = fs::read_to_string(&path).expect("UTF-8");
        let tokens = TokenStream::from_str(&text).unwrap_or_else(|why| panic!("{name}: {why}"));
        let mut strings = Vec::new();
        strings_of(tokens, &mut strings);
        for string in strings {
            found.entry(string).or_insert_with(|| name.clone());
        }
    }
    assert!(found.len() > 2000, "{} strings", found.len());
    found
}

fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for path in fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path()) {
        let stem = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let test = stem == "tests" || stem.ends_with("_tests") || stem == "sample" || path.ends_with("checks/pages.rs");
        if test {
            continue;
        }
        match path.is_dir() {
            true => found.extend(sources(&path)),
            false => found.extend(path.extension().is_some_and(|e| e == "rs").then_some(path)),
        }
    }
    found
}

/// The strings of a stretch of code. What only a defect would say is left out, and so are tests and attributes; what
/// `thiserror` says of an error is an attribute, and counts.
fn strings_of(tokens: TokenStream, found: &mut Vec<String>) {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let mut at = 0;
    while at < tokens.len() {
        match &tokens[at] {
            TokenTree::Punct(mark) if mark.as_char() == '#' => {
                let inner = matches!(tokens.get(at + 1), Some(TokenTree::Punct(mark)) if mark.as_char() == '!');
                let group = at + 1 + usize::from(inner);
                let text = tokens.get(group).map(ToString::to_string).unwrap_or_default();
                if text.starts_with("[error") {
                    strings_of(tokens[group].to_string().parse().expect("it was code"), found);
                }
                at = group;
                if text.replace(' ', "") == "[cfg(test)]" {
                    at = end_of_item(&tokens, group);
                }
            }
            TokenTree::Ident(name) if is_defect(&name.to_string()) => {
                let called = matches!(tokens.get(at + 1), Some(TokenTree::Punct(mark)) if mark.as_char() == '!');
                at += 1 + usize::from(called);
                // Not a call: whatever follows is looked at as it is.
                if !matches!(tokens.get(at), Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Parenthesis)
                {
                    continue;
                }
            }
            TokenTree::Group(group) => strings_of(group.stream(), found),
            TokenTree::Literal(literal) => {
                let written = literal.to_string();
                if written.starts_with('"') || written.starts_with('r') {
                    found.push(unquoted(&written));
                }
            }
            _ => {}
        }
        at += 1;
    }
}

fn end_of_item(tokens: &[TokenTree], from: usize) -> usize {
    let ends = |token: &TokenTree| match token {
        TokenTree::Group(group) => group.delimiter() == Delimiter::Brace,
        TokenTree::Punct(mark) => mark.as_char() == ';',
        _ => false,
    };
    from + 1 + tokens[from + 1..].iter().position(ends).unwrap_or(0)
}

fn is_defect(name: &str) -> bool {
    ["expect", "panic", "unreachable", "assert", "assert_eq", "debug_assert", "include_str", "include_bytes", "env"]
        .contains(&name)
}

/// What a literal stands for.
fn unquoted(written: &str) -> String {
    if let Some(raw) = written.strip_prefix('r') {
        return raw.trim_matches('#').trim_matches('"').to_owned();
    }
    let (mut out, mut chars) = (String::new(), written[1..written.len() - 1].chars().peekable());
    while let Some(c) = chars.next() {
        match (c, chars.peek().copied()) {
            ('\\', Some('\n')) => while chars.next_if(|c| c.is_whitespace()).is_some() {},
            ('\\', Some(next)) => {
                chars.next();
                match next {
                    'n' => out.push('\n'),
                    't' => out.push('\t'),
                    'u' => {
                        let code: String = chars.by_ref().skip(1).take_while(|c| *c != '}').collect();
                        out.extend(u32::from_str_radix(&code, 16).ok().and_then(char::from_u32));
                    }
                    other => out.push(other),
                }
            }
            _ => out.push(c),
        }
    }
    out
}

/// Whether a text has two words one after the other, as messages have.
fn is_prose(text: &str) -> bool {
    let joins = |a: &str, b: &str| {
        let end = a.trim_end_matches([',', ';', ':']).chars().next_back();
        let start = b.chars().next();
        end.is_some_and(|c| c.is_ascii_lowercase() || matches!(c, '’' | '`' | '…' | '}' | '‘' | ')'))
            && start.is_some_and(|c| c.is_ascii_lowercase() || matches!(c, '`' | '‘' | '“' | '{'))
    };
    let words: Vec<&str> = text.split(' ').collect();
    let fixed: String = text.split('{').map(|part| part.split_once('}').map_or(part, |(_, rest)| rest)).collect();
    let lowercase = |pair: &[u8]| pair.iter().all(u8::is_ascii_lowercase);
    words.windows(2).any(|pair| joins(pair[0], pair[1])) && fixed.as_bytes().windows(2).any(lowercase)
}

fn is_message(text: &str, file: &str) -> bool {
    let silent = SILENT.contains(&file) || file.starts_with("align/") && file != "align/unit.rs";
    let documents = file == OF_LAYOUTS && text.starts_with(|c: char| c.is_ascii_uppercase());
    is_prose(text) && !silent && !documents && !NO_MESSAGES.iter().any(|start| text.starts_with(start))
}

#[test]
fn every_message_of_the_code_is_in_the_catalogue() {
    let known = catalogue();
    let missing: Vec<String> = literals()
        .into_iter()
        .filter(|(text, file)| is_message(text, file) && !known.contains_key(text))
        .map(|(text, file)| format!("#: src/{file}\nmsgid {text:?}\nmsgstr \"\"\n"))
        .collect();
    assert!(missing.is_empty(), "add to src/words/zh.po, with a translation:\n\n{}", missing.join("\n"));
}

#[test]
fn the_catalogue_has_nothing_that_is_not_said() {
    let said: BTreeSet<String> = literals().into_keys().collect();
    let options = fs::read_to_string(root().join("src/cli/args.rs")).expect("the command line");
    let stale: Vec<String> = catalogue()
        .into_iter()
        .filter(|(text, file)| match file.as_str() {
            // Of other programs and libraries: what they say can only be listened to.
            "" => false,
            "src/cli/args.rs" => !options.contains(text.as_str()) && !said.contains(text),
            _ => !said.contains(text),
        })
        .map(|(text, file)| format!("{file}: {text}"))
        .collect();
    assert!(stale.is_empty(), "no code says these any more:\n{}", stale.join("\n"));
}

#[test]
fn findings_of_all_kinds_are_said_in_chinese() {
    let (mut seen, mut english) = (BTreeSet::new(), Vec::new());
    let books = fs::read_dir(root().join("tests/books")).expect("books").flatten().map(|entry| entry.path());
    for book in books.filter(|path| path.join("manuscript/book.yaml").is_file()) {
        let dir = tempfile::tempdir().expect("a temporary folder");
        copy_dir(&book, dir.path());
        for args in [&["check", "--format", "json"][..], &["build", "--format", "epub", "--message-format", "json"]] {
            let output = dama_pub(dir.path(), &[args, &["--lang", "zh"]].concat());
            let value: Value = serde_json::from_slice(&output.stdout)
                .unwrap_or_else(|why| panic!("{}: {why}: {}", book.display(), said(&output)));
            for finding in value["findings"].as_array().expect("findings") {
                let check = finding["check"].as_str().expect("a check");
                seen.insert(check.to_owned());
                let hints = finding["hints"].as_array().into_iter().flatten();
                let texts = hints.chain([&finding["message"]]).filter_map(Value::as_str);
                // What Typst says of its language it says in English.
                let chinese =
                    |text: &str| check == "typeset" || text.chars().any(|c| ('\u{4e00}'..'\u{a000}').contains(&c));
                english.extend(texts.filter(|text| !chinese(text)).map(|text| format!("{check}: {text}")));
            }
        }
    }
    english.sort();
    english.dedup();
    assert!(english.is_empty(), "{}", english.join("\n"));
    assert!(seen.len() > 20, "{seen:?}");
}

#[test]
fn the_language_is_that_of_the_system_or_the_one_asked_for() {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let run = |locale: &str, args: &[&str]| {
        let mut command = crate::command::program(dir.path(), args);
        let output = command.env("LC_ALL", locale).output().expect("dama-pub starts");
        said(&output) + &String::from_utf8_lossy(&output.stdout)
    };
    assert!(run("zh_CN.UTF-8", &["stats"]).contains("这里没有书"));
    assert!(run("en_GB.UTF-8", &["stats"]).contains("no book here"));
    assert!(run("zh_CN.UTF-8", &["stats", "--lang", "en"]).contains("no book here"));
    assert!(run("C", &["--lang=zh", "build", "--help"]).contains("用法：dama-pub build"));
    assert!(run("zh_CN.UTF-8", &["bild"]).contains("没有命令'bild'"));
    // A program's reader is not spoken to in the language of the system.
    copy_dir(&root().join("tests/books/drift"), dir.path());
    let untouched = run("zh_CN.UTF-8", &["check", "--format", "json"]);
    assert!(untouched.contains("is missing in en") && !untouched.contains("没有对应"), "{untouched}");
    assert!(run("C", &["check", "--format", "json", "--lang", "zh"]).contains("英文里"));
}

#[test]
fn words_of_the_book_stay_as_they_are() {
    let dir = tempfile::tempdir().expect("a temporary folder");
    fs::write(dir.path().join("zh.md"), "# 题\n\n没有，有，全部。\n").expect("a file");
    fs::write(dir.path().join("en.md"), "# Title\n\nno, yes, all\n").expect("a file");
    for more in [&["--format", "table"][..], &["--explain", "en.md:3"]] {
        let output = dama_pub(dir.path(), &[&["align", "--pair", "zh.md", "en.md", "--lang", "zh"], more].concat());
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        assert!(
            text.contains("no, yes, all")
                && text.contains(if more[0] == "--format" { "段块：" } else { "长度：" }),
            "{text}"
        );
    }
}

#[test]
fn pages_of_checks_are_there_in_chinese() {
    let output = dama_pub(root(), &["explain", "number", "--lang", "zh"]);
    let page = String::from_utf8(output.stdout).expect("UTF-8");
    for heading in ["## 查什么", "## 为什么要紧", "## 例子", "## 怎样改", "## 局限", "```findings"] {
        assert!(page.contains(heading), "{heading}: {page}");
    }
}
