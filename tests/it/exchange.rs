//! What goes out to translators comes back: `dama-pub translate`, `export`, `import-review`.

use std::fs;
use std::path::Path;

use crate::command::{dama_pub, root, said, write_book};

const CONFIG: &str = "title: {zh: 河, en: River}\nlanguages: [zh, en]\ndate: 2026-03-01\nlayout: report\n";
const ZH: &str = "---\ntitle: 河口\n---\n\n春天来得很晚，河面上的冰[^1]还没有化，见*水文年鉴*。\n\n- 到了四月，236条渔船下水了。\n- 夜里起了风。\n\n| 年 | 水位 |\n|---|---|\n| 2020 | 三米 |\n\n[^1]: 冰厚两尺。\n";
const EN: &str = "---\ntitle: The mouth\n---\n\nSpring came very late, and the ice[^1] on the river had not melted, says the *hydrological yearbook*.\n\n- In April 236 fishing boats went into the water.\n- At night a wind rose.\n\n| Year | Level |\n|---|---|\n| 2020 | three metres |\n\n[^1]: The ice was two feet thick.\n";
const ENGLISH: &str = "manuscript/en/01-mouth.md";
/// Every form that comes back, with its ending.
const FORMS: [(&str, &str); 4] = [("--docx", "docx"), ("--xliff", "xlf"), ("--xliff2", "2.xlf"), ("--po", "po")];

fn book(english: Option<&str>) -> tempfile::TempDir {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let mut files = vec![("manuscript/book.yaml", CONFIG.as_bytes()), ("manuscript/zh/01-mouth.md", ZH.as_bytes())];
    files.extend(english.map(|text| (ENGLISH, text.as_bytes())));
    write_book(dir.path(), &files);
    dir
}

fn run(dir: &Path, args: &[&str]) -> (Option<i32>, String) {
    let output = dama_pub(dir, args);
    (output.status.code(), said(&output))
}

fn read(dir: &Path, path: &str) -> String {
    fs::read_to_string(dir.join(path)).unwrap_or_else(|why| panic!("{path}: {why}"))
}

fn replace(dir: &Path, path: &str, from: &str, to: &str) {
    let text = read(dir, path);
    assert!(text.contains(from), "{path} has {from}: {text}");
    fs::write(dir.join(path), text.replacen(from, to, 1)).expect("the file can be written");
}

#[test]
fn what_comes_back_untouched_changes_no_byte() {
    let dir = book(Some(EN));
    for (form, ending) in FORMS {
        let (code, said) = run(dir.path(), &["export", form, "--out", "out"]);
        assert_eq!(code, Some(0), "{said}");
        let (code, said) = run(dir.path(), &["import-review", &format!("out/river-en.{ending}")]);
        assert_eq!(code, Some(0), "{said}");
        assert!(said.contains("0 units changed; 8 as before"), "{form}: {said}");
        assert_eq!(read(dir.path(), ENGLISH), EN);
    }
}

#[test]
fn every_form_brings_a_changed_word_back() {
    for (form, ending) in [("--xliff", "xlf"), ("--xliff2", "2.xlf"), ("--po", "po")] {
        let dir = book(Some(EN));
        run(dir.path(), &["export", form, "--out", "out"]);
        let file = format!("out/river-en.{ending}");
        replace(dir.path(), &file, "had not melted", "had not yet melted");
        let (code, said) = run(dir.path(), &["import-review", &file, "--dry-run"]);
        assert_eq!((code, read(dir.path(), ENGLISH).as_str()), (Some(0), EN), "{said}");
        let (code, said) = run(dir.path(), &["import-review", &file]);
        assert_eq!(code, Some(0), "{said}");
        assert_eq!(read(dir.path(), ENGLISH), EN.replace("had not melted", "had not yet melted"), "{form}");
    }
}

#[test]
fn a_translation_is_begun_filled_and_signed_off() {
    let dir = book(None);
    let (code, said) = run(dir.path(), &["translate", "--to", "en"]);
    assert_eq!(code, Some(0), "{said}");
    assert!(read(dir.path(), ENGLISH).contains("title: 河口\ndraft: head\n"));
    let (code, said) = run(dir.path(), &["check", "--fail-on", "warning"]);
    assert_eq!(code, Some(0), "{said}");
    assert!(said.contains("drafts left alone"), "{said}");
    run(dir.path(), &["export", "--xliff", "--out", "a.xlf"]);
    for (from, to) in [
        ("<source>河口</source>", "<source>河口</source><target state=\"final\">The mouth</target>"),
        ("<source>夜里起了风。</source>", "<source>夜里起了风。</source><target>At night a wind rose.</target>"),
    ] {
        replace(dir.path(), "a.xlf", from, to);
    }
    let (code, said) = run(dir.path(), &["import-review", "a.xlf", "--accept"]);
    assert_eq!(code, Some(0), "{said}");
    let english = read(dir.path(), ENGLISH);
    assert!(english.starts_with("---\ntitle: The mouth\n---\n"), "{english}");
    assert!(
        english.contains("<!-- dama: draft -->\n- 到了四月，236条渔船下水了。\n- At night a wind rose.\n"),
        "{english}"
    );
    let signed = read(dir.path(), "manuscript/reviewed.yaml");
    assert!(signed.contains("河口") && !signed.contains("夜里"), "{signed}");
    let (_, said) = run(dir.path(), &["export", "--xliff", "--out", "b.xlf"]);
    assert!(said.contains("8 units in 1 chapter; 6 without a translation"), "{said}");
}

