//! The elements of HTML: those that a manuscript may have, and what to write for the others.

use crate::message::Message;
use crate::model::TextStyle;

/// What an element stands for in a manuscript.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Meaning {
    Break,
    Picture,
    Link,
    Emph,
    Strong,
    Strike,
    Code,
    Styled(TextStyle),
}

/// What an element stands for; `None` where Markdown has a way of its own, or a book no place.
pub(super) fn meaning(element: &str) -> Option<Meaning> {
    Some(match element {
        "br" => Meaning::Break,
        "img" => Meaning::Picture,
        "a" => Meaning::Link,
        "em" | "i" => Meaning::Emph,
        "strong" | "b" => Meaning::Strong,
        "del" | "s" | "strike" => Meaning::Strike,
        "code" => Meaning::Code,
        "sub" => Meaning::Styled(TextStyle::Subscript),
        "sup" => Meaning::Styled(TextStyle::Superscript),
        "ins" | "u" => Meaning::Styled(TextStyle::Underline),
        "mark" => Meaning::Styled(TextStyle::Highlight),
        "kbd" => Meaning::Styled(TextStyle::Keys),
        "cite" => Meaning::Styled(TextStyle::Work),
        _ => return None,
    })
}

/// The attributes that an element may have.
pub(super) fn attributes(meaning: Meaning) -> &'static [&'static str] {
    match meaning {
        Meaning::Picture => &["src", "alt", "title", "width", "id"],
        Meaning::Link => &["href", "id", "name"],
        _ => &[],
    }
}

/// Whether an element has no content and no end.
pub(super) fn is_void(element: &str) -> bool {
    matches!(element, "area" | "base" | "br" | "col" | "embed" | "hr" | "img" | "input" | "link" | "meta")
        || matches!(element, "param" | "source" | "track" | "wbr")
}

/// What to write instead of an element that is not read.
pub(super) fn advice(element: &str) -> Message {
    match element {
        "div" | "section" | "article" | "aside" | "main" | "header" | "footer" | "nav" => {
            msg!("write a building block: `:::aside`, the text below it, and `:::` at its end")
        }
        "p" => msg!("leave an empty line between paragraphs; how they are aligned is for the layout to say"),
        "center" => msg!("remove the tags: what is centred is for the layout to say"),
        "span" | "font" | "small" | "big" | "tt" | "bdi" | "bdo" => {
            msg!("remove the tags: how text looks is for the layout to say; emphasis is `*text*` or `**text**`")
        }
        "table" | "thead" | "tbody" | "tfoot" | "tr" | "td" | "th" | "caption" | "colgroup" | "col" => {
            msg!("write the table as `| A | B |`, with `|---|---|` below its head; `<br>` breaks a line in a cell")
        }
        "hr" => msg!("write `---` on a line of its own"),
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => msg!("write `##` or more before the heading"),
        "ul" | "ol" | "li" | "menu" => msg!("write `- ` or `1. ` before each item"),
        "dl" | "dt" | "dd" => msg!("write the term on a line of its own, and `: ` before its explanation below it"),
        "blockquote" => msg!("write `> ` before each line"),
        "q" => msg!("type the quotation marks"),
        "pre" => msg!("write the lines between two lines of ```` ``` ````"),
        "samp" | "output" => msg!("write it between backquotes: `` `text` ``"),
        "var" | "dfn" | "address" => msg!("write `*text*`"),
        "abbr" | "acronym" => msg!("remove the tags, and write in brackets what the letters stand for"),
        "ruby" | "rb" | "rt" | "rp" | "rtc" => msg!("write the reading as in `{{饕餮|tāo tiè}}`"),
        "figure" | "figcaption" | "picture" | "source" => {
            msg!("write `:::figure`, the picture `![…](…)`, its caption as the last paragraph, and `:::`")
        }
        "details" | "summary" => {
            msg!("write `:::details {{title=\"…\"}}`, the text below it, and `:::` at its end")
        }
        "math" => msg!("write the formula in Typst's notation between dollars: `$x^2$`"),
        "svg" => msg!("save the drawing as a file, and show it with `![…](../images/name.svg)`"),
        "wbr" => msg!("remove the tag: long words break by themselves"),
        "iframe" | "video" | "audio" | "embed" | "object" | "canvas" | "track" | "map" | "area" => {
            msg!("remove it, for it cannot stand in a book; link to it: `[text](https://…)`, or show a picture of it")
        }
        "script" | "style" | "link" | "meta" | "base" | "noscript" | "template" | "form" | "input" | "button"
        | "select" | "option" | "textarea" | "label" => msg!("remove it, for it cannot stand in a book"),
        _ => msg!("use Markdown, or write `&lt;` for `<`"),
    }
}

/// What to write instead of a component of a web site, whose name begins with a capital; of HTML typed in capitals as well.
pub(super) fn component(name: &str) -> Message {
    match name {
        "listing" | "codeblock" => msg!(
            "write `:::figure`, the code between two lines of ```` ``` ````, its caption as the last paragraph, and `:::`"
        ),
        "note" | "tip" | "warning" | "caution" | "pitfall" | "danger" | "hint" | "callout" | "admonition"
        | "deepdive" | "recap" => {
            msg!("write a callout: `:::note`, the text below it, and `:::` at its end")
        }
        "figure" | "table" | "details" | "summary" | "center" | "div" | "span" | "font" | "p" | "video" | "audio"
        | "iframe" | "script" | "style" => advice(name),
        _ => msg!(
            "remove the tags of a component, which is made for web pages: what stands between them is kept; write `&lt;` for a mere `<`"
        ),
    }
}
