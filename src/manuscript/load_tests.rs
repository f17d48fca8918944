//! Whole books held in memory.

use super::*;
use crate::manuscript::load_config;
use crate::message::{List, Message};

const SVG: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 1 1\"/>";

const BOOK: &str = "title: T\nlanguages: [zh, en]\ndate: 2025-01-01\nlayout: report\nthemes: [{id: light, title: L}]\n";

/// Loads a book from the given files, on top of `book.yaml`, a picture and the references.
fn load(files: &[(&'static str, &str)]) -> (Option<Book>, Vec<(String, String, String)>) {
    let mut memory = BTreeMap::from([
        ("manuscript/book.yaml", BOOK.as_bytes().to_vec()),
        ("manuscript/images/a.svg", SVG.as_bytes().to_vec()),
        ("manuscript/references.yaml", b"lamp:\n  type: book\n  title: Lamp\n".to_vec()),
        ("manuscript/en/a.md", b"# A\n\nx[@lamp]\n".to_vec()),
    ]);
    memory.extend(files.iter().map(|(path, text)| (*path, text.as_bytes().to_vec())));
    let mut sources = Sources::default();
    let config = load_config(&memory, &mut sources);
    let mut found = config.diagnostics;
    let book = config.value.map(|config| load_book(&memory, &mut sources, config, Some(&[])).take(&mut found));
    let row = |d: &Diagnostic| {
        let under = d.primary.as_ref().map_or("", |l| sources.snippet(l.span));
        (d.check.to_string(), under.to_owned(), Message::list(List::Sentences, &d.hints).to_string())
    };
    (book, found.iter().map(row).collect())
}

#[track_caller]
fn finds(files: &[(&'static str, &str)], check: &str, under: &str, hint: &str) {
    let (_, found) = load(files);
    assert!(found.iter().any(|(c, u, h)| c == check && u == under && h.contains(hint)), "{found:#?}");
}

#[test]
fn a_sound_book_has_no_findings() {
    let text = "---\ntitle: 题\ntheme: light\n---\n见 [@lamp]、[](#fig:x)、[a](#b)。\n\n![图](../images/a.svg \"题\"){#fig:x}\n";
    let (book, found) = load(&[("manuscript/zh/a.md", text), ("manuscript/zh/b.md", "# B\n")]);
    assert_eq!(found, []);
    let book = book.unwrap();
    let zh = book.chapters(&Lang::new("zh").unwrap());
    assert_eq!(zh.iter().map(|c| c.stem.as_str()).collect::<Vec<_>>(), ["a", "b"]);
    assert_eq!(book.bibliography.works.iter().map(crate::model::Work::key).collect::<Vec<_>>(), ["lamp"]);
}

#[test]
fn what_refers_to_nothing_is_reported() {
    for (text, check, under, hint) in [
        ("[@lampp]", "unknown-citation", "lampp", "`lamp`"),
        ("[](#fig:y)\n\n甲 {#fig:x}", "unknown-id", "[](#fig:y)", "`fig:x`"),
        ("甲 {#i}\n\n乙 {#i}", "duplicate-id", "乙 {#i}", "own id"),
        ("[甲](bridge.md)", "unknown-id", "[甲](bridge.md)", "name of its file"),
        ("[甲](/doc/a.md#fig:y)\n\n甲 {#fig:x}", "unknown-id", "[甲](/doc/a.md#fig:y)", "`a#fig:x`"),
        ("![图](../images/b.svg)", "missing-image", "![图](../images/b.svg)", "a.svg"),
        ("![图](../book.yaml)", "missing-image", "![图](../book.yaml)", ""),
        ("![](../images/a.svg)", "missing-alt", "![](../images/a.svg)", "decorative"),
    ] {
        let text = format!("# T\n\n{text}\n");
        finds(&[("manuscript/zh/a.md", &text)], check, under, hint);
    }
    finds(&[("manuscript/zh/a.md", "---\ntitle: T\ntheme: lihgt\n---\n")], "unknown-theme", "lihgt", "`light`");
    finds(&[("manuscript/zh/a.md", "---\ntitle: T\nrole: prefase\n---\n")], "front-matter", "prefase", "`preface`");
    finds(&[("manuscript/zh/a.md", "---\ntitle: \"a\n---\n")], "yaml", "\"", "close it");
    finds(&[("manuscript/references.yaml", "a:\n  type: nonsense\n")], "references-yaml", "nonsense", "the types are");
    let (_, found) = load(&[("manuscript/zh/a.md", "# T\n\n![](../images/a.svg){.decorative}\n")]);
    assert_eq!(found, []);
}

#[test]
fn what_is_wrong_with_the_picture_of_a_chapter_or_of_the_publisher_is_reported() {
    for (keys, check, under, hint) in [
        ("src: ../images/b.svg", "missing-image", "../images/b.svg", "a.svg"),
        ("src: ../images/a.svg, place: hallf", "front-matter", "hallf", "`half`"),
        ("src: ../images/a.svg, focus: 30%", "front-matter", "30%", "30% 60%"),
        ("src: ../images/a.svg, credits: A", "yaml", "credits", "`credit`"),
    ] {
        let text = format!("---\ntitle: T\nimage: {{alt: A, {keys}}}\n---\n");
        finds(&[("manuscript/zh/a.md", &text)], check, under, hint);
    }
    let logo = format!("{BOOK}logo: {{src: images/b.svg}}\n");
    finds(&[("manuscript/book.yaml", &logo)], "missing-image", "images/b.svg", "a.svg");
    let logo = format!("{BOOK}logo: {{src: images/a.svg, alt: {{zh: 印, en: A mark}}}}\n");
    let place = "image: {src: ../images/a.svg, alt: A, place: full, focus: 0 100%, source: S, licence: L}";
    let text = format!("---\ntitle: T\n{place}\n---\n");
    let (book, found) = load(&[("manuscript/book.yaml", &logo), ("manuscript/zh/a.md", &text)]);
    assert_eq!(found, []);
    assert_eq!(book.unwrap().meta.logo.map(|logo| logo.path).as_deref(), Some("manuscript/images/a.svg"));
}

#[test]
fn parts_give_the_order() {
    let book = format!("{BOOK}parts: [b, c, aa]\n");
    let files = [
        ("manuscript/book.yaml", book.as_str()),
        ("manuscript/zh/a.md", "# A\n"),
        ("manuscript/zh/b.md", "# B\n"),
        ("manuscript/zh/c.md", "# C\n"),
    ];
    finds(&files, "missing-part", "aa", "`a`");
    finds(&files, "unlisted-part", "b", "list it");
    let (book, _) = load(&files);
    let zh = book.unwrap().chapters.remove(&Lang::new("zh").unwrap()).unwrap();
    assert_eq!(zh.iter().map(|c| c.stem.as_str()).collect::<Vec<_>>(), ["b", "c"]);
}

#[test]
fn a_chapter_in_another_encoding_is_read_and_refused() {
    let (gbk, _, _) = encoding_rs::GB18030.encode("# 桥\n\n桥建于1920年，见[^1]。\n");
    let files = BTreeMap::from([
        ("manuscript/book.yaml".to_owned(), BOOK.as_bytes().to_vec()),
        ("manuscript/zh/a.md".to_owned(), gbk.into_owned()),
        ("manuscript/en/a.md".to_owned(), b"# A\n\nx\n".to_vec()),
    ]);
    let mut sources = Sources::default();
    let config = load_config(&files, &mut sources).value.expect("a good book.yaml");
    let loaded = load_book(&files, &mut sources, config, Some(&[]));
    let mut found = loaded.diagnostics;
    crate::diagnostic::sort(&mut found);
    let told: Vec<&str> = found.iter().map(|finding| finding.check.as_str()).collect();
    assert_eq!(told, ["not-utf8", "unknown-note"]);
    assert_eq!(found[0].message.to_string(), "this file is not UTF-8: it looks like GBK");
    let zh = Lang::new("zh").expect("a good tag");
    assert_eq!(loaded.value.chapters(&zh)[0].meta.title.value, "桥");
}

#[test]
fn a_chapter_with_a_few_damaged_bytes_is_read_on() {
    let mut text = "# 桥\n\n\u{200b}桥建于一九二零年，\u{1}后来重修，见[^1]。\n".as_bytes().to_vec();
    let at = String::from_utf8_lossy(&text).find("零").expect("it is there");
    text.remove(at + 1);
    let files = BTreeMap::from([
        ("manuscript/book.yaml".to_owned(), BOOK.as_bytes().to_vec()),
        ("manuscript/zh/a.md".to_owned(), text.clone()),
        ("manuscript/en/a.md".to_owned(), b"# A\n\nx\n".to_vec()),
    ]);
    let mut sources = Sources::default();
    let config = load_config(&files, &mut sources).value.expect("a good book.yaml");
    let mut found = load_book(&files, &mut sources, config, Some(&[])).diagnostics;
    crate::diagnostic::sort(&mut found);
    let told: Vec<String> = found
        .iter()
        .map(|finding| {
            let span = finding.primary.as_ref().expect("a place").span;
            format!("{} {} {}", sources.get(span.file).position(span.start), finding.check.as_str(), finding.message)
        })
        .collect();
    assert_eq!(
        told,
        [
            "3:7 not-utf8 the file is damaged: what stands after ‘桥建于一九二’ is not UTF-8",
            "3:10 unseen-character U+0001, a control character, stands here and is left out",
            "3:16 unknown-note the footnote `1` is not defined in this chapter",
        ]
    );
    let file = sources.find("manuscript/zh/a.md").expect("the chapter is there");
    assert!(sources.get(file).text().contains("桥建于一九二\u{fffd}年，后来"));
    assert_eq!(sources.get(file).written(), Some(String::from_utf8_lossy(&text).as_ref()));
}

#[test]
fn bytes_that_are_not_utf8_are_placed() {
    let mut memory = BTreeMap::from([("manuscript/book.yaml", b"title: \xff\n")]);
    let mut sources = Sources::default();
    let found = load_config(&memory, &mut sources).diagnostics;
    assert!(found[0].message.to_string().contains("byte 7"), "{found:?}");
    memory.clear();
    let found = load_config(&memory, &mut Sources::default()).diagnostics;
    assert_eq!(found[0].check, "unreadable-file");
}

/// The books of a writer's afternoon: text is changed, a file comes and goes, `book.yaml` says otherwise what formulas are.
fn afternoon() -> Vec<BTreeMap<String, Vec<u8>>> {
    let file = |path: &str, text: &str| (path.to_owned(), text.as_bytes().to_vec());
    let first = BTreeMap::from([
        file("manuscript/book.yaml", BOOK),
        file("manuscript/zh/a.md", "# 桥\n\n桥有$\\frac{1}{2}$，见[^1]。\n"),
        file("manuscript/zh/c.md", "# 路\n\n路。\n"),
        file("manuscript/en/a.md", "# A\n\nx {#x}\n"),
    ]);
    let mut books = vec![first.clone(), first];
    for (path, text) in [
        ("manuscript/zh/a.md", "# 桥\n\n桥。\n"),
        ("manuscript/zh/b.md", "# 新\n\n新的一章[^2]。\n"),
        ("manuscript/book.yaml", &format!("{BOOK}math: {{notation: typst}}\n")),
        ("manuscript/zh/b.md", ""),
        ("manuscript/en/a.md", "# A\n\n$x^{10}$\n"),
    ] {
        let mut next = books.last().expect("there are some").clone();
        if text.is_empty() {
            next.remove(path)
        } else {
            next.insert(path.to_owned(), text.into())
        };
        books.push(next);
    }
    books
}

#[test]
fn a_book_read_again_is_the_book_read_anew() {
    let mut remembered = Remembered::default();
    for (number, files) in afternoon().iter().enumerate() {
        let read = |remembered: Option<&mut Remembered>| {
            let mut sources = Sources::default();
            let config = load_config(files, &mut sources).value.expect("a good book.yaml");
            let loaded = load_book_again(files, &mut sources, config, Some(&[]), remembered);
            (format!("{:?}", loaded.value.chapters), loaded.diagnostics)
        };
        assert_eq!(read(None), read(Some(&mut remembered)), "state {number}");
    }
}
