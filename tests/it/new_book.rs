//! `dama-pub new` gives a book that builds and checks at once, in every layout.

use crate::command::{dama_pub, said};

#[test]
fn a_new_book_builds_and_checks_without_a_word() {
    for (layout, languages, artifacts) in [
        ("book", "zh,en", 4),
        ("report", "zh,en", 4),
        ("parallel", "zh,en", 6),
        ("book", "en,zh", 4),
        ("parallel", "en,zh", 6),
        ("book", "zh", 2),
        ("report", "en-GB,zh", 4),
    ] {
        let dir = tempfile::tempdir().expect("a temporary folder");
        let made = dama_pub(dir.path(), &["new", "我的 book", "--layout", layout, "--languages", languages]);
        assert!(made.status.success(), "{}", said(&made));
        let book = dir.path().join("我的 book");
        for command in ["build", "check"] {
            let output = dama_pub(&book, &[command]);
            let said = said(&output);
            assert!(output.status.success() && !said.contains("warning["), "{layout} {languages} {command}: {said}");
        }
        let count = std::fs::read_dir(book.join("out")).expect("artifacts").count();
        assert_eq!(count, artifacts, "{layout} {languages}");
    }
}

#[test]
fn nothing_that_is_there_is_written_over() {
    let dir = tempfile::tempdir().expect("a temporary folder");
    std::fs::create_dir(dir.path().join("mine")).expect("a folder");
    std::fs::write(dir.path().join("mine/notes.txt"), "x").expect("a file");
    let output = dama_pub(dir.path(), &["new", "mine"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(said(&output).contains("is not empty"), "{}", said(&output));
    assert_eq!(std::fs::read_dir(dir.path().join("mine")).expect("the folder").count(), 1);
    for (args, why) in
        [(&["new", "a", "--languages", "zh,zh"][..], "twice"), (&["new", "a", "--languages", "Zz!"], "not a language")]
    {
        let output = dama_pub(dir.path(), args);
        assert!(output.status.code() == Some(2) && said(&output).contains(why), "{}", said(&output));
    }
}
