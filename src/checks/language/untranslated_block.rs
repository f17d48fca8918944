use super::foreign::{is_foreign, is_ordinary};
use super::frame;
use super::kept::Kept;
use super::labels;
use crate::align::{ChapterPair, MetaField, Unit, UnitKind};
use crate::checks::habits::Habits;
use crate::checks::prose::is_readable;
use crate::checks::{Check, Context, Look, quotation};
use crate::diagnostic::{Diagnostic, Severity};
use crate::lang::en::function::{is_titled, words};
use crate::lang::zh::is_han;
use crate::lang::{self, OBJECT, Script};
use crate::message::Message;
use crate::model::{BlockKind, Lang};

pub(in crate::checks) const CHECK: Check = Check {
    name: Check::code("untranslated-block"),
    group: "language",
    summary: msg!("a block is in the other language"),
    default_level: Severity::Error,
    page: page!("untranslated_block"),
    look: Look::Text(run),
};

/// The most words of a name with its place, or of who said something.
const FEW: usize = 8;

/// The fewest blocks in the other language of a chapter that is mostly untranslated.
const MANY: usize = 8;

fn run(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let mut habits = Habits::of(CHECK.name);
    let kept = Kept::of(context);
    for chapter in &context.alignment.chapters {
        for translated in [true, false] {
            texts_of(context, chapter, translated, &kept, &mut habits).report(found);
        }
    }
    habits.report(found);
    for (source, target) in context.translations() {
        found.extend(labelled(target, source, &kept));
        found.extend(labelled(source, target, &kept));
    }
}

/// Words on a chart or a figure of note that were left in the other language.
fn labelled(unit: &Unit<'_>, other: &Unit<'_>, kept: &Kept<'_>) -> Option<Diagnostic> {
    let words = labels::left(unit, other, kept)?;
    let (kind, language) = (unit.kind.word(), other.lang.name());
    let message = msg!("words on this {kind} are in {language}: {words}", kind, language, words);
    let severity = if unit.lang.script() == Script::Latin { Severity::Error } else { Severity::Warning };
    let finding = Diagnostic::new(severity, CHECK.name, message)
        .at_with(unit.span, msg!("left untranslated"))
        .label(other.span, msg!("the text in {language}", language = other.lang.name()))
        .hint(msg!("translate it into {language}", language = unit.lang.name()));
    Some(finding)
}

/// What is found in the texts of a chapter, either of the translation or of the source.
fn texts_of(
    context: &Context<'_>,
    chapter: &ChapterPair<'_>,
    translated: bool,
    kept: &Kept<'_>,
    habits: &mut Habits,
) -> Texts {
    let mut texts = Texts::default();
    for (at, pair) in chapter.pairs.iter().enumerate() {
        let (units, others) = if translated { (&pair.targets, &pair.sources) } else { (&pair.sources, &pair.targets) };
        for unit in units.iter().filter(|unit| is_readable(unit, context.sources)) {
            let severity = judged(context, unit, others, translated, kept).map(|severity| match severity {
                // Words in the other language beside their translation are a quotation.
                Severity::Error if others.is_empty() || units.len() > 1 => Severity::Warning,
                _ => severity,
            });
            if severity.is_none_or(|_| !quotation::is_given_twice(chapter, at)) {
                let others = if translated { &others[..] } else { &[] };
                note(context, unit, others, severity, &mut texts, habits);
            }
        }
    }
    texts
}

/// The texts of one language of a chapter.
#[derive(Default)]
struct Texts {
    /// Those that are in the other language.
    findings: Vec<Diagnostic>,
    /// All of them.
    count: usize,
    /// The other language and the own one, once there is such a text.
    langs: Option<(Message, Message)>,
}

