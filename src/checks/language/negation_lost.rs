use crate::align::{Segment, SegmentPair};
use crate::checks::{Check, Context, Look};
use crate::diagnostic::{Diagnostic, Severity};
use crate::lang::{self, Denials};
use crate::message::Message;
use crate::model::Lang;

pub(in crate::checks) const CHECK: Check = Check {
    name: Check::code("negation-lost"),
    group: "language",
    summary: msg!("one language has a negation that the other lacks"),
    default_level: Severity::Info,
    page: page!("negation_lost"),
    look: Look::Text(run),
};

/// The least certainty that two sentences belong together.
const SURE: f32 = 0.5;

fn run(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let (source, target) = (&context.alignment.source, &context.alignment.target);
    if source.is_form_of(target) {
        return;
    }
    for pair in context.segments.iter().copied().flatten().filter(|pair| pair.score >= SURE) {
        let (theirs, ours) = (denials(&pair.sources, source), denials(&pair.targets, target));
        if theirs.said > ours.said.saturating_add(ours.perhaps) {
            found.extend(finding(pair, msg!("the source has a negation here, the translation has none")));
        } else if ours.said > theirs.said.saturating_add(theirs.perhaps) {
            found.extend(finding(pair, msg!("the translation has a negation here, the source has none")));
        }
    }
}

fn denials(segments: &[Segment], lang: &Lang) -> Denials {
    if segments.is_empty() {
        // A missing sentence is the finding of another check.
        return Denials { said: 0, perhaps: usize::MAX };
    }
    let texts: Vec<&str> = segments.iter().map(|segment| segment.text.as_str()).collect();
    lang::of(lang).denials(&texts.join(" "))
}

fn finding(pair: &SegmentPair, message: Message) -> Option<Diagnostic> {
    let (source, target) = (pair.sources.first()?, pair.targets.first()?);
    let whole = |segments: &[Segment]| segments.iter().skip(1).fold(segments[0].span, |span, next| span.to(next.span));
    debug_assert!(!source.text.is_empty() || !target.text.is_empty());
    Some(
        Diagnostic::new(Severity::Info, CHECK.name, message)
            .at(whole(&pair.targets))
            .label(whole(&pair.sources), msg!("its source"))
            .hint(msg!("check whether both say the same")),
    )
}
