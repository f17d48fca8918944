//! What `release:` in `book.yaml` says: when a book may go out, and what shops are told of it.

use std::collections::BTreeMap;

use super::press::{Cip, classes};
use super::{EditionKind, Lang, Spanned};
use crate::source::Span;

/// A choice among words of `book.yaml`.
macro_rules! words {
    ($(#[$about:meta])* $name:ident { $($(#[$doc:meta])* $variant:ident = $word:literal,)+ }) => {
        $(#[$about])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[$doc])* $variant,)+ }

        impl $name {
            /// Every choice.
            pub const ALL: &'static [$name] = &[$($name::$variant),+];

            /// The word in `book.yaml`.
            pub fn name(self) -> &'static str {
                match self { $($name::$variant => $word),+ }
            }

            /// The choice that a word stands for.
            pub fn of(word: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|choice| choice.name() == word)
            }
        }
    };
}

words! {
    /// A condition that must hold before a book goes out.
    Gate {
        /// The checks of the text find no error.
        Check = "check",
        /// Every translated block is signed off.
        SignedOff = "signed-off",
        /// The finished pages have no error.
        Preflight = "preflight",
        /// The e-books have no error by the program's own rules.
        Epub = "epub",
        /// The records for shops lack nothing that they must have.
        Metadata = "metadata",
        /// EPUBCheck accepts the e-books.
        Epubcheck = "epubcheck",
        /// Ace finds no violation in the e-books.
        Ace = "ace",
        /// veraPDF accepts the PDFs for screens.
        Verapdf = "verapdf",
        /// qpdf accepts the PDFs.
        Qpdf = "qpdf",
    }
}

impl Gate {
    /// Whether it needs a program of others, which may be absent.
    pub fn is_outside(self) -> bool {
        matches!(self, Gate::Epubcheck | Gate::Ace | Gate::Verapdf | Gate::Qpdf)
    }
}

words! {
    /// A form in which an edition is sold.
    ProductForm {
        /// The e-book.
        Epub = "epub",
        /// The PDF for screens.
        Pdf = "pdf",
        /// The printed book.
        Print = "print",
    }
}

words! {
    /// Where a publication stands in its life.
    Status {
        /// Announced, not yet out.
        Forthcoming = "forthcoming",
        /// Out and to be had.
        Active = "active",
        /// No longer to be had.
        OutOfPrint = "out-of-print",
        /// Called back.
        Withdrawn = "withdrawn",
    }
}

words! {
    /// Whom a book is for.
    Audience {
        /// Everybody.
        General = "general",
        /// Children.
        Children = "children",
        /// Teenagers.
        YoungAdult = "young-adult",
        /// Pupils.
        School = "school",
        /// Students of universities.
        University = "university",
        /// Professionals and scholars.
        Professional = "professional",
        /// Adults who learn.
        AdultEducation = "adult-education",
        /// Learners of a language.
        LanguageTeaching = "language-teaching",
    }
}

words! {
    /// How a printed book is bound.
    Binding {
        /// In a soft cover.
        Paperback = "paperback",
        /// In a hard cover.
        Hardback = "hardback",
    }
}

words! {
    /// Why a product has no price.
    Unpriced {
        /// It is given away.
        Free = "free",
        /// The price is not known yet.
        ToBeAnnounced = "to-be-announced",
        /// It is not sold alone.
        NotSoldSeparately = "not-sold-separately",
        /// The supplier tells it.
        ContactSupplier = "contact-supplier",
    }
}

words! {
    /// How another product is related to this one.
    Relation {
        /// The other is an earlier one that this takes the place of.
        Replaces = "replaces",
        /// The other is a later one that takes the place of this.
        ReplacedBy = "replaced-by",
        /// The other is the same text in another form.
        AlternativeFormat = "alternative-format",
        /// The other is the text in another language.
        OtherLanguage = "other-language",
        /// This is part of the other.
        PartOf = "part-of",
        /// The other goes with this one.
        Companion = "companion",
    }
}

words! {
    /// What keeps an e-book from being passed on.
    Protection {
        /// Nothing.
        None = "none",
        /// Rights management.
        Drm = "drm",
        /// A mark of the buyer.
        Watermark = "watermark",
    }
}

/// `release:` of `book.yaml`.
#[derive(Debug, Clone, PartialEq)]
pub struct Release {
    /// The place of the key.
    pub span: Span,
    /// The conditions in the order written; `None` leaves them to the program.
    pub gates: Option<Vec<Spanned<Gate>>>,
    /// What readers may look into.
    pub sample: Option<Sample>,
    /// What shops are told.
    pub shop: Shop,
}

