//! What goes out comes back as it was, and what was changed outside is written so that it says what was meant.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;
use crate::align::align_book;
use crate::diagnostic::Diagnostic;
use crate::message::Message;
use crate::model::Book;
use crate::source::Sources;

/// A book from its files in memory.
pub(super) struct Case {
    files: BTreeMap<String, Vec<u8>>,
}

/// What a unit comes back as.
type Back<'a> = dyn Fn(&Unit) -> Option<Tagged> + 'a;

impl Case {
    pub(super) fn of(zh: &str, en: Option<&str>) -> Self {
        let mut files = BTreeMap::new();
        let mut add = |path: &str, text: &str| files.insert(path.to_owned(), text.as_bytes().to_vec());
        add("manuscript/book.yaml", "title: {zh: 书, en: Book}\nlanguages: [zh, en]\ndate: 2026-01-01\nlayout: book\n");
        add("manuscript/zh/01.md", zh);
        if let Some(en) = en {
            add("manuscript/en/01.md", en);
        }
        Self { files }
    }

    fn load(&self, sources: &mut Sources) -> Book {
        let mut found = Vec::new();
        let (book, _) = crate::layout::load(&self.files, sources).take(&mut found).expect("the book can be read");
        book
    }

    /// Sends the book out and takes back what each unit comes back as.
    fn back(&self, markdown: bool, back: &Back<'_>) -> Brought {
        let mut sources = Sources::default();
        let book = self.load(&mut sources);
        let target = crate::model::Lang::new("en").unwrap();
        let alignment = crate::align::align(&book, book.source_language(), &target);
        let gathering = Gathering {
            book: &book,
            sources: &sources,
            findings: &[],
            wants: &|_| true,
            say: &Message::to_string,
            markdown,
        };
        let package = gathering.package(&alignment);
        let returned = returned(&package, markdown, back);
        let bringing = Bringing { book: &book, sources: &sources, alignment: &alignment, terms: Terms::default() };
        bringing.bring(&returned, None)
    }

    /// What the English units say, by the ids of their sources.
    fn said(&self) -> BTreeMap<String, Vec<Piece<String>>> {
        let mut sources = Sources::default();
        let book = self.load(&mut sources);
        let target = crate::model::Lang::new("en").unwrap();
        let alignment = crate::align::align(&book, book.source_language(), &target);
        let say = Message::to_string;
        let gathering =
            Gathering { book: &book, sources: &sources, findings: &[], wants: &|_| true, say: &say, markdown: false };
        let package = gathering.package(&alignment);
        let units = package.files.into_iter().flat_map(|file| file.units);
        units
            .filter_map(|unit| Some((unit.id, marks::essence(&unit.target?, &mut |code: &Code| code.id.clone()))))
            .collect()
    }

    /// The English text after units came back changed.
    fn changed(&self, from: &str, to: &str) -> (String, Vec<String>) {
        let brought = self.back(false, &|unit| {
            let text = marks::plain(unit.target.as_ref()?, &|_| String::new());
            let target = tagged(unit.target.as_ref()?);
            Some(if text.contains(from) { replaced(target, from, to) } else { target })
        });
        assert!(brought.written > 0 || !brought.findings.is_empty(), "{brought:?}");
        let text = brought.changed.values().next().cloned().unwrap_or_default();
        (text, brought.findings.iter().map(codes_of).collect())
    }
}

fn codes_of(finding: &Diagnostic) -> String {
    format!("{}: {}", finding.check, finding.message)
}

fn replaced(text: Tagged, from: &str, to: &str) -> Tagged {
    let change = |piece| match piece {
        Piece::Text(text) => Piece::Text(str::replace(&text, from, to)),
        Piece::Pair(id, body) => Piece::Pair(id, replaced(body, from, to)),
        single => single,
    };
    text.into_iter().map(change).collect()
}

pub(super) fn tagged(text: &Coded) -> Tagged {
    marks::map(text, &mut |code: &Code| code.id.clone())
}

fn returned(package: &Package, markdown: bool, back: &Back<'_>) -> Returned {
    let units = package.files.iter().flat_map(|file| {
        file.units.iter().map(|unit| ReturnedUnit {
            stem: Some(file.stem.clone()),
            id: Some(unit.id.clone()),
            source: Some(tagged(&unit.source)),
            target: back(unit),
            markdown,
            ..ReturnedUnit::default()
        })
    });
    Returned { units: units.collect(), ..Returned::default() }
}

