//! Addresses in running text.

/// An address as people read it: what is not ASCII is shown as itself. One that could be misread stays as it is.
pub(super) fn readable(url: &str) -> String {
    let mut out = String::new();
    let mut rest = url;
    while let Some(at) = rest.find('%') {
        out.push_str(&rest[..at]);
        let bytes = escaped(&rest[at..]);
        let written = &rest[at..at + (3 * bytes.len()).max(1)];
        match std::str::from_utf8(&bytes) {
            Ok(text) if !text.is_empty() && text.chars().all(|c| c.is_alphanumeric() && !c.is_ascii()) => {
                out.push_str(text)
            }
            _ => out.push_str(written),
        }
        rest = &rest[at + written.len()..];
    }
    out + rest
}

/// The bytes of `%E4%BD%A0…` at the start of a text that are not ASCII.
fn escaped(text: &str) -> Vec<u8> {
    let byte = |three: &[u8]| match three {
        [b'%', high, low] => {
            let digits = [*high, *low];
            u8::from_str_radix(std::str::from_utf8(&digits).ok()?, 16).ok().filter(|byte| !byte.is_ascii())
        }
        _ => None,
    };
    text.as_bytes().chunks(3).map_while(byte).collect()
}

/// The text before the first address, and the address.
pub(super) fn first(text: &str) -> Option<(&str, &str)> {
    let at = ["https://", "http://"].iter().filter_map(|scheme| text.find(scheme)).min()?;
    let ends = |c: char| c.is_whitespace() || (!c.is_ascii() && !c.is_alphanumeric()) || matches!(c, '<' | '>' | '"');
    let url = &text[at..];
    let url = &url[..url.find(ends).unwrap_or(url.len())];
    Some((&text[..at], url.trim_end_matches(['.', ',', ';', ')', ']'])))
}
