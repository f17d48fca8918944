use crate::align::{Segment, SegmentPair};
use crate::checks::{Check, Context, Look};
use crate::diagnostic::{Diagnostic, Severity};
use crate::lang::{self, Cue, Sureness};
use crate::model::Lang;

pub(in crate::checks) const CHECK: Check = Check {
    name: Check::code("polarity"),
    group: "language",
    summary: msg!("one language says the opposite of the other"),
    default_level: Severity::Info,
    page: page!("polarity"),
    look: Look::Text(run),
};

/// The least certainty that two sentences belong together.
const SURE: f32 = 0.5;

/// Oppositions in which a language seldom says one side by denying the other. What says a side in a language stands in that
/// language's `polarity.txt`.
const OPPOSITES: [[&str; 2]; 25] = [
    ["more", "less"],
    ["increase", "decrease"],
    ["maximum", "minimum"],
    ["faster", "slower"],
    ["higher", "lower"],
    ["before", "after"],
    ["always", "never"],
    ["all", "some"],
    ["must", "may"],
    ["advantage", "drawback"],
    ["left", "right"],
    ["input", "output"],
    ["success", "failure"],
    ["first", "last"],
    ["above", "below"],
    ["best", "worst"],
    ["better", "worse"],
    ["longer", "shorter"],
    ["stronger", "weaker"],
    ["easier", "harder"],
    ["profit", "loss"],
    ["import", "export"],
    ["support", "oppose"],
    ["positive", "negative"],
    ["majority", "minority"],
];
/// Opposites that one sentence often says both of: some of all.
const TOGETHER: &[&str] = &["all", "some"];

/// What the words of a sentence say of one side of an opposition.
#[derive(Debug, Default)]
struct Tally {
    /// How many words say it, likely say it and may say it.
    said: usize,
    likely: usize,
    perhaps: usize,
    /// The first of the most sure ones.
    word: &'static str,
}

impl Tally {
    fn of(cues: &[Cue], side: &str) -> Self {
        let mut tally = Self::default();
        for cue in cues.iter().filter(|cue| cue.side == side) {
            let first = match cue.sureness {
                Sureness::Said => tally.said == 0,
                Sureness::Likely => tally.said + tally.likely == 0,
                Sureness::Perhaps => tally.any() == 0,
            };
            tally.word = if first { cue.word } else { tally.word };
            match cue.sureness {
                Sureness::Said => tally.said += 1,
                Sureness::Likely => tally.likely += 1,
                Sureness::Perhaps => tally.perhaps += 1,
            }
        }
        tally
    }

    fn any(&self) -> usize {
        self.said + self.likely + self.perhaps
    }

    /// Whether it has words of one kind only: those that say the side, or those that may.
    fn is_plain(&self) -> bool {
        self.likely == 0 && (self.said == 0 || self.perhaps == 0)
    }
}

fn run(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let (source, target) = (&context.alignment.source, &context.alignment.target);
    if source.is_form_of(target) {
        return;
    }
    for pair in context.segments.iter().copied().flatten().filter(|pair| pair.score >= SURE) {
        if pair.sources.is_empty() || pair.targets.is_empty() {
            continue;
        }
        let (theirs, ours) = (cues(&pair.sources, source), cues(&pair.targets, target));
        found.extend(opposed(&ours, &theirs).map(|(here, there)| finding(pair, here, there)));
    }
}

fn cues(segments: &[Segment], lang: &Lang) -> Vec<Cue> {
    let texts: Vec<&str> = segments.iter().map(|segment| segment.text.as_str()).collect();
    lang::of(lang).cues(&texts.join(" "))
}

