//! What stands beside, over and under something.

use pulldown_latex::event::ScriptPosition;

use super::element::{Element, Kind};

/// A base with what stands at it.
pub(super) fn script(
    base: &Element,
    below: Option<&Element>,
    above: Option<&Element>,
    position: ScriptPosition,
) -> Element {
    if position == ScriptPosition::AboveBelow {
        if let (None, Some(Kind::Mark(mark))) = (below, above.map(|above| above.kind))
            && let Some(function) = over(mark)
        {
            return other(format!("{function}({})", filled(base)));
        }
        if let (Some(Kind::Mark(mark)), None) = (below.map(|below| below.kind), above)
            && let Some(function) = under(mark)
        {
            return other(format!("{function}({})", filled(base)));
        }
    }
    attached(base, below, above, position)
}

fn attached(base: &Element, below: Option<&Element>, above: Option<&Element>, position: ScriptPosition) -> Element {
    let (primes, above) = primes(above);
    let body = format!("{}{primes}", filled(base));
    let body = match position {
        // Operators of Typst know their own limits; others are told.
        ScriptPosition::Movable if body.starts_with("op(") => format!("{}, limits: #true)", &body[..body.len() - 1]),
        ScriptPosition::AboveBelow if base.kind == Kind::Arrow => format!("limits(stretch({body}))"),
        ScriptPosition::Right if base.kind == Kind::Operator => format!("scripts({body})"),
        ScriptPosition::Right | ScriptPosition::Movable => body,
        ScriptPosition::AboveBelow => format!("limits({body})"),
    };
    let mut text = format!("attach({body}");
    let below = below.map(filled);
    for (key, script) in [("b", &below), ("t", &above)] {
        if let Some(script) = script {
            text.push_str(&format!(", {key}: {script}"));
        }
    }
    text.push(')');
    if below.is_none() && above.is_none() { other(body) } else { other(text) }
}

/// The primes that begin what is raised, which Typst has behind the base, and the rest of it.
fn primes(above: Option<&Element>) -> (String, Option<String>) {
    let Some(above) = above else { return (String::new(), None) };
    if let Kind::Prime(count) = above.kind {
        return ("'".repeat(count), None);
    }
    let rest = above.text.trim_start_matches('\'');
    let primes = above.text[..above.text.len() - rest.len()].to_owned();
    let rest = rest.trim_start();
    if rest.is_empty() && !primes.is_empty() {
        return (primes, None);
    }
    let whole = Element { text: rest.to_owned(), kind: above.kind };
    (primes, Some(filled(&whole)))
}

fn other(text: String) -> Element {
    Element { text, kind: Kind::Other }
}

fn filled(element: &Element) -> String {
    match element.kind {
        Kind::Prime(count) => "\u{2032}".repeat(count),
        _ if element.text.is_empty() => "\"\"".to_owned(),
        _ => element.text.clone(),
    }
}

/// The function that sets a mark over something.
fn over(mark: char) -> Option<&'static str> {
    Some(match mark {
        '´' => "acute",
        '‾' => "overline",
        '˘' => "breve",
        'ˇ' => "caron",
        '˙' => "dot",
        '¨' => "dot.double",
        '`' => "grave",
        '^' => "hat",
        '~' => "tilde",
        '→' => "arrow",
        '←' => "arrow.l",
        '↔' => "arrow.l.r",
        '⇀' => "harpoon",
        '↼' => "harpoon.lt",
        '˚' => "circle",
        '⏞' => "overbrace",
        '⎴' => "overbracket",
        '⏜' => "overparen",
        '⏠' => "overshell",
        _ => return None,
    })
}

/// The function that sets a mark under something.
fn under(mark: char) -> Option<&'static str> {
    Some(match mark {
        '_' => "underline",
        '⏟' => "underbrace",
        '⎵' => "underbracket",
        '⏝' => "underparen",
        '⏡' => "undershell",
        _ => return None,
    })
}
