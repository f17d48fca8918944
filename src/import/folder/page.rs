//! A page on its way to become a chapter: its title, its headings, and the places in it that links lead to.

use std::collections::BTreeMap;

use super::front::Front;
use super::lines::Line;
use super::listed::Item;
use super::names;
use super::told::Told;
use crate::diagnostic::Severity;
use crate::import::Kind;
use crate::outline;

/// A page.
#[derive(Debug, Default)]
pub(super) struct Page {
    /// Its file in the tree.
    pub(super) path: String,
    /// The name of its chapter.
    pub(super) name: String,
    pub(super) front: Front,
    pub(super) item: Item,
    pub(super) lines: Vec<Line>,
    /// Its title, where no heading says it.
    pub(super) title: Option<String>,
    pub(super) headings: Vec<Heading>,
    /// Places between tags: their ids, and the heading that each stands at or right before.
    pub(super) anchors: BTreeMap<String, Option<usize>>,
    /// Whether the tag stays that bears an id.
    pub(super) kept: std::collections::BTreeSet<String>,
}

/// A heading.
#[derive(Debug, Clone)]
pub(super) struct Heading {
    /// Its line among those of the page.
    line: usize,
    level: usize,
    words: String,
    /// The id that its author gave it.
    id: Option<String>,
    /// The id that its words give it.
    slug: String,
    /// Whether it is the title of the page.
    is_title: bool,
    /// Whether a link leads to it.
    wanted: bool,
}

/// Where a fragment leads in a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Spot {
    /// To its beginning.
    Whole,
    /// To this id.
    Id(String),
    /// Nowhere.
    Unknown,
}

impl Page {
    /// Looks for headings and anchors, settles the title, and sets the levels.
    pub(super) fn settle(&mut self, told: &mut Told) {
        self.setext();
        self.find_headings();
        self.settle_title(told);
        self.find_anchors();
    }

    /// Headings that are underlined get signs of their own.
    fn setext(&mut self) {
        for at in 1..self.lines.len() {
            let (before, text) = (&self.lines[at - 1], self.lines[at].text.trim_end());
            let sign = text.chars().next().filter(|c| matches!(c, '=' | '-'));
            let underlined = text.len() >= 3 && sign.is_some_and(|sign| text.chars().all(|c| c == sign));
            let alone = at < 2 || self.lines[at - 2].is_blank();
            let plain = !before.is_blank()
                && before.is_prose()
                && !before.text.starts_with(['#', '>', '|', '-', '*', ' ', '<', ':']);
            if underlined && self.lines[at].is_prose() && alone && plain {
                let sign = if sign == Some('=') { "#" } else { "##" };
                self.lines[at - 1].text = format!("{sign} {}", before.text.trim());
                self.lines[at].text = String::new();
            }
        }
    }

    fn find_headings(&mut self) {
        let mut taken = BTreeMap::<String, usize>::new();
        self.headings.clear();
        for (line, text) in self.lines.iter().enumerate().filter(|(_, line)| line.is_prose()) {
            let Some((level, words)) = heading(&text.text) else { continue };
            let (words, id) = identified(words);
            let base = outline::slug(&plain(words));
            let count = taken.entry(base.clone()).or_default();
            let slug = if *count == 0 { base } else { format!("{base}-{count}") };
            *count += 1;
            let words = words.to_owned();
            self.headings.push(Heading { line, level, words, id, slug, is_title: false, wanted: false });
        }
    }

    fn settle_title(&mut self, told: &mut Told) {
        let given = self.front.get("title").filter(|title| !title.trim().is_empty()).map(str::to_owned);
        let opens = self.headings.first().is_some_and(|heading| says_nothing(&self.lines[..heading.line]));
        let others = self.headings.iter().skip(1).map(|heading| heading.level).min();
        let is_top = opens && self.headings[0].level <= others.unwrap_or(7);
        if let Some(title) = given {
            let same = opens && outline::slug(&plain(&self.headings[0].words)) == outline::slug(&title);
            if same {
                let line = self.headings[0].line;
                self.lines[line].text = String::new();
                self.headings[0].is_title = true;
            }
            self.title = Some(title);
        } else if is_top {
            self.headings[0].is_title = true;
        } else {
            let named = self.item.title.clone();
            let title = named.unwrap_or_else(|| names::spoken(super::tree::name(&self.path)));
            let message = msg!("the page has no title of its own: “{title}” is taken", title = &title);
            told.tell(Kind::Guessed, Severity::Info, (&self.path, 0), message);
            self.title = Some(title);
        }
        self.set_levels(told);
    }

