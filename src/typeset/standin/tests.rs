use std::collections::{BTreeMap, BTreeSet};
use std::io::Cursor;

use image::{DynamicImage, ImageFormat};
use lopdf::{Dictionary, Document, Object, Stream};
use typst::foundations::Bytes;

use super::{of, stood_for};
use crate::model::{EditionKind, Profile};
use crate::source::Sources;
use crate::typeset::{self, BuildDate, Job};

/// A picture of a size and a form whose pixels differ.
fn drawn(form: &str, width: u32, height: u32) -> Vec<u8> {
    let shade = |x: u32, y: u32| (x * 5 + y * 3) as u8;
    let rgb = image::RgbImage::from_fn(width, height, |x, y| image::Rgb([shade(x, y), x as u8, y as u8]));
    let rgba = image::RgbaImage::from_fn(width, height, |x, y| image::Rgba([shade(x, y), 9, x as u8, y as u8 * 2]));
    let (image, format) = match form {
        "grey" => (DynamicImage::ImageRgb8(rgb).into_luma8().into(), ImageFormat::Png),
        "grey over" => (DynamicImage::ImageRgba8(rgba).into_luma_alpha8().into(), ImageFormat::Png),
        "over" => (DynamicImage::ImageRgba8(rgba), ImageFormat::Png),
        "photograph" => (DynamicImage::ImageRgb8(rgb), ImageFormat::Jpeg),
        "moving" => (DynamicImage::ImageRgb8(rgb), ImageFormat::Gif),
        "deep" => (DynamicImage::ImageRgb8(rgb).into_rgb16().into(), ImageFormat::Png),
        _ => (DynamicImage::ImageRgb8(rgb), ImageFormat::Png),
    };
    let mut bytes = Cursor::new(Vec::new());
    image.write_to(&mut bytes, format).expect("encoding in memory");
    bytes.into_inner()
}

/// A PNG with a palette and so many bits to a pixel.
fn numbered(bits: png::BitDepth, width: u32, height: u32) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, width, height);
    encoder.set_color(png::ColorType::Indexed);
    encoder.set_depth(bits);
    encoder.set_palette((0..16).flat_map(|n| [n * 16, 255 - n * 9, n * 3]).collect::<Vec<u8>>());
    let row = (width * bits as u32).div_ceil(8);
    let pixels: Vec<u8> = (0..row * height).map(|at| if bits as u32 == 8 { at as u8 % 16 } else { at as u8 }).collect();
    encoder.write_header().and_then(|mut writer| writer.write_image_data(&pixels)).expect("encoding in memory");
    bytes
}

/// The PDF of a book that shows pictures by their names.
fn pdf(pictures: &BTreeMap<&str, Vec<u8>>) -> Vec<u8> {
    let mut files = BTreeMap::new();
    let mut text = "# Pictures\n\n".to_owned();
    for (name, bytes) in pictures {
        files.insert(format!("manuscript/images/{name}"), bytes.clone());
        text += &format!(":::figure\n![A picture](../images/{name})\n\nIts name is {name}.\n:::\n\n");
    }
    let config = "title: Pictures\nlanguages: [en]\ndate: 2026-01-01\nlayout: book\n";
    files.insert("manuscript/book.yaml".into(), config.into());
    files.insert("manuscript/en/01.md".into(), text.into());
    let mut sources = Sources::default();
    let mut found = Vec::new();
    let (book, layouts) = crate::load(&files, &mut sources).take(&mut found).expect("the book can be read");
    let edition = EditionKind::Single(book.source_language().clone());
    let (layout, date) = (&layouts[&edition], BuildDate::midnight(book.meta.date));
    let job = Job { book: &book, edition: &edition, layout, files: &files, sources: &sources, date, alignments: &[] };
    let set = typeset::set(job).take(&mut found).expect("it can be set");
    let bytes = crate::pdf::export(job, &set, Profile::Screen).take(&mut found).expect("a PDF");
    assert!(!crate::diagnostic::any_error(&found), "{found:?}");
    bytes
}

