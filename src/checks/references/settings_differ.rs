use std::collections::BTreeMap;

use serde_yaml::Value;

use super::address::{canonical, localised, neutral};
use crate::align::{Unit, UnitKind};
use crate::checks::habits::Habits;
use crate::checks::{Check, Context, Look};
use crate::diagnostic::{Diagnostic, Severity};
use crate::lang::{self, person};
use crate::message::Message;
use crate::model::{BlockKind, Chapter, Fence, Inline, InlineKind, Lang, WrittenOption, walk};
use crate::source::Span;

pub(in crate::checks) const CHECK: Check = Check {
    name: Check::code("settings-differ"),
    group: "references",
    summary: msg!("a setting that is not text differs between languages"),
    default_level: Severity::Error,
    page: page!("settings_differ"),
    look: Look::Text(run),
};

/// The endings of the names of pictures.
const PICTURES: [&str; 8] = [".png", ".jpg", ".jpeg", ".svg", ".webp", ".gif", ".pdf", ".avif"];

fn run(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let mut habits = Habits::of(CHECK.name);
    for chapter in &context.alignment.chapters {
        if let (Some(source), Some(target)) = (chapter.source, chapter.target) {
            heads(context, source, target, found);
            given_once(source, target, &mut habits);
        }
    }
    habits.report(found);
    found.extend(book(context));
    for (source, target) in context.translations() {
        if let (Some(theirs), Some(ours)) = (code(source), code(target)) {
            fences(context, theirs, ours, found);
        }
        if !matches!((source.kind, target.kind), (UnitKind::Qr, UnitKind::Qr)) {
            continue;
        }
        let (theirs, ours) = (source.shown.unwrap_or_default(), target.shown.unwrap_or_default());
        if !same_words(theirs, ours) {
            let key = Message::data("data");
            found.push(finding(context, &key, [(theirs, source.span), (ours, target.span)], Severity::Error));
        }
    }
}

/// The texts of `book.yaml` that one of the two languages lacks. What the source lacks is told once.
fn book(context: &Context<'_>) -> Vec<Diagnostic> {
    let (source, target) = (&context.alignment.source, &context.alignment.target);
    let first = context.book.languages.get(1) == Some(target);
    let mut found = Vec::new();
    for text in &context.book.meta.lacking {
        for lang in text.langs.iter().filter(|lang| *lang == target || *lang == source && first) {
            let message = msg!("`{key}` is not given in {language}", key = &text.key, language = lang.name());
            let hint = msg!("give it in every language");
            found.push(Diagnostic::warning(CHECK.name, message).at(text.span).hint(hint));
        }
    }
    found
}

/// The fence of a listing, its text and its place.
fn code<'a>(unit: &Unit<'a>) -> Option<(&'a Fence, &'a str, Span)> {
    match unit.block.map(|block| &block.kind) {
        Some(BlockKind::Code { fence, text, .. }) => Some((fence, text, fence.span.unwrap_or(unit.span))),
        _ => None,
    }
}

/// The numbered and the marked lines of two listings. Of two that are not equally long the marked lines are only counted.
fn fences(
    context: &Context<'_>,
    (theirs, text, there): (&Fence, &str, Span),
    (ours, other, here): (&Fence, &str, Span),
    found: &mut Vec<Diagnostic>,
) {
    let long = |text: &str| text.lines().count();
    let alike =
        if long(text) == long(other) { theirs.marked == ours.marked } else { theirs.marked.len() == ours.marked.len() };
    if !alike {
        let (was, is) = (written(&theirs.marked), written(&ours.marked));
        found.push(finding(context, &Message::data("hl"), [(&was, there), (&is, here)], Severity::Error));
    }
    if theirs.first != ours.first {
        let [was, is] =
            [theirs.first, ours.first].map(|first| first.map_or_else(String::new, |first| first.to_string()));
        found.push(finding(context, &Message::data("lines"), [(&was, there), (&is, here)], Severity::Error));
    }
}

/// Lines as an author writes them: `3,5-7`.
fn written(lines: &[usize]) -> String {
    let runs = lines.chunk_by(|a, b| a + 1 == *b).filter_map(|run| Some((run.first()?, run.last()?)));
    let parts: Vec<String> =
        runs.map(|(first, last)| if first == last { first.to_string() } else { format!("{first}-{last}") }).collect();
    parts.join(",")
}

