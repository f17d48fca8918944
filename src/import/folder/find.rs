//! Where things stand in a tag or a script: attributes, names, what is given to them, and where strings, comments and types end.

/// The length of the blanks and comments that a text begins with.
pub(super) fn blanks(text: &str) -> usize {
    let mut at = 0;
    loop {
        let rest = &text[at..];
        at += rest.len() - rest.trim_start().len();
        let rest = &text[at..];
        if rest.starts_with("//") {
            at += rest.find('\n').unwrap_or(rest.len());
        } else if rest.starts_with("/*") {
            at += rest.find("*/").map_or(rest.len(), |end| end + 2);
        } else {
            return at;
        }
    }
}

/// The string that a text begins with, and its length.
pub(super) fn string(text: &str) -> Option<(String, usize)> {
    let quote = text.chars().next().filter(|c| matches!(c, '"' | '\'' | '`'))?;
    let (mut out, mut chars) = (String::new(), text.char_indices().skip(1));
    while let Some((at, c)) = chars.next() {
        match c {
            '\\' => match chars.next()?.1 {
                'n' => out.push('\n'),
                't' => out.push('\t'),
                'u' => out.extend(escape(&text[at + 2..], &mut chars)),
                '\n' => {}
                c => out.push(c),
            },
            '\n' if quote != '`' => return None,
            c if c == quote => return Some((out, at + 1)),
            c => out.push(c),
        }
    }
    None
}

/// The character that digits behind `\u` stand for, which are taken off.
fn escape(text: &str, chars: &mut impl Iterator) -> Option<char> {
    let (digits, signs) = match text.strip_prefix('{') {
        Some(inner) => (inner.split('}').next()?, 2),
        None => (text.get(..4)?, 0),
    };
    let code = u32::from_str_radix(digits, 16).ok()?;
    (0..digits.len() + signs).for_each(|_| _ = chars.next());
    char::from_u32(code)
}

/// The name that a text begins with, with the names behind points in it: `a.b`.
pub(super) fn name(text: &str) -> &str {
    let end = text.find(|c: char| !is_part(c) && c != '.').unwrap_or(text.len());
    text[..end].trim_end_matches('.')
}

/// The word that a text begins with.
pub(super) fn key(text: &str) -> &str {
    &text[..text.find(|c: char| !is_part(c)).unwrap_or(text.len())]
}

fn is_part(c: char) -> bool {
    c.is_alphanumeric() || c == '_' || c == '$'
}

/// Where a word stands in a text, and no longer word.
pub(super) fn words<'t>(text: &'t str, word: &'t str) -> impl Iterator<Item = usize> + 't {
    text.match_indices(word).map(|(at, _)| at).filter(move |at| {
        let before = text[..*at].chars().next_back();
        let after = text[at + word.len()..].chars().next();
        let is_member = before == Some('.') && !text[..*at].ends_with("...");
        !before.is_some_and(is_part) && !is_member && !after.is_some_and(is_part)
    })
}

/// Where the value begins that a text behind a name gives to it: behind a colon or a sign of equality. A type may stand before the latter.
pub(super) fn value(text: &str) -> Option<usize> {
    let start = blanks(text);
    let rest = &text[start..];
    let plain = |rest: &str| rest.starts_with('=') && !rest.starts_with("==") && !rest.starts_with("=>");
    if plain(rest) {
        return Some(start + 1);
    }
    let inner = rest.strip_prefix(':')?;
    // `name: Type['key'] = value`; a value itself begins with a bracket, a quote or a name that is called.
    let line = inner.lines().next().unwrap_or_default();
    let equal = line.match_indices('=').map(|(at, _)| at).find(|at| {
        let before = &line[..*at];
        plain(&line[*at..])
            && !before.trim_start().starts_with(['{', '[', '"', '\'', '`', '('])
            && !before.contains('(')
    });
    Some(start + 1 + equal.map_or(0, |at| at + 1))
}

