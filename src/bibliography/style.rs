//! The styles of hayagriva's archive, with what is amended in them.

use hayagriva::archive::ArchivedStyle;
use hayagriva::citationberg::{IndependentStyle, Style};

/// Amended parts of styles, by the beginning of their names: macros that stand in place of the style's own.
const AMENDMENTS: [(&str, &str); 2] =
    [("gb-7714-", include_str!("amendments/gb-7714.csl")), ("ieee", include_str!("amendments/ieee.csl"))];

/// The style of a name.
pub(super) fn load(name: &str) -> Option<IndependentStyle> {
    let archived = ArchivedStyle::by_name(name)?;
    let Style::Independent(mut style) = archived.get() else { return None };
    let amends = |start: &str| archived.names().iter().any(|name| name.starts_with(start));
    for (_, amendment) in AMENDMENTS.iter().filter(|(start, _)| amends(start)) {
        amend(&mut style, amendment);
    }
    Some(style)
}

fn amend(style: &mut IndependentStyle, amendment: &str) {
    let amendment = IndependentStyle::from_xml(amendment).expect("the amendments are sound, as a test proves");
    for amended in amendment.macros {
        match style.macros.iter_mut().find(|own| own.name == amended.name) {
            Some(own) => *own = amended,
            None => style.macros.push(amended),
        }
    }
    style.locale.splice(0..0, amendment.locale);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_style_can_be_loaded_and_amendments_are_sound() {
        for name in ArchivedStyle::all().iter().flat_map(|style| style.names()) {
            assert!(load(name).is_some(), "{name}");
        }
    }
}
