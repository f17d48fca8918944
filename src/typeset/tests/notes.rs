//! The numbers of notes, as the pages show them.

use super::*;

/// What each page says.
fn pages(layout: &str, notes: &str, markdown: &str) -> Vec<String> {
    let mut files = memory(layout, markdown);
    let manifest = format!("{MANIFEST}  notes: {{type: string, default: {notes}, doc: the notes}}\n");
    files.insert("layouts/test/layout.yaml".into(), manifest.into());
    let (made, ..) = set(&files, document);
    let document = made.value.expect("the layout is good");
    let text = |page: &typst_layout::Page| {
        let mut text = String::new();
        letters(&page.frame, &mut text);
        text.replace(['\u{a0}', '\u{2060}'], "")
    };
    document.pages().iter().map(text).collect()
}

#[test]
fn marks_in_one_place_are_two_numbers() {
    let written = [
        ("b[^x][^y].", "b2,3."),
        ("b[^x] [^y].", "b2,3."),
        ("b**c[^x]**[^y].", "bc2,3."),
        ("b[^x] *[^y]*.", "b2,3."),
        ("b[^x]、[^y].", "b2、3."),
        ("b[^x] c[^y].", "b2 c3."),
    ];
    for (text, shown) in written {
        let markdown = format!("---\ntitle: One\n---\na[^w]{text}\n\n[^w]: W.\n[^x]: X.\n[^y]: Y.\n");
        let said = pages(LAYOUT, "through", &markdown).concat();
        assert!(said.contains(&format!("a1{shown}")), "{text}: {said}");
    }
}

const BY_PAGE: &str = "#import \"/layouts/kit/notes.typ\": notes\n#show: notes\n\
    #show figure: it => place(bottom, float: true, it)\n";

#[test]
fn notes_are_counted_on_each_page() {
    let figure = ":::figure\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\nCaption[^f]\n\n:::\n\n";
    let fill = "A line of text.\\\n".repeat(17);
    let markdown = format!(
        "---\ntitle: One\n---\nFirst[^a][^b].\n\n{fill}end.\n\n{figure}Second[^c].\n\n[^a]: A.\n[^b]: B.\n[^c]: C.\n[^f]: F.\n"
    );
    let layout = format!("{BY_PAGE}{LAYOUT}");
    let said = pages(&layout, "page", &markdown);
    assert_eq!(said.len(), 2, "{said:?}");
    assert!(said[0].contains("First①②.") && said[0].contains("①A.②B."), "{}", said[0]);
    assert!(said[1].contains("Caption①") && said[1].contains("Second②."), "{}", said[1]);
    let contents = format!(
        "#import \"/layouts/kit/notes.typ\": entry-without-notes\n#show outline.entry: entry-without-notes\n#outline(title: none, target: figure)\n{layout}"
    );
    let listed = pages(&contents, "page", &markdown).concat();
    assert_eq!((listed.matches("Caption").count(), listed.matches("F.").count()), (2, 1), "{listed}");
    let through = pages(&layout, "through", &markdown);
    assert!(through[0].contains("First1,2.") && through[1].contains("Second4."), "{through:?}");
}
