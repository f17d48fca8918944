//! Paths as a chapter writes them.

use crate::message::Message;

/// A path written in a chapter, as a path from the project folder; else the reason why it cannot be one.
pub(super) fn resolve(chapter: &str, url: &str) -> Result<String, Message> {
    let url = percent_decoded(url);
    if url.is_empty() {
        return Err(msg!("it has no path"));
    }
    if url.contains("://") || url.starts_with("data:") || url.starts_with("//") {
        return Err(msg!("it must be in the project folder, not on the network"));
    }
    if url.starts_with('/') || url.contains(['\\', ':', '\0']) {
        return Err(msg!("the path must be relative to the folder of the chapter and use forward slashes"));
    }
    let mut parts: Vec<&str> = chapter.split('/').collect();
    parts.pop();
    for part in url.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop().ok_or_else(|| msg!("the path leads out of the project folder"))?;
            }
            _ => parts.push(part),
        }
    }
    Ok(parts.join("/"))
}

/// A text with `%20` and the like decoded; unchanged where the result would not be UTF-8.
pub(super) fn percent_decoded(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let hex = text.get(at + 1..at + 3).filter(|_| bytes[at] == b'%');
        let hex = hex.filter(|h| h.bytes().all(|b| b.is_ascii_hexdigit()));
        match hex.and_then(|h| u8::from_str_radix(h, 16).ok()) {
            Some(byte) => {
                out.push(byte);
                at += 3;
            }
            None => {
                out.push(bytes[at]);
                at += 1;
            }
        }
    }
    String::from_utf8(out).unwrap_or_else(|_| text.to_owned())
}
