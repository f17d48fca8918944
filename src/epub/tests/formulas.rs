use super::*;

#[test]
fn formulas_of_references_are_declared() {
    let files = BTreeMap::from([
        ("manuscript/book.yaml", "title: T\nlanguages: [en]\ndate: 2026-01-01\nlayout: report\n"),
        ("manuscript/references.bib", "@book{a, title = {On $k$-SAT}, year = {2020}}\n"),
        ("manuscript/en/a.md", "# A\n\nSee [@a].\n"),
    ]);
    let (mut sources, mut found) = (Sources::default(), Vec::new());
    let (book, layouts) = crate::load(&files, &mut sources).take(&mut found).expect("a book");
    let edition = EditionKind::Single(book.source_language().clone());
    let layout = &layouts[&edition];
    let date = BuildDate(0);
    let job = Job { book: &book, edition: &edition, layout, files: &files, sources: &sources, date, alignments: &[] };
    let entries = entries(&epub(job, None).take(&mut found).expect("there is no error"));
    assert_eq!(found, []);
    let text = |name: &str| String::from_utf8_lossy(&entries[name]).into_owned();
    let package = text("OEBPS/content.opf");
    let item = package.lines().find(|line| line.contains("href=\"references.xhtml\"")).expect("the list");
    assert!(item.contains("properties=\"mathml\""), "{item}");
    assert!(text("OEBPS/references.xhtml").contains("alttext=\"k\""));
}
