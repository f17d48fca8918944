//! Formulas in one form, whichever notation of Typst or TeX they are in.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::lang::width::{half, half_mark};

/// Names and signs, each row of them for one thing that the first stands for.
const SAME: &[&str] = &[
    "× times cross",
    "⋅ cdot dot dot.op dot.c · ∙",
    "÷ div",
    "± pm plus.minus",
    "∓ mp minus.plus",
    "… ldots dots cdots dotsc dotsb dots.h dots.c dots.h.c ... ⋯ ......",
    "≤ le leq leqslant lt.eq <= =<",
    "≥ ge geq geqslant gt.eq >=",
    "≠ ne neq eq.not != not.eq",
    "≈ approx",
    "≡ equiv :≡",
    "∼ sim tilde.op ∽",
    "∝ propto prop",
    "→ to rightarrow arrow.r -> longrightarrow arrow.r.long",
    "← leftarrow arrow.l <- gets",
    "⇒ Rightarrow implies => arrow.r.double",
    "⇔ Leftrightarrow iff <=> arrow.l.r.double",
    "↦ mapsto |-> arrow.r.bar",
    "∞ infty oo infinity",
    "∂ partial diff",
    "∇ nabla",
    "∑ sum",
    "∏ prod product",
    "∫ int integral",
    "√ sqrt",
    "∈ in",
    "∉ notin in.not",
    "⊂ subset",
    "⊆ subseteq subset.eq",
    "∪ cup union",
    "∩ cap sect inter",
    "∅ emptyset varnothing nothing emptyset.rev",
    "∀ forall",
    "∃ exists",
    "∧ land wedge and",
    "∨ lor vee or",
    "¬ neg lnot not",
    "- − – －",
    "∥ parallel",
    "⟂ perp",
    "| mid vert lvert rvert bar.v",
    "‖ Vert lVert rVert bar.v.double",
    "ℓ ell",
    "α alpha",
    "β beta",
    "γ gamma",
    "δ delta",
    "ε epsilon varepsilon ϵ epsilon.alt",
    "ζ zeta",
    "η eta",
    "θ theta",
    "ι iota",
    "κ kappa",
    "λ lambda",
    "μ mu µ",
    "ν nu",
    "ξ xi",
    "π pi",
    "ρ rho",
    "σ sigma",
    "τ tau",
    "υ upsilon",
    "φ phi varphi ϕ phi.alt",
    "χ chi",
    "ψ psi",
    "ω omega",
    "Γ Gamma",
    "Δ Delta",
    "Θ Theta",
    "Λ Lambda",
    "Ξ Xi",
    "Π Pi",
    "Σ Sigma",
    "Φ Phi",
    "Ψ Psi",
    "Ω Omega",
    "° degree circ",
];
/// What sets the look of a formula and says nothing.
const LOOK: &[&str] = &[
    "left",
    "right",
    "big",
    "Big",
    "bigg",
    "Bigg",
    "bigl",
    "bigr",
    "Bigl",
    "Bigr",
    "displaystyle",
    "textstyle",
    "quad",
    "qquad",
    "limits",
    "nolimits",
    "thin",
    "thick",
    "med",
    "wide",
    "space",
    "nonumber",
];
/// What sets words in a formula.
const WORDS: &[&str] = &["text", "textrm", "textbf", "textit", "textnormal", "mbox", "hbox", "textsf", "upright"];
/// What sets a name upright, which is no word to translate.
const NAMES: &[&str] = &["mathrm", "operatorname", "op", "rm"];
/// What makes an ordinal of a letter.
const ORDINAL: &[&str] = &["th", "st", "nd", "rd", "-th", "-st", "-nd", "-rd"];
/// Stands for words in a formula, which are translated.
const TRANSLATED: &str = "\"\"";

/// A formula in one form: what is equal in it is equal in the two formulas.
pub(super) fn normal(formula: &str) -> String {
    let mut tokens = without_ordinals(unwrapped(tokens(formula)));
    while tokens.last().is_some_and(|last| matches!(last.as_str(), "." | "," | ";" | ":" | "。")) {
        tokens.pop();
    }
    let mut out = String::new();
    for token in tokens {
        let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
        if digit(out.chars().next_back()) && digit(token.chars().next()) {
            out.push(' ');
        }
        out.push_str(&token);
    }
    out
}

