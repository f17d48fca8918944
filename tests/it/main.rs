//! The one integration-test binary: linking Typst is what costs.

mod align;
mod bilingual;
mod books;
mod clreq;
mod command;
mod epub_choices;
mod epub_claims;
mod epub_package;
mod epub_promises;
mod hostile;
mod layouts;
mod lsp;
mod new_book;
mod numbers;
mod one_language;
mod page_list;
mod pdf_text;
mod preflight;
mod press;
mod press_data;
mod publication;
mod reproducible;
mod review;
mod terms;
mod tidy;
mod watch;
