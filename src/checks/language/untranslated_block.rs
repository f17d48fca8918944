use super::english::words;
use super::foreign::{is_clause, is_foreign};
use crate::align::lang::en::stems;
use crate::align::lexicon::Lexicon;
use crate::align::{Unit, UnitKind};
use crate::checks::prose::{Prose, is_written};
use crate::checks::{Check, Context};
use crate::diagnostic::{Diagnostic, Severity};

pub(in crate::checks) const CHECK: Check = Check {
    name: "untranslated-block",
    group: "language",
    summary: "a block stands in the other language",
    default_level: Severity::Error,
    docs: include_str!("untranslated_block.md"),
    docs_zh: include_str!("untranslated_block.zh.md"),
    run,
};

fn run(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for (_, _, pair) in context.pairs() {
        for unit in pair.targets.iter().filter(|unit| is_written(unit, context.sources)) {
            let same = pair.sources.iter().find(|source| equal(&source.text, &unit.text));
            let severity = match grade(context, unit, same.is_some()) {
                // Words of another that stand beside their translation are a citation.
                Some(Severity::Error) if pair.sources.is_empty() || pair.targets.len() > 1 => Severity::Warning,
                Some(severity) => severity,
                None => continue,
            };
            found.push(finding(context, unit, same.or(pair.sources.first()), severity));
        }
        for unit in pair.sources.iter().filter(|unit| is_written(unit, context.sources)) {
            if grade(context, unit, false).is_some() {
                found.push(finding(context, unit, None, Severity::Warning));
            }
        }
    }
}

/// How grave it is that a unit has the text that it has; `same` says that it is the text of the source.
fn grade(context: &Context<'_>, unit: &Unit<'_>, same: bool) -> Option<Severity> {
    let prose = Prose::of(unit, context.sources);
    let text = prose.text.trim();
    let is_term = || {
        let mut forms = context.book.glossary.terms.iter().flat_map(|term| term.forms(unit.lang));
        forms.any(|form| form.value.eq_ignore_ascii_case(text))
    };
    // The text of a link alone is the name of what it leads to.
    let named = text
        .char_indices()
        .all(|(at, c)| c == ' ' || prose.marked(at + prose.text.len() - prose.text.trim_start().len()));
    if !is_foreign(text, unit.lang) {
        // Two words may be a name after all.
        let severity = if words(text).count() > 2 { Severity::Warning } else { Severity::Info };
        return (same && is_text(unit, text) && !is_term()).then_some(severity);
    }
    match () {
        // Who said it, and where: names and titles may stay as they are.
        () if same && text.starts_with(['—', '–']) => Some(Severity::Info),
        () if !unit.lang.is_chinese() || is_clause(text) && !named => Some(Severity::Error),
        () if same && !is_term() && !(named && words(text).count() < 5) => Some(Severity::Warning),
        () => None,
    }
}

fn finding(context: &Context<'_>, unit: &Unit<'_>, source: Option<&Unit<'_>>, severity: Severity) -> Diagnostic {
    let other =
        if *unit.lang == context.alignment.target { &context.alignment.source } else { &context.alignment.target };
    let message = format!("this {} is in {other}, not in {}", unit.kind.name(), unit.lang);
    let finding = Diagnostic::new(severity, CHECK.name, message)
        .at_with(unit.span, "left untranslated")
        .hint(format!("translate it into {}", unit.lang));
    match source {
        Some(source) => finding.label(source.span, format!("the text in {}", source.lang)),
        None => finding,
    }
}

fn equal(a: &str, b: &str) -> bool {
    !a.trim().is_empty() && a.split_whitespace().eq(b.split_whitespace())
}

/// Whether a text that is the same in both languages has words to translate: ordinary words in small letters, or a
/// heading of several. A short text of capitalised words may be a name.
fn is_text(unit: &Unit<'_>, text: &str) -> bool {
    let lexicon = Lexicon::shipped();
    let ordinary = |word: &str| {
        let mut known = false;
        stems(word, &mut |stem| known |= lexicon.english.number(stem).is_some());
        known
    };
    let words: Vec<&str> = words(text).map(|(_, word)| word).collect();
    let small = words.iter().filter(|word| word.starts_with(|c: char| c.is_ascii_lowercase())).count();
    let heading = matches!(unit.kind, UnitKind::Heading(_) | UnitKind::Meta(_));
    let english = unit.lang.is_chinese() && !text.chars().any(|c| c.is_alphabetic() && !c.is_ascii());
    english && words.iter().all(|word| ordinary(word)) && (small > 0 && words.len() > 2 || heading && words.len() > 1)
}
