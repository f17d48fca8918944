use super::archive::open;
use super::codes::Codes;
use super::looks::Looks;
use super::marks::{decode, encode, tagged};
use super::token::Fault;
use super::*;
use crate::exchange::{
    Code, CodeKind, Coded, File, NoteKind, Piece, ReturnedUnit, Side, State, Tagged, Unit, UnitNote,
};
use crate::foreign::archive::pack;
use crate::lang::Lang;

fn text(text: &str) -> Piece<Code> {
    Piece::Text(text.to_owned())
}

fn code(kind: CodeKind, id: &str) -> Code {
    let shown = match kind {
        CodeKind::Link => "https://example.org/a-long-address/that-goes-on/and-on",
        CodeKind::Code => "git push",
        CodeKind::Formula => "E = mc^2",
        _ => "",
    };
    Code { id: id.to_owned(), kind, shown: shown.to_owned() }
}

fn pair(kind: CodeKind, id: &str, inner: Vec<Piece<Code>>) -> Piece<Code> {
    Piece::Pair(code(kind, id), inner)
}

fn single(kind: CodeKind, id: &str) -> Piece<Code> {
    Piece::Single(code(kind, id))
}

fn unit(id: &str, source: Coded, target: Option<Coded>) -> Unit {
    Unit {
        id: id.to_owned(),
        kind: "paragraph",
        line: 1,
        source,
        target,
        extra_codes: false,
        state: State::Translated,
        sentences: Vec::new(),
        notes: Vec::new(),
    }
}

/// Texts in which looks meet, nest and repeat.
fn texts() -> Vec<Coded> {
    use CodeKind::*;
    vec![
        vec![
            text("会议每月举行一次，由"),
            pair(Strong, "1", vec![text("主编")]),
            text("主持"),
            single(Note, "2"),
            text("。"),
        ],
        vec![pair(Link, "1", vec![text("a "), pair(Emphasis, "2", vec![text("b")])]), text(" <&>\u{a0}⟦x⟧ ⟦1⟧\tc")],
        vec![pair(Strong, "1", vec![pair(Emphasis, "2", vec![text("both")])]), text(" "), single(Code, "3")],
        vec![pair(Emphasis, "1", vec![pair(Strong, "2", vec![text("both")]), text(" one")])],
        vec![pair(Strong, "1", vec![text("a")]), pair(Strong, "2", vec![text("b")]), text("c")],
        vec![
            pair(Strong, "1", vec![pair(Link, "2", vec![text("a")])]),
            pair(Link, "3", vec![pair(Strong, "4", vec![text("b")])]),
        ],
        vec![pair(Strong, "1", vec![single(Code, "2")]), text("⟦"), single(Formula, "3"), pair(Emphasis, "4", vec![])],
        vec![
            pair(Subscript, "1", vec![pair(Superscript, "2", vec![text("x")])]),
            pair(Underline, "3", vec![text("u")]),
        ],
        vec![
            pair(Highlight, "1", vec![text("h")]),
            pair(Strike, "2", vec![text("s")]),
            pair(Keys, "3", vec![text("Ctrl")]),
        ],
        vec![pair(Strong, "1", vec![text("a"), pair(Strong, "2", vec![text("b")])]), single(Break, "3"), text("c")],
    ]
}

fn package() -> Package {
    let mut units: Vec<Unit> = texts()
        .into_iter()
        .enumerate()
        .map(|(at, text)| unit(&format!("abcdefghi{}", char::from(b'a' + at as u8)), text.clone(), Some(text)))
        .collect();
    units[0].target = Some(vec![
        text("The "),
        single(CodeKind::Note, "2"),
        pair(CodeKind::Strong, "1", vec![text("editor")]),
        text(" presides; "),
        pair(CodeKind::Emphasis, "t1", vec![text("monthly")]),
        text("."),
    ]);
    units[1].kind = "heading";
    units[2].target = None;
    units[2].state = State::Missing;
    units[3].state = State::Stale { was: Some("before".into()) };
    units[3].notes = vec![UnitNote { kind: NoteKind::Term, text: "芯片 → chip".into() }];
    let file = |stem: &str, units: Vec<Unit>| File {
        stem: stem.into(),
        source: format!("manuscript/zh/{stem}.md"),
        target: None,
        title: format!("标题 <{stem}>"),
        units,
    };
    let again = vec![unit("abcdefghia.2", texts().remove(0), None)];
    Package {
        title: "灯 & Lamps".into(),
        langs: ["zh", "en"].map(|tag| Lang::new(tag).unwrap()),
        files: vec![file("06-method", units), file("part/07-a|b;c#d", again)],
    }
}

