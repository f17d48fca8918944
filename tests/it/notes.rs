//! Notes in finished books.

use crate::command::{dama_pub, said, write_book};

#[test]
fn every_layout_can_number_notes_page_by_page() {
    let chapter = |title: &str| {
        let text = "一[^a][^b]二[^c]。\n\n:::figure\n\n| 甲 | 乙 |\n|---|---|\n| 1[^d] | 2 |\n\n表题[^e]\n\n:::\n\n";
        let notes = "[^a]: 一。\n[^b]: 二。\n[^c]: 三。\n[^d]: 四。\n[^e]: 五。\n";
        format!("---\ntitle: {title}\n---\n{text}{notes}")
    };
    for (editions, layout) in [
        ("zh", "layout: {name: book, options: {notes: page}}"),
        ("zh", "layout: {name: report, options: {notes: page}}"),
        ("bilingual", "layout: book\nlayouts: {bilingual: {name: parallel, options: {notes: page}}}"),
    ] {
        let dir = tempfile::tempdir().expect("a temporary folder");
        let config =
            format!("title: 注\nslug: p\nlanguages: [zh, en]\neditions: [{editions}]\ndate: 2026-03-01\n{layout}\n");
        let (zh, en) = (chapter("注"), chapter("Notes"));
        let files = [("book.yaml", &config), ("zh/01-a.md", &zh), ("en/01-a.md", &en)];
        let files: Vec<(&str, &[u8])> = files.iter().map(|(path, text)| (*path, text.as_bytes())).collect();
        write_book(&dir.path().join("manuscript"), &files);
        let output = dama_pub(dir.path(), &["build", "--format", "pdf"]);
        assert!(output.status.success(), "{layout}: {}", said(&output));
        assert!(dir.path().join(format!("out/p-{editions}.pdf")).is_file(), "{layout}");
    }
}
