//! For reading and passing on: one page with all findings, both languages side by side. It needs no other file and no
//! script.

use std::fmt::Write as _;

use super::Report;
use super::excerpt::{Excerpt, excerpt};
use super::summary::tallies;
use crate::checks::{self, Fingerprints};
use crate::diagnostic::{Diagnostic, Label};
use crate::message::{List, Message, visible};
use crate::source::{FileId, Span};

const STYLE: &str = include_str!("html.css");

/// A finding and its number on the page.
type Numbered<'a> = (usize, &'a Diagnostic);

/// The page.
pub fn html(report: &Report<'_>) -> String {
    let page = Page { report, blocks: report.book.map(|book| Fingerprints::of(book, report.sources)) };
    let title = page.title();
    let locale = report.locale;
    let mut out = format!(
        "<!DOCTYPE html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>{title}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n<main>\n\
         <h1>{title}</h1>\n<p>{}</p>\n",
        locale.tag(),
        escape(&locale.say(&report.totals())),
    );
    let chapters = page.chapters();
    if !chapters.is_empty() {
        page.summary(&chapters, &mut out);
    }
    for (at, (chapter, findings)) in chapters.iter().enumerate() {
        let _ = write!(out, "<section id=\"c{at}\">\n<h2>{}</h2>\n", escape(chapter));
        for finding in findings {
            page.finding(*finding, &mut out);
        }
        out.push_str("</section>\n");
    }
    page.waived(&mut out);
    out.push_str("</main>\n</body>\n</html>\n");
    out
}

struct Page<'a> {
    report: &'a Report<'a>,
    blocks: Option<Fingerprints<'a>>,
}

impl<'a> Page<'a> {
    fn title(&self) -> String {
        let book = self.report.book.map(|book| book.meta.title_in(book.source_language()).to_owned());
        match book.filter(|title| !title.is_empty()) {
            Some(title) => escape(&self.report.locale.say(&msg!("{title}: findings", title))),
            None => self.report.locale.say(&msg!("Findings")),
        }
    }

