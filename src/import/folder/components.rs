//! What becomes of components: parts of pages that a site's own program shows.

use super::containers;
use super::html::{Element, Node};
use super::lines::{self, set};
use super::script::{self, Value};
use super::write::{Writer, dest};
use crate::diagnostic::Severity;
use crate::import::Kind;
use crate::lang;

/// Attributes that show a text.
const SHOWN: [&str; 8] = ["title", "label", "text", "data-text", "summary", "heading", "caption", "alt"];

impl Writer<'_> {
    /// A component: what it holds is kept, and what its attributes show.
    pub(super) fn component(&mut self, element: &Element, line: usize) -> String {
        let title = shown(element);
        let message = if title.is_none() && element.children.is_empty() {
            msg!("the component `<{name}>` is left out: only its site shows what it stands for", name = &element.name)
        } else {
            msg!("the component `<{name}>` is left out: what it holds is kept", name = &element.name)
        };
        self.once(Kind::Changed, Severity::Warning, line, message);
        self.expressions(element, line);
        let looks = ["class", "classname", "style", "src", "href", "width", "height"];
        let says = |(name, value): &&(String, String)| {
            let text = value.contains(' ') || value.chars().any(|c| c.is_alphabetic() && !c.is_ascii());
            let other = title.as_ref().is_none_or(|(known, _)| known != name) && !name.starts_with([':', '@', '#']);
            let acts = name.starts_with("on") || name.starts_with("v-") || value.starts_with('{');
            text && other && !acts && !looks.contains(&name.to_ascii_lowercase().as_str())
        };
        let lost: Vec<&str> = element.attributes.iter().filter(says).map(|(_, value)| value.as_str()).collect();
        if !lost.is_empty() {
            let message = msg!("attributes of `<{name}>` that may be text are left out", name = &element.name);
            self.lose(Severity::Warning, line, message, &lost.join("\n"));
        }
        self.titled(element, title.map(|(_, title)| title))
    }

    /// Tells of texts in the expressions that attributes have.
    fn expressions(&mut self, element: &Element, line: usize) {
        let says = |text: &str| {
            let quoted = text.split(['"', '\'', '`']).skip(1).step_by(2);
            quoted
                .into_iter()
                .any(|text| text.trim().contains(' ') || text.chars().any(|c| c.is_alphabetic() && !c.is_ascii()))
        };
        let found: Vec<&str> = element.attributes.iter().map(|(name, _)| name.as_str()).collect();
        let found =
            found.into_iter().filter(|name| !matches!(name.to_ascii_lowercase().as_str(), "style" | "classname"));
        let lost: Vec<&str> = found.filter_map(|name| element.expression(name)).filter(|text| says(text)).collect();
        if !lost.is_empty() {
            let message = msg!("attributes of `<{name}>` that may be text are left out", name = &element.name);
            self.lose(Severity::Warning, line, message, &lost.join("\n"));
        }
    }

    /// What an element holds, below a title; in a line behind it.
    fn titled(&mut self, element: &Element, title: Option<String>) -> String {
        let held = self.nodes(&element.children);
        let inner = match title {
            Some(title) if self.before(element).is_none() || element.children.is_empty() => format!("{title}{held}"),
            // What it holds is indented in its source, and its title is not.
            Some(title) => format!("**{title}**\n\n{}", set(&held, "").trim_matches('\n')),
            None => held,
        };
        self.placed(element, &inner)
    }

    /// One of several texts, or all of them.
    pub(super) fn tab(&mut self, element: &Element, line: usize) -> String {
        let message = msg!("tabs stand one below the other, each under its title");
        self.once(Kind::Changed, Severity::Info, line, message);
        for tab in element.expression("values").map(script::literal).iter().flat_map(Value::list) {
            let of = |key: &str| tab.get(key).and_then(Value::text);
            if let (Some(value), Some(label)) = (of("value"), of("label")) {
                self.tabs.insert(value.to_owned(), label.to_owned());
            }
        }
        let value = element.get("value").map(|value| self.tabs.get(value).map_or(value, String::as_str).to_owned());
        let title = ["label", "title", "name"].iter().find_map(|name| element.get(name)).map(str::to_owned);
        let is_whole = matches!(element.lower().as_str(), "tabs" | "codegroup" | "codetabs" | "tablist");
        self.titled(element, title.or(value).filter(|_| !is_whole))
    }

    pub(super) fn callout(&mut self, element: &Element, word: &str) -> String {
        let is_summary = |node: &&Node| matches!(node, Node::Element(inner) if inner.lower() == "summary");
        let summary = match element.children.iter().find(is_summary) {
            Some(Node::Element(summary)) => {
                Some(self.nodes(&summary.children).split_whitespace().collect::<Vec<_>>().join(" "))
            }
            _ => None,
        };
        let title = summary.or_else(|| element.get("title").or_else(|| element.get("summary")).map(str::to_owned));
        let mut inner = String::new();
        for node in element.children.iter().filter(|node| !is_summary(node)) {
            inner.push_str(&self.nodes(std::slice::from_ref(node)));
        }
        if inner.trim().is_empty() {
            let title = title.unwrap_or_default();
            return self.placed(element, &title);
        }
        let title = title.filter(|title| !title.is_empty());
        if self.before(element).is_none() {
            // In a line there is no block.
            return title.map_or(inner.clone(), |title| format!("**{title}** {inner}"));
        }
        self.framed(element, &inner, &format!(":::{}", containers::head(word, title.as_deref())), ":::")
    }

    /// What is played: a link to it.
    pub(super) fn played(&mut self, element: &Element, line: usize) -> String {
        let source = element.children.iter().find_map(|child| match child {
            Node::Element(inner) => inner.get("src").map(str::to_owned),
            Node::Text(_) => None,
        });
        let address =
            ["src", "data", "url", "href"].iter().find_map(|name| element.get(name)).map(str::to_owned).or(source);
        let inner: String = self.nodes(&element.children);
        let title = ["title", "alt", "aria-label"].iter().find_map(|name| element.get(name)).map(str::to_owned);
        let Some(address) = address.filter(|address| address.starts_with("http") || address.starts_with("//")) else {
            let message =
                msg!("`<{name}>` plays something that a book cannot show, and is left out", name = element.lower());
            self.once(Kind::Dropped, Severity::Warning, line, message);
            return self.placed(element, &format!("{}{inner}", title.unwrap_or_default()));
        };
        let address = if address.starts_with("//") { format!("https:{address}") } else { address };
        let message = msg!("`<{name}>` is a link now: {address}", name = element.lower(), address = &address);
        self.once(Kind::Changed, Severity::Info, line, message);
        let link = match title {
            Some(title) => format!("[{title}]({})", dest(&address)),
            None => format!("<{address}>"),
        };
        self.placed(element, &format!("{link}\n\n{}", inner.trim()))
    }

    /// A listing of mdBook's books about Rust: the code with the name of its file, and what it shows below it.
    pub(super) fn listing(&mut self, element: &Element) -> String {
        let mut inner = set(&self.nodes(&element.children), "");
        if let Some(file) = element.get("file-name") {
            let mut found = false;
            let titled = inner.lines().map(|line| match lines::fence(line).filter(|_| !found) {
                Some(_) => {
                    found = true;
                    format!("{} title=\"{}\"", line.trim_end(), file.replace('"', "”"))
                }
                None => line.to_owned(),
            });
            inner = titled.collect::<Vec<_>>().join("\n");
        }
        let caption = element.get("caption").unwrap_or_default();
        let label = if lang::callout_title(self.lang, "note").is_ascii() { "Listing" } else { "示例" };
        let caption = match (element.get("number"), caption) {
            (None, caption) => caption.to_owned(),
            (Some(number), "") => format!("{label} {number}"),
            (Some(number), caption) if label.is_ascii() => format!("{label} {number}: {caption}"),
            (Some(number), caption) => format!("{label} {number}：{caption}"),
        };
        self.placed(element, &format!("{inner}\n\n{caption}"))
    }
}

/// The attribute of an element that shows a text, and the text.
pub(super) fn shown(element: &Element) -> Option<(String, String)> {
    SHOWN.into_iter().find_map(|name| Some((name.to_owned(), element.get(name)?.to_owned())))
}
