//! Citations and the list of references on pages: the words of [`bibliography`](crate::bibliography) as Typst's content.
//!
//! Typst words its bibliographies by itself, in one language and from files of its own. So its element stands for ours: what
//! a layout does with `bibliography(..)`, with `show bibliography` and with its title holds for the list that is shown here.

use comemo::Tracked;
use typst::Library;
use typst::diag::{At, SourceResult};
use typst::engine::Engine;
use typst::foundations::{
    Args, Array, Content, Context, Dict, Func, IntoValue, NativeElement, NativeFuncData, Packed, Recipe, Selector,
    Smart, Str, Transformation, Value,
};
use typst::introspection::{Location, MetadataElem, QueryIntrospection};
use typst::layout::{Alignment, BlockBody, BlockElem, Em, HElem, Length, Side, Sides};
use typst::model::{
    BibliographyElem, Destination, DirectLinkElem, EnumElem, EnumItem, LinkElem, LinkTarget, Numbering, ParElem, Url,
};
use typst::pdf::PdfMarkerTag;
use typst::syntax::Span;
use typst::text::{SmallcapsElem, SubElem, SuperElem, TextElem};
use typst::utils::Get;

use super::{convert, formula};
use crate::bibliography::{Look, Piece, Shift, Target, Worded};

/// The name in the module `dama` under which the words are kept for the native functions.
pub(super) const NAME: &str = "worded";

/// The words as a value.
pub(super) fn value(worded: &Worded) -> Value {
    let citations = worded.citations.iter().map(|(name, made)| (Str::from(name.as_str()), pieces(made)));
    let list = worded.list.iter().map(|work| {
        let number = work.number.as_deref().map_or(Value::None, pieces);
        convert::dict([("key", work.key.as_str().into_value()), ("number", number), ("text", pieces(&work.text))])
            .into_value()
    });
    convert::dict([
        ("citations", Value::Dict(citations.collect())),
        ("list", Value::Array(list.collect())),
        ("hanging", worded.hanging.into_value()),
    ])
    .into_value()
}

/// The file that stands for the bibliography where Typst reads one.
pub(super) const FILE: &str = "bibliography/references.yaml";

/// The path of that file for a layout, if there is anything to list.
pub(super) fn path(worded: &Worded) -> Value {
    if worded.list.is_empty() { Value::None } else { format!("/{FILE}").into_value() }
}

/// A library of references that Typst can read, with nothing in it but the keys: what it says is ours.
pub(super) fn library(worded: &Worded) -> String {
    let entry = |key: &str| format!("{}: {{type: misc}}\n", serde_json::Value::from(key));
    worded.list.iter().map(|work| entry(&work.key)).collect()
}

/// Makes Typst's element show our list.
pub(super) fn install(library: &mut Library, function: &'static NativeFuncData) {
    let selector = BibliographyElem::ELEM.select();
    let transform = Transformation::Func(Func::from(function));
    library.styles.push(Recipe::new(Some(selector), transform, Span::detached()));
}

fn pieces(pieces: &[Piece]) -> Value {
    pieces.iter().map(piece).collect::<Array>().into_value()
}

fn piece(piece: &Piece) -> Value {
    let look = piece.look;
    let target = match &piece.target {
        Some(Target::Work(key)) => ("work", key.as_str().into_value()),
        Some(Target::Url(url)) => ("url", url.as_str().into_value()),
        None => ("to", Value::None),
    };
    convert::dict([
        ("text", piece.text.as_str().into_value()),
        ("italic", look.italic.into_value()),
        ("bold", look.bold.into_value()),
        ("small-caps", look.small_caps.into_value()),
        ("underlined", look.underlined.into_value()),
        ("up", (look.shift == Some(Shift::Up)).into_value()),
        ("down", (look.shift == Some(Shift::Down)).into_value()),
        ("formula", look.formula.into_value()),
        target,
    ])
    .into_value()
}

