//! A small book under an editor, without one.

use std::collections::BTreeMap;
use std::path::Path;

use lsp_types::{Position, Uri};

use super::*;

const CONFIG: &str = "title: {zh: 灯, en: The Lamp}\nlanguages: [zh, en]\ndate: 2026-03-01\nlayout: book\n";
const REFERENCES: &str = "ash2019:\n  type: article\n  title: A Theory of Lamps\n  author: Ash, Ann\n  date: 2019\n";
const GLOSSARY: &str = "- {zh: 灯芯, en: wick}\n";
const ZH: &str = "---\ntitle: 灯\n---\n\n## 光 {#sec:light}\n\n灯芯亮了十二年[@ash2019]，见[](#sec:light)。[^oil]\n\n\
    夜里，船从海上回来。\n\n[^oil]: 鱼油。\n";
const EN: &str = "---\ntitle: The Lamp\n---\n\n## Light {#sec:light}\n\n\
    The wick burned for twelve years [@ash2019], see @sec:light.[^oil]\n\nAt night the ships came back from the sea.\n\n\
    [^oil]: Of fish.\n";

type Book = BTreeMap<String, Vec<u8>>;

fn book(files: &[(&str, &str)]) -> Book {
    let own = [
        ("book.yaml", CONFIG),
        ("references.yaml", REFERENCES),
        ("glossary.yaml", GLOSSARY),
        ("zh/01.md", ZH),
        ("en/01.md", EN),
    ];
    let all = own.iter().chain(files);
    all.map(|(path, text)| (format!("manuscript/{path}"), text.as_bytes().to_vec())).collect()
}

fn read(files: &Book) -> Reading {
    let remembered = &mut Remembered::default();
    Reading::of(Path::new("/book"), files, Locale::English, &Beads::default(), remembered)
}

fn uri(path: &str) -> Uri {
    uri_of(&Path::new("/book/manuscript").join(path)).expect("an address")
}

/// Where a piece of a text begins, and so many characters behind that.
fn at(text: &str, piece: &str, behind: u32) -> Position {
    let before = &text[..text.find(piece).expect(piece)];
    let line = before.matches('\n').count() as u32;
    let column = before.rsplit('\n').next().unwrap_or_default().encode_utf16().count() as u32;
    Position::new(line, column + behind)
}

fn findings(reading: &Reading) -> Vec<String> {
    let shown = |finding: &Diagnostic| {
        let label = finding.primary.as_ref().map(|label| (reading.path(label.span.file), label.span.range()));
        format!("{} {} {label:?}", finding.check, finding.message)
    };
    reading.findings.iter().map(shown).collect()
}

/// The labels of what is offered at the end of the first line that begins so.
fn offered(chapter: &str, line: &str) -> Vec<String> {
    let text = if chapter.starts_with("en") { EN } else { ZH };
    let text = format!("{text}\n{line}");
    let reading = read(&book(&[(chapter, &text)]));
    let last = text.matches('\n').count() as u32;
    let end = Position::new(last, line.encode_utf16().count() as u32);
    reading.complete(&uri(chapter), end).into_iter().map(|item| item.label).collect()
}

#[test]
fn what_may_be_written_is_offered() {
    let has = |chapter: &str, line: &str, wanted: &str| {
        let found = offered(chapter, line);
        assert!(found.iter().any(|label| label == wanted), "{line}: {wanted} is not among {found:?}");
    };
    has("en/01.md", "See [@a", "ash2019");
    has("en/01.md", "See @s", "sec:light");
    has("en/01.md", "See [](#", "sec:light");
    has("en/01.md", "See [^", "oil");
    has("en/01.md", ":::as", "aside");
    has("en/01.md", ":::tip{ti", "title");
    has("en/01.md", "```ch", "chart");
    has("en/01.md", "```chart\nty", "type");
    has("en/01.md", "<!-- dama: allow num", "number");
    has("en/01.md", "<!-- dama: ", "pagebreak");
    assert!(offered("en/01.md", "plain words").is_empty());
}

