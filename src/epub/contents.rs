//! The contents page inside the book, and the groups of chapters that it shares with the navigation document.

use super::content::Content;
use super::page::Writer;
use super::plan::Part;
use crate::model::{HeadLine, Role};
use crate::outline;

/// Neighbouring chapters of one part of the book or, in a book without parts, of one theme.
pub(super) struct Group<'p, 'a> {
    /// The title of the part or the theme, if the chapters have one.
    pub(super) title: Option<&'p str>,
    /// The page of the part.
    pub(super) href: Option<&'p str>,
    /// The chapters.
    pub(super) parts: Vec<&'p Part<'a>>,
}

/// The chapters in reading order, neighbours of the same part or theme together.
pub(super) fn groups<'p, 'a>(content: &'p Content<'a>) -> Vec<Group<'p, 'a>> {
    let mut groups: Vec<Group<'p, 'a>> = Vec::new();
    let in_parts = !content.plan.outline.divisions().is_empty();
    for part in &content.plan.parts {
        if in_parts {
            match (groups.last_mut(), &part.opening) {
                (Some(last), None) if part.outlined.division.is_some() => last.parts.push(part),
                (_, opening) => {
                    let (title, href) = opening.as_ref().map(|o| (o.title.as_str(), o.href.as_str())).unzip();
                    groups.push(Group { title, href, parts: vec![part] });
                }
            }
            continue;
        }
        let theme = part.chapter.meta.theme.as_ref().and_then(|t| content.themes.get(&t.value)).map(String::as_str);
        match groups.last_mut() {
            Some(last) if theme.is_some() && last.title == theme => last.parts.push(part),
            _ => groups.push(Group { title: theme, href: None, parts: vec![part] }),
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
            if let Some(title) = group.title {
                self.group_title(title, group.href);
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
            if group.title.is_some() {
                self.xml.close_line();
                self.xml.close_line();
            }
        }
        self.xml.close_line();
    }

    fn group_title(&mut self, title: &str, href: Option<&str>) {
        let Some(href) = href else {
            self.xml.open("li", &[("class", "contents-theme")]);
            return self.xml.element("p", &[("class", "theme")], title);
        };
        self.xml.open("li", &[("class", "contents-part")]);
        self.xml.element("a", &[("href", href)], title);
    }

    /// A title without its notes, in a link.
    fn entry(&mut self, part: &Part<'a>) {
        let mut titles: Vec<&HeadLine> = part.outlined.chapters().map(|chapter| &chapter.meta.title).collect();
        titles.dedup_by(|a, b| a.value == b.value);
        if titles.iter().all(|title| title.is_plain()) {
            return self.xml.text(&part.title);
        }
        (self.noteless, self.in_link) = (true, true);
        let ordinal = self.content.plan.outline.ordinal_named(part.outlined);
        for (index, title) in titles.into_iter().enumerate() {
            self.xml.text(if index > 0 { " / " } else { "" });
            let lang = self.content.plan.outline.language(title.span.file);
            if let Some(ordinal) = ordinal {
                self.xml.text(&ordinal.name(outline::words(lang)));
                self.xml.text(lang.export_words().caption_gap);
            }
            self.inlines(&title.run);
        }
        (self.noteless, self.in_link) = (false, false);
    }
}

fn listed(role: Role) -> bool {
    !matches!(role, Role::Cover | Role::Contents | Role::BackCover)
}