fn read_piece(value: &Value) -> Option<Piece> {
    let Value::Dict(dict) = value else { return None };
    let is = |key: &str| matches!(dict.get(key), Ok(Value::Bool(true)));
    let text = |key: &str| match dict.get(key) {
        Ok(Value::Str(text)) => Some(text.as_str().to_owned()),
        _ => None,
    };
    let shift = if is("up") { Some(Shift::Up) } else { is("down").then_some(Shift::Down) };
    let look = Look {
        italic: is("italic"),
        bold: is("bold"),
        small_caps: is("small-caps"),
        underlined: is("underlined"),
        shift,
        formula: is("formula"),
    };
    let target = text("work").map(Target::Work).or_else(|| text("url").map(Target::Url));
    Some(Piece { text: text("text")?, look, target })
}

/// The words that are kept in a library.
fn kept(library: &Library) -> Option<Dict> {
    let Value::Module(dama) = library.global.scope().get("dama")?.read() else { return None };
    match dama.scope().get(NAME)?.read() {
        Value::Dict(words) => Some(words.clone()),
        _ => None,
    }
}

fn array(dict: &Dict, key: &str) -> Array {
    match dict.get(key) {
        Ok(Value::Array(array)) => array.clone(),
        _ => Array::new(),
    }
}

/// A citation by its name; nothing where the edition does not have it.
pub(super) fn citation(engine: &mut Engine, name: &str, span: Span) -> Content {
    let words = kept(engine.library);
    let Some(Ok(Value::Dict(citations))) = words.as_ref().map(|words| words.get("citations")) else {
        return Content::empty();
    };
    run(engine, &array(citations, name), span, &|key, body| match (
        convert::label(&listed(key)),
        convert::label(&cited(key)),
    ) {
        // Every citation of a work bears one label, so that the list can lead back to the first.
        (Some(work), Some(own)) => LinkElem::new(LinkTarget::Label(work), body).pack().spanned(span).labelled(own),
        _ => body,
    })
}

/// The label of a work in the list.
fn listed(key: &str) -> String {
    format!("dama-work:{key}")
}

/// The label of a citation of a work.
fn cited(key: &str) -> String {
    format!("dama-cited:{key}")
}

type Links<'l> = dyn Fn(&str, Content) -> Content + 'l;

/// Pieces as content.
fn run(engine: &mut Engine, pieces: &Array, span: Span, link: &Links<'_>) -> Content {
    let pieces: Vec<Piece> = pieces.iter().filter_map(read_piece).collect();
    let runs = pieces.chunk_by(|one, next| one.target == next.target).map(|run| {
        let body = Content::sequence(run.iter().map(|piece| looking(engine, piece, span)));
        match &run[0].target {
            Some(Target::Work(key)) => link(key, body),
            Some(Target::Url(url)) => match Url::new(url.as_str()) {
                Ok(url) => LinkElem::new(LinkTarget::Dest(Destination::Url(url)), body).pack().spanned(span),
                Err(_) => body,
            },
            None => body,
        }
    });
    Content::sequence(runs.collect::<Vec<_>>())
}

fn looking(engine: &mut Engine, piece: &Piece, span: Span) -> Content {
    if let Some(formula) = piece.look.formula.then(|| formula::set(engine, &piece.text, span)).flatten() {
        return formula;
    }
    let mut content = TextElem::packed(piece.text.as_str()).spanned(span);
    let look = piece.look;
    if look.italic {
        content = content.emph();
    }
    if look.small_caps {
        content = SmallcapsElem::new(content).pack();
    }
    if look.bold {
        content = content.strong();
    }
    if look.underlined {
        content = content.underlined();
    }
    // A weak space of no width before it: what is raised does not stand off from the word.
    match look.shift {
        Some(Shift::Up) => HElem::hole().clone() + SuperElem::new(content).pack().spanned(span),
        Some(Shift::Down) => HElem::hole().clone() + SubElem::new(content).pack().spanned(span),
        None => content,
    }
}

