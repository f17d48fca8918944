//! `book.yaml` without mistakes, and with the usual ones.

use super::*;
use crate::diagnostic::Severity;
use crate::model::{Cover, Numbering, Numbers, Profile};
use crate::source::SourceFile;

pub(super) fn load(text: &str) -> (Option<Config>, Vec<(String, String)>) {
    let mut sources = Sources::default();
    let file = sources.add(SourceFile::new(BOOK_FILE, text));
    let mut sink = Vec::new();
    let config = read(Area { file, text, base: 0 }, &mut sink);
    let under = |d: &Diagnostic| d.primary.as_ref().map_or("", |l| &text[l.span.range()]).to_owned();
    (config, sink.iter().map(|d| (d.message.to_string(), under(d))).collect())
}

const GOOD: &str = "title: {zh: 硅光, en: Silicon Photonics}\nsubtitle: S\nlanguages: [zh, en]\neditions: [zh, bilingual]\n\
    date: 2025-02-28\nversion: 1.0\nlayout: {name: report, options: {columns: 2}}\nparts: [01-a, {title: {zh: 光, en: Light}, chapters: [02-b, 03]}]\nnumbering: {parts: false, chapters: true, headings: 2, figures: chapter}\n\
    people:\n  - {name: {zh: 甲, en: A}, role: edt}\n  - name: 乙\nidentifier:\n  zh: \"978-7\"\n  en: {print: 978-0-306-40615-7, epub: 978-3-16-148410-0}\n\
    cip: {zh: {record: \"灯/甲著.-- 北京\", number: 第20211269A2号}}\n\
    cover: {leaf: 0.08mm, spine: 9}\n\
    epub: {fonts: true, page-list: false, counterpart-links: false, accessibility: {conforms-to: wcag-2.2-aa, certified-by: 甲}}\n\
    keywords: {zh: [芯片], en: [chip]}\nthemes:\n  - {id: t, title: {zh: 主题}, color: \"#a0B1c2\"}\n\
    series: {name: {zh: 丛书, en: The Series}, number: 2.1}\n\
    pdf: {profiles: [print, screen], standards: [a-4], marks: false, signature: 16, output-intent: {icc: p.icc, identifier: FOGRA39}}\n\
    checks: {number: off, extra-block: error}\n";

#[test]
fn every_key_reaches_the_model() {
    let (config, found) = load(GOOD);
    assert_eq!(found, []);
    let config = config.unwrap();
    let meta = &config.meta;
    let zh = Lang::new("zh").unwrap();
    assert_eq!(meta.title[&zh], "硅光");
    assert_eq!(meta.slug, "silicon-photonics");
    assert_eq!(meta.date, (2025, 2, 28));
    assert_eq!(meta.version.as_deref(), Some("1.0"));
    assert_eq!(meta.subtitle.len(), 2);
    assert_eq!((meta.people[0].role.as_str(), meta.people[1].role.as_str()), ("edt", "aut"));
    assert_eq!(meta.identifier["zh"], Numbers::same("978-7"));
    let apart = Numbers { print: Some("978-0-306-40615-7".into()), epub: Some("978-3-16-148410-0".into()), pdf: None };
    assert_eq!(meta.identifier["en"], apart);
    assert_eq!(meta.cip["zh"].number, "第20211269A2号");
    assert_eq!(meta.cover, Some(Cover { leaf: 0.08, board: 0.3, spine: Some(9.0) }));
    assert!(meta.ebook.fonts && !meta.ebook.page_list && !meta.ebook.counterpart_links);
    let claim = meta.ebook.claim.as_ref().unwrap();
    assert_eq!(claim.statement(), "EPUB Accessibility 1.1 - WCAG 2.2 Level AA");
    assert_eq!((claim.certified_by.as_str(), claim.report.as_deref()), ("甲", None));
    let series = meta.series.as_ref().unwrap();
    assert_eq!((series.name[&zh].as_str(), series.number.as_deref()), ("丛书", Some("2.1")));
    assert_eq!(meta.keywords[&zh], ["芯片"]);
    assert_eq!(meta.themes[0].color.as_deref(), Some("#a0B1c2"));
    assert_eq!(config.editions, [EditionKind::Single(zh), EditionKind::Bilingual]);
    assert_eq!(config.layout.options["columns"].value.value, 2);
    assert_eq!(config.pdf.profiles, Profile::ALL);
    assert_eq!(config.pdf.standards.unwrap()[0].value, "a-4");
    assert!(!config.pdf.marks && config.output_intent.is_some());
    let chapters: Vec<_> = config.parts.unwrap().into_iter().map(|name| name.value).collect();
    assert_eq!(chapters, ["01-a", "02-b", "03"]);
    assert_eq!(meta.divisions[0].chapters, ["02-b", "03"]);
    assert_eq!(meta.divisions[0].title[&Lang::new("zh").unwrap()], "光");
    let numbering = Numbering { parts: false, chapters: Some(true), headings: 2, by_chapter: true };
    assert_eq!(meta.numbering, numbering);
    assert_eq!(config.check_levels["number"].value, None);
    assert_eq!(config.check_levels["extra-block"].value, Some(Severity::Error));
}

