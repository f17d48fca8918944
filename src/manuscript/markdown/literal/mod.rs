//! Text that looks like markup and is none: what other programs know, and what a keyboard or a slip made of ours. It would be printed
//! as it stands, so it is told, once for each kind in a chapter.
//!
//! Only running text is looked at, with all else masked: never code, formulas, addresses or what a backslash escapes.

mod find;
mod kinds;
mod page;

use std::collections::BTreeMap;
use std::ops::Range;

use comrak::nodes::NodeHeading;

use super::super::tex::is_plainly_tex;
use super::Lower;
use crate::codes;
use crate::diagnostic::{Code, Diagnostic};
use crate::message::Message;
use crate::source::{FileId, Span};

use kinds::{KINDS, Kind, Remedy};
use page::Page;

/// Most characters of the text that a message shows.
const SHOWN: usize = 24;

/// Where the text of a chapter stands, as it was met when its Markdown was read.
#[derive(Debug, Default)]
pub(super) struct Typed {
    /// Running text that stands in the file letter for letter.
    pub(super) text: Vec<Range<usize>>,
    /// Characters that a backslash escapes.
    pub(super) escaped: Vec<usize>,
    /// Indented code.
    pub(super) indented: Vec<Range<usize>>,
    /// Formulas in a line of text, and those that stand by themselves.
    pub(super) formulas: Vec<Range<usize>>,
    pub(super) displayed: Vec<Range<usize>>,
    /// Links that have a title.
    pub(super) link_titles: Vec<Range<usize>>,
    /// Pictures in a line of text that have a caption.
    pub(super) picture_titles: Vec<Range<usize>>,
    /// What stands behind the language of a code block.
    pub(super) infos: Vec<Range<usize>>,
}

/// Reports what looks like markup in the chapter `text`, whose Markdown begins at byte `body`, and what is written in marks but
/// not shown.
pub(super) fn report(file: FileId, text: &str, body: usize, typed: &Typed, sink: &mut Vec<Diagnostic>) {
    let mut reporter = Reporter { file, text, sink };
    reporter.misread(typed);
    reporter.unshown(typed);
    let page = Page::new(text, body, typed);
    let mut lines = page.lines();
    lines.retain(|(_, place)| !place.line.is_words_alone());
    // Starts and ends of what is told; no two of them overlap.
    let mut taken: BTreeMap<usize, usize> = BTreeMap::new();
    for kind in KINDS {
        let places = lines.iter().flat_map(|(start, line)| {
            let found = (kind.find)(*line).into_iter();
            found.map(move |place| start + place.start..start + place.end)
        });
        let mut places: Vec<Range<usize>> = places.collect();
        places.retain(|place| taken.range(..place.end).next_back().is_none_or(|(_, end)| *end <= place.start));
        reporter.literal(kind, &places);
        taken.extend(places.into_iter().map(|place| (place.start, place.end)));
    }
}

struct Reporter<'a> {
    file: FileId,
    text: &'a str,
    sink: &'a mut Vec<Diagnostic>,
}

impl Reporter<'_> {
    /// Marks that make something else of a text than what is meant.
    fn misread(&mut self, typed: &Typed) {
        let text = self.text;
        let prose = typed.indented.iter().filter(|place| is_prose(&text[(*place).clone()]));
        self.once(
            codes::LITERAL_MARKUP,
            prose,
            |places| match places {
                1 => msg!("this text is set as code, because it is indented"),
                _ => {
                    msg!(
                        "this text is set as code, because it is indented; so in {places} places of the chapter",
                        places
                    )
                }
            },
            msg!("begin its lines without blanks; put code between two lines of three backticks"),
        );
        let formulas = typed.formulas.iter().filter(|place| is_no_formula(text, place));
        self.once(
            codes::LITERAL_MARKUP,
            formulas,
            |places| match places {
                1 => msg!("this text is set as a formula, because dollar signs stand around it"),
                _ => msg!(
                    "this text is set as a formula, because dollar signs stand around it; so in {places} places of the chapter",
                    places
                ),
            },
            msg!("write `\\$` for the sign"),
        );
    }

    /// What is written in marks, but has no place on pages.
    fn unshown(&mut self, typed: &Typed) {
        self.once(
            codes::UNKNOWN_ATTRIBUTE,
            typed.link_titles.iter(),
            |places| match places {
                1 => msg!("the title of this link is not shown"),
                _ => msg!("the title of this link is not shown; so in {places} places of the chapter", places),
            },
            msg!("write it into the text, or into a footnote"),
        );
        self.once(
            codes::UNKNOWN_ATTRIBUTE,
            typed.picture_titles.iter(),
            |places| match places {
                1 => msg!("the caption of this picture is not shown"),
                _ => msg!("the caption of this picture is not shown; so in {places} places of the chapter", places),
            },
            msg!("put the picture in a paragraph of its own, or its caption into the text"),
        );
        self.once(
            codes::UNKNOWN_ATTRIBUTE,
            typed.infos.iter(),
            |places| match places {
                1 => msg!("nothing is made of what stands behind the language of this code"),
                _ => msg!(
                    "nothing is made of what stands behind the language of this code; so in {places} places of the chapter",
                    places
                ),
            },
            msg!("remove it, or write what code has: an id, `title`, `caption`, `lines` and `hl`, as `{{#lst:a title=\"…\" hl=3,5-7}}`"),
        );
    }

    /// Tells a fault once, at the first of its places.
    fn once<'p>(
        &mut self,
        code: Code,
        places: impl Iterator<Item = &'p Range<usize>>,
        message: fn(usize) -> Message,
        hint: Message,
    ) {
        let places: Vec<_> = places.collect();
        let Some(first) = places.first() else { return };
        let written = &self.text[(*first).clone()];
        let line = first.start..first.start + written.find(['\n', '\r']).unwrap_or(written.len());
        let found = Diagnostic::warning(code, message(places.len())).at(Span::new(self.file, line));
        self.sink.push(found.hint(hint));
    }

    /// Tells of text that looks like markup, at the first of its places.
    fn literal(&mut self, kind: &Kind, places: &[Range<usize>]) {
        let Some(first) = places.first() else { return };
        let written = &self.text[first.clone()];
        let (what, shown) = (kind.what.clone(), shown(written));
        let message = match places.len() {
            1 => msg!("‘{text}’ is not {what} here, and is printed as it stands", text = shown, what),
            places => msg!(
                "‘{text}’ is not {what} here, and is printed as it stands; so in {places} places of the chapter",
                text = shown,
                what,
                places
            ),
        };
        let found = Diagnostic::warning(codes::LITERAL_MARKUP, message).at(Span::new(self.file, first.clone()));
        let found = found.hint(match &kind.remedy {
            Remedy::Write(form) => msg!("write `{form}`", form = *form),
            Remedy::Say(remedy) => remedy.clone(),
        });
        self.sink.push(match sign(written) {
            Some(sign) => found
                .hint(msg!("put a backslash before ‘{sign}’ where it is meant as it stands", sign = sign.to_string())),
            None => found,
        });
    }
}

