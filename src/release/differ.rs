//! Where two files that should be the same differ: the object of a PDF, the entry of an e-book, the line of a text.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use lopdf::xref::XrefEntry;
use lopdf::{Dictionary, Document, LoadOptions, Object, ObjectId};
use zip::ZipArchive;

use crate::message::{List, Message};

/// Most places that are named of a file.
const NAMED: usize = 3;
/// Most bytes that a stream of a PDF, or an entry of an e-book, is unpacked to.
const UNPACKED: usize = 256 << 20;

/// Where `found` differs from `made`; nothing if it does not. The name's ending says what they are.
pub fn differences(name: &str, made: &[u8], found: &[u8]) -> Option<Message> {
    if made == found {
        return None;
    }
    let places = match name.rsplit('.').next().unwrap_or_default() {
        "pdf" => in_pdf(made, found),
        "epub" => in_epub(made, found),
        "xml" | "json" | "jsonld" | "html" | "md" => vec![in_text(made, found)],
        _ => vec![at_byte(made, found)],
    };
    let more = places.len().saturating_sub(NAMED);
    let more = (more > 0).then(|| plural!(more, "{more} more place", "{more} more places"));
    Some(Message::list(List::Clauses, places.into_iter().take(NAMED).chain(more)))
}

fn first(made: &[u8], found: &[u8]) -> usize {
    made.iter().zip(found).position(|(a, b)| a != b).unwrap_or(made.len().min(found.len()))
}

fn at_byte(made: &[u8], found: &[u8]) -> Message {
    msg!("from byte {byte} on", byte = first(made, found) + 1)
}

fn in_text(made: &[u8], found: &[u8]) -> Message {
    let line = made[..first(made, found)].iter().filter(|byte| **byte == b'\n').count() + 1;
    msg!("line {line}", line)
}

/// The objects that differ; where what was found cannot be read, or differs between its objects, the one in which the first byte differs.
fn in_pdf(made: &[u8], found: &[u8]) -> Vec<Message> {
    let load = |bytes: &[u8]| Document::load_mem_with_options(bytes, LoadOptions::with_max_decompressed_size(UNPACKED));
    let Ok(good) = load(made) else { return vec![at_byte(made, found)] };
    let roles = roles(&good);
    let differing = load(found).map_or_else(|_| Vec::new(), |other| differing(&good, &other));
    if !differing.is_empty() {
        return differing.into_iter().map(|id| named(id, &good, &roles)).collect();
    }
    let at = first(made, found);
    match object_at(&good, at) {
        Some(id) => {
            vec![msg!("{object}, at byte {byte} of the file", object = named(id, &good, &roles), byte = at + 1)]
        }
        None => vec![msg!("outside of its objects, from byte {byte} on", byte = at + 1)],
    }
}

/// The objects of either that the other has not, or has otherwise.
fn differing(good: &Document, other: &Document) -> Vec<ObjectId> {
    let same = |a: &Object, b: &Object| match (a, b) {
        // Where a stream stands in the file is no part of it.
        (Object::Stream(a), Object::Stream(b)) => a.dict == b.dict && a.content == b.content,
        (a, b) => a == b,
    };
    let changed = good.objects.iter().filter(|(id, object)| !other.objects.get(id).is_some_and(|o| same(object, o)));
    let more = other.objects.keys().filter(|id| !good.objects.contains_key(id));
    changed.map(|(id, _)| *id).chain(more.copied()).collect()
}

/// The object whose bytes hold a place of the file.
fn object_at(document: &Document, at: usize) -> Option<ObjectId> {
    let begin = |(number, entry): (&u32, &XrefEntry)| match entry {
        XrefEntry::Normal { offset, generation } => Some((*offset as usize, (*number, *generation))),
        _ => None,
    };
    let begins: BTreeMap<usize, ObjectId> = document.reference_table.entries.iter().filter_map(begin).collect();
    // After the last object the table of all of them begins.
    if at >= document.xref_start && document.xref_start > 0 {
        return None;
    }
    begins.range(..=at).next_back().map(|(_, id)| *id)
}

