//! What a line begins with, or is as a whole.

use super::super::page::MASK;
use super::{Line, Place, Places, one, whole};
use crate::lang::cjk::is_han;

pub(in super::super) fn heading_without_space(place: Place<'_>) -> Places {
    whole(place.line, |text| {
        let marks = text.bytes().take_while(|b| *b == b'#').count();
        let rest = &text[marks..];
        let begins = rest.starts_with(|c: char| !matches!(c, ' ' | '\t' | '#')) && (1..=6).contains(&marks);
        // One sign may begin the name of a topic, or a number.
        let alone = || {
            let ends = rest.ends_with(['。', '，', '！', '？', '.', ',', '!', '?', ';', '；']);
            place.above.is_blank()
                && place.below.is_blank()
                && !ends
                && !rest.contains('#')
                && rest.starts_with(char::is_alphabetic)
        };
        begins && (marks > 1 || alone())
    })
}

pub(in super::super) fn wide_heading(place: Place<'_>) -> Places {
    whole(place.line, |text| text.starts_with('＃') && !text.trim_start_matches(['＃', '#']).contains(['＃', '#']))
}

/// Signs at the end of a heading that have no space before them.
pub(in super::super) fn heading_end(place: Place<'_>) -> Places {
    let Line { text, written, .. } = place.line;
    let begins = text.find(|c| c != MASK).unwrap_or(text.len());
    let opens = written[..begins].trim_matches([' ', '>']);
    let heading = !opens.is_empty() && opens.bytes().all(|b| b == b'#');
    let text = text.trim_end();
    let end = text.trim_end_matches('#').len();
    one((heading && text.len() - end > 1 && end > begins).then_some(end..text.len()))
}

pub(in super::super) fn underline(place: Place<'_>) -> Places {
    whole(place.line, |text| text.len() >= 3 && text.bytes().all(|b| b == b'='))
}

/// Signs of a list that a keyboard gives instead of `-` and a space.
pub(in super::super) fn wide_list(place: Place<'_>) -> Places {
    let is_marker = |text: &str| {
        let wide = text.strip_prefix(['－', '＋', '＊']).is_some_and(|rest| rest.starts_with([' ', '\u{3000}']));
        wide || text.strip_prefix(['-', '*', '+']).is_some_and(|rest| rest.starts_with('\u{3000}'))
    };
    whole(place.line, is_marker)
}

/// Numbers, dots or dashes at the beginning of two lines that run together to one paragraph.
pub(in super::super) fn run_on_list(place: Place<'_>) -> Places {
    let broken = place.above.written.ends_with('\\') || place.above.written.ends_with("  ");
    let listed = is_item(place.above.begins()) && !broken;
    whole(place.line, |text| listed && is_item(text))
}

fn is_item(text: &str) -> bool {
    let mut chars = text.chars();
    let Some(first) = chars.next() else { return false };
    let rest = chars.as_str();
    if matches!(first, '•' | '●' | '○' | '■' | '◆' | '▪' | '◦' | '\u{f0b7}') || ('①'..='⑳').contains(&first)
    {
        return !rest.trim().is_empty();
    }
    if matches!(first, '-' | '–' | '·' | '*' | '+') {
        return rest.starts_with(|c: char| is_han(c) || c == ' ');
    }
    let text = text.trim_start_matches(['（', '(']);
    let number = text.len()
        - text
            .trim_start_matches(|c: char| c.is_ascii_digit() || "０１２３４５６７８９一二三四五六七八九十".contains(c))
            .len();
    let after = &text[number..];
    let wide = |after: &str| after.starts_with(is_han);
    let closed = after.starts_with(['、', '）', '．'])
        || after.starts_with(')') && first == '('
        || after.strip_prefix(['.', ')']).is_some_and(wide);
    (1..=9).contains(&number) && closed
}

/// A backslash at the end of a paragraph, where no line follows that it could break.
pub(in super::super) fn last_backslash(place: Place<'_>) -> Places {
    let text = place.line.text.trim_end();
    let ends = place.below.is_blank() && text.ends_with('\\');
    one(ends.then(|| text.len() - 1..text.len()))
}

