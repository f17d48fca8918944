//! What pages in MDX import and show: other pages, the text of files, pictures.

use std::collections::BTreeMap;

use super::front;
use super::lines::{self, Line};
use super::told::Told;
use super::tree::{self, Tree};
use crate::diagnostic::Severity;
use crate::import::Kind;

/// Deepest nesting of pages in pages.
const DEPTH: usize = 8;

/// What a name stands for that a page imports.
enum Import {
    /// A page that is shown where its name is a tag.
    Page(String),
    /// A file whose text is shown.
    Text(String),
    /// A picture.
    Picture(String),
}

/// The lines of a page with the pages that it imports, each where it is shown, and the paths of its pictures.
pub(super) fn expand(tree: &dyn Tree, path: &str, lines: Vec<Line>, told: &mut Told) -> Vec<Line> {
    if !lines.iter().any(|line| line.is_prose() && (line.text.starts_with("import ") || line.text.contains("={"))) {
        return lines;
    }
    let mut out = shown(tree, path, path, lines, DEPTH, told);
    lines::mark(&mut out);
    out
}

fn shown(tree: &dyn Tree, page: &str, path: &str, lines: Vec<Line>, depth: usize, told: &mut Told) -> Vec<Line> {
    let imports: BTreeMap<String, Import> =
        lines.iter().filter(|line| line.is_prose()).filter_map(|line| import(tree, path, &line.text)).collect();
    let mut out = Vec::with_capacity(lines.len());
    for line in lines {
        let text = line.text.trim();
        let tag = text
            .strip_prefix('<')
            .map(|rest| rest.split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default());
        match tag.and_then(|name| imports.get(name)).filter(|_| line.is_prose() && text.ends_with('>')) {
            Some(Import::Page(file)) if depth > 0 => {
                let (text, _) = tree::text(tree, file).unwrap_or_default();
                told.use_file(file);
                let body = lines::of(front::split(&text).1, 1);
                let inner = shown(tree, page, file, body, depth - 1, told);
                // What a part imports is no text of the page.
                let inner = inner.into_iter().filter(|line| !(line.is_prose() && line.text.starts_with("import ")));
                out.push(Line::new("", line.at));
                out.extend(inner.map(|inner| Line { at: line.at, ..inner }));
                out.push(Line::new("", line.at));
            }
            Some(Import::Page(file)) => {
                let message =
                    msg!("pages that show one another without end are left out: {file}", file = file.as_str());
                told.lose(Kind::Dropped, Severity::Warning, (page, line.at), message, line.text);
            }
            _ if line.is_prose() => match listing(tree, text, &imports) {
                Some(code) => {
                    let before = &line.text[..line.text.len() - line.text.trim_start().len()];
                    out.extend(
                        code.iter().map(|code| Line { code: true, ..Line::new(format!("{before}{code}"), line.at) }),
                    );
                }
                None => out.push(Line { text: pictures(&line.text, &imports), ..line }),
            },
            _ => out.push(line),
        }
    }
    out
}

/// What a line imports: `import Name from './file'`.
fn import(tree: &dyn Tree, path: &str, line: &str) -> Option<(String, Import)> {
    let (name, from) = line.strip_prefix("import ")?.split_once(" from ")?;
    let quoted = from.trim().trim_end_matches(';').trim();
    let from = quoted.trim_matches(['"', '\'']);
    let is_name = name.trim().chars().all(|c| c.is_alphanumeric() || c == '_');
    if !is_name || from.len() + 2 != quoted.len() {
        return None;
    }
    // Programs that load files are named before them, or behind a question mark.
    let raw = from.contains("raw-loader") || from.ends_with("?raw");
    let file = from.rsplit('!').next()?.split('?').next()?;
    let file = match file.strip_prefix("@site/") {
        Some(rest) => tree::resolve("", rest),
        None if file.starts_with('.') => tree::resolve(tree::folder(path), file),
        None => None,
    }?;
    tree.read(&file)?;
    let ending = tree::name(&file).rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase()).unwrap_or_default();
    let import = match ending.as_str() {
        _ if raw => Import::Text(file),
        _ if tree::is_page(&file) => Import::Page(file),
        "png" | "jpg" | "jpeg" | "gif" | "webp" | "svg" => Import::Picture(file),
        _ => return None,
    };
    Some((name.trim().to_owned(), import))
}

/// The code that a line shows: `<CodeBlock language="js">{Name}</CodeBlock>`.
fn listing(tree: &dyn Tree, text: &str, imports: &BTreeMap<String, Import>) -> Option<Vec<String>> {
    let rest = text.strip_prefix("<CodeBlock")?;
    let name = rest.split_once(">{")?.1.split_once("}</")?.0.trim();
    let Some(Import::Text(file)) = imports.get(name) else { return None };
    let (code, _) = tree::text(tree, file)?;
    let value = |key: &str| super::find::attribute(rest, key);
    let language = value("language").unwrap_or_default();
    let title = value("title").map(|title| format!(" title=\"{title}\"")).unwrap_or_default();
    let fence = lines::fence_around(&code);
    let body = code.trim_end_matches('\n').lines().map(str::to_owned);
    Some([format!("{fence}{language}{title}")].into_iter().chain(body).chain([fence.clone()]).collect())
}

/// A line in which pictures are named by their paths: `src={name}`, `src={require('./a.png').default}`, `src={useBaseUrl('/a.png')}`.
fn pictures(text: &str, imports: &BTreeMap<String, Import>) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(open) = rest.find("={") {
        let Some(close) = rest[open..].find('}').map(|close| open + close) else { break };
        let inner = rest[open + 2..close].trim();
        let called = ["require(", "useBaseUrl("].iter().find_map(|call| inner.strip_prefix(call));
        let quoted = called.and_then(|inner| inner.split(['"', '\'', '`']).nth(1)).map(str::to_owned);
        let named = || match imports.get(inner) {
            Some(Import::Picture(file)) => Some(format!("/{file}")),
            _ => None,
        };
        out.push_str(&rest[..open]);
        match quoted.or_else(named) {
            Some(path) => out.push_str(&format!("=\"{path}\"")),
            None => out.push_str(&rest[open..=close]),
        }
        rest = &rest[close + 1..];
    }
    out + rest
}
