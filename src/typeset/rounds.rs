//! How often an edition is laid out until its page numbers stand still.
//!
//! Typst begins without any: the first round has no contents and no heads, the second has those of the first. Where the pages of an
//! earlier state are at hand, their numbers are as good a guess as those of a first round, and mostly right: then one round is enough. A guess it
//! is all the same, and what is kept was laid out by numbers that are those of its own pages.

use std::sync::Arc;

use comemo::{Constraint, Track};
use typst::World;
use typst::diag::{SourceResult, Warned};
use typst::engine::{Engine, Route, Sink, Traced};
use typst::foundations::{Content, StyleChain, Target, TargetElem};
use typst::introspection::Introspector;
use typst::utils::Protected;
use typst_layout::{PagedDocument, layout_document};

/// How many rounds pages of an earlier state are given; then Typst begins without them.
const ROUNDS: usize = 3;

/// Lays out what the World has, from the pages of an earlier state if there are any. With those, whatever goes wrong is left to
/// Typst's own way, so that the findings are those of a build.
pub(super) fn compile(world: &dyn World, earlier: Option<&PagedDocument>) -> Warned<SourceResult<PagedDocument>> {
    earlier.and_then(|earlier| resumed(world, earlier)).unwrap_or_else(|| typst::compile::<PagedDocument>(world))
}

fn resumed(world: &dyn World, earlier: &PagedDocument) -> Option<Warned<SourceResult<PagedDocument>>> {
    let (mut sink, traced, route) = (Sink::new(), Traced::default(), Route::default());
    let main = world.source(world.main()).ok()?;
    let (tracked, library) = (world.track(), world.library());
    let module = typst_eval::eval(tracked, library, traced.track(), sink.track_mut(), route.track(), &main).ok()?;
    let content = module.content();
    let mut known = Arc::clone(earlier.introspector());
    for _ in 0..ROUNDS {
        let mut said = Sink::new();
        let (document, agrees) = round(world, &content, known.as_ref(), &mut said)?;
        if agrees {
            sink.extend_from_sink(said);
            let sound = sink.delayed().is_empty();
            return sound.then(|| Warned { output: Ok(document), warnings: sink.warnings() });
        }
        known = Arc::clone(document.introspector());
    }
    None
}

/// The pages laid out by what is known of others, and whether they are as it was thought.
fn round(
    world: &dyn World,
    content: &Content,
    known: &dyn Introspector,
    said: &mut Sink,
) -> Option<(PagedDocument, bool)> {
    let (constraint, traced) = (Constraint::new(), Traced::default());
    let library = world.library();
    let mut engine = Engine {
        library,
        world: world.track(),
        introspector: Protected::new(known.track_with(&constraint)),
        traced: traced.track(),
        sink: said.track_mut(),
        route: Route::default(),
    };
    let target = TargetElem::target.set(Target::Paged).wrap();
    let styles = StyleChain::new(&library.styles);
    let document = layout_document(&mut engine, content, styles.chain(&target)).ok()?;
    let found: &dyn Introspector = document.introspector().as_ref();
    let agrees = constraint.validate(found);
    Some((document, agrees))
}
