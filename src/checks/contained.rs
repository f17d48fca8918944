//! A defect of a check costs what that check would have found in one chapter, never the run.

use std::panic::{AssertUnwindSafe, catch_unwind};

use super::{Check, Context, Look, levels};
use crate::align::{Alignment, ChapterPair};
use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::model::Book;
use crate::source::{Sources, Span};

/// What checks of text find in one translation, at the levels of `book.yaml`.
pub(super) fn look(
    checks: &[Check],
    book: &Book,
    alignment: &Alignment<'_>,
    sources: &Sources,
    found: &mut Vec<Diagnostic>,
) {
    let wanted: Vec<&Check> = checks.iter().filter(|check| levels::set(check, book) != Some(None)).collect();
    if alignment.chapters.iter().any(|chapter| chapter.broke_off) {
        return by_chapter(book, alignment, &wanted, sources, found);
    }
    let Some(context) = unless_it_breaks(|| Context::of(book, alignment, sources)) else {
        return by_chapter(book, alignment, &wanted, sources, found);
    };
    let mut broken = Vec::new();
    for check in wanted {
        if run(check, &context, found).is_none() {
            broken.push(check);
        }
    }
    if !broken.is_empty() {
        by_chapter(book, alignment, &broken, sources, found);
    }
}

/// Runs checks on each chapter as if the book had no other, so that a defect shows where it is.
fn by_chapter(
    book: &Book,
    alignment: &Alignment<'_>,
    checks: &[&Check],
    sources: &Sources,
    found: &mut Vec<Diagnostic>,
) {
    if alignment.chapters.is_empty() {
        found.extend(checks.iter().map(|check| failed(check.name.as_str(), None)));
    }
    for chapter in &alignment.chapters {
        let place = begin(chapter);
        if chapter.broke_off {
            found.push(failed("align", place));
            continue;
        }
        let (source, target) = (alignment.source.clone(), alignment.target.clone());
        let alone = Alignment { source, target, chapters: vec![chapter.clone()] };
        let Some(context) = unless_it_breaks(|| Context::of(book, &alone, sources)) else {
            found.push(failed("check", place));
            continue;
        };
        for check in checks {
            if run(check, &context, found).is_none() {
                found.push(failed(check.name.as_str(), place));
            }
        }
    }
}

/// Runs a check and gives its findings their level; `None` and no finding where it breaks.
fn run(check: &Check, context: &Context<'_>, found: &mut Vec<Diagnostic>) -> Option<()> {
    let Look::Text(look) = check.look else { return Some(()) };
    let mut own = unless_it_breaks(|| {
        let mut own = Vec::new();
        look(context, &mut own);
        own
    })?;
    let level = levels::set(check, context.book);
    own.iter_mut().for_each(|finding| levels::raise(check, level, finding));
    found.append(&mut own);
    Some(())
}

/// What `of` gives, unless it panics: then what it has worked on is dropped.
fn unless_it_breaks<T>(of: impl FnOnce() -> T) -> Option<T> {
    catch_unwind(AssertUnwindSafe(of)).ok()
}

/// The place where a chapter begins.
fn begin(chapter: &ChapterPair<'_>) -> Option<Span> {
    chapter.target.or(chapter.source).map(|chapter| Span::new(chapter.file, 0..0))
}

fn failed(check: &str, place: Option<Span>) -> Diagnostic {
    let message = match place {
        Some(_) => msg!("`{check}` broke off in this chapter: what it would find here is not known", check),
        None => msg!("`{check}` broke off: what it would find is not known", check),
    };
    let finding = Diagnostic::error(codes::FAILED_CHECK, message)
        .hint(msg!("this is a defect of dama-pub: please report it, with the chapter in both languages if you can"));
    match place {
        Some(place) => finding.at(place),
        None => finding,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::align;
    use crate::diagnostic::Severity;
    use crate::manuscript::{Text, load_texts};
    use crate::message::Message;
    use crate::model::Lang;

    /// A check with a defect: it breaks at a word.
    const FRAGILE: Check = Check {
        name: Check::code("fragile"),
        group: "values",
        summary: Message::empty(),
        default_level: Severity::Warning,
        page: page!("values/number"),
        look: Look::Text(|context, found| {
            for (source, target) in context.translations().filter(|(source, _)| source.text.contains("方法")) {
                assert!(!target.text.contains("breaks"), "a defect");
                found.push(Diagnostic::warning("fragile".into(), Message::data("seen")).at(source.span));
            }
        }),
    };

    /// What the check finds in chapters with these translations: a letter for each finding, `!` for a defect.
    fn found(translations: &[&str]) -> String {
        let mut sources = Sources::default();
        let text = |lang: &str, number: usize, text: &str| Text {
            file: (format!("{lang}/{number}.md"), format!("{text}\n")),
            stem: number.to_string(),
        };
        let texts = [
            translations.iter().enumerate().map(|(number, _)| text("zh", number, "这句话说明方法。")).collect(),
            translations.iter().enumerate().map(|(number, english)| text("en", number, english)).collect(),
        ];
        let langs = ["zh", "en"].map(|tag| Lang::new(tag).expect("a language"));
        let book = load_texts(&mut sources, texts, langs, None).value;
        let alignment = &align::align_book(&book)[0];
        let mut found = Vec::new();
        look(&[FRAGILE], &book, alignment, &sources, &mut found);
        found.iter().map(|finding| if finding.check == codes::FAILED_CHECK { '!' } else { '.' }).collect()
    }

    #[test]
    fn a_defect_costs_the_findings_of_one_chapter() {
        assert_eq!(found(&["This sentence explains the method.", "It explains the method."]), "..");
        assert_eq!(found(&["This explains the method.", "It breaks the method.", "The method."]), ".!.");
    }

    #[test]
    fn a_chapter_that_could_not_be_aligned_is_named() {
        let mut sources = Sources::default();
        let named = [("zh.md", "这句话说明方法。\n"), ("en.md", "It explains the method.\n")];
        let named = named.map(|(name, text)| (name.to_owned(), text.to_owned()));
        let langs = ["zh", "en"].map(|tag| Lang::new(tag).expect("a language"));
        let book = crate::manuscript::load_pair(&mut sources, named, langs, None).value;
        let mut alignment = align::align_book(&book).remove(0);
        alignment.chapters[0].broke_off = true;
        let mut found = Vec::new();
        look(super::super::CHECKS, &book, &alignment, &sources, &mut found);
        let messages: Vec<String> = found.iter().map(|finding| finding.message.to_string()).collect();
        assert_eq!(messages, ["`align` broke off in this chapter: what it would find here is not known"]);
    }
}
