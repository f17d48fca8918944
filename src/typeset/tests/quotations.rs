//! Quotations, and blocks that stand in them.

use super::*;

/// How far from the left edge each piece of a line begins, in points, where a layout gives quotations such a rule.
fn lefts(rule: &str, text: &str) -> Vec<f64> {
    let (made, ..) = set(&memory(&format!("{rule}\n{LAYOUT}"), text), super::super::set);
    let set = made.value.unwrap_or_else(|| panic!("{:?}", made.diagnostics));
    let lines = set.printed.runs.iter().filter(|run| run.page == 1);
    lines.map(|run| (run.at[0] * 100.0).round() / 100.0).collect()
}

#[test]
fn blocks_in_a_quotation_do_not_have_its_insets_once_more() {
    let text = "---\ntitle: T\n---\n\n> One.\n>\n> ## Two\n>\n> ```\n> three\n> ```\n";
    let rule = "#set par(first-line-indent: 0pt)\n#show quote.where(block: true): set block(inset: (x: 20pt))";
    let [one, two, three] = lefts(rule, text)[..] else { panic!("three lines") };
    assert!(one == two && two == three, "{one}, {two}, {three}");
}

#[test]
fn a_quotation_in_a_quotation_has_insets_of_its_own() {
    let lefts = lefts(
        "#show quote.where(block: true): set block(inset: (left: 20pt))",
        "---\ntitle: T\n---\n\n> One.\n>\n> > Two.\n",
    );
    let [one, two] = lefts[..] else { panic!("{lefts:?}") };
    assert!(two - one > 20.0, "{lefts:?}");
}
