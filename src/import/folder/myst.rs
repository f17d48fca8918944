//! Directives and roles of MyST: blocks whose fence names them in braces, and words before which a role stands.

use super::containers::{head, word};
use super::lines::{self, Line};
use super::told::Told;
use crate::diagnostic::Severity;
use crate::import::Kind;

/// Deepest nesting of directives.
const DEPTH: usize = 24;

/// Directives that show code, and those that show their parts on a screen and nothing of their own.
const CODE: [&str; 4] = ["code-block", "code", "sourcecode", "code-cell"];
const FRAMES: [&str; 7] = ["tab-set", "tab-item", "grid", "grid-item", "grid-item-card", "card", "div"];

/// Directives of which a book makes its own.
const CONTENTS: [&str; 4] = ["toctree", "contents", "tableofcontents", "index"];

/// Rewrites the directives and roles of a page.
pub(super) fn rewrite(page: &str, lines: &[Line], told: &mut Told) -> Vec<Line> {
    let mut myst = Myst { page, told, out: Vec::with_capacity(lines.len()) };
    myst.blocks(lines, 0);
    myst.out
}

/// What opens a directive: `` ```{note} Title ``, `:::{note} Title`.
struct Opening<'t> {
    /// What stands before its fence, and the fence.
    before: &'t str,
    fence: &'t str,
    name: &'t str,
    /// What stands behind its name.
    more: &'t str,
}

impl<'t> Opening<'t> {
    fn of(text: &'t str) -> Option<Self> {
        let (before, rest) = text.split_at(lines::prefix(text).len());
        let sign = rest.chars().next().filter(|c| matches!(c, '`' | '~' | ':'))?;
        let inner = rest.trim_start_matches(sign);
        let fence = &rest[..rest.len() - inner.len()];
        let (name, more) = inner.trim_start().strip_prefix('{')?.split_once('}')?;
        let is_name = name.starts_with(|c: char| c.is_ascii_alphabetic())
            && name.chars().all(|c| c.is_ascii_alphanumeric() || "-_:".contains(c));
        (fence.len() >= 3 && is_name).then_some(Self { before, fence, name, more: more.trim() })
    }

    /// Whether a line ends it.
    fn is_ended_by(&self, text: &str) -> bool {
        let rest = text[lines::prefix(text).len()..].trim_end();
        rest.len() >= self.fence.len() && rest.trim_start_matches(&self.fence[..1]).is_empty()
    }
}

struct Myst<'a> {
    page: &'a str,
    told: &'a mut Told,
    out: Vec<Line>,
}

