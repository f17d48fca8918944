//! The contents page inside the book, and the groups of chapters that it shares with the navigation document.

use super::both::Both;
use super::content::Content;
use super::page::Writer;
use super::plan::Part;
use super::titles::Brief;
use crate::model::{HeadLine, Lang, Role};
use crate::outline;

/// Neighbouring chapters of one part of the book or, in a book without parts, of one theme.
pub(super) struct Group<'p, 'a> {
    /// The title of the part or the theme, if the chapters have one.
    pub(super) title: Option<&'p Both>,
    /// The page of the part.
    pub(super) href: Option<&'p str>,
    /// The theme that they have in common, where that is what groups them.
    theme: Option<&'p str>,
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
                    let (title, href) = opening.as_ref().map(|o| (&o.title, o.href.as_str())).unzip();
                    groups.push(Group { title, href, theme: None, parts: vec![part] });
                }
            }
            continue;
        }
        let theme = part.chapter.meta.theme.as_ref().and_then(|theme| content.themes.get_key_value(&theme.value));
        let (theme, title) = theme.map(|(id, title)| (id.as_str(), title)).unzip();
        match groups.last_mut() {
            Some(last) if theme.is_some() && last.theme == theme => last.parts.push(part),
            _ => groups.push(Group { title, href: None, theme, parts: vec![part] }),
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
                self.group_title(title, &group);
                self.xml.open("ol", &[]);
            }
            for part in parts {
                self.xml.open("li", &[]);
                self.xml.open("a", &[("href", &part.href)]);
                self.entry(part);
                self.xml.close();
                self.bylines(part);
                self.xml.close_line();
            }
            if group.title.is_some() {
                self.xml.close_line();
                self.xml.close_line();
            }
        }
        self.xml.close_line();
    }

    fn group_title(&mut self, title: &Both, group: &Group<'_, '_>) {
        if let Some(href) = group.href {
            self.xml.open("li", &[("class", "contents-part")]);
            self.xml.open("a", &[("href", href)]);
            title.write_below(self.xml);
            self.xml.close();
            return;
        }
        let mut attrs = vec![("class", "contents-theme")];
        attrs.extend(group.theme.map(|theme| ("data-theme", theme)));
        self.xml.open("li", &attrs);
        self.xml.open("p", &[("class", "theme")]);
        title.write_below(self.xml);
        self.xml.close_line();
    }

    /// Who wrote a chapter, in each language that says so.
    fn bylines(&mut self, part: &Part<'a>) {
        let mut bylines: Vec<(&Lang, &str)> = Vec::new();
        for chapter in part.outlined.chapters() {
            let byline = chapter.meta.byline.as_ref().map(|line| line.value.trim());
            bylines.extend(byline.filter(|line| !line.is_empty()).map(|line| (&chapter.lang, line)));
        }
        bylines.dedup_by(|a, b| a.1 == b.1);
        for (lang, byline) in bylines {
            self.xml.text(" ");
            let mut attrs = vec![("class", "byline")];
            if lang != self.lang {
                attrs.extend([("lang", lang.bcp47()), ("xml:lang", lang.bcp47())]);
            }
            self.xml.open("span", &attrs);
            self.xml.text(byline);
            self.xml.close();
        }
    }

    /// A title without its notes, in a link: in each language, after the number.
    fn entry(&mut self, part: &Part<'a>) {
        if let Some(sign) = self.content.plan.sign(part) {
            self.xml.open("span", &[("class", "sign")]);
            self.xml.text(&sign);
            self.xml.close();
            self.xml.text(" ");
        }
        self.xml.open("span", &[("class", "contents-title")]);
        let mut titles: Vec<&HeadLine> = part.outlined.chapters().map(|chapter| &chapter.meta.title).collect();
        titles.dedup_by(|a, b| a.value == b.value);
        if titles.iter().all(|title| title.is_plain()) {
            part.title.write_below(self.xml);
        } else {
            self.runs(part, &titles);
        }
        self.xml.close();
    }

    /// Titles with their markup.
    fn runs(&mut self, part: &Part<'a>, titles: &[&'a HeadLine]) {
        (self.noteless, self.in_link) = (true, true);
        let ordinal = self.content.plan.outline.ordinal_named(part.outlined);
        let around = self.lang;
        for (index, title) in titles.iter().enumerate() {
            self.lang = self.content.plan.outline.language(title.span.file);
            let tag = self.lang.bcp47();
            if index > 0 {
                self.xml.text(" ");
                self.xml.open("span", &[("class", "translation"), ("lang", tag), ("xml:lang", tag)]);
            }
            if let Some(ordinal) = ordinal {
                self.xml.text(&ordinal.name(outline::words(self.lang)));
                self.xml.text(self.lang.export_words().caption_gap);
            }
            self.titled(Brief::Title, |writer| writer.inlines(&title.run));
            if index > 0 {
                self.xml.close();
            }
        }
        self.lang = around;
        (self.noteless, self.in_link) = (false, false);
    }
}

fn listed(role: Role) -> bool {
    !matches!(role, Role::Cover | Role::Contents | Role::BackCover)
}
