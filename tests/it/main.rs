//! The one integration-test binary: linking Typst is what costs.

#![expect(clippy::disallowed_methods, reason = "tests run the program and look at its files")]

mod align;
mod bilingual;
mod books;
mod clreq;
mod code;
mod code_pages;
mod codes;
mod command;
mod doctor;
mod epub_choices;
mod epub_claims;
mod epub_package;
mod epub_promises;
mod fuzz;
mod hostile;
mod last_lines;
mod layouts;
mod links;
mod lsp;
mod messages;
mod new_book;
mod numbers;
mod one_language;
mod page_list;
mod pdf_text;
mod preflight;
mod press;
mod press_data;
mod publication;
mod reference;
mod reproducible;
mod review;
mod schemas;
mod terms;
mod tidy;
mod watch;
mod yaml_slips;
