//! `SUMMARY.md`: the list of contents of mdBook, GitBook and HonKit.

use super::lines;
use super::listed::Item;
use super::told::Told;
use super::tree::{self, Tree};
use crate::diagnostic::Severity;
use crate::import::Kind;

/// The chapters that a list of contents names. Those before its first list open the book, those behind its last one close it.
pub(super) fn items(tree: &dyn Tree, text: &str, path: &str, told: &mut Told) -> Vec<Item> {
    let folder = tree::folder(path);
    let (mut items, mut part, mut counted, mut first_heading) = (Vec::<(Item, bool)>::new(), None, 0, true);
    for line in lines::of(text, 1) {
        let trimmed = line.text.trim();
        if let Some(heading) = trimmed.strip_prefix('#').filter(|_| !line.code) {
            // The first one is the title of the list itself.
            if !std::mem::take(&mut first_heading) || counted > 0 || trimmed.starts_with("##") {
                part = Some(heading.trim_matches(['#', ' ']).to_owned()).filter(|part| !part.is_empty());
            }
            continue;
        }
        let listed = trimmed.starts_with(['-', '*', '+']) || trimmed.starts_with(|c: char| c.is_ascii_digit());
        let Some((title, dest)) = link(trimmed).filter(|_| !line.code) else {
            let words = trimmed.trim_start_matches(['-', '*', '+', ' ']).trim();
            if listed && words.chars().any(char::is_alphanumeric) {
                let message = msg!("“{title}” stands in the list of contents without a file", title = words);
                told.lose(Kind::Dropped, Severity::Warning, (path, line.at), message, words.to_owned());
            }
            continue;
        };
        counted += usize::from(listed);
        let file = dest.split('#').next().unwrap_or_default();
        let target = tree::resolve(folder, &tree::decoded(file)).filter(|_| !file.is_empty());
        match target.filter(|target| tree::is_page(target) && tree.read(target).is_some()) {
            Some(target) => {
                let part = if listed { part.clone() } else { None };
                items.push((Item { path: target, title: Some(title), part, role: None }, listed));
            }
            None if dest.contains("://") => {
                let message = msg!("“{title}” in the list of contents leads out of the book", title = &title);
                told.lose(Kind::Dropped, Severity::Info, (path, line.at), message, title);
            }
            None => {
                let message = msg!("the file of “{title}” is not there: {file}", title = &title, file = &dest);
                told.lose(Kind::Dropped, Severity::Warning, (path, line.at), message, title);
            }
        }
    }
    roles(items)
}

fn roles(items: Vec<(Item, bool)>) -> Vec<Item> {
    let first = items.iter().position(|(_, listed)| *listed).unwrap_or(0);
    let last = items.iter().rposition(|(_, listed)| *listed).unwrap_or(items.len());
    let role = |(n, (mut item, listed)): (usize, (Item, bool))| {
        if !listed {
            item.role = of_title(item.title.as_deref().unwrap_or_default(), n < first, n > last);
        }
        item
    };
    items.into_iter().enumerate().map(role).collect()
}

/// What a chapter outside of the numbered ones is, by its title.
fn of_title(title: &str, before: bool, after: bool) -> Option<&'static str> {
    let title = title.to_lowercase();
    let says = |words: &[&str]| words.iter().any(|word| title.contains(word));
    if says(&["acknowledg", "致谢", "鸣谢", "謝辭"]) {
        Some("acknowledgements")
    } else if before {
        let preface = says(&["preface", "foreword", "introduction", "序", "前言", "引言", "介绍", "簡介", "简介"]);
        Some(if preface { "preface" } else { "frontmatter" })
    } else if after {
        Some(if says(&["appendix", "附录", "附錄"]) { "appendix" } else { "backmatter" })
    } else {
        None
    }
}

/// The words and the address of the link that a line of a list holds.
pub(super) fn link(line: &str) -> Option<(String, String)> {
    let open = line.find('[')?;
    let middle = open + line[open..].find("](")?;
    let inner = &line[middle + 2..];
    let end = inner.rfind(')')?;
    let dest = inner[..end].trim().trim_matches(['<', '>']);
    let dest = dest.split(" \"").next().unwrap_or(dest).trim();
    let title = line[open + 1..middle].replace(['`', '*', '\\'], "");
    Some((title.trim().to_owned(), dest.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    #[test]
    fn a_list_of_contents_gives_order_parts_and_roles() {
        let text = "# Summary\n\n[Preface](p.md)\n\n# Part A\n\n- [One](one.md)\n  - [Two `x`](sub/two.md)\n- [Draft]()\n\
                    \n# 第二部\n\n* [三](three.md#x)\n\n[附录 A](a.md)\n";
        let names = ["p.md", "one.md", "sub/two.md", "three.md", "a.md"];
        let tree: BTreeMap<String, Vec<u8>> = names.iter().map(|name| ((*name).to_owned(), Vec::new())).collect();
        let mut told = Told::default();
        let found = items(&tree, text, "SUMMARY.md", &mut told);
        let found: Vec<_> = found.iter().map(|item| (item.path.as_str(), item.part.as_deref(), item.role)).collect();
        assert_eq!(
            found,
            [
                ("p.md", None, Some("preface")),
                ("one.md", Some("Part A"), None),
                ("sub/two.md", Some("Part A"), None),
                ("three.md", Some("第二部"), None),
                ("a.md", None, Some("appendix")),
            ]
        );
        assert_eq!(told.entries.len(), 1);
        assert_eq!(told.entries[0].lost, "Draft");
    }
}
