use std::ops::Range;

use super::super::compare::{Change, Item, changes};
use super::super::habits::Habits;
use super::super::{Check, Context, Look};
use super::{added, missing};
use crate::align::Unit;
use crate::diagnostic::{Diagnostic, Severity};
use crate::lang;
use crate::model::{Inline, InlineKind};
use crate::source::Span;

pub(in crate::checks) const CHECK: Check = Check {
    name: Check::code("placeholder"),
    group: "references",
    summary: msg!("a placeholder such as {{name}} or %d is missing in the translation, or spelled otherwise"),
    default_level: Severity::Warning,
    page: page!("placeholder"),
    look: Look::Text(run),
};

fn run(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let (source, target) = (&context.alignment.source, &context.alignment.target);
    let compared = changes(context, &|unit| placeholders(unit, context), false);
    let mut habits = Habits::of(CHECK.name);
    let left_out =
        msg!("{target} leaves out the placeholders of {source}", target = target.name(), source = source.name());
    habits.kept(&left_out, compared.all_kept());
    for change in joined(compared.changes) {
        match (&change.lost, &change.extra) {
            (Some(lost), Some(extra)) => {
                let severity = severity(&lost.key, &extra.key);
                habits.alone(super::finding(CHECK.name, severity, msg!("placeholder"), &change, source, target));
            }
            (Some(lost), None) if !stands(context, change.targets, &lost.key) => {
                let message = missing(msg!("placeholder"), &lost.shown, target);
                let finding = Diagnostic::warning(CHECK.name, message);
                let hint = msg!("a program or a reader puts something in its place: write it in both languages");
                habits.deviation(left_out.clone(), super::at_change(finding, &change, source).hint(hint));
            }
            (None, Some(extra)) if !stands(context, change.sources, &extra.key) => {
                let message = added(msg!("placeholder"), &extra.shown, source);
                habits.alone(super::at_change(Diagnostic::warning(CHECK.name, message), &change, source));
            }
            _ => {}
        }
    }
    habits.report(found);
}

/// How grave it is that one placeholder stands for another: a program knows no other name. A name in the letters of the
/// language may be one for readers, and the tags of a text may differ.
fn severity(lost: &str, extra: &str) -> Severity {
    let of_programs = lost.is_ascii() && extra.is_ascii() && !lost.starts_with(['<', '&']);
    if of_programs && sigil(lost) == sigil(extra) { Severity::Error } else { Severity::Warning }
}

/// Changes in which a lost placeholder of a pair of units is joined with the one of its form that is new there.
fn joined(changes: Vec<Change<'_>>) -> Vec<Change<'_>> {
    let mut joined: Vec<Change<'_>> = Vec::new();
    for change in changes {
        let fits = |other: &Change<'_>| {
            let (Some(lost), None) = (&other.lost, &other.extra) else { return false };
            let (None, Some(extra)) = (&change.lost, &change.extra) else { return false };
            std::ptr::eq(other.sources, change.sources) && sigil(&lost.key) == sigil(&extra.key)
        };
        match joined.iter_mut().find(|other| fits(other)) {
            Some(other) => other.extra = change.extra,
            None => joined.push(change),
        }
    }
    joined
}

/// Whether some units have a placeholder too: as code, in an address, once for twice, or translated for the reader who fills
/// it in: `<your name>`.
fn stands(context: &Context<'_>, units: &[Unit<'_>], key: &str) -> bool {
    let translated = |text: &str| {
        let mut inside = text.split('<').skip(1);
        key.starts_with('<') && inside.any(|inside| inside.starts_with(|c: char| c.is_alphabetic() && !c.is_ascii()))
    };
    units.iter().map(|unit| context.sources.snippet(unit.span)).any(|text| text.contains(key) || translated(text))
}

/// The placeholders in a unit's text outside code, formulas and addresses.
fn placeholders<'a>(unit: &'a Unit<'a>, context: &Context<'_>) -> Vec<Item> {
    // A text that speaks of braces shows what stands in them.
    let explained = lang::of(unit.lang).references().words("brace").iter().any(|word| unit.text.contains(word));
    let mut items = Vec::new();
    super::inlines(unit, &mut |inline: &'a Inline| {
        let InlineKind::Text(text) = &inline.kind else { return };
        let exact = context.sources.snippet(inline.span) == text;
        for place in find(text) {
            if explained && text[place.clone()].starts_with('{') {
                continue;
            }
            let at = inline.span.start + place.start;
            let span = if exact { Span::new(inline.span.file, at..at + place.len()) } else { inline.span };
            items.push(Item::of(span, text[place].to_owned()));
        }
    });
    items
}

/// The form of a placeholder: what it begins with, and the sign behind that.
fn sigil(key: &str) -> &str {
    ["${", "%(", "{{", "</"].into_iter().find(|sigil| key.starts_with(sigil)).unwrap_or_else(|| &key[..1])
}

/// The places of all placeholders of a text, in order.
fn find(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(start) = text[at..].find(['{', '%', '$', '<', ':', '&']).map(|n| at + n) {
        match length(&text[..start], &text[start..]) {
            Some(length) => {
                found.push(start..start + length);
                at = start + length;
            }
            None => at = start + 1,
        }
    }
    found
}

