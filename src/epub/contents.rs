//! The contents page inside the book, and the groups of chapters that it shares with the navigation document.

use super::content::Content;
use super::plan::Part;
use super::xml::Xml;
use crate::model::Role;

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

/// Writes the list of chapters with links, under the titles of their themes.
pub(super) fn contents(xml: &mut Xml, content: &Content<'_>) {
    xml.open("ol", &[("class", "contents")]);
    xml.raw("\n");
    for group in groups(content) {
        let parts: Vec<_> = group.parts.iter().filter(|p| listed(p.chapter.meta.role)).collect();
        if parts.is_empty() {
            continue;
        }
        if let Some(theme) = group.theme {
            xml.open("li", &[("class", "contents-theme")]);
            xml.element("p", &[("class", "theme")], theme);
            xml.open("ol", &[]);
        }
        for part in parts {
            xml.open("li", &[]);
            xml.open("a", &[("href", &part.href)]);
            xml.text(&part.title);
            xml.close();
            if let Some(byline) = &part.chapter.meta.byline {
                xml.text(" ");
                xml.open("span", &[("class", "byline")]);
                xml.text(&byline.value);
                xml.close();
            }
            xml.close_line();
        }
        if group.theme.is_some() {
            xml.close_line();
            xml.close_line();
        }
    }
    xml.close_line();
}

fn listed(role: Role) -> bool {
    !matches!(role, Role::Cover | Role::Contents | Role::BackCover)
}
