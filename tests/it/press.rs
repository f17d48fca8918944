//! What the print PDF promises a printer, read back from the file.

use std::fs;
use std::path::Path;

use dama_pub::pdf::boxes::{Rect, page_box};
use dama_pub::pdf::content::{self, drawings};
use lopdf::content::{Content, Operation};
use lopdf::{Document, Object, ObjectId};

use crate::command::{copy_dir, dama_pub, root, said};
use crate::publication;

const EDITIONS: [&str; 3] = ["zh", "en", "bilingual"];

#[test]
fn boxes_lie_inside_each_other() {
    for edition in EDITIONS {
        let doc = print(edition);
        for page in doc.page_iter() {
            let [media, bleed, trim] = boxes(&doc, page);
            assert!(media.holds(bleed) && bleed.holds(trim), "{edition}: {media:?} {bleed:?} {trim:?}");
            let mm = |points: f32| (points / 72.0 * 25.4).round();
            assert_eq!((mm(trim.width()), mm(trim.height())), (210.0, 285.0), "{edition}");
            assert_eq!((mm(bleed.width()), mm(media.width())), (216.0, 236.0), "{edition}");
        }
    }
}

#[test]
fn screen_pages_are_trimmed() {
    for edition in EDITIONS {
        let doc = load(&format!("ten-trends-2022-{edition}.pdf"));
        for page in doc.page_iter() {
            let media = page_box(&doc, page, b"MediaBox").expect("a page has a size");
            let trim = page_box(&doc, page, b"TrimBox").unwrap_or(media);
            assert!(trim.holds(media), "{edition}: {media:?} {trim:?}");
        }
    }
}

#[test]
fn no_link_is_left_and_the_tags_stay_whole() {
    for edition in EDITIONS {
        let doc = print(edition);
        assert!(doc.catalog().expect("a catalogue").has(b"StructTreeRoot"), "{edition} is tagged");
        for object in doc.objects.values() {
            let Ok(dict) = object.as_dict() else { continue };
            for key in [b"Annots".as_slice(), b"StructParent"] {
                assert!(!dict.has(key), "{edition}: {dict:?}");
            }
            let kind = dict.get(b"S").and_then(Object::as_name).unwrap_or_default();
            assert!(kind != b"Link", "{edition}: {dict:?}");
            let kids = dict.get(b"K").and_then(Object::as_array).cloned().unwrap_or_default();
            let stale = |kid: &Object| kid.as_dict().is_ok_and(|kid| kid.has_type(b"OBJR"));
            assert!(!kids.iter().any(stale), "{edition}: {dict:?}");
        }
        for object in doc.objects.values() {
            for target in references(object) {
                assert!(doc.has_object(target), "{edition}: {object:?} names {target:?}, which is not there");
            }
        }
    }
}

#[test]
fn black_is_printed_with_black_ink_alone() {
    for edition in EDITIONS {
        let doc = print(edition);
        let mut black = 0;
        for drawing in drawings(&doc) {
            let spaces = content::entry(&doc, &drawing.resources, b"ColorSpace");
            let mut space = 0;
            for operation in drawing.streams.iter().flat_map(|id| operations(&doc, *id)) {
                let parts: Vec<f32> = operation.operands.iter().filter_map(|part| part.as_float().ok()).collect();
                match operation.operator.as_str() {
                    "cs" | "CS" => space = components(&doc, &spaces, &operation.operands[0]),
                    "g" | "G" => panic!("{edition}: {operation:?}"),
                    "k" | "K" => black += usize::from(parts[..3] == [0.0; 3] && parts[3] == 1.0),
                    "scn" | "SCN" | "sc" | "SC" => {
                        assert!(space != 1, "{edition}: {operation:?} in a space for grey");
                        let neutral = space == 3 && parts.windows(2).all(|pair| pair[0] == pair[1]);
                        assert!(!neutral, "{edition}: {operation:?} in a space for RGB");
                    }
                    "rg" | "RG" => assert!(parts[0] != parts[1] || parts[1] != parts[2], "{edition}: {operation:?}"),
                    _ => {}
                }
            }
        }
        assert!(black > 1000, "{edition}: there is text in black");
    }
}

