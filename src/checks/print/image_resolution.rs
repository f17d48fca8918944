use super::super::{Check, Look};
use super::sheet::{Flaw, Sheet, Spot};
use crate::diagnostic::{Diagnostic, Severity};
use crate::inspect::{Image, MarkKind};
use crate::source::Span;

pub(in crate::checks) const CHECK: Check = Check {
    name: Check::code("image-resolution"),
    group: "print",
    summary: msg!("a picture with too few pixels for its size"),
    default_level: Severity::Error,
    page: page!("image_resolution"),
    look: Look::Pages(look),
};

/// Pixels per inch that printing needs, and below which a picture looks coarse.
const WANTED: f64 = 300.0;
const LEAST: f64 = 200.0;

/// Pixels per inch below which a picture looks coarse on a screen.
const SCREEN: f64 = 90.0;

/// The same picture at the same size.
type Key<'a> = (Severity, &'a Image, Option<Span>);

fn look(sheet: &Sheet<'_>, flaws: &mut Vec<Flaw>) {
    let mut found: Vec<(Key<'_>, Vec<Spot>)> = Vec::new();
    for (spot, mark) in sheet.marks() {
        let MarkKind::Image(image) = &mark.kind else { continue };
        let Some(severity) = judge(image, sheet.is_print()) else { continue };
        let key = (severity, image, sheet.span_at(&spot));
        match found.iter_mut().find(|(known, _)| *known == key) {
            Some((_, spots)) => spots.push(spot),
            None => found.push((key, vec![spot])),
        }
    }
    for ((severity, image, _), spots) in found {
        let (ppi, [width, height]) = (image.resolution(), image.pixels);
        let aim = if sheet.is_print() { WANTED } else { SCREEN };
        let message = msg!(
            "a picture of {width} × {height} pixels has {ppi} ppi {places}",
            width,
            height,
            ppi = format!("{ppi:.0}"),
            places = sheet.places(&spots)
        );
        let larger = |pixels: u32| format!("{:.0}", (f64::from(pixels) * aim / ppi).ceil());
        let hint = msg!(
            "use a picture of {width} × {height} pixels, or scale this one to {percent} % of its width: {medium} needs {ppi} ppi",
            width = larger(width),
            height = larger(height),
            percent = format!("{:.0}", (100.0 * ppi / aim).floor()),
            medium = if sheet.is_print() { msg!("printing") } else { msg!("a screen") },
            ppi = format!("{aim:.0}")
        );
        flaws.push(sheet.flaw(Diagnostic::new(severity, CHECK.name, message).hint(hint), spots));
    }
}

fn judge(image: &Image, print: bool) -> Option<Severity> {
    let ppi = image.resolution().round();
    // A single pixel is an area of colour, and one without a size cannot be seen.
    if image.pixels[0].min(image.pixels[1]) <= 1 || ppi <= 0.0 {
        return None;
    }
    if !print {
        return (ppi < SCREEN).then_some(Severity::Info);
    }
    if ppi < LEAST {
        Some(Severity::Error)
    } else if ppi < WANTED {
        Some(Severity::Warning)
    } else {
        None
    }
}
