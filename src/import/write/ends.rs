//! Ends of runs and of looks: what is blank stands outside, and neighbours of one look are one.

use super::super::Inline;
use super::looks::looks;

pub(super) fn push_text(out: &mut Vec<Inline>, text: &str) {
    match out.last_mut() {
        _ if text.is_empty() => {}
        Some(Inline::Text(before)) => before.push_str(text),
        _ => out.push(Inline::Text(text.to_owned())),
    }
}

/// Puts a look behind others: two of the same are one.
pub(super) fn push_joined(out: &mut Vec<Inline>, made: Inline) {
    let same = |a: &Inline, b: &Inline| looks(a).is_some() && std::mem::discriminant(a) == std::mem::discriminant(b);
    if let Some(last) = out.last_mut().filter(|last| same(last, &made)) {
        let body = match (last, made) {
            (Inline::Emphasis(a), Inline::Emphasis(b))
            | (Inline::Strong(a), Inline::Strong(b))
            | (Inline::Strike(a), Inline::Strike(b))
            | (Inline::Subscript(a), Inline::Subscript(b))
            | (Inline::Superscript(a), Inline::Superscript(b))
            | (Inline::Underline(a), Inline::Underline(b))
            | (Inline::Highlight(a), Inline::Highlight(b)) => Some((a, b)),
            // Two keys are two keys.
            (_, made) => {
                out.push(made);
                None
            }
        };
        if let Some((a, b)) = body {
            b.into_iter().for_each(|inline| match inline {
                Inline::Text(text) => push_text(a, &text),
                other => a.push(other),
            });
        }
        return;
    }
    out.push(made);
}

fn is_blank(c: char) -> bool {
    c.is_whitespace() && c != '\u{a0}'
}

/// Takes the blank at the beginning of a run.
pub(super) fn cut_start(run: &mut Vec<Inline>) -> String {
    let Some(Inline::Text(text)) = run.first_mut() else { return String::new() };
    let rest = text.trim_start_matches(is_blank).to_owned();
    let cut = text[..text.len() - rest.len()].to_owned();
    *text = rest;
    if text.is_empty() {
        run.remove(0);
    }
    cut
}

/// Takes the blank at the end of a run.
pub(super) fn cut_end(run: &mut Vec<Inline>) -> String {
    let Some(Inline::Text(text)) = run.last_mut() else { return String::new() };
    let kept = text.trim_end_matches(is_blank).len();
    let cut = text.split_off(kept);
    if text.is_empty() {
        run.pop();
    }
    cut
}

/// Leaves out blanks and breaks at the ends of a run, and blanks around breaks.
pub(super) fn trim(run: &mut Vec<Inline>) {
    while matches!(run.first(), Some(Inline::Break)) || !cut_start(run).is_empty() {
        if matches!(run.first(), Some(Inline::Break)) {
            run.remove(0);
        }
    }
    while matches!(run.last(), Some(Inline::Break)) || !cut_end(run).is_empty() {
        if matches!(run.last(), Some(Inline::Break)) {
            run.pop();
        }
    }
    for at in 0..run.len() {
        let (next, before) = (matches!(run.get(at + 1), Some(Inline::Break)), at > 0 && run[at - 1] == Inline::Break);
        if let Inline::Text(text) = &mut run[at] {
            if next {
                text.truncate(text.trim_end_matches(is_blank).len());
            }
            if before {
                *text = text.trim_start_matches(is_blank).to_owned();
            }
        }
    }
    run.retain(|inline| !matches!(inline, Inline::Text(text) if text.is_empty()));
}
