//! Formulas of Word (OMML) as TeX.

use super::xml::Word as _;
use crate::foreign::xml::Element;

/// Signs that have names in TeX.
const SIGNS: &[(char, &str)] = &[
    ('α', "alpha"),
    ('β', "beta"),
    ('γ', "gamma"),
    ('δ', "delta"),
    ('ε', "varepsilon"),
    ('ϵ', "epsilon"),
    ('ζ', "zeta"),
    ('η', "eta"),
    ('θ', "theta"),
    ('ι', "iota"),
    ('κ', "kappa"),
    ('λ', "lambda"),
    ('μ', "mu"),
    ('ν', "nu"),
    ('ξ', "xi"),
    ('π', "pi"),
    ('ρ', "rho"),
    ('σ', "sigma"),
    ('τ', "tau"),
    ('υ', "upsilon"),
    ('φ', "varphi"),
    ('ϕ', "phi"),
    ('χ', "chi"),
    ('ψ', "psi"),
    ('ω', "omega"),
    ('Γ', "Gamma"),
    ('Δ', "Delta"),
    ('Θ', "Theta"),
    ('Λ', "Lambda"),
    ('Ξ', "Xi"),
    ('Π', "Pi"),
    ('Σ', "Sigma"),
    ('Φ', "Phi"),
    ('Ψ', "Psi"),
    ('Ω', "Omega"),
    ('×', "times"),
    ('÷', "div"),
    ('±', "pm"),
    ('∓', "mp"),
    ('·', "cdot"),
    ('⋅', "cdot"),
    ('≤', "le"),
    ('≥', "ge"),
    ('≠', "ne"),
    ('≈', "approx"),
    ('≡', "equiv"),
    ('∞', "infty"),
    ('→', "to"),
    ('←', "leftarrow"),
    ('⇒', "Rightarrow"),
    ('⇔', "Leftrightarrow"),
    ('∈', "in"),
    ('∉', "notin"),
    ('⊂', "subset"),
    ('⊆', "subseteq"),
    ('∪', "cup"),
    ('∩', "cap"),
    ('∅', "emptyset"),
    ('∀', "forall"),
    ('∃', "exists"),
    ('∂', "partial"),
    ('∇', "nabla"),
    ('∑', "sum"),
    ('∏', "prod"),
    ('∫', "int"),
    ('∬', "iint"),
    ('∭', "iiint"),
    ('∮', "oint"),
    ('√', "surd"),
    ('∝', "propto"),
    ('⊥', "perp"),
    ('∥', "parallel"),
    ('…', "ldots"),
    ('⋯', "cdots"),
    ('′', "prime"),
    ('°', "degree"),
    ('ℝ', "mathbb{R}"),
    ('ℕ', "mathbb{N}"),
    ('ℤ', "mathbb{Z}"),
];

/// Functions whose names TeX sets upright.
const FUNCTIONS: &[&str] = &[
    "sin", "cos", "tan", "cot", "sec", "csc", "arcsin", "arccos", "arctan", "sinh", "cosh", "tanh", "log", "ln", "lg",
    "exp", "lim", "max", "min", "sup", "inf", "det", "dim", "ker", "gcd", "arg", "deg", "limsup", "liminf",
];

/// A formula, and the text of what is not known in it.
#[derive(Debug, Default)]
pub(super) struct Formula {
    pub(super) tex: String,
    /// Names of elements that are not known; their text is kept.
    pub(super) unknown: Vec<String>,
    /// What tracked changes take out of it: their authors, and the text.
    pub(super) gone: Vec<(String, String)>,
}

/// What is told of a formula while it is read.
#[derive(Default)]
struct Told {
    unknown: Vec<String>,
    gone: Vec<(String, String)>,
    /// Whether what was put in is left out, in place of what was taken out.
    rejected: bool,
}

/// Translates a formula, as it is without the tracked changes or with them.
pub(super) fn tex(node: &Element, rejected: bool) -> Formula {
    let mut told = Told { rejected, ..Told::default() };
    let tex = all(node, &mut told).split_whitespace().collect::<Vec<_>>().join(" ");
    Formula { tex, unknown: told.unknown, gone: told.gone }
}

fn all(node: &Element, told: &mut Told) -> String {
    node.elements().map(|node| one(node, told)).collect()
}

/// What stands in an element directly inside another one.
fn inside(node: &Element, name: &str, told: &mut Told) -> String {
    node.child(name).map(|node| all(node, told)).unwrap_or_default().trim().to_owned()
}

fn property<'n>(node: &'n Element, properties: &str, name: &str) -> Option<&'n str> {
    node.child(properties)?.child(name).map(|node| node.local("val").unwrap_or(""))
}

