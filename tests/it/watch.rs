//! `dama-pub watch`: the server as a browser meets it, while files change as editors change them.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use serde_json::Value;

use crate::command::{copy_dir, dama_pub, program};
#[cfg(target_os = "linux")]
use crate::command::{is_alive, kill, only_child, write_book};

/// So many answers may come before the one that is waited for.
const ANSWERS: usize = 60;

/// A watched book.
struct Watched {
    dir: tempfile::TempDir,
    child: Child,
    /// The lines of the terminal.
    said: Receiver<String>,
    port: u16,
    /// What of the address cannot be guessed.
    token: String,
    revision: u64,
}

impl Drop for Watched {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Watched {
    fn start() -> Self {
        let dir = tempfile::tempdir().expect("a temporary folder");
        assert!(dama_pub(dir.path(), &["new", "book"]).status.success());
        Self::of(dir, &[])
    }

    /// Watches the folder `book` of a folder.
    fn of(dir: tempfile::TempDir, args: &[&str]) -> Self {
        let args = [&["watch", "book"], args].concat();
        let mut child = program(dir.path(), &args).stderr(Stdio::piped()).spawn().expect("dama-pub starts");
        let mut said = BufReader::new(child.stderr.take().expect("it was piped"));
        let mut line = String::new();
        said.read_line(&mut line).expect("it speaks");
        let address = line.split("127.0.0.1:").nth(1).unwrap_or_else(|| panic!("an address: {line}"));
        let mut parts = address.split('/');
        let port = parts.next().and_then(|port| port.parse().ok()).expect("a port");
        let token = parts.next().expect("a token").to_owned();
        let (lines, heard) = channel();
        std::thread::spawn(move || said.lines().map_while(Result::ok).try_for_each(|line| lines.send(line)));
        Self { dir, child, said: heard, port, token, revision: 0 }
    }

    fn book(&self) -> std::path::PathBuf {
        self.dir.path().join("book")
    }

    fn get(&self, path: &str, host: &str) -> (u16, String) {
        let answer = self.send(&format!("GET {path} HTTP/1.0\r\nHost: {host}\r\n\r\n"));
        let (head, body) = answer.split_once("\r\n\r\n").expect("a head and a body");
        (status(head), body.to_owned())
    }

    /// Sends bytes as they are, and gives all that comes back.
    fn send(&self, bytes: &str) -> String {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).expect("the door is open");
        stream.set_read_timeout(Some(Duration::from_secs(120))).expect("a time");
        stream.write_all(bytes.as_bytes()).expect("it listens");
        let mut answer = String::new();
        stream.read_to_string(&mut answer).expect("it answers");
        answer
    }

    fn ask(&self, path: &str) -> (u16, String) {
        self.get(&format!("/{}{path}", self.token), &format!("127.0.0.1:{}", self.port))
    }

    /// Waits for a state of which something is true.
    fn until(&mut self, what: &str, good: impl Fn(&Value) -> bool) -> Value {
        for _ in 0..ANSWERS {
            let (_, body) = self.ask(&format!("/state?since={}&editions=zh", self.revision));
            let state: Value = serde_json::from_str(&body).expect("JSON");
            self.revision = state["revision"].as_u64().expect("a revision");
            if good(&state) {
                return state;
            }
        }
        panic!("never: {what}");
    }

    /// What the terminal says up to a line with some words.
    fn hear(&self, words: &str) -> Vec<String> {
        let mut heard = Vec::new();
        loop {
            let line = self.said.recv_timeout(Duration::from_secs(120));
            heard.push(line.unwrap_or_else(|why| panic!("never said: {words} ({why}): {heard:#?}")));
            if heard.last().is_some_and(|line| line.contains(words)) {
                return heard;
            }
        }
    }

    fn ready(&mut self) -> Value {
        self.until("pages", |state| state["status"]["state"] == "ready" && !looks(state).is_empty())
    }

