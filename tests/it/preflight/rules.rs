//! Each rule that looks at a PDF: a file that breaks it, and the same file in order.

use dama_pub::model::Profile::{Print, Screen};
use lopdf::{Dictionary, Object, Stream, dictionary};

use super::sample::{BLEED, Sample, TRIM, look, said};

const NONE: [&str; 0] = [];

/// A page of text in black ink, 20 mm inside.
const TEXT: &str = "BT /F 10 Tf 0 g 57 300 Td (text) Tj ET";

fn text() -> Sample {
    Sample::new().font("F", "TrueType", true, true)
}

#[test]
fn a_page_in_order_gives_nothing() {
    assert_eq!(text().page(TEXT).found(Print), NONE);
}

#[test]
fn boxes_lie_in_each_other_and_pages_have_one_size() {
    let with = |key: &str, rect: [f64; 4]| {
        let mut sample = text().page(TEXT).page(TEXT).page(TEXT);
        sample.of_page(1).set(key, rect.map(Object::from).to_vec());
        sample
    };
    let [width, height] = TRIM;
    let out = with("TrimBox", [0.0, 0.0, width + 50.0, height]);
    let (_, flaws) = look(&out.bytes(), Print);
    assert!(
        flaws[0].finding.message.to_string().contains("the TrimBox extends beyond the MediaBox on page 2"),
        "{flaws:?}"
    );
    let smaller = with("TrimBox", [0.0, 0.0, width - 20.0, height]);
    assert_eq!(smaller.found(Print), ["error page-boxes"]);
    assert_eq!(
        with("TrimBox", [0.0, 0.0, width - 20.0, height]).found(Screen).iter().filter(|s| s.contains("boxes")).count(),
        0
    );
    assert_eq!(with("BleedBox", [10.0, 0.0, width, height]).found(Print), ["error page-boxes"]);
    assert_eq!(with("TrimBox", [0.0, 0.0, width + 1.0, height]).found(Print), NONE, "rounding");
    let mut sample = text().page(TEXT);
    sample.of_page(0).remove(b"TrimBox");
    assert_eq!(sample.found(Print), ["warning page-boxes"]);
}

#[test]
fn art_at_the_edge_fills_the_bleed() {
    let area = |x: f64, width: f64| format!("0.2 0.3 0.1 0 k {x} 100 {width} 50 re f");
    let found = |content: &str| Sample::new().page(content).found(Print);
    assert_eq!(found(&area(0.0, 100.0)), ["error missing-bleed"]);
    assert_eq!(found(&area(-3.0, 100.0)), ["error missing-bleed"], "1 mm is too little");
    assert_eq!(found(&area(-BLEED, 100.0)), NONE);
    assert_eq!(found(&area(20.0, 100.0)), NONE, "it does not touch the edge");
    assert_eq!(found(&area(TRIM[0] - 50.0, 50.0)), ["error missing-bleed"], "the right edge");
    assert_eq!(found("0 0 0 0 k 0 100 50 50 re f"), NONE, "white shows nowhere");
    assert_eq!(Sample::new().page(&area(0.0, 100.0)).found(Screen).iter().filter(|s| s.contains("bleed")).count(), 0);
    // What is clipped at the edge ends there, however large it is.
    assert_eq!(found(&format!("q 0 0 400 400 re W n {} Q", area(-20.0, 200.0))), ["error missing-bleed"]);
    let image = |x: f64| {
        let content = format!("q 100 0 0 100 {x} 100 cm /I Do Q");
        Sample::new().image("I", [500, 500], "DeviceCMYK", 4).page(&content).found(Print)
    };
    assert_eq!((image(0.0), image(-BLEED)), (vec!["error missing-bleed".to_owned()], Vec::new()));
}

#[test]
fn fonts_are_embedded_mapped_and_outlines() {
    let font = |kind: &str, embedded: bool, unicode: bool| {
        Sample::new().font("F", kind, embedded, unicode).page(TEXT).found(Print)
    };
    assert_eq!(font("TrueType", false, true), ["error font-embedding"]);
    assert_eq!(font("TrueType", true, false), ["warning unmapped-text"]);
    assert_eq!(font("Type3", true, true), ["warning type3-font"]);
    // A font that no text is set in is nobody's concern.
    assert_eq!(Sample::new().font("F", "TrueType", false, false).page("0 g").found(Print), NONE);
}