fn document(bytes: &[u8]) -> String {
    open(bytes).ok().unwrap().text("word/document.xml").unwrap().unwrap()
}

/// A document with other XML, and comments.
fn with(document: &str, comments: &str) -> Vec<u8> {
    let mut entries = vec![("word/document.xml", document.to_owned())];
    if !comments.is_empty() {
        entries.push(("word/comments.xml", comments.to_owned()));
    }
    pack(&entries)
}

fn written() -> Vec<u8> {
    write(&package(), &Options::default())
}

fn told(returned: &Returned) -> Vec<String> {
    returned.refused.iter().map(|refusal| refusal.message.to_string()).collect()
}

/// What comes back of the table after a change of its XML.
fn changed(change: impl FnOnce(&str) -> String) -> Returned {
    let before = document(&written());
    let after = change(&before);
    assert_ne!(before, after, "the change is made");
    read(&with(&after, "")).expect("it is read")
}

fn unit_of<'r>(returned: &'r Returned, id: &str) -> &'r ReturnedUnit {
    returned.units.iter().find(|unit| unit.id.as_deref() == Some(id)).expect("the unit is there")
}

#[test]
fn what_is_written_is_read_again_as_it_was() {
    let package = package();
    let bytes = write(&package, &Options::default());
    assert_eq!(bytes, write(&package, &Options::default()), "the same bytes each time");
    let returned = read(&bytes).expect("it is read");
    assert_eq!(told(&returned), Vec::<String>::new());
    assert_eq!(returned.langs, ["zh", "en"].map(|tag| Some(tag.to_owned())));
    let sent: Vec<_> = package.files.iter().flat_map(|file| file.units.iter().map(|unit| (&file.stem, unit))).collect();
    assert_eq!(returned.units.len(), sent.len());
    for ((stem, sent), back) in sent.into_iter().zip(&returned.units) {
        assert_eq!((back.stem.as_ref(), back.id.as_ref()), (Some(stem), Some(&sent.id)));
        assert_eq!(back.source, Some(tagged(&sent.source)), "{}", sent.id);
        assert_eq!(back.target, sent.target.as_deref().map(tagged), "{}", sent.id);
        assert!(back.remarks.is_empty());
    }
}

#[test]
fn looks_and_marks_give_the_same_codes() {
    for text in texts() {
        let codes = Codes::of(&text);
        for side in [Side::Source, Side::Target] {
            let runs = encode(&text, side);
            let chars: Vec<(char, Looks)> =
                runs.iter().flat_map(|run| run.text.chars().map(|c| (c, run.looks))).collect();
            assert_eq!(decode(&chars, &codes).map(|decoded| decoded.pieces), Ok(tagged(&text)), "{runs:?}");
        }
    }
}

#[test]
fn without_the_hidden_text_a_row_is_known_by_its_bookmark() {
    let hidden = |xml: &str| {
        let parts: Vec<&str> = xml.split("<w:r><w:rPr><w:noProof/><w:vanish/></w:rPr>").collect();
        let rest = parts[1..].iter().map(|part| part.split_once("</w:r>").unwrap().1);
        // The head of the tables stays: it says which chapter each is.
        let head =
            |at: usize, part: &str| if part.contains("##") { format!("<w:r>{}", parts[at + 1]) } else { String::new() };
        let mut out = parts[0].to_owned();
        for (at, rest) in rest.enumerate() {
            match head(at, parts[at + 1]) {
                kept if !kept.is_empty() => out += &kept,
                _ => out += rest,
            }
        }
        out
    };
    let returned = changed(hidden);
    assert_eq!(told(&returned), Vec::<String>::new());
    let (sent, back) = (&package().files[0].units[0], unit_of(&returned, "abcdefghia"));
    assert_eq!(back.stem.as_deref(), Some("06-method"));
    assert_eq!(back.source, Some(tagged(&sent.source)));
    assert_eq!(unit_of(&returned, "abcdefghia.2").stem.as_deref(), Some("part/07-a|b;c#d"));
    // And by its source alone, if the bookmark is lost too.
    let returned = changed(|xml| hidden(xml).replace("dama_1_", "other_"));
    assert_eq!(returned.units[0].id, None);
    assert_eq!(returned.units[0].source, Some(tagged(&sent.source)));
}

