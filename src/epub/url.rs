//! Web addresses as attribute values that every reader accepts.

/// The address with whatever is not allowed in one percent-encoded; `None` for a scheme other than `https`,
/// `http` or `mailto` and for a host that cannot be one.
pub(super) fn href(url: &str) -> Option<String> {
    let url = url.trim();
    let (scheme, rest) = url.split_once(':')?;
    let scheme = scheme.to_ascii_lowercase();
    if !rest.is_ascii() && scheme == "mailto" {
        return None;
    }
    match scheme.as_str() {
        "mailto" if rest.contains('@') => {}
        "http" | "https" if good_host(rest.strip_prefix("//")?) => {}
        _ => return None,
    }
    let mut out = format!("{scheme}:");
    let (before, fragment) = rest.split_once('#').map_or((rest, None), |(a, b)| (a, Some(b)));
    encode(before, &mut out);
    if let Some(fragment) = fragment {
        out.push('#');
        encode(fragment, &mut out);
    }
    Some(out)
}

fn good_host(rest: &str) -> bool {
    let host = rest.split(['/', '?', '#']).next().unwrap_or("");
    let (name, port) = host.split_once(':').unwrap_or((host, ""));
    !name.is_empty()
        && !name.starts_with('.')
        && !name.contains("..")
        && name.chars().all(|c| c.is_alphanumeric() || c == '-' || c == '.')
        && port.bytes().all(|b| b.is_ascii_digit())
        && port.len() <= 4
}

fn encode(text: &str, out: &mut String) {
    let bytes = text.as_bytes();
    for (at, byte) in bytes.iter().enumerate() {
        let escape =
            *byte == b'%' && bytes.get(at + 1..at + 3).is_some_and(|hex| hex.iter().all(u8::is_ascii_hexdigit));
        if escape || byte.is_ascii_alphanumeric() || b"-._~:/?@!$&'()*+,;=".contains(byte) {
            out.push(char::from(*byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::href;

    #[test]
    fn addresses_are_encoded_or_refused() {
        assert_eq!(href("https://a.org/x y?q=[1]#a#b").as_deref(), Some("https://a.org/x%20y?q=%5B1%5D#a%23b"));
        assert_eq!(href("https://a.org/%20%zz").as_deref(), Some("https://a.org/%20%25zz"));
        for bad in ["javascript:alert(1)", "https://a b/", "https://", "file:///etc/passwd", "x"] {
            assert_eq!(href(bad), None, "{bad}");
        }
    }
}