    /// The title has one sign, and no heading below it less than two.
    fn set_levels(&mut self, told: &mut Told) {
        let title = self.headings.iter().find(|heading| heading.is_title).map(|heading| heading.level);
        let others = || self.headings.iter().filter(|heading| !heading.is_title);
        let least = others().map(|heading| heading.level).min().unwrap_or(2);
        let shift = match title {
            // Below a title of two signs headings have three.
            Some(title) if title < least => 1 - title.cast_signed(),
            _ if least < 2 => 2 - least.cast_signed(),
            _ => 0,
        };
        for heading in &mut self.headings {
            let written = &mut self.lines[heading.line].text;
            let level = heading.level.cast_signed() + shift;
            let level = if heading.is_title { 1 } else { level.clamp(2, 6).unsigned_abs() };
            if level != heading.level && !written.is_empty() {
                let words = written.trim_start().trim_start_matches('#').to_owned();
                *written = format!("{}{words}", "#".repeat(level));
            }
            heading.level = level;
        }
        if shift != 0 && title.is_none_or(|title| title == 1) {
            let message = msg!("headings have one sign more: the title of a chapter alone has one");
            told.tell(Kind::Changed, Severity::Info, (&self.path, 0), message);
        }
    }

    fn find_anchors(&mut self) {
        for (at, line) in self.lines.iter().enumerate().filter(|(_, line)| line.is_prose()) {
            for id in ids(&line.text) {
                let next = self.headings.iter().position(|heading| heading.line >= at);
                let between = |heading: &Heading| self.lines[at..heading.line].iter().skip(1).all(is_aside);
                let own = |heading: &Heading| heading.line == at || is_aside(line) && between(heading);
                let heading = next.filter(|next| own(&self.headings[*next]));
                self.anchors.entry(id).or_insert(heading);
            }
        }
    }

    /// Where a fragment leads; the place is given an id that stays.
    pub(super) fn spot(&mut self, fragment: &str) -> Spot {
        if fragment.is_empty() || fragment == "_top" {
            return Spot::Whole;
        }
        let by = |test: &dyn Fn(&Heading) -> bool| self.headings.iter().position(test);
        let key =
            |text: &str| text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>();
        let wanted = key(fragment);
        let heading = by(&|heading| heading.id.as_deref() == Some(fragment))
            .or_else(|| self.anchors.get(fragment).copied().flatten())
            .or_else(|| by(&|heading| heading.slug == fragment));
        if heading.is_none() && self.anchors.contains_key(fragment) {
            self.kept.insert(fragment.to_owned());
            return Spot::Id(safe(fragment));
        }
        let loose = || (!wanted.is_empty()).then(|| by(&|heading| key(&heading.slug) == wanted))?;
        match heading.or_else(loose) {
            Some(at) if self.headings[at].is_title => Spot::Whole,
            Some(at) => {
                self.headings[at].wanted = true;
                Spot::Id(self.headings[at].name())
            }
            None => Spot::Unknown,
        }
    }

    /// Writes ids behind the headings that links lead to or whose authors gave them one.
    pub(super) fn write_ids(&mut self) {
        for heading in &self.headings {
            if self.lines[heading.line].text.is_empty() {
                continue;
            }
            let id = if heading.wanted || heading.id.is_some() {
                format!(" {{#{}}}", heading.name())
            } else {
                String::new()
            };
            let id = if heading.is_title { "" } else { &id };
            self.lines[heading.line].text = format!("{} {}{id}", "#".repeat(heading.level), heading.words);
        }
    }
}

impl Heading {
    fn name(&self) -> String {
        safe(self.id.as_deref().unwrap_or(&self.slug))
    }
}

/// An id that a manuscript can have.
pub(super) fn safe(id: &str) -> String {
    id.chars().map(|c| if c.is_alphanumeric() || "-_:.".contains(c) { c } else { '-' }).collect()
}

