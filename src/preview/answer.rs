//! Requests and their answers.

use serde::Serialize;

const STYLE: &str = include_str!("page.css");
const SCRIPT: &str = include_str!("page.js");
const DRAWING: &str = "image/svg+xml";

/// What a browser asks for.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Ask {
    /// What is known, as soon as it is newer than this revision; with the editions that are looked at.
    State {
        /// The revision that the browser knows.
        since: u64,
        /// Names of editions.
        editions: Vec<String>,
    },
    /// A page of an edition, by what it looks like (32 hexadecimal digits).
    Sheet(String, String),
    /// What of the manuscript stands there: edition, page from 1, points from the left and the upper edge.
    Source(String, usize, f64, f64),
    /// The page of the preview.
    Page,
    /// What belongs to that page, with its kind.
    File(&'static str, &'static str),
}

/// What a browser gets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Answer {
    /// Status of HTTP.
    pub status: u16,
    /// Its kind, as in the header Content-Type.
    pub kind: &'static str,
    /// Whether it never changes.
    pub lasting: bool,
    /// The content.
    pub body: Vec<u8>,
}

impl Answer {
    /// A page of the preview, or one of its files.
    pub(crate) fn file(kind: &'static str, body: &str) -> Self {
        Self { status: 200, kind, lasting: false, body: body.as_bytes().to_vec() }
    }

    /// The answer to an unknown request.
    pub(crate) fn missing() -> Self {
        Self { body: b"not here\n".to_vec(), ..Self::refused(404) }
    }

    /// The answer to what is not answered.
    pub(crate) fn refused(status: u16) -> Self {
        Self { status, kind: "text/plain; charset=utf-8", lasting: false, body: b"refused\n".to_vec() }
    }

    /// A page drawn.
    pub(crate) fn sheet(svg: Vec<u8>) -> Self {
        Self { status: 200, kind: DRAWING, lasting: true, body: svg }
    }

    pub(super) fn json(value: &impl Serialize) -> Self {
        Self::data(serde_json::to_vec(value).expect("plain data always serialises"))
    }

    /// Data as JSON.
    pub(crate) fn data(body: Vec<u8>) -> Self {
        Self { status: 200, kind: "application/json", lasting: false, body }
    }

    /// What a browser may do with it, as in the header Content-Security-Policy. A drawing was made of what the book says.
    pub(crate) fn policy(&self) -> &'static str {
        match self.kind {
            DRAWING => "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox; frame-ancestors 'none'",
            _ => {
                "default-src 'self'; img-src 'self' data:; style-src 'self' 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
            }
        }
    }
}

/// Whether a request may be answered: it must be meant for this machine. Another site whose name leads here would show
/// its own name in the header Host (“DNS rebinding”).
pub(crate) fn serves(host: Option<&str>, port: u16) -> bool {
    let Some(host) = host else { return false };
    ["127.0.0.1", "localhost", "[::1]"].iter().any(|name| host == format!("{name}:{port}"))
}

/// What a path asks for; `None` for anything that the preview does not have.
pub(crate) fn ask(url: &str) -> Option<Ask> {
    let (path, query) = url.split_once('?').unwrap_or((url, ""));
    let field = |name: &str| query.split('&').filter_map(|pair| pair.split_once('=')).find(|(key, _)| *key == name);
    let number = |name: &str| field(name)?.1.parse::<f64>().ok().filter(|number| number.is_finite());
    match path {
        "/" => Some(Ask::Page),
        "/page.css" => Some(Ask::File("text/css; charset=utf-8", STYLE)),
        "/page.js" => Some(Ask::File("text/javascript; charset=utf-8", SCRIPT)),
        "/state" => {
            let editions = field("editions").map_or("", |(_, names)| names);
            let editions = editions.split(',').filter(|name| !name.is_empty()).map(str::to_owned).collect();
            Some(Ask::State { since: field("since")?.1.parse().ok()?, editions })
        }
        "/source" => {
            let page = field("page")?.1.parse().ok()?;
            Some(Ask::Source(field("edition")?.1.to_owned(), page, number("x")?, number("y")?))
        }
        _ => {
            let (edition, look) = path.strip_prefix("/sheet/")?.strip_suffix(".svg")?.split_once('/')?;
            let good = look.len() == 32 && look.bytes().all(|c| matches!(c, b'0'..=b'9' | b'a'..=b'f'));
            good.then(|| Ask::Sheet(edition.to_owned(), look.to_owned()))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_this_machine_is_served() {
        assert!(serves(Some("127.0.0.1:4000"), 4000) && serves(Some("localhost:4000"), 4000));
        assert!(!serves(Some("evil.example:4000"), 4000) && !serves(None, 4000));
        assert!(!serves(Some("127.0.0.1:4001"), 4000) && !serves(Some("127.0.0.1"), 4000));
    }

    #[test]
    fn a_path_asks_for_one_thing() {
        let editions = vec!["zh".to_owned(), "en".to_owned()];
        assert_eq!(ask("/state?since=3&editions=zh,en"), Some(Ask::State { since: 3, editions }));
        let look = "0123456789abcdef0123456789abcdef";
        assert_eq!(ask(&format!("/sheet/zh/{look}.svg")), Some(Ask::Sheet("zh".to_owned(), look.to_owned())));
        assert_eq!(ask("/source?edition=en&page=2&x=1.5&y=20"), Some(Ask::Source("en".to_owned(), 2, 1.5, 20.0)));
        for nothing in
            ["/state", "/../etc/passwd", "/sheet/zh/0f.svg", "/source?edition=en&page=-1&x=1&y=2", "/page.js/"]
        {
            assert_eq!(ask(nothing), None, "{nothing}");
        }
    }
}
