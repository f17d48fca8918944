//! What the page of the preview says, handed to its script as data.

use serde_json::{Map, Value};

use crate::message::{Locale, Message};
use crate::model::EditionKind;

/// Texts by the names that the script knows them by. Places in braces are filled by the script.
pub(super) fn words(locale: Locale) -> Value {
    let words = texts().map(|(name, text)| (name.to_owned(), Value::String(locale.say(&text))));
    Value::Object(Map::from_iter(words))
}

fn texts() -> [(&'static str, Message); 46] {
    let (page, pages, label, seconds, editor) = ("{page}", "{pages}", "{label}", "{seconds}", "{editor}");
    [
        ("edition", msg!("Edition")),
        ("beside", msg!("Side by side")),
        ("review", msg!("Review")),
        ("fit", msg!("Fit width")),
        ("smaller", msg!("Zoom out")),
        ("larger", msg!("Zoom in")),
        ("page", msg!("page {page} of {pages}", page, pages)),
        ("labelled", msg!("page {page} of {pages}, numbered {label}", page, pages, label)),
        ("working", msg!("Setting pages…")),
        ("waiting", msg!("Setting the first pages…")),
        ("ready", msg!("Up to date · {seconds} s", seconds)),
        ("broken", msg!("Errors: these are the last good pages")),
        ("faulty", msg!("Errors: see Findings")),
        ("never", msg!("The book has errors, and there are no pages yet. See Findings.")),
        ("lost", msg!("The connection to dama-pub is lost")),
        ("findings", msg!("Findings")),
        ("none", msg!("No findings")),
        ("all", msg!("All")),
        ("error", msg!("errors")),
        ("warning", msg!("warnings")),
        ("info", msg!("notes")),
        ("copy", msg!("Copy")),
        ("copied", msg!("Copied")),
        ("nothing", msg!("No text of the manuscript here")),
        ("contents", msg!("Contents and pages")),
        ("titles", msg!("Contents")),
        ("small", msg!("Pages")),
        ("goto", msg!("Go to page")),
        ("ebook", msg!("E-book")),
        ("noBook", msg!("The e-book cannot be made yet. See Findings.")),
        ("before", msg!("Section before")),
        ("after", msg!("Next section")),
        ("phone", msg!("Phone width")),
        ("dark", msg!("Dark")),
        ("view", msg!("View")),
        ("spreads", msg!("Facing pages")),
        ("follow", msg!("Follow the edit")),
        ("marks", msg!("Findings on the pages")),
        ("openIn", msg!("Open places in")),
        ("copyPlace", msg!("nothing: copy the place")),
        ("open", msg!("Open in {editor}", editor)),
        ("keys", msg!("Keys")),
        ("zoom", msg!("Zoom in, zoom out")),
        ("scroll", msg!("Scroll")),
        ("search", msg!("Search the pages")),
        ("close", msg!("Close")),
    ]
}

/// What the page says without its script.
pub(super) fn without_script() -> Message {
    msg!("The preview needs JavaScript.")
}

/// What stands in place of a page of review that cannot be made yet.
pub(super) fn waiting() -> Message {
    msg!("The book is being read and checked…")
}

/// The name of an edition on its tab.
pub(super) fn edition(edition: &EditionKind) -> Message {
    match edition {
        EditionKind::Single(lang) => lang.name(),
        EditionKind::Bilingual => msg!("Bilingual"),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::super::answer::SCRIPTS;
    use super::*;

    /// The names after `words.` in the script.
    fn used() -> BTreeSet<String> {
        let name = |rest: &str| rest.chars().take_while(char::is_ascii_alphabetic).collect();
        SCRIPTS.iter().flat_map(|(_, script)| script.split("words.").skip(1).map(name)).collect()
    }

    #[test]
    fn the_script_has_every_text_that_it_uses() {
        let Value::Object(words) = words(Locale::English) else { panic!("an object") };
        let unknown: Vec<String> = used().into_iter().filter(|name| !words.contains_key(name)).collect();
        assert_eq!(unknown, [""; 0]);
        // The texts of states and severities are found by the name of the state or severity.
        // So are those of the keys.
        for name in ["working", "ready", "broken", "error", "warning", "info", "all", "zoom", "scroll", "search"] {
            assert!(words.contains_key(name), "{name}");
        }
    }

    #[test]
    fn the_script_fills_the_same_places_in_both_languages() {
        let places = |text: &Value| -> BTreeSet<String> {
            let text = text.as_str().expect("a text");
            text.split('{').skip(1).filter_map(|rest| rest.split('}').next()).map(str::to_owned).collect()
        };
        let (english, chinese) = (words(Locale::English), words(Locale::Chinese));
        for (name, text) in english.as_object().expect("an object") {
            assert_eq!(places(text), places(&chinese[name]), "{name}");
            assert_ne!(text, &chinese[name], "{name}");
        }
    }
}
