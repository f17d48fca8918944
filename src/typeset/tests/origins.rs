//! The places of printed lines, proved against what the Markdown is known to say.

use std::ops::Range;

use proptest::prelude::*;
use typst::syntax::SpanKind;
use typst::text::TextItem;

use super::*;

/// The head of every layout here.
const PAGE: &str = r#"
#set page(width: 60mm, height: 50mm, margin: 6mm)
#set text(size: 10pt, lang: "zh", font: ("Source Serif 4", "Noto Serif CJK SC"))
#set par(justify: true)
#show raw: set text(font: ("Source Code Pro", "Noto Sans CJK SC"))
"#;

const BODY: &str = "\n#for it in dama.book.chapters { dama.chapter(it.path) }\n";

/// What layouts do to a text on its way to the page.
const RULES: &[&str] = &[
    "",
    "#set par(first-line-indent: (amount: 2em, all: true), hanging-indent: 1em)",
    "#show regex(\"[A-Za-z]{4,}\"): set text(lang: \"en\")",
    "#show regex(\"[—⸺·]+\"): set text(features: (\"fwid\",))\n#show regex(\"[A-Za-z]{4,}\"): set text(lang: \"en\")",
    "#show regex(\"\\p{Han}\"): underline",
    "#set text(lang: \"en\", hyphenate: true)\n#show: columns.with(2)",
    "#show: upper\n#show regex(\"\\d+\"): strong",
];

/// A stretch of Markdown, and each character that it shows with the bytes of the stretch that stand for it.
#[derive(Debug, Clone)]
struct Atom {
    written: &'static str,
    shown: Vec<(char, Range<usize>)>,
}

/// Text between marks: the marks in front, the text as it is written and shown, the marks after it.
fn atom(written: &'static str, lead: usize, trail: usize) -> Atom {
    let inner = &written[lead..written.len() - trail];
    let shown = inner.char_indices().map(|(at, c)| (c, lead + at..lead + at + c.len_utf8()));
    Atom { written, shown: shown.filter(|(c, _)| !c.is_whitespace()).collect() }
}

/// A single character that is written in another way.
fn sign(written: &'static str, from: usize, c: char) -> Atom {
    Atom { written, shown: vec![(c, from..written.len())] }
}

fn atoms() -> Vec<Atom> {
    let plain = [
        "河",
        "的",
        "的",
        "的山水",
        "，",
        "。",
        "“引文”",
        "——",
        " ",
        "a",
        "the ",
        "the ",
        "Latin",
        "hyphenation",
        "2024",
        "·",
    ];
    let mut atoms: Vec<Atom> = plain.iter().map(|text| atom(text, 0, 0)).collect();
    atoms.extend(["山\n", "word\n"].map(|text| atom(text, 0, 0)));
    atoms.extend([sign("\\*", 1, '*'), sign("\\_", 1, '_'), sign("&amp;", 0, '&'), sign("&copy;", 0, '©')]);
    atoms.extend([atom(" *的重 point* ", 2, 2), atom(" **强 strong** ", 3, 3), atom(" `code_的 x` ", 2, 2)]);
    atoms.push(atom(" [链接 link](https://example.org/the-link) ", 2, "](https://example.org/the-link) ".len()));
    atoms.push(Atom { written: "字<!-- the note -->", shown: vec![('字', 0..3)] });
    atoms
}

/// Paragraphs of a chapter, and every character that they show with its place in the file.
fn chapter(paragraphs: &[Vec<Atom>]) -> (String, Vec<(char, Range<usize>)>) {
    let (mut text, mut shown) = ("---\ntitle: T\n---\n".to_owned(), Vec::new());
    for paragraph in paragraphs {
        text += "\n起";
        shown.push(('起', text.len() - 3..text.len()));
        for atom in paragraph {
            let base = text.len();
            text += atom.written;
            shown.extend(atom.shown.iter().map(|(c, range)| (*c, base + range.start..base + range.end)));
        }
        text += "终\n";
        shown.push(('终', text.len() - 4..text.len() - 1));
    }
    (text, shown)
}

