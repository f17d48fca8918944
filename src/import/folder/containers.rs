//! What other programs write for callouts and tabs becomes blocks between colons.

use super::lines::{self, Line};
use super::told::Told;
use crate::diagnostic::Severity;
use crate::import::Kind;
use crate::model::callout_word;

/// Blocks of a manuscript that no site writes for anything else.
const OURS: [&str; 8] = ["aside", "poem", "epigraph", "figure", "columns", "opener", "signature", "names"];

/// Blocks that say how their content is shown on a screen, and nothing of it.
const FRAMES: [&str; 8] = ["code-group", "v-pre", "raw", "tabs", "code-tabs", "demo", "row", "col"];

/// Words for callouts that other programs have besides ours.
const WORDS: [(&str, &str); 19] = [
    ("summary", "abstract"),
    ("tldr", "abstract"),
    ("todo", "info"),
    ("check", "success"),
    ("done", "success"),
    ("help", "question"),
    ("faq", "question"),
    ("fail", "failure"),
    ("missing", "failure"),
    ("snippet", "example"),
    ("secondary", "note"),
    ("primary", "note"),
    ("notice", "note"),
    ("alert", "warning"),
    ("callout", "note"),
    ("quote", "note"),
    ("cite", "note"),
    ("working", "warning"),
    ("wip", "warning"),
];

/// The callout that a word of any program means, and whether it says so itself.
pub(super) fn word(name: &str) -> (&'static str, bool) {
    if let Some((word, _)) = callout_word(name) {
        return (word, true);
    }
    let other = WORDS.iter().find(|(known, _)| known.eq_ignore_ascii_case(name));
    (other.map_or("note", |(_, word)| word), other.is_some())
}

/// The line that opens a callout, without colons.
pub(super) fn head(name: &str, title: Option<&str>) -> String {
    let (word, known) = word(name);
    let other = Some(name).filter(|name| !known && !name.is_empty());
    match title.map(str::trim).filter(|title| !title.is_empty()).or(other) {
        Some(title) => format!("{word} {{title=\"{}\"}}", title.replace('\\', "\\\\").replace('"', "\\\"")),
        None => word.to_owned(),
    }
}

/// Rewrites the containers of a page.
pub(super) fn rewrite(page: &str, lines: &[Line], told: &mut Told) -> Vec<Line> {
    let mut out = Vec::with_capacity(lines.len());
    blocks(page, lines, told, &mut out, 0);
    colons(page, out, told)
}

/// What a line that opens an indented container says: its sign, its word and its title.
fn opening(text: &str) -> Option<(&'static str, &str, Option<&str>)> {
    let text = text.trim_start();
    let sign = ["!!!", "???+", "???", "===!", "===+", "==="].into_iter().find(|sign| text.starts_with(sign))?;
    let rest = text[sign.len()..].strip_prefix([' ', '\t'])?.trim();
    let quote = rest.find(['"', '“']);
    let words = rest[..quote.unwrap_or(rest.len())].trim();
    let title = quote.map(|at| rest[at..].trim_matches(['"', '“', '”']));
    let named = words.starts_with(|c: char| c.is_ascii_alphabetic());
    let fits = if sign.starts_with('=') { title.is_some() && words.is_empty() } else { named };
    fits.then(|| (sign, words.split_whitespace().next().unwrap_or_default(), title))
}

