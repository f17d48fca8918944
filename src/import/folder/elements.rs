//! What becomes of an element of HTML or a component.

use super::components::shown;
use super::html::{self, Element, Node};
use super::lines;
use super::page;
use super::write::{Writer, dest, share};
use crate::diagnostic::Severity;
use crate::import::Kind;
use crate::model::callout_word;

/// Elements that a manuscript may have in a line.
const INLINE: [&str; 13] = ["em", "i", "strong", "b", "del", "s", "strike", "sub", "sup", "ins", "u", "mark", "kbd"];

/// Elements that only say how or where something is shown.
const FRAMES: [&str; 33] = [
    "span",
    "font",
    "small",
    "big",
    "bdi",
    "bdo",
    "nobr",
    "label",
    "abbr",
    "acronym",
    "time",
    "data",
    "div",
    "p",
    "section",
    "article",
    "main",
    "header",
    "footer",
    "nav",
    "center",
    "picture",
    "figcaption",
    "noscript",
    "form",
    "button",
    "select",
    "option",
    "textarea",
    "fieldset",
    "dl",
    "address",
    "summary",
];

/// Elements that no book shows, with all that they hold.
const UNSEEN: [&str; 5] = ["script", "style", "template", "head", "math"];

/// Elements that hold nothing that a book shows.
const EMPTY: [&str; 10] = ["wbr", "source", "track", "col", "link", "meta", "base", "param", "area", "input"];

/// Components that show one of several texts at a time.
const TABS: [&str; 9] =
    ["tabs", "tabitem", "tab", "tabpanel", "codegroup", "codegroupitem", "codetabs", "codetab", "tablist"];

/// Components that list pages.
const LISTS: [&str; 5] = ["doccardlist", "toc", "tocinline", "cataloglist", "catalog"];

/// Elements and components that play something.
const PLAYED: [&str; 10] =
    ["video", "audio", "iframe", "embed", "object", "youtube", "youtubeiframe", "bilibili", "videoplayer", "canvas"];

