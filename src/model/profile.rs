//! What a PDF is for.

/// What a PDF is for, and so which rules it has to keep.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Profile {
    /// To be read on a screen or printed at home.
    Screen,
    /// To be printed by a press and cut.
    Print,
}

impl Profile {
    /// Its name in `book.yaml`, in options and in reports.
    pub fn name(self) -> &'static str {
        match self {
            Profile::Screen => "screen",
            Profile::Print => "print",
        }
    }
}
