//! The terminal that a person sits at.

use std::io::{self, IsTerminal};

use anstream::{AutoStream, ColorChoice};
use serde::{Deserialize, Serialize};
use terminal_size::{Width, terminal_size_of};

/// What is known of the terminal that a person sits at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(in crate::cli) struct View {
    /// Columns of the terminal that stdout goes to, and of that of stderr.
    pub(in crate::cli) columns: [Option<u16>; 2],
    /// Whether stdout, and whether stderr, goes to a terminal.
    pub(in crate::cli) terminals: [bool; 2],
    /// Whether styles go to stdout, and whether to stderr, where the command line does not say.
    pub(in crate::cli) styles: [bool; 2],
}

impl View {
    /// That of this process.
    pub(in crate::cli) fn here() -> Self {
        let width = |size: Option<(Width, _)>| size.map(|(width, _)| width.0);
        let (out, err) = (io::stdout(), io::stderr());
        let styled = |choice| choice != ColorChoice::Never;
        Self {
            columns: [width(terminal_size_of(&out)), width(terminal_size_of(&err))],
            terminals: [out.is_terminal(), err.is_terminal()],
            styles: [styled(AutoStream::choice(&out)), styled(AutoStream::choice(&err))],
        }
    }
}
