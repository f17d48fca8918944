use crate::align::{Segment, SegmentPair};
use crate::checks::{Check, Context, Look};
use crate::diagnostic::{Diagnostic, Severity};
use crate::lang::{self, Language};
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

/// A text in its language, as its cues are looked for.
struct Side {
    language: &'static dyn Language,
    text: String,
}

impl Side {
    fn of(segments: &[Segment], lang: &Lang) -> Self {
        let language = lang::of(lang);
        let texts: Vec<&str> = segments.iter().map(|segment| segment.text.as_str()).collect();
        Self { language, text: language.for_cues(&texts.join(" ")) }
    }

    /// The word that says one side of an opposition.
    fn says(&self, side: &str) -> Option<&'static str> {
        self.language.cue(&self.text, side)
    }

    /// Whether a word says a side or may say it.
    fn may_say(&self, side: &str) -> bool {
        self.says(side).is_some() || self.says(&format!("{side}?")).is_some()
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
        let (theirs, ours) = (Side::of(&pair.sources, source), Side::of(&pair.targets, target));
        found.extend(opposed(&ours, &theirs).map(|(here, there)| finding(pair, here, there)));
    }
}

/// The words of the first opposition of which the two languages say different sides.
fn opposed(ours: &Side, theirs: &Side) -> Option<(&'static str, &'static str)> {
    OPPOSITES.iter().find_map(|[a, b]| differing(ours, theirs, a, b).or_else(|| differing(ours, theirs, b, a)))
}

/// The words with which the translation says one side and the source the other, if neither may say both.
fn differing(ours: &Side, theirs: &Side, here: &str, there: &str) -> Option<(&'static str, &'static str)> {
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
    use crate::lang::{en, zh};

    fn found(chinese: &str, english: &str) -> Option<(&'static str, &'static str)> {
        let side = |language: &'static dyn Language, text: &str| Side { language, text: language.for_cues(text) };
        opposed(&side(&zh::Chinese, chinese), &side(&en::English, english))
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
