//! Links and pictures in Markdown: where they stand in a text.

use std::collections::BTreeMap;
use std::ops::Range;

use super::lines::{Joined, Line};

/// A link or a picture.
#[derive(Debug, Clone)]
pub(super) struct Link {
    /// All of it, from its bracket, or the `!` before it, on.
    pub(super) whole: Range<usize>,
    /// What stands in its brackets.
    pub(super) label: Range<usize>,
    pub(super) is_picture: bool,
    pub(super) to: To,
    /// Whether it stands in the brackets of another link.
    pub(super) inner: bool,
}

/// Where a link leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum To {
    /// To an address, with a title.
    Address(String, Option<String>),
    /// To what a definition of this name says.
    Name(String),
}

/// The links of a text, in order.
pub(super) fn links(joined: &Joined) -> Vec<Link> {
    let text = &joined.text;
    let (mut found, mut open, mut at) = (Vec::new(), Vec::<(usize, bool)>::new(), 0);
    while let Some(step) = text[at..].find(['[', ']', '\\', '\n', '`', '<', '$']) {
        at += step;
        if let Some(end) = joined.opaque_at(at) {
            at = end;
            continue;
        }
        match text.as_bytes()[at] {
            b'\\' => at += 1 + text[at + 1..].chars().next().map_or(0, char::len_utf8),
            b'\n' => {
                if text[at + 1..].starts_with('\n') {
                    open.clear();
                }
                at += 1;
            }
            b'[' => {
                let is_picture = text[..at].ends_with('!') && !text[..at].ends_with("\\!");
                open.push((at, is_picture));
                at += 1;
            }
            b']' => {
                let Some((start, is_picture)) = open.pop() else {
                    at += 1;
                    continue;
                };
                let label = start + 1..at;
                let Some((to, end)) = target(text, &label) else {
                    at += 1;
                    continue;
                };
                let whole = start - usize::from(is_picture)..end;
                found.push(Link { whole, label, is_picture, to, inner: open.iter().any(|(_, picture)| !picture) });
                at = end;
            }
            _ => at += 1,
        }
    }
    // What only looks like a bracket around a link is none.
    let outer: Vec<Range<usize>> =
        found.iter().filter(|link| !link.is_picture).map(|link| link.label.clone()).collect();
    for link in &mut found {
        link.inner = outer
            .iter()
            .any(|outer| outer.start <= link.whole.start && link.whole.end <= outer.end && *outer != link.label);
    }
    found
}

/// What stands behind the brackets of a label, and where it ends.
fn target(text: &str, label: &Range<usize>) -> Option<(To, usize)> {
    let after = label.end + 1;
    let rest = &text[after..];
    if rest.starts_with('(')
        && let Some((address, title, length)) = address(&rest[1..])
    {
        return Some((To::Address(address, title), after + 1 + length));
    }
    let named = &text[label.clone()];
    if rest.starts_with('[') {
        let end = rest.find(']')?;
        let name = if end == 1 { named } else { &rest[1..end] };
        return (!name.contains("\n\n")).then(|| (To::Name(key(name)), after + end + 1));
    }
    let is_name =
        !named.starts_with(['^', '!', '@', ' ', 'x']) || named.len() > 1 && !named.starts_with(['^', '!', '@']);
    (is_name && !named.is_empty()).then(|| (To::Name(key(named)), after))
}

