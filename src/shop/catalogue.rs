//! The products of a book: what every form of record is written from.

use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::model::release::{Price, ProductForm, Release, Sender, Shop};
use crate::model::{Book, EditionKind, Isbn, Lang, Person};

use super::artifact::{Artifact, Kind};

/// A book as a catalogue lists it.
pub(super) struct Catalogue<'b> {
    pub(super) book: &'b Book,
    pub(super) release: &'b Release,
    /// Every file, products and others.
    pub(super) artifacts: &'b [Artifact],
    /// In the order of the files.
    pub(super) products: Vec<Product<'b>>,
    /// Who sends the records: as the book says, else the publisher. `None` where neither is known.
    pub(super) sender: Option<Sender>,
    /// Seconds since 1970.
    pub(super) date: i64,
}

/// One edition in one form.
pub(super) struct Product<'b> {
    pub(super) file: &'b Artifact,
    pub(super) form: ProductForm,
    /// Its languages, the leading one first. Never empty.
    pub(super) langs: Vec<&'b Lang>,
    pub(super) number: Option<Number>,
}

/// The standard number of a product.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Number {
    /// Digits of an ISBN: 13, or 10 of an older book.
    Isbn(String),
    /// Another number.
    Other(String),
}

impl<'b> Catalogue<'b> {
    /// The products of these files. There are none where the book says nothing of a release, which is reported.
    pub(super) fn new(
        book: &'b Book,
        artifacts: &'b [Artifact],
        date: i64,
        found: &mut Vec<Diagnostic>,
    ) -> Option<Self> {
        let Some(release) = &book.meta.release else {
            let message = msg!("book.yaml has no `release`: nothing is known of prices, territories and subjects");
            let hint = msg!("add `release:` to book.yaml; docs/manuscript.md lists its keys");
            found.push(Diagnostic::error(codes::RELEASE_METADATA, message).hint(hint));
            return None;
        };
        let mut taken: Vec<Number> = Vec::new();
        let mut products = Vec::new();
        for file in artifacts {
            let Some(form) = file.form() else { continue };
            let mut number = number(book, &file.edition, form);
            if number.as_ref().is_some_and(|number| taken.contains(number)) {
                shared(release, file, found);
                number = None;
            }
            taken.extend(number.clone());
            products.push(Product { file, form, langs: book.languages_of(&file.edition), number });
        }
        let sender = release.shop.sender.clone().or_else(|| own_sender(book));
        Some(Self { book, release, artifacts, products, sender, date })
    }

    pub(super) fn shop(&self) -> &'b Shop {
        &self.release.shop
    }

    /// The name that the house has for a product: it begins with its domain, if it has one.
    pub(super) fn reference(&self, product: &Product<'_>) -> String {
        let own = product.own_name(self.book);
        match &self.shop().domain {
            Some(domain) => format!("{domain}.{own}"),
            None => own,
        }
    }

    /// The picture of an edition's front cover.
    pub(super) fn cover(&self, edition: &EditionKind) -> Option<&'b Artifact> {
        self.artifacts.iter().find(|file| file.kind == Kind::Cover && file.edition == *edition)
    }

    /// Where a file can be fetched, if the book says.
    pub(super) fn address(&self, file: &Artifact) -> Option<String> {
        self.shop().files.as_ref().map(|files| format!("{files}{}", file.name))
    }

    /// The other products with these editions and forms.
    pub(super) fn others(
        &self,
        than: &Product<'_>,
        related: impl Fn(&Product<'b>) -> bool,
    ) -> impl Iterator<Item = &Product<'b>> {
        let name = than.file.name.clone();
        self.products.iter().filter(move |other| other.file.name != name && related(other))
    }

    /// The prices of a product.
    pub(super) fn prices(&self, product: &Product<'_>) -> Vec<&'b Price> {
        self.shop().prices.iter().filter(|price| price.is_of(&product.file.edition, product.form)).collect()
    }

    /// Those who made an edition: a translator has made none in the source language alone.
    pub(super) fn people(&self, edition: &EditionKind) -> Vec<&'b Person> {
        let source = matches!(edition, EditionKind::Single(lang) if lang == self.book.source_language());
        self.book.meta.people.iter().filter(|person| !(source && person.role == "trl")).collect()
    }

    /// Classes of 中图法: those that are given for shops, else those of the edition's CIP record.
    pub(super) fn clc(&self, edition: &EditionKind) -> Vec<String> {
        self.release.clc(&self.book.meta.cip, edition.name())
    }

    /// The DOI of an edition.
    pub(super) fn doi(&self, edition: &EditionKind) -> Option<&'b str> {
        self.shop().doi.get(edition.name()).map(|doi| doi.value.as_str())
    }

    /// The day of publication, `YYYYMMDD` with this between its parts.
    pub(super) fn day(&self, between: &str) -> String {
        let (year, month, day) = self.book.meta.date;
        format!("{year:04}{between}{month:02}{between}{day:02}")
    }
}

impl Product<'_> {
    /// The name of the product among those of the house, such as `lamps-zh-epub`.
    pub(super) fn own_name(&self, book: &Book) -> String {
        format!("{}-{}", book.artifact_stem(&self.file.edition), self.form.name())
    }

    /// The leading language.
    pub(super) fn lang(&self) -> &Lang {
        self.langs[0]
    }

    /// Whether it is an edition in one language that is not the source.
    pub(super) fn is_translation(&self, book: &Book) -> bool {
        matches!(&self.file.edition, EditionKind::Single(lang) if lang != book.source_language())
    }
}

/// Of a text per language, that in one, else none.
pub(super) fn said<'t>(texts: &'t std::collections::BTreeMap<Lang, String>, lang: &Lang) -> Option<&'t str> {
    texts.get(lang).map(|text| text.trim()).filter(|text| !text.is_empty())
}

/// Of a text per language, that in one, else that in any.
pub(super) fn said_anyhow<'t>(texts: &'t std::collections::BTreeMap<Lang, String>, lang: &Lang) -> Option<&'t str> {
    said(texts, lang).or_else(|| texts.values().map(|text| text.trim()).find(|text| !text.is_empty()))
}

fn number(book: &Book, edition: &EditionKind, form: ProductForm) -> Option<Number> {
    let numbers = book.meta.identifier.get(edition.name())?;
    let typed = match form {
        ProductForm::Epub => numbers.epub.as_deref(),
        ProductForm::Pdf => numbers.pdf.as_deref(),
        ProductForm::Print => numbers.print.as_deref(),
    }?;
    let typed = typed.trim();
    match Isbn::read(typed) {
        Some(isbn) => Some(Number::Isbn(isbn.digits)),
        None => (!typed.is_empty()).then(|| Number::Other(typed.to_owned())),
    }
}

fn own_sender(book: &Book) -> Option<Sender> {
    let name = said_anyhow(&book.meta.publisher, book.source_language())?;
    Some(Sender { name: name.to_owned(), email: None })
}

fn shared(release: &Release, file: &Artifact, found: &mut Vec<Diagnostic>) {
    let message = msg!("{file} has the ISBN of another product", file = file.name.as_str());
    let hint = msg!(
        "give each form its own number: `identifier: {{zh: {{print: …, epub: …}}}}`; shops take one number for one product"
    );
    found.push(Diagnostic::error(codes::RELEASE_METADATA, message).at(release.span).hint(hint));
}
