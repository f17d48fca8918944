//! What tools do to XLIFF, each seen in one of them.

use super::super::sample;
use super::*;
use crate::exchange::unit::Piece;

fn options(version: Version) -> Options {
    Options { version, ..Options::default() }
}

fn texts(options: &Options) -> String {
    write(&sample::package(), options)
}

/// A file of one unit.
fn first(unit: &str) -> String {
    format!(
        "<xliff version='1.2' xmlns='urn:oasis:names:tc:xliff:document:1.2'>\
         <file original='a' source-language='zh' target-language='en' datatype='plaintext'><body><group>{unit}\
         </group></body></file></xliff>"
    )
}

/// A file of one unit.
fn second(version: &str, unit: &str) -> String {
    format!(
        "<xliff version='{version}' xmlns='urn:oasis:names:tc:xliff:document:2.0' srcLang='zh' trgLang='en'>\
         <file id='f'><group id='g'>{unit}</group></file></xliff>"
    )
}

fn read_one(text: &str) -> ReturnedUnit {
    let mut returned = read(text).expect("XLIFF");
    assert!(returned.refused.is_empty(), "{:?}", returned.refused);
    assert_eq!(returned.units.len(), 1);
    returned.units.remove(0)
}

fn refused(text: &str) -> String {
    let returned = read(text).expect("XLIFF");
    let said: Vec<String> = returned.refused.iter().map(|refusal| refusal.message.to_string()).collect();
    said.join("\n")
}

fn plain(side: Option<&Tagged>) -> String {
    let piece = |piece: &Piece<String>| match piece {
        Piece::Text(text) => text.clone(),
        Piece::Single(id) => format!("[{id}]"),
        Piece::Pair(id, inner) => format!("[{id}|{}]", plain(Some(inner))),
    };
    side.map(|tagged| tagged.iter().map(piece).collect()).unwrap_or_default()
}

#[test]
fn only_the_elements_that_every_tool_keeps_are_written() {
    for (version, allowed) in [(Version::First, ["<g ", "<x "]), (Version::Second, ["<pc ", "<ph "])] {
        let written = texts(&options(version));
        for name in ["g", "x", "ph", "bpt", "ept", "it", "bx", "ex", "mrk", "pc", "sc", "ec", "sm", "em", "cp"] {
            let tag = format!("<{name} ");
            assert_eq!(written.contains(&tag), allowed.contains(&tag.as_str()), "{version:?} {name}");
        }
        assert_eq!(written.matches("xmlns").count(), 1, "no state in vocabularies that tools drop");
    }
    assert!(texts(&options(Version::Second)).contains("<xliff version=\"2.0\""));
}

#[test]
fn a_target_is_the_source_only_where_that_is_asked_for() {
    for version in [Version::First, Version::Second] {
        let empty = texts(&options(version));
        let filled = texts(&Options { fill_source: true, ..options(version) });
        let count = |text: &str| text.matches("<target").count();
        assert_eq!((count(&empty), count(&filled)), (7, 11));
        let targets =
            |text: &str| read(text).expect("XLIFF").units.into_iter().map(|unit| unit.target).collect::<Vec<_>>();
        assert_eq!(targets(&empty), targets(&filled), "a filled target is no translation");
    }
}

#[test]
fn a_translation_counts_whatever_state_the_tool_left_it_in() {
    let unit = |state: &str, target: &str| {
        let target =
            format!("<trans-unit id='c#a'><source>甲</source><target state='{state}'>{target}</target></trans-unit>");
        let unit = read_one(&first(&target));
        (plain(unit.target.as_ref()), unit.state)
    };
    let stale = Some(State::Stale { was: None });
    assert_eq!(unit("needs-translation", "甲"), (String::new(), None));
    assert_eq!(unit("needs-translation", "A"), ("A".to_owned(), stale.clone()));
    assert_eq!(unit("needs-review-translation", "甲"), ("甲".to_owned(), stale));
    assert_eq!(unit("translated", "甲"), ("甲".to_owned(), Some(State::Translated)));
    assert_eq!(unit("signed-off", "A"), ("A".to_owned(), Some(State::Signed)));
    assert_eq!(unit("x-mine", "A"), ("A".to_owned(), None));
    assert_eq!(unit("translated", " "), (String::new(), None));
}

