//! PDFs that a layout shows as pictures: what is in them is carried out within the bounds of [`inspect`](super::inspect) before
//! anybody else reads them.

use lopdf::{DecompressError, Document, Error, Object, Stream};

use super::{Facts, MarkKind, facts, load};
use crate::manuscript::picture::MAX_PIXELS;
use crate::message::Message;

/// Most pages, and most objects.
const PAGES: usize = 500;
const OBJECTS: usize = 100_000;

/// Most bytes that all streams unpack to.
const UNPACKED: usize = 256 << 20;

/// Whether a file is a PDF to whoever shows pictures.
pub(crate) fn is_pdf(path: &str, bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(1024)];
    path.to_ascii_lowercase().ends_with(".pdf") || head.windows(5).any(|five| five == b"%PDF-")
}

/// Looks through a PDF that is to be shown.
///
/// # Errors
/// Says why it is refused.
pub(crate) fn admit(bytes: &[u8]) -> Result<(), Message> {
    let unreadable = |why| msg!("it cannot be read as a PDF: {why}", why);
    let document = load(bytes).map_err(unreadable)?;
    if document.is_encrypted() || document.was_encrypted() {
        return Err(msg!("the PDF is encrypted"));
    }
    if document.objects.len() > OBJECTS {
        return Err(msg!(
            "the PDF has {objects} objects; at most {limit} are allowed",
            objects = document.objects.len(),
            limit = OBJECTS
        ));
    }
    if !unpacks_to(&document, UNPACKED) {
        return Err(msg!("the PDF unpacks to more than {limit} MiB", limit = UNPACKED >> 20));
    }
    let facts = facts(&document).map_err(unreadable)?;
    if facts.pages.len() > PAGES {
        return Err(msg!(
            "the PDF has {pages} pages; at most {limit} are allowed",
            pages = facts.pages.len(),
            limit = PAGES
        ));
    }
    if facts.partial || has_too_many_pixels(&facts) {
        return Err(msg!("the PDF cannot be drawn within reason"));
    }
    Ok(())
}

/// Whether all streams together unpack to no more than so many bytes.
fn unpacks_to(document: &Document, most: usize) -> bool {
    let mut left = most;
    let streams = document.objects.values().filter_map(|object| match object {
        Object::Stream(stream) => Some(stream),
        _ => None,
    });
    for stream in streams {
        match unpacked(stream, left) {
            Some(size) => left -= size,
            None => return false,
        }
    }
    true
}

/// Bytes of a stream when it is unpacked; `None` for more than `most`. What nobody can unpack is left as it is.
fn unpacked(stream: &Stream, most: usize) -> Option<usize> {
    if !stream.dict.has(b"Filter") {
        return Some(stream.content.len()).filter(|size| *size <= most);
    }
    match stream.decompressed_content_with_limit(most) {
        Ok(content) => Some(content.len()).filter(|size| *size <= most),
        Err(Error::Decompress(DecompressError::MemoryLimitExceeded { .. })) => None,
        Err(_) => Some(0),
    }
}

fn has_too_many_pixels(facts: &Facts) -> bool {
    let marks = facts.pages.iter().flat_map(|page| &page.marks);
    marks
        .filter_map(|mark| if let MarkKind::Image(image) = &mark.kind { Some(image.pixels) } else { None })
        .any(|[width, height]| u64::from(width) * u64::from(height) > MAX_PIXELS)
}

#[cfg(test)]
mod tests {
    use lopdf::{Dictionary, dictionary};

    use super::*;

    /// A PDF of pages with this content, which can draw `X0`: a form with that content.
    fn pdf(pages: usize, content: &str, form: &str) -> (Document, Vec<u8>) {
        let mut document = Document::with_version("1.7");
        let (tree, inner) = (document.new_object_id(), document.new_object_id());
        let resources = dictionary! { "XObject" => dictionary! { "X0" => inner } };
        let bounds = vec![0.into(), 0.into(), 100.into(), 100.into()];
        let kind = dictionary! { "Type" => "XObject", "Subtype" => "Form", "BBox" => bounds.clone(), "Resources" => resources.clone() };
        document.objects.insert(inner, Stream::new(kind, form.as_bytes().to_vec()).into());
        let drawn = document.add_object(Stream::new(Dictionary::new(), content.as_bytes().to_vec()));
        let page = dictionary! {
            "Type" => "Page", "Parent" => tree, "Contents" => drawn, "Resources" => resources, "MediaBox" => bounds,
        };
        let kids: Vec<Object> = (0..pages).map(|_| document.add_object(page.clone()).into()).collect();
        let count = i64::try_from(kids.len()).expect("few pages");
        document.objects.insert(tree, dictionary! { "Type" => "Pages", "Kids" => kids, "Count" => count }.into());
        let catalogue = document.add_object(dictionary! { "Type" => "Catalog", "Pages" => tree });
        document.trailer.set("Root", catalogue);
        let mut bytes = Vec::new();
        document.save_to(&mut bytes).expect("memory takes it");
        (document, bytes)
    }

    fn refused(bytes: &[u8]) -> String {
        admit(bytes).map_or_else(|why| why.to_string(), |()| String::new())
    }

    #[test]
    fn a_drawing_is_shown() {
        assert_eq!(refused(&pdf(2, "/X0 Do 0 0 9 9 re f", "0 0 9 9 re f").1), "");
    }

    #[test]
    fn what_costs_more_than_it_shows_is_refused() {
        let endless = pdf(1, "/X0 Do", "/X0 Do").1;
        assert_eq!(refused(&endless), "the PDF cannot be drawn within reason");
        assert_eq!(refused(&pdf(PAGES + 1, "", "").1), "the PDF has 501 pages; at most 500 are allowed");
        assert!(refused(b"%PDF-1.7\n").starts_with("it cannot be read as a PDF: "));
        assert!(refused(&endless[..endless.len() / 2]).len() > 10);
    }

    #[test]
    fn streams_unpack_to_so_much_and_no_more() {
        let (mut document, _) = pdf(1, &" ".repeat(100_000), &" ".repeat(100_000));
        document.compress();
        assert!(unpacks_to(&document, 200_000));
        assert!(!unpacks_to(&document, 150_000), "both together");
        assert!(!unpacks_to(&document, 50_000), "one alone");
    }

    #[test]
    fn a_pdf_is_known_by_its_name_or_its_beginning() {
        assert!(is_pdf("a/b.PDF", b"") && is_pdf("a.png", b"junk\n%PDF-1.4"));
        assert!(!is_pdf("a.png", b"\x89PNG") && !is_pdf("a.svg", b"<svg/>"));
    }
}
