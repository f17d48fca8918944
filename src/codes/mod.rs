//! Every code that reading a book, setting it, or a run as a whole can give. The checks have their own table,
//! [`checks::CHECKS`](crate::checks::CHECKS).
//!
//! To add one, write its line here and its page in both languages beside this file. Constant and entry come from the
//! same line, so that a code without a page cannot be named.

mod page;

pub use page::Page;

use crate::diagnostic::{Code, Severity};
use crate::message::Message;

/// What is known of a code.
#[derive(Debug, Clone)]
pub struct Entry {
    /// The code.
    pub code: Code,
    /// Where it arises; for a check the group that `book.yaml` can name.
    pub group: &'static str,
    /// What it means, in one line.
    pub summary: Message,
    /// How grave its findings usually are.
    pub severity: Severity,
    /// Its page.
    pub page: Page,
}

/// The page in `NAME.md` and `NAME.zh.md`, which stand beside the file that names them.
macro_rules! page {
    ($name:literal) => {
        $crate::codes::Page {
            english: include_str!(concat!($name, ".md")),
            chinese: include_str!(concat!($name, ".zh.md")),
        }
    };
}

macro_rules! codes {
    ($($constant:ident = $name:literal, $file:literal, $group:literal, $severity:ident, $summary:literal;)*) => {
        $(
            #[doc = concat!("`", $name, "`: ", $summary, ".")]
            pub const $constant: Code = Code::registered($name);
        )*

        /// Every code that is not a check, by group.
        pub const ALL: &[Entry] = &[$(Entry {
            code: $constant,
            group: $group,
            summary: msg!($summary),
            severity: Severity::$severity,
            page: page!($file),
        }),*];
    };
}