/// What objects are to the pages: the pages themselves, and what is drawn on them.
fn roles(document: &Document) -> BTreeMap<ObjectId, Message> {
    let mut roles = BTreeMap::new();
    for (page, id) in document.page_iter().zip(1_usize..).map(|(id, page)| (page, id)) {
        roles.insert(id, msg!("page {page}", page));
        for content in document.get_page_contents(id) {
            roles.entry(content).or_insert_with(|| msg!("the content of page {page}", page));
        }
    }
    roles
}

fn named(id: ObjectId, document: &Document, roles: &BTreeMap<ObjectId, Message>) -> Message {
    let (number, generation) = id;
    let role = roles.get(&id).cloned().or_else(|| kind(document.objects.get(&id)?));
    let object = msg!("object {number} {generation}", number = number.to_string(), generation = generation.to_string());
    match role {
        Some(role) => msg!("{object} ({role})", object, role),
        None => object,
    }
}

/// What an object says that it is.
fn kind(object: &Object) -> Option<Message> {
    let dict: &Dictionary = match object {
        Object::Stream(stream) => &stream.dict,
        object => object.as_dict().ok()?,
    };
    let name = |key: &[u8]| Some(String::from_utf8_lossy(dict.get(key).ok()?.as_name().ok()?).into_owned());
    let words: Vec<String> = [name(b"Type"), name(b"Subtype")].into_iter().flatten().collect();
    (!words.is_empty()).then(|| Message::data(words.join(" ")))
}

/// The entries that differ; where the archive cannot be read, the one in which the first byte differs.
fn in_epub(made: &[u8], found: &[u8]) -> Vec<Message> {
    let (Ok(mut good), other) = (archive(made), archive(found)) else { return vec![at_byte(made, found)] };
    let named = |at: usize, good: &mut ZipArchive<Cursor<&[u8]>>| match entry_at(good, at) {
        Some(name) => msg!("{entry}, at byte {byte} of the file", entry = name, byte = at + 1),
        None => msg!("outside of its entries, from byte {byte} on", byte = at + 1),
    };
    let at = first(made, found);
    let Ok(mut other) = other else { return vec![named(at, &mut good)] };
    let (good_entries, other_entries) = (entries(&mut good), entries(&mut other));
    let mut places = Vec::new();
    for (name, bytes) in &good_entries {
        places.extend(match other_entries.get(name) {
            None => Some(msg!("{entry} is missing", entry = name.as_str())),
            Some(None) => Some(msg!("{entry} is damaged", entry = name.as_str())),
            Some(other) if other == bytes => None,
            Some(Some(other)) => {
                let place = in_entry(name, bytes.as_deref().unwrap_or_default(), other);
                Some(msg!("{entry}: {place}", entry = name.as_str(), place))
            }
        });
    }
    let more = other_entries.keys().filter(|name| !good_entries.contains_key(*name));
    places.extend(more.map(|name| msg!("{entry} is one too many", entry = name.as_str())));
    if places.is_empty() { vec![named(at, &mut good)] } else { places }
}

fn in_entry(name: &str, made: &[u8], found: &[u8]) -> Message {
    match name.rsplit('.').next().unwrap_or_default() {
        "xhtml" | "opf" | "ncx" | "css" | "xml" | "svg" => in_text(made, found),
        _ => at_byte(made, found),
    }
}

fn archive(bytes: &[u8]) -> zip::result::ZipResult<ZipArchive<Cursor<&[u8]>>> {
    ZipArchive::new(Cursor::new(bytes))
}

/// Every entry with its bytes; `None` where they cannot be had whole.
fn entries(archive: &mut ZipArchive<Cursor<&[u8]>>) -> BTreeMap<String, Option<Vec<u8>>> {
    let mut all = BTreeMap::new();
    for index in 0..archive.len() {
        let Ok(entry) = archive.by_index(index) else {
            all.insert(format!("#{index}"), None);
            continue;
        };
        let name = entry.name().map_or_else(|_| format!("#{index}"), std::borrow::Cow::into_owned);
        let mut bytes = Vec::new();
        let read = entry.take(UNPACKED as u64).read_to_end(&mut bytes);
        all.insert(name, read.is_ok().then_some(bytes));
    }
    all
}