impl Myst<'_> {
    fn blocks(&mut self, lines: &[Line], depth: usize) {
        let mut at = 0;
        while let Some(line) = lines.get(at) {
            at += 1;
            let end = if line.code { code_end(lines, at) } else { at };
            match Opening::of(&line.text).filter(|_| !line.comment && depth < DEPTH) {
                Some(opening) if line.code => {
                    self.fenced(
                        &opening,
                        line.at,
                        &lines[at..end.saturating_sub(1).max(at)],
                        &lines[at - 1..end],
                        depth,
                    );
                }
                Some(opening) => {
                    at = self.colons(&opening, lines, at);
                    continue;
                }
                None if line.is_prose() => self.roles(line),
                None => self.out.extend_from_slice(&lines[at - 1..end]),
            }
            at = end;
        }
    }

    /// A directive between fences of code, whose lines are `whole`.
    fn fenced(&mut self, opening: &Opening<'_>, number: usize, body: &[Line], whole: &[Line], depth: usize) {
        let (name, before) = (opening.name, opening.before);
        if is_callout(name) {
            let (options, rest) = options(body);
            let head = self.callout(opening, &options, number);
            self.push(format!("{before}:::{head}"), number);
            let mut inside = rest.to_vec();
            lines::mark(&mut inside);
            self.blocks(&inside, depth + 1);
            self.push(format!("{}:::", blank(before)), number);
        } else if CODE.contains(&name) {
            let (options, rest) = options(body);
            let title = value(&options, "caption").map(|title| format!(" title=\"{}\"", title.replace('"', "”")));
            self.lose(&options, &["caption"], number);
            let code = |text: String| Line { code: true, ..Line::new(text, number) };
            self.out.push(code(format!("{before}{}{}{}", opening.fence, opening.more, title.unwrap_or_default())));
            self.out.extend_from_slice(rest);
            self.out.push(code(format!("{}{}", blank(before), opening.fence)));
        } else if name == "math" {
            let (options, rest) = options(body);
            self.lose(&options, &[], number);
            self.push(format!("{before}$$"), number);
            self.out.extend(rest.iter().map(|line| Line::new(line.text.clone(), line.at)));
            self.push(format!("{}$$", blank(before)), number);
        } else if !self.shown(opening, body, number) {
            let message = msg!("the block `{name}` of MyST stays as code", name);
            self.told.once(Kind::Changed, Severity::Warning, (self.page, number), message);
            self.out.extend_from_slice(whole);
        }
    }

    /// A directive between colons; gives the line behind what of it was written.
    fn colons(&mut self, opening: &Opening<'_>, lines: &[Line], at: usize) -> usize {
        let number = lines[at - 1].at;
        let ends = |line: &Line| line.is_prose() && opening.is_ended_by(&line.text);
        let end = at + lines[at..].iter().position(ends).unwrap_or(lines.len() - at);
        let (found, rest) = options(&lines[at..end]);
        let taken = end - rest.len();
        if FRAMES.contains(&opening.name) {
            self.lose(&found, &[], number);
            self.push(format!("{}{}tabs", opening.before, opening.fence), number);
            if !opening.more.is_empty() {
                let title = format!("{}**{}**", blank(opening.before), opening.more);
                self.apart(title, number);
            }
            return taken;
        }
        if !is_callout(opening.name) && self.shown(opening, &lines[at..end], number) {
            return (end + 1).min(lines.len());
        }
        let head = self.callout(opening, &found, number);
        self.push(format!("{}{}{head}", opening.before, opening.fence), number);
        taken
    }

    /// A directive that shows a picture, or a list of contents; false if it is neither.
    fn shown(&mut self, opening: &Opening<'_>, body: &[Line], number: usize) -> bool {
        if CONTENTS.contains(&opening.name) {
            let words: Vec<&str> = body.iter().map(|line| line.text.trim()).collect();
            let lost = format!("{} {}", opening.more, words.join("\n")).trim().to_owned();
            let message = msg!("the place of a list of contents is left out: a book has its own");
            self.told.lose(Kind::Dropped, Severity::Info, (self.page, number), message, lost);
            self.push(String::new(), number);
            return true;
        }
        if !matches!(opening.name, "figure" | "image") || opening.more.is_empty() {
            return false;
        }
        let (options, rest) = options(body);
        let words: Vec<&str> = rest.iter().map(|line| line.text.trim()).filter(|text| !text.is_empty()).collect();
        let caption = match words.is_empty() {
            true => String::new(),
            false => format!(" \"{}\"", words.join(" ").replace('"', "\\\"")),
        };
        let alt = value(&options, "alt").unwrap_or_default();
        self.lose(&options, &["alt"], number);
        let picture = format!("{}![{alt}](<{}>{caption})", opening.before, opening.more);
        self.apart(picture, number);
        true
    }

    /// The head of a callout. A class that is one says which, as far as the name does not.
    fn callout(&mut self, opening: &Opening<'_>, options: &[(String, String)], number: usize) -> String {
        self.lose(options, &["class"], number);
        let class = value(options, "class").unwrap_or_default();
        let named = class.split_whitespace().find(|class| word(class).1);
        let folded = opening.name == "dropdown" || class.split_whitespace().any(|class| class == "dropdown");
        let name = match opening.name {
            _ if folded && !opening.more.is_empty() => "details",
            "admonition" | "dropdown" => named.unwrap_or("note"),
            name => name,
        };
        head(name, Some(opening.more))
    }

    fn push(&mut self, text: String, number: usize) {
        self.out.push(Line::new(text, number));
    }

    /// Writes a line between two empty ones.
    fn apart(&mut self, text: String, number: usize) {
        for text in [String::new(), text, String::new()] {
            self.push(text, number);
        }
    }

    /// Tells of the options that a book has no use for.
    fn lose(&mut self, options: &[(String, String)], but: &[&str], number: usize) {
        let left = options.iter().filter(|(key, _)| !but.contains(&key.as_str()));
        let lost: Vec<String> = left.map(|(key, value)| format!("{key}: {value}")).collect();
        if !lost.is_empty() {
            let message = msg!("options of a directive of MyST are left out");
            self.told.lose(Kind::Dropped, Severity::Info, (self.page, number), message, lost.join("\n"));
        }
    }

    /// Writes a line with what its roles mean.
    fn roles(&mut self, line: &Line) {
        let mut out = String::new();
        let mut rest = line.text.as_str();
        while let Some(tick) = rest.find('`') {
            let run = rest[tick..].len() - rest[tick..].trim_start_matches('`').len();
            let sign = "`".repeat(run);
            let Some(length) = rest[tick + run..].find(&sign) else { break };
            let (inner, end) = (&rest[tick + run..tick + run + length], tick + 2 * run + length);
            match role(&rest[..tick]).filter(|_| run == 1) {
                Some((from, name)) => {
                    out.push_str(&rest[..from]);
                    out.push_str(&self.meant(name, inner, line.at));
                }
                None => out.push_str(&rest[..end]),
            }
            rest = &rest[end..];
        }
        out.push_str(rest);
        self.out.push(Line { text: out, ..line.clone() });
    }

    fn meant(&mut self, name: &str, inner: &str, number: usize) -> String {
        let tag = match name {
            "kbd" => "kbd",
            "sub" | "subscript" => "sub",
            "sup" | "superscript" => "sup",
            "math" => return format!("${inner}$"),
            _ => {
                let message = msg!("the role `{name}` of MyST means nothing in a book: its words are kept", name);
                self.told.once(Kind::Changed, Severity::Warning, (self.page, number), message);
                let target = inner.strip_suffix('>').and_then(|inner| inner.split_once('<'));
                let Some((words, target)) = target.filter(|(words, _)| !words.trim().is_empty()) else {
                    return format!("`{inner}`");
                };
                let message = msg!("where the role `{name}` leads is left out", name);
                self.told.lose(Kind::Dropped, Severity::Info, (self.page, number), message, target.to_owned());
                return words.trim().to_owned();
            }
        };
        format!("<{tag}>{inner}</{tag}>")
    }
}

