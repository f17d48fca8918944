//! No text makes the checks panic or point between two halves of a character, whatever it says.

use proptest::prelude::*;
use proptest::sample::select;

use super::baseline::Baseline;
use super::fix;
use super::{Fingerprints, freshness};
use crate::align;
use crate::codes;
use crate::diagnostic::{Diagnostic, anywhere};
use crate::manuscript::load_pair;
use crate::model::{Book, Lang, Record};
use crate::source::{Sources, Span};

/// What the checks look at, in forms and places that no author means.
const FRAGMENTS: &[&str] = &[
    // Brackets and quotation marks of both widths.
    "(",
    "（",
    ")",
    "）",
    "[",
    "［",
    "]",
    "］",
    "{",
    "}",
    "【",
    "】",
    "〔",
    "〕",
    "〈",
    "〉",
    "《",
    "》",
    "「",
    "」",
    "『",
    "』",
    "“",
    "”",
    "‘",
    "’",
    "\"",
    "'",
    // Other marks.
    "，",
    ",",
    "。",
    ".",
    "：",
    ":",
    "；",
    ";",
    "？",
    "?",
    "！",
    "!",
    "、",
    "%",
    "％",
    "‰",
    "-",
    "--",
    "–",
    "—",
    "——",
    "−",
    "…",
    "……",
    "...",
    "。。。",
    "~",
    "～",
    "·",
    "/",
    "#",
    "&",
    // Words.
    "推荐",
    "这样做",
    "没有",
    "不",
    "增加",
    "图",
    "表",
    "第",
    "章",
    "附录",
    "約翰",
    "约翰·史密斯",
    "约翰·史密思",
    "的",
    "the ",
    "a ",
    "an ",
    "not ",
    "No",
    "no ",
    "never",
    "quick ",
    "Rust",
    "rust",
    "GPT-3",
    "Smith",
    "Smiht",
    "Figure ",
    "Chapter ",
    "Appendix ",
    "Eq.",
    "and ",
    "to ",
    "s",
    "'s ",
    "’s",
    "st",
    "th ",
    "x",
    "percentage point",
    "centuries",
    "of ",
    // Numbers.
    "0",
    "1",
    "2",
    "12",
    "３",
    "１２",
    "3.5",
    "1,000",
    "2019",
    "十",
    "百",
    "万",
    "亿",
    "几",
    "数",
    "两",
    "半",
    "零",
    "〇",
    "分之",
    "零分之零",
    "又",
    "成",
    "折",
    "倍",
    "年",
    "月",
    "年代",
    "世纪",
    "多",
    "负",
    "½",
    "⁄",
    "10⁶",
    "⁹⁹⁹⁹⁹⁹⁹⁹⁹⁹⁹⁹⁹⁹⁹⁹",
    "2e308",
    "9999999999999999999999999999999999999999",
    "dozens ",
    "hundreds of thousands",
    "hundred ",
    "million",
    "minus ",
    "half ",
    "two thirds",
    "first",
    "point ",
    "May ",
    "5kg",
    "千克",
    "公里",
    "¥",
    "$",
    "€",
    "ISBN ",
    "978-7-302-00001-3",
    // Blanks.
    " ",
    "  ",
    "\u{a0}",
    "\u{3000}",
    "\n",
    "\t",
    "\\\n",
    // Markup.
    "*",
    "**",
    "_",
    "__",
    "~~",
    "`",
    "`代（码`",
    "$a^2$",
    "[链](https://e.org/（)",
    "[](#b0)",
    "[a](#b1)",
    "https://e.org/a）b",
    "www.e.org",
    "me@e.org",
    "[^n]",
    "[@k, p. 3]",
    "@fig:b1",
    "![图](a.png)",
    "<b>",
    "<!-- dama: allow number -->",
    "\\",
    "&amp;",
    "&ngE;",
    "&#126;",
    "{饕餮|tāo tiè}",
    // Characters of several parts, wide ones and ones that change their length with their case.
    "e\u{301}",
    "\u{301}",
    "\u{fe0f}",
    "👩\u{200d}👧",
    "🇨🇳",
    "🄰",
    "\u{200b}",
    "\u{ad}",
    "\u{feff}",
    "\u{1}",
    "İ",
    "ẞ",
    "ﬁ",
    "K",
    "日本語の",
    "한글",
    "書",
    "𠮷",
];

