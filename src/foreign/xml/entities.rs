//! The characters that XHTML has names for.

/// Names and code points, in the order of the names.
const NAMES: &str = include_str!("entities.txt");

/// What a reference without its `&` and `;` stands for: `nbsp`, `#160`, `#xa0`.
pub(crate) fn resolve(reference: &str) -> Option<char> {
    if let Some(number) = reference.strip_prefix('#') {
        let hexadecimal = number.strip_prefix(['x', 'X']);
        let code = hexadecimal.map_or_else(|| number.parse(), |digits| u32::from_str_radix(digits, 16)).ok()?;
        return char::from_u32(code).filter(|&c| c != '\0');
    }
    if reference == "apos" {
        return Some('\'');
    }
    let known = NAMES.lines().filter_map(|line| line.split_once(' ')).find(|(name, _)| *name == reference);
    known.and_then(|(_, code)| char::from_u32(u32::from_str_radix(code, 16).ok()?))
}

/// A text with its references resolved; those that are not known stay as they are typed.
pub(crate) fn resolved(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('&') {
        out.push_str(before);
        let named = after.split_once(';').filter(|(name, _)| name.len() < 12);
        match named.and_then(|(name, behind)| Some((resolve(name)?, behind))) {
            Some((c, behind)) => {
                out.push(c);
                rest = behind;
            }
            None => {
                out.push('&');
                rest = after;
            }
        }
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::resolved;

    #[test]
    fn names_and_numbers_become_characters_and_the_rest_stays() {
        assert_eq!(resolved("a&nbsp;b&#20070;&#x4e66;&amp;&hellip;&apos;"), "a\u{a0}b书书&…'");
        assert_eq!(resolved("A&B; &bogus; &; &#0; & &"), "A&B; &bogus; &; &#0; & &");
    }
}
