//! What an address may lead to from a book.

/// Schemes that lead to pages, to people and to works.
const HARMLESS: [&str; 14] =
    ["http", "https", "mailto", "ftp", "ftps", "tel", "sms", "geo", "news", "doi", "hdl", "urn", "info", "ark"];

/// The scheme of an address that could run a program or open a file of the reader's, such as `javascript`: any that is not known
/// to be harmless. What readers skip is skipped (blanks and control characters), so that no disguise helps.
pub fn risky_scheme(address: &str) -> Option<String> {
    let skipped =
        |c: char| c.is_whitespace() || c.is_control() || matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{feff}');
    let mut read = address.chars().filter(|c| !skipped(*c));
    let mut scheme = String::new();
    while let Some(c) = read.next() {
        match c {
            ':' if !scheme.is_empty() => return Some(scheme).filter(|scheme| !HARMLESS.contains(&scheme.as_str())),
            // `//host/share` and `\\host\share` are files of a machine; readers take either bar for the other.
            '/' | '\\' if scheme.is_empty() => {
                return read.next().filter(|next| matches!(next, '/' | '\\')).map(|next| [c, next].iter().collect());
            }
            c if c.is_ascii_alphabetic() || (!scheme.is_empty() && (c.is_ascii_digit() || "+-.".contains(c))) => {
                scheme.push(c.to_ascii_lowercase());
            }
            _ => return None,
        }
    }
    None
}

/// Schemes that run a program or open a file, whatever reads them.
const RUNNING: [&str; 10] =
    ["javascript", "vbscript", "data", "file", "about", "blob", "filesystem", "jar", "intent", "view-source"];

/// Whether a text that may be an address, or something else with a colon in it such as `WIFI:…`, runs a program or opens a file.
pub fn runs(text: &str) -> bool {
    risky_scheme(text).is_some_and(|scheme| RUNNING.contains(&scheme.as_str()))
}

#[cfg(test)]
mod tests {
    use super::{risky_scheme, runs};

    #[test]
    fn what_runs_or_opens_a_file_is_risky_in_any_disguise() {
        for (address, scheme) in [
            ("javascript:alert(1)", "javascript"),
            (" JavaScript :x", "javascript"),
            ("java\tscript\n:x", "javascript"),
            ("\u{1}vb\u{0}script:x", "vbscript"),
            ("java\u{200b}script:x", "javascript"),
            ("file:///etc/passwd", "file"),
            ("DATA:text/html,x", "data"),
            ("ms-word:ofe|u|x", "ms-word"),
            ("C:\\a.exe", "c"),
            ("\\\\host\\share", "\\\\"),
            ("//host/share", "//"),
            ("\u{1}/\t\\host/share", "/\\"),
        ] {
            assert_eq!(risky_scheme(address).as_deref(), Some(scheme), "{address:?}");
        }
        assert!(runs("Java\tScript:x") && runs("file:///a") && !runs("WIFI:T:WPA;S:a;;") && !runs("//a"));
        for harmless in [
            "https://e.org/a:b",
            "HTTP://e.org",
            "mailto:a@e.org",
            "doi:10.1000/x",
            "www.e.org/javascript:x",
            "/a",
            "#a",
            "河:岸",
            "",
            ":",
        ] {
            assert_eq!(risky_scheme(harmless), None, "{harmless:?}");
        }
    }
}