#[test]
fn a_language_without_a_module_is_refused_at_its_place_and_told_once() {
    let rest = "date: 2025-01-01\nlayout: report\n";
    for tag in ["ja", "fr", "xx", "cn", "jp-JP", "zho"] {
        let (config, found) =
            load(&format!("title: {{zh: a, {tag}: b}}\nlanguages: [zh, {tag}]\neditions: [zh, {tag}]\n{rest}"));
        assert_eq!(found, [(format!("the language `{tag}` is not supported"), tag.to_owned())]);
        assert_eq!(config.expect("the other language is there").languages().map(Lang::tag).collect::<Vec<_>>(), ["zh"]);
        assert!(load(&format!("title: a\nlanguages: [{tag}]\n{rest}")).0.is_none(), "a book without a language");
    }
    let regional = ["zh", "zh-CN", "zh-Hans", "zh-Hant", "zh-TW", "zh-HK", "zh-Hant-HK", "en", "en-GB", "en-US"];
    let (config, found) = load(&format!("title: a\nlanguages: [{}]\n{rest}", regional.join(", ")));
    assert_eq!(found, [], "forms of a language that has a module");
    assert_eq!(config.expect("a good book").languages().map(Lang::tag).collect::<Vec<_>>(), regional);
}

#[test]
fn all_slips_are_reported_at_once() {
    let text = "tilte: x\ntitle: {zh: a, fr: b}\nlanguages: [zh, zh, Englisch]\ndate: 2025-02-30\nlayout: report\n\
        people: [{name: x, role: author, age: 3}]\nthemes: [{title: a, color: red}]\nchecks: {a: loud}\neditions: [de]\nslug: A B\n\
        series: {name: x, number: drei}\nidentifier: 978-0-306-40615-8\n\
        cip: {bilingual: {record: x}, zh: {record: x, number: 12}}\ncover: {leaf: thin, ribs: 5}\n\
        epub: {fonts: maybe, links: false, accessibility: {conforms-to: wcag-2.2-a4}}\n\
        pdf: {profiles: [sreen], standards: [a-2x], marks: perhaps, bleed: 3mm, signature: 15, output-intent: {identifier: X}}\n";
    let (config, found) = load(text);
    assert!(config.is_some());
    for (message, under) in [
        ("no key `tilte`", "tilte"),
        ("`fr` is not a language of the book", "fr"),
        ("listed twice", "zh"),
        ("`Englisch` is not a language tag", "Englisch"),
        ("not a valid date", "2025-02-30"),
        ("`author` is not a role", "author"),
        ("no key `age`", "age"),
        ("not a colour", "red"),
        ("not a valid series number", "drei"),
        ("it must be 7", "978-0-306-40615-8"),
        ("incomplete", "record: x"),
        ("form of a CIP number", "12"),
        ("`leaf` cannot be", "thin"),
        ("no key `ribs`", "ribs"),
        ("`fonts` cannot be", "maybe"),
        ("no key `links`", "links"),
        ("not a WCAG level", "wcag-2.2-a4"),
        ("the level of `a` is not valid", "loud"),
        ("`sreen` is not a kind of PDF", "sreen"),
        ("`a-2x` is not a PDF standard", "a-2x"),
        ("`marks` must be", "perhaps"),
        ("no key `bleed`", "bleed"),
        ("no number of pages", "15"),
        ("needs `icc`", "output-intent"),
        ("`de` is not", "de"),
        ("file name", "A B"),
    ] {
        assert!(found.iter().any(|(m, u)| m.contains(message) && u == under), "{message}: {found:#?}");
    }
}

#[test]
fn one_isbn_is_one_edition() {
    let config = |identifier: &str| {
        format!("title: a\nlanguages: [zh, en]\ndate: 2026-03-01\nlayout: book\nidentifier: {identifier}\n")
    };
    let number = "978-0-306-40615-7";
    for (identifier, under) in [
        (number.to_owned(), number),
        (format!("{{zh: {number}, en: 9780306406157}}"), "9780306406157"),
        (format!("{{zh: {{print: {number}}}, en: {number}}}"), number),
    ] {
        let (_, found) = load(&config(&identifier));
        assert_eq!(
            found,
            [("this ISBN is used for more than one edition".to_owned(), under.to_owned())],
            "{identifier}"
        );
    }
    let (_, found) = load(&config(&format!("{{zh: {number}, en: 978-3-16-148410-0}}")));
    assert_eq!(found, []);
}

#[test]
fn what_must_be_there_is_asked_for() {
    let (config, found) = load("title: a\n");
    assert!(config.is_none() && found[0].0.contains("languages"), "{found:?}");
    let (_, found) = load("languages: [zh]\n");
    let all: String = found.iter().map(|(m, _)| m.as_str()).collect();
    assert!(all.contains("no title") && all.contains("no date") && all.contains("layout"), "{all}");
    let (config, found) = load("[a]");
    assert!(config.is_none() && found.len() == 1, "{found:?}");
}

#[test]
fn the_bilingual_edition_has_the_options_of_a_book_that_is_parallel() {
    let text = "title: T\nlanguages: [zh, en]\ndate: 2026-01-01\neditions: [bilingual]\n\
        layout: {name: parallel, options: {arrangement: pages}}\n";
    let of = |text: &str| load(text).0.unwrap().layout(&EditionKind::Bilingual);
    assert!(of(text).options.contains_key("arrangement"));
    let other = of(&text.replace("name: parallel", "name: report"));
    assert_eq!((other.name.as_str(), other.options.len()), ("parallel", 0));
}