/// The role at the end of a text: where it begins, and its name.
fn role(text: &str) -> Option<(usize, &str)> {
    let from = text.strip_suffix('}')?.rfind('{')?;
    let name = &text[from + 1..text.len() - 1];
    let is_name = name.starts_with(|c: char| c.is_ascii_lowercase())
        && name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || "-:".contains(c));
    is_name.then_some((from, name))
}

/// Whether a directive is a callout.
fn is_callout(name: &str) -> bool {
    word(name).1
        || matches!(name, "admonition" | "dropdown" | "seealso" | "versionadded" | "versionchanged" | "deprecated")
}

/// The line behind the code whose fence stands before `at`.
fn code_end(lines: &[Line], at: usize) -> usize {
    let Some((sign, length, _)) = lines::fence(&lines[at - 1].text) else { return at };
    let ends = |line: &Line| {
        lines::fence(&line.text).is_some_and(|(other, long, info)| other == sign && long >= length && info.is_empty())
    };
    lines[at..].iter().position(ends).map_or(lines.len(), |step| at + step + 1)
}

/// The options that a directive begins with, `:key: value` or YAML between `---`, and the lines behind them.
fn options(body: &[Line]) -> (Vec<(String, String)>, &[Line]) {
    let text = |line: &Line| line.text[lines::prefix(&line.text).len()..].trim().to_owned();
    let pair = |text: &str| text.split_once(':').map(|(key, value)| (key.trim().to_owned(), value.trim().to_owned()));
    if body.first().is_some_and(|line| line.text.trim() == "---") {
        let end = body[1..].iter().position(|line| line.text.trim() == "---");
        if let Some(end) = end {
            let found = body[1..=end].iter().map(|line| pair(&text(line)).unwrap_or((text(line), String::new())));
            return (found.collect(), &body[end + 2..]);
        }
    }
    let option = |line: &Line| {
        let found = pair(line.text.trim().strip_prefix(':')?)?;
        (!found.0.is_empty() && !found.0.contains(char::is_whitespace)).then_some(found)
    };
    let found: Vec<_> = body.iter().map_while(option).collect();
    let count = found.len();
    (found, &body[count..])
}

