//! Letters of a manuscript that no built-in font has. Text that came from elsewhere must not be kept from its pages by one of them: they
//! are told once, here, and each is a warning of `build`, in place of an error, until there is a font for it.

use std::collections::BTreeMap;

use crate::diagnostic::Severity;
use crate::import::{Entry, Imported, Kind};
use crate::project::BOOK_FILE;
use crate::typeset;

/// How many are named.
const NAMED: usize = 12;

/// Tells the letters that are wanting, and lets the book be built without them.
pub(super) fn tell(imported: &mut Imported) {
    let mut wanting: BTreeMap<char, (&str, usize)> = BTreeMap::new();
    for (path, bytes) in imported.files.iter().filter(|(path, _)| path.ends_with(".md")) {
        for (nth, line) in
            std::str::from_utf8(bytes).unwrap_or_default().lines().enumerate().filter(|(_, line)| !line.is_ascii())
        {
            for letter in line.chars().filter(|letter| !letter.is_ascii()) {
                wanting.entry(letter).or_insert((path, nth + 1));
            }
        }
    }
    wanting.retain(|letter, _| typeset::is_wanting(*letter));
    let Some((file, line)) = wanting.values().min().map(|(file, line)| ((*file).to_owned(), *line)) else { return };
    let letters: Vec<String> = wanting.keys().take(NAMED).map(char::to_string).collect();
    let more = if wanting.len() > NAMED { " …" } else { "" };
    let message = plural!(
        count = wanting.len(),
        "no built-in font has {count} letter of the text: {letters}; pages show a box for it, and `build` warns, until a font that has it is in fonts/: see fonts/fonts.yaml. Then take `missing-glyph: warning` out of book.yaml",
        "no built-in font has {count} letters of the text: {letters}; pages show a box for each, and `build` warns, until a font that has them is in fonts/: see fonts/fonts.yaml. Then take `missing-glyph: warning` out of book.yaml",
        letters = letters.join(" ") + more
    );
    imported.report.entries.push(Entry {
        kind: Kind::Guessed,
        severity: Severity::Warning,
        file,
        at: line.to_string(),
        message,
        lost: String::new(),
    });
    let Some(settings) = imported.files.get_mut(BOOK_FILE) else { return };
    if !String::from_utf8_lossy(settings).lines().any(|line| line.starts_with("checks:")) {
        settings.extend_from_slice(b"checks: {missing-glyph: warning}\n");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_without_a_font_are_told_once_and_keep_no_book_from_its_pages() {
        let mut imported = Imported::default();
        let mut put = |path: &str, text: &str| imported.files.insert(path.to_owned(), text.as_bytes().to_vec());
        put("manuscript/en/01-a.md", "# A\n\nWords, 字, “é”, ‘Я’ and\nไทย, ไทย\n");
        put(BOOK_FILE, "title: A\n");
        tell(&mut imported);
        let [entry] = imported.report.entries.as_slice() else { panic!("{:?}", imported.report) };
        assert_eq!((entry.file.as_str(), entry.at.as_str()), ("manuscript/en/01-a.md", "4"));
        assert!(imported.files[BOOK_FILE].ends_with(b"\nchecks: {missing-glyph: warning}\n"));
    }

    #[test]
    fn a_book_whose_letters_all_have_fonts_stays_as_it_is() {
        let mut imported = Imported::default();
        imported.files.insert("manuscript/zh/01-a.md".to_owned(), "灯🙂\u{200d}☃️、“é”\u{3000}".into());
        imported.files.insert(BOOK_FILE.to_owned(), b"title: A\n".to_vec());
        tell(&mut imported);
        assert_eq!(
            (imported.files[BOOK_FILE].as_slice(), imported.report.entries.len()),
            (b"title: A\n".as_slice(), 0)
        );
    }
}
