//! Pictures put into a finished PDF in the place of their tokens. The writer under Typst (krilla) writes every object whole, in the order
//! of their numbers, and a table of where they begin at the end.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io::{Read, Write};

use flate2::Compression;
use flate2::read::ZlibDecoder;
use flate2::write::ZlibEncoder;
use image::DynamicImage;
use rayon::prelude::*;
use typst::visualize::ExchangeFormat;

use super::frames::{Embedded, Picture};
use super::{Form, Mark, StandIn, decode, png, token};
use crate::source::Files;

/// How hard pixels are packed: as krilla packs them.
const LEVEL: Compression = Compression::new(6);

/// What the object of an image begins with, after its number.
const STREAM: &[u8] = b">>\nstream\n";
const END: &[u8] = b"\nendstream";
const IMAGE: &[u8] = b"/Subtype/Image";

/// A file with the pictures in it; those that have changed since are told in `embedded`, and missing.
pub(in crate::typeset) fn embed(file: Vec<u8>, embedded: &mut Embedded, files: &dyn Files) -> Vec<u8> {
    if embedded.pictures.is_empty() {
        return file;
    }
    rewritten(&file, embedded, files).expect("krilla writes whole objects and a table of them")
}

/// The data of a picture that was packed anew: of its colours, and of what is seen through.
struct Packed {
    colours: Vec<u8>,
    alpha: Vec<u8>,
}

fn rewritten(file: &[u8], embedded: &mut Embedded, files: &dyn Files) -> Option<Vec<u8>> {
    let table = Table::read(file)?;
    let packed = packed(&embedded.pictures, files);
    let (pictures, changed) = (&embedded.pictures, &mut embedded.changed);
    let jpegs: BTreeMap<&[u8], &Mark> =
        pictures.iter().map(|(mark, picture)| (picture.standin.token.data().as_slice(), mark)).collect();
    let mut out = Vec::with_capacity(file.len());
    let mut starts = Vec::with_capacity(table.starts.len());
    let mut from = *table.starts.first()?;
    out.extend_from_slice(file.get(..from)?);
    for to in table.starts[1..].iter().copied().chain([table.at]) {
        starts.push(out.len());
        let object = file.get(from..to)?;
        let token = image(object, &jpegs).and_then(|(head, mark)| Some((head, mark, pictures.get(&mark)?)));
        match token.map(|(head, mark, picture)| (head, picture, stream(picture, head, packed.get(&mark), files))) {
            Some((head, picture, Some(stream))) => write(&mut out, head, object, &picture.standin, &stream)?,
            Some((_, picture, None)) => {
                changed.push(picture.path.clone());
                out.extend_from_slice(object);
            }
            None => out.extend_from_slice(object),
        }
        from = to;
    }
    table.write(&starts, &mut out, file)?;
    Some(out)
}

/// The dictionary of an image that is a token, and which.
fn image<'o>(object: &'o [u8], jpegs: &BTreeMap<&[u8], &Mark>) -> Option<(&'o str, Mark)> {
    let at = memchr::memmem::find(object.get(..object.len().min(4096))?, STREAM)?;
    let head = std::str::from_utf8(&object[..at]).ok()?;
    memchr::memmem::find(&object[..at], IMAGE)?;
    let length: usize = value(head, "/Length ")?.parse().ok()?;
    let stream = object.get(at + STREAM.len()..)?.get(..length)?;
    if head.contains("/DCTDecode") {
        return jpegs.get(stream).map(|mark| (head, **mark));
    }
    let is_token = head.contains(&format!("/Width {}/Height 1/", token::WIDE)) && head.contains("/FlateDecode");
    let mut pixels = Vec::new();
    ZlibDecoder::new(stream).take(128).read_to_end(&mut pixels).ok().filter(|_| is_token)?;
    token::mark(&pixels).map(|mark| (head, mark))
}

/// What a key of a dictionary says, up to the next name.
fn value<'h>(head: &'h str, key: &str) -> Option<&'h str> {
    let rest = &head[head.find(key)? + key.len()..];
    Some(rest[..rest.find(['/', '>']).unwrap_or(rest.len())].trim_end())
}

/// The data of the image that has this dictionary; `None` if the picture has changed.
fn stream<'a>(picture: &Picture, head: &str, packed: Option<&'a Packed>, files: &dyn Files) -> Option<Cow<'a, [u8]>> {
    match picture.standin.form {
        Form::Jpeg => picture.read(files).map(Cow::Owned),
        Form::Png(_) => picture.read(files).map(|bytes| Cow::Owned(png::packed(&bytes))),
        Form::Pixels { alpha, .. } => {
            let is_mask = alpha && !head.contains("/SMask ");
            packed.map(|packed| Cow::Borrowed(if is_mask { &packed.alpha[..] } else { &packed.colours }))
        }
    }
}

