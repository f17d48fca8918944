use super::super::prose::Prose;
use super::super::{Check, Context, Look};
use crate::checks::language::is_foreign;
use crate::diagnostic::{Diagnostic, Severity};

pub(in crate::checks) const CHECK: Check = Check {
    name: Check::code("unpaired-marks"),
    group: "typography",
    summary: msg!("a bracket or quotation mark without its other half"),
    default_level: Severity::Warning,
    page: page!("unpaired_marks"),
    look: Look::Text(run),
};

/// Each opening mark and the one that closes it; both widths of a bracket count as one.
const PAIRS: [(char, char); 9] = [
    ('（', '）'),
    ('“', '”'),
    ('‘', '’'),
    ('「', '」'),
    ('『', '』'),
    ('《', '》'),
    ('〈', '〉'),
    ('【', '】'),
    ('〔', '〕'),
];

fn run(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for lang in context.langs() {
        let prose = context.prose(lang);
        for (at, text) in prose.iter().enumerate().filter(|(_, text)| !is_foreign(&text.text, lang)) {
            for (place, c) in unpaired(text) {
                // Speech of several paragraphs opens each of them and closes only the last.
                let goes_on = matches!(c, '“' | '「')
                    && prose.get(at + 1).is_some_and(|next| next.text.trim_start().starts_with(c));
                if !goes_on {
                    found.push(finding(text, place, c));
                }
            }
        }
    }
}

fn finding(prose: &Prose<'_>, at: usize, c: char) -> Diagnostic {
    let pair = |(open, close): &(char, char)| *open == wide(c) || *close == wide(c);
    let (open, close) = PAIRS.iter().find(|p| pair(p)).expect("only marks of the table are looked at");
    let kind = prose.kind.word();
    let message = if *open == wide(c) {
        msg!("‘{mark}’ is not closed by ‘{close}’ in this {kind}", mark = c, close, kind)
    } else {
        msg!("‘{mark}’ closes nothing: there is no ‘{open}’ before it in this {kind}", mark = c, open, kind)
    };
    Diagnostic::warning(CHECK.name, message)
        .at(prose.place(at..at + c.len_utf8()))
        .hint(msg!("add the missing mark, or remove this one"))
}

fn wide(c: char) -> char {
    match c {
        '(' => '（',
        ')' => '）',
        other => other,
    }
}

/// The marks without their other half; of several of one kind, the first.
fn unpaired(prose: &Prose<'_>) -> Vec<(usize, char)> {
    let mut open: Vec<(usize, char)> = Vec::new();
    let mut unpaired = Vec::new();
    for (at, c) in prose.text.char_indices().filter(|(at, c)| !is_other(prose, *at, *c)) {
        let kind = wide(c);
        if PAIRS.iter().any(|(o, _)| *o == kind) {
            open.push((at, c));
        } else if let Some((partner, _)) = PAIRS.iter().find(|(_, close)| *close == kind) {
            match open.iter().rposition(|(_, o)| wide(*o) == *partner) {
                Some(depth) => unpaired.extend(open.drain(depth..).skip(1)),
                None => unpaired.push((at, c)),
            }
        }
    }
    unpaired.extend(open);
    unpaired.sort_unstable();
    let mut kinds = Vec::new();
    unpaired.retain(|(_, c)| {
        let kind = PAIRS.iter().position(|(o, close)| [*o, *close].contains(&wide(*c)));
        let first = !kinds.contains(&kind);
        kinds.push(kind);
        first
    });
    unpaired
}

/// Whether a mark is something else: an apostrophe, a number of a list, an interval, a smiley.
fn is_other(prose: &Prose<'_>, at: usize, c: char) -> bool {
    let before = &prose.text[..at];
    let letter = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
    match c {
        '‘' | '’' if prose.lang.conventions().typography.apostrophes => true,
        '’' => letter(prose.before(at)),
        ')' | '）' => {
            let word = before.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or("");
            let starts = before[..before.len() - word.len()].chars().next_back();
            let numbers = (1..=3).contains(&word.chars().count())
                && starts.is_none_or(|c| c.is_whitespace() || "，。；：、,;:".contains(c))
                && !before.contains(['(', '（']);
            let interval = c == ')' && before.rfind('[').is_some_and(|open| !before[open..].contains([']', '(']));
            numbers || interval || before.ends_with([':', ';']) && c == ')' && !before.contains('(')
        }
        '(' => {
            let interval = prose.text[at..].find(']').is_some_and(|end| !prose.text[at..at + end].contains(['[', ')']));
            interval || before.ends_with(':') && !prose.text[at..].contains(')')
        }
        _ => false,
    }
}