/// Whether a formula in its one form is a number, or numbers multiplied: what texts also write without dollars.
pub(super) fn is_number(normal: &str) -> bool {
    normal.contains(|c: char| c.is_ascii_digit())
        && normal.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ',' | '×' | '%' | '-'))
}

fn tokens(formula: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut rest = formula;
    while let Some(c) = rest.chars().next() {
        let (token, length) = if let Some(after) = rest.strip_prefix('\\') {
            escaped(after)
        } else if c == '"' {
            let words = rest[1..].split('"').next().unwrap_or("");
            (quoted(words), words.len() + 2)
        } else if c.is_ascii_alphabetic() {
            let name = word(rest);
            (meant(name), name.len())
        } else if c.is_ascii_digit() {
            let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
            (Some(rest[..end].to_owned()), end)
        } else {
            sign(rest, c)
        };
        let rest_after = rest.get(length..).unwrap_or("");
        rest = match token.as_deref() {
            Some(name) if WORDS.contains(&name) || NAMES.contains(&name) => {
                let (inside, after) = argument(rest_after);
                found.extend(if WORDS.contains(&name) {
                    quoted(inside)
                } else {
                    Some(inside.trim_matches('"').to_owned())
                });
                after
            }
            _ => {
                found.extend(token);
                rest_after
            }
        };
    }
    found
}

/// What stands behind a backslash, and the length of both: a name, a sign that means itself, or space.
fn escaped(text: &str) -> (Option<String>, usize) {
    let name = word(text);
    let Some(first) = text.chars().next().filter(|_| name.is_empty()) else { return (meant(name), 1 + name.len()) };
    let sign = matches!(first, '{' | '}' | '%' | '$' | '#' | '_' | '|' | '\\').then(|| format!("\\{first}"));
    (sign, 1 + first.len_utf8())
}

/// The name that a text begins with: letters, and letters behind a point as Typst has them.
fn word(text: &str) -> &str {
    let letters = |text: &str| text.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(text.len());
    let mut end = letters(text);
    while end > 1 && text[end..].starts_with('.') && letters(&text[end + 1..]) > 0 {
        end += 1 + letters(&text[end + 1..]);
    }
    &text[..end]
}

/// A name or sign as the one that stands for all that mean the same; nothing for what says nothing.
fn meant(name: &str) -> Option<String> {
    if name.is_empty() || LOOK.contains(&name) {
        return None;
    }
    Some(same(name).unwrap_or(name).to_owned())
}

/// The names and signs of [`SAME`], each with the first of the row that it stands in first.
static FIRSTS: LazyLock<FxHashMap<&str, &str>> = LazyLock::new(|| {
    let rows = SAME.iter().rev().filter_map(|row| Some((*row, row.split(' ').next()?)));
    rows.flat_map(|(row, first)| row.split(' ').map(move |name| (name, first))).collect()
});

fn same(name: &str) -> Option<&'static str> {
    FIRSTS.get(name).copied()
}

/// A sign that a text begins with, and its length.
fn sign(text: &str, first: char) -> (Option<String>, usize) {
    const LONGEST: usize = 6;
    let ends = text.char_indices().map(|(at, c)| at + c.len_utf8()).take(LONGEST);
    let long = ends.filter(|end| *end > first.len_utf8()).collect::<Vec<_>>();
    let known = long.into_iter().rev().find_map(|end| same(&text[..end]).map(|sign| (sign, end)));
    if let Some((sign, end)) = known {
        return (Some(sign.to_owned()), end);
    }
    let length = first.len_utf8();
    if first.is_whitespace() || matches!(first, '~' | '&') {
        return (None, length);
    }
    let c = half_mark(first).unwrap_or_else(|| half(first));
    let plain = c.to_string();
    (Some(same(&plain).map_or(plain, str::to_owned)), length)
}

/// Words in a formula. One letter is no word.
fn quoted(words: &str) -> Option<String> {
    let words = words.trim();
    match words {
        "" => None,
        _ if ORDINAL.contains(&words) => Some(words.to_owned()),
        _ if words.chars().count() == 1 && words.is_ascii() => Some(words.to_owned()),
        _ => Some(TRANSLATED.to_owned()),
    }
}

