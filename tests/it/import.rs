//! Manuscripts of other programs become books.

use std::fs;
use std::path::Path;

use dama_pub::import::docx;

use crate::command::{dama_pub, printed, said};

/// A Word document of paragraphs; those that begin with `#` are headings.
fn word(path: &Path, paragraphs: &[&str]) {
    let paragraph = |text: &&str| match text.strip_prefix("# ") {
        Some(title) => {
            format!("<w:p><w:pPr><w:outlineLvl w:val=\"0\"/></w:pPr><w:r><w:t>{title}</w:t></w:r></w:p>")
        }
        None => format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"),
    };
    let body: String = paragraphs.iter().map(paragraph).collect();
    let xml = format!("<w:document xmlns:w=\"w\"><w:body>{body}</w:body></w:document>");
    fs::write(path, docx::packed(&xml)).expect("a file");
}

#[test]
fn a_missing_paragraph_and_a_wrong_number_of_two_word_files_are_found() {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let zh = [
        "# 油灯",
        "城里有12盏油灯，每盏灯每晚用油很少。",
        "灯油有两种：菜油和茶油。",
        "全城的人都来看，有人以为着了火。",
    ];
    let en = [
        "# Oil lamps",
        "There are 21 oil lamps in the city, and each of them uses little oil a night.",
        "There are two kinds of lamp oil: rapeseed oil and tea-seed oil.",
    ];
    word(&dir.path().join("zh.docx"), &zh);
    word(&dir.path().join("en.docx"), &en);
    let args = ["import", "zh.docx", "--translation", "en.docx", "--as", "lamps", "--report", "report.json"];
    let imported = dama_pub(dir.path(), &args);
    assert_eq!(imported.status.code(), Some(0), "{}", said(&imported));
    assert!(dir.path().join("lamps/manuscript/zh/01-油灯.md").is_file());
    assert!(dir.path().join("lamps/manuscript/en/01-油灯.md").is_file());
    let report = fs::read_to_string(dir.path().join("report.json")).expect("a report");
    assert!(report.contains("\"pairs\": 3"), "{report}");
    let checked = dama_pub(&dir.path().join("lamps"), &["check", "--format", "short"]);
    let text = String::from_utf8_lossy(&checked.stdout).into_owned();
    assert!(text.contains("missing-block") && text.contains("[number]"), "{text}");
}

/// What a console of a page shows behind its commands.
fn shown(console: &str) -> String {
    let lines: Vec<&str> = console.lines().skip_while(|line| line.starts_with("$ ")).collect();
    lines.join("\n").trim_end().to_owned()
}

#[test]
fn the_walk_of_the_page_on_word_is_what_the_program_prints() {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let zh = [
        "# 第一章　油灯",
        "城里有12盏油灯，每盏灯每晚用油3两。",
        "灯油有两种：菜油和茶油。",
        "# 第二章　电灯",
        "1913年，城里的第一盏电灯亮了。",
        "全城的人都来看，有人以为着了火。",
        "后来油灯都收进了库房。",
    ];
    let en = [
        "# Chapter 1: Oil Lamps",
        "There are 21 oil lamps in the city, and each of them uses 3 taels of oil a night.",
        "There are two kinds of lamp oil: rapeseed oil and tea-seed oil.",
        "# Chapter 2: Electric Light",
        "In 1913 the first electric lamp of the city was lit.",
        "Later all the oil lamps were put away in the storehouse.",
    ];
    word(&dir.path().join("zh.docx"), &zh);
    word(&dir.path().join("en.docx"), &en);
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/guide/moving-from-word.md");
    let page = fs::read_to_string(page).expect("the page");
    let consoles: Vec<String> =
        page.split("```console\n").skip(1).filter_map(|rest| rest.split("```").next()).map(shown).collect();
    let imported = dama_pub(dir.path(), &["import", "zh.docx", "--translation", "en.docx", "--as", "lamps"]);
    assert_eq!(printed(&imported).trim_end(), consoles[0]);
    let checked = dama_pub(&dir.path().join("lamps"), &["check"]);
    assert_eq!(printed(&checked).trim_end(), consoles[1]);
}

