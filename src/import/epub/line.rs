//! What stands in a line.

use super::super::document::Inline;
use super::super::inlines::plain;
use super::super::report::Kind;
use super::links::Target;
use super::package::path_from;
use super::reader::Reader;
use super::styles::{Looks, Raised};
use super::xhtml::Xhtml as _;
use super::{kinds, math};
use crate::diagnostic::Severity;
use crate::foreign::xml::{Element, Node};

impl<'a> Reader<'a> {
    /// What stands in a line. Blocks in it are parted by breaks.
    pub(super) fn inlines(&mut self, nodes: &'a [Node]) -> Vec<Inline> {
        let mut out = Vec::new();
        for node in nodes {
            match node {
                Node::Text(text) => out.push(Inline::Text(text.clone())),
                Node::Element(element) if self.is_left_out(element) => {}
                Node::Element(element) => {
                    self.note_id(element);
                    let is_block = kinds::holds_blocks(element) && !plain(&out).trim().is_empty();
                    if is_block {
                        out.push(Inline::Break);
                    }
                    self.inline(element, &mut out);
                }
            }
        }
        out
    }

    fn within(&mut self, element: &'a Element) -> Vec<Inline> {
        self.outer.push(element);
        let inner = self.inlines(&element.children);
        self.outer.pop();
        inner
    }

    fn inline(&mut self, element: &'a Element, out: &mut Vec<Inline>) {
        match element.name.as_str() {
            "br" => out.push(Inline::Break),
            "a" => self.link(element, out),
            "img" | "image" => self.picture(element, out),
            "svg" => self.drawing(element, out),
            "math" => self.formula(element, out),
            "ruby" => self.ruby(element, out),
            "code" | "tt" | "samp" if is_plain(element) => out.push(Inline::Code(squeezed(&element.text()))),
            "switch" => self.switch(element, out),
            "q" => {
                out.push(Inline::Text("“".to_owned()));
                out.extend(self.within(element));
                out.push(Inline::Text("”".to_owned()));
            }
            name => {
                if matches!(name, "video" | "audio" | "iframe" | "object" | "embed" | "canvas") {
                    let message = msg!(
                        "an element <{name}> cannot be in a book; what stands in it for other readers is kept",
                        name
                    );
                    self.once(Kind::Dropped, Severity::Warning, element, message, "");
                }
                self.marked(element, out);
            }
        }
    }

    /// Text with the marks that its element or the style sheets give it.
    fn marked(&mut self, element: &'a Element, out: &mut Vec<Inline>) {
        let looks = self.looks(element);
        let inner = self.within(element);
        // A note is set above the line without being told so.
        if inner.iter().all(|one| matches!(one, Inline::Note(_)) || plain(std::slice::from_ref(one)).trim().is_empty())
        {
            out.extend(inner);
            return;
        }
        if kinds::holds_blocks(element) {
            out.extend(inner);
            return;
        }
        out.extend(wrapped(inner, &marks(&element.name, looks)));
    }

    fn link(&mut self, element: &'a Element, out: &mut Vec<Inline>) {
        let place = (self.page, element.at.start);
        if let Some(name) = self.links.marks.get(&place) {
            out.push(Inline::Note(name.clone()));
            let text = element.text();
            if !text.trim().is_empty() {
                let message = msg!("the numbers of notes are left out: notes are counted anew");
                self.once(Kind::Changed, Severity::Info, element, message, &text);
            }
            return;
        }
        if self.links.back.contains(&place) {
            let text = element.text();
            let message = msg!("the numbers of notes are left out: notes are counted anew");
            self.once(Kind::Changed, Severity::Info, element, message, &text);
            return;
        }
        let target = element.attribute("href").filter(|href| !href.is_empty()).map(|href| self.target(href));
        let looks = self.looks(element);
        let inner = wrapped(self.within(element), &marks("a", looks));
        match target {
            _ if inner.is_empty() => {}
            None => out.extend(inner),
            Some(Target::Address(address)) => out.push(Inline::Link(address, inner)),
            // Which block the place is in is known when all pages are read.
            Some(Target::Page(page, id)) => out.push(Inline::Place(format!("{page}#{id}"), inner)),
            Some(Target::Nothing) => {
                let href = element.attribute("href").unwrap_or_default();
                let message =
                    msg!("a link leads to nothing that is in the book: {address}; its words are kept", address = href);
                self.once(Kind::Changed, Severity::Warning, element, message, "");
                out.extend(inner);
            }
        }
    }

