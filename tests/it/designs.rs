//! What layouts offer beside their usual look is set without a finding.

use crate::command::{copy_dir, dama_pub, printed, root, said, write_book};

/// Builds a book of `tests/books` in some editions with another layout.
fn built(book: &str, editions: &str, layout: &str, args: &[&str]) {
    let dir = tempfile::tempdir().expect("a temporary folder");
    copy_dir(&root().join("tests/books").join(book), dir.path());
    let path = dir.path().join("manuscript/book.yaml");
    let config = std::fs::read_to_string(&path).expect("a configuration");
    let own = |line: &&str| !["layout:", "layouts:", "editions:"].iter().any(|key| line.starts_with(key));
    let kept: Vec<&str> = config.lines().filter(own).collect();
    std::fs::write(&path, format!("{}\neditions: [{editions}]\n{layout}\n", kept.join("\n"))).expect("written");
    let output = dama_pub(dir.path(), &[&["build"], args].concat());
    let found = printed(&output).contains("warning[") || said(&output).contains("warning[");
    assert!(output.status.success() && !found, "{book} {layout}: {}{}", printed(&output), said(&output));
}

#[test]
fn a_book_has_covers_initials_and_deep_contents() {
    let options = "{covers: true, initials: true, contents-depth: 3}";
    built("lamplight", "zh, en", &format!("layout: {{name: book, options: {options}}}"), &["--format", "pdf"]);
    built("lamplight", "zh, en", "layout: book\ncover: {}", &["--format", "cover"]);
}

#[test]
fn the_bilingual_edition_has_two_designs_in_both_arrangements_on_small_pages_too() {
    for design in ["bright", "quiet"] {
        for arrangement in ["columns", "pages"] {
            let options = format!("{{design: {design}, arrangement: {arrangement}, trim: 170x240, contents-depth: 2}}");
            let layout = format!("layout: book\nlayouts: {{bilingual: {{name: parallel, options: {options}}}}}");
            built("lamplight", "bilingual", &layout, &["--format", "pdf"]);
        }
    }
    built("lamplight", "bilingual", "layout: book\ncover: {}", &["--format", "cover"]);
}

#[test]
fn headings_on_other_levels_in_the_translation_leave_the_edition_whole() {
    let zh = "---\ntitle: 一\n---\n## 甲\n\n文。\n\n### 乙\n\n文。\n\n### 丙\n\n文。\n\n### 丁\n\n文。\n";
    let en = "---\ntitle: One\n---\n## A\n\nText.\n\n### B\n\nText.\n\n#### C\n\nText.\n\n##### D\n\nText.\n";
    for arrangement in ["columns", "pages"] {
        let dir = tempfile::tempdir().expect("a temporary folder");
        let config = format!(
            "title: 书\nslug: t\nlanguages: [zh, en]\neditions: [bilingual]\ndate: 2026-03-01\nlayout: book\n\
             layouts: {{bilingual: {{name: parallel, options: {{arrangement: {arrangement}}}}}}}\n"
        );
        let files = [("book.yaml", config.as_bytes()), ("zh/a.md", zh.as_bytes()), ("en/a.md", en.as_bytes())];
        write_book(&dir.path().join("manuscript"), &files);
        let output = dama_pub(dir.path(), &["build", "--format", "pdf"]);
        assert!(output.status.success(), "{arrangement}: {}", said(&output));
        assert!(dir.path().join("out/t-bilingual.pdf").is_file(), "{arrangement}");
    }
}
