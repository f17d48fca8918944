//! A text as a reader of another form understands it: what a book can have, and nothing else.

/// A text in one language.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Document {
    /// Its title, where the form says it apart from the text; empty otherwise.
    pub title: Vec<Inline>,
    /// Who wrote it, as the form says.
    pub authors: Vec<String>,
    /// Its language as the form says, as a tag.
    pub language: Option<String>,
    /// The blocks in reading order. A heading of level 1 begins a chapter.
    pub blocks: Vec<Block>,
    /// The parts that chapters stand in, in order: the title of each, and the number of its first chapter, counted from 0.
    pub parts: Vec<(String, usize)>,
    /// The notes, each with a name of its own.
    pub notes: Vec<Note>,
    /// The pictures, each once.
    pub pictures: Vec<Picture>,
}

/// A note.
#[derive(Debug, Clone, PartialEq)]
pub struct Note {
    /// Its name.
    pub name: String,
    /// What it says.
    pub blocks: Vec<Block>,
}

/// A picture.
#[derive(Debug, Clone, PartialEq)]
pub struct Picture {
    /// The name that the form gives it, by which [`Inline::Picture`] names it.
    pub name: String,
    /// Its bytes, in the format of its name.
    pub bytes: Vec<u8>,
}

/// A block.
#[derive(Debug, Clone, PartialEq)]
pub struct Block {
    /// Its place in the source, in words: `paragraph 12`, `ch02.md:7`. Empty where nothing can be said.
    pub at: String,
    /// The id that others refer to it by, as the source has it; made into one that a book can have.
    pub id: Option<String>,
    /// What it is.
    pub kind: BlockKind,
}

/// The kinds of block.
#[derive(Debug, Clone, PartialEq)]
pub enum BlockKind {
    /// A heading; 1 begins a chapter.
    Heading(u8, Vec<Inline>),
    /// A paragraph.
    Paragraph(Vec<Inline>),
    /// A list, numbered when it has a first number.
    List(Option<usize>, Vec<Vec<Block>>),
    /// A quotation.
    Quote(Vec<Block>),
    /// Code, with its language.
    Code(Option<String>, String),
    /// A formula that stands by itself, in TeX.
    Formula(String),
    /// A table: rows of the head, rows, caption.
    Table {
        /// Rows of the head; may be empty.
        head: Vec<Vec<Cell>>,
        /// The other rows.
        rows: Vec<Vec<Cell>>,
        /// Its caption; may be empty.
        caption: Vec<Inline>,
    },
    /// A picture or anything else with a caption.
    Figure(Vec<Block>, Vec<Inline>),
    /// A callout: one of [`CALLOUT_WORDS`](crate::model::CALLOUT_WORDS), its title, what it holds.
    Callout(String, Vec<Inline>, Vec<Block>),
    /// A building block that every layout knows, such as `aside`, `poem`, `epigraph`.
    Container(String, Vec<Block>),
    /// Terms with what explains them.
    Definitions(Vec<(Vec<Inline>, Vec<Block>)>),
    /// A break between sections.
    Rule,
    /// A new page.
    PageBreak,
}

/// A cell of a table.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Cell {
    /// What it says.
    pub body: Vec<Inline>,
    /// Over how many columns it reaches; 1 for most, never 0.
    pub columns: usize,
    /// Over how many rows it reaches; 1 for most, never 0.
    pub rows: usize,
}

/// An inline element.
#[derive(Debug, Clone, PartialEq)]
pub enum Inline {
    /// Text as it is read.
    Text(String),
    /// Emphasis, also that of dots under Chinese characters.
    Emphasis(Vec<Inline>),
    /// Strong emphasis.
    Strong(Vec<Inline>),
    /// Struck out.
    Strike(Vec<Inline>),
    /// Below the line.
    Subscript(Vec<Inline>),
    /// Above the line.
    Superscript(Vec<Inline>),
    /// Underlined.
    Underline(Vec<Inline>),
    /// On a coloured ground.
    Highlight(Vec<Inline>),
    /// Keys to be pressed.
    Keys(Vec<Inline>),
    /// Code.
    Code(String),
    /// A formula in TeX.
    Formula(String),
    /// A link to an address.
    Link(String, Vec<Inline>),
    /// A link to a block of the text, by its id, with words of its own.
    Place(String, Vec<Inline>),
    /// A reference to the number of a block, by its id.
    Reference(String),
    /// A picture by its name, and its alternative text.
    Picture(String, String),
    /// The mark of a note, by its name.
    Note(String),
    /// Citations: keys, each with its locator.
    Citation(Vec<(String, Option<String>)>),
    /// Characters with their readings.
    Ruby(Vec<(String, String)>),
    /// A forced line break.
    Break,
}
