//! The TeX of formulas in titles, in Typst's math notation.

use std::iter::Peekable;
use std::str::Chars;

use super::names;

/// Operators that both call by the same name.
const OPERATORS: [&str; 22] = [
    "arg", "cos", "cosh", "cot", "deg", "det", "dim", "exp", "gcd", "hom", "inf", "ker", "lim", "ln", "log", "max",
    "min", "sin", "sinh", "sup", "tan", "tanh",
];

/// What is set over or about letters, and Typst's names for it.
const STYLES: [(&str, &str); 14] = [
    ("mathbf", "bold"),
    ("boldsymbol", "bold"),
    ("bm", "bold"),
    ("mathbb", "bb"),
    ("mathcal", "cal"),
    ("mathscr", "scr"),
    ("mathfrak", "frak"),
    ("mathsf", "sans"),
    ("mathtt", "mono"),
    ("mathit", "italic"),
    ("hat", "hat"),
    ("tilde", "tilde"),
    ("bar", "macron"),
    ("vec", "arrow"),
];

/// Names of words in a formula.
const WORDS: [&str; 5] = ["mathrm", "text", "textrm", "operatorname", "mbox"];

/// What is set lower or higher at the start of a formula stands at this: Typst wants something there.
const NOTHING: char = '\u{200b}';

/// A formula in Typst's notation; `None` if it has something that is not known here.
pub(super) fn typst(tex: &str) -> Option<String> {
    let mut reader = Reader { chars: tex.chars().peekable(), balanced: balanced(tex) };
    reader.sequence(false)
}

/// Whether each bracket has its partner: Typst takes those of any two kinds for partners.
fn balanced(tex: &str) -> bool {
    let mut open = Vec::new();
    let mut escaped = false;
    for c in tex.chars() {
        let partner = match c {
            _ if escaped => None,
            '(' | '[' | '{' => {
                open.push(c);
                None
            }
            ')' => Some('('),
            ']' => Some('['),
            '}' => Some('{'),
            _ => None,
        };
        if partner.is_some() && open.pop() != partner {
            return false;
        }
        escaped = c == '\\' && !escaped;
    }
    open.is_empty()
}

struct Reader<'t> {
    chars: Peekable<Chars<'t>>,
    balanced: bool,
}

impl Reader<'_> {
    /// Reads up to the end, or to the brace that closes the group.
    fn sequence(&mut self, in_group: bool) -> Option<String> {
        let mut out = String::new();
        loop {
            match self.chars.next() {
                None => return (!in_group).then_some(out),
                Some('}') => return in_group.then_some(out),
                Some(c @ ('^' | '_' | '\'')) => {
                    if out.is_empty() {
                        out.push(NOTHING);
                    }
                    out.push(c);
                    if c != '\'' {
                        out.push_str(&format!("({})", self.argument()?));
                    }
                }
                Some(c) => {
                    let atom = self.atom(c)?;
                    if !out.is_empty() && !atom.is_empty() {
                        out.push(' ');
                    }
                    out.push_str(&atom);
                }
            }
        }
    }

    /// The group or the one sign that a command or an index is given.
    fn argument(&mut self) -> Option<String> {
        while self.chars.next_if(|c| c.is_whitespace()).is_some() {}
        match self.chars.next()? {
            '^' | '_' | '}' => None,
            c if c.is_ascii_digit() => Some(c.to_string()),
            c => self.atom(c),
        }
    }

    fn atom(&mut self, c: char) -> Option<String> {
        match c {
            '{' => self.sequence(true),
            '\\' => self.command(),
            '~' => Some(String::new()),
            '(' | ')' | '[' | ']' if self.balanced => Some(c.to_string()),
            '(' | ')' | '[' | ']' | '|' | '/' => Some(format!("\\{c}")),
            '+' | '-' | '*' | '=' | '<' | '>' | ',' | '.' | ';' | ':' | '!' | '?' => Some(c.to_string()),
            _ if c.is_whitespace() => Some(String::new()),
            _ if c.is_ascii_digit() => Some(self.number(c)),
            _ if c.is_ascii_alphabetic() || !c.is_ascii() => Some(c.to_string()),
            _ => None,
        }
    }

    fn number(&mut self, first: char) -> String {
        let mut number = String::from(first);
        while let Some(digit) = self.chars.next_if(|c| c.is_ascii_digit() || *c == '.') {
            number.push(digit);
        }
        number
    }

    fn command(&mut self) -> Option<String> {
        let mut name = String::new();
        while let Some(letter) = self.chars.next_if(char::is_ascii_alphabetic) {
            name.push(letter);
        }
        if name.is_empty() {
            return self.sign();
        }
        if let Some(character) = names::character(&name) {
            return Some(character.to_string());
        }
        if OPERATORS.contains(&name.as_str()) {
            return Some(name);
        }
        if WORDS.contains(&name.as_str()) {
            return self.words();
        }
        if let Some((_, function)) = STYLES.iter().find(|(tex, _)| *tex == name) {
            // Signs that part the arguments of a function.
            let argument = self.argument().filter(|argument| !argument.contains([',', ';', ':']))?;
            return Some(format!("{function}({argument})"));
        }
        match name.as_str() {
            "frac" | "tfrac" | "dfrac" => Some(format!("({}) / ({})", self.argument()?, self.argument()?)),
            "sqrt" if self.chars.peek() != Some(&'[') => Some(format!("√({})", self.argument()?)),
            "quad" | "qquad" | "displaystyle" | "textstyle" => Some(String::new()),
            "left" | "right" if self.chars.peek() != Some(&'.') => Some(String::new()),
            _ => None,
        }
    }

    /// A sign after a backslash.
    fn sign(&mut self) -> Option<String> {
        match self.chars.next()? {
            ',' | ';' | ':' | '!' | ' ' => Some(String::new()),
            c @ ('{' | '}' | '$' | '#' | '&' | '_') => Some(format!("\\{c}")),
            '%' => Some("%".to_owned()),
            '|' => Some("‖".to_owned()),
            _ => None,
        }
    }

    /// Words in braces.
    fn words(&mut self) -> Option<String> {
        self.chars.next_if_eq(&'{')?;
        let mut words = String::new();
        loop {
            match self.chars.next()? {
                '}' => return Some(format!("\"{words}\"")),
                c if c.is_alphanumeric() || matches!(c, ' ' | '-' | '.' | ',') => words.push(c),
                _ => return None,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::typst;

    #[test]
    fn tex_is_brought_into_typsts_notation() {
        for (tex, expected) in [
            ("k", "k"),
            ("x_{ij}", "x_(i j)"),
            ("10^{-3}", "10^(- 3)"),
            ("_2", "\u{200b}_(2)"),
            ("x^10", "x^(1) 0"),
            ("\\alpha_{\\max}", "α_(max)"),
            ("O(n \\log n)", "O ( n log n )"),
            ("[0, 1)", "\\[ 0 , 1 \\)"),
            ("\\mathbb{R}^d", "bb(R)^(d)"),
            ("\\frac{a}{b}", "(a) / (b)"),
            ("\\mathrm{CO}_2", "\"CO\"_(2)"),
            ("a/b", "a \\/ b"),
        ] {
            assert_eq!(typst(tex).as_deref(), Some(expected), "{tex}");
        }
    }

    #[test]
    fn what_is_not_known_is_refused() {
        for tex in ["\\foo", "x_{1", "\\sqrt[3]{x}", "a & b", "\\hat{a,b}", "#x", "\\left.x\\right|"] {
            assert_eq!(typst(tex), None, "{tex}");
        }
    }
}