impl Release {
    /// Classes of 中图法 of an edition: those that are given for shops, else those of its CIP record.
    pub fn clc(&self, records: &BTreeMap<String, Cip>, edition: &str) -> Vec<String> {
        if !self.shop.subjects.clc.is_empty() {
            return self.shop.subjects.clc.clone();
        }
        let record = records.get(edition).and_then(|record| record.subjects.as_deref());
        record.map(classes).unwrap_or_default()
    }
}

/// What of a book readers may look into.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sample {
    /// How many chapters of the body follow the front matter.
    pub chapters: usize,
}

/// What shops, libraries and wholesalers are told of a book, beside what the book says itself.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Shop {
    /// Who sends the records.
    pub sender: Option<Sender>,
    /// The sender's domain: it makes references and numbers of the house unlike those of others.
    pub domain: Option<String>,
    /// Where the publication stands in its life.
    pub status: Option<Status>,
    /// Where it is published: an ISO 3166-1 code in capitals.
    pub country: Option<String>,
    /// The town where it is published.
    pub city: BTreeMap<Lang, String>,
    /// The page of the book on the web.
    pub website: BTreeMap<Lang, String>,
    /// The address below which the files of a release can be fetched; ends in `/`.
    pub files: Option<String>,
    /// Whom the book is for.
    pub audience: Vec<Audience>,
    /// What it is about, by schemes.
    pub subjects: Subjects,
    /// Texts that shops show.
    pub texts: Texts,
    /// Where it may be sold.
    pub territories: Territories,
    /// What it costs.
    pub prices: Vec<Price>,
    /// How the printed book is bound.
    pub binding: Option<Binding>,
    /// What keeps the files from being passed on.
    pub protection: Option<Protection>,
    /// The address of the licence.
    pub license: Option<String>,
    /// DOI by the name of the edition.
    pub doi: BTreeMap<String, Spanned<String>>,
    /// Products of others that are related to it.
    pub related: Vec<Related>,
    /// The keys of which something was refused when they were read.
    pub refused: Vec<&'static str>,
}

impl Shop {
    /// Whether something of a key was refused, so that what it lacks has been told.
    pub fn was_refused(&self, key: &str) -> bool {
        self.refused.contains(&key)
    }
}

/// Who sends records.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sender {
    /// The name.
    pub name: String,
    /// The address for questions.
    pub email: Option<String>,
}

/// What a book is about, in codes; the first of each scheme is the main one.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Subjects {
    /// Thema, with its qualifiers.
    pub thema: Vec<String>,
    /// BISAC subject headings.
    pub bisac: Vec<String>,
    /// Chinese Library Classification (中国图书馆分类法).
    pub clc: Vec<String>,
}

impl Subjects {
    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.thema.is_empty() && self.bisac.is_empty() && self.clc.is_empty()
    }
}

/// Texts that shops show, per language.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Texts {
    /// One or two sentences.
    pub short: BTreeMap<Lang, String>,
    /// The whole description, where it is longer than that of the book.
    pub long: BTreeMap<Lang, String>,
    /// A line that catches the eye.
    pub headline: BTreeMap<Lang, String>,
    /// What stands on the back of the cover.
    pub cover: BTreeMap<Lang, String>,
}

/// Where a book may be sold.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Territories {
    /// Where nobody else may sell it.
    pub exclusive: Option<Region>,
    /// Where others may sell it too.
    pub non_exclusive: Option<Region>,
    /// Where it may not be sold.
    pub not_for_sale: Option<Region>,
}

/// Countries.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Region {
    /// All that are not named elsewhere.
    World,
    /// These: ISO 3166-1 codes in capitals, each once.
    Countries(Vec<String>),
}

/// What some of the products cost.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Price {
    /// Where it stands.
    pub span: Span,
    /// The price.
    pub value: PriceValue,
    /// The editions that it is for; empty for all.
    pub editions: Vec<EditionKind>,
    /// The forms that it is for; empty for all.
    pub forms: Vec<ProductForm>,
    /// The countries that it holds in; empty for all.
    pub countries: Vec<String>,
}

impl Price {
    /// Whether it is the price of a product.
    pub fn is_of(&self, edition: &EditionKind, form: ProductForm) -> bool {
        (self.editions.is_empty() || self.editions.contains(edition))
            && (self.forms.is_empty() || self.forms.contains(&form))
    }
}

/// A price, or why there is none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PriceValue {
    /// An amount of money.
    Amount {
        /// A decimal number greater than 0.
        amount: String,
        /// ISO 4217 code in capitals.
        currency: String,
        /// Whether tax is part of it, where that is said.
        tax_included: Option<bool>,
    },
    /// No price.
    None(Unpriced),
}

/// A product of others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Related {
    /// How it is related.
    pub relation: Relation,
    /// Its number.
    pub number: Number,
}

/// The number of a product of others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Number {
    /// The digits of an ISBN of 13 digits.
    Isbn(String),
    /// A DOI.
    Doi(String),
}
