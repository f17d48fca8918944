use std::collections::HashSet;
use std::sync::OnceLock;

use crate::align::lang::zh::simplified;
use crate::checks::prose::Prose;
use crate::checks::{Check, Context};
use crate::diagnostic::{Diagnostic, Severity};
use crate::model::Lang;

pub(in crate::checks) const CHECK: Check = Check {
    name: "wrong-script",
    group: "language",
    summary: "Traditional characters in a Simplified text, or the reverse",
    default_level: Severity::Error,
    docs: include_str!("wrong_script.md"),
    docs_zh: include_str!("wrong_script.zh.md"),
    run,
};

/// Characters with a simplified form that Simplified Chinese keeps, in names above all.
const KEPT: &str = "後徵於甯砦鍾甦濬珮";

fn run(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for lang in context.langs().into_iter().filter(|lang| lang.is_chinese()) {
        let (other, wrong): (_, fn(char) -> bool) =
            if is_traditional(lang) { ("Simplified", only_simplified) } else { ("Traditional", only_traditional) };
        for prose in context.prose(lang) {
            if let Some(finding) = look(prose, other, wrong) {
                found.push(finding);
            }
        }
    }
}

/// Whether a language is written in Traditional characters, by its tag.
fn is_traditional(lang: &Lang) -> bool {
    let mut parts = lang.tag().split('-').skip(1).peekable();
    match parts.peek() {
        Some(&"Hans") => false,
        _ => parts.any(|part| matches!(part, "Hant" | "TW" | "HK" | "MO")),
    }
}

/// One finding for all such characters of a unit. Japanese is no wrong Chinese.
fn look(prose: &Prose<'_>, other: &str, wrong: fn(char) -> bool) -> Option<Diagnostic> {
    if prose.text.contains(|c| ('\u{3041}'..='\u{30ff}').contains(&c)) {
        return None;
    }
    let places: Vec<(usize, char)> = prose.text.char_indices().filter(|(_, c)| wrong(*c)).collect();
    let (&(first, _), &(last, end)) = (places.first()?, places.last()?);
    let mut shown: Vec<char> = places.iter().map(|(_, c)| *c).collect();
    shown.dedup();
    // A link to another language names it in its own writing.
    if shown.len() == 1 && prose.marked(first) {
        return None;
    }
    let list: String = shown.iter().take(8).collect();
    let finding = Diagnostic::error(CHECK.name, format!("{other} characters in {}: {list}", prose.lang))
        .at(prose.place(first..last + end.len_utf8()));
    if other == "Simplified" {
        return Some(finding.hint("write the Traditional forms"));
    }
    let forms: String = shown.iter().take(8).map(|c| simplified(*c)).collect();
    let mut finding = finding.hint(format!("write {forms}"));
    for (at, c) in places {
        if let Some(span) = prose.exact(at..at + c.len_utf8()) {
            finding = finding.edit(span, simplified(c));
        }
    }
    Some(finding)
}

fn only_traditional(c: char) -> bool {
    simplified(c) != c && !KEPT.contains(c)
}

fn only_simplified(c: char) -> bool {
    static FORMS: OnceLock<HashSet<char>> = OnceLock::new();
    let forms = FORMS.get_or_init(|| {
        include_str!("simplified.txt").lines().filter(|line| !line.starts_with('#')).flat_map(str::chars).collect()
    });
    forms.contains(&c)
}
