use crate::checks::prose::Prose;
use crate::checks::{Check, Context, Look};
use crate::diagnostic::{Diagnostic, Severity};
use crate::lang::zh::{Chinese, is_only_simplified, is_only_traditional, is_traditional, simplified};
use crate::message::Message;
use crate::model::Lang;

pub(in crate::checks) const CHECK: Check = Check {
    name: Check::code("wrong-script"),
    group: "language",
    summary: msg!("Traditional characters in a Simplified text, or the reverse"),
    default_level: Severity::Error,
    page: page!("wrong_script"),
    look: Look::Text(run),
};

/// The most characters that a message shows.
const SHOWN: usize = 8;
/// So many characters of the other script are no slip: if those of its own are fewer, the text is in the other one.
const A_TEXT: usize = 100;

fn run(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for lang in context.langs_of(&Chinese) {
        let prose = context.prose(lang);
        if let Some(finding) = in_another(lang, prose) {
            found.push(finding);
            continue;
        }
        let look = if is_traditional(lang) { in_traditional } else { in_simplified };
        found.extend(prose.iter().filter_map(look));
    }
}

/// One finding for a whole text whose language has the wrong name.
fn in_another(lang: &Lang, prose: &[Prose<'_>]) -> Option<Diagnostic> {
    let count = |of: fn(char) -> bool| prose.iter().flat_map(|unit| unit.text.chars()).filter(|c| of(*c)).count();
    let (traditional, simplified) = (count(is_only_traditional), count(is_only_simplified));
    let tag = lang.tag();
    let (wrong, own, message) = if is_traditional(lang) {
        let message = msg!("this text is in Simplified Chinese, and its language is named `{tag}`", tag);
        (simplified, traditional, message)
    } else {
        let message = msg!("this text is in Traditional Chinese, and its language is named `{tag}`", tag);
        (traditional, simplified, message)
    };
    let first = prose.first().filter(|_| wrong > A_TEXT && wrong > own)?;
    let hint = msg!("name the language as the text is written: `zh-Hant` or `zh-TW` Traditional, `zh` Simplified");
    Some(Diagnostic::error(CHECK.name, message).at(first.span).hint(hint))
}

/// One finding for all Simplified characters of a Traditional text.
fn in_traditional(prose: &Prose<'_>) -> Option<Diagnostic> {
    let places = places(prose, is_only_simplified)?;
    let message =
        msg!("Simplified characters in a Traditional Chinese text: {characters}", characters = shown(&places));
    Some(finding(prose, &places, message).hint(msg!("use the Traditional forms")))
}

/// One finding for all Traditional characters of a Simplified text.
fn in_simplified(prose: &Prose<'_>) -> Option<Diagnostic> {
    let places = places(prose, is_only_traditional)?;
    let characters = shown(&places);
    let forms: String = characters.chars().map(simplified).collect();
    let message = msg!("Traditional characters in a Simplified Chinese text: {characters}", characters);
    let mut finding = finding(prose, &places, message).hint(msg!("write ‘{forms}’", forms));
    for (at, c) in places {
        if let Some(span) = prose.exact(at..at + c.len_utf8()) {
            finding = finding.edit(span, simplified(c));
        }
    }
    Some(finding)
}

/// The places of the wrong characters of a unit, if there are any. Japanese is not wrong Chinese.
fn places(prose: &Prose<'_>, wrong: fn(char) -> bool) -> Option<Vec<(usize, char)>> {
    if prose.text.contains(|c| ('\u{3041}'..='\u{30ff}').contains(&c)) {
        return None;
    }
    let places: Vec<(usize, char)> = prose.text.char_indices().filter(|(_, c)| wrong(*c)).collect();
    let (first, c) = *places.first()?;
    // A link to another language names it in its own writing.
    let name = places.iter().all(|(_, other)| *other == c) && prose.marked(first);
    (!name).then_some(places)
}

/// The first of the characters, without repeats side by side.
fn shown(places: &[(usize, char)]) -> String {
    let mut characters: Vec<char> = places.iter().map(|(_, c)| *c).collect();
    characters.dedup();
    characters.into_iter().take(SHOWN).collect()
}

fn finding(prose: &Prose<'_>, places: &[(usize, char)], message: Message) -> Diagnostic {
    let ((first, _), (last, c)) = (places[0], places[places.len() - 1]);
    Diagnostic::error(CHECK.name, message).at(prose.place(first..last + c.len_utf8()))
}
