use super::super::compare::inlines;
use super::super::habits::Habits;
use super::super::{Check, Context, Look};
use crate::align::Unit;
use crate::diagnostic::{Diagnostic, Severity};
use crate::lang::zh::is_han;
use crate::message::Message;
use crate::model::{Inline, InlineKind, text};
use crate::source::Span;

pub(in crate::checks) const CHECK: Check = Check {
    name: Check::code("emphasis-lost"),
    group: "references",
    summary: msg!("words emphasised in the source are not emphasised in the translation"),
    default_level: Severity::Info,
    page: page!("emphasis_lost"),
    look: Look::Text(run),
};

fn run(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let (source, target) = (context.alignment.source.name(), context.alignment.target.name());
    let lost_habit = msg!("{target} leaves out the emphasis of {source}", target = &target, source = &source);
    let added_habit = msg!("{target} emphasises what {source} does not", target, source = &source);
    let mut habits = Habits::of(CHECK.name);
    // In a book `literal-markup` was told on reading it.
    let compared = context.book.editions.is_empty();
    for (sources, targets) in context.groups() {
        if compared {
            found.extend(broken(context, sources, targets));
        }
        // Unpaired marks count as text; `literal-markup` reports them.
        if marks(sources) != marks(targets) {
            continue;
        }
        let (theirs, ours) = (emphasised(context, sources), emphasised(context, targets));
        habits.kept(&lost_habit, theirs.len().min(ours.len()));
        let differ = |place, other| {
            let message = msg!(
                "different emphasis: {here} here, {there} in {language}",
                here = count(ours.len()),
                there = count(theirs.len()),
                language = &source
            );
            let label = msg!("in {language}", language = &source);
            Diagnostic::new(Severity::Info, CHECK.name, message).at(place).label(other, label)
        };
        // The title of a book is set in italics in one language and between 《 and 》 in the other.
        let titles = |units: &[Unit<'_>]| units.iter().map(|unit| unit.text.matches('《').count()).sum::<usize>();
        let spare = titles(sources).abs_diff(titles(targets));
        if theirs.len() != ours.len() && theirs.len().abs_diff(ours.len()) <= spare {
            continue;
        }
        if theirs.len() > ours.len() {
            // Which one is lost can only be guessed.
            let lost = theirs[ours.len()];
            let finding = differ(targets[0].span, lost.span).hint(msg!("emphasise the same words in both languages"));
            habits.deviation(lost_habit.clone(), finding);
        } else if ours.len() > theirs.len() {
            let extra = &ours[theirs.len()];
            habits.deviation(added_habit.clone(), differ(extra.span, sources[0].span));
        } else if theirs.is_empty() {
            habits.kept(&added_habit, 1);
        }
    }
    habits.report(found);
}

/// A finding for marks of emphasis that are text in one language, where the other has emphasis or they stand before a word.
fn broken(context: &Context<'_>, sources: &[Unit<'_>], targets: &[Unit<'_>]) -> Option<Diagnostic> {
    let (theirs, ours) = (left_over(context, sources), left_over(context, targets));
    let (mark, other) = match (theirs, ours) {
        (Some(mark), None) => (mark, targets),
        (None, Some(mark)) => (mark, sources),
        _ => return None,
    };
    let label = msg!("in {language}", language = other[0].lang.name());
    (!emphasised(context, other).is_empty() || opens(context, mark)).then(|| {
        Diagnostic::warning(CHECK.name, msg!("a mark of emphasis without its other half"))
            .at(mark)
            .label(other[0].span, label)
            .hint(msg!("write as many `*` before the words as behind them, and no space inside"))
    })
}

/// The place of a mark of emphasis that has no other half: an odd `**` in the text, or a `*` too many beside emphasis.
fn left_over(context: &Context<'_>, units: &[Unit<'_>]) -> Option<Span> {
    if marks(units) % 2 == 1 {
        let place = |unit: &Unit<'_>| unit.text.rfind("**").map(|at| unit.place(at..at + 2));
        return units.iter().rev().find_map(place);
    }
    let emphasis = outermost(units);
    let beside = |inline: &&Inline| {
        let (span, text) = (inline.span, context.sources.get(inline.span.file).text());
        let (head, tail) = (&text[..span.start], &text[span.end..]);
        // What a backslash escapes is meant, and the mark beside one emphasis may be that of another.
        let before =
            head.ends_with('*') && !head.ends_with("\\*") && !emphasis.iter().any(|e| e.span.end == span.start);
        let after = tail.starts_with('*') && !emphasis.iter().any(|e| e.span.start == span.end);
        (before != after).then_some(span)
    };
    emphasis.iter().find_map(beside)
}