#[test]
fn marks_lie_beyond_the_bleed() {
    let doc = print("zh");
    let page = doc.page_iter().next().expect("a page");
    let [media, bleed, _] = boxes(&doc, page);
    let named = content::entry(&doc, &content::page_resources(&doc, page), b"XObject");
    let marks = named.get(b"DamaMarks").and_then(Object::as_reference).expect("the page has marks");
    let mut points = 0;
    for operation in operations(&doc, marks) {
        let numbers: Vec<f32> = operation.operands.iter().filter_map(|part| part.as_float().ok()).collect();
        let corners: Vec<(f32, f32)> = match operation.operator.as_str() {
            "m" | "l" | "c" => numbers.chunks(2).map(|pair| (pair[0], pair[1])).collect(),
            "re" => vec![(numbers[0], numbers[1]), (numbers[0] + numbers[2], numbers[1] + numbers[3])],
            _ => continue,
        };
        for (x, y) in corners {
            let point = Rect { left: x, right: x, bottom: y, top: y };
            assert!(media.holds(point) && !bleed.holds(point), "{operation:?} inside {bleed:?}");
            points += 1;
        }
    }
    assert!(points > 60, "crop marks, register marks and the bar: {points}");
    let last = *doc.get_page_contents(page).last().expect("the page has content");
    let slug = operations(&doc, last);
    // The first operator ends the clip of the page's own content.
    assert_eq!((slug[0].operator.as_str(), slug[1].operator.as_str()), ("Q", "BDC"));
    assert_eq!(slug[1].operands[0], "Artifact".into(), "an artifact for the tags");
    assert!(slug.iter().filter(|operation| operation.operator == "c").count() > 100, "the slug has letters");
}

#[test]
fn both_pdfs_have_the_same_text() {
    for edition in EDITIONS {
        let (screen, print) = (load(&format!("ten-trends-2022-{edition}.pdf")), print(edition));
        let text = |doc: &Document| -> Vec<Vec<Object>> {
            let streams = doc.page_iter().flat_map(|page| doc.get_page_contents(page)).collect::<Vec<_>>();
            let all = streams.into_iter().flat_map(|id| operations(doc, id));
            all.filter(|op| matches!(op.operator.as_str(), "Tj" | "TJ")).map(|op| op.operands).collect()
        };
        let (of_screen, of_print) = (text(&screen), text(&print));
        assert!(of_screen.len() > 1000 && of_screen == of_print, "{edition}");
    }
}

#[test]
fn an_output_intent_makes_it_pdfx_and_says_that_nobody_validated_it() {
    let (dir, output) =
        build("pdf: {profiles: [print], output-intent: {icc: p.icc, identifier: FOGRA39}}", b"prtrCMYK");
    assert!(output.status.success(), "{}", said(&output));
    assert!(said(&output).contains("PDF/X-4 profile, not validated"), "{}", said(&output));
    let doc = Document::load(dir.path().join("out/book-zh-print.pdf")).expect("a PDF");
    assert_eq!(doc.version, "1.6");
    let intents = doc.catalog().unwrap().get(b"OutputIntents").and_then(Object::as_array).expect("an output intent");
    let intent = doc.get_dictionary(intents[0].as_reference().unwrap()).unwrap();
    assert_eq!(intent.get(b"S").and_then(Object::as_name).unwrap(), b"GTS_PDFX");
    assert_eq!(intent.get(b"OutputConditionIdentifier").and_then(Object::as_str).unwrap(), b"FOGRA39");
    let profile = doc.get_object(intent.get(b"DestOutputProfile").unwrap().as_reference().unwrap()).unwrap();
    assert_eq!(profile.as_stream().unwrap().dict.get(b"N").and_then(Object::as_i64).unwrap(), 4);
    let xmp = xmp(&doc);
    for part in [">PDF/X-4<", "<pdf:Trapped>False<", "<xmpMM:VersionID>1<", "<xmpMM:RenditionClass>default<"] {
        assert!(xmp.contains(part), "{part}: {xmp}");
    }
}

#[test]
fn without_an_output_intent_nothing_is_claimed_and_marks_can_be_left_out() {
    let (dir, output) = build("pdf: {profiles: [print], marks: false}", b"prtrCMYK");
    assert!(output.status.success(), "{}", said(&output));
    let doc = Document::load(dir.path().join("out/book-zh-print.pdf")).expect("a PDF");
    assert!(!doc.catalog().unwrap().has(b"OutputIntents") && !xmp(&doc).contains("PDF/X"));
    let page = doc.page_iter().next().expect("a page");
    let [media, bleed, _] = boxes(&doc, page);
    assert_eq!(media, bleed);
    assert!(!content::entry(&doc, &content::page_resources(&doc, page), b"XObject").has(b"DamaMarks"));
}

#[test]
fn a_profile_for_rgb_is_refused_at_its_line() {
    let (dir, output) = build("pdf: {output-intent: {icc: p.icc, identifier: sRGB}}", b"mntrRGB ");
    assert_eq!(output.status.code(), Some(1));
    let said = said(&output);
    let lines = fs::read_to_string(dir.path().join("manuscript/book.yaml")).expect("book.yaml").lines().count();
    assert!(said.contains("class `mntr`") && said.contains(&format!("book.yaml:{lines}:")), "{said}");
}