#[test]
fn a_work_is_offered_with_its_title_and_year_and_a_term_with_its_rendering() {
    let text = format!("{EN}\nSee [@");
    let reading = read(&book(&[("en/01.md", &text)]));
    let items = reading.complete(&uri("en/01.md"), at(&text, "See [@", 6));
    assert_eq!(items[0].detail.as_deref(), Some("2019 · A Theory of Lamps"));
    let reading = read(&book(&[]));
    let items = reading.complete(&uri("en/01.md"), at(EN, "burned", 2));
    assert_eq!(items.iter().map(|item| item.label.as_str()).collect::<Vec<_>>(), ["wick"], "{items:?}");
    assert_eq!(items[0].detail.as_deref(), Some("灯芯"));
}

#[test]
fn a_name_changes_in_both_languages_or_nowhere() {
    let reading = read(&book(&[]));
    let rename = |path: &str, position: Position, name: &str| {
        let edit = reading.rename(&uri(path), position, name)?;
        let mut files = Vec::new();
        for (path, text) in [("zh/01.md", ZH), ("en/01.md", EN), ("references.yaml", REFERENCES)] {
            let mut text = text.to_owned();
            #[expect(clippy::mutable_key_type, reason = "an address does not change")]
            let changes = edit.changes.clone().unwrap_or_default();
            let mut edits = changes.get(&uri(path)).cloned().unwrap_or_default();
            edits.sort_by_key(|edit| std::cmp::Reverse(edit.range.start));
            let source = crate::source::SourceFile::new(path, text.as_str());
            for edit in edits {
                let range = place::offset(&source, edit.range.start)..place::offset(&source, edit.range.end);
                text.replace_range(range, &edit.new_text);
            }
            files.push(text);
        }
        Ok::<_, String>(files)
    };
    let [zh, en, _] = <[String; 3]>::try_from(rename("zh/01.md", at(ZH, "](#sec", 4), "sec:lamp").unwrap()).unwrap();
    assert_eq!((zh, en), (ZH.replace("sec:light", "sec:lamp"), EN.replace("sec:light", "sec:lamp")));
    // The short form of a reference takes the long one where the name does not fit it.
    let files = rename("en/01.md", at(EN, "{#sec", 3), "lamp").unwrap();
    assert!(files[1].contains("## Light {#lamp}") && files[1].contains("see [](#lamp).[^oil]"), "{}", files[1]);
    let files = rename("en/01.md", at(EN, "[^oil]", 3), "fish").unwrap();
    assert_eq!((files[0].matches("[^fish]").count(), files[1].matches("[^fish]").count()), (2, 2), "{files:?}");
    let files = rename("en/01.md", at(EN, "ash2019", 3), "ash").unwrap();
    assert!(files[0].contains("[@ash]") && files[1].contains("[@ash]") && files[2].starts_with("ash:"), "{files:?}");
    for bad in ["", "a b", "{x"] {
        assert!(rename("en/01.md", at(EN, "{#sec", 3), bad).is_err(), "{bad}");
    }
    assert!(rename("en/01.md", at(EN, "burned", 0), "x").is_err(), "plain words have no name");
    assert_eq!(reading.references(&uri("zh/01.md"), at(ZH, "](#sec", 4), true).len(), 4);
}

#[test]
fn what_is_pointed_at_is_told_and_led_to() {
    let reading = read(&book(&[]));
    let hover = |path: &str, position| match reading.hover(&uri(path), position).map(|hover| hover.contents) {
        Some(lsp_types::HoverContents::Markup(markup)) => markup.value,
        _ => String::new(),
    };
    assert_eq!(hover("en/01.md", at(EN, "ash2019", 2)), "Ann Ash. **A Theory of Lamps**. 2019");
    assert_eq!(hover("en/01.md", at(EN, "[^oil]", 2)), "[^oil]: Of fish.\n\n---\n\n[^oil]: 鱼油。");
    assert_eq!(hover("zh/01.md", at(ZH, "](#sec", 4)), "**光**\n\n**Light**");
    assert!(hover("en/01.md", at(EN, "wick", 1)).contains("**wick** · **灯芯**"));
    let leads = |path: &str, position| {
        let found = reading.definition(&uri(path), position).into_iter();
        found.map(|place| (place.uri, place.range.start.line)).collect::<Vec<_>>()
    };
    assert_eq!(leads("en/01.md", at(EN, "ash2019", 2)), [(uri("references.yaml"), 0)]);
    assert_eq!(leads("en/01.md", at(EN, "[^oil]", 2)), [(uri("en/01.md"), 10)]);
    assert_eq!(leads("en/01.md", at(EN, "@sec", 2)), [(uri("en/01.md"), 4)]);
    assert_eq!(leads("en/01.md", at(EN, "wick", 2)).last(), Some(&(uri("glossary.yaml"), 0)));
}

