//! Code of Quarto and R Markdown that is run when the text is rendered, and their short codes.

use std::collections::BTreeMap;

use serde_yaml::Value;

use super::super::super::report::Kind;
use super::{Line, Sourced};
use crate::diagnostic::Severity;

/// Code that is run becomes code that is shown, or the picture that it shows; short codes become what a book has for them.
pub(super) fn show(sourced: &mut Sourced) {
    let lines = std::mem::take(&mut sourced.lines);
    let mut at = 0;
    while let Some(line) = lines.get(at) {
        at += 1;
        let ticks: String = line.text.trim_start().chars().take_while(|&c| c == '`').collect();
        if ticks.len() < 3 {
            let text = prose(sourced, line);
            sourced.lines.push(Line { text, ..line.clone() });
            continue;
        }
        let rest = lines.get(at..).unwrap_or_default();
        let length = rest.iter().position(|line| line.text.trim() == ticks).unwrap_or(rest.len());
        let body = rest.get(..length).unwrap_or_default();
        let end = rest.get(length);
        at += length + usize::from(end.is_some());
        let Some(header) = header(&line.text, &ticks) else {
            sourced.lines.extend([line].into_iter().chain(body).chain(end).cloned());
            continue;
        };
        let chunk = Chunk::read(header, body);
        let blanks = &line.text[..line.text.len() - line.text.trim_start().len()];
        let made = chunk.made(sourced, line, (blanks, &ticks));
        sourced.lines.extend(made);
    }
}

/// What stands in the braces of a chunk: `{r name, echo=FALSE}`.
fn header<'l>(line: &'l str, ticks: &str) -> Option<&'l str> {
    let inner = line.trim_start().strip_prefix(ticks)?.trim_start().strip_prefix('{')?;
    let inner = inner.rsplit_once('}').map_or(inner, |(inner, _)| inner);
    inner.starts_with(|c: char| c.is_ascii_alphabetic()).then_some(inner)
}

struct Chunk<'l> {
    language: String,
    options: BTreeMap<String, String>,
    code: Vec<&'l Line>,
    /// The options as they stand on lines of their own.
    said: String,
}

impl<'l> Chunk<'l> {
    fn read(header: &str, body: &'l [Line]) -> Self {
        let (language, rest) = header.split_once([' ', ',']).unwrap_or((header, ""));
        let mut options = BTreeMap::new();
        for (nth, part) in parts(rest).into_iter().enumerate() {
            match part.split_once('=') {
                Some((key, value)) => {
                    options.insert(key.trim().replace('.', "-"), value.trim().trim_matches(['"', '\'']).to_owned());
                }
                None if nth == 0 && !part.trim().is_empty() => {
                    drop(options.insert("label".to_owned(), part.trim().to_owned()))
                }
                None => {}
            }
        }
        let own = |line: &&Line| line.text.trim_start().starts_with("#|");
        let said: String =
            body.iter().filter(own).flat_map(|line| [line.text.trim_start()[2..].trim_end(), "\n"]).collect();
        if let Ok(Value::Mapping(map)) = serde_yaml::from_str(&said) {
            for (key, value) in map {
                let text = match &value {
                    Value::String(text) => text.split_whitespace().collect::<Vec<_>>().join(" "),
                    Value::Bool(is_on) => is_on.to_string(),
                    _ => continue,
                };
                options.extend(key.as_str().map(|key| (key.replace('.', "-"), text)));
            }
        }
        Self { language: language.to_owned(), options, code: body.iter().filter(|line| !own(line)).collect(), said }
    }

    fn is_off(&self, option: &str) -> bool {
        self.options.get(option).is_some_and(|value| matches!(value.as_str(), "FALSE" | "false" | "F"))
    }

    fn text(&self, option: &str) -> &str {
        self.options.get(option).map(String::as_str).unwrap_or_default()
    }

