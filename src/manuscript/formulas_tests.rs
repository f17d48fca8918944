use super::*;
use crate::manuscript::parse_chapter;
use crate::model::Lang;
use crate::source::{SourceFile, Sources};

/// The formulas of a chapter in Typst's notation, and what is told of them.
fn read(text: &str, math: &Math) -> (Vec<String>, Vec<String>) {
    let mut sources = Sources::default();
    let file = sources.add(SourceFile::new("manuscript/zh/a.md", text));
    let mut sink = Vec::new();
    let lang = Lang::new("zh").expect("a tag");
    let mut chapter = parse_chapter(file, "manuscript/zh/a.md", &lang, text, None).take(&mut sink);
    convert(&mut chapter, math, &mut sink);
    let mut formulas = Vec::new();
    walk::formulas_mut(&mut chapter, &mut |formula| {
        let id = formula.own.and_then(|own| own.id.clone()).map(|id| format!("{id}: ")).unwrap_or_default();
        formulas.push(format!("{id}{}", formula.set.as_deref().unwrap_or(formula.written)));
    });
    let told = |found: &Diagnostic| {
        let place = found.primary.as_ref().map_or("", |label| &text[label.span.range()]);
        format!("{} ‘{place}’: {}", found.check, found.message)
    };
    (formulas, sink.iter().map(told).collect())
}

#[test]
fn a_formula_is_in_the_notation_that_it_plainly_has() {
    let text = "# 甲\n\n设$x_{10}$与$sum_(i=1)^n i$，$x^10$。\n\n$$ \\frac{a}{b} \\label{eq:a} $$\n\n| $\\alpha$ |\n|---|\n| 注[^1] |\n\n[^1]: $\\beta$\n";
    let (formulas, told) = read(text, &Math::default());
    assert_eq!(formulas, ["attach(x, b: 10)", "sum_(i=1)^n i", "attach(x, t: 1) 0", "eq:a: frac(a, b)", "α", "β"]);
    assert_eq!(told, [""; 0]);
}

#[test]
fn a_book_may_say_which_notation_it_has() {
    let text = "# 甲\n\n设$x^10$、$x_{10}$与$x^{2}$。\n";
    let tex = Math { notation: Some(Notation::Tex), ..Math::default() };
    assert_eq!(
        read(text, &tex),
        (vec!["attach(x, t: 1) 0".into(), "attach(x, b: 10)".into(), "attach(x, t: 2)".into()], vec![])
    );
    let typst = Math { notation: Some(Notation::Typst), ..Math::default() };
    let (formulas, told) = read(text, &typst);
    assert_eq!(formulas, ["x^10", "x_{10}", "x^{2}"]);
    assert_eq!(
        told,
        ["literal-markup ‘x_{10}’: the braces in this formula are printed; so in 2 places of the chapter"]
    );
}

#[test]
fn a_formula_that_cannot_be_set_costs_itself_alone() {
    let text = "# 甲\n\n$\\foo{x} + 1$和$\\alpha$，$\\colorbox{red}{x}$。\n";
    let (formulas, told) = read(text, &Math::default());
    assert_eq!(formulas, ["\"\\\\foo{x} + 1\"", "α", "ground(#0xff0000, \"x\")"]);
    assert_eq!(told, ["broken-formula ‘\\foo’: the command `\\foo` is not known",]);
}

#[test]
fn a_fault_stands_at_its_column_in_lines_of_its_own_and_at_the_formula_in_a_quotation() {
    let text = "# 甲\n\n$$ 1 + \\foo $$\n\n$$\na +\n\\bar{x} \\baz\n$$\n\n> $$\n> 中 \\text{中文} + \\quux\n> $$\n";
    let (_, told) = read(text, &Math::default());
    assert!(told[0].starts_with("broken-formula ‘\\foo’") && told[1].starts_with("broken-formula ‘\\baz’"), "{told:?}");
    assert!(told[2].contains("\\quux"), "{told:?}");
}

#[test]
fn braces_in_a_formula_of_typst_are_told_and_not_taken_for_tex() {
    let (formulas, told) = read("# 甲\n\n设$sum_{i} x$。\n", &Math::default());
    assert_eq!(formulas, ["sum_{i} x"]);
    assert_eq!(told, ["literal-markup ‘sum_{i} x’: the braces in this formula are printed"]);
}