/// The images of a PDF, without those that say what is seen through others.
fn images(document: &Document) -> Vec<&Stream> {
    let is_image =
        |stream: &&Stream| stream.dict.get(b"Subtype").and_then(Object::as_name).is_ok_and(|name| name == b"Image");
    let all = || document.objects.values().filter_map(|object| object.as_stream().ok()).filter(is_image);
    let masks: BTreeSet<_> = all().filter_map(|image| image.dict.get(b"SMask").ok()?.as_reference().ok()).collect();
    let alone = document.objects.iter().filter(|(id, _)| !masks.contains(id));
    alone.filter_map(|(_, object)| object.as_stream().ok()).filter(is_image).collect()
}

fn number(dict: &Dictionary, key: &[u8]) -> u32 {
    dict.get(key).and_then(Object::as_i64).expect("a number") as u32
}

/// The pixels that an image of a PDF shows, three bytes each, over what is seen through it: as the file has them.
fn shown(document: &Document, image: &Stream) -> (u32, u32, Vec<u8>) {
    let (width, height) = (number(&image.dict, b"Width"), number(&image.dict, b"Height"));
    if image.dict.get(b"Filter").and_then(Object::as_name).is_ok_and(|name| name == b"DCTDecode") {
        let decoded = image::load_from_memory(&image.content).expect("a JPEG");
        return (width, height, decoded.to_rgb8().into_raw());
    }
    let content = image.decompressed_content().expect("packed data");
    let bits = number(&image.dict, b"BitsPerComponent") as usize;
    let samples = |row: &[u8], count: usize| -> Vec<u8> {
        (0..count).map(|at| row[at * bits / 8] >> (8 - bits - at * bits % 8) & (0xFF >> (8 - bits)) as u8).collect()
    };
    let space = document.dereference(image.dict.get(b"ColorSpace").expect("colours")).expect("an object").1;
    let palette = match space {
        Object::Array(parts) if parts[0].as_name().is_ok_and(|name| name == b"Indexed") => {
            Some(parts[3].as_str().expect("a palette").to_vec())
        }
        _ => None,
    };
    let row = content.len() / height as usize;
    let colours = if palette.is_some() { 1 } else { row * 8 / bits / width as usize };
    let rows = content.chunks(row).flat_map(|row| samples(row, width as usize * colours));
    let pixels = match (palette, colours) {
        (Some(palette), _) => rows.flat_map(|at| palette[usize::from(at) * 3..][..3].to_vec()).collect(),
        (None, 1) => rows.flat_map(|grey| [grey; 3]).collect(),
        _ => rows.collect(),
    };
    (width, height, pixels)
}

#[test]
fn each_picture_is_in_the_pdf_pixel_by_pixel() {
    let mut pictures: BTreeMap<&str, Vec<u8>> = BTreeMap::new();
    for (name, form) in
        [("a.png", "colour"), ("b.png", "grey"), ("c.png", "over"), ("d.png", "grey over"), ("e.jpg", "photograph")]
    {
        pictures.insert(name, drawn(form, 61 + u32::from(name.as_bytes()[0]), 47));
    }
    for (name, bits) in [("f.png", png::BitDepth::One), ("g.png", png::BitDepth::Four), ("h.png", png::BitDepth::Eight)]
    {
        pictures.insert(name, numbered(bits, 83 + bits as u32, 40));
    }
    assert!(pictures.values().all(|bytes| of(&Bytes::new(bytes.clone())).is_some()));
    let bytes = pdf(&pictures);
    let document = Document::load_mem(&bytes).expect("a whole PDF");
    let found: BTreeSet<_> = images(&document).into_iter().map(|image| shown(&document, image)).collect();
    for (name, bytes) in &pictures {
        let image = image::load_from_memory(bytes).expect("a picture");
        let wanted = (image.width(), image.height(), image.to_rgb8().into_raw());
        assert!(found.contains(&wanted), "{name} is not as it was");
    }
    assert_eq!(found.len(), pictures.len());
    let whole = |bytes: &[u8]| memchr::memmem::find(&document_bytes(&document), bytes).is_some();
    assert!(whole(&pictures["e.jpg"]), "a JPEG goes in as it is");
}