#[test]
fn recorded_changes_are_accepted_and_moves_taken() {
    let returned = changed(|xml| {
        let new = "presides</w:t></w:r><w:ins w:id=\"900\" w:author=\"A\"><w:r w:rsidR=\"00AA\"><w:rPr><w:rPrChange w:id=\"1\"><w:rPr><w:b/></w:rPr></w:rPrChange></w:rPr>\
                   <w:t xml:space=\"preserve\"> over all</w:t></w:r></w:ins><w:del w:id=\"901\"><w:r><w:delText> gone</w:delText></w:r></w:del>\
                   <w:moveFrom w:id=\"902\"><w:r><w:t>from</w:t></w:r></w:moveFrom><w:moveTo w:id=\"903\"><w:r><w:t> to</w:t></w:r></w:moveTo>\
                   <w:proofErr w:type=\"spellStart\"/><w:r><w:lastRenderedPageBreak/><w:t xml:space=\"preserve\">";
        xml.replacen("presides", new, 1)
    });
    assert_eq!(told(&returned), Vec::<String>::new());
    let target = unit_of(&returned, "abcdefghia").target.as_ref().unwrap();
    assert_eq!(target[3], Piece::Text(" presides over all to; ".into()));
}

#[test]
fn runs_are_split_anywhere() {
    // Each character becomes a run of its own, with the properties of the run that it was in.
    let split = |xml: &str| {
        let mut out = String::new();
        for (at, part) in xml.split("<w:t xml:space=\"preserve\">").enumerate() {
            let Some((inside, rest)) = part.split_once("</w:t>").filter(|_| at > 0) else {
                out += part;
                continue;
            };
            let start = out.rfind("<w:r>").unwrap();
            let properties = out[start..].split("</w:rPr>").next().unwrap().to_owned() + "</w:rPr>";
            let chars: Vec<String> = inside
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&amp;", "&")
                .chars()
                .map(|c| quick_xml::escape::escape(c.to_string()).into_owned())
                .collect();
            let joint = format!(
                "</w:t></w:r><w:bookmarkStart w:id=\"9\" w:name=\"_GoBack\"/>{properties}<w:t xml:space=\"preserve\">"
            );
            out += &format!("<w:t xml:space=\"preserve\">{}</w:t>{rest}", chars.join(&joint));
        }
        out
    };
    let returned = changed(split);
    assert_eq!(told(&returned), Vec::<String>::new());
    for (sent, back) in package().files[0].units.iter().zip(&returned.units) {
        assert_eq!(back.target, sent.target.as_deref().map(tagged));
        assert_eq!(back.source, Some(tagged(&sent.source)));
    }
}

#[test]
fn comments_and_the_last_column_are_remarks() {
    let xml = document(&written());
    let (before, rest) = xml.split_once("presides").unwrap();
    let (row, rest) = rest.split_once("</w:tr>").unwrap();
    let row = row.replacen(
        "<w:p><w:pPr><w:pStyle w:val=\"DamaCell\"/></w:pPr></w:p>",
        "<w:p><w:r><w:t>too long</w:t></w:r></w:p><w:p><w:r><w:t>cut</w:t></w:r></w:p>",
        1,
    );
    let xml = format!(
        "{before}</w:t></w:r><w:commentRangeStart w:id=\"7\"/><w:r><w:t>presides</w:t></w:r><w:commentRangeEnd w:id=\"7\"/><w:r><w:commentReference w:id=\"7\"/></w:r><w:r><w:t xml:space=\"preserve\">{row}</w:tr>{rest}"
    );
    let xml = xml.replacen("标题", "标题</w:t></w:r><w:r><w:commentReference w:id=\"8\"/></w:r><w:r><w:t>", 1);
    let comments = "<w:comments xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\">\
                    <w:comment w:id=\"7\" w:author=\"王\"><w:p><w:r><w:t>chairs?</w:t></w:r></w:p><w:p><w:r><w:t>or heads</w:t></w:r></w:p></w:comment>\
                    <w:comment w:id=\"8\" w:author=\"李\"><w:p><w:r><w:t>nice</w:t></w:r></w:p></w:comment></w:comments>";
    let returned = read(&with(&xml, comments)).expect("it is read");
    let remarks = &unit_of(&returned, "abcdefghia").remarks;
    let said: Vec<_> = remarks.iter().map(|remark| (remark.author.as_deref(), remark.text.as_str())).collect();
    assert_eq!(said, [(None, "too long\ncut"), (Some("王"), "‘presides’: chairs?\nor heads")]);
    assert_eq!(told(&returned), ["a comment of 李 stands at no row: “nice”"]);
}

