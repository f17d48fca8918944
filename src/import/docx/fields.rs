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
    /// An entry of the index, which shows nothing where it stands.
    Entry(String),
    /// An entry of contents, likewise.
    Contents(String),
    /// Words that stand in the instruction itself.
    Words(String),
    /// A sign of a font.
    Sign(String, u32),
    /// A setting, which shows nothing.
    Silent,
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
        "XE" => Field::Entry(second()),
        "TC" => Field::Contents(second()),
        "MACROBUTTON" | "GOTOBUTTON" => Field::Words(words.get(2..).unwrap_or_default().join(" ")),
        "SYMBOL" => {
            let font = words.iter().position(|word| word == "\\f").and_then(|at| words.get(at + 1));
            let code = second();
            let code = match code.strip_prefix("0x") {
                Some(digits) => u32::from_str_radix(digits, 16),
                None => code.parse(),
            };
            code.map_or(Field::Text, |code| Field::Sign(font.cloned().unwrap_or_default(), code))
        }
        "SET" | "ASK" | "TA" | "RD" | "PRINT" | "PRIVATE" | "ADVANCE" | "ADDIN" | "DATA" | "NEXT" | "NEXTIF"
        | "SKIPIF" => Field::Silent,
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

/// Signs that old Word draws around a character.
const AROUND: [char; 8] = ['○', '◯', '〇', '□', '△', '◇', '☐', '◻'];

/// The character of `eq \o\ac(○,3)`, and the one that is both where there is one.
pub(super) fn enclosed(instruction: &str) -> Option<(String, Option<char>)> {
    let over = instruction.find("\\o")?;
    let open = over + instruction[over..].find('(')?;
    let inside = instruction[open + 1..].trim_end().strip_suffix(')')?;
    let (one, other) = inside.split_once([',', ';', '，'])?;
    let is_around = |text: &str| text.trim().chars().all(|c| AROUND.contains(&c)) && !text.trim().is_empty();
    let (sign, inner) = match (is_around(one), is_around(other)) {
        (true, false) => (one.trim(), other.trim()),
        (false, true) => (other.trim(), one.trim()),
        _ => return None,
    };
    if inner.is_empty() || inner.contains(['\\', '(', ')']) {
        return None;
    }
    let round = sign.contains(['○', '◯', '〇']).then(|| circled(inner)).flatten();
    Some((inner.to_owned(), round))
}

/// A number or a letter in a circle.
fn circled(inner: &str) -> Option<char> {
    const CHINESE: &str = "一二三四五六七八九十";
    let from = |base: char, at: usize| char::from_u32(u32::from(base) + u32::try_from(at).ok()?);
    if let Ok(number @ 1..=20) = inner.parse::<usize>() {
        return from('①', number - 1);
    }
    let mut chars = inner.chars();
    match (chars.next()?, chars.next()) {
        (c @ 'A'..='Z', None) => from('Ⓐ', c as usize - 'A' as usize),
        (c @ 'a'..='z', None) => from('ⓐ', c as usize - 'a' as usize),
        (c, None) => from('㊀', CHINESE.chars().position(|known| known == c)?),
        _ => None,
    }
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

    #[test]
    fn characters_in_a_circle_are_one_where_there_is_one() {
        for (field, inner, sign) in [
            ("eq \\o\\ac(○,3)", "3", Some('③')),
            ("EQ \\o\\ac(三,○)", "三", Some('㊂')),
            ("eq \\o(○,B)", "B", Some('Ⓑ')),
            ("eq \\o\\ac(□,印)", "印", None),
        ] {
            assert_eq!(enclosed(field), Some((inner.to_owned(), sign)), "{field}");
        }
        assert_eq!(enclosed("EQ \\o(a,b)"), None);
    }
}