    /// The findings by chapter, in the order of the book; other files last.
    fn chapters(&self) -> Vec<(String, Vec<Numbered<'a>>)> {
        let mut chapters: Vec<(String, Vec<Numbered<'a>>)> = Vec::new();
        for (at, finding) in self.report.open.iter().enumerate() {
            let name = self.report.chapter(finding);
            match chapters.iter_mut().find(|(known, _)| *known == name) {
                Some((_, list)) => list.push((at, finding)),
                None => chapters.push((name, vec![(at, finding)])),
            }
        }
        let order: Vec<&str> = self.report.book.map_or(Vec::new(), |book| {
            book.chapters(book.source_language()).iter().map(|chapter| chapter.stem.as_str()).collect()
        });
        let rank = |name: &str| order.iter().position(|stem| *stem == name).unwrap_or(order.len());
        chapters.sort_by(|a, b| rank(&a.0).cmp(&rank(&b.0)).then_with(|| a.0.cmp(&b.0)));
        chapters
    }

    /// A row for each chapter, a column for each check; a number leads to the first finding that it counts.
    fn summary(&self, chapters: &[(String, Vec<Numbered<'a>>)], out: &mut String) {
        let locale = self.report.locale;
        let checks: Vec<String> =
            tallies(self.report.open, |finding| finding.check.to_string()).into_iter().map(|(name, _)| name).collect();
        out.push_str("<div class=\"scroll\"><table>\n<thead><tr><th scope=\"col\">");
        let _ = write!(out, "{}</th>", locale.say(&msg!("chapter")));
        for name in &checks {
            let summary = checks::entry(name).map_or(String::new(), |entry| locale.say(&entry.summary));
            let _ = write!(out, "<th scope=\"col\" title=\"{}\">{}</th>", escape(&summary), escape(name));
        }
        let _ = write!(out, "<th scope=\"col\">{}</th></tr></thead>\n<tbody>\n", locale.say(&msg!("all")));
        for (at, (chapter, findings)) in chapters.iter().enumerate() {
            let _ = write!(out, "<tr><th scope=\"row\"><a href=\"#c{at}\">{}</a></th>", escape(chapter));
            for name in &checks {
                let mut of_check = findings.iter().filter(|(_, finding)| finding.check == name.as_str());
                let count = of_check.clone().count();
                let _ = match of_check.next() {
                    Some((first, _)) => write!(out, "<td><a href=\"#f{first}\">{count}</a></td>"),
                    None => write!(out, "<td></td>"),
                };
            }
            let _ = writeln!(out, "<td>{}</td></tr>", findings.len());
        }
        out.push_str("</tbody>\n</table></div>\n");
    }

    fn finding(&self, (at, finding): Numbered<'_>, out: &mut String) {
        let level = finding.severity.name();
        let _ = write!(
            out,
            "<article id=\"f{at}\" class=\"{level}\">\n<h3><span class=\"level\">{}</span> {} \
             <a class=\"check\" href=\"#f{at}\">{}</a></h3>\n",
            self.report.locale.say(&finding.severity.word()),
            escape(&self.report.locale.say(&finding.message)),
            escape(finding.check.as_str()),
        );
        let files = by_language(finding, self.report);
        if !files.is_empty() {
            out.push_str("<div class=\"sides\">\n");
            for (file, labels) in &files {
                self.side(*file, labels, out);
            }
            out.push_str("</div>\n");
        }
        if let Some(entry) = checks::entry(finding.check.as_str()) {
            let _ = writeln!(out, "<p class=\"why\">{}</p>", escape(&entry.page.why(self.report.locale)));
        }
        for hint in &finding.hints {
            let _ = writeln!(out, "<p class=\"hint\">{}</p>", escape(&self.report.locale.say(hint)));
        }
        out.push_str("</article>\n");
    }

    /// The blocks of one file that a finding is about, with their places marked.
    fn side(&self, file: FileId, labels: &[&Label], out: &mut String) {
        let lang = self.report.lang(file).map_or(String::new(), |lang| format!(" lang=\"{}\"", escape(lang)));
        out.push_str("<div class=\"side\">\n");
        let mut shown: Vec<(Span, Vec<&Label>)> = Vec::new();
        for label in labels {
            let block = self.block(label.span);
            match shown.iter_mut().find(|(known, _)| *known == block) {
                Some((_, list)) => list.push(label),
                None => shown.push((block, vec![label])),
            }
        }
        for (block, labels) in shown {
            let places: Vec<Span> = labels.iter().map(|label| label.span).collect();
            let first = self.report.sources.get(file).position(labels[0].span.start);
            let path = escape(self.report.sources.get(file).path());
            let _ = write!(out, "<p class=\"place\">{path}:{first}</p>\n<blockquote{lang}>");
            quote(&excerpt(block, &places, self.report.sources), out);
            out.push_str("</blockquote>\n");
            let notes = Message::list(List::Clauses, labels.iter().map(|label| &label.text));
            if !notes.is_empty() {
                let _ = writeln!(out, "<p class=\"note\">{}</p>", escape(&self.report.locale.say(&notes)));
            }
        }
        out.push_str("</div>\n");
    }

    fn block(&self, span: Span) -> Span {
        self.blocks.as_ref().map_or(span, |blocks| blocks.block(span))
    }

    /// What was waived, and why.
    fn waived(&self, out: &mut String) {
        if self.report.waived.is_empty() {
            return;
        }
        let _ = write!(
            out,
            "<details>\n<summary>{}</summary>\n<ul>\n",
            self.report.locale.say(&msg!("{waived} waived", waived = self.report.waived.len()))
        );
        for waived in self.report.waived {
            let place = waived.finding.primary.as_ref().map_or(String::new(), |label| {
                let file = self.report.sources.get(label.span.file);
                format!("{}:{}: ", file.path(), file.position(label.span.start))
            });
            let (message, reason) = (self.report.locale.say(&waived.finding.message), escape(&waived.reason));
            let message = escape(&message);
            let _ = writeln!(out, "<li>{}{message} <q>{reason}</q></li>", escape(&place));
        }
        out.push_str("</ul>\n</details>\n");
    }
}

/// The places of a finding by file, those of the source language first.
fn by_language<'f>(finding: &'f Diagnostic, report: &Report<'_>) -> Vec<(FileId, Vec<&'f Label>)> {
    let mut files: Vec<(FileId, Vec<&Label>)> = Vec::new();
    for label in finding.primary.iter().chain(&finding.labels) {
        match files.iter_mut().find(|(file, _)| *file == label.span.file) {
            Some((_, labels)) => labels.push(label),
            None => files.push((label.span.file, vec![label])),
        }
    }
    let source = report.book.map(|book| book.source_language().tag());
    files.sort_by_key(|(file, _)| report.lang(*file) != source);
    files
}

fn quote(excerpt: &Excerpt<'_>, out: &mut String) {
    let dots = |cut: bool| if cut { "…" } else { "" };
    out.push_str(dots(excerpt.cut.0));
    for part in &excerpt.parts {
        let text = escape(part.text);
        let _ = if part.marked { write!(out, "<mark>{text}</mark>") } else { write!(out, "{text}") };
    }
    out.push_str(dots(excerpt.cut.1));
}

/// A text as HTML has it: the one way of text into a page.
pub(super) fn escape(text: &str) -> String {
    // Control characters cannot stand in HTML, however they are written.
    let text = visible(text);
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::sample::Sample;

    #[test]
    fn nothing_of_the_manuscript_becomes_markup() {
        let zh = "共有12章，1 < 2 && `<script>alert(1)</script>`。\n";
        let en =
            "There are 13 chapters & 1 < 2 && `<script>alert(1)</script>`. <!-- dama: allow numbr: <b>\"x\"</b> -->\n";
        let page = Sample::checked(zh, en).with(html);
        assert!(page.contains("<mark>13</mark>"), "{page}");
        assert!(page.contains("&lt;script&gt;alert(1)&lt;/script&gt;"), "{page}");
        assert!(!page.contains("<script") && !page.contains("<b>"), "{page}");
    }

    #[test]
    fn the_source_stands_on_the_left_and_each_text_names_its_language() {
        let page = Sample::checked("共有12章。\n", "There are 13 chapters.\n").with(html);
        let (zh, en) = (page.find("lang=\"zh\"").unwrap(), page.find("<blockquote lang=\"en\"").unwrap());
        assert!(zh < en);
    }

    #[test]
    fn every_link_of_the_page_leads_somewhere() {
        let zh = "共有12章。\n\n第二段说明方法，它不能丢。\n\n> 引文在此，它也不能丢。\n";
        let page = Sample::checked(zh, "There are 13 chapters.\n").with(html);
        let targets: Vec<&str> = page.split("href=\"#").skip(1).map(|rest| rest.split('"').next().unwrap()).collect();
        assert!(targets.len() >= 4, "{targets:?}");
        for target in targets {
            assert_eq!(page.matches(&format!("id=\"{target}\"")).count(), 1, "{target}");
        }
    }
}
