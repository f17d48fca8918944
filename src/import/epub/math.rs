//! MathML as TeX, as far as TeX says the same.

use super::xhtml::Xhtml as _;
use crate::foreign::xml::{Element, Node};

/// A formula in TeX; `None` where it has something that cannot be written so.
pub(super) fn tex(math: &Element) -> Option<String> {
    annotated(math).or_else(|| row(&math.children)).map(|tex| tex.trim().to_owned()).filter(|tex| !tex.is_empty())
}

/// What the program that made it says in TeX.
fn annotated(math: &Element) -> Option<String> {
    let mut annotations = Vec::new();
    math.all("annotation", &mut annotations);
    let tex = annotations.into_iter().find(|one| one.says("encoding", &["application/x-tex", "LaTeX", "TeX"]))?;
    Some(tex.text())
}

fn row(nodes: &[Node]) -> Option<String> {
    let mut out = String::new();
    for node in nodes {
        match node {
            Node::Element(element) => join(&mut out, &part(element)?),
            Node::Text(text) if text.trim().is_empty() => {}
            Node::Text(_) => return None,
        }
    }
    Some(out)
}

/// Adds a part, parted from a command before it that a letter would make another one.
fn join(out: &mut String, part: &str) {
    let command = out
        .rfind('\\')
        .and_then(|at| out.get(at + 1..))
        .is_some_and(|name| !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphabetic()));
    if command && part.starts_with(|c: char| c.is_ascii_alphabetic()) {
        out.push(' ');
    }
    out.push_str(part);
}

fn part(element: &Element) -> Option<String> {
    let children: Vec<&Element> = element.elements().collect();
    let of = |nth: usize| children.get(nth).and_then(|child| part(child));
    let both = |first: &str, sign: &str| Some(format!("{{{first}}}{sign}{{{}}}", of(1)?));
    match element.name.as_str() {
        "semantics" => of(0),
        "mrow" | "mstyle" | "mpadded" | "merror" | "mtd" => row(&element.children),
        "mi" | "mn" => Some(token(element)),
        "mo" => Some(operator(element.text().trim())),
        "mtext" | "ms" => Some(format!("\\text{{{}}}", escaped(&element.text()))),
        "mspace" => Some("\\ ".to_owned()),
        "mphantom" => Some(format!("\\phantom{{{}}}", row(&element.children)?)),
        "mfrac" => Some(format!("\\frac{{{}}}{{{}}}", of(0)?, of(1)?)),
        "msqrt" => Some(format!("\\sqrt{{{}}}", row(&element.children)?)),
        "mroot" => Some(format!("\\sqrt[{}]{{{}}}", of(1)?, of(0)?)),
        "msup" => both(&of(0)?, "^"),
        "msub" => both(&of(0)?, "_"),
        "msubsup" | "munderover" => Some(format!("{}_{{{}}}^{{{}}}", base(&children)?, of(1)?, of(2)?)),
        "munder" => limit(&children, '_'),
        "mover" => limit(&children, '^'),
        "mfenced" => fenced(element, &children),
        "mtable" => table(&children),
        _ => None,
    }
}

/// What bears signs above and below: an operator as it is, anything else in braces.
fn base(children: &[&Element]) -> Option<String> {
    let first = children.first()?;
    let tex = part(first)?;
    Some(if first.name == "mo" { tex } else { format!("{{{tex}}}") })
}

/// Accents, and what stands above or below an operator.
fn limit(children: &[&Element], sign: char) -> Option<String> {
    let [first, second] = children else { return None };
    let accent = match (sign, second.text().trim()) {
        ('^', "^" | "ˆ" | "\u{302}") => "hat",
        ('^', "~" | "˜" | "\u{303}") => "tilde",
        ('^', "¯" | "‾" | "\u{304}" | "\u{305}" | "―") => "overline",
        ('^', "→" | "⃗") => "vec",
        ('^', "˙" | "\u{307}") => "dot",
        ('^', "¨" | "\u{308}") => "ddot",
        ('^', "⏞") => "overbrace",
        ('_', "⏟") => "underbrace",
        ('_', "_" | "\u{332}") => "underline",
        _ if first.name == "mo" => return Some(format!("{}{sign}{{{}}}", part(first)?, part(second)?)),
        ('^', _) => return Some(format!("\\overset{{{}}}{{{}}}", part(second)?, part(first)?)),
        _ => return Some(format!("\\underset{{{}}}{{{}}}", part(second)?, part(first)?)),
    };
    Some(format!("\\{accent}{{{}}}", part(first)?))
}

