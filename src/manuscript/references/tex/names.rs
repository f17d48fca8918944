//! Names of characters in TeX.

/// Names that only say how a text looks; what they are given is printed.
const LOOKS: [&str; 10] =
    ["emph", "textit", "textbf", "textsc", "textrm", "textsf", "texttt", "textsl", "textup", "mathrm"];

/// The character of a name.
#[rustfmt::skip]
pub(super) fn character(name: &str) -> Option<char> {
    Some(match name {
        "alpha" => 'α', "beta" => 'β', "gamma" => 'γ', "delta" => 'δ', "epsilon" => 'ϵ', "varepsilon" => 'ε', "zeta" => 'ζ',
        "eta" => 'η', "theta" => 'θ', "vartheta" => 'ϑ', "iota" => 'ι', "kappa" => 'κ', "lambda" => 'λ', "mu" => 'μ',
        "nu" => 'ν', "xi" => 'ξ', "pi" => 'π', "rho" => 'ρ', "varrho" => 'ϱ', "sigma" => 'σ', "varsigma" => 'ς',
        "tau" => 'τ', "upsilon" => 'υ', "phi" => 'ϕ', "varphi" => 'φ', "chi" => 'χ', "psi" => 'ψ', "omega" => 'ω',
        "Gamma" => 'Γ', "Delta" => 'Δ', "Theta" => 'Θ', "Lambda" => 'Λ', "Xi" => 'Ξ', "Pi" => 'Π', "Sigma" => 'Σ',
        "Upsilon" => 'Υ', "Phi" => 'Φ', "Psi" => 'Ψ', "Omega" => 'Ω',
        "textmu" => 'µ', "ell" => 'ℓ', "hbar" => 'ℏ', "partial" => '∂', "nabla" => '∇', "infty" => '∞', "emptyset" => '∅',
        "times" | "texttimes" => '×', "div" => '÷', "cdot" => '⋅', "pm" | "textpm" => '±', "mp" => '∓', "ast" => '∗',
        "star" => '⋆', "circ" => '∘', "bullet" => '•', "degree" | "textdegree" => '°', "dagger" => '†', "prime" => '′',
        "leq" | "le" => '≤', "geq" | "ge" => '≥', "neq" | "ne" => '≠', "ll" => '≪', "gg" => '≫', "approx" => '≈',
        "sim" => '∼', "simeq" => '≃', "cong" => '≅', "equiv" => '≡', "propto" => '∝', "perp" => '⊥', "parallel" => '∥',
        "mid" => '∣', "in" => '∈', "notin" => '∉', "subset" => '⊂', "subseteq" => '⊆', "supset" => '⊃', "cup" => '∪',
        "cap" => '∩', "setminus" => '∖', "wedge" => '∧', "vee" => '∨', "neg" => '¬', "forall" => '∀', "exists" => '∃',
        "otimes" => '⊗', "oplus" => '⊕', "sum" => '∑', "prod" => '∏', "int" => '∫',
        "to" | "rightarrow" => '→', "leftarrow" => '←', "leftrightarrow" => '↔', "mapsto" => '↦', "Rightarrow" => '⇒',
        "uparrow" => '↑', "downarrow" => '↓', "ldots" | "dots" => '…', "cdots" => '⋯',
        _ => return None,
    })
}

/// A text with the characters that it names. What is not understood stays, and is noted.
pub(super) fn read(text: &str, left: &mut Vec<String>) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find('\\') {
        out.push_str(&rest[..at]);
        let after = &rest[at + 1..];
        let name = &after[..after.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(after.len())];
        let argument = argument(&after[name.len()..]);
        let end = at + 1 + name.len();
        if let Some(character) = character(name) {
            out.push(character);
            rest = &rest[end..];
        } else if let Some(argument) = argument.filter(|_| LOOKS.contains(&name)) {
            out.push_str(&read(argument, left));
            rest = &rest[end + argument.len() + 2..];
        } else {
            if !name.is_empty() {
                left.push(format!("\\{name}"));
            }
            out.push_str(&rest[at..end]);
            rest = &rest[end..];
        }
    }
    out + rest
}

/// What stands in the braces at the start of a text.
fn argument(text: &str) -> Option<&str> {
    let inner = text.strip_prefix('{')?;
    inner.find(['{', '}']).filter(|at| inner[*at..].starts_with('}')).map(|end| &inner[..end])
}

#[cfg(test)]
mod tests {
    #[test]
    fn characters_are_read_by_name() {
        let mut left = Vec::new();
        let read = super::read(r"The \alpha of \emph{x \beta}, \noopsort{19} C:\", &mut left);
        assert_eq!(read, r"The α of x β, \noopsort{19} C:\");
        assert_eq!(left, [r"\noopsort"]);
    }
}
