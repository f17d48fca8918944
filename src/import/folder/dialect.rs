//! Lines that mean something to one program alone: modules and comments of MDX, tags of GitBook, Hugo and Jekyll, formulas of MathJax.

use super::containers::head;
use super::find::attribute;
use super::lines::{self, Line};
use super::listed::Site;
use super::told::Told;
use crate::diagnostic::Severity;
use crate::import::Kind;
use crate::manuscript::mdx_unseen;
use crate::message::Message;

/// Where a list of contents would be made.
const CONTENTS: [&str; 7] = ["[[toc]]", "[toc]", "[[_toc_]]", "{:toc}", "<!-- toc -->", "[[[toc]]]", "@[toc]"];

/// Words behind the language of code that a site acts by.
const SWITCHES: [&str; 7] = ["active", "hidden", "live", "playground", "showLineNumbers", "noline", "readonly"];

/// Rewrites such lines of a page.
pub(super) fn rewrite(page: &str, site: Site, lines: Vec<Line>, told: &mut Told) -> Vec<Line> {
    let mut dialect = Dialect { page, told, out: Vec::new(), fence: None, open: None, hidden: None, ended: Vec::new() };
    let hidden = hidden(&lines);
    for (line, hidden) in lines.into_iter().zip(hidden) {
        if line.code {
            dialect.code(line);
        } else if line.comment {
            // Colons in a comment are no block.
            dialect.out.push(Line { text: line.text.replace(":::", "::"), ..line });
        } else if hidden {
            dialect.hide(line);
        } else {
            dialect.line(site, line);
        }
    }
    dialect.out
}

/// Which lines of a page MDX does not show.
fn hidden(lines: &[Line]) -> Vec<bool> {
    let mut text = String::new();
    let mut starts = Vec::new();
    for line in lines {
        starts.push(text.len());
        text.push_str(&line.text);
        text.push('\n');
    }
    let unseen = mdx_unseen(&text, 0);
    let covers = |(start, line): (&usize, &Line)| {
        let place = start + line.text.len() - line.text.trim_start().len();
        let found = unseen.partition_point(|range| range.start < place);
        line.is_prose() && unseen.get(found).is_some_and(|range| range.start == place && !line.is_blank())
    };
    starts.iter().zip(lines).map(covers).collect()
}

pub(super) struct Dialect<'a> {
    pub(super) page: &'a str,
    pub(super) told: &'a mut Told,
    pub(super) out: Vec<Line>,
    /// What is to be said on the next fence of code.
    fence: Option<String>,
    /// The sign and the length of the fence of the code that is open.
    open: Option<(char, usize)>,
    /// The number of the line before, if it was left out.
    hidden: Option<usize>,
    /// What ends the blocks that tags have opened.
    pub(super) ended: Vec<(String, &'static str)>,
}