const ZH: &str = "---\ntitle: 河\n---\n这条河[^1]有**三百**公里长，见[水利部](https://a.example/zh)的数据[@mwr2020]。\n\n| 年 | 水位 |\n|---|---|\n| 2020 | 三米 |\n\n- 上游\n- 下游\n\n[^1]: 指干流。\n";
const EN: &str = "---\ntitle: \"The river: a report\"\n---\nThe river[^1] is **three hundred** kilometres long, say [the ministry](https://a.example/en)'s figures[@mwr2020].\n\n| Year | Level |\n|---|---|\n| 2020 | three metres |\n\n- upper course\n- lower course\n\n[^1]: The main stream.\n";

#[test]
fn what_comes_back_untouched_changes_nothing() {
    for markdown in [false, true] {
        let case = Case::of(ZH, Some(EN));
        let brought = case.back(markdown, &|unit| unit.target.as_ref().map(tagged));
        assert!(brought.changed.is_empty(), "{:?}", brought.changed);
        assert!(brought.findings.is_empty(), "{:?}", brought.findings);
        assert!(brought.same > 6, "{brought:?}");
    }
}

#[test]
fn a_changed_translation_keeps_its_codes_and_the_rest_of_the_file() {
    let (text, found) = Case::of(ZH, Some(EN)).changed("kilometres", "km");
    assert_eq!(text, EN.replace("kilometres", "km"));
    assert!(found.is_empty(), "{found:?}");
    let (text, found) = Case::of(ZH, Some(EN)).changed("three metres", "3 * 2 | 1 metres");
    assert_eq!(found, [""; 0]);
    assert!(text.contains("| 2020 | 3 \\* 2 \\| 1 metres |"), "{text}");
    let (text, _) = Case::of(ZH, Some(EN)).changed("The river: a report", "River: “1” \"2\" #3");
    assert!(text.starts_with("---\ntitle: \"River: “1” \\\"2\\\" #3\"\n---\n"), "{text}");
}

#[test]
fn the_last_item_before_the_end_of_a_container_is_a_whole_one() {
    let zh = "# 题\n\n:::names\n- 甲组\n- 校对的人\n:::\n";
    let en = "# T\n\n:::names\n- First\n- Proofreading\n:::\n";
    let (text, found) = Case::of(zh, Some(en)).changed("Proofreading", "Proofs");
    assert_eq!((text, found), (en.replace("Proofreading", "Proofs"), Vec::new()));
}

#[test]
fn the_alternative_text_and_the_caption_of_one_picture_change_together() {
    let zh = "# 题\n\n![河的图](../images/a.png \"河的全图\"){#fig:a}\n";
    let en = "# T\n\n![A map river](../images/a.png \"The whole river\"){#fig:a}\n";
    let (text, found) = Case::of(zh, Some(en)).changed("river", "stream");
    assert_eq!((text, found), (en.replace("river", "stream"), Vec::new()));
}

#[test]
fn text_that_looks_like_markup_is_escaped() {
    for to in [
        "# x",
        "1. x",
        "- x",
        "*x*",
        "[x](y)",
        "<b>x",
        "$5 and $6",
        "a_b_c",
        "x [^1] y",
        "`x`",
        "::: x",
        "{#id}",
        "a\\",
        "&amp; <!-- -->",
    ] {
        let case = Case::of("# 题\n\n一段话说了许多事情。\n", Some("# T\n\nA paragraph says many things.\n"));
        let (text, found) = case.changed("A paragraph says many things.", to);
        assert!(found.is_empty(), "{to}: {found:?}");
        let again = Case::of("# 题\n\n一段话说了许多事情。\n", Some(&text));
        let mut sources = Sources::default();
        let book = again.load(&mut sources);
        let said =
            crate::model::text::plain_block(&book.chapters[&crate::model::Lang::new("en").unwrap()][0].blocks[0]);
        assert_eq!(said, to, "{text}");
    }
}

