//! `parts:` and `numbering:` of `book.yaml`: the order of the chapters, the parts that hold them, and what is numbered.

use super::super::yaml::{Entry, Fields, Kind, Node};
use super::super::{choices, typed};
use super::ConfigReader;
use crate::model::{Division, Numbering, Spanned};

/// The chapters in reading order, and the parts that hold them.
#[derive(Default)]
pub(super) struct Order {
    /// The names of the chapters; none where all are read in the order of their names.
    pub(super) chapters: Option<Vec<Spanned<String>>>,
    /// The parts.
    pub(super) divisions: Vec<Division>,
}

impl ConfigReader<'_> {
    /// A list of names of chapters, and of parts with a title and such a list. Where what is written is not a list, all
    /// chapters are read.
    pub(super) fn order(&mut self, entry: Option<Entry>) -> Order {
        let Some(entry) = entry else { return Order::default() };
        let before = self.sink.len();
        let mut divisions = Vec::new();
        let mut chapters = Vec::new();
        for node in entry.node.list(typed("parts"), self.sink) {
            if matches!(node.kind, Kind::Map(_)) {
                chapters.extend(self.division(node, &mut divisions));
            } else {
                chapters.extend(node.text(typed("parts"), self.sink));
            }
        }
        let given = !chapters.is_empty() || self.sink.len() == before;
        Order { chapters: given.then_some(chapters), divisions }
    }

    /// Reads a part; gives the names of its chapters.
    fn division(&mut self, node: Node, divisions: &mut Vec<Division>) -> Vec<Spanned<String>> {
        let Some(mut fields) = Fields::open(node, msg!("a part"), self.sink) else { return Vec::new() };
        let before = self.sink.len();
        let title = self.titles(fields.take("title"), "title");
        if title.is_empty() && self.sink.len() == before {
            self.absent(&fields, "title", fields.span(), msg!("this part has no title"), msg!("add `title:`"));
        }
        let chapters = match fields.take("chapters") {
            Some(entry) => self.texts(entry.node, "chapters"),
            None => {
                let hint = msg!("list their names: `chapters: [a, b]`");
                self.absent(&fields, "chapters", fields.span(), msg!("this part has no chapters"), hint);
                Vec::new()
            }
        };
        fields.finish(&msg!("a part"), self.sink);
        divisions.push(Division { title, chapters: chapters.iter().map(|name| name.value.clone()).collect() });
        chapters
    }

    /// What bears a number.
    pub(super) fn numbering(&mut self, entry: Option<Entry>) -> Numbering {
        let mut numbering = Numbering::default();
        let Some(mut fields) = entry.and_then(|e| Fields::open(e.node, typed("numbering"), self.sink)) else {
            return numbering;
        };
        if let Some(parts) = self.flag(&mut fields, "parts") {
            numbering.parts = parts;
        }
        numbering.chapters = self.flag(&mut fields, "chapters");
        if let Some(written) = fields.text("headings", self.sink) {
            match written.value.parse().ok().filter(|levels| *levels <= Numbering::DEEPEST) {
                Some(levels) => numbering.headings = levels,
                None => {
                    let hint = msg!(
                        "say how many levels of headings bear a number, from 0 to {most}",
                        most = usize::from(Numbering::DEEPEST)
                    );
                    self.error(written.span, msg!("`{value}` is not a number of levels", value = written.value), hint);
                }
            }
        }
        if let Some(written) = fields.text("figures", self.sink) {
            match written.value.as_str() {
                "book" => {}
                "chapter" => numbering.by_chapter = true,
                value => {
                    let hint = msg!("use {choices}", choices = choices(["book", "chapter"]));
                    self.error(written.span, msg!("figures cannot be counted by `{value}`", value), hint);
                }
            }
        }
        fields.finish(&typed("numbering"), self.sink);
        numbering
    }
}
