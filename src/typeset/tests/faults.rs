//! One fault costs its place, and all are told.

use super::*;

const PICTURE: &str = r#"<svg xmlns="http://www.w3.org/2000/svg" width="0" height="0"/>"#;

/// A layout whose block `ratio` fails where no place of the manuscript is at hand any more.
fn failing() -> String {
    LAYOUT.replace(
        "let blocks = (",
        "let blocks = (\n  ratio: (attrs, body) => context { [#(1 / counter(page).get().first().bit-and(0))] },",
    )
}

fn faulty() -> Memory {
    let mut files = memory(LAYOUT, "# One\n\nHere $a + foo$ and $b^$ are.\n\n![](../images/a.svg){.decorative}\n");
    files.insert("manuscript/en/02-two.md".into(), "# Two\n\n$sqrt(a$ and ![x](../images/b.png)\n".into());
    files.insert("manuscript/images/a.svg".into(), PICTURE.into());
    files.insert("manuscript/images/b.png".into(), b"\x89PNG\r\n\x1a\n".to_vec());
    files
}

#[test]
fn all_faults_of_all_chapters_are_told() {
    let (pages, sources, mut found) =
        set(&faulty(), |job| super::super::set(job).take(&mut Vec::new()).map(|set| set.printed.pages()));
    assert_eq!(pages, Some(2), "a mark stands in the place of each");
    let made = make_from(&faulty());
    assert!(made.pdf.is_none());
    found.extend(made.found);
    diagnostic::sort(&mut found);
    let lines: Vec<String> = found.iter().map(|finding| line(&sources, finding)).collect();
    let wanted = [
        "error typeset manuscript/en/01-one.md:3:11 unknown variable: foo",
        "error typeset manuscript/en/01-one.md:3:23 expected expression",
        "error typeset manuscript/en/01-one.md:5:1 the SVG picture cannot be read: width, height, or viewbox is invalid",
        "error typeset manuscript/en/02-two.md:3:6 unclosed delimiter",
        "error typeset manuscript/en/02-two.md:3:14 cannot load the file: the picture is damaged: ",
    ];
    assert_eq!(lines.len(), wanted.len(), "{lines:#?}");
    for (line, wanted) in lines.iter().zip(wanted) {
        assert!(line.starts_with(wanted), "{line} is not {wanted}");
    }
}

#[test]
fn a_failure_of_the_layout_stands_at_the_block_that_it_fails_at() {
    let text = "# One\n\nText.\n\n:::ratio\na\n:::\n\nMore.\n\n:::opener\nb\n:::\n";
    let made = make(&failing(), text);
    assert_eq!(
        made.lines(),
        ["error typeset manuscript/en/01-one.md:5:1 in the layout, Typst reports: cannot divide by zero"]
    );
    let layout = made.found[0].labels[0].span;
    assert!(made.sources.get(layout.file).path().ends_with("layout.typ"));
}

#[test]
fn a_failure_of_the_layout_alone_stands_in_the_layout() {
    let made = make(&format!("{LAYOUT}\n#(1 / 0)"), "# One\n");
    assert!(made.lines()[0].starts_with("error typeset layouts/test/layout.typ:"), "{:?}", made.lines());
}

#[test]
fn a_draft_has_pages_whatever_is_wrong() {
    for files in [faulty(), memory(&failing(), "# One\n\n:::ratio\na\n:::\n")] {
        let known = Vec::new();
        let annotate = |_: &Set, _: &[Diagnostic]| (Message::data("all of it"), Vec::new());
        let (drafted, ..) = set(&files, |job| draft(job, &known, "T", &annotate, Locale::English));
        let (made, found) = (drafted.value.expect("it has pages"), drafted.diagnostics);
        assert!(made.bytes.starts_with(b"%PDF-") && made.pages > 0 && any_error(&found));
    }
}

#[test]
fn a_picture_that_is_known_to_be_missing_is_not_told_again() {
    let text = "# One\n\nSee ![x](../images/none.png) here.\n";
    let files = memory(LAYOUT, text);
    let (found, ..) = set(&files, |job| {
        let file = job.book.chapters.values().flatten().next().expect("a chapter").file;
        let start = text.find('!').expect("a picture");
        let place = Span::new(file, start..start + "![x](../images/none.png)".len());
        let known = Diagnostic::error(crate::codes::MISSING_IMAGE, Message::data("it is gone")).at(place);
        set_in_spite_of(job, &[known])
    });
    assert!(found.value.is_some() && found.diagnostics.is_empty(), "{:?}", found.diagnostics);
}