#[test]
fn a_unit_of_which_some_sentences_are_missing_is_held_back() {
    let source = "<trans-unit id='c#a'><source>甲。乙。</source><seg-source><mrk mtype='seg' mid='1'>甲。</mrk>\
                  <mrk mtype='seg' mid='2'>乙。</mrk></seg-source>";
    let half =
        format!("{source}<target><mrk mtype='seg' mid='1'>A.</mrk><mrk mtype='seg' mid='2'/></target></trans-unit>");
    assert_eq!(refused(&first(&half)), "the unit c#a cannot be read: only 1 of its 2 sentences are translated");
    let merged = format!("{source}<target>A and B.</target></trans-unit>");
    assert_eq!(plain(read_one(&first(&merged)).target.as_ref()), "A and B.");
    let none = format!("{source}<target><mrk mtype='seg' mid='1'/><mrk mtype='seg' mid='2'/></target></trans-unit>");
    assert_eq!(read_one(&first(&none)).target, None);

    let segment = |source: &str, target: &str| format!("<segment><source>{source}</source>{target}</segment>");
    let half = segment("甲。", "<target>A.</target>") + &segment("乙。", "");
    let half = second("2.0", &format!("<unit id='c:23:a'>{half}</unit>"));
    assert_eq!(refused(&half), "the unit c#a cannot be read: only 1 of its 2 sentences are translated");
}

#[test]
fn sentences_may_change_their_places() {
    let segments = "<segment><source>甲。</source><target order='3'>A.</target></segment>\
                    <ignorable><source> </source></ignorable>\
                    <segment><source>乙。</source><target order='1'>B.</target></segment>";
    let unit = read_one(&second("2.1", &format!("<unit id='u'>{segments}</unit>")));
    assert_eq!((plain(unit.target.as_ref()), unit.id), ("B. A.".to_owned(), None));
}

#[test]
fn notes_of_others_are_remarks_wherever_they_stand() {
    let first_note = "<trans-unit id='c#a'><note from='dama-pub: term'>own</note><source>甲</source>\
                      <target>A</target><note from='Li'>by Li</note>\
                      <alt-trans><target>B</target><note>of another</note></alt-trans></trans-unit>";
    let unit = read_one(&first(first_note));
    let said: Vec<_> = unit.remarks.iter().map(|one| (one.author.as_deref(), one.text.as_str())).collect();
    assert_eq!(said, [(Some("Li"), "by Li")]);
    let second_note = "<unit id='c:23:a'><notes><note category='dama-pub: kind'>own</note><note>one</note></notes>\
                       <segment><notes><note>two</note></notes><source>甲</source><target>A<mrk id='m1' type='comment' \
                       value='three'>B</mrk></target></segment></unit>";
    let unit = read_one(&second("2.0", second_note));
    let said: Vec<_> = unit.remarks.iter().map(|one| one.text.as_str()).collect();
    assert_eq!((said, plain(unit.target.as_ref())), (vec!["one", "two", "three"], "AB".to_owned()));
}

#[test]
fn codes_of_all_kinds_are_read() {
    let of_first = "<g id='1'>a<g id='2'>b</g></g><x id='3'/><ph id='4'>code</ph><bpt id='5'>&lt;b></bpt>c<ept id='5'/>\
                    <it id='6' pos='open'/>d<it id='6' pos='close'/><bx id='7' rid='9'/>e<ex id='8' rid='9'/>\
                    <mrk mtype='protected'>f</mrk>";
    let unit = format!("<trans-unit id='c#a'><source>{of_first}</source><target>{of_first}</target></trans-unit>");
    let unit = read_one(&first(&unit));
    let wanted = "[1|a[2|b]][3][4][5|c][6|d][7|e]f";
    assert_eq!((plain(unit.source.as_ref()), plain(unit.target.as_ref())), (wanted.to_owned(), wanted.to_owned()));

    let of_second = "<pc id='1'>a<pc id='2'>b</pc></pc><ph id='3'/><sc id='4'/>c<ec startRef='4'/><sc id='5' isolated='yes'/>\
                     d<ec id='5' isolated='yes'/><mrk id='m'>e</mrk><sm id='n'/>f<em startRef='n'/><cp hex='0007'/>";
    for version in ["2.0", "2.1", "2.2"] {
        let unit = format!("<unit id='c:23:a'><segment><source>{of_second}</source></segment></unit>");
        let unit = read_one(&second(version, &unit));
        assert_eq!(plain(unit.source.as_ref()), "[1|a[2|b]][3][4|c][5|d]ef\u{7}");
    }
}

