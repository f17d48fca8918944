//! Waivers: what they stand for, and those that cannot be read.

use super::{clean, finds};

/// Each waiver of a body: its checks, its reason and the text that it stands for.
fn waivers(body: &str) -> Vec<(String, String, String)> {
    let (chapter, whole) = clean(body);
    let target = |w: &crate::model::Waiver| w.target.map_or("-", |span| &whole[span.range()]).to_owned();
    let names =
        |w: &crate::model::Waiver| w.checks.iter().map(|c| &whole[c.span.range()]).collect::<Vec<_>>().join(" ");
    chapter
        .waivers
        .iter()
        .inspect(|w| assert!(whole[w.span.range()].starts_with("<!--") && whole[w.span.range()].ends_with("-->")))
        .map(|w| (names(w), w.reason.clone().unwrap_or_default(), target(w)))
        .collect()
}

#[track_caller]
fn waives(body: &str, target: &str) {
    assert_eq!(waivers(body), [("number".to_owned(), "why".to_owned(), target.to_owned())], "{body}");
}

#[test]
fn a_waiver_stands_for_the_block_after_it_or_around_it() {
    const W: &str = "<!-- dama: allow number: why -->";
    waives(&format!("甲\n\n{W}\n乙\n\n丙\n"), "乙");
    waives(&format!("{W}\n\n<!-- a note -->\n\n乙\n"), "乙");
    waives(&format!("甲\n{W}\n乙\n"), "乙");
    waives(&format!("{W}\n:::aside\n乙\n:::\n"), ":::aside\n乙\n:::");
    waives(&format!("甲 {W}\n\n乙\n"), &format!("甲 {W}"));
    waives(&format!("## 甲 {{#x}} {W}\n\n乙\n"), &format!("## 甲 {{#x}} {W}"));
    waives(&format!("- 甲\n- 乙 {W}\n  - 丙\n- 丁\n"), &format!("- 乙 {W}\n  - 丙"));
    waives(&format!("> 甲\n>\n> {W}\n>\n> 乙\n"), "乙");
    waives(&format!("甲[^n]\n\n[^n]: 注 {W}\n"), &format!("[^n]: 注 {W}"));
    waives(&format!("![甲](../images/a.png) {W}\n"), &format!("![甲](../images/a.png) {W}"));
    waives(&format!("甲\n\n{W}\n"), "-");
    assert_eq!(waivers(&format!("| 甲 | 乙 |\n|---|---|\n| 丙 {W} | 丁 |\n"))[0].2.trim(), format!("丙 {W}"));
    assert_eq!(waivers(&format!("{W}\n{W}\n\n甲\n")).len(), 2);
}

#[test]
fn an_unreadable_waiver_is_shown() {
    finds("<!-- dama: alow number: x -->\n\n甲\n", "this waiver cannot be read", "dama: alow number: x");
    finds("甲 <!-- dama: allow -->\n", "this waiver cannot be read", "dama: allow");
}
