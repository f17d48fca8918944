use crate::align::{Segment, SegmentPair};
use crate::checks::{Check, Context, Look};
use crate::diagnostic::{Diagnostic, Severity};
use crate::lang::{self, Cues};
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
const OPPOSITES: [[&str; 2]; 15] = [
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
];

fn cues(segments: &[Segment], lang: &Lang) -> Cues {
    let language = lang::of(lang);
    if let [segment] = segments {
        return language.cues(&segment.text);
    }
    let texts: Vec<&str> = segments.iter().map(|segment| segment.text.as_str()).collect();
    language.cues(&texts.join(" "))
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

/// The words of the first opposition of which the two languages say different sides.
fn opposed(ours: &Cues, theirs: &Cues) -> Option<(&'static str, &'static str)> {
    OPPOSITES.iter().find_map(|[a, b]| differing(ours, theirs, a, b).or_else(|| differing(ours, theirs, b, a)))
}

/// The words with which the translation says one side and the source the other, if neither may say both.
fn differing(ours: &Cues, theirs: &Cues, here: &str, there: &str) -> Option<(&'static str, &'static str)> {
    let words = (ours.says(here)?, theirs.says(there)?);
    (!ours.may_say(there) && !theirs.may_say(here)).then_some(words)
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
    fn every_language_knows_every_side_and_no_other() {
        let sides: BTreeSet<&str> = OPPOSITES.into_iter().flatten().collect();
        for language in lang::ALL {
            let named: BTreeSet<&str> = language
                .oppositions()
                .names()
                .filter(|name| *name != "neutral")
                .map(|name| name.trim_end_matches('?'))
                .collect();
            assert_eq!(named, sides, "{}", language.tag());
        }
    }
}