#[test]
fn pictures_have_pixels_enough_however_they_are_placed() {
    let at = |matrix: &str| {
        let content = format!("q {matrix} 100 100 cm /I Do Q");
        let sample = Sample::new().image("I", [300, 300], "DeviceCMYK", 4).page(&content);
        let (facts, flaws) = look(&sample.bytes(), Print);
        let dama_pub::inspect::MarkKind::Image(image) = &facts.pages[0].marks[0].kind else { panic!("an image") };
        (image.resolution().round(), said(&flaws))
    };
    // 300 pixels on an inch, and on an inch and a half.
    assert_eq!(at("72 0 0 72"), (300.0, vec![]));
    assert_eq!(at("0 72 -72 0"), (300.0, vec![]), "turned");
    assert_eq!(at("50.91 50.91 -50.91 50.91"), (300.0, vec![]), "turned by 45 degrees");
    assert_eq!(at("100 0 0 100"), (216.0, vec!["warning image-resolution".to_owned()]));
    assert_eq!(at("72 0 0 144"), (150.0, vec!["error image-resolution".to_owned()]), "drawn out");
    // In a form that enlarges it.
    let form = |resources: Dictionary| {
        Stream::new(
            dictionary! { "Subtype" => "Form", "BBox" => vec![0.into(), 0.into(), 900.into(), 900.into()],
            "Matrix" => vec![2.into(), 0.into(), 0.into(), 2.into(), 0.into(), 0.into()], "Resources" => resources },
            b"q 72 0 0 72 50 50 cm /I Do Q".to_vec(),
        )
    };
    let mut sample = Sample::new();
    let image = dictionary! { "Subtype" => "Image", "Width" => 300, "Height" => 300, "ColorSpace" => "DeviceGray", "BitsPerComponent" => 8 };
    let image = sample.document.add_object(Stream::new(image, vec![0; 90_000]));
    let resources = dictionary! { "XObject" => dictionary! { "I" => image } };
    assert_eq!(
        sample.resource("XObject", "Form", form(resources)).page("/Form Do").found(Print),
        ["error image-resolution"]
    );
    // Inline.
    let inline = "q 72 0 0 72 100 100 cm BI /W 2 /H 2 /BPC 8 /CS /G ID abcd EI Q";
    assert_eq!(Sample::new().page(inline).found(Print), ["error image-resolution"]);
    assert_eq!(Sample::new().page(inline).found(Screen)[0], "info image-resolution");
}

#[test]
fn a_pattern_is_looked_into() {
    let cell = dictionary! { "PatternType" => 1, "PaintType" => 1, "TilingType" => 1, "XStep" => 9, "YStep" => 9,
    "BBox" => vec![0.into(), 0.into(), 9.into(), 9.into()], "Resources" => Dictionary::new() };
    let mut sample = Sample::new();
    sample = sample.page("/Pattern cs /P scn 50 50 100 100 re f");
    let pattern = sample.document.add_object(Stream::new(cell, b"0.1 w 0 0 m 9 9 l S".to_vec()));
    let resources = dictionary! { "Pattern" => dictionary! { "P" => pattern } };
    sample.of_page(0).set("Resources", resources);
    assert_eq!(sample.found(Print), ["warning hairline"]);
}

#[test]
fn colours_suit_the_press_or_the_screen() {
    let found = |content: &str, profile| Sample::new().page(content).found(profile);
    let screen = |content: &str| -> Vec<String> {
        found(content, Screen).into_iter().filter(|line| line.contains("colour")).collect()
    };
    assert_eq!(found("1 0 0 rg 50 50 10 10 re f", Print), ["info colour-space"]);
    assert_eq!(found("1 0 0 RG 50 50 m 60 60 l S", Print), ["info colour-space"]);
    assert_eq!(found("1 0 0 0 k 50 50 10 10 re f 0.5 g 80 80 10 10 re f", Print), NONE);
    assert_eq!(screen("1 0 0 0 k 50 50 10 10 re f"), ["warning colour-space"]);
    assert_eq!(screen("1 0 0 rg 50 50 10 10 re f"), NONE);
    let spot = vec![Object::from("Separation"), "Gold".into(), "DeviceCMYK".into(), Object::Null];
    let sample = Sample::new().resource("ColorSpace", "S", spot).page("/S cs 1 scn 50 50 10 10 re f");
    let (_, flaws) = look(&sample.bytes(), Print);
    let message = flaws[0].finding.message.to_string();
    assert!(message.starts_with("areas in spot ink Gold on page 1, 18 mm from the left"), "{message}");
    let picture = |space: &str, parts| {
        Sample::new().image("I", [300, 300], space, parts).page("q 72 0 0 72 50 50 cm /I Do Q").found(Print)
    };
    assert_eq!(picture("DeviceRGB", 3), ["info colour-space"]);
    assert_eq!(picture("DeviceGray", 1), NONE);
}