codes! {
    UNREADABLE_FILE = "unreadable-file", "unreadable_file", "manuscript", Error,
        "a file of the manuscript cannot be read";
    TOO_LARGE = "too-large", "too_large", "manuscript", Error,
        "a file is larger than the limit";
    NOT_UTF8 = "not-utf8", "not_utf8", "manuscript", Error,
        "a file is not UTF-8 text";
    YAML = "yaml", "yaml", "manuscript", Error,
        "YAML is malformed, unsafe, or has an unknown key";
    BOOK_YAML = "book-yaml", "book_yaml", "manuscript", Error,
        "book.yaml lacks a value or has a wrong one";
    UNKNOWN_LANGUAGE = "unknown-language", "unknown_language", "manuscript", Error,
        "book.yaml lists a language that has no rules yet";
    NO_CHAPTERS = "no-chapters", "no_chapters", "manuscript", Warning,
        "a language has no chapters";
    LANGUAGE_FOLDER = "language-folder", "language_folder", "manuscript", Error,
        "it is doubtful which folder holds the text of a language";
    IGNORED_FILE = "ignored-file", "ignored_file", "manuscript", Warning,
        "a file of the manuscript is not read";
    FILE_NAME = "file-name", "file_name", "manuscript", Warning,
        "a chapter has a file name that other systems cannot have, or take for another";
    CHAPTER_ORDER = "chapter-order", "chapter_order", "manuscript", Warning,
        "the order of the chapters is doubtful";
    MISSING_PART = "missing-part", "missing_part", "manuscript", Error,
        "‘parts’ of book.yaml lists a chapter that has no file";
    UNLISTED_PART = "unlisted-part", "unlisted_part", "manuscript", Warning,
        "‘parts’ of book.yaml does not list a chapter, which is left out";
    FRONT_MATTER = "front-matter", "front_matter", "manuscript", Error,
        "the front matter of a chapter has no end or an unknown role";
    MISSING_TITLE = "missing-title", "missing_title", "manuscript", Error,
        "a chapter has no title";
    CMYK_PICTURE = "cmyk-picture", "cmyk_picture", "manuscript", Info,
        "a picture in CMYK does not say what its colours are";
    HTML_LEFT_OUT = "html-left-out", "html_left_out", "manuscript", Warning,
        "HTML says something that a book does not show";
    MARKDOWN = "markdown", "markdown", "manuscript", Error,
        "a chapter uses Markdown that a manuscript cannot have";
    LITERAL_MARKUP = "literal-markup", "literal_markup", "manuscript", Warning,
        "text looks like markup, but is printed as it stands";
    UNSEEN_CHARACTER = "unseen-character", "unseen_character", "manuscript", Error,
        "a chapter has a character that no page can show";
    IMPORT_CODES = "import-codes", "import_codes", "exchange", Error,
        "a translation that came back has other codes than its source";
    IMPORT_LOST = "import-lost", "import_lost", "exchange", Warning,
        "a translation came back whose source is not in the book any more";
    IMPORT_STALE = "import-stale", "import_stale", "exchange", Warning,
        "a translation came back whose source has changed";
    IMPORT_REFUSED = "import-refused", "import_refused", "exchange", Error,
        "something that came back from translators cannot be written into the manuscript";
    UNKNOWN_ATTRIBUTE = "unknown-attribute", "unknown_attribute", "manuscript", Warning,
        "an attribute or title is written of which nothing is made";
    UNUSED_KEY = "unused-key", "unused_key", "manuscript", Warning,
        "a key of front matter is one of which nothing is made";
    UNKNOWN_BLOCK = "unknown-block", "unknown_block", "manuscript", Error,
        "a container names a building block that does not exist";
    DATA_BLOCK = "data-block", "data_block", "manuscript", Error,
        "a chart, a QR code or a table cannot be made from its data";
    UNKNOWN_NOTE = "unknown-note", "unknown_note", "manuscript", Error,
        "the text refers to a footnote that is not defined";
    DUPLICATE_NOTE = "duplicate-note", "duplicate_note", "manuscript", Error,
        "a footnote is defined twice";
    UNUSED_NOTE = "unused-note", "unused_note", "manuscript", Warning,
        "a footnote is defined, but nothing refers to it";
    DUPLICATE_ID = "duplicate-id", "duplicate_id", "manuscript", Error,
        "two blocks of a chapter have the same id";
    UNKNOWN_ID = "unknown-id", "unknown_id", "manuscript", Error,
        "a reference or link names an id that does not exist";
    AMBIGUOUS_ID = "ambiguous-id", "ambiguous_id", "manuscript", Error,
        "a reference or link names an id that several chapters have";
    MISSING_CAPTION = "missing-caption", "missing_caption", "manuscript", Error,
        "a reference names a figure that has no caption, and so no number";
    UNKNOWN_CITATION = "unknown-citation", "unknown_citation", "manuscript", Error,
        "a citation names a source that the bibliography does not have";
    UNCITED = "uncited", "uncited", "manuscript", Warning,
        "an entry of the bibliography is cited nowhere and is not printed";
    UNKNOWN_THEME = "unknown-theme", "unknown_theme", "manuscript", Error,
        "a chapter names a theme that book.yaml does not have";
    REFERENCES_YAML = "references-yaml", "references_yaml", "manuscript", Error,
        "the bibliography or an entry of it cannot be used";
    GLOSSARY = "glossary", "glossary", "manuscript", Error,
        "an entry of glossary.yaml cannot be used";
    REVIEWED = "reviewed", "reviewed", "manuscript", Error,
        "a line of reviewed.yaml cannot be used";
    COMMENTS = "comments", "comments", "manuscript", Error,
        "a line of comments.yaml cannot be used";
    BAD_IMAGE_PATH = "bad-image-path", "bad_image_path", "manuscript", Error,
        "the path of a picture does not lead to a file of the project";
    MISSING_IMAGE = "missing-image", "missing_image", "manuscript", Error,
        "a picture does not exist, or its file is not a usable picture";
    MISSING_ALT = "missing-alt", "missing_alt", "manuscript", Error,
        "a picture or QR code has no alternative text";
    LAYOUT = "layout", "layout", "pages", Error,
        "a layout does not exist, cannot be read, or does not set an edition";
    LAYOUT_OPTION = "layout-option", "layout_option", "pages", Error,
        "a layout has no such option, or the option cannot have this value";
    FONTS = "fonts", "fonts", "pages", Error,
        "the list of fonts or a font of the project cannot be used";
    TYPESET = "typeset", "typeset", "pages", Error,
        "Typst cannot set the pages, or warns of something in them";
    UNKNOWN_FONT = "unknown-font", "unknown_font", "pages", Error,
        "a layout asks for a font family that does not exist";
    NOT_CONVERGED = "not-converged", "not_converged", "pages", Error,
        "page numbers and references do not settle";
    MISSING_GLYPH = "missing-glyph", "missing_glyph", "pages", Error,
        "no font has a glyph for a character";
    OVERFLOW = "overflow", "overflow", "pages", Error,
        "text leaves its box or the page, or runs over other text";
    FITTED_TABLE = "fitted-table", "fitted_table", "pages", Warning,
        "a table is too wide for its page and is set otherwise";
    MISSING_COVER = "missing-cover", "missing_cover", "pages", Error,
        "the cover cannot be made";
    PRESS = "press", "press", "pages", Error,
        "the print PDF cannot be finished";
    UNREADABLE_IMAGE = "unreadable-image", "unreadable_image", "e-book", Error,
        "the e-book cannot carry a picture";
    COVER_SIZE = "cover-size", "cover_size", "e-book", Warning,
        "the cover of the e-book is too small, or wider than high";
    BROKEN_FORMULA = "broken-formula", "broken_formula", "e-book", Error,
        "a formula of the e-book cannot be set";
    EBOOK_FONTS = "ebook-fonts", "ebook_fonts", "e-book", Warning,
        "the e-book cannot carry a font";
    PAGE_LIST = "page-list", "page_list", "e-book", Warning,
        "the e-book has no list of the printed pages";
    FAILED_CHECK = "failed-check", "failed_check", "run", Error,
        "a check broke off, and what it would find is not known";
    RESOURCE_LIMIT = "resource-limit", "resource_limit", "run", Error,
        "work on a book took too much time or memory";
    UNKNOWN_CHECK = "unknown-check", "unknown_check", "run", Warning,
        "‘checks’ of book.yaml names a check that does not exist";
    BASELINE = "baseline", "baseline", "run", Error,
        "baseline.yaml or a line of it cannot be used";
    UNUSED_BASELINE = "unused-baseline", "unused_baseline", "run", Info,
        "baseline.yaml accepts a finding that no longer occurs";
    UNREADABLE_PDF = "unreadable-pdf", "unreadable_pdf", "run", Error,
        "a file cannot be read as a PDF";
    PARTIAL_PREFLIGHT = "partial-preflight", "partial_preflight", "run", Warning,
        "preflight could not look at the whole PDF";
}