impl Dialect<'_> {
    fn drop(&mut self, line: &Line, message: Message) {
        self.told.lose(Kind::Dropped, Severity::Info, (self.page, line.at), message, line.text.trim().to_owned());
        self.out.push(Line::new("", line.at));
    }

    /// Leaves out a line that MDX does not show; those that follow one another are told together.
    fn hide(&mut self, line: Line) {
        match self.told.entries.last_mut().filter(|_| self.hidden.is_some_and(|last| last + 1 >= line.at)) {
            Some(entry) => {
                entry.lost.push('\n');
                entry.lost.push_str(line.text.trim());
                self.out.push(Line::new("", line.at));
            }
            None => self.drop(&line, msg!("lines that import, export or comment are left out")),
        }
        self.hidden = Some(line.at);
    }

    fn code(&mut self, mut line: Line) {
        let fence = lines::fence(&line.text).map(|(sign, length, info)| (sign, length, info.to_owned()));
        let ends = |(sign, length): (char, usize)| {
            fence.as_ref().is_some_and(|(other, long, info)| *other == sign && *long >= length && info.is_empty())
        };
        if self.open.is_some_and(|open| !ends(open)) {
            return self.out.push(line);
        }
        if let Some((sign, length, info)) = fence {
            self.open = if self.open.is_some() { None } else { Some((sign, length)) };
            if let Some(title) = self.fence.take() {
                line.text = format!("{} title=\"{}\"", line.text.trim_end(), title.replace('"', "”"));
            }
            line.text = self.named(&line, &info);
            let inside = self.ended.last().is_some_and(|(name, _)| name == "```math");
            if inside && info.is_empty() {
                self.ended.pop();
                line.text = format!("{}$$", lines::prefix(&line.text));
            } else if info == "math" {
                self.ended.push(("```math".to_owned(), ""));
                line.text = format!("{}$$", lines::prefix(&line.text));
            }
        }
        self.out.push(line);
    }

    /// The opening of code with the name of its file as a title: `js src/App.js active` in pages of React, `js [App.js]` in those of VitePress.
    fn named(&mut self, line: &Line, info: &str) -> String {
        let mut words: Vec<&str> = info.split_whitespace().collect();
        if info.contains(['"', '{', '=']) || words.len() < 2 {
            return line.text.clone();
        }
        let switches = words.len();
        words.retain(|word| !SWITCHES.contains(word));
        if words.len() < switches {
            let message = msg!("what a site makes of code when it runs is left out");
            self.told.once(Kind::Dropped, Severity::Info, (self.page, line.at), message);
        }
        let open = &line.text[..line.text.len() - line.text.trim_start().len()];
        let fence = line.text.trim_start();
        let Some(at) = fence.rfind(info) else { return line.text.clone() };
        let (sign, language) = (&fence[..at], words[0]);
        let file = words.get(1).map(|word| word.trim_matches(['[', ']']));
        match (words.len(), file) {
            (2, Some(file)) if file.contains(['.', '/']) => format!("{open}{sign}{language} title=\"{file}\""),
            _ => format!("{open}{sign}{}", words.join(" ")),
        }
    }

    fn line(&mut self, site: Site, mut line: Line) {
        let text = line.text.trim().to_owned();
        if CONTENTS.contains(&text.to_lowercase().as_str()) {
            return self.drop(&line, msg!("the place of a list of contents is left out: a book has its own"));
        }
        if text.starts_with("*[") && text.split_once("]:").is_some_and(|(word, _)| word.len() > 2) {
            return self.drop(
                &line,
                msg!("what an abbreviation stands for is shown by a site alone: write it where the word is first"),
            );
        }
        if text.starts_with("{:") && text.ends_with('}') {
            return self.attributes(&line, &text);
        }
        if let Some(tag) = between(&text, "{%", "%}").filter(|_| !text.starts_with("{{%")) {
            return self.gitbook(&line, tag);
        }
        let hugo = between(&text, "{{<", ">}}").or_else(|| between(&text, "{{%", "%}}"));
        if let Some(tag) = hugo {
            return self.hugo(&line, tag);
        }
        if let Some(rest) = text.strip_prefix("@tab ") {
            line.text = format!("**{}**", rest.trim_start_matches(":active").trim());
        }
        line.text = self.inline(&line);
        if matches!(site, Site::MdBook) {
            line.text = formulas(&line.text);
        }
        self.out.push(line);
    }

    /// Attributes of Jekyll: an id goes to the line before.
    fn attributes(&mut self, line: &Line, text: &str) {
        let id = text.split_whitespace().find_map(|word| word.trim_start_matches("{:").strip_prefix('#'));
        let id = id.map(|id| id.trim_end_matches('}').to_owned());
        match (id, self.out.iter_mut().rev().find(|line| !line.is_blank())) {
            (Some(id), Some(before)) if before.text.starts_with('#') && !before.code => {
                before.text.push_str(&format!(" {{#{id}}}"));
                self.out.push(Line::new("", line.at));
            }
            _ => self.drop(line, msg!("attributes of a site are left out")),
        }
    }

    /// Writes a line between two empty ones, as far to the right as the one that it stands for.
    pub(super) fn push(&mut self, text: &str, line: &Line) {
        let blanks = &line.text[..line.text.len() - line.text.trim_start().len()];
        let text = if text.is_empty() { String::new() } else { format!("{blanks}{text}") };
        self.out.extend([Line::new("", line.at), Line::new(text, line.at), Line::new("", line.at)]);
    }

    pub(super) fn end(&mut self, name: &str, line: &Line) {
        let found = self.ended.iter().rposition(|(open, _)| open == name);
        let end = found.map_or("", |found| self.ended.remove(found).1);
        self.push(end, line);
    }

    fn gitbook(&mut self, line: &Line, tag: &str) {
        let (name, rest) = tag.split_once(char::is_whitespace).unwrap_or((tag, ""));
        let value = |key: &str| attribute(rest, key);
        match name {
            "hint" => {
                self.ended.push(("hint".to_owned(), ":::"));
                self.push(&format!(":::{}", head(value("style").as_deref().unwrap_or("note"), None)), line);
            }
            "tab" | "step" | "stepper" | "tabs" | "columns" | "column" | "content-ref" | "raw" | "endraw" => {
                let title = value("title").map(|title| format!("**{title}**"));
                self.push(&title.unwrap_or_default(), line);
            }
            "code" => {
                self.fence = value("title");
                self.out.push(Line::new("", line.at));
            }
            "embed" => self.push(&value("url").map(|url| format!("<{url}>")).unwrap_or_default(), line),
            _ if name.starts_with("end") => self.end(&name[3..], line),
            _ => self.drop(line, msg!("the tag `{name}` of a site means nothing in a book", name)),
        }
    }
}

