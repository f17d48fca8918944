//! `dama-pub check` on a book without a translation.

use crate::command::{dama_pub, printed, write_book};

#[test]
fn a_book_of_one_language_is_checked_for_its_own_slips() {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let config = "title: T\nlanguages: [zh]\ndate: 2026-01-01\nlayout: report\n";
    let chapter = "---\ntitle: 模型\n---\n\n模型越大,需要的算力越多。\n\n這個問題還沒有答案。\n";
    write_book(dir.path(), &[("manuscript/book.yaml", config.as_bytes()), ("manuscript/zh/a.md", chapter.as_bytes())]);
    let output = dama_pub(dir.path(), &["check"]);
    let said = printed(&output);
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(said.contains("warning[half-width-punctuation]") && said.contains("a.md:5:5"), "{said}");
    assert!(said.contains("error[wrong-script]") && said.contains("a.md:7:1"), "{said}");
    assert_eq!(said.matches("-->").count(), 2, "{said}");
}