/// The codes whose findings have a level like those of the checks: `checks:` in `book.yaml` sets it, and a comment waives
/// them at their place in a chapter. Artifacts can be made all the same.
const LEVELLED: &[Code] = &[
    IGNORED_FILE,
    FILE_NAME,
    CHAPTER_ORDER,
    UNLISTED_PART,
    CMYK_PICTURE,
    HTML_LEFT_OUT,
    LITERAL_MARKUP,
    UNKNOWN_ATTRIBUTE,
    UNUSED_KEY,
    UNUSED_NOTE,
    UNCITED,
    OVERFLOW,
    FITTED_TABLE,
    MISSING_GLYPH,
    UNKNOWN_FONT,
    NOT_CONVERGED,
    COVER_SIZE,
    EBOOK_FONTS,
    PAGE_LIST,
];

/// Whether findings of a code have a level and can be waived, though it is no check.
pub fn is_levelled(code: Code) -> bool {
    LEVELLED.contains(&code)
}

/// The entries of the codes whose findings have a level.
pub fn levelled() -> impl Iterator<Item = &'static Entry> {
    ALL.iter().filter(|entry| is_levelled(entry.code))
}

/// The entry of a name.
pub fn named(name: &str) -> Option<&'static Entry> {
    ALL.iter().find(|entry| entry.code == name)
}

#[cfg(test)]
mod tests;
