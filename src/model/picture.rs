//! Pictures: what they show and how large.

/// A picture from the manuscript's folder.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Image {
    /// Project-relative path, already resolved against the chapter's folder, such as `manuscript/images/a.png`.
    pub path: String,
    /// The path as the author wrote it.
    pub written: String,
    /// Alternative text; empty when the author gave none.
    pub alt: String,
    /// Whether the picture is marked as decoration (`{.decorative}`).
    pub decorative: bool,
    /// The width of what is shown of it (`{width=60%}`). With a height as well it is as large as fits in both.
    pub width: Option<Extent>,
    /// The height of what is shown of it (`{height=4cm}`); never a percentage.
    pub height: Option<Extent>,
    /// What is cut off (`{crop="10% 0"}`).
    pub crop: Option<Crop>,
    /// What stays in sight where a layout cuts it to fit its place (`focus` of a picture at the opening of a chapter).
    pub focus: Focus,
    /// Where it stands at the opening of a chapter.
    pub place: Place,
}

/// Where the picture of a chapter stands (`image: {place: …}`).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Place {
    /// At the opening, as the layout has it.
    #[default]
    Opener,
    /// Over half of the page.
    Half,
    /// Over all of the page.
    Full,
}

impl Place {
    /// Every place.
    pub const ALL: [Place; 3] = [Place::Opener, Place::Half, Place::Full];

    /// The word in front matter and for layouts.
    pub fn name(self) -> &'static str {
        match self {
            Place::Opener => "opener",
            Place::Half => "half",
            Place::Full => "full",
        }
    }
}

/// A point of a picture, in thousandths of its width and height.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Focus {
    /// From the left.
    pub across: u32,
    /// From the top.
    pub down: u32,
}

impl Default for Focus {
    /// The middle.
    fn default() -> Self {
        Self { across: 500, down: 500 }
    }
}

impl Focus {
    /// Reads how far it lies from the left and from the top, as percentages or fractions: `30% 60%`.
    pub fn read(written: &str) -> Option<Self> {
        let parts = written.split([' ', ',', '，', '\t']).filter(|part| !part.is_empty());
        match parts.map(share).collect::<Option<Vec<u32>>>()?[..] {
            [across, down] => Some(Self { across, down }),
            _ => None,
        }
    }
}

/// How wide or high a picture is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Extent {
    /// In thousandths of the unit.
    pub thousandths: u32,
    /// The unit.
    pub unit: Unit,
}

/// The units that sizes of pictures are given in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Unit {
    /// Of the width of the text.
    Percent,
    /// Millimetres.
    Mm,
    /// Centimetres.
    Cm,
    /// Inches.
    In,
    /// Points, 72 to an inch.
    Pt,
    /// The size of the text.
    Em,
}

impl Unit {
    const ALL: [(Unit, &str); 6] = [
        (Unit::Percent, "%"),
        (Unit::Mm, "mm"),
        (Unit::Cm, "cm"),
        (Unit::In, "in"),
        (Unit::Pt, "pt"),
        (Unit::Em, "em"),
    ];

    /// Its sign after a number, in manuscripts as in CSS.
    pub fn sign(self) -> &'static str {
        Self::ALL.iter().find(|(unit, _)| *unit == self).map_or("", |(_, sign)| sign)
    }

    /// Its length in points; of an em that of common text, of a percentage none.
    pub fn points(self) -> Option<f64> {
        match self {
            Unit::Percent => None,
            Unit::Mm => Some(72.0 / 25.4),
            Unit::Cm => Some(72.0 / 2.54),
            Unit::In => Some(72.0),
            Unit::Pt => Some(1.0),
            Unit::Em => Some(10.0),
        }
    }
}

/// The largest length of a side, in points: about a metre.
const LONGEST: f64 = 2880.0;

impl Extent {
    /// Reads a size as it is written: `60%`, `8.5cm`, `12 em`.
    pub fn read(written: &str) -> Option<Self> {
        let written = written.trim().replace('％', "%").to_ascii_lowercase();
        let (number, unit) = Unit::ALL.iter().find_map(|(unit, sign)| Some((written.strip_suffix(sign)?, *unit)))?;
        let thousandths = thousandths(number.trim_end())?;
        let amount = f64::from(thousandths) / 1000.0;
        let fits = match unit.points() {
            None => (1.0..=100.0).contains(&amount),
            Some(points) => amount > 0.0 && amount * points <= LONGEST,
        };
        fits.then_some(Self { thousandths, unit })
    }

    /// The number before its unit.
    pub fn amount(self) -> f64 {
        f64::from(self.thousandths) / 1000.0
    }

    /// Its length in points, about; of a percentage none.
    pub fn points(self) -> Option<f64> {
        Some(self.unit.points()? * self.amount())
    }

