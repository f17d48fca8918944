//! What browsers are shown: what was told last of a book, and whatever of it stays when nobody is left to tell more.

use serde::Serialize;

use super::state::{Finding, Page, State, Status};
use super::{Answer, finding_of, heads, places, words};
use crate::diagnostic::Diagnostic;
use crate::message::{Locale, Message};
use crate::source::{Sources, Span};

const PAGE: &str = include_str!("page.html");

/// What browsers are shown of a watched book.
#[derive(Debug)]
pub(crate) struct Showing {
    /// The language of the page and of the findings.
    locale: Locale,
    /// The folder of the project, for links that open an editor.
    root: String,
    /// Grows with every change that a browser should see.
    revision: u64,
    state: State,
}

impl Showing {
    /// A book of which nothing is known yet, spoken of in a language.
    pub(crate) fn new(locale: Locale, root: String) -> Self {
        let state = State { title: String::new(), status: Status::Working, editions: Vec::new(), findings: Vec::new() };
        Self { locale, root, revision: 1, state }
    }

    /// How often something has changed that a browser should see.
    pub(crate) fn revision(&self) -> u64 {
        self.revision
    }

    /// Takes what is known now. Editions that whoever tells it has not set yet keep the pages that are known of them.
    pub(crate) fn take(&mut self, mut fresh: State) {
        let old = std::mem::take(&mut self.state.editions);
        if fresh.editions.is_empty() {
            fresh.editions = old;
            fresh.editions.iter_mut().for_each(|edition| edition.stale = true);
        } else {
            for edition in fresh.editions.iter_mut().filter(|edition| edition.pages.is_empty()) {
                if let Some(known) = old.iter().find(|known| known.name == edition.name) {
                    edition.pages.clone_from(&known.pages);
                    edition.anchors.clone_from(&known.anchors);
                    edition.heads.clone_from(&known.heads);
                }
            }
        }
        if fresh.title.is_empty() {
            fresh.title = std::mem::take(&mut self.state.title);
        }
        self.state = fresh;
        self.revision += 1;
    }

    /// Whoever told of the book broke off: the pages stay, are of an earlier time, and it is said why.
    pub(crate) fn broken_off(&mut self, why: &Diagnostic) {
        let why = finding_of(why, self.locale, None::<(&Sources, fn(Span) -> Option<places::OnPage>)>);
        self.state.findings.retain(|known| known.check != why.check);
        self.state.findings.insert(0, why);
        self.state.status = Status::Broken;
        for edition in &mut self.state.editions {
            (edition.stale, edition.tried) = (true, true);
        }
        self.revision += 1;
    }

    /// The editions, in the book's order, that were not set since the book was read.
    pub(crate) fn untried(&self) -> Vec<&str> {
        self.state.editions.iter().filter(|edition| !edition.tried).map(|edition| edition.name.as_str()).collect()
    }

    /// Whether the book has an edition of this name.
    pub(crate) fn has(&self, edition: &str) -> bool {
        self.state.editions.iter().any(|known| known.name == edition)
    }

    /// The pages of all editions: names of editions and looks.
    pub(crate) fn looks(&self) -> impl Iterator<Item = (&str, &str)> {
        let editions = self.state.editions.iter();
        editions.flat_map(|edition| edition.pages.iter().map(|page| (edition.name.as_str(), page.look.as_str())))
    }

    /// Whether a page of an edition is shown.
    pub(crate) fn shows(&self, edition: &str, look: &str) -> bool {
        self.looks().any(|shown| shown == (edition, look))
    }

    /// The page in the language of the preview, with the texts of its script.
    pub(crate) fn page(&self) -> Answer {
        let (tag, bare) = (self.locale.tag(), self.locale.say(&words::without_script()));
        // Within JSON `<` may be written as an escape, so that no text ends the element.
        let within = |data: &serde_json::Value| data.to_string().replace('<', "\\u003c");
        let (texts, root) = (within(&words::words(self.locale)), within(&self.root.as_str().into()));
        let page = PAGE
            .replacen("<html lang=\"en\">", &format!("<html lang=\"{tag}\">"), 1)
            .replacen("<noscript>", &format!("<noscript>{bare}"), 1)
            .replacen("id=\"words\">", &format!("id=\"words\">{texts}"), 1)
            .replacen("id=\"root\">", &format!("id=\"root\">{root}"), 1);
        Answer::file("text/html; charset=utf-8", &page)
    }

