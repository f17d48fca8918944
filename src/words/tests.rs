use std::collections::BTreeMap;

use polib::po_file;

use super::*;
use crate::source::Span;

/// A catalogue of a few messages.
fn small(entries: &[(&str, &str)]) -> Catalogue {
    let mut text = String::from("msgid \"\"\nmsgstr \"Content-Type: text/plain; charset=UTF-8\\n\"\n");
    for (id, said) in entries {
        text += &format!("\nmsgid {id:?}\nmsgstr {said:?}\n");
    }
    Catalogue::read(&text).unwrap()
}

#[test]
fn what_differs_is_put_into_the_translation() {
    let words = small(&[
        ("this {kind} is missing in {target}", "{target}里缺少这个{kind}"),
        ("list item", "列表项"),
        ("en", "英文"),
        ("{} here, {} in {source}", "这里是{0}，{source}里是{1}"),
        ("{mended} finding{} in {files} file{}", "{files}个文件里的{mended}个问题"),
        ("{} error{}, {} warning{}", "{0}个错误，{2}个警告"),
        ("{} in {chapters} chapter files", "{chapters}个章文件里有{0}"),
        ("{width:.2} pt wide {{exactly}}", "正好{{{width} pt}}宽"),
    ]);
    for (text, wanted) in [
        ("this list item is missing in en", "英文里缺少这个列表项"),
        ("7,700,000 here, 770 in en", "这里是7,700,000，英文里是770"),
        ("1 finding in 2 files", "2个文件里的1个问题"),
        ("2 errors, 1 warning in 12 chapter files", "12个章文件里有2个错误，1个警告"),
        ("0.25 pt wide {exactly}", "正好{0.25 pt}宽"),
        ("something else", "something else"),
    ] {
        assert_eq!(words.say(text), wanted);
    }
}

#[test]
fn words_of_the_book_are_never_translated() {
    let words = small(&[
        ("there is no check `{name}`", "没有检查项`{name}`"),
        ("write ‘{}’", "写‘{0}’"),
        ("write manuscript/{target}/{}.md", "写manuscript/{target}/{0}.md"),
        ("number", "数字"),
        ("en", "英文"),
    ]);
    assert_eq!(words.say("there is no check `number`"), "没有检查项`number`");
    assert_eq!(words.say("write ‘number’"), "写‘number’");
    assert_eq!(words.say("write manuscript/en/number.md"), "写manuscript/en/number.md");
}

#[test]
fn braces_that_no_format_string_has_stand_for_themselves() {
    let words = small(&[
        ("only {#id}, or {label: A, value: 3}", "只写{#id}，或{label: A, value: 3}"),
        ("give it the id {{#{target}}}", "加上id {{#{target}}}"),
    ]);
    assert_eq!(words.say("only {#id}, or {label: A, value: 3}"), "只写{#id}，或{label: A, value: 3}");
    assert_eq!(words.say("give it the id {#a}"), "加上id {#a}");
}

#[test]
fn several_messages_in_one_are_told_apart() {
    let words = small(&[("{} waived", "豁免{0}个"), ("nothing was built", "什么也没有做成")]);
    assert_eq!(words.say("nothing was built; 3 waived"), "什么也没有做成；豁免3个");
    // A list with anything unknown in it may be the book's own words.
    assert_eq!(words.say("nothing was built, they said"), "nothing was built, they said");
}

#[test]
fn a_translation_has_the_places_of_its_message() {
    let file = po_file::parse_from_reader(CHINESE.as_bytes()).unwrap();
    let mut wrong = Vec::new();
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    for message in file.messages() {
        let (id, said) = (message.msgid(), message.msgstr().unwrap());
        *seen.entry(id).or_default() += 1;
        let (has, uses) = (catalogue::names(id), catalogue::names(said));
        wrong.extend(uses.iter().filter(|name| !has.contains(name)).map(|name| format!("{id}: no place {name}")));
        if said.is_empty() && !id.is_empty() {
            wrong.push(format!("{id}: no translation"));
        }
    }
    wrong.extend(seen.iter().filter(|(_, times)| **times > 1).map(|(id, _)| format!("{id}: twice")));
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(seen.len() > 1000, "{} messages", seen.len());
}

#[test]
fn a_finding_keeps_what_is_no_message() {
    let file = crate::source::Sources::default().add(crate::source::SourceFile::new("a.md", "一二"));
    let found = Diagnostic::error("number", "nothing was built").at_with(Span::new(file, 0..3), "not here");
    let found = found.hint("add the link").edit(Span::new(file, 0..3), "nothing was built");
    let said = Tongue::Chinese.finding(&found);
    assert_eq!((said.check, said.severity, &said.edits), (found.check, found.severity, &found.edits));
    assert_eq!(said.primary.as_ref().map(|label| label.span), found.primary.as_ref().map(|label| label.span));
    assert_eq!((said.message.as_str(), said.hints[0].as_str()), ("什么也没有做成", "补上链接"));
    assert_eq!(Tongue::English.findings(std::slice::from_ref(&found))[0], found);
}

#[test]
fn nothing_is_left_out_but_endings_of_the_plural() {
    for (text, said) in [
        ("0 errors, 0 warnings, 1 note in 2 chapter files", "2个章文件里有0个错误，0个警告，1个提示"),
        ("1 error, 2 warnings", "1个错误，2个警告"),
    ] {
        assert_eq!(Tongue::Chinese.say(text), said);
    }
    let words = small(&[("{} error{}", "{0}个错误")]);
    assert_eq!(words.say("1 error, and more"), "1 error, and more");
}

#[test]
fn a_locale_names_its_language() {
    for locale in ["zh", "zh-CN", "zh_TW.UTF-8", "ZH-Hans"] {
        assert_eq!(Tongue::of(locale), Tongue::Chinese, "{locale}");
    }
    for locale in ["C", "en_GB.UTF-8", "", "POSIX", "zho"] {
        assert_eq!(Tongue::of(locale), Tongue::English, "{locale}");
    }
}
