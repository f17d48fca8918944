//! Content that Typst shows and reads no words from.

use comemo::Tracked;
use typst::diag::SourceResult;
use typst::engine::Engine;
use typst::foundations::{Args, Content, Context, ContextElem, Func, IntoValue, NativeElement, Value};

use super::function::function;

function!(SHOWN, "shown", "What it is given.", shown);

/// Shows some content without letting Typst read words from it: for a heading whose bookmark has words of its own.
pub(super) fn unread(content: Content) -> Content {
    let span = content.span();
    ContextElem::new(Func::from(&SHOWN).with(&mut Args::new(span, [content]))).pack().spanned(span)
}

fn shown(_: &mut Engine, _: Tracked<Context>, args: &mut Args) -> SourceResult<Value> {
    let content: Content = args.expect("content")?;
    Ok(content.into_value())
}