#[test]
fn the_command_line_chooses_the_kind_and_the_book_the_standards() {
    let dir = book("pdf: {standards: [a-4]}");
    let output = dama_pub(dir.path(), &["build", "--profile", "screen", "--profile", "print", "--format", "pdf"]);
    assert!(output.status.success(), "{}", said(&output));
    assert!(dir.path().join("out/book-zh-print.pdf").is_file());
    let doc = Document::load(dir.path().join("out/book-zh.pdf")).expect("a PDF");
    assert!(xmp(&doc).contains("<pdfaid:part>4<"), "{}", xmp(&doc));
}

#[test]
fn a_heading_that_skips_a_level_does_not_keep_a_book_from_its_standards() {
    let dir = book("pdf: {standards: [a-2a, ua-1]}");
    let chapters = dir.path().join("manuscript/zh");
    let chapter = fs::read_dir(chapters).expect("the folder").next().expect("a chapter").expect("an entry").path();
    let text = fs::read_to_string(&chapter).expect("a text");
    fs::write(&chapter, format!("{text}\n\n### 三\n\n一段。\n\n###### 六\n\n> ##### 引文里\n\n一段。\n"))
        .expect("a file");
    let output = dama_pub(dir.path(), &["build", "--edition", "zh", "--format", "pdf"]);
    assert!(output.status.success(), "{}", said(&output));
}

/// The smallest book, with a line more in its `book.yaml`.
fn book(line: &str) -> tempfile::TempDir {
    let dir = tempfile::tempdir().expect("a temporary folder");
    copy_dir(&root().join("tests/books/minimal"), dir.path());
    let path = dir.path().join("manuscript/book.yaml");
    let text = fs::read_to_string(&path).expect("book.yaml");
    fs::write(path, format!("{}\n{line}\n", text.trim_end())).expect("book.yaml can be written");
    dir
}

/// Builds it with a profile `p.icc` that is no more than a header of a class and a colour space.
fn build(line: &str, header: &[u8; 8]) -> (tempfile::TempDir, std::process::Output) {
    let dir = book(line);
    let mut profile = vec![0; 132];
    profile[..4].copy_from_slice(&132_u32.to_be_bytes());
    profile[12..20].copy_from_slice(header);
    profile[36..40].copy_from_slice(b"acsp");
    fs::write(dir.path().join("p.icc"), profile).expect("the profile can be written");
    let output = dama_pub(dir.path(), &["build", "--edition", "zh", "--format", "pdf"]);
    (dir, output)
}

fn print(edition: &str) -> Document {
    load(&format!("ten-trends-2022-{edition}-print.pdf"))
}

fn load(name: &str) -> Document {
    let path: &Path = &publication::artifact(name);
    Document::load(path).expect("a PDF")
}

fn boxes(doc: &Document, page: ObjectId) -> [Rect; 3] {
    let keys: [&[u8]; 3] = [b"MediaBox", b"BleedBox", b"TrimBox"];
    keys.map(|key| page_box(doc, page, key).expect("the page has all boxes"))
}

fn operations(doc: &Document, id: ObjectId) -> Vec<Operation> {
    let plain = doc.get_object(id).and_then(Object::as_stream).and_then(lopdf::Stream::get_plain_content);
    Content::decode_strict(&plain.expect("a stream")).expect("operators").operations
}

/// Number of parts of an ICC space; 0 for every other.
fn components(doc: &Document, spaces: &lopdf::Dictionary, name: &Object) -> i64 {
    let space = spaces.get_deref(name.as_name().expect("a name"), doc).and_then(Object::as_array);
    let Some(profile) = space.ok().and_then(|space| space.get(1)?.as_reference().ok()) else { return 0 };
    let dict = doc.get_object(profile).and_then(Object::as_stream).map(|stream| &stream.dict);
    dict.and_then(|dict| dict.get(b"N")).and_then(Object::as_i64).unwrap_or(0)
}

fn xmp(doc: &Document) -> String {
    let id = doc.catalog().expect("a catalogue").get(b"Metadata").and_then(Object::as_reference).expect("metadata");
    let plain = doc.get_object(id).and_then(Object::as_stream).and_then(lopdf::Stream::get_plain_content);
    String::from_utf8(plain.expect("a stream")).expect("XMP is UTF-8")
}

fn references(object: &Object) -> Vec<ObjectId> {
    match object {
        Object::Reference(id) => vec![*id],
        Object::Array(list) => list.iter().flat_map(references).collect(),
        Object::Dictionary(dict) => dict.iter().flat_map(|(_, object)| references(object)).collect(),
        Object::Stream(stream) => stream.dict.iter().flat_map(|(_, object)| references(object)).collect(),
        _ => Vec::new(),
    }
}