/// The level and the words of a line that is a heading.
fn heading(text: &str) -> Option<(usize, &str)> {
    let inner = text.trim_start_matches(' ');
    let words = inner.trim_start_matches('#');
    let level = inner.len() - words.len();
    let fits = text.len() - inner.len() < 4 && (1..=6).contains(&level) && words.starts_with([' ', '\t', '\u{3000}']);
    if !fits {
        return None;
    }
    let words = words.trim();
    let bare = words.trim_end_matches('#');
    Some((level, if bare.is_empty() || bare.ends_with(' ') { bare.trim_end() } else { words }))
}

/// The words of a heading without the id behind them, `{#id}` or `{/*id*/}`, and the id.
fn identified(words: &str) -> (&str, Option<String>) {
    let Some(open) = words.rfind('{').filter(|_| words.ends_with('}')) else { return (words, None) };
    let inner = words[open + 1..words.len() - 1].trim();
    let comment = inner.strip_prefix("/*").and_then(|inner| inner.strip_suffix("*/"));
    let id = match comment {
        Some(id) => Some(id.trim().trim_start_matches('#')),
        None => inner.trim_start_matches(':').split_whitespace().find_map(|word| word.strip_prefix('#')),
    };
    let is_attributes = id.is_some() || inner.starts_with(['.', ':']);
    let bare = if is_attributes { words[..open].trim_end() } else { words };
    (bare, id.filter(|id| !id.is_empty() && !id.contains(char::is_whitespace)).map(str::to_owned))
}

/// The words of a heading without markup.
fn plain(words: &str) -> String {
    let mut out = String::new();
    let mut rest = words;
    while let Some(at) = rest.find(['[', ']', '<', '`', '*', '\\']) {
        out.push_str(&rest[..at]);
        let cut = match rest.as_bytes()[at] {
            b']' if rest[at..].starts_with("](") => rest[at..].find(')').map_or(1, |end| end + 1),
            b'<' if rest[at + 1..].starts_with(|c: char| c.is_ascii_alphabetic() || c == '/') => {
                rest[at..].find('>').map_or(1, |end| end + 1)
            }
            _ => 1,
        };
        rest = &rest[at + cut..];
    }
    out.push_str(rest);
    out.trim().to_owned()
}

/// Whether lines say nothing: tags, scripts and comments.
fn says_nothing(lines: &[Line]) -> bool {
    let mut text = String::new();
    for line in lines.iter().filter(|line| !is_aside(line)) {
        text.push_str(&line.text);
        text.push('\n');
    }
    for name in ["script", "style"] {
        while let Some(open) = text.find(&format!("<{name}")) {
            let close = format!("</{name}>");
            let end = text[open..].find(&close).map_or(text.len(), |at| open + at + close.len());
            text.replace_range(open..end, "");
        }
    }
    super::html::text_of(&text).trim().is_empty() && !text.contains("<img")
}

/// Whether a line says nothing: a blank, a comment, or an anchor alone.
fn is_aside(line: &Line) -> bool {
    let text = line.text.trim();
    let comment = text.starts_with("<!--") && text.ends_with("-->");
    let anchor = ["<a ", "<span ", "<div "].iter().any(|open| text.starts_with(open))
        && text.ends_with('>')
        && plain(text).is_empty();
    !line.code && (line.comment || text.is_empty() || comment || anchor || ids(text).len() == 1 && text.ends_with("/>"))
}

/// The ids of the tags in a line.
fn ids(text: &str) -> Vec<String> {
    let tags = text.match_indices('<').filter_map(|(at, _)| Some(&text[at..at + text[at..].find('>')?]));
    let id = |tag: &str| {
        let name = if tag.starts_with("<a ") { " name=" } else { " id=" };
        let at = tag.find(" id=").map(|at| at + 4).or_else(|| tag.find(name).map(|at| at + name.len()))?;
        let value = tag[at..].trim_start_matches(['"', '\'']);
        let value = value.split(['"', '\'', ' ', '/']).next()?;
        (!value.is_empty()).then(|| value.to_owned())
    };
    tags.filter_map(id).collect()
}
