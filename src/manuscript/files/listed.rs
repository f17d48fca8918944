//! The order that `parts` of `book.yaml` gives.

use std::collections::{BTreeMap, BTreeSet};

use super::{ChapterFile, ROOT};
use crate::codes;
use crate::diagnostic::{Diagnostic, nearest};
use crate::manuscript::config::Config;
use crate::message::Message;
use crate::model::{Lang, Spanned};
use crate::source::Span;

/// The chapters that are listed, in that order.
pub(super) fn in_order(
    parts: &[Spanned<String>],
    present: BTreeMap<Lang, Vec<ChapterFile>>,
    folders: &BTreeMap<Lang, String>,
    config: &Config,
    sink: &mut Vec<Diagnostic>,
) -> BTreeMap<Lang, Vec<ChapterFile>> {
    let mut listed = BTreeSet::new();
    let mut order = Vec::new();
    for part in parts {
        if !listed.insert(part.value.as_str()) {
            let message = msg!("the chapter `{stem}` is listed twice in `parts`", stem = &part.value);
            sink.push(Diagnostic::error(codes::BOOK_YAML, message).at(part.span).hint(msg!("remove one of the two")));
            continue;
        }
        order.push(part);
    }
    let everywhere: BTreeSet<&str> = present.values().flatten().map(|chapter| chapter.stem.as_str()).collect();
    for part in order.iter().filter(|part| !everywhere.contains(part.value.as_str())) {
        let free: Vec<&str> = everywhere.iter().copied().filter(|stem| !listed.contains(stem)).collect();
        let path = format!("{ROOT}/{}/{}.md", folders[&config.languages[0].value], part.value);
        let message = msg!("the chapter `{stem}` has no file in any language", stem = &part.value);
        sink.push(Diagnostic::error(codes::MISSING_PART, message).at(part.span).hint(advice(&part.value, &free, path)));
    }
    for chapter in present.values().flatten().filter(|chapter| !listed.contains(chapter.stem.as_str())) {
        let message = msg!("{path} is not listed in `parts` and is left out", path = chapter.path.as_str());
        let whole = Span::new(config.file, 0..0);
        let at = parts.first().map_or(whole, |part| part.span);
        let hint = msg!("list it, or move it out of the folder");
        sink.push(Diagnostic::warning(codes::UNLISTED_PART, message).at(at).hint(hint));
    }
    let of_part = |chapters: &[ChapterFile], part: &Spanned<String>| {
        chapters.iter().find(|chapter| chapter.stem == part.value).cloned()
    };
    let sorted = |chapters: Vec<ChapterFile>| order.iter().filter_map(|part| of_part(&chapters, part)).collect();
    present.into_iter().map(|(lang, chapters)| (lang, sorted(chapters))).collect()
}

/// What to write instead of a chapter that is not there: the one of that name in a folder, or one of nearly that name.
fn advice(stem: &str, free: &[&str], path: String) -> Message {
    let inside = free.iter().copied().find(|other| other.rsplit('/').next() == Some(stem));
    match inside.or_else(|| nearest(stem, free.iter().copied())) {
        Some(near) => msg!("did you mean `{near}`?", near),
        None => msg!("create {path}, or remove the entry", path),
    }
}
