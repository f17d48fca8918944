//! Terms of LaTeX that stand for words: `\gls{dl}` is what `\newglossaryentry{dl}{name=…}` says. Pandoc shows the key.

use std::collections::BTreeMap;

use super::Line;

/// What the terms of a text stand for.
#[derive(Debug, Default, PartialEq)]
pub(in super::super) struct Glossary(BTreeMap<String, Term>);

#[derive(Debug, Default, PartialEq)]
struct Term {
    name: String,
    plural: String,
    long: String,
    symbol: String,
}

/// How an abbreviation is written out that pandoc knows of, and symbols of terms, that it does not.
const FULL: &str = "\\acf{";
const SYMBOL: &str = "\\glssymbol{";

/// Commands for terms that pandoc does not know, and what is written for them.
const OTHERS: [(&str, &str); 9] = [
    ("\\glsentrytext{", "\\gls{"),
    ("\\glsentryname{", "\\gls{"),
    ("\\glsentryshort{", "\\gls{"),
    ("\\glsentryplural{", "\\glspl{"),
    ("\\glsentrydesc{", "\\glsdesc{"),
    ("\\glsentrylong{", "\\glsdesc{"),
    ("\\glsname{", "\\gls{"),
    ("\\glstext{", "\\gls{"),
    ("\\glsfirst{", "\\gls{"),
];

impl Glossary {
    /// Takes what a text defines. Symbols are written so that pandoc reads them.
    pub(super) fn take(lines: &mut [Line]) -> Self {
        let text: String = lines.iter().flat_map(|line| [uncommented(&line.text), "\n"]).collect();
        let mut terms = BTreeMap::new();
        for command in ["\\newglossaryentry", "\\longnewglossaryentry"] {
            for (at, _) in text.match_indices(command) {
                let rest = &text[at + command.len()..];
                let Some((key, rest)) = group(rest) else { continue };
                let Some((fields, _)) = group(rest) else { continue };
                terms.insert(key.trim().to_owned(), entry(fields));
            }
        }
        for (at, command) in text.match_indices("\\newacronym") {
            let rest = &text[at + command.len()..];
            let rest = rest.strip_prefix('[').and_then(|rest| rest.split_once(']')).map_or(rest, |(_, rest)| rest);
            let parts = group(rest).and_then(|(key, rest)| {
                let (short, rest) = group(rest)?;
                Some((key, short, group(rest)?.0))
            });
            let Some((key, short, long)) = parts else { continue };
            let (name, long) = (plain(short), plain(long));
            terms.insert(key.trim().to_owned(), Term { name, long, ..Term::default() });
        }
        if !terms.is_empty() {
            let known =
                |text: &str| OTHERS.iter().fold(text.to_owned(), |text, (other, known)| text.replace(other, known));
            lines.iter_mut().for_each(|line| line.text = known(&line.text));
        }
        if !terms.is_empty() && !text.contains(FULL) {
            lines.iter_mut().for_each(|line| line.text = line.text.replace(SYMBOL, FULL));
        }
        Self(terms)
    }

    /// What a key stands for, in the form that pandoc names: `singular+short`, `plural+long`.
    pub(in super::super) fn words(&self, key: &str, form: &str) -> Option<String> {
        let term = self.0.get(key)?;
        let said = if form.contains("full") {
            if term.symbol.is_empty() { format!("{} ({})", term.long, term.name) } else { term.symbol.clone() }
        } else if form.contains("long") {
            term.long.clone()
        } else if form.contains("plural") {
            let latin = term.name.ends_with(|c: char| c.is_ascii_alphabetic());
            match term.plural.is_empty() {
                true => format!("{}{}", term.name, if latin { "s" } else { "" }),
                false => term.plural.clone(),
            }
        } else {
            term.name.clone()
        };
        Some(said).filter(|said| !said.is_empty())
    }
}

fn entry(fields: &str) -> Term {
    let mut term = Term::default();
    for (key, value) in pairs(fields) {
        match key {
            "name" | "text" => term.name = plain(value),
            "plural" => term.plural = plain(value),
            "description" | "long" => term.long = plain(value),
            "symbol" | "short" => term.symbol = plain(value),
            _ => {}
        }
    }
    term
}