fn value(options: &[(String, String)], key: &str) -> Option<String> {
    options.iter().find(|(known, _)| known == key).map(|(_, value)| value.clone())
}

/// What stands before the lines of a block behind its first: no sign of a list is written twice.
fn blank(before: &str) -> String {
    before.replace(|c: char| c != '>' && !c.is_whitespace(), " ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> (String, String) {
        let mut told = Told::default();
        let found = rewrite("p.md", &lines::of(text, 1), &mut told);
        let text = found.iter().map(|line| format!("{}\n", line.text)).collect();
        (
            text,
            told.entries.into_iter().map(|entry| format!("{}={}", entry.at, entry.lost)).collect::<Vec<_>>().join("|"),
        )
    }

    #[test]
    fn directives_become_blocks_of_a_manuscript_and_what_is_left_is_told() {
        for (text, wanted, lost) in [
            ("```{warning}\n一\n```\n", ":::warning\n一\n:::\n", ""),
            ("````{note} 题\n```{tip}\n一\n```\n````\n", ":::note {title=\"题\"}\n:::tip\n一\n:::\n:::\n", ""),
            (":::{admonition} 题\n:class: tip\n:name: x\n一\n:::\n", ":::tip {title=\"题\"}\n一\n:::\n", "1=name: x"),
            (":::{note}\n一\n:::\n", ":::note\n一\n:::\n", ""),
            ("```{admonition} 题\n---\nclass: dropdown\n---\n一\n```\n", ":::details {title=\"题\"}\n一\n:::\n", ""),
            (
                "```{code-block} py\n:caption: a.py\n:linenos:\nx\n```\n",
                "```py title=\"a.py\"\nx\n```\n",
                "1=linenos: ",
            ),
            ("```{math}\nx\n```\n", "$$\nx\n$$\n", ""),
            ("```{figure} a.png\n:alt: 甲\n乙\n```\n", "\n![甲](<a.png> \"乙\")\n\n", ""),
            ("```{toctree}\na\nb\n```\n", "\n", "1=a\nb"),
            ("::::{tab-set}\n:::{tab-item} 甲\n一\n:::\n::::\n", "::::tabs\n:::tabs\n\n**甲**\n\n一\n:::\n::::\n", ""),
            ("```{r}\nx\n```\n", "```{r}\nx\n```\n", "1="),
            ("```md\n:::{note}\n```\n", "```md\n:::{note}\n```\n", ""),
        ] {
            assert_eq!(shown(text), (wanted.to_owned(), lost.to_owned()), "{text}");
        }
    }

    #[test]
    fn roles_become_what_they_mean_or_keep_their_words() {
        assert_eq!(shown("按{kbd}`Ctrl`，H{sub}`2`O，{math}`x`。\n").0, "按<kbd>Ctrl</kbd>，H<sub>2</sub>O，$x$。\n");
        assert_eq!(shown("见{ref}`甲 <a>`与{doc}`b`。\n"), ("见甲与`b`。\n".to_owned(), "1=|1=a|1=".to_owned()));
        assert_eq!(shown("``{kbd}`x` ``与 `{a}` `b`\n").0, "``{kbd}`x` ``与 `{a}` `b`\n");
    }
}
