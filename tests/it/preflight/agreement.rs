//! What preflight says of fonts and pictures is what poppler's pdffonts and pdfimages say.

use std::path::{Path, PathBuf};
use std::process::Command;

use dama_pub::inspect::{Facts, MarkKind, Space};
use dama_pub::model::Profile;
use lopdf::{Object, Stream, dictionary};

use super::sample::{Sample, look, skipped};
use crate::publication;

fn tool(name: &str, args: &[&str], file: &Path) -> Option<String> {
    let output = Command::new(name).args(args).arg(file).output().ok()?;
    Some(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// The rows of a table below its rule of dashes.
fn rows(table: &str) -> impl Iterator<Item = Vec<&str>> {
    table.lines().skip_while(|line| !line.starts_with("---")).skip(1).map(|line| line.split_whitespace().collect())
}

/// Page, pixels, resolutions, colour.
type Picture = (usize, [String; 2], [i64; 2], String);

fn theirs(table: &str) -> Vec<Picture> {
    let picture = |row: Vec<&str>| {
        let ppi = [row[12], row[13]].map(|text| text.parse().expect("a resolution"));
        (row[0].parse().expect("a page"), [row[3], row[4]].map(str::to_owned), ppi, row[5].to_owned())
    };
    rows(table).filter(|row| matches!(row[2], "image" | "stencil")).map(picture).collect()
}

fn ours(facts: &Facts) -> Vec<Picture> {
    let mut found = Vec::new();
    for (index, page) in facts.pages.iter().enumerate() {
        for mark in &page.marks {
            let MarkKind::Image(image) = &mark.kind else { continue };
            let colour = match &*image.space {
                Space::Gray | Space::CalGray => "gray",
                Space::Rgb | Space::CalRgb => "rgb",
                Space::Cmyk => "cmyk",
                Space::Icc(_) => "icc",
                Space::Indexed(_) => "index",
                Space::Stencil => "-",
                _ => "?",
            };
            let ppi = image.ppi.map(|ppi| ppi.round() as i64);
            found.push((index + 1, image.pixels.map(|n| n.to_string()), ppi, colour.to_owned()));
        }
    }
    found
}

fn agree(name: &str, file: &Path) {
    let bytes = std::fs::read(file).expect("the file is there");
    let (facts, _) = look(&bytes, Profile::Print);
    let table = tool("pdfimages", &["-list"], file).expect("pdfimages runs");
    let (mut theirs, mut ours) = (theirs(&table), ours(&facts));
    // Rounding at a half may go either way.
    let near = |a: &Picture, b: &Picture| {
        a.0 == b.0 && a.1 == b.1 && a.3 == b.3 && (0..2).all(|i| (a.2[i] - b.2[i]).abs() <= 1)
    };
    theirs.sort();
    ours.sort();
    let same = theirs.len() == ours.len() && theirs.iter().zip(&ours).all(|(a, b)| near(a, b));
    assert!(same, "{name}: pdfimages\n{theirs:?}\nand here\n{ours:?}");

    let table = tool("pdffonts", &[], file).expect("pdffonts runs");
    let mut theirs: Vec<(String, bool, bool)> = rows(&table)
        .map(|row| {
            // The type has a space or two in it: the flags count from the end.
            let flag = |back: usize| row[row.len() - back] == "yes";
            (row[0].to_owned(), flag(5), flag(3))
        })
        .collect();
    let mut ours: Vec<(String, bool, bool)> =
        facts.fonts.iter().map(|font| (font.name.clone(), font.embedded, font.unicode)).collect();
    theirs.sort();
    theirs.dedup();
    ours.sort();
    assert_eq!(ours, theirs, "{name}: fonts here, and pdffonts'");
}

fn poppler_is_here(test: &str) -> bool {
    let here =
        tool("pdffonts", &["-v"], Path::new("")).is_some() && tool("pdfimages", &["-v"], Path::new("")).is_some();
    if !here {
        skipped(test, "no pdffonts and pdfimages (Debian: poppler-utils)");
    }
    here
}

#[test]
fn pictures_and_fonts_are_those_of_poppler() {
    if !poppler_is_here("pictures_and_fonts_are_those_of_poppler") {
        return;
    }
    let dir = tempfile::tempdir().expect("a temporary folder");
    let write = |name: &str, sample: Sample| -> PathBuf {
        let path = dir.path().join(name);
        std::fs::write(&path, sample.bytes()).expect("it can be written");
        path
    };
    let text = "BT /F 9 Tf 50 50 Td (a) Tj ET ";
    let rgb = || Sample::new().font("F", "TrueType", true, true).image("I", [200, 100], "DeviceRGB", 3);
    agree("turned", &write("turned.pdf", rgb().page(&format!("{text}q 30 40 -80 60 200 200 cm /I Do Q"))));
    agree("scaled", &write("scaled.pdf", rgb().page("q 2 0 0 .5 0 0 cm q 33 0 0 121 9 9 cm /I Do Q Q").page(text)));
    let cmyk = Sample::new().image("I", [120, 90], "DeviceCMYK", 4).page("q 70 0 0 -51 80 90 cm /I Do Q");
    agree("inks", &write("inks.pdf", cmyk));
    let grey = Sample::new().image("I", [64, 64], "DeviceGray", 1);
    agree("grey", &write("grey.pdf", grey.page("q 10 0 0 10 9 9 cm /I Do Q q 90 0 0 99 9 9 cm /I Do Q")));
    let mut masked = Sample::new();
    let mask = dictionary! { "Subtype" => "Image", "Width" => 20, "Height" => 20, "ColorSpace" => "DeviceGray", "BitsPerComponent" => 8 };
    let mask = masked.document.add_object(Stream::new(mask, vec![9; 400]));
    let image = dictionary! { "Subtype" => "Image", "Width" => 20, "Height" => 20, "ColorSpace" => "DeviceRGB", "BitsPerComponent" => 8, "SMask" => Object::Reference(mask) };
    let masked = masked.resource("XObject", "I", Stream::new(image, vec![9; 1200]));
    agree("masked", &write("masked.pdf", masked.page("q 12 5 -5 12 90 90 cm /I Do Q")));
    let bare = Sample::new().font("F", "TrueType", false, false).page(text);
    agree("bare", &write("bare.pdf", bare));
}

#[test]
fn the_publication_has_the_fonts_of_poppler() {
    if !poppler_is_here("the_publication_has_the_fonts_of_poppler") {
        return;
    }
    for edition in ["zh", "en", "bilingual"] {
        agree(edition, &publication::artifact(&format!("ten-trends-2022-{edition}.pdf")));
    }
}