/// The data of all streams, as the file has it.
fn document_bytes(document: &Document) -> Vec<u8> {
    let streams = document.objects.values().filter_map(|object| object.as_stream().ok());
    streams.flat_map(|stream| stream.content.clone()).collect()
}

#[test]
fn what_is_seen_through_a_picture_stays() {
    let picture = drawn("over", 90, 50);
    let bytes = pdf(&BTreeMap::from([("a.png", picture.clone())]));
    let document = Document::load_mem(&bytes).expect("a whole PDF");
    let mask = images(&document)[0].dict.get(b"SMask").and_then(Object::as_reference).expect("a mask");
    let mask = document.get_object(mask).and_then(Object::as_stream).expect("an image");
    let alpha = image::load_from_memory(&picture).expect("a picture").to_rgba8();
    let wanted: Vec<u8> = alpha.pixels().map(|pixel| pixel.0[3]).collect();
    assert_eq!(mask.decompressed_content().expect("packed data"), wanted);
    assert_eq!((number(&mask.dict, b"Width"), number(&mask.dict, b"Height")), (90, 50));
}

#[test]
fn a_picture_is_as_large_as_its_file_says() {
    // 2835 pixels to the metre are 72 to the inch; twice as many halve the picture.
    for (metre, wide) in [(2835_u32, 100.0), (5670, 50.0)] {
        let plain = drawn("colour", 100, 50);
        let content = [&metre.to_be_bytes()[..], &metre.to_be_bytes(), &[1]].concat();
        let mut chunk = [b"pHYs", &content[..]].concat();
        chunk.extend(crc(&chunk).to_be_bytes());
        let file = [&plain[..33], &9_u32.to_be_bytes(), &chunk, &plain[33..]].concat();
        let natural = of(&Bytes::new(file)).expect("a sound picture").natural;
        assert!(
            (natural.x.to_pt() - wide).abs() < 0.02 && (natural.y.to_pt() - wide / 2.0).abs() < 0.02,
            "{natural:?}"
        );
    }
}

/// The checksum of a chunk (W3C PNG, annex D).
fn crc(bytes: &[u8]) -> u32 {
    let step = |crc: u32, byte: &u8| {
        (0..8).fold(crc ^ u32::from(*byte), |c, _| if c & 1 == 1 { 0xEDB8_8320 ^ (c >> 1) } else { c >> 1 })
    };
    !bytes.iter().fold(u32::MAX, step)
}

#[test]
fn a_file_tells_which_picture_it_stands_for() {
    let (picture, other) = (drawn("colour", 36, 18), drawn("colour", 72, 18));
    let [file, unlike] = [&picture, &other].map(|bytes| of(bytes).expect("a sound picture").file("manuscript/a.png"));
    let info = stood_for(&file).expect("a picture").info;
    assert_eq!((info.width, info.height), (36, 18));
    let said = String::from_utf8(file.to_vec()).expect("it is text");
    let mark = |file: &[u8]| String::from_utf8_lossy(&file[..80]).into_owned();
    let forged = said.replace(&mark(&file), &mark(&unlike));
    for forged in [forged, said.replace("0 0 36 18", "0 0 99 18"), said.replace("%PDF-1.4", "%PDF-1.5")] {
        assert!(forged != said && stood_for(forged.as_bytes()).is_none(), "{forged}");
    }
}

#[test]
fn a_picture_that_lies_is_turned_by_exif() {
    let plain = drawn("photograph", 80, 40);
    let exif = b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0";
    let length = (exif.len() as u16 + 2).to_be_bytes();
    let lying = [&plain[..2], &[0xFF, 0xE1], &length, exif, &plain[2..]].concat();
    let natural = of(&Bytes::new(lying)).expect("a sound picture").natural;
    assert_eq!((natural.x.to_pt(), natural.y.to_pt()), (40.0, 80.0));
}

#[test]
fn what_is_damaged_moves_or_is_deep_is_left_to_typst() {
    for form in ["moving", "deep"] {
        assert!(of(&Bytes::new(drawn(form, 40, 30))).is_none(), "{form}");
    }
    let whole = drawn("colour", 400, 300);
    assert!(of(&Bytes::new(whole[..whole.len() / 2].to_vec())).is_none());
}
