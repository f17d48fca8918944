//! Preflight of a book: from the text to the report.

use std::fs;

use serde_json::Value;

use super::lines;
use crate::command::{dama_pub, printed, said, write_book};

/// A picture of 60 × 40 pixels.
fn png() -> Vec<u8> {
    let mut bytes = std::io::Cursor::new(Vec::new());
    image::RgbImage::from_pixel(60, 40, image::Rgb([90, 120, 60]))
        .write_to(&mut bytes, image::ImageFormat::Png)
        .expect("memory takes it");
    bytes.into_inner()
}

fn book(checks: &str, text: &str) -> tempfile::TempDir {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let config =
        format!("title: 灯\nslug: lamp\nlanguages: [zh]\ndate: 2026-03-01\nlayout: report\nchecks: {checks}\n");
    let chapter = format!("---\ntitle: 起\n---\n\n{text}\n");
    write_book(
        dir.path(),
        &[
            ("manuscript/book.yaml", config.as_bytes()),
            ("manuscript/zh/01-a.md", chapter.as_bytes()),
            ("manuscript/images/a.png", &png()),
        ],
    );
    dir
}

const PICTURE: &str = "一段文字说明这幅图，它足够长。\n\n![一盏灯](../images/a.png)\n";

fn resolutions(dir: &tempfile::TempDir, profile: &str) -> Vec<(String, u64)> {
    let output = dama_pub(dir.path(), &["check", "--pdf", "--profile", profile, "--format", "json"]);
    let report: Value = serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("{}", said(&output)));
    assert_eq!(report["schema"], "dama-pub/preflight/1");
    let findings = report["files"][0]["findings"].as_array().expect("findings");
    let of_pictures = findings.iter().filter(|finding| finding["check"] == "image-resolution");
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    of_pictures.map(|finding| (text(&finding["severity"]), finding["line"].as_u64().unwrap_or(0))).collect()
}

#[test]
fn a_picture_is_shown_in_the_manuscript() {
    let dir = book("{}", PICTURE);
    assert_eq!(resolutions(&dir, "print"), [("error".to_owned(), 7)]);
    let output = dama_pub(dir.path(), &["check", "--pdf", "--profile", "print"]);
    let said = printed(&output);
    assert_eq!(output.status.code(), Some(1), "{said}");
    for part in
        ["trim size      210 × 285 mm", "pictures       1 in", "--> manuscript/zh/01-a.md:7:1", "mm from the left"]
    {
        assert!(said.contains(part), "{part} is not in\n{said}");
    }
}

#[test]
fn levels_and_waivers_of_the_book_hold() {
    assert_eq!(resolutions(&book("{image-resolution: warning}", PICTURE), "print"), [("warning".to_owned(), 7)]);
    assert_eq!(resolutions(&book("{print: off}", PICTURE), "print"), []);
    let waived = PICTURE.replace("![", "<!-- dama: allow image-resolution: an old picture -->\n\n![");
    let dir = book("{}", &waived);
    assert_eq!(resolutions(&dir, "print"), []);
    let output = dama_pub(dir.path(), &["check", "--format", "short"]);
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(!text.contains("unused-waiver"), "the text alone cannot tell: {text}");
}

#[test]
fn a_file_with_an_error_does_not_replace_a_good_one() {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let build = |text: &str| {
        lines::write(dir.path(), "{runt: error}", text);
        dama_pub(dir.path(), &["build", "--format", "pdf"])
    };
    let built = build(&lines::paragraph(3, "甲乙丙。"));
    assert!(built.status.success(), "{}", said(&built));
    let pdf = dir.path().join("out/p-zh.pdf");
    let good = fs::read(&pdf).expect("it was built");
    let output = build(&lines::paragraph(3, "甲。"));
    assert_eq!(output.status.code(), Some(1));
    assert!(said(&output).contains("error[runt]"), "{}", said(&output));
    assert_eq!(fs::read(&pdf).expect("it is still there"), good);
}

#[test]
fn a_proof_has_every_page_and_the_list() {
    let dir = book("{}", PICTURE);
    let built = dama_pub(dir.path(), &["build", "--format", "pdf"]);
    assert!(built.status.success(), "{}", said(&built));
    let output = dama_pub(dir.path(), &["proof"]);
    assert!(output.status.success(), "{}", said(&output));
    let pages = |name: &str| {
        let bytes = fs::read(dir.path().join("out").join(name)).expect("it was made");
        dama_pub::inspect::inspect(&bytes).expect("a PDF").pages
    };
    let (plain, proof) = (pages("lamp-zh.pdf"), pages("lamp-zh-proof.pdf"));
    assert!(proof.len() > plain.len(), "the list stands after {} pages", plain.len());
    let marks = |pages: &[dama_pub::inspect::Page]| pages.iter().map(|page| page.marks.len()).collect::<Vec<_>>();
    let drawn = marks(&proof);
    // The layout bleeds by 3 mm; the slug around the bleed holds the legend.
    let margin = proof[0].trimmed().left - proof[0].media.left;
    assert!((margin / 72.0 * 25.4 - 12.0).abs() < 0.1, "{margin} pt of bleed and slug");
    let margins = |page: &dama_pub::inspect::Page| {
        let green = |mark: &&dama_pub::inspect::Mark| (mark.area.width() / 72.0 * 25.4 - 170.74).abs() < 0.2;
        page.marks.iter().filter(green).count()
    };
    let last = plain.len() - 1;
    assert!(margins(&proof[last]) > margins(&plain[last]), "the margins leave 44 em of 11 pt, 170.7 mm");
    assert!(marks(&plain).iter().zip(&drawn).all(|(plain, proof)| plain < proof), "something is drawn over each page");
}

#[test]
fn a_file_that_is_no_pdf_is_an_error_and_one_that_is_not_there_is_trouble() {
    let dir = book("{}", PICTURE);
    fs::write(dir.path().join("a.pdf"), "no PDF").expect("written");
    let output = dama_pub(dir.path(), &["check", "--pdf", "a.pdf"]);
    assert_eq!(output.status.code(), Some(1));
    let told = printed(&output);
    assert!(told.contains("error[unreadable-pdf]: a.pdf cannot be read as a PDF"), "{told}");
    assert_eq!(dama_pub(dir.path(), &["check", "--pdf", "b.pdf"]).status.code(), Some(2));
}
