//! A second look at a source: words of it that are neither in the book nor told of. What pandoc passes over without a word is found so.

use std::collections::HashSet;

use super::source::Sourced;

/// How many letters in a row are looked for: a word of this length stands for itself. Fewer Chinese characters say as much.
const LATIN: usize = 12;
const HAN: usize = 5;

/// Most lines that are named.
const MOST: usize = 200;

/// Commands of LaTeX whose arguments are no words, and environments that are formulas or code.
pub(super) const NO_WORDS: [&str; 34] = [
    "label",
    "ref",
    "eqref",
    "autoref",
    "cref",
    "Cref",
    "nameref",
    "pageref",
    "vref",
    "cite",
    "citep",
    "citet",
    "parencite",
    "textcite",
    "footcite",
    "autocite",
    "nocite",
    "begin",
    "end",
    "includegraphics",
    "index",
    "gls",
    "glspl",
    "Gls",
    "Glspl",
    "acf",
    "glsdesc",
    "acrshort",
    "acrlong",
    "acrfull",
    "bibliography",
    "bibliographystyle",
    "usepackage",
    "newcommand",
];
const FORMULAS: [&str; 10] = [
    "equation",
    "align",
    "gather",
    "multline",
    "eqnarray",
    "displaymath",
    "math",
    "tikzpicture",
    "tabular",
    "lstlisting",
];

/// Lines of a source with words that `said` does not have: the number of the line among all, and the words.
pub fn unsaid(sourced: &Sourced, said: &str) -> Vec<(String, String)> {
    let known = Known::of(said);
    let mut found = Vec::new();
    let has_front = sourced.lines.first().is_some_and(|line| line.text.trim_end() == "---");
    let mut reader = Prose { is_latex: sourced.form.is_latex(), formula: 0, code: false, front: has_front };
    for (at, line) in sourced.lines.iter().enumerate() {
        if at < sourced.begins() {
            continue;
        }
        let words = reader.words(&line.text).into_iter();
        // One word alone in LaTeX is a name of something more often than it is text.
        let is_text = |words: &&str| !sourced.form.is_latex() || words.trim().contains(' ') || !words.is_ascii();
        let missing: Vec<&str> = words.filter(is_text).filter(|words| !known.has(words)).collect();
        if !missing.is_empty() && found.len() < MOST {
            found.push((sourced.place_of(line), missing.join(" … ")));
        }
    }
    found
}

/// Runs of letters that a text has.
struct Known {
    latin: HashSet<u64>,
    han: HashSet<u64>,
}

impl Known {
    fn of(text: &str) -> Self {
        let letters = letters(text);
        let runs = |length: usize| letters.windows(length).map(hash).collect();
        Self { latin: runs(LATIN), han: runs(HAN) }
    }

    /// Whether every run of letters in these words is in the text. Words that are too short to be looked for are.
    fn has(&self, words: &str) -> bool {
        let letters = letters(words);
        let is_han = letters.iter().filter(|c| !c.is_ascii()).count() * 2 > letters.len();
        let (length, known) = if is_han { (HAN, &self.han) } else { (LATIN, &self.latin) };
        letters.windows(length).all(|run| known.contains(&hash(run)))
    }
}

