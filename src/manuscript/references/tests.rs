//! Bibliographies in each form, held in memory.

use std::collections::BTreeMap;

use super::*;
use crate::message::{List, Message};

/// What is read of one file, and of each finding: the text under it, the message and the hints.
fn read(name: &str, text: &str) -> (Bibliography, Vec<(String, String, String)>) {
    read_all(&[(name, text)])
}

fn read_all(files: &[(&str, &str)]) -> (Bibliography, Vec<(String, String, String)>) {
    let files: BTreeMap<String, Vec<u8>> =
        files.iter().map(|(name, text)| (format!("manuscript/{name}"), text.as_bytes().to_vec())).collect();
    let files: BTreeMap<&str, Vec<u8>> = files.iter().map(|(path, bytes)| (path.as_str(), bytes.clone())).collect();
    let (mut sources, mut found) = (Sources::default(), Vec::new());
    let bibliography = load(&files, &mut sources, &mut found);
    let row = |d: &Diagnostic| {
        let under = d.primary.as_ref().map_or("", |label| sources.snippet(label.span));
        (under.to_owned(), d.message.to_string(), Message::list(List::Sentences, &d.hints).to_string())
    };
    (bibliography, found.iter().map(row).collect())
}

fn keys(bibliography: &Bibliography) -> Vec<&str> {
    bibliography.works.iter().map(Work::key).collect()
}

fn author(bibliography: &Bibliography, key: &str) -> (String, Option<String>) {
    let author = &bibliography.work(key).expect("an entry").entry.authors().expect("authors")[0];
    (author.name.clone(), author.given_name.clone())
}

#[test]
fn names_of_institutions_are_whole() {
    for (written, name, given) in [
        ("Ministry of Science and Technology", "Ministry of Science and Technology", None),
        ("International Union of Examples", "International Union of Examples", None),
        ("Centre for Rivers, Eastern University", "Centre for Rivers, Eastern University", None),
        ("Rivers & Boats, Ltd.", "Rivers & Boats, Ltd.", None),
        ("World Bank", "World Bank", None),
        ("Ortega y Gasset, José", "Ortega y Gasset", Some("José")),
        ("Ash, A.", "Ash", Some("A.")),
        ("水利部", "水利部", None),
    ] {
        let (read, found) = read("references.yaml", &format!("a: {{type: report, title: T, author: '{written}'}}\n"));
        assert_eq!(found, [], "{written}");
        assert_eq!(author(&read, "a"), (name.to_owned(), given.map(str::to_owned)), "{written}");
    }
    let (read, _) = read("references.yaml", "a: {type: book, title: T, author: 'van Gogh, Vincent'}\n");
    assert_eq!(read.works[0].entry.authors().expect("authors")[0].prefix.as_deref(), Some("van"));
}

#[test]
fn one_bad_entry_costs_itself() {
    let (read, found) =
        read("references.yaml", "a:\n  type: boook\n  title: A\nb:\n  type: book\n  title: B\nc: 李明. 桥[M]. 2020.\n");
    assert_eq!(keys(&read), ["b", "c"]);
    assert_eq!(read.refused, ["a"]);
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!((found[0].0.as_str(), found[0].2.as_str()), ("boook", "did you mean `book`?"));
    assert_eq!(read.work("c").expect("an entry").text.as_deref(), Some("李明. 桥[M]. 2020."));
}

#[test]
fn other_forms_under_the_name_of_yaml_say_so() {
    let (read, found) = read("references.yaml", "@book{a, title={A}}\n");
    assert!(read.unread);
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!((found[0].0.as_str(), found[0].1.as_str()), ("@book{a, title={A}}", "this is BibTeX, not YAML"));
    let (_, found) = super::tests::read("references.yaml", "[{\"id\": \"a\", \"type\": \"book\"}]\n");
    assert!(found.len() == 1 && found[0].2.contains("references.json"), "{found:?}");
}

