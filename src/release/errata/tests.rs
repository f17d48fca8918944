use super::*;

fn place(kind: &str, text: &str) -> Place {
    Place { kind: kind.to_owned(), text: text.to_owned(), ..Place::default() }
}

fn book(chapters: &[(&str, &[&str])]) -> Wording {
    let chapters = chapters.iter().map(|(name, texts)| ChapterText {
        name: (*name).to_owned(),
        title: format!("Title of {name}"),
        places: texts.iter().map(|text| place("paragraph", text)).collect(),
    });
    let language = LanguageText { language: "en".to_owned(), chapters: chapters.collect() };
    Wording { version: "1".to_owned(), languages: vec![language] }
}

/// The changes, a line each.
fn told(old: &[(&str, &[&str])], new: &[(&str, &[&str])]) -> Vec<String> {
    lines(&book(old), &book(new))
}

fn lines(old: &Wording, new: &Wording) -> Vec<String> {
    let errata = compare(old, new);
    let mut lines = Vec::new();
    for chapter in &errata.chapters {
        for (_, change) in chapter.sections.iter().flat_map(|section| &section.changes) {
            let said = match change {
                Change::Added(text) => format!("+ {text}"),
                Change::Removed(text) => format!("- {text}"),
                Change::Moved(text) => format!("> {text}"),
                Change::Redrawn(name) => format!("* {name}"),
                Change::Reworded { parts } => parts
                    .iter()
                    .map(|part| match part {
                        Part::Kept(text) => text.clone(),
                        Part::Removed(text) => format!("[-{text}-]"),
                        Part::Added(text) => format!("{{+{text}+}}"),
                    })
                    .collect(),
            };
            lines.push(format!("{}: {said}", chapter.name));
        }
    }
    lines
}

#[test]
fn every_kind_of_change_is_told_once_and_nothing_else() {
    let old: &[(&str, &[&str])] = &[
        ("01", &["The lamp is lit.", "Twelve lamps, and no more.", "It is dark in the street.", "An old word goes."]),
        ("02", &["Nothing happens here.", "This goes to the first chapter, whole."]),
        ("03", &["A chapter that goes."]),
    ];
    let new: &[(&str, &[&str])] = &[
        (
            "01",
            &[
                "The lamp is out.",
                "Twelve lamps and no more.",
                "It is dark in the street.",
                "This goes to the first chapter, whole.",
            ],
        ),
        ("02", &["Nothing happens here.", "Something quite new, of which nobody had heard."]),
    ];
    let expected = [
        "01: The lamp is [-lit-]{+out+}.",
        "01: Twelve lamps[-,-] and no more.",
        "01: - An old word goes.",
        "01: > This goes to the first chapter, whole.",
        "02: + Something quite new, of which nobody had heard.",
        "03: - A chapter that goes.",
    ];
    let mut told = told(old, new);
    told.sort();
    let mut expected = expected.map(str::to_owned).to_vec();
    expected.sort();
    assert_eq!(told, expected);
    assert_eq!(super::compare(&book(old), &book(old)), Errata::default());
}

#[test]
fn a_chapter_whose_file_was_renamed_is_the_same() {
    let (mut old, mut new) = (book(&[("01", &["One.", "Two."])]), book(&[("01-new", &["One.", "Two!"])]));
    for book in [&mut old, &mut new] {
        book.languages[0].chapters[0].title = "Same".to_owned();
    }
    assert_eq!(compare(&old, &new).count(), 1);
}

#[test]
fn words_are_told_apart_down_to_marks_spaces_and_widths() {
    let line = |old: &str, new: &str| told(&[("1", &[old])], &[("1", &[new])]).concat();
    for (old, new, shown) in [
        ("共770万篇，其中", "共880万篇，其中", "1: 共[-770-]{+880+}万篇，其中"),
        ("他说的是,不是", "他说的是，不是", "1: 他说的是[-,-]{+，+}不是"),
        ("a  b c d", "a b c d", "1: a [- -]b c d"),
        ("飞快的跑过街道", "飞快地跑过街道", "1: 飞快[-的-]{+地+}跑过街道"),
        ("12.5 kg of oil", "12.6 kg of oil", "1: 12.[-5-]{+6+} kg of oil"),
    ] {
        assert_eq!(line(old, new), shown);
    }
}