    /// Saves as editors do: a new file in the place of the old one.
    fn save(&self, path: &str, change: impl FnOnce(String) -> String) {
        let path = self.book().join(path);
        let text = change(fs::read_to_string(&path).expect("the file is there"));
        let beside = path.with_extension("tmp");
        fs::write(&beside, text).expect("it can be written");
        fs::rename(beside, path).expect("it can be renamed");
    }
}

fn status(head: &str) -> u16 {
    head.split(' ').nth(1).and_then(|code| code.parse().ok()).expect("a status")
}

fn looks(state: &Value) -> Vec<String> {
    let pages = state["editions"][0]["pages"].as_array().expect("pages");
    pages.iter().map(|page| page["look"].as_str().expect("a look").to_owned()).collect()
}

fn chapter(book: &Path) -> String {
    let names = fs::read_dir(book.join("manuscript/zh")).expect("chapters").flatten();
    let mut names: Vec<String> = names.map(|entry| entry.file_name().into_string().expect("a name")).collect();
    names.sort();
    let body = names.into_iter().find(|name| {
        fs::read_to_string(book.join("manuscript/zh").join(name)).is_ok_and(|text| text.contains("glossary.yaml"))
    });
    format!("manuscript/zh/{}", body.expect("a chapter speaks of the termbase"))
}

#[test]
fn a_saved_sentence_changes_its_page_and_no_other() {
    let mut watched = Watched::start();
    let before = looks(&watched.ready());
    let path = chapter(&watched.book());
    watched.save(&path, |text| text.replace("一段就是几行字", "一段就是几行汉字"));
    let after =
        looks(&watched.until("another page", |state| state["status"]["state"] == "ready" && looks(state) != before));
    assert_eq!(after.len(), before.len());
    let changed: Vec<usize> = (0..after.len()).filter(|page| after[*page] != before[*page]).collect();
    assert_eq!(changed.len(), 1, "{changed:?}");
    // The page can be had, and tells its source.
    let (status, svg) = watched.ask(&format!("/sheet/zh/{}.svg", after[changed[0]]));
    assert!(status == 200 && svg.starts_with("<svg"), "{status}");
    assert_eq!(watched.ask(&format!("/sheet/zh/{}.svg", before[changed[0]])).0, 404, "the old page is gone");
    let (_, body) = watched.ask(&format!("/source?edition=zh&page={}&x=150&y=330", changed[0] + 1));
    let at: Value = serde_json::from_str(&body).expect("JSON");
    assert_eq!(at["file"], path.as_str(), "{body}");
}

#[test]
fn a_page_has_its_text_and_an_edition_its_titles_and_its_ebook() {
    let mut watched = Watched::start();
    let state = watched.until("zh", |state| state["status"]["state"] == "ready" && !looks(state).is_empty());
    let heads = state["editions"][0]["heads"].as_array().expect("titles");
    let first = heads.first().expect("a title");
    let (title, page) = (first["title"].as_str().expect("words"), first["page"].as_u64().expect("a page"));
    let look = &looks(&state)[usize::try_from(page).expect("a small number") - 1];
    let host = format!("127.0.0.1:{}", watched.port);
    let read = |path: &str| watched.get(&format!("/{}/{path}", watched.token), &host);
    let (status, text) = read(&format!("text/zh/{look}.json"));
    let lines: Vec<Value> = serde_json::from_str(&text).expect("lines");
    assert_eq!(status, 200);
    assert!(lines.iter().any(|line| line["text"] == title), "{title} among {text}");
    assert!(lines.iter().any(|line| line["goes_on"] == true), "a paragraph of several lines: {text}");
    let (status, package) = read("ebook/zh/content.opf");
    assert!(status == 200 && package.contains("<package"), "{package}");
    for nothing in ["ebook/zh/../mimetype", "ebook/fr/content.opf", "text/en/00000000000000000000000000000000.json"] {
        assert_eq!(read(nothing).0, 404, "{nothing}");
    }
}