#[test]
fn a_book_that_is_there_is_not_written_over() {
    let dir = tempfile::tempdir().expect("a temporary folder");
    word(&dir.path().join("zh.docx"), &["# 灯", "城里有灯。"]);
    let run = |args: &[&str]| dama_pub(dir.path(), args).status.code();
    assert_eq!(run(&["import", "zh.docx"]), Some(0));
    assert_eq!(run(&["import", "zh.docx"]), Some(2));
    let book = dir.path().join("zh/manuscript/book.yaml");
    fs::write(&book, "title: 灯\n").expect("a file");
    assert_eq!(run(&["import", "zh.docx", "--into", "zh"]), Some(0));
    assert_eq!(fs::read_to_string(book).expect("the book"), "title: 灯\n");
}

#[test]
fn what_is_no_word_document_is_refused_with_what_helps() {
    let dir = tempfile::tempdir().expect("a temporary folder");
    fs::write(dir.path().join("old.doc"), [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, 0, 0]).expect("a file");
    fs::write(dir.path().join("text.xyz"), "text").expect("a file");
    let run = |name: &str| dama_pub(dir.path(), &["import", name]);
    let (old, other) = (run("old.doc"), run("text.xyz"));
    assert_eq!((old.status.code(), other.status.code()), (Some(2), Some(2)));
    assert!(said(&old).contains("save it as a Word document"), "{}", said(&old));
    assert!(said(&other).contains("in no form that is read"), "{}", said(&other));
}

#[test]
fn a_trial_run_writes_nothing_and_prints_the_style_map_alone() {
    let dir = tempfile::tempdir().expect("a temporary folder");
    word(&dir.path().join("zh.docx"), &["# 第一章　灯", "城里有灯。"]);
    let tried = dama_pub(dir.path(), &["import", "zh.docx", "--dry-run"]);
    fs::write(dir.path().join("styles.yaml"), &tried.stdout).expect("a file");
    assert!(!dir.path().join("zh").exists());
    let mapped = dama_pub(dir.path(), &["import", "zh.docx", "--style-map", "styles.yaml"]);
    assert_eq!(mapped.status.code(), Some(0), "{}", said(&mapped));
}

#[test]
fn a_new_book_is_made_of_a_manuscript() {
    let dir = tempfile::tempdir().expect("a temporary folder");
    word(&dir.path().join("zh.docx"), &["# 灯", "城里有灯。"]);
    let run = || dama_pub(dir.path(), &["new", "lamps", "--from", "zh.docx"]);
    let made = run();
    assert_eq!(made.status.code(), Some(0), "{}", said(&made));
    assert!(dir.path().join("lamps/manuscript/zh/01-灯.md").is_file());
    let again = run();
    assert_eq!(again.status.code(), Some(2), "it is not empty");
    assert!(said(&again).contains("is not empty"), "{}", said(&again));
}

/// An e-book of one chapter.
fn ebook(path: &Path, lang: &str, body: &str) {
    let page = format!("<html xmlns=\"http://www.w3.org/1999/xhtml\"><body>{body}</body></html>");
    let package = format!(
        "<package xmlns=\"http://www.idpf.org/2007/opf\" version=\"3.0\"><metadata xmlns:dc=\"http://purl.org/dc/elements/1.1/\">\
         <dc:title>L</dc:title><dc:language>{lang}</dc:language></metadata><manifest><item id=\"a\" href=\"a.xhtml\" \
         media-type=\"application/xhtml+xml\"/></manifest><spine><itemref idref=\"a\"/></spine></package>"
    );
    let container = "<container xmlns=\"urn:oasis:names:tc:opendocument:xmlns:container\"><rootfiles><rootfile full-path=\"a.opf\" \
                     media-type=\"application/oebps-package+xml\"/></rootfiles></container>";
    let files = [
        ("mimetype", "application/epub+zip".to_owned()),
        ("META-INF/container.xml", container.to_owned()),
        ("a.opf", package),
        ("a.xhtml", page),
    ];
    fs::write(path, docx::packed_files(&files)).expect("a file");
}

