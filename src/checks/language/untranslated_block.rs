use super::foreign::{is_foreign, is_ordinary};
use crate::align::{MetaField, Unit, UnitKind};
use crate::checks::prose::{Prose, is_readable};
use crate::checks::{Check, Context, Look};
use crate::diagnostic::{Diagnostic, Severity};
use crate::lang::en::function::words;
use crate::lang::zh::is_han;
use crate::lang::{self, OBJECT, Script};

pub(in crate::checks) const CHECK: Check = Check {
    name: Check::code("untranslated-block"),
    group: "language",
    summary: msg!("a block is in the other language"),
    default_level: Severity::Error,
    page: page!("untranslated_block"),
    look: Look::Text(run),
};

fn run(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for (_, _, pair) in context.pairs() {
        for unit in pair.targets.iter().filter(|unit| is_readable(unit, context.sources)) {
            let same = pair.sources.iter().find(|source| equal(&source.text, &unit.text));
            let severity = match grade(context, unit, same.is_some()) {
                // Words in the other language beside their translation are a quotation.
                Some(Severity::Error) if pair.sources.is_empty() || pair.targets.len() > 1 => Severity::Warning,
                Some(severity) => severity,
                None => continue,
            };
            found.push(finding(context, unit, same.or(pair.sources.first()), severity));
        }
        for unit in pair.sources.iter().filter(|unit| is_readable(unit, context.sources)) {
            if grade(context, unit, false).is_some() {
                found.push(finding(context, unit, None, Severity::Warning));
            }
        }
    }
}

/// How grave it is that a unit has this text; `same` if the source has the same text.
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
    if is_short_title(unit, text) && !is_term() {
        return Some(Severity::Error);
    }
    if !is_foreign(text, unit.lang) {
        // Two words may be a name after all.
        let severity = if words(text).count() > 2 { Severity::Warning } else { Severity::Info };
        return (same && is_text(unit, text) && !is_term()).then_some(severity);
    }
    // Who said it, and where: names and titles may stay as they are.
    if same && text.starts_with(['—', '–']) {
        return Some(Severity::Info);
    }
    // What is left in letters may be a name; what is left in characters is not.
    if unit.lang.script() == Script::Latin || lang::of(unit.lang).is_foreign_clause(text) && !named {
        return Some(Severity::Error);
    }
    (same && !is_term() && !(named && words(text).count() < 5)).then_some(Severity::Warning)
}

/// Whether a title, a heading or a caption is in Chinese alone. What a language without letters writes in two or three
/// characters is a whole title, and no name: names are headed by their spelling in letters.
fn is_short_title(unit: &Unit<'_>, text: &str) -> bool {
    let titled = match unit.kind {
        UnitKind::Heading(_) | UnitKind::Caption => true,
        UnitKind::Meta(field) => field != MetaField::Byline,
        _ => false,
    };
    let letters = |c: &char| c.is_alphabetic() || *c == OBJECT;
    titled && unit.lang.script() == Script::Latin && {
        let mut letters = text.chars().filter(letters).peekable();
        letters.peek().is_some() && letters.all(is_han)
    }
}

fn finding(context: &Context<'_>, unit: &Unit<'_>, source: Option<&Unit<'_>>, severity: Severity) -> Diagnostic {
    let other =
        if *unit.lang == context.alignment.target { &context.alignment.source } else { &context.alignment.target };
    let (kind, language) = (unit.kind.word(), unit.lang.name());
    let message = msg!("this {kind} is in {other}, not in {language}", kind, other = other.name(), language);
    let finding = Diagnostic::new(severity, CHECK.name, message)
        .at_with(unit.span, msg!("left untranslated"))
        .hint(msg!("translate it into {language}", language = unit.lang.name()));
    match source {
        Some(source) => finding.label(source.span, msg!("the text in {language}", language = source.lang.name())),
        None => finding,
    }
}

fn equal(a: &str, b: &str) -> bool {
    !a.trim().is_empty() && a.split_whitespace().eq(b.split_whitespace())
}

/// Whether a text that is the same in both languages has words to translate: ordinary lowercase words, or a heading of
/// several words. A short text of capitalised words may be a name.
fn is_text(unit: &Unit<'_>, text: &str) -> bool {
    let words: Vec<&str> = words(text).map(|(_, word)| word).collect();
    let small = words.iter().filter(|word| word.starts_with(|c: char| c.is_ascii_lowercase())).count();
    let heading = matches!(unit.kind, UnitKind::Heading(_) | UnitKind::Meta(_));
    let english = unit.lang.script() != Script::Latin && !text.chars().any(|c| c.is_alphabetic() && !c.is_ascii());
    english
        && words.iter().all(|word| is_ordinary(word))
        && (small > 0 && words.len() > 2 || heading && words.len() > 1)
}