    /// The id of the figure that it makes.
    fn id(&self) -> Option<String> {
        let label = self.options.get("label")?;
        let is_quarto = label.starts_with("fig-");
        let id = if is_quarto { label.clone() } else { format!("fig:{label}") };
        (is_quarto || self.options.contains_key("fig-cap")).then_some(id)
    }

    /// The file that its code does no more than show.
    fn picture(&self) -> Option<&'l str> {
        let says = |line: &&&Line| !line.text.trim().is_empty() && !line.text.trim_start().starts_with('#');
        let mut lines = self.code.iter().filter(says);
        let call = lines.next().filter(|_| lines.next().is_none())?.text.trim();
        let inner = call.trim_start_matches("knitr::").strip_prefix("include_graphics(")?.trim_start();
        let quote = inner.chars().next().filter(|c| matches!(c, '"' | '\''))?;
        inner[1..].split_once(quote).map(|(path, _)| path)
    }

    /// What stands in its place.
    fn made(&self, sourced: &mut Sourced, open: &Line, (blanks, ticks): (&str, &str)) -> Vec<Line> {
        let (file, at) = (sourced.files[0].clone(), sourced.place_of(open));
        let place = (file.as_str(), at.as_str());
        let code: Vec<&str> = self.code.iter().map(|line| line.text.as_str()).collect();
        let code = code.join("\n");
        let line = |text: String| Line { text, ..open.clone() };
        let (id, picture) = (self.id(), self.picture());
        let figure = |path: &str| {
            let id = id.as_ref().map(|id| format!("#{id} ")).unwrap_or_default();
            let alt = self.text("fig-alt").replace('"', "'");
            let text = format!("{blanks}![{}](<{path}>){{{id}fig-alt=\"{alt}\"}}", self.text("fig-cap"));
            [line(String::new()), line(text), line(String::new())]
        };
        if !self.said.is_empty() {
            // Captions are kept where there is a figure; those of tables stand in the report.
            let message = msg!("options of code that is run are left out");
            sourced.tally.once(Kind::Dropped, Severity::Info, place, message, &self.said);
        }
        if let Some(path) = picture {
            return figure(path).to_vec();
        }
        if self.is_off("include") {
            let message = msg!("code that is run and never shown is left out");
            sourced.tally.once(Kind::Dropped, Severity::Info, place, message, &code);
            return vec![line(String::new())];
        }
        let mut out = Vec::new();
        if self.is_off("echo") {
            let message = msg!(
                "code that is run and not shown is left out; what it gives is not in the book: {name}",
                name = self.language.as_str()
            );
            sourced.tally.tell(Kind::Dropped, Severity::Warning, place, message, &code);
        } else {
            let message = msg!(
                "code that is run when the text is rendered is shown as code; what it gives is not in the book: {name}",
                name = self.language.as_str()
            );
            sourced.tally.tell(Kind::Changed, Severity::Warning, place, message, "");
            out.push(line(format!("{blanks}{ticks} {{.{}}}", self.language)));
            out.extend(self.code.iter().map(|line| (*line).clone()));
            out.push(line(format!("{blanks}{ticks}")));
        }
        // A box keeps the place of the picture, its caption and what refers to it.
        if id.is_some() || self.options.contains_key("fig-cap") {
            out.extend(figure(&format!("made-by-code/{}.png", self.text("label"))));
        }
        out
    }
}

/// Options between commas that stand in no brackets and no quotation.
fn parts(options: &str) -> Vec<&str> {
    let (mut depth, mut quote, mut from, mut found) = (0usize, None, 0, Vec::new());
    for (at, c) in options.char_indices() {
        match (quote, c) {
            (Some(open), c) if c == open => quote = None,
            (Some(_), _) => {}
            (None, '"' | '\'') => quote = Some(c),
            (None, '(' | '[' | '{') => depth += 1,
            (None, ')' | ']' | '}') => depth = depth.saturating_sub(1),
            (None, ',') if depth == 0 => {
                found.push(&options[from..at]);
                from = at + 1;
            }
            _ => {}
        }
    }
    found.push(&options[from..]);
    found
}

