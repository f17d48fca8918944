//! What styles stand for. Their ids mean nothing and their names are in the language of whoever made them; the level of outline
//! says most.

use std::collections::BTreeMap;

use super::xml::Word as _;
use crate::foreign::xml::Element;

/// What a paragraph is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    Paragraph,
    Title,
    Subtitle,
    Author,
    Heading(u8),
    Caption,
    Contents,
    Quote,
    Code,
    Aside,
    Epigraph,
    Poem,
    /// Left out, and told.
    Drop,
}

/// The words of the style map.
const WORDS: [(&str, Role); 18] = [
    ("paragraph", Role::Paragraph),
    ("title", Role::Title),
    ("subtitle", Role::Subtitle),
    ("author", Role::Author),
    ("heading 1", Role::Heading(1)),
    ("heading 2", Role::Heading(2)),
    ("heading 3", Role::Heading(3)),
    ("heading 4", Role::Heading(4)),
    ("heading 5", Role::Heading(5)),
    ("heading 6", Role::Heading(6)),
    ("caption", Role::Caption),
    ("contents", Role::Contents),
    ("quotation", Role::Quote),
    ("code", Role::Code),
    ("aside", Role::Aside),
    ("epigraph", Role::Epigraph),
    ("poem", Role::Poem),
    ("drop", Role::Drop),
];

impl Role {
    /// Its word in a style map.
    pub(super) fn word(self) -> &'static str {
        WORDS.iter().find(|(_, role)| *role == self).map_or("paragraph", |(word, _)| word)
    }

    /// The role of a word.
    pub(super) fn of(word: &str) -> Option<Self> {
        let word = word.trim().to_lowercase();
        WORDS.iter().find(|(known, _)| *known == word).map(|(_, role)| *role)
    }

    /// All words.
    pub(super) fn words() -> impl Iterator<Item = &'static str> {
        WORDS.iter().map(|(word, _)| *word)
    }
}

/// A style.
#[derive(Debug, Clone, Default)]
pub(super) struct Style {
    pub(super) name: String,
    based_on: Option<String>,
    outline: Option<u8>,
    /// The list that its paragraphs are items of, and their level.
    numbering: (Option<String>, Option<usize>),
    looks: BTreeMap<&'static str, String>,
}

/// The styles of a document by their ids.
#[derive(Debug, Default)]
pub(super) struct Styles {
    by_id: BTreeMap<String, Style>,
    default: Option<String>,
    /// What the user says, by the names of styles.
    map: BTreeMap<String, Role>,
}

/// Deepest chain of styles that are based on others.
const DEEPEST: usize = 12;

/// The properties of characters that are looks of a manuscript.
const LOOKS: [&str; 9] = ["b", "i", "em", "strike", "dstrike", "u", "highlight", "vertAlign", "vanish"];

impl Styles {
    pub(super) fn read(root: &Element, map: &BTreeMap<String, Role>) -> Self {
        let mut styles = Self { map: map.clone(), ..Self::default() };
        for node in root.elements().filter(|node| node.name == "style") {
            let Some(id) = node.local("styleId") else { continue };
            let paragraph = node.child("pPr");
            let number = paragraph.and_then(|node| node.child("numPr"));
            let mut looks = BTreeMap::new();
            for look in LOOKS {
                if let Some(value) = node.child("rPr").and_then(|node| node.child(look)) {
                    looks.insert(look, value.local("val").unwrap_or("1").to_owned());
                }
            }
            let style = Style {
                name: node.val("name").unwrap_or(id).to_owned(),
                based_on: node.val("basedOn").map(str::to_owned),
                outline: paragraph.and_then(outline),
                numbering: (
                    number.and_then(|number| number.val("numId")).map(str::to_owned),
                    number.and_then(|number| number.val("ilvl")).and_then(|level| level.parse().ok()),
                ),
                looks,
            };
            if node.local("type") == Some("paragraph") && matches!(node.local("default"), Some("1" | "true")) {
                styles.default = Some(id.to_owned());
            }
            styles.by_id.insert(id.to_owned(), style);
        }
        styles
    }

