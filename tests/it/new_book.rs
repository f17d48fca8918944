//! `dama-pub new` gives a book that builds and checks at once, in every layout.

use crate::command::{dama_pub, names_in, printed, said};

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
        ("handbook", "zh,en", 4),
        ("handbook", "en,zh", 4),
    ] {
        let dir = tempfile::tempdir().expect("a temporary folder");
        let made = dama_pub(dir.path(), &["new", "我的 book", "--layout", layout, "--languages", languages]);
        assert!(made.status.success(), "{}", said(&made));
        let book = dir.path().join("我的 book");
        for command in ["build", "check"] {
            let output = dama_pub(&book, &[command]);
            let said = said(&output);
            let found = printed(&output).contains("warning[") || said.contains("warning[");
            assert!(output.status.success() && !found, "{layout} {languages} {command}: {said}");
        }
        let count = names_in(&book.join("out")).len();
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

#[test]
fn a_book_can_be_begun_where_one_stands() {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let here = dir.path().join("河灯");
    std::fs::create_dir_all(here.join(".git")).expect("a folder");
    std::fs::write(here.join(".gitignore"), "mine\n").expect("a file");
    let made = dama_pub(&here, &["new", ".", "--lang", "zh"]);
    assert!(made.status.success(), "{}", said(&made));
    let text = |path: &str| std::fs::read_to_string(here.join(path)).expect("a file");
    let config = text("manuscript/book.yaml");
    assert!(config.contains("title: {zh: \"河灯\"}") && config.contains("languages: [zh]"), "{config}");
    assert_eq!(text(".gitignore"), "mine\n", "what is there stays");
    let output = dama_pub(&here, &["check"]);
    assert!(output.status.success() && output.stdout.is_empty(), "{}", said(&output));
}

#[test]
fn editors_find_the_schemas_of_a_new_book() {
    let dir = tempfile::tempdir().expect("a temporary folder");
    dama_pub(dir.path(), &["new", "a"]);
    for name in ["book", "glossary"] {
        let text = |path: String| std::fs::read_to_string(dir.path().join("a/manuscript").join(path)).expect("a file");
        let yaml = text(format!("{name}.yaml"));
        let place = yaml.lines().next().and_then(|line| line.strip_prefix("# yaml-language-server: $schema="));
        let schema = text(place.expect("the first line names the schema").to_owned());
        let printed = dama_pub(dir.path(), &["schema", name]);
        assert_eq!(schema.as_bytes(), printed.stdout, "{name}");
    }
    assert!(std::fs::read_to_string(dir.path().join("a/.gitignore")).expect("a file").contains("/out/"));
}

#[test]
fn a_kind_stands_before_the_folder_or_is_both() {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let text = |path: &str| std::fs::read_to_string(dir.path().join(path)).unwrap_or_default();
    for (args, folder, layout) in [
        (&["new", "report", "annual"][..], "annual", "layout: report"),
        (&["new", "bilingual", "both"], "both", "editions: [zh, en, bilingual]"),
        (&["new", "handbook"], "handbook", "name: handbook"),
        (&["new", "lamps", "--layout", "report"], "lamps", "layout: report"),
    ] {
        let made = dama_pub(dir.path(), args);
        assert!(made.status.success(), "{}", said(&made));
        let config = text(&format!("{folder}/manuscript/book.yaml"));
        assert!(config.contains(layout), "{args:?}: {config}");
        assert!(text(&format!("{folder}/README.md")).starts_with(&format!("# {folder}\n")));
    }
    let wrong = dama_pub(dir.path(), &["new", "novel", "x"]);
    assert_eq!(wrong.status.code(), Some(2));
    assert!(said(&wrong).contains("`novel` is no kind of book: write `book`"), "{}", said(&wrong));
    assert!(dama_pub(dir.path(), &["new", "book", "河", "--lang", "zh", "--ci", "github"]).status.success());
    assert!(text("河/manuscript/book.yaml").contains("# 出版日期") && text("河/README.md").contains("做什么"));
    assert!(text("河/.github/workflows/book.yml").contains("dama-pub check --format github"));
}

#[test]
fn what_is_ejected_builds_the_same_bytes() {
    let dir = tempfile::tempdir().expect("a temporary folder");
    assert!(dama_pub(dir.path(), &["new", "book", "lamps"]).status.success());
    let book = dir.path().join("lamps");
    let pdf = || {
        let output = dama_pub(&book, &["build", "--format", "pdf", "--edition", "en"]);
        assert!(output.status.success(), "{}", said(&output));
        std::fs::read(book.join("out/lamps-en.pdf")).expect("it was made")
    };
    let before = pdf();
    for name in ["book", "kit"] {
        let output = dama_pub(&book, &["layout", "eject", name]);
        assert!(output.status.success(), "{}", said(&output));
    }
    assert!(book.join("layouts/book/layout.typ").is_file() && book.join("layouts/dama.typ").is_file());
    assert!(before == pdf(), "the pages have changed");
    // A file that takes the module from the stub has the true one.
    let path = book.join("layouts/book/layout.typ");
    let text = std::fs::read_to_string(&path).expect("a file");
    std::fs::write(&path, format!("#import \"/layouts/dama.typ\": dama\n{text}")).expect("a file");
    assert!(before == pdf(), "the stub is not the module");
    let again = dama_pub(&book, &["layout", "eject", "book"]);
    assert_eq!(again.status.code(), Some(1), "nothing is written over");
    let wrong = dama_pub(&book, &["layout", "show", "bok"]);
    assert!(wrong.status.code() == Some(2) && said(&wrong).contains("did you mean `book`?"), "{}", said(&wrong));
    assert!(printed(&dama_pub(&book, &["layout", "list"])).contains("in place of the built-in one"));
    assert!(printed(&dama_pub(&book, &["layout", "show", "report"])).contains("Options"));
}
