//! Fields as they are met in the text: where one begins, what of it is shown, and what becomes of one without a result.

use super::fields::{self, Field};
use super::looks;
use super::open::{self, Open};
use super::reader::{Para, Reader};
use super::xml::Word as _;
use crate::diagnostic::Severity;
use crate::foreign::xml::Element;
use crate::import::{Inline, Kind};

impl Reader<'_> {
    /// Reads what stands in a paragraph.
    pub(super) fn para(&mut self, node: &Element) -> Para {
        let mut para = Para::default();
        for field in &mut self.fields {
            field.start = 0;
        }
        self.content(node, &mut para);
        // A field that goes on in the next paragraph is what it is in each of them.
        for at in (0..self.fields.len()).rev() {
            if let Some(field) = self.fields[at].result.clone() {
                let start = self.fields[at].start;
                self.wrap(&field, start, &mut para);
            }
        }
        // An instruction ends with its paragraph: without an end it would take the rest of the text.
        let (open, unfinished): (Vec<Open>, Vec<Open>) =
            std::mem::take(&mut self.fields).into_iter().partition(|open| open.result.is_some());
        self.fields = open;
        unfinished.iter().for_each(|open| self.without_result(open, &mut para));
        para
    }

    /// Contents that have begun end here.
    pub(super) fn end_contents(&mut self) {
        self.fields.retain(|open| open.result != Some(Field::Made));
    }

    /// Whether what is read now is made anew by the book.
    pub(super) fn is_made(&self) -> bool {
        self.fields.iter().any(|open| open.result == Some(Field::Made))
    }

    /// Takes text that no reader of the file sees where it stands: that of lists that the book makes anew, and of instructions.
    pub(super) fn unseen(&mut self, text: &str) -> bool {
        if self.is_made() {
            self.gone.contents.push_str(text);
            return true;
        }
        let Some(open) = self.fields.iter_mut().rev().find(|open| open.result.is_none()) else { return false };
        // The result of a field inside of an instruction is a part of it.
        open.instruction.push_str(text);
        self.gone.hidden.push_str(text);
        true
    }

    /// A piece of the instruction of the field that began last.
    pub(super) fn instruct(&mut self, text: &str) {
        if let Some(open) = self.fields.last_mut().filter(|open| open.result.is_none()) {
            open.instruction.push_str(text);
        }
    }

    /// A field begins, goes on to its result, or ends.
    pub(super) fn field(&mut self, node: &Element, para: &mut Para) {
        match node.local("fldCharType") {
            Some("begin") => {
                self.fields.push(Open { form: node.child("ffData").and_then(open::form), ..Open::default() })
            }
            Some("separate") => {
                if let Some(open) = self.fields.last_mut() {
                    open.result = Some(fields::read(&open.instruction));
                    open.start = para.items.len();
                    para.parted = open.start;
                }
            }
            _ => {
                let Some(open) = self.fields.pop() else { return };
                let empty = para.items.len() <= open.start && (open.form.is_some() || open.is_old());
                match &open.result {
                    Some(field) if !empty => self.wrap(field, open.start, para),
                    _ => self.without_result(&open, para),
                }
            }
        }
    }

    /// A field in one element, with its result in it.
    pub(super) fn simple_field(&mut self, node: &Element, para: &mut Para) {
        let instruction = node.local("instr").unwrap_or_default();
        let (field, start) = (fields::read(instruction), para.items.len());
        if field == Field::Made {
            return self.gone.contents.push_str(&node.all_text());
        }
        self.content(node, para);
        match para.items.len() > start {
            true => self.wrap(&field, start, para),
            false => self.without_result(&Open { instruction: instruction.to_owned(), ..Open::default() }, para),
        }
    }

    fn without_result(&mut self, open: &Open, para: &mut Para) {
        if let Some(shown) = &open.form {
            return self.text(shown, 0, para);
        }
        let text = open.instruction.trim();
        match fields::read(text) {
            Field::Old(_) => self.old_formula(text, para),
            Field::Entry(words) => self.gone.entries.push(words),
            Field::Contents(words) => self.gone.contents.push_str(&words),
            Field::Words(words) => self.text(&words, 0, para),
            Field::Sign(font, code) => self.symbol(&font, code, 0, para),
            Field::Text if !text.is_empty() => {
                let message = msg!("a field shows nothing in the file, and is left out: {text}", text);
                self.tell(Kind::Dropped, Severity::Warning, message, "");
            }
            _ => {}
        }
    }

    fn old_formula(&mut self, text: &str, para: &mut Para) {
        if let Some(pair) = fields::old_ruby(text) {
            return self.push(Inline::Ruby(vec![pair]), 0, para);
        }
        match fields::enclosed(text) {
            Some((_, Some(sign))) => self.text(&sign.to_string(), 0, para),
            Some((inner, None)) => {
                let message = msg!("the sign around ‘{inner}’ is left out", inner = &inner);
                self.tell(Kind::Changed, Severity::Warning, message, "");
                self.text(&inner, 0, para);
            }
            None => {
                let message = msg!("an old formula field is left out; type it anew: {text}", text);
                self.tell(Kind::Dropped, Severity::Error, message, "");
            }
        }
    }

    /// Makes what a field is of the items from `start` on.
    pub(super) fn wrap(&mut self, field: &Field, start: usize, para: &mut Para) {
        let start = start.min(para.items.len());
        para.parted = para.items.len();
        if let Field::Sequence(word) = field {
            para.sequence.get_or_insert((para.items.len(), word.clone()));
            return;
        }
        let make: Box<dyn Fn(Vec<Inline>) -> Inline> = match field {
            Field::Reference(name) | Field::Anchor(name) if !name.is_empty() => {
                let name = name.clone();
                Box::new(move |body| Inline::Place(name.clone(), body))
            }
            Field::Link(address) => {
                let address = address.clone();
                Box::new(move |body| Inline::Link(address.clone(), body))
            }
            _ => return,
        };
        let items = para.items.split_off(start);
        if !items.is_empty() {
            para.items.push((make(looks::run(&items)), 0));
        }
        // What is counted or broken inside of a link has no place of its own any more.
        para.sequence = para.sequence.take().filter(|(count, _)| *count <= start);
        para.page_at = para.page_at.map(|at| at.min(para.items.len()));
        para.parted = para.items.len();
    }
}
