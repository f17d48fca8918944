//! The one integration-test binary: linking Typst is what costs. What needs no pages also runs without them.

#![expect(clippy::disallowed_methods, reason = "tests run the program and look at its files")]

mod align;
mod check;
mod circles;
mod code;
mod codes;
mod command;
mod drift;
mod exchange;
mod fuzz;
mod import;
mod lsp;
mod messages;
mod numbers;
mod reference;
mod review;
mod review_page;
mod script;
mod schemas;
mod shop;
mod slips;
mod terms;
mod tidy;

#[cfg(feature = "pages")]
mod bilingual;
#[cfg(feature = "pages")]
mod books;
#[cfg(feature = "pages")]
mod catalogue;
#[cfg(feature = "pages")]
mod clreq;
#[cfg(feature = "pages")]
mod code_pages;
#[cfg(feature = "pages")]
mod designs;
#[cfg(feature = "pages")]
mod docs;
#[cfg(feature = "pages")]
mod docs_book;
#[cfg(feature = "pages")]
mod doctor;
#[cfg(feature = "pages")]
mod editions;
#[cfg(feature = "pages")]
mod epub_choices;
#[cfg(feature = "pages")]
mod epub_claims;
#[cfg(feature = "pages")]
mod epub_package;
#[cfg(feature = "pages")]
mod epub_promises;
#[cfg(feature = "pages")]
mod figures;
#[cfg(feature = "pages")]
mod formulas;
#[cfg(feature = "pages")]
mod handbook;
#[cfg(feature = "pages")]
mod hostile;
#[cfg(feature = "pages")]
mod index;
#[cfg(feature = "pages")]
mod kept;
#[cfg(feature = "pages")]
mod last_lines;
#[cfg(feature = "pages")]
mod layouts;
#[cfg(feature = "pages")]
mod links;
#[cfg(feature = "pages")]
mod long;
#[cfg(feature = "pages")]
mod measures;
#[cfg(feature = "pages")]
mod names;
#[cfg(feature = "pages")]
mod new_book;
#[cfg(feature = "pages")]
mod notes;
#[cfg(feature = "pages")]
mod one_language;
#[cfg(feature = "pages")]
mod openers;
#[cfg(feature = "pages")]
mod outline;
#[cfg(feature = "pages")]
mod page_list;
#[cfg(feature = "pages")]
mod page_list_alone;
#[cfg(feature = "pages")]
mod parts;
#[cfg(feature = "pages")]
mod pdf_text;
#[cfg(feature = "pages")]
mod preflight;
#[cfg(feature = "pages")]
mod press;
#[cfg(feature = "pages")]
mod press_data;
#[cfg(feature = "pages")]
mod publication;
#[cfg(feature = "pages")]
mod references;
#[cfg(feature = "pages")]
mod release;
#[cfg(feature = "pages")]
mod reproducible;
#[cfg(feature = "pages")]
mod tables;
#[cfg(feature = "pages")]
mod titles;
#[cfg(feature = "pages")]
mod watch;
#[cfg(feature = "pages")]
mod worker;
