//! Requests and their answers.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use crate::report::review::live_policy;

const STYLE: &str = include_str!("page.css");
/// The scripts of the page, in the order in which it runs them.
pub(super) const SCRIPTS: [(&str, &str); 6] = [
    ("/page.js", include_str!("page.js")),
    ("/text.js", include_str!("text.js")),
    ("/contents.js", include_str!("contents.js")),
    ("/ebook.js", include_str!("ebook.js")),
    ("/options.js", include_str!("options.js")),
    ("/start.js", include_str!("start.js")),
];

/// What a browser may do with a page of ours; with a drawing, which was made of what the book says.
const OURS: &str = "default-src 'self'; img-src 'self' data:; style-src 'self' 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
/// With a file of the e-book, which is a book's and may show what it carries, and nothing else.
const LEAF: &str = "default-src 'none'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'";
const DRAWING: &str = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox; frame-ancestors 'none'";

/// The kinds of files of an e-book, by their endings.
const LEAVES: [(&str, &str); 10] = [
    ("xhtml", "application/xhtml+xml"),
    ("css", "text/css; charset=utf-8"),
    ("opf", "application/xml"),
    ("ncx", "application/xml"),
    ("svg", "image/svg+xml"),
    ("png", "image/png"),
    ("jpg", "image/jpeg"),
    ("gif", "image/gif"),
    ("otf", "font/otf"),
    ("ttf", "font/ttf"),
];

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
    /// The text of a page of an edition, by what it looks like.
    Text(String, String),
    /// A file of an edition's e-book.
    Leaf(String, String),
    /// What of the manuscript stands there: edition, page from 1, points from the left and the upper edge.
    Source(String, usize, f64, f64),
    /// The page of the preview.
    Page,
    /// The page of review of a translation, or of the first one.
    Review(Option<String>),
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
    /// What a browser may do with it, as in the header Content-Security-Policy.
    pub policy: Cow<'static, str>,
    /// Whether it never changes.
    pub lasting: bool,
    /// The content.
    pub body: Vec<u8>,
}

impl Answer {
    /// A page of the preview, or one of its files.
    pub(crate) fn file(kind: &'static str, body: &str) -> Self {
        Self { status: 200, kind, policy: Cow::Borrowed(OURS), lasting: false, body: body.as_bytes().to_vec() }
    }

    /// The answer to an unknown request.
    pub(crate) fn missing() -> Self {
        Self { body: b"not here\n".to_vec(), ..Self::refused(404) }
    }

    /// The answer to what is not answered.
    pub(crate) fn refused(status: u16) -> Self {
        let kind = "text/plain; charset=utf-8";
        Self { status, kind, policy: Cow::Borrowed(OURS), lasting: false, body: b"refused\n".to_vec() }
    }

    /// A page drawn.
    pub(crate) fn sheet(svg: Vec<u8>) -> Self {
        Self { status: 200, kind: "image/svg+xml", policy: Cow::Borrowed(DRAWING), lasting: true, body: svg }
    }

    /// A file of an e-book.
    pub(crate) fn leaf(path: &str, body: Vec<u8>) -> Self {
        let ending = path.rsplit_once('.').map_or("", |(_, ending)| ending);
        let known = LEAVES.iter().find(|(known, _)| *known == ending);
        let kind = known.map_or("application/octet-stream", |(_, kind)| kind);
        Self { status: 200, kind, policy: Cow::Borrowed(LEAF), lasting: false, body }
    }

    pub(super) fn json(value: &impl Serialize) -> Self {
        Self::data(serde_json::to_vec(value).expect("plain data always serialises"))
    }

    /// Data as JSON.
    pub(crate) fn data(body: Vec<u8>) -> Self {
        Self { status: 200, kind: "application/json", policy: Cow::Borrowed(OURS), lasting: false, body }
    }

    /// Data as JSON that is the same for ever.
    pub(crate) fn lasting(body: Vec<u8>) -> Self {
        Self { lasting: true, ..Self::data(body) }
    }

    /// The page of review, whoever made it: it runs the script of such pages and no other.
    pub(crate) fn review(page: Vec<u8>) -> Self {
        let policy = Cow::Owned(format!("{}; frame-ancestors 'none'", live_policy()));
        Self { status: 200, kind: "text/html; charset=utf-8", policy, lasting: false, body: page }
    }
}