/// The front matter of two chapters.
fn heads(context: &Context<'_>, source: &Chapter, target: &Chapter, found: &mut Vec<Diagnostic>) {
    let (theirs, ours) = (&source.meta, &target.meta);
    let titles = [theirs.title.span, ours.title.span];
    if theirs.role != ours.role {
        let values = [theirs, ours].map(|meta| (meta.role.name(), meta.role_span.unwrap_or(meta.title.span)));
        found.push(finding(context, &Message::data("role"), values, Severity::Error));
    }
    let themes = [(&theirs.theme, titles[0]), (&ours.theme, titles[1])]
        .map(|(theme, title)| theme.as_ref().map_or(("", title), |theme| (theme.value.as_str(), theme.span)));
    if themes[0].0 != themes[1].0 {
        found.push(finding(context, &Message::data("theme"), themes, Severity::Error));
    }
    if let (Some((was, there)), Some((is, here))) = (opening(source), opening(target))
        && !same_words(was, is)
    {
        found.push(finding(context, &Message::data("image"), [(was, there), (is, here)], Severity::Warning));
    }
    let bylines = [source, target].map(|chapter| Some((chapter.meta.byline.as_ref()?, &chapter.lang)));
    if let [Some((was, there)), Some((is, here))] = bylines {
        let texts = [(was.value.as_str(), there, was.span), (is.value.as_str(), here, is.span)];
        found.extend(people(context, "byline", texts));
    }
    for (name, written) in &theirs.extra {
        if let Some(other) = ours.extra.get(name) {
            let before = found.len();
            options(context, name, [written, other], found);
            if let (Value::String(was), Value::String(is), true) =
                (&written.value.value, &other.value.value, before == found.len())
            {
                let texts =
                    [(was.as_str(), &source.lang, written.value.span), (is.as_str(), &target.lang, other.value.span)];
                found.extend(people(context, name, texts));
            }
        }
    }
}

/// The path of the picture at a chapter's opening, and where it stands.
fn opening(chapter: &Chapter) -> Option<(&str, Span)> {
    let image = chapter.meta.image.as_ref()?;
    let mut path = None;
    walk::blocks(std::slice::from_ref(image), &mut |block| {
        walk::own_inlines(block, &mut |run| {
            if let [Inline { kind: InlineKind::Image(shown), span }] = run {
                path = Some((shown.path.as_str(), *span));
            }
        });
    });
    path
}

/// Two texts that name people and nothing else, but not as many.
fn people(
    context: &Context<'_>,
    key: &str,
    [(was, there, place), (is, here, own)]: [(&str, &Lang, Span); 2],
) -> Option<Diagnostic> {
    let (theirs, ours) = (person::count(was, there)?, person::count(is, here)?);
    let number = |count: usize| plural!(people = count, "{people} person", "{people} people");
    (theirs != ours).then(|| numbers(context, key, [(number(theirs), place), (number(ours), own)]))
}

/// A key that holds more in one language.
fn numbers(context: &Context<'_>, key: &str, [(theirs, there), (ours, here)]: [(Message, Span); 2]) -> Diagnostic {
    let language = context.alignment.source.name();
    let message = msg!("`{key}` has {ours} here, but {theirs} in {language}", key, ours, theirs, language = &language);
    Diagnostic::warning(CHECK.name, message)
        .at(here)
        .label(there, msg!("in {language}", language))
        .hint(msg!("give as many in every language"))
}

/// The keys of front matter that one of two chapters has. What only words say may be left out in one language; what tells of
/// the translation belongs to it alone.
fn given_once(source: &Chapter, target: &Chapter, habits: &mut Habits) {
    let theirs = given(source);
    let ours = given(target);
    let both = theirs.keys().filter(|key| ours.contains_key(*key));
    for key in both {
        for chapter in [source, target] {
            habits.kept(&alone(key, &chapter.lang), 1);
        }
    }
    for (own, other, chapter, away) in [(&theirs, &ours, source, target), (&ours, &theirs, target, source)] {
        for (key, given) in own.iter().filter(|(key, _)| !other.contains_key(*key)) {
            let finding = Diagnostic::new(given.severity, CHECK.name, alone(key, &chapter.lang))
                .at(given.span)
                .label(away.meta.title.span, msg!("not set in {language}", language = away.lang.name()))
                .hint(msg!("set it in every language, or in none"));
            habits.deviation(alone(key, &chapter.lang), finding);
        }
    }
}

/// What a translation does that sets a key in one language alone.
fn alone(key: &str, lang: &Lang) -> Message {
    msg!("`{key}` is set in {language} alone", key, language = lang.name())
}

/// A key of front matter with its place, and how grave it is that the other language has none.
struct Given {
    span: Span,
    severity: Severity,
}

/// The keys of a chapter's front matter that are in every language where they are in one.
fn given(chapter: &Chapter) -> BTreeMap<&str, Given> {
    let meta = &chapter.meta;
    let lines = [("subtitle", &meta.subtitle), ("byline", &meta.byline)];
    let lines = lines.into_iter().filter_map(|(key, line)| {
        let span = line.as_ref()?.span;
        Some((key, Given { span, severity: Severity::Warning }))
    });
    let others =
        meta.extra.iter().filter(|(key, _)| !key.to_ascii_lowercase().contains("translat")).map(|(key, option)| {
            let wordless = matches!(&option.value.value, Value::Bool(_) | Value::Number(_))
                || scalar(&option.value.value).is_some_and(|text| is_wordless(&text));
            let severity = if wordless { Severity::Warning } else { Severity::Info };
            (key.as_str(), Given { span: option.key, severity })
        });
    let image = meta.image.as_ref().map(|image| ("image", Given { span: image.span, severity: Severity::Warning }));
    lines.chain(image).chain(others).collect()
}