impl Texts {
    /// Reports each text that is in the other language; where most of a chapter are, that is told once.
    fn report(mut self, found: &mut Vec<Diagnostic>) {
        let count = self.findings.len();
        if let (true, Some((other, language))) = (count >= MANY && 2 * count > self.count, self.langs.take()) {
            let all = self.count;
            let message = msg!(
                "{count} of the {all} blocks of text in this chapter are in {other}, not in {language}",
                count,
                all,
                other,
                language
            );
            let gravest = self.findings.iter().map(|finding| finding.severity).max();
            let first = self.findings.into_iter().next().expect("there are many");
            found.push(Diagnostic { severity: gravest.unwrap_or(first.severity), message, ..first });
        } else {
            found.append(&mut self.findings);
        }
    }
}

/// How grave it is that a unit has its text, if it is in the other language. A source that is in the language of the translation
/// may be quoted there.
fn judged(
    context: &Context<'_>,
    unit: &Unit<'_>,
    others: &[Unit<'_>],
    translated: bool,
    kept: &Kept<'_>,
) -> Option<Severity> {
    if is_attribution(context, unit, others) {
        return None;
    }
    let same = others.iter().any(|other| equal(&other.text, &unit.text));
    if same && unit.lang.script() != Script::Latin && is_heading(unit) && kept.is_left(unit.text.trim(), unit.lang) {
        return Some(Severity::Warning);
    }
    if !translated {
        return grade(context, unit, false).map(|_| Severity::Warning);
    }
    grade(context, unit, same)
}

fn is_heading(unit: &Unit<'_>) -> bool {
    matches!(unit.kind, UnitKind::Heading(_) | UnitKind::Meta(MetaField::Title | MetaField::Subtitle))
}

/// Notes what was found of a unit, if anything was. What a translation never translates in a kind of markup is a habit.
fn note(
    context: &Context<'_>,
    unit: &Unit<'_>,
    others: &[Unit<'_>],
    severity: Option<Severity>,
    texts: &mut Texts,
    habits: &mut Habits,
) {
    let other =
        if *unit.lang == context.alignment.target { &context.alignment.source } else { &context.alignment.target };
    let habit = frame::of(unit.span, context.sources).map(|frame| frame.habit(other.name()));
    texts.count += usize::from(severity.is_some() || lang::of(unit.lang).is_prose(&unit.text));
    match (severity, habit) {
        (Some(severity), habit) => {
            let same = others.iter().find(|other| equal(&other.text, &unit.text));
            let finding = finding(unit, other, same.or(others.first()), severity);
            match habit {
                Some(habit) => habits.deviation(habit, finding),
                None => {
                    texts.langs = Some((other.name(), unit.lang.name()));
                    texts.findings.push(finding);
                }
            }
        }
        (None, Some(habit)) if unit.text.chars().any(char::is_alphabetic) => habits.kept(&habit, 1),
        _ => {}
    }
}

/// Whether a unit says who said something and where, in a few words or in a link: names and titles may stay as they are.
fn is_attribution(context: &Context<'_>, unit: &Unit<'_>, others: &[Unit<'_>]) -> bool {
    let dashed = |unit: &Unit<'_>| unit.text.trim_start().starts_with(['—', '–']);
    if !dashed(unit) || !others.iter().any(dashed) {
        return false;
    }
    let prose = context.prose_of(unit);
    let linked = prose.text.char_indices().filter(|(at, _)| prose.marked(*at)).count();
    2 * linked > prose.text.chars().count() || words(&prose.text).count() <= FEW
}

/// How grave it is that a unit has this text; `same` if the source has the same text.
fn grade(context: &Context<'_>, unit: &Unit<'_>, same: bool) -> Option<Severity> {
    let prose = context.prose_of(unit);
    let text = prose.text.trim();
    let is_term = || {
        let mut forms = context.book.glossary.terms.iter().flat_map(|term| term.forms(unit.lang));
        forms.any(|form| form.value.eq_ignore_ascii_case(text))
    };
    // The text of a link alone is the name of what it leads to.
    let named = text
        .char_indices()
        .all(|(at, c)| c == ' ' || prose.marked(at + prose.text.len() - prose.text.trim_start().len()));
    if is_short_title(context, unit, text) && !is_term() {
        return Some(Severity::Error);
    }
    if !is_foreign(text, unit.lang) {
        // Two words may be a name after all.
        let severity = if words(text).count() > 2 { Severity::Warning } else { Severity::Info };
        return (same && is_text(unit, text) && !is_term()).then_some(severity);
    }
    if is_name(unit, text) {
        return None;
    }
    // What is left in letters may be a name; what is left in characters is not.
    if unit.lang.script() == Script::Latin || lang::of(unit.lang).is_foreign_clause(text) && !named {
        return Some(Severity::Error);
    }
    (same && !is_term() && !(named && words(text).count() < 5)).then_some(Severity::Warning)
}

/// Whether a title, a heading, a caption or the head of a column is in Chinese alone. What a language without letters
/// writes in two or three characters is a whole title, and no name: names are headed by their spelling in letters.
fn is_short_title(context: &Context<'_>, unit: &Unit<'_>, text: &str) -> bool {
    let mut letters = text.chars().filter(|c| c.is_alphabetic() || *c == OBJECT).peekable();
    unit.lang.script() == Script::Latin
        && letters.peek().is_some()
        && letters.all(is_han)
        && match unit.kind {
            UnitKind::Heading(_) | UnitKind::Caption => true,
            UnitKind::Meta(field) => field != MetaField::Byline,
            UnitKind::Cell => is_column_head(context, unit),
            _ => false,
        }
}

fn is_column_head(context: &Context<'_>, cell: &Unit<'_>) -> bool {
    let heads = |unit: &Unit<'_>| match unit.block.map(|block| &block.kind) {
        Some(BlockKind::Table(table)) => table.head.iter().flatten().map(|head| head.span).collect(),
        _ => Vec::new(),
    };
    let units = || context.pairs().flat_map(|(_, _, pair)| pair.sources.iter().chain(&pair.targets));
    context.column_heads.get_or_init(|| units().flat_map(heads).collect()).contains(&cell.span)
}

fn finding(unit: &Unit<'_>, other: &Lang, source: Option<&Unit<'_>>, severity: Severity) -> Diagnostic {
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

/// Whether a text is a name or a title: few words, capitalised but for those that names have inside them. A heading is not.
fn is_name(unit: &Unit<'_>, text: &str) -> bool {
    let heading = matches!(unit.kind, UnitKind::Heading(_) | UnitKind::Meta(_));
    !heading && unit.lang.script() != Script::Latin && words(text).count() <= FEW && is_titled(text)
}

/// Whether a text that is the same in both languages has words to translate: ordinary lowercase words, or a heading of
/// several words. A short text of capitalised words may be a name, and what has signs inside its words is code.
fn is_text(unit: &Unit<'_>, text: &str) -> bool {
    let words: Vec<&str> = words(text).map(|(_, word)| word).collect();
    let small = words.iter().filter(|word| word.starts_with(|c: char| c.is_ascii_lowercase())).count();
    let heading = matches!(unit.kind, UnitKind::Heading(_) | UnitKind::Meta(_));
    let english = unit.lang.script() != Script::Latin && !text.chars().any(|c| c.is_alphabetic() && !c.is_ascii());
    english
        && !is_code(text)
        && words.iter().all(|word| is_ordinary(word))
        && (small > 0 && words.len() > 2 || heading && words.len() > 1)
}

/// Whether a text without marks is code: a list or record in brackets, or most of it names with signs inside
/// (`checks.active.host`, `/blog/*`, `array[string]`).
fn is_code(text: &str) -> bool {
    let bracketed =
        [('[', ']'), ('{', '}')].into_iter().any(|(open, close)| text.starts_with(open) && text.ends_with(close));
    let plain = |word: &str| {
        let word = word.trim_matches(|c: char| matches!(c, '.' | ',' | ':' | ';' | '!' | '?' | '(' | ')' | '"' | '\''));
        !word.is_empty() && word.chars().all(|c| c.is_ascii_alphabetic() || matches!(c, '-' | '\''))
    };
    let written: Vec<&str> = text.split_whitespace().filter(|word| word.contains(char::is_alphanumeric)).collect();
    bracketed || 2 * written.iter().filter(|word| plain(word)).count() < written.len().max(1)
}
