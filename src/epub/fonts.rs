//! The book's fonts in the package, for books that ask for them (`epub: {fonts: true}`).
//!
//! A Chinese face is cut down to the characters of the book, where its licence lets a changed copy keep the name. Other
//! faces go in as they are: they are small, and their kerning and ligatures would be lost in a cut-down copy.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Display;

use allsorts::binary::read::ReadScope;
use allsorts::font::read_cmap_subtable;
use allsorts::font_data::FontData;
use allsorts::subset::{CmapTarget, SubsetProfile, subset};
use allsorts::tables::cmap::Cmap;
use allsorts::tables::{FontTableProvider, os2::Os2};
use allsorts::tag;

use rayon::prelude::*;

use super::resource::Resource;
use crate::codes;
use crate::diagnostic::{Diagnostic, Reported};
use crate::lang::Script;
use crate::message::Message;
use crate::model::Lang;
use crate::typeset::{self, Face, Job};

/// Bits of `fsType` in the table `OS/2` (OpenType 1.9): no embedding at all; no cutting down; bitmaps only.
const RESTRICTED: u16 = 0x0002;
const NO_SUBSETTING: u16 = 0x0100;
const BITMAP_ONLY: u16 = 0x0200;

/// The fonts of a book and the rules that name them in its stylesheet.
#[derive(Default)]
pub(super) struct Carried {
    pub(super) files: Vec<Resource>,
    pub(super) css: String,
}

/// Gathers the fonts for the pages of a package.
pub(super) fn carried(job: Job<'_>, languages: &[&Lang], pages: &[Resource]) -> Reported<Carried> {
    if !job.book.meta.ebook.fonts {
        return Reported::new(Carried::default(), Vec::new());
    }
    let letters = letters(pages);
    let mut found = Vec::new();
    let faces = typeset::faces(job, &families(job, languages, pages)).take(&mut found);
    let made: Vec<_> = faces.par_iter().map(|face| (face, packed(face, &letters))).collect();
    let mut carried = Carried::default();
    let mut names = BTreeMap::new();
    for (face, bytes) in made {
        match bytes {
            Ok(bytes) => carried.add(face, bytes, &mut names),
            Err(reason) => {
                let message = msg!(
                    "the e-book cannot carry the family ‘{family}’: {reason}",
                    family = face.family.as_str(),
                    reason
                );
                let hint =
                    msg!("remove the family from `epub-fonts` in layout.yaml, or replace the font in fonts/fonts.yaml");
                found.push(Diagnostic::warning(codes::EBOOK_FONTS, message).hint(hint));
            }
        }
    }
    Reported::new(carried, found)
}

/// The families that the layout's stylesheet sets the languages of the edition in.
fn families<'j>(job: Job<'j>, languages: &[&Lang], pages: &[Resource]) -> Vec<&'j str> {
    let fonts = &job.layout.epub_fonts;
    let chinese = languages.iter().any(|lang| lang.script() == Script::Han);
    let latin = languages.iter().any(|lang| lang.script() == Script::Latin);
    let code = pages.iter().any(|page| page.page().windows(5).any(|bytes| bytes == b"<code"));
    let wanted = [(chinese, &fonts.zh), (latin, &fonts.latin), (code, &fonts.code)];
    let mut families: Vec<&str> = Vec::new();
    for family in wanted.iter().filter(|(wanted, _)| *wanted).flat_map(|(_, families)| families.iter()) {
        if !families.contains(&family.as_str()) {
            families.push(family);
        }
    }
    families
}

/// Every character of the pages.
fn letters(pages: &[Resource]) -> BTreeSet<char> {
    let mut letters = BTreeSet::new();
    for page in pages {
        letters.extend(String::from_utf8_lossy(page.page()).chars().filter(|letter| !letter.is_control()));
    }
    letters
}

/// A face as it goes into the package.
fn packed(face: &Face, letters: &BTreeSet<char>) -> Result<Vec<u8>, Message> {
    let data = ReadScope::new(&face.bytes).read::<FontData<'_>>().map_err(damaged)?;
    let provider = data.table_provider(face.index as usize).map_err(damaged)?;
    let os2 = provider.read_table_data(tag::OS_2).map_err(damaged)?;
    let rights = ReadScope::new(&os2).read_dep::<Os2>(os2.len()).map_err(damaged)?.fs_type;
    if rights & (RESTRICTED | BITMAP_ONLY) != 0 {
        return Err(msg!("its licence forbids embedding"));
    }
    let cmap = provider.read_table_data(tag::CMAP).map_err(damaged)?;
    let cmap = ReadScope::new(&cmap).read::<Cmap<'_>>().map_err(damaged)?;
    let (_, map) = read_cmap_subtable(&cmap).map_err(damaged)?.ok_or_else(|| msg!("it has no character map"))?;
    let glyph = |letter: char| map.map_glyph(u32::from(letter)).ok().flatten().filter(|glyph| *glyph != 0);
    let chinese = glyph('一').is_some();
    if !chinese || !face.may_change || rights & NO_SUBSETTING != 0 {
        let collection = face.bytes.starts_with(b"ttcf");
        return if collection { Err(msg!("it is part of a font collection")) } else { Ok(face.bytes.clone()) };
    }
    let mut glyphs: Vec<u16> = letters.iter().copied().filter_map(glyph).chain([0]).collect();
    glyphs.sort_unstable();
    glyphs.dedup();
    subset(&provider, &glyphs, &SubsetProfile::Minimal, CmapTarget::Unicode).map_err(damaged)
}

/// Why a font cannot be read or cut down.
fn damaged(error: impl Display) -> Message {
    msg!("the font file is damaged: {reason}", reason = error.to_string())
}

impl Carried {
    fn add<'f>(&mut self, face: &'f Face, bytes: Vec<u8>, names: &mut BTreeMap<&'f str, usize>) {
        let count = names.len();
        let number = *names.entry(face.family.as_str()).or_insert(count) + 1;
        let style = if face.italic { "italic" } else { "normal" };
        let (media_type, extension) =
            if bytes.starts_with(b"OTTO") { ("font/otf", "otf") } else { ("font/ttf", "ttf") };
        let href = format!("fonts/family-{number}-{}-{style}.{extension}", face.weight);
        self.css.push_str(&format!(
            "@font-face {{ font-family: \"{}\"; font-weight: {}; font-style: {style}; src: url(\"{href}\"); }}\n",
            face.family, face.weight
        ));
        self.files.push(Resource::new(&href, media_type, bytes));
    }
}
