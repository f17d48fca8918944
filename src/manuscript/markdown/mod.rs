//! Markdown to blocks. Only this folder names comrak.

mod attrs;
mod bars;
mod blocks;
mod callouts;
mod citations;
mod colons;
mod ends;
mod fence;
mod figures;
mod guard;
mod headings;
mod html;
mod index;
mod inlines;
mod listings;
mod lists;
mod literal;
mod marks;
mod mdx;
mod notes;
mod pages;
mod paths;
mod pictures;
mod place;
mod prepared;
mod required;
mod ruby;
mod scan;
mod spans;
mod strikes;
mod tables;
mod tag;
mod targets;
mod waivers;

use std::collections::BTreeMap;
use std::ops::Range;

use comrak::{Arena, Options};

use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::manuscript::combining::Run;
use crate::message::Message;
use crate::model::{Block, Draft, Inline, Lang, Note, Spanned, Waiver};
use crate::source::{FileId, Span};
pub(crate) use attrs::is_id;
pub(crate) use citations::{is_key, is_short_reference};
pub(crate) use literal::has_braces;
pub(crate) use mdx::unseen as mdx_unseen;
pub(super) use pictures::path_of as picture_path;
use prepared::Prepared;
use scan::Scan;

/// Deepest nesting of blocks in blocks, and of inlines in inlines.
pub(super) const MAX_DEPTH: usize = 32;

/// What a chapter's Markdown is parsed with.
pub(super) struct Input<'a> {
    /// The file.
    pub(super) file: FileId,
    /// Its project-relative path.
    pub(super) path: &'a str,
    /// Its language.
    pub(super) lang: &'a Lang,
    /// Its whole text.
    pub(super) text: &'a str,
    /// Where the Markdown begins.
    pub(super) body: usize,
    /// Whether front matter gave a title.
    pub(super) titled: bool,
    /// The lines of the chapter's head that the front matter gave, in the order of the file.
    pub(super) head: &'a [Spanned<String>],
    /// Whether the text is only compared and not set, so that it may be of any program.
    pub(super) compared: bool,
    /// Building blocks beyond the general ones; `None` accepts every name.
    pub(super) blocks: Option<&'a [String]>,
}

/// A chapter's Markdown as plain data.
#[derive(Default)]
pub(super) struct Body {
    /// The title, when the body and not the front matter gives it.
    pub(super) title: Option<Head>,
    /// The lines of the front matter, in their order; none where the chapter cannot be read.
    pub(super) head: Vec<Head>,
    /// The blocks.
    pub(super) blocks: Vec<Block>,
    /// Footnotes in order of their first reference.
    pub(super) notes: Vec<Note>,
    /// Comments that waive findings, in the order of the file.
    pub(super) waivers: Vec<Waiver>,
    /// What comments mark as unfinished, in the order of the file.
    pub(super) drafts: Vec<Draft>,
}

/// A line of a chapter's head.
pub(super) struct Head {
    pub(super) span: Span,
    pub(super) run: Vec<Inline>,
    pub(super) id: Option<String>,
}

/// Parses the Markdown of a chapter.
pub(super) fn parse(input: Input<'_>, sink: &mut Vec<Diagnostic>) -> Body {
    if let Some(place) = guard::too_deep(input.text, input.body) {
        let span = Span::new(input.file, place);
        sink.push(too_deep(span));
        return Body::default();
    }
    let arena = Arena::new();
    let mut scan = scan::scan(input.text, input.body, !input.compared);
    if input.compared {
        scan.unseen = mdx::unseen(input.text, input.body);
    }
    let prepared = Prepared::new(input.text, input.body, &scan, input.head);
    let covered = colons::cover(&prepared.text);
    let strikes = strikes::may_stand_in(&covered.text);
    let root = comrak::parse_document(&arena, &covered.text, &options(strikes));
    let lines = place::Lines::new(input.text, &prepared);
    let whole = input.body..input.text.len();
    let mut lower = Lower::new(input, lines, covered.sign, sink);
    lower.rules = scan.heads.iter().map(|head| head.rule.start).collect();
    if strikes {
        strikes::pair(&arena, root, |node| lower.typed(node));
    }
    lower.fences(&scan);
    lower.uneven_heads(&scan);
    let head = lower.head(root);
    if !lower.input.titled {
        lower.title_level = headings::title_level(root);
    }
    let mut blocks = lower.blocks(root, &whole);
    blocks.extend(lower.end_html());
    let title = lower.title.take();
    let first = head.iter().chain(&title).map(|line| line.run.as_slice());
    let notes = lower.ordered_notes(first, &blocks);
    // A text of any program has marks of its own.
    if !lower.input.compared {
        literal::report(lower.input.file, lower.input.text, lower.input.body, &lower.typed, lower.sink);
    }
    let mut waivers = lower.waivers;
    waivers.sort_by_key(|waiver| waiver.span);
    let (drafts, waivers): (Vec<Waiver>, Vec<Waiver>) =
        waivers.into_iter().partition(|waiver| waiver.checks.is_empty());
    let drafts = drafts
        .into_iter()
        .filter_map(|draft| Some(Draft { mark: draft.span, target: draft.target?, said: draft.reason }))
        .collect();
    Body { title, head, blocks, notes, waivers, drafts }
}

