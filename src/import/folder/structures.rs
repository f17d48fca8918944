//! Figures, tables, lists and drawings in HTML.

use super::html::{self, Element, Node};
use super::lines::set;
use super::write::Writer;
use crate::diagnostic::Severity;
use crate::import::Kind;

impl Writer<'_> {
    /// Parts of HTML that Markdown has forms for.
    pub(super) fn structure(&mut self, element: &Element, lower: &str, line: usize) -> String {
        match lower {
            "table" => self.table(element, line),
            "ul" => self.list(element, false),
            "ol" => self.list(element, true),
            "blockquote" => self.quote(element),
            "pre" => self.preformatted(element),
            _ => self.drawing(element, line),
        }
    }

    /// A picture or anything else with a caption. One whose caption bears a number of its own keeps it as a paragraph.
    pub(super) fn figure(&mut self, element: &Element) -> String {
        let (mut body, mut caption) = (String::new(), String::new());
        self.figure_parts(&element.children, &mut body, &mut caption);
        let caption = caption.split_whitespace().collect::<Vec<_>>().join(" ");
        let body = set(&body, "").trim().to_owned();
        let shown = ["![", "```", "~~~", "|"].iter().any(|sign| body.contains(sign));
        if caption.is_empty() || numbered(&caption) || !shown {
            return self.framed(element, &format!("{body}\n\n{caption}"), "", "");
        }
        let plain = !caption.contains(['"', '*', '`', '[', '<']);
        if plain && body.starts_with("![") && body.ends_with(')') && !body.contains('\n') && !body.contains(" \"") {
            let picture = format!("{} \"{caption}\")", &body[..body.len() - 1]);
            return self.framed(element, &picture, "", "");
        }
        self.framed(element, &format!("{body}\n\n{caption}"), ":::figure", ":::")
    }

    fn figure_parts(&mut self, nodes: &[Node], body: &mut String, caption: &mut String) {
        for node in nodes {
            match node {
                Node::Element(inner) if inner.lower() == "figcaption" => {
                    caption.push_str(&self.nodes(&inner.children));
                }
                Node::Element(inner) if matches!(inner.lower().as_str(), "div" | "p" | "center" | "picture") => {
                    self.figure_parts(&inner.children, body, caption);
                }
                node => body.push_str(&self.nodes(std::slice::from_ref(node))),
            }
        }
    }

    fn table(&mut self, element: &Element, line: usize) -> String {
        let mut table = Table::default();
        self.rows(&element.children, false, &mut table);
        let columns = table.rows.iter().map(|(cells, _)| cells.len()).max().unwrap_or(0);
        if columns == 0 {
            return self.block(element, "", "");
        }
        let heads = table.rows.iter().take_while(|(_, head)| *head).count();
        if heads == 0 {
            let message = msg!("a table without a head has an empty one now");
            self.once(Kind::Changed, Severity::Info, line, message);
            table.rows.insert(0, (vec![String::new(); columns], true));
        }
        let mut out = String::new();
        for (n, (mut cells, _)) in table.rows.into_iter().enumerate() {
            cells.resize(columns, " ".to_owned());
            let row: String =
                cells.iter().map(|cell| if cell == "||" { "|".to_owned() } else { format!(" {cell} |") }).collect();
            out.push_str(&format!("|{row}\n"));
            if n + 1 == heads.max(1) {
                out.push_str(&format!("|{}\n", "---|".repeat(columns)));
            }
        }
        let caption = table.caption.trim().to_owned();
        if caption.is_empty() {
            self.framed(element, &out, "", "")
        } else {
            self.framed(element, &format!("{out}\n{caption}"), ":::figure", ":::")
        }
    }

    fn rows(&mut self, nodes: &[Node], in_head: bool, table: &mut Table) {
        for node in nodes {
            let Node::Element(element) = node else { continue };
            match element.lower().as_str() {
                "thead" => self.rows(&element.children, true, table),
                "tbody" | "tfoot" => self.rows(&element.children, false, table),
                "caption" => table.caption = self.nodes(&element.children),
                "tr" => {
                    let cells: Vec<&Element> = element
                        .children
                        .iter()
                        .filter_map(|child| match child {
                            Node::Element(cell) if matches!(cell.lower().as_str(), "td" | "th") => Some(&**cell),
                            _ => None,
                        })
                        .collect();
                    let all_heads = !cells.is_empty() && cells.iter().all(|cell| cell.lower() == "th");
                    let is_head = in_head || all_heads && table.rows.iter().all(|(_, head)| *head);
                    let row = self.row(&cells, table);
                    table.rows.push((row, is_head));
                }
                _ => {}
            }
        }
    }

    /// The cells of a row, with those that reach into it from above and from the left.
    fn row(&mut self, cells: &[&Element], table: &mut Table) -> Vec<String> {
        let mut row = Vec::new();
        let mut cells = cells.iter();
        loop {
            if let Some((left, wide)) = table.down.get(row.len()).copied().filter(|(left, _)| *left > 0) {
                table.down[row.len()] = (left - 1, wide);
                row.push("^^".to_owned());
                continue;
            }
            let Some(cell) = cells.next() else { return row };
            let reach = |name: &str| cell.get(name).and_then(|n| n.parse::<usize>().ok()).unwrap_or(1).clamp(1, 100);
            let (wide, high) = (reach("colspan"), reach("rowspan"));
            let inner = self.nodes(&cell.children);
            let text = inner.trim().split("\n\n").map(|part| part.split_whitespace().collect::<Vec<_>>().join(" "));
            let text: Vec<String> = text.filter(|part| !part.is_empty()).collect();
            let text = text.join("<br>").replace("\\|", "|").replace('|', "\\|");
            let at = row.len();
            row.push(if text.is_empty() { " ".to_owned() } else { text });
            row.extend(std::iter::repeat_n("||".to_owned(), wide - 1));
            if high > 1 {
                table.down.resize(table.down.len().max(at + 1), (0, 1));
                table.down[at] = (high - 1, wide);
            }
        }
    }

    fn list(&mut self, element: &Element, ordered: bool) -> String {
        let mut out = String::new();
        let mut number = element.get("start").and_then(|start| start.parse().ok()).unwrap_or(1usize);
        for child in &element.children {
            match child {
                Node::Element(item) if item.lower() == "li" => {
                    let inner = set(&self.nodes(&item.children), "");
                    let sign = if ordered { format!("{number}. ") } else { "- ".to_owned() };
                    number += 1;
                    let blanks = " ".repeat(sign.len());
                    out.push_str(&format!("{sign}{}\n", inner.trim().replace('\n', &format!("\n{blanks}"))));
                }
                other => {
                    let text = self.nodes(std::slice::from_ref(other));
                    if !text.trim().is_empty() {
                        out.push_str(&format!("\n{}\n\n", text.trim()));
                    }
                }
            }
        }
        self.framed(element, &out, "", "")
    }

    fn quote(&mut self, element: &Element) -> String {
        let inner = set(&self.nodes(&element.children), "");
        let lines: Vec<String> = inner.trim().lines().map(|line| format!("> {line}")).collect();
        self.framed(element, &lines.join("\n"), "", "")
    }

    fn preformatted(&mut self, element: &Element) -> String {
        let end = element.close.as_ref().map_or(element.open.end, |close| close.start);
        let html = &self.joined.text[element.open.end.min(end)..end];
        let text = html::text_of(&html.replace("<br>", "\n").replace("<br/>", "\n"));
        // In a cell or in a line it is code as any other there.
        if self.before(element).is_none() {
            let text = text.split_whitespace().collect::<Vec<_>>().join(" ").replace('|', "\\|");
            let marks = if text.contains('`') { "`` " } else { "`" };
            return format!("{marks}{text}{}", marks.chars().rev().collect::<String>());
        }
        let marks = text.split(|c| c != '`').map(str::len).max().unwrap_or(0).max(2) + 1;
        let fence = "`".repeat(marks);
        let lang = html
            .split("language-")
            .nth(1)
            .and_then(|rest| rest.split(['"', '\'', ' ', '>']).next())
            .unwrap_or_default();
        self.framed(element, &format!("{fence}{lang}\n{text}\n{fence}"), "", "")
    }

    /// A drawing in the page becomes a file.
    fn drawing(&mut self, element: &Element, line: usize) -> String {
        let svg = self.joined.text[element.whole()].to_owned();
        let text = html::text_of(&svg);
        if element.close.is_none() || !svg.contains("xmlns") && svg.contains('{') {
            self.lose(Severity::Warning, line, msg!("a drawing is left out"), &text);
            return String::new();
        }
        let svg = if svg.contains("xmlns=") {
            svg
        } else {
            svg.replacen("<svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"", 1)
        };
        let page = self.pages.pages[self.at].name.clone();
        let name = self.pictures.drawn(&page, self.lang, svg);
        self.lose(Severity::Info, line, msg!("a drawing in the page is a file now: {name}", name = &name), &text);
        let alt = text.split_whitespace().collect::<Vec<_>>().join(" ").replace(['[', ']'], "");
        if alt.is_empty() { format!("![]({name}){{.decorative}}") } else { format!("![{alt}]({name})") }
    }
}

/// A table while it is read.
#[derive(Default)]
struct Table {
    rows: Vec<(Vec<String>, bool)>,
    caption: String,
    /// For each column, into how many rows a cell above still reaches, and how wide it is.
    down: Vec<(usize, usize)>,
}

/// Whether a caption begins with a number of its own.
fn numbered(caption: &str) -> bool {
    let text = caption.trim_start_matches(['*', '_']);
    let words = ["figure", "fig.", "table", "listing", "图", "圖", "表", "示例", "代码"];
    let lower = text.to_lowercase();
    let rest = words.iter().find_map(|word| lower.strip_prefix(word));
    rest.is_some_and(|rest| rest.trim_start().starts_with(|c: char| c.is_ascii_digit()))
}