/// The words of the first opposition of which the two languages say different sides: that of the translation, and that of
/// the source.
fn opposed(ours: &[Cue], theirs: &[Cue]) -> Option<(&'static str, &'static str)> {
    let orders = OPPOSITES.iter().flat_map(|[a, b]| [[*a, *b], [*b, *a]]);
    orders.into_iter().find_map(|[here, there]| {
        let [our_side, our_opposite] = [here, there].map(|side| Tally::of(ours, side));
        let [their_side, their_opposite] = [there, here].map(|side| Tally::of(theirs, side));
        let apart = !TOGETHER.contains(&here);
        let differ = contradicts([&our_side, &our_opposite], [&their_opposite, &their_side], apart)
            || contradicts([&their_side, &their_opposite], [&our_opposite, &our_side], apart);
        differ.then_some((our_side.word, their_side.word))
    })
}

/// Whether a sentence says a side, of which the other one says the opposite instead. Both give what they say of the side and
/// of its opposite. `apart`: a sentence seldom says both.
fn contradicts(own: [&Tally; 2], other: [&Tally; 2], apart: bool) -> bool {
    let ([side, opposite], [their_side, their_opposite]) = (own, other);
    if side.said == 0 {
        return false;
    }
    match (their_side.any(), their_opposite.said) {
        // It says both, or the same twice.
        (0, 1..) if opposite.any() > 0 => {
            their_opposite.said >= side.said + opposite.any() || apart && opposite.is_plain()
        }
        (0, said) => opposite.any() == 0 && said + their_opposite.likely > 0,
        // Where the other one says both, this one says the side more often.
        (sides, said) => said > 0 && opposite.any() == 0 && side.said > sides,
    }
}

fn finding(pair: &SegmentPair, here: &str, there: &str) -> Diagnostic {
    let whole = |segments: &[Segment]| segments.iter().skip(1).fold(segments[0].span, |span, next| span.to(next.span));
    let message = msg!("‘{here}’ here, but ‘{there}’ in the source", here, there);
    Diagnostic::new(Severity::Info, CHECK.name, message)
        .at(whole(&pair.targets))
        .label(whole(&pair.sources), msg!("its source"))
        .hint(msg!("check whether both say the same"))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::lang::{Language, en, zh};

    fn found(chinese: &str, english: &str) -> Option<(&'static str, &'static str)> {
        opposed(&zh::Chinese.cues(chinese), &en::English.cues(english))
    }

    #[test]
    fn a_denied_opposite_is_none() {
        assert_eq!(found("值大于三", "the value is smaller than three"), Some(("大于", "smaller")));
        assert_eq!(found("值大于三", "the value is greater than three"), None);
        assert_eq!(found("从左到右", "from left to right"), None);
    }

    #[test]
    fn a_side_said_instead_of_its_opposite_is_told_where_both_may_stand() {
        for (chinese, english, told) in [
            ("可以在开船之后报名，也可以在之后报名。", "You may sign up after the departure or before it.", true),
            ("可以在开船之后报名，也可以在之前报名。", "You may sign up after the departure or before it.", false),
            ("输入港口的名字，再看输出的航线。", "Input the port and see the routes for your input.", true),
            ("税率每年上调一次。", "The rate goes down once a year.", true),
            ("这是全队最好的成绩。", "It is the worst result of the team.", true),
            ("这是全队最好的成绩。", "It is the best result of the team.", false),
            ("多数居民反对。", "The majority of residents are in favour.", true),
            ("货物一旦卸下之前，就要清点。", "Count the cargo once it is unloaded.", true),
            ("船员先吃饭，然后出发。", "The crew eat before they leave.", false),
            ("这些船的所有部分都要上漆。", "All of these ships are painted.", false),
        ] {
            assert_eq!(found(chinese, english).is_some(), told, "{chinese} {english}");
        }
    }

    #[test]
    fn every_language_knows_every_side_and_no_other() {
        let sides: BTreeSet<&str> = OPPOSITES.into_iter().flatten().collect();
        for language in lang::ALL {
            let named: BTreeSet<&str> = language
                .oppositions()
                .names()
                .filter(|name| *name != "neutral")
                .map(|name| name.trim_end_matches(['?', '~']))
                .collect();
            assert_eq!(named, sides, "{}", language.tag());
        }
    }
}
