use super::*;

#[test]
fn an_unknown_layout_names_the_nearest() {
    let choice = LayoutChoice { name: "reprot".into(), options: BTreeMap::new(), span: None };
    let loaded = layout::read(&Memory::default(), &mut Sources::default(), &choice);
    assert!(loaded.value.is_none());
    assert_eq!(hints(&loaded.diagnostics[0]), ["did you mean `report`?"]);
}

#[test]
fn a_layout_with_aliases_is_refused() {
    let mut files = memory(LAYOUT, "");
    files.insert("layouts/test/layout.yaml".into(), "name: &a test\ntitle: *a\n".into());
    let mut sources = Sources::default();
    let choice = LayoutChoice::named("test");
    let loaded = layout::read(&files, &mut sources, &choice);
    assert!(loaded.value.is_none());
    assert!(line(&sources, &loaded.diagnostics[0]).starts_with("error yaml layouts/test/layout.yaml:1:"));
}

#[test]
fn a_layout_is_given_no_bomb() {
    let svg = r#"<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><filter id="a"><feMorphology radius="9999999"/></filter></svg>"#;
    let macros: String = (0..300).map(|n| format!(" a{n}=\"1\"")).collect();
    let style = format!("<style{macros}/>");
    for (name, use_it, bytes, said) in [
        ("a.svg", "#image(\"a.svg\")", svg.as_bytes(), "filter"),
        ("a.pdf", "#image(\"a.pdf\")", b"%PDF-1.7\n".as_slice(), "cannot be read as a PDF"),
        ("a.png", "#image(\"a.png\")", b"junk %PDF-1.7\n", "cannot be read as a PDF"),
        ("a.svg", "#image(\"a.svg\")", b"\x1f\x8b\x08", "packed with gzip"),
        ("a.csl", "#read(\"a.csl\")", style.as_bytes(), "attributes"),
        ("a.txt", "#read(\"a.txt\")", style.as_bytes(), "attributes"),
    ] {
        let mut files = memory(&format!("{LAYOUT}\n{use_it}"), "# One\n");
        files.insert(format!("layouts/test/{name}"), bytes.to_vec());
        let lines = make_from(&files).lines();
        assert!(lines.iter().any(|line| line.contains(said)), "{name}: {lines:?}");
    }
}

#[test]
fn a_layout_links_to_no_program() {
    for address in
        ["javascript:alert(1)", "java\\u{73}cript:x", "JAVA\\tSCRIPT:x", "file:///etc/passwd", "\\u{1}javascript:x"]
    {
        let lines = make(&format!("{LAYOUT}\n#link(\"{address}\")[a]"), "# One\n").lines();
        assert!(lines.iter().any(|line| line.contains("could run a program or open a file")), "{address}: {lines:?}");
    }
}