/// Where the value begins that a file gives to a name: `const NAME = …`.
pub(super) fn assigned(text: &str, name: &str) -> Option<usize> {
    words(text, name).find_map(|at| {
        let before = text[..at].trim_end();
        let declares = ["const", "let", "var"].iter().any(|word| before.ends_with(word));
        let start = at + name.len();
        let found = value(&text[start..]).filter(|_| declares)?;
        Some(start + found)
    })
}

/// The file from which a name comes, and what it is called there; the file as a whole where it has no name there.
pub(super) fn imported<'t>(text: &'t str, name: &str) -> Option<(&'t str, Option<&'t str>)> {
    words(text, name).find_map(|at| {
        let start = text[..at].rfind(['\n', ';']).map_or(0, |start| start + 1);
        let open = text[..at].rfind('{').filter(|open| !text[*open..at].contains('}'));
        let begins = open.map_or(start, |open| text[..open].rfind(['\n', ';']).map_or(0, |at| at + 1));
        let head = text[begins..].trim_start();
        let imports = head.starts_with("import ") || head.starts_with("import{") || head.starts_with("export ");
        let rest = &text[at + name.len()..];
        let end = rest.find(['\'', '"', '`']).filter(|_| imports)?;
        let between = &rest[..end];
        if !between.trim_end().ends_with("from") || between.contains(['=', ';', '(']) {
            return None;
        }
        let quote = rest[end..].chars().next()?;
        let from = rest[end + 1..].split(quote).next()?;
        let before = text[..at].trim_end();
        let other = before.strip_suffix(" as").map(|before| before.rsplit(|c| !is_part(c)).next().unwrap_or_default());
        let own = open.map(|_| &text[at..at + name.len()]);
        Some((from, other.or(own).filter(|other| !matches!(*other, "" | "default"))))
    })
}

/// A function of a script.
pub(super) struct Function<'t> {
    pub(super) parameters: Vec<&'t str>,
    /// Where what it returns begins.
    pub(super) result: usize,
}

/// The function of a name. `default` is the one that a file exports without a name.
pub(super) fn function<'t>(text: &'t str, name: &str) -> Option<Function<'t>> {
    words(text, name).find_map(|at| {
        let before = text[..at].trim_end();
        let after = at + name.len();
        if before.ends_with("function") || name == "default" && text[after..].trim_start().starts_with("function") {
            let open = after + text[after..].find('(')?;
            let close = open + closing(&text[open..])?;
            let brace = close + text[close..].find('{')?;
            return Some(Function { parameters: parameters(&text[open + 1..close]), result: returned(text, brace)? });
        }
        let declares = ["const", "let", "var", "export"].iter().any(|word| before.ends_with(word));
        let start = after + value(&text[after..]).filter(|_| declares).or_else(|| (name == "default").then_some(0))?;
        let open = start + blanks(&text[start..]);
        let length = arrow(&text[open..])?;
        let close = open + closing(&text[open..])?;
        Some(Function { parameters: parameters(&text[open + 1..close]), result: open + length })
    })
}

fn parameters(text: &str) -> Vec<&str> {
    text.split(',').map(|part| name(part.trim())).filter(|name| !name.is_empty()).collect()
}

/// The length of `(…) =>` or `(…) => { … return` that a text begins with.
pub(super) fn arrow(text: &str) -> Option<usize> {
    let close = closing(text).filter(|_| text.starts_with('('))? + 1;
    let rest = &text[close..];
    let sign = rest.find("=>").filter(|sign| {
        rest[..*sign].trim().is_empty() || rest.trim_start().starts_with(':') && !rest[..*sign].contains([';', ')'])
    })?;
    let body = close + sign + 2;
    let inner = body + blanks(&text[body..]);
    if text[inner..].starts_with('{') { returned(text, inner) } else { Some(inner) }
}

