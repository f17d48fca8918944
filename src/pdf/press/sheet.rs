//! The sheet around each page: boxes, clip, marks and slug.

use std::collections::BTreeMap;

use lopdf::{Dictionary, Document, Object, ObjectId, Stream, dictionary};

use super::page::{Page, SLUG};
use super::{Order, marks, slug};
use crate::pdf::boxes::{Rect, page_box};
use crate::pdf::content;

/// What a page is called by its content.
const MARKS: &str = "DamaMarks";

/// Gives every page its boxes and, if wanted, its marks. The origin stays: what points to a place still finds it.
pub(super) fn lay_out(doc: &mut Document, order: &Order<'_>) -> lopdf::Result<()> {
    let pages: Vec<ObjectId> = doc.page_iter().collect();
    let mut slug = slug::Slug::new(order, pages.len());
    let mut forms = Forms::default();
    for (at, id) in pages.into_iter().enumerate() {
        let bleed = page_box(doc, id, b"MediaBox").ok_or(lopdf::Error::PageNumberNotFound(at as u32 + 1))?;
        let page = Page { trim: page_box(doc, id, b"TrimBox").unwrap_or(bleed), bleed };
        let sheet = if order.marks { bleed.grown(SLUG) } else { bleed };
        let dict = doc.get_dictionary_mut(id)?;
        dict.set("MediaBox", sheet.object());
        dict.set("BleedBox", bleed.object());
        dict.set("TrimBox", page.trim.object());
        dict.remove(b"CropBox");
        dict.remove(b"ArtBox");
        if order.marks {
            let form = forms.of(doc, &page, order.folds);
            draw(doc, id, &page, form, &slug.line(at, &page))?;
        }
    }
    Ok(())
}

/// The marks, once for all pages of a size.
#[derive(Default)]
struct Forms(BTreeMap<String, ObjectId>);

impl Forms {
    fn of(&mut self, doc: &mut Document, page: &Page, folds: &[f64]) -> ObjectId {
        let drawn = marks::content(page, folds);
        if let Some(id) = self.0.get(&drawn) {
            return *id;
        }
        let resources = dictionary! { "ColorSpace" => dictionary! { marks::ALL_INKS => all_inks(doc) } };
        let dict = dictionary! {
            "Type" => "XObject", "Subtype" => "Form", "BBox" => page.bleed.grown(SLUG).object(), "Resources" => resources,
        };
        let id = doc.add_object(compressed(dict, drawn.clone()));
        self.0.insert(drawn, id);
        id
    }
}

/// The colourant that prints on every plate (ISO 32000-1, 8.6.6.4).
fn all_inks(doc: &mut Document) -> Object {
    let tint = dictionary! {
        "FunctionType" => 2, "N" => 1, "Domain" => vec![0.into(), 1.into()],
        "C0" => vec![Object::from(0); 4], "C1" => vec![Object::from(1); 4],
    };
    Object::Array(vec!["Separation".into(), "All".into(), "DeviceCMYK".into(), doc.add_object(tint).into()])
}

/// Puts the page's own content under a clip to the bleed, and marks and slug after it. Neither is part of the text, and
/// the tags say so.
fn draw(doc: &mut Document, id: ObjectId, page: &Page, form: ObjectId, slug: &str) -> lopdf::Result<()> {
    let Rect { left, bottom, .. } = page.bleed;
    let before = format!("q {left} {bottom} {} {} re W n\n", page.bleed.width(), page.bleed.height());
    let after = format!("\nQ\n/Artifact <</Type /Page>> BDC\nq /{MARKS} Do {slug}Q\nEMC\n");
    let mut contents = vec![doc.add_object(Stream::new(Dictionary::new(), before.into_bytes())).into()];
    contents.extend(doc.get_page_contents(id).into_iter().map(Object::Reference));
    contents.push(doc.add_object(compressed(Dictionary::new(), after)).into());
    let mut resources = content::page_resources(doc, id);
    let mut named = content::entry(doc, &resources, b"XObject");
    named.set(MARKS, form);
    resources.set("XObject", named);
    let dict = doc.get_dictionary_mut(id)?;
    dict.set("Contents", contents);
    dict.set("Resources", resources);
    Ok(())
}

fn compressed(dict: Dictionary, content: String) -> Stream {
    let mut stream = Stream::new(dict, content.into_bytes());
    // Writing to memory cannot fail; a stream left plain would be as good.
    let _ = stream.compress();
    stream
}
