use crate::align::lexicon::Lexicon;
use crate::align::{Relation, SegmentPair};
use crate::checks::{Check, Context, Look};
use crate::diagnostic::{Diagnostic, Severity};
use crate::lang::{self, Denial, Denials, Language};
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
/// The least probability of a translation of what is denied, and of what may stand for a negation.
const POSSIBLE: f32 = 0.0078;
const LIKELY: f32 = 0.022;

fn run(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let (source, target) = (&context.alignment.source, &context.alignment.target);
    if source.script() == target.script() {
        return;
    }
    let sure = |pair: &&SegmentPair| pair.relation == Relation::Equal && pair.score >= SURE;
    for pair in context.segments.iter().copied().flatten().filter(sure) {
        if !may_deny(&pair.sources[0].text, source) && !may_deny(&pair.targets[0].text, target) {
            continue;
        }
        let (theirs, ours) = (Side::of(&pair.sources[0].text, source), Side::of(&pair.targets[0].text, target));
        if theirs.is_foreign() || ours.is_foreign() {
            continue;
        }
        if is_lost(&theirs, &ours) {
            found.push(finding(pair, msg!("the source has a negation here, the translation has none")));
        } else if is_lost(&ours, &theirs) {
            found.push(finding(pair, msg!("the translation has a negation here, the source has none")));
        }
    }
}

fn may_deny(text: &str, lang: &Lang) -> bool {
    let language = lang::of(lang);
    language.may_deny(&language.folded(text))
}

/// A sentence in its language.
struct Side<'a> {
    lang: &'a Lang,
    language: &'static dyn Language,
    text: String,
    denials: Denials,
}

impl<'a> Side<'a> {
    fn of(text: &str, lang: &'a Lang) -> Self {
        let language = lang::of(lang);
        let text = language.folded(text);
        let denials = language.denials(&text, &|word| Lexicon::shipped().has(lang, word));
        Self { lang, language, text, denials }
    }

    fn is_foreign(&self) -> bool {
        self.language.is_foreign(&self.text)
    }

    fn places(&self, word: &str) -> Vec<usize> {
        self.language.places(&self.text, word, &|word| Lexicon::shipped().has(self.lang, word))
    }

    /// Whether the other side may deny by a word because this side says it too, and denies something else.
    fn explains(&self, cue: &str, other: &Lang) -> bool {
        let denies = |word: &str, at: usize| {
            self.denials
                .said
                .iter()
                .any(|denial| denial.range.contains(&at) || denial.denied.iter().any(|denied| denied.contains(word)))
        };
        let words = Lexicon::shipped().translations(cue, other, LIKELY).filter(|word| self.language.tells(word));
        words.into_iter().any(|word| self.places(word).into_iter().any(|at| !denies(word, at)))
    }
}

/// Whether a negation of one side seems lost on the other: that one says what is denied, or has nothing else that may deny.
/// More than information it cannot be: in news and fiction most such pairs are free translations.
fn is_lost(one: &Side<'_>, other: &Side<'_>) -> bool {
    if one.denials.said.len() <= other.denials.said.len() {
        return false;
    }
    let perhaps = other.denials.perhaps.iter().filter(|(_, cue)| !one.explains(cue, other.lang)).map(|(at, _)| *at);
    let cues: Vec<usize> = other.denials.implied.iter().copied().chain(perhaps).collect();
    let clear = cues.is_empty();
    let denying: Vec<usize> =
        cues.into_iter().chain(other.denials.said.iter().map(|denial| denial.range.start)).collect();
    let clauses = other.language.clauses(&other.text);
    let denied = |place: usize| {
        let mut around = clauses.iter().filter(|clause| clause.contains(&place));
        around.any(|clause| denying.iter().any(|at| clause.contains(at)))
    };
    // What one side denies the other one says, in clauses without anything that may deny.
    let affirmed = |denial: &&Denial| {
        let translations = |word: &String| -> Vec<usize> {
            let words = Lexicon::shipped().translations(word, one.lang, POSSIBLE);
            words.flat_map(|word| other.places(word)).collect()
        };
        let places = denial.denied.iter().map(translations).find(|places| !places.is_empty());
        places.is_some_and(|places| !places.into_iter().any(denied))
    };
    clear || one.denials.said.iter().any(|denial| affirmed(&denial))
}

fn finding(pair: &SegmentPair, message: Message) -> Diagnostic {
    Diagnostic::new(CHECK.default_level, CHECK.name, message)
        .at(pair.targets[0].span)
        .label(pair.sources[0].span, msg!("its source"))
        .hint(msg!("check whether both say the same"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(chinese: &str, english: &str) -> bool {
        let [zh, en] = ["zh", "en"].map(|tag| Lang::new(tag).unwrap());
        let (zh, en) = (Side::of(chinese, &zh), Side::of(english, &en));
        is_lost(&zh, &en) || is_lost(&en, &zh)
    }

    #[test]
    fn a_lost_negation_is_told() {
        for (chinese, english) in [
            ("这台机器不能处理湿的木材。", "This machine can process wet wood."),
            ("这台机器能处理湿的木材。", "This machine cannot process wet wood."),
            ("我們沒有收到新的報告。", "We have received the new report."),
            ("我們收到了新的報告。", "We have not received the new report."),
            ("这些桥不需要修理。", "These bridges need to be repaired."),
            ("他们不会回答这个问题。", "They will answer this question."),
            ("船长从不在晚上喝咖啡。", "The captain drinks coffee in the evening."),
            ("我们没收到新的报告。", "We have received the new report."),
        ] {
            assert!(said(chinese, english), "{chinese} {english}");
        }
    }

    #[test]
    fn what_is_denied_in_other_words_is_not_lost() {
        for (chinese, english) in [
            ("我沒有去。", "I did not go."),
            ("这两座桥很不同。", "The two bridges are very different."),
            ("无论多远，他都会来。", "He will come no matter how far it is."),
            ("他不仅会游泳，而且会划船。", "He can not only swim but also row."),
            ("我们用木头而不用石头。", "We use wood instead of stone."),
            ("她不得不卖掉房子。", "She had to sell the house."),
            ("河水不断上涨。", "The river rises continuously."),
            ("这是一座非常古老的桥。", "This is a very old bridge."),
            ("这条路不过三里。", "However, the road is three miles long."),
            ("船没有舵就走不远。", "Without a rudder a ship does not go far."),
            ("他没有通过考试。", "He failed the exam."),
            ("船长没收到信。", "The captain did not receive a letter."),
            ("船上禁止抽烟。", "Smoking is not allowed on board."),
            ("黄非、莫言", "Huang Fei, Mo Yan"),
        ] {
            assert!(!said(chinese, english), "{chinese} {english}");
        }
    }
}