#[test]
fn codes_that_cannot_be_read_cost_their_unit() {
    for (target, reason) in [
        ("<bpt id='1'/>", "the code 1 begins and does not end"),
        ("<bx id='1'/><bx id='2'/><ex id='1'/><ex id='2'/>", "the code 2 ends after the one around it"),
        ("<ept id='1'/>", "a code ends that did not begin"),
        ("<g>a</g>", "a code in it has no id: <g>"),
        ("<b>a</b>", "it is not known what <b> in it is"),
        ("<o:b xmlns:o='urn:other'>a</o:b>", "it is not known what <b> in it is"),
    ] {
        let unit = |id: &str, target: &str| {
            format!("<trans-unit id='c#{id}'><source>甲</source><target>{target}</target></trans-unit>")
        };
        let text = first(&(unit("a", target) + &unit("b", "B")));
        assert!(refused(&text).ends_with(reason), "{}, not: {reason}", refused(&text));
        let units = read(&text).expect("XLIFF").units;
        assert_eq!((units[0].target.as_ref(), plain(units[1].target.as_ref())), (None, "B".to_owned()));
    }
}

#[test]
fn codes_in_place_of_others_come_back_as_they_are() {
    // OmegaT's filter for XLIFF 2 writes the last code for each: whoever compares them must see it.
    let unit = "<unit id='c:23:a'><segment><source><ph id='1'/><ph id='2'/></source><target><ph id='2'/><ph id='2'/>\
                </target></segment></unit>";
    assert_eq!(plain(read_one(&second("2.0", unit)).target.as_ref()), "[2][2]");
}

#[test]
fn a_target_that_a_tool_set_as_text_has_no_codes() {
    let unit = "<trans-unit id='c#a' xml:space='preserve' approved='yes'><source><g id='1'>甲</g></source>\
                <target>A</target></trans-unit>";
    let unit = read_one(&first(unit));
    assert_eq!((plain(unit.target.as_ref()), unit.state), ("A".to_owned(), Some(State::Signed)));
}

#[test]
fn text_is_compared_as_it_is_meant() {
    let unit = |text: &str| {
        let unit = read_one(&first(&format!("<trans-unit id='c#a'><source>{text}</source></trans-unit>")));
        plain(unit.source.as_ref())
    };
    for written in ["&lt;a b=&quot;c&quot;&gt; &amp;", "<![CDATA[<a b=\"c\"> &]]>", "&#60;a b=\"c\"> &#x26;"] {
        assert_eq!(unit(written), "<a b=\"c\"> &");
    }
    assert_eq!(unit("a\r\nb&#13;c"), "a\nb\rc");
}

#[test]
fn a_translation_with_codes_of_its_own_stays_here_and_is_told() {
    for version in [Version::First, Version::Second] {
        let written = texts(&options(version));
        assert!(!written.contains("t1") && written.contains("is not taken out: Only here</note>"));
    }
}

#[test]
fn what_others_add_is_passed_by() {
    let unit = "<unit id='c:23:a'><mda:metadata xmlns:mda='urn:m'><mda:meta>x</mda:meta></mda:metadata>\
                <mtc:matches xmlns:mtc='urn:n'><mtc:match ref='#1'><source>乙</source><target>B</target></mtc:match>\
                </mtc:matches><originalData><data id='d'>x</data></originalData>\
                <segment><source>甲</source><target>A</target></segment></unit>";
    let unit = read_one(&second("2.2", unit));
    assert_eq!((plain(unit.source.as_ref()), plain(unit.target.as_ref())), ("甲".to_owned(), "A".to_owned()));
    let suggested = "<trans-unit id='c#a'><source>甲</source><alt-trans><source>乙</source><target>B</target></alt-trans></trans-unit>";
    assert_eq!(read_one(&first(suggested)).target, None);
}

#[test]
fn what_is_no_package_of_ours_is_refused() {
    for (text, reason) in [
        ("<a/>", "it is no XLIFF: its first element is <a>"),
        ("<xliff version='3.0'/>", "its version of XLIFF is “3.0”"),
        ("<xliff/>", "its version of XLIFF is “”"),
        ("<!DOCTYPE xliff><xliff version='1.2'/>", "it has a DOCTYPE"),
    ] {
        let message = read(text).expect_err(reason).message.to_string();
        assert!(message.contains(reason), "{message}, not: {reason}");
    }
    assert!(refused(&first("<trans-unit><source>甲</source></trans-unit>")).contains("a unit has no id"));
    let unit = |target: &str| format!("<trans-unit id='c#a'><source>甲</source><target>{target}</target></trans-unit>");
    assert!(refused(&first(&(unit("A") + &unit("B")))).contains("the unit c#a stands twice"));
    let other = first(&unit("A")).replace("</xliff>", "<file original='b' source-language='en'/></xliff>");
    assert!(refused(&other).contains("the part “b” of the file is of other languages"));
}