fn letters(text: &str) -> Vec<char> {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

fn hash(run: &[char]) -> u64 {
    run.iter().fold(0xcbf2_9ce4_8422_2325, |hash, c| (hash ^ u64::from(u32::from(*c))).wrapping_mul(0x0100_0000_01b3))
}

/// What of a source is prose.
struct Prose {
    is_latex: bool,
    /// How many environments are open whose text is a formula.
    formula: usize,
    code: bool,
    /// Whether it is the front matter.
    front: bool,
}

impl Prose {
    /// The words of a line between its markup.
    fn words<'l>(&mut self, line: &'l str) -> Vec<&'l str> {
        if self.is_latex { self.latex(line) } else { self.other(line) }
    }

    fn latex<'l>(&mut self, line: &'l str) -> Vec<&'l str> {
        let line = super::source::uncommented(line);
        for name in FORMULAS {
            self.formula += usize::from(line.contains(&format!("\\begin{{{name}")));
            if line.contains(&format!("\\end{{{name}")) {
                self.formula = self.formula.saturating_sub(1);
                return Vec::new();
            }
        }
        if self.formula > 0 || line.contains("\\[") || line.contains("$$") || line.contains("\\def") {
            return Vec::new();
        }
        let (mut out, mut from, mut at) = (Vec::new(), 0, 0);
        let bytes = line.as_bytes();
        while at < bytes.len() {
            let end = match bytes[at] {
                b'\\' => at + 1 + command(&line[at + 1..]),
                b'$' => line[at + 1..].find('$').map_or(line.len(), |end| at + end + 2),
                b'{' | b'}' | b'[' | b']' | b'&' | b'~' | b'^' | b'_' | b'#' | b'`' | b'"' => at + 1,
                _ => {
                    at += 1;
                    continue;
                }
            };
            out.push(&line[from..at]);
            at = end.min(line.len());
            from = at;
        }
        out.push(&line[from..]);
        out
    }

    /// Lines of forms that mark up with signs; what is no prose by its beginning is passed over.
    fn other<'l>(&mut self, line: &'l str) -> Vec<&'l str> {
        let text = line.trim_start();
        if self.front {
            self.front = !(matches!(text.trim_end(), "---" | "...") && std::mem::replace(&mut self.code, true));
            self.code &= self.front;
            return Vec::new();
        }
        let is_fence = ["```", "~~~", "----", "....", "++++"].iter().any(|sign| text.starts_with(sign));
        self.code ^= is_fence;
        let is_setting = text.starts_with([':', '[', '<', '#', '/', '|', '%', '@'])
            || text.starts_with("..")
            || text.starts_with("import");
        if self.code || is_fence || is_setting || text.contains("://") || text.contains("::") {
            return Vec::new();
        }
        let mut out = Vec::new();
        // The number of an item is counted anew.
        let mut rest = text.trim_start_matches(|c: char| c.is_ascii_digit());
        // A key of what is cited or referred to is no word.
        while let Some((before, after)) = rest.split_once('@') {
            out.extend(between(before));
            let end = after.find(|c: char| !c.is_alphanumeric() && !"-_:.".contains(c)).unwrap_or(after.len());
            rest = &after[end..];
        }
        out.extend(between(rest));
        out
    }
}

/// What stands between signs.
fn between(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !(c.is_alphanumeric() || c.is_whitespace() || ",.;:，。；：、！？“”‘’（）".contains(c)))
}

/// The length of a command, with its arguments where these are no words.
fn command(rest: &str) -> usize {
    let name = rest.bytes().take_while(u8::is_ascii_alphabetic).count();
    if name == 0 {
        // An accent and its letter are one sign of the text.
        let sign = rest.chars().next().map_or(0, char::len_utf8);
        let letter = rest[sign..]
            .chars()
            .next()
            .filter(|c| c.is_alphabetic() && rest.starts_with(['\'', '`', '^', '"', '~', '=', '.']));
        return sign + letter.map_or(0, char::len_utf8);
    }
    let mut length = name + usize::from(rest[name..].starts_with('*'));
    if !NO_WORDS.contains(&&rest[..name]) {
        return length;
    }
    loop {
        let close = match rest[length..].bytes().next() {
            Some(b'[') => ']',
            Some(b'{') => '}',
            _ => return length,
        };
        match rest[length..].find(close) {
            Some(end) => length += end + 1,
            None => return rest.len(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::source::{form_of, sourced};
    use super::*;

    #[test]
    fn words_that_nobody_told_of_are_found() {
        let text = "\\begin{document}\nOil lamps are \\emph{filled in the evening} \\cite{smith2020longkey}.\n\\caption{a caption that is lost}\n\
                    城里的油灯都是晚上点亮的。% 不算\nGr\\'egoire Montavon, Fr\\'ed\\'eric.\n$x + anything at all goes$\n\\end{document}\n";
        let form = form_of("tex").expect("it is known");
        let source = sourced(form, text.as_bytes(), "a.tex", &mut |_| None);
        let said = "Oil lamps are filled in the evening.\n城里的油灯都是晚上点亮的。Grégoire Montavon, Frédéric.";
        let found = unsaid(&source, said);
        assert_eq!(found, [("3".to_owned(), "a caption that is lost".to_owned())]);
    }
}
