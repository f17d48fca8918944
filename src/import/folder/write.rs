//! A page written as a chapter: links and pictures lead to what the book has, and tags become what a manuscript has.

use std::ops::Range;

use super::html::{self, Node};
use super::lines::{self, Joined, Line};
use super::links::{self, Link, To};
use super::pages::{Pages, Target};
use super::pictures::{Picture, Pictures};
use super::told::Told;
use super::tree::{self, Tree};
use crate::diagnostic::Severity;
use crate::import::Kind;
use crate::message::Message;
use crate::model::Lang;

/// Writes the pages of a language.
pub(super) struct Writer<'a> {
    pub(super) tree: &'a dyn Tree,
    pub(super) base: &'a str,
    pub(super) lang: &'a Lang,
    pub(super) pages: &'a mut Pages,
    pub(super) pictures: &'a mut Pictures,
    pub(super) told: &'a mut Told,
    /// The page that is written.
    pub(super) at: usize,
    pub(super) path: String,
    pub(super) joined: Joined,
    /// The titles of tabs by their names.
    pub(super) tabs: std::collections::BTreeMap<String, String>,
    /// Parts of the text that are written otherwise, in order.
    edits: Vec<(Range<usize>, String)>,
}

/// Has every place that a link leads to keep an id.
pub(super) fn gather(pages: &mut Pages) {
    for at in 0..pages.pages.len() {
        let lines = &pages.pages[at].lines;
        let joined = Joined::new(lines);
        let mut addresses: Vec<String> =
            links::definitions(lines).into_values().map(|definition| definition.address).collect();
        for link in links::links(&joined) {
            match link.to {
                To::Address(address, _) if !link.is_picture => addresses.push(address),
                _ => {}
            }
        }
        for (at, found) in joined.text.match_indices("href=") {
            let value = joined.text[at + found.len()..].trim_start_matches(['"', '\'', '{']);
            addresses.extend(value.split(['"', '\'', ' ', '>']).next().map(str::to_owned));
        }
        for address in addresses {
            pages.target(at, &address);
        }
    }
    pages.pages.iter_mut().for_each(super::page::Page::write_ids);
}

