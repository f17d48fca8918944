//! `dama-pub lsp`: a scripted editor. What is said lies in `tests/ref/lsp.txt`, and what is asked at a desk in `tests/ref/lsp-desk.txt`.

use std::fmt::Write as _;
use std::io::BufReader;
use std::process::{Child, ChildStdin, ChildStdout, Stdio};

use lsp_server::{Message, Notification, Request, RequestId};
use serde_json::{Value, json};

use crate::command::{dama_pub, golden, program, write_book};
#[cfg(target_os = "linux")]
use crate::command::{kill, only_child};

const ZH: &str = "---\ntitle: 灯\n---\n\n## 光\n\n灯在桌上亮了十二年。没有人把它熄灭。\n\n夜里，船从海上回来。\n";
const EN: &str = "---\ntitle: The Lamp\n---\n\n## Light\n\nThe lamp burned on the table for twelve years. Nobody put it out.\n\nAt night the ships came back from the sea.\n";

const CONFIG: &str = "title: {zh: 灯, en: The Lamp}\nslug: lamp\nlanguages: [zh, en]\ndate: 2026-03-01\nlayout: book\n";

/// An editor with a book open.
struct Editor {
    dir: tempfile::TempDir,
    child: Child,
    to: ChildStdin,
    from: BufReader<ChildStdout>,
    asked: i32,
    /// What was said by both.
    said: String,
}

impl Editor {
    fn start() -> Self {
        let files = [("book.yaml", CONFIG), ("zh/01-a.md", ZH), ("en/01-a.md", EN)];
        Self::with(&files, &json!({}), None)
    }

