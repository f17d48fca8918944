//! What an author chooses for the e-books in `book.yaml`, and what stays when the book changes.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};
use std::path::Path;

use allsorts::binary::read::ReadScope;
use allsorts::font::read_cmap_subtable;
use allsorts::font_data::FontData;
use allsorts::tables::FontTableProvider;
use allsorts::tables::cmap::Cmap;
use allsorts::tag;

use crate::command::{dama_pub, printed, said, write_book};

const ZH: &str =
    "---\ntitle: 灯\n---\n第一段，念{饕餮|tāo tiè}与{重庆|Chungking}。\n\n第二段讲油灯。\n\n第三段讲*电灯*。\n";
const EN: &str = "---\ntitle: Lamps\n---\nThe first paragraph names a beast and a city.\n\nThe second is about oil lamps.\n\nThe third is about *electric* lamps.\n";

/// Builds the e-books of a book with more lines in its `book.yaml`, and gives the files of one edition.
fn built(zh: &str, en: &str, extra: &str, edition: &str) -> BTreeMap<String, Vec<u8>> {
    built_with(zh, en, extra, edition, &[])
}

/// The same with more files in the manuscript.
fn built_with(zh: &str, en: &str, extra: &str, edition: &str, more: &[(&str, &[u8])]) -> BTreeMap<String, Vec<u8>> {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let config = format!(
        "title: {{zh: 灯, en: Lamps}}\nslug: lamps\nlanguages: [zh, en]\neditions: [zh, en, bilingual]\ndate: 2026-03-01\nlayout: book\n{extra}"
    );
    let files = [("book.yaml", config.as_str()), ("zh/01-lamp.md", zh), ("en/01-lamp.md", en)];
    let files = files.map(|(path, text)| (path, text.as_bytes()));
    write_book(&dir.path().join("manuscript"), &[&files, more].concat());
    let output = dama_pub(dir.path(), &["build", "--format", "epub"]);
    assert!(output.status.success(), "{}", said(&output));
    entries(&dir.path().join(format!("out/lamps-{edition}.epub")))
}

pub(crate) fn entries(epub: &Path) -> BTreeMap<String, Vec<u8>> {
    let bytes = std::fs::read(epub).expect("the e-book is there");
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("a zip");
    let mut files = BTreeMap::new();
    for index in 0..archive.len() {
        let mut entry = archive.by_index(index).expect("an entry");
        let mut bytes = Vec::new();
        entry.read_to_end(&mut bytes).expect("an entry can be read");
        files.insert(entry.name().expect("a name").into_owned(), bytes);
    }
    files
}

fn text(files: &BTreeMap<String, Vec<u8>>, name: &str) -> String {
    String::from_utf8(files[name].clone()).expect("UTF-8")
}

/// Whether a font has a glyph for a character.
fn has(font: &[u8], letter: char) -> bool {
    let data = ReadScope::new(font).read::<FontData<'_>>().expect("a font");
    let table = data.table_provider(0).expect("its tables").read_table_data(tag::CMAP).expect("a map").into_owned();
    let cmap = ReadScope::new(&table).read::<Cmap<'_>>().expect("a map");
    let (_, map) = read_cmap_subtable(&cmap).expect("a good map").expect("a map of Unicode");
    map.map_glyph(u32::from(letter)).expect("a good map").is_some_and(|glyph| glyph != 0)
}

#[test]
fn a_book_carries_its_fonts_only_when_it_is_asked_to() {
    let plain = built(ZH, EN, "", "zh");
    assert!(!plain.keys().any(|name| name.contains("fonts/") || name.contains("apple")), "{:?}", plain.keys());
    assert!(!text(&plain, "OEBPS/style.css").contains("@font-face"));
    let own = built(ZH, EN, "epub: {fonts: true}\n", "zh");
    assert!(own.keys().any(|name| name.contains("com.apple.ibooks")), "Apple Books is told");
    let fonts: Vec<(&String, &Vec<u8>)> = own.iter().filter(|(name, _)| name.contains("/fonts/")).collect();
    assert_eq!(fonts.len(), 5, "two weights of two faces, and the one for quotations");
    let css = text(&own, "OEBPS/style.css");
    for (name, bytes) in fonts {
        assert!(css.contains(name.trim_start_matches("OEBPS/")), "{name} is named");
        assert!(bytes.len() < 200_000, "{name} is cut down: {} bytes", bytes.len());
        assert!("第一段念与二讲油灯三电。，".chars().all(|letter| has(bytes, letter)), "{name} has every letter");
        assert!(!has(bytes, '鸡'), "{name} has only those");
    }
}