#[test]
fn a_lost_note_citation_or_link_is_refused() {
    let strip = |kind: CodeKind| {
        move |unit: &Unit| {
            let target = unit.target.as_ref()?;
            let mut codes = Vec::new();
            marks::each(target, &mut |code: &Code| codes.push(code.clone()));
            let gone: Vec<String> = codes.iter().filter(|code| code.kind == kind).map(|code| code.id.clone()).collect();
            Some(without(tagged(target), &gone))
        }
    };
    for kind in [CodeKind::Note, CodeKind::Citation, CodeKind::Link] {
        let brought = Case::of(ZH, Some(EN)).back(false, &strip(kind));
        assert!(brought.changed.is_empty(), "{kind:?}: {:?}", brought.changed);
        let found: Vec<String> = brought.findings.iter().map(codes_of).collect();
        assert_eq!(found.len(), 1, "{kind:?}: {found:?}");
        assert!(found[0].starts_with("import-codes: codes of the source are missing"), "{found:?}");
    }
    let brought = Case::of(ZH, Some(EN)).back(false, &strip(CodeKind::Strong));
    assert_eq!(brought.written, 1);
    assert!(codes_of(&brought.findings[0]).starts_with("import-codes: markup of the source"), "{:?}", brought.findings);
}

fn without(text: Tagged, gone: &[String]) -> Tagged {
    let mut out = Tagged::new();
    for piece in text {
        match piece {
            Piece::Single(id) if gone.contains(&id) => {}
            Piece::Pair(id, body) if gone.contains(&id) => out.extend(without(body, gone)),
            Piece::Pair(id, body) => out.push(Piece::Pair(id, without(body, gone))),
            piece => out.push(piece),
        }
    }
    out
}

#[test]
fn a_chapter_that_is_not_there_is_made_from_its_source() {
    let case = Case::of(ZH, None);
    let brought = case.back(false, &|unit| {
        let text = marks::plain(&unit.source, &|_| String::new());
        let mut target = tagged(&unit.source);
        if text.contains('河') || text == "上游" {
            replace_text(&mut target, "x");
        } else {
            return None;
        }
        Some(target)
    });
    let text = &brought.changed["manuscript/en/01.md"];
    assert!(text.contains("title: x\n"), "{text}");
    assert!(!text.contains("draft: head"), "the title is translated: {text}");
    assert!(text.contains("x[^1]x**x**x[x](https://a.example/zh)x[@mwr2020]x"), "{text}");
    assert!(text.contains("<!-- dama: draft -->\n- x\n- 下游"), "one item is open: {text}");
    assert!(!text.contains("draft -->\nx[^1]"), "the paragraph is done: {text}");
}

fn replace_text(text: &mut Tagged, with: &str) {
    for piece in text {
        match piece {
            Piece::Text(text) => *text = with.to_owned(),
            Piece::Pair(_, body) => replace_text(body, with),
            Piece::Single(_) => {}
        }
    }
}

#[test]
fn a_block_without_counterpart_goes_behind_that_of_its_predecessor() {
    let zh = "# 题\n\n第一段说的是河流的源头在山里。\n\n第二段说的是 2020 年的水位。\n\n第三段说的是鱼类和鸟类。\n";
    let en = "# T\n\nThe first paragraph is about the source of the river in the mountains.\n\nThe third paragraph is about fish and birds.\n";
    let brought = Case::of(zh, Some(en)).back(false, &|unit| match &unit.target {
        Some(target) => Some(tagged(target)),
        None => Some(vec![Piece::Text("The second is about the level in 2020.".to_owned())]),
    });
    let expected = en.replace("\n\nThe third", "\n\nThe second is about the level in 2020.\n\nThe third");
    assert_eq!(brought.changed.get("manuscript/en/01.md"), Some(&expected), "{:?}", brought.findings);
}

#[test]
fn sentences_join_to_their_units() {
    let zh = "# 题\n\n第一句**很长**。第二句！第三句？\n";
    let en = "# T\n\nThe first is **long**. The second! The third?\n";
    let mut sources = Sources::default();
    let case = Case::of(zh, Some(en));
    let book = case.load(&mut sources);
    let alignments = align_book(&book);
    let gathering = Gathering {
        book: &book,
        sources: &sources,
        findings: &[],
        wants: &|_| true,
        say: &Message::to_string,
        markdown: false,
    };
    let package = gathering.package(&alignments[0]);
    let unit = &package.files[0].units[1];
    assert_eq!(unit.sentences.len(), 3, "{unit:?}");
    let joined: Coded = unit.sentences.iter().flat_map(|sentence| sentence.target.clone()).collect();
    let plain = |text: &Coded| marks::plain(text, &|code| code.id.clone());
    assert_eq!(plain(&joined), plain(unit.target.as_ref().unwrap()));
}

