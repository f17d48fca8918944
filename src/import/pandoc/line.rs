//! What stands in a line of pandoc's JSON.

use serde_json::Value;

use super::super::document::{BlockKind, Inline, Note};
use super::super::inlines::{plain, tidy};
use super::super::report::Kind;
use super::{Attributes, Reader, list, text, words_in};
use crate::diagnostic::Severity;

/// What ids of Quarto's figures, tables and so on begin with.
const REFERRED: [&str; 5] = ["fig-", "tbl-", "sec-", "eq-", "lst-"];

/// What becomes of tags in a line that have an end.
type Make = fn(Vec<Inline>) -> Inline;
const PAIRS: [(&[&str], Make); 9] = [
    (&["sup"], Inline::Superscript),
    (&["sub"], Inline::Subscript),
    (&["kbd"], Inline::Keys),
    (&["u", "ins"], Inline::Underline),
    (&["mark"], Inline::Highlight),
    (&["em", "i", "cite", "var"], Inline::Emphasis),
    (&["strong", "b"], Inline::Strong),
    (&["del", "s", "strike"], Inline::Strike),
    (&["code", "samp", "tt"], |inner| Inline::Code(plain(&inner))),
];

/// The name of the tag that an element of the JSON is, without attributes.
fn tag(value: &Value) -> Option<&str> {
    let is_html = value["t"] == "RawInline" && text(&value["c"][0]).starts_with("html");
    text(&value["c"][1]).strip_prefix('<').filter(|_| is_html)?.strip_suffix('>')
}

