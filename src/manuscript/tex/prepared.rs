//! What is taken off a formula before it is read, and what the book says in its own words.

use std::borrow::Cow;

use super::groups::{argument, closing, command};
use super::usual::usual;
use super::{Fault, forms, infix, referred};
use crate::message::Message;
use crate::model::Macros;

/// A formula as the reader takes it.
pub(super) struct Prepared {
    pub(super) body: String,
    pub(super) tag: Option<String>,
    pub(super) label: Option<String>,
}

/// Takes off what is of the page, and puts in what the book's own commands stand for.
///
/// `None` where more than `budget` bytes would be put in.
pub(super) fn prepare(tex: &str, macros: &Macros, mut budget: usize) -> Option<Prepared> {
    let (own, macros) = forms::defined(tex, macros);
    let expanded = forms::known(&infix::before(&expand(&own, &macros, 8, &mut budget)?));
    let mut body = primed(&referred::marked(&expanded));
    let bare = take(&mut body, r"\tag*");
    let tag = bare.or_else(|| take(&mut body, r"\tag").map(|tag| format!("({tag})")));
    let label = take(&mut body, r"\label");
    // What moves the sign of a root, and what loads parts of a program.
    for said in [r"\label", r"\leftroot", r"\uproot", r"\require"] {
        while take(&mut body, said).is_some() {}
    }
    for word in [r"\notag", r"\nonumber"] {
        body = without(&body, word);
    }
    Some(Prepared { body, tag, label })
}

/// Writes primes out as what they are in TeX, the beginning of what is raised: the reader takes each for a sign of its own.
fn primed(tex: &str) -> String {
    let mut out = String::new();
    let mut rest = tex;
    while let Some(at) = rest.find(['\'', '\\']) {
        out.push_str(&rest[..at]);
        let found = &rest[at..];
        if let Some(behind) = found.strip_prefix('\\') {
            let length = 1 + command(behind).0.len();
            let text = referred::TEXTS.contains(&&found[1..length]);
            let end = if text { length + closing(&found[length..]).map_or(0, |close| close + 1) } else { length };
            out.push_str(&found[..end]);
            rest = &found[end..];
            continue;
        }
        let behind = found.trim_start_matches('\'');
        let primes = r"\prime ".repeat(found.len() - behind.len());
        let (raised, after) = behind.strip_prefix('^').map_or(("", behind), argument);
        out.push_str(&format!("^{{{primes}{raised}}}"));
        rest = after;
    }
    out + rest
}

/// Takes a command with its argument out of a formula and gives the argument.
fn take(body: &mut String, command: &str) -> Option<String> {
    let at = body.find(&format!("{command}{{"))?;
    let open = at + command.len();
    let close = open + closing(&body[open..])?;
    let argument = body[open + 1..close].trim().to_owned();
    body.replace_range(at..=close, "");
    Some(argument)
}

fn without(body: &str, word: &str) -> String {
    let mut out = String::new();
    let mut rest = body;
    while let Some(at) = rest.find(word) {
        let behind = &rest[at + word.len()..];
        let whole = !behind.starts_with(|c: char| c.is_ascii_alphabetic());
        out.push_str(&rest[..if whole { at } else { at + word.len() }]);
        rest = behind;
    }
    out + rest
}

/// Puts what commands stand for in their place, as often as some depth allows. Each costs its length of the budget, for few of
/// them may stand for very many; `None` when it is spent.
fn expand(tex: &str, macros: &Macros, depth: usize, budget: &mut usize) -> Option<String> {
    let mut out = String::new();
    let mut rest = tex;
    while let Some(at) = rest.find('\\') {
        out.push_str(&rest[..at]);
        let (name, behind) = command(&rest[at + 1..]);
        let meaning = macros.get(name).map(|meaning| Cow::from(meaning.as_str())).or_else(|| usual(name));
        match meaning.filter(|_| depth > 0) {
            Some(meaning) => {
                let (text, after) = filled(&meaning, behind, *budget)?;
                *budget = budget.checked_sub(text.len() + 1)?;
                out.push_str(&expand(&text, macros, depth - 1, budget)?);
                // A command ends where its letters end: a letter behind it would make another of it.
                let ends_in_command =
                    text.rfind('\\').is_some_and(|at| text[at + 1..].chars().all(|c| c.is_ascii_alphabetic()));
                if ends_in_command && after.starts_with(|c: char| c.is_ascii_alphabetic()) {
                    out.push(' ');
                }
                rest = after;
            }
            None => {
                out.push('\\');
                out.push_str(name);
                rest = behind;
            }
        }
    }
    Some(out + rest)
}

/// What a command stands for, with its arguments, and what stands behind them; `None` where that is longer than `limit` bytes.
fn filled<'a>(meaning: &str, behind: &'a str, limit: usize) -> Option<(String, &'a str)> {
    let count = (1..=9).rev().find(|n| meaning.contains(&format!("#{n}"))).unwrap_or(0);
    let mut text = meaning.to_owned();
    let mut rest = behind;
    for n in 1..=count {
        let (argument, after) = argument(rest);
        let place = format!("#{n}");
        if text.len() + text.matches(&place).count() * argument.len() > limit {
            return None;
        }
        text = text.replace(&place, argument);
        rest = after;
    }
    (text.len() <= limit).then_some((text, rest))
}