/// Whether a request may be answered: it must be meant for this machine. Another site whose name leads here would show
/// its own name in the header Host (“DNS rebinding”).
pub(crate) fn serves(host: Option<&str>, port: u16) -> bool {
    let Some(host) = host else { return false };
    ["127.0.0.1", "localhost", "[::1]"].iter().any(|name| host == format!("{name}:{port}"))
}

/// What is to be done by a path and what is sent to it; `None` for anything else.
pub(crate) fn order(url: &str, body: &[u8]) -> Option<SignOff> {
    (url == "/sign").then(|| serde_json::from_slice(body).ok())?
}

/// A pair of blocks that a reader signs off, or takes back: it is known by what both sides said when they were shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct SignOff {
    /// The language of the translation.
    pub lang: String,
    /// The stem of the chapter.
    pub chapter: String,
    /// The fingerprints of the source, joined by `+`.
    pub source: String,
    /// Those of the translation.
    pub target: String,
    /// Whether it is signed off, or taken back.
    pub on: bool,
}

/// What a path asks for; `None` for anything that the preview does not have.
pub(crate) fn ask(url: &str) -> Option<Ask> {
    let (path, query) = url.split_once('?').unwrap_or((url, ""));
    let field = |name: &str| query.split('&').filter_map(|pair| pair.split_once('=')).find(|(key, _)| *key == name);
    let number = |name: &str| field(name)?.1.parse::<f64>().ok().filter(|number| number.is_finite());
    match path {
        "/" => Some(Ask::Page),
        "/page.css" => Some(Ask::File("text/css; charset=utf-8", STYLE)),
        "/state" => {
            let editions = field("editions").map_or("", |(_, names)| names);
            let editions = editions.split(',').filter(|name| !name.is_empty()).map(str::to_owned).collect();
            Some(Ask::State { since: field("since")?.1.parse().ok()?, editions })
        }
        "/review" => Some(Ask::Review(field("to").map(|(_, lang)| lang.to_owned()))),
        "/source" => {
            let page = field("page")?.1.parse().ok()?;
            Some(Ask::Source(field("edition")?.1.to_owned(), page, number("x")?, number("y")?))
        }
        _ => {
            let script = SCRIPTS.iter().find(|(name, _)| *name == path);
            let script = script.map(|(_, body)| Ask::File("text/javascript; charset=utf-8", body));
            script.or_else(|| ask_of_edition(path))
        }
    }
}

/// What a path asks for whose second part is an edition.
fn ask_of_edition(path: &str) -> Option<Ask> {
    let (kind, rest) = path.strip_prefix('/')?.split_once('/')?;
    let (edition, name) = rest.split_once('/')?;
    let look = |ending: &str| {
        let look = name.strip_suffix(ending)?;
        let good = look.len() == 32 && look.bytes().all(|c| matches!(c, b'0'..=b'9' | b'a'..=b'f'));
        good.then(|| (edition.to_owned(), look.to_owned()))
    };
    match kind {
        "sheet" => look(".svg").map(|(edition, look)| Ask::Sheet(edition, look)),
        "text" => look(".json").map(|(edition, look)| Ask::Text(edition, look)),
        "ebook" if !name.is_empty() => Some(Ask::Leaf(edition.to_owned(), name.to_owned())),
        _ => None,
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
        assert_eq!(ask(&format!("/text/zh/{look}.json")), Some(Ask::Text("zh".to_owned(), look.to_owned())));
        assert_eq!(ask("/ebook/zh/images/a.png"), Some(Ask::Leaf("zh".to_owned(), "images/a.png".to_owned())));
        assert_eq!(Answer::leaf("images/a.png", Vec::new()).kind, "image/png");
        assert_eq!(ask("/source?edition=en&page=2&x=1.5&y=20"), Some(Ask::Source("en".to_owned(), 2, 1.5, 20.0)));
        assert_eq!(ask("/review?to=fr"), Some(Ask::Review(Some("fr".to_owned()))));
        assert_eq!(order("/sign", b"{}"), None);
        assert_eq!(order("/review", br#"{"lang":"en","chapter":"a","source":"x","target":"y","on":true}"#), None);
        assert!(order("/sign", br#"{"lang":"en","chapter":"a","source":"x","target":"y","on":true}"#).is_some());
        for nothing in [
            "/state",
            "/../etc/passwd",
            "/sheet/zh/0f.svg",
            "/text/zh/0f.json",
            "/ebook/zh/",
            "/source?edition=en&page=-1&x=1&y=2",
            "/page.js/",
        ] {
            assert_eq!(ask(nothing), None, "{nothing}");
        }
    }
}
