use super::super::compare::{Change, Item, alike, changes};
use super::super::habits::Habits;
use super::super::{Check, Context, Look};
use super::listing::{self, Judgement, Listing, Syntax, wording};
use super::{added, missing};
use crate::align::{Pair, Unit};
use crate::diagnostic::{Diagnostic, Severity};
use crate::lang::cjk::is_han;
use crate::message::Message;
use crate::model::{Inline, InlineKind, Lang};

pub(in crate::checks) const CHECK: Check = Check {
    name: Check::code("code-span"),
    group: "references",
    summary: msg!("inline code differs in the translation"),
    default_level: Severity::Warning,
    page: page!("code_span"),
    look: Look::Text(run),
};

/// The most letters by which mistyped code differs.
const SLIP: usize = 2;

fn run(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let mut habits = Habits::of(CHECK.name);
    let compared = changes(context, &spans, false);
    let (source, target) = (&context.alignment.source, &context.alignment.target);
    for (code, kept) in &compared.kept {
        habits.kept(&unmarked(code, target), *kept);
        habits.kept(&unmarked(code, source), *kept);
    }
    habits.kept(&left_out(source, target), compared.all_kept());
    for change in with_translations(compared.changes) {
        match (&change.lost, &change.extra) {
            (Some(lost), Some(extra)) if has_han(lost) != has_han(extra) => {
                translated(context, &change, lost, extra, &mut habits);
            }
            (Some(lost), Some(extra)) if alike(&lost.key, &extra.key) => {
                let severity = if is_cut_otherwise(context, &change, lost, extra) {
                    Severity::Info
                } else {
                    severity(&lost.key, &extra.key)
                };
                found.push(super::finding(CHECK.name, severity, msg!("code"), &change, source, target));
            }
            (Some(lost), _) => one_sided(context, &change, lost, true, &mut habits),
            (None, Some(extra)) => one_sided(context, &change, extra, false, &mut habits),
            (None, None) => {}
        }
    }
    habits.report(found);
}

/// The code in a unit's text. The width of marks and the space beside them is that of the text around it.
fn spans<'a>(unit: &'a Unit<'a>) -> Vec<Item> {
    let mut found = Vec::new();
    super::super::compare::inlines(unit, &mut |inline: &Inline| {
        if let InlineKind::Code(text) = &inline.kind {
            let shown = text.split_whitespace().collect::<Vec<_>>().join(" ");
            let key = wording::plain(text).replace(", ", ",");
            found.push(Item { span: inline.span, key, shown: Message::data(shown) });
        }
    });
    found
}

fn has_han(item: &Item) -> bool {
    item.key.chars().any(is_han)
}

/// Makes one change of code that is lost and of code with Chinese words that is added beside it, or the other way round.
fn with_translations(changes: Vec<Change<'_>>) -> Vec<Change<'_>> {
    let mut out: Vec<Change<'_>> = Vec::new();
    let mut rest = Vec::new();
    for change in changes {
        match (&change.lost, &change.extra) {
            (Some(_), Some(_)) => out.push(change),
            _ => rest.push(change),
        }
    }
    // First what is surely the same code, then what stands in the same order.
    for surely in [true, false] {
        let mut left: Vec<Change<'_>> = Vec::new();
        for change in rest {
            let counterpart = change.extra.as_ref().and_then(|extra| {
                left.iter().position(|other| {
                    let lost = other.lost.as_ref().filter(|lost| has_han(lost) != has_han(extra));
                    std::ptr::eq(other.sources, change.sources)
                        && other.extra.is_none()
                        && lost.is_some_and(|lost| !surely || is_same_code(&lost.key, &extra.key))
                })
            });
            match counterpart {
                Some(at) => {
                    let lost = left.remove(at);
                    out.push(Change { extra: change.extra, ..lost });
                }
                None => left.push(change),
            }
        }
        rest = left;
    }
    out.extend(rest);
    out
}

/// Whether code differs only in strings and text, which are translated.
fn is_same_code(a: &str, b: &str) -> bool {
    let syntax = Syntax::of([None, None]);
    let (a, b) = (Listing::of(a, syntax), Listing::of(b, syntax));
    let (compared, judged) = listing::compare(&a, &b);
    !compared.pairs.is_empty() && !judged.contains(&Judgement::Changed)
}

/// Reports code that has Chinese words in one language only.
fn translated(context: &Context<'_>, change: &Change<'_>, lost: &Item, extra: &Item, habits: &mut Habits) {
    if is_same_code(&lost.key, &extra.key) {
        return;
    }
    let (source, target) = (&context.alignment.source, &context.alignment.target);
    let foreign = if has_han(lost) { &extra.key } else { &lost.key };
    // Words between backticks are words; a name or a keyword is code.
    let words =
        foreign.contains(' ') && foreign.chars().all(|c| c.is_alphabetic() || matches!(c, ' ' | '-' | '\'' | ','));
    let severity = if words { Severity::Info } else { Severity::Warning };
    let finding = super::finding(CHECK.name, severity, msg!("code"), change, source, target);
    habits.deviation(msg!("words that are marked as code are translated"), finding);
}

/// A letter more or less is a slip. Other signs, a plural, more or less of a name, or another variable are a matter of style.
fn severity(a: &str, b: &str) -> Severity {
    let letters = |code: &str| code.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
    let (x, y) = (letters(a), letters(b));
    if x == y {
        Severity::Info
    } else if x.contains(&y) || y.contains(&x) || strsim::levenshtein(&x, &y) > SLIP || is_renamed(a, b) {
        Severity::Warning
    } else {
        Severity::Error
    }
}

/// Whether the longer of two stretches of code stands in the other text too, of which less is marked as code there.
fn is_cut_otherwise(context: &Context<'_>, change: &Change<'_>, lost: &Item, extra: &Item) -> bool {
    let (long, other) = if lost.key.len() > extra.key.len() { (lost, change.targets) } else { (extra, change.sources) };
    lost.key.len() != extra.key.len() && is_written_in_one(context, &long.key, other)
}

fn is_written_in_one(context: &Context<'_>, code: &str, units: &[Unit<'_>]) -> bool {
    units.iter().any(|unit| is_written_in(code, context.sources.snippet(unit.span)))
}

