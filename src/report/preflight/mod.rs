//! What preflight saw and found: for people, and for programs.

mod facts;
mod human;
mod json;

pub use human::human as sheet;
pub use json::json;

use crate::checks::print::Flaw;
use crate::inspect::Facts;
use crate::model::Profile;

/// A PDF that was looked over.
#[derive(Debug, Clone)]
pub struct Looked {
    /// Its file name or path.
    pub name: String,
    /// The rules that held.
    pub profile: Profile,
    /// What it holds; `None` where it could not be read.
    pub facts: Option<Facts>,
    /// What is wrong with it.
    pub flaws: Vec<Flaw>,
}