    /// One that can and wishes more, and has the folder of the book open if it wishes anything.
    fn with(files: &[(&str, &str)], capabilities: &Value, wishes: Option<Value>) -> Self {
        let dir = tempfile::tempdir().expect("a temporary folder");
        let files: Vec<(&str, &[u8])> = files.iter().map(|(path, text)| (*path, text.as_bytes())).collect();
        write_book(&dir.path().join("manuscript"), &files);
        let mut child = program(dir.path(), &["lsp"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("dama-pub starts");
        let (to, from) = (child.stdin.take().expect("piped"), BufReader::new(child.stdout.take().expect("piped")));
        let mut editor = Self { dir, child, to, from, asked: 0, said: String::new() };
        let root = format!("file://{}", editor.dir.path().canonicalize().expect("it is there").display());
        let root = wishes.as_ref().map_or(Value::Null, |_| Value::String(root));
        let mut greeting = json!({"capabilities": capabilities, "processId": null, "rootUri": root});
        if let Some(wishes) = wishes {
            greeting["initializationOptions"] = wishes;
        }
        editor.ask("initialize", greeting);
        editor.note("initialized", json!({}));
        editor
    }

    fn uri(&self, path: &str) -> String {
        let root = self.dir.path().canonicalize().expect("it is there");
        format!("file://{}/manuscript/{path}", root.display())
    }

    fn log(&mut self, who: &str, what: &str, value: &Value) {
        let root = format!("file://{}", self.dir.path().canonicalize().expect("it is there").display());
        let text = serde_json::to_string_pretty(value).expect("plain data").replace(&root, "file:///book");
        let _ = writeln!(self.said, "{who} {what}\n{text}\n");
    }

    fn note(&mut self, method: &str, params: Value) {
        self.log("→", method, &params);
        Message::Notification(Notification::new(method.to_owned(), params)).write(&mut self.to).expect("it listens");
    }

    /// Asks and gives the answer; what is said before it is kept.
    fn ask(&mut self, method: &str, params: Value) -> Value {
        self.asked += 1;
        self.log("→", method, &params);
        let request = Request::new(RequestId::from(self.asked), method.to_owned(), params);
        Message::Request(request).write(&mut self.to).expect("it listens");
        loop {
            match self.hear() {
                Message::Response(answer) => {
                    let value = value(answer);
                    self.log("←", &format!("answer to {method}"), &value);
                    return value;
                }
                Message::Notification(note) => self.log("←", &note.method.clone(), &note.params),
                Message::Request(request) => self.agree(request),
            }
        }
    }

    /// Does what the server asks for.
    fn agree(&mut self, request: Request) {
        self.log("←", &request.method, &request.params);
        let answer = lsp_server::Response::new_ok(request.id, Value::Null);
        Message::Response(answer).write(&mut self.to).expect("it listens");
    }

    /// The next notification of diagnostics.
    fn diagnostics(&mut self) -> Value {
        loop {
            match self.hear() {
                Message::Notification(note) => {
                    self.log("←", &note.method.clone(), &note.params);
                    if note.method == "textDocument/publishDiagnostics" {
                        return note.params;
                    }
                }
                Message::Request(request) => self.agree(request),
                other => panic!("{other:?}"),
            }
        }
    }

    fn hear(&mut self) -> Message {
        Message::read(&mut self.from).expect("it speaks the protocol").expect("it is still there")
    }

    fn open(&mut self, path: &str, text: &str) {
        let uri = self.uri(path);
        let document = json!({"uri": uri, "languageId": "markdown", "version": 1, "text": text});
        self.note("textDocument/didOpen", json!({"textDocument": document}));
    }

    fn change(&mut self, path: &str, text: &str) {
        let uri = self.uri(path);
        let document = json!({"uri": uri, "version": 2});
        self.note("textDocument/didChange", json!({"textDocument": document, "contentChanges": [{"text": text}]}));
    }

    fn at(&self, path: &str, line: u32, character: u32) -> Value {
        json!({"textDocument": {"uri": self.uri(path)}, "position": {"line": line, "character": character}})
    }
}

/// The result or the error of an answer.
fn value(answer: lsp_server::Response) -> Value {
    let value = serde_json::to_value(answer).expect("plain data");
    value.get("result").or(value.get("error")).cloned().unwrap_or_default()
}

#[test]
fn an_editor_is_told_what_is_wrong_and_led_to_the_translation() {
    let mut editor = Editor::start();
    // What is typed counts before it is saved: another number, and a half-width comma.
    editor.open("zh/01-a.md", &ZH.replace("十二年", "二十年").replace('，', ","));
    let found = editor.diagnostics();
    let checks = |found: &Value| -> Vec<String> {
        let all = found["diagnostics"].as_array().expect("a list");
        all.iter().map(|one| one["code"].as_str().expect("a check").to_owned()).collect()
    };
    let all = [checks(&found), checks(&editor.diagnostics())].concat();
    assert!(all.contains(&"number".to_owned()) && all.contains(&"half-width-punctuation".to_owned()), "{all:?}");
    let range = json!({"start": {"line": 8, "character": 2}, "end": {"line": 8, "character": 3}});
    let uri = editor.uri("zh/01-a.md");
    let asked = json!({"textDocument": {"uri": uri}, "range": range, "context": {"diagnostics": []}});
    let actions = editor.ask("textDocument/codeAction", asked);
    assert_eq!(actions[0]["edit"]["changes"][&uri][0]["newText"], "，", "{actions}");
    // Fixed: each file is published again, without findings.
    editor.change("zh/01-a.md", ZH);
    for _ in 0..2 {
        assert_eq!(checks(&editor.diagnostics()), [""; 0]);
    }
    let asked = editor.at("zh/01-a.md", 6, 14);
    let places = editor.ask("textDocument/definition", asked);
    assert_eq!(places[0]["uri"], editor.uri("en/01-a.md").as_str());
    // The second sentence, not the whole paragraph.
    assert_eq!(places[0]["range"]["start"], json!({"line": 6, "character": 47}), "{places}");
    let asked = editor.at("en/01-a.md", 8, 5);
    let hover = editor.ask("textDocument/hover", asked);
    assert_eq!(hover["contents"]["value"], "夜里，船从海上回来。");
    let asked = json!({"textDocument": {"uri": editor.uri("en/01-a.md")}});
    let symbols = editor.ask("textDocument/documentSymbol", asked);
    assert_eq!(symbols[0]["name"], "Light");
    assert_eq!(editor.ask("shutdown", Value::Null), Value::Null);
    editor.note("exit", Value::Null);
    assert!(editor.child.wait().expect("it ends").success());
    golden("lsp.txt", &editor.said);
}

#[test]
fn what_a_chapter_holds_is_listed() {
    let mut editor = Editor::start();
    let text = "---\ntitle: The Lamp\n---\n\n## Light\n\n:::tip{title=\"Trim it\"}\nDaily.\n:::\n\n### Oil\n\n\
        ```rust {title=\"lamp.rs\"}\nfn main() {}\n```\n\n$$ a = b $$ {#eq:a}\n\n## Dark\n\nA [wick]{.index} burns.\n";
    editor.open("en/01-a.md", text);
    editor.open("book.yaml", &format!("{CONFIG}parts:\n  - {{title: {{zh: 火, en: Fire}}, chapters: [01-a]}}\n"));
    let asked = json!({"textDocument": {"uri": editor.uri("en/01-a.md")}});
    let symbols = editor.ask("textDocument/documentSymbol", asked);
    let names = |symbols: &Value| -> Vec<String> {
        let all = symbols.as_array().into_iter().flatten();
        all.map(|one| {
            format!("{}|{}", one["name"].as_str().unwrap_or_default(), one["detail"].as_str().unwrap_or_default())
        })
        .collect()
    };
    assert_eq!(names(&symbols), ["Light|", "Dark|"], "{symbols}");
    assert_eq!(names(&symbols[0]["children"]), ["Trim it|", "Oil|"], "{symbols}");
    assert_eq!(names(&symbols[0]["children"][1]["children"]), ["lamp.rs|", "eq:a|Equation (1)"], "{symbols}");
    assert_eq!(symbols[0]["range"]["end"]["line"], 18, "a section reaches to the next one: {symbols}");
    let asked = json!({"textDocument": {"uri": editor.uri("book.yaml")}});
    assert_eq!(names(&editor.ask("textDocument/documentSymbol", asked)), ["火 / Fire|01-a"]);
    let found = editor.ask("workspace/symbol", json!({"query": "WICK"}));
    assert_eq!(
        (found[0]["name"].as_str(), found[0]["containerName"].as_str()),
        (Some("wick"), Some("The Lamp")),
        "{found}"
    );
    assert_eq!(names(&editor.ask("workspace/symbol", json!({"query": "fire"}))), ["火 / Fire|"]);
}

#[test]
fn nonsense_is_answered_and_files_outside_of_books_are_left_alone() {
    let mut editor = Editor::start();
    let outside = std::env::temp_dir().join("nowhere.md");
    let uri = format!("file://{}", outside.display());
    let document = json!({"uri": uri, "languageId": "markdown", "version": 1, "text": "x"});
    editor.note("textDocument/didOpen", json!({"textDocument": document}));
    let asked = json!({"textDocument": {"uri": uri}, "position": {"line": 0, "character": 0}});
    assert_eq!(editor.ask("textDocument/hover", asked), Value::Null);
    assert_eq!(editor.ask("textDocument/hover", json!({"x": 1}))["code"], -32602);
    assert_eq!(editor.ask("textDocument/moniker", json!({}))["code"], -32601);
    // A book that cannot be read has its errors told, and questions still have answers.
    editor.open("book.yaml", "title: [");
    let found = editor.diagnostics();
    assert!(found["uri"].as_str().is_some_and(|uri| uri.ends_with("book.yaml")), "{found}");
    let asked = editor.at("zh/01-a.md", 6, 2);
    assert_eq!(editor.ask("textDocument/hover", asked), Value::Null);
}

#[test]
fn a_book_made_by_new_has_nothing_to_tell() {
    let mut editor = Editor::start();
    assert!(dama_pub(editor.dir.path(), &["new", "fresh"]).status.success());
    let path = editor.dir.path().canonicalize().expect("it is there").join("fresh/manuscript/book.yaml");
    let text = std::fs::read_to_string(&path).expect("it was written");
    let uri = format!("file://{}", path.display());
    let document = json!({"uri": uri, "languageId": "yaml", "version": 1, "text": text});
    editor.note("textDocument/didOpen", json!({"textDocument": document}));
    let asked = json!({"textDocument": {"uri": uri}, "position": {"line": 0, "character": 0}});
    // The first thing said after the question is its answer: no diagnostics came before.
    assert_eq!(editor.ask("textDocument/hover", asked), Value::Null);
    assert!(!editor.said.contains("publishDiagnostics"), "{}", editor.said);
}

#[cfg(target_os = "linux")]
#[test]
fn the_conversation_outlives_the_worker_of_a_book() {
    let mut editor = Editor::start();
    editor.open("zh/01-a.md", &ZH.replace("十二年", "二十年"));
    editor.diagnostics();
    let first = only_child(editor.child.id());
    kill(first);
    // The document that was changed last shows what happened.
    let found = loop {
        let found = editor.diagnostics();
        if found["diagnostics"].to_string().contains("resource-limit") {
            break found;
        }
    };
    assert_eq!(found["uri"], editor.uri("zh/01-a.md").as_str());
    let asked = editor.at("zh/01-a.md", 6, 2);
    let answer = editor.ask("textDocument/hover", asked.clone());
    assert_eq!(answer["code"], -32803, "{answer}");
    // A change has another worker, which knows all that was typed.
    editor.open("en/01-a.md", &EN.replace("twelve", "twenty"));
    while editor.diagnostics()["uri"] != editor.uri("zh/01-a.md").as_str() {}
    let answer = editor.ask("textDocument/hover", asked);
    assert!(answer["contents"]["value"].to_string().contains("twenty"), "{answer}");
    assert_ne!(only_child(editor.child.id()), first);
}

#[test]
fn a_storm_of_messages_is_taken() {
    let mut editor = Editor::start();
    editor.open("zh/01-a.md", ZH);
    for turn in 0..300 {
        let uri = editor.uri("zh/01-a.md");
        let text = format!("{ZH}\n{}\n", "字".repeat(turn));
        let document = json!({"uri": uri, "version": turn});
        let params = json!({"textDocument": document, "contentChanges": [{"text": text}]});
        Message::Notification(Notification::new("textDocument/didChange".to_owned(), params))
            .write(&mut editor.to)
            .expect("it listens");
    }
    for (line, character) in [(u32::MAX, u32::MAX), (0, u32::MAX), (u32::MAX, 0)] {
        let asked = editor.at("zh/01-a.md", line, character);
        editor.ask("textDocument/hover", asked);
    }
    editor.note("$/nothing", json!({"x": [1, 2]}));
    let asked = editor.at("zh/01-a.md", 6, 2);
    let hover = editor.ask("textDocument/hover", asked);
    assert!(hover["contents"]["value"].to_string().contains("lamp"), "{hover}");
    assert_eq!(editor.ask("shutdown", Value::Null), Value::Null);
    let asked = editor.at("zh/01-a.md", 6, 2);
    assert_eq!(editor.ask("textDocument/hover", asked)["code"], -32600);
    editor.note("exit", Value::Null);
    assert!(editor.child.wait().expect("it ends").success());
}

const DESK_ZH: &str = "---\ntitle: 灯\n---\n\n## 光 {#sec:light}\n\n灯芯亮了十二年[@ash2019]，见[](#sec:light)。[^oil]\n\n夜里，船从海上回来。\n\n[^oil]: 鱼油。\n";
const DESK_EN: &str = "---\ntitle: The Lamp\n---\n\n## Light {#sec:light}\n\nThe wick burned for twenty years [@ahs2019], see @sec:light.[^oil]\n\n<!-- dama: allow negation-lost: a proverb -->\nAt night the ships came back from the sea.  \n\n\n\n:::aside {title=\"Oil\"}\n* Fish.\n:::\n\n[^oil]: Of fish.\n";
const WORKS: &str = "ash2019:\n  type: article\n  title: A Theory of Lamps\n  author: Ash, Ann\n  date: 2019\n";

fn desk() -> Vec<(&'static str, &'static str)> {
    vec![
        ("book.yaml", CONFIG),
        ("references.yaml", WORKS),
        ("glossary.yaml", "- {zh: 灯芯, en: wick}\n"),
        ("zh/01-a.md", DESK_ZH),
        ("en/01-a.md", DESK_EN),
    ]
}

/// Where a piece of a text begins, and so many characters behind that.
fn place(text: &str, piece: &str, behind: usize) -> (u32, u32) {
    let before = &text[..text.find(piece).expect(piece)];
    let column = before.rsplit('\n').next().unwrap_or_default().encode_utf16().count() + behind;
    (u32::try_from(before.matches('\n').count()).expect("few"), u32::try_from(column).expect("few"))
}

#[test]
fn everything_that_a_desk_offers_is_had() {
    let capabilities = json!({
        "window": {"workDoneProgress": true},
        "workspace": {"didChangeWatchedFiles": {"dynamicRegistration": true}},
    });
    let mut editor = Editor::with(&desk(), &capabilities, Some(json!({})));
    let (zh, en) = (editor.uri("zh/01-a.md"), editor.uri("en/01-a.md"));
    // No document is open: what is wrong in the book is told all the same.
    while !editor.diagnostics()["diagnostics"].to_string().contains("unknown-citation") {}
    let at = |editor: &Editor, path: &str, text: &str, piece: &str, behind: usize| {
        let (line, character) = place(text, piece, behind);
        editor.at(path, line, character)
    };
    let asked = at(&editor, "zh/01-a.md", DESK_ZH, "[@ash", 3);
    let items = editor.ask("textDocument/completion", asked);
    assert_eq!((&items[0]["label"], &items[0]["detail"]), (&json!("ash2019"), &json!("2019 · A Theory of Lamps")));
    for (path, text, piece, behind, words) in [
        ("zh/01-a.md", DESK_ZH, "ash2019", 2, "Ann Ash"),
        ("en/01-a.md", DESK_EN, "[^oil]", 2, "Of fish"),
        ("zh/01-a.md", DESK_ZH, "](#sec", 4, "**Light**"),
        ("en/01-a.md", DESK_EN, "negation", 2, "# negation-lost"),
    ] {
        let asked = at(&editor, path, text, piece, behind);
        let hover = editor.ask("textDocument/hover", asked);
        assert!(hover["contents"]["value"].to_string().contains(words), "{piece}: {hover}");
    }
    let asked = at(&editor, "en/01-a.md", DESK_EN, "@sec", 2);
    let found = editor.ask("textDocument/definition", asked.clone());
    assert_eq!((&found[0]["uri"], &found[0]["range"]["start"]["line"]), (&json!(en), &json!(4)));
    let mut wide = asked.clone();
    wide["context"] = json!({"includeDeclaration": true});
    let found = editor.ask("textDocument/references", wide);
    assert_eq!(found.as_array().map(Vec::len), Some(4), "two in each language: {found}");
    assert_eq!(editor.ask("textDocument/prepareRename", asked.clone())["placeholder"], "sec:light");
    let mut rename = asked;
    rename["newName"] = json!("sec:lamp");
    let edit = editor.ask("textDocument/rename", rename.clone());
    let places = |uri: &str| edit["changes"][uri].as_array().map(Vec::len);
    assert_eq!((places(&zh), places(&en)), (Some(2), Some(2)), "{edit}");
    rename["newName"] = json!("a b");
    assert_eq!(editor.ask("textDocument/rename", rename)["code"], -32803);
    let (line, character) = place(DESK_EN, "@ahs", 0);
    let range =
        json!({"start": {"line": line, "character": character}, "end": {"line": line, "character": character + 8}});
    let context = json!({"diagnostics": [], "triggerKind": 1});
    let actions =
        editor.ask("textDocument/codeAction", json!({"textDocument": {"uri": en}, "range": range, "context": context}));
    let titles: Vec<&str> =
        actions.as_array().expect("a list").iter().filter_map(|one| one["title"].as_str()).collect();
    assert!(titles.contains(&"write `ash2019`") && titles.iter().any(|title| title.starts_with("sign")), "{titles:?}");
    let whole = json!({"textDocument": {"uri": en}});
    assert_eq!(editor.ask("textDocument/foldingRange", whole.clone()).as_array().map(Vec::len), Some(3));
    let links = editor.ask("textDocument/documentLink", whole.clone());
    assert_eq!(links[0]["target"], "dama-pub:explain/negation-lost");
    let mut format = whole.clone();
    format["options"] = json!({"tabSize": 2, "insertSpaces": true});
    let edits = editor.ask("textDocument/formatting", format);
    assert!(edits.to_string().contains("- Fish."), "{edits}");
    let mut hints = whole.clone();
    hints["range"] = json!({"start": {"line": 0, "character": 0}, "end": {"line": 99, "character": 0}});
    editor.ask("textDocument/inlayHint", hints);
    assert!(
        editor.ask("textDocument/semanticTokens/full", whole)["data"].as_array().is_some_and(|data| data.len() > 20)
    );
    editor.open("book.yaml", "title: x\nlay");
    let asked = editor.at("book.yaml", 1, 3);
    assert_eq!(editor.ask("textDocument/completion", asked).to_string().matches("\"label\":\"layout\"").count(), 1);
    assert!(editor.ask("dama-pub/explain", json!({"code": "number"})).to_string().contains("# number"));
    assert_eq!(editor.ask("shutdown", Value::Null), Value::Null);
    editor.note("exit", Value::Null);
    assert!(editor.child.wait().expect("it ends").success());
    golden("lsp-desk.txt", &asked_and_answered(&editor.said));
}

/// What was asked and what was answered. When the server says something of itself between them is chance.
fn asked_and_answered(said: &str) -> String {
    let kept = said.split_inclusive("\n\n").filter(|one| one.starts_with('→') || one.starts_with("← answer"));
    kept.collect()
}

#[test]
fn an_editor_that_asks_for_diagnostics_is_not_told_them() {
    let mut editor = Editor::with(&desk(), &json!({}), Some(json!({"pullDiagnostics": true, "sentencePerLine": true})));
    let whole = json!({"textDocument": {"uri": editor.uri("en/01-a.md")}});
    let report = editor.ask("textDocument/diagnostic", whole.clone());
    assert!(report["items"].to_string().contains("unknown-citation"), "{report}");
    let all = editor.ask("workspace/diagnostic", json!({"previousResultIds": []}));
    let uris: Vec<&str> =
        all["items"].as_array().expect("a list").iter().filter_map(|one| one["uri"].as_str()).collect();
    assert!(uris.contains(&editor.uri("zh/01-a.md").as_str()), "also files without findings: {uris:?}");
    assert!(!editor.said.contains("publishDiagnostics"), "{}", editor.said);
    editor.open("en/01-a.md", &DESK_EN.replace("At night", "It rained. At night"));
    let mut format = whole;
    format["options"] = json!({"tabSize": 2, "insertSpaces": true});
    let edits = editor.ask("textDocument/formatting", format);
    assert!(edits.to_string().contains("It rained.\\nAt night"), "each sentence has a line: {edits}");
}
