//! Fractions of plain TeX, whose command stands between what they are made of: `{a \over b}`.

use super::groups::{argument, command};

/// Most fractions of a formula that are read.
const MOST: usize = 256;

/// What stands before, between and behind both parts.
const COMMANDS: [(&str, [&str; 3]); 5] = [
    ("over", [r"\frac{", "}{", "}"]),
    ("choose", [r"\binom{", "}{", "}"]),
    ("atop", [r"\begin{matrix}", r" \\ ", r"\end{matrix}"]),
    ("brack", [r"\left[\begin{matrix}", r" \\ ", r"\end{matrix}\right]"]),
    ("brace", [r"\left\{\begin{matrix}", r" \\ ", r"\end{matrix}\right\}"]),
];

/// Whether a command stands between the parts of a fraction.
pub(super) fn is_infix(name: &str) -> bool {
    COMMANDS.iter().any(|(known, _)| *known == name)
}

/// A formula with such fractions written with commands that stand before their parts.
pub(super) fn before(tex: &str) -> String {
    let mut out = tex.to_owned();
    for _ in 0..MOST {
        let Some(written) = first(&out) else { break };
        out = written;
    }
    out
}

/// What parts a formula at a place.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Opens,
    Closes,
    /// It ends one cell and begins the next.
    Between,
    Nothing,
}

/// What a text begins with, and its length.
fn part(text: &str) -> (Part, usize) {
    let Some(behind) = text.strip_prefix('\\') else {
        let length = text.chars().next().map_or(0, char::len_utf8);
        let part = match text.as_bytes().first() {
            Some(b'{') => Part::Opens,
            Some(b'}') => Part::Closes,
            Some(b'&') => Part::Between,
            _ => Part::Nothing,
        };
        return (part, length);
    };
    let (name, rest) = command(behind);
    let with_argument = || text.len() - argument(rest).1.len();
    match name {
        "left" => (Part::Opens, with_argument()),
        "right" => (Part::Closes, with_argument()),
        "begin" => {
            let (environment, cells) = argument(rest);
            // The columns of an array are no part of its first cell.
            let cells = if environment == "array" { argument(cells).1 } else { cells };
            (Part::Opens, text.len() - cells.len())
        }
        "end" => (Part::Closes, with_argument()),
        "\\" => (Part::Between, 2),
        _ => (Part::Nothing, 1 + name.len()),
    }
}

/// The formula with its first such fraction written otherwise; none where there is none.
fn first(tex: &str) -> Option<String> {
    let (mut at, mut starts) = (0, vec![0]);
    while at < tex.len() {
        if let Some(behind) = tex[at..].strip_prefix('\\') {
            let (name, rest) = command(behind);
            if let Some((_, [open, between, close])) = COMMANDS.iter().find(|(known, _)| *known == name) {
                let start = *starts.last()?;
                let (from, end) = (tex.len() - rest.len(), tex.len() - rest.len() + cell(rest));
                let (above, below) = (tex[start..at].trim(), tex[from..end].trim());
                return Some(format!("{}{open}{above}{between}{below}{close}{}", &tex[..start], &tex[end..]));
            }
        }
        let (part, length) = part(&tex[at..]);
        match part {
            Part::Opens => starts.push(at + length),
            Part::Closes => drop(starts.pop()),
            Part::Between => *starts.last_mut()? = at + length,
            Part::Nothing => {}
        }
        at += length.max(1);
    }
    None
}

/// How much of a text is of the group or the cell in which it begins.
fn cell(text: &str) -> usize {
    let (mut at, mut depth) = (0, 0_usize);
    while at < text.len() {
        let (part, length) = part(&text[at..]);
        match part {
            Part::Closes | Part::Between if depth == 0 => return at,
            Part::Opens => depth += 1,
            Part::Closes => depth -= 1,
            Part::Between | Part::Nothing => {}
        }
        at += length.max(1);
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fractions_of_plain_tex_are_those_of_their_groups_and_cells() {
        for (tex, wanted) in [
            (r"a \over b", r"\frac{a}{b}"),
            (r"x + {a+1 \over {b \over c}} y", r"x + {\frac{a+1}{{\frac{b}{c}}}} y"),
            (r"\left( n \atop k \right)", r"\left(\begin{matrix}n \\ k\end{matrix}\right)"),
            (r"{n \choose k}", r"{\binom{n}{k}}"),
            (r"a & b \over c \\ d", r"a &\frac{b}{c}\\ d"),
            (r"\begin{array}{c} 1 \over 2 \end{array}", r"\begin{array}{c}\frac{1}{2}\end{array}"),
            (r"\{ a \over b \}", r"\frac{\{ a}{b \}}"),
            (r"\overline{a} }", r"\overline{a} }"),
        ] {
            assert_eq!(before(tex), wanted, "{tex}");
        }
        assert!(before(&r"{a \over ".repeat(500)).contains(r"\over"), "there is an end");
    }
}
