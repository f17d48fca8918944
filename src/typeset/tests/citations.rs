//! Citations of works that cannot be listed.

use super::*;

/// What is found when the editions of a small book are set in spite of what is wrong in it.
fn found(layout: &str, references: &str) -> Vec<String> {
    let config = format!(
        "title: {{zh: 书, en: Book}}\nlanguages: [zh, en]\ndate: 2026-01-01\neditions: [zh, bilingual]\nlayout: report\n\
         layouts: {{bilingual: parallel, zh: {layout}}}\n"
    );
    let files: Memory = [
        ("manuscript/book.yaml", config.as_str()),
        ("manuscript/references.yaml", references),
        ("manuscript/zh/01.md", "# 章\n\n引文[@nobody]、[@refused]。\n"),
        ("manuscript/en/01.md", "# Chapter\n\nCited [@nobody], [@refused].\n"),
    ]
    .map(|(path, text)| (path.to_owned(), text.as_bytes().to_vec()))
    .into();
    let (mut sources, mut known) = (Sources::default(), Vec::new());
    let (book, layouts) = crate::load(&files, &mut sources).take(&mut known).expect("a book");
    assert!(diagnostic::any_error(&known));
    let mut found = Vec::new();
    for edition in &book.editions {
        let alignments = crate::align::align_for(&book.editions, &book);
        let layout = &layouts[edition];
        let date = BuildDate::midnight(book.meta.date);
        let job = Job { book: &book, edition, layout, files: &files, sources: &sources, date, alignments: &alignments };
        assert!(set_in_spite_of(job, &known).take(&mut found).is_some());
    }
    found.iter().map(|finding| line(&sources, finding)).collect()
}

#[test]
fn works_that_are_unknown_or_refused_break_no_layout() {
    let none: [&str; 0] = [];
    for layout in ["report", "book", "handbook"] {
        for references in ["a: {type: book, title: A}\n", "refused: {type: boook, title: A}\n", "not: [yaml"] {
            assert_eq!(found(layout, references), none, "{layout}: {references}");
        }
        let mixed = "refused: {type: boook}\nnobody: {type: book, title: A}\n";
        assert_eq!(found(layout, mixed), none, "{layout}: one of two");
    }
}