#[test]
fn what_is_to_be_done_is_offered() {
    let text = EN
        .replace("[@ash2019]", "[@ahs2019]")
        .replace("twelve", "twenty")
        .replace("see @sec:light", "see [](#sec:lihgt)");
    let reading = read(&book(&[("en/01.md", &text)]));
    let range = Range { start: at(&text, "The wick", 0), end: at(&text, "[^oil]", 0) };
    let actions = reading.actions(&uri("en/01.md"), range, true);
    let titles: Vec<&str> = actions.iter().map(|action| action.title.as_str()).collect();
    for wanted in ["write `ash2019`", "write `sec:light`", "waive `number` here, with a reason"] {
        assert!(titles.iter().any(|title| title.starts_with(wanted)), "{wanted}: {titles:?}");
    }
    assert!(titles.iter().any(|title| title.starts_with("sign this pair off")), "{titles:?}");
    let reading = read(&book(&[]));
    let start = at(ZH, "船", 0);
    let range = Range { start, end: Position::new(start.line, start.character + 1) };
    let actions = reading.actions(&uri("zh/01.md"), range, true);
    let term = actions.iter().find(|action| action.title == "add ‘船’ to the termbase").expect("an offer");
    assert!(format!("{:?}", term.edit).contains("- {zh: 船}"), "{term:?}");
}

#[test]
fn a_chapter_by_itself_is_found_to_say_what_the_whole_book_finds() {
    let other = "---\ntitle: 夜\n---\n\n见[](#sec:light)。\n";
    let english = "---\ntitle: Night\n---\n\nSee [](#sec:light) and [](#nowhere).\n";
    let files = book(&[("zh/02.md", other), ("en/02.md", english)]);
    let mut reading = read(&files);
    let mut now = files.clone();
    for (path, text) in [
        ("en/01.md", EN.replace("twelve", "twenty")),
        ("en/01.md", EN.replace("twelve", "twenty").replace("At night", "At night and, day")),
        ("zh/01.md", ZH.replace("，船", ",船")),
        ("en/02.md", format!("{english}\nOne more line.\n")),
        ("en/02.md", format!("{}\nOne more line.\n", english.replace("See", "Do see"))),
        ("en/01.md", EN.to_owned()),
        ("zh/01.md", ZH.to_owned()),
        ("en/02.md", english.replace("See", "Do see")),
        ("en/02.md", english.to_owned()),
    ] {
        let path = format!("manuscript/{path}");
        now.insert(path.clone(), text.into_bytes());
        assert!(reading.retype(&path, &now), "{path}");
        assert_eq!(findings(&reading), findings(&read(&now)), "after a change of {path}");
        assert_eq!(reading.counterparts.len(), read(&now).counterparts.len());
    }
    assert_eq!(findings(&reading), findings(&read(&files)));
    assert!(!reading.retype("manuscript/book.yaml", &now), "that is no chapter");
}

#[test]
fn what_can_be_folded_and_what_is_more_than_text_is_told() {
    let text =
        "---\ntitle: T\n---\n\n## A\n\n:::aside {title=\"x\"}\nOne.\n\nTwo.\n:::\n\n## B\n\nText[^n].\n\n[^n]: N.\n";
    let reading = read(&book(&[("en/01.md", text)]));
    let folds: Vec<(u32, u32)> =
        reading.folds(&uri("en/01.md")).iter().map(|fold| (fold.start_line, fold.end_line)).collect();
    assert_eq!(folds, [(0, 2), (4, 10), (6, 10), (12, 14)]);
    let tokens = reading.tokens(&uri("en/01.md")).expect("a chapter").data;
    let shown: Vec<(u32, u32, u32)> =
        tokens.iter().map(|token| (token.delta_line, token.length, token.token_type)).collect();
    assert_eq!(shown, [(6, 8, 0), (0, 5, 1), (0, 1, 2), (8, 1, 5), (2, 1, 5)]);
}
