//! The review table for Word by itself, without a book: to look at it in word processors and to see what comes back of them.
//!
//! ```sh
//! cargo run --example review_table -- write table.docx [zh]     # a table with every kind of code
//! cargo run --example review_table -- read table.docx           # what it says: a line for each unit, remark and refusal
//! ```
//!
//! `tests/tools/review_table.sh` runs it.

#![expect(clippy::disallowed_methods, reason = "a program of its own")]
#![expect(clippy::print_stdout, reason = "a tool for the terminal")]

use std::fs;

use dama_pub::exchange::forms::docx::{self, Options};
use dama_pub::exchange::{Code, CodeKind, Coded, File, NoteKind, Package, Piece, State, Unit, UnitNote};
use dama_pub::message::Locale;
use dama_pub::model::Lang;

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    match args.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["write", out, rest @ ..] => {
            let options = Options { locale: Locale::of(rest.first().unwrap_or(&"en")), ..Options::default() };
            fs::write(out, docx::write(&package(), &options)).expect("the file is written");
        }
        ["read", file] => read(&fs::read(file).expect("the file is read")),
        _ => panic!("usage: review_table write OUT.docx [zh] | read FILE.docx"),
    }
}

fn read(bytes: &[u8]) {
    let returned = match docx::read(bytes) {
        Ok(returned) => returned,
        Err(refusal) => return println!("refused\t{}", refusal.message),
    };
    for unit in &returned.units {
        let known = format!("{}#{}", unit.stem.as_deref().unwrap_or("?"), unit.id.as_deref().unwrap_or("?"));
        let [source, target] = [&unit.source, &unit.target].map(|side| side.as_deref().map_or("-".to_owned(), shown));
        println!("unit\t{known}\t{source}\t{target}");
        for remark in &unit.remarks {
            println!(
                "remark\t{known}\t{}\t{}",
                remark.author.as_deref().unwrap_or("-"),
                remark.text.replace('\n', " / ")
            );
        }
    }
    for refusal in &returned.refused {
        println!("refused\t{}", refusal.message);
    }
}

/// A text with its codes in braces.
fn shown(pieces: &[Piece<String>]) -> String {
    let one = |piece: &Piece<String>| match piece {
        Piece::Text(text) => text.clone(),
        Piece::Single(id) => format!("{{{id}}}"),
        Piece::Pair(id, inner) => format!("{{{id}:{}}}", shown(inner)),
    };
    pieces.iter().map(one).collect()
}

fn text(text: &str) -> Piece<Code> {
    Piece::Text(text.to_owned())
}

fn code(kind: CodeKind, id: &str, shown: &str) -> Code {
    Code { id: id.to_owned(), kind, shown: shown.to_owned() }
}

fn pair(kind: CodeKind, id: &str, inner: &str) -> Piece<Code> {
    let shown = if kind == CodeKind::Link { "https://example.org/minutes" } else { "" };
    Piece::Pair(code(kind, id, shown), vec![text(inner)])
}

fn single(kind: CodeKind, id: &str, shown: &str) -> Piece<Code> {
    Piece::Single(code(kind, id, shown))
}

fn unit(id: &str, source: Coded, target: Option<Coded>, state: State) -> Unit {
    Unit {
        id: id.to_owned(),
        kind: "paragraph",
        line: 1,
        source,
        target,
        extra_codes: false,
        state,
        sentences: Vec::new(),
        notes: Vec::new(),
    }
}

/// Two chapters.
fn package() -> Package {
    let mut heading = unit("aaaaaaaaaa", vec![text("编辑会议")], Some(vec![text("Editorial meetings")]), State::Signed);
    heading.kind = "heading";
    let mut stale = unit(
        "aaaaaaaaac",
        vec![text("会议改为"), pair(CodeKind::Emphasis, "1", "每两周"), text("一次。")],
        Some(vec![text("It is held once a month.")]),
        State::Stale { was: Some("会议每月一次。".into()) },
    );
    stale.notes = vec![UnitNote { kind: NoteKind::Term, text: "会议 → meeting".into() }];
    let again: Vec<Unit> = (0..12).map(long).collect();
    let first =
        vec![heading, usual(), stale, looks(), unit("aaaaaaaaaf", vec![text("尚未翻译。")], None, State::Missing)];
    let file = |stem: &str, title: &str, units: Vec<Unit>| File {
        stem: stem.into(),
        source: format!("manuscript/zh/{stem}.md"),
        target: None,
        title: title.into(),
        units,
    };
    Package {
        title: "编辑手册".into(),
        langs: ["zh", "en"].map(|tag| Lang::new(tag).expect("a language")),
        files: vec![file("06-method", "编辑会议", first), file("07-results", "结果", again)],
    }
}

/// A paragraph with marks.
fn usual() -> Unit {
    use CodeKind::*;
    let source = vec![
        text("会议每月举行一次，由"),
        pair(Strong, "1", "主编"),
        text("主持"),
        single(Note, "2", ""),
        text("；"),
        pair(Link, "3", "记录"),
        text("用"),
        single(Code, "4", "git push"),
        text("提交"),
        single(Citation, "5", "@chen2021"),
        text("，公式为"),
        single(Formula, "6", "E = mc^2"),
        text("。"),
    ];
    let target = vec![
        text("The meeting takes place once a month; the "),
        pair(Strong, "1", "editor in chief"),
        text(" presides"),
        single(Note, "2", ""),
        text("; the "),
        pair(Link, "3", "minutes"),
        text(" are handed in by "),
        single(Code, "4", "git push"),
        single(Citation, "5", "@chen2021"),
        text(", and the formula is "),
        single(Formula, "6", "E = mc^2"),
        text("."),
    ];
    unit("aaaaaaaaab", source, Some(target), State::Translated)
}

/// A paragraph of everything that is shown as it looks.
fn looks() -> Unit {
    use CodeKind::*;
    let kinds = [(Strong, "粗体"), (Emphasis, "强调"), (Strike, "删去"), (Underline, "下划"), (Highlight, "标亮")];
    let line = |words: &[&str]| -> Coded {
        let mut line: Coded = Vec::new();
        for (at, ((kind, _), word)) in kinds.iter().zip(words).enumerate() {
            line.push(pair(*kind, &(at + 1).to_string(), word));
            line.push(text(" · "));
        }
        line.extend([text("H"), pair(Subscript, "6", "2"), text("O, x"), pair(Superscript, "7", "2")]);
        line.extend([pair(Keys, "8", "Ctrl"), single(Break, "9", ""), text("a < b & c")]);
        line
    };
    let source = line(&kinds.map(|(_, word)| word));
    unit("aaaaaaaaad", source, Some(line(&["bold", "italic", "struck", "underlined", "marked"])), State::Draft)
}

/// One of several paragraphs that fill a page.
fn long(number: usize) -> Unit {
    let id = format!("bbbbbbbbb{}", char::from(b'a' + u8::try_from(number).expect("twelve")));
    let source = vec![text(&"编辑部在会议上讨论稿件的结构、术语和注释，并决定由谁复核。".repeat(1 + number % 4))];
    let target = "At its meetings the board discusses how a manuscript is built, its terms and its notes, and who looks over it again. ";
    unit(&id, source, Some(vec![text(target.repeat(1 + number % 4).trim())]), State::Translated)
}