fn entry_at(archive: &mut ZipArchive<Cursor<&[u8]>>, at: usize) -> Option<String> {
    let mut found = None;
    for index in 0..archive.len() {
        let entry = archive.by_index_raw(index).ok()?;
        let begin = entry.header_start();
        let end = entry.data_start().map_or(begin, |start| start + entry.compressed_size());
        if (begin..end).contains(&(at as u64)) {
            found = entry.name().ok().map(std::borrow::Cow::into_owned);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use lopdf::{Stream, dictionary};
    use zip::ZipWriter;
    use zip::write::SimpleFileOptions;

    use super::*;

    fn told(name: &str, made: &[u8], found: &[u8]) -> String {
        differences(name, made, found).expect("they differ").to_string()
    }

    /// A PDF of one page that says something.
    fn pdf(says: &str) -> Vec<u8> {
        let mut doc = Document::with_version("1.5");
        let pages = doc.new_object_id();
        let content = doc.add_object(Stream::new(Dictionary::new(), format!("% {says}").into_bytes()));
        let page = doc.add_object(dictionary! { "Type" => "Page", "Parent" => pages, "Contents" => content });
        let tree = dictionary! { "Type" => "Pages", "Kids" => vec![page.into()], "Count" => 1 };
        doc.objects.insert(pages, tree.into());
        let root = doc.add_object(dictionary! { "Type" => "Catalog", "Pages" => pages });
        doc.trailer.set("Root", root);
        let mut bytes = Vec::new();
        doc.save_to(&mut bytes).unwrap();
        bytes
    }

    #[test]
    fn the_object_of_a_pdf_is_named() {
        let good = pdf("The lamp is lit.");
        assert_eq!(differences("a.pdf", &good, &good), None);
        assert_eq!(told("a.pdf", &good, &pdf("The lamp is out.")), "object 2 0 (the content of page 1)");
        let mut flipped = good.clone();
        let at = good.windows(4).position(|bytes| bytes == b"lamp").unwrap();
        flipped[at] ^= 1;
        assert_eq!(told("a.pdf", &good, &flipped), "object 2 0 (the content of page 1)");
        // One that no reader opens.
        let mut broken = good.clone();
        broken[0] = b'X';
        assert!(told("a.pdf", &good, &broken).contains("byte 1"), "{}", told("a.pdf", &good, &broken));
    }

    fn epub(entries: &[(&str, &str)]) -> Vec<u8> {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, text) in entries {
            zip.start_file(*name, SimpleFileOptions::default()).unwrap();
            zip.write_all(text.as_bytes()).unwrap();
        }
        zip.finish().unwrap().into_inner()
    }

    #[test]
    fn the_entry_of_an_e_book_is_named() {
        let good = epub(&[("mimetype", "m"), ("OEBPS/ch-01.xhtml", "<p>\n灯\n</p>"), ("OEBPS/style.css", "a{}")]);
        let other = epub(&[("mimetype", "m"), ("OEBPS/ch-01.xhtml", "<p>\n火\n</p>"), ("OEBPS/more.css", "")]);
        assert_eq!(
            told("a.epub", &good, &other),
            "OEBPS/ch-01.xhtml: line 2; OEBPS/style.css is missing; OEBPS/more.css is one too many"
        );
        let mut flipped = good.clone();
        let at = good.windows(4).position(|bytes| bytes == b"</p>").unwrap_or(70);
        flipped[at] ^= 1;
        let told = told("a.epub", &good, &flipped);
        assert!(told.contains("OEBPS/ch-01.xhtml"), "{told}");
    }

    #[test]
    fn the_line_of_a_text_is_named() {
        assert_eq!(told("onix.xml", b"a\nb\nc", b"a\nb\nd"), "line 3");
        assert_eq!(told("cover.jpg", b"abc", b"ab"), "from byte 3 on");
    }
}
