//! Signs that stand for commands which the reader of TeX does not know: it takes each for a letter, and the writer for what
//! is to become of the group behind it. They are of Unicode's private use.

pub(super) const CANCEL: char = '\u{f0a00}';
pub(super) const BCANCEL: char = '\u{f0a01}';
pub(super) const XCANCEL: char = '\u{f0a02}';
pub(super) const BOXED: char = '\u{f0a03}';
pub(super) const PHANTOM: char = '\u{f0a04}';
pub(super) const HPHANTOM: char = '\u{f0a05}';
pub(super) const VPHANTOM: char = '\u{f0a06}';

/// Whether a letter is one of them.
pub(super) fn is_one(sign: char) -> bool {
    (CANCEL..=VPHANTOM).contains(&sign)
}

/// What is written around the group behind a sign.
pub(super) fn around(sign: char, body: &str) -> String {
    match sign {
        CANCEL => format!("cancel({body})"),
        BCANCEL => format!("cancel({body}, inverted: #true)"),
        XCANCEL => format!("cancel({body}, cross: #true)"),
        BOXED => format!("boxed({body})"),
        PHANTOM => format!("phantom({body})"),
        HPHANTOM => format!("hphantom({body})"),
        VPHANTOM => format!("vphantom({body})"),
        _ => body.to_owned(),
    }
}
