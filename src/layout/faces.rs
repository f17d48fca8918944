//! Fonts that lie in a project and are not used, because its list does not have them.

use super::FONT_LIST;
use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::source::Files;

/// Ends of the names of files of fonts.
const ENDINGS: [&str; 4] = [".otf", ".ttf", ".ttc", ".otc"];

/// A warning for each font in `fonts/` that `fonts/fonts.yaml` does not name.
pub(super) fn unlisted(files: &dyn Files) -> Vec<Diagnostic> {
    let list = files.read(FONT_LIST).ok().map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
    let is_font = |name: &String| ENDINGS.iter().any(|end| name.to_ascii_lowercase().ends_with(end));
    let named = |name: &String| list.as_ref().is_some_and(|list| list.contains(name.as_str()));
    let left = files.list("fonts").into_iter().filter(|name| is_font(name) && !named(name));
    let told = left.map(|file| {
        let message =
            msg!("the font fonts/{file} is not used: fonts/fonts.yaml does not name it", file = file.as_str());
        let hint = msg!("write the line `- file: {file}` into fonts/fonts.yaml, or remove the font", file);
        Diagnostic::warning(codes::IGNORED_FILE, message).hint(hint)
    });
    told.collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    #[test]
    fn a_font_that_the_list_does_not_name_is_told() {
        let mut files = BTreeMap::from([("fonts/Own.otf", "x"), ("fonts/Second.TTF", "x"), ("fonts/notes.txt", "x")]);
        let told = |files: &BTreeMap<&str, &str>| {
            unlisted(files).iter().map(|found| found.message.to_string()).collect::<Vec<_>>().join("\n")
        };
        assert_eq!(told(&files).lines().count(), 2, "{}", told(&files));
        files.insert(FONT_LIST, "- {file: Own.otf, licence: MIT}\n");
        assert!(told(&files).starts_with("the font fonts/Second.TTF is not used"), "{}", told(&files));
        assert_eq!(told(&BTreeMap::new()), "");
    }
}