/// Words few enough to repeat.
const WORDS: &[&str] = &["a ", "quick ", "old ", "the ", "birds. ", "3 ", "狐狸", "，", "（", "）"];

/// A block around a text.
const BLOCKS: &[&str] = &[
    "{}",
    "{}",
    "{}",
    "## {}",
    "### {} {#b1}",
    "{} {#b2}",
    "- {}\n- {}",
    "1. {}",
    "> {}",
    "> - {}",
    "[^n]: {}",
    "| {} | b |\n|---|--:|\n| 1 | {} |",
    "词{}\n\n: {}",
    "```rust\n{}\n```",
    "$$ {} $$",
    "![{}](a.png \"{}\"){#fig:b1}",
    ":::aside {#b0 tone=\"{}\"}\n{}\n:::",
    "```chart\ntype: bar\nalt: \"图\"\nsource: {}\ndata: {A: 1, B: 2}\n```",
    "<div title=\"{}\">{}</div>",
];

const LANGUAGES: &[[&str; 2]] =
    &[["zh", "en"], ["en", "zh"], ["zh", "en"], ["en", "zh"], ["zh-Hans", "zh-Hant"], ["en", "en-GB"], ["zh-TW", "zh"]];

const TERMS: &str = "- {zh: 推荐, en: Rust, zh-TW: の, en-GB: the, forbidden: {en: [quick], zh: [这样做]}}\n\
    - {zh: GPT-3（图, en: Figure (a, zh-TW: 日本, en-GB: a, variants: {en: [no]}}\n";

/// What a block says, in both languages.
type Pair = [String; 2];

fn text(words: &'static [&'static str]) -> impl Strategy<Value = String> {
    let part = prop_oneof![19 => select(words).prop_map(str::to_owned), 1 => any::<char>().prop_map(String::from)];
    prop::collection::vec(part, 0..14).prop_map(|parts| parts.concat())
}

/// Blocks of the same form in both languages, which often say the same words, so that they are paired.
fn blocks(words: &'static [&'static str]) -> impl Strategy<Value = Vec<Pair>> {
    let shared = prop_oneof![text(words), Just(String::new())];
    let block = (select(BLOCKS), shared, text(words), text(words), any::<bool>()).prop_map(
        |(block, shared, source, target, after)| {
            [source, target].map(|own| {
                let says = if after { format!("{own}{shared}") } else { format!("{shared}{own}") };
                block.replace("{}", &says)
            })
        },
    );
    prop::collection::vec(block, 0..5)
}

fn book(languages: [&str; 2], blocks: &[Pair], sources: &mut Sources) -> Book {
    let side = |side: usize| {
        let body: Vec<&str> = blocks.iter().map(|pair| pair[side].as_str()).collect();
        let name = format!("manuscript/{}/a.md", languages[side]);
        (name, format!("---\ntitle: 题 T\n---\n\n{}\n", body.join("\n\n")))
    };
    let files = [side(0), side(1)];
    let terms = Some(("manuscript/glossary.yaml".to_owned(), TERMS.to_owned()));
    load_pair(sources, files, languages.map(|tag| Lang::new(tag).expect("a good tag")), terms).value
}

/// Checks a book, and does with the findings all that is done with findings.
fn check(book: &Book, sources: &Sources) {
    let open = crate::checks::check(book, sources).open;
    open.iter().for_each(|finding| prove(finding, sources));
    fix::apply(&open, sources);
    let prints = Fingerprints::of(book, sources);
    let baseline = Baseline::of(&open, &prints, sources);
    let total = open.len();
    let measured = baseline.measure(open, &prints, sources);
    assert_eq!(measured.held.len() + measured.new.len(), total);
}