#[test]
fn a_pair_of_e_books_becomes_one_book_in_two_languages() {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let zh = "<h1>油灯</h1><p>城里有12盏<ruby>灯<rt>dēng</rt></ruby>，每盏每晚用油很少<a epub:type=\"noteref\" href=\"#n\">1</a>。</p>\
              <aside epub:type=\"footnote\" id=\"n\"><p>一两油。</p></aside><p>灯油有两种：菜油和茶油。</p>";
    let en = "<h1>Oil lamps</h1><p>There are 21 lamps in the city, and each uses little oil a night<a epub:type=\"noteref\" href=\"#n\">1</a>.</p>\
              <aside epub:type=\"footnote\" id=\"n\"><p>One tael of oil.</p></aside><p>There are two kinds of lamp oil: rapeseed and tea-seed.</p>";
    let html = |body: &str| {
        body.replace("epub:type", "role")
            .replace("\"noteref\"", "\"doc-noteref\"")
            .replace("\"footnote\"", "\"doc-footnote\"")
    };
    ebook(&dir.path().join("zh.epub"), "zh", &html(zh));
    ebook(&dir.path().join("en.epub"), "en", &html(en));
    let imported = dama_pub(dir.path(), &["import", "zh.epub", "--translation", "en.epub", "--as", "lamps"]);
    assert_eq!(imported.status.code(), Some(0), "{}", said(&imported));
    let chapter = fs::read_to_string(dir.path().join("lamps/manuscript/zh/01-油灯.md")).expect("a chapter");
    assert!(chapter.contains("{灯|dēng}") && chapter.contains("]: 一两油。"), "{chapter}");
    let checked = dama_pub(&dir.path().join("lamps"), &["check", "--format", "short"]);
    let text = String::from_utf8_lossy(&checked.stdout).into_owned();
    assert!(text.contains("[number]") && !text.contains("missing-block"), "{text}");
}

/// Whether a pandoc that is new enough is installed; a test that needs one says so where it is not.
#[expect(clippy::print_stderr, reason = "a test that looks at nothing must say so")]
fn has_pandoc() -> bool {
    let said = std::process::Command::new("pandoc").arg("--version").output().map(|out| out.stdout).unwrap_or_default();
    let is_there = String::from_utf8_lossy(&said).starts_with("pandoc 3.");
    if !is_there {
        eprintln!("SKIPPED: pandoc 3 is not installed");
    }
    is_there
}

#[test]
fn a_latex_with_its_works_and_a_fault_becomes_a_book() {
    if !has_pandoc() {
        return;
    }
    let dir = tempfile::tempdir().expect("a temporary folder");
    let write = |name: &str, text: &str| fs::write(dir.path().join(name), text).expect("a file");
    write("b.tex", "\\section{Wick}\\label{sec:wick}\nThe \\gls{w} burns \\cite[p.~3]{ash}.\n");
    write("w.bib", "@book{ash, title={Ash}, author={Ash, A.}, year={1913}, publisher={Lamp}}\n");
    let text = "\\documentclass{book}\n\\newglossaryentry{w}{name={cotton wick},description={d}}\n\\begin{document}\n\\part{Light}\n\
                \\chapter{Oil}\nSee \\ref{sec:wick}.\n\\input{b}\n\\begin{figure}\n\\caption[s]{a\\begin{itemize}\\item x\\end{itemize}}\n\
                \\end{figure}\n\nThe end of it all.\n\\bibliography{w}\n\\end{document}\n";
    write("a.tex", text);
    let imported = dama_pub(dir.path(), &["import", "a.tex", "--language", "en", "--as", "lamps"]);
    assert_eq!(imported.status.code(), Some(1), "{}", said(&imported));
    assert!(printed(&imported).contains("a.tex:9: pandoc cannot read this"), "{}", printed(&imported));
    let chapter = fs::read_to_string(dir.path().join("lamps/manuscript/en/01-oil.md")).expect("a chapter");
    for text in
        ["cotton wick", "[@ash, p.\u{a0}3]", "See [](#sec:wick)", "{#sec:wick}", "The end of it all.", "\\caption[s]{a"]
    {
        assert!(chapter.contains(text), "{text}: {chapter}");
    }
    let book = fs::read_to_string(dir.path().join("lamps/manuscript/book.yaml")).expect("the book");
    assert!(book.contains("title: {en: \"Light\"}"), "{book}");
    assert!(dir.path().join("lamps/manuscript/references.bib").is_file());
}

