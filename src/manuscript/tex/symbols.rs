//! Single signs, words and spaces.

use pulldown_latex::event::{Dimension, DimensionUnit};

use super::element::{Element, Kind};

/// What Typst's notation reads otherwise than as the sign itself.
const SPECIAL: &[char] = &[
    '\\', '/', '#', '$', '_', '^', '&', '"', '\'', '(', ')', '[', ']', '{', '}', '|', ',', ';', '!', '~', '`', '‖',
    '⟨', '⟩', '⌈', '⌉', '⌊', '⌋', '√', '∛', '∜',
];

/// Names that only Typst's notation has: functions that take something, and symbols under another name than TeX's.
const TYPST_NAMES: &[&str] = &[
    "frac",
    "sqrt",
    "root",
    "vec",
    "mat",
    "cases",
    "binom",
    "attach",
    "upright",
    "bold",
    "dot",
    "times",
    "div",
    "plus",
    "minus",
    "sum",
    "prod",
    "integral",
    "infinity",
    "arrow",
    "alpha",
    "beta",
    "gamma",
    "delta",
    "epsilon",
    "theta",
    "lambda",
    "sigma",
    "omega",
    "phi",
    "pi",
    "mu",
    "union",
    "sect",
    "subset",
    "forall",
    "exists",
    "approx",
    "quad",
    "thin",
    "cal",
    "bb",
    "op",
    "abs",
    "norm",
    "floor",
    "ceil",
    "overline",
    "underline",
    "overbrace",
    "underbrace",
    "limits",
    "nabla",
    "diff",
    "dif",
    "partial",
    "oo",
    "RR",
    "NN",
    "ZZ",
    "QQ",
    "CC",
    "gt",
    "lt",
    "eq",
    "prop",
    "tilde",
    "hat",
    "macron",
];

/// Whether a word is a name of Typst's notation.
pub(super) fn is_typst_name(word: &str) -> bool {
    TYPST_NAMES.contains(&word)
}

/// A sign as Typst's notation takes it.
pub(super) fn escaped(sign: char) -> String {
    if SPECIAL.contains(&sign) { format!("\\{sign}") } else { sign.to_string() }
}

/// A sign without a class of its own.
pub(super) fn ordinary(sign: char) -> Element {
    let primes = match sign {
        '′' => Some(1),
        '″' => Some(2),
        '‴' => Some(3),
        '⁗' => Some(4),
        _ => None,
    };
    if let Some(count) = primes {
        return Element { text: sign.to_string(), kind: Kind::Prime(count) };
    }
    // TeX's \mu is the Greek letter; the micro sign is another character.
    let sign = if sign == 'µ' { 'μ' } else { sign };
    // Some marks are letters to Unicode.
    let kind = if "´‾˘ˇ˙¨`^~→←↔⇀↼˚⏞⎴⏜⏠_⏟⎵⏝⏡".contains(sign) {
        Kind::Mark(sign)
    } else if sign.is_alphabetic() {
        Kind::Letter(sign)
    } else {
        Kind::Other
    };
    // A bar is a sign like any other in TeX unless `\left` and the like make a delimiter of it.
    let text = if is_bar(sign) { format!("class(\"normal\", {})", escaped(sign)) } else { escaped(sign) };
    Element { text, kind }
}

/// Whether both sides of a pair look the same, so that the sign alone does not tell which it is.
pub(super) fn is_bar(sign: char) -> bool {
    matches!(sign, '|' | '‖' | '∥' | '∣')
}

/// Whether it is an arrow.
pub(super) fn is_arrow(sign: char) -> bool {
    matches!(sign, '←'..='⇿' | '⟵'..='⟿')
}

/// A relation of one or two signs.
pub(super) fn relation(signs: &str) -> String {
    signs.chars().filter(|sign| !is_variation(*sign)).map(escaped).collect::<Vec<_>>().concat()
}

fn is_variation(sign: char) -> bool {
    ('\u{fe00}'..='\u{fe0f}').contains(&sign)
}

/// A number; what a comma parts are several in TeX.
pub(super) fn number(number: &str) -> String {
    number.replace(',', " \\, ")
}

