//! Parts, appendices and numbers of a book in two languages: in bookmarks, on the pages and in the e-book, by every layout.

use std::path::Path;

use crate::command::{dama_pub, said, write_book};
use crate::titles::{bookmark_tree, files_of};

const PARTS: &str = "parts:\n  - contents\n  - figures\n  - {title: {zh: 光, en: Light}, chapters: [a, b]}\n  - end\n  - x\n\
    numbering: {chapters: true, headings: 2, figures: chapter}\n";

fn chapter(lang: &str, title: &str, role: &str) -> String {
    let saying = if lang == "zh" { "何当共剪西窗烛。" } else { "Trim the wick." };
    let (see, caption) = if lang == "zh" { ("见", "灯") } else { ("See ", "A lamp") };
    format!(
        "---\ntitle: {title}\nrole: {role}\n---\n\n:::epigraph\n{saying}\n:::\n\n## {title} 1 {{#one}}\n\n{see}[](b#one), [](x#), [](#fig:l), [](#eq:l).\n\n\
         ### {title} 2\n\n```chart {{#fig:l}}\ntype: bar\ntitle: {caption}\nalt: {caption}\ndata: {{A: 1}}\n```\n\n$$ x $$ {{#eq:l}}\n"
    )
}

/// The book, set by a layout.
fn built(layout: &str) -> tempfile::TempDir {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let book = format!(
        "title: {{zh: 灯火, en: Lamps}}\nslug: t\nlanguages: [zh, en]\neditions: [zh, en, bilingual]\ndate: 2026-03-01\nlayout: {layout}\n{PARTS}"
    );
    let mut files = vec![("book.yaml".to_owned(), book)];
    for (lang, titles) in [
        ("zh", ["目录", "图目录", "取火", "蜡烛", "结语", "灯谱"]),
        ("en", ["Contents", "Figures", "Fire", "Candles", "Conclusion", "Catalogue"]),
    ] {
        let of = |name: &str| format!("{lang}/{name}.md");
        let plain = |title: &str, role: &str| format!("---\ntitle: {title}\nrole: {role}\n---\n");
        files.push((of("contents"), plain(titles[0], "contents")));
        files.push((of("figures"), plain(titles[1], "figures")));
        files.push((of("a"), chapter(lang, titles[2], "chapter")));
        files.push((of("b"), chapter(lang, titles[3], "chapter")));
        files.push((of("end"), format!("{}\n{}.\n", plain(titles[4], "backmatter"), titles[4])));
        files.push((of("x"), chapter(lang, titles[5], "appendix")));
    }
    let files: Vec<_> = files.iter().map(|(path, text)| (path.as_str(), text.as_bytes())).collect();
    write_book(&dir.path().join("manuscript"), &files);
    let output = dama_pub(dir.path(), &["build"]);
    assert!(output.status.success(), "{}", said(&output));
    dir
}

fn has_bookmarks(dir: &Path, edition: &str, wanted: &[(usize, &str)]) {
    let found = bookmark_tree(&dir.join(format!("out/t-{edition}.pdf")));
    let found: Vec<(usize, &str)> = found.iter().map(|(depth, title)| (*depth, title.as_str())).collect();
    let shown: Vec<(usize, &str)> = found.iter().copied().filter(|one| wanted.contains(one)).collect();
    assert_eq!(shown, wanted, "{edition}: {found:?}");
}

#[test]
fn every_layout_gives_bookmarks_their_numbers_and_puts_chapters_below_their_parts() {
    let zh = [
        (0, "目录"),
        (0, "图目录"),
        (0, "第一部分 光"),
        (1, "第一章 取火"),
        (2, "1.1\u{3000}取火 1"),
        (3, "1.1.1\u{3000}取火 2"),
        (1, "第二章 蜡烛"),
        (0, "结语"),
        (0, "附录A 灯谱"),
        (1, "A.1\u{3000}灯谱 1"),
    ];
    let en = [
        (0, "Contents"),
        (0, "Figures"),
        (0, "Part I Light"),
        (1, "Chapter 1 Fire"),
        (2, "1.1\u{2002}Fire 1"),
        (1, "Chapter 2 Candles"),
        (0, "Conclusion"),
        (0, "Appendix A Catalogue"),
    ];
    let both =
        [(0, "图目录"), (0, "第一部分 光"), (1, "第一章 取火"), (1, "第二章 蜡烛"), (0, "结语"), (0, "附录A 灯谱")];
    for layout in ["book", "handbook", "report", "{name: book, options: {parts-on-own-page: false}}"] {
        let dir = built(layout);
        has_bookmarks(dir.path(), "zh", &zh);
        has_bookmarks(dir.path(), "en", &en);
        has_bookmarks(dir.path(), "bilingual", &both);
    }
}

#[test]
fn the_e_book_holds_chapters_in_their_parts_with_their_numbers() {
    let dir = built("book");
    let book = |edition: &str| dir.path().join(format!("out/t-{edition}.epub"));
    let nav = files_of(&book("zh"), "nav.xhtml");
    let nested =
        "<li><a href=\"part-1.xhtml\">第一部分\u{3000}光</a><ol><li><a href=\"ch-a.xhtml\">第一章\u{3000}取火</a><ol>";
    assert!(nav.replace('\n', "").contains(nested), "{nav}");
    for wanted in ["#one\">1.1 取火 1</a>", ">附录A\u{3000}灯谱</a>", "epub:type=\"loi\""] {
        assert!(nav.contains(wanted), "‘{wanted}’ is not in {nav}");
    }
    let part = files_of(&book("bilingual"), "part-1.xhtml");
    for wanted in [
        "role=\"doc-part\"",
        "<span class=\"ordinal\">第一部分</span> 光",
        "<span class=\"ordinal\">Part I</span> Light",
    ] {
        assert!(part.contains(wanted), "‘{wanted}’ is not in {part}");
    }
    let appendix = files_of(&book("en"), "ch-x.xhtml");
    for wanted in [
        "<span class=\"ordinal\">Appendix A</span> Catalogue",
        "<span class=\"number\">A.1</span> Catalogue 1",
        ">section 2.1</a>",
        ">Appendix A</a>",
        ">Figure A.1</a>",
        ">Equation (A.1)</a>",
    ] {
        assert!(appendix.contains(wanted), "‘{wanted}’ is not in {appendix}");
    }
    let list = files_of(&book("bilingual"), "ch-figures.xhtml");
    for wanted in ["图 1-1\u{3000}灯", "Figure A.1. A lamp"] {
        assert!(list.contains(wanted), "‘{wanted}’ is not in {list}");
    }
}