/// The length of the placeholder that a text begins with, if it begins with one.
fn length(before: &str, text: &str) -> Option<usize> {
    let before = before.chars().next_back();
    let word = before.is_some_and(|c| c.is_ascii_alphanumeric());
    match text.as_bytes()[0] {
        b'{' if text.starts_with("{{") => enclosed(text, "{{", "}}", is_name),
        b'{' => enclosed(text, "{", "}", is_field),
        b'$' if text.starts_with("${") => enclosed(text, "${", "}", is_name),
        b'$' if !word => Some(1 + variable(&text[1..])?),
        b'%' if !word && before != Some('%') => conversion(text),
        // A type and its parameter: Vec<T>.
        b'<' if word && text[1..].starts_with(|c: char| c.is_ascii_uppercase()) => None,
        b'<' => tag(text),
        b'&' => enclosed(text, "&", ";", is_entity),
        b':' if before.is_some_and(|c| "/ “（(".contains(c)) => parameter(text),
        _ => None,
    }
}

/// The length of what stands between two signs, if it has this form.
fn enclosed(text: &str, open: &str, close: &str, is: fn(&str) -> bool) -> Option<usize> {
    let inside = text.strip_prefix(open)?;
    let end = inside.find(close)?;
    is(&inside[..end]).then_some(open.len() + end + close.len())
}

/// A name as programs have them, with spaces around it or parts after stops: `user.name`.
fn is_name(text: &str) -> bool {
    let of_name = |c: char| c.is_alphanumeric() || "_.-".contains(c);
    let name = text.trim_matches(' ');
    name.starts_with(|c: char| c.is_alphabetic() || c == '_') && name.chars().all(of_name) && name.chars().count() <= 40
}

/// What may stand in braces: nothing, a number or a name, each with a format behind a colon.
fn is_field(text: &str) -> bool {
    let (name, format) = text.split_once([':', '!']).unwrap_or((text, ""));
    let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    let format = format.len() <= 8 && format.bytes().all(|b| b.is_ascii_graphic());
    format && (digits(name) && name.len() <= 2 || !name.contains(' ') && is_name(name))
}

fn is_entity(text: &str) -> bool {
    let name = text.strip_prefix('#').unwrap_or(text);
    (2..=10).contains(&name.len()) && name.bytes().all(|b| b.is_ascii_alphanumeric())
}

/// The length of the name of a variable of more than one letter: `$x` may be half a formula.
fn variable(text: &str) -> Option<usize> {
    let end = text.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(text.len());
    let name = &text[..end];
    let starts = name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_');
    (starts && name.len() > 1).then_some(end)
}

/// The length of a conversion as `printf` knows them: `%d`, `%5.2f`, `%1$s`, `%(name)s`.
fn conversion(text: &str) -> Option<usize> {
    let mut rest = &text[1..];
    if let Some(named) = rest.strip_prefix('(') {
        let (name, behind) = named.split_once(')')?;
        rest = is_name(name).then_some(behind)?;
    }
    let rest = rest.trim_start_matches(|c: char| c.is_ascii_digit() || "-+#.$*'".contains(c));
    let rest = rest.trim_start_matches(['l', 'h', 'z']);
    let ends = rest.starts_with(|c: char| "diouxXeEfFgGcsaApn@%YmHMSBbyj".contains(c));
    let behind = rest.get(1..)?;
    let apart = !behind.starts_with(|c: char| c.is_ascii_alphanumeric());
    (ends && apart && !rest.starts_with('%')).then_some(text.len() - behind.len())
}

/// The length of a tag; what it says besides its name is no part of it.
fn tag(text: &str) -> Option<usize> {
    let inside = text[1..].strip_prefix('/').unwrap_or(&text[1..]);
    let end = inside.find(|c: char| !c.is_ascii_alphanumeric() && !"-_ ".contains(c))?;
    let name = inside[..end].trim_end();
    let closed = inside[end..].starts_with('>') || inside[end..].starts_with("/>");
    let words = name.split([' ', '-', '_']).count();
    (closed && words <= 4 && name.starts_with(|c: char| c.is_ascii_alphabetic())).then(|| {
        let behind = if inside[end..].starts_with('/') { 2 } else { 1 };
        text.len() - inside.len() + end + behind
    })
}

/// The length of a parameter of a path or a query: `/:id`, `:name`.
fn parameter(text: &str) -> Option<usize> {
    let of_name = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let end = text[1..].find(|c| !of_name(c)).map_or(text.len(), |n| n + 1);
    let starts = text[1..end].starts_with(|c: char| c.is_ascii_lowercase());
    (starts && end > 2 && !text[end..].starts_with([':', '-', '+'])).then_some(end)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<&str> {
        find(text).into_iter().map(|place| &text[place]).collect()
    }

    #[test]
    fn placeholders_of_many_programs() {
        for (text, expected) in [
            ("Hello, {name}! You have {0} of {1:.2f} {{ total }}", &["{name}", "{0}", "{1:.2f}", "{{ total }}"][..]),
            ("Copied %d of %1$s files, %(size)s, %5.2f", &["%d", "%1$s", "%(size)s", "%5.2f"]),
            ("Set ${HOME} or $PATH.", &["${HOME}", "$PATH"]),
            ("Press <b>Save</b> on <your-host>", &["<b>", "</b>", "<your-host>"]),
            ("Open /users/:id/posts", &[":id"]),
            ("Write &nbsp; here", &["&nbsp;"]),
            ("共{count}个，%s", &["{count}", "%s"]),
        ] {
            assert_eq!(found(text), expected, "{text}");
        }
    }

    #[test]
    fn ordinary_prose_has_none() {
        for text in [
            "a 50% discount, 30%d",
            "I <3 you, a < b and c > d",
            "it costs $5 or US$30, $x",
            "the set {1, 2, 3} and { braces explained }",
            "at 10:30, note: this; a ratio of 2:1",
            "R&D; Q&A; a Vec<T>",
            "很好 :smile: 再见",
            "100%的人；50%、60%",
            "A%20B",
        ] {
            assert!(found(text).is_empty(), "{text}: {:?}", found(text));
        }
    }
}
