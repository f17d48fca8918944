//! How far the book and each of its chapters are.

use std::fmt::Write as _;

use super::Review;
use super::rows::{Section, State};
use super::words::state_word;
use crate::report::html::escape;

/// The list of chapters with how far each is.
pub(super) fn contents(review: &Review<'_>, sections: &[Section<'_>], out: &mut String) {
    let _ = write!(out, "<nav id=\"toc\" aria-label=\"{}\"><ol>", escape(&review.locale.say(&msg!("Contents"))));
    for (number, section) in sections.iter().enumerate() {
        let _ = write!(out, "<li><a href=\"#c{number}\"><span>{}</span>", escape(title(section)));
        let open = section.findings.placed.len();
        if open > 0 {
            let count = review.locale.say(&plural!(findings = open, "{findings} finding", "{findings} findings"));
            let _ = write!(out, "<b title=\"{}\">{open}</b>", escape(&count));
        }
        bar(review, std::slice::from_ref(section), out);
        out.push_str("</a></li>");
    }
    out.push_str("</ol></nav>\n");
}

/// The title of a chapter, or its name where it has none.
pub(super) fn title<'a>(section: &Section<'a>) -> &'a str {
    let chapter = section.chapter();
    let title = chapter.meta.title.value.as_str();
    if title.is_empty() { &chapter.stem } else { title }
}

/// A bar of the states of all rows; drawn, for the policy of the page lets no style stand in an element.
pub(super) fn bar(review: &Review<'_>, sections: &[Section<'_>], out: &mut String) {
    let all: usize = sections.iter().map(|section| section.rows.len()).sum();
    let counts = State::ALL.map(|state| sections.iter().map(|section| section.count(state)).sum::<usize>());
    let told = State::ALL.iter().zip(counts).filter(|(_, count)| *count > 0);
    let told: Vec<String> =
        told.map(|(state, count)| format!("{}: {count}", review.locale.say(&state_word(*state)))).collect();
    let _ = write!(
        out,
        "<svg class=\"bar\" viewBox=\"0 0 1000 10\" preserveAspectRatio=\"none\" role=\"img\"><title>{}</title>",
        escape(&told.join(", "))
    );
    let mut from = 0;
    for (state, count) in State::ALL.iter().zip(counts) {
        let edge = |at: usize| (at * 1000).checked_div(all).unwrap_or(0);
        let (start, end) = (edge(from), edge(from + count));
        if end > start {
            let _ =
                write!(out, "<rect class=\"{}\" x=\"{start}\" width=\"{}\" height=\"10\"/>", state.name(), end - start);
        }
        from += count;
    }
    out.push_str("</svg>");
}