/// What stands in the braces or brackets that a text begins with, and what follows.
fn argument(text: &str) -> (&str, &str) {
    let start = text.trim_start();
    let close = match start.chars().next() {
        Some('{') => '}',
        Some('(') => ')',
        _ => return ("", text),
    };
    let inner = &start[1..];
    inner.find(close).map_or((inner, ""), |end| (&inner[..end], &inner[end + 1..]))
}

/// Without braces around one sign, letter or number, and brackets around one that is raised or lowered.
fn unwrapped(tokens: Vec<String>) -> Vec<String> {
    let mut out: Vec<String> = Vec::with_capacity(tokens.len());
    for token in tokens {
        out.push(token);
        // What is left may be what stands around it closed.
        while unwrap_last(&mut out) {}
    }
    out
}

/// Takes away the braces or brackets that the last token closes.
fn unwrap_last(out: &mut Vec<String>) -> bool {
    let one = |token: &str| {
        token.chars().count() == 1 || token.chars().all(|c| c.is_ascii_digit()) || ORDINAL.contains(&token)
    };
    let count = out.len();
    let token = |back: usize| count.checked_sub(back).map_or("", |at| out[at].as_str());
    let raised = || matches!(token(4), "^" | "_");
    match (token(3), token(2), token(1)) {
        (_, "{", "}") => out.truncate(count - 2),
        ("{", inside, "}") if one(inside) => drop((out.pop(), out.remove(count - 3))),
        ("(", inside, ")") if raised() && one(inside) => drop((out.pop(), out.remove(count - 3))),
        _ => return false,
    }
    true
}

/// Without what makes an ordinal of a number or letter: `i^"th"` is the i of 第 i 行. Where nothing stands before the first, all stay.
fn without_ordinals(tokens: Vec<String>) -> Vec<String> {
    let suffix = |token: &String| ORDINAL.contains(&token.as_str());
    let mut out: Vec<String> = Vec::with_capacity(tokens.len());
    let mut tokens = tokens.into_iter();
    while let Some(token) = tokens.next() {
        if !suffix(&token) {
            out.push(token);
        } else if out.is_empty() {
            out.push(token);
            out.extend(tokens.by_ref());
        } else if out.last().is_some_and(|last| matches!(last.as_str(), "^" | "-")) {
            out.pop();
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_formula_in_two_notations_is_one() {
        for (a, b) in [
            ("i - 2", "i-2"),
            ("x_{i}^{2}", "x_i^2"),
            ("a \\times b", "a times b"),
            ("a × b.", "a \\times b"),
            ("x_1, \\ldots, x_n", "x_1，…，x_n。"),
            ("y \\text{ if } x > 0", "y \"若\" x > 0"),
            ("i^\"th\"", "i"),
            ("i^{\\text{th}}", "i"),
            ("n^{th}", "n"),
            ("\\left( x \\right)", "(x)"),
            ("\\operatorname{rank} A", "rank A"),
            ("x <= 3", "x \\leq 3"),
            ("10{,}000", "10,000"),
            ("p^(10)", "p^10"),
        ] {
            assert_eq!(normal(a), normal(b), "{a} / {b}");
        }
    }

    #[test]
    fn what_differs_stays_different() {
        for (a, b) in [
            ("m c^2", "m c^3"),
            ("a b", "b a"),
            ("a times b", "b times a"),
            ("x_1", "x_2"),
            ("x + 1", "x - 1"),
            ("3 0", "30"),
            ("\\frac{a}{bc}", "\\frac{ab}{c}"),
            ("x < 3", "x <= 3"),
            ("\\alpha", "\\beta"),
            ("\\operatorname{rank} A", "\\operatorname{rang} A"),
        ] {
            assert_ne!(normal(a), normal(b), "{a} / {b}");
        }
        let nested = format!("{}a{}", "{".repeat(5000), "}".repeat(5000));
        assert_eq!(normal(&nested), "a", "however deep the braces are");
        for strange in ["", "\\", "\"", "{", "}", "^", "\\text", "\\text{", "公式 \\。", "\"\"", "....."] {
            normal(strange);
        }
    }

    #[test]
    fn numbers_are_no_formulas() {
        for (formula, expected) in [
            ("64", true),
            ("3 times 3", true),
            ("0.5", true),
            ("i", false),
            ("2^3", false),
            ("-", false),
            ("50%", true),
        ] {
            assert_eq!(is_number(&normal(formula)), expected, "{formula}");
        }
    }
}