    fn picture(&mut self, element: &'a Element, out: &mut Vec<Inline>) {
        let source = element.attribute("src").or(element.attribute("xlink:href")).or(element.attribute("href"));
        let alt = element.attribute("alt").unwrap_or_default().trim().to_owned();
        let page = self.pages.get(self.page).map_or("", |page| page.path.as_str());
        let source = source.unwrap_or_default();
        match path_from(page, source).filter(|path| !path.is_empty()) {
            Some(path) => {
                self.pictures.insert(path.clone());
                out.push(Inline::Picture(path, alt));
            }
            None => {
                let message = msg!(
                    "a picture is not in the e-book: {address}",
                    address = source.chars().take(80).collect::<String>()
                );
                self.once(Kind::Dropped, Severity::Warning, element, message, "");
                if !alt.is_empty() {
                    out.push(Inline::Text(alt));
                }
            }
        }
    }

    /// A drawing in the page becomes a picture; one that only shows a picture is that picture.
    fn drawing(&mut self, element: &'a Element, out: &mut Vec<Inline>) {
        let text = squeezed(&element.text());
        let mut images = Vec::new();
        element.all("image", &mut images);
        if let ([image], true) = (images.as_slice(), text.is_empty()) {
            self.picture(image, out);
            return;
        }
        let Some(page) = self.pages.get(self.page) else { return };
        let source = page.source.get(element.at.clone()).unwrap_or_default();
        if !text.is_empty() {
            let message = msg!("text in a drawing is part of the picture now, which is not translated");
            self.once(Kind::Changed, Severity::Warning, element, message, &text);
        }
        let Some(svg) = standalone(source) else {
            let message = msg!("a drawing in the page cannot stand by itself and is left out");
            self.once(Kind::Dropped, Severity::Warning, element, message, "");
            return;
        };
        let name = format!("{}-{}.svg", page.stem(), self.drawn.len() + 1);
        let label = element.attribute("aria-label").map(str::to_owned);
        let alt = label.or_else(|| element.find("title").map(Element::text)).unwrap_or_default();
        self.drawn.push((name.clone(), svg));
        out.push(Inline::Picture(name, squeezed(&alt)));
    }

    fn formula(&mut self, element: &'a Element, out: &mut Vec<Inline>) {
        if let Some(tex) = math::tex(element) {
            out.push(Inline::Formula(tex));
            return;
        }
        let text = squeezed(&element.text());
        if !text.is_empty() {
            let message = msg!("a formula is kept as plain text: {text}", text = text.as_str());
            self.once(Kind::Changed, Severity::Warning, element, message, "");
            out.push(Inline::Text(text));
        }
    }

    fn ruby(&mut self, element: &'a Element, out: &mut Vec<Inline>) {
        let mut bases = Vec::new();
        let mut readings = Vec::new();
        let mut brackets = String::new();
        let mut base = String::new();
        parts(element, &mut |name, text| match name {
            "rt" => {
                if !base.trim().is_empty() {
                    bases.push(std::mem::take(&mut base).trim().to_owned());
                }
                readings.push(text.trim().to_owned());
            }
            "rp" => brackets.push_str(text.trim()),
            "rb" => bases.push(text.trim().to_owned()),
            _ => base.push_str(&text),
        });
        if !base.trim().is_empty() {
            bases.push(base.trim().to_owned());
        }
        if !brackets.is_empty() {
            let message = msg!("the brackets around readings, for readers without them, are left out");
            self.once(Kind::Dropped, Severity::Info, element, message, &brackets);
        }
        if bases.len() == readings.len() {
            out.push(Inline::Ruby(bases.into_iter().zip(readings).collect()));
        } else if readings.iter().all(String::is_empty) {
            out.push(Inline::Text(bases.concat()));
        } else {
            out.push(Inline::Ruby(vec![(bases.concat(), readings.concat())]));
        }
    }

    /// Of several forms that one of them is: that with formulas, else the one for all readers.
    fn switch(&mut self, element: &'a Element, out: &mut Vec<Inline>) {
        let mut forms: Vec<&Element> = element.elements().collect();
        let chosen = forms.iter().position(|form| form.find("math").is_some());
        let chosen = chosen.or_else(|| forms.iter().position(|form| form.name == "default")).unwrap_or(0);
        if chosen >= forms.len() {
            return;
        }
        let taken = forms.remove(chosen);
        let other: String = forms.iter().map(|form| form.text()).collect();
        let message = msg!("one of several forms of the same content is taken");
        self.once(Kind::Changed, Severity::Info, element, message, &other);
        out.extend(self.within(taken));
    }

