//! Formulas as MathML, for readers of the EPUB.

use typst::Library;
use typst::diag::{SourceDiagnostic, Warned};
use typst::foundations::{Repr, Str};
use typst::utils::LazyHash;
use typst_html::{HtmlDocument, HtmlElement, HtmlNode, tag};

use super::lone::{self, LoneWorld};
use super::{CACHE_AGE, diagnostics, formula, ruled};
use crate::message::Message;

const NAMESPACE: &str = "http://www.w3.org/1998/Math/MathML";

/// What Typst, or this program, draws on pages alone. Lines over and under a part of a formula are accents that grow; what is
/// struck out or framed is a row with a notation, of which [`write_element`] makes the element that Typst does not know.
const COMMANDS: &str = r##"#let row(notation, body) = html.elem("mrow", attrs: (notation: notation), body)
#let hidden(body) = html.elem("mphantom", body)
#let hex(n) = { let digits = str(n, base: 16); "#" + "0" * (6 - digits.len()) + digits }
// Black or white, whichever is read on that ground: a reader may have white letters on black.
#let ink(n) = if 299 * calc.quo(n, 65536) + 587 * calc.rem(calc.quo(n, 256), 256) + 114 * calc.rem(n, 256) > 140000 { "#000000" } else { "#ffffff" }
#let commands = (
  overline: body => math.accent(body, "\u{305}"),
  underline: body => math.attach(math.limits(body), b: math.stretch("_")),
  cancel: (inverted: false, cross: false, body, ..) => row(
    if cross { "updiagonalstrike downdiagonalstrike" } else if inverted { "downdiagonalstrike" } else { "updiagonalstrike" },
    body,
  ),
  boxed: body => row("box", body),
  coloured: (rgb, body) => html.elem("mstyle", attrs: (mathcolor: hex(rgb)), body),
  ground: (rgb, body) => html.elem("mstyle", attrs: (mathbackground: hex(rgb), mathcolor: ink(rgb)), body),
  framed: (rgb, body) => html.elem("mrow", attrs: (notation: "box", mathcolor: hex(rgb)), body),
  ruled: (rules, body) => html.elem("mrow", attrs: (rules: rules.columns.map(str).join(",", default: "") + ";" + rules.rows.map(str).join(",", default: "") + ";" + str(rules.edges)), body),
  phantom: hidden,
  hphantom: body => html.elem("mpadded", attrs: (height: "0", depth: "0"), hidden(body)),
  vphantom: body => html.elem("mpadded", attrs: (width: "0"), hidden(body)),
);"##;

/// A formula that is to be MathML.
pub struct Formula {
    /// The formula in Typst's math notation.
    pub notation: String,
    /// The formula as its author wrote it.
    pub written: String,
    /// Whether it is a display formula.
    pub display: bool,
}

/// Turns formulas into MathML elements: well-formed XML with its namespace and what the author wrote as `alttext`.
///
/// # Errors
/// A formula that Typst does not understand, or cannot express in MathML, gives the reason instead.
pub fn mathml(formulas: &[Formula]) -> Vec<Result<String, Message>> {
    let library = lone::library();
    let one = |formula: &Formula| one(&library, &formula.notation, &formula.written, formula.display);
    let results = formulas.iter().map(one).collect();
    comemo::evict(CACHE_AGE);
    results
}

/// A formula in a line, as [`mathml`] gives it; made once.
#[comemo::memoize]
pub(crate) fn mathml_in_line(formula: &str) -> Result<String, Message> {
    one(&lone::library(), formula, formula, false)
}

fn one(library: &LazyHash<Library>, text: &str, written: &str, display: bool) -> Result<String, Message> {
    formula::check(text).map_err(|fault| fault.problem.message())?;
    // The formula travels as a string, so that nothing in it can end it.
    let formula = Str::from(text).repr();
    let markup =
        format!("{COMMANDS}#math.equation(block: {display}, eval({formula}, mode: \"math\", scope: commands).body)");
    let world = LoneWorld::new(library, markup);
    let Warned { output, warnings } = typst::compile::<HtmlDocument>(&world);
    let document = output.map_err(|errors| first_message(&errors))?;
    // Typst leaves out what it cannot express; a formula with a hole in it would be wrong without a word.
    if let Some(warning) = warnings.iter().find(|warning| warning.message.contains("ignored")) {
        return Err(diagnostics::say(&warning.message));
    }
    let math = find(document.root()).ok_or_else(|| msg!("the formula is empty"))?;
    let mut out = String::new();
    write_math(math, written.trim(), display, &mut out);
    Ok(out)
}

fn first_message(errors: &[SourceDiagnostic]) -> Message {
    errors.first().map_or_else(Message::empty, |error| diagnostics::say(&error.message))
}

