//! A second look at a source: words of it that are neither in the book nor told of. What pandoc passes over without a word is found so.

mod raw;
mod typst;

pub(super) use raw::index_terms;

use std::collections::{HashMap, HashSet};

use super::super::document::Document;
use super::super::write::count_formulas;
use super::source::Sourced;

/// How many letters in a row are looked for: a word of this length stands for itself. Fewer Chinese characters say as much.
const LATIN: usize = 12;
const HAN: usize = 5;

/// A piece between tags that is shorter is looked for as a whole, if it is at least so long.
const SHORT_LATIN: usize = 4;
const SHORT_HAN: usize = 2;

/// How many bytes are gone through for such pieces.
const EFFORT: usize = 2 << 30;

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

/// Places of a source with words that `said` does not have, and the words.
pub fn unsaid(sourced: &Sourced, said: &str) -> Vec<(String, String)> {
    let known = Known::of(said);
    let is_markup = sourced.raw.is_some() || matches!(sourced.form.reader, "docbook" | "typst");
    let mut pieces = is_markup.then(|| Pieces::of(said));
    let mut has = |words: &str| known.has(words) && pieces.as_mut().is_none_or(|pieces| pieces.has(words));
    let mut found = Vec::new();
    for (place, words) in said_by(sourced) {
        // One word alone in LaTeX is a name of something more often than it is text.
        let is_text = |words: &&String| !sourced.form.is_latex() || words.trim().contains(' ') || !words.is_ascii();
        let missing: Vec<String> = words.into_iter().filter(|words| is_text(&words) && !has(words)).collect();
        if !missing.is_empty() && found.len() < MOST {
            found.push((place, missing.join(" … ")));
        }
    }
    found
}

/// How many formulas a source of Typst shows, and how many the document has, where these are fewer.
pub(super) fn fewer_formulas(sourced: &Sourced, document: &Document) -> Option<(usize, usize)> {
    if sourced.form.reader != "typst" {
        return None;
    }
    let text = sourced.lines.iter().flat_map(|line| [line.text.as_str(), "\n"]).collect::<String>();
    let (shown, kept) = (typst::formulas(&text), count_formulas(document));
    (kept < shown).then_some((shown, kept))
}

/// The words of a source as its own reader here sees them, by their places.
fn said_by(sourced: &Sourced) -> Vec<(String, Vec<String>)> {
    if let Some(bytes) = &sourced.raw {
        return raw::words(sourced.form.reader, bytes);
    }
    let lines = || sourced.lines.iter();
    let text = || lines().flat_map(|line| [line.text.as_str(), "\n"]).collect::<String>();
    let by_line = match sourced.form.reader {
        "docbook" => raw::of_markup(&text()),
        "typst" => typst::words(&text()),
        _ => {
            let has_front = sourced.lines.first().is_some_and(|line| line.text.trim_end() == "---");
            let mut prose = Prose { is_latex: sourced.form.is_latex(), formula: 0, code: false, front: has_front };
            let of_line = |(at, line): (usize, &super::source::Line)| {
                (at + 1, prose.words(&line.text).into_iter().map(str::to_owned).collect())
            };
            lines().enumerate().skip(sourced.begins()).map(of_line).collect()
        }
    };
    by_line.into_iter().map(|(line, words)| (sourced.place(line), words)).collect()
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

/// Short pieces of text, each of which must stand somewhere.
struct Pieces {
    said: String,
    seen: HashMap<String, bool>,
    effort: usize,
}

impl Pieces {
    fn of(said: &str) -> Self {
        Self { said: letters(said).into_iter().collect(), seen: HashMap::new(), effort: EFFORT }
    }

    /// Whether a piece stands there; one of another length is none of those that are looked for.
    fn has(&mut self, words: &str) -> bool {
        let letters = letters(words);
        let is_han = letters.iter().all(|c| !c.is_ascii());
        let (least, most) = if is_han { (SHORT_HAN, HAN) } else { (SHORT_LATIN, LATIN) };
        let is_short = (least..most).contains(&letters.len()) && letters.iter().all(|c| c.is_alphabetic());
        if !is_short || self.effort < self.said.len() {
            return true;
        }
        let piece: String = letters.into_iter().collect();
        if let Some(known) = self.seen.get(&piece) {
            return *known;
        }
        self.effort -= self.said.len();
        let known = self.said.contains(&piece);
        self.seen.insert(piece, known);
        known
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

/// A text before a sign of code, without the role that it has there: ``:pep:`8` `` is of the form PEP.
fn without_role(text: &str) -> &str {
    let Some(inner) = text.strip_suffix(':') else { return text };
    let is_role =
        |role: &str| !role.is_empty() && role.chars().all(|c| c.is_ascii_alphanumeric() || "-+.:".contains(c));
    match inner.rfind(':') {
        Some(at) if is_role(&inner[at + 1..]) => without_role_before(&text[..at]),
        _ => text,
    }
}

/// Roles of a domain have two names: `:py:func:`.
fn without_role_before(text: &str) -> &str {
    let end = text.rfind(|c: char| !c.is_ascii_alphanumeric()).filter(|at| text[*at..].starts_with(':'));
    end.map_or(text, |at| &text[..at])
}

/// What stands between signs.
fn between(text: &str) -> impl Iterator<Item = &str> {
    let pieces = text.split('`').count();
    let piece = move |(at, piece)| if at + 1 < pieces { without_role(piece) } else { piece };
    text.split('`').enumerate().map(piece).flat_map(signed)
}

fn signed(text: &str) -> impl Iterator<Item = &str> {
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
    fn short_pieces_between_tags_are_looked_for_as_a_whole() {
        let page = "<body><p><ruby>饕餮<rt>tāo</rt></ruby>拼音</p><p>gone <b>bold</b> 12 <i>x</i></p></body>";
        let form = form_of("html").expect("it is known");
        let source = sourced(form, page.as_bytes(), "a.html", &mut |_| None);
        let found = unsaid(&source, "拼音。It is gone.");
        assert_eq!(found, [("1".to_owned(), "饕餮".to_owned()), ("1".to_owned(), "bold".to_owned())]);
    }

    #[test]
    fn roles_are_no_words() {
        for (text, words) in [
            ("as it is said in :pep:`8` there", "as it is said in |8| there"),
            ("see :py:func:`open` now", "see |open| now"),
            ("a clock: `12` now", "a clock: |12| now"),
        ] {
            assert_eq!(between(text).collect::<Vec<_>>().join("|"), words, "{text}");
        }
    }

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