#[test]
fn what_is_not_as_it_was_sent_is_told_and_costs_its_row() {
    let first_row = |xml: &str| {
        let start = xml.match_indices("<w:tr>").nth(1).unwrap().0;
        let end = start + xml[start..].find("</w:tr>").unwrap() + "</w:tr>".len();
        (start, end)
    };
    let cut = |xml: &str| {
        let (start, end) = first_row(xml);
        format!("{}{}", &xml[..start], &xml[end..])
    };
    let doubled = |xml: &str| {
        let (start, end) = first_row(xml);
        let row = &xml[start..end];
        format!("{}{row}{}{}", &xml[..start], row.replace("presides", "rules"), &xml[end..])
    };
    let added = |xml: &str| {
        let (_, end) = first_row(xml);
        let cell = |text: &str| format!("<w:tc><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>");
        format!("{}<w:tr>{}{}{}{}</w:tr>{}", &xml[..end], cell(""), cell(""), cell("new words"), cell(""), &xml[end..])
    };
    // The mark of the note of the first row stands once in its source and once in its translation.
    let note = |to: &'static str| {
        move |xml: &str| {
            let at = xml.match_indices("⟦2⟧").nth(1).unwrap().0;
            format!("{}{to}{}", &xml[..at], &xml[at + "⟦2⟧".len()..])
        }
    };
    type Change<'c> = Box<dyn Fn(&str) -> String + 'c>;
    let cases: Vec<(Change<'_>, &str)> = vec![
        (Box::new(cut), "row 1 of 06-method was deleted; its translation stays as it is"),
        (Box::new(doubled), "06-method #1: the row stands there twice, with different translations"),
        (Box::new(added), "row 2 of a table was added: “new words”"),
        (Box::new(note("")), "row 1 of 06-method: the mark ⟦2⟧ is missing from the translation"),
        (Box::new(note("⟦2⟧⟦2⟧")), "row 1 of 06-method: the mark ⟦2⟧ stands twice in the translation"),
        (Box::new(note("⟦2⟧⟦99⟧")), "row 1 of 06-method: the mark ⟦99⟧ is none of this row"),
        (Box::new(note("⟦2")), "row 1 of 06-method: a mark of the translation is broken: “⟦2"),
        (
            Box::new(|xml: &str| xml.replacen("presides", "</w:t></w:r></w:p><w:p><w:r><w:t>presides", 1)),
            "row 1 of 06-method: the translation has become several paragraphs",
        ),
        (
            Box::new(|xml: &str| {
                xml.replacen("主编", "主编</w:t></w:r><w:ins w:id=\"1\"><w:r><w:t>甲</w:t></w:r></w:ins><w:r><w:t>", 1)
            }),
            "row 1 of 06-method: the source was changed to “会议每月举行一次，由主编甲主持",
        ),
        (
            Box::new(|xml: &str| xml.replacen("presides", "</w:t><w:drawing><w:t>x</w:t></w:drawing><w:t>presides", 1)),
            "row 1 of 06-method: a picture in the translation is not taken",
        ),
        (
            Box::new(|xml: &str| {
                xml.replacen("presides", "</w:t></w:r><w:r><w:rPr><w:highlight w:val=\"red\"/></w:rPr><w:t>presides", 1)
            }),
            "row 1 of 06-method: colour behind the words of the translation is not taken",
        ),
        (
            Box::new(|xml: &str| xml.replacen("<w:p/>", "<w:p><w:r><w:t>All in all good.</w:t></w:r></w:p>", 1)),
            "what stands outside of the tables is not taken: “All in all good.”",
        ),
    ];
    for (change, message) in cases {
        let returned = changed(change);
        let told = told(&returned);
        assert!(told.len() == 1 && told[0].starts_with(message), "{told:#?}\n{message}");
        let others = returned.units.iter().filter(|unit| unit.id.as_deref() == Some("abcdefghib"));
        assert!(others.clone().count() == 1 && others.clone().all(|unit| unit.target.is_some()), "{message}");
    }
}

