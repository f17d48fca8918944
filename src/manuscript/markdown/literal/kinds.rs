//! The kinds of text that looks like markup. A kind that a manuscript learns to read leaves this table.

use super::find::{lines, links, marks, tex};
use super::page::Find;
use crate::message::Message;

/// A kind of text that looks like markup.
pub(super) struct Kind {
    /// What it would be elsewhere.
    pub(super) what: Message,
    pub(super) remedy: Remedy,
    pub(super) find: Find,
}

/// What to do about it.
pub(super) enum Remedy {
    /// Write this form, which is the same in every language.
    Write(&'static str),
    Say(Message),
}

const fn kind(what: Message, remedy: Remedy, find: Find) -> Kind {
    Kind { what, remedy, find }
}

use Remedy::{Say, Write};

/// Every kind; a text that two of them know belongs to the first.
pub(super) const KINDS: &[Kind] = &[
    kind(msg!("a heading"), Say(msg!("write a space after the `#`")), lines::heading_without_space),
    kind(msg!("a heading"), Write("## …"), lines::wide_heading),
    kind(msg!("the end of a heading"), Say(msg!("remove it, or write a space before it")), lines::heading_end),
    kind(msg!("the line under a heading"), Say(msg!("write `## ` before the text of the heading")), lines::underline),
    kind(msg!("a table of contents"), Say(msg!("remove it: the layout makes the contents")), lines::contents),
    kind(msg!("a footnote"), Write("[^1]"), links::wide_note),
    kind(msg!("a footnote"), Say(msg!("give the footnote a name without blanks: `[^1]`")), links::blank_in_note),
    kind(msg!("a footnote"), Say(msg!("write `[^1]` here, and below the paragraph `[^1]: text`")), links::inline_note),
    kind(msg!("a citation"), Write("[@key]"), links::wide_citation),
    kind(msg!("a citation"), Write("[@key]"), links::citation_alone),
    kind(
        msg!("a citation"),
        Say(msg!("write what comes before the key before the bracket: `[@key]`")),
        links::citation_behind,
    ),
    kind(msg!("a reference"), Write("@fig:id"), links::wide_reference),
    kind(
        msg!("a reference"),
        Say(msg!("write `@fig:id`, `@tab:id` or `@sec:id`, or `[](#id)` for any other")),
        links::unknown_reference,
    ),
    kind(msg!("a picture"), Write("![…](…)"), links::wide_picture),
    kind(msg!("an embedded file"), Write("![…](…)"), links::embed),
    kind(msg!("a link or picture"), Write("[…](…)"), links::wide_link),
    kind(msg!("a link or picture"), Say(msg!("write nothing between `]` and `(`")), links::parted_link),
    kind(msg!("a picture"), Say(msg!("write its width behind it: `![…](…){{width=50%}}`")), links::size_in_address),
    kind(
        msg!("a link or picture"),
        Say(msg!("put an address with spaces in angle brackets: `(<my file.jpg>)`")),
        links::blank_in_address,
    ),
    kind(
        msg!("a link"),
        Say(msg!("the text stands in `[ ]` and comes first: `[text](https://…)`")),
        links::reversed_link,
    ),
    kind(
        msg!("a link or picture"),
        Say(msg!("add a line `[name]: https://…`, or write `[text](https://…)`")),
        links::undefined_link,
    ),
    kind(msg!("a link"), Write("[…](…)"), links::wiki),
    kind(msg!("emphasis"), Write("**…**"), marks::wide_emphasis),
    kind(
        msg!("emphasis"),
        Say(msg!(
            "add the other marker if it is missing; a marker cannot open before a space or close after one, so move it"
        )),
        marks::emphasis,
    ),
    kind(msg!("code"), Say(msg!("use half-width backticks")), marks::wide_backticks),
    kind(msg!("code"), Say(msg!("close it with as many backticks as open it")), marks::backticks),
    kind(msg!("a formula"), Write("$…$"), tex::wide_dollars),
    kind(msg!("a formula"), Say(msg!("write `$…$`, without blanks inside the signs")), tex::dollars),
    kind(msg!("a formula"), Write("$…$"), tex::tex_formula),
    kind(msg!("a list item"), Say(msg!("write `-` and a space before each item")), lines::wide_list),
    kind(
        msg!("a list item"),
        Say(msg!("its lines run together: write `- ` or `1. ` before each item, or put empty lines between them")),
        lines::run_on_list,
    ),
    kind(msg!("a quotation"), Write("> …"), lines::wide_quotation),
    kind(msg!("a callout"), Say(msg!("let the quotation begin with it: `> [!NOTE]`")), lines::alert),
    kind(
        msg!("a callout"),
        Say(msg!("indent its text by four spaces, or write `:::note`, the text below it, and `:::`")),
        lines::admonition,
    ),
    kind(msg!("a tab"), Say(msg!("write a heading")), lines::tab),
    kind(msg!("a container"), Write(":::"), lines::wide_container),
    kind(
        msg!("a line of verse"),
        Say(msg!("put the lines between `:::poem` and `:::`, or a backslash at the end of each")),
        lines::line_block,
    ),
    kind(msg!("a table"), Say(msg!("write half-width bars: `| … | … |`")), lines::wide_table),
    kind(msg!("a table"), Say(msg!("write a line `|---|---|` under its first line")), lines::table),
    kind(msg!("a table"), Write("| … | … |"), lines::grid),
    kind(
        msg!("a caption"),
        Say(msg!("put the table between `:::figure` and `:::`, with the caption as the last paragraph")),
        lines::caption,
    ),
    kind(
        msg!("a page break"),
        Say(msg!(
            "remove it: the layout breaks lines and pages; where a page must begin, write `<!-- dama: pagebreak -->`"
        )),
        tex::page_break,
    ),
    kind(msg!("a reference"), Say(msg!("write `@eq:id`, or `[](#id)`")), tex::tex_reference),
    kind(msg!("a command"), Say(msg!("write it in Markdown")), tex::tex_command),
    kind(msg!("highlighted text"), Write("<mark>…</mark>"), marks::highlight),
    kind(msg!("inserted text"), Write("<u>…</u>"), marks::inserted),
    kind(msg!("a subscript"), Write("<sub>2</sub>"), marks::subscript),
    kind(msg!("a superscript"), Write("<sup>2</sup>"), marks::superscript),
    kind(msg!("a shortcode"), Say(msg!("write here what it stands for")), marks::shortcode),
    kind(
        msg!("a character by its name"),
        Say(msg!("close the name with `;`, or type the character itself")),
        marks::entity,
    ),
    kind(
        msg!("a character by its name"),
        Say(msg!("no character has this name: type it itself")),
        marks::unknown_entity,
    ),
    kind(msg!("a list of attributes"), Say(msg!("write it right behind the picture")), marks::attributes_behind),
    kind(msg!("a list of attributes"), Say(msg!("a paragraph takes an id alone: `{{#id}}`")), marks::attributes),
    kind(msg!("a line break"), Say(msg!("remove it: the paragraph ends here")), lines::last_backslash),
    kind(msg!("a comment"), Write("<!-- … -->"), marks::hidden_comment),
    kind(msg!("an emoji"), Say(msg!("type the character itself")), marks::emoji),
];