fn one(node: &Element, told: &mut Told) -> String {
    let mut get = |name: &str| inside(node, name, told);
    match node.name.as_str() {
        "r" => run(node),
        "f" => {
            let (num, den) = (get("num"), get("den"));
            match property(node, "fPr", "type") {
                Some("lin") => format!("{num}/{den}"),
                Some("noBar") => format!("{{{num} \\atop {den}}}"),
                _ => format!("\\frac{{{num}}}{{{den}}}"),
            }
        }
        "sSup" => format!("{{{}}}^{{{}}}", get("e"), get("sup")).replace("{}^", "^"),
        "sSub" => format!("{{{}}}_{{{}}}", get("e"), get("sub")),
        "sSubSup" => format!("{{{}}}_{{{}}}^{{{}}}", get("e"), get("sub"), get("sup")),
        "sPre" => format!("{{}}_{{{}}}^{{{}}}{{{}}}", get("sub"), get("sup"), get("e")),
        "rad" => match (get("deg"), get("e")) {
            (degree, body) if degree.is_empty() => format!("\\sqrt{{{body}}}"),
            (degree, body) => format!("\\sqrt[{degree}]{{{body}}}"),
        },
        "nary" => {
            let sign = property(node, "naryPr", "chr").and_then(|sign| sign.chars().next()).unwrap_or('∫');
            let (sub, sup, body) = (get("sub"), get("sup"), get("e"));
            let mut out = symbol(sign);
            if !sub.is_empty() {
                out += &format!("_{{{sub}}}");
            }
            if !sup.is_empty() {
                out += &format!("^{{{sup}}}");
            }
            format!("{out} {body}")
        }
        "d" => delimited(node, told),
        "m" => format!("\\begin{{matrix}}{}\\end{{matrix}}", rows(node, told)),
        "eqArr" => {
            let lines: Vec<String> =
                node.elements().filter(|node| node.name == "e").map(|node| all(node, told).trim().to_owned()).collect();
            format!("\\begin{{aligned}}{}\\end{{aligned}}", lines.join(" \\\\ "))
        }
        "func" => format!("{} {}", function(&get("fName")), get("e")),
        "limLow" => format!("{}_{{{}}}", function(&get("e")), get("lim")),
        "limUpp" => format!("\\overset{{{}}}{{{}}}", get("lim"), get("e")),
        "acc" => accent(property(node, "accPr", "chr").and_then(|sign| sign.chars().next()), &get("e")),
        "bar" => match property(node, "barPr", "pos") {
            Some("bot") => format!("\\underline{{{}}}", get("e")),
            _ => format!("\\overline{{{}}}", get("e")),
        },
        "groupChr" => match property(node, "groupChrPr", "pos") {
            Some("top") => format!("\\overbrace{{{}}}", get("e")),
            _ => format!("\\underbrace{{{}}}", get("e")),
        },
        "borderBox" => format!("\\boxed{{{}}}", get("e")),
        "phant" => format!("\\phantom{{{}}}", get("e")),
        "ins" | "moveTo" if told.rejected => gone(node, told),
        "del" | "moveFrom" if !told.rejected => gone(node, told),
        "box" | "oMath" | "e" | "num" | "den" | "sub" | "sup" | "ins" | "moveTo" | "del" | "moveFrom" | "smartTag"
        | "sdt" | "sdtContent" | "hyperlink" => all(node, told),
        "bookmarkStart" | "bookmarkEnd" | "proofErr" => String::new(),
        name if name.ends_with("Pr") => String::new(),
        name => {
            told.unknown.push(name.to_owned());
            all(node, told)
        }
    }
}

fn gone(node: &Element, told: &mut Told) -> String {
    told.gone.push((node.local("author").unwrap_or_default().to_owned(), node.all_text()));
    String::new()
}

fn run(node: &Element) -> String {
    let upright =
        property(node, "rPr", "sty") == Some("p") || node.child("rPr").is_some_and(|node| node.child("nor").is_some());
    let text: String = node.elements().filter(|node| node.name == "t").map(Element::own_text).collect();
    if upright
        && text.chars().filter(|c| c.is_ascii_alphabetic()).count() > 1
        && text.chars().all(|c| c.is_alphanumeric())
    {
        return function(&text);
    }
    let mut out = String::new();
    let mut words = String::new();
    for c in text.chars() {
        if crate::lang::cjk::is_han(c)
            || ('\u{3000}'..='\u{303f}').contains(&c)
            || ('\u{ff00}'..='\u{ffef}').contains(&c)
        {
            words.push(c);
            continue;
        }
        close(&mut words, &mut out);
        out.push_str(&symbol(c));
    }
    close(&mut words, &mut out);
    out
}

fn close(words: &mut String, out: &mut String) {
    if !words.is_empty() {
        out.push_str(&format!("\\text{{{words}}}"));
        words.clear();
    }
}