#[test]
fn black_text_is_black_ink() {
    let found =
        |colour: &str, size: f64| text().page(&format!("BT /F {size} Tf {colour} 57 300 Td (text) Tj ET")).found(Print);
    let about_black = |found: Vec<String>| found.into_iter().filter(|line| line.contains("black")).collect::<Vec<_>>();
    assert_eq!(about_black(found("0 0 0 rg", 10.0)), ["error rich-black"]);
    assert_eq!(about_black(found("0.6 0.5 0.5 1 k", 10.0)), ["error rich-black"]);
    assert_eq!(about_black(found("0.6 0.5 0.5 1 k", 30.0)), NONE, "a headline may");
    assert_eq!(found("0 0 0 1 k", 10.0), NONE);
    assert_eq!(found("0 g", 10.0), NONE);
    assert_eq!(about_black(found("0.8 0.1 0.1 rg", 10.0)), NONE, "red is not black");
    let profile = Stream::new(dictionary! { "N" => 1 }, Vec::new());
    let mut sample = text();
    let profile = sample.document.add_object(profile);
    let grey = vec![Object::from("ICCBased"), profile.into()];
    let page = "BT /F 10 Tf /S cs 0 scn 57 300 Td (text) Tj ET";
    assert_eq!(sample.resource("ColorSpace", "S", grey).page(page).found(Print), ["warning rich-black"]);
}

#[test]
fn text_keeps_clear_of_the_edge() {
    let at = |x: f64, y: f64| text().page(&format!("BT /F 10 Tf 0 g {x} {y} Td (text) Tj ET"));
    // 2, 4 and 6 mm from the left.
    assert_eq!(at(5.67, 300.0).found(Print), ["warning safe-area"]);
    assert_eq!(at(11.34, 300.0).found(Print), ["info safe-area"]);
    assert_eq!(at(17.0, 300.0).found(Print), NONE);
    assert_eq!(at(5.67, 300.0).found(Screen)[0], "info safe-area");
    // Four letters of half an em are 20 pt wide.
    assert_eq!(at(TRIM[0] - 25.0, 300.0).found(Print), ["warning safe-area"], "the right end counts");
    let (_, flaws) = look(&at(5.67, 300.0).bytes(), Print);
    let message = flaws[0].finding.message.to_string();
    assert_eq!(
        message,
        "text is 2.0 mm from the left edge of the trimmed page, on page 1, 2 mm from the left and 102 mm from the top"
    );
    // A slug outside of the trimmed page, and text that nobody sees.
    assert_eq!(at(10.0, -8.0).found(Print), NONE);
    let hidden = text().page("BT /F 10 Tf 3 Tr 1 300 Td (text) Tj ET");
    assert_eq!(hidden.found(Print), NONE);
}

#[test]
fn lines_are_thick_enough_after_scaling() {
    let found = |content: &str| Sample::new().page(content).found(Print);
    assert_eq!(found("0.2 w 50 50 m 90 90 l S"), ["warning hairline"]);
    assert_eq!(found("0.25 w 50 50 m 90 90 l S"), NONE);
    assert_eq!(found("q 0.3 0 0 0.3 0 0 cm 0.5 w 150 150 m 190 190 l S Q"), ["warning hairline"], "scaled down");
    assert_eq!(found("q 3 0 0 3 0 0 cm 0.1 w 20 20 m 30 30 l S Q"), NONE, "scaled up");
    assert_eq!(found("0.5 G 0.4 w 50 50 m 90 90 l S"), ["warning hairline"], "in a tint");
    assert_eq!(found("0 w 50 50 m 90 90 l S"), ["warning hairline"], "the thinnest that there is");
    assert_eq!(found("1 G 0.1 w 50 50 m 90 90 l S"), NONE, "white");
    assert_eq!(found("0.2 w -8 -8 m -4 -4 l S"), NONE, "a mark of the cutter");
}