#[test]
fn the_last_good_pages_stay_while_the_book_is_broken_or_gone() {
    let mut watched = Watched::start();
    let good = looks(&watched.ready());
    let path = chapter(&watched.book());
    watched.save(&path, |text| text + "\n\n::: nothing-of-this-name\n\n:::\n");
    let state = watched.until("an error", |state| state["status"]["state"] == "broken");
    assert_eq!(looks(&state), good);
    assert_eq!(state["editions"][0]["stale"], true, "the pages are old, and it is said");
    let finding = &state["findings"][0];
    assert_eq!((finding["severity"].as_str(), finding["at"]["file"].as_str()), (Some("error"), Some(path.as_str())));
    // The whole manuscript goes and comes back, as when a branch is switched.
    let (here, there) = (watched.book().join("manuscript"), watched.dir.path().join("away"));
    copy_dir(&here, &there);
    fs::remove_dir_all(&here).expect("it can be removed");
    watched.until("no book", |state| {
        state["status"]["state"] == "broken" && !state["findings"].to_string().contains("nothing-of-this-name")
    });
    let text = fs::read_to_string(there.join(path.trim_start_matches("manuscript/"))).expect("the chapter");
    fs::write(
        there.join(path.trim_start_matches("manuscript/")),
        text.split("\n\n::: nothing").next().expect("its text"),
    )
    .expect("it is corrected");
    copy_dir(&there, &here);
    let state = watched.until("the book again", |state| {
        state["status"]["state"] == "ready" && state["findings"].as_array().is_some_and(Vec::is_empty)
    });
    assert_eq!(looks(&state), good);
    // It still watches what was made anew.
    watched.save(&path, |text| text.replace("一段就是几行字", "一段就是几行汉字"));
    watched.until("another page", |state| state["status"]["state"] == "ready" && looks(state) != good);
}

#[test]
fn an_error_in_one_language_leaves_the_others_their_pages() {
    let mut watched = Watched::start();
    let good = looks(&watched.ready());
    let other = chapter(&watched.book()).replace("/zh/", "/en/");
    watched.save(&other, |text| text + "\n\nSee [](#nowhere).\n");
    watched.until("an error", |state| state["status"]["state"] == "broken" && state["editions"][0]["stale"] == false);
    let path = chapter(&watched.book());
    watched.save(&path, |text| text.replace("一段就是几行字", "一段就是几行汉字"));
    watched.until("another page", |state| looks(state) != good && state["editions"][0]["stale"] == false);
}

#[test]
fn what_a_change_makes_wrong_is_said_at_the_terminal_too() {
    let mut watched = Watched::start();
    watched.ready();
    let first = watched.hear("checked");
    assert!(first.last().is_some_and(|line| line.contains("0 errors")), "{first:#?}");
    let path = chapter(&watched.book());
    watched.save(&path, |text| text + "\n\n一共七百五十条船。\n");
    let heard = watched.hear("checked").join("\n");
    assert!(heard.contains(&path) && heard.contains("七百五十条船") && heard.contains("1 error"), "{heard}");
    // Another of the same kind is new, and only that one.
    watched.save(&path, |text| text + "\n\n河上没有一条空船。\n");
    let heard = watched.hear("checked").join("\n");
    assert!(heard.contains("没有一条空船") && heard.contains("2 errors"), "{heard}");
    assert!(!heard.contains("│ 一共七百五十条船") && !heard.contains("| 一共七百五十条船"), "{heard}");
    let corrected = |text: String| text.replace("\n\n一共七百五十条船。\n", "").replace("\n\n河上没有一条空船。\n", "");
    watched.save(&path, corrected);
    let heard = watched.hear("checked");
    assert!(heard.last().is_some_and(|line| line.contains("0 errors")), "{heard:#?}");
}

