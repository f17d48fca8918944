//! Forms that the reader does not know, brought into those that it knows: commands that a formula defines for itself, old
//! environments, and what columns of an array say of their widths.

use std::borrow::Cow;

use super::groups::{argument, closing, command};
use crate::model::Macros;

/// Environments that others stand for.
const ENVIRONMENTS: [(&str, &str); 4] = [
    (r"\begin{eqnarray}", r"\begin{array}{rcl}"),
    (r"\begin{eqnarray*}", r"\begin{array}{rcl}"),
    (r"\end{eqnarray}", r"\end{array}"),
    (r"\end{eqnarray*}", r"\end{array}"),
];

/// Most columns that a repetition makes.
const MOST: usize = 64;

/// A formula with environments and columns of arrays that the reader knows.
pub(super) fn known(tex: &str) -> String {
    let mut out = tex.to_owned();
    for (old, new) in ENVIRONMENTS {
        out = out.replace(old, new);
    }
    arrays(&out)
}

fn arrays(tex: &str) -> String {
    const BEGIN: &str = r"\begin{array}";
    let mut out = String::new();
    let mut rest = tex;
    while let Some(at) = rest.find(BEGIN) {
        let mut behind = &rest[at + BEGIN.len()..];
        out.push_str(&rest[..at + BEGIN.len()]);
        // Where it stands in the line, which is in the middle here.
        if let Some(end) = behind.trim_start().strip_prefix('[').and_then(|inner| inner.find(']')) {
            behind = &behind.trim_start()[end + 2..];
        }
        let group = behind.trim_start();
        if let Some(close) = group.starts_with('{').then(|| closing(group)).flatten() {
            out.push_str(&format!("{{{}}}", columns(&group[1..close])));
            behind = &group[close + 1..];
        }
        rest = behind;
    }
    out + rest
}

/// The columns of an array by their alignment, without what stands between them and how wide they are.
fn columns(spec: &str) -> String {
    let mut out = String::new();
    let mut rest = spec;
    while let Some(sign) = rest.chars().next() {
        let behind = &rest[sign.len_utf8()..];
        match sign {
            '@' | '!' | '>' | '<' => rest = argument(behind).1,
            'p' | 'm' | 'b' => {
                out.push('l');
                rest = argument(behind).1;
            }
            '*' => {
                let (times, behind) = argument(behind);
                let (what, behind) = argument(behind);
                let times = times.trim().parse::<usize>().unwrap_or(1).min(MOST);
                let repeated = columns(what).repeat(times);
                out.push_str(repeated.get(..repeated.len().min(MOST)).unwrap_or_default());
                rest = behind;
            }
            _ => {
                out.push(sign);
                rest = behind;
            }
        }
    }
    out
}

/// A formula without the commands that it defines, and these beside those of the book.
pub(super) fn defined<'m>(tex: &str, macros: &'m Macros) -> (String, Cow<'m, Macros>) {
    let (mut out, mut rest, mut macros) = (String::new(), tex, Cow::Borrowed(macros));
    while let Some(at) = rest.find('\\') {
        let (name, behind) = command(&rest[at + 1..]);
        let found = match name {
            "newcommand" | "renewcommand" | "providecommand" => definition(behind),
            "DeclareMathOperator" => {
                definition(behind.strip_prefix('*').unwrap_or(behind)).map(|(own, meaning, after)| {
                    let star = if behind.starts_with('*') { "*" } else { "" };
                    (own, format!("\\operatorname{star}{{{meaning}}}"), after)
                })
            }
            _ => None,
        };
        out.push_str(&rest[..at]);
        match found {
            Some((own, meaning, after)) => {
                macros.to_mut().insert(own, meaning);
                rest = after;
            }
            None => {
                out.push_str(&rest[at..at + 1 + name.len()]);
                rest = behind;
            }
        }
    }
    (out + rest, macros)
}

/// The name and the meaning of a command that is defined, and what stands behind them; none with a value for what is not given.
fn definition(text: &str) -> Option<(String, String, &str)> {
    let (name, behind) = argument(text);
    let name = name.trim().strip_prefix('\\').filter(|name| name.chars().all(|c| c.is_ascii_alphabetic()))?;
    let behind = behind.trim_start();
    let behind = match behind.strip_prefix('[') {
        Some(count) => count.split_once(']')?.1.trim_start(),
        None => behind,
    };
    if name.is_empty() || !behind.starts_with('{') {
        return None;
    }
    let (meaning, after) = argument(behind);
    Some((name.to_owned(), meaning.to_owned(), after))
}
