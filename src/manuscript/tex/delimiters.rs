//! What stands around a part of a formula.

use pulldown_latex::event::{DelimiterSize, DelimiterType};

use super::symbols::{escaped, is_bar};

/// What grows with what it holds; a side may be empty.
pub(super) fn around(open: Option<char>, close: Option<char>, body: &str) -> String {
    let parts = [open.map(escaped), Some(body.to_owned()), close.map(escaped)];
    let parts: Vec<String> = parts.into_iter().flatten().filter(|part| !part.is_empty()).collect();
    format!("lr({})", parts.join(" "))
}

/// A delimiter by itself, which does not grow but may have a size.
pub(super) fn alone(delimiter: char, size: Option<DelimiterSize>, kind: DelimiterType, in_pair: bool) -> String {
    let sign = escaped(delimiter);
    match (size, kind) {
        // `\middle` grows with the pair around it. The reader gives it the size of `\big`.
        (Some(DelimiterSize::Big), DelimiterType::Fence) if in_pair && !matches!(delimiter, '/' | '\\') => {
            format!("mid({sign})")
        }
        (None, DelimiterType::Open) if is_bar(delimiter) => format!("class(\"opening\", {sign})"),
        (None, DelimiterType::Close) if is_bar(delimiter) => format!("class(\"closing\", {sign})"),
        (None, _) => sign,
        (Some(size), _) => format!("lr({sign}, size: #{}em)", height(size)),
    }
}

/// Heights as plain TeX has them, for text of one em.
fn height(size: DelimiterSize) -> &'static str {
    match size {
        DelimiterSize::Big => "1.2",
        DelimiterSize::BIG => "1.8",
        DelimiterSize::Bigg => "2.4",
        DelimiterSize::BIGG => "3",
    }
}
