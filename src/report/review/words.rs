//! What the page says: the texts of its script, handed to it as data, and the names of states.

use serde_json::{Map, Value};

use super::rows::State;
use crate::message::{Locale, Message};

/// Texts by the names that the script knows them by. Places in braces are filled by the script.
pub(super) fn words(locale: Locale) -> Value {
    let words = texts().map(|(name, text)| (name.to_owned(), Value::String(locale.say(&text))));
    Value::Object(Map::from_iter(words))
}

fn texts() -> [(&'static str, Message); 11] {
    let (shown, all, reason) = ("{shown}", "{all}", "{reason}");
    [
        ("counted", msg!("{shown} of {all} blocks", shown, all)),
        ("placeholder", msg!("What should change here?")),
        ("remove", msg!("Remove")),
        ("unsaved", msg!("There are comments that you have not downloaded.")),
        ("kept", msg!("Comments are kept in this browser until you download them.")),
        ("notKept", msg!("This browser keeps nothing: download your comments before you close the page.")),
        ("saved", msg!("Downloaded. Send the file back; `dama-pub import-review` reads it.")),
        ("last", msg!("That was the last one.")),
        ("signed", msg!("Signed off.")),
        ("takenBack", msg!("No longer signed off.")),
        ("refused", msg!("Not signed off: {reason}", reason)),
    ]
}

/// The name of a state for people.
pub(super) fn state_word(state: State) -> Message {
    match state {
        State::Missing => msg!("not translated"),
        State::Draft => msg!("draft"),
        State::Extra => msg!("only in the translation"),
        State::Translated => msg!("not signed off"),
        State::Stale => msg!("source changed"),
        State::Changed => msg!("to be read again"),
        State::Signed => msg!("signed off"),
    }
}

/// The keys of the page, and what each does.
pub(super) fn keys(live: bool) -> Vec<(&'static str, Message)> {
    let mut keys = vec![
        ("n  N", msg!("next finding, the one before")),
        ("u  U", msg!("next block that is not signed off, the one before")),
        ("j  k", msg!("next block, the one before")),
        ("c", msg!("comment on this block")),
        ("/", msg!("search")),
        ("f", msg!("findings only, everything")),
        ("Esc", msg!("close what is open, show everything")),
        ("?", msg!("show these keys")),
    ];
    if live {
        keys.insert(4, ("a", msg!("sign this block off, take it back")));
    }
    keys
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn the_script_has_every_text_that_it_uses_and_no_other() {
        let script = include_str!("page.js");
        let name = |rest: &str| rest.chars().take_while(char::is_ascii_alphabetic).collect::<String>();
        let used: BTreeSet<String> = script.split("words.").skip(1).map(name).collect();
        let Value::Object(words) = words(Locale::English) else { panic!("an object") };
        assert_eq!(used, words.keys().cloned().collect());
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
