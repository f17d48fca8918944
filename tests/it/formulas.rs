//! Formulas in TeX as technical books write them: every one is set, on pages and in the e-book.

use std::fs;
use std::path::Path;

use crate::command::{dama_pub, printed, said, write_book};
use crate::epub_choices::entries;

#[test]
fn every_formula_of_the_table_is_set() {
    let table = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/formulas/tex.txt");
    let table = fs::read_to_string(table).expect("the table is there");
    let formulas: Vec<&str> =
        table.lines().filter(|line| !line.is_empty() && !line.starts_with("## ") && !line.starts_with("# ")).collect();
    assert!(formulas.len() >= 300, "{} formulas", formulas.len());
    let dir = tempfile::tempdir().expect("a temporary folder");
    let folder = dir.path().join("manuscript/en");
    fs::create_dir_all(&folder).expect("a folder can be made");
    let book = "title: Formulas\nlanguages: [en]\ndate: 2026-01-01\nlayout: report\nmath: tex\n";
    fs::write(dir.path().join("manuscript/book.yaml"), book).expect("a file can be written");
    // A formula in a line ends at the next dollar sign.
    let ends_early = |formula: &str| formula.replace("\\$", "").contains('$');
    let in_line: Vec<&str> = formulas.iter().copied().filter(|formula| !ends_early(formula)).collect();
    let displayed = formulas.iter().map(|formula| format!("$$ {formula} $$\n\n"));
    let chapter: String =
        displayed.chain(in_line.iter().map(|formula| format!("In a line: ${formula}$.\n\n"))).collect();
    fs::write(folder.join("01-formulas.md"), format!("# Formulas\n\n{chapter}")).expect("a file can be written");
    let output = dama_pub(dir.path(), &["build"]);
    let said = said(&output);
    assert_eq!(output.status.code(), Some(0), "{said}");
    assert!(!said.contains("error["), "{said}");
    let entries = entries(&dir.path().join("out/formulas-en.epub"));
    let set: usize = entries.values().map(|file| String::from_utf8_lossy(file).matches("<math ").count()).sum();
    assert_eq!(set, formulas.len() + in_line.len());
}

/// The page of the e-book of a chapter.
fn built(text: &str) -> String {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let book = "title: F\nslug: f\nlanguages: [en]\ndate: 2026-01-01\nlayout: book\n";
    let chapter = format!("# Formulas\n\n{text}");
    let files = [("book.yaml", book), ("en/01.md", &chapter)];
    write_book(&dir.path().join("manuscript"), &files.map(|(path, text)| (path, text.as_bytes())));
    let output = dama_pub(dir.path(), &["build"]);
    assert!(output.status.success(), "{}", said(&output));
    let entries = entries(&dir.path().join("out/f-en.epub"));
    let (_, page) = entries.iter().find(|(name, _)| name.ends_with("ch-01.xhtml")).expect("the chapter");
    String::from_utf8_lossy(page).into_owned()
}

#[test]
fn what_is_struck_out_framed_hidden_and_coloured_is_told_to_readers_of_the_e_book() {
    let cases = [
        (r"\cancel{x}", r#"<menclose notation="updiagonalstrike">"#),
        (r"\bcancel{x}", r#"<menclose notation="downdiagonalstrike">"#),
        (r"\xcancel{x}", r#"<menclose notation="updiagonalstrike downdiagonalstrike">"#),
        (r"\boxed{x}", r#"<menclose notation="box">"#),
        (r"\phantom{x}", "<mphantom>"),
        (r"\hphantom{x}", r#"<mpadded height="0" depth="0"><mphantom>"#),
        (r"\vphantom{x}", r#"<mpadded width="0"><mphantom>"#),
        (r"\textcolor{#1c3f94}{x}", r##"<mstyle mathcolor="#1c3f94">"##),
        (r"\begin{aligned} a &= b \\ c &= d \end{aligned}", r#"columnalign="right left"#),
    ];
    let text: String = cases.iter().map(|(tex, _)| format!("$$ {tex} $$\n\n")).collect();
    let page = built(&text);
    for (tex, wanted) in cases {
        assert!(page.contains(wanted), "{tex}: {wanted} is not in {page}");
    }
}

#[test]
fn tables_have_their_lines_and_boxes_their_colours_in_the_e_book() {
    let page = built(
        "$$ \\begin{array}{|c|cr|} \\hline a & b & c \\\\ \\hline d & e & f \\\\ \\hline \\end{array} $$\n\n\
         $$ \\begin{array}{l|r} a & b \\end{array} $$\n\n$$ \\colorbox{yellow}{如 $x^2$} \\fcolorbox{red}{black}{y} $$\n",
    );
    for wanted in [
        r#"columnlines="solid none none" rowlines="solid" frame="solid""#,
        r#"<mtd class="line-left line-above">"#,
        r#"line-left line-above line-below"#,
        r#"columnlines="none solid none""#,
        "<mstyle mathbackground=\"#ffff00\" mathcolor=\"#000000\"><mtext>如\u{a0}</mtext>",
        r##"<menclose notation="box" mathcolor="#ff0000"><mstyle mathbackground="#000000" mathcolor="#ffffff">"##,
    ] {
        assert!(page.contains(wanted), "{wanted} is not in {page}");
    }
}

#[test]
fn a_formula_says_the_numbers_of_others() {
    let page = built(
        "$$ a = \\frac{1}{2} $$ {#eq:a}\n\n$$ b = c \\tag{T} \\label{eq:b} $$\n\n\
         $$ x \\overset{\\eqref{eq:a}}{=} y \\quad \\text{by \\ref{eq:b} and $\\eqref{eq:a}$} $$\n",
    );
    for wanted in ["<mtext>(1)</mtext>", "<mtext>by T and\u{a0}</mtext>"] {
        assert!(page.contains(wanted), "{wanted} is not in {page}");
    }
    let dir = tempfile::tempdir().expect("a temporary folder");
    let book = "title: F\nslug: f\nlanguages: [en]\ndate: 2026-01-01\nlayout: book\n";
    let files = [("book.yaml", book), ("en/01.md", "# F\n\n$$ x = 1 $$ {#eq:one}\n\nBy $\\eqref{eq:won}$.\n")];
    write_book(&dir.path().join("manuscript"), &files.map(|(path, text)| (path, text.as_bytes())));
    let told = printed(&dama_pub(dir.path(), &["check", "--format", "short"]));
    assert!(told.contains("en/01.md:5:12: error[unknown-id]"), "{told}");
}

#[test]
fn a_tag_is_the_number_of_its_formula_and_counts_for_no_other() {
    let text = "$$ a = \\frac{1}{2} \\tag{A} $$ {#eq:a}\n\n$$ b = \\frac{1}{3} $$ {#eq:b}\n\n$$ c = \\frac{1}{4} \\tag*{**} $$\n\nSee @eq:a and @eq:b.\n";
    let page = built(text);
    let numbers = page.split("\"formula-number\">").skip(1).map(|rest| rest.split('<').next().unwrap_or_default());
    assert_eq!(numbers.collect::<Vec<_>>(), ["(A)", "(1)", "**"]);
    assert!(page.contains(">Equation (A)</a> and") && page.contains(">Equation (1)</a>."), "{page}");
}