/// The list in place of Typst's own; `numbering` gives the number of a work by its place.
pub(super) fn list(
    engine: &mut Engine,
    context: Tracked<Context>,
    element: &Content,
    numbering: &'static NativeFuncData,
) -> SourceResult<Value> {
    let span = element.span();
    let styles = context.styles().at(span)?;
    let title = element.to_packed::<BibliographyElem>().and_then(|bibliography| bibliography.realize_title(styles));
    let words = kept(engine.library).unwrap_or_default();
    let works: Vec<Work> = array(&words, "list").iter().filter_map(|work| Work::read(engine, work, span)).collect();
    let body = if works.iter().any(|work| work.number.is_some()) {
        numbered(works, numbering, styles.get(ParElem::spacing), span)
    } else {
        let hanging = matches!(words.get("hanging"), Ok(Value::Bool(true)));
        let start = styles.resolve(TextElem::dir).start();
        let works = works.into_iter().map(|work| paragraph(work, hanging, start, span));
        PdfMarkerTag::Bibliography(false, Content::sequence(works))
    };
    // Lines end ragged: a line before a long address is not pulled apart.
    let body = body.set(ParElem::justify, false);
    Ok(Content::sequence(title.into_iter().chain([body])).into_value())
}

/// A work of the list as content.
struct Work {
    number: Option<Content>,
    text: Content,
}

impl Work {
    fn read(engine: &mut Engine, value: &Value, span: Span) -> Option<Self> {
        let Value::Dict(work) = value else { return None };
        let key: Str = work.get("key").ok()?.clone().cast().ok()?;
        let back = first_citation(engine, &key, span);
        let mut shown = |name: &str| run(engine, &array(work, name), span, &|_, body| body);
        let number = matches!(work.get("number"), Ok(Value::Array(_))).then(|| {
            let number = shown("number");
            let alt = number.plain_text();
            back.map_or(number.clone(), |place| DirectLinkElem::new(place, number, Some(alt)).pack())
        });
        let mark = MetadataElem::new(Value::None).pack().spanned(span);
        let mark = convert::label(&listed(&key)).map_or_else(Content::empty, |label| mark.labelled(label));
        Some(Self { number, text: mark + shown("text") })
    }
}

/// Where a work is cited first.
fn first_citation(engine: &mut Engine, key: &str, span: Span) -> Option<Location> {
    let label = convert::label(&cited(key))?;
    engine.introspect(QueryIntrospection(Selector::Label(label), span)).first()?.location()
}

/// Works with their numbers before them, which are set in a column of their own.
fn numbered(works: Vec<Work>, numbering: &'static NativeFuncData, spacing: Length, span: Span) -> Content {
    const GAP: Em = Em::new(0.65);
    let numbers: Array = works.iter().map(|work| work.number.clone().unwrap_or_default().into_value()).collect();
    let numbering = Func::from(numbering).with(&mut Args::new(span, [numbers]));
    let items = works.into_iter().map(|work| Packed::new(EnumItem::new(work.text)).spanned(span));
    EnumElem::new(items.collect())
        .with_tight(true)
        .with_numbering(Numbering::Func(numbering))
        .with_indent(Length::zero())
        .with_body_indent(GAP.into())
        .with_spacing(Smart::Custom(spacing))
        .with_number_align(Alignment::START)
        .pack()
        .spanned(span)
}

/// The number of a work by its place in the list.
pub(super) fn number(numbers: &Array, place: usize) -> Value {
    numbers.iter().nth(place.saturating_sub(1)).cloned().unwrap_or_default()
}

fn paragraph(work: Work, hanging: bool, start: Side, span: Span) -> Content {
    const INDENT: Em = Em::new(1.5);
    let text = PdfMarkerTag::BibEntry(work.text);
    if !hanging {
        return BlockElem::packed(text).spanned(span);
    }
    let inset = Sides::default().with(start, Some(INDENT.into()));
    let body = HElem::new((-INDENT).into()).pack() + text;
    BlockElem::new().with_inset(inset).with_body(Some(BlockBody::Content(body))).pack().spanned(span)
}