/// Lines with a bar before each, as pandoc writes verse.
pub(in super::super) fn line_block(place: Place<'_>) -> Places {
    let is_verse = |line: Line<'_>| line.begins().starts_with("| ") && line.written.matches(['|', '｜']).count() == 1;
    whole(place.line, |_| !is_verse(place.above) && is_verse(place.line) && is_verse(place.below))
}

/// A paragraph behind a colon, as pandoc writes the caption of a table.
pub(in super::super) fn caption(place: Place<'_>) -> Places {
    let alone = place.above.is_blank() && place.below.is_blank();
    whole(place.line, |text| alone && text.strip_prefix(": ").is_some_and(|rest| !rest.trim().is_empty()))
}

pub(in super::super) fn wide_quotation(place: Place<'_>) -> Places {
    whole(place.line, |text| text.starts_with('＞'))
}

/// `[!NOTE]` in a quotation.
pub(in super::super) fn alert(place: Place<'_>) -> Places {
    let Some(head) = place.line.head.filter(|head| place.line.written[..*head].contains('>')) else {
        return Vec::new();
    };
    let Some(end) = place.line.begins().strip_prefix("[!").and_then(|rest| rest.find(']')) else { return Vec::new() };
    one(place.line.text[head + 2..head + 2 + end]
        .chars()
        .all(|c| c.is_ascii_alphabetic())
        .then_some(head..head + end + 3))
}

/// `!!! note` and `??? note`.
pub(in super::super) fn admonition(place: Place<'_>) -> Places {
    whole(place.line, |text| {
        let rest =
            text.strip_prefix("!!! ").or_else(|| text.strip_prefix("??? ")).or_else(|| text.strip_prefix("???+ "));
        rest.is_some_and(|rest| rest.starts_with(|c: char| c.is_alphabetic()))
    })
}

pub(in super::super) fn tab(place: Place<'_>) -> Places {
    whole(place.line, |text| ["=== \"", "=== “"].iter().any(|start| text.starts_with(start)))
}

pub(in super::super) fn wide_container(place: Place<'_>) -> Places {
    whole(place.line, |text| {
        let colons = text.chars().take_while(|c| matches!(c, ':' | '：')).count();
        colons >= 3 && text.starts_with([':', '：']) && !text.starts_with(":::")
    })
}

/// Two lines with bars at their ends, without the line that makes a table of them.
pub(in super::super) fn table(place: Place<'_>) -> Places {
    let is_row = |line: Line<'_>| {
        let text = line.begins().trim_end();
        text.starts_with(['|', '｜']) && text.ends_with(['|', '｜']) && text.matches(['|', '｜']).count() > 1
    };
    // A line under the head that does not fit is an error of its own, unless it has other signs than such lines.
    let is_rule = |line: Line<'_>| is_row(line) && line.begins().chars().all(|c| !c.is_alphanumeric() && c != '.');
    let lines = [place.above, place.line, place.below];
    let first = !is_row(place.above) && is_row(place.line) && is_row(place.below);
    whole(place.line, |_| first && !lines.into_iter().any(is_rule))
}

/// Two lines that begin with full-width bars.
pub(in super::super) fn wide_table(place: Place<'_>) -> Places {
    let is_row = |line: Line<'_>| line.begins().starts_with('｜') && line.begins().matches('｜').count() > 1;
    whole(place.line, |_| !is_row(place.above) && is_row(place.line) && is_row(place.below))
}

pub(in super::super) fn grid(place: Place<'_>) -> Places {
    whole(place.line, |text| {
        text.len() > 3
            && text.starts_with('+')
            && text.ends_with('+')
            && text.bytes().all(|b| matches!(b, b'+' | b'-' | b'=' | b':'))
    })
}

pub(in super::super) fn contents(place: Place<'_>) -> Places {
    const FORMS: [&str; 7] = ["[toc]", "[[toc]]", "[[_toc_]]", "{:toc}", "{{toc}}", "@[toc]", "${toc}"];
    whole(place.line, |text| FORMS.contains(&text.to_ascii_lowercase().as_str()) || text == "[目录]")
}