impl Lower<'_, '_> {
    /// Reports a line of dashes below a text that it makes a heading of, where a rule or a table is more likely meant.
    pub(super) fn underlined(&mut self, heading: NodeHeading, range: &Range<usize>) {
        let text = &self.input.text[range.clone()];
        let Some((above, line)) = text.trim_end().rsplit_once(['\n', '\r']).filter(|_| heading.setext) else { return };
        let above = above.trim_end();
        let meant =
            above.contains(['\n', '|', '｜']) || above.ends_with(['。', '，', '；', '！', '？', '：', '.', ',', ';']);
        if meant {
            let message = msg!("this line makes a heading of the text above it");
            let span = self.span(range.start + text.trim_end().len() - line.len()..range.start + text.trim_end().len());
            let found = Diagnostic::warning(codes::LITERAL_MARKUP, message).at(span);
            self.sink.push(
                found.hint(msg!("put an empty line above it for a rule; write `## ` before the text for a heading")),
            );
        }
    }
}

impl Lower<'_, '_> {
    /// Reports what a program for versions leaves where two of them clash; `range` begins with it.
    pub(super) fn conflict(&mut self, range: &Range<usize>) -> bool {
        let found = self.input.text[range.clone()].starts_with("<<<<<<< ");
        if found {
            let hint = msg!("keep one of the two versions, and remove the lines `<<<<<<<`, `=======` and `>>>>>>>`");
            self.error(self.first_line(range), msg!("this line is left from a merge of two versions"), hint);
        }
        found
    }
}

/// The sign that a backslash makes text of.
fn sign(written: &str) -> Option<char> {
    let written = written.strip_prefix('!').filter(|rest| rest.starts_with('[')).unwrap_or(written);
    written.chars().next().filter(char::is_ascii_punctuation)
}

/// The first characters of a text, on one line.
fn shown(text: &str) -> Message {
    let line = text.lines().next().unwrap_or_default();
    let short: String = line.chars().take(SHOWN).collect();
    Message::data(if short.len() < text.len() { format!("{short}…") } else { short })
}

/// Whether indented text is meant to be read as text: mostly Chinese characters, or words that end as a sentence does.
fn is_prose(text: &str) -> bool {
    let signs = text.chars().filter(|c| !c.is_whitespace()).count();
    let wide =
        text.chars().filter(|c| crate::lang::cjk::is_han(*c) || "，。、；：？！“”‘’（）《》".contains(*c)).count();
    if wide > 0 {
        return 2 * wide > signs;
    }
    let code = text.contains(['{', '}', '=', '<', '>', ';', '$', '\\', '|', '#']) || text.contains("()");
    let words = text
        .split_whitespace()
        .filter(|word| word.len() > 1 && word.chars().all(|c| c.is_alphabetic() || ",.;:!?’'-".contains(c)));
    !code && words.count() >= 4 && text.trim_end().ends_with(['.', '!', '?', ':', ',', ';', '”', '"'])
}

/// Whether what stands between two dollar signs is text with prices or variables in it, and no formula.
fn is_no_formula(text: &str, place: &Range<usize>) -> bool {
    let inner = text[place.clone()].trim_matches('$');
    if is_plainly_tex(inner) {
        return false;
    }
    // Words of a formula stand in quotation marks.
    let unquoted: String = inner.split('"').step_by(2).collect();
    let variable = |text: &str| text.starts_with(|c: char| c.is_ascii_uppercase());
    let variables = variable(inner) && variable(&text[place.end..]);
    let currency = text[..place.start].ends_with(|c: char| c.is_ascii_uppercase());
    unquoted.contains(['`', '，', '。', '；', '、', '！', '？', '：']) || variables || currency
}

/// Whether a formula has a brace for what is lower or higher, as TeX writes it: in Typst's notation it is a sign.
pub(crate) fn has_braces(formula: &str) -> bool {
    formula.contains("_{") || formula.contains("^{")
}
