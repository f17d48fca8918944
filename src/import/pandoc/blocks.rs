//! Blocks of pandoc's JSON.

use serde_json::Value;

use super::super::document::{Block, BlockKind, Inline};
use super::super::inlines::{is_empty, plain, tidy};
use super::super::report::Kind;
use super::{Attributes, Reader, list, text, words_in};
use crate::diagnostic::Severity;
use crate::model::CALLOUT_WORDS;

impl Reader<'_> {
    pub(super) fn blocks(&mut self, values: &Value) -> Vec<Block> {
        let mut blocks = Vec::new();
        for value in list(values) {
            self.take_labels(value, &mut blocks);
            let more = self.block(value);
            blocks.extend(more);
            self.label_before(&mut blocks);
        }
        blocks
    }

    /// Labels of Typst with which a paragraph begins belong to what stands before it.
    pub(super) fn take_labels(&mut self, value: &Value, blocks: &mut [Block]) {
        if self.source.form.reader != "typst"
            || blocks.is_empty()
            || !matches!(value["t"].as_str(), Some("Para" | "Plain"))
        {
            return;
        }
        for inline in list(&value["c"]) {
            let id = Attributes::of(&inline["c"][0]).id;
            match inline["t"].as_str() {
                Some("Space" | "SoftBreak") => {}
                Some("Span") if !id.is_empty() && list(&inline["c"][1]).is_empty() => self.pending.push(id.to_owned()),
                _ => break,
            }
        }
        self.label_before(blocks);
    }

    /// Whether a label was given to what stands before it.
    pub(super) fn is_label_before(&self, id: &str) -> bool {
        self.source.form.reader == "typst" && (self.ids.contains(id) || self.aliases.contains_key(id))
    }

    /// A label of Typst belongs to what it stands behind.
    pub(super) fn label_before(&mut self, blocks: &mut [Block]) {
        let Some(last) = blocks.last_mut().filter(|_| self.source.form.reader == "typst") else { return };
        for label in std::mem::take(&mut self.pending) {
            let own = last.id.get_or_insert_with(|| label.clone()).clone();
            if own != label {
                self.aliases.insert(label, own.clone());
            }
            self.ids.insert(own);
        }
    }

    pub(super) fn new_block(&mut self, id: &str, kind: BlockKind) -> Block {
        let mut ids: Vec<String> = std::mem::take(&mut self.pending);
        if !id.is_empty() {
            ids.insert(0, id.to_owned());
        }
        let mut ids = ids.into_iter();
        let id = ids.next();
        if let Some(id) = &id {
            self.ids.insert(id.clone());
            for other in ids {
                self.aliases.insert(other, id.clone());
            }
        }
        Block { at: self.at.clone(), id, kind }
    }

    pub(super) fn block(&mut self, value: &Value) -> Vec<Block> {
        let content = &value["c"];
        let name = value["t"].as_str().unwrap_or_default();
        // What holds others has the ids before it, and not the first that it holds.
        let holds = matches!(name, "BlockQuote" | "OrderedList" | "BulletList" | "DefinitionList" | "Figure");
        let pending = if holds { std::mem::take(&mut self.pending) } else { Vec::new() };
        let kind = match name {
            "Plain" | "Para" => return self.paragraph(content),
            "LineBlock" => {
                let mut line = Vec::new();
                for one in list(content) {
                    if !line.is_empty() {
                        line.push(Inline::Break);
                    }
                    line.extend(tidy(self.line(one)));
                }
                let paragraph = self.new_block("", BlockKind::Paragraph(line));
                BlockKind::Container("poem".to_owned(), vec![paragraph])
            }
            "CodeBlock" => {
                let attributes = Attributes::of(&content[0]);
                let language = attributes.classes.iter().find(|class| !matches!(**class, "numberLines" | "code"));
                let kind =
                    BlockKind::Code(language.map(|language| (*language).to_owned()), text(&content[1]).to_owned());
                return vec![self.new_block(attributes.id, kind)];
            }
            "RawBlock" => return self.raw_block(text(&content[0]), text(&content[1])),
            "BlockQuote" => BlockKind::Quote(self.blocks(content)),
            "OrderedList" => {
                let first = content[0][0].as_u64().and_then(|n| usize::try_from(n).ok()).unwrap_or(1);
                let items: Vec<Vec<Block>> = list(&content[1]).iter().map(|item| self.blocks(item)).collect();
                match items.iter().all(Vec::is_empty) && first != 1 {
                    // A number alone, with which a line happened to begin.
                    true => BlockKind::Paragraph(vec![Inline::Text(format!("{first}."))]),
                    false => BlockKind::List(Some(first), items),
                }
            }
            "BulletList" => BlockKind::List(None, list(content).iter().map(|item| self.blocks(item)).collect()),
            "DefinitionList" => {
                let mut items = Vec::new();
                for item in list(content) {
                    let term = tidy(self.line(&item[0]));
                    items.push((term, list(&item[1]).iter().flat_map(|blocks| self.blocks(blocks)).collect()));
                }
                BlockKind::Definitions(items)
            }
            "Header" => return self.heading(content),
            "HorizontalRule" => BlockKind::Rule,
            "Table" => return self.table(content),
            "Figure" => return self.figure(content, pending),
            "Div" => return self.div(content),
            "Null" => return Vec::new(),
            other => {
                let words = words_in(content);
                let message =
                    msg!("pandoc gave an element that is not known, {name}; its words are kept", name = other);
                self.once(Kind::Changed, Severity::Warning, message, "");
                BlockKind::Paragraph(vec![Inline::Text(words)])
            }
        };
        self.pending.splice(0..0, pending);
        vec![self.new_block("", kind)]
    }

    /// A paragraph. Formulas in it that stand by themselves part it.
    fn paragraph(&mut self, content: &Value) -> Vec<Block> {
        let mut blocks = Vec::new();
        let mut from = 0;
        let all = list(content);
        for (nth, value) in all.iter().enumerate() {
            let is_display = value["t"] == "Math" && value["c"][0]["t"] == "DisplayMath";
            if is_display {
                self.add_paragraph(all.get(from..nth).unwrap_or_default(), &mut blocks);
                let (label, tex) = labelled(text(&value["c"][1]));
                blocks.push(self.new_block(&label, BlockKind::Formula(tex)));
                from = nth + 1;
            }
        }
        self.add_paragraph(all.get(from..).unwrap_or_default(), &mut blocks);
        blocks
    }

    fn add_paragraph(&mut self, values: &[Value], blocks: &mut Vec<Block>) {
        let line = tidy(self.line_of(values));
        if !is_empty(&line) {
            blocks.push(self.new_block("", BlockKind::Paragraph(line)));
        }
    }

    fn heading(&mut self, content: &Value) -> Vec<Block> {
        let level = content[0].as_u64().and_then(|level| u8::try_from(level).ok()).unwrap_or(1).clamp(1, 6);
        let attributes = Attributes::of(&content[1]);
        let line = tidy(self.line(&content[2]));
        if is_empty(&line) {
            return Vec::new();
        }
        vec![self.new_block(attributes.id, BlockKind::Heading(level, line))]
    }

    fn figure(&mut self, content: &Value, pending: Vec<String>) -> Vec<Block> {
        let attributes = Attributes::of(&content[0]);
        let caption = self.caption(&content[1]);
        let of_caption = std::mem::take(&mut self.pending);
        let blocks = self.blocks(&content[2]);
        self.pending.splice(0..0, of_caption);
        if blocks.is_empty() && is_empty(&caption) {
            return Vec::new();
        }
        let kind = BlockKind::Figure(blocks, caption);
        self.pending.splice(0..0, pending);
        vec![self.new_block(attributes.id, kind)]
    }

    /// A caption as one line. An id that bookdown writes into it, `(\#tab:a)`, is that of the block.
    pub(super) fn caption(&mut self, caption: &Value) -> Vec<Inline> {
        let mut line = self.cell_line(&caption[1]);
        if let Some(Inline::Text(text)) = line.first_mut()
            && let Some((id, rest)) = text.strip_prefix("(#").and_then(|rest| rest.split_once(')'))
        {
            self.pending.push(id.to_owned());
            *text = rest.trim_start().to_owned();
        }
        line
    }

    fn div(&mut self, content: &Value) -> Vec<Block> {
        let attributes = Attributes::of(&content[0]);
        if attributes.has("deletion") || attributes.has("comment") {
            let lost = words_in(&content[1]);
            let message = msg!("what a tracked change deletes, and comments, are left out");
            self.once(Kind::Dropped, Severity::Warning, message, &lost);
            return Vec::new();
        }
        if let Some(word) = callout(&attributes) {
            return self.callout(word, &attributes, &content[1]);
        }
        let container = attributes.classes.iter().find_map(|class| match *class {
            "aside" | "sidebar" | "column-margin" => Some("aside"),
            "verse" | "poem" | "poetry" => Some("poem"),
            "epigraph" => Some("epigraph"),
            _ => None,
        });
        if let Some(name) = container {
            let pending = std::mem::take(&mut self.pending);
            let inside = self.blocks(&content[1]);
            self.pending.splice(0..0, pending);
            return vec![self.new_block(attributes.id, BlockKind::Container(name.to_owned(), inside))];
        }
        if !attributes.id.is_empty() {
            self.pending.push(attributes.id.to_owned());
        }
        let blocks = self.blocks(&content[1]);
        if blocks.is_empty() {
            self.pending.clear();
        }
        blocks
    }

    fn callout(&mut self, word: &str, attributes: &Attributes<'_>, content: &Value) -> Vec<Block> {
        let pending = std::mem::take(&mut self.pending);
        let mut title = attributes.get("title").map(|title| vec![Inline::Text(title.to_owned())]).unwrap_or_default();
        let mut inside = Vec::new();
        for (nth, value) in list(content).iter().enumerate() {
            let is_title = value["t"] == "Div" && Attributes::of(&value["c"][0]).has("title");
            match nth {
                0 if is_title => {
                    title = self.cell_line(&value["c"][1]);
                    // The word of the kind is not a title of its own.
                    if plain(&title).trim().eq_ignore_ascii_case(word) {
                        let message =
                            msg!("the titles of callouts that only name their kind are left out: a layout sets them");
                        self.once(Kind::Changed, Severity::Info, message, &plain(&title));
                        title.clear();
                    }
                }
                0 if value["t"] == "Header" && title.is_empty() => title = tidy(self.line(&value["c"][2])),
                _ => inside.extend(self.block(value)),
            }
        }
        self.pending = pending;
        vec![self.new_block(attributes.id, BlockKind::Callout(word.to_owned(), title, inside))]
    }

    /// Markup of the source's own form between blocks.
    fn raw_block(&mut self, form: &str, raw: &str) -> Vec<Block> {
        if form.starts_with("html") && !raw.trim_start().starts_with("<!--") {
            let tree = words_of_markup(raw);
            let message = msg!("HTML is left out, its words are kept: {markup}", markup = short(raw));
            self.tell(Kind::Changed, Severity::Warning, message, "");
            let is_said = !tree.trim().is_empty();
            return is_said
                .then(|| self.new_block("", BlockKind::Paragraph(vec![Inline::Text(tree)])))
                .into_iter()
                .collect();
        }
        if let Some(tex) = formula(raw).filter(|_| form.ends_with("tex")) {
            let (label, tex) = labelled(tex);
            return vec![self.new_block(&label, BlockKind::Formula(tex))];
        }
        self.tell_raw(form, raw);
        Vec::new()
    }

    /// Tells of entries of an index, if there are any.
    pub(super) fn tell_index(&mut self, terms: &str) {
        if !terms.is_empty() {
            let message = msg!("entries of an index are left out: write `[words]{{.index}}` where they belong");
            self.once(Kind::Dropped, Severity::Info, message, terms);
        }
    }

    pub(super) fn tell_raw(&mut self, form: &str, raw: &str) {
        if let Some(term) = raw.strip_prefix("\\index{") {
            return self.tell_index(term.trim_end().trim_end_matches('}'));
        }
        let is_comment = raw.trim_start().starts_with("<!--");
        let is_setting = form.ends_with("tex") && !raw.trim_end().contains('\n') && !super::log::has_words(raw.trim());
        let severity = if is_comment || is_setting { Severity::Info } else { Severity::Error };
        let message = msg!("markup of the form {form} is left out: {markup}", form, markup = short(raw));
        self.tell(Kind::Dropped, severity, message, raw);
    }
}