#[test]
fn only_whoever_knows_the_address_is_answered() {
    let mut watched = Watched::start();
    watched.ready();
    let (here, there) = (format!("127.0.0.1:{}", watched.port), format!("/{}/", watched.token));
    assert_eq!(watched.get(&there, "books.example").0, 404);
    let (status, page) = watched.get(&there, &here);
    assert!(status == 200 && page.contains("\"page.js\""));
    for path in ["/page.js", "/page.css"] {
        assert_eq!(watched.ask(path).0, 200, "{path}");
        assert_eq!(watched.get(path, &here).0, 404, "{path}");
    }
    let other = "0".repeat(watched.token.len());
    for path in ["/", "/state?since=0&editions=zh", &format!("/{other}/"), &format!("/{}", watched.token)] {
        assert_eq!(watched.get(path, &here).0, 404, "{path}");
    }
    assert_eq!(watched.ask("/../manuscript/book.yaml").0, 404);
}

#[test]
fn no_request_ends_the_server() {
    let mut watched = Watched::start();
    watched.ready();
    let host = format!("Host: 127.0.0.1:{}\r\n", watched.port);
    let page = format!("/{}/", watched.token);
    let long = "x".repeat(20_000);
    for (request, code) in [
        (format!("PUT {page} HTTP/1.1\r\n{host}\r\n"), 405),
        (format!("POST {page} HTTP/1.1\r\n{host}\r\n"), 413),
        (format!("GET {page} HTTP/1.1\r\n{host}Content-Length: 18446744073709551615\r\n\r\n"), 413),
        (
            format!("GET {page} HTTP/1.1\r\n{host}Content-Length: 9223372036854775807\r\nExpect: 100-continue\r\n\r\n"),
            413,
        ),
        (format!("GET {page} HTTP/1.1\r\n{host}Transfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\n"), 413),
        (format!("GET {page}{long} HTTP/1.1\r\n{host}\r\n"), 431),
        (format!("GET {page} HTTP/1.1\r\n{host}X: {long}\r\n\r\n"), 431),
        (format!("GET {page} HTTP/1.1\r\n\r\n"), 400),
        ("\u{1}\u{2}\r\n\r\n".to_owned(), 400),
        (format!("GET {page}sheet/zh/%00.svg HTTP/1.1\r\n{host}\r\n"), 404),
        (format!("GET {page} HTTP/1.1\r\n{host}\r\n"), 200),
    ] {
        assert_eq!(status(&watched.send(&request)), code, "{request:.80}");
    }
    let head = watched.send(&format!("HEAD {page} HTTP/1.1\r\n{host}\r\n"));
    assert!(status(&head) == 200 && head.ends_with("\r\n\r\n"), "{head}");
    // More who say nothing than there is room for keep nobody out.
    let silent: Vec<TcpStream> = (0..200).map_while(|_| TcpStream::connect(("127.0.0.1", watched.port)).ok()).collect();
    assert_eq!(watched.ask("/page.js").0, 200);
    drop(silent);
    assert_eq!(watched.ask("/page.js").0, 200);
}

#[cfg(target_os = "linux")]
#[test]
fn what_takes_too_much_leaves_the_last_good_pages() {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let yaml = "title: 书\nlanguages: [zh]\ndate: 2026-03-01\nlayout: own\n";
    write_book(
        &dir.path().join("book"),
        &[
            ("manuscript/book.yaml", yaml.as_bytes()),
            ("manuscript/zh/01.md", "# 起\n\n文。\n".as_bytes()),
            ("layouts/own/layout.typ", "文字\n".as_bytes()),
            ("layouts/own/layout.yaml", b"title: own\nstandards: []\n"),
        ],
    );
    let mut watched = Watched::of(dir, &["--memory-limit", "600"]);
    let before = watched.ready();
    let sheet = format!("/sheet/zh/{}.svg", looks(&before)[0]);
    assert_eq!(watched.ask(&sheet).0, 200);
    watched.save("layouts/own/layout.typ", |_| "#let all = range(400000000)\n#all.len()\n".to_owned());
    let state = watched.until("its end", |state| state["status"]["state"] == "broken");
    assert_eq!((looks(&state), &state["editions"][0]["stale"]), (looks(&before), &Value::Bool(true)));
    let finding = &state["findings"][0];
    assert!(finding["check"] == "resource-limit" && finding["message"].to_string().contains("600 MiB"), "{finding}");
    assert!(finding["hints"].to_string().contains("layouts/own/layout.typ"), "{finding}");
    let heard = watched.hear("resource-limit").join("\n");
    assert!(!heard.contains("panicked") && !heard.contains("backtrace"), "{heard}");
    assert_eq!(watched.ask(&sheet).0, 200, "the last good page can be had");
    assert_eq!(watched.ask("/source?edition=zh&page=1&x=100&y=100"), (200, "null".to_owned()));
    // The next change has another worker.
    watched.save("layouts/own/layout.typ", |_| "其他文字\n".to_owned());
    let state = watched.until("new pages", |state| state["status"]["state"] == "ready");
    assert!(looks(&state) != looks(&before) && state["editions"][0]["stale"] == false, "{state}");
    assert!(!state["findings"].to_string().contains("resource-limit"), "{state}");
}

