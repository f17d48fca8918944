use super::english::words;
use super::foreign::is_foreign;
use crate::align::lexicon::Lexicon;
use crate::align::{Unit, UnitKind};
use crate::checks::prose::Prose;
use crate::checks::{Check, Context};
use crate::diagnostic::{Diagnostic, Severity};

pub(in crate::checks) const CHECK: Check = Check {
    name: "untranslated-block",
    summary: "a block stands in the other language",
    default_level: Severity::Error,
    docs: include_str!("untranslated_block.md"),
    run,
};

fn run(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for (_, _, pair) in context.pairs() {
        for unit in &pair.targets {
            let same = pair.sources.iter().find(|source| equal(&source.text, &unit.text));
            if is_foreign(&Prose::of(unit, context.sources).text, unit.lang) {
                // Words of another that stand beside their translation are a citation.
                let severity = if pair.sources.is_empty() || pair.targets.len() > 1 { Severity::Warning } else { Severity::Error };
                let source = same.or(pair.sources.first());
                found.push(finding(context, unit, source, severity));
            } else if let Some(source) = same.filter(|source| is_text(context, source)) {
                found.push(finding(context, unit, Some(source), Severity::Warning));
            }
        }
        for unit in pair.sources.iter().filter(|unit| is_foreign(&Prose::of(unit, context.sources).text, unit.lang)) {
            found.push(finding(context, unit, None, Severity::Warning));
        }
    }
}

fn finding(context: &Context<'_>, unit: &Unit<'_>, source: Option<&Unit<'_>>, severity: Severity) -> Diagnostic {
    let other = if *unit.lang == context.alignment.target { &context.alignment.source } else { &context.alignment.target };
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

/// Whether a text that is the same in both languages has words to translate: ordinary words that are no term of the book
/// as they stand. A short text of capitalised words may be a name.
fn is_text(context: &Context<'_>, source: &Unit<'_>) -> bool {
    let prose = Prose::of(source, context.sources);
    let lexicon = Lexicon::shipped();
    let ordinary = |word: &str| {
        let mut known = false;
        crate::align::lang::en::stems(word, &mut |stem| known |= lexicon.english.number(stem).is_some());
        known
    };
    let words: Vec<&str> = words(&prose.text).map(|(_, word)| word).collect();
    let small = words.iter().filter(|word| word.starts_with(|c: char| c.is_ascii_lowercase())).count();
    let heading = matches!(source.kind, UnitKind::Heading(_) | UnitKind::Meta(_));
    source.lang.primary() == "en"
        && words.len() >= 2
        && words.iter().all(|word| ordinary(word))
        && (small > 0 || heading && words.len() > 2)
}
