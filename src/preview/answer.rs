//! Requests and their answers.

use serde::Serialize;

use super::{Finding, Preview, Status, places, words};
use crate::typeset::Sheet;

const PAGE: &str = include_str!("page.html");
const STYLE: &str = include_str!("page.css");
const SCRIPT: &str = include_str!("page.js");

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
    /// A page of an edition, by what it looks like.
    Sheet(String, u128),
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
    pub body: String,
}

impl Answer {
    /// A page of the preview, or one of its files.
    pub(crate) fn file(kind: &'static str, body: &str) -> Self {
        Self { status: 200, kind, lasting: false, body: body.to_owned() }
    }

    /// The answer to an unknown request.
    pub(crate) fn missing() -> Self {
        Self { status: 404, kind: "text/plain; charset=utf-8", lasting: false, body: "not here\n".to_owned() }
    }

    /// A page drawn.
    pub(crate) fn sheet(svg: String) -> Self {
        Self { status: 200, kind: "image/svg+xml", lasting: true, body: svg }
    }

    fn json(value: &impl Serialize) -> Self {
        let body = serde_json::to_string(value).expect("plain data always serialises");
        Self { status: 200, kind: "application/json", lasting: false, body }
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
            Some(Ask::Sheet(edition.to_owned(), u128::from_str_radix(look, 16).ok()?))
        }
    }
}

#[derive(Serialize)]
struct PreviewState<'a> {
    revision: u64,
    title: &'a str,
    status: &'a Status,
    editions: Vec<Pages<'a>>,
    findings: Vec<&'a Finding>,
}

#[derive(Serialize)]
struct Pages<'a> {
    name: &'a str,
    word: &'a str,
    title: &'a str,
    stale: bool,
    pages: Vec<Page<'a>>,
    anchors: &'a [places::Anchor],
}

#[derive(Serialize)]
struct Page<'a> {
    look: String,
    width: f64,
    height: f64,
    label: Option<&'a str>,
}

impl Preview {
    /// The page in the language of the preview, with the texts of its script.
    pub(crate) fn page(&self) -> Answer {
        let (tag, bare) = (self.locale.tag(), self.locale.say(&words::without_script()));
        // Within JSON `<` may be written as an escape, so that no text ends the element.
        let texts = words::words(self.locale).to_string().replace('<', "\\u003c");
        let page = PAGE
            .replacen("<html lang=\"en\">", &format!("<html lang=\"{tag}\">"), 1)
            .replacen("<noscript>", &format!("<noscript>{bare}"), 1)
            .replacen("id=\"words\">", &format!("id=\"words\">{texts}"), 1);
        Answer::file("text/html; charset=utf-8", &page)
    }

    /// All that is known. Only the editions that are looked at come with their pages.
    pub(crate) fn state(&self, looked_at: &[String]) -> Answer {
        let page = |sheet: &Sheet| (format!("{:032x}", sheet.look), sheet.size);
        let editions = self.editions.iter().map(|edition| {
            let shown = edition.shown.as_ref().filter(|_| looked_at.contains(&edition.name));
            let pages = shown.iter().flat_map(|shown| &shown.sheets).map(|sheet| {
                let (look, [width, height]) = page(sheet);
                Page { look, width, height, label: sheet.label.as_deref() }
            });
            Pages {
                name: &edition.name,
                word: &edition.word,
                title: &edition.title,
                stale: edition.stale,
                pages: pages.collect(),
                anchors: shown.map_or(&[], |shown| &shown.anchors),
            }
        });
        Answer::json(&PreviewState {
            revision: self.revision,
            title: &self.title,
            status: &self.status,
            editions: editions.collect(),
            findings: self.findings.iter().chain(&self.checked).collect(),
        })
    }

    /// The pages, and the number (from 1) of the one with this look.
    pub(crate) fn sheet(&self, edition: &str, look: u128) -> Option<(std::sync::Arc<crate::typeset::Set>, usize)> {
        let shown = self.shown(edition)?;
        let at = shown.sheets.iter().position(|sheet| sheet.look == look)?;
        Some((std::sync::Arc::clone(&shown.set), at + 1))
    }

    /// What of the manuscript stands at a place, or `null`.
    pub(crate) fn source(&self, edition: &str, page: usize, x: f64, y: f64) -> Answer {
        Answer::json(&self.shown(edition).and_then(|shown| places::at(shown, page, x, y)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::message::Locale;

    #[test]
    fn only_this_machine_is_served() {
        assert!(serves(Some("127.0.0.1:4000"), 4000) && serves(Some("localhost:4000"), 4000));
        assert!(!serves(Some("evil.example:4000"), 4000) && !serves(None, 4000));
        assert!(!serves(Some("127.0.0.1:4001"), 4000) && !serves(Some("127.0.0.1"), 4000));
    }

    #[test]
    fn the_page_has_the_texts_of_its_script() {
        for (locale, text) in [(Locale::English, "Side by side"), (Locale::Chinese, "并排")] {
            let page = Preview::new(locale).page().body;
            let data = page.split_once("id=\"words\">").expect("the texts").1;
            let data = data.split_once("</script>").expect("the end of the texts").0;
            let texts: serde_json::Value = serde_json::from_str(data).expect("JSON");
            assert_eq!(texts["beside"], text);
        }
    }

    #[test]
    fn a_path_asks_for_one_thing() {
        let editions = vec!["zh".to_owned(), "en".to_owned()];
        assert_eq!(ask("/state?since=3&editions=zh,en"), Some(Ask::State { since: 3, editions }));
        assert_eq!(ask("/sheet/zh/0f.svg"), Some(Ask::Sheet("zh".to_owned(), 15)));
        assert_eq!(ask("/source?edition=en&page=2&x=1.5&y=20"), Some(Ask::Source("en".to_owned(), 2, 1.5, 20.0)));
        for nothing in
            ["/state", "/../etc/passwd", "/sheet/zh/x.svg", "/source?edition=en&page=-1&x=1&y=2", "/page.js/"]
        {
            assert_eq!(ask(nothing), None, "{nothing}");
        }
    }
}
