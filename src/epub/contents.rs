//! The contents page inside the book, and the groups of chapters that it shares with the navigation document.

use super::content::Content;
use super::page::Writer;
use super::plan::Part;
use crate::model::{HeadLine, Role};

/// Neighbouring parts of one theme.
pub(super) struct Group<'p, 'a> {
    /// The theme's title, if the parts have one.
    pub(super) theme: Option<&'p str>,
    /// The parts.
    pub(super) parts: Vec<&'p Part<'a>>,
}

/// The parts in reading order, neighbours of the same theme together.
pub(super) fn groups<'p, 'a>(content: &'p Content<'a>) -> Vec<Group<'p, 'a>> {
    let mut groups: Vec<Group<'p, 'a>> = Vec::new();
    for part in &content.plan.parts {
        let theme = part.chapter.meta.theme.as_ref().and_then(|t| content.themes.get(&t.value)).map(String::as_str);
        match groups.last_mut() {
            Some(last) if theme.is_some() && last.theme == theme => last.parts.push(part),
            _ => groups.push(Group { theme, parts: vec![part] }),
        }
    }
    groups
}

impl<'a> Writer<'_, 'a> {
    /// Writes the list of chapters with links, under the titles of their themes.
    pub(super) fn contents(&mut self) {
        self.xml.open("ol", &[("class", "contents")]);
        self.xml.raw("\n");
        for group in groups(self.content) {
            let parts: Vec<_> = group.parts.iter().filter(|p| listed(p.chapter.meta.role)).collect();
            if parts.is_empty() {
                continue;
            }
            if let Some(theme) = group.theme {
                self.xml.open("li", &[("class", "contents-theme")]);
                self.xml.element("p", &[("class", "theme")], theme);
                self.xml.open("ol", &[]);
            }
            for part in parts {
                self.xml.open("li", &[]);
                self.xml.open("a", &[("href", &part.href)]);
                self.entry(part);
                self.xml.close();
                if let Some(byline) = &part.chapter.meta.byline {
                    self.xml.text(" ");
                    self.xml.open("span", &[("class", "byline")]);
                    self.xml.text(&byline.value);
                    self.xml.close();
                }
                self.xml.close_line();
            }
            if group.theme.is_some() {
                self.xml.close_line();
                self.xml.close_line();
            }
        }
        self.xml.close_line();
    }

    /// A title without its notes, in a link.
    fn entry(&mut self, part: &Part<'a>) {
        let mut titles: Vec<&HeadLine> = part.outlined.chapters().map(|chapter| &chapter.meta.title).collect();
        titles.dedup_by(|a, b| a.value == b.value);
        if titles.iter().all(|title| title.is_plain()) {
            return self.xml.text(&part.title);
        }
        (self.noteless, self.in_link) = (true, true);
        for (index, title) in titles.into_iter().enumerate() {
            self.xml.text(if index > 0 { " / " } else { "" });
            self.inlines(&title.run);
        }
        (self.noteless, self.in_link) = (false, false);
    }
}

fn listed(role: Role) -> bool {
    !matches!(role, Role::Cover | Role::Contents | Role::BackCover)
}