/// Whether a mark stands directly before a word and not behind one: what it begins was to be emphasised.
fn opens(context: &Context<'_>, mark: Span) -> bool {
    let text = context.sources.get(mark.file).text();
    let (before, after) = (text[..mark.start].chars().next_back(), text[mark.end..].chars().next());
    context.sources.snippet(mark) == "**"
        && after.is_some_and(char::is_alphabetic)
        && before.is_none_or(|c| is_han(c) || !c.is_alphanumeric())
}

/// The emphasised parts of units that stand in no other.
fn outermost<'a>(units: &[Unit<'a>]) -> Vec<&'a Inline> {
    let mut found: Vec<&Inline> = Vec::new();
    for unit in units {
        inlines(unit, &mut |inline| {
            let emphasis = matches!(inline.kind, InlineKind::Emph(_) | InlineKind::Strong(_));
            if emphasis && !found.last().is_some_and(|last| last.span.encloses(inline.span)) {
                found.push(inline);
            }
        });
    }
    found
}

fn count(places: usize) -> Message {
    if places == 0 { msg!("none") } else { plural!(places, "{places} place", "{places} places") }
}

/// The emphasised parts of units. A gloss in brackets, as in **所有权** (*ownership*), does not count.
fn emphasised<'a>(context: &Context<'_>, units: &[Unit<'a>]) -> Vec<&'a Inline> {
    let mut found = outermost(units);
    found.retain(|inline| !context.is_excused(inline.span) && !is_gloss(context, inline));
    found
}

fn is_gloss(context: &Context<'_>, inline: &Inline) -> bool {
    let (InlineKind::Emph(body) | InlineKind::Strong(body)) = &inline.kind else { return false };
    let upto = context.sources.get(inline.span.file).slice(0..inline.span.start);
    let before = upto.trim_end().chars().next_back();
    let foreign = text::plain(body).is_ascii();
    foreign
        && matches!(before, Some('（' | '(' | '，' | ',' | '/' | '、'))
        && upto.chars().rev().take(60).any(|c| matches!(c, '（' | '('))
}

/// The number of marks of strong emphasis that the text of units has as they are.
fn marks(units: &[Unit<'_>]) -> usize {
    units.iter().map(|unit| unit.text.matches("**").count()).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::manuscript;
    use crate::model::Lang;
    use crate::source::Sources;

    /// How many findings tell of a mark without its other half.
    fn broken(zh: &str, en: &str) -> usize {
        let mut sources = Sources::default();
        let langs = ["en", "zh"].map(|tag| Lang::new(tag).expect("a good tag"));
        let files = [("en.md", en), ("zh.md", zh)].map(|(path, text)| (path.to_owned(), text.to_owned()));
        let book = manuscript::load_pair(&mut sources, files, langs, None);
        let open = crate::checks::check(&book.value, &sources).open;
        open.iter().filter(|found| found.check == CHECK.name && found.severity == Severity::Warning).count()
    }

    #[test]
    fn a_mark_without_its_other_half_is_told() {
        let en = "The crew must **never** leave the boat alone at night.\n";
        for zh in ["船员夜里**绝不要离开渡船。\n", "船员夜里**绝不*要离开渡船。\n", "船员夜里*绝不**要离开渡船。\n"]
        {
            assert_eq!(broken(zh, en), 1, "{zh}");
        }
        for zh in ["船员夜里**绝不**要离开渡船。\n", "船员夜里*绝*不***要***离开渡船。\n", "船员夜里绝不要离开渡船。\n"]
        {
            assert_eq!(broken(zh, en), 0, "{zh}");
        }
        let plain = "The crew must never leave the boat alone at night.\n";
        assert_eq!(broken("船员夜里**绝不要离开渡船。\n", plain), 1);
        assert_eq!(
            broken("船员夜里绝不要离开渡船：f(**all)。\n", "The crew must never leave the boat: f(**all).\n"),
            0
        );
        assert_eq!(broken("船员夜里绝不要离开渡船，2 ** 3 是八。\n", plain), 0);
    }

    #[test]
    fn the_marks_of_two_words_may_stand_side_by_side() {
        let en = "The **name** of the *old ferry* is on the board.\n";
        assert_eq!(broken("*旧渡船***名字**写在木板上。\n", en), 0);
    }
}
