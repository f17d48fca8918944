use super::*;
use crate::align;
use crate::manuscript::load_pair;
use crate::model::{Lang, Record, Reviewed};

/// A page of two texts, of which some were signed off when they said something else.
fn page_of(zh: &str, en: &str, signed: Option<(&str, &str)>, live: bool) -> String {
    page_and_findings(zh, en, signed, live).0
}

/// The same, and how many findings there are.
fn page_and_findings(zh: &str, en: &str, signed: Option<(&str, &str)>, live: bool) -> (String, usize) {
    let langs = || ["zh", "en"].map(|tag| Lang::new(tag).expect("a good tag"));
    let load = |sources: &mut Sources, zh: &str, en: &str| {
        let files = [("manuscript/zh/a.md", zh), ("manuscript/en/a.md", en)];
        let files = files.map(|(name, text)| (name.to_owned(), format!("---\ntitle: T\n---\n{text}")));
        load_pair(sources, files, langs(), None).value
    };
    let mut sources = Sources::default();
    let mut book = load(&mut sources, zh, en);
    if let Some((zh, en)) = signed {
        book.reviewed = record(&load(&mut Sources::default(), zh, en));
    }
    let alignments = align::align_book(&book);
    let findings = crate::checks::run(&book, &alignments, &sources).open;
    let review = Review {
        book: &book,
        sources: &sources,
        alignment: &alignments[0],
        findings: &findings,
        locale: Locale::English,
        live,
    };
    (page(&review, |_| true), findings.len())
}

fn record(book: &Book) -> Reviewed {
    let mut all = Reviewed::default();
    for alignment in align::align_book(book) {
        for chapter in &alignment.chapters {
            let stem = chapter.source.map_or("", |chapter| chapter.stem.as_str());
            let records: Vec<Record> = crate::checks::freshness::sign_off(chapter).records;
            all.replace(&alignment.target, stem, records);
        }
    }
    all
}

/// The row in which some words stand.
fn row<'p>(page: &'p str, words: &str) -> &'p str {
    let is_row = |line: &&str| line.contains("<div class=\"r ") && line.contains(words);
    page.lines().find(is_row).unwrap_or_else(|| panic!("{words}: {page}"))
}

#[test]
fn nothing_of_the_manuscript_becomes_markup() {
    let hostile = "</script><script>alert(1)</script> <img src=x onerror=alert(2)> \" ' & \u{202e}";
    let text = format!("`{hostile}` *x* [a](https://example.org/\"onclick=\"alert(3))\n");
    let page = page_of(&text, &text, None, true);
    assert_eq!(page.matches("<script").count(), 2, "the data and the script of the page");
    assert!(!page.contains("<img") && !page.contains("onerror=alert(2)>") && !page.contains('\u{202e}'), "{page}");
    assert!(page.contains("&lt;script&gt;alert(1)"), "{page}");
    // The text of the book's title is data within the page.
    assert!(!page.split_once("id=\"data\">").unwrap().1.split("</script>").next().unwrap().contains('<'));
}

#[test]
fn the_words_of_both_sides_are_marked_and_the_finding_stands_at_its_row() {
    let page = page_of("共有12章。\n", "There are 13 chapters.\n", None, false);
    let row = row(&page, "12");
    assert!(row.contains("<mark class=\"e\" data-f=\"0\">12</mark>"), "{row}");
    assert!(row.contains("<mark class=\"e\" data-f=\"0\">13</mark>"), "{row}");
    assert!(row.contains("id=\"c0f0\" data-k=\"number\""), "{row}");
}

#[test]
fn each_state_has_its_row() {
    let zh = "会议每月举行一次，由主编主持。\n\n记录当天送到各组。\n\n这一段没有人翻译，它说的是河上的冰和山里的雪。\n";
    let en = "The meeting takes place once a week; the editor in chief presides.\n\nThe minutes reach all groups the same day.\n";
    let before = (zh.replace("每月", "每周"), en.to_owned());
    let page = page_of(zh, en, Some((&before.0, &before.1)), false);
    let stale = row(&page, "The meeting");
    assert!(stale.contains("class=\"r stale\""), "{stale}");
    assert!(stale.contains("<del>每周</del><ins>每月</ins>"), "{stale}");
    assert!(row(&page, "The minutes").contains("class=\"r signed\""), "{page}");
    assert!(row(&page, "河上的冰").contains("class=\"r missing\""), "{page}");
}

#[test]
fn ids_of_rows_are_fingerprints_and_told_apart() {
    let page = page_of("同一句话。\n\n同一句话。\n", "The same words.\n\nThe same words.\n", None, false);
    let ids: Vec<&str> = page.split("data-u=\"").skip(1).map(|rest| rest.split('"').next().unwrap()).collect();
    let own: Vec<&&str> = ids.iter().filter(|id| id.len() >= 10).collect();
    assert!(ids.iter().any(|id| ids.contains(&format!("{id}.2").as_str())), "{ids:?}");
    assert_eq!(own.len(), ids.len());
}

#[test]
fn only_a_page_with_a_server_can_sign_off_and_ask_for_more() {
    for (live, expected) in [(true, true), (false, false)] {
        let page = page_of("一句话。\n", "One sentence.\n", None, live);
        assert_eq!(page.contains("class=\"tk\""), expected);
        assert_eq!(page.contains("connect-src 'self'"), expected);
        assert!(page.contains("default-src 'none'") && !page.contains("unsafe-inline"));
    }
}

#[test]
fn every_finding_is_shown_wherever_it_stands() {
    let zh = "一。\n\n![图](a.png)\n\n---\n\n共有12章。\n\n```rust\nfn a() {}\n```\n";
    let en = "One.\n\n![](b.png)\n\nThere are 13 chapters.\n\n```rust\nfn b() {}\n```\n";
    let (page, findings) = page_and_findings(zh, en, None, false);
    assert!(findings > 2, "{findings}");
    assert_eq!(page.matches("<li class=\"f ").count(), findings);
}