    /// Whether an element is left out, which is told where it has text.
    pub(super) fn is_left_out(&mut self, element: &'a Element) -> bool {
        let text = || element.text().trim().to_owned();
        let is_drawn = matches!(element.name.as_str(), "svg" | "math");
        if matches!(element.name.as_str(), "script" | "style" | "template" | "head" | "link" | "meta" | "wbr") {
            return true;
        }
        if element.is(&["pagebreak"]) || kinds::is_page_mark(element) {
            self.note_id(element);
            let message = msg!("the page numbers of the printed edition are left out");
            self.once(Kind::Dropped, Severity::Info, element, message, &text());
            return true;
        }
        if element.name == "nav" || element.is(&["toc", "landmarks", "page-list"]) {
            let message = msg!("a table of contents is left out: a book makes its own");
            self.once(Kind::Dropped, Severity::Info, element, message, &text());
            return true;
        }
        let is_hidden = element.attribute("hidden").is_some() || !is_drawn && self.looks(element).hidden == Some(true);
        if is_hidden {
            self.note_id(element);
            // A note that pops up is hidden until it does.
            let place = (self.page, element.at.start);
            if self.links.notes.contains_key(&place) || holds_note(element, self) {
                return false;
            }
            if !text().is_empty() {
                let message = msg!("text that is hidden from readers is left out");
                self.once(Kind::Dropped, Severity::Warning, element, message, &text());
            }
        }
        is_hidden
    }
}

fn holds_note(element: &Element, reader: &Reader<'_>) -> bool {
    let range = (reader.page, element.at.start)..(reader.page, element.at.end);
    reader.links.notes.range(range).next().is_some()
}

/// Whether there is nothing but text in an element, and looks.
fn is_plain(element: &Element) -> bool {
    element.elements().all(|inner| {
        matches!(inner.name.as_str(), "span" | "b" | "i" | "em" | "strong") && inner.id().is_none() && is_plain(inner)
    })
}

/// Calls for each part of a ruby element with its name, also for those in groups of parts.
fn parts(element: &Element, call: &mut dyn FnMut(&str, String)) {
    for node in &element.children {
        match node {
            Node::Text(text) => call("", text.clone()),
            Node::Element(inner) if matches!(inner.name.as_str(), "rt" | "rp" | "rb") => {
                call(&inner.name, inner.text())
            }
            Node::Element(inner) => parts(inner, call),
        }
    }
}

/// A text with one space wherever there is white space.
fn squeezed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A drawing that says of which vocabulary it is.
fn standalone(source: &str) -> Option<String> {
    let rest = source.strip_prefix("<svg")?;
    let head = rest.split_once('>')?.0;
    let own = if head.contains("xmlns=") { "" } else { " xmlns=\"http://www.w3.org/2000/svg\"" };
    let is_linking = rest.contains("xlink:") && !head.contains("xmlns:xlink");
    let linking = if is_linking { " xmlns:xlink=\"http://www.w3.org/1999/xlink\"" } else { "" };
    Some(format!("<svg{own}{linking}{rest}"))
}

/// How text stands out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mark {
    Emphasis,
    Strong,
    Strike,
    Subscript,
    Superscript,
    Underline,
    Highlight,
    Keys,
}

/// The marks of an element, the outermost first. What the style sheets say goes before what its name says, but for `em` and
/// `strong`, which are meant whatever they look like.
fn marks(name: &str, looks: Looks) -> Vec<Mark> {
    let is_italic = matches!(name, "i" | "cite" | "dfn" | "var" | "address");
    let is_struck = matches!(name, "s" | "del" | "strike");
    let is_link = name == "a";
    let raised = match name {
        "sup" => Some(Raised::Above),
        "sub" => Some(Raised::Below),
        _ => looks.raised,
    };
    let said = [
        (Mark::Strong, name == "strong" || looks.bold.unwrap_or(name == "b") && name != "code"),
        (Mark::Emphasis, name == "em" || looks.dotted == Some(true) || looks.italic.unwrap_or(is_italic)),
        (Mark::Strike, is_struck || looks.struck == Some(true)),
        (Mark::Underline, !is_link && (matches!(name, "u" | "ins") || looks.underlined == Some(true))),
        (Mark::Highlight, name == "mark"),
        (Mark::Keys, name == "kbd"),
        (Mark::Superscript, raised == Some(Raised::Above)),
        (Mark::Subscript, raised == Some(Raised::Below)),
    ];
    said.into_iter().filter_map(|(mark, is_said)| is_said.then_some(mark)).collect()
}

fn wrapped(inner: Vec<Inline>, marks: &[Mark]) -> Vec<Inline> {
    if inner.is_empty() {
        return inner;
    }
    marks.iter().rev().fold(inner, |inner, mark| {
        vec![match mark {
            Mark::Emphasis => Inline::Emphasis(inner),
            Mark::Strong => Inline::Strong(inner),
            Mark::Strike => Inline::Strike(inner),
            Mark::Subscript => Inline::Subscript(inner),
            Mark::Superscript => Inline::Superscript(inner),
            Mark::Underline => Inline::Underline(inner),
            Mark::Highlight => Inline::Highlight(inner),
            Mark::Keys => Inline::Keys(inner),
        }]
    })
}
