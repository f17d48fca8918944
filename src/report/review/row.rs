//! A row of the page, and the findings that stand at it.

use std::fmt::Write as _;

use super::Review;
use super::rows::{Row, Section, State};
use super::text;
use super::words::state_word;
use crate::align::Unit;
use crate::checks::freshness::Rewording;
use crate::diagnostic::Diagnostic;
use crate::message::{List, Message};
use crate::report::html::escape;
use crate::source::Span;

/// What the rows of a chapter are written with.
pub(super) struct RowWriter<'r> {
    pub(super) review: &'r Review<'r>,
    pub(super) section: &'r Section<'r>,
    /// The number of the chapter on the page.
    pub(super) number: usize,
    /// What the buttons of each row say.
    pub(super) comment: String,
    pub(super) sign: String,
}

impl<'r> RowWriter<'r> {
    pub(super) fn new(review: &'r Review<'r>, section: &'r Section<'r>, number: usize) -> Self {
        let say = |text: &Message| escape(&review.locale.say(text));
        let (comment, sign) = (say(&msg!("Comment")), say(&msg!("Sign off")));
        Self { review, section, number, comment, sign }
    }

    pub(super) fn row(&self, at: usize, out: &mut String) {
        let (chapter, row) = (self.number, &self.section.rows[at]);
        let _ =
            write!(out, "<div class=\"r {}\" id=\"c{chapter}r{at}\" data-u=\"{}\"", row.state.name(), escape(&row.id));
        for (name, prints) in ["s", "t"].into_iter().zip(&row.prints) {
            if !prints.is_empty() && *prints != row.id {
                let _ = write!(out, " data-{name}=\"{}\"", escape(prints));
            }
        }
        out.push_str("><div class=\"g\">");
        self.gutter(at, row, out);
        out.push_str("</div>");
        self.side("s", &row.sources, row, out);
        self.side("t", &row.targets, row, out);
        self.findings(Some(at), out);
        out.push_str("</div>\n");
    }

    /// Number, state and buttons.
    fn gutter(&self, at: usize, row: &Row<'_>, out: &mut String) {
        let (chapter, say) = (self.number, |text: &Message| escape(&self.review.locale.say(text)));
        let lines: Vec<String> = [&row.sources, &row.targets]
            .into_iter()
            .filter_map(|units| units.first())
            .map(|unit| format!("{}:{}", unit.lang, self.line(unit.span)))
            .collect();
        let kind = row.units().next().map_or_else(Message::empty, |unit| unit.kind.word());
        let _ = write!(
            out,
            "<a href=\"#c{chapter}r{at}\" title=\"{} {}\">{}</a>",
            say(&kind),
            escape(&lines.join(" ")),
            at + 1
        );
        let word = say(&state_word(row.state));
        let _ = match row.state {
            State::Signed => write!(out, "<span class=\"st\" title=\"{word}\">✓</span>"),
            State::Translated => write!(out, "<span class=\"st\" title=\"{word}\">○</span>"),
            _ => write!(out, "<span class=\"st\">{word}</span>"),
        };
        if self.review.live && row.is_paired() {
            let pressed = row.state == State::Signed;
            let _ = write!(
                out,
                "<button class=\"tk\" aria-pressed=\"{pressed}\" aria-label=\"{0}\" title=\"{0}\">✓</button>",
                self.sign
            );
        }
        let _ = write!(out, "<button class=\"cm\" aria-label=\"{0}\" title=\"{0}\">✎</button>", self.comment);
    }

