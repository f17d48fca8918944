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
