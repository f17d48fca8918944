//! What a chart shows, to be said in a sentence.

/// A unit in which large values are said.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Magnitude {
    /// How many it is.
    pub value: f64,
    /// Its word.
    pub word: &'static str,
    /// Whether values are said in it, and not only understood.
    pub said: bool,
}

/// The shape of the data of a chart.
#[derive(Debug, Clone, PartialEq)]
pub struct Shape<'a> {
    /// What form it is.
    pub form: Form,
    /// What it is of, if it says.
    pub title: Option<&'a str>,
    /// What it says of each series; of one without a name where there is only one.
    pub says: Vec<(Option<&'a str>, Says)>,
}

/// The form of a chart, as it is called.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// Bars and columns.
    Bars,
    /// Lines and areas.
    Lines,
    /// Shares of a whole.
    Shares,
    /// Points by two values.
    Points,
    /// Points in rows.
    Dots,
    /// Two values, joined.
    Slopes,
    /// Changes that add up.
    Steps,
    /// What is left at each step.
    Funnel,
    /// Events.
    Timeline,
    /// Boxes and arrows.
    Flow,
}

/// A label with its value and unit.
#[derive(Debug, Clone, PartialEq)]
pub struct Said {
    /// The label.
    pub label: String,
    /// The value with its unit.
    pub value: String,
}

/// What is said of values.
#[derive(Debug, Clone, PartialEq)]
pub enum Says {
    /// So many, one the greatest and one the least.
    Ranks {
        /// How many.
        count: usize,
        /// The greatest.
        greatest: Said,
        /// The least, if it is another.
        least: Option<Said>,
    },
    /// A course from a first to a last value, with the extremes between them.
    Course {
        /// The first.
        first: Said,
        /// The last.
        last: Said,
        /// The greatest, where it is neither.
        greatest: Option<Said>,
        /// The least, where it is neither.
        least: Option<Said>,
    },
    /// So many between two that are named.
    Reaches {
        /// How many.
        count: usize,
        /// The first.
        first: Said,
        /// The last.
        last: Said,
    },
    /// So many, and no values.
    Holds {
        /// How many.
        count: usize,
        /// Where it begins.
        first: String,
        /// Where it ends.
        last: String,
    },
}