#[test]
fn fonts_of_a_reserved_name_go_in_as_they_are() {
    let own = built(ZH, EN, "epub: {fonts: true}\n", "en");
    let whole = include_bytes!("../../fonts/SourceSerif4-Regular.otf");
    assert!(own.values().any(|bytes| bytes.as_slice() == whole), "{:?}", own.keys());
    assert!(!own.values().any(|bytes| bytes.len() > 500_000), "no Chinese in the English edition");
}

#[test]
fn the_front_of_the_pages_is_the_cover_unless_a_picture_is_given() {
    let drawn = built(ZH, EN, "", "en");
    assert!(
        text(&drawn, "OEBPS/content.opf")
            .contains("href=\"images/cover.jpg\" media-type=\"image/jpeg\" properties=\"cover-image\"")
    );
    assert!(text(&drawn, "OEBPS/cover.xhtml").contains("<img src=\"images/cover.jpg\" alt=\"Cover: Lamps\""));
    let cover = image::load_from_memory(&drawn["OEBPS/images/cover.jpg"]).expect("a picture").to_luma8();
    // As shops have it, 1 : 1.6, in the pixels that an e-book may have.
    assert!((f64::from(cover.height()) / f64::from(cover.width()) - 1.6).abs() < 0.001);
    assert!(cover.width() > 1500 && cover.width() * cover.height() <= 4_000_000);
    let ink = cover.pixels().filter(|pixel| pixel.0[0] < 128).count();
    assert!(ink > 1000, "the title stands on it: {ink} dark pixels");
    let mut given = Cursor::new(Vec::new());
    image::DynamicImage::new_luma8(750, 1000)
        .write_to(&mut given, image::ImageFormat::Png)
        .expect("encoding in memory");
    let own = built_with(ZH, EN, "", "en", &[("images/cover.png", given.get_ref())]);
    assert!(
        own.contains_key("OEBPS/images/cover.png") && !own.contains_key("OEBPS/images/cover.jpg"),
        "{:?}",
        own.keys()
    );
}

#[test]
fn names_stand_together_and_a_shared_figure_has_both_captions() {
    let zh = "---\ntitle: 灯\n---\n:::names\n- **法拉第**\n- **斯旺**\n:::\n\n:::figure {#fig:a}\n![灯](../images/a.svg)\n\n一盏灯\n:::\n";
    let en = "---\ntitle: Lamps\n---\n:::names\n- **Faraday**\n- **Swan**\n:::\n\n:::figure {#fig:a}\n![a lamp](../images/a.svg)\n\nA lamp\n:::\n";
    let svg = br#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9z"/></svg>"#;
    let page = text(&built_with(zh, en, "", "bilingual", &[("images/a.svg", svg)]), "OEBPS/ch-01-lamp.xhtml");
    let names: Vec<&str> = page.split("<li>").skip(1).filter_map(|rest| rest.split("</li>").next()).collect();
    assert_eq!(names.len(), 2, "{page}");
    assert!(
        names[0].contains("法拉第") && names[0].contains("<p lang=\"en\" xml:lang=\"en\"><strong>Faraday"),
        "{page}"
    );
    let caption = page.split("<figcaption>").nth(1).and_then(|rest| rest.split("</figcaption>").next());
    let caption = caption.expect("a caption");
    assert!(caption.contains("图 1</span>　一盏灯"), "{caption}");
    assert!(
        caption.contains(
            "<span class=\"translation\" lang=\"en\" xml:lang=\"en\"><span class=\"label\">Figure 1</span>. A lamp"
        ),
        "{caption}"
    );
}

#[test]
fn paragraphs_lead_to_their_counterparts_and_back() {
    let page = text(&built(ZH, EN, "", "bilingual"), "OEBPS/ch-01-lamp.xhtml");
    let links: Vec<&str> = page.split("class=\"counterpart\" href=\"#").skip(1).collect();
    assert_eq!(links.len(), 6, "two for each of three pairs");
    for link in links {
        let id = &link[..link.find('"').expect("an attribute ends")];
        assert!(page.contains(&format!("<p id=\"{id}\"")), "{id}");
    }
    let without = text(&built(ZH, EN, "epub: {counterpart-links: false}\n", "bilingual"), "OEBPS/ch-01-lamp.xhtml");
    assert!(!without.contains("counterpart"));
}