#[test]
fn the_pages_say_what_changed_and_no_text_is_markup() {
    let errata = compare(&book(&[("1", &["A <b> *lamp* is lit."])]), &book(&[("1", &["A <b> *lamp* is out."])]));
    let titles = vec![("en".to_owned(), "Lamps & Co".to_owned())];
    let heading = Heading { titles, old: "1.0", new: "1.1", date: "2026-01-01" };
    let page = html(&errata, &heading);
    assert!(page.contains("A &lt;b&gt; *lamp* is <del>lit</del><ins>out</ins>."), "{page}");
    assert!(page.contains("Lamps &amp; Co") && page.contains("1.0 → 1.1"), "{page}");
    let text = markdown(&errata, &heading);
    assert!(text.contains("A \\<b\\> \\*lamp\\* is ~~lit~~**out**."), "{text}");
}

/// A chapter of paragraphs that show pictures: text, name, bytes.
fn gallery(pictures: &[(&str, &str, &str)]) -> Wording {
    let mut book = book(&[("1", &["A text without a picture."])]);
    let places = pictures.iter().map(|(text, name, bytes)| Place {
        pictures: [((*name).to_owned(), (*bytes).to_owned())].into(),
        ..place("paragraph", &format!("{text} ({name})"))
    });
    book.languages[0].chapters[0].places.extend(places);
    book
}

#[test]
fn a_picture_is_known_by_its_bytes_and_not_by_its_name() {
    let old = gallery(&[("A lamp", "lamp.png", "1"), ("A street", "street.png", "2"), ("A moon", "moon.png", "3")]);
    for (new, expected) in [
        (
            gallery(&[("A lamp", "lamp.png", "9"), ("A street", "street.png", "2"), ("A moon", "moon.png", "3")]),
            vec!["1: * lamp.png"],
        ),
        (
            gallery(&[("A lamp", "light.png", "1"), ("A street", "street.png", "2"), ("A moon", "moon.png", "3")]),
            vec![],
        ),
        (gallery(&[("A lamp", "lamp.png", "1"), ("A moon", "moon.png", "3")]), vec!["1: - A street (street.png)"]),
        (
            gallery(&[
                ("A lamp", "lamp.png", "9"),
                ("A street", "street.png", "2"),
                ("A moon", "moon.png", "3"),
                ("The same lamp once more", "lamp.png", "9"),
            ]),
            vec!["1: + The same lamp once more (lamp.png)", "1: * lamp.png"],
        ),
    ] {
        assert_eq!(lines(&old, &new), expected);
    }
    let mut without = old.clone();
    without.languages[0].chapters[0].places.iter_mut().for_each(|place| place.pictures.clear());
    assert_eq!(lines(&without, &old), [""; 0], "an earlier release knew no bytes");
}

#[test]
fn a_drawing_is_the_same_whatever_ends_its_lines() {
    assert_eq!(picture(b"<svg>\r\n</svg>"), picture(b"<svg>\n</svg>"));
    assert!(picture(b"\xff\r\n") != picture(b"\xff\n"));
}

#[test]
fn cells_that_come_or_go_together_are_one_change() {
    let table = |number, cells: &[&str]| -> Vec<Place> {
        cells.iter().map(|text| Place { table: Some(number), ..place("table cell", text) }).collect()
    };
    let with = |tables: &[Vec<Place>]| {
        let mut book = book(&[("1", &["Before the tables."])]);
        book.languages[0].chapters[0].places.extend(tables.concat());
        book
    };
    let first = table(1, &["oil", "12", "gas", "7"]);
    let old = with(std::slice::from_ref(&first));
    let grown = with(&[table(1, &["oil", "12", "gas", "7", "wax", "3"])]);
    assert_eq!(lines(&old, &grown), ["1: + wax | 3"]);
    assert_eq!(lines(&grown, &old), ["1: - wax | 3"]);
    let new = with(&[first, table(2, &["a table", "of its own"])]);
    let errata = compare(&old, &new);
    let (place, change) = &errata.chapters[0].sections[0].changes[0];
    assert_eq!((place.kind.as_str(), change), ("table", &Change::Added("a table | of its own".to_owned())));
    assert_eq!(lines(&old, &with(&[table(1, &["oil", "13", "gas", "7"])])), ["1: [-12-]{+13+}"]);
}
