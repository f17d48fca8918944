//! The press sheet: a PDF of Typst's made ready for a printer.
//!
//! Black and neutral greys are printed with black ink alone (`black`); links are taken out (`links`); the pages get
//! their boxes, marks and a slug (`sheet`, `marks`, `slug`); an output intent, if there is one, makes it
//! [a PDF/X-4](super::PDFX_CLAIM) (`intent`). Text, fonts, pictures and tags stay as they are.

mod black;
mod intent;
mod lettering;
mod links;
mod marks;
mod page;
mod sheet;
mod slug;

use lopdf::Document;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::codes;
use crate::diagnostic::{Diagnostic, Reported};
use crate::model::OutputIntent;

/// What a press sheet is made from, besides the PDF.
#[derive(Debug, Clone, Copy)]
pub struct Order<'a> {
    /// Name of the publication and edition, as in the artifact's name.
    pub name: &'a str,
    /// The number of each page as printed.
    pub labels: &'a [Option<String>],
    /// Where the sheets are folded, in points from their trimmed left edge.
    pub folds: &'a [f64],
    /// Day of the build, `YYYY-MM-DD`.
    pub date: &'a str,
    /// Whether there are marks and a slug.
    pub marks: bool,
    /// The printing condition.
    pub intent: Option<&'a OutputIntent>,
    /// Fonts for the slug, in the order in which a character is looked for: whole files.
    pub fonts: [&'a [u8]; 2],
}

/// Makes a PDF ready for the press. The value is absent when the file cannot be taken apart.
pub fn finish(pdf: &[u8], order: &Order<'_>) -> Reported<Option<Vec<u8>>> {
    match rework(pdf, order) {
        Ok(bytes) => Reported::clean(Some(bytes)),
        Err(error) => {
            let reason = error.to_string();
            let message = msg!("the print PDF of {name} cannot be finished: {reason}", name = order.name, reason);
            let hint = msg!("this is a defect of dama-pub; the screen PDF is not affected");
            Reported::new(None, vec![Diagnostic::error(codes::PRESS, message).hint(hint)])
        }
    }
}

fn rework(pdf: &[u8], order: &Order<'_>) -> lopdf::Result<Vec<u8>> {
    let mut doc = Document::load_mem(pdf)?;
    black::only(&mut doc)?;
    links::remove(&mut doc)?;
    sheet::lay_out(&mut doc, order)?;
    intent::declare(&mut doc, order.intent, instance(pdf, order))?;
    let mut bytes = Vec::with_capacity(pdf.len() + pdf.len() / 8);
    doc.save_modern(&mut bytes)?;
    // As Typst's own file does not, so that what is appended later begins a line.
    if bytes.last() != Some(&b'\n') {
        bytes.push(b'\n');
    }
    Ok(bytes)
}

/// Identifies the file by all that it is made from.
fn instance(pdf: &[u8], order: &Order<'_>) -> Uuid {
    let mut hash = Sha256::new();
    hash.update(pdf);
    hash.update([u8::from(order.marks)]);
    for fold in order.folds {
        hash.update(fold.to_be_bytes());
    }
    for text in [order.name, order.date].into_iter().chain(order.intent.map(|intent| intent.identifier.as_str())) {
        hash.update(text.len().to_be_bytes());
        hash.update(text);
    }
    hash.update(order.intent.map_or(&[][..], |intent| &intent.icc));
    Uuid::new_v5(&Uuid::NAMESPACE_OID, &hash.finalize())
}