#[test]
fn the_id_of_a_pair_stays_when_others_come_and_go() {
    let ids = |zh: &str, en: &str| -> Vec<String> {
        let page = text(&built(zh, en, "", "bilingual"), "OEBPS/ch-01-lamp.xhtml");
        let ids = page.split("<div id=\"").skip(1).map(|rest| rest[..rest.find('"').expect("an end")].to_owned());
        ids.collect()
    };
    let before = ids(ZH, EN);
    assert_eq!(before.len(), 3);
    let zh = ZH.replace("第一段", "新的一段说蜡烛。\n\n第一段").replace("第二段讲油灯。\n\n", "");
    let en = EN
        .replace("The first", "A new one is about candles.\n\nThe first")
        .replace("The second is about oil lamps.\n\n", "");
    let after = ids(&zh, &en);
    assert_eq!(after[1..], [before[0].clone(), before[2].clone()], "one came before them, one went from between them");
}

#[test]
fn a_claim_says_who_makes_it() {
    let extra = "epub: {accessibility: {conforms-to: wcag-2.2-aa, certified-by: 无障碍组, report: \"https://example.org/a\"}}\n\
        identifier: {zh: {print: 978-0-306-40615-7, epub: 978-3-16-148410-0}}\n";
    let package = text(&built(ZH, EN, extra, "zh"), "OEBPS/content.opf");
    for line in [
        "<meta property=\"dcterms:conformsTo\" id=\"conformance\">EPUB Accessibility 1.1 - WCAG 2.2 Level AA</meta>",
        "<meta refines=\"#conformance\" property=\"a11y:certifiedBy\">无障碍组</meta>",
        "<link rel=\"a11y:certifierReport\" refines=\"#conformance\" href=\"https://example.org/a\"/>",
        "<meta property=\"pageBreakSource\">urn:isbn:9780306406157</meta>",
        ">urn:isbn:9783161484100</dc:identifier>",
    ] {
        assert!(package.contains(line), "{line} in {package}");
    }
    assert!(!text(&built(ZH, EN, "", "zh"), "OEBPS/content.opf").contains("conformsTo"), "nobody claims it");
}

#[test]
fn readings_stand_above_their_characters() {
    let page = text(&built(ZH, EN, "", "zh"), "OEBPS/ch-01-lamp.xhtml");
    let plain = page.replace(" lang=\"zh-Latn\" xml:lang=\"zh-Latn\"", "");
    assert!(
        plain.contains("念<ruby>饕<rt>tāo</rt>餮<rt>tiè</rt></ruby>与<ruby>重庆<rt>Chungking</rt></ruby>。"),
        "{plain}"
    );
}

#[test]
fn marks_in_one_place_are_two_numbers() {
    let zh = "---\ntitle: 灯\n---\n甲[^a][^b]，乙[^c] **[^d]**。\n\n[^a]: 一。\n[^b]: 二。\n[^c]: 三。\n[^d]: 四。\n";
    let page = text(&built(zh, "---\ntitle: Lamp\n---\nA.\n", "", "zh"), "OEBPS/ch-01-lamp.xhtml");
    let said: String = page.split('<').filter_map(|part| part.split_once('>')).map(|(_, text)| text).collect();
    assert!(said.contains("甲1,2，乙3,4。"), "{said}");
}

#[test]
fn a_note_that_devices_cut_off_is_told() {
    let check = |length: usize| {
        let dir = tempfile::tempdir().expect("a temporary folder");
        let zh = format!("---\ntitle: 灯\n---\n文。[^a]\n\n[^a]: {}\n", "字".repeat(length));
        let config = "title: 灯\nlanguages: [zh]\ndate: 2026-03-01\nlayout: book\n";
        write_book(&dir.path().join("manuscript"), &[("book.yaml", config.as_bytes()), ("zh/01-a.md", zh.as_bytes())]);
        printed(&dama_pub(dir.path(), &["check"])).contains("long-note")
    };
    assert_eq!([check(5000), check(5001)], [false, true]);
}