/// Every place of a finding lies in its file, on borders of characters, and none tells that a check broke off.
fn prove(finding: &Diagnostic, sources: &Sources) {
    assert_ne!(finding.check, codes::FAILED_CHECK, "{finding:#?}");
    let good = |span: Span| span.start <= span.end && sources.get(span.file).text().get(span.range()).is_some();
    let labels = finding.primary.iter().chain(&finding.labels).map(|label| label.span);
    assert!(labels.chain(finding.edits.iter().map(|edit| edit.span)).all(good), "{finding:#?}");
}

/// What a book says, as if all of it had been signed off.
fn signed_off(book: &Book) -> Vec<Record> {
    let alignment = align::align(book, &book.languages[0], &book.languages[1]);
    alignment.chapters.iter().flat_map(|chapter| freshness::sign_off(chapter).records).collect()
}

#[test]
fn brackets_of_both_widths_can_close_each_other() {
    const OPEN: [&str; 14] = ["(", "（", "[", "［", "{", "【", "〔", "〈", "《", "「", "『", "“", "‘", "\""];
    const CLOSE: [&str; 14] = [")", "）", "]", "］", "}", "】", "〕", "〉", "》", "」", "』", "”", "’", "\""];
    for open in OPEN {
        for close in CLOSE {
            let [zh, en] =
                ["推荐 (这样做的) 办法，推荐(这样做)办法。", "The (recommended) way; the [other](#x) 1) way."];
            let pair = [zh, en].map(|text| text.replace('(', open).replace(')', close));
            let mut sources = Sources::default();
            let book = book(["zh", "en"], &[pair], &mut sources);
            check(&book, &sources);
        }
    }
}

proptest! {
    #![proptest_config(anywhere::config())]

    #[test]
    fn any_two_texts_can_be_checked(languages in select(LANGUAGES), blocks in blocks(FRAGMENTS)) {
        let mut sources = Sources::default();
        let book = book(languages, &blocks, &mut sources);
        check(&book, &sources);
    }

    #[test]
    fn any_edit_after_a_sign_off_can_be_checked(
        languages in select(LANGUAGES),
        before in prop_oneof![blocks(WORDS), blocks(FRAGMENTS)],
        edits in prop::collection::vec((any::<prop::sample::Index>(), 0..3_usize, text(WORDS), text(FRAGMENTS)), 1..6),
    ) {
        let records = signed_off(&book(languages, &before, &mut Sources::default()));
        let mut after = before;
        for (at, side, few, any) in edits {
            let Some(pair) = (!after.is_empty()).then(|| at.index(after.len())).and_then(|at| after.get_mut(at)) else {
                continue;
            };
            match side {
                0 | 1 => pair[side] = edited(&pair[side], at, &few),
                _ => pair[0] = any,
            }
        }
        let mut sources = Sources::default();
        let mut book = book(languages, &after, &mut sources);
        let (target, stem) = (book.languages[1].clone(), book.chapters(&book.languages[0])[0].stem.clone());
        book.reviewed.replace(&target, &stem, records);
        check(&book, &sources);
    }
}

/// A text with some of its characters taken out and others put in their place.
fn edited(text: &str, at: prop::sample::Index, new: &str) -> String {
    let characters: Vec<char> = text.chars().collect();
    let start = at.index(characters.len() + 1);
    let end = (start + new.chars().count() / 2).min(characters.len());
    let part = |range: &[char]| range.iter().collect::<String>();
    format!("{}{new}{}", part(&characters[..start]), part(&characters[end..]))
}

#[test]
fn a_title_that_is_also_the_name_of_its_file_is_not_missing() {
    let missing = |english: &str| {
        let mut sources = Sources::default();
        let files = [("zh", "# 前言\n\n春天来了。\n".to_owned()), ("en", format!("{english}Spring has come.\n"))];
        let files = files.map(|(lang, text)| (format!("manuscript/{lang}/preface.md"), text));
        let languages = ["zh", "en"].map(|tag| Lang::new(tag).expect("a good tag"));
        let book = load_pair(&mut sources, files, languages, None).value;
        crate::checks::check(&book, &sources).open.iter().filter(|finding| finding.check == "missing-block").count()
    };
    assert_eq!(missing("# preface\n\n"), 0);
    assert_eq!(missing(""), 1);
}