fn fenced(element: &Element, children: &[&Element]) -> Option<String> {
    let open = element.attribute("open").unwrap_or("(");
    let close = element.attribute("close").unwrap_or(")");
    let sign = element.attribute("separators").unwrap_or(",").chars().next().map(String::from).unwrap_or_default();
    let parts: Option<Vec<String>> = children.iter().map(|child| part(child)).collect();
    Some(format!("{}{}{}", operator(open), parts?.join(&sign), operator(close)))
}

fn table(rows: &[&Element]) -> Option<String> {
    let mut lines = Vec::new();
    for line in rows {
        if line.name != "mtr" {
            return None;
        }
        let cells: Option<Vec<String>> = line.elements().map(part).collect();
        lines.push(cells?.join(" & "));
    }
    Some(format!("\\begin{{matrix}}{}\\end{{matrix}}", lines.join(" \\\\ ")))
}

/// A name or a number. A name of several letters stands upright.
fn token(element: &Element) -> String {
    let text = element.text();
    let text: String = text.trim().chars().map(plain_letter).collect();
    let is_word = element.name == "mi" && text.chars().count() > 1;
    match text.as_str() {
        _ if is_word && text.chars().all(|c| c.is_ascii_alphabetic()) => format!("\\operatorname{{{text}}}"),
        _ if is_word => format!("\\text{{{}}}", escaped(&text)),
        _ => escaped(&text),
    }
}

/// Italic letters that have code points of their own, as the letters that a formula sets in italics anyway.
fn plain_letter(c: char) -> char {
    let shifted =
        |first: u32, to: u8| u8::try_from(u32::from(c) - first).map_or(c, |by| char::from(to.saturating_add(by)));
    match c {
        '\u{1d434}'..='\u{1d44d}' => shifted(0x1d434, b'A'),
        '\u{1d44e}'..='\u{1d467}' => shifted(0x1d44e, b'a'),
        '\u{1d6fc}'..='\u{1d714}' => char::from_u32(u32::from(c) - 0x1d6fc + 0x3b1).unwrap_or(c),
        '\u{1d715}' => '∂',
        'ℎ' => 'h',
        c => c,
    }
}

fn operator(text: &str) -> String {
    match text {
        "\u{2061}" | "\u{2062}" | "\u{2063}" | "\u{2064}" => String::new(),
        "−" => "-".to_owned(),
        text => escaped(text),
    }
}

/// Text with the signs that TeX reads otherwise.
fn escaped(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        match c {
            '{' | '}' | '%' | '&' | '#' | '$' | '_' => {
                out.push('\\');
                out.push(c);
            }
            '\\' => out.push_str("\\backslash "),
            '^' => out.push_str("\\hat{}"),
            '~' => out.push_str("\\sim "),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::foreign::xml::page;

    #[test]
    fn what_is_simple_becomes_tex_and_the_rest_nothing() {
        for (mathml, said) in [
            ("<mfrac><mi>a</mi><mrow><mi>b</mi><mo>+</mo><mn>1</mn></mrow></mfrac>", Some("\\frac{a}{b+1}")),
            ("<msup><mi>𝑥</mi><mn>2</mn></msup><mo>=</mo><msqrt><mi>y</mi></msqrt>", Some("{x}^{2}=\\sqrt{y}")),
            (
                "<munderover><mo>∑</mo><mi>i</mi><mi>n</mi></munderover><mi>sin</mi>",
                Some("∑_{i}^{n}\\operatorname{sin}"),
            ),
            ("<mover accent='true'><mi>𝐻</mi><mo>̂</mo></mover><mi>𝜓</mi>", Some("\\hat{H}ψ")),
            ("<mfenced><mi>a</mi><mi>b</mi></mfenced>", Some("(a,b)")),
            (
                "<mtable><mtr><mtd><mn>1</mn></mtd><mtd><mn>0</mn></mtd></mtr></mtable>",
                Some("\\begin{matrix}1 & 0\\end{matrix}"),
            ),
            ("<semantics><mi>x</mi><annotation encoding='application/x-tex'>x_1</annotation></semantics>", Some("x_1")),
            ("<mmultiscripts><mi>a</mi></mmultiscripts>", None),
            ("<mfrac><mi>a</mi></mfrac>", None),
        ] {
            let tree = page::read(&format!("<math>{mathml}</math>"));
            let math = tree.root.elements().next().expect("there is one");
            assert_eq!(tex(math).as_deref(), said, "{mathml}");
        }
    }
}