impl Reader<'_> {
    pub(super) fn line(&mut self, values: &Value) -> Vec<Inline> {
        self.line_of(list(values))
    }

    pub(super) fn line_of(&mut self, values: &[Value]) -> Vec<Inline> {
        let mut out = Vec::new();
        let mut at = 0;
        while let Some(value) = values.get(at) {
            at += 1;
            let close = tag(value).and_then(|open| {
                let make = PAIRS.iter().find(|(names, _)| names.contains(&open)).map(|(_, make)| make)?;
                let close = format!("/{open}");
                let rest = values.get(at..)?.iter().position(|value| tag(value) == Some(close.as_str()))?;
                Some((rest, make))
            });
            match close {
                Some((length, make)) => {
                    let inner = self.line_of(values.get(at..at + length).unwrap_or_default());
                    out.push(make(inner));
                    at += length + 1;
                }
                None => self.inline(value, &mut out),
            }
        }
        out
    }

    /// Blocks as one line, as in cells and captions.
    pub(super) fn cell_line(&mut self, blocks: &Value) -> Vec<Inline> {
        let mut out = Vec::new();
        let blocks = self.blocks(blocks);
        self.flatten(blocks, &mut out);
        tidy(out)
    }

    fn flatten(&mut self, blocks: Vec<super::super::document::Block>, out: &mut Vec<Inline>) {
        for block in blocks {
            let parted = |out: &mut Vec<Inline>| {
                if !out.is_empty() {
                    out.push(Inline::Break);
                }
            };
            match block.kind {
                BlockKind::Paragraph(line) | BlockKind::Heading(_, line) => {
                    parted(out);
                    out.extend(line);
                }
                BlockKind::Code(_, text) => {
                    parted(out);
                    out.push(Inline::Code(text));
                }
                BlockKind::Formula(tex) => {
                    parted(out);
                    out.push(Inline::Formula(tex));
                }
                BlockKind::List(first, items) => {
                    for (nth, item) in items.into_iter().enumerate() {
                        parted(out);
                        let sign =
                            first.map_or_else(|| "- ".to_owned(), |first| format!("{}. ", first.saturating_add(nth)));
                        out.push(Inline::Text(sign));
                        let mut inside = Vec::new();
                        self.flatten(item, &mut inside);
                        out.extend(inside);
                    }
                }
                BlockKind::Quote(blocks) | BlockKind::Container(_, blocks) => self.flatten(blocks, out),
                BlockKind::Figure(blocks, line) | BlockKind::Callout(_, line, blocks) => {
                    self.flatten(blocks, out);
                    out.extend(line);
                }
                BlockKind::Table { head, rows, caption } => {
                    for cell in head.into_iter().chain(rows).flatten() {
                        parted(out);
                        out.extend(cell.body);
                    }
                    out.extend(caption);
                    let message = msg!("a table in a table is kept as lines of its cell");
                    self.once(Kind::Changed, Severity::Warning, message, "");
                }
                BlockKind::Definitions(items) => {
                    for (term, blocks) in items {
                        parted(out);
                        out.extend(term);
                        self.flatten(blocks, out);
                    }
                }
                BlockKind::Rule | BlockKind::PageBreak => {}
            }
        }
    }

    fn inline(&mut self, value: &Value, out: &mut Vec<Inline>) {
        let content = &value["c"];
        match value["t"].as_str().unwrap_or_default() {
            "Str" => out.push(Inline::Text(text(content).to_owned())),
            "Space" => out.push(Inline::Text(" ".to_owned())),
            "SoftBreak" => out.push(Inline::Text("\n".to_owned())),
            "LineBreak" => out.push(Inline::Break),
            "Emph" => out.push(Inline::Emphasis(self.line(content))),
            "Strong" => out.push(Inline::Strong(self.line(content))),
            "Underline" => out.push(Inline::Underline(self.line(content))),
            "Strikeout" => out.push(Inline::Strike(self.line(content))),
            "Superscript" => out.push(Inline::Superscript(self.line(content))),
            "Subscript" => out.push(Inline::Subscript(self.line(content))),
            "SmallCaps" => {
                let message = msg!("small capitals are left out, their text is kept");
                self.once(Kind::Changed, Severity::Info, message, "");
                out.extend(self.line(content));
            }
            "Quoted" => {
                let (open, close) = if content[0]["t"] == "SingleQuote" { ("‘", "’") } else { ("“", "”") };
                out.push(Inline::Text(open.to_owned()));
                out.extend(self.line(&content[1]));
                out.push(Inline::Text(close.to_owned()));
            }
            "Code" => out.push(Inline::Code(text(&content[1]).to_owned())),
            "Math" => out.push(Inline::Formula(text(&content[1]).trim().to_owned())),
            "RawInline" => self.raw(text(&content[0]), text(&content[1]), out),
            "Cite" => self.cite(content, out),
            "Link" => self.link(content, out),
            "Image" => self.image(content, out),
            "Note" => {
                let blocks = self.blocks(content);
                let name = format!("n{}", self.notes.len() + 1);
                self.notes.push(Note { name: name.clone(), blocks });
                out.push(Inline::Note(name));
            }
            "Span" => self.span(content, out),
            other => {
                let message =
                    msg!("pandoc gave an element that is not known, {name}; its words are kept", name = other);
                self.once(Kind::Changed, Severity::Warning, message, "");
                out.push(Inline::Text(words_in(content)));
            }
        }
    }

    fn span(&mut self, content: &Value, out: &mut Vec<Inline>) {
        let attributes = Attributes::of(&content[0]);
        if attributes.has("deletion") || attributes.has("comment-start") || attributes.has("comment-end") {
            let lost = words_in(&content[1]);
            if !lost.trim().is_empty() {
                let message = msg!("what a tracked change deletes, and comments, are left out");
                self.once(Kind::Dropped, Severity::Warning, message, &lost);
            }
            return;
        }
        if !attributes.id.is_empty() && !self.is_label_before(attributes.id) {
            self.pending.push(attributes.id.to_owned());
        }
        if let Some(reading) = attributes.get("reading") {
            let base = plain(&self.line(&content[1]));
            return out.push(Inline::Ruby(vec![(base, reading.to_owned())]));
        }
        if let Some(key) = attributes.get("acronym-label") {
            return self.term(key, attributes.get("acronym-form").unwrap_or_default(), &content[1], out);
        }
        // The words are only what stands for the place of a label.
        if attributes.get("label").is_some() {
            return;
        }
        let inner = self.line(&content[1]);
        match attributes.classes.first() {
            Some(&"mark") => out.push(Inline::Highlight(inner)),
            Some(&("underline" | "ul")) => out.push(Inline::Underline(inner)),
            Some(&"kbd") => out.push(Inline::Keys(inner)),
            Some(&"smallcaps") => {
                let message = msg!("small capitals are left out, their text is kept");
                self.once(Kind::Changed, Severity::Info, message, "");
                out.extend(inner);
            }
            Some(&"index") if plain(&inner).trim().is_empty() => {
                let term = attributes.get("term").unwrap_or_default();
                let message = msg!("entries of an index are left out: write `[words]{{.index}}` where they belong");
                self.once(Kind::Dropped, Severity::Info, message, term);
            }
            _ => out.extend(inner),
        }
    }

    /// A term of LaTeX: what its key stands for.
    fn term(&mut self, key: &str, form: &str, shown: &Value, out: &mut Vec<Inline>) {
        let Some(words) = self.source.glossary.words(key, form) else {
            let message =
                msg!("what the term {key} stands for is in no file that is read; its key stands in the text", key);
            self.once(Kind::Changed, Severity::Error, message, "");
            return out.extend(self.line(shown));
        };
        for (nth, part) in words.split('$').enumerate().filter(|(_, part)| !part.is_empty()) {
            out.push(match nth % 2 {
                0 => Inline::Text(part.to_owned()),
                _ => Inline::Formula(part.to_owned()),
            });
        }
    }

    fn cite(&mut self, content: &Value, out: &mut Vec<Inline>) {
        let mut keys = Vec::new();
        for citation in list(&content[0]) {
            let id = text(&citation["citationId"]);
            if REFERRED.iter().any(|begin| id.starts_with(begin)) {
                out.push(Inline::Reference(id.to_owned()));
                continue;
            }
            let prefix = plain(&tidy(self.line(&citation["citationPrefix"])));
            if !prefix.is_empty() {
                out.push(Inline::Text(format!("{prefix} ")));
            }
            let suffix = plain(&tidy(self.line(&citation["citationSuffix"])));
            let suffix = suffix.trim_start_matches([',', ' ']).to_owned();
            keys.push((id.to_owned(), Some(suffix).filter(|suffix| !suffix.is_empty())));
        }
        if !keys.is_empty() {
            out.push(Inline::Citation(keys));
        }
    }

    fn link(&mut self, content: &Value, out: &mut Vec<Inline>) {
        let attributes = Attributes::of(&content[0]);
        let url = text(&content[2][0]);
        let words = self.line(&content[1]);
        if let Some(id) = attributes.get("reference").filter(|_| attributes.get("reference-type").is_some()) {
            let message = msg!("numbers in references are left out: they are counted anew");
            self.once(Kind::Changed, Severity::Info, message, &plain(&words));
            out.push(Inline::Reference(id.to_owned()));
            return;
        }
        if !attributes.id.is_empty() {
            self.pending.push(attributes.id.to_owned());
        }
        // A reference of Typst has no words of its own; pandoc writes its label for them.
        let is_number =
            words.is_empty() || attributes.has("ref") && plain(&words) == format!("[{}]", url.trim_start_matches('#'));
        match self.place_of(url) {
            Some(id) if is_number => out.push(Inline::Reference(id)),
            Some(id) => out.push(Inline::Place(id, words)),
            None if ["http:", "https:", "mailto:"].iter().any(|scheme| url.starts_with(scheme)) => {
                out.push(Inline::Link(url.to_owned(), words));
            }
            None => {
                let message =
                    msg!("a link leads to nothing that is in the book: {address}; its words are kept", address = url);
                self.tell(Kind::Changed, Severity::Warning, message, "");
                out.extend(words);
            }
        }
    }

    /// The id that an address within the text leads to: in this file, or in another one that is a chapter.
    fn place_of(&self, url: &str) -> Option<String> {
        if let Some(id) = url.strip_prefix('#') {
            return Some(id.to_owned());
        }
        let (path, id) = url.split_once('#').unwrap_or((url, ""));
        let path = super::project::joined(self.file, path);
        let known = self.files.iter().find(|file| super::project::bare(file) == super::project::bare(&path))?;
        Some(if id.is_empty() { super::project::file_id(known) } else { id.to_owned() })
    }

    fn image(&mut self, content: &Value, out: &mut Vec<Inline>) {
        let attributes = Attributes::of(&content[0]);
        if !attributes.id.is_empty() {
            self.pending.push(attributes.id.to_owned());
        }
        let said = plain(&tidy(self.line(&content[1])));
        let alt = attributes.get("alt").or_else(|| attributes.get("fig-alt")).map_or(said, str::to_owned);
        // An option that the form has on the next line is no part of the name.
        let name = text(&content[2][0]).split("%0A").next().unwrap_or_default().to_owned();
        self.pictures.insert(name.clone());
        out.push(Inline::Picture(name, alt));
    }

    /// Markup of the source's own form in a line.
    fn raw(&mut self, form: &str, raw: &str, out: &mut Vec<Inline>) {
        let is_html = form.starts_with("html");
        let name = raw.trim_start_matches(['<', '/']).trim_end_matches(['>', '/', ' ']).to_ascii_lowercase();
        match name.as_str() {
            "br" if is_html => out.push(Inline::Break),
            "wbr" if is_html => {}
            _ if is_html && !raw.starts_with("<!--") => {
                let message =
                    msg!("HTML tags in a line are left out, the words between them are kept: {tag}", tag = raw);
                self.once(Kind::Changed, Severity::Info, message, "");
            }
            _ => self.tell_raw(form, raw),
        }
    }
}