#[test]
fn a_book_of_quarto_has_its_order_its_parts_and_its_figures() {
    if !has_pandoc() {
        return;
    }
    let dir = tempfile::tempdir().expect("a temporary folder");
    let write = |name: &str, text: &str| {
        let path = dir.path().join("q").join(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, text).expect("a file");
    };
    write(
        "_quarto.yml",
        "book:\n  title: Lamps\n  chapters:\n    - index.qmd\n    - part: Light\n      chapters: [wick.qmd, oil.qmd]\n",
    );
    write("index.qmd", "# Preface\n\nSee [the oil](oil.qmd) and @fig-a.\n");
    write("oil.qmd", "---\ntitle: Oil\n---\n\n## Kinds\n\n::: {.callout-note}\nTwo.\n:::\n");
    let chunk = "```{r}\n#| label: fig-a\n#| fig-cap: A wick\n#| fig-alt: A wick of cotton\nknitr::include_graphics(\"a.svg\")\n```\n";
    write("wick.qmd", &format!("# Wick\n\n{chunk}\n```{{r}}\n1 + 1\n```\n"));
    write("a.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\"><path d=\"M0 0h9v9z\"/></svg>");
    let imported = dama_pub(dir.path(), &["import", "q", "--language", "en", "--as", "lamps"]);
    assert_eq!(imported.status.code(), Some(0), "{}", said(&imported));
    let book = fs::read_to_string(dir.path().join("lamps/manuscript/book.yaml")).expect("the book");
    let parts = "parts:\n  - \"01-preface\"\n  - title: {en: \"Light\"}\n    chapters:\n      - \"02-wick\"\n      - \"03-oil\"\n";
    assert!(book.contains(parts), "{book}");
    let of = |name: &str| fs::read_to_string(dir.path().join("lamps/manuscript/en").join(name)).expect("a chapter");
    assert!(of("02-wick.md").contains("\"A wick\"){#fig-a}"), "{}", of("02-wick.md"));
    assert!(of("03-oil.md").contains(":::note"), "{}", of("03-oil.md"));
    let checked = dama_pub(&dir.path().join("lamps"), &["check", "--format", "short"]);
    assert!(!printed(&checked).contains("error["), "{}", printed(&checked));
}

#[test]
fn a_book_of_mdbook_and_its_translation_become_one_book() {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let write = |path: &str, text: &str| {
        let path = dir.path().join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, text).expect("a file");
    };
    write("lamps/book.toml", "[book]\ntitle = \"Lamps\"\nlanguage = \"en\"\n");
    write("lamps/src/SUMMARY.md", "# Light\n\n- [Oil](oil.md)\n");
    write("lamps/src/oil.md", "# Oil\n\nA lamp burns 25 grams an hour.\n\nA clean wick gives a steady flame.\n");
    write("lamps-zh/book.toml", "[book]\ntitle = \"灯火\"\nlanguage = \"zh\"\n");
    write("lamps-zh/src/SUMMARY.md", "# 光\n\n- [灯油](oil.md)\n");
    write("lamps-zh/src/oil.md", "# 灯油\n\n一盏灯每小时烧26克。\n\n<script>x</script>\n");
    let imported = dama_pub(dir.path(), &["import", "lamps", "--translation", "lamps-zh"]);
    assert_eq!(imported.status.code(), Some(0), "{}", said(&imported));
    assert!(printed(&imported).contains("lamps-zh/src/oil.md:5"), "{}", printed(&imported));
    let checked = dama_pub(&dir.path().join("lamps-book"), &["check", "--format", "short"]);
    let text = String::from_utf8_lossy(&checked.stdout).into_owned();
    assert!(text.contains("missing-block") && text.contains("[number]"), "{text}");
}