/// The word of a callout that a block is by its classes.
fn callout<'w>(attributes: &Attributes<'_>) -> Option<&'w str> {
    attributes.classes.iter().find_map(|class| {
        let class = class.strip_prefix("callout-").unwrap_or(class).to_ascii_lowercase();
        CALLOUT_WORDS.iter().map(|(word, _)| *word).find(|word| *word == class)
    })
}

/// The formula that a piece of TeX is: without the frame that numbers it, with one that sets it in lines.
fn formula(raw: &str) -> Option<&str> {
    let raw = raw.trim();
    let (name, rest) = raw.strip_prefix("\\begin{")?.split_once('}')?;
    match name.trim_end_matches('*') {
        "equation" | "displaymath" => rest.trim_end().strip_suffix(&format!("\\end{{{name}}}")),
        "align" | "gather" | "multline" | "eqnarray" => Some(raw),
        _ => None,
    }
}

/// The label of a formula, and the formula without it.
fn labelled(tex: &str) -> (String, String) {
    let of =
        |open: &str, close| tex.split_once(open).and_then(|(before, rest)| Some((before, rest.split_once(close)?)));
    let found = of("\\label{", '}').or_else(|| of("(\\#", ')'));
    match found {
        Some((before, (label, after))) => (label.to_owned(), format!("{before}{after}").trim().to_owned()),
        None => (String::new(), tex.trim().to_owned()),
    }
}

/// The words of a piece of HTML.
pub(super) fn words_of_markup(raw: &str) -> String {
    let mut out = String::new();
    let mut rest = raw;
    while let Some((before, tag)) = rest.split_once('<') {
        out.push_str(before);
        rest = tag.split_once('>').map_or("", |(_, after)| after);
    }
    out.push_str(rest);
    out
}

fn short(raw: &str) -> String {
    let mut short: String = raw.trim().chars().take(60).collect();
    if short.len() < raw.trim().len() {
        short.push('…');
    }
    short
}
