//! Comments that waive findings, `<!-- dama: allow CHECK, CHECK: REASON -->`, and those that mark a translation as unfinished,
//! `<!-- dama: draft -->` or `<!-- dama: draft: WHAT THE SOURCE SAYS -->`.
//!
//! On its own line such a comment applies to the next block; inside a line, to the block around it. Other comments are
//! dropped.

use std::ops::Range;

use super::Lower;
use crate::manuscript::DRAFT;
use crate::model::{Spanned, Waiver};

/// What may separate two checks; editors of Chinese text type the wide forms.
const BETWEEN: [char; 5] = [',', '，', '、', ' ', '\t'];

/// What a comment says that begins a new page.
const PAGE_BREAK: &str = "pagebreak";

/// Whether a comment begins a new page: `<!-- dama: pagebreak -->`.
pub(super) fn is_page_break(comment: &str) -> bool {
    let inner = comment.strip_prefix("<!--").and_then(|inner| inner.strip_suffix("-->"));
    let said = inner.and_then(|inner| inner.trim().strip_prefix("dama")).map(str::trim_start);
    said.and_then(|said| said.strip_prefix([':', '：'])).is_some_and(|said| said.trim() == PAGE_BREAK)
}

/// What a comment says that marks what is unfinished, after `dama:`; `None` for another one.
fn draft(said: &str) -> Option<Option<String>> {
    let rest = said.trim_start().strip_prefix(DRAFT)?.trim_start();
    match rest.strip_prefix([':', '：']) {
        Some(words) => Some(Some(words.trim().to_owned()).filter(|words| !words.is_empty())),
        None => rest.is_empty().then_some(None),
    }
}

/// The parts of a waiver, as ranges of the comment; without checks for what marks the unfinished.
#[derive(Debug, PartialEq, Eq)]
struct Parts {
    checks: Vec<Range<usize>>,
    reason: Option<String>,
}

/// Reads a comment: `None` when it is an ordinary one, an error with the faulty words when it is meant for this program
/// and malformed.
fn read(comment: &str) -> Option<Result<Parts, Range<usize>>> {
    // The shortest comments, `<!-->` and `<!--->`, have nothing between their ends.
    let end = "<!--".len() + comment.strip_prefix("<!--")?.strip_suffix("-->")?.len();
    let inner = &comment[..end];
    let start = skip(inner, "<!--".len());
    let after = inner[start..].strip_prefix("dama")?;
    if after.starts_with(|c: char| c.is_alphanumeric() || c == '-' || c == '_') {
        return None;
    }
    let whole = start..start + inner[start..].trim_end().len();
    let Some(rest) = after.trim_start().strip_prefix([':', '：']) else { return Some(Err(whole)) };
    if rest.trim() == PAGE_BREAK {
        return None;
    }
    if let Some(reason) = draft(rest) {
        return Some(Ok(Parts { checks: Vec::new(), reason }));
    }
    let Some(list) = rest.trim_start().strip_prefix("allow") else { return Some(Err(whole)) };
    if !list.starts_with(char::is_whitespace) {
        return Some(Err(whole));
    }
    let from = end - list.len();
    let colon = list.find([':', '：']).map_or(end, |at| from + at);
    let mut checks = Vec::new();
    let mut at = from;
    for word in inner[from..colon].split(|c| BETWEEN.contains(&c) || c == '\n' || c == '\r') {
        if !word.is_empty() {
            checks.push(at..at + word.len());
        }
        at += word.len() + inner[at + word.len()..].chars().next().map_or(0, char::len_utf8);
    }
    if checks.is_empty() {
        return Some(Err(whole));
    }
    let reason = inner[colon..].trim_start_matches([':', '：']).split_whitespace().collect::<Vec<_>>().join(" ");
    Some(Ok(Parts { checks, reason: (!reason.is_empty()).then_some(reason) }))
}

fn skip(text: &str, from: usize) -> usize {
    from + text[from..].len() - text[from..].trim_start().len()
}