#[test]
fn what_marks_show_is_not_text() {
    let package = Package {
        files: vec![File {
            units: vec![unit("abcdefghia", vec![single(CodeKind::Code, "1")], Some(vec![single(CodeKind::Code, "1")]))],
            ..package().files.remove(0)
        }],
        ..package()
    };
    let xml = document(&write(&package, &Options::default()));
    let at = xml.rfind("git push").unwrap();
    let returned = read(&with(&format!("{}git pull{}", &xml[..at], &xml[at + 8..]), "")).unwrap();
    assert_eq!(
        told(&returned),
        ["row 1 of 06-method: what a mark of the translation shows was changed; that is not taken"]
    );
    assert_eq!(returned.units[0].target, Some(vec![Piece::Single("1".into())]));
}

#[test]
fn looks_that_nobody_sent_have_no_counterpart() {
    let chars: Vec<(char, Looks)> = "a b".chars().map(|c| (c, Looks::of(CodeKind::Strong))).collect();
    let target: Tagged = decode(&chars, &Codes::default()).unwrap().pieces;
    assert_eq!(target, [Piece::Pair("+bold".into(), vec![Piece::Text("a b".into())])]);
    let nested: Vec<(char, Looks)> =
        (1..60).flat_map(|n| format!("⟦{n}⟧").chars().collect::<Vec<_>>()).map(|c| (c, Looks::default())).collect();
    let closed: Vec<(char, Looks)> = (1..60)
        .rev()
        .flat_map(|n| format!("⟦/{n}⟧").chars().collect::<Vec<_>>())
        .map(|c| (c, Looks::default()))
        .collect();
    assert!(matches!(decode(&[nested, closed].concat(), &Codes::default()), Err(Fault::Apart(_))));
}

#[test]
fn a_file_that_is_no_table_is_refused() {
    for (bytes, reason) in [
        (b"hello".to_vec(), "this is no Word document (.docx)"),
        (pack(&[("a", "b".into())]), "this is no Word document (.docx)"),
        (with("<w:document/>", ""), "there is no review table in this document"),
        (with("<!DOCTYPE a><w:document/>", ""), "it has a DOCTYPE, by which a file can say other things than it shows"),
    ] {
        assert_eq!(read(&bytes).unwrap_err().message.to_string(), reason);
    }
}

#[test]
fn damaged_files_are_refused_and_nothing_worse() {
    let (bytes, xml) = (written(), document(&written()));
    let mut state = 7u64;
    let mut random = |below: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(state >> 33).unwrap() % below
    };
    for _ in 0..150 {
        let mut damaged = bytes.clone();
        for _ in 0..=random(4) {
            let at = random(damaged.len());
            damaged[at] = u8::try_from(random(256)).unwrap();
        }
        damaged.truncate(bytes.len() - random(2) * random(bytes.len()));
        let _ = read(&damaged);
        // Of the XML whole elements go, and come twice.
        let tags: Vec<usize> = xml.match_indices('<').map(|(at, _)| at).collect();
        let [from, to, place] = [random(tags.len()), random(tags.len()), random(tags.len())].map(|at| tags[at]);
        let _ = read(&with(&format!("{}{}", &xml[..from.min(to)], &xml[from.max(to)..]), ""));
        let _ = read(&with(&format!("{}{}{}", &xml[..place], &xml[from.min(to)..from.max(to)], &xml[place..]), ""));
    }
}
