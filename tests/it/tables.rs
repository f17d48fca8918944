//! Tables on the pages of layout `book` and in the e-book: joined cells, lists, decimal marks, files, notes.

use std::fs;
use std::path::Path;

use dama_pub::inspect::{MarkKind, inspect};

use crate::command::{dama_pub, said, write_book};
use crate::epub_choices::entries;

/// A chapter with a table in it, built.
fn built(layout: &str, text: &str) -> tempfile::TempDir {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let book = format!("title: 表\nslug: t\nlanguages: [zh]\ndate: 2026-03-01\nlayout: {layout}\n");
    let chapter = format!("---\ntitle: 章\n---\n\n{text}");
    let data = "灯,油,时长\n大灯,菜油,6\n小灯,茶油,4.5\n";
    let files = [("book.yaml", book.as_str()), ("zh/01.md", &chapter), ("data/a.csv", data)];
    write_book(&dir.path().join("manuscript"), &files.map(|(path, text)| (path, text.as_bytes())));
    let output = dama_pub(dir.path(), &["build"]);
    assert!(output.status.success(), "{}", said(&output));
    dir
}

/// The e-book's page of the chapter, without line breaks.
fn page(dir: &Path) -> String {
    let entries = entries(&dir.join("out/t-zh.epub"));
    let (_, page) = entries.iter().find(|(name, _)| name.ends_with("ch-01.xhtml")).expect("the chapter");
    String::from_utf8_lossy(page).replace('\n', "")
}

/// Where the lines of the last page end, from its head to its foot.
fn ends(dir: &Path) -> Vec<f64> {
    let facts = inspect(&fs::read(dir.join("out/t-zh.pdf")).expect("the PDF")).expect("a good PDF");
    let page = facts.pages.last().expect("a page");
    let mut lines: Vec<(f64, f64)> = Vec::new();
    for mark in page.marks.iter().filter(|mark| matches!(mark.kind, MarkKind::Text { .. })) {
        match lines.iter_mut().find(|(bottom, _)| (*bottom - mark.area.bottom).abs() < 1.0) {
            Some((_, right)) => *right = right.max(mark.area.right),
            None => lines.push((mark.area.bottom, mark.area.right)),
        }
    }
    lines.sort_by(|a, b| b.0.total_cmp(&a.0));
    lines.into_iter().map(|(_, right)| right).collect()
}

#[test]
fn cells_are_joined_in_every_layout_and_in_the_e_book() {
    let table =
        "| 灯 | 油 || 说明 |\n| ^^ | 夏 | 冬 | ^^ |\n|---|---|---|---|\n| 大 | 1 | 2 | 同 |\n| 小 | 无 || ^^ |\n";
    for layout in ["book", "handbook", "report"] {
        let dir = built(layout, table);
        let page = page(dir.path());
        for part in [
            "<tr><th rowspan=\"2\" scope=\"col\">灯</th><th class=\"center\" colspan=\"2\" scope=\"col\">油</th><th rowspan=\"2\" scope=\"col\">说明</th></tr>",
            "<tr><th scope=\"col\">夏</th><th scope=\"col\">冬</th></tr></thead>",
            "<td>2</td><td rowspan=\"2\">同</td></tr><tr><td>小</td><td class=\"center\" colspan=\"2\">无</td></tr>",
        ] {
            assert!(page.contains(part), "{part} in {page}");
        }
    }
}

#[test]
fn a_long_table_with_joined_cells_goes_on_over_pages() {
    let rows: String = (0..60).map(|row| if row % 3 == 1 { "| ^^ | 乙 ||\n" } else { "| 甲 | 乙 | 丙 |\n" }).collect();
    for layout in ["book", "handbook", "report"] {
        built(layout, &format!("| 灯 | 油 ||\n| ^^ | 夏 | 冬 |\n|---|---|---|\n{rows}"));
    }
}

#[test]
fn numbers_stand_with_their_decimal_marks_one_below_the_other() {
    let dir = built("book", "| 油 |\n|---|\n| 1.25 |\n| 10.75 |\n| 0.5 |\n| 3 |\n");
    // The number of the chapter, its title and the head of the table stand above.
    let ends = ends(dir.path());
    let [whole, other, shorter, none] = ends[3..7] else { panic!("{ends:?}") };
    assert!((whole - other).abs() < 0.1 && shorter < whole - 1.0 && none < shorter - 1.0, "{ends:?}");
    assert!(page(dir.path()).contains("<td class=\"right decimal\">0.5\u{2007}</td>"));
}

#[test]
fn cells_hold_lists() {
    let dir = built(
        "book",
        "| 事 | 序 |\n|---|---|\n| - 甲<br>- 乙 | 3. 丙<br>4. 丁 |\n| <ul><li>戊</li><li>己</li></ul> | - |\n",
    );
    let page = page(dir.path());
    for part in [
        "<td><ul><li>甲</li><li>乙</li></ul></td><td><ol start=\"3\"><li>丙</li><li>丁</li></ol></td>",
        "<td><ul><li>戊</li><li>己</li></ul></td><td>-</td>",
    ] {
        assert!(page.contains(part), "{part} in {page}");
    }
}

#[test]
fn a_file_gives_cells_and_notes_stand_below() {
    let fence = "```table {src=../data/a.csv columns=\"灯, 时长: 小时\"}\n```";
    let note = "注：三月量的。";
    for (layout, body) in [("book", format!("{note}\n\n题")), ("report", format!("题\n\n{note}"))] {
        let dir = built(layout, &format!(":::figure\n{fence}\n\n{body}\n:::\n"));
        let page = page(dir.path());
        for part in [
            "　题</caption><thead><tr><th scope=\"col\">灯</th><th class=\"right\" scope=\"col\">小时</th></tr></thead>",
            "<tr><td>小灯</td><td class=\"right decimal\">4.5</td></tr></tbody></table><div class=\"table-notes\"><p>注：三月量的。</p></div></figure>",
        ] {
            assert!(page.contains(part), "{part} in {page}");
        }
    }
}
