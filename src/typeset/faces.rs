//! Fonts for an e-book that carries them.

use typst::text::FontStyle;

use super::Job;
use super::fonts::{self, Terms};
use crate::codes;
use crate::diagnostic::{Diagnostic, Reported};
use crate::layout::FONT_LIST;

/// Weights that an e-book is set in.
const WEIGHTS: [u16; 2] = [400, 700];

/// A font as it stands in its file.
#[derive(Debug, Clone)]
pub struct Face {
    /// Family, as `epub.css` writes it.
    pub family: String,
    /// Weight from 100 to 900.
    pub weight: u16,
    /// Whether it is the italic.
    pub italic: bool,
    /// The file.
    pub bytes: Vec<u8>,
    /// Its number in the file, which is 0 but in collections.
    pub index: u32,
    /// Whether the licence lets a changed copy keep the name.
    pub may_change: bool,
}

/// See [`super::faces()`].
pub(super) fn faces(job: &Job<'_>, families: &[&str]) -> Reported<Vec<Face>> {
    let mut found = Vec::new();
    let fonts = fonts::for_project(job.files, job.sources).take(&mut found);
    let mut faces: Vec<Face> = Vec::new();
    for family in families {
        let before = faces.len();
        for index in fonts.book().select_family(&family.to_lowercase()) {
            let (Some(info), Some(font)) = (fonts.book().info(index), fonts.font(index)) else { continue };
            let (weight, italic) = (info.variant.weight.to_number(), info.variant.style != FontStyle::Normal);
            let wanted = WEIGHTS.contains(&weight) && (!italic || weight == WEIGHTS[0]);
            let known = faces[before..].iter().any(|face| (face.weight, face.italic) == (weight, italic));
            if wanted && !known {
                faces.push(Face {
                    family: info.family.clone(),
                    weight,
                    italic,
                    bytes: font.data().to_vec(),
                    index: font.index(),
                    may_change: fonts.terms(index) == Terms::MayChange,
                });
            }
        }
        if faces.len() == before {
            let message =
                msg!("the e-book cannot carry the family ‘{family}’: no font has that name", family = *family);
            let hint = msg!("add its files to {list}, or correct `epub-fonts` in layout.yaml", list = FONT_LIST);
            found.push(Diagnostic::warning(codes::EBOOK_FONTS, message).hint(hint));
        }
    }
    Reported::new(faces, found)
}