/// Whether code differs only in variables of one letter, or a number stands in place of one.
fn is_renamed(a: &str, b: &str) -> bool {
    let syntax = Syntax::of([None, None]);
    let (a, b) = (Listing::of(a, syntax), Listing::of(b, syntax));
    let letter = |text: &str| text.len() == 1 && text.chars().all(|c| c.is_ascii_alphabetic());
    let number = |text: &str| text.chars().all(|c| c.is_ascii_digit());
    let mut pairs = a.tokens.iter().zip(&b.tokens).map(|(a, b)| (a.text, b.text)).filter(|(a, b)| a != b);
    a.tokens.len() == b.tokens.len()
        && pairs.all(|(a, b)| letter(a) && letter(b) || letter(a) && number(b) || number(a) && letter(b))
}

/// Whether a text has code as plain words, perhaps without its brackets and quotation marks and in other letters.
fn is_written_in(code: &str, text: &str) -> bool {
    let inner = code.trim_matches(|c: char| !c.is_alphanumeric());
    if inner.is_empty() {
        // Signs may stand apart: `{}`, and `{` and `}`.
        return code.chars().all(|sign| text.contains(sign));
    }
    if inner.chars().all(char::is_alphanumeric) {
        let apart = |c: char| !c.is_alphanumeric() || is_han(c);
        let same = |word: &str| word.eq_ignore_ascii_case(inner) || word.strip_suffix('s') == Some(inner);
        return text.contains(code) || inner.chars().count() > 1 && text.split(apart).any(same);
    }
    let bare = |text: &str| {
        let letters = text.chars().filter(|c| !matches!(c, '`' | '*' | '_') && !c.is_whitespace());
        letters.flat_map(char::to_lowercase).collect::<String>()
    };
    bare(&wording::plain(text)).contains(&bare(inner))
}

fn one_sided(context: &Context<'_>, change: &Change<'_>, item: &Item, lost: bool, habits: &mut Habits) {
    let (source, target) = (&context.alignment.source, &context.alignment.target);
    let (with, without) = if lost { (source, target) } else { (target, source) };
    let others: &[Unit<'_>] = if lost { change.targets } else { change.sources };
    let there = is_written_in_one(context, &item.key, others);
    let (severity, message, hint, habit) = if there {
        let message = msg!(
            "‘{code}’ is marked as code in {with}, but not in {without}",
            code = &item.shown,
            with = with.name(),
            without = without.name()
        );
        let hint = msg!("put it between backticks in both languages");
        (Severity::Info, message, hint, unmarked(&item.key, without))
    } else if lost {
        // Chinese words between backticks are emphasised, and no code; signs may be called by their names.
        let plain = has_han(item) || !item.key.chars().any(char::is_alphanumeric);
        let severity = if plain || is_named_beside(context, change, item) { Severity::Info } else { Severity::Warning };
        let message = missing(msg!("code"), &item.shown, target);
        (severity, message, msg!("write it in both languages"), left_out(source, target))
    } else {
        let message = added(msg!("code"), &item.shown, source);
        let habit = msg!("{target} has code where {source} has none", target = target.name(), source = source.name());
        (Severity::Info, message, msg!("write it in both languages"), habit)
    };
    let finding = Diagnostic::new(severity, CHECK.name, message).hint(hint);
    habits.deviation(habit, finding.at(change.place()).label(change.other(), Message::empty()));
}

/// Whether the text beside a unit of the translation names some code, so that a pronoun may stand for it here.
fn is_named_beside(context: &Context<'_>, change: &Change<'_>, item: &Item) -> bool {
    let Some((chapter, at, _)) = context.pairs().find(|(_, _, pair)| std::ptr::eq(&pair.targets[..], change.targets))
    else {
        return false;
    };
    let text = |pair: &&Pair<'_>| pair.targets.iter().any(|unit| !unit.text.trim().is_empty());
    let before = chapter.pairs[..at].iter().rev().find(text);
    before.is_some_and(|pair| is_written_in_one(context, &item.key, &pair.targets))
}

fn unmarked(code: &str, without: &Lang) -> Message {
    msg!("‘{code}’ is not marked as code in {language}", code, language = without.name())
}

fn left_out(source: &Lang, target: &Lang) -> Message {
    msg!("{target} leaves out the code of {source}", target = target.name(), source = source.name())
}
