//! Formulas in TeX as technical books write them: every one is set, on pages and in the e-book.

use std::fs;
use std::path::Path;

use crate::command::{dama_pub, said};
use crate::epub_choices::entries;

#[test]
fn every_formula_of_the_table_is_set() {
    let table = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/formulas/tex.txt");
    let table = fs::read_to_string(table).expect("the table is there");
    let formulas: Vec<&str> =
        table.lines().filter(|line| !line.is_empty() && !line.starts_with("## ") && !line.starts_with("# ")).collect();
    assert!(formulas.len() >= 300, "{} formulas", formulas.len());
    let dir = tempfile::tempdir().expect("a temporary folder");
    let folder = dir.path().join("manuscript/en");
    fs::create_dir_all(&folder).expect("a folder can be made");
    let book = "title: Formulas\nlanguages: [en]\ndate: 2026-01-01\nlayout: report\nmath: tex\n";
    fs::write(dir.path().join("manuscript/book.yaml"), book).expect("a file can be written");
    // A formula in a line ends at the next dollar sign.
    let ends_early = |formula: &str| formula.replace("\\$", "").contains('$');
    let in_line: Vec<&str> = formulas.iter().copied().filter(|formula| !ends_early(formula)).collect();
    let displayed = formulas.iter().map(|formula| format!("$$ {formula} $$\n\n"));
    let chapter: String =
        displayed.chain(in_line.iter().map(|formula| format!("In a line: ${formula}$.\n\n"))).collect();
    fs::write(folder.join("01-formulas.md"), format!("# Formulas\n\n{chapter}")).expect("a file can be written");
    let output = dama_pub(dir.path(), &["build"]);
    let said = said(&output);
    assert_eq!(output.status.code(), Some(0), "{said}");
    assert!(!said.contains("error["), "{said}");
    let entries = entries(&dir.path().join("out/formulas-en.epub"));
    let set: usize = entries.values().map(|file| String::from_utf8_lossy(file).matches("<math ").count()).sum();
    assert_eq!(set, formulas.len() + in_line.len());
}
