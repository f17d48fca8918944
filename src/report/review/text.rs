//! What a block says, as HTML: with emphasis, links and code to be seen, and the words marked that findings are about.

use std::fmt::Write as _;

use super::findings::Mark;
use crate::align::{Unit, UnitKind};
use crate::checks::freshness::says;
use crate::diagnostic::Severity;
use crate::model::{BlockKind, Inline, InlineKind, LinkTarget, TextStyle};
use crate::report::html::escape;
use crate::source::Span;

/// Writes what a unit says.
pub(super) fn unit(unit: &Unit<'_>, marks: &[Mark], out: &mut String) {
    // What is about the whole block marks the block, not each of its words.
    let marks: Vec<Mark> = marks.iter().filter(|mark| !mark.span.encloses(unit.span)).copied().collect();
    let writer = Writer { marks: &marks };
    match (&unit.kind, unit.block.map(|block| &block.kind)) {
        (_, Some(BlockKind::Code { text, .. } | BlockKind::Math { text, .. })) => {
            out.push_str("<pre>");
            writer.piece(text, unit.span, out);
            out.push_str("</pre>");
        }
        (UnitKind::Heading(_) | UnitKind::Meta(_), _) => {
            out.push_str("<b class=\"h\">");
            writer.runs(unit, out);
            out.push_str("</b>");
        }
        _ => writer.runs(unit, out),
    }
}

/// The class of a mark.
pub(super) fn class(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "e",
        Severity::Warning => "w",
        Severity::Info => "i",
    }
}

struct Writer<'m> {
    marks: &'m [Mark],
}

impl Writer<'_> {
    fn runs(&self, unit: &Unit<'_>, out: &mut String) {
        if unit.runs.is_empty() {
            // Attributes of building blocks, the words of charts: what they say has no place of its own.
            return self.piece(&says(unit).unwrap_or_default(), unit.span, out);
        }
        for (at, run) in unit.runs.iter().enumerate() {
            if at > 0 {
                out.push(' ');
            }
            self.inlines(run, out);
        }
    }

    fn inlines(&self, inlines: &[Inline], out: &mut String) {
        for inline in inlines {
            self.inline(inline, out);
        }
    }

    fn inline(&self, inline: &Inline, out: &mut String) {
        match &inline.kind {
            InlineKind::Text(text) => self.piece(text, inline.span, out),
            InlineKind::Emph(body) => self.within("em", body, out),
            InlineKind::Strong(body) => self.within("strong", body, out),
            InlineKind::Strike(body) => self.within("s", body, out),
            InlineKind::Styled { style, body } => self.within(element(*style), body, out),
            InlineKind::Link { target, body } => {
                let _ = write!(out, "<u title=\"{}\">", escape(leads_to(target)));
                self.inlines(body, out);
                out.push_str("</u>");
            }
            InlineKind::Ruby { body, readings } => {
                self.inlines(body, out);
                self.token(&format!("({})", readings.join(" ")), inline.span, out);
            }
            InlineKind::Code(text) | InlineKind::Math { text, .. } => {
                out.push_str("<code>");
                self.piece(text, inline.span, out);
                out.push_str("</code>");
            }
            InlineKind::Image(image) => {
                let name = if image.alt.is_empty() { &image.written } else { &image.alt };
                self.token(&format!("🖼 {name}"), inline.span, out);
            }
            InlineKind::Cite(items) => {
                let keys: Vec<&str> = items.iter().map(|item| item.key.as_str()).collect();
                self.token(&format!("@{}", keys.join("; @")), inline.span, out);
            }
            InlineKind::Ref { target, .. } => self.token(&format!("→{target}"), inline.span, out),
            InlineKind::Note { name } => self.token(&format!("^{name}"), inline.span, out),
            InlineKind::Index(_) => {}
            InlineKind::LineBreak => out.push_str("<br>"),
        }
    }

    fn within(&self, element: &str, body: &[Inline], out: &mut String) {
        let _ = write!(out, "<{element}>");
        self.inlines(body, out);
        let _ = write!(out, "</{element}>");
    }

    /// What stands for something that is no text.
    fn token(&self, text: &str, span: Span, out: &mut String) {
        out.push_str("<span class=\"tok\">");
        self.piece(text, span, out);
        out.push_str("</span>");
    }

    /// A text, the words in it marked where it stands in the manuscript letter for letter; else it is marked as a whole.
    fn piece(&self, text: &str, span: Span, out: &mut String) {
        let here: Vec<&Mark> = self.marks.iter().filter(|mark| meets(mark.span, span)).collect();
        if here.is_empty() {
            return out.push_str(&escape(text));
        }
        if text.len() != span.range().len() {
            return mark(text, &here, out);
        }
        let inside = |at: usize| at.clamp(span.start, span.end) - span.start;
        let mut edges: Vec<usize> = here
            .iter()
            .flat_map(|mark| [inside(mark.span.start), inside(mark.span.end)])
            .chain([0, text.len()])
            .map(|at| text.floor_char_boundary(at))
            .collect();
        edges.sort_unstable();
        edges.dedup();
        for edge in edges.windows(2) {
            let (start, end) = (span.start + edge[0], span.start + edge[1]);
            let over: Vec<&Mark> =
                here.iter().filter(|mark| mark.span.start < end && start < mark.span.end).copied().collect();
            if over.is_empty() {
                out.push_str(&escape(&text[edge[0]..edge[1]]));
            } else {
                mark(&text[edge[0]..edge[1]], &over, out);
            }
        }
    }
}

/// Whether a mark covers something of a piece.
fn meets(mark: Span, piece: Span) -> bool {
    mark.overlaps(piece) && mark.start < mark.end
}

fn mark(text: &str, marks: &[&Mark], out: &mut String) {
    let worst = marks.iter().map(|mark| mark.severity).max().unwrap_or(Severity::Info);
    let mut numbers: Vec<usize> = marks.iter().map(|mark| mark.finding).collect();
    numbers.sort_unstable();
    numbers.dedup();
    let numbers: Vec<String> = numbers.iter().map(usize::to_string).collect();
    let _ = write!(out, "<mark class=\"{}\" data-f=\"{}\">{}</mark>", class(worst), numbers.join(" "), escape(text));
}

fn element(style: TextStyle) -> &'static str {
    match style {
        TextStyle::Subscript => "sub",
        TextStyle::Superscript => "sup",
        TextStyle::Underline | TextStyle::Name => "u",
        TextStyle::Work => "cite",
        TextStyle::Highlight => "i",
        TextStyle::Keys => "kbd",
    }
}

fn leads_to(target: &LinkTarget) -> &str {
    match target {
        LinkTarget::Url(address) | LinkTarget::Id(address) | LinkTarget::Refused(address) => address,
        LinkTarget::File { written, .. } => written,
    }
}