/// One key that the front matter of both chapters has.
fn options(context: &Context<'_>, name: &str, [theirs, ours]: [&WrittenOption; 2], found: &mut Vec<Diagnostic>) {
    if let (Value::Sequence(some), Value::Sequence(others)) = (&theirs.value.value, &ours.value.value)
        && some.len() != others.len()
    {
        let number = |count: usize| plural!(entries = count, "{entries} entry", "{entries} entries");
        let counts = [(number(some.len()), theirs.value.span), (number(others.len()), ours.value.span)];
        return found.push(numbers(context, name, counts));
    }
    let mut changes = Vec::new();
    differences(name, &theirs.value.value, &ours.value.value, &mut changes);
    for (key, [was, is]) in changes {
        let values = [(was.as_str(), theirs.value.span), (is.as_str(), ours.value.span)];
        found.push(finding(context, &Message::data(key.as_str()), values, Severity::Warning));
    }
}

/// What differs between two values that ought not to, each under its path of keys.
fn differences(key: &str, theirs: &Value, ours: &Value, changes: &mut Vec<(String, [String; 2])>) {
    match (theirs, ours) {
        (Value::Mapping(some), Value::Mapping(others)) => {
            for (name, value) in some {
                if let (Some(other), Some(name)) = (others.get(name), name.as_str()) {
                    differences(&format!("{key}.{name}"), value, other, changes);
                }
            }
        }
        (Value::Sequence(some), Value::Sequence(others)) if some.len() == others.len() => {
            some.iter().zip(others).for_each(|(value, other)| differences(key, value, other, changes));
        }
        _ => {
            let (Some(was), Some(is)) = (scalar(theirs), scalar(ours)) else { return };
            let wordless =
                matches!((theirs, ours), (Value::Bool(_), Value::Bool(_)) | (Value::Number(_), Value::Number(_)));
            if was != is && (wordless || is_wordless(&was) && is_wordless(&is)) && !same_words(&was, &is) {
                changes.push((key.to_owned(), [was, is]));
            }
        }
    }
}

fn scalar(value: &Value) -> Option<String> {
    match value {
        Value::Bool(value) => Some(value.to_string()),
        Value::Number(value) => Some(value.to_string()),
        Value::String(text) => Some(text.trim().to_owned()),
        _ => None,
    }
}

/// Whether a value is the same in every language: an address, the path of a picture, a date.
fn is_wordless(text: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    let one = !text.is_empty() && !text.contains(char::is_whitespace);
    let dated = text.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'-' | b'/' | b'.' | b':'));
    one && (text.contains("://") || dated || PICTURES.iter().any(|ending| lower.ends_with(ending)))
}

/// Whether two values are equal, or are two addresses that differ in what names the language.
fn same_words(theirs: &str, ours: &str) -> bool {
    let [a, b] = [theirs, ours].map(canonical);
    theirs == ours
        || lang::in_address(theirs) && lang::in_address(ours)
        || neutral(&a) == neutral(&b)
        || localised(&a, &b)
}

fn finding(
    context: &Context<'_>,
    key: &Message,
    [(was, there), (is, here)]: [(&str, Span); 2],
    severity: Severity,
) -> Diagnostic {
    let language = context.alignment.source.name();
    let label = msg!("`{value}` in {language}", value = was, language = &language);
    let message = match (was.is_empty(), is.is_empty()) {
        (true, _) => msg!("`{key}` is `{is}` here, and not set in {language}", key, is, language),
        (_, true) => msg!("`{key}` is not set here, and `{was}` in {language}", key, was, language),
        _ => msg!("`{key}` is `{is}` here, and `{was}` in {language}", key, is, was, language),
    };
    let finding = Diagnostic::new(severity, CHECK.name, message).at(here);
    let finding = if was.is_empty() { finding } else { finding.label(there, label) };
    finding.hint(msg!("give it the same value in every language"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn changed(theirs: &str, ours: &str) -> usize {
        let [theirs, ours] = [theirs, ours].map(|yaml| serde_yaml::from_str(yaml).expect("good YAML"));
        let mut changes = Vec::new();
        differences("key", &theirs, &ours, &mut changes);
        changes.len()
    }

    #[test]
    fn text_is_translated_and_settings_are_not() {
        for (theirs, ours) in [
            ("3", "4"),
            ("true", "false"),
            ("images/lamp.jpg", "images/boat.jpg"),
            ("{opener: lamp.png, sink: 2}", "{opener: boat.png, sink: 2}"),
            ("[2021-03-01]", "[2021-08-01]"),
            ("https://example.org/lamp", "https://example.org/boat"),
        ] {
            assert_eq!(changed(theirs, ours), 1, "{theirs} {ours}");
        }
        for (theirs, ours) in [
            ("油灯", "Lamps"),
            ("images/lamp.zh.jpg", "images/lamp.en.jpg"),
            ("https://example.org/zh/lamp", "https://example.org/en/lamp"),
            ("[油灯, 船]", "[lamp]"),
            ("3", "three"),
            ("zh-Hans", "en"),
            ("AI", "AI in brief"),
            ("[甲, 2]", "[A, 2]"),
        ] {
            assert_eq!(changed(theirs, ours), 0, "{theirs} {ours}");
        }
    }
}
