//! By what a unit is known in a file: its chapter and its id in one.

use std::collections::HashMap;

use crate::exchange::returned::{Refusal, Returned, ReturnedUnit};
use crate::exchange::unit::{File, Unit};

/// How a unit is named in every form: `06-method#abcdefghij.2`.
pub(super) fn name(file: &File, unit: &Unit) -> String {
    format!("{}#{}", file.stem, unit.id)
}

/// The chapter and the id that a name has; neither for a name that another program gave.
pub(super) fn of(name: &str) -> [Option<String>; 2] {
    match name.rsplit_once('#') {
        Some((stem, id)) if !stem.is_empty() && !id.is_empty() => [Some(stem.to_owned()), Some(id.to_owned())],
        _ => [None, None],
    }
}

/// A unit as messages name it.
pub(super) fn said(unit: &ReturnedUnit) -> String {
    match (&unit.stem, &unit.id) {
        (Some(stem), Some(id)) => format!("{stem}#{id}"),
        _ => unit.id.clone().unwrap_or_default(),
    }
}

/// Most units of a file.
const UNITS: usize = 500_000;
/// Most places of a file that cannot be read.
const FAULTS: usize = 1_000;

/// Whether to go on with a file of which so much is read.
///
/// # Errors
/// Says that there is too much of it, or that too much is wrong with it.
pub(super) fn bounded(returned: &Returned) -> Result<(), Refusal> {
    let whole = |message| Err(Refusal { message, hint: None, at: None });
    if returned.units.len() > UNITS {
        return whole(msg!("it has more than {limit} units", limit = UNITS));
    }
    if returned.refused.len() > FAULTS {
        return whole(msg!(
            "more than {limit} places of it cannot be read: it was not made by `dama-pub export`, or has been damaged",
            limit = FAULTS
        ));
    }
    Ok(())
}

/// Refuses units that stand twice and say different things; of those that say one thing the first is kept.
pub(super) fn once_each(mut returned: Returned) -> Returned {
    let mut first = HashMap::new();
    let mut contested = Vec::new();
    let mut kept: Vec<ReturnedUnit> = Vec::new();
    for unit in std::mem::take(&mut returned.units) {
        let key = (unit.stem.clone(), unit.id.clone());
        let known = first.get(&key).copied().filter(|_| unit.id.is_some());
        match known {
            None => {
                first.insert(key, kept.len());
                kept.push(unit);
            }
            Some(at) if kept.get(at).is_some_and(|kept| kept.target == unit.target) => {}
            Some(at) => {
                contested.push(at);
                let message = msg!(
                    "the unit {id} stands twice in the file, with different translations; neither is taken",
                    id = said(&unit)
                );
                let hint = Some(msg!("delete the one that is not meant"));
                returned.refused.push(Refusal { message, hint, at: unit.at });
            }
        }
    }
    for at in contested {
        if let Some(unit) = kept.get_mut(at) {
            (unit.target, unit.state) = (None, None);
        }
    }
    returned.units = kept;
    returned
}

/// A name in the letters that an NMTOKEN of XML may have: the others as `:`, their number and `:`.
pub(super) fn token(name: &str) -> String {
    let letter = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | '\u{4e00}'..='\u{9fff}');
    name.chars().map(|c| if letter(c) { c.to_string() } else { format!(":{:x}:", u32::from(c)) }).collect()
}

/// The name that was made a token.
pub(super) fn of_token(token: &str) -> String {
    let mut out = String::new();
    let mut rest = token;
    while let Some((before, after)) = rest.split_once(':') {
        out.push_str(before);
        let escaped = after.split_once(':').and_then(|(digits, behind)| {
            let c = char::from_u32(u32::from_str_radix(digits, 16).ok()?)?;
            Some((c, behind))
        });
        match escaped {
            Some((c, behind)) => {
                out.push(c);
                rest = behind;
            }
            None => {
                out.push(':');
                rest = after;
            }
        }
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::{of, of_token, token};

    #[test]
    fn a_token_is_read_as_the_name_that_it_was() {
        for name in ["06-method#abcdefghij.2", "part/06 方法#a", "a:b", "é_:2f:", "::", ":zz:", ""] {
            assert_eq!(of_token(&token(name)), name);
        }
        assert_eq!(token("part/06#a"), "part:2f:06:23:a");
        for foreign in [":", "a:zz:b", ":d800:", "x:1"] {
            assert_eq!(of_token(foreign), foreign);
        }
    }

    #[test]
    fn a_name_of_another_program_is_no_id() {
        assert_eq!(of("a#b#c"), [Some("a#b".to_owned()), Some("c".to_owned())]);
        for foreign in ["", "12", "#a", "a#"] {
            assert_eq!(of(foreign), [None, None]);
        }
    }
}
