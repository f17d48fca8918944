//! Room to break in a text that has none: between its pieces, too small to be seen.
//!
//! Nothing is put into the text. A line may end at such a room, and it is nothing to whoever copies the text or has it read
//! aloud.

use std::cmp::Reverse;
use std::ops::{ControlFlow, Range};
use std::sync::LazyLock;

use comemo::Tracked;
use typst::diag::SourceResult;
use typst::engine::Engine;
use typst::foundations::{
    Args, Content, Context, Func, IntoValue, NativeElement, Recipe, Regex, Selector, SequenceElem, Smart, StyledElem,
    Transformation, Value,
};
use typst::layout::{Abs, HElem, Spacing};
use typst::math::EquationElem;
use typst::model::{EmphElem, StrongElem};
use typst::syntax::Span;
use typst::text::{RawContent, RawElem, TextElem};

use super::breaks::{self, Loose, Matter};
use super::function::function;

function!(BROKEN, "broken", "A long word of code with room to break.", broken);

/// Of how many long words the widest is looked for.
const WIDEST: usize = 4;

/// A text in pieces, with room to break between them; `piece` makes one of them from where it stands in the text.
pub(super) fn pieces(text: &str, matter: Matter, piece: impl Fn(Range<usize>) -> Content) -> Content {
    cut(text, &breaks::places(text, matter), piece)
}

fn cut(text: &str, places: &[usize], piece: impl Fn(Range<usize>) -> Content) -> Content {
    if places.is_empty() {
        return piece(0..text.len());
    }
    let mut contents = Vec::new();
    let mut start = 0;
    for place in places.iter().copied().chain([text.len()]) {
        if place > start {
            // A hyphen would be taken for a part of the name.
            contents.push(piece(start..place).set(TextElem::hyphenate, Smart::Custom(false)));
        }
        contents.push(room());
        start = place;
    }
    // After the last piece a line ends as it would without.
    if places.last() != Some(&text.len()) {
        contents.pop();
    }
    Content::sequence(contents)
}

/// A long word of code as a layout sets it, with room to break.
fn in_code(word: Content) -> Content {
    let Some(text) = word.to_packed::<TextElem>().map(|element| element.text.clone()) else { return word };
    pieces(&text, Matter::Code, |piece| TextElem::packed(&text[piece]).spanned(word.span()))
}

fn broken(_: &mut Engine, _: Tracked<Context>, args: &mut Args) -> SourceResult<Value> {
    let word: Content = args.expect("word")?;
    Ok(in_code(word).into_value())
}

/// The rule that gives the long words of code in a line room to break: only Typst makes text of code.
pub(super) fn rule() -> Recipe {
    static LONG: LazyLock<Selector> = LazyLock::new(|| {
        let pattern = Regex::new(r"[^\s\x{2e80}-\x{10ffff}]{12,}").expect("a pattern");
        Selector::regex(pattern).expect("it matches something")
    });
    Recipe::new(Some(LONG.clone()), Transformation::Func(Func::from(&BROKEN)), Span::detached())
}

/// Content with room to break in its text.
pub(super) fn loosened(content: Content, how: Loose) -> Content {
    with_texts(content, &|text, span| {
        cut(text, &how.places(text), |piece: Range<usize>| TextElem::packed(&text[piece]).spanned(span))
    })
}

/// Content that is shown once more: its text has no place in the manuscript, for that is where it stands itself.
pub(super) fn repeated(content: Content) -> Content {
    with_texts(content, &|text, _| TextElem::packed(text))
}

/// Content with its text made anew.
fn with_texts(mut content: Content, make: &dyn Fn(&str, Span) -> Content) -> Content {
    if let Some(element) = content.to_packed::<TextElem>() {
        let text = element.text.clone();
        return make(&text, content.span());
    }
    let inner = if let Some(element) = content.to_packed_mut::<SequenceElem>() {
        element.children.iter_mut().collect()
    } else if let Some(element) = content.to_packed_mut::<StyledElem>() {
        vec![&mut element.child]
    } else if let Some(element) = content.to_packed_mut::<StrongElem>() {
        vec![&mut element.body]
    } else if let Some(element) = content.to_packed_mut::<EmphElem>() {
        vec![&mut element.body]
    } else {
        Vec::new()
    };
    for part in inner {
        *part = with_texts(std::mem::take(part), make);
    }
    content
}

/// The parts of some content that cannot be broken, of text the longest ones.
pub(super) fn unbroken(content: &Content) -> Vec<Content> {
    let (mut texts, mut codes, mut others) = (Vec::new(), Vec::new(), Vec::new());
    let _ = content.traverse(&mut |element| {
        if let Some(text) = element.to_packed::<TextElem>() {
            texts.extend(breaks::parts(&text.text, Matter::Cell).into_iter().map(str::to_owned));
        } else if let Some(RawContent::Text(code)) = element.to_packed::<RawElem>().map(|code| &code.text) {
            codes.extend(breaks::parts(code, Matter::Code).into_iter().map(str::to_owned));
        } else if element.is::<EquationElem>() {
            others.push(element);
        }
        ControlFlow::<()>::Continue(())
    });
    let longest = |mut parts: Vec<String>| {
        parts.sort_by_key(|part| Reverse(part.chars().count()));
        parts.truncate(WIDEST);
        parts
    };
    others.extend(longest(texts).into_iter().map(|part| TextElem::packed(part.as_str())));
    let code = |part: String| RawElem::new(RawContent::Text(part.into())).pack();
    others.extend(longest(codes).into_iter().map(code));
    others
}

/// Room too small to be seen. None at all would be left away, and no line could end there.
fn room() -> Content {
    HElem::new(Spacing::Rel(Abs::pt(0.0001).into())).pack()
}