    /// The percentage that it is, if it is one.
    pub fn percent(self) -> Option<f64> {
        (self.unit == Unit::Percent).then(|| self.amount())
    }

    /// As it is written in manuscripts and in CSS.
    pub fn text(self) -> String {
        format!("{}{}", self.amount(), self.unit.sign())
    }
}

/// A number of at most three decimals in thousandths.
fn thousandths(number: &str) -> Option<u32> {
    let (whole, decimals) = number.split_once('.').unwrap_or((number, ""));
    let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    if whole.len() > 5 || decimals.len() > 3 || whole.len() + decimals.len() == 0 || !digits(whole) || !digits(decimals)
    {
        return None;
    }
    format!("{whole}{decimals:0<3}").parse().ok()
}

/// What is cut off from a picture at each side, in thousandths of its height or width.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Crop {
    /// At the top.
    pub top: u32,
    /// At the right.
    pub right: u32,
    /// At the bottom.
    pub bottom: u32,
    /// At the left.
    pub left: u32,
}

impl Crop {
    /// Reads what is cut off at the top, right, bottom and left, as percentages or fractions: `10% 0 20% 0`. As in CSS two
    /// values are for top and bottom and for both sides, one is for all.
    pub fn read(written: &str) -> Option<Self> {
        let parts = written.split([' ', ',', '，', '\t']).filter(|part| !part.is_empty());
        let parts: Vec<u32> = parts.map(fraction).collect::<Option<_>>()?;
        let [top, right, bottom, left] = match parts[..] {
            [all] => [all; 4],
            [ends, sides] => [ends, sides, ends, sides],
            [top, sides, bottom] => [top, sides, bottom, sides],
            [top, right, bottom, left] => [top, right, bottom, left],
            _ => return None,
        };
        (top + bottom < 1000 && left + right < 1000).then_some(Self { top, right, bottom, left })
    }

    /// What is left of the width and of the height, as fractions.
    pub fn left_over(self) -> (f64, f64) {
        let left = |a: u32, b: u32| f64::from(1000_u32.saturating_sub(a + b).max(1)) / 1000.0;
        (left(self.left, self.right), left(self.top, self.bottom))
    }
}

/// A fraction below one, in thousandths.
fn fraction(written: &str) -> Option<u32> {
    share(written).filter(|thousandths| *thousandths < 1000)
}

/// A fraction of at most one, in thousandths.
fn share(written: &str) -> Option<u32> {
    let thousandths = match written.strip_suffix(['%', '％']) {
        Some(percent) => thousandths(percent)? / 100,
        None => thousandths(written)?,
    };
    (thousandths <= 1000).then_some(thousandths)
}

#[cfg(test)]
mod tests {
    use super::{Crop, Extent, Focus};

    #[test]
    fn a_focus_is_a_point_of_the_picture() {
        for (written, read) in [
            ("30% 60%", Some((300, 600))),
            ("0, 100%", Some((0, 1000))),
            ("0.25 1", Some((250, 1000))),
            ("50%", None),
            ("50% 101%", None),
            ("left top", None),
            ("10% 20% 30%", None),
            ("", None),
        ] {
            assert_eq!(Focus::read(written).map(|focus| (focus.across, focus.down)), read, "{written}");
        }
    }

    #[test]
    fn sizes_have_units() {
        for (written, read) in [
            ("60%", Some("60%")),
            ("60 ％", Some("60%")),
            ("33.5%", Some("33.5%")),
            ("8.25cm", Some("8.25cm")),
            ("30MM", Some("30mm")),
            ("12 em", Some("12em")),
            (".5in", Some("0.5in")),
            ("0%", None),
            ("101%", None),
            ("0mm", None),
            ("9999cm", None),
            ("60", None),
            ("60px", None),
            ("-3cm", None),
            ("1.2345cm", None),
            ("cm", None),
            ("三cm", None),
        ] {
            assert_eq!(Extent::read(written).map(Extent::text).as_deref(), read, "{written}");
        }
    }

    #[test]
    fn what_is_cut_off_leaves_something() {
        for (written, read) in [
            ("10%", Some([100, 100, 100, 100])),
            ("10% 0", Some([100, 0, 100, 0])),
            ("0.1, 0, 0.25, 0", Some([100, 0, 250, 0])),
            ("5% 10% 20%", Some([50, 100, 200, 100])),
            ("50%", None),
            ("60% 0 40% 0", None),
            ("1 0 0 0", None),
            ("10px", None),
            ("a", None),
            ("", None),
            ("0 0 0 0 0", None),
        ] {
            let sides = Crop::read(written).map(|crop| [crop.top, crop.right, crop.bottom, crop.left]);
            assert_eq!(sides, read, "{written}");
        }
        assert_eq!(Crop::read("10% 20% 30% 0").map(Crop::left_over), Some((0.8, 0.6)));
    }
}
