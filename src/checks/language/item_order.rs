use std::ops::Range;

use super::listed::{List, Row};
use super::missing_item::{Side, place, sides};
use crate::align::SegmentPair;
use crate::checks::{Check, Context, Look};
use crate::diagnostic::{Diagnostic, Severity};

pub(in crate::checks) const CHECK: Check = Check {
    name: Check::code("item-order"),
    group: "language",
    summary: msg!("a sentence lists things in another order than its source"),
    default_level: Severity::Info,
    page: page!("item_order"),
    look: Look::Text(run),
};

/// The fewest things of a list of which the order is looked at: two may stand either way round.
const LEAST: usize = 3;

fn run(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for (pair, theirs, ours) in sides(context) {
        let moved = reordered(&ours, &theirs).map(|[here, there]| finding(context, pair, [&here, &there]));
        found.extend(moved);
    }
}

/// The first thing of a list that stands in the place of another one, and that one.
fn reordered(own: &Side<'_>, other: &Side<'_>) -> Option<[Range<usize>; 2]> {
    own.lists.iter().filter(|list| is_long(list)).find_map(|list| {
        let answers = other.lists.iter().filter(|answer| is_long(answer) && answer.parts.len() == list.parts.len());
        let best = answers.map(|answer| (answer, met(own, list, other, answer))).max_by_key(|(_, met)| met.len());
        let (answer, met) = best?;
        let moved = met.iter().find(|[here, there]| here != there)?;
        let crossed = met.iter().any(|one| met.iter().any(|two| one[0] < two[0] && one[1] > two[1]));
        // Where one alone is not met, it is the one that changed places with what is moved.
        let sure = crossed || met.len() + 1 == list.parts.len();
        let thing = |side: &Side<'_>, list: &List| side.thing(list, moved[0]).unwrap_or(list.parts[moved[0]].clone());
        sure.then(|| [thing(own, list), thing(other, answer)])
    })
}

/// The things of two lists that answer each other better than anything else that is left in the lists, by their numbers.
fn met(own: &Side<'_>, list: &List, other: &Side<'_>, answer: &List) -> Vec<[usize; 2]> {
    let (here, there) = (own.things(list), other.things(answer));
    let mut words: Vec<([usize; 2], usize)> = Vec::new();
    for (at, ours) in here.iter().enumerate() {
        for (place, theirs) in there.iter().enumerate() {
            let count = ours.as_ref().zip(theirs.as_ref()).map_or(0, |(ours, theirs)| own.meets(ours, other, theirs));
            words.extend((count > 0).then_some(([at, place], count)));
        }
    }
    let mut found = Vec::new();
    let shares = |a: &[usize; 2], b: &[usize; 2]| a[0] == b[0] || a[1] == b[1];
    while let Some((best, _)) = words
        .iter()
        .copied()
        .find(|(pair, count)| words.iter().all(|(rival, words)| rival == pair || !shares(rival, pair) || words < count))
    {
        found.push(best);
        words.retain(|(pair, _)| !shares(pair, &best));
    }
    found.sort_unstable();
    found
}

fn is_long(list: &List) -> bool {
    list.row == Row::Things && list.parts.len() >= LEAST
}

fn finding(context: &Context<'_>, pair: &SegmentPair, [here, there]: [&Range<usize>; 2]) -> Diagnostic {
    let (theirs, ours) = (&pair.sources[0], &pair.targets[0]);
    let source = context.alignment.source.name();
    let (here, there) = (&ours.text[here.clone()], &theirs.text[there.clone()]);
    let message = msg!(
        "‘{here}’ stands here where {source} has ‘{there}’: the things are listed in another order",
        here,
        source = &source,
        there
    );
    Diagnostic::new(CHECK.default_level, CHECK.name, message)
        .at(place(ours, here, context.sources))
        .label(place(theirs, there, context.sources), msg!("in {language}", language = source))
        .hint(msg!("list them in the same order, unless the order is that of the language"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Lang;

    fn moved(chinese: &str, english: &str) -> Option<[String; 2]> {
        let [zh, en] = ["zh", "en"].map(|tag| Lang::new(tag).expect("good tag"));
        let (here, there) = (Side::of(chinese, &zh), Side::of(english, &en));
        let [a, b] = reordered(&here, &there)?;
        Some([chinese[a].to_owned(), english[b].to_owned()])
    }

    #[test]
    fn things_in_another_order_are_told() {
        for (chinese, english, wanted) in [
            ("市场上卖苹果、葡萄、香蕉和西瓜。", "The market sells apples, bananas, grapes and watermelons.", true),
            ("市场上卖苹果、香蕉、葡萄和西瓜。", "The market sells apples, bananas, grapes and watermelons.", false),
            // A list is in two of them.
            (
                "它可以存储通讯录、日历、待办事项、音乐库以及其他工具。",
                "It can contain contact lists, to-do lists, calendar, music library and other tools.",
                true,
            ),
            ("她去过 Zagrib、Vellora 和 Toledo。", "She has been to Zagrib, Vellora and Toledo.", false),
            ("他们种香蕉和苹果。", "They grow apples and bananas.", false),
            // One of the four is a word that no dictionary has.
            ("市场上卖苹果、葡萄、榅桲和西瓜。", "The market sells apples, quinces, grapes and watermelons.", true),
            ("市场上卖苹果、榅桲、葡萄和西瓜。", "The market sells apples, quinces, grapes and watermelons.", false),
        ] {
            assert_eq!(moved(chinese, english).is_some(), wanted, "{chinese} {english}");
        }
    }
}
