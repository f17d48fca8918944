//! The list of whose the pictures of a book are.

use super::page::Writer;
use super::plan::Part;
use crate::model::{Block, BlockKind, Figure, text, walk};

impl<'a> Writer<'_, 'a> {
    /// Writes what has a credit, a source or a licence, in the order of the book, with links.
    pub(super) fn list_of_credits(&mut self) {
        let plan = &self.content.plan;
        let mut credited: Vec<(&Part<'a>, &'a Block, &'a Figure)> = Vec::new();
        for part in &plan.parts {
            walk::chapter_blocks(part.chapter, &mut |block| {
                if let BlockKind::Figure(figure) = &block.kind
                    && !figure.body.is_empty()
                    && figure.rights().next().is_some()
                {
                    credited.push((part, block, figure));
                }
            });
        }
        if credited.is_empty() {
            return;
        }
        self.xml.open("ol", &[("class", "list-of-figures")]);
        self.xml.raw("\n");
        for (part, block, figure) in credited {
            let lang = plan.outline.language(block.span.file);
            let around = std::mem::replace(&mut self.lang, lang);
            let tag = (lang != around).then(|| lang.bcp47());
            let said: Vec<_> = tag.into_iter().flat_map(|tag| [("lang", tag), ("xml:lang", tag)]).collect();
            self.xml.open("li", &said);
            let anchor = plan.id(block).map(|id| format!("#{id}")).unwrap_or_default();
            self.xml.open("a", &[("href", &format!("{}{anchor}", part.href))]);
            self.xml.text(&self.credited(part, block, figure));
            self.xml.close();
            self.xml.open("span", &[("class", "credit")]);
            self.credit_words(figure);
            self.xml.close();
            self.xml.close_line();
            self.lang = around;
        }
        self.xml.close_line();
    }

    /// What a picture goes by: its number and caption, else the chapter that it opens or stands in.
    fn credited(&self, part: &Part<'a>, block: &'a Block, figure: &'a Figure) -> String {
        let caption = text::plain(&figure.caption);
        match self.content.plan.number(block) {
            Some(number) => format!("{number}{}{caption}", self.lang.export_words().caption_gap),
            None if caption.is_empty() => part.title.line(),
            None => caption,
        }
    }
}
