//! The messages of the code and the Chinese catalogue: each stands in both, and what is the reader's comes through as it is.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use proc_macro2::TokenTree;

use crate::code;
use crate::command::{copy_dir, dama_pub, said};

/// Where the help of the command line stands: doc comments and examples, which no macro makes into messages.
const HELP: &[&str] = &[
    "src/cli/args.rs",
    "src/cli/choices.rs",
    "src/cli/examples.rs",
    "src/cli/args/catalogue.rs",
    "src/cli/args/exchange.rs",
    "src/cli/args/import.rs",
    "src/cli/args/layout.rs",
    "src/cli/args/metadata.rs",
    "src/cli/args/new.rs",
    "src/cli/args/release.rs",
];

/// Help that clap adds to every command.
const OF_CLAP: &str = "clap";

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// A message by its English: the form for one, and that for many where it counts something.
type Template = (String, Option<String>);

/// The templates of the catalogue with where each is from.
fn catalogue() -> BTreeMap<Template, String> {
    let text = fs::read_to_string(root().join("src/message/zh.po")).expect("the catalogue");
    let file = polib::po_file::parse_from_reader(text.as_bytes()).expect("gettext's form");
    let messages = file.messages().map(|message| {
        let template = (message.msgid().to_owned(), message.msgid_plural().ok().map(str::to_owned));
        let of_clap = message.extracted_comments().trim() == OF_CLAP;
        (template, if of_clap { OF_CLAP.to_owned() } else { message.source().to_owned() })
    });
    messages.collect()
}

/// Every template of the code, with its file.
fn templates() -> BTreeMap<Template, String> {
    let mut found = BTreeMap::new();
    for module in code::modules() {
        messages_of(&module.code, &mut |template| {
            found.entry(template).or_insert_with(|| module.file.clone());
        });
    }
    let summaries = dama_pub::codes::ALL.iter().map(|entry| (entry.summary.to_string(), None));
    found.extend(summaries.map(|summary| (summary, "src/codes/mod.rs".to_owned())));
    assert!(found.len() > 900, "{} templates", found.len());
    found
}

fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for path in fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path()) {
        let stem = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        if stem == "tests" || stem.ends_with("_tests") {
            continue;
        }
        if path.is_dir() {
            found.extend(sources(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
    found
}

/// The templates that `msg!` and `plural!` are given in a stretch of code.
fn messages_of(code: &[TokenTree], found: &mut dyn FnMut(Template)) {
    for (at, token) in code.iter().enumerate() {
        if let Some(template) = template_of(&code[at..]) {
            found(template);
        }
        if let TokenTree::Group(group) = token {
            let inside: Vec<TokenTree> = group.stream().into_iter().collect();
            messages_of(&inside, found);
        }
    }
}

/// The template where a macro of messages is called here.
fn template_of(tokens: &[TokenTree]) -> Option<Template> {
    let [TokenTree::Ident(name), TokenTree::Punct(call), TokenTree::Group(given), ..] = tokens else { return None };
    if call.as_char() != '!' {
        return None;
    }
    let mut texts = given.stream().into_iter().filter_map(|token| match token {
        TokenTree::Literal(literal) if literal.to_string().starts_with('"') => Some(unquoted(&literal.to_string())),
        _ => None,
    });
    match name.to_string().as_str() {
        "msg" => Some((texts.next()?, None)),
        "plural" => Some((texts.next()?, Some(texts.next()?))),
        _ => None,
    }
}

/// What a literal stands for.
fn unquoted(written: &str) -> String {
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

#[test]
fn every_message_of_the_code_is_in_the_catalogue() {
    let known = catalogue();
    let missing: Vec<String> = templates()
        .into_iter()
        .filter(|(template, _)| !known.contains_key(template))
        .map(|((one, many), file)| match many {
            None => format!("#: {file}\nmsgid {one:?}\nmsgstr \"\"\n"),
            Some(many) => format!("#: {file}\nmsgid {one:?}\nmsgid_plural {many:?}\nmsgstr[0] \"\"\n"),
        })
        .collect();
    assert!(missing.is_empty(), "add to src/message/zh.po, with a translation:\n\n{}", missing.join("\n"));
}

#[test]
fn the_catalogue_has_nothing_that_is_not_said() {
    let said: BTreeSet<Template> = templates().into_keys().collect();
    let help: String =
        HELP.iter().map(|file| fs::read_to_string(root().join(file)).expect("the command line")).collect();
    let stale: Vec<String> = catalogue()
        .into_iter()
        .filter(|((text, _), file)| !HELP.contains(&file.as_str()) || !help.contains(text.as_str()))
        .filter(|(_, file)| file != OF_CLAP)
        .filter(|(template, _)| !said.contains(template))
        .map(|((text, _), file)| format!("{file}: {text}"))
        .collect();
    assert!(stale.is_empty(), "no code says these any more:\n{}", stale.join("\n"));
}

#[test]
fn data_is_never_a_sentence_of_the_program() {
    // `Message::data` with a text of the code would be said in English in every language.
    let src = root().join("src");
    let mut wrong = Vec::new();
    for path in sources(&src) {
        let text = fs::read_to_string(&path).expect("UTF-8");
        let code = text.split("#[cfg(test)]\nmod ").next().unwrap_or(&text);
        let calls = code.match_indices("Message::data(").filter(|(at, call)| {
            let given = code[at + call.len()..].trim_start();
            let written = given.strip_prefix("format!(").unwrap_or(given).trim_start();
            let literal = written.strip_prefix('"').and_then(|rest| rest.split('"').next()).unwrap_or("");
            let outside = literal.split('{').map(|part| part.split_once('}').map_or(part, |(_, rest)| rest));
            outside.collect::<String>().split(' ').filter(|word| word.chars().any(|c| c.is_ascii_lowercase())).count()
                > 1
        });
        wrong.extend(calls.map(|(at, _)| format!("{}: {}", path.display(), code[at..].lines().next().unwrap_or(""))));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[cfg(feature = "pages")]
#[test]
fn findings_of_all_kinds_are_said_in_chinese() {
    let (mut seen, mut english) = (BTreeSet::new(), Vec::new());
    let books = fs::read_dir(root().join("tests/books")).expect("books").flatten().map(|entry| entry.path());
    for book in books.filter(|path| path.join("manuscript/book.yaml").is_file()) {
        let dir = tempfile::tempdir().expect("a temporary folder");
        copy_dir(&book, dir.path());
        for args in [&["check", "--format", "json"][..], &["build", "--format", "epub", "--message-format", "json"]] {
            let output = dama_pub(dir.path(), &[args, &["--lang", "zh"]].concat());
            let value: serde_json::Value = serde_json::from_slice(&output.stdout)
                .unwrap_or_else(|why| panic!("{}: {why}: {}", book.display(), said(&output)));
            for finding in value["findings"].as_array().expect("findings") {
                let check = finding["check"].as_str().expect("a check");
                seen.insert(check.to_owned());
                let hints = finding["hints"].as_array().into_iter().flatten();
                let texts = hints.chain([&finding["message"]]).filter_map(serde_json::Value::as_str);
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
    assert!(untouched.contains("is missing in English") && !untouched.contains("没有对应"), "{untouched}");
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
