use super::*;

fn refused(text: &str) -> String {
    let fault = whole(text, Doctype::Named).expect_err(text);
    assert!(fault.at.is_none_or(|at| text.get(at).is_some()), "{text}");
    fault.message.to_string()
}

#[test]
fn text_references_and_sections_are_one_text() {
    let root = whole(
        "\u{feff}<?xml version=\"1.0\"?><a b='&lt;&#10;x'>&#x4e66;&amp;\r\n<![CDATA[<c>]]><!-- d --></a>",
        Doctype::Refused,
    );
    let root = root.expect("it is XML");
    assert_eq!((root.attribute("b"), root.text().as_str()), (Some("<\nx"), "书&\n<c>"));
}

#[test]
fn other_vocabularies_are_told_from_that_of_the_root() {
    let text = "<x:a xmlns:x='u' xmlns='u'><b/><c xmlns='v'/><y:d/><x:e><f xmlns=''/></x:e></x:a>";
    let root = whole(text, Doctype::Refused).expect("it is XML");
    let own: Vec<&str> = root.own().map(|element| element.name.as_str()).collect();
    assert_eq!(own, ["b", "e"]);
    assert_eq!(root.own_child("e").expect("it is there").own().count(), 0);
    assert_eq!(root.within("b", &["e"]).len(), 1);
}

#[test]
fn what_declares_or_is_out_of_bounds_is_refused() {
    assert!(whole("<!DOCTYPE tmx SYSTEM 'tmx14.dtd'><tmx/>", Doctype::Named).is_ok());
    assert!(whole("<!DOCTYPE tmx SYSTEM 'tmx14.dtd'><tmx/>", Doctype::Refused).is_err());
    let attributes: String = (0..300).map(|n| format!(" a{n}=''")).collect();
    for (text, reason) in [
        ("<!DOCTYPE a [<!ENTITY b 'c'>]><a/>".to_owned(), "it has a DOCTYPE"),
        ("<a>&b;</a>".to_owned(), "it uses the entity b"),
        ("<a b='&c;'/>".to_owned(), "its XML is malformed"),
        ("<a>".repeat(300), "nested more than 256 deep"),
        (format!("<a{attributes}/>"), "more than 256 attributes"),
        ("<a><b></a>".to_owned(), "its XML is malformed"),
        ("<a><书".to_owned(), "its XML is malformed"),
        ("<a><b/>".to_owned(), "it ends too early"),
        (" ".to_owned(), "there is no XML in it"),
        ("<a>&#0;</a>".to_owned(), "its XML is malformed"),
    ] {
        let message = refused(&text);
        assert!(message.contains(reason), "{message}, not: {reason}");
    }
}

#[test]
fn what_is_written_is_read_as_it_was() {
    let hard = "a<b>&\"'\r\n\t 书\u{85}\u{2028}]]>";
    let mut written = "<a".to_owned();
    attribute(&mut written, "b", hard);
    written.push('>');
    super::text(&mut written, hard);
    written.push_str("</a>");
    let root = whole(&written, Doctype::Refused).expect("it is XML");
    assert_eq!((root.attribute("b"), root.text().as_str()), (Some(hard), hard));
    let mut shown = String::new();
    super::text(&mut shown, "a\u{7}\u{ffff}");
    assert_eq!(shown, "a␇\u{fffd}");
}
