//! The manuscript that a new book starts with: small, complete, with comments on how it is written.

use crate::model::Lang;

/// Where the schema of book.yaml lies, which editors complete its keys from.
pub const BOOK_SCHEMA: &str = "manuscript/.schema/book.json";

/// Where that of glossary.yaml lies.
pub const GLOSSARY_SCHEMA: &str = "manuscript/.schema/glossary.json";

const GITIGNORE: &str =
    "# What `dama-pub build` makes, and what systems and office programs leave behind.\n/out/\n.DS_Store\n~$*\n";

/// The files of a new book: project-relative paths and texts.
///
/// `name` becomes the title, which its author will change; `layout` is that of the editions in one language, or `parallel`
/// for a book that also has a bilingual edition.
pub fn starter(name: &str, layout: &str, languages: &[Lang], date: &str) -> Vec<(String, String)> {
    let mut files = vec![
        (super::BOOK_FILE.to_owned(), book(name, layout, languages, date)),
        ("manuscript/glossary.yaml".to_owned(), glossary(languages)),
        ("manuscript/references.yaml".to_owned(), include_str!("starter/references.yaml").to_owned()),
        (".gitignore".to_owned(), GITIGNORE.to_owned()),
    ];
    for lang in languages {
        let text = lang.conventions().starter.chapter;
        files.push((format!("manuscript/{}/01-first-steps.md", lang.tag()), text.to_owned()));
    }
    files
}

fn book(name: &str, layout: &str, languages: &[Lang], date: &str) -> String {
    let tags: Vec<&str> = languages.iter().map(Lang::tag).collect();
    let title = serde_json::to_string(name).unwrap_or_default();
    let each = tags.iter().map(|tag| format!("{tag}: {title}")).collect::<Vec<_>>().join(", ");
    let (single, both) = match layout {
        "parallel" => ("book".to_owned(), ", bilingual"),
        "handbook" => (handbook(&languages[0]), ""),
        _ => (layout.to_owned(), ""),
    };
    format!(
        "# yaml-language-server: $schema=.schema/book.json\n\
         # What the book is. An unknown key is an error; the message names the nearest known one.\n\
         title: {{{each}}}\n\
         # The first language is the source; the others are translations.\n\
         languages: [{tags}]\n\
         # The editions that `dama-pub build` makes: one for each language, and `bilingual` with both side by side.\n\
         editions: [{tags}{both}]\n\
         # report, book, handbook, or a folder of your own under layouts/. Options: {{name: book, options: {{trim: 16k}}}}\n\
         layout: {single}\n\
         # The date of publication. The files bear it, so that the same manuscript gives the same bytes.\n\
         date: {date}\n\
         people:\n  - {{name: {title}, role: aut}}   # aut, edt, trl, ill, …: MARC relator codes\n\
         # publisher: …\n\
         # identifier: {{{first}: 978-…}}   # an ISBN; its check digit is checked and its bar code drawn\n\
         # cover: {{}}                      # also makes the whole cover as one sheet, with its spine\n\
         # checks: {{number: warning}}      # levels of checks: off, info, warning, error\n",
        tags = tags.join(", "),
        first = tags[0],
    )
}

/// The layout of a technical book, on the paper that readers of its source know.
fn handbook(source: &Lang) -> String {
    format!("{{name: handbook, options: {{trim: {}}}}}", source.conventions().starter.technical_trim)
}

fn glossary(languages: &[Lang]) -> String {
    let word = |lang: &Lang| format!("{}: {}", lang.tag(), lang.conventions().starter.term);
    let entry = languages.iter().map(word).collect::<Vec<_>>().join(", ");
    format!(
        "# yaml-language-server: $schema=.schema/glossary.json\n\
         # The terms of the book, one on each line. `dama-pub terms` shows how often the translation uses them.\n- {{{entry}}}\n"
    )
}