fn find(element: &HtmlElement) -> Option<&HtmlElement> {
    if element.tag.resolve().as_str() == "math" {
        return Some(element);
    }
    element.children.iter().find_map(|child| match child {
        HtmlNode::Element(child) => find(child),
        _ => None,
    })
}

fn write_math(math: &HtmlElement, alt: &str, display: bool, out: &mut String) {
    out.push_str("<math");
    write_attribute("xmlns", NAMESPACE, out);
    write_attribute("alttext", alt, out);
    if display {
        write_attribute("display", "block", out);
    }
    for (name, value) in &math.attrs.0 {
        let name = name.resolve();
        if !matches!(name.as_str(), "xmlns" | "alttext" | "display") {
            write_attribute(&name, value, out);
        }
    }
    write_children(math, "math", out);
}

fn write_element(element: &HtmlElement, out: &mut String) {
    if let Some(table) = ruled::table(element) {
        return write_element(&table, out);
    }
    let own = element.tag.resolve();
    let noted = element.attrs.0.iter().any(|(name, _)| name.resolve().as_str() == "notation");
    let tag = if noted { "menclose" } else { own.as_str() };
    // MathML 3 knows these two of `mstyle` and tables alone.
    let styled = !matches!(tag, "mstyle" | "mtable");
    let of_style = |name: &str| styled && matches!(name, "displaystyle" | "scriptlevel");
    let attributes = || element.attrs.0.iter().map(|(name, value)| (name.resolve(), value));
    let wrapped = attributes().any(|(name, _)| of_style(&name));
    if wrapped {
        out.push_str("<mstyle");
        attributes().filter(|(name, _)| of_style(name)).for_each(|(name, value)| write_attribute(&name, value, out));
        out.push('>');
    }
    out.push('<');
    out.push_str(tag);
    attributes().filter(|(name, _)| !of_style(name)).for_each(|(name, value)| write_attribute(&name, value, out));
    aligned(element, tag, out);
    if tag == "mtext" {
        out.push('>');
        out.push_str(&escape(&lasting(&text(element))));
        out.push_str("</mtext>");
    } else {
        write_children(element, tag, out);
    }
    if wrapped {
        out.push_str("</mstyle>");
    }
}

/// How columns of a table are aligned, in MathML 3's own words: readers that know no stylesheet go by them.
fn aligned(element: &HtmlElement, tag: &str, out: &mut String) {
    let classes = element.attrs.0.iter().find(|(name, _)| name.resolve().as_str() == "class");
    let Some((_, classes)) = classes else { return };
    let is = |class: &str| classes.split(' ').any(|own| own == class);
    let align = match tag {
        "mtable" if is("aligned") => "right left right left right left right left",
        "mtable" if is("cases") || is("left-align") => "left",
        "mtable" | "mtd" if is("right-align") => "right",
        "mtd" if is("left-align") => "left",
        _ => return,
    };
    write_attribute("columnalign", align, out);
    if tag == "mtable" && (is("aligned") || is("cases")) {
        write_attribute("columnspacing", "0em", out);
    }
}

/// A text with the blanks at its ends, and those beside others, as blanks that readers keep.
fn lasting(text: &str) -> String {
    let blank = |at: usize| text[..at].chars().next_back().is_none_or(char::is_whitespace);
    let after = |at: usize| text[at..].chars().nth(1).is_none_or(char::is_whitespace);
    let kept = |(at, c): (usize, char)| if c.is_whitespace() && (blank(at) || after(at)) { '\u{a0}' } else { c };
    text.char_indices().map(kept).collect()
}

fn write_children(element: &HtmlElement, tag: &str, out: &mut String) {
    out.push('>');
    for child in &element.children {
        match child {
            HtmlNode::Text(text, _) => out.push_str(&escape(text)),
            // MathML has no `span`, into which Typst puts the blanks that readers drop.
            HtmlNode::Element(child) if child.tag == tag::span => out.push_str(&escape(&lasting(&text(child)))),
            HtmlNode::Element(child) => write_element(child, out),
            HtmlNode::Tag(_) | HtmlNode::Frame(_) => {}
        }
    }
    out.push_str("</");
    out.push_str(tag);
    out.push('>');
}

/// The text in an element.
fn text(element: &HtmlElement) -> String {
    let parts = element.children.iter().map(|child| match child {
        HtmlNode::Text(text, _) => text.to_string(),
        HtmlNode::Element(child) => text(child),
        HtmlNode::Tag(_) | HtmlNode::Frame(_) => String::new(),
    });
    parts.collect()
}

fn write_attribute(name: &str, value: &str, out: &mut String) {
    out.push(' ');
    out.push_str(name);
    out.push_str("=\"");
    out.push_str(&escape(value));
    out.push('"');
}

/// Escapes for XML and drops the characters that XML cannot hold.
fn escape(text: &str) -> String {
    let allowed: String = text.chars().filter(|c| !c.is_control() || c.is_whitespace()).collect();
    quick_xml::escape::escape(allowed).into_owned()
}
