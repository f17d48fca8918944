//! Fields: what Word computes and writes into the text.

/// What a field is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Field {
    /// The number of a caption, with the word that is counted.
    Sequence(String),
    /// The text or the page of a bookmark.
    Reference(String),
    /// A link to an address.
    Link(String),
    /// A link to a bookmark.
    Anchor(String),
    /// What the book makes anew: contents, index.
    Made,
    /// An old formula, in which readings above characters were written.
    Old(String),
    /// Anything else: its result is text.
    Text,
}

/// Reads an instruction.
pub(super) fn read(instruction: &str) -> Field {
    let words = words(instruction);
    let first = words.first().map(|word| word.to_uppercase()).unwrap_or_default();
    let second = || words.get(1).filter(|word| !word.starts_with('\\')).cloned().unwrap_or_default();
    match first.as_str() {
        "SEQ" => Field::Sequence(second()),
        "REF" | "PAGEREF" | "NOTEREF" => Field::Reference(second()),
        "HYPERLINK" => {
            let anchor = words.iter().position(|word| word == "\\l").and_then(|at| words.get(at + 1));
            match (second(), anchor) {
                (address, Some(anchor)) if address.is_empty() => Field::Anchor(anchor.clone()),
                (address, _) => Field::Link(address),
            }
        }
        "TOC" | "INDEX" => Field::Made,
        "EQ" => Field::Old(instruction.to_owned()),
        _ => Field::Text,
    }
}

fn words(instruction: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut rest = instruction.trim_start();
    while !rest.is_empty() {
        let (word, more) = match rest.strip_prefix('"') {
            Some(inner) => inner.split_once('"').unwrap_or((inner, "")),
            None => rest.split_once(char::is_whitespace).unwrap_or((rest, "")),
        };
        words.push(word.to_owned());
        rest = more.trim_start();
    }
    words
}

/// The reading and the characters of `EQ \* jc2 \o\ad(\s\up 9(tāo),饕)`.
pub(super) fn old_ruby(instruction: &str) -> Option<(String, String)> {
    let up = instruction.find("\\up")?;
    let open = up + instruction[up..].find('(')?;
    let close = open + instruction[open..].find(')')?;
    let rest = instruction[close + 1..].trim_start().strip_prefix([',', ';', '，'])?;
    let base = rest.rsplit_once(')')?.0;
    let reading = &instruction[open + 1..close];
    (!base.trim().is_empty()).then(|| (base.trim().to_owned(), reading.trim().to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn instructions_say_what_a_field_is() {
        assert_eq!(read(" SEQ 图 \\* ARABIC "), Field::Sequence("图".into()));
        assert_eq!(read(" REF _Ref1 \\h "), Field::Reference("_Ref1".into()));
        assert_eq!(read("HYPERLINK \"https://a.b/c d\""), Field::Link("https://a.b/c d".into()));
        assert_eq!(read("HYPERLINK \\l \"_Toc1\""), Field::Anchor("_Toc1".into()));
        assert_eq!(read("TOC \\o \"1-3\""), Field::Made);
        assert_eq!(read("PAGE"), Field::Text);
    }

    #[test]
    fn readings_of_old_word_are_read() {
        let field = "EQ \\* jc2 \\* \"Font:宋体\" \\* hps10 \\o\\ad(\\s\\up 9(tāo),饕)";
        assert_eq!(old_ruby(field), Some(("饕".into(), "tāo".into())));
        assert_eq!(old_ruby("EQ \\f(1,2)"), None);
    }
}