/// Letters that are an operator's name.
pub(super) fn operator(name: &str) -> String {
    const KNOWN: &[&str] = &[
        "arccos", "arcsin", "arctan", "arg", "cos", "cosh", "cot", "coth", "csc", "deg", "det", "dim", "exp", "gcd",
        "lcm", "hom", "inf", "ker", "lg", "lim", "ln", "log", "max", "min", "mod", "Pr", "sec", "sin", "sinh", "sup",
        "tan", "tanh",
    ];
    match name {
        "lim inf" => "liminf".to_owned(),
        "lim sup" => "limsup".to_owned(),
        known if KNOWN.contains(&known) => known.to_owned(),
        name => format!("op(\"{}\")", quoted(&plain(name))),
    }
}

/// Text without formulas in it.
pub(super) fn text(text: &str) -> String {
    let text = text.replace("&nbsp;", "\u{a0}").replace("``", "“").replace("''", "”").replace('`', "‘");
    format!("\"{}\"", quoted(&plain(&text)))
}

/// Words without TeX's commands for single signs.
fn plain(words: &str) -> String {
    let mut out = String::new();
    let mut signs = words.chars().peekable();
    while let Some(sign) = signs.next() {
        match sign {
            '\\' => match signs.next() {
                Some(',' | ';' | ':' | ' ') => out.push(' '),
                Some('!') | None => {}
                Some(sign) if sign.is_ascii_alphabetic() => while signs.next_if(char::is_ascii_alphabetic).is_some() {},
                Some(sign) => out.push(sign),
            },
            '~' => out.push('\u{a0}'),
            '{' | '}' => {}
            sign => out.push(sign),
        }
    }
    out
}

pub(super) fn quoted(words: &str) -> String {
    words.replace('\\', "\\\\").replace('"', "\\\"")
}

/// What something negated is.
pub(super) fn negated(element: &str) -> String {
    let mut signs = element.chars();
    match (signs.next(), signs.next()) {
        (Some(sign), None) => composed(sign).map_or_else(|| format!("cancel({sign})"), String::from),
        _ => format!("cancel({element})"),
    }
}

/// The sign with a stroke, where there is one.
fn composed(sign: char) -> Option<char> {
    const PAIRS: &[(char, char)] = &[
        ('=', '≠'),
        ('<', '≮'),
        ('>', '≯'),
        ('∈', '∉'),
        ('∋', '∌'),
        ('∃', '∄'),
        ('≡', '≢'),
        ('≤', '≰'),
        ('≥', '≱'),
        ('⊂', '⊄'),
        ('⊃', '⊅'),
        ('⊆', '⊈'),
        ('⊇', '⊉'),
        ('∼', '≁'),
        ('≃', '≄'),
        ('≅', '≇'),
        ('≈', '≉'),
        ('∣', '∤'),
        ('∥', '∦'),
        ('⊢', '⊬'),
        ('⊨', '⊭'),
        ('⊩', '⊮'),
        ('≺', '⊀'),
        ('≻', '⊁'),
        ('⪯', '⋠'),
        ('⪰', '⋡'),
        ('→', '↛'),
        ('←', '↚'),
        ('↔', '↮'),
        ('⇒', '⇏'),
        ('⇐', '⇍'),
        ('⇔', '⇎'),
        ('⊲', '⋪'),
        ('⊳', '⋫'),
    ];
    PAIRS.iter().find(|(plain, _)| *plain == sign).map(|(_, stroked)| *stroked)
}

/// A space of some width by Typst's names; what draws together is left to Typst.
pub(super) fn space(width: Option<Dimension>) -> String {
    let Some(em) = width.map(in_em) else { return String::new() };
    let names: &[(f32, &str)] =
        &[(2.0, "wide"), (1.0, "quad"), (5.0 / 18.0, "thick"), (4.0 / 18.0, "med"), (3.0 / 18.0, "thin")];
    let mut left = em;
    let mut spaces = Vec::new();
    for (size, name) in names {
        while left >= size - 0.01 && spaces.len() < 12 {
            spaces.push(*name);
            left -= size;
        }
    }
    spaces.join(" ")
}

/// A width in em, at 10 points an em.
fn in_em(width: Dimension) -> f32 {
    let per_em = match width.unit {
        DimensionUnit::Em => 1.0,
        DimensionUnit::Mu => 18.0,
        DimensionUnit::Ex => 2.3,
        DimensionUnit::Pt | DimensionUnit::Bp => 10.0,
        DimensionUnit::Pc => 0.83,
        DimensionUnit::In => 0.138,
        DimensionUnit::Cm => 0.351,
        DimensionUnit::Mm => 3.51,
        DimensionUnit::Dd => 9.34,
        DimensionUnit::Cc => 0.78,
        DimensionUnit::Sp => 655_360.0,
    };
    width.value / per_em
}
