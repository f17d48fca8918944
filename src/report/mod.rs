//! Forms of report: diagnostics in, text out.

pub mod alignment;
mod human;
mod json;
pub mod terms;

pub use human::human;
pub use json::json;

use crate::diagnostic::{Diagnostic, Severity};

/// How many findings there are of each severity.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// Errors.
    pub errors: usize,
    /// Warnings.
    pub warnings: usize,
    /// Infos.
    pub infos: usize,
}

impl Tally {
    /// Counts findings.
    pub fn of(diagnostics: &[Diagnostic]) -> Self {
        let count = |severity| diagnostics.iter().filter(|d| d.severity == severity).count();
        Self { errors: count(Severity::Error), warnings: count(Severity::Warning), infos: count(Severity::Info) }
    }
}

impl std::fmt::Display for Tally {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let plural = |n: usize| if n == 1 { "" } else { "s" };
        write!(f, "{} error{}, {} warning{}", self.errors, plural(self.errors), self.warnings, plural(self.warnings))?;
        if self.infos > 0 {
            write!(f, ", {} note{}", self.infos, plural(self.infos))?;
        }
        Ok(())
    }
}