fn blocks(page: &str, lines: &[Line], told: &mut Told, out: &mut Vec<Line>, depth: usize) {
    let mut at = 0;
    while let Some(line) = lines.get(at) {
        at += 1;
        if let Some(end) = admonished(lines, at - 1).filter(|_| depth < 24) {
            let mut body = lines[at..end].to_vec();
            lines::mark(&mut body);
            let info = lines::fence(&line.text).map_or("", |(.., info)| info);
            out.push(Line::new(format!("{}:::{}", lines::prefix(&line.text), admonition(info)), line.at));
            blocks(page, &body, told, out, depth + 1);
            out.push(Line::new(format!("{}:::", lines::prefix(&lines[end].text)), line.at));
            at = end + 1;
            continue;
        }
        let Some((sign, name, title)) = opening(&line.text).filter(|_| line.is_prose() && depth < 24) else {
            out.push(line.clone());
            continue;
        };
        let blanks = line.text[..line.text.len() - line.text.trim_start().len()].to_owned();
        let (body, end) = indented(lines, at, &line.text);
        let push = |text: String, out: &mut Vec<Line>| out.push(Line::new(text, line.at));
        push(String::new(), out);
        if sign.starts_with('=') {
            let message = msg!("tabs stand one below the other, each under its title");
            told.once(Kind::Changed, Severity::Info, (page, line.at), message);
            push(format!("{blanks}**{}**", title.unwrap_or_default()), out);
            push(String::new(), out);
            blocks(page, &body, told, out, depth + 1);
        } else {
            let folded = sign.starts_with('?') && matches!(word(name).0, "note" | "tip" | "info" | "abstract");
            let name = if folded && title.is_some() { "details" } else { name };
            push(format!("{blanks}:::{}", head(name, title)), out);
            blocks(page, &body, told, out, depth + 1);
            push(format!("{blanks}:::"), out);
        }
        push(String::new(), out);
        at = end;
    }
}

/// The lines from `at` on that are indented below an opening line, as far to the left as it, and where they end.
fn indented(lines: &[Line], at: usize, opening: &str) -> (Vec<Line>, usize) {
    let base = lines::indent(opening);
    let blanks = &opening[..opening.len() - opening.trim_start().len()];
    let inside = |line: &&Line| line.is_blank() || lines::indent(&line.text) >= base + 4;
    let mut end = at + lines[at..].iter().take_while(inside).count();
    while end > at && lines[end - 1].is_blank() {
        end -= 1;
    }
    let body: Vec<Line> = lines[at..end]
        .iter()
        .map(|line| {
            let text = lines::dedented(&line.text, base + 4);
            Line { text: if text.is_empty() { String::new() } else { format!("{blanks}{text}") }, ..line.clone() }
        })
        .collect();
    (body, end)
}

/// The line that ends the block that mdbook-admonish makes of the code whose fence stands at a line.
fn admonished(lines: &[Line], at: usize) -> Option<usize> {
    let (sign, length, info) = lines::fence(&lines[at].text).filter(|_| lines[at].code)?;
    if info.split([' ', ',', '{']).next() != Some("admonish")
        || at > 0 && lines[at - 1].code && lines::fence(&lines[at - 1].text).is_none()
    {
        return None;
    }
    let ends = |line: &Line| {
        lines::fence(&line.text).is_some_and(|(other, long, info)| other == sign && long >= length && info.is_empty())
    };
    lines[at + 1..].iter().position(ends).map(|step| at + 1 + step)
}

/// What stands on its fence, as the head of a callout: `admonish warning "Title"`, `admonish tip title="Title"`.
fn admonition(info: &str) -> String {
    let rest = info.trim_start_matches("admonish").trim();
    let name =
        rest.split([' ', '"', '=']).next().filter(|name| !rest[name.len()..].starts_with('=')).unwrap_or_default();
    let title = super::find::attribute(rest, "title")
        .or_else(|| rest[name.len()..].trim().strip_prefix('"')?.split('"').next().map(str::to_owned));
    let folded = super::find::attribute(rest, "collapsible").is_some_and(|value| value == "true") && title.is_some();
    let name = if folded {
        "details"
    } else if name.is_empty() {
        "note"
    } else {
        name
    };
    head(name, title.as_deref())
}

