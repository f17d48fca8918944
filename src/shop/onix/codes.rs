//! What words of `book.yaml` are in the code lists of ONIX.

use crate::model::release::{Audience, ProductForm, Protection, Relation, Status, Unpriced};

/// List 17: who did what, by MARC relator code.
const ROLES: [(&str, &str); 30] = [
    ("aut", "A01"),
    ("cmp", "A06"),
    ("art", "A07"),
    ("pht", "A13"),
    ("cre", "A09"),
    ("dsr", "A11"),
    ("bkd", "A11"),
    ("ill", "A12"),
    ("wpr", "A15"),
    ("aft", "A19"),
    ("ann", "A20"),
    ("cwt", "A21"),
    ("wfw", "A23"),
    ("aui", "A24"),
    ("win", "A24"),
    ("ctb", "A32"),
    ("cov", "A36"),
    ("ctg", "A39"),
    ("ive", "A44"),
    ("ivr", "A43"),
    ("res", "A51"),
    ("edt", "B01"),
    ("abr", "B04"),
    ("adp", "B05"),
    ("trl", "B06"),
    ("pbd", "B16"),
    ("trc", "B33"),
    ("com", "C01"),
    ("cur", "C04"),
    ("nrt", "E03"),
];

/// The code of a role, if ONIX has a word for it.
pub(in crate::shop) fn role(relator: &str) -> Option<&'static str> {
    ROLES.iter().find(|(own, _)| *own == relator).map(|(_, code)| *code)
}

/// List 28.
pub(super) fn audience(audience: Audience) -> &'static str {
    match audience {
        Audience::General => "01",
        Audience::Children => "02",
        Audience::YoungAdult => "03",
        Audience::School => "04",
        Audience::University => "05",
        Audience::Professional => "06",
        Audience::LanguageTeaching => "07",
        Audience::AdultEducation => "08",
    }
}

/// List 64.
pub(super) fn status(status: Status) -> &'static str {
    match status {
        Status::Forthcoming => "02",
        Status::Active => "04",
        Status::OutOfPrint => "07",
        Status::Withdrawn => "11",
    }
}

/// List 65.
pub(super) fn availability(status: Status) -> &'static str {
    match status {
        Status::Forthcoming => "10",
        Status::Active => "20",
        Status::OutOfPrint => "51",
        Status::Withdrawn => "40",
    }
}

/// List 57.
pub(super) fn unpriced(why: Unpriced) -> &'static str {
    match why {
        Unpriced::Free => "01",
        Unpriced::ToBeAnnounced => "02",
        Unpriced::NotSoldSeparately => "03",
        Unpriced::ContactSupplier => "04",
    }
}

/// List 51.
pub(super) fn relation(relation: Relation) -> &'static str {
    match relation {
        Relation::PartOf => "02",
        Relation::Replaces => "03",
        Relation::ReplacedBy => "05",
        Relation::AlternativeFormat => "06",
        Relation::OtherLanguage => "11",
        Relation::Companion => "23",
    }
}

/// List 144.
pub(super) fn protection(protection: Protection) -> &'static str {
    match protection {
        Protection::None => "00",
        Protection::Drm => "01",
        Protection::Watermark => "02",
    }
}

/// List 175, of what is downloaded.
pub(super) fn file_form(form: ProductForm) -> Option<&'static str> {
    match form {
        ProductForm::Epub => Some("E101"),
        ProductForm::Pdf => Some("E107"),
        ProductForm::Print => None,
    }
}

/// List 27, of a code of Thema: its first digit tells the kind of qualifier.
pub(super) fn thema_scheme(code: &str) -> &'static str {
    match code.bytes().next() {
        Some(b'1') => "94",
        Some(b'2') => "95",
        Some(b'3') => "96",
        Some(b'4') => "97",
        Some(b'5') => "98",
        Some(b'6') => "99",
        _ => "93",
    }
}
