//! English plurals.

/// Plurals that no rule gives.
const IRREGULAR: [(&str, &str); 8] = [
    ("axes", "axis"),
    ("children", "child"),
    ("criteria", "criterion"),
    ("feet", "foot"),
    ("geese", "goose"),
    ("mice", "mouse"),
    ("phenomena", "phenomenon"),
    ("teeth", "tooth"),
];

/// Endings of a plural and what stands in their place in the singular.
const ENDINGS: [(&str, &str); 8] =
    [("s", ""), ("es", ""), ("ies", "y"), ("ves", "f"), ("ves", "fe"), ("ses", "sis"), ("ices", "ix"), ("ices", "ex")];

/// Words in the form of a plural that mean something else than their singular.
const OWN: [&str; 5] = ["arms", "customs", "goods", "means", "news"];

/// The words of which a word in small letters may be the plural. Not all of them exist: whoever knows the word that he
/// looks for compares.
pub(super) fn singulars(word: &str) -> Vec<String> {
    let mut found = Vec::new();
    if let Some((_, singular)) = IRREGULAR.iter().find(|(plural, _)| *plural == word) {
        found.push((*singular).to_owned());
    }
    if let Some(stem) = word.strip_suffix("men") {
        found.push(format!("{stem}man"));
    }
    if word.ends_with('s') && !word.ends_with("ss") {
        let stems = ENDINGS.iter().filter_map(|(plural, singular)| Some((word.strip_suffix(plural)?, singular)));
        found.extend(stems.filter(|(stem, _)| stem.len() > 1).map(|(stem, singular)| format!("{stem}{singular}")));
    }
    found
}

/// The words that stand for a word of the termbase in the singular when it is given in the plural.
pub(super) fn singulars_of_form(word: &str) -> Vec<String> {
    if OWN.contains(&word) || word.ends_with("ics") {
        return Vec::new();
    }
    // ‘iOS’ is no plural.
    singulars(word).into_iter().filter(|one| one.len() > 2).collect()
}