/// The address that a text begins with, its title, and the length up to behind the bracket.
fn address(text: &str) -> Option<(String, Option<String>, usize)> {
    let blanks = |at: usize| at + text[at..].len() - text[at..].trim_start().len();
    let start = blanks(0);
    let (address, mut at) = if text[start..].starts_with('<') {
        let end = start + text[start..].find(['>', '\n']).filter(|end| text[start + end..].starts_with('>'))?;
        (&text[start + 1..end], end + 1)
    } else {
        let mut depth = 0usize;
        let end = text[start..].char_indices().find(|(_, c)| {
            depth += usize::from(*c == '(');
            let ends = c.is_whitespace() || *c == ')' && depth == 0;
            if *c == ')' {
                depth = depth.saturating_sub(1);
            }
            ends
        });
        let end = start + end?.0;
        (&text[start..end], end)
    };
    at = blanks(at);
    let mut title = None;
    if let Some(quote) = text[at..].chars().next().filter(|c| matches!(c, '"' | '\'')) {
        let mut end = at + 1 + text[at + 1..].find(quote)?;
        while text[..end].ends_with('\\') {
            end += 1 + text[end + 1..].find(quote)?;
        }
        title = Some(text[at + 1..end].replace(&format!("\\{quote}"), &quote.to_string()));
        at = blanks(end + 1);
    }
    // Some programs write the size of a picture here.
    if text[at..].starts_with('=') {
        at += text[at..].find(')')?;
    }
    text[at..].starts_with(')').then(|| (address.to_owned(), title, at + 1))
}

/// The name of a definition, as names are compared.
pub(super) fn key(name: &str) -> String {
    name.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

/// A line that says where the links of a name lead.
pub(super) struct Definition {
    /// The line that it begins in, among those of the page.
    pub(super) head: usize,
    /// The line that its address stands in.
    pub(super) line: usize,
    pub(super) name: String,
    pub(super) address: String,
    /// The bytes of the address in the line.
    pub(super) place: Range<usize>,
}

/// The definitions of a page, by name; the first one of each counts.
pub(super) fn definitions(lines: &[Line]) -> BTreeMap<String, Definition> {
    let mut found = BTreeMap::new();
    for (head, Line { text, .. }) in lines.iter().enumerate().filter(|(_, line)| line.is_prose()) {
        let start = text.len() - text.trim_start().len();
        let Some(inner) = text[start..].strip_prefix('[').filter(|inner| !inner.starts_with('^')) else { continue };
        let Some(end) = inner.find("]:") else { continue };
        if inner[..end].contains([']', '[']) && !inner[..end].contains('`') {
            continue;
        }
        let mut after = start + 1 + end + 2;
        let (mut line, mut text) = (head, text);
        if text[after..].trim().is_empty()
            && let Some(next) = lines.get(line + 1).filter(|next| !next.is_blank() && next.is_prose())
        {
            // The address may stand on the next line.
            (line, text, after) = (line + 1, &next.text, 0);
        }
        let begins = after + text[after..].len() - text[after..].trim_start().len();
        let length = text[begins..].find(char::is_whitespace).unwrap_or(text.len() - begins);
        let place = begins..begins + length;
        let address = text[place.clone()].trim_matches(['<', '>']).to_owned();
        if !address.is_empty() {
            let name = key(&inner[..end]);
            found.entry(name.clone()).or_insert(Definition { head, line, name, address, place });
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::folder::lines;

    #[test]
    fn links_and_pictures_are_found_and_code_is_not() {
        let text = "[甲](a.md#x \"t\") ![图](<a b.png> =30x) `[c](d)` [一][Two  W] \\[n](m) [![b](i.svg)](u(1)) [x]\n";
        let joined = Joined::new(&lines::of(text, 1));
        let found: Vec<_> = links(&joined)
            .into_iter()
            .map(|link| (joined.text[link.label].to_owned(), link.is_picture, link.inner, format!("{:?}", link.to)))
            .collect();
        let wanted = [
            ("甲", false, false, "Address(\"a.md#x\", Some(\"t\"))"),
            ("图", true, false, "Address(\"a b.png\", None)"),
            ("一", false, false, "Name(\"two w\")"),
            ("b", true, true, "Address(\"i.svg\", None)"),
            ("![b](i.svg)", false, false, "Address(\"u(1)\", None)"),
        ];
        let wanted: Vec<_> = wanted.into_iter().map(|(a, b, c, d)| (a.to_owned(), b, c, d.to_owned())).collect();
        assert_eq!(found, wanted);
    }
}