/// Writes the object of a picture, with the dictionary of its token where it says the same.
fn write(out: &mut Vec<u8>, head: &str, object: &[u8], picture: &StandIn, stream: &[u8]) -> Option<()> {
    let (width, height) = picture.pixels;
    let mut head = with(head, "/Length ", &stream.len().to_string())?;
    head = with(&head, "/Width ", &width.to_string())?;
    head = with(&head, "/Height ", &height.to_string())?;
    if let Form::Png(rows) = &picture.form {
        head = with(&head, "/BitsPerComponent ", &rows.bits.to_string())?;
        head += &format!(
            "/DecodeParms<</Predictor 15/Colors {}/BitsPerComponent {}/Columns {width}>>",
            rows.colours, rows.bits
        );
        if let Some(palette) = &rows.palette {
            head = numbered(&head, palette)?;
        }
    }
    out.extend_from_slice(head.as_bytes());
    out.extend_from_slice(STREAM);
    out.extend_from_slice(stream);
    out.extend_from_slice(&object[memchr::memmem::rfind(object, END)?..]);
    Some(())
}

/// A dictionary with another number for a key.
fn with(head: &str, key: &str, number: &str) -> Option<String> {
    let at = head.find(key)? + key.len();
    let end = at + head[at..].find(|c: char| !c.is_ascii_digit()).unwrap_or(head.len() - at);
    Some([&head[..at], number, &head[end..]].concat())
}

/// A dictionary whose colours are those of a palette, in the space that it names.
fn numbered(head: &str, palette: &[u8]) -> Option<String> {
    const KEY: &str = "/ColorSpace";
    let at = head.find(KEY)? + KEY.len();
    // A reference, or one name.
    let end = at + 1 + head[at + 1..].find('/')?;
    let hex: String = palette.iter().map(|byte| format!("{byte:02x}")).collect();
    let space = format!("[/Indexed {} {}<{hex}>]", head[at..end].trim(), palette.len() / 3 - 1);
    Some([&head[..at], &space, &head[end..]].concat())
}

/// What must be decoded to be packed, some pictures at a time.
fn packed(pictures: &BTreeMap<Mark, Picture>, files: &dyn Files) -> BTreeMap<Mark, Packed> {
    let of = |(mark, picture): (&Mark, &Picture)| {
        let Form::Pixels { coloured, alpha } = picture.standin.form else { return None };
        let decoded = decode(&picture.read(files)?, ExchangeFormat::Png)?;
        let alpha = if alpha { deflated(&seen_through(&decoded)) } else { Vec::new() };
        let colours = if coloured { deflated(&decoded.into_rgb8()) } else { deflated(&decoded.into_luma8()) };
        Some((*mark, Packed { colours, alpha }))
    };
    pictures.par_iter().filter_map(of).collect()
}

fn seen_through(image: &DynamicImage) -> Vec<u8> {
    match image {
        DynamicImage::ImageLumaA8(image) => image.pixels().map(|pixel| pixel.0[1]).collect(),
        image => image.to_rgba8().pixels().map(|pixel| pixel.0[3]).collect(),
    }
}

fn deflated(pixels: &[u8]) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), LEVEL);
    encoder.write_all(pixels).and_then(|()| encoder.finish()).expect("packing in memory does not fail")
}

/// The table at the end of a file: where its objects begin, from number 1 on.
struct Table {
    at: usize,
    starts: Vec<usize>,
    /// Where what follows the rows begins.
    trailer: usize,
}

/// Bytes of a row of the table.
const ROW: usize = 20;

impl Table {
    fn read(file: &[u8]) -> Option<Self> {
        const START: &[u8] = b"startxref\n";
        let start = memchr::memmem::rfind(file, START)? + START.len();
        let number = |bytes: &[u8]| std::str::from_utf8(bytes).ok()?.trim().parse::<usize>().ok();
        let at = number(file[start..].split(|byte| *byte == b'\n').next()?)?;
        let rest = file.get(at..)?.strip_prefix(b"xref\n0 ")?;
        let count = number(rest.split(|byte| *byte == b'\n').next()?)?;
        let first = at + b"xref\n0 ".len() + memchr::memchr(b'\n', rest)? + 1;
        let trailer = first + count * ROW;
        let rows = file.get(first + ROW..trailer)?.chunks(ROW);
        let starts: Option<Vec<usize>> = rows.map(|row| number(&row[..10])).collect();
        let starts = starts.filter(|starts| starts.is_sorted())?;
        Some(Self { at, starts, trailer })
    }

    /// Writes the table of other places, and what follows it in the file.
    fn write(&self, starts: &[usize], out: &mut Vec<u8>, file: &[u8]) -> Option<()> {
        let at = out.len();
        let head = file.get(self.at..self.trailer - starts.len() * ROW)?;
        out.extend_from_slice(head);
        for start in starts {
            write!(out, "{start:010} 00000 n\r\n").ok()?;
        }
        let rest = file.get(self.trailer..)?;
        out.extend_from_slice(&rest[..memchr::memmem::rfind(rest, b"startxref\n")?]);
        write!(out, "startxref\n{at}\n%%EOF").ok()
    }
}