fn prose(sourced: &mut Sourced, line: &Line) -> String {
    let (file, at) = (sourced.files[0].clone(), sourced.place_of(line));
    let place = (file.as_str(), at.as_str());
    // bookdown writes the place of a reference so: `\@ref(fig:a)`.
    let mut out = String::new();
    let mut rest = line.text.as_str();
    while let Some((before, after)) = rest.split_once("\\@ref(") {
        let Some((id, after)) = after.split_once(')') else { break };
        let is_shown = before.matches('`').count() % 2 == 1;
        out.push_str(&if is_shown { format!("{before}\\@ref({id})") } else { format!("{before}[](#{id})") });
        rest = after;
    }
    out.push_str(rest);
    if line.text.contains("`r ") {
        let message = msg!("code that is run in a line is shown as code: type what it gives");
        sourced.tally.tell(Kind::Changed, Severity::Warning, place, message, "");
    }
    while let Some((open, close)) = short_code(&out) {
        let inner = out[open + 3..close].trim().to_owned();
        let (name, value) = inner.split_once(' ').unwrap_or((&inner, ""));
        let address = value.split(' ').next().unwrap_or_default().trim_matches('"');
        let kept = match name {
            "pagebreak" => String::new(),
            "video" | "embed" if address.starts_with("http") => format!("<{address}>"),
            _ => {
                let message = msg!("a short code of Quarto means nothing in a book: {code}", code = inner.as_str());
                sourced.tally.tell(Kind::Dropped, Severity::Warning, place, message, &inner);
                String::new()
            }
        };
        out.replace_range(open..close + 3, &kept);
    }
    out
}

/// Where a short code begins, and where its end is; one that is shown, between backticks or braces, is none.
fn short_code(line: &str) -> Option<(usize, usize)> {
    line.match_indices("{{<").find_map(|(open, _)| {
        let close = open + line[open..].find(">}}")?;
        let is_shown = line[..open].ends_with(['{', '`']) || line[..open].matches('`').count() % 2 == 1;
        (!is_shown).then_some((open, close))
    })
}

#[cfg(test)]
mod tests {
    use super::super::{form_of, sourced};

    #[test]
    fn code_becomes_what_it_shows() {
        for (text, said, told) in [
            ("```{r, a=\"b, c\"}\n#| x: y\n1\n```\n#| z\n", "``` {.r}\n1\n```\n#| z\n", 2),
            (
                "```{r}\n#| label: fig-a\n#| fig-cap: |\n#|   One\n#|   two.\n#| fig-alt: \"Three\"\nknitr::include_graphics(\"b.png\", dpi = 1)\n```\n",
                "\n![One two.](<b.png>){#fig-a fig-alt=\"Three\"}\n\n",
                1,
            ),
            ("```{r setup, include=FALSE}\nx\n```\n", "\n", 1),
            (
                "```{r pic, echo=FALSE, fig.cap='Cap'}\nplot(1)\n```\n",
                "\n![Cap](<made-by-code/pic.png>){#fig:pic fig-alt=\"\"}\n\n",
                1,
            ),
            ("``` r\n{{< x >}}\n```\n\\@ref(fig:a) {{< pagebreak >}}\n", "``` r\n{{< x >}}\n```\n[](#fig:a) \n", 0),
            ("`{{< x >}}` {{< fa star >}}\n", "`{{< x >}}` \n", 1),
        ] {
            let form = form_of("qmd").expect("it is known");
            let mut done = sourced(form, text.as_bytes(), "f", &mut |_| None);
            assert_eq!(String::from_utf8(done.bytes()).expect("text"), said, "{text}");
            assert_eq!(done.report().entries.len(), told, "{text}");
        }
    }
}