/// Where a formula is nested deeper than some depth. Commands in a row may each take the next one.
pub(super) fn too_deep(tex: &str, limit: usize) -> Option<usize> {
    let (mut depth, mut commands) = (0_usize, 0_usize);
    for (at, c) in tex.char_indices() {
        commands = match c {
            '\\' => commands + 1,
            c if c.is_ascii_alphabetic() || c.is_whitespace() => commands,
            _ => 0,
        };
        match c {
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            '\\' if tex[at..].starts_with(r"\begin") || tex[at..].starts_with(r"\left") => depth += 1,
            '\\' if tex[at..].starts_with(r"\end") || tex[at..].starts_with(r"\right") => {
                depth = depth.saturating_sub(1)
            }
            _ => {}
        }
        if depth.max(commands) > limit {
            return Some(at);
        }
    }
    None
}

/// Whether a colour has other characters than ASCII's: the reader would cut them in pieces.
pub(super) fn has_strange_colour(tex: &str) -> bool {
    let groups = tex.split("color").skip(1).flat_map(|behind| behind.split('{').skip(1).take(2));
    let colours = groups.filter_map(|group| group.trim_start().strip_prefix('#')?.split('}').next());
    colours.into_iter().any(|colour| !colour.is_ascii())
}

/// A fault for which there are no other words.
pub(super) fn unreadable(tex: &str) -> Fault {
    Fault::new(0..tex.len(), msg!("this formula cannot be read as TeX"))
}

/// What the reader does not understand, at its place where it can be told.
pub(super) fn fault(tex: &str, macros: &Macros, error: &pulldown_latex::ParserError) -> Fault {
    let said = std::error::Error::source(error).map(ToString::to_string).unwrap_or_default();
    let whole = 0..tex.len();
    if said.starts_with("unknown primitive") {
        return unknown(tex, macros, whole);
    }
    let reason = match said.as_str() {
        said if said.starts_with("unbalanced group") => {
            msg!("a brace, a bracket or an environment of the formula is not closed, or closed twice")
        }
        said if said.starts_with("unkown mathematical environment") => {
            msg!("the formula has an environment that is not known")
        }
        said if said.starts_with("trying to add a") => {
            msg!("the formula has two subscripts or two superscripts at one sign")
        }
        said if said.starts_with("alignment not allowed") => msg!("`&` stands outside of an environment that aligns"),
        said if said.starts_with("expected a") => msg!("something is missing behind a command of the formula"),
        _ => return unreadable(tex),
    };
    let range = if said.starts_with("unkown mathematical") { environment(tex).unwrap_or(whole) } else { whole };
    Fault::new(range, reason)
}

fn environment(tex: &str) -> Option<std::ops::Range<usize>> {
    let at = tex.find(r"\begin{")?;
    let end = at + tex[at..].find('}')? + 1;
    Some(at..end)
}

/// The command that is not known: the first at which the formula cannot be read.
fn unknown(tex: &str, macros: &Macros, whole: std::ops::Range<usize>) -> Fault {
    let mut from = 0;
    while let Some(at) = tex[from..].find('\\').map(|at| from + at) {
        let (name, _) = command(&tex[at + 1..]);
        let end = at + 1 + name.len();
        // The first is taken off before.
        if name == "tag" && tex[..at].contains(r"\tag") {
            return Fault::new(at..end, msg!("the formula has a number already; `\\tag` gives it a second one"));
        }
        if !matches!(name, "" | "tag" | "label" | "eqref" | "ref") && !is_known(name, macros) {
            let mut fault = Fault::new(at..end, msg!("the command `{command}` is not known", command = &tex[at..end]));
            fault.hint = Some(hint(name));
            return fault;
        }
        from = end.max(at + 1);
    }
    Fault::new(whole, msg!("the formula has a command that is not known"))
}

/// What is written in the place of a command that is not known.
fn hint(name: &str) -> Message {
    match name {
        "newline" | "linebreak" | "cr" | "par" => {
            msg!("write `\\\\` between lines, inside `\\begin{{aligned}}` and `\\end{{aligned}}`")
        }
        "hfill" | "hfil" | "hspace" | "hskip" | "vspace" | "vskip" | "smallskip" | "medskip" | "bigskip" => {
            msg!("remove it: the layout sets space around a formula; inside it write `\\quad`")
        }
        "centering" | "noindent" | "pagebreak" | "newpage" | "nobreak" | "allowbreak" => {
            msg!("remove it: where a formula stands is the layout's")
        }
        _ => msg!(
            "write it with the commands of amsmath, or say what it stands for under `macros` of `math` in book.yaml"
        ),
    }
}

fn is_known(name: &str, macros: &Macros) -> bool {
    if infix::is_infix(name) || macros.contains_key(name) || usual(name).is_some() {
        return true;
    }
    let storage = pulldown_latex::Storage::new();
    let alone = format!("\\{name}");
    let first = pulldown_latex::Parser::new(&alone, &storage).find_map(Result::err);
    let said = first.and_then(|error| std::error::Error::source(&error).map(ToString::to_string));
    !said.is_some_and(|said| said.starts_with("unknown primitive"))
}
