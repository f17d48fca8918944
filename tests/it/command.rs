//! Runs the program as a user would.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

/// The checkout.
pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Runs `dama-pub` in a folder, with nothing in the environment that could change what it says or writes.
pub(crate) fn dama_pub(dir: &Path, args: &[&str]) -> Output {
    program(dir, args).output().expect("dama-pub starts")
}

/// The same, not started yet.
pub(crate) fn program(dir: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_dama-pub"));
    command.args(args).args(["--color", "never"]).current_dir(dir);
    command.env_remove("SOURCE_DATE_EPOCH").env_remove("CLICOLOR_FORCE").env_remove("LANGUAGE").env("LC_ALL", "C");
    command
}

/// The one process that another one has started.
#[cfg(target_os = "linux")]
pub(crate) fn only_child(of: u32) -> u32 {
    let path = format!("/proc/{of}/task/{of}/children");
    let children = fs::read_to_string(path).expect("Linux tells the children of a thread");
    children.trim().parse().unwrap_or_else(|_| panic!("one child: {children:?}"))
}

/// Kills a process that a test has caused to be started.
#[cfg(target_os = "linux")]
pub(crate) fn kill(process: u32) {
    assert!(Command::new("kill").args(["-9", &process.to_string()]).status().expect("there is `kill`").success());
}

/// Whether a process still does something.
#[cfg(target_os = "linux")]
#[cfg(feature = "pages")]
pub(crate) fn is_alive(process: u32) -> bool {
    // Behind the name: a zombie does nothing.
    let about = fs::read_to_string(format!("/proc/{process}/stat"));
    about.is_ok_and(|about| about.rsplit(") ").next().is_some_and(|rest| !rest.starts_with('Z')))
}

/// What was said on stderr.
pub(crate) fn said(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).expect("messages are UTF-8")
}

/// What was printed on stdout: the result of the run.
pub(crate) fn printed(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).expect("results are UTF-8")
}

/// The names in a folder, in order, without hidden ones: what a run leaves for the next is none of its artifacts.
#[cfg(feature = "pages")]
pub(crate) fn names_in(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).into_iter().flatten().map(|entry| entry.expect("an entry"));
    let names = entries.map(|entry| entry.file_name().to_string_lossy().into_owned());
    let mut names: Vec<String> = names.filter(|name| !name.starts_with('.')).collect();
    names.sort();
    names
}

/// Copies a folder and everything in it.
pub(crate) fn copy_dir(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder can be made");
    for entry in fs::read_dir(from).expect("the folder is there").map(|e| e.expect("an entry")) {
        let target = to.join(entry.file_name());
        if entry.file_type().expect("a kind").is_dir() {
            copy_dir(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).expect("the file can be copied");
        }
    }
}

/// Writes files of a small book: path and text, below a folder.
pub(crate) fn write_book(root: &Path, files: &[(&str, &[u8])]) {
    for (path, bytes) in files {
        let path = root.join(path);
        fs::create_dir_all(path.parent().expect("a file lies in a folder")).expect("a folder can be made");
        fs::write(path, bytes).expect("the file can be written");
    }
}

/// Whether references are to be written anew: `UPDATE_REF` is set, and not to nothing.
pub(crate) fn writes_references() -> bool {
    std::env::var_os("UPDATE_REF").is_some_and(|value| !value.is_empty())
}

/// Compares what came out with what a file of `tests/ref` says, or writes that file where `UPDATE_REF` is set.
pub(crate) fn golden(name: &str, got: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/ref").join(name);
    if writes_references() {
        fs::write(&path, got).expect("the reference can be written");
    }
    let wanted = fs::read_to_string(&path).unwrap_or_default();
    assert!(wanted == got, "{name} says otherwise (if rightly so: UPDATE_REF=1):\n{got}");
}
