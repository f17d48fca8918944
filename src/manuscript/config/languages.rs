//! The languages of a book.

use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::lang;
use crate::manuscript::typed;
use crate::manuscript::yaml::Fields;
use crate::model::{Lang, Spanned};
use crate::source::Span;

/// The languages, and the tags that name none. There are none of the latter without a finding, nor without any language.
pub(super) fn languages(
    fields: &mut Fields,
    whole: Span,
    sink: &mut Vec<Diagnostic>,
) -> Option<(Vec<Spanned<Lang>>, Vec<String>)> {
    let Some(entry) = fields.take("languages") else {
        let missing = Diagnostic::error(codes::BOOK_YAML, msg!("book.yaml lists no languages"))
            .at(whole)
            .hint(msg!("add `languages: [zh, en]`, the source language first"));
        sink.push(fields.absent("languages", missing));
        return None;
    };
    let before = sink.len();
    let (mut found, mut refused): (Vec<Spanned<Lang>>, Vec<String>) = (Vec::new(), Vec::new());
    for node in entry.node.list(typed("languages"), sink) {
        let Some(tag) = node.text(msg!("a language"), sink) else { continue };
        match Lang::new(&tag.value) {
            Some(lang) if found.iter().any(|l| l.value == lang) => {
                let message = msg!("the language `{tag}` is listed twice", tag = lang.tag());
                sink.push(Diagnostic::error(codes::BOOK_YAML, message).at(tag.span));
            }
            Some(value) => found.push(Spanned { value, span: tag.span }),
            None => {
                sink.push(no_language(&tag));
                refused.push(tag.value);
            }
        }
    }
    if found.is_empty() && sink.len() == before {
        sink.push(Diagnostic::error(codes::BOOK_YAML, msg!("`languages` lists no valid language")).at(entry.key_span));
    }
    (!found.is_empty()).then_some((found, refused))
}

/// Says that a tag names no language that a book can have.
fn no_language(tag: &Spanned<String>) -> Diagnostic {
    if !lang::is_tag(&tag.value) {
        return Diagnostic::error(codes::BOOK_YAML, msg!("`{tag}` is not a language tag", tag = &tag.value))
            .at(tag.span)
            .hint(msg!("use a BCP 47 tag, such as `zh`, `zh-Hant`, `en` or `en-GB`"));
    }
    Diagnostic::error(codes::UNKNOWN_LANGUAGE, msg!("the language `{tag}` is not supported", tag = &tag.value))
        .at(tag.span)
        .hint(lang::supported())
}
