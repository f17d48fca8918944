//! Manuscripts as people type them: pieces of Markdown, some of them with slips, with marked words in place of their text.

use std::ops::Range;

use proptest::prelude::*;
use proptest::sample::{Index, select};

/// Where a marked word stands in a piece.
const HOLE: char = '§';

/// Pieces that are sound.
const SOUND: [&str; 30] = [
    "§，§*§*与**§**。",
    "§ and *§* and **§** and ~~§~~.",
    "代码`§`和`a § b`，§。",
    "价格§~§元，数量§~§个。",
    "[§](https://example.org/a)和<https://example.org/§>。",
    "第一行§\n第二行§",
    "§\\\n§",
    "{§|yī}与§",
    "正文§[^§]后面§。\n\n[^§]: 注里的§。",
    "公式$x + y$旁边§，$$ \"§\" = 1 $$",
    "| § | § |\n|---|---|\n| § | § |\n| § | `§` |",
    "| § | § | § |\n|:--|--:|:-:|\n| **§** | *§* | ~~§~~ |",
    "1. §\n2. §\n\n   §\n3. §\n   - §\n   - §",
    "* §\n* §\n  + §",
    "> §\n>\n> §\n> > §",
    "```\n§ = §;\n    § // §\n```",
    "```rust\nfn §() {\n    §();\n}\n```",
    "## §与§",
    "### *§* `§`",
    "§\n: §\n\n§\n: §\n: §",
    ":::aside\n§\n\n§\n:::",
    ":::columns\n§\n\n- §\n:::",
    ":::epigraph\n§\n:::",
    ":::poem\n§\n§\n:::",
    ":::figure\n| § | § |\n|---|---|\n| § | § |\n\n§\n:::",
    "a < b & c > d &amp; § &copy; §",
    "\\*§\\* \\[§\\] \\`§\\` \\$§\\$ \\# §",
    "§ -- § --- § … § ... “§” ‘§’ \"§\" '§'",
    "§（§）《§》「§」·§——§……§、§；§：§！§？",
    "§\n\n---\n\n§",
];

/// Pieces with a slip, or with the marks of another tool.
const SLIPS: [&str; 40] = [
    "| § | § |\n|---|---|\n| § | § | § |",
    "| § | § |\n|---|---|\n| § |",
    "| § | § |\n|---|\n| § | § |",
    "| § | § |\n|---|---|\n| `§ || §` | § |",
    "　　§，§。",
    "　　§\n　　§\n　　§",
    "　　## §",
    "##§",
    "＃ §",
    "§**§",
    "§*§",
    "§`§",
    "H~§~O与x^§^",
    "==§==与++§++",
    "§^[§]§",
    "[[§]]与![[§]]",
    "[TOC]\n\n§",
    "> [!NOTE]\n> §",
    "!!! note \"§\"\n    §\n\n    §",
    "- [ ] §\n- [x] §",
    "§［^1］§【@x】",
    "［§］（https://example.org）",
    "[§](一 个.md)与§",
    "<kbd>§</kbd>与<sub>§</sub>、<sup>§</sup>、<mark>§</mark>、<u>§</u>、<del>§</del>",
    "| § | § |\n|---|---|\n| § | §<br>§ |",
    "§<!-- 说明 -->§\n\n<!--\n说明\n-->\n\n§",
    "§\n===\n\n§",
    "    §\n\n§",
    "§\n    §",
    "{{< § >}}与{% § %}",
    "@§与[-@§]",
    "[§][§]",
    ":::aside {title=“§”}\n§\n:::",
    "\\newpage\n\n§",
    "§$§",
    "\u{feff}§\u{200b}§\u{ad}§\u{a0}§\u{2028}§",
    "1） §\n2） §",
    "－ §\n－ §",
    "https://example.org/§ 与 §@example.org",
    "§\t§\r\n§",
];

/// Marks that a slip of the hand adds, doubles or takes away.
const MARKS: [&str; 24] = [
    "*", "**", "`", "~", "~~", "|", "[", "]", "(", ")", "#", ">", "-", "!", "$", ":", ":::", "\n", "\n\n", "    ",
    "　", "\\", "^", "_",
];

/// A chapter with the marked words in it.
#[derive(Debug, Clone)]
pub(super) struct Written {
    /// Front matter and body.
    pub(super) text: String,
    /// Each word with its place in the text.
    pub(super) words: Vec<(String, Range<usize>)>,
}

/// Chapters: a few pieces, at times one with a slip, at times a mark too many or too few.
pub(super) fn written() -> impl Strategy<Value = Written> {
    let piece = prop_oneof![4 => select(&SOUND[..]), 1 => select(&SLIPS[..])];
    let slip = prop::option::weighted(0.4, (any::<Index>(), select(&MARKS[..]), any::<bool>()));
    (prop::collection::vec(piece, 1..9), slip).prop_map(|(pieces, slip)| {
        let mut body = pieces.join("\n\n");
        if let Some((at, mark, away)) = slip {
            slip_of_the_hand(&mut body, at, mark, away);
        }
        filled(&body)
    })
}

/// Adds a mark somewhere, or takes one of the kind away.
fn slip_of_the_hand(body: &mut String, at: Index, mark: &str, away: bool) {
    let found: Vec<usize> = body.match_indices(mark).map(|(at, _)| at).collect();
    if away && !found.is_empty() {
        let at = found[at.index(found.len())];
        body.replace_range(at..at + mark.len(), "");
        return;
    }
    let places: Vec<usize> = body.char_indices().map(|(at, _)| at).collect();
    body.insert_str(places[at.index(places.len())], mark);
}

/// Puts a word that stands nowhere else into each hole.
fn filled(body: &str) -> Written {
    let mut text = "---\ntitle: 章\n---\n\n".to_owned();
    let mut words = Vec::new();
    for c in body.chars() {
        if c != HOLE {
            text.push(c);
            continue;
        }
        let word = word(words.len());
        let start = text.len();
        text.push_str(&word);
        words.push((word, start..text.len()));
    }
    text.push('\n');
    Written { text, words }
}

/// The word of a number: by turns two Chinese characters and five letters, which no font joins and no rule hyphenates.
fn word(number: usize) -> String {
    const HAN: &str = "山水木石田禾竹米耳舟虫贝足车金门雨马鱼鸟龙鼠";
    const LATIN: &str = "bcdghkmnpqrstvwxz";
    let pick = |letters: &str, at: usize| letters.chars().nth(at % letters.chars().count()).expect("a letter");
    if number.is_multiple_of(2) {
        let at = number / 2;
        [pick(HAN, at), pick(HAN, at / 22 + at + 1)].iter().collect()
    } else {
        let at = number / 2;
        ['x', pick(LATIN, at), pick(LATIN, at / 17), 'q', 'x'].iter().collect()
    }
}
