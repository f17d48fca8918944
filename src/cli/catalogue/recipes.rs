//! The books of a catalogue as rules for programs that build: Ninja, Make, GitHub Actions, GitLab CI.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use super::books;
use crate::cli::args::catalogue::{List, ListForm};
use crate::inputs::Digest;

/// The folder of the marks by which Ninja and Make know when a book was built.
const MARKS: &str = ".catalogue";

/// The list in such a form; `None` where it is asked for in another.
pub(super) fn of(args: &List, all: &[PathBuf]) -> Option<String> {
    let names: Vec<String> = all.iter().map(|book| books::name(book, &args.books.root)).collect();
    let shares = || (1..=args.shards).filter(|k| names.iter().any(|name| books::is_of(name, (*k, args.shards))));
    let shares = || shares().map(|k| format!("{k}/{}", args.shards)).collect::<Vec<String>>();
    let program = std::env::current_exe().map_or_else(|_| "dama-pub".to_owned(), |path| path.display().to_string());
    match args.format {
        ListForm::Table | ListForm::Jsonl => None,
        ListForm::Ninja => Some(ninja(&program, all, &names)),
        ListForm::Make => Some(make(&program, all, &names)),
        ListForm::GithubMatrix => {
            let matrix = serde_json::json!({ "shard": shares() });
            Some(format!("{matrix}\n"))
        }
        ListForm::Gitlab => Some(gitlab(&args.books.root, &shares())),
    }
}

/// The name of a book's mark: the book's own where that is plain, else one made of it.
fn mark(name: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_./".contains(c);
    match name.chars().all(plain) && name != "." {
        true => format!("{MARKS}/{}", name.trim_matches('/').replace('/', "__")),
        false => format!("{MARKS}/{}", &Digest::of(name.as_bytes()).hex()[..16]),
    }
}

/// A word of a shell.
fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "'\\''"))
}

fn command(program: &str, book: &Path, mark: &str) -> String {
    let (program, book) = (quoted(program), quoted(&book.to_string_lossy()));
    format!("{program} build {book} --quiet --depfile {mark}.d && touch {mark}").replace('$', "$$")
}

fn ninja(program: &str, all: &[PathBuf], names: &[String]) -> String {
    let path = |text: &str| text.replace('$', "$$").replace(' ', "$ ").replace(':', "$:");
    let mut out = format!(
        "# Made by `dama-pub catalogue --format ninja`; make it anew when a book comes or goes.\n\
         # `ninja -k 0` goes on after a book that fails. DAMA_PUB_CACHE names a cache.\n\
         ninja_required_version = 1.10\nbuilddir = {MARKS}\n\n\
         rule book\n  command = $do\n  depfile = $out.d\n  deps = gcc\n  description = $name\n"
    );
    for (book, name) in all.iter().zip(names) {
        let mark = mark(name);
        let (run, config) = (command(program, book, &mark), book.join(crate::project::BOOK_FILE));
        let (config, program, name) = (path(&config.to_string_lossy()), path(program), name.replace('$', "$$"));
        let _ = write!(out, "\nbuild {mark}: book {config} | {program}\n  do = {run}\n  name = {name}\n");
    }
    out
}

fn make(program: &str, all: &[PathBuf], names: &[String]) -> String {
    let path = |text: &str| text.replace('$', "$$").replace(' ', "\\ ").replace('#', "\\#");
    let marks: Vec<String> = names.iter().map(|name| mark(name)).collect();
    let mut out = String::from(
        "# Made by `dama-pub catalogue --format make`; make it anew when a book comes or goes.\n\
         # `make -k` goes on after a book that fails, `make -j 8` works on eight. DAMA_PUB_CACHE names a cache.\n\
         .PHONY: catalogue\n",
    );
    let _ = writeln!(out, "catalogue: {}", marks.join(" "));
    for (book, mark) in all.iter().zip(&marks) {
        let (run, config) = (command(program, book, mark), book.join(crate::project::BOOK_FILE));
        let (config, program) = (path(&config.to_string_lossy()), path(program));
        let _ = write!(out, "\n{mark}: {config} {program}\n\t@mkdir -p {MARKS}\n\t{run}\n");
    }
    let _ = writeln!(out, "\n-include {}", marks.iter().map(|mark| format!("{mark}.d")).collect::<Vec<_>>().join(" "));
    out
}

fn gitlab(root: &Path, shares: &[String]) -> String {
    let list = serde_json::json!(shares);
    let root = quoted(&root.to_string_lossy());
    format!(
        "# Made by `dama-pub catalogue --format gitlab`.\nbooks:\n  stage: build\n  parallel:\n    matrix:\n      - SHARD: {list}\n  \
         retry:\n    max: 2\n    when: [runner_system_failure, stuck_or_timeout_failure]\n  cache:\n    key: dama-pub-$SHARD\n    \
         paths: [.dama-pub-cache]\n  script:\n    - dama-pub catalogue build {root} --shard \"$SHARD\" --keep-going --cache \
         .dama-pub-cache --message-format jsonl\n  artifacts:\n    when: always\n    paths: [\"**/out/*\"]\n"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_build_programs_cannot_read_have_marks_of_their_own() {
        assert_eq!(mark("series/one"), ".catalogue/series__one");
        let odd = ["书", "a b", "$x", "."].map(mark);
        assert!(odd.iter().all(|mark| mark.len() == MARKS.len() + 17 && mark.is_ascii()), "{odd:?}");
    }

    #[test]
    fn rules_quote_for_the_shell_and_for_the_program() {
        let (all, names) = ([PathBuf::from("it's $5")], ["it's $5".to_owned()]);
        let text = ninja("/bin/dama-pub", &all, &names);
        assert!(text.contains(r"build 'it'\''s $$5' --quiet"), "{text}");
        assert!(text.contains("book it's$ $$5/manuscript/book.yaml | /bin/dama-pub"), "{text}");
        assert!(make("/bin/dama-pub", &all, &names).contains(r"it's\ $$5/manuscript/book.yaml"));
    }
}