/// Every piece of a line with what it shows, in the order of the pages.
fn printed(rules: &str, text: &str) -> Vec<(String, Range<usize>)> {
    let files = memory(&format!("{PAGE}{rules}{BODY}"), text);
    let (made, _, _) = set(&files, crate::typeset::set);
    let set = made.value.unwrap_or_else(|| panic!("{:?}", made.diagnostics));
    let mut shown = Vec::new();
    set.document.pages().iter().for_each(|page| lines(&page.frame, &mut shown));
    assert_eq!(shown.len(), set.printed.runs.len());
    shown.into_iter().zip(&set.printed.runs).map(|(text, run)| (text, run.span.range())).collect()
}

fn lines(frame: &Frame, found: &mut Vec<String>) {
    for (_, item) in frame.items() {
        match item {
            FrameItem::Group(group) => lines(&group.frame, found),
            FrameItem::Text(text) if is_of_manuscript(text) => found.push(text.text.to_string()),
            _ => {}
        }
    }
}

/// What a layout adds has the place of a node in its own file.
fn is_of_manuscript(text: &TextItem) -> bool {
    text.glyphs.iter().any(|glyph| matches!(glyph.span.0.get(), SpanKind::Range { .. }))
}

/// Whether a character takes part in the comparison: blanks come and go, and hyphens are put in.
fn counts(c: char) -> bool {
    !c.is_whitespace() && c != '\u{ad}'
}

/// A place without blanks at its ends. After a blank the backslash of an escape may stand, too.
fn visible(text: &str, place: &Range<usize>) -> (usize, usize) {
    let written = &text[place.clone()];
    let bare = written.trim_start();
    let bare = if bare.len() < written.len() { bare.trim_start_matches('\\') } else { bare };
    (place.end - bare.len(), place.start + written.trim_end().len())
}

fn prove(rules: &str, text: &str, wanted: &[(char, Range<usize>)]) {
    let mut next = wanted.iter();
    for (line, place) in printed(rules, text) {
        let letters: Vec<char> = line.chars().filter(|c| counts(*c)).collect();
        let own: Vec<_> = next.by_ref().take(letters.len()).collect();
        let known: Vec<char> = own.iter().map(|(c, _)| *c).collect();
        let same = |(a, b): (&char, &char)| a.to_lowercase().eq(b.to_lowercase());
        assert!(known.len() == letters.len() && known.iter().zip(&letters).all(same), "{line:?} is not {known:?}");
        let (Some((_, first)), Some((_, last))) = (own.first(), own.last()) else { continue };
        let (begins, ends) = visible(text, &place);
        assert_eq!((begins, ends), (first.start, last.end), "{line:?} is not {:?} in {text:?}", &text[place]);
    }
    assert_eq!(next.next(), None, "all of the text is printed");
}

proptest! {
    // PROPTEST_RNG_SEED and PROPTEST_CASES look further.
    #![proptest_config(ProptestConfig { failure_persistence: None, rng_seed: seed(), ..ProptestConfig::default() })]

    #[test]
    fn each_line_stands_where_its_first_character_is_written(
        rules in proptest::sample::select(RULES),
        paragraphs in proptest::collection::vec(proptest::collection::vec(proptest::sample::select(atoms()), 0..40), 1..4),
    ) {
        let (text, shown) = chapter(&paragraphs);
        prove(rules, &text, &shown);
    }
}

/// A fixed seed: a test that fails must fail again.
fn seed() -> proptest::test_runner::RngSeed {
    match ProptestConfig::default().rng_seed {
        proptest::test_runner::RngSeed::Random => proptest::test_runner::RngSeed::Fixed(20_260_101),
        given => given,
    }
}