#[test]
fn bibtex_is_read_as_programs_export_it() {
    let text = r#"
@comment{jabref-meta: x}
@string{jr = {Journal of Rivers}}
@Article{ash, title = {{Slow Rivers}: {\"U}bung}, author = {Ash, A. and van den Berg, B.}, year = 2019, journal = jr, volume = {4}, number = 2, pages = {1--5}}

@inproceedings(birch, title="Soft rivers", author={Birch, B}, year={2017}, booktitle={Conference on Rivers})
@techreport{un, title = {Water}, author = {{United Nations}}, institution = {UNESCO}, year = {2020}}
@misc{preprint, title = {Deep}, author = {Elm, E}, year = {2021}, eprint = {2101.00001}, archivePrefix = {arXiv}}
"#;
    let (read, found) = read("references.bib", text);
    assert_eq!(found, []);
    assert_eq!(keys(&read), ["ash", "birch", "un", "preprint"]);
    let entry = |key: &str| &read.work(key).expect("an entry").entry;
    assert_eq!(entry("ash").parents()[0].title().expect("a title").value.to_string(), "Journal of Rivers");
    assert_eq!(author(&read, "un"), ("United Nations".to_owned(), None));
    assert_eq!(entry("preprint").arxiv(), Some("2101.00001"));
    assert_eq!(entry("birch").keyed_serial_number("printing"), Some("C"));
}

#[test]
fn a_bad_entry_of_bibtex_is_told_at_its_place() {
    let text = "@book{a, title={A}, year={2020}}\n@book{b, title={B}, date={2020-13-77}, url={example.org} }\n@book{c, title={C, year={2020}}\n@book{a, title={Again}}\n@book{d, title={D}}\n";
    let (read, found) = read("references.bib", text);
    assert_eq!(keys(&read), ["a", "b", "d"]);
    assert_eq!(read.refused, ["c"]);
    let told: Vec<&str> = found.iter().map(|(_, message, _)| message.as_str()).collect();
    assert_eq!(
        told,
        [
            "‘date’ cannot be ‘2020-13-77’",
            "‘url’ cannot be ‘example.org’",
            "the entry ‘c’ has no end",
            "the key `a` is used twice"
        ]
    );
    assert_eq!(found[0].0, "2020-13-77");
    assert_eq!(found[2].0, "@book{c");
}

#[test]
fn csl_json_is_read_as_programs_export_it() {
    let text = r#"[
	{"id": "ash", "type": "article-journal", "title": "Slow <i>rivers</i>", "container-title": "J. Ex.", "volume": "4", "issue": 2, "page": "1-5",
	 "author": [{"family": "Ash", "given": "A."}, {"literal": "Office of Rivers"}], "issued": {"date-parts": [["2019", 5]]}, "DOI": "10.1/x", "language": "en-US"},
	{"id": 7, "type": "webpage", "title": "网页", "URL": "https://example.org/河", "accessed": {"date-parts": [[2024, 1, 2]]}, "language": "中文"},
	{"id": "std", "type": "standard", "title": "文献著录", "number": "GB/T 3792.4—2009", "publisher": "中国标准出版社", "publisher-place": "北京"},
	{"id": "pre", "type": "article", "title": "Deep", "publisher": "arXiv", "number": "arXiv:2101.00001", "issued": {"raw": "March 2021"}}
]"#;
    let (read, found) = read("references.json", text);
    assert_eq!(found, []);
    assert_eq!(keys(&read), ["ash", "7", "std", "pre"]);
    let entry = |key: &str| &read.work(key).expect("an entry").entry;
    assert_eq!(entry("ash").authors().expect("authors").len(), 2);
    assert_eq!(entry("ash").date().expect("a date").year, 2019);
    assert_eq!(entry("ash").language().expect("a language").to_string(), "en-US");
    assert_eq!(entry("7").language(), None);
    assert_eq!(entry("std").keyed_serial_number("printing"), Some("S"));
    assert_eq!((entry("pre").arxiv(), entry("pre").date().expect("a date").year), (Some("2101.00001"), 2021));
}

#[test]
fn a_bad_item_of_csl_json_is_told_at_its_place() {
    let text = "[{\"id\": \"a\", \"type\": \"book\", \"title\": \"A\",\n  \"issued\": {\"literal\": \"soon\"}},\n {\"type\": \"book\"},\n {\"id\": \"b\", \"type\": \"book\", \"title\": \"B\"}]";
    let (read, found) = read("references.json", text);
    assert_eq!(keys(&read), ["b"]);
    assert_eq!(found.len(), 2, "{found:?}");
    assert_eq!((found[0].0.as_str(), found[0].1.as_str()), ("\"issued\"", "‘issued’ of the entry ‘a’ cannot be used"));
    assert_eq!(found[1].1, "this reference has no id");
    let (read, found) = super::tests::read("references.json", "[{\"id\": \"a\",}]");
    assert!(read.unread && found[0].1.contains("not valid JSON"), "{found:?}");
}

#[test]
fn two_files_are_one_too_many_and_other_names_are_named() {
    let (read, found) =
        read_all(&[("references.yaml", "a: {type: book, title: A}\n"), ("references.bib", "@book{b}\n")]);
    assert_eq!(keys(&read), ["a"]);
    assert_eq!(found[0].1, "there are two bibliographies, references.yaml and references.bib");
    let (read, found) = read_all(&[("My Library.bib", "@book{b}\n")]);
    assert!(read.unread && found[0].1.contains("My Library.bib"), "{found:?}");
    let (_, found) = read_all(&[("References.yml", "a: {type: book, title: A}\n")]);
    assert_eq!(found[0].2, "rename it to references.yaml");
}

#[test]
fn no_reference_leads_to_a_script_or_a_file() {
    for address in ["javascript:alert(1)", "JavaScript:x", "file:///etc/passwd", "data:text/html,x", "vbscript:x"] {
        for (name, text) in [
            ("references.yaml", format!("a: {{type: web, title: T, url: '{address}'}}\n")),
            ("references.yaml", format!("a: {{type: web, title: T, url: {{value: '{address}', date: 2024-01-01}}}}\n")),
            ("references.yaml", format!("a: {{type: article, title: T, parent: {{type: web, url: '{address}'}}}}\n")),
            ("references.bib", format!("@misc{{a, title = {{T}}, url = {{{address}}}}}\n")),
            (
                "references.json",
                format!("[{{\"id\": \"a\", \"type\": \"webpage\", \"title\": \"T\", \"URL\": \"{address}\"}}]\n"),
            ),
        ] {
            let (_, found) = read(name, &text);
            assert!(found.iter().any(|(_, said, _)| said.starts_with("a reference cannot lead to")), "{text}{found:?}");
        }
    }
    // YAML says characters in other ways, and readers of addresses skip some.
    for disguise in [
        r#""java\x73cript:alert(1)""#,
        r#""java\u0073cript:alert(1)""#,
        r#""java\tscript:alert(1)""#,
        r#""java\nscript:alert(1)""#,
        r#""\ JavaScript:alert(1)""#,
        r#""JAVASCRIPT\x3Aalert(1)""#,
        "&a javascript:x",
        "!!str javascript:x",
        "|-\n    javascript:x",
        "fi\n    le:///etc/passwd",
        "FILE:///etc/passwd",
    ] {
        let (read, found) = read("references.yaml", &format!("a:\n  type: web\n  title: T\n  url: {disguise}\n"));
        let led = read
            .works
            .iter()
            .filter_map(|work| work.entry.url())
            .any(|url| crate::model::risky_scheme(url.value.as_str()).is_some());
        assert!(
            !found.is_empty() && (!led || found.iter().any(|(_, said, _)| said.contains("cannot lead to"))),
            "{disguise}"
        );
    }
    for address in ["https://e.org/x", "http://e.org", "ftp://e.org/a", "doi:10.1000/x"] {
        let (_, found) = read("references.yaml", &format!("a: {{type: web, title: T, url: '{address}'}}\n"));
        assert_eq!(found, [], "{address}");
    }
}
