//! The pages of the codes are their tests: the files of an example are written into a book, and the command gives
//! exactly its block `findings`, a line each: file and line, if there is one, and code. A block's info word is the path
//! of the file; a block `command` takes the place of `dama-pub build`.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use dama_pub::codes::{self, Entry};
use lopdf::{Dictionary, Object, Stream};
use serde_json::Value;

use crate::command::{dama_pub, said};
use crate::preflight::sample::Sample;

const BOOK: (&str, &str) = ("manuscript/book.yaml", "title: T\nlanguages: [zh]\ndate: 2026-01-01\nlayout: report\n");
const CHAPTER: (&str, &str) = ("manuscript/zh/a.md", "# T\n\n文。\n");

/// What no block of text can show.
struct Made {
    code: &'static str,
    /// Writes it into the folder of a book.
    lay: fn(&Path),
    command: &'static str,
    findings: &'static str,
}

const MADE: [Made; 6] = [
    Made {
        code: "unreadable-file",
        lay: |root| {
            fs::remove_file(root.join(BOOK.0)).expect("it was written");
            fs::create_dir(root.join(BOOK.0)).expect("a folder can be made");
        },
        command: "dama-pub build",
        findings: "unreadable-file",
    },
    Made {
        code: "too-large",
        lay: |root| write(root, "manuscript/zh/b.md", "a\n".repeat(5 << 20).as_bytes()),
        command: "dama-pub build",
        findings: "manuscript/zh/b.md:1 too-large",
    },
    Made {
        code: "not-utf8",
        lay: |root| write(root, "manuscript/zh/b.md", b"# T\n\n\xc7\xc5\n"),
        command: "dama-pub build",
        findings: "manuscript/zh/b.md:3 not-utf8",
    },
    Made {
        code: "cover-size",
        lay: |root| {
            fs::create_dir(root.join("manuscript/images")).expect("a folder can be made");
            let cover = image::DynamicImage::new_luma8(400, 600);
            cover.save(root.join("manuscript/images/cover.png")).expect("a picture can be written");
        },
        command: "dama-pub build",
        findings: "cover-size",
    },
    Made {
        code: "cmyk-picture",
        lay: |root| {
            let tile = crate::command::root().join("tests/books/cmyk/manuscript/images/tile.jpg");
            write(root, "manuscript/images/tile.jpg", &fs::read(tile).expect("the picture is there"));
            write(root, "manuscript/zh/a.md", "# T\n\n![砖](../images/tile.jpg)\n".as_bytes());
        },
        command: "dama-pub build",
        findings: "manuscript/zh/a.md:3 cmyk-picture",
    },
    Made {
        code: "partial-preflight",
        lay: |root| write(root, "bridge.pdf", &swollen()),
        command: "dama-pub check --pdf bridge.pdf --profile screen",
        findings: "pdf-tags\npdf-tags\npdf-tags\npartial-preflight",
    },
];

/// Codes that nothing is known to give, with the reason.
const NEVER: [(&str, &str); 2] = [
    ("press", "it tells of a defect in what dama-pub itself wrote"),
    ("failed-check", "it tells of a defect of a check"),
];

fn write(root: &Path, path: &str, bytes: &[u8]) {
    let path = root.join(path);
    fs::create_dir_all(path.parent().expect("a file lies in a folder")).expect("a folder can be made");
    fs::write(path, bytes).expect("the file can be written");
}

/// A PDF whose page unpacks to more than is looked at.
fn swollen() -> Vec<u8> {
    let mut sample = Sample::new().page("0 g");
    let mut content = Stream::new(Dictionary::new(), vec![b' '; 80 << 20]);
    content.compress().expect("it can be packed");
    let id = sample.document.add_object(content);
    sample.of_page(0).set("Contents", Object::Reference(id));
    sample.bytes()
}

/// The fenced blocks of a page, by their info words.
fn blocks(page: &str) -> BTreeMap<&str, String> {
    let mut found = BTreeMap::new();
    let mut lines = page.lines();
    while let Some(line) = lines.next() {
        let info = line.trim_start_matches('`');
        let fence = &line[..line.len() - info.len()];
        if fence.len() >= 3 {
            let text = lines.by_ref().take_while(|line| *line != fence).map(|line| format!("{line}\n")).collect();
            assert!(found.insert(info, text).is_none(), "a block of this name is there already: {info}");
        }
    }
    found
}

/// What a command finds in a folder: lines as in a block `findings`, and the level of each code.
fn found(root: &Path, command: &str) -> (String, BTreeMap<String, String>) {
    let args: Vec<&str> = command.split_whitespace().skip(1).collect();
    let form = if args[0] == "build" { "--message-format" } else { "--format" };
    let output = dama_pub(root, &[&args[..], &[form, "json"]].concat());
    let value: Value = serde_json::from_slice(&output.stdout).unwrap_or_else(|why| panic!("{why}: {}", said(&output)));
    let of_files = value["files"].as_array().into_iter().flatten().filter_map(|file| file["findings"].as_array());
    let findings: Vec<&Value> = value["findings"].as_array().into_iter().chain(of_files).flatten().collect();
    let lines: Vec<String> = findings.iter().map(|finding| line(finding)).collect();
    let text = |finding: &Value, key: &str| finding[key].as_str().expect("a text").to_owned();
    let levels = findings.iter().map(|finding| (text(finding, "check"), text(finding, "severity")));
    (lines.join("\n"), levels.collect())
}

fn line(finding: &Value) -> String {
    let code = finding["check"].as_str().expect("a code");
    match finding["file"].as_str() {
        Some(file) => format!("{file}:{} {code}", finding["line"]),
        None => code.to_owned(),
    }
}

/// What is wrong with the example of a page, if anything is.
fn trouble(entry: &Entry) -> Option<String> {
    let mut files = blocks(entry.page.english);
    let made = MADE.iter().find(|made| entry.code == made.code);
    let never = NEVER.iter().any(|(code, _)| entry.code == *code);
    let dir = tempfile::tempdir().expect("a temporary folder");
    let (command, wanted) = match (files.remove("findings"), made) {
        (Some(wanted), None) => (files.remove("command").unwrap_or("dama-pub build".to_owned()), wanted),
        (None, Some(made)) => (made.command.to_owned(), made.findings.to_owned()),
        (None, None) if never => return None,
        _ => return Some(format!("{}: it is tried in one way, by its page or by the list here", entry.code)),
    };
    files.entry(BOOK.0).or_insert(BOOK.1.to_owned());
    if !files.keys().any(|path| path.starts_with("manuscript/zh/")) {
        files.insert(CHAPTER.0, CHAPTER.1.to_owned());
    }
    files.iter().for_each(|(path, text)| write(dir.path(), path, text.as_bytes()));
    made.iter().for_each(|made| (made.lay)(dir.path()));
    let (lines, levels) = found(dir.path(), &command);
    if lines != wanted.trim() {
        return Some(format!("{}: expected\n{}\nand not\n{lines}\n", entry.code, wanted.trim()));
    }
    let level = levels.get(entry.code.as_str()).map(String::as_str);
    (level != Some(entry.severity.name())).then(|| format!("{}: its level is {level:?}", entry.code))
}

#[test]
fn examples_give_their_findings() {
    let wrong: Vec<String> = codes::ALL.iter().filter_map(trouble).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