#[test]
fn drafts_are_made_for_every_block_and_filled_one_by_one() {
    for fill in [Fill::Source, Fill::Empty] {
        let case = Case::of(ZH, None);
        let mut sources = Sources::default();
        let book = case.load(&mut sources);
        let target = crate::model::Lang::new("en").unwrap();
        let alignment = crate::align::align(&book, book.source_language(), &target);
        let begun = Begin { book: &book, sources: &sources, fill, update: false }.chapters(&alignment, &|_| true);
        let text = &begun.changed["manuscript/en/01.md"];
        let case = Case::of(ZH, Some(text));
        let mut sources = Sources::default();
        let book = case.load(&mut sources);
        let open = crate::checks::check(&book, &sources).open;
        let open: Vec<_> = open.iter().filter(|finding| finding.check != "table-caption").collect();
        assert!(open.is_empty(), "{text}\n{open:?}");
        let brought = case.back(false, &|unit| {
            assert_eq!((unit.target.is_none(), &unit.state), (true, &State::Draft), "{unit:?}");
            let mut target = tagged(&unit.source);
            replace_text(&mut target, "word");
            Some(target)
        });
        assert_eq!(brought.findings, [], "{text}");
        let done = &brought.changed["manuscript/en/01.md"];
        assert!(!done.contains("draft"), "{done}");
        assert!(done.contains("- word\n- word\n"), "{done}");
    }
}

/// Texts of signs that mean something, blanks and words.
fn text() -> impl Strategy<Value = String> {
    let signs = "\\`*_[]<>$~^{}|=@&#+-!:.0\"'()/；。，“”【】…—　 ";
    let piece = prop_oneof![
        3 => proptest::sample::select(signs.chars().collect::<Vec<char>>()).prop_map(String::from),
        2 => proptest::sample::select(vec!["word", "字", "**", "==", "~~", "[^1]", "[@k]", "<b>", "<!--", "-->", ":::", "{#id}", "1. ", "$x$", "](x)", " \n", "&amp;", "\\"]).prop_map(String::from),
    ];
    proptest::collection::vec(piece, 1..9).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(48) })]

    /// Whatever comes back is written so that it says what was meant, or is left out with a finding; every other unit says
    /// what it said.
    #[test]
    fn what_is_written_says_what_was_meant(new in text(), at in 0usize..10, pair in any::<bool>()) {
        let case = Case::of(ZH, Some(EN));
        let before = case.said();
        let Some((id, _)) = before.iter().nth(at % before.len()).map(|(id, said)| (id.clone(), said.clone())) else {
            return Ok(());
        };
        let changed = |unit: &Unit| {
            let target = tagged(unit.target.as_ref()?);
            if unit.id != id {
                return Some(target);
            }
            // The words stay, so that the aligner knows them, with the new text before, behind or inside of them.
            let mut out: Tagged = if pair { Vec::new() } else { vec![Piece::Text(new.clone())] };
            for piece in target {
                match piece {
                    Piece::Pair(id, body) if pair => {
                        out.push(Piece::Pair(id, [body, vec![Piece::Text(new.clone())]].concat()));
                    }
                    piece => out.push(piece),
                }
            }
            out.push(Piece::Text(new.clone()));
            Some(out)
        };
        let brought = case.back(false, &changed);
        let Some(text) = brought.changed.get("manuscript/en/01.md") else {
            prop_assert!(!brought.findings.is_empty() || brought.written == 0, "{brought:?}");
            return Ok(());
        };
        let after = Case::of(ZH, Some(text)).said();
        let mut sources = Sources::default();
        let book = case.load(&mut sources);
        let target = crate::model::Lang::new("en").unwrap();
        let alignment = crate::align::align(&book, book.source_language(), &target);
        let say = Message::to_string;
        let gathering =
            Gathering { book: &book, sources: &sources, findings: &[], wants: &|_| true, say: &say, markdown: false };
        for unit in gathering.package(&alignment).files.iter().flat_map(|file| &file.units) {
            let meant = changed(unit).map(|text| marks::essence(&text, &mut |id: &String| id.clone()));
            // Words between many signs may be too few for the aligner; that they stand there is what the text is for.
            let Some(said) = after.get(&unit.id) else { continue };
            prop_assert_eq!(Some(said), meant.as_ref(), "{}", text);
        }
    }
}