/// Keys and values between commas that stand in no braces.
fn pairs(fields: &str) -> Vec<(&str, &str)> {
    let (mut depth, mut from, mut found) = (0usize, 0, Vec::new());
    for (at, c) in fields.char_indices().chain([(fields.len(), ',')]) {
        match c {
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            ',' if depth == 0 => {
                found.extend(fields[from..at].split_once('=').map(|(key, value)| (key.trim(), value.trim())));
                from = at + 1;
            }
            _ => {}
        }
    }
    found
}

/// What stands in braces next, and what follows them.
pub(super) fn group(text: &str) -> Option<(&str, &str)> {
    let text = text.trim_start();
    let mut depth = 0usize;
    for (at, c) in text.char_indices() {
        match c {
            '{' => depth += 1,
            '}' => depth = depth.checked_sub(1)?,
            c if depth == 0 && !c.is_whitespace() => return None,
            _ => {}
        }
        if depth == 0 && c == '}' {
            return Some((&text[1..at], &text[at + 1..]));
        }
    }
    None
}

/// TeX of a term without its markup; formulas stay between dollars.
fn plain(tex: &str) -> String {
    let mut out = String::new();
    let mut rest = tex.trim();
    while let Some(at) = rest.find(['\\', '{', '}', '~', '\n']) {
        out.push_str(&rest[..at]);
        let in_formula = out.matches('$').count() % 2 == 1;
        let length = match rest.as_bytes()[at] {
            b'\\' => {
                let name = rest[at + 1..].bytes().take_while(u8::is_ascii_alphabetic).count();
                1 + if name == 0 { rest[at + 1..].chars().next().map_or(0, char::len_utf8) } else { name }
            }
            _ => 1,
        };
        match rest.as_bytes()[at] {
            _ if in_formula => out.push_str(&rest[at..at + length]),
            b'~' | b'\n' => out.push(' '),
            b'\\' if length == 2 && !rest[at + 1..].starts_with(|c: char| c.is_ascii_alphabetic()) => {
                out.push_str(rest[at + 1..at + length].trim_start_matches([',', ';', '!', '/', '-']));
            }
            _ => {}
        }
        rest = &rest[at + length..];
    }
    out.push_str(rest);
    out.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A line of LaTeX without its comment.
pub(in super::super) fn uncommented(line: &str) -> &str {
    let is_sign = |at: &usize| !line[..*at].ends_with('\\');
    let at = line.match_indices('%').map(|(at, _)| at).find(is_sign);
    &line[..at.unwrap_or(line.len())]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn terms_stand_for_what_is_defined() {
        let text = "\\newglossaryentry{dl}\n{\n  name=深度学习,% c\n  description={deep \\emph{learning}, so},\n symbol={DL}}\n\
                    \\newacronym[x]{rnn}{RNN}{recurrent network}\n\\newglossaryentry{k}{name={$k$-近邻\\,法}}\n%\\newacronym{no}{N}{n}\n\\glssymbol{dl}";
        let mut lines: Vec<Line> = text.lines().map(|text| Line { text: text.to_owned(), file: 0, at: 1 }).collect();
        let glossary = Glossary::take(&mut lines);
        for (key, form, said) in [
            ("dl", "singular+short", "深度学习"),
            ("dl", "singular+long", "deep learning, so"),
            ("dl", "singular+full", "DL"),
            ("dl", "plural+short", "深度学习"),
            ("rnn", "plural+short", "RNNs"),
            ("rnn", "singular+full", "recurrent network (RNN)"),
            ("k", "singular+short", "$k$-近邻法"),
        ] {
            assert_eq!(glossary.words(key, form).as_deref(), Some(said), "{key} {form}");
        }
        assert_eq!(glossary.words("no", "singular+short"), None);
        assert_eq!(lines.last().map(|line| line.text.as_str()), Some("\\acf{dl}"));
    }
}