/// Full-width spaces with which lines are indented by hand, in the Markdown that begins at byte `body`.
pub(super) fn hand_indents(text: &str, body: usize) -> Vec<Range<usize>> {
    scan::scan(text, body, true).indents
}

fn too_deep(span: Span) -> Diagnostic {
    Diagnostic::error(codes::MARKDOWN, msg!("the text is nested more than {limit} levels deep", limit = MAX_DEPTH))
        .at(span)
        .hint(msg!("flatten some quotations, lists or containers"))
}

/// `strikes` says whether the text may strike anything out.
fn options(strikes: bool) -> Options<'static> {
    let mut options = Options::default();
    let extension = &mut options.extension;
    extension.cjk_friendly_emphasis = true;
    extension.block_directive = true;
    extension.header_attributes = true;
    extension.link_attributes = true;
    extension.fenced_code_attributes = true;
    extension.footnotes = true;
    extension.table = true;
    extension.math_dollars = true;
    extension.description_lists = true;
    extension.ofm_callouts = true;
    // Notes stay where they are written, so that unused ones can be found.
    options.parse.leave_footnote_definitions = true;
    // An escaped tilde is not a mark.
    options.parse.escaped_char_spans = strikes;
    options
}

/// Turns comrak's tree into ours, checking every place against the file.
struct Lower<'a, 's> {
    input: Input<'a>,
    lines: place::Lines<'a>,
    /// What stands for a colon in comrak's text, see [`colons`].
    sign: Option<char>,
    sink: &'s mut Vec<Diagnostic>,
    depth: usize,
    said_too_deep: bool,
    combining: Run,
    said_crowded: bool,
    title: Option<Head>,
    /// How many `#` the title has in the body. Headings in the text have as many more than one in the model.
    title_level: u8,
    /// Footnotes by name.
    notes: BTreeMap<String, Note>,
    /// One that names no check marks what is unfinished.
    waivers: Vec<Waiver>,
    typed: literal::Typed,
    html: html::HtmlState,
    entities: place::Entities,
    /// Where the last inline ended: the next one begins here or later.
    cursor: usize,
    /// Whether blanks or a prefix may lie between the cursor and the next inline.
    fresh: bool,
    /// Whether the text stands in a poem, whose lines end where they end in the file.
    verse: bool,
    /// Whether what is read stands right in a `:::figure`.
    in_figure: bool,
    /// Where the lines begin that end heads of several rows.
    rules: Vec<usize>,
    /// The last character of running text, which decides how a line break joins.
    last: Option<char>,
    /// How many bytes at the head of the next text are attributes of the picture before it.
    unread: usize,
}

impl<'a, 's> Lower<'a, 's> {
    fn new(input: Input<'a>, lines: place::Lines<'a>, sign: Option<char>, sink: &'s mut Vec<Diagnostic>) -> Self {
        Self {
            cursor: input.body,
            input,
            lines,
            sign,
            sink,
            depth: 0,
            said_too_deep: false,
            combining: Run::default(),
            said_crowded: false,
            title: None,
            title_level: 1,
            notes: BTreeMap::new(),
            waivers: Vec::new(),
            typed: literal::Typed::default(),
            html: html::HtmlState::default(),
            entities: place::Entities::default(),
            fresh: true,
            verse: false,
            in_figure: false,
            rules: Vec::new(),
            last: None,
            unread: 0,
        }
    }
}

impl Lower<'_, '_> {
    fn span(&self, range: Range<usize>) -> Span {
        Span::new(self.input.file, range)
    }

    /// Reports containers that nothing closes, and lines that close nothing.
    fn fences(&mut self, scan: &Scan) {
        for container in scan.containers.iter().filter(|container| container.close.is_none()) {
            let fence = match container.form {
                scan::Form::Tags(name) => format!("</{name}>"),
                _ => ":".repeat(scan::colons(&self.input.text[container.open.clone()])),
            };
            let message = msg!("this container is not closed");
            self.error(container.open.clone(), message, msg!("close it with a line {fence}", fence));
        }
        for place in &scan.stray {
            let hint = msg!(
                "remove it, or write `:::name` to open a container; a container is closed by as many colons as open it"
            );
            let fence = self.input.text[place.clone()].to_owned();
            self.error(place.clone(), msg!("this `{fence}` closes nothing", fence), hint);
        }
    }

    fn error(&mut self, range: Range<usize>, message: Message, hint: Message) {
        let span = self.span(range);
        self.sink.push(Diagnostic::error(codes::MARKDOWN, message).at(span).hint(hint));
    }

    /// Runs `inner` one level deeper, or reports once that the text is nested too deep.
    fn deeper<T: Default>(&mut self, range: Range<usize>, inner: impl FnOnce(&mut Self) -> T) -> T {
        if self.depth >= MAX_DEPTH {
            if !self.said_too_deep {
                self.said_too_deep = true;
                let span = self.span(range);
                self.sink.push(too_deep(span));
            }
            return T::default();
        }
        self.depth += 1;
        let value = inner(self);
        self.depth -= 1;
        value
    }
}

#[cfg(test)]
mod tests;