#[test]
fn a_file_for_the_screen_speaks_to_everybody() {
    let good = || {
        let labels = dictionary! { "Nums" => Vec::<Object>::new() };
        let outline = dictionary! { "First" => dictionary! { "Title" => Object::string_literal("a") } };
        dictionary! { "MarkInfo" => dictionary! { "Marked" => true }, "StructTreeRoot" => Dictionary::new(),
        "Lang" => Object::string_literal("zh-CN"), "Outlines" => outline, "PageLabels" => labels }
    };
    let found = |without: &[&str], profile| {
        let mut sample = text();
        for _ in 0..20 {
            sample = sample.page(TEXT);
        }
        let info = sample.document.add_object(dictionary! { "Title" => Object::string_literal("a") });
        sample.document.trailer.set("Info", info);
        let mut catalogue = good();
        without.iter().for_each(|key| drop(catalogue.remove(key.as_bytes())));
        said(&look(&sample.bytes_with(catalogue), profile).1)
    };
    assert_eq!(found(&[], Screen), NONE);
    assert_eq!(found(&["StructTreeRoot"], Screen), ["warning pdf-tags"]);
    assert_eq!(found(&["Lang"], Screen), ["warning pdf-tags"]);
    assert_eq!(found(&["Outlines"], Screen), ["warning pdf-navigation"]);
    assert_eq!(found(&["PageLabels"], Screen), ["info pdf-navigation"]);
    assert_eq!(found(&["StructTreeRoot", "Lang", "Outlines", "PageLabels"], Print), NONE);
}

#[test]
fn nothing_runs_and_nothing_leads_out_of_a_file_for_print() {
    let script = dictionary! { "S" => "JavaScript", "JS" => Object::string_literal("app.alert(1)") };
    let bytes =
        |profile| said(&look(&text().page(TEXT).bytes_with(dictionary! { "OpenAction" => script.clone() }), profile).1);
    assert_eq!(bytes(Print), ["error active-content"]);
    assert_eq!(bytes(Screen)[bytes(Screen).len() - 1], "warning active-content");
    let link = |kind: &str| {
        let mut sample = text().page(TEXT);
        let action = dictionary! { "S" => kind, "URI" => Object::string_literal("https://a.example") };
        let note = dictionary! { "Subtype" => "Link", "A" => action };
        sample.of_page(0).set("Annots", vec![Object::Dictionary(note)]);
        sample.found(Print)
    };
    assert_eq!(link("URI"), ["warning active-content"]);
    assert_eq!(link("GoTo"), NONE);
}

#[test]
fn an_address_that_could_run_a_program_is_told_wherever_it_stands() {
    let action = |address: &str| dictionary! { "S" => "URI", "URI" => Object::string_literal(address) };
    for address in
        ["javascript:alert(1)", " JavaScript:x", "java\tscript:x", "file:///etc/passwd", "vbscript:x", "DATA:,x"]
    {
        let mut sample = text().page(TEXT);
        let note = dictionary! { "Subtype" => "Link", "A" => action(address) };
        sample.of_page(0).set("Annots", vec![Object::Dictionary(note)]);
        assert!(sample.found(Screen).contains(&"error active-content".to_owned()), "{address:?}");
        let opened = text().page(TEXT).bytes_with(dictionary! { "OpenAction" => action(address) });
        assert!(said(&look(&opened, Screen).1).contains(&"error active-content".to_owned()), "{address:?}");
    }
    let opened = text().page(TEXT).bytes_with(dictionary! { "OpenAction" => action("https://a.example") });
    assert!(!said(&look(&opened, Screen).1).contains(&"error active-content".to_owned()));
}

#[test]
fn a_locked_file_is_told() {
    use lopdf::{EncryptionState, EncryptionVersion, Permissions};
    let sealed = |password: &str| {
        let mut sample = text().page(TEXT);
        let id = Object::String(vec![7; 16], lopdf::StringFormat::Hexadecimal);
        sample.document.trailer.set("ID", vec![id.clone(), id]);
        let mut document = lopdf::Document::load_mem(&sample.bytes()).expect("it was written");
        let version = EncryptionVersion::V2 {
            document: &document,
            owner_password: "o",
            user_password: password,
            key_length: 128,
            permissions: Permissions::empty(),
        };
        let state = EncryptionState::try_from(version).expect("a good key");
        document.encrypt(&state).expect("it can be locked");
        let mut bytes = Vec::new();
        document.save_to(&mut bytes).expect("memory takes it");
        [Print, Screen].map(|profile| said(&look(&bytes, profile).1))
    };
    let [print, screen] = sealed("");
    assert_eq!(print, ["error encryption"]);
    assert!(screen.contains(&"info encryption".to_owned()), "{screen:?}");
    // Of what cannot be opened, nothing is said but that.
    assert_eq!(sealed("secret"), [["error encryption"], ["error encryption"]]);
}
