//! The plain text of inlines and blocks: what a reader reads, without markup.

use super::{Block, BlockKind, Cell, Inline, InlineKind, Table};

/// Plain text of a run of inlines. Notes, citations and references leave nothing; a line break is a space.
pub fn plain(inlines: &[Inline]) -> String {
    let mut out = String::new();
    push_inlines(inlines, &mut out);
    out
}

/// A run of inlines without notes and without links around its text: for a list of contents or a running head.
pub fn without_notes(inlines: &[Inline]) -> Vec<Inline> {
    let mut kept = Vec::new();
    for inline in inlines {
        let kind = match &inline.kind {
            InlineKind::Note { .. } => continue,
            InlineKind::Link { body, .. } => {
                kept.extend(without_notes(body));
                continue;
            }
            InlineKind::Emph(body) => InlineKind::Emph(without_notes(body)),
            InlineKind::Strong(body) => InlineKind::Strong(without_notes(body)),
            InlineKind::Strike(body) => InlineKind::Strike(without_notes(body)),
            InlineKind::Styled { style, body } => InlineKind::Styled { style: *style, body: without_notes(body) },
            other => other.clone(),
        };
        kept.push(Inline { span: inline.span, kind });
    }
    kept
}

/// Plain text of a block and everything in it; blocks inside are separated by line breaks.
pub fn plain_block(block: &Block) -> String {
    let mut parts = Vec::new();
    super::walk::blocks(std::slice::from_ref(block), &mut |b| match &b.kind {
        BlockKind::Code { text, fence, .. } => {
            parts.extend(Some(plain(&fence.title)).filter(|title| !title.is_empty()));
            parts.push(text.clone());
        }
        BlockKind::Math { text, .. } => parts.push(text.clone()),
        _ => super::walk::own_inlines(b, &mut |inlines| parts.push(plain(inlines))),
    });
    parts.join("\n")
}

impl Table {
    /// Whether anything stands in the head.
    pub fn has_head(&self) -> bool {
        self.head.iter().flatten().any(|cell| !cell.is_blank())
    }
}

impl Cell {
    /// Whether nothing can be read in it.
    pub fn is_blank(&self) -> bool {
        plain(&self.body).trim().is_empty()
    }
}

/// Raised digits, with their sign, as the characters that mean the same.
pub(crate) fn raised(inlines: &[Inline]) -> Option<String> {
    let digits = plain(inlines);
    let raised = digits.chars().map(|c| match c {
        '-' | '−' | '–' => Some('⁻'),
        _ => "⁰¹²³⁴⁵⁶⁷⁸⁹".chars().nth(usize::try_from(c.to_digit(10)?).ok()?),
    });
    raised.collect::<Option<String>>().filter(|raised| raised.contains(|c| c != '⁻'))
}

/// The number that a formula is, if it is nothing else, as a text writes it: `10{,}000` is 10,000, `15\%` is 15%.
pub(crate) fn bare_number(formula: &str) -> Option<String> {
    let number = formula.trim().replace("{,}", ",").replace("\\,", "").replace("\\%", "%");
    let digits = number.strip_suffix('%').unwrap_or(&number);
    let ends = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    let bare = digits.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ','));
    (bare && ends(digits.chars().next()) && ends(digits.chars().next_back())).then_some(number)
}

fn push_inlines(inlines: &[Inline], out: &mut String) {
    for inline in inlines {
        match &inline.kind {
            InlineKind::Text(text) | InlineKind::Code(text) | InlineKind::Math { text, .. } => out.push_str(text),
            InlineKind::Emph(body)
            | InlineKind::Strong(body)
            | InlineKind::Strike(body)
            | InlineKind::Styled { body, .. }
            | InlineKind::Ruby { body, .. }
            | InlineKind::Link { body, .. } => push_inlines(body, out),
            InlineKind::LineBreak => out.push(' '),
            InlineKind::Image(_) | InlineKind::Cite(_) | InlineKind::Ref { .. } | InlineKind::Note { .. } => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::bare_number;

    #[test]
    fn a_formula_that_is_a_number_is_text() {
        for (formula, number) in [
            ("20", Some("20")),
            (" 2.5 ", Some("2.5")),
            ("10{,}000", Some("10,000")),
            ("15\\%", Some("15%")),
            ("n", None),
            ("2x", None),
            ("3.", None),
            ("-3", None),
            ("", None),
            ("%", None),
        ] {
            assert_eq!(bare_number(formula).as_deref(), number, "{formula}");
        }
    }
}
