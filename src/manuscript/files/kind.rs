//! What a file in the folder of a language is, by its name.

/// What a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Markdown.
    Chapter,
    /// A picture, or what one was made with: it is used where the text names it.
    Picture,
    /// What editors and systems leave beside the files that people work with.
    Debris,
    /// Text in another form than Markdown.
    Text,
    /// Anything else.
    Other,
}

/// Endings of Markdown, in small letters.
const MARKDOWN: [&str; 4] = ["md", "markdown", "mdown", "mkd"];

const PICTURES: [&str; 20] = [
    "png", "jpg", "jpeg", "gif", "webp", "svg", "tif", "tiff", "bmp", "avif", "heic", "eps", "ai", "psd", "drawio",
    "vsdx", "xcf", "sketch", "fig", "ico",
];

/// Endings of text that somebody may have meant as a chapter.
const TEXTS: [&str; 21] = [
    "txt", "text", "doc", "docx", "odt", "rtf", "wps", "pages", "html", "htm", "tex", "rst", "adoc", "asciidoc", "org",
    "mdx", "qmd", "rmd", "typ", "epub", "pdf",
];

/// What a file of a name is.
pub(super) fn of(name: &str) -> Kind {
    let ending = name.rsplit_once('.').map_or(String::new(), |(_, ending)| ending.to_lowercase());
    let ending = ending.as_str();
    if is_debris(name) {
        Kind::Debris
    } else if name.contains('\u{fffd}') {
        // No file can be read by a name that is not UTF-8.
        Kind::Text
    } else if chapter_name(name).is_some() {
        Kind::Chapter
    } else if PICTURES.contains(&ending) {
        Kind::Picture
    } else if TEXTS.contains(&ending) {
        Kind::Text
    } else {
        Kind::Other
    }
}

/// Whether an editor or a system left a file of this name.
pub(super) fn is_debris(name: &str) -> bool {
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    name.starts_with(['.', '#'])
        || name.starts_with("~$")
        || name.ends_with('~')
        || ["swp", "swo", "tmp", "crdownload", "part"].contains(&ending)
        || ["Thumbs.db", "desktop.ini", "Desktop.ini", "Icon\r"].contains(&name)
}

/// The name of a chapter from that of its file: without the ending that says that it is Markdown. `None` for other files.
pub(crate) fn chapter_name(file: &str) -> Option<&str> {
    let (name, ending) = file.rsplit_once('.')?;
    let is_markdown = MARKDOWN.contains(&ending.to_ascii_lowercase().as_str());
    (is_markdown && !name.is_empty()).then_some(name)
}