#[test]
fn places_are_right_beyond_the_reach_of_offsets() {
    // Typst counts to 65,535 in a paragraph.
    let han = vec![atom("河的山水，", 0, 0); 3_000];
    let mixed = [&han[..], &[atom("Latin", 0, 0)], &han[..]].concat();
    let (text, shown) = chapter(&[mixed]);
    assert!(text.len() > 80_000);
    for rules in [RULES[0], RULES[3]] {
        prove(rules, &text, &shown);
    }
}

/// Each piece of a line as `what is shown < what is written for it`, blanks left out.
fn told(rules: &str, markdown: &str) -> Vec<String> {
    let text = format!("---\ntitle: T\n---\n\n{markdown}\n");
    let seen = printed(rules, &text).into_iter().filter(|(shown, _)| !shown.trim().is_empty());
    seen.map(|(shown, place)| format!("{} < {}", shown.trim(), text[place].trim())).collect()
}

#[test]
fn every_kind_of_text_has_its_place() {
    let cases: &[(&str, &[&str])] = &[
        ("- 甲Latin乙`code two`丙", &["甲 < 甲", "Latin < Latin", "乙 < 乙", "code < code", "two < two", "丙 < 丙"]),
        ("> 引Words文\n> 续", &["引 < 引", "Words < Words", "文续 < 文\n> 续"]),
        ("> ```\n> a = 1\n>   b\n> ```", &["a = 1 < a = 1", "b < b"]),
        ("```rust\nlet  x\n}\n```", &["let < let", "x < x", "} < }"]),
        ("```\nif:\n\tmake it\n}\n```", &["if: < if:", "make < make", "it < it", "} < }"]),
        (
            "甲Latin[^n]乙\n\n[^n]: 注Latin文",
            &["甲 < 甲", "Latin < Latin", "乙 < 乙", "注 < 注", "Latin < Latin", "文 < 文"],
        ),
        (
            "念{饕餮|tāo tiè}了",
            &[
                "念饕（ < 念{饕",
                "tāo < {饕餮|tāo tiè}",
                "） < {饕餮|tāo tiè}",
                "餮（ < 餮",
                "tiè < {饕餮|tāo tiè}",
                "） < {饕餮|tāo tiè}",
                "了 < 了",
            ],
        ),
        (
            "| 甲Beta | x |\n|--|--|\n| y\\|z | Words\\*字 |",
            &["甲 < 甲", "Beta < Beta", "x < x", "y|z < y\\|z", "Words < Words", "* < *", "字 < 字"],
        ),
    ];
    for (markdown, wanted) in cases {
        assert_eq!(told(RULES[3], markdown), *wanted, "{markdown}");
    }
}

#[test]
fn what_is_set_twice_is_found_twice() {
    let rules = format!("{}\n#outline(title: none)", RULES[3]);
    let once = ["第一章 < 第一章", "Latin < Latin", "与 < 与", "Latin < Latin"];
    assert_eq!(told(&rules, "## 第一章Latin与Latin\n"), [once, once].concat());
}

#[test]
fn what_a_layout_sets_in_place_of_a_text_stands_between_its_neighbours() {
    let rules = "#show \"river\": text.with(fill: red)\n#show \"seven\": [8]";
    let found = told(rules, "the river of seven, the river of nine");
    assert_eq!(found, ["the < the", "river < river", "of < of", ", the < , the", "river < river", "of nine < of nine"]);
}

#[test]
fn a_missing_glyph_is_found_after_pieces_of_its_text() {
    let layout = format!("{PAGE}{}{BODY}", RULES[3]);
    let made = make(&layout, "---\ntitle: T\n---\n\n甲Latin乙\u{13000}丙Latin\u{13000}\n");
    let places = made.found[0].primary.iter().chain(&made.found[0].labels).map(|label| label.span.range());
    let base = "---\ntitle: T\n---\n\n甲Latin乙".len();
    assert_eq!(places.collect::<Vec<_>>(), [base..base + 4, base + 12..base + 16]);
}
