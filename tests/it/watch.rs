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

/// So many answers may come before the one that is waited for.
const ANSWERS: usize = 60;

/// A watched book.
struct Watched {
    dir: tempfile::TempDir,
    child: Child,
    /// The lines of the terminal.
    said: Receiver<String>,
    port: u16,
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
        let mut child =
            program(dir.path(), &["watch", "book"]).stderr(Stdio::piped()).spawn().expect("dama-pub starts");
        let mut said = BufReader::new(child.stderr.take().expect("it was piped"));
        let mut line = String::new();
        said.read_line(&mut line).expect("it speaks");
        let port = line.split("127.0.0.1:").nth(1).and_then(|rest| rest.split('/').next()?.parse().ok());
        let (lines, heard) = channel();
        std::thread::spawn(move || said.lines().map_while(Result::ok).try_for_each(|line| lines.send(line)));
        Self { dir, child, said: heard, port: port.unwrap_or_else(|| panic!("an address: {line}")), revision: 0 }
    }

    fn book(&self) -> std::path::PathBuf {
        self.dir.path().join("book")
    }

    fn get(&self, path: &str, host: &str) -> (u16, String) {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).expect("the door is open");
        stream.set_read_timeout(Some(Duration::from_secs(120))).expect("a time");
        write!(stream, "GET {path} HTTP/1.0\r\nHost: {host}\r\n\r\n").expect("it listens");
        let mut answer = String::new();
        stream.read_to_string(&mut answer).expect("it answers");
        let (head, body) = answer.split_once("\r\n\r\n").expect("a head and a body");
        (head.split(' ').nth(1).and_then(|code| code.parse().ok()).expect("a status"), body.to_owned())
    }

    fn ask(&self, path: &str) -> (u16, String) {
        self.get(path, &format!("127.0.0.1:{}", self.port))
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
fn only_browsers_of_this_machine_are_answered() {
    let mut watched = Watched::start();
    watched.ready();
    assert_eq!(watched.get("/", "books.example").0, 404);
    let (status, page) = watched.ask("/");
    assert!(status == 200 && page.contains("/page.js"));
    for path in ["/page.js", "/page.css"] {
        assert_eq!(watched.ask(path).0, 200, "{path}");
    }
    assert_eq!(watched.ask("/../manuscript/book.yaml").0, 404);
}
