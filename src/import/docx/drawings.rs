//! Drawings, pictures, boxes and what other programs put into a document.

use super::reader::{Para, Reader};
use super::search::all;
use super::xml::Word as _;
use crate::diagnostic::Severity;
use crate::foreign::xml::Element;
use crate::import::{Block, BlockKind, Inline, Kind};

/// What shows that a form of a drawing says something.
const SAYING: [&str; 8] = ["txbxContent", "textpath", "blip", "imagedata", "t", "chart", "relIds", "OLEObject"];

/// Elements that stand in a paragraph, and not in a run of it.
const OF_PARAGRAPHS: [&str; 9] =
    ["r", "hyperlink", "ins", "del", "moveTo", "fldSimple", "smartTag", "oMath", "oMathPara"];

/// The first element of a name, outside of boxes.
fn first<'n>(node: &'n Element, name: &str) -> Option<&'n Element> {
    let mut found = Vec::new();
    all(node, name, &mut found);
    found.first().copied()
}

impl Reader<'_> {
    /// Of several forms of the same thing one is read: the first in which there is something.
    pub(super) fn alternatives(&mut self, node: &Element, para: &mut Para) {
        let says = |node: &Element| SAYING.iter().any(|name| node.find(name).is_some());
        let forms = || node.elements().filter(|node| matches!(node.name.as_str(), "Choice" | "Fallback"));
        let Some(form) = forms().find(|form| says(form)).or_else(|| forms().next()) else { return };
        match form.elements().any(|inner| OF_PARAGRAPHS.contains(&inner.name.as_str())) {
            true => self.content(form, para),
            false => self.run_content(form, 0, para),
        }
    }

    pub(super) fn drawing(&mut self, node: &Element, para: &mut Para) {
        let mut boxes = Vec::new();
        all(node, "txbxContent", &mut boxes);
        for one in &boxes {
            let fields = std::mem::take(&mut self.fields);
            let blocks = self.blocks(one);
            self.fields = fields;
            if !blocks.is_empty() {
                para.boxes.push(blocks);
            }
        }
        let drawn = self.drawn_letters(node, para);
        let pictures = self.pictures(node, para);
        let put_in = self.put_in(node, pictures > 0);
        let chart = self.chart(node);
        if boxes.is_empty() && pictures == 0 && !drawn && !put_in && !chart {
            let words = node.all_text();
            let severity = if words.is_empty() { Severity::Info } else { Severity::Error };
            let message = msg!("a drawing of lines and shapes is left out; save it as a picture if it says something");
            self.tell(Kind::Dropped, severity, message, &words);
        }
    }

    /// Letters that are drawn as a shape are the text of a box.
    fn drawn_letters(&mut self, node: &Element, para: &mut Para) -> bool {
        let mut shapes = Vec::new();
        all(node, "textpath", &mut shapes);
        let texts = shapes.iter().filter_map(|shape| shape.local("string")).filter(|text| !text.trim().is_empty());
        let mut found = false;
        for text in texts {
            found = true;
            let kind = BlockKind::Paragraph(vec![Inline::Text(text.to_owned())]);
            para.boxes.push(vec![Block { at: self.at(), id: None, kind }]);
        }
        found
    }

    fn pictures(&mut self, node: &Element, para: &mut Para) -> usize {
        let mut pictures = Vec::new();
        all(node, "blip", &mut pictures);
        all(node, "imagedata", &mut pictures);
        let about = node.find("docPr").or_else(|| node.find("shape"));
        let said =
            ["descr", "alt", "title"].iter().find_map(|key| about?.local(key).filter(|text| !text.trim().is_empty()));
        let alt = said.unwrap_or_default().to_owned();
        for picture in &pictures {
            let id = ["embed", "id", "link", "href"].iter().find_map(|name| picture.local(name));
            let Some(to) = id.and_then(|id| self.relations.get(id)) else {
                let message = msg!("a picture is named that the file does not have");
                self.tell(Kind::Dropped, Severity::Error, message, "");
                continue;
            };
            if to.external {
                let message =
                    msg!("the picture is not in the file, only its address is: {address}", address = &to.target);
                self.tell(Kind::Dropped, Severity::Error, message, "");
                continue;
            }
            self.pictures.insert(to.target.clone());
            para.items.push((Inline::Picture(to.target.clone(), alt.clone()), 0));
        }
        pictures.len()
    }

    /// What another program put in: its picture is there, and what only that program can show is not.
    fn put_in(&mut self, node: &Element, shown: bool) -> bool {
        let Some(object) = first(node, "OLEObject") else { return false };
        let program = object.local("ProgID").unwrap_or("?").to_owned();
        let message = match (shown, program.starts_with("Equation")) {
            (true, true) => msg!("a formula of {program} is there as a picture; type it anew in TeX", program),
            (true, false) => msg!("of what {program} put in the picture is there, and not its own file", program),
            (false, _) => msg!("what {program} put in is left out; save it as a picture and put it in", program),
        };
        let told = if shown { (Kind::Changed, Severity::Warning) } else { (Kind::Dropped, Severity::Error) };
        self.tell(told.0, told.1, message, "");
        true
    }

    /// A chart or a diagram is told with its words, which stand in a part of their own.
    fn chart(&mut self, node: &Element) -> bool {
        let Some(part) = first(node, "chart").or_else(|| first(node, "relIds")) else { return false };
        let to = part.local("id").or_else(|| part.local("dm")).and_then(|id| self.relations.get(id));
        let words = to.and_then(|to| self.parts.drawn.get(&to.target)).cloned().unwrap_or_default();
        let message = match words.is_empty() {
            true => msg!("a chart or diagram of Word is left out; save it as a picture and put it in"),
            false => msg!(
                "a chart or diagram of Word is left out; save it as a picture and put it in; its words are: {words}",
                words = &words
            ),
        };
        self.tell(Kind::Dropped, Severity::Error, message, &words);
        true
    }

    /// Tells of pictures in text that is left out, and remembers its notes.
    pub(super) fn without(&mut self, node: &Element) {
        let mut found = Vec::new();
        ["blip", "imagedata"].iter().for_each(|name| all(node, name, &mut found));
        if !found.is_empty() {
            let message = msg!("a picture in text that is left out is left out with it");
            self.tell(Kind::Dropped, Severity::Info, message, "");
        }
        for (prefix, name) in [('f', "footnoteReference"), ('e', "endnoteReference")] {
            let mut marks = Vec::new();
            all(node, name, &mut marks);
            let ids = marks.iter().filter_map(|mark| mark.local("id"));
            self.gone.notes.extend(ids.map(|id| format!("{prefix}{id}")));
        }
    }

    /// A box behind the paragraph at which it is anchored.
    pub(super) fn boxed(&mut self, blocks: Vec<Block>) -> Block {
        let message = msg!("a text box stands in the text, as an aside behind the paragraph that it is anchored at");
        self.tell(Kind::Changed, Severity::Info, message, "");
        Block { at: self.at(), id: None, kind: BlockKind::Container("aside".to_owned(), blocks) }
    }
}