impl<'a> Writer<'a> {
    pub(super) fn new(
        (tree, base, lang): (&'a dyn Tree, &'a str, &'a Lang),
        pages: &'a mut Pages,
        pictures: &'a mut Pictures,
        told: &'a mut Told,
    ) -> Self {
        let (path, joined, tabs, edits) = (String::new(), Joined::new(&[]), Default::default(), Vec::new());
        Self { tree, base, lang, pages, pictures, told, at: 0, path, joined, tabs, edits }
    }

    /// The Markdown of a page, without its front matter.
    pub(super) fn page(&mut self, at: usize) -> String {
        self.at = at;
        self.path.clone_from(&self.pages.pages[at].path);
        let mut lines = std::mem::take(&mut self.pages.pages[at].lines);
        let unled = self.definitions(&mut lines);
        self.joined = Joined::new(&lines);
        self.links(&unled);
        let nodes = html::tree(&self.joined);
        let text = self.nodes(&nodes);
        tidy(&text)
    }

    /// Definitions lead to what the book has. Gives the names of those that lead nowhere.
    fn definitions(&mut self, lines: &mut [Line]) -> Vec<String> {
        let mut unled = Vec::new();
        for definition in links::definitions(lines).into_values() {
            match self.address(&definition.address, lines[definition.line].at) {
                Some(Some(address)) => lines[definition.line].text.replace_range(definition.place, &address),
                Some(None) => {
                    unled.push(definition.name);
                    lines[definition.line].text.clear();
                    lines[definition.head].text.clear();
                }
                None => {}
            }
        }
        unled
    }

    /// What an address is in the book: nothing new, another one, or none at all.
    fn address(&mut self, address: &str, line: usize) -> Option<Option<String>> {
        match self.pages.target(self.at, address) {
            Target::Outside if address.starts_with("//") => Some(Some(format!("https:{address}"))),
            Target::Outside => {
                let led = ["http:", "https:", "mailto:"].iter().any(|scheme| address.starts_with(scheme));
                if led {
                    return None;
                }
                self.once(
                    Kind::Dropped,
                    Severity::Warning,
                    line,
                    msg!("the link to `{address}` leads nowhere in a book: its words are kept", address),
                );
                Some(None)
            }
            Target::Place(place) => Some(Some(place)),
            Target::Site(whole) => {
                let message = msg!("the link to `{address}` leads to the site: its page is not in the book", address);
                self.once(Kind::Changed, Severity::Info, line, message);
                Some(Some(whole))
            }
            Target::Lost(place) => {
                let message =
                    msg!("`{address}` names a place that is not there: the link leads to the chapter", address);
                self.once(Kind::Guessed, Severity::Info, line, message);
                Some(Some(place))
            }
            Target::Unknown => {
                let message = msg!("the link to `{address}` leads to no chapter: its words are kept", address);
                self.once(Kind::Dropped, Severity::Warning, line, message);
                Some(None)
            }
        }
    }

    pub(super) fn once(&mut self, kind: Kind, severity: Severity, line: usize, message: Message) {
        self.told.once(kind, severity, (&self.path, line), message);
    }

    pub(super) fn lose(&mut self, severity: Severity, line: usize, message: Message, lost: &str) {
        self.told.lose(Kind::Dropped, severity, (&self.path, line), message, lost.to_owned());
    }

    /// The address that a link has in the book; nothing for one that leads nowhere.
    pub(super) fn led(&mut self, address: &str, line: usize) -> Option<String> {
        self.address(address, line).unwrap_or_else(|| Some(address.to_owned()))
    }

    /// Settles what becomes of links and pictures in Markdown.
    fn links(&mut self, unled: &[String]) {
        self.edits.clear();
        for link in links::links(&self.joined) {
            let line = self.joined.line(link.whole.start);
            match link.to.clone() {
                To::Address(address, title) if link.is_picture => self.picture(&link, &address, title.as_deref(), line),
                To::Address(address, _) => match self.address(&address, line) {
                    Some(Some(place)) => {
                        self.edits.push((link.label.end..link.whole.end, format!("]({})", dest(&place))))
                    }
                    Some(None) => self.unlink(&link),
                    None => {}
                },
                To::Name(name) if unled.contains(&name) => self.unlink(&link),
                To::Name(_) => {}
            }
        }
        self.dollars();
        self.edits.sort_by_key(|(range, _)| (range.start, range.end));
    }

    /// Dollar signs that a site shows as such get a backslash before them.
    fn dollars(&mut self) {
        let found = if self.pages.math { Vec::new() } else { plain_dollars(&self.joined) };
        for at in found {
            let message = msg!("a dollar sign begins no formula here, and is a mere sign");
            self.once(Kind::Guessed, Severity::Info, self.joined.line(at), message);
            self.edits.push((at..at, "\\".to_owned()));
        }
    }

    /// Takes the brackets off the words of a link.
    fn unlink(&mut self, link: &Link) {
        self.edits.push((link.whole.start..link.label.start, String::new()));
        self.edits.push((link.label.end..link.whole.end, String::new()));
    }

    fn picture(&mut self, link: &Link, address: &str, title: Option<&str>, line: usize) {
        let alt = self.joined.text[link.label.clone()].to_owned();
        let after = &self.joined.text[link.whole.end..];
        let braces = if after.starts_with('{') { after.find('}').map_or(0, |end| end + 1) } else { 0 };
        let width = share(&after[..braces]);
        let text = self.pictured(address, &alt, title, (width, link.inner), line);
        self.edits.push((link.whole.start..link.whole.end + braces, text));
    }

    /// A picture as the book shows it, or the words that stand for it.
    pub(super) fn pictured(
        &mut self,
        address: &str,
        alt: &str,
        title: Option<&str>,
        (width, inner): (Option<String>, bool),
        line: usize,
    ) -> String {
        let place = (tree::folder(&self.path), self.base);
        let mut picture = self.pictures.take(self.tree, place, self.lang, address);
        if let (Picture::Missing, Some(inner)) = (&picture, self.pages.below_site(address)) {
            picture = self.pictures.take(self.tree, place, self.lang, inner);
        }
        match picture {
            Picture::Here(name) => self.shown(&name, alt, title, width, line),
            Picture::Badge => {
                let message = msg!("a sign of the state of a program is left out: {address}", address);
                self.lose(Severity::Info, line, message, alt);
                String::new()
            }
            Picture::Remote => {
                let message =
                    msg!("the picture is on the network and is not fetched; a link stands for it: {address}", address);
                self.once(Kind::Changed, Severity::Warning, line, message);
                match (alt.trim().is_empty(), inner) {
                    (true, true) => tree::name(address).to_owned(),
                    (true, false) => format!("<{address}>"),
                    (false, true) => alt.to_owned(),
                    (false, false) => format!("[{alt}]({})", dest(address)),
                }
            }
            Picture::Missing => {
                let message = msg!("the picture is not there; its description stands for it: {address}", address);
                self.told.tell(Kind::Dropped, Severity::Error, (&self.path, line), message);
                alt.to_owned()
            }
            Picture::Foreign => {
                let message = msg!(
                    "the picture is in a form that no book can show; its description stands for it: {address}",
                    address = address.get(..80).unwrap_or(address)
                );
                self.told.tell(Kind::Dropped, Severity::Error, (&self.path, line), message);
                alt.to_owned()
            }
        }
    }

    /// A picture of the book. One without a description is taken for a decoration.
    fn shown(&mut self, name: &str, alt: &str, title: Option<&str>, width: Option<String>, line: usize) -> String {
        let title = title.map(|title| format!(" \"{}\"", title.replace('"', "\\\""))).unwrap_or_default();
        let class = alt.trim().is_empty().then(|| ".decorative".to_owned());
        if class.is_some() {
            let message = msg!("a picture without a description counts as a decoration");
            self.once(Kind::Guessed, Severity::Warning, line, message);
        }
        let attributes: Vec<String> = class.into_iter().chain(width).collect();
        let attributes = if attributes.is_empty() { String::new() } else { format!("{{{}}}", attributes.join(" ")) };
        format!("![{alt}]({name}{title}){attributes}")
    }

    /// A part of the text as it is written in the book.
    pub(super) fn text(&self, range: &Range<usize>) -> String {
        let first = self.edits.partition_point(|(edit, _)| edit.start < range.start);
        let inside = self.edits[first..].iter().take_while(|(edit, _)| edit.end <= range.end);
        let edits = inside.map(|(edit, new)| (edit.start - range.start..edit.end - range.start, new.clone())).collect();
        let text = lines::edited(&self.joined.text[range.clone()], edits);
        text.replace("{' '}", " ").replace("{\" \"}", " ")
    }

    /// Parts of the page as they are written in the book.
    pub(super) fn nodes(&mut self, nodes: &[Node]) -> String {
        let mut out = String::new();
        for node in nodes {
            match node {
                Node::Text(range) => out.push_str(&self.text(range)),
                Node::Element(element) => {
                    let written = self.element(element);
                    out.push_str(&written);
                }
            }
        }
        out
    }
}

/// The dollar signs that would begin a formula in a manuscript, and have words behind them and none of TeX.
fn plain_dollars(joined: &Joined) -> Vec<usize> {
    let text = &joined.text;
    let (mut found, mut at) = (Vec::new(), 0);
    while let Some(step) = text[at..].find('$') {
        at += step;
        if let Some(end) = joined.opaque_at(at) {
            at = end;
            continue;
        }
        let inner = &text[at + 1..];
        let paragraph = &inner[..inner.find("\n\n").unwrap_or(inner.len())];
        let close = paragraph.match_indices('$').map(|(close, _)| close).find(|close| {
            let before = paragraph[..*close].chars().next_back();
            let digit = paragraph[close + 1..].starts_with(|c: char| c.is_ascii_digit());
            before.is_some_and(|c| !c.is_whitespace() && c != '\\') && !digit
        });
        let opens = !text[..at].ends_with('\\') && !paragraph.starts_with(char::is_whitespace);
        match close.filter(|_| opens) {
            Some(close) if is_tex(&paragraph[..close]) => at += close + 2,
            Some(_) => {
                found.push(at);
                at += 1;
            }
            None => at += 1,
        }
    }
    found
}

/// Whether a text can be a formula in TeX: it has a command or an exponent, or no words.
fn is_tex(text: &str) -> bool {
    let word = |part: &str| part.len() > 2;
    text.contains(['\\', '^']) || !text.split(|c: char| !c.is_alphabetic()).any(word)
}

/// An address as it stands in the brackets of a link.
pub(super) fn dest(address: &str) -> String {
    if address.contains([' ', '(', ')']) { format!("<{address}>") } else { address.to_owned() }
}

/// The width as a share of the line, where attributes say one.
pub(super) fn share(text: &str) -> Option<String> {
    let at = text.find("width")?;
    let value = text[at + 5..].trim_start_matches(['=', ':', ' ', '"', '\'']);
    let digits = value.bytes().take_while(u8::is_ascii_digit).count();
    (digits > 0 && value[digits..].starts_with('%')).then(|| format!("width={}%", &value[..digits]))
}

/// A text without more than one empty line between its blocks, code as it is.
fn tidy(text: &str) -> String {
    let mut lines = lines::of(text, 1);
    let mut blank = true;
    lines.retain(|line| {
        let doubled = line.is_blank() && blank && !line.code;
        blank = line.is_blank() && !line.code;
        !doubled
    });
    let mut out = String::new();
    for line in lines {
        out.push_str(if line.code { &line.text } else { line.text.trim_end_matches(['\t', '\r']) });
        out.push('\n');
    }
    out.trim_end().to_owned() + "\n"
}
