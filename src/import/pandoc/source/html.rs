//! HTML before pandoc sees it: readings above characters, which pandoc takes for text behind them.

/// Writes `<ruby>饕<rt>tāo</rt></ruby>` as a span with the reading for an attribute, which pandoc keeps. What cannot be understood
/// stays as it is.
pub(super) fn with_readings(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, inside, after)) = element(rest, "ruby") {
        out.push_str(before);
        match spans(inside) {
            Some(spans) => out.push_str(&spans),
            None => out.push_str(&rest[before.len()..rest.len() - after.len()]),
        }
        rest = after;
    }
    out.push_str(rest);
    out
}

/// The first element of a name: what stands before it, in it and behind it.
fn element<'t>(text: &'t str, name: &str) -> Option<(&'t str, &'t str, &'t str)> {
    let mut from = 0;
    loop {
        let open = from + text[from..].find('<')?;
        from = open + 1;
        let tag = text[from..].get(..name.len()).filter(|tag| tag.eq_ignore_ascii_case(name));
        let behind = tag.map(|_| &text[from + name.len()..]);
        let Some(behind) = behind.filter(|rest| rest.starts_with(|c: char| c == '>' || c.is_whitespace())) else {
            continue;
        };
        let inside = behind.split_once('>')?.1;
        let close = format!("</{name}");
        let mut starts = inside.match_indices("</").map(|(at, _)| at);
        let end =
            starts.find(|at| inside[*at..].get(..close.len()).is_some_and(|tag| tag.eq_ignore_ascii_case(&close)))?;
        let after = inside[end..].split_once('>')?.1;
        return Some((&text[..open], &inside[..end], after));
    }
}

/// Spans of the characters of a ruby with their readings.
fn spans(inside: &str) -> Option<String> {
    let mut out = String::new();
    let mut rest = inside.to_owned();
    // Brackets for readers that know no ruby.
    while let Some((before, _, after)) = element(&rest, "rp") {
        rest = format!("{before}{after}");
    }
    let mut rest = rest.as_str();
    while let Some((base, reading, after)) = element(rest, "rt") {
        let (base, reading) = (bare(base), bare(reading));
        if base.trim().is_empty() || reading.trim().is_empty() {
            return None;
        }
        out.push_str(&format!("<span data-reading=\"{}\">{base}</span>", reading.trim().replace('"', "&quot;")));
        rest = after;
    }
    (!out.is_empty()).then(|| out + &bare(rest))
}

/// Text without its tags.
fn bare(text: &str) -> String {
    let mut out = String::new();
    for piece in text.split_inclusive('>') {
        out.push_str(piece.rfind('<').filter(|_| piece.ends_with('>')).map_or(piece, |tag| &piece[..tag]));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn readings_are_attributes_and_all_else_stays() {
        for (text, said) in [
            (
                "a<ruby>饕<rt>tāo</rt>餮<rt>tiè</rt></ruby>b",
                "a<span data-reading=\"tāo\">饕</span><span data-reading=\"tiè\">餮</span>b",
            ),
            (
                "<RUBY class=x><rb>漢</rb><rp>(</rp><RT>kan</RT><rp>)</rp>字</RUBY>",
                "<span data-reading=\"kan\">漢</span>字",
            ),
            (
                "<ruby>字</ruby> <ruby><rt>a</rt></ruby> <ruby>字<rt>b",
                "<ruby>字</ruby> <ruby><rt>a</rt></ruby> <ruby>字<rt>b",
            ),
            ("<rubys>字<rt>a</rt></rubys> < ruby", "<rubys>字<rt>a</rt></rubys> < ruby"),
            ("<ruby>字<rt>a\"b</rt></ruby>", "<span data-reading=\"a&quot;b\">字</span>"),
        ] {
            assert_eq!(with_readings(text), said, "{text}");
        }
    }
}
