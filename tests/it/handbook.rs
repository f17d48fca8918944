//! What layout `handbook` sets beside its text: heads of the third level and short asides.

use dama_pub::diagnostic::Severity;
use dama_pub::inspect::inspect;
use typst::layout::{Frame, FrameItem, Point};
use typst_layout::PagedDocument;

use crate::command::{dama_pub, said, write_book};
use crate::layouts::editions_in;

/// Numbers in the script of the text: those in figures are pieces of their own.
const NUMBERS: [char; 9] = ['一', '二', '三', '四', '五', '六', '七', '八', '九'];

/// A text with the page it stands on and where it begins there.
type Piece = (usize, Point, String);

/// The pages of a chapter in Chinese, which may not have an error.
fn set(chapter: &str) -> PagedDocument {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let book = "title: 书\nlanguages: [zh]\ndate: 2026-01-01\nlayout: handbook\n";
    write_book(dir.path(), &[("manuscript/book.yaml", book.as_bytes()), ("manuscript/zh/01.md", chapter.as_bytes())]);
    let mut told = Vec::new();
    let mut made = editions_in(dir.path(), "handbook", &mut told);
    let wrong: Vec<_> = told.iter().filter(|(severity, _)| *severity == Severity::Error).collect();
    assert!(wrong.is_empty(), "{wrong:?}");
    made.remove(0).1
}

fn walk(frame: &Frame, page: usize, corner: Point, found: &mut Vec<Piece>) {
    for (at, item) in frame.items() {
        match item {
            FrameItem::Group(group) => walk(&group.frame, page, corner + *at, found),
            FrameItem::Text(text) => found.push((page, corner + *at, text.text.to_string())),
            _ => {}
        }
    }
}

/// The texts that begin with some words, in their order.
fn beginning(document: &PagedDocument, words: &str) -> Vec<Piece> {
    let mut found = Vec::new();
    for (at, page) in document.pages().iter().enumerate() {
        walk(&page.frame, at + 1, Point::zero(), &mut found);
    }
    found.retain(|(_, _, text)| text.starts_with(words));
    found
}

/// Whether an aside stands at the foot of the page before the text that follows.
fn is_at_foot(aside: &str, page: usize, text: usize) -> bool {
    assert!(page == text || (aside == "旁注" && page + 1 == text), "{aside} on page {page}, its text on page {text}");
    page != text
}

#[test]
fn short_chapters_follow_one_another_on_the_page_and_long_ones_do_not() {
    let pages = |option: &str, length: usize| {
        let dir = tempfile::tempdir().expect("a temporary folder");
        let book = format!(
            "title: 书\nslug: t\nlanguages: [zh]\ndate: 2026-01-01\nlayout: {{name: handbook, options: {{chapters: {option}}}}}\n"
        );
        write_book(dir.path(), &[("manuscript/book.yaml", book.as_bytes())]);
        for number in 1..=5 {
            let text = format!("---\ntitle: 章{number}\n---\n\n{}", "天地玄黄宇宙洪荒。\n\n".repeat(length));
            write_book(dir.path(), &[(&format!("manuscript/zh/{number:02}.md"), text.as_bytes())]);
        }
        let output = dama_pub(dir.path(), &["build", "--format", "pdf"]);
        assert!(output.status.success(), "{}", said(&output));
        let pdf = std::fs::read(dir.path().join("out/t-zh.pdf")).expect("the PDF");
        inspect(&pdf).expect("a good PDF").pages.len()
    };
    let (own, on) = (pages("page", 12), pages("run-on", 12));
    assert!(on < own, "{on} pages for {own}");
    assert_eq!(pages("auto", 12), on, "chapters of half a page");
    assert_eq!(pages("auto", 120), pages("page", 120), "chapters of four pages");
}

#[test]
fn heads_and_short_asides_stand_outside_beside_the_text_that_follows() {
    let part = |n: &char| {
        format!(
            "### 旁题{n}\n\n开头{n}号。{}\n\n:::aside\n旁注{n}号。\n:::\n\n接着{n}号。\n\n",
            "天地玄黄宇宙洪荒。".repeat(90)
        )
    };
    let document = set(&format!("# 章\n\n## 节\n\n文字。\n\n{}", NUMBERS.iter().map(part).collect::<String>()));
    let mut sides = [0, 0];
    for n in NUMBERS {
        for (kind, text) in [("旁题", "开头"), ("旁注", "接着")] {
            let (beside, text) =
                (beginning(&document, &format!("{kind}{n}")), beginning(&document, &format!("{text}{n}")));
            let ([(page, head, _)], [(other, body, _)]) = (&beside[..], &text[..]) else {
                panic!("{beside:?} {text:?}")
            };
            if is_at_foot(kind, *page, *other) {
                continue;
            }
            // Asides have a line above them.
            assert!((head.y - body.y).to_pt().abs() < 12.0, "{n}: {head:?} {body:?}");
            let right = page % 2 == 1;
            assert!(if right { (head.x - body.x).to_pt() > 320.0 } else { head.x < body.x }, "{n}: {head:?} {body:?}");
            sides[usize::from(right)] += 1;
        }
    }
    assert!(sides.iter().all(|count| *count > 0), "left and right pages: {sides:?}");
}

#[test]
fn what_stands_beside_the_text_gives_way_to_its_neighbours() {
    let part = |n: &char| format!("文字。\n\n:::aside\n旁注{n}号。{}\n:::\n\n", "天地玄黄宇宙洪荒。".repeat(3));
    let document = set(&format!("# 章\n\n{}", NUMBERS.iter().map(part).collect::<String>()));
    let notes: Vec<Piece> = NUMBERS.iter().flat_map(|n| beginning(&document, &format!("旁注{n}"))).collect();
    assert_eq!(notes.len(), 9, "{notes:?}");
    for pair in notes.windows(2) {
        let [(page, above, _), (other, below, _)] = pair else { continue };
        assert!(page != other || (below.y - above.y).to_pt() > 40.0, "{pair:?}");
    }
}

#[test]
fn heads_inside_of_something_stand_above_their_text() {
    let document = set("# 章\n\n## 节\n\n文字。\n\n> ### 内题\n>\n> 引文在此。\n");
    let (head, text) = (beginning(&document, "内题"), beginning(&document, "引文"));
    let ([(_, head, _)], [(_, text, _)]) = (&head[..], &text[..]) else { panic!("{head:?} {text:?}") };
    assert!(head.y < text.y && head.x <= text.x, "{head:?} {text:?}");
}