impl Writer<'_> {
    /// An element as it is written in the book.
    pub(super) fn element(&mut self, element: &Element) -> String {
        let lower = element.lower();
        let line = self.joined.line(element.open.start);
        let anchor = self.anchor(element);
        let is_component = element.is_component();
        let written = match lower.as_str() {
            "" => String::new(),
            "listing" if is_component => self.listing(element),
            "image" | "illustration" | "figure" if is_component && element.get("src").is_some() => {
                self.img(element, line)
            }
            "callout" | "admonition" if is_component => self.callout(element, element.get("type").unwrap_or("note")),
            _ if PLAYED.contains(&lower.as_str()) => self.played(element, line),
            "details" | "solution" => self.callout(element, "details"),
            _ if is_component && callout_word(&element.name).is_some() => self.callout(element, &lower),
            _ if is_component && TABS.contains(&lower.as_str()) => self.tab(element, line),
            _ if is_component && LISTS.contains(&lower.as_str()) => {
                let message = msg!("a list of pages that the site makes is left out: `<{name}>`", name = &element.name);
                self.once(Kind::Dropped, Severity::Info, line, message);
                String::new()
            }
            _ if is_component && element.close.is_none() && element.attributes.is_empty() && !element.alone => {
                // A type of a program, as in `Vec<T>`.
                format!("\\{}", &self.joined.text[element.open.clone()])
            }
            _ if is_component => self.component(element, line),
            "br" => "<br>".to_owned(),
            "hr" => "\n\n---\n\n".to_owned(),
            "img" => self.img(element, line),
            "a" => self.link(element, line),
            "code" | "samp" | "tt" | "output" => self.code(element, line),
            "var" | "dfn" | "cite" => self.marked(element, "*"),
            "q" => format!("“{}”", self.nodes(&element.children)),
            "ruby" => self.ruby(element),
            "aside" => self.block(element, ":::aside", ":::"),
            "figure" => self.figure(element),
            "table" | "ul" | "ol" | "blockquote" | "pre" | "svg" => self.structure(element, &lower, line),
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => self.heading(element, &lower),
            "dt" => self.block(element, "", ""),
            "dd" => self.defined(element),
            _ if INLINE.contains(&lower.as_str()) => self.inline(element, &lower, line),
            _ if UNSEEN.contains(&lower.as_str()) => self.unseen(element, &lower, line),
            _ if EMPTY.contains(&lower.as_str()) => String::new(),
            _ if FRAMES.contains(&lower.as_str()) => self.frame(element),
            _ => self.unknown(element, &lower, line),
        };
        format!("{anchor}{written}")
    }

    /// An element that is left out with all that it holds.
    fn unseen(&mut self, element: &Element, lower: &str, line: usize) -> String {
        let text = html::text_of(&self.joined.text[element.open.end..element.whole().end]);
        let message = msg!("`<{name}>` and what it holds cannot stand in a book", name = lower);
        self.lose(Severity::Warning, line, message, &text);
        String::new()
    }

    /// A tag that bears the id of an element, where a link leads to it.
    fn anchor(&self, element: &Element) -> String {
        let id = element.get("id").or_else(|| element.get("name").filter(|_| element.lower() == "a"));
        let page = &self.pages.pages[self.at];
        id.filter(|id| page.kept.contains(*id))
            .map(|id| format!("<a id=\"{}\"></a>", page::safe(id)))
            .unwrap_or_default()
    }

    /// An element of another program.
    fn unknown(&mut self, element: &Element, lower: &str, line: usize) -> String {
        let ends = lower.strip_prefix('/');
        if ends.is_some_and(|_| element.attributes.is_empty()) {
            // An end without a beginning: nothing of it was ever shown.
            return String::new();
        }
        if element.close.is_none() && element.attributes.is_empty() && !element.alone {
            return format!("\\{}", &self.joined.text[element.open.clone()]);
        }
        self.component(element, line)
    }

    /// An element whose tags are left out.
    fn frame(&mut self, element: &Element) -> String {
        let inner = self.nodes(&element.children);
        self.placed(element, &inner)
    }

    /// Whether an element begins its line, and the blanks before it.
    pub(super) fn before(&self, element: &Element) -> Option<String> {
        let text = &self.joined.text;
        let start = text[..element.open.start].rfind('\n').map_or(0, |at| at + 1);
        let before = &text[start..element.open.start];
        // Tags that stand before it in its line say nothing.
        let (mut rest, mut said) = (before, String::new());
        while let Some((open, close)) = rest.find('<').and_then(|open| Some((open, open + rest[open..].find('>')?))) {
            said.push_str(&rest[..open]);
            rest = &rest[close + 1..];
        }
        let blank = said.trim().is_empty() && rest.trim().is_empty();
        blank.then(|| before[..before.len() - before.trim_start().len()].to_owned())
    }

    /// What an element holds, as paragraphs where it begins a line and is of more than a line of text.
    pub(super) fn placed(&self, element: &Element, inner: &str) -> String {
        let in_line = ["span", "font", "small", "big", "bdi", "bdo", "nobr", "label", "abbr", "time", "data"];
        let whole = element.whole();
        let short = in_line.contains(&element.lower().as_str()) && !self.joined.text[whole.clone()].contains("\n\n");
        match self.before(element) {
            Some(before) if !short => lines::set(inner, &before),
            _ => inner.to_owned(),
        }
    }

    /// What an element holds, between two lines of their own.
    pub(super) fn block(&mut self, element: &Element, open: &str, close: &str) -> String {
        let inner = self.nodes(&element.children);
        self.framed(element, &inner, open, close)
    }

    pub(super) fn framed(&self, element: &Element, inner: &str, open: &str, close: &str) -> String {
        let Some(before) = self.before(element) else { return inner.to_owned() };
        if inner.trim().is_empty() && open.starts_with(":::") {
            return String::new();
        }
        let ends = |line: &str| if line.is_empty() { String::new() } else { format!("\n\n{before}{line}\n\n") };
        format!("{}{}{}{before}", ends(open), lines::set(inner, &before), ends(close))
    }

    fn inline(&mut self, element: &Element, lower: &str, line: usize) -> String {
        let inner = self.nodes(&element.children);
        if inner.trim().is_empty() && (element.alone || element.close.is_some()) {
            // What shows nothing by itself may be given a text by the looks of a site.
            return shown(element).map_or(inner, |(_, text)| format!("<{lower}>{text}</{lower}>"));
        }
        let ends = element.close.is_some() && !inner.contains("\n\n");
        if !ends {
            let message = msg!("`<{name}>` is left out: it has no end in its paragraph", name = lower);
            self.once(Kind::Changed, Severity::Info, line, message);
            return inner;
        }
        format!("<{lower}>{inner}</{lower}>")
    }

    fn marked(&mut self, element: &Element, mark: &str) -> String {
        let inner = self.nodes(&element.children);
        if inner.trim().is_empty() || inner.contains(['*', '\n']) {
            inner
        } else {
            format!("{mark}{}{mark}", inner.trim())
        }
    }

    /// Code: what is marked up in it stays so, and is code no more.
    fn code(&mut self, element: &Element, line: usize) -> String {
        let inner = self.nodes(&element.children);
        let text = html::unescaped(inner.trim());
        let marked = element.children.iter().any(|child| matches!(child, Node::Element(_))) || inner.contains("](");
        if !marked && !text.contains('`') && !text.is_empty() && !text.contains('\n') {
            return format!("`{}`", text.replace("\\<", "<"));
        }
        if let Some((label, to)) = inner.trim().strip_prefix('[').and_then(|rest| rest.split_once("]("))
            && !label.contains(['[', '`', '<', '*'])
        {
            return format!("[`{label}`]({to}");
        }
        self.once(Kind::Changed, Severity::Info, line, msg!("code with markup in it is plain text"));
        inner
    }

    pub(super) fn img(&mut self, element: &Element, line: usize) -> String {
        let Some(src) = element.get("src").or_else(|| element.get("href")).map(str::to_owned) else {
            self.once(Kind::Dropped, Severity::Warning, line, msg!("a picture without a file is left out"));
            return String::new();
        };
        let alt = element.get("alt").unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" ");
        let alt = alt.replace('[', "\\[").replace(']', "\\]");
        let width = element
            .get("width")
            .map(|width| format!("width={width}"))
            .or_else(|| element.get("style").map(str::to_owned));
        let width = width.as_deref().and_then(share);
        let caption = element.get("caption").map(str::to_owned);
        let picture = self.pictured(&src, &alt, caption.as_deref(), (width, false), line);
        let ends = self.joined.text[element.open.end..].trim_start_matches([' ', '\t']).starts_with('\n');
        // Alone in its line it is a paragraph, whatever stands in the lines beside it.
        if ends && element.close.is_none() { self.placed(element, &picture) } else { picture }
    }

    fn link(&mut self, element: &Element, line: usize) -> String {
        let inner = self.nodes(&element.children);
        let Some(href) = element.get("href").map(str::to_owned) else { return inner };
        if inner.contains("\n\n") || inner.contains("](") || inner.trim().is_empty() {
            if !inner.trim().is_empty() {
                let message = msg!("the link around a picture or a block is left out: {address}", address = href);
                self.once(Kind::Dropped, Severity::Info, line, message);
            }
            return inner;
        }
        match self.led(&href, line) {
            Some(address) => format!("[{}]({})", inner.trim(), dest(&address)),
            None => inner,
        }
    }

    fn heading(&mut self, element: &Element, lower: &str) -> String {
        let inner = self.nodes(&element.children);
        let level = lower[1..].parse::<usize>().unwrap_or(2).max(2);
        let words = inner.split_whitespace().collect::<Vec<_>>().join(" ");
        if words.is_empty() || words.starts_with('#') {
            inner
        } else {
            format!("\n\n{} {words}\n\n", "#".repeat(level))
        }
    }

    fn defined(&mut self, element: &Element) -> String {
        let inner = self.nodes(&element.children);
        format!("\n\n{}\n\n", lines::set(&inner, "").trim())
    }

    /// Characters with their readings.
    fn ruby(&mut self, element: &Element) -> String {
        let (mut base, mut out) = (String::new(), String::new());
        for child in &element.children {
            match child {
                Node::Element(inner) if inner.lower() == "rt" => {
                    let reading = self.nodes(&inner.children);
                    let cjk = base.chars().any(|c| c > '\u{2e80}');
                    out.push_str(&if cjk {
                        format!("{{{}|{}}}", base.trim(), reading.trim())
                    } else {
                        format!("{base}（{reading}）")
                    });
                    base.clear();
                }
                Node::Element(inner) if matches!(inner.lower().as_str(), "rp") => {}
                child => base.push_str(&self.nodes(std::slice::from_ref(child))),
            }
        }
        out + &base
    }
}