#[test]
fn a_changed_source_comes_into_a_translation_that_has_begun() {
    let dir = book(Some(EN));
    run(dir.path(), &["accept", "--all"]);
    replace(dir.path(), "manuscript/zh/01-mouth.md", "236条渔船下水了", "240条渔船下水去捕鱼了");
    replace(dir.path(), "manuscript/zh/01-mouth.md", "| 年 |", "码头上站着许多人，他们在等船回来。\n\n| 年 |");
    let (code, said) = run(dir.path(), &["translate", "--update"]);
    assert_eq!(code, Some(0), "{said}");
    let english = read(dir.path(), ENGLISH);
    let changed =
        "- <!-- dama: draft: 到了四月，240条渔船下水去捕鱼了。 --> In April 236 fishing boats went into the water.\n";
    assert!(english.contains(changed), "{english}");
    let new = "- At night a wind rose.\n\n<!-- dama: draft -->\n码头上站着许多人，他们在等船回来。\n\n| Year |";
    assert!(english.contains(new), "{english}");
    let (code, said) = run(dir.path(), &["translate", "--update"]);
    assert_eq!((code, read(dir.path(), ENGLISH)), (Some(0), english), "{said}");
}

#[test]
fn two_folders_without_a_book_go_out_and_come_back() {
    let dir = tempfile::tempdir().expect("a temporary folder");
    write_book(dir.path(), &[("zh/a.md", ZH.as_bytes()), ("en/a.md", EN.as_bytes())]);
    let (code, said) = run(dir.path(), &["export", "--xliff", "--pair", "zh", "en", "--out", "a.xlf"]);
    assert_eq!(code, Some(0), "{said}");
    replace(dir.path(), "a.xlf", "three metres", "3 m");
    let (code, said) = run(dir.path(), &["import-review", "a.xlf", "--pair", "zh", "en"]);
    assert_eq!(code, Some(0), "{said}");
    assert_eq!(read(dir.path(), "en/a.md"), EN.replace("three metres", "3 m"));
}

#[test]
fn a_command_translates_what_is_not_translated_and_nothing_of_it_is_signed_off() {
    let dir = book(None);
    run(dir.path(), &["translate"]);
    let echo = r#"sed -e 's/"source":"/"target":"X /' -e 's/"source-lang[^}]*//'"#;
    let (code, said) = run(dir.path(), &["export", "--xliff", "--out", "a.xlf", "--pretranslate", echo]);
    let text = read(dir.path(), "a.xlf");
    assert!(code == Some(0) || said.contains("pretranslated"), "{said}");
    assert!(!text.contains("approved=\"yes\""), "{text}");
    let (code, said) = run(dir.path(), &["export", "--xliff", "--out", "b.xlf", "--pretranslate", "exit 3"]);
    assert_eq!(code, Some(1), "{said}");
    assert!(said.contains("`exit 3` failed") && said.contains("8 units without an answer"), "{said}");
}

/// The commands of a guide: lines of `console` blocks behind `$`, without their comments.
fn commands(page: &str) -> Vec<String> {
    let page = fs::read_to_string(root().join(page)).expect("the guide is there");
    let mut inside = false;
    let mut found = Vec::new();
    for line in page.lines() {
        if line.starts_with("```") {
            inside = line == "```console";
        } else if let Some(command) = line.strip_prefix("$ ").filter(|_| inside) {
            found.push(command.split(" #").next().unwrap_or(command).trim().to_owned());
        }
    }
    found
}

/// What a translator does in between, in other programs: before the command of this number.
fn meanwhile(dir: &Path, command: &str) {
    match command {
        "dama-pub import-review day.xlf" => {
            for (from, to) in [
                ("河口", "The mouth"),
                ("夜里起了风。", "At night a wind rose."),
                ("冰厚两尺。", "The ice was two feet thick."),
            ] {
                let source = format!("<source>{from}</source>");
                replace(dir, "day.xlf", &source, &format!("{source}<target>{to}</target>"));
            }
        }
        "dama-pub translate --update" => {
            replace(dir, "manuscript/zh/01-mouth.md", "夜里起了风。", "夜里起了大风，船都没有出去。");
        }
        _ => {}
    }
}

#[test]
fn the_day_of_a_translator_goes_as_the_guide_says() {
    let pages = ["docs/guide/translator.md", "docs/guide/translator.zh.md"].map(commands);
    assert_eq!(pages[0], pages[1], "both languages tell the same day");
    assert!(pages[0].len() > 8, "{:?}", pages[0]);
    let dir = book(None);
    write_book(dir.path(), &[("manuscript/glossary.yaml", "- {zh: 渔船, en: fishing boat}\n".as_bytes())]);
    for command in &pages[0] {
        meanwhile(dir.path(), command);
        let args: Vec<&str> = command.split_whitespace().skip(1).collect();
        let (code, said) = run(dir.path(), &args);
        assert_eq!(code, Some(0), "{command}: {said}");
    }
}