/// What stands between two signs that are all of a line.
fn between<'t>(text: &'t str, open: &str, close: &str) -> Option<&'t str> {
    let inner = text.strip_prefix(open)?.strip_suffix(close)?;
    (!inner.contains(close)).then(|| inner.trim().trim_matches('-').trim())
}

/// Formulas between `\\(` and `\\)`, `\\[` and `\\]`, between dollars.
fn formulas(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(open) = rest.find("\\\\(") {
        let Some(close) = rest[open..].find("\\\\)").map(|close| open + close) else { break };
        out.push_str(&rest[..open]);
        out.push_str(&format!("${}$", rest[open + 3..close].trim()));
        rest = &rest[close + 3..];
    }
    out.push_str(rest);
    out.replace("\\\\[", "$$").replace("\\\\]", "$$")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str, site: Site) -> (Vec<String>, String) {
        let mut told = Told::default();
        let found = rewrite("p.md", site, crate::import::folder::hugo::whole(lines::of(text, 1)), &mut told);
        let text = found.into_iter().map(|line| line.text).filter(|line| !line.is_empty()).collect();
        (text, told.entries.into_iter().map(|entry| entry.lost).collect::<Vec<_>>().join("|"))
    }

    #[test]
    fn tags_of_sites_become_what_a_manuscript_has() {
        for (text, wanted, lost) in [
            ("{% hint style=\"danger\" %}\n一\n{% endhint %}\n", vec![":::danger", "一", ":::"], ""),
            ("{% code title=\"a.js\" %}\n```js\nx\n```\n{% endcode %}\n", vec!["```js title=\"a.js\"", "x", "```"], ""),
            ("{{< notice warning >}}\n一\n{{< /notice >}}\n", vec![":::warning", "一", ":::"], ""),
            ("{{< figure src=\"a.png\" alt=\"甲\" caption=\"乙\" >}}\n", vec!["![甲](<a.png> \"乙\")"], ""),
            ("{{< gallery 3 >}}\n", vec![], "{{< gallery 3 >}}"),
            ("{{< figure src=\"a.png\"\n  alt=\"甲\" >}}\n", vec!["![甲](<a.png>)"], ""),
            ("- 一\n\n  {{< note >}}二{{< /note >}}\n", vec!["- 一", "  :::note", "  二", "  :::"], ""),
            ("## {{% heading \"whatsnext\" %}}\n", vec!["## What’s next"], ""),
            ("见{{< glossary_tooltip text=\"荚\" term_id=\"pod\" >}}与{{< x >}}。\n", vec!["见荚与。"], "{{< x >}}"),
            ("import A from 'b'\n\n一\n", vec!["一"], "import A from 'b'"),
            ("{/* 注 */}\n\n# 题 {/*id*/}\n", vec!["# 题 {/*id*/}"], "{/* 注 */}"),
            ("[甲]({{< relref \"a.md\" >}})\n", vec!["[甲](a.md)"], ""),
            ("*[HTML]: 超文本\n\n一\n", vec!["一"], "*[HTML]: 超文本"),
            ("```math\nx^2\n```\n", vec!["$$", "x^2", "$$"], ""),
            ("```js src/App.js active\nx\n```\n", vec!["```js title=\"src/App.js\"", "x", "```"], ""),
            (
                "- a\n\n  ```ts [config.ts]\n  x\n  ```\n",
                vec!["- a", "  ```ts title=\"config.ts\"", "  x", "  ```"],
                "",
            ),
            ("````md\n```js a.js active\n```\n````\n", vec!["````md", "```js a.js active", "```", "````"], ""),
            ("```js {1,3}\nx\n```\n", vec!["```js {1,3}", "x", "```"], ""),
        ] {
            let (found, told) = shown(text, Site::Plain);
            assert_eq!((found, told.as_str()), (wanted.into_iter().map(str::to_owned).collect(), lost), "{text}");
        }
        assert_eq!(shown("面积 \\\\( a^2 \\\\)。\n", Site::MdBook).0, ["面积 $a^2$。"]);
    }
}
