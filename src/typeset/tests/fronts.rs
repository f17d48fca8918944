//! The front of a book whose pages are not set.

use super::*;

const PAIRED: &str = r#"
#set document(title: dama.book.title)
#set page(width: 80mm, height: 100mm)
#set text(font: "Noto Serif CJK SC")
= #dama.book.title
#for row in dama.pairs("manuscript/zh/01.md", "manuscript/en/01.md") { panic("the text is set") }
"#;

#[test]
fn the_front_of_a_bilingual_book_is_set_without_its_text() {
    let files: Memory = [
        (
            "manuscript/book.yaml",
            "title: {zh: 灯, en: Lamps}\nlanguages: [zh, en]\neditions: [bilingual]\ndate: 2026-01-01\nlayout: book\nlayouts: {bilingual: own}\n",
        ),
        ("manuscript/zh/01.md", "---\ntitle: 灯\n---\n\n城里有灯。\n"),
        ("manuscript/en/01.md", "---\ntitle: Lamps\n---\n\nThere are lamps.\n"),
        ("layouts/own/layout.yaml", "name: own\neditions: [bilingual]\n"),
        ("layouts/own/layout.typ", PAIRED),
        ("layouts/own/epub.css", ""),
    ]
    .map(|(path, text)| (path.to_owned(), text.as_bytes().to_vec()))
    .into();
    let mut sources = Sources::default();
    let (book, layouts) = crate::load(&files, &mut sources).value.expect("a book");
    let alignments = crate::align::align_for(&book.editions, &book);
    let [edition] = &book.editions[..] else { panic!("one edition") };
    let (layout, date) = (&layouts[edition], BuildDate::midnight(book.meta.date));
    let job = Job { book: &book, edition, layout, files: &files, sources: &sources, date, alignments: &alignments };
    assert!(diagnostic::any_error(&super::super::set(job).diagnostics), "its text cannot be set");
    assert!(front_alone(job, 0, 60, 75).is_some());
}
