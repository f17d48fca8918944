//! What only the printed book has: its cataloguing record and its cover.

/// The record of cataloguing in publication (GB/T 12451-2023) of one edition, as the national library gave it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cip {
    /// The description: title, people, edition, place, publisher and date, with their separators.
    pub record: String,
    /// The access points, from `Ⅰ.` on.
    pub subjects: Option<String>,
    /// The number of the record, such as `第20211269A2号`.
    pub number: String,
}

impl Cip {
    /// Whether a text ends like a number of a record: `第20211269A2号` since 2021, `(2005)第070730号` before.
    pub fn is_number(text: &str) -> bool {
        let Some((before, rest)) = text.rsplit_once('第') else { return false };
        let Some(number) = rest.strip_suffix('号') else { return false };
        let bracket = before.trim_end_matches([')', '）']).rsplit(['(', '（']).next();
        let old = bracket.is_some_and(|year| year.len() == 4 && begins_with_year(year));
        let good = number.bytes().all(|b| b.is_ascii_digit() || b.is_ascii_uppercase());
        let length = if old { 5..=7 } else { 9..=12 };
        good && length.contains(&number.len()) && (old || begins_with_year(number))
    }
}

/// The classes of 中图法 in the access points of a record: what stands behind `Ⅳ.`, each behind a circled number.
pub fn classes(subjects: &str) -> Vec<String> {
    let Some((_, classes)) = subjects.rsplit_once('Ⅳ') else { return Vec::new() };
    let classes = classes.trim_start_matches(['.', '．', ' ']);
    let parts = classes.split(|c: char| ('①'..='⑳').contains(&c) || c.is_whitespace()).map(str::trim);
    let class = |text: &&str| text.starts_with(|c: char| c.is_ascii_uppercase());
    parts.filter(class).map(|text| text.trim_end_matches(['.', '。', ';', '；']).to_owned()).collect()
}

fn begins_with_year(text: &str) -> bool {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    digits >= 4 && matches!(&text[..2], "19" | "20")
}

/// What the cover is made for. Lengths in millimetres.
#[derive(Debug, Clone, PartialEq)]
pub struct Cover {
    /// Thickness of a leaf of the inside.
    pub leaf: f64,
    /// Thickness of the cover itself.
    pub board: f64,
    /// The spine as the printer measured it, if he did.
    pub spine: Option<f64>,
}

impl Default for Cover {
    /// Offset paper of 80 g/m² in a cover of 0.3 mm.
    fn default() -> Self {
        Self { leaf: 0.1, board: 0.3, spine: None }
    }
}

impl Cover {
    /// Width of the spine of a book of so many pages, in millimetres.
    pub fn spine_of(&self, pages: usize) -> f64 {
        let leaves = pages.div_ceil(2) as f64;
        let width = self.spine.unwrap_or(leaves * self.leaf + 2.0 * self.board);
        (width * 10.0).round() / 10.0
    }
}

#[cfg(test)]
mod tests {
    use super::{Cip, Cover, classes};

    #[test]
    fn classes_are_read_from_the_access_points() {
        assert_eq!(classes("Ⅰ.①书… Ⅱ.①作… Ⅲ.①长篇小说－中国－当代 Ⅳ.①I247.5"), ["I247.5"]);
        assert_eq!(classes("Ⅲ.①人工智能 Ⅳ.①TP18②G305"), ["TP18", "G305"]);
        assert_eq!(classes("Ⅰ.①书…"), [""; 0]);
    }

    #[test]
    fn numbers_of_both_forms_are_known() {
        for good in [
            "中国国家版本馆CIP数据核字第20211269A2号",
            "第2024012345号",
            "中国版本图书馆CIP数据核字(2005)第070730号",
            "（2019）第123456号",
        ] {
            assert!(Cip::is_number(good), "{good}");
        }
        for bad in ["20211269A2", "第1号", "第abc号", "核字第号", "(05)第070730号"] {
            assert!(!Cip::is_number(bad), "{bad}");
        }
    }

    #[test]
    fn a_spine_grows_with_the_leaves() {
        let cover = Cover::default();
        assert_eq!((cover.spine_of(0), cover.spine_of(199), cover.spine_of(200)), (0.6, 10.6, 10.6));
        assert_eq!(Cover { spine: Some(12.0), ..cover }.spine_of(200), 12.0);
    }
}