    /// A page that asks again, for what is not there yet.
    pub(crate) fn waiting(&self) -> Answer {
        let text = self.locale.say(&words::waiting());
        let page = format!(
            "<!DOCTYPE html>\n<html lang=\"{}\">\n<meta charset=\"utf-8\">\n<meta http-equiv=\"refresh\" content=\"1\">\n\
             <title>dama-pub</title>\n<p>{text}</p>\n</html>\n",
            self.locale.tag()
        );
        Answer::file("text/html; charset=utf-8", &page)
    }

    /// A message in the language of the page.
    pub(crate) fn say(&self, text: &Message) -> String {
        self.locale.say(text)
    }

    /// All that is known. Only the editions that are looked at come with their pages.
    pub(crate) fn state(&self, looked_at: &[String]) -> Answer {
        let editions = self.state.editions.iter().map(|edition| {
            let seen = looked_at.contains(&edition.name);
            Seen {
                name: &edition.name,
                word: &edition.word,
                title: &edition.title,
                stale: edition.stale,
                pages: if seen { &edition.pages } else { &[] },
                anchors: if seen { &edition.anchors } else { &[] },
                heads: if seen { &edition.heads } else { &[] },
            }
        });
        let State { title, status, findings, .. } = &self.state;
        Answer::json(&Shown { revision: self.revision, title, status, editions: editions.collect(), findings })
    }
}

#[derive(Serialize)]
struct Shown<'a> {
    revision: u64,
    title: &'a str,
    status: &'a Status,
    editions: Vec<Seen<'a>>,
    findings: &'a [Finding],
}

/// What a browser is shown of an edition.
#[derive(Serialize)]
struct Seen<'a> {
    name: &'a str,
    word: &'a str,
    title: &'a str,
    stale: bool,
    pages: &'a [Page],
    anchors: &'a [places::Anchor],
    heads: &'a [heads::Head],
}

#[cfg(test)]
mod tests {
    use super::super::state::Pages;
    use super::*;
    use crate::codes;

    fn state(editions: Vec<Pages>, status: Status) -> State {
        State { title: "T".to_owned(), status, editions, findings: Vec::new() }
    }

    fn edition(name: &str, looks: &[&str]) -> Pages {
        let page = |look: &&str| Page { look: (*look).to_owned(), width: 1.0, height: 1.0, label: None };
        let pages = looks.iter().map(page).collect();
        let (word, title) = (name.to_owned(), String::new());
        Pages {
            name: name.to_owned(),
            word,
            title,
            stale: false,
            tried: true,
            pages,
            anchors: Vec::new(),
            heads: Vec::new(),
        }
    }

    #[test]
    fn the_last_good_pages_outlive_whoever_set_them() {
        let mut showing = Showing::new(Locale::English, String::new());
        showing.take(state(vec![edition("zh", &["a", "b"]), edition("en", &["c"])], Status::Ready { seconds: 1.0 }));
        let before = showing.revision();
        let why = Diagnostic::error(codes::RESOURCE_LIMIT, Message::data("too much"));
        showing.broken_off(&why);
        showing.broken_off(&why);
        let body = String::from_utf8(showing.state(&["zh".to_owned()]).body).unwrap();
        assert_eq!(body.matches("too much").count(), 1, "{body}");
        assert!(body.contains("\"stale\":true") && body.contains("broken") && showing.revision() > before);
        assert!(showing.shows("zh", "b") && !showing.shows("en", "b") && showing.untried().is_empty());
        // A new one has read nothing yet, then read the book, then set one edition.
        showing.take(state(Vec::new(), Status::Working));
        assert!(showing.shows("zh", "a") && showing.state.editions[0].stale);
        showing.take(state(vec![edition("zh", &[]), edition("en", &[])], Status::Working));
        assert!(showing.shows("zh", "a") && showing.shows("en", "c"));
        showing.take(state(vec![edition("zh", &["d"]), edition("en", &[])], Status::Ready { seconds: 1.0 }));
        assert_eq!(showing.looks().collect::<Vec<_>>(), [("zh", "d"), ("en", "c")]);
        assert!(!String::from_utf8(showing.state(&[]).body).unwrap().contains("too much"));
    }

    #[test]
    fn the_page_has_the_texts_of_its_script() {
        for (locale, text) in [(Locale::English, "Side by side"), (Locale::Chinese, "并排")] {
            let page = String::from_utf8(Showing::new(locale, String::new()).page().body).expect("UTF-8");
            let data = page.split_once("id=\"words\">").expect("the texts").1;
            let data = data.split_once("</script>").expect("the end of the texts").0;
            let texts: serde_json::Value = serde_json::from_str(data).expect("JSON");
            assert_eq!(texts["beside"], text);
        }
    }
}
