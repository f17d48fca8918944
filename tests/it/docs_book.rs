//! The documentation for people who make books is a book itself, and does what it says.
//!
//! Of each of its chapters, in both languages, every listing that has the name of a file is written and every command of a console is
//! run, in order and in an empty folder. What stands below a command must be said by it, where `…` stands for lines of any number.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use comrak::nodes::NodeValue;
use comrak::{Arena, Options, parse_document};
use dama_pub::import::docx;

use crate::command::{dama_pub, printed, program, root, said, write_book};

const BOOK: &str = "docs/book";

#[test]
fn the_documentation_is_a_book_without_errors() {
    let checked = dama_pub(&root().join(BOOK), &["check", "--fail-on", "warning"]);
    assert_eq!(checked.status.code(), Some(0), "{}{}", printed(&checked), said(&checked));
}

#[test]
fn every_chapter_does_what_it_says() {
    let mut walked = 0;
    for lang in ["en", "zh"] {
        let folder = root().join(BOOK).join("manuscript").join(lang);
        let mut chapters: Vec<PathBuf> =
            fs::read_dir(folder).expect("chapters").map(|entry| entry.expect("an entry").path()).collect();
        chapters.sort();
        walked += chapters.iter().map(|chapter| Walk::begin(chapter, lang).go()).sum::<usize>();
    }
    assert!(walked > 60, "{walked} commands");
}

/// A walk through a chapter.
struct Walk<'a> {
    chapter: &'a Path,
    lang: &'a str,
    dir: tempfile::TempDir,
    /// The folder that the reader is in.
    here: PathBuf,
    commands: usize,
}

impl<'a> Walk<'a> {
    fn begin(chapter: &'a Path, lang: &'a str) -> Self {
        let dir = tempfile::tempdir().expect("a temporary folder");
        let paragraph = |text: &str| format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>");
        for (name, title, text) in
            [("zh", "油灯", "城里有12盏灯。"), ("en", "Oil lamps", "There are 12 lamps in the town.")]
        {
            let title = format!("<w:p><w:pPr><w:outlineLvl w:val=\"0\"/></w:pPr><w:r><w:t>{title}</w:t></w:r></w:p>");
            let xml = format!("<w:document xmlns:w=\"w\"><w:body>{title}{}</w:body></w:document>", paragraph(text));
            write_book(dir.path(), &[(&format!("{name}.docx"), &docx::packed(&xml))]);
        }
        let here = dir.path().to_owned();
        Self { chapter, lang, dir, here, commands: 0 }
    }

    /// Gives how many commands were run.
    fn go(mut self) -> usize {
        let text = fs::read_to_string(self.chapter).expect("a chapter");
        let arena = Arena::new();
        for node in parse_document(&arena, &text, &Options::default()).descendants() {
            let node = node.data();
            let NodeValue::CodeBlock(code) = &node.value else { continue };
            if code.info == "console" {
                self.console(&code.literal);
            } else if let Some(path) = code.info.split("{title=\"").nth(1).and_then(|rest| rest.split('"').next()) {
                write_book(&self.here, &[(path, code.literal.as_bytes())]);
            }
        }
        assert!(self.dir.path().is_dir());
        self.commands
    }

    fn console(&mut self, text: &str) {
        let mut lines = text.lines().peekable();
        while let Some(line) = lines.next() {
            let command = line.strip_prefix("$ ").unwrap_or_else(|| panic!("a command: {line}"));
            let mut expected = Vec::new();
            while let Some(line) = lines.next_if(|line| !line.starts_with("$ ")) {
                expected.push(line.trim());
            }
            self.run(command, &expected);
            self.commands += 1;
        }
    }

    fn run(&mut self, command: &str, expected: &[&str]) {
        let words: Vec<&str> = command.split_whitespace().collect();
        match words.as_slice() {
            ["cd", folder] => self.here.push(folder),
            ["rm", files @ ..] => files.iter().for_each(|file| {
                fs::remove_file(self.here.join(file)).unwrap_or_else(|why| panic!("{command}: {why}"));
            }),
            ["dama-pub", "watch"] => self.watch(),
            ["dama-pub", args @ ..] => self.dama_pub(command, args, expected),
            _ => panic!("{}: nobody knows how to run `{command}`", self.chapter.display()),
        }
    }

    fn dama_pub(&self, command: &str, args: &[&str], expected: &[&str]) {
        let done = dama_pub(&self.here, &[args, &["--lang", self.lang]].concat());
        let text = format!("{}{}", printed(&done), said(&done));
        let place = self.chapter.display();
        if expected.is_empty() {
            assert_eq!(done.status.code(), Some(0), "{place}: {command}\n{text}");
        }
        let mut lines = text.lines().map(str::trim);
        for wanted in expected.iter().filter(|wanted| **wanted != "…") {
            assert!(lines.any(|line| line == *wanted), "{place}: {command}\nnot said: {wanted}\n{text}");
        }
    }

    /// It is open until somebody ends it: it says where the pages are.
    fn watch(&self) {
        let mut command: Command = program(&self.here, &["watch"]);
        let mut child = command.stderr(Stdio::piped()).spawn().expect("dama-pub starts");
        let mut line = String::new();
        BufReader::new(child.stderr.take().expect("it was piped")).read_line(&mut line).expect("it speaks");
        child.kill().expect("it is there");
        child.wait().expect("it ends");
        assert!(line.contains("http://127.0.0.1:"), "{line}");
    }
}