/// Containers between colons: those that a manuscript does not know become callouts, or lose their frame.
fn colons(page: &str, lines: Vec<Line>, told: &mut Told) -> Vec<Line> {
    let mut out = Vec::with_capacity(lines.len());
    let mut open: Vec<(usize, bool)> = Vec::new();
    for line in lines {
        let text = line.text.trim_start();
        let length = text.bytes().take_while(|b| *b == b':').count();
        if length < 3 || !line.is_prose() {
            out.push(line);
            continue;
        }
        let blanks = &line.text[..line.text.len() - text.len()];
        let rest = text[length..].trim();
        if rest.is_empty() {
            let at = open.iter().rposition(|(long, _)| *long == length).or(open.len().checked_sub(1));
            match at.map(|at| open.drain(at..).next()) {
                Some(Some((_, true))) => out.push(line),
                Some(_) => out.push(Line::new("", line.at)),
                None => {
                    let message = msg!("a line of colons that closes nothing is left out");
                    told.lose(Kind::Dropped, Severity::Info, (page, line.at), message, text.to_owned());
                }
            }
            continue;
        }
        let name_end = rest.find(|c: char| c.is_whitespace() || matches!(c, '{' | '[')).unwrap_or(rest.len());
        let (name, more) = rest.split_at(name_end);
        if FRAMES.contains(&name) {
            told.once(Kind::Changed, Severity::Info, (page, line.at), msg!("the frame `{name}` is left out", name));
            open.push((length, false));
            out.push(Line::new("", line.at));
            continue;
        }
        open.push((length, true));
        let known = OURS.contains(&name) || callout_word(name).is_some();
        if known {
            // A title in brackets is one; one that begins with a link is another.
            let titled = more.trim().starts_with('[') && more.contains("](");
            let head = || head(name, Some(more.trim()));
            let text = if titled { format!("{blanks}{}{}", ":".repeat(length), head()) } else { line.text };
            out.push(Line { text, ..Line::new("", line.at) });
            continue;
        }
        let title = more.split('{').next().unwrap_or_default().trim().trim_matches(['[', ']']);
        let message = msg!("the block `{name}` is a callout now", name);
        told.once(Kind::Guessed, Severity::Info, (page, line.at), message);
        let titled = if title.is_empty() { name } else { title };
        out.push(Line::new(format!("{blanks}{}{}", ":".repeat(length), head(name, Some(titled))), line.at));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> String {
        let found = rewrite("p.md", &lines::of(text, 1), &mut Told::default());
        found.iter().map(|line| format!("{}\n", line.text)).collect()
    }

    #[test]
    fn what_is_indented_below_a_sign_is_never_code() {
        assert_eq!(
            shown("!!! note \"题\"\n\n    一\n\n    ```js\n    x\n    ```\n\n二\n"),
            "\n:::note {title=\"题\"}\n\n一\n\n```js\nx\n```\n:::\n\n\n二\n"
        );
        assert_eq!(
            shown("- 项\n\n    !!! quote\n        话\n"),
            "- 项\n\n\n    :::note\n    话\n    :::\n\n",
            "in a list it stays there"
        );
        assert_eq!(shown("=== \"C\"\n\n    甲\n\n=== \"D\"\n\n    乙\n"), "\n**C**\n\n\n甲\n\n\n\n**D**\n\n\n乙\n\n");
        assert_eq!(shown("??? tip \"t\"\n    x\n"), "\n:::details {title=\"t\"}\nx\n:::\n\n");
    }

    #[test]
    fn unknown_blocks_become_callouts_or_lose_their_frame() {
        assert_eq!(shown("::: code-group\n```js\n```\n:::\n"), "\n```js\n```\n\n");
        assert_eq!(shown(":::theorem 定理\n一\n:::\n"), ":::note {title=\"定理\"}\n一\n:::\n");
        assert_eq!(shown("::: tip 提示\n一\n:::\n"), "::: tip 提示\n一\n:::\n");
        assert_eq!(shown(":::info [题](a.md)\n一\n:::\n"), ":::info {title=\"[题](a.md)\"}\n一\n:::\n");
        assert_eq!(shown("<!--\n:::old\n-->\n"), "<!--\n:::old\n-->\n", "a comment says nothing");
        assert_eq!(
            shown("````admonish warning \"题\"\n一\n\n```js\nx\n```\n````\n```admonish\n二\n```\n"),
            ":::warning {title=\"题\"}\n一\n\n```js\nx\n```\n:::\n:::note\n二\n:::\n"
        );
    }
}
