use proptest::prelude::*;

use super::*;

#[test]
fn arguments_fill_their_places_in_both_languages() {
    let kind = msg!("paragraph");
    let message = msg!("this {kind} is missing in {language}", kind, language = msg!("English"));
    assert_eq!(message.to_string(), "this paragraph is missing in English");
}

#[test]
fn braces_written_twice_stand_for_themselves() {
    assert_eq!(msg!("write {{#{id}}}", id = "fig-a").to_string(), "write {#fig-a}");
}

#[test]
fn a_number_chooses_the_form() {
    let said = |files: usize| plural!(files, "{files} file in {folder}", "{files} files in {folder}", folder = "out");
    assert_eq!(said(0).to_string(), "0 files in out");
    assert_eq!(said(1).to_string(), "1 file in out");
    assert_eq!(said(2).to_string(), "2 files in out");
}

#[test]
fn lists_leave_out_what_is_empty_and_are_joined_as_each_language_does() {
    let list = |kind| Message::list(kind, ["a", "", "b", "c"]);
    let both = |kind| (Locale::English.say(&list(kind)), Locale::Chinese.say(&list(kind)));
    assert_eq!(both(List::Items), ("a, b, c".into(), "a、b、c".into()));
    assert_eq!(both(List::And), ("a, b and c".into(), "a、b和c".into()));
    assert_eq!(both(List::Clauses), ("a; b; c".into(), "a；b；c".into()));
}

#[test]
fn the_catalogue_is_in_gettexts_form_and_has_the_places_of_each_message() {
    let file = polib::po_file::parse_from_reader(CHINESE.as_bytes()).expect("gettext's form");
    let mut wrong = Vec::new();
    for message in file.messages().filter(|message| !message.msgid().is_empty()) {
        let forms = if message.is_plural() {
            message.msgstr_plural().expect("forms").clone()
        } else {
            vec![message.msgstr().expect("a form").to_owned()]
        };
        let mut places = template::places(message.msgid());
        if message.is_plural() {
            places = template::places(message.msgid_plural().expect("a plural"));
        }
        places.sort_unstable();
        for form in &forms {
            let mut said = template::places(form);
            said.sort_unstable();
            said.dedup();
            places.dedup();
            if form.is_empty() || said != places {
                wrong.push(format!("{}: {form}", message.msgid()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

proptest! {
    /// Whatever the book's own words are, they come out as they went in: also those that are words of the program. (Characters
    /// without a shape of their own, which [`visible`] writes out, are not drawn.)
    #[test]
    fn arguments_come_out_unchanged(
        a in "[^\\p{C}\\p{Zl}\\p{Zp}]{0,12}|note|book|error|zh, en|\\{b\\}",
        b in "[^\\p{C}\\p{Zl}\\p{Zp}]{0,12}|file|help|‘x’",
    ) {
        let message = msg!("‘{first}’ stands twice, and ‘{second}’ once", first = &a, second = &b);
        prop_assert_eq!(message.to_string(), format!("‘{a}’ stands twice, and ‘{b}’ once"));
        let messages = polib::po_file::parse_from_reader(CHINESE.as_bytes()).expect("gettext's form");
        for known in messages.messages().filter(|known| !known.msgid().is_empty()) {
            let (text, names) = (known.msgid(), template::places(known.msgid()));
            for (at, name) in names.iter().enumerate() {
                let value = if at % 2 == 0 { &a } else { &b };
                let fill = |place: &str, out: &mut String| out.push_str(if place == *name { value } else { "" });
                let mut out = String::new();
                template::fill(catalogue::chinese().form(text, 0).unwrap_or(text), &fill, &mut out);
                prop_assert!(out.contains(value.as_str()), "{}", text);
            }
        }
    }
}
