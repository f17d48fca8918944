//! What an index says of small books.

use std::collections::BTreeMap;

use super::{Heading, headings};
use crate::model::Lang;
use crate::source::Sources;

const BOOK: &str = "title: {zh: 灯, en: Lamps}\nlanguages: [zh, en]\ndate: 2026-01-01\nlayout: book\n";
const GLOSSARY: &str = "- {zh: 油灯, en: oil lamp, variants: {en: [oil lamps]}}\n";

fn index(tag: &str, text: &str) -> Vec<String> {
    let mut files = BTreeMap::new();
    for (path, text) in [
        ("manuscript/book.yaml", BOOK.to_owned()),
        ("manuscript/glossary.yaml", GLOSSARY.to_owned()),
        (&format!("manuscript/{tag}/01.md"), format!("# T\n\n{text}\n")),
        (if tag == "zh" { "manuscript/en/01.md" } else { "manuscript/zh/01.md" }, "# T\n\nx\n".to_owned()),
    ] {
        files.insert(path.to_owned(), text.into_bytes());
    }
    let mut sources = Sources::default();
    let (book, _) = crate::load(&files, &mut sources).take(&mut Vec::new()).expect("the book can be read");
    headings(&book, &Lang::new(tag).expect("a good tag")).iter().map(shown).collect()
}

/// `L letter word ×marks +terms → see, ⇒ also {subs}`.
fn shown(heading: &Heading) -> String {
    let mut shown = format!("{} {}", heading.letter, heading.word);
    let parts = [("×", heading.marks.len()), ("+", heading.terms.len())];
    parts.iter().filter(|(_, count)| *count > 0).for_each(|(sign, count)| shown += &format!(" {sign}{count}"));
    heading.see.iter().for_each(|see| shown += &format!(" → {see}"));
    heading.also.iter().for_each(|also| shown += &format!(" ⇒ {also}"));
    if !heading.subs.is_empty() {
        shown += &format!(" {{{}}}", heading.subs.iter().map(self::shown).collect::<Vec<_>>().join("; "));
    }
    shown
}

#[test]
fn headings_stand_in_the_order_of_the_language() {
    let text = "[芯片]{.index}、[灯芯]{.index key=\"灯\" sub=\"灯芯\"}、[灯]{.index also=\"油灯；烛\"}、[AI]{.index}、[重庆]{.index sort=\"chongqing\"}。[]{.index key=\"灯盏\" see=\"油灯\"}";
    let expected =
        ["A AI ×1", "C 重庆 ×1", "D 灯 ×1 ⇒ 油灯 ⇒ 烛 {D 灯芯 ×1}", "D 灯盏 → 油灯", "X 芯片 ×1", "Y 油灯 +1"];
    assert_eq!(index("zh", text), expected);
}

#[test]
fn forms_of_a_term_and_capitals_are_one_heading() {
    let text = "[Wicks]{.index} and [wicks]{.index}; [Oil lamps]{.index}, [oil lamp]{.index}.";
    assert_eq!(index("en", text), ["O oil lamp ×2 +1", "W wicks ×2"]);
}