/// Builds an edition of a book without a page list, beside that of a layout of its own or of another book; gives its files.
fn built_in(
    layout: &str,
    extra: &str,
    edition: &str,
    more: &[(&str, &str)],
    format: &[&str],
) -> BTreeMap<String, Vec<u8>> {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let config = format!(
        "title: {{zh: 灯, en: Lamps}}\nslug: lamps\nlanguages: [zh, en]\ndate: 2026-03-01\nlayout: {layout}\n{extra}"
    );
    let files =
        [("manuscript/book.yaml", config.as_str()), ("manuscript/zh/01-lamp.md", ZH), ("manuscript/en/01-lamp.md", EN)];
    let files: Vec<(&str, &[u8])> = files.iter().chain(more).map(|(path, text)| (*path, text.as_bytes())).collect();
    write_book(dir.path(), &files);
    let output = dama_pub(dir.path(), &[&["build", "--edition", edition], format].concat());
    assert!(output.status.success() && !said(&output).contains("page-list"), "{}", said(&output));
    entries(&dir.path().join(format!("out/lamps-{edition}.epub")))
}

const NO_LIST: &str = "epub: {page-list: false}\n";
const ALONE: &[&str] = &["--format", "epub"];
const COVER: &str = "OEBPS/images/cover.jpg";

#[test]
fn an_e_book_without_a_page_list_is_the_same_with_and_without_its_pdf() {
    for (layout, edition) in [("report", "zh"), ("book", "en"), ("handbook", "zh"), ("parallel", "bilingual")] {
        let editions = "editions: [zh, en, bilingual]\n";
        let extra = format!("{NO_LIST}{editions}");
        let layout = if layout == "parallel" { "report" } else { layout };
        let alone = built_in(layout, &extra, edition, &[], ALONE);
        assert!(alone == built_in(layout, &extra, edition, &[], &[]), "{layout}");
        assert!(!text(&alone, "OEBPS/nav.xhtml").contains("page-list"));
        assert!(!text(&alone, "OEBPS/ch-01-lamp.xhtml").contains("doc-pagebreak"));
        let listed = built_in(layout, editions, edition, &[], ALONE);
        assert!(text(&listed, "OEBPS/nav.xhtml").contains("page-list"));
        let pixels =
            |files: &BTreeMap<String, Vec<u8>>| image::load_from_memory(&files[COVER]).expect("a picture").to_rgb8();
        let (own, other) = (pixels(&alone), pixels(&listed));
        assert_eq!(own.dimensions(), other.dimensions());
        let apart = own.iter().zip(other.iter()).filter(|(own, other)| own.abs_diff(**other) > 40).count();
        assert!(apart * 1000 < own.len(), "the cover of {layout} is that of the printed book: {apart}");
    }
}

#[test]
fn for_the_cover_alone_no_text_is_set() {
    let bare = "#page(width: 100mm, height: 160mm, [#dama.book.title])\n\
        #for chapter in dama.book.chapters { assert(dama.chapter(chapter.path) == [], message: \"text is set\") }\n";
    let more = [("layouts/mine/layout.yaml", "name: mine\n"), ("layouts/mine/layout.typ", bare)];
    assert!(built_in("mine", NO_LIST, "zh", &more, ALONE).contains_key(COVER));
}

#[test]
fn a_layout_that_needs_the_text_for_its_cover_is_given_it() {
    let needy = "#let text = dama.book.chapters.map(chapter => dama.chapter(chapter.path))\n\
        #assert(text.all(body => body != []), message: \"no text\")\n\
        #page(width: 100mm, height: 160mm, text.join())\n";
    let more = [("layouts/mine/layout.yaml", "name: mine\n"), ("layouts/mine/layout.typ", needy)];
    assert!(built_in("mine", NO_LIST, "zh", &more, ALONE).contains_key(COVER));
}

#[test]
fn a_cover_that_cannot_be_set_is_told_and_the_e_book_is_made() {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let config = format!("title: 灯\nslug: lamps\nlanguages: [zh]\ndate: 2026-03-01\nlayout: mine\n{NO_LIST}");
    let files = [
        ("manuscript/book.yaml", config.as_str()),
        ("manuscript/zh/01-lamp.md", ZH),
        ("layouts/mine/layout.yaml", "name: mine\n"),
        ("layouts/mine/layout.typ", "#panic(\"never\")\n"),
    ];
    write_book(dir.path(), &files.map(|(path, text)| (path, text.as_bytes())));
    let output = dama_pub(dir.path(), &["build", "--format", "epub"]);
    assert!(output.status.success() && said(&output).contains("page-list"), "{}", said(&output));
    assert!(!entries(&dir.path().join("out/lamps-zh.epub")).contains_key(COVER));
}
