//! Typst before pandoc sees it.

use std::ops::Range;

use super::Sourced;

/// Writes what pandoc understands otherwise than Typst in another way.
pub(super) fn rewrite(sourced: &mut Sourced) {
    without_rules(sourced);
    spell_references(sourced);
}

/// Takes away rules that set looks under a condition, `show raw: set text(red) if x`: of such a rule pandoc takes all text out that it
/// applies to, and looks are those of the layout anyhow.
fn without_rules(sourced: &mut Sourced) {
    let text = joined(sourced);
    let rules = rules(&text);
    if rules.is_empty() {
        return;
    }
    let mut kept = String::with_capacity(text.len());
    let mut from = 0;
    for rule in rules {
        kept.push_str(&text[from..rule.start]);
        kept.extend(text[rule.clone()].chars().filter(|c| *c == '\n'));
        from = rule.end;
    }
    kept.push_str(&text[from..]);
    set(sourced, &kept);
}

fn joined(sourced: &Sourced) -> String {
    sourced.lines.iter().map(|line| line.text.as_str()).collect::<Vec<_>>().join("\n")
}

fn set(sourced: &mut Sourced, text: &str) {
    for (line, text) in sourced.lines.iter_mut().zip(text.split('\n')) {
        text.clone_into(&mut line.text);
    }
}

/// Writes references to labels with a colon, `@fig:a`, as calls: pandoc ends such a label at the colon.
fn spell_references(sourced: &mut Sourced) {
    let text = joined(sourced);
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    while let Some(step) = text[at..].find(['`', '@']) {
        out.push_str(&text[at..at + step]);
        at += step;
        let rest = &text[at..];
        let length = if rest.starts_with('`') { raw(rest) } else { 1 + name(&rest[1..]) };
        let label = &rest[1..length];
        let is_word = text[..at].ends_with(char::is_alphanumeric);
        match !rest.starts_with('`') && label.contains(':') && !is_word {
            true if !text.contains(&format!("<{label}>")) => out.push_str(&format!("#cite(<{label}>);")),
            true if rest[length..].starts_with('[') => out.push_str(&format!("#link(<{label}>)")),
            true => out.push_str(&format!("#ref(<{label}>);")),
            false => out.push_str(&rest[..length]),
        }
        at += length;
    }
    out.push_str(&text[at..]);
    set(sourced, &out);
}

/// The length of the name of a label with which a text begins.
fn name(text: &str) -> usize {
    let end = text.find(|c: char| !(c.is_alphanumeric() || "_-.:".contains(c))).unwrap_or(text.len());
    text[..end].trim_end_matches(['.', ':']).len()
}

/// The length of raw text with which a text begins.
fn raw(text: &str) -> usize {
    let ticks = text.len() - text.trim_start_matches('`').len();
    let end = if ticks == 2 { None } else { text[ticks..].find(&text[..ticks]) };
    end.map_or(ticks, |end| ticks + end + ticks)
}

/// Where such rules stand, outside of raw text.
fn rules(text: &str) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut at = 0;
    while let Some(step) = text[at..].find(['`', 's']) {
        at += step;
        let rest = &text[at..];
        if rest.starts_with('`') {
            at += raw(rest);
            continue;
        }
        let before = text[..at].chars().next_back();
        let begins = before.is_none_or(|c| c.is_whitespace() || "#{;".contains(c));
        match length(rest).filter(|_| begins) {
            Some(length) => {
                found.push(at - usize::from(before == Some('#'))..at + length);
                at += length;
            }
            None => at += 1,
        }
    }
    found
}

/// The length of a rule with which a text begins.
fn length(text: &str) -> Option<usize> {
    let selector = text.strip_prefix("show ")?;
    let colon = selector.find(':')?;
    let set = selector[colon + 1..].trim_start().strip_prefix("set ")?;
    if selector[..colon].contains(['{', '}', ';', '\n']) {
        return None;
    }
    let open = set.find('(').filter(|open| set[..*open].chars().all(|c| c.is_alphanumeric() || ".-_".contains(c)))?;
    let behind = &set[open..][closed(&set[open..], false)..];
    let condition = behind.trim_start_matches([' ', '\t']).strip_prefix("if ")?;
    Some(text.len() - condition.len() + closed(condition, true))
}

/// How long a text is up to the bracket that closes the one with which it begins; or up to the end of a statement.
fn closed(text: &str, is_statement: bool) -> usize {
    let (mut depth, mut quoted, mut escaped) = (0usize, false, false);
    for (at, c) in text.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' if quoted => escaped = true,
            '"' => quoted = !quoted,
            _ if quoted => {}
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' if depth == 0 => return at,
            ')' | ']' | '}' => {
                depth -= 1;
                if depth == 0 && !is_statement {
                    return at + c.len_utf8();
                }
            }
            '\n' | ';' if depth == 0 && is_statement => return at,
            _ => {}
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::pandoc::source::{form_of, sourced};

    #[test]
    fn rules_under_a_condition_are_taken_away_and_nothing_else() {
        let text = "#show raw: set text(red) if x\n= A\n#let f(doc) = {\n  show math.equation: set text(\n    font: \"a)b\",\n  ) if y != (1, 2); doc\n}\n\
                    #show heading: set text(red)\n#show link: it => it\n`show raw: set text(red) if x` shows: set if";
        let form = form_of("typ").expect("it is known");
        let bytes = sourced(form, text.as_bytes(), "a.typ", &mut |_| None).bytes();
        let wanted = "\n= A\n#let f(doc) = {\n  \n\n; doc\n}\n#show heading: set text(red)\n#show link: it => it\n\
                      `show raw: set text(red) if x` shows: set if\n";
        assert_eq!(String::from_utf8_lossy(&bytes), wanted);
    }

    #[test]
    fn references_to_labels_with_a_colon_are_calls() {
        let text = "See @fig:a. And @fig:a[the figure]; @key, @x:2020; me@b:c `@fig:a`\n= H <fig:a>";
        let form = form_of("typ").expect("it is known");
        let bytes = sourced(form, text.as_bytes(), "a.typ", &mut |_| None).bytes();
        let wanted = "See #ref(<fig:a>);. And #link(<fig:a>)[the figure]; @key, #cite(<x:2020>);; me@b:c `@fig:a`\n= H <fig:a>\n";
        assert_eq!(String::from_utf8_lossy(&bytes), wanted);
    }

    #[test]
    fn a_rule_that_is_never_closed_ends_with_the_text() {
        for text in [
            "show a: set b(",
            "#show a: set b(\"",
            "#show a: set b() if ",
            "#show a: set b() if (",
            "`",
            "```s",
            "#show ",
            "@",
            "@a:",
            "@a:b[",
        ] {
            let _rules = rules(text);
            let form = form_of("typ").expect("it is known");
            let _source = sourced(form, text.as_bytes(), "a.typ", &mut |_| None);
        }
    }
}
