//! What the pages of a book have in common.

use std::collections::BTreeMap;

use super::both::Both;
use super::citations::Citations;
use super::glossary::Explained;
use super::images::Pictures;
use super::index::Index;
use super::math::Formulas;
use super::pagelist::PageList;
use super::plan::Plan;
use crate::model::Lang;

/// Everything that pages are written from.
pub(super) struct Content<'a> {
    /// Files, ids, numbers.
    pub(super) plan: Plan<'a>,
    /// Pictures in the package.
    pub(super) pictures: Pictures,
    /// Formulas as MathML.
    pub(super) formulas: Formulas,
    /// Citations and the list of references.
    pub(super) citations: Citations,
    /// The index.
    pub(super) index: Index,
    /// The terms that a glossary lists, in its order.
    pub(super) glossary: Vec<Explained>,
    /// The pages of the printed edition.
    pub(super) pages: PageList,
    /// Whether paragraphs of the bilingual edition link to each other.
    pub(super) counterpart_links: bool,
    /// Attributes of building blocks that the layout adds.
    pub(super) attributes: &'a [String],
    /// The edition statements that the colophon shows.
    pub(super) edition: Vec<(&'a Lang, &'a str)>,
    /// Whether names and titles of works in Chinese text have lines below them.
    pub(super) name_marks: bool,
    /// Theme titles by id.
    pub(super) themes: BTreeMap<String, Both>,
}