    fn side(&self, class: &str, units: &[Unit<'_>], row: &Row<'_>, out: &mut String) {
        let Some(first) = units.first() else {
            let _ = write!(out, "<div class=\"{class} none\">—</div>");
            return;
        };
        let _ = write!(out, "<div class=\"{class}\" lang=\"{}\">", escape(first.lang.tag()));
        for unit in units {
            let marks = self.section.findings.marks(unit.span);
            // Those of other blocks that stand inside this one are none of it.
            out.push_str(if units.len() > 1 { "<p>" } else { "" });
            text::unit(unit, &marks, out);
            out.push_str(if units.len() > 1 { "</p>" } else { "" });
        }
        if class == "s"
            && let Some(change) = &row.change
        {
            self.change(change, out);
        }
        out.push_str("</div>");
    }

    /// How the source changed since it was signed off.
    fn change(&self, change: &[Rewording], out: &mut String) {
        let head = self.review.locale.say(&msg!("Changed since it was signed off:"));
        let _ = write!(out, "<div class=\"chg\"><b>{}</b> ", escape(&head));
        for part in change {
            let _ = match part {
                Rewording::Kept(text) => write!(out, "{}", escape(&near(text))),
                Rewording::Removed(text) => write!(out, "<del>{}</del>", escape(text)),
                Rewording::Added(text) => write!(out, "<ins>{}</ins>", escape(text)),
            };
        }
        out.push_str("</div>");
    }

    /// The findings that stand at a row, or those about the chapter.
    pub(super) fn findings(&self, row: Option<usize>, out: &mut String) {
        let mut open = false;
        for (number, finding) in self.section.findings.at(row) {
            if !std::mem::replace(&mut open, true) {
                out.push_str("<ul class=\"fs\">");
            }
            finding_item(self.review, &format!("c{}f{number}", self.number), finding, out);
        }
        out.push_str(if open { "</ul>" } else { "" });
    }

    fn line(&self, span: Span) -> usize {
        self.review.sources.get(span.file).position(span.start).line
    }
}

/// The ends of a text that did not change: what lies near a change.
fn near(text: &str) -> String {
    let count = text.chars().count();
    if count <= 3 * NEAR {
        return text.to_owned();
    }
    let head: String = text.chars().take(NEAR).collect();
    let tail: String = text.chars().skip(count - NEAR).collect();
    format!("{head} … {tail}")
}

/// Characters that are shown beside a change.
const NEAR: usize = 40;

/// What the places of a finding say, each with the words that it is about.
fn notes(review: &Review<'_>, finding: &Diagnostic) -> Message {
    let labels = finding.primary.iter().chain(&finding.labels).filter(|label| !label.text.is_empty());
    let told = labels.map(|label| {
        let words = review.sources.snippet(label.span).split_whitespace().collect::<Vec<_>>().join(" ");
        let short: String = words.chars().take(QUOTED).collect();
        let words = if short.len() < words.len() { format!("{short}…") } else { short };
        match words.as_str() {
            "" => label.text.clone(),
            words => msg!("“{words}”: {text}", words, text = label.text.clone()),
        }
    });
    Message::list(List::Clauses, told)
}

/// Characters of a place that are shown.
const QUOTED: usize = 24;

/// A text with what stands in backticks as code.
pub(super) fn with_code(text: &str) -> String {
    let mut out = String::new();
    for (at, part) in text.split('`').enumerate() {
        let _ = match at % 2 {
            1 => write!(out, "<code>{}</code>", escape(part)),
            _ => write!(out, "{}", escape(part)),
        };
    }
    out
}

/// A finding: what is wrong, where, and how to mend it.
pub(super) fn finding_item(review: &Review<'_>, id: &str, finding: &Diagnostic, out: &mut String) {
    let say = |text: &Message| escape(&review.locale.say(text));
    let _ = write!(
        out,
        "<li class=\"f {}\" id=\"{id}\" data-k=\"{1}\"><b>{2}</b> {3} <code>{1}</code>",
        text::class(finding.severity),
        escape(finding.check.as_str()),
        say(&finding.severity.word()),
        with_code(&review.locale.say(&finding.message)),
    );
    if let Some(label) = &finding.primary {
        let file = review.sources.get(label.span.file);
        let _ = write!(out, " <span class=\"at\">{}:{}</span>", escape(file.path()), file.position(label.span.start));
    }
    let notes = notes(review, finding);
    if !notes.is_empty() {
        let _ = write!(out, "<p>{}</p>", say(&notes));
    }
    for hint in &finding.hints {
        let _ = write!(out, "<p class=\"hint\">{}</p>", with_code(&review.locale.say(hint)));
    }
    out.push_str("</li>");
}
