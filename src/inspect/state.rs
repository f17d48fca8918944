//! The graphics state and the text state (ISO 32000-2, 8.4 and 9.3).

use std::rc::Rc;
use std::sync::Arc;

use super::facts::Paint;
use super::fonts::Face;
use super::geometry::{Matrix, Rect};
use super::space::Space;

/// What `q` saves and `Q` brings back.
#[derive(Clone)]
pub(super) struct GraphicsState {
    pub(super) ctm: Matrix,
    /// Around what is left of the clipping path; empty where nothing can be seen.
    pub(super) clip: Option<Rect>,
    pub(super) fill: Paint,
    pub(super) stroke: Paint,
    pub(super) line_width: f64,
    pub(super) face: Option<Rc<Face>>,
    pub(super) size: f64,
    pub(super) character_space: f64,
    pub(super) word_space: f64,
    /// Horizontal scaling, 1 for as designed.
    pub(super) stretch: f64,
    pub(super) leading: f64,
    pub(super) rise: f64,
    /// Rendering mode, 3 is invisible.
    pub(super) mode: i64,
}

impl GraphicsState {
    pub(super) fn new(ctm: Matrix, clip: Rect) -> Self {
        let black = Paint { space: Arc::new(Space::Gray), values: [0.0; 4] };
        Self {
            ctm,
            clip: Some(clip),
            fill: black.clone(),
            stroke: black,
            line_width: 1.0,
            face: None,
            size: 0.0,
            character_space: 0.0,
            word_space: 0.0,
            stretch: 1.0,
            leading: 0.0,
            rise: 0.0,
            mode: 0,
        }
    }

    /// The part of an area that can be seen; `None` where all of it is clipped away.
    pub(super) fn seen(&self, area: Rect) -> Option<Rect> {
        area.meet(self.clip?)
    }
}

/// The path being built: its bounds on the page.
#[derive(Default)]
pub(super) struct Path {
    pub(super) bounds: Option<Rect>,
    /// Whether `W` was met: the path clips what follows it.
    pub(super) clips: bool,
}

impl Path {
    pub(super) fn add(&mut self, ctm: Matrix, points: &[[f64; 2]]) {
        let added = Rect::around(points.iter().map(|point| ctm.apply(*point)));
        self.bounds = match (self.bounds, added) {
            (Some(bounds), Some(added)) => Some(bounds.union(added)),
            (bounds, added) => bounds.or(added),
        };
    }
}