impl Lower<'_, '_> {
    /// The waiver in a comment at `range`, with no target yet. A malformed one is reported.
    pub(super) fn waiver(&mut self, range: Range<usize>) -> Option<Waiver> {
        let base = range.start;
        match read(&self.input.text[range.clone()])? {
            Ok(parts) => {
                let check = |part: Range<usize>| {
                    let place = base + part.start..base + part.end;
                    Spanned { value: self.input.text[place.clone()].to_owned(), span: self.span(place) }
                };
                let checks = parts.checks.into_iter().map(check).collect();
                Some(Waiver { span: self.span(range), checks, reason: parts.reason, target: None })
            }
            Err(words) => {
                let hint = msg!("write `<!-- dama: allow CHECK: REASON -->`");
                self.error(base + words.start..base + words.end, msg!("this waiver cannot be read"), hint);
                None
            }
        }
    }

    /// Makes a block the target of the waivers from `first` on, which are inside its lines.
    pub(super) fn aim(&mut self, first: usize, block: &Range<usize>) {
        let target = Some(self.span(block.clone()));
        for waiver in &mut self.waivers[first..] {
            waiver.target = target;
        }
    }

    /// Keeps waivers with their target.
    pub(super) fn keep(&mut self, waivers: &mut Vec<Waiver>, target: Option<Range<usize>>) {
        let target = target.map(|range| self.span(range));
        self.waivers.extend(waivers.drain(..).map(|waiver| Waiver { target, ..waiver }));
    }

    /// Widens the waivers of the first paragraph in `whole`, a list item or the like, to all of it: checks report the item,
    /// not the paragraph in it.
    pub(super) fn widen(&mut self, first_waiver: usize, paragraph: Option<Range<usize>>, whole: &Range<usize>) {
        let Some(paragraph) = paragraph else { return };
        let (narrow, wide) = (self.span(paragraph), self.span(whole.clone()));
        for waiver in &mut self.waivers[first_waiver..] {
            if waiver.target == Some(narrow) {
                waiver.target = Some(wide);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Checks and reason, or the faulty words.
    type Shown<'c> = Result<(Vec<&'c str>, Option<String>), &'c str>;

    fn parts(comment: &str) -> Option<Shown<'_>> {
        let parts = read(comment)?;
        Some(match parts {
            Ok(parts) => Ok((parts.checks.into_iter().map(|range| &comment[range]).collect(), parts.reason)),
            Err(words) => Err(&comment[words]),
        })
    }

    #[test]
    fn names_and_reason() {
        let good = |names: &[&'static str], reason: Option<&str>| Some(Ok((names.to_vec(), reason.map(str::to_owned))));
        assert_eq!(parts("<!-- dama: allow number: why not -->"), good(&["number"], Some("why not")));
        assert_eq!(
            parts("<!--dama:allow number, extra-block:\n  a note: for\n  readers-->"),
            good(&["number", "extra-block"], Some("a note: for readers"))
        );
        assert_eq!(parts("<!-- dama：allow number、date：译者注 -->"), good(&["number", "date"], Some("译者注")));
        assert_eq!(parts("<!-- dama: allow number -->"), good(&["number"], None));
        assert_eq!(parts("<!-- dama: allow number: -->"), good(&["number"], None));
    }

    #[test]
    fn other_comments_are_left_alone() {
        for comment in
            ["<!-- a note -->", "<!-- dama-pub is good -->", "<!---->", "<!-->", "<!--->", "<!-- damaged: allow x -->"]
        {
            assert_eq!(parts(comment), None, "{comment}");
        }
    }

    #[test]
    fn what_is_meant_for_us_must_be_understood() {
        assert_eq!(parts("<!-- dama: alow number: x -->"), Some(Err("dama: alow number: x")));
        assert_eq!(parts("<!-- dama allow number: x -->"), Some(Err("dama allow number: x")));
        assert_eq!(parts("<!-- dama: allow : x -->"), Some(Err("dama: allow : x")));
        assert_eq!(parts("<!-- dama: allowed -->"), Some(Err("dama: allowed")));
    }
}
