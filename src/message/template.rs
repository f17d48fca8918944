//! Templates: text with places in braces, as format strings have them.

/// Whether a template has a place for each of the names and no other. Braces that stand for themselves are written twice.
/// For use at compile time.
pub const fn fits(template: &str, names: &[&str]) -> bool {
    let text = template.as_bytes();
    let mut used = 0_u64;
    let mut at = 0;
    while at < text.len() {
        let doubled = at + 1 < text.len() && text[at] == text[at + 1];
        match text[at] {
            b'{' | b'}' if doubled => at += 2,
            b'{' => {
                let Some((index, end)) = place(text, at + 1, names) else { return false };
                used |= 1 << index;
                at = end;
            }
            b'}' => return false,
            _ => at += 1,
        }
    }
    used == (1 << names.len()) - 1
}

/// Which of the names stands at a byte of a template, up to a closing brace, and the byte after that.
const fn place(text: &[u8], start: usize, names: &[&str]) -> Option<(usize, usize)> {
    let mut index = 0;
    while index < names.len() {
        let name = names[index].as_bytes();
        let end = start + name.len();
        if end < text.len() && text[end] == b'}' && same(text, start, name) {
            return Some((index, end + 1));
        }
        index += 1;
    }
    None
}

const fn same(text: &[u8], start: usize, name: &[u8]) -> bool {
    let mut at = 0;
    while at < name.len() {
        if text[start + at] != name[at] {
            return false;
        }
        at += 1;
    }
    true
}

/// Writes a template, each place filled by its name.
pub(super) fn fill(template: &str, filled: &dyn Fn(&str, &mut String), out: &mut String) {
    let mut rest = template;
    while let Some(at) = rest.find(['{', '}']) {
        out.push_str(&rest[..at]);
        let brace = &rest[at..=at];
        rest = &rest[at + 1..];
        if let Some(after) = rest.strip_prefix(brace) {
            out.push_str(brace);
            rest = after;
        } else if let Some((name, after)) = rest.split_once('}') {
            filled(name, out);
            rest = after;
        }
    }
    out.push_str(rest);
}

/// The names of the places of a template, in order.
pub(super) fn places(template: &str) -> Vec<&str> {
    let mut names = Vec::new();
    let mut rest = template;
    while let Some(at) = rest.find(['{', '}']) {
        let brace = &rest[at..=at];
        rest = &rest[at + 1..];
        if let Some(after) = rest.strip_prefix(brace) {
            rest = after;
        } else if let Some((name, after)) = rest.split_once('}') {
            names.push(name);
            rest = after;
        }
    }
    names
}
