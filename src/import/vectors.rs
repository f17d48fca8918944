//! Pictures in forms that no book shows but that other programs draw, EMF, WMF and PDF, and the SVG that those make of them.

use crate::manuscript::picture;

/// How a WMF begins that says how large it is, and one that does not.
const PLACEABLE: [u8; 4] = [0xd7, 0xcd, 0xc6, 0x9a];
const BARE: [u8; 6] = [1, 0, 9, 0, 0, 3];

/// The ending of the form that these bytes are in; `None` for all other forms.
pub fn ending(bytes: &[u8]) -> Option<&'static str> {
    let is_emf = bytes.starts_with(&[1, 0, 0, 0]) && bytes.get(40..44) == Some(b" EMF".as_slice());
    let is_wmf = bytes.starts_with(&PLACEABLE) || bytes.starts_with(&BARE);
    let is_pdf = bytes.starts_with(b"%PDF-");
    [(is_emf, "emf"), (is_wmf, "wmf"), (is_pdf, "pdf")].into_iter().find(|(is, _)| *is).map(|(_, ending)| ending)
}

/// Whether the list of an archive names a file of such a form.
pub fn are_named(archive: &[u8]) -> bool {
    let named = |ending: &[u8]| archive.windows(ending.len()).any(|some| some.eq_ignore_ascii_case(ending));
    named(b".emf") || named(b".wmf")
}

/// Whether a book can show an SVG.
pub fn shown(svg: &str) -> bool {
    picture::inspect(svg.as_bytes()).is_ok()
}

/// An SVG of LibreOffice, which shows a page of paper, cut to the picture on it. Others stay as they are.
pub fn cut(svg: &str) -> String {
    place(svg).unwrap_or_else(|| svg.to_owned())
}

fn place(svg: &str) -> Option<String> {
    let open = svg.find("<svg ")?;
    let end = open + svg[open..].find('>')?;
    let head = &svg[open..end];
    let attribute = |text: &str, name: &str| -> Option<String> {
        Some(text.split_once(&format!(" {name}=\""))?.1.split_once('"')?.0.to_owned())
    };
    // Its unit is the hundredth of a millimetre.
    let paper: Vec<f64> = attribute(head, "viewBox")?.split(' ').filter_map(|number| number.parse().ok()).collect();
    let width: f64 = attribute(head, "width")?.strip_suffix("mm")?.parse().ok()?;
    let is_of_paper = paper.len() == 4 && (paper[2] - width * 100.0).abs() < 100.0;
    let drawn = &svg[end..];
    let graphic = &drawn[drawn.find("class=\"Graphic\"")?..];
    let bounds = &graphic[graphic.find("class=\"BoundingBox\"")?..];
    let bounds = &bounds[..bounds.find('>')?];
    let number = |name| attribute(bounds, name)?.parse::<f64>().ok().filter(|number| number.is_finite());
    let (x, y, w, h) = (number("x")?, number("y")?, number("width")?, number("height")?);
    if !is_of_paper || w <= 0.0 || h <= 0.0 {
        return None;
    }
    let old = |name: &str| attribute(head, name).map(|value| format!(" {name}=\"{value}\""));
    let new = head
        .replace(&old("width")?, &format!(" width=\"{}mm\"", w / 100.0))
        .replace(&old("height")?, &format!(" height=\"{}mm\"", h / 100.0))
        .replace(&old("viewBox")?, &format!(" viewBox=\"{x} {y} {w} {h}\""));
    Some(format!("{}{new}{drawn}", &svg[..open]))
}

/// A WMF of one black box, to try programs on.
#[doc(hidden)]
pub fn sample() -> Vec<u8> {
    let words = |words: &[u16]| words.iter().flat_map(|word| word.to_le_bytes()).collect::<Vec<u8>>();
    // Bounds in units, of which 1440 are an inch, and the sum over the head.
    let mut head = words(&[0xcdd7, 0x9ac6, 0, 0, 0, 1440, 720, 1440, 0, 0]);
    let sum = head.chunks_exact(2).fold(0u16, |sum, two| sum ^ u16::from_le_bytes([two[0], two[1]]));
    head.extend(sum.to_le_bytes());
    // SetWindowOrg, SetWindowExt, a black brush, Rectangle, the end.
    let records = [
        words(&[5, 0, 0x020b, 0, 0]),
        words(&[5, 0, 0x020c, 720, 1440]),
        words(&[7, 0, 0x02fc, 0, 0, 0, 0]),
        words(&[4, 0, 0x012d, 0]),
        words(&[7, 0, 0x041b, 700, 1400, 20, 20]),
        words(&[3, 0, 0]),
    ];
    let body: Vec<u8> = records.concat();
    let size = u16::try_from(9 + body.len() / 2).unwrap_or(u16::MAX);
    head.extend(words(&[1, 9, 0x0300, size, 0, 1, 7, 0, 0]));
    head.extend(body);
    head
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_are_known_by_how_they_begin() {
        let mut emf = vec![1, 0, 0, 0];
        emf.resize(40, 0);
        emf.extend(b" EMF");
        assert_eq!(ending(&emf), Some("emf"));
        assert_eq!(ending(&sample()), Some("wmf"));
        assert_eq!(ending(b"<svg/>"), None);
        assert!(are_named(b"PK..word/media/image1.EMF") && !are_named(b"PK..word/media/image1.png"));
    }

    #[test]
    fn a_page_of_paper_is_cut_to_the_picture() {
        let page = "<?xml?><svg version=\"1.2\" width=\"210mm\" height=\"297mm\" viewBox=\"0 0 21000 29700\"><g class=\"Graphic\">\
                    <rect class=\"BoundingBox\" x=\"8003\" y=\"100\" width=\"500\" height=\"250\"/></g></svg>";
        let cut_out = cut(page);
        assert!(cut_out.contains("width=\"5mm\" height=\"2.5mm\" viewBox=\"8003 100 500 250\"><g "), "{cut_out}");
        assert_eq!(cut("<svg width=\"5mm\"><g/></svg>"), "<svg width=\"5mm\"><g/></svg>");
    }
}
