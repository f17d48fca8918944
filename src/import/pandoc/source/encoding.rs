//! Sources that are not UTF-8, which is all that pandoc reads.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_8};

use super::super::super::report::Kind;
use super::Form;
use crate::diagnostic::Severity;
use crate::manuscript;
use crate::message::Message;

/// How many bytes at the beginning of a page may say what its encoding is.
const HEAD: usize = 1024;

/// What is told of a source.
type Told = (Kind, Severity, Message);

/// A source in UTF-8, and what is told of it where it was in another encoding.
pub(super) fn in_utf8(form: Form, bytes: &[u8]) -> (Cow<'_, [u8]>, Option<Told>) {
    // A package, and a form that writes other characters by their numbers.
    let has_none = matches!(form.reader, "odt" | "rtf");
    if has_none || (std::str::from_utf8(bytes).is_ok() && !bytes.contains(&0)) {
        return (Cow::Borrowed(bytes), None);
    }
    let is_markup = matches!(form.reader, "html" | "docbook" | "fb2");
    if let Some((encoding, text)) = declared(bytes).filter(|_| is_markup).and_then(|encoding| whole(encoding, bytes)) {
        let encoding = encoding.name();
        let message = msg!("the file says that it is {encoding}, and is read as that", encoding);
        return (Cow::Owned(relabelled(text).into_bytes()), Some((Kind::Changed, Severity::Info, message)));
    }
    let (text, foreign) = manuscript::decoded(bytes.to_vec());
    match foreign {
        Some(foreign) if foreign.is_legible() => {
            let told = match foreign.encoding {
                Some(encoding) => {
                    let message =
                        msg!("the file is not UTF-8: it looks like {encoding}, and is read as that", encoding);
                    (Kind::Guessed, Severity::Info, message)
                }
                None => {
                    let message = msg!("the file is not UTF-8: signs that cannot be read are lost");
                    (Kind::Dropped, Severity::Error, message)
                }
            };
            (Cow::Owned(relabelled(text).into_bytes()), Some(told))
        }
        _ => (Cow::Borrowed(bytes), None),
    }
}

/// The text in an encoding, if all of it is.
fn whole(encoding: &'static Encoding, bytes: &[u8]) -> Option<(&'static Encoding, String)> {
    let (text, encoding, has_faults) = encoding.decode(bytes);
    (!has_faults && encoding != UTF_8).then(|| (encoding, text.into_owned()))
}

/// Where a page says what its encoding is.
fn label(head: &str) -> Option<std::ops::Range<usize>> {
    let head = head.to_ascii_lowercase();
    let found = ["encoding=", "charset="].iter().find_map(|key| Some(head.find(key)? + key.len()))?;
    let start = found + head[found..].len() - head[found..].trim_start_matches(['"', '\'']).len();
    let length = head[start..].find(['"', '\'', '>', ' ', ';', '?', '/']).unwrap_or(head.len() - start);
    Some(start..start + length)
}

/// The encoding that a page says that it has.
pub(in crate::import::pandoc) fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = String::from_utf8_lossy(&bytes[..HEAD.min(bytes.len())]).into_owned();
    Encoding::for_label(head[label(&head)?].as_bytes())
}

/// A page that was read says that it is what it is now.
fn relabelled(mut text: String) -> String {
    let end = (0..=HEAD.min(text.len())).rev().find(|end| text.is_char_boundary(*end)).unwrap_or(0);
    if let Some(place) =
        label(&text[..end]).filter(|place| Encoding::for_label(text[place.clone()].as_bytes()).is_some())
    {
        text.replace_range(place, "utf-8");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::pandoc::source::form_of;

    #[test]
    fn sources_in_other_encodings_are_read_and_told() {
        let page = |label: &str| {
            format!(
                "<html><head><meta charset=\"{label}\"></head><body>从前的夜里只有油灯，后来有了电灯。</body></html>"
            )
        };
        let gb = |text: &str| encoding_rs::GB18030.encode(text).0.into_owned();
        let wide = |text: &str| {
            std::iter::once(0xfeff).chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect::<Vec<u8>>()
        };
        for (ending, bytes, said, told) in [
            ("html", gb(&page("gb2312")), page("utf-8"), "GBK"),
            ("html", gb(&page("x")), page("x"), "looks like GBK"),
            (
                "typ",
                gb("= 从前的夜里只有油灯，后来有了电灯。"),
                "= 从前的夜里只有油灯，后来有了电灯。".to_owned(),
                "GBK",
            ),
            ("html", wide(&page("utf-16")), page("utf-8"), "UTF-16 LE"),
            ("html", page("gb2312").into_bytes(), page("gb2312"), ""),
        ] {
            let form = form_of(ending).expect("it is known");
            let (read, report) = in_utf8(form, &bytes);
            assert_eq!(String::from_utf8_lossy(&read), said);
            let message = report.map(|(_, _, message)| message.to_string()).unwrap_or_default();
            assert!(message.contains(told) && message.is_empty() == told.is_empty(), "{message}");
        }
    }
}
