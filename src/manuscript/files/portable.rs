//! Names of files that other systems cannot have, or read as other names.

use std::collections::BTreeMap;

use unicode_normalization::{UnicodeNormalization, is_nfc};

use crate::message::Message;

/// Windows allows 260 characters with the folders above the book.
const LONGEST: usize = 200;

/// Names that are devices on Windows, whatever their endings; `com` and `lpt` have a digit behind them.
const DEVICES: [&str; 4] = ["con", "prn", "aux", "nul"];
const PORTS: [&str; 2] = ["com", "lpt"];

/// Signs that no name has on Windows.
const SIGNS: [char; 8] = ['<', '>', ':', '"', '|', '?', '*', '\\'];

/// What is wrong with the name of a file.
pub(crate) struct Odd<'p> {
    pub(crate) path: &'p str,
    pub(crate) why: Message,
}

/// The files of a book whose names mean another file, or none, on another system.
pub(crate) fn odd<'p>(paths: impl IntoIterator<Item = &'p str>) -> Vec<Odd<'p>> {
    let mut known: BTreeMap<String, &'p str> = BTreeMap::new();
    let mut found = Vec::new();
    for path in paths {
        let own = path.split('/').find_map(of_name).or_else(|| long(path)).or_else(|| accents(path));
        let folded = path.nfc().collect::<String>().to_lowercase();
        let same = known.insert(folded, path).map(|other| {
            msg!("it differs only in capitals from {other}, and is the same file on macOS and Windows", other)
        });
        found.extend(own.or(same).map(|why| Odd { path, why }));
    }
    found
}

/// What is wrong with the name of a file or a folder.
fn of_name(name: &str) -> Option<Message> {
    let stem = name.split('.').next().unwrap_or(name).trim_end().to_lowercase();
    let is_port =
        |port: &&str| stem.strip_prefix(*port).is_some_and(|rest| rest.chars().count() == 1 && is_digit(rest));
    if DEVICES.contains(&stem.as_str()) || PORTS.iter().any(is_port) {
        return Some(msg!("on Windows `{name}` is a device", name = stem));
    }
    if let Some(sign) = name.chars().find(|c| SIGNS.contains(c)) {
        return Some(msg!("on Windows no name has `{sign}`", sign = sign.to_string()));
    }
    name.ends_with(['.', ' ']).then(|| msg!("on Windows a name loses the dot or blank at its end"))
}

fn is_digit(rest: &str) -> bool {
    rest.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '¹' | '²' | '³'))
}

fn long(path: &str) -> Option<Message> {
    let length = path.encode_utf16().count();
    (length > LONGEST).then(|| {
        msg!("its path has {length} characters; more than {limit} are too many for Windows", length, limit = LONGEST)
    })
}

fn accents(path: &str) -> Option<Message> {
    (!is_nfc(path)).then(|| msg!("it is written with separate accents, and not every system finds it so"))
}

#[cfg(test)]
mod tests {
    use super::odd;

    #[test]
    fn what_other_systems_cannot_have_is_told() {
        let long = format!("{}.md", "a".repeat(300));
        for (path, why) in [
            ("zh/aux.md", "on Windows `aux` is a device"),
            ("CON", "on Windows `con` is a device"),
            ("nul.tar.gz/a.md", "on Windows `nul` is a device"),
            ("Com1.md", "on Windows `com1` is a device"),
            ("lpt².md", "on Windows `lpt²` is a device"),
            ("a:b.md", "on Windows no name has `:`"),
            ("a?.md", "on Windows no name has `?`"),
            ("part. /a.md", "on Windows a name loses the dot or blank at its end"),
            ("part./a.md", "on Windows a name loses the dot or blank at its end"),
            ("e\u{301}.md", "it is written with separate accents, and not every system finds it so"),
            (&long, "its path has 303 characters; more than 200 are too many for Windows"),
        ] {
            let found = odd([path]);
            assert_eq!(found.first().map(|odd| odd.why.to_string()).as_deref(), Some(why), "{path}");
        }
        for good in ["zh/01-a.md", "console.md", "com.md", "com10.md", "lpt/a.md", "桥.md", "é.md", "a.b.md", ".a"] {
            assert!(odd([good]).is_empty(), "{good}");
        }
    }

    #[test]
    fn names_that_differ_in_capitals_alone_are_one() {
        let found = odd(["a.md", "b.md", "A.md"]);
        assert_eq!(found.len(), 1);
        assert_eq!(
            found[0].why.to_string(),
            "it differs only in capitals from a.md, and is the same file on macOS and Windows"
        );
    }
}