fn symbol(c: char) -> String {
    if let Some((_, name)) = SIGNS.iter().find(|(sign, _)| *sign == c) {
        return format!("\\{name} ");
    }
    match c {
        '\\' => "\\backslash ".to_owned(),
        '{' | '}' | '$' | '%' | '#' | '&' | '_' => format!("\\{c}"),
        '^' | '~' => format!("\\text{{{c}}}"),
        '−' => "-".to_owned(),
        '\u{2061}'..='\u{2064}' => String::new(),
        // Letters of mathematical alphabets are letters; TeX slants them by itself.
        '\u{1d44e}'..='\u{1d467}' => {
            char::from_u32(u32::from(c) - 0x1d44e + 0x61).map(String::from).unwrap_or_default()
        }
        '\u{1d434}'..='\u{1d44d}' => {
            char::from_u32(u32::from(c) - 0x1d434 + 0x41).map(String::from).unwrap_or_default()
        }
        c => c.to_string(),
    }
}

fn function(name: &str) -> String {
    let name = name.trim();
    match name {
        _ if FUNCTIONS.contains(&name) => format!("\\{name} "),
        _ if name.starts_with('\\') || name.contains(['_', '^']) => name.to_owned(),
        _ if name.chars().all(char::is_alphanumeric) && name.chars().count() > 1 => format!("\\operatorname{{{name}}}"),
        _ => name.to_owned(),
    }
}

fn delimited(node: &Element, told: &mut Told) -> String {
    let sign = |name: &str, usual: char| match property(node, "dPr", name) {
        Some(sign) => sign.chars().next(),
        None => Some(usual),
    };
    let written = |sign: Option<char>| match sign {
        None => ".".to_owned(),
        Some('{') => "\\{".to_owned(),
        Some('}') => "\\}".to_owned(),
        Some('⟨') => "\\langle ".to_owned(),
        Some('⟩') => "\\rangle ".to_owned(),
        Some('‖') => "\\|".to_owned(),
        Some('⌈') => "\\lceil ".to_owned(),
        Some('⌉') => "\\rceil ".to_owned(),
        Some('⌊') => "\\lfloor ".to_owned(),
        Some('⌋') => "\\rfloor ".to_owned(),
        Some(sign) => sign.to_string(),
    };
    let parts: Vec<String> =
        node.elements().filter(|node| node.name == "e").map(|node| all(node, told).trim().to_owned()).collect();
    let between = sign("sepChr", '|').map(String::from).unwrap_or_default();
    let (begin, end) = (written(sign("begChr", '(')), written(sign("endChr", ')')));
    format!("\\left{begin}{}\\right{end}", parts.join(&between))
}

fn rows(node: &Element, told: &mut Told) -> String {
    let cells = |row: &Element, told: &mut Told| {
        let cells: Vec<String> =
            row.elements().filter(|node| node.name == "e").map(|node| all(node, told).trim().to_owned()).collect();
        cells.join(" & ")
    };
    let rows: Vec<String> = node.elements().filter(|node| node.name == "mr").map(|row| cells(row, told)).collect();
    rows.join(" \\\\ ")
}

fn accent(sign: Option<char>, body: &str) -> String {
    let name = match sign {
        Some('\u{304}' | '\u{305}' | '¯') => "bar",
        Some('\u{20d7}' | '→') => "vec",
        Some('\u{303}' | '~') => "tilde",
        Some('\u{307}' | '˙') => "dot",
        Some('\u{308}' | '¨') => "ddot",
        Some('\u{306}') => "breve",
        Some('\u{30c}') => "check",
        _ => "hat",
    };
    format!("\\{name}{{{body}}}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::foreign::xml::{Doctype, whole};

    fn of(xml: &str) -> String {
        tex(&whole(&format!("<m:oMath>{xml}</m:oMath>"), Doctype::Refused).expect("it is XML"), false).tex
    }

    fn r(text: &str) -> String {
        format!("<m:r><m:t>{text}</m:t></m:r>")
    }

    #[test]
    fn formulas_are_written_in_tex() {
        let (a, b, n) = (r("a"), r("b"), r("n"));
        for (xml, expected) in [
            (format!("<m:sSup><m:e>{a}</m:e><m:sup>{n}</m:sup></m:sSup>"), "{a}^{n}"),
            (format!("<m:f><m:num>{a}</m:num><m:den>{b}</m:den></m:f>"), "\\frac{a}{b}"),
            (format!("<m:rad><m:deg/><m:e>{a}</m:e></m:rad>"), "\\sqrt{a}"),
            (
                format!(
                    "<m:nary><m:naryPr><m:chr m:val=\"∑\"/></m:naryPr><m:sub>{a}</m:sub><m:sup>{n}</m:sup><m:e>{b}</m:e></m:nary>"
                ),
                "\\sum _{a}^{n} b",
            ),
            (
                format!("<m:d><m:e><m:m><m:mr><m:e>{a}</m:e><m:e>{b}</m:e></m:mr></m:m></m:e></m:d>"),
                "\\left(\\begin{matrix}a & b\\end{matrix}\\right)",
            ),
            (format!("<m:func><m:fName>{}</m:fName><m:e>{a}</m:e></m:func>", r("sin")), "\\sin a"),
            (r("面积α"), "\\text{面积}\\alpha"),
        ] {
            assert_eq!(of(&xml), expected);
        }
    }
}
