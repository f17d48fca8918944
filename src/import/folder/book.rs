//! What stands around the chapters: `book.yaml`, their front matter, and a last look at what was written.

use std::collections::BTreeMap;

use super::listed::Item;
use super::page::Page;
use super::told::Told;
use super::{Source, Wish};
use crate::diagnostic::Severity;
use crate::import::Kind;
use crate::manuscript::{self, yaml::quoted};
use crate::model::Lang;
use crate::source::{SourceFile, Sources};

/// The layout of books that have much code and many tables.
const LAYOUT: &str = "handbook";

/// The settings of the book.
pub(super) fn written(texts: &[(&Source<'_>, Vec<(String, Item)>)], names: &[(String, String)], wish: &Wish) -> String {
    let tags: Vec<&str> = texts.iter().map(|(source, _)| source.lang.tag()).collect();
    let each = |field: &dyn Fn(&Source<'_>) -> Option<String>| -> Option<String> {
        let said: Vec<(&str, String)> =
            texts.iter().filter_map(|(source, _)| Some((source.lang.tag(), field(source)?))).collect();
        let (_, first) = said.first()?;
        if said.iter().all(|(_, other)| other == first) {
            return Some(quoted(first));
        }
        let pairs: Vec<String> = tags
            .iter()
            .map(|tag| {
                let own = said.iter().find(|(known, _)| known == tag).map_or(first, |(_, own)| own);
                format!("{tag}: {}", quoted(own))
            })
            .collect();
        Some(format!("{{{}}}", pairs.join(", ")))
    };
    let title = each(&|source| source.plan.title.clone()).unwrap_or_else(|| quoted(&wish.title));
    let mut out = format!("title: {title}\nlanguages: [{}]\n", tags.join(", "));
    if tags.len() > 1 {
        out.push_str(&format!("editions: [{}, bilingual]\n", tags.join(", ")));
    }
    out.push_str(&format!("date: {}\nlayout: {LAYOUT}\n", wish.date));
    if let Some(description) = each(&|source| source.plan.description.clone()) {
        out.push_str(&format!("description: {description}\n"));
    }
    let people: Vec<&String> = texts.iter().flat_map(|(source, _)| &source.plan.authors).collect();
    if !people.is_empty() {
        out.push_str("people:\n");
        let first = |(n, name): &(usize, &&String)| !people[..*n].contains(name);
        for (_, name) in people.iter().enumerate().filter(first) {
            out.push_str(&format!("  - {{name: {}, role: aut}}\n", quoted(name)));
        }
    }
    out.push_str(&parts(texts, names));
    out
}

/// The chapters in their order, in the parts of the first text.
fn parts(texts: &[(&Source<'_>, Vec<(String, Item)>)], names: &[(String, String)]) -> String {
    let item =
        |text: usize, name: &str| texts.get(text)?.1.iter().find(|(known, _)| known == name).map(|(_, item)| item);
    let mut out = String::from("parts:\n");
    let mut open: Option<String> = None;
    for (_, name) in names.iter().filter(|(_, name)| (0..texts.len()).any(|text| item(text, name).is_some())) {
        let titles: BTreeMap<&str, &String> = texts
            .iter()
            .enumerate()
            .filter_map(|(n, (source, _))| Some((source.lang.tag(), item(n, name)?.part.as_ref()?)))
            .collect();
        let first = texts.iter().find_map(|(source, _)| titles.get(source.lang.tag()).copied());
        match first {
            Some(title) => {
                if open.as_ref() != Some(title) {
                    let all: Vec<String> = texts
                        .iter()
                        .map(|(source, _)| {
                            let own = titles.get(source.lang.tag()).copied().unwrap_or(title);
                            format!("{}: {}", source.lang.tag(), quoted(own))
                        })
                        .collect();
                    out.push_str(&format!("  - title: {{{}}}\n    chapters:\n", all.join(", ")));
                    open = Some(title.clone());
                }
                out.push_str(&format!("      - {}\n", quoted(name)));
            }
            None => {
                open = None;
                out.push_str(&format!("  - {}\n", quoted(name)));
            }
        }
    }
    out
}

/// The front matter of a chapter.
pub(super) fn front(page: &Page) -> String {
    let title = page.title.as_ref().map(|title| format!("title: {}\n", quoted(&bare(title))));
    let subtitle = page.front.get("subtitle").map(|text| format!("subtitle: {}\n", quoted(text)));
    let role = page.item.role.map(|role| format!("role: {role}\n"));
    let keys: String = [title, subtitle, role].into_iter().flatten().collect();
    if keys.is_empty() { keys } else { format!("---\n{keys}---\n\n") }
}

/// A title as Markdown: what sites do not mark up there is no tag here.
fn bare(title: &str) -> String {
    let parts = title.split('`').enumerate().map(
        |(n, part)| {
            if n % 2 == 0 { part.replace('<', "\\<") } else { part.to_owned() }
        },
    );
    parts.collect::<Vec<_>>().join("`")
}

/// Reads the chapters as the book will, and tells of what is still wrong in them.
pub(super) fn look(files: &BTreeMap<String, Vec<u8>>, texts: &[(&Source<'_>, Vec<(String, Item)>)], told: &mut Told) {
    for (source, chapters) in texts {
        for (name, _) in chapters {
            let path = format!("manuscript/{}/{name}.md", source.lang.tag());
            let text = files.get(&path).map(|bytes| String::from_utf8_lossy(bytes)).unwrap_or_default();
            look_at(&path, &source.lang, &text, told);
        }
    }
}

fn look_at(path: &str, lang: &Lang, text: &str, told: &mut Told) {
    let mut sources = Sources::default();
    let file = sources.add(SourceFile::new(path, text));
    let read = manuscript::parse_chapter(file, path, lang, text, None);
    for diagnostic in read.diagnostics.into_iter().filter(|diagnostic| diagnostic.severity == Severity::Error) {
        let line = diagnostic
            .primary
            .as_ref()
            .map_or(0, |label| text[..label.span.start.min(text.len())].matches('\n').count() + 1);
        told.once(Kind::Changed, Severity::Warning, (path, line), diagnostic.message);
    }
}