/// Where the value begins that a body returns, whose brace stands at a byte.
fn returned(text: &str, brace: usize) -> Option<usize> {
    let mut at = brace + 1;
    loop {
        at += blanks(&text[at..]);
        let rest = &text[at..];
        match rest.chars().next()? {
            '}' => return None,
            '{' | '(' | '[' => at += closing(rest)? + 1,
            '"' | '\'' | '`' => at += string(rest)?.1,
            c if is_part(c) => {
                let word = key(rest);
                at += word.len();
                if word == "return" {
                    return Some(at);
                }
            }
            c => at += c.len_utf8(),
        }
    }
}

/// Where the bracket closes that a text begins with.
fn closing(text: &str) -> Option<usize> {
    let first = text.chars().next()?.len_utf8();
    Some(first + end(&text[first..], &[])?)
}

/// The length of what is computed, as far as the comma or bracket that ends it.
pub(super) fn computed(text: &str) -> Option<usize> {
    end(text, &[',', ';'])
}

/// Where a text comes to a bracket that it does not open, or to one of these signs outside of brackets.
fn end(text: &str, signs: &[char]) -> Option<usize> {
    let (mut depth, mut at, mut before) = (0usize, 0, '(');
    loop {
        at += blanks(&text[at..]);
        let rest = &text[at..];
        let c = rest.chars().next()?;
        let length = match c {
            _ if depth == 0 && (signs.contains(&c) || matches!(c, ')' | ']' | '}')) => return Some(at),
            '"' | '\'' | '`' => string(rest)?.1,
            '/' if "(,=:[!&|?{};+".contains(before) => pattern(rest).unwrap_or(1),
            c => c.len_utf8(),
        };
        depth = match c {
            '(' | '[' | '{' => depth + 1,
            ')' | ']' | '}' => depth - 1,
            _ => depth,
        };
        before = c;
        at += length;
    }
}

/// The length of the pattern between slashes that a text begins with.
fn pattern(text: &str) -> Option<usize> {
    let (mut class, mut escaped) = (false, false);
    for (at, c) in text.char_indices().skip(1) {
        match c {
            '\n' => return None,
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '[' => class = true,
            ']' => class = false,
            '/' if !class => return Some(at + 1),
            _ => {}
        }
    }
    None
}

/// The length of the rest of a method, behind its name.
pub(super) fn method(text: &str) -> Option<usize> {
    let open = text.find('(')?;
    let close = open + closing(&text[open..])?;
    let brace = close + text[close..].find('{')?;
    Some(brace + closing(&text[brace..])? + 1)
}

/// The length of a type behind a value: `as Type`, `satisfies Type<A>`.
pub(super) fn type_end(text: &str) -> usize {
    let mut depth = 0usize;
    for (at, c) in text.char_indices() {
        match c {
            '<' | '[' | '{' | '(' => depth += 1,
            ')' | ']' | '}' if depth == 0 => return at,
            '>' | ')' | ']' | '}' => depth = depth.saturating_sub(1),
            ',' | ';' | '\n' if depth == 0 => return at,
            _ => {}
        }
    }
    text.len()
}

/// The length of types between a name and the bracket of its call: `defineConfig<Theme>(`.
pub(super) fn types(text: &str) -> usize {
    if !text.starts_with('<') {
        return 0;
    }
    let end = text.find(['(', '\n', ';']).unwrap_or(0);
    if text[..end].ends_with('>') && text[end..].starts_with('(') { end } else { 0 }
}

/// The value of an attribute in a tag of a site.
pub(super) fn attribute(text: &str, key: &str) -> Option<String> {
    let at = text.match_indices(key).find(|(at, _)| {
        let starts = text[..*at].chars().next_back().is_none_or(char::is_whitespace);
        starts && text[at + key.len()..].trim_start().starts_with('=')
    })?;
    let rest = text[at.0 + key.len()..].trim_start().trim_start_matches('=').trim_start();
    let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\''));
    let value = match quote {
        Some(quote) => rest[1..].split(quote).next(),
        None => rest.split_whitespace().next(),
    };
    value.map(str::to_owned).filter(|value| !value.is_empty())
}
