//! What shops will miss in the records of a book.

use super::catalogue::{Catalogue, Product, said};
use crate::codes;
use crate::diagnostic::{Diagnostic, Severity};
use crate::message::{List, Message};
use crate::model::Lang;

/// Says what is missing, each time at the place where it would stand.
pub(super) fn look(catalogue: &Catalogue<'_>, found: &mut Vec<Diagnostic>) {
    let mut say = |severity, message: Message, hint: Message| {
        let place = catalogue.release.span;
        found.push(Diagnostic::new(severity, codes::RELEASE_METADATA, message).at(place).hint(hint));
    };
    of_the_house(catalogue, &mut say);
    of_the_book(catalogue, &mut say);
    of_the_products(catalogue, &mut say);
}

fn of_the_house(catalogue: &Catalogue<'_>, say: &mut impl FnMut(Severity, Message, Message)) {
    let shop = catalogue.shop();
    if catalogue.sender.is_none() && !shop.was_refused("sender") {
        let hint = msg!("add `publisher:` to book.yaml, or `sender:` to `release`");
        say(Severity::Error, msg!("nobody is named who publishes the book: records need a sender"), hint);
    }
    if shop.domain.is_none() && !shop.was_refused("domain") {
        let hint = msg!("add `domain: example.org`: two houses must not use the same reference");
        say(
            Severity::Warning,
            msg!("`release` has no `domain`: references of records are not unlike those of others"),
            hint,
        );
    }
    let territories = &shop.territories;
    let nowhere = territories.exclusive.is_none() && territories.non_exclusive.is_none();
    if nowhere && !shop.was_refused("territories") {
        let hint = msg!("add `territories: {{exclusive: world}}`, or `non-exclusive`, or codes of countries");
        say(Severity::Error, msg!("`release` does not say where the book may be sold"), hint);
    }
    if shop.files.is_none() && !shop.was_refused("files") {
        let hint = msg!("add `files: https://…/`, where covers and samples can be fetched");
        say(Severity::Info, msg!("`release` has no `files`: the records lead to no cover"), hint);
    }
    let deposits = !shop.doi.is_empty();
    if deposits && shop.website.is_empty() && !shop.was_refused("website") {
        let hint = msg!("add `website:`, the page that the DOI leads to");
        say(Severity::Error, msg!("a DOI is given, but no page of the book on the web"), hint);
    }
    let is_unanswered = catalogue.sender.as_ref().is_none_or(|sender| sender.email.is_none());
    if deposits && is_unanswered && !shop.was_refused("sender") {
        let hint = msg!("add `sender: {{name: …, email: …}}`");
        say(Severity::Error, msg!("a DOI is given, but nobody whom Crossref can answer"), hint);
    }
}

fn of_the_book(catalogue: &Catalogue<'_>, say: &mut impl FnMut(Severity, Message, Message)) {
    let shop = catalogue.shop();
    let unclassed = catalogue.book.editions.iter().all(|edition| catalogue.clc(edition).is_empty());
    if shop.subjects.is_empty() && unclassed && !shop.was_refused("subjects") {
        let hint = msg!("add `subjects: {{thema: […], bisac: […], clc: […]}}`: shops sort books by them");
        say(Severity::Warning, msg!("`release` has no `subjects`"), hint);
    }
    if shop.audience.is_empty() && !shop.was_refused("audience") {
        say(Severity::Info, msg!("`release` does not say whom the book is for"), msg!("add `audience: general`"));
    }
    for person in &catalogue.book.meta.people {
        if super::onix::role(&person.role).is_none() {
            let message = msg!("shops have no word for the role `{role}`; it is told as “other”", role = &person.role);
            say(Severity::Info, message, msg!("use a role such as `aut`, `edt`, `trl` or `ill`, if one fits"));
        }
    }
}

/// What products lack: one finding for all that lack the same.
fn of_the_products(catalogue: &Catalogue<'_>, say: &mut impl FnMut(Severity, Message, Message)) {
    let lacking = |lacks: &dyn Fn(&Product<'_>) -> bool| {
        let names =
            catalogue.products.iter().filter(|product| lacks(product)).map(|product| product.file.name.as_str());
        let names: Vec<&str> = names.collect();
        (!names.is_empty()).then(|| Message::list(List::And, names))
    };
    let is_told = catalogue.shop().was_refused("prices");
    if let Some(files) = lacking(&|product| catalogue.prices(product).is_empty()).filter(|_| !is_told) {
        let hint = msg!("add a price under `prices:`, or `prices: free`; what has no price yet is `to-be-announced`");
        say(Severity::Error, msg!("no price is given for {files}", files), hint);
    }
    if let Some(files) = lacking(&|product| product.number.is_none()) {
        let hint = msg!("add it under `identifier:` if the file is sold; a number of the house stands in its place");
        say(Severity::Info, msg!("no ISBN is given for {files}", files), hint);
    }
    let texts = &catalogue.shop().texts;
    let silent = |lang: &&Lang| {
        let shown = catalogue.products.iter().any(|product| product.langs.contains(lang));
        shown && said(&texts.long, lang).or_else(|| said(&catalogue.book.meta.description, lang)).is_none()
    };
    for lang in catalogue.book.languages.iter().filter(silent) {
        let message = msg!("the book has no description in {language}", language = lang.name());
        say(Severity::Warning, message, msg!("add it to `description:` of book.yaml"));
    }
}