    /// A style and those that it is based on.
    fn chain<'s>(&'s self, id: &str) -> impl Iterator<Item = &'s Style> {
        let first = self.by_id.get(id);
        let next = |style: &&'s Style| self.by_id.get(style.based_on.as_deref()?);
        std::iter::successors(first, next).take(DEEPEST)
    }

    /// The name of a style.
    pub(super) fn name(&self, id: &str) -> String {
        self.by_id.get(id).map_or_else(|| id.to_owned(), |style| style.name.clone())
    }

    /// What paragraphs of a style are.
    pub(super) fn role(&self, id: Option<&str>) -> Role {
        let Some(id) = id.or(self.default.as_deref()) else { return Role::Paragraph };
        if !self.by_id.contains_key(id) {
            return self.map.get(id).copied().or_else(|| guess(id)).unwrap_or(Role::Paragraph);
        }
        for style in self.chain(id) {
            if let Some(role) = self.map.get(&style.name) {
                return *role;
            }
            if let Some(role) = style.outline.filter(|level| *level < 9).map(|level| Role::Heading(level.min(5) + 1)) {
                return role;
            }
            if let Some(role) = guess(&style.name) {
                return role;
            }
        }
        Role::Paragraph
    }

    /// What paragraphs of a style are, by its name.
    pub(super) fn role_of_name(&self, name: &str) -> Role {
        let id = self.by_id.iter().find(|(_, style)| style.name == name).map_or(name, |(id, _)| id.as_str());
        self.role(Some(id))
    }

    /// The list of a style, and the level in it.
    pub(super) fn numbering(&self, id: &str) -> (Option<String>, Option<usize>) {
        let list = self.chain(id).find_map(|style| style.numbering.0.clone());
        (list, self.chain(id).find_map(|style| style.numbering.1))
    }

    /// How deep in lists the paragraphs of a style stand, as its name says.
    pub(super) fn depth(&self, id: &str) -> usize {
        self.by_id.get(id).and_then(|style| level_of_name(&style.name)).unwrap_or(0)
    }

    /// A property of the characters of a style.
    pub(super) fn look(&self, id: &str, look: &str) -> Option<&str> {
        // The marks of notes are raised and links underlined because of what they are.
        let name = self.by_id.get(id)?.name.to_lowercase();
        if ["reference", "hyperlink", "超链接", "脚注", "尾注", "批注"].iter().any(|word| name.contains(word))
        {
            return None;
        }
        self.chain(id).find_map(|style| style.looks.get(look)).map(String::as_str)
    }
}

/// The level in a list of the styles that Word has for lists in lists: `List Bullet 2`, `列表编号 3`.
fn level_of_name(name: &str) -> Option<usize> {
    let name = name.to_lowercase();
    let digit = name.chars().last()?.to_digit(10).filter(|digit| (2..=5).contains(digit))?;
    ["list", "列表"].iter().any(|word| name.starts_with(word)).then_some(digit as usize - 1)
}

/// The level of outline that properties give; 9 is text.
pub(super) fn outline(properties: &Element) -> Option<u8> {
    properties.val("outlineLvl")?.parse().ok()
}

/// What a style stands for by its name, in the words of Word, WPS and LibreOffice.
fn guess(name: &str) -> Option<Role> {
    let name: String = name.to_lowercase().chars().filter(|c| !c.is_whitespace() && *c != '_').collect();
    let level = |rest: &str| rest.parse::<u8>().ok().filter(|level| (1..=9).contains(level));
    for word in ["heading", "标题", "標題", "überschrift"] {
        if let Some(level) = name.strip_prefix(word).and_then(level) {
            return Some(Role::Heading(level.min(6)));
        }
    }
    for word in ["toc", "目录", "目錄", "contents"] {
        if name.strip_prefix(word).is_some_and(|rest| {
            rest.is_empty() || level(rest).is_some() || rest.contains("heading") || rest.contains("标题")
        }) {
            return Some(Role::Contents);
        }
    }
    Some(match name.as_str() {
        "title" | "标题" | "標題" | "书名" => Role::Title,
        "subtitle" | "副标题" | "副標題" => Role::Subtitle,
        "author" | "作者" => Role::Author,
        "caption" | "题注" | "題注" | "图题" | "表题" | "figure" | "illustration" | "imagecaption" | "tablecaption" => {
            Role::Caption
        }
        "tableoffigures" | "图表目录" => Role::Contents,
        "quote" | "intensequote" | "引用" | "明显引用" | "quotations" | "blocktext" | "引文" => Role::Quote,
        "htmlpreformatted" | "preformattedtext" | "sourcecode" | "code" | "代码" | "macro" | "plaintext" => {
            Role::Code
        }
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn styles_are_known_by_name_in_each_language() {
        for (name, role) in [
            ("heading 1", Role::Heading(1)),
            ("标题 2", Role::Heading(2)),
            ("Title", Role::Title),
            ("题注", Role::Caption),
            ("TOC Heading", Role::Contents),
            ("目录 3", Role::Contents),
        ] {
            assert_eq!(guess(name), Some(role), "{name}");
        }
        assert_eq!(guess("正文首行缩进"), None);
    }

    #[test]
    fn styles_of_lists_in_lists_name_their_level() {
        for (name, level) in
            [("List Bullet 2", Some(1)), ("列表编号 3", Some(2)), ("List Number", None), ("heading 2", None)]
        {
            assert_eq!(level_of_name(name), level, "{name}");
        }
    }
}