#[cfg(target_os = "linux")]
#[test]
fn a_worker_that_is_killed_is_replaced_and_none_outlives_the_program() {
    let mut watched = Watched::start();
    let before = looks(&watched.ready());
    let first = only_child(watched.child.id());
    kill(first);
    let state = watched.until("its end", |state| state["findings"].to_string().contains("resource-limit"));
    assert_eq!((looks(&state), &state["editions"][0]["stale"]), (before.clone(), &Value::Bool(true)));
    let path = chapter(&watched.book());
    watched.save(&path, |text| text.replace("一段就是几行字", "一段就是几行汉字"));
    watched.until("another page", |state| looks(state) != before && state["status"]["state"] == "ready");
    let second = only_child(watched.child.id());
    assert_ne!(first, second);
    // The program alone, as a system does that has no memory left.
    watched.child.kill().expect("it can be killed");
    watched.child.wait().expect("it ends");
    while is_alive(second) {
        std::thread::yield_now();
    }
}

#[test]
fn a_tick_on_the_page_of_review_signs_off_what_was_shown_and_nothing_else() {
    let mut watched = Watched::start();
    watched.ready();
    watched.hear("checked");
    let page = watched.ask("/review").1;
    let ticked = page.lines().find(|line| line.contains("class=\"tk\" aria-pressed=\"false\"")).expect("a row");
    let attribute = |name: &str| {
        ticked.split(&format!(" data-{name}=\"")).nth(1).and_then(|rest| rest.split('"').next()).map(str::to_owned)
    };
    let unit = attribute("u").expect("an id");
    let stem = page.split("data-stem=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("a chapter");
    let (source, target) = (attribute("s").unwrap_or(unit.clone()), attribute("t").unwrap_or(unit));
    let lang = page.split("\"target\":\"").nth(1).and_then(|rest| rest.split('"').next()).expect("a language");
    let post = |token: &str, target: &str, on: bool| {
        let body = format!(
            "{{\"lang\":\"{lang}\",\"chapter\":\"{stem}\",\"source\":\"{source}\",\"target\":\"{target}\",\"on\":{on}}}"
        );
        let host = format!("Host: 127.0.0.1:{}", watched.port);
        let length = body.len();
        watched.send(&format!("POST /{token}/sign HTTP/1.1\r\n{host}\r\nContent-Length: {length}\r\n\r\n{body}"))
    };
    let record = watched.book().join("manuscript/reviewed.yaml");
    assert_eq!(status(&post("0000", &target, true)), 404);
    assert!(post(&watched.token, "abcdefghij", true).contains("\"done\":false"));
    assert!(!record.exists());
    let answer = post(&watched.token, &target, true);
    assert!(answer.contains("\"done\":true"), "{answer}");
    assert!(fs::read_to_string(&record).expect("the record").contains(&format!("target: {target}")));
    assert!(post(&watched.token, &target, false).contains("\"done\":true"));
    assert!(!fs::read_to_string(&record).expect("the record").contains(&format!("target: {target}")));
}
